"""Fixtures shared by all tests: the folder of real publications, a fresh workspace, a clean environment."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

REPOSITORY = Path(__file__).resolve().parents[1]
if (
    "CI" not in os.environ
):  # where Hypothesis itself knows better than to time tests, and draws the same examples each time
    settings.register_profile("untimed", deadline=None)
    settings.load_profile("untimed")


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The real publications beside the repository; never skipped in CI."""
    folder = Path(os.environ.get("SHELLGAME_DATA", REPOSITORY.parent / "shared" / "data"))
    if folder.is_dir():
        return folder
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI=true, but there are no publications in {folder}")
    pytest.skip(f"no publications in {folder}; see docs/testing.md")


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the developer's shell reaches a test."""
    for name in list(os.environ):
        if name.startswith("SHELLGAME_") and name != "SHELLGAME_DATA":
            monkeypatch.delenv(name)
