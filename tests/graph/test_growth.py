"""What leads on in a network and what does not: hubs, denials, ended links, faint evidence; and that order changes nothing."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from shellgame.graph.links import FEW_LINKED, degrees_of, link_rarity, links_of
from shellgame.graph.network import network_around
from shellgame.sources.claims import Claims
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store
from shellgame.testing.publications import incoming


def kept(tmp_path, links, *, day="2024-01-01", order=None, source="us_ofac_sdn", listed=()):
    """A store of organisations with some links: (one, other, words about the link)."""
    claims = Claims(source)
    names = sorted({end for one, other, *_ in links for end in (one, other)})
    shuffled = list(links)
    if order is not None:
        random.Random(order).shuffle(names)
        random.Random(order).shuffle(shuffled)
    records = {name: claims.record(name, "Organization", f"sdn.csv#{name}") for name in names}
    for name, record in records.items():
        record.add("name", f"Invented {name} Trading House")
        if name in listed:
            record.add("topics", "sanction")
    for one, other, told in shuffled:
        given = {"schema": "UnknownLink", "stance": "asserts", **told}
        days = {prop: given.pop(prop) for prop in ("startDate", "endDate") if prop in given}
        schema, stance = given.pop("schema"), given.pop("stance")
        link = records[one].link(schema, other, role=given.pop("role", "Linked To"), stance=stance)
        for prop, text in days.items():
            link.add_date(prop, text)
        for prop, text in given.items():
            link.add(prop, text)
    store = Store(tmp_path / f"ws{order}{source}")
    store.add(incoming(tmp_path, day, claims))
    return store


def star(middle, leaves, **told):
    return [(leaf, middle, told) for leaf in leaves]


def row(*names):
    return [(one, other, {}) for one, other in pairwise(names)]


def test_a_hub_ties_nobody_and_is_seen_itself(tmp_path):
    companies = [f"c{number:04}" for number in range(1500)]
    store = kept(tmp_path, [*star("agent", companies), ("c0000", "owner", {})])
    with ClaimSet(store) as claims:
        assert degrees_of(claims, ["agent", "c0000", "nobody"]) == {"agent": 1500, "c0000": 2}
        found = network_around(claims, ["c0000"])
        around_the_hub = network_around(claims, ["agent"])
    assert found.entities.keys() == {"c0000", "owner", "agent"}
    assert len(found.weaker) == 1499
    assert len(around_the_hub.entities) == 400
    assert len(around_the_hub.stopped) == 1102


def test_whoever_has_more_links_than_can_be_read_is_not_asked_for_them(tmp_path, monkeypatch):
    store = kept(tmp_path, [*star("agent", [f"c{number}" for number in range(12)]), ("c1", "owner", {})])
    monkeypatch.setattr("shellgame.graph.links.MOST_LINKED", 11)
    monkeypatch.setattr("shellgame.graph.network.MOST_LINKED", 11)
    with ClaimSet(store) as claims:
        found = network_around(claims, ["c1"])
    assert (found.entities.keys(), found.hubs) == ({"c1", "owner", "agent"}, ("agent",))


def test_few_links_make_no_hub():
    assert all(link_rarity(degree) == 1.0 for degree in range(FEW_LINKED + 1))
    assert all(link_rarity(degree) > link_rarity(degree + 1) for degree in range(FEW_LINKED, 3000))


def test_a_denied_link_never_leads(tmp_path):
    store = kept(tmp_path, [("a", "b", {"stance": "denies"}), *row("b", "c")])
    with ClaimSet(store) as claims:
        for weakest in (0.3, 0.0):
            assert network_around(claims, ["a"], weakest=weakest).entities.keys() == {"a"}


def test_reach_is_the_product_along_the_best_way_and_stops_where_it_is_weak(tmp_path):
    names = [f"n{number:02}" for number in range(40)]
    with ClaimSet(kept(tmp_path, row(*names))) as claims:
        found = network_around(claims, ["n00"], weakest=0.5)
        near = network_around(claims, ["n00"], weakest=0.5, depth=2)
    expected = [name for number, name in enumerate(names) if 0.95**number >= 0.5]
    assert list(found.entities) == expected
    assert found.reach["n05"] == pytest.approx(0.95**5)
    assert found.distance["n05"] == 5
    assert found.weaker == (names[len(expected)],)
    assert list(near.entities) == ["n00", "n01", "n02"]


def test_who_is_reached_too_weakly_and_listed_is_told(tmp_path):
    names = [f"n{number:02}" for number in range(20)]
    store = kept(tmp_path, [*row(*names), ("n13", "other", {})], listed=("n05", "n14"))
    with ClaimSet(store) as claims:
        found = network_around(claims, ["n00"], weakest=0.5)
    assert set(found.weaker) == {"n14", "other"}
    assert found.beyond == {"n14": "Invented n14 Trading House"}
    assert found.listed == {"n05": ("us_ofac_sdn",)}


def test_a_full_network_keeps_those_best_reached_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("shellgame.graph.network.MOST_ENTITIES", 4)
    strong = [("a", f"s{number}", {}) for number in range(3)]
    weak = [(f"w{number}", "a", {"stance": "reports"}) for number in range(3)]
    with ClaimSet(kept(tmp_path, [*strong, *weak])) as claims:
        found = network_around(claims, ["a"])
    assert found.entities.keys() == {"a", "s0", "s1", "s2"}
    assert found.stopped == ("w0", "w1", "w2")


def test_ended_links_lead_only_when_asked_for(tmp_path):
    links = [("a", "b", {"endDate": "2020-06-30"}), ("b", "c", {"startDate": "2025-01-01"}), *row("a", "d", "b")]
    with ClaimSet(kept(tmp_path, links), "2024-06-01") as claims:
        found = network_around(claims, ["a"])
        former = network_around(claims, ["a"], former=True)
        (told,) = [tie for tie in links_of(claims, ["a"]) if tie.past]
    assert found.entities.keys() == former.entities.keys() == {"a", "b", "d"}
    assert [(tie.past, tie.end) for tie in found.former] == [("ended", "2020-06-30")]
    assert found.distance["b"] == 2
    assert former.distance["b"] == 1
    assert not former.former
    assert told.label == "Linked To (until 2020-06-30)"
    assert told.strength == pytest.approx(0.95 / 2)


@pytest.mark.parametrize(
    ("words", "past"),
    [
        ({"summary": "Transformer plant; the former works"}, ""),
        ({"status": "performer"}, ""),
        ({"role": "former director"}, ""),
        ({"status": "Former"}, "former"),
        ({"summary": "Former: the record is closed"}, "former"),
        ({"summary": "former"}, "former"),
    ],
)
def test_a_link_is_former_by_its_status_or_a_remark_that_says_so_and_by_no_part_of_a_word(tmp_path, words, past):
    with ClaimSet(kept(tmp_path, [("a", "b", {"schema": "Ownership", **words})])) as claims:
        (tie,) = links_of(claims, ["a"])
    assert (tie.past, tie.strength) == (past, 0.95 / 2 if past else 0.95)


def test_a_link_that_ends_before_it_begins_has_no_days(tmp_path):
    links = [
        ("a", "b", {"startDate": "2022", "endDate": "2015"}),
        ("a", "c", {"startDate": "2022-05", "endDate": "2022"}),
    ]
    store = kept(tmp_path, links, day="2012-01-01")
    for day, days in (("2013-01-01", set()), ("2022-06-01", {("2022-05", "2022")}), ("2024-06-01", set())):
        with ClaimSet(store, day) as claims:
            assert {(tie.start, tie.end) for tie in links_of(claims, ["a"]) if not tie.past} == {(None, None), *days}


@pytest.mark.parametrize("order", range(4))
def test_the_order_in_which_things_are_told_changes_nothing(tmp_path, order):
    dice = random.Random(9)
    links = [(f"n{dice.randrange(40):02}", f"n{dice.randrange(40):02}", {}) for _ in range(55)]
    links = [link for link in {link[:2]: link for link in links}.values() if link[0] != link[1]]

    def told(store):
        with ClaimSet(store) as claims:
            found = network_around(claims, ["n00"])
        return (
            found.reach,
            found.distance,
            [(tie.source_id, tie.target_id, tie.strength) for tie in found.ties],
            found.weaker,
        )

    assert told(kept(tmp_path, links, order=order)) == told(kept(tmp_path, links))
