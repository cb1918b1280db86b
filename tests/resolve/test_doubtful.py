"""Joins that are hardly likelier than not: people are shown them, and they are told as unsure."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.resolve.evidence import judgement

from shellgame.model.judgement import Verdict
from shellgame.model.standing import Standing
from shellgame.resolve.clusters import Known, cluster
from shellgame.resolve.comparable import Single, comparable_in, comparable_of
from shellgame.resolve.coverage import coverage_of
from shellgame.resolve.edges import Rest, edges_of
from shellgame.resolve.gaps import gaps
from shellgame.resolve.identities import Identities
from shellgame.resolve.judged import judged_of
from shellgame.resolve.presence import presence_of
from shellgame.resolve.quality import DOUBTFUL
from shellgame.resolve.resolution import Resolution
from shellgame.resolve.review import open_pairs
from shellgame.sources.claims import Claims
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store
from shellgame.testing.parties import party
from shellgame.testing.publications import incoming

NAMES, IDENTIFIER = Rest.NAMES, Rest.IDENTIFIER
JOINED = [("ca-1", "us-1", 0.58, NAMES)]
PARTY = party("a", name="Orsin Maledd")


def known(records, edges, standing):
    ids = records.ids.to_pylist()
    columns = zip(*((ids.index(left), ids.index(right), *rest) for left, right, *rest in edges), strict=True)
    return Known(records.ids, edges_of(len(ids), *map(np.array, columns)), judged_of(standing))


def people(letters):
    """A record a letter."""
    return comparable_of([Single(each, "Person", {"name": [f"Orsin Maledd {each}"]}) for each in letters], hub=50)


def resolution(letters, edges, *told):
    records, standing = people(letters), Standing(told)
    return Resolution(records, known(records, edges, standing), standing=standing)


def identities(records, edges, *told):
    standing = Standing(told)
    its = known(records, edges, standing)
    return Identities(records, its, cluster(its), standing)


def said(pair, verdict, author="ada", minute=0):
    return judgement(pair, Verdict(verdict), author, minute)


def shown(found, *told):
    """The pairs of a review, marked ones in capitals."""
    pairs = open_pairs(found.open_pairs(), Standing(told))
    return [(each.left_id + each.right_id).upper() if each.mark else each.left_id + each.right_id for each in pairs]


PAIRS = [
    ("a", "b", 0.72, NAMES),
    ("c", "d", 0.502, NAMES),
    ("e", "f", DOUBTFUL, NAMES),
    ("g", "h", 0.498, NAMES),
    ("a", "c", 0.3, NAMES),
]


def test_a_doubtful_join_is_counted_and_shown_the_weakest_first():
    found = resolution("abcdefgh", PAIRS)
    assert found.counts.suspicious == 2
    assert shown(found) == ["CD", "AB", "ac", "gh"]
    first = next(iter(found.open_pairs()))
    assert first.mark == "2 records are one, the weakest link 0.50"
    assert first.why == "names and what is told beside them"


@pytest.mark.parametrize("verdict", ["same", "different", "unsure"])
def test_a_decision_on_it_takes_it_out_of_the_review(verdict):
    told = said("cd", verdict)
    found = resolution("abcdefgh", PAIRS, told)
    assert found.counts.suspicious == 1
    assert shown(found, told)[0] == "AB"
    assert "CD" not in shown(found, told)


def test_who_judged_the_weakest_link_is_asked_the_next_one():
    chain = [("a", "b", 0.6, NAMES), ("b", "c", 0.7, NAMES), ("a", "c", 0.55, NAMES)]
    told = (said("bc", "same"),)
    assert shown(resolution("abc", chain)) == ["AB"]
    assert shown(resolution("abc", chain, *told), *told) == ["AB"]
    told += (said("ab", "same", minute=1),)
    assert shown(resolution("abc", chain, *told), *told) == []
    assert resolution("abc", chain, *told).counts.suspicious == 0


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_a_judged_pair_comes_back_when_its_score_moved(verdict):
    at = {"same": 0.9, "different": 0.15}[verdict]
    told = replace(said("ab", verdict), score=at)
    for now, comes in ((at, []), (0.55, ["ab"])):
        found = resolution("ab", [("a", "b", now, NAMES)], told)
        pairs = open_pairs(found.open_pairs(), Standing([told]), lambda ids: dict.fromkeys(ids, PARTY))
        assert [each.left_id + each.right_id for each in pairs] == comes
        assert all(f"score {at:.2f}, now 0.55" in each.why for each in pairs)


def test_confirmed_is_whom_judgements_numbers_or_sure_links_lead_to():
    chain = [("a", "b", 0.95, NAMES), ("b", "c", 0.6, NAMES), ("c", "d", 0.6, IDENTIFIER), ("a", "c", 0.52, NAMES)]
    found = identities(people("abcd"), chain)
    assert {each.record_id: (each.confirmed, each.probability) for each in found.of("a")} == {
        "a": (True, 1.0),
        "b": (True, 1.0),
        "c": (False, 0.6),
        "d": (False, 0.6),
    }
    assert [each.record_id for each in found.of("d") if each.confirmed] == ["d", "c"]
    assert found.perhaps("a") == found.perhaps("b") == ["c", "d"]
    assert found.perhaps("c") == ["a", "b"]
    assert set(found.records_of("a")) == set("abcd"), "one entity of `resolve` all the same"
    assert (found.party("d"), found.sure_party("d"), found.sure_party("b")) == ("a", "c", "a")
    judged = identities(people("abcd"), chain, said("bc", "same"))
    assert all(each.confirmed for each in judged.of("a"))
    assert judged.perhaps("a") == []


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "ws")
    for source, code, name in (
        ("us_ofac_sdn", "us", "Orsin Maledd"),
        ("ca_dfatd_sema_sanctions", "ca", "Talvek Tornik"),
    ):
        claims = Claims(source)
        record = claims.record(f"{code}-1", "Person", f"list#{code}-1")
        record.add("name", name)
        record.sanction().add("program", "VARKESH")
        store.add(incoming(tmp_path, "2024-01-01", claims))
    return store


def test_a_doubtful_join_is_unsure_both_ways_in_coverage_and_never_a_gap(store):
    with ClaimSet(store) as claims:
        records = comparable_in(claims, hub=50)
        found = identities(records, JOINED)
        rows = coverage_of(claims, found, entity_ids=["us-1", "ca-1"], jurisdictions=["us", "ca"], together=True)
        told = [(row.entity_id, row.jurisdiction, row.status, row.identity, row.records) for row in rows]
        assert told == [
            ("us-1", "us", "listed", "confirmed", ["us-1"]),
            ("us-1", "ca", "listed", "unsure", ["ca-1"]),
            ("ca-1", "us", "listed", "unsure", ["us-1"]),
            ("ca-1", "ca", "listed", "confirmed", ["ca-1"]),
        ]
        presence = presence_of(claims, found)
        assert {each.id: (set(each.spans), set(each.perhaps)) for each in presence.parties.values()} == {
            "us-1": ({"us"}, {"ca"}),
            "ca-1": ({"ca"}, {"us"}),
        }
        assert gaps(presence, "us", "ca") == gaps(presence, "ca", "us") == []
        same = identities(records, JOINED, said(("us-1", "ca-1"), "same"))
        assert [*presence_of(claims, same).parties] == ["ca-1"]


def test_why_not_tells_the_decisions_that_keep_two_apart_by_way_of_others():
    told = (said(("NK-1", "a"), "same"), said(("NK-1", "b"), "different", "ben", 1))
    found = resolution("abc", [("a", "b", 0.58, NAMES)], *told).why("a", "b")
    assert found.text == "two entities: people keep them apart; probability 0.58"
    assert [(each.left_id, each.right_id, each.rests_on, each.probability) for each in found.steps] == [
        ("a", "NK-1", "judged", 1.0),
        ("NK-1", "b", "judged", 0.0),
        ("a", "b", "names", 0.58),
    ]
    assert [each.text for each in found.steps[:2]] == [
        "ada decided same on 2024-05-01: looked at both",
        "ben decided different on 2024-05-01: looked at both",
    ]
    turned = resolution("abc", [("a", "b", 0.58, NAMES)], *told).why("b", "a").steps
    assert [(each.left_id, each.right_id) for each in turned[:2]] == [("b", "NK-1"), ("NK-1", "a")]
    uncompared = resolution("abc", [("a", "b", 0.58, NAMES)], *told, said("cb", "same", minute=2)).why("a", "c")
    assert "people keep them apart; never compared" in uncompared.text
    assert len(uncompared.steps) == 3


def test_an_edge_is_found_from_either_end_the_most_probable_of_several():
    edges = edges_of(3, [0, 1, 0], [1, 0, 2], [0.6, 0.9, 0.2], [NAMES, IDENTIFIER, NAMES])
    assert edges.probability[edges.between(1, 0)] == 0.9
    assert edges.between(0, 1) == edges.between(1, 0)
    assert edges.between(1, 2) is None


def test_the_names_that_met_are_told_and_not_the_caption():
    records = comparable_of(
        [
            Single("a", "Person", {"name": ["Talvek Tornik"], "alias": ["Lydia", "Halvren Drelkan"]}),
            Single("b", "Person", {"name": ["Orsin Maledd"], "alias": ["Lidya"]}),
        ],
        hub=50,
    )
    (other,) = (each for each in identities(records, [("a", "b", 0.58, NAMES)]).of("a") if each.record_id == "b")
    assert other.why == "names Lydia / Lidya (0.58)"
