"""How strongly two are tied: what is said in other words by other records adds up, what one record says does not."""

from __future__ import annotations

import pytest

from shellgame.graph.links import links_of
from shellgame.graph.network import network_around
from shellgame.graph.strength import pair_strengths
from shellgame.sources.claims import Claims
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store
from shellgame.testing.publications import incoming

SHARES, VOTES = {"role": "ownership of shares"}, {"role": "voting rights"}


def kept(folder, *told, source="gb_coh_psc"):
    """A store in which records of a source tell links between two: (record, other, words)."""
    claims = Claims(source)
    names = sorted({end for one, other, _ in told for end in (one, other)})
    records = {name: claims.record(name, "Company", f"list#{name}") for name in names}
    for name, record in records.items():
        record.add("name", f"Invented House {name * 4}")
    for one, other, words in told:
        records[one].link("Ownership", other, **words)
    store = Store(folder / "ws")
    store.add(incoming(folder, "2024-01-01", claims))
    return store


@pytest.mark.parametrize(
    ("told", "strength"),
    [
        ([("x", "a", SHARES)], 0.95),
        ([("x", "a", SHARES), ("x", "a", VOTES), ("x", "a", {"role": "board"})], 0.95),
        ([("x", "a", SHARES), ("a", "x", SHARES)], 0.95),
        ([("x", "a", SHARES), ("a", "x", VOTES)], 1 - 0.05**2),
        ([("x", "a", SHARES), ("x", "a", VOTES), ("a", "x", VOTES)], 1 - 0.05**2),
    ],
)
def test_links_of_one_record_count_once_and_those_of_two_add_up_where_they_say_something_else(tmp_path, told, strength):
    with ClaimSet(kept(tmp_path, *told)) as claims:
        ties = links_of(claims, ["x"])
        found = network_around(claims, ["x"])
    assert len(ties) == len(told)
    assert pair_strengths(ties) == {("a", "x"): pytest.approx(strength)}
    assert found.reach["a"] == pytest.approx(strength)


def test_the_best_of_the_links_of_one_record_counts(tmp_path):
    told = [("x", "a", {**SHARES, "stance": "reports"}), ("x", "a", VOTES)]
    with ClaimSet(kept(tmp_path, *told)) as claims:
        assert pair_strengths(links_of(claims, ["x"])) == {("a", "x"): pytest.approx(0.95)}
