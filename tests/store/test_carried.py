"""Files that a version was published without: what the last version that had them told of its records goes on, with its day."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from shellgame.model.version import UNPUBLISHED, KeptPart
from shellgame.sources.claims import Claims
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store
from shellgame.testing.publications import incoming

LIST, ALIASES, ADDRESSES = "list.csv", "alt.csv", "add.csv"
ROWS = "SELECT record_id, value, first_seen, last_seen, last_version FROM claims ORDER BY ALL"


def published(folder, day, names, *, said=True, **beside):
    """A publication of records with a name each, and of files with values of records by name; it says what it is without."""
    claims = Claims("xx_list")
    for record_id, name in sorted(names.items()):
        claims.record(record_id, "Person", f"{LIST}#{record_id}").add("name", name)
    files = {"aliases": ALIASES, "addresses": ADDRESSES}
    for kind, told in sorted(beside.items()):
        for record_id, value in sorted(told):
            claims.record(record_id, "Person", f"{files[kind]}#{record_id}").add("alias", value)
    made = incoming(folder, day, claims)
    ((part, file),) = made.files
    parts = [LIST, *(files[kind] for kind in beside)]
    missing = [file for kind, file in files.items() if kind not in beside]
    warnings = (f"{UNPUBLISHED}{', '.join(missing)}: unknown",) if missing and said else ()
    return replace(
        made, warnings=warnings, files=tuple((KeptPart(name, name, part.sha256, part.size), file) for name in parts)
    )


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "ws")


def told(store, on=None, **how):
    with ClaimSet(store, on, **how) as claims:
        return [(record, value, last[:10]) for record, value, _, last, _ in claims.rows(ROWS)]


def test_aliases_of_the_last_version_that_had_them_go_on(store, tmp_path):
    store.add(published(tmp_path, "2024-01-01", {"a": "One", "b": "Two"}, aliases=[("a", "Uno"), ("b", "Due")]))
    store.add(published(tmp_path, "2024-02-01", {"a": "One", "c": "Three"}))
    assert told(store) == [
        ("a", "One", "2024-02-01"),
        ("a", "Uno", "2024-01-01"),
        ("c", "Three", "2024-02-01"),
    ]
    with ClaimSet(store) as claims:
        assert {name: version.as_of for name, version in claims.carried["xx_list"].items()} == {ALIASES: "2024-01-01"}
        assert [claim.value for claim in claims.of_entities(["a"])] == ["Uno", "One"]
        assert claims.of_records(["b"]) == []


def test_where_the_file_is_there_again_it_alone_counts(store, tmp_path):
    store.add(published(tmp_path, "2024-01-01", {"a": "One"}, aliases=[("a", "Uno")]))
    store.add(published(tmp_path, "2024-02-01", {"a": "One"}))
    store.add(published(tmp_path, "2024-03-01", {"a": "One"}, aliases=[("a", "Ena")]))
    assert told(store) == [("a", "Ena", "2024-03-01"), ("a", "One", "2024-03-01")]
    assert told(store, "2024-02-15") == [("a", "One", "2024-02-01"), ("a", "Uno", "2024-01-01")]


def test_what_its_reader_does_not_miss_is_not_carried(store, tmp_path):
    store.add(published(tmp_path, "2024-01-01", {"a": "One"}, aliases=[("a", "Uno")]))
    store.add(published(tmp_path, "2024-02-01", {"a": "One"}, said=False))
    assert told(store) == [("a", "One", "2024-02-01")]


def test_another_layout_carries_nothing(store, tmp_path):
    store.add(published(tmp_path, "2024-01-01", {"a": "One"}, aliases=[("a", "Uno")]))
    store.add(replace(published(tmp_path, "2024-02-01", {"a": "One"}), format="xml"))
    assert told(store) == [("a", "One", "2024-02-01")]


@pytest.mark.parametrize("seed", range(25))
def test_every_day_has_what_the_plain_rule_says(store, tmp_path, seed):
    dice, days = random.Random(seed), [f"2024-{month:02}-01" for month in range(1, 8)]
    history, last = {}, {}
    order = dice.sample(days, len(days))
    for day in days:
        names = {record: "Name" for record in "abcd" if dice.random() < 0.7}
        files = {
            kind: [(record, f"{kind} {dice.randrange(2)}") for record in names if dice.random() < 0.7]
            for kind in ("aliases", "addresses")
            if dice.random() < 0.5
        }
        history[day] = names, files
    for day in order:
        names, files = history[day]
        store.add(published(tmp_path, day, names, **files))
    for day in days:
        names, files = history[day]
        last |= {kind: (day, rows) for kind, rows in files.items()}
        expected = [(record, "Name", day) for record in names]
        expected += [
            (record, value, since) for since, rows in last.values() for record, value in rows if record in names
        ]
        assert told(store, day) == sorted(expected), day
        for record in "abcd":
            with ClaimSet(store, day) as claims:
                found = sorted(
                    (claim.record_id, claim.value, claim.last_seen[:10]) for claim in claims.of_records(record)
                )
            assert found == sorted(each for each in expected if each[0] == record)
