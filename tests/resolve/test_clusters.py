"""Laws of clusters, and what single pieces of evidence do."""

from __future__ import annotations

import random

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.resolve.evidence import EDGES, IDS, PROBABILITIES, RECORDS, judgement, judgements, undone
from tests.resolve.plain_clusters import Edge, plain_clusters

from shellgame.errors import WrongUse
from shellgame.model.judgement import OPINIONS, Judgement, Verdict
from shellgame.resolve.clusters import Known, cluster
from shellgame.resolve.edges import Rest, Rules, edges_of
from shellgame.resolve.judged import judged_of

from .clustered import as_sets, known_of

RULES = st.sampled_from([Rules(), Rules(uncompared=0.5), Rules(threshold=0.7, uncompared=0.6), Rules(hub=3)])
SAME, DIFFERENT = Verdict.SAME, Verdict.DIFFERENT
STRONG, WEAK = 0.97, 0.03


def made(records: str, edges: list[Edge], *judged: Judgement, rules: Rules | None = None) -> set[str]:
    found = as_sets(cluster(known_of(records, edges, judged, rules)))
    return {"".join(sorted(each)) for each in found}


def named(pair: str, probability: float, rest: Rest = Rest.NAMES, shared_by: int = 2) -> Edge:
    return pair[0], pair[1], probability, rest, shared_by


@settings(deadline=None, max_examples=400)
@given(EDGES, judgements(), RULES)
def test_clusters_as_the_plain_twin(edges: list[Edge], judged: list[Judgement], rules: Rules) -> None:
    found = cluster(known_of(RECORDS, edges, judged, rules))
    assert as_sets(found) == plain_clusters(RECORDS, edges, judged, rules)
    assert all(found.first[found.first] == found.first)


@settings(deadline=None)
@given(EDGES, judgements(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_no_cluster(
    edges: list[Edge], judged: list[Judgement], order: random.Random
) -> None:
    known = known_of(RECORDS, edges, judged)
    turned = [(right, left, *rest) for left, right, *rest in edges]
    records = list(RECORDS)
    for each in (turned, judged, records):
        order.shuffle(each)  # type: ignore[arg-type]
    again = known_of(records, turned, judged)  # type: ignore[arg-type]
    assert again.judged == known.judged
    assert cluster(again).first.tolist() == cluster(known).first.tolist()


@settings(deadline=None)
@given(EDGES, judgements())
def test_what_people_decided_holds_whatever_the_evidence(edges: list[Edge], judged: list[Judgement]) -> None:
    known = known_of(RECORDS, edges, judged)
    of = {record: each for each in as_sets(cluster(known)) for record in each}
    for left, right in known.judged.apart:
        assert left not in of or right not in of[left]
    for left, right in known.judged.same:
        assert left not in of or right not in of or right in of[left]


@settings(deadline=None)
@given(
    EDGES,
    judgements(),
    st.sampled_from([(a, b) for a in IDS for b in IDS if a < b]),
    st.sampled_from(OPINIONS),
)
def test_judging_and_undoing_restores(
    edges: list[Edge], judged: list[Judgement], pair: tuple[str, str], verdict: Verdict
) -> None:
    before = as_sets(cluster(known_of(RECORDS, edges, judged)))
    made = judgement(pair, verdict, "C", 50)
    decided = [*judged, made, undone(made, 51)]
    assert as_sets(cluster(known_of(RECORDS, edges, decided))) == before


def test_ten_thousand_sequences_of_decisions_end_as_the_plain_model_has_it() -> None:
    """Small cases, many of them: five records, one that left the lists, two people who change their minds."""
    dice = random.Random(4)
    ids = "abcdex"
    for _ in range(10_000):
        edges = [
            named(
                "".join(dice.sample("abcde", 2)), dice.choice(PROBABILITIES), dice.choice([Rest.NAMES, Rest.IDENTIFIER])
            )
            for _ in range(dice.randrange(6))
        ]
        decided: list[Judgement] = []
        for minute in range(dice.randrange(1, 7)):
            left, right = dice.sample(ids, 2)
            said = judgement((left, right), dice.choice(OPINIONS), dice.choice("AB"), minute)
            decided.append(undone(dice.choice(decided), minute) if decided and dice.random() < 0.2 else said)
        known = known_of("abcde", edges, decided)
        assert as_sets(cluster(known)) == plain_clusters("abcde", edges, decided, known.rules)


def test_one_bridge_does_not_chain_two_people_together() -> None:
    people = [named(pair, STRONG) for pair in ("ab", "ac", "bc", "de", "df", "ef")]
    assert made("abcdef", [*people, named("cd", 0.8)]) == {"abc", "def"}
    assert made("abcdef", [*people, named("cd", 0.8)], rules=Rules(uncompared=0.5)) == {"abcdef"}
    contradicted = [*people, named("cd", 0.9), named("ad", WEAK), named("be", WEAK)]
    assert made("abcdef", contradicted, rules=Rules(uncompared=0.5)) == {"abc", "def"}


def test_an_identifier_comes_before_likelier_names() -> None:
    edges = [named("ab", 0.9, Rest.IDENTIFIER), named("bc", 0.99), named("ac", 0.001)]
    assert made("abc", edges) == {"ab", "c"}
    assert made("abc", [named("ab", 0.9), *edges[1:]]) == {"a", "bc"}


def test_of_two_as_good_as_sure_the_surer_comes_first() -> None:
    edges: list[Edge] = [
        ("a", "b", 0.9995, Rest.NAMES, 2),
        ("b", "c", 0.99999, Rest.NAMES, 2),
        ("a", "c", 0.0, Rest.NAMES, 2),
    ]
    assert as_sets(cluster(known_of("abc", edges))) == {frozenset("a"), frozenset("bc")}


def test_a_hub_alone_joins_nobody() -> None:
    assert made("ab", [named("ab", 1.0, Rest.IDENTIFIER, 51)]) == {"a", "b"}
    assert made("ab", [named("ab", 1.0, Rest.IDENTIFIER, 50)]) == {"ab"}
    assert made("ab", [named("ab", 0.9, Rest.IDENTIFIER, 20)]) == {"a", "b"}
    assert made("ab", [named("ab", 1.0, Rest.IDENTIFIER, 51), named("ab", 0.9)]) == {"ab"}


def test_being_shared_by_many_is_no_evidence_against() -> None:
    assert made("abc", [named("ab", 0.6, Rest.IDENTIFIER, 40), named("ac", 0.9), named("bc", 0.9)]) == {"abc"}


def test_probability_of_a_half_decides_nothing() -> None:
    assert made("ab", [named("ab", 0.5)]) == {"a", "b"}


def test_same_goes_on_over_a_record_that_has_left() -> None:
    assert made("ab", [], judgement(("a", "x"), SAME, "A", 0), judgement(("x", "b"), SAME, "A", 1)) == {"ab"}
    keeps_apart = [judgement(("a", "x"), SAME, "A", 0), judgement(("x", "b"), DIFFERENT, "A", 1)]
    assert made("ab", [named("ab", 1.0)], *keeps_apart) == {"a", "b"}


def test_different_keeps_whole_clusters_apart() -> None:
    edges = [named(pair, STRONG) for pair in ("ab", "cd", "ac", "bd")]
    assert len(made("abcd", edges, judgement(("a", "d"), DIFFERENT, "A", 0))) == 2


def test_a_row_tells_where_the_edge_stood() -> None:
    edges = edges_of(3, [2, 1, 1], [0, 0, 0], [0.9, 0.4, 0.8])
    assert (edges.left.tolist(), edges.right.tolist(), edges.row.tolist()) == ([0, 0], [1, 2], [2, 0])


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        (([0], [1], [1.5]), "edge 0 has no probability"),
        (([0], [1], [float("nan")]), "edge 0 has no probability"),
        (([0, 1], [1, 1], [0.5, 0.5]), "edge 1 joins no two of the 2 records"),
        (([0], [2], [0.5]), "edge 0 joins no two"),
        (([0], [1, 0], [0.5]), "not equally long"),
        (([0], [1], [0.5], [Rest.JUDGED]), "neither identifier nor names"),
    ],
)
def test_refuses_edges_that_cannot_be(columns: tuple[list[float], ...], found: str) -> None:
    with pytest.raises(WrongUse, match=found):
        edges_of(2, *columns)


@pytest.mark.parametrize("ids", [["b", "a"], ["a", "a"], ["a", None]])
def test_refuses_ids_that_are_not_in_order(ids: list[str | None]) -> None:
    with pytest.raises(WrongUse, match="not sorted"):
        Known(pa.array(ids, pa.string()), edges_of(2, [], [], []))


def test_refuses_edges_of_other_records() -> None:
    with pytest.raises(WrongUse, match="beyond the 1 records"):
        Known(pa.array(["a"]), edges_of(2, [0], [1], [0.5]))


def test_refuses_rules_that_cannot_be() -> None:
    with pytest.raises(WrongUse, match="uncompared ≤ threshold"):
        Rules(uncompared=0.6)


def test_a_hundred_thousand_records_cluster_as_they_were_drawn() -> None:
    """Groups of five whose pairs all speak for them, strangers that speak against."""
    records, dice = 100_000, np.random.default_rng(3)
    group = np.arange(records) // 5
    left = dice.integers(0, records, 2 * records)
    right = np.where(
        dice.random(len(left)) < 0.5, group[left] * 5 + dice.integers(0, 5, len(left)), (left + 7) % records
    )
    kept = left != right
    left, right = left[kept], right[kept]
    ring = [np.arange(records), group * 5 + (np.arange(records) + 1) % 5]
    left, right = np.append(left, ring[0]), np.append(right, ring[1])
    edges = edges_of(records, left, right, np.where(group[left] == group[right], 0.95, 0.05))
    ids = pa.array([f"{number:06}" for number in range(records)])
    assert (cluster(Known(ids, edges, judged_of([]))).first == group * 5).all()
