"""Claims that are passed on: nothing is lost, nothing is held, and what is counted is the same as of claims in memory."""

from __future__ import annotations

import tracemalloc

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from shellgame.model.claim import ClaimRow, claim_id
from shellgame.sources import claims as claims_module
from shellgame.sources.claims import Claims


class Held:
    """A sink that keeps what it takes."""

    def __init__(self) -> None:
        self.batches: list[list[ClaimRow]] = []

    def write(self, rows: pa.Table) -> None:
        self.batches.append([ClaimRow(*row.values()) for row in rows.to_pylist()])


class Lost:
    """A sink that only counts."""

    rows = 0

    def write(self, rows: pa.Table) -> None:
        self.rows += len(rows)


def written(claims: Claims, records: int) -> Claims:
    for number in range(records):
        record = claims.record(f"a-{number}", "Company", f"list.csv#{number}")
        record.add("name", f"Company {number}", field="name")
        record.add_all("alias", [f"C {number}", "C"] * (number % 2))
        record.address(street=f"{number} Long Street", city="Larnaca", country="Cyprus")
        claims.pass_on()
    claims.finish()
    return claims


def test_without_a_sink_all_claims_stay_in_memory():
    claims = written(Claims("xx_list"), 100)
    assert claims.passed_on is None
    assert claims.last_record == "a-99"


def test_few_claims_are_not_passed_on():
    claims = written(Claims("xx_list", sink=Held), 100)
    assert claims.passed_on is None
    assert claims.rows == written(Claims("xx_list"), 100).rows


def test_what_is_passed_on_is_what_would_have_been_in_memory(monkeypatch):
    monkeypatch.setattr(claims_module, "BATCH_CLAIMS", 50)
    sink, counted = Held(), ("name", "alias")
    claims = written(Claims("xx_list", sink=lambda: sink, counted=counted), 100)
    whole = written(Claims("xx_list", counted=counted), 100)
    assert claims.rows == []
    assert [row for batch in sink.batches for row in batch] == whole.rows
    assert len(sink.batches) > 10
    assert claims.counts == whole.counts
    assert claims.records_with() == whole.records_with() == {"name": 100, "alias": 50}
    assert claims.last_record == whole.last_record
    complete = [{row.record_id for row in batch} for batch in sink.batches]
    assert sum(map(len, complete)) == 100  # no record in two batches


def test_a_table_made_elsewhere_takes_its_place_among_the_claims(monkeypatch):
    monkeypatch.setattr(claims_module, "BATCH_CLAIMS", 50)
    elsewhere = written(Claims("xx_list"), 3).table()
    sink = Held()
    passed, held = Claims("xx_list", sink=lambda: sink), Claims("xx_list")
    for claims in (passed, held):
        claims.record("b-1", "Person", "x").add("name", "Ada")
        claims.pass_on_table(elsewhere)
        claims.record("b-2", "Person", "x").add("name", "Ben")
        claims.finish()
    assert [row for batch in sink.batches for row in batch] == held.rows


def test_memory_does_not_grow_with_the_records(monkeypatch):
    monkeypatch.setattr(claims_module, "BATCH_CLAIMS", 2_000)

    def peak(records: int) -> int:
        tracemalloc.start()
        written(Claims("xx_list", sink=Lost, counted=("name",)), records)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(1_000)  # whatever is made once
    assert peak(20_000) < 1.2 * peak(2_000)


def test_progress_is_told_now_and_then():
    told: list[int] = []
    claims = Claims("xx_list", progress=lambda: told.append(claims.counts["records"]))
    written(claims, 3_500)
    assert told == [1000, 2000, 3000]


def test_ids_made_for_all_at_once_are_those_made_one_by_one():
    one_by_one, at_once = Claims("xx_list"), Claims("xx_list")
    for claims in (one_by_one, at_once):
        written(claims, 5)
        record = claims.record("b-1", "Person", "list.csv#1")
        record.add("name", "Иван  \u200bÅström", lang="rus", quote="a quote", stance="infers")
        record.add("name", "twice")
        record.add("name", "twice")
    assert all(row.claim_id == claim_id("xx_list", *row[1:]) for row in one_by_one.rows)
    assert [ClaimRow(*row.values()) for row in at_once.table().slice(0, 20).to_pylist()] == one_by_one.rows[:20]
    assert len(at_once.table()) == len({row.claim_id for row in one_by_one.rows}) == len(one_by_one.rows) - 1
    assert at_once.last_record == one_by_one.last_record == "b-1"
    assert Claims("xx_list").table().schema == at_once.table().schema


def test_claims_that_were_looked_at_are_passed_on_with_the_others():
    claims = Claims("xx_list", sink=lambda: kept)
    kept = _Kept()
    written(claims, 2)
    looked_at = list(claims.rows)
    written(claims, 4)
    claims.pass_on_table(claims.table().slice(0, 0))
    assert kept.tables[0]["claim_id"].to_pylist()[: len(looked_at)] == [row.claim_id for row in looked_at]
    assert claims.rows == []


class _Kept:
    def __init__(self) -> None:
        self.tables: list[pa.Table] = []

    def write(self, rows: pa.Table) -> None:
        self.tables.append(rows)


@given(
    st.text(st.characters(codec="utf-8"))
    | st.sampled_from([" a", "a ", "a  b", "a\u00a0b", " ", "", "\u200b", "a\u200bb"])
)
def test_a_value_is_cleaned_as_always(value):
    claims = Claims("xx_list")
    claims.record("a-1", "Person", "x").add("name", value)
    printable = value if value.isprintable() else claims_module._INVISIBLE.sub("", value)
    clean = " ".join(printable.split())
    assert [(row.value, row.original_value) for row in claims.rows] == [
        (clean, None if clean == value else value)
    ] * bool(clean)
