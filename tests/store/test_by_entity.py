"""Claims of some entities or records: what is found by the copies of large files is what looking through all files finds."""

from __future__ import annotations

import random

import pytest

from shellgame.errors import WorkspaceDamaged
from shellgame.model.claim import ClaimRow, claim_id
from shellgame.store import by_entity, placed
from shellgame.store.by_entity import added_rows
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Incoming, Store

MEANT = ("e0", "e3", "r2", "nobody", "e7's")


@pytest.mark.parametrize("seed", range(3))
def test_claims_of_entities_are_those_that_a_scan_finds(tmp_path, monkeypatch, seed) -> None:
    draw = random.Random(seed)
    store = Store(tmp_path)
    days = [f"2024-0{month}-01" for month in (1, 2, 3, 4)]
    for source in ("one", "other"):
        for day in draw.sample(days, 3):  # in any order: a late one has the delta behind it written anew
            add(store, source, day, [row_of(source, draw) for _ in range(draw.randint(0, 60))])
    monkeypatch.setattr(placed, "_BATCH_ROWS", 4)
    monkeypatch.setattr(placed, "_CHUNK_ROWS", 8)
    for most in (10**9, 25, 0):  # all files scanned, some, none
        monkeypatch.setattr(by_entity, "MOST_SCANNED", most)
        for on in (None, *days):
            for ever in (False, True):
                with ClaimSet(store, on, ever=ever) as claims:
                    for column, found in (
                        ("entity_id", claims.of_entities(MEANT)),
                        ("record_id", claims.of_records(MEANT)),
                    ):
                        assert found == claims.where(f"{column} IN {MEANT}".replace("e7's", "e7''s").replace('"', "'"))
                    everything = claims.where("true")
                    assert claims.known(MEANT) == {claim.entity_id for claim in everything} & {*MEANT}
                    ids = [claim.claim_id for claim in everything[::3]]
                    assert claims.with_ids(ids, {claim.entity_id for claim in everything}) == claims.with_ids(ids)
                    names = claims.where("prop = ?", ["name"], entities=["e1", "e2"])
                    assert names == [each for each in claims.of_entities(["e1", "e2"]) if each.prop == "name"]


def test_only_large_files_are_copied_and_each_once(tmp_path, monkeypatch) -> None:
    store, draw = Store(tmp_path), random.Random(1)
    add(store, "one", "2024-01-01", [row_of("one", draw) for _ in range(200)])
    monkeypatch.setattr(by_entity, "MOST_SCANNED", 50)
    asked(store)
    (copy,) = (tmp_path / "indexes").glob("rows_one-*")
    made = copy.stat().st_ino
    add(store, "one", "2024-02-01", [row_of("one", draw) for _ in range(20)])
    add(store, "two", "2024-02-01", [row_of("two", draw) for _ in range(20)])
    asked(store)
    assert [each.stat().st_ino for each in (tmp_path / "indexes").glob("rows_*")] == [made]


def test_a_copy_that_was_damaged_is_made_anew(tmp_path, monkeypatch) -> None:
    store, draw = Store(tmp_path), random.Random(2)
    add(store, "one", "2024-01-01", [row_of("one", draw) for _ in range(200)])
    monkeypatch.setattr(by_entity, "MOST_SCANNED", 50)
    before = asked(store)
    (copy,) = (tmp_path / "indexes").glob("rows_one-*")
    (copy / "rows.arrow").write_bytes(b"nothing of the kind")
    assert asked(store) == before


def test_a_file_that_is_gone_is_told(tmp_path) -> None:
    with pytest.raises(WorkspaceDamaged, match=r"gone\.parquet.*add the publication"):
        added_rows(tmp_path / "indexes", "one", tmp_path / "gone.parquet")


def test_where_nothing_can_be_written_the_copy_goes_with_the_process(tmp_path, monkeypatch) -> None:
    store, draw = Store(tmp_path), random.Random(3)
    add(store, "one", "2024-01-01", [row_of("one", draw) for _ in range(200)])
    scanned = asked(store)
    monkeypatch.setattr(by_entity, "MOST_SCANNED", 50)
    (tmp_path / "indexes").write_text("a file stands where the folder should be", encoding="utf-8")
    assert asked(store) == scanned


def asked(store: Store):
    with ClaimSet(store) as claims:
        return claims.of_entities(["e1", "e2", "e3"])


def row_of(source: str, draw: random.Random) -> ClaimRow:
    entity = draw.choice(["e0", "e1", "e2", "e3", "e4", "e5", "e7's"])
    record = draw.choice([entity, "r1", "r2"])
    prop = draw.choice(["name", "alias", "country"])
    content = (record, entity, "Company", prop, f"v{draw.randint(0, 30)}", None, None, "f#1", None, "asserts")
    return ClaimRow(claim_id(source, *content), *content)


def add(store: Store, source: str, day: str, rows: list[ClaimRow]) -> None:
    rows = list({row.claim_id: row for row in rows}.values())
    sha = (f"{source} {day}".encode().hex() * 8)[:64]
    store.add(Incoming(source, f"{day}T00:00:00Z", "f", sha, (), rows, {}, (), "speaker", "B", 2, "m"))
