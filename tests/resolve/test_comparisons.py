"""Records compared by several processes: the same as compared by one, each pair once, and told as it goes."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from shellgame.errors import ShellgameError
from shellgame.match.analysed import Analysed
from shellgame.resolve import comparisons
from shellgame.resolve.comparable import Comparable, Single, comparable_of
from shellgame.resolve.comparisons import compared
from shellgame.settings import Settings

GIVEN, FAMILY = ("Orsin", "Maledd", "Талвек", "Orsyn", "J."), ("Tornik", "Halvren", "Тавель", "Halvrén")
RECORDS = 40


@pytest.fixture
def records() -> Comparable:
    names = itertools.cycle(f"{given} {family}" for given in GIVEN for family in FAMILY)
    return comparable_of(
        [
            Single(f"r{number:03}", "Person", {"name": [next(names)], "birthDate": [f"19{60 + number % 7}-02-03"]})
            for number in range(RECORDS)
        ],
        hub=RECORDS,
    )


@pytest.fixture
def pairs() -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Every two records, in no order."""
    left, right = (each.astype(np.int32) for each in np.triu_indices(RECORDS, 1))
    mixed = np.random.default_rng(7).permutation(len(left))
    return left[mixed], right[mixed]


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shellgame.settings.settings", lambda: Settings(processes=2))
    monkeypatch.setattr(comparisons, "_AT_ONCE", 150)
    monkeypatch.setattr(comparisons, "_FEW", 300)


@pytest.mark.usefixtures("several")
def test_the_same_by_several_processes(
    records: Comparable, pairs: tuple[NDArray[np.int32], NDArray[np.int32]], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, int]] = []
    found = compared(records, *pairs, progress=lambda done, of: told.append((done, of)))
    plain = Analysed(list(records.entities())).compare(np.column_stack(pairs))
    assert found.tolist() == plain.tolist()
    assert len(set(found.tolist())) > 10
    assert [done for done, _ in told] == [150, 300, 450, 600, 750, 780]
    monkeypatch.setattr("shellgame.settings.settings", lambda: Settings(processes=1))
    assert compared(records, *pairs).tolist() == plain.tolist()


@pytest.mark.usefixtures("several")
def test_a_process_that_ends_is_told(
    records: Comparable, pairs: tuple[NDArray[np.int32], NDArray[np.int32]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparisons, "_SERVE", "raise SystemExit(4)")
    with pytest.raises(ShellgameError, match=r"compares records ended with status 4 .* SHELLGAME_PROCESSES=1"):
        compared(records, *pairs)


@pytest.mark.usefixtures("several")
def test_few_start_no_process(
    records: Comparable, pairs: tuple[NDArray[np.int32], NDArray[np.int32]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparisons, "_SERVE", "raise SystemExit(4)")
    left, right = pairs
    assert len(compared(records, left[:300], right[:300])) == 300
    assert compared(records, left[:0], right[:0]).tolist() == []
