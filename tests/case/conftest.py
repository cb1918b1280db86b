"""Invented answers for all tests of dossiers."""

from __future__ import annotations

import pytest

from shellgame.case.uncovered import Uncovered

from .invented import Invented


@pytest.fixture(scope="session")
def invented() -> Invented:
    """The maker of invented answers."""
    return Invented()


@pytest.fixture(scope="session")
def small(invented: Invented) -> Uncovered:
    """A small answer that has every part."""
    return invented.small()
