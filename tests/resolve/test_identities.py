"""Which records are one party: the very clusters of `resolve`, and beside them those that left the lists."""

from __future__ import annotations

import pytest
from tests.resolve.evidence import judgement

from shellgame.model.judgement import Verdict
from shellgame.model.standing import Standing
from shellgame.resolve.coverage import coverage_of
from shellgame.resolve.identities import identities_in
from shellgame.resolve.resolution import resolved
from shellgame.sources.claims import Claims
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store
from shellgame.testing.publications import incoming

from .clustered import as_sets

BORN = {"birthDate": "1970-01-02"}
BROTHERS = [("Orsin Maledd", {"birthDate": "1970-01-02"}), ("Orsinek Maledd", {"birthDate": "1970-01-02"})]


@pytest.fixture
def workspace(tmp_path):
    return Lists(tmp_path)


class Lists:
    """Invented lists, resolved and asked."""

    def __init__(self, folder):
        self.folder, self.store = folder, Store(folder / "ws")

    def add(self, source, parties, day="2024-01-01"):
        claims = Claims(source)
        for identity, (name, told) in parties.items():
            record = claims.record(identity, "Person", f"list#{identity}")
            record.add("name", name)
            record.sanction().add("program", "VARKESH")
            for prop, value in told.items():
                record.add(prop, value)
        self.store.add(incoming(self.folder, day, claims, f"{source} {day}\n"))

    def identities(self, *told, on=None):
        with ClaimSet(self.store, on) as now, ClaimSet(self.store, on, ever=True) as ever:
            return identities_in(now, ever, Standing(told))

    def clusters(self, *told, on=None):
        with ClaimSet(self.store, on) as claims:
            return as_sets(resolved(claims, told, self.folder / "canonical.parquet").clusters)

    def parties(self, *told, on=None):
        """The parties of the records that are on the lists, without those that left them."""
        found = self.identities(*told, on=on)
        with ClaimSet(self.store, on) as claims:
            records = {identity for (identity,) in claims.rows("SELECT DISTINCT record_id FROM claims")}
        groups = {}
        for record in records:
            groups.setdefault(found.party(record), set()).add(record)
        return set(map(frozenset, groups.values()))


def confirmed(identities, record):
    return {each.record_id for each in identities.of(record) if each.confirmed}


def fill(workspace):
    workspace.add("us_ofac_sdn", {"us-1": BROTHERS[0], "us-2": BROTHERS[1], "us-3": ("Talvek Tornik", BORN)})
    workspace.add("us_ofac_sdn", {"us-1": BROTHERS[0], "us-4": ("Yaska Varshovan", BORN)}, day="2024-02-01")
    workspace.add("ca_dfatd_sema_sanctions", {"ca-1": BROTHERS[0], "ca-3": ("TORNIK, Talvek", BORN)})
    workspace.add("un_sc_sanctions", {"un-2": BROTHERS[1], "un-4": ("Yaska Varshovan", {})})


@pytest.mark.parametrize("on", [None, "2024-01-15"])
@pytest.mark.parametrize(
    "told",
    [
        (),
        (judgement(("us-1", "ca-1"), Verdict.DIFFERENT, "ada", 0),),
        (judgement(("us-1", "NK-1"), Verdict.SAME, "ada", 0), judgement(("ca-3", "NK-1"), Verdict.SAME, "ben", 1)),
        (judgement(("us-2", "us-1"), Verdict.SAME, "ada", 0), judgement(("us-2", "un-4"), Verdict.SAME, "ada", 1)),
    ],
)
def test_records_on_the_lists_are_one_party_where_resolve_says_so(workspace, told, on):
    fill(workspace)
    assert workspace.parties(*told, on=on) == workspace.clusters(*told, on=on)


def test_who_left_a_list_belongs_to_the_party_that_is_on_another(workspace):
    fill(workspace)
    found = workspace.identities()
    assert confirmed(found, "us-3") == confirmed(found, "ca-3") == {"us-3", "ca-3"}
    assert found.party("us-3") == "ca-3"


def test_who_left_a_list_joins_no_two_that_are_on_the_lists(workspace):
    fill(workspace)
    apart = judgement(("ca-3", "un-3"), Verdict.DIFFERENT, "ada", 0)
    workspace.add("un_sc_sanctions", {"un-3": ("Talvek TORNIK", BORN)}, day="2024-02-01")
    found = workspace.identities(apart)
    assert workspace.parties(apart) == workspace.clusters(apart)
    assert len({found.party("ca-3"), found.party("un-3")}) == 2
    assert found.party("us-3") in {found.party("ca-3"), found.party("un-3"), "us-3"}


def test_what_people_left_unsure_is_unsure_both_ways_and_says_who_and_why(workspace):
    fill(workspace)
    found = workspace.identities(judgement(("us-1", "un-4"), Verdict.UNSURE, "ada", 0))
    for record, others in (("us-1", {"un-4", "us-4"}), ("un-4", {"us-1", "ca-1"})):
        unsure = [each for each in found.of(record) if not each.confirmed]
        assert {each.record_id for each in unsure} >= others & set(found.perhaps(record))
        assert any(each.why == "judged unsure by ada on 2024-05-01: looked at both" for each in unsure)


def test_judged_different_is_no_question_by_way_of_others_either(workspace):
    fill(workspace)
    unsure = judgement(("us-1", "un-4"), Verdict.UNSURE, "ada", 0)
    different = judgement(("ca-1", "un-4"), Verdict.DIFFERENT, "ben", 1)
    assert "un-4" not in workspace.identities(unsure, different).perhaps("us-1")


def test_an_id_that_only_people_know_is_the_party_they_say(workspace):
    fill(workspace)
    found = workspace.identities(judgement(("NK-1", "us-1"), Verdict.SAME, "ada", 0))
    assert {"us-1", "ca-1"} <= confirmed(found, "NK-1")
    assert [each.record_id for each in found.of("nobody")] == ["nobody"]


def test_together_is_one_party_one_row(workspace):
    fill(workspace)
    found = workspace.identities()
    with ClaimSet(workspace.store) as claims:
        rows = coverage_of(claims, found, entity_ids=["us-1", "ca-1", "us-4"], jurisdictions=["us"], together=True)
    assert [row.entity_id for row in rows] == ["us-1", "us-4"]


def test_every_record_is_told_once_with_its_reason(workspace):
    fill(workspace)
    found = workspace.identities()
    for record in ("us-1", "us-2", "us-3", "us-4", "ca-1", "ca-3", "un-2", "un-4"):
        told = found.of(record)
        assert told[0].record_id == record
        assert len({each.record_id for each in told}) == len(told)
        assert all(each.why for each in told)
        assert {each.record_id for each in told if not each.confirmed} == set(found.perhaps(record))
