"""Networks grow along links and rare shared things, on the day asked for, with the words on every tie."""

from __future__ import annotations

import pytest

from shellgame.graph.network import network_around
from shellgame.graph.ties import rarity, shared_by
from shellgame.model.judgement import Judgement, Verdict
from shellgame.model.standing import Standing
from shellgame.resolve.identities import identities_in
from shellgame.sources.claims import Claims
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store
from shellgame.testing.publications import incoming


@pytest.fixture
def store(tmp_path):
    """A - B - C in a row by links; D shares B's phone; E and F share an address with nobody else; G's link to A ended in 2020."""
    claims = Claims("us_ofac_sdn")
    records = {key: claims.record(f"r-{key}", "Organization", f"sdn.csv#{key}") for key in "ABCDEFG"}
    for key, record in records.items():
        record.add("name", f"Invented Company {key * 8}")
    records["A"].link("UnknownLink", "r-B", role="Linked To", quote="Linked To: B.")
    records["B"].link("UnknownLink", "r-C", role="Linked To", quote="Linked To: C.")
    records["B"].add("phone", "+999 55 123 4567")
    records["D"].add("phone", "(999) 55-1234567")
    for key in "EF":
        records[key].add("address", "17 Mill Lane, Port Ostrel")
    ended = records["G"].link("Directorship", "r-A", role="director")
    ended.add_date("endDate", "2020-06-30")
    store = Store(tmp_path / "ws")
    store.add(incoming(tmp_path, "2024-01-01", claims))
    return store


def ids(network):
    return {identity.removeprefix("r-") for identity in network.entities}


def test_depth_counts_steps(store):
    with ClaimSet(store, "2024-06-01") as claims:
        assert ids(network_around(claims, ["r-A"], depth=1)) == {"A", "B"}
        assert ids(network_around(claims, ["r-A"], depth=2)) == {"A", "B", "C", "D"}


def test_a_link_that_ended_does_not_hold_afterwards_but_did_before(store, tmp_path):
    with ClaimSet(store, "2024-06-01") as claims:
        assert "G" not in ids(network_around(claims, ["r-A"], depth=3))
    with ClaimSet(store) as claims:
        assert "G" not in ids(network_around(claims, ["r-A"], depth=3)), "no day asked: as of today"


def standing(*told):
    return Standing(
        Judgement(*sorted(pair), Verdict(verdict), "same seal", "ada", f"2024-05-0{at}T10:00:00Z")
        for at, (*pair, verdict) in enumerate(told, start=1)
    )


def test_a_decision_leads_on_and_says_who_made_it_and_by_way_of_what(store):
    decided = standing(("r-A", "NK-1", "same"), ("r-E", "NK-1", "same"), ("r-E", "r-G", "different"))
    with ClaimSet(store, "2024-06-01") as claims:
        network = network_around(claims, ["r-A"], depth=1, standing=decided)
    assert ids(network) == {"A", "B", "E"}
    judged = [tie for tie in network.ties if tie.kind == "judged"]
    assert [(tie.source_id, tie.target_id, tie.schema, tie.strength) for tie in judged] == [("r-A", "r-E", "same", 1.0)]
    assert judged[0].label == "judged same by way of NK-1"
    with ClaimSet(store, "2024-06-01") as claims:
        network = network_around(claims, ["r-E", "r-G"], depth=1, standing=decided)
    labels = {tie.label: tie.strength for tie in network.ties if {tie.source_id, tie.target_id} == {"r-E", "r-G"}}
    assert labels == {"judged different by ada on 2024-05-03: same seal": 0.0}


def test_different_and_unsure_lead_nowhere(store):
    decided = standing(("r-A", "r-E", "different"), ("r-A", "r-G", "unsure"))
    with ClaimSet(store, "2024-06-01") as claims:
        assert ids(network_around(claims, ["r-A"], depth=3, standing=decided)) == {"A", "B", "C", "D"}


def test_a_shared_name_ties_no_two_that_are_judged_different(tmp_path):
    claims = Claims("us_ofac_sdn")
    for key in "AB":
        claims.record(f"r-{key}", "Company", f"sdn.csv#{key}").add("name", "Halvren House Trading")
    store = Store(tmp_path / "ws")
    store.add(incoming(tmp_path, "2024-01-01", claims))
    for decided, found in ((standing(), {"A", "B"}), (standing(("r-A", "r-B", "different")), {"A"})):
        with ClaimSet(store) as held:
            assert ids(network_around(held, ["r-A"], depth=1, standing=decided)) == found


def test_every_tie_has_its_words_and_place(store):
    with ClaimSet(store) as claims:
        network = network_around(claims, ["r-A"], depth=3)
    quotes = {claim.said for tie in network.ties for claim in tie.claims}
    assert {"Linked To: B.", "Linked To: C.", "+999 55 123 4567", "(999) 55-1234567"} <= quotes
    assert all(claim.locator.startswith("sdn.csv#") for tie in network.ties for claim in tie.claims)


def test_direction_of_a_link_is_kept(store):
    with ClaimSet(store) as claims:
        network = network_around(claims, ["r-C"], depth=1)
    assert [(tie.source_id, tie.target_id) for tie in network.ties if tie.kind == "link"] == [("r-B", "r-C")]


def test_a_number_shared_by_a_crowd_is_a_hub_and_ties_nobody(tmp_path):
    claims = Claims("us_ofac_sdn")
    for number in range(300):
        claims.record(f"r-{number}", "Company", f"sdn.csv#{number}").add("phone", "+999 55 000 0000")
    store = Store(tmp_path / "ws")
    store.add(incoming(tmp_path, "2024-01-01", claims))
    with ClaimSet(store) as found:
        assert shared_by(found, ["r-1"]) == []


def test_rarity_falls_with_the_crowd():
    assert rarity(1) == rarity(2) == 1.0
    assert rarity(3) == 0.5
    assert all(rarity(n) > rarity(n + 1) for n in range(2, 200))


def test_short_or_bare_values_tie_nobody(tmp_path):
    claims = Claims("us_ofac_sdn")
    for key in "AB":
        record = claims.record(f"r-{key}", "Company", f"sdn.csv#{key}")
        record.add("registrationNumber", "1234")
        record.add("address", "Port Ostrel, Varkesh")
        record.add("alias", "Halvren")
    store = Store(tmp_path / "ws")
    store.add(incoming(tmp_path, "2024-01-01", claims))
    with ClaimSet(store) as found:
        assert shared_by(found, ["r-A"]) == []


def test_a_denied_link_is_no_tie_and_a_former_one_is_marked(tmp_path):
    claims = Claims("us_ofac_sdn")
    records = {key: claims.record(f"r-{key}", "Organization", f"sdn.csv#{key}") for key in "ABC"}
    records["A"].link("UnknownLink", "r-B", role="Linked To", stance="denies")
    former = records["A"].link("Directorship", "r-C", role="Leader or official of")
    former.add("status", "former")
    store = Store(tmp_path / "ws")
    store.add(incoming(tmp_path, "2024-01-01", claims))
    with ClaimSet(store) as found:
        network = network_around(found, ["r-A"], depth=1)
    (tie,) = network.ties
    assert (tie.target_id, tie.label) == ("r-C", "Leader or official of (former)")
    assert tie.strength < 0.5


@pytest.fixture
def two_lists(tmp_path):
    """One man on two lists, spelt in two ways, each with a company; both lists print the phone of a third."""
    store = Store(tmp_path / "ws")
    for source, name in (("us_ofac_sdn", "Orsin Maledd"), ("ca_dfatd_sema_sanctions", "MALEDD, Orsin")):
        claims, code = Claims(source), source[:2]
        man = claims.record(f"{code}-man", "Person", f"list#{code}-man")
        man.add("name", name)
        man.add("birthDate", "1970-01-02")
        man.add("phone", "+999 55 123 4567")
        house = claims.record(f"{code}-house", "Organization", f"list#{code}-house")
        house.add("name", f"Invented House of {code * 4}")
        man.link("UnknownLink", f"{code}-house", role="Linked To", quote="Linked To")
        if code == "us":
            other = claims.record("us-other", "Organization", "list#us-other")
            other.add("name", "Quite Another House")
            other.add("phone", "+999 55 123 4567")
        store.add(incoming(tmp_path, "2024-01-01", claims))
    return store


def test_records_of_one_party_are_one_node_and_lead_on_together(two_lists):
    with ClaimSet(two_lists) as claims:
        apart = network_around(claims, ["us-man"], depth=1)
        found = network_around(claims, ["us-man"], depth=1, identities=identities_in(claims))
    assert {"us-man", "ca-man"} <= apart.entities.keys()
    assert found.entities.keys() == {"us-man", "us-house", "ca-house", "us-other"}
    assert (found.start, found.records("us-man"), found.party("ca-man")) == (
        ("us-man",),
        ("us-man", "ca-man"),
        "us-man",
    )
    assert found.records("us-other") == ("us-other",)
    assert found.entities["us-man"].sources == ["ca_dfatd_sema_sanctions", "us_ofac_sdn"]
    assert set(found.distance.values()) == {0, 1}
    (shared,) = [tie for tie in found.ties if tie.kind == "shared"]
    assert {shared.source_id, shared.target_id} == {"us-man", "us-other"}
    assert {claim.record_id for claim in shared.claims} == {"us-man", "ca-man", "us-other"}


def test_whom_people_keep_apart_are_two_nodes(two_lists):
    different = standing(("ca-man", "us-man", "different"))
    with ClaimSet(two_lists) as claims:
        identities = identities_in(claims, standing=different)
        found = network_around(claims, ["us-man"], depth=1, standing=different, identities=identities)
    assert {"us-man", "ca-man"} <= found.entities.keys()
    assert not found.joined
