"""Answers against the truth: what a rule says of a telling has to hold in every world in which the telling is true."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

import pytest

from shellgame.graph.ownership.owners import owners_of
from shellgame.sources.claims import Claims
from shellgame.store.store import Store
from shellgame.testing.publications import incoming
from shellgame.workspace import Workspace
from shellgame.workspace.owning import claims_of_day

from .worlds import ASKED, LAWS, Telling, caught, exact, printed, telling

LISTS = ("us_ofac_sdn", "eu_journal_sanctions", "gb_fcdo_sanctions", "ca_dfatd_sema_sanctions")
TOLD, TOLD_EXACTLY = 120, 40


class Alone:
    """Every record is a party of its own."""

    def party(self, record: str) -> str:
        return record

    def records_of(self, record: str) -> list[str]:
        return [record]

    def perhaps(self, record: str) -> list[str]:
        return []

    def of(self, record: str) -> tuple[()]:
        return ()


def kept(folder: Path, tellings: Sequence[Telling]) -> Store:
    """All tellings side by side in one store, with the lists."""
    workspace = Workspace(folder / "workspace")
    for source in LISTS:
        claims = Claims(source)
        for number, told in enumerate(tellings):
            for key in told.listed:
                record = claims.record(f"w{number}-{key}", "LegalEntity", f"list#w{number}-{key}")
                record.add("name", f"Listed {number} {key}")
                record.sanction().add_date("startDate", "2010-01-01")
        (folder / source).mkdir()
        workspace.store.add(incoming(folder / source, "2020-06-01", claims))
    lines: dict[str, list[str]] = {}
    for number, told in enumerate(tellings):
        for source, entity in printed(told, f"w{number}-"):
            lines.setdefault(source, []).append(json.dumps(entity) + "\n")
    for source, its in lines.items():
        file = folder / f"{source}.ftm.json"
        file.write_text("".join(its), encoding="utf-8")
        workspace.add(source, file, "2020-06-02")
    return workspace.store


def answered(folder: Path, tellings: Sequence[Telling]) -> Iterator[tuple[Telling, str, str, str]]:
    """Each telling with each day and rule, and what the rule says of the company asked about."""
    store = kept(folder, tellings)
    for day in LAWS:
        with claims_of_day(store, day) as claims:
            for number, told in enumerate(tellings):
                found = owners_of(claims, Alone(), [f"w{number}-{ASKED}"], day)
                for held in found.rules:
                    if held.rule.id in LAWS[day]:
                        yield told, day, held.rule.id, held.answer


def drawn(make: Callable[[Random], Telling], count: int, seed: int) -> list[Telling]:
    dice = Random(seed)
    return [make(dice) for _ in range(count)]


def truth(told: Telling, day: str, by: str) -> str:
    """What holds in all worlds: `caught`, `not_caught`, or else `unknown`."""
    law, worlds = LAWS[day][by], told.worlds(day)
    if all(caught(told, world, law, day, lenient=False) for world in worlds):
        return "caught"
    return "unknown" if any(caught(told, world, law, day, lenient=True) for world in worlds) else "not_caught"


@pytest.mark.slow
def test_what_is_said_is_true_in_every_world(tmp_path: Path) -> None:
    wrong: list[str] = []
    said: Counter[tuple[str, str]] = Counter()
    for told, day, by, answer in answered(tmp_path, drawn(telling, TOLD, 0)):
        true = truth(told, day, by)
        said[true, answer] += 1
        if answer not in ("unknown", true):
            wrong.append(f"{by} on {day} says {answer}, truth is {true}: {told.words}")
    assert not wrong, f"{len(wrong)} of {said.total()} answers\n" + "\n".join(sorted(wrong, key=len)[:20])
    decided = sum(count for (true, _), count in said.items() if true != "unknown")
    assert all(said[true, true] for true in ("caught", "not_caught", "unknown"))
    assert said["caught", "caught"] + said["not_caught", "not_caught"] >= 0.8 * decided


def test_what_is_told_exactly_is_answered_exactly(tmp_path: Path) -> None:
    wrong: list[str] = []
    said: Counter[str] = Counter()
    for told, day, by, answer in answered(tmp_path, drawn(exact, TOLD_EXACTLY, 1)):
        true = truth(told, day, by)
        said[true] += 1
        if answer != true:
            wrong.append(f"{by} on {day} says {answer}, truth is {true}: {told.words}")
    assert not wrong, f"{len(wrong)} of {said.total()} answers\n" + "\n".join(sorted(wrong, key=len)[:20])
    assert all(said.values())
