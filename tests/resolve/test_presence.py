"""Days of listing gathered by party: stated, seen or unknown; ended ones kept; records joined as far as they are sure."""

from __future__ import annotations

import pytest
from tests.resolve.evidence import judgement

from shellgame.errors import NotFound
from shellgame.model.judgement import Verdict
from shellgame.model.standing import Standing
from shellgame.resolve.coverage import coverage_of
from shellgame.resolve.identities import identities_in
from shellgame.resolve.matrix import combinations, one_row_a_party, rows_of
from shellgame.resolve.presence import presence_of
from shellgame.resolve.programmes import listed_under, regime_named
from shellgame.sources.claims import Claims
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store
from shellgame.testing.publications import incoming


def add(folder, store, source, day, *parties):
    claims = Claims(source)
    for identity, schema, name, properties in parties:
        record = claims.record(identity, schema, f"list#{identity}")
        record.add("name", name)
        sanction = record.sanction()
        sanction.add("program", properties.get("program", "VARKESH-1"))
        for prop, value in properties.items():
            if prop != "program":
                (sanction if prop in ("listingDate", "endDate", "status") else record).add(prop, value)
    store.add(incoming(folder, day, claims, f"{source} {day}\n"))


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "ws")
    maledd = ("us-1", "Person", "Orsin Maledd", {"birthDate": "1970-01-02"})
    house = ("us-2", "Company", "Halvren Trading House", {"program": "PELLA_1"})
    came = ("us-3", "Person", "Talvek Tornik", {})
    add(tmp_path, store, "us_ofac_sdn", "2024-01-01", maledd, house)
    add(tmp_path, store, "us_ofac_sdn", "2024-02-01", maledd, came)
    add(
        tmp_path,
        store,
        "ca_dfatd_sema_sanctions",
        "2024-03-01",
        ("ca-1", "Person", "MALEDD, Orsin", {"birthDate": "1970-01-02", "listingDate": "2022-05-06"}),
        ("ca-2", "Company", "Halvren Trading House", {"listingDate": "2022-05-07"}),
    )
    return store


def identities(store, standing=None):
    with ClaimSet(store) as now, ClaimSet(store, ever=True) as ever:
        return identities_in(now, ever, standing)


def test_days_are_stated_or_seen_or_unknown(store):
    with ClaimSet(store, ever=True) as claims:
        found = presence_of(claims, identities(store)).parties
    assert set(found) == {"ca-1", "ca-2", "us-3"}
    assert (found["ca-1"].spans["ca"].since, found["ca-1"].spans["us"].since) == ("2022-05-06", None)
    assert found["us-3"].spans["us"].since == "2024-02-01"
    assert (found["ca-1"].spans["ca"].stated, found["us-3"].spans["us"].stated) == (True, False)
    assert found["ca-2"].spans["us"].until == "2024-01-01", "who left a list is the party that is still on another"


def test_where_a_record_may_be_it_is_neither_there_nor_missing(store):
    unsure = Standing([judgement(("ca-1", "us-3"), Verdict.UNSURE, "ada", 0)])
    with ClaimSet(store, ever=True) as claims:
        found = presence_of(claims, identities(store, unsure)).parties
    assert (found["us-3"].perhaps, found["ca-1"].perhaps, found["ca-2"].perhaps) == (
        {"ca": "2022-05-06", "us": None},
        {"us": "2024-02-01"},
        {},
    )


def test_who_left_a_list_is_delisted_and_not_never(store):
    with ClaimSet(store, ever=True) as claims:
        rows = coverage_of(claims, identities(store), entity_ids=["us-2"], jurisdictions=["us"])
    assert [(row.status, row.until) for row in rows] == [("delisted", "2024-01-01")]


def test_programmes_by_pattern_and_letters_that_sql_would_read_are_letters(store):
    with ClaimSet(store, ever=True) as claims:
        assert listed_under(claims, ["VARKESH*"]) == ["ca-1", "ca-2", "us-1", "us-3"]
        assert listed_under(claims, ["PELLA_*"]) == ["us-2"]
        assert listed_under(claims, ["PELLAx*", "%"]) == []


def test_a_matrix_has_one_row_a_party_and_counts_combinations(store):
    known = identities(store)
    with ClaimSet(store, ever=True) as claims:
        rows = one_row_a_party(
            list(rows_of(coverage_of(claims, known, program="VARKESH*", jurisdictions=["us", "ca"])))
        )
    assert [row.entity_id for row in rows] == ["ca-1", "ca-2", "us-3"]
    assert {(each.listed, each.unsure): each.parties for each in combinations(rows)} == {
        (("us", "ca"), ()): 1,
        (("ca",), ()): 1,
        (("us",), ()): 1,
    }


def test_somebody_may_say_that_a_list_is_whole(store, tmp_path):
    add(tmp_path, store, "eu_journal_sanctions", "2024-03-01", ("eu-1", "Person", "Yaska Varshovan", {}))
    known = identities(store)
    with ClaimSet(store) as claims:
        status = {
            whole: coverage_of(claims, known, entity_ids=["us-3"], jurisdictions=["eu"], whole=whole)[0].status
            for whole in ((), ("eu",))
        }
    assert status == {(): "unknown", ("eu",): "not_listed"}


def test_a_programme_that_nobody_has_is_no_empty_answer(store):
    with ClaimSet(store, ever=True) as claims:
        found = presence_of(claims, identities(store))
    assert {each.id for each in found.under(["PELLA*", "NONE"])} == {"ca-2"}
    with pytest.raises(NotFound, match=r"nobody is or was listed under NONE, PELA\*"):
        found.under(["NONE", "PELA*"])


def test_without_a_list_there_is_no_empty_answer(store, tmp_path):
    for empty, on, told in (
        (Store(tmp_path / "empty"), None, "is here; add one"),
        (store, "2001-01-01", "by 2001-01-01"),
    ):
        with ClaimSet(empty, on) as now, ClaimSet(empty, on, ever=True) as ever:
            known = identities_in(now, ever)
            with pytest.raises(NotFound, match="no list is here") as raised:
                presence_of(ever, known)
        assert told in str(raised.value)


def test_a_regime_is_the_programmes_of_all_publishers():
    assert "EU-BLR" in regime_named("Belarus")


def test_no_two_that_people_keep_apart_are_one_party_by_way_of_a_third(store, tmp_path):
    born = {"birthDate": "1970-01-02"}
    add(tmp_path, store, "un_sc_sanctions", "2024-01-01", ("un-1", "Person", "Orsin Maledd", born))
    apart = Standing([judgement(("un-1", "us-1"), Verdict.DIFFERENT, "ada", 0)])
    for standing, parties in ((None, [{"ca-1", "un-1", "us-1"}]), (apart, [{"ca-1", "un-1"}, {"us-1"}])):
        with ClaimSet(store, ever=True) as claims:
            found = presence_of(claims, identities(store, standing)).parties.values()
        records = [{record for span in party.spans.values() for record in span.records} for party in found]
        assert [each for each in records if each & {"ca-1", "un-1", "us-1"}] == parties


@pytest.mark.parametrize(
    ("before", "now", "until"),
    [
        ({}, {"status": "Delisted"}, "2024-05-01"),
        ({"status": "Delisted"}, {"status": "Delisted"}, "2024-04-01"),
        ({}, {"status": "active"}, None),
        ({"status": "Delisted"}, {"status": "active"}, None),
        ({"endDate": "2024-01-02"}, {}, None),
        ({}, {"endDate": "2024-01-02"}, "2024-01-02"),
        ({}, {"endDate": "2024-01-02", "status": "expired"}, "2024-01-02"),
    ],
)
def test_coverage_and_presence_agree_whether_a_listing_is_over(tmp_path, before, now, until):
    store = Store(tmp_path / "ws")
    for day, told in (("2024-04-01", before), ("2024-05-01", now)):
        add(tmp_path, store, "us_ofac_sdn", day, ("us-1", "Person", "Orsin Maledd", told))
    known = identities(store)
    with ClaimSet(store, ever=True) as claims:
        span = presence_of(claims, known).parties["us-1"].spans["us"]
        (row,) = coverage_of(claims, known, entity_ids=["us-1"], jurisdictions=["us"])
    assert (span.until, row.status) == (until, "delisted" if until else "listed")
