"""What makes a cluster suspicious."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from tests.resolve.evidence import EDGES, RECORDS, judgement, judgements
from tests.resolve.plain_clusters import Edge

from shellgame.errors import WrongUse
from shellgame.model.judgement import Judgement, Verdict
from shellgame.resolve.clusters import cluster
from shellgame.resolve.edges import Rest, Rules
from shellgame.resolve.paths import path
from shellgame.resolve.quality import Facts, Marks, marks

from .clustered import known_of

LOOSE = Rules(uncompared=0.5)


def facts(*said: tuple[int, str, str]) -> Facts:
    columns = zip(*said, strict=True)
    return Facts(np.array(next(columns), np.int32), *(pa.array(column, pa.string()) for column in columns))


def marked(edges: list[Edge], *judged: Judgement, told: Facts | None = None) -> Marks:
    known = known_of("abcdefgh", edges, judged, LOOSE)
    return marks(known, cluster(known), told)


def named(*pairs: str, probability: float = 0.9) -> list[Edge]:
    return [(pair[0], pair[1], probability, Rest.NAMES, 2) for pair in pairs]


def test_the_weakest_link_is_the_weakest_that_is_needed() -> None:
    found = marked([*named("ab", "bc"), *named("ac", probability=0.6), *named("cd", probability=0.7)])
    assert (found.size.tolist(), found.weakest.tolist(), found.lowest.tolist()) == ([4], [0.7], [0.6])


def test_bridges_are_told_with_what_hangs_on_them() -> None:
    found = marked(named("ab", "bc", "ac", "cd", "de"))
    assert (found.bridges.tolist(), found.hanging.tolist()) == ([2], [2])
    assert marked(named("ab", "bc", "ac")).bridges.tolist() == [0]


def test_a_judgement_is_no_weak_link_and_no_bridge() -> None:
    same = judgement(("b", "c"), Verdict.SAME, "A", 0)
    found = marked(named("ab", "cd", probability=0.95), same)
    assert (found.weakest.tolist(), found.bridges.tolist(), found.hanging.tolist()) == ([0.95], [2], [1])
    assert marked([], same).weakest.tolist() == [1.0]


def test_suspicious_clusters_come_first() -> None:
    told = facts((4, "birthDate", "1961-06-06"), (5, "birthDate", "1974-02-11"))
    found = marked([*named("ab"), *named("cd", probability=0.6), *named("ef"), *named("gh")], told=told)
    assert found.first.tolist() == [4, 2, 0, 6]
    assert found.suspicion.tolist() == pytest.approx([0.64, 0.4, 0.1, 0.1])


@pytest.mark.parametrize(
    ("prop", "left", "right", "disagree"),
    [
        ("birthDate", "1961-06-06", "1961", False),
        ("birthDate", "1961-06-06", "1961-06-07", False),
        ("birthDate", "1961-06-06", "1974-02-11", True),
        ("birthDate", "1961-06-06", "1991-06-06", True),
        ("birthDate", "1961-06-06", "1962-06-06", False),
        ("birthDate", "unknown", "1974-02-11", False),
        ("imoNumber", "IMO 9074729", "9074729", False),
        ("registrationNumber", "B 193045077", "193045077", False),
        ("imoNumber", "9074729", "9166778", True),
        ("imoNumber", "none", "9166778", False),
        ("passportNumber", "AB123456", "CD654321", False),
        ("jurisdiction", "by", "cy", True),
        ("jurisdiction", "Belarus", "by", False),
        ("country", "ua-cri", "ua", False),
    ],
)
def test_tells_what_cannot_both_be_right(prop: str, left: str, right: str, disagree: bool) -> None:
    found = marked(named("ab"), told=facts((0, prop, left), (1, prop, right))).disagreements
    assert ([each.prop for each in found.get(0, ())] == [prop]) is disagree


def test_missing_is_no_contradiction_and_one_common_value_is_enough() -> None:
    assert not marked(named("ab"), told=facts((0, "jurisdiction", "by"))).disagreements
    told = facts((0, "jurisdiction", "by"), (0, "jurisdiction", "cy"), (1, "jurisdiction", "cy"))
    assert not marked(named("ab"), told=told).disagreements


def test_refuses_facts_of_unequal_columns() -> None:
    with pytest.raises(WrongUse, match="2 values"):
        Facts(np.zeros(1, np.int32), pa.array(["jurisdiction"]), pa.array(["by", "cy"]))


@settings(deadline=None)
@given(EDGES, judgements())
def test_every_two_records_of_a_cluster_have_a_way_no_weaker_than_its_weakest_link(
    edges: list[Edge], judged: list[Judgement]
) -> None:
    known = known_of(RECORDS, edges, judged)
    clusters = cluster(known)
    found = marks(known, clusters)
    assert set(found.first.tolist()) == {first for first in clusters.first if sum(clusters.first == first) > 1}
    for first, weakest in zip(found.first, found.weakest, strict=True):
        members = [RECORDS[number] for number in clusters.members(int(first))]
        ways = [path(known, clusters, members[0], other) for other in members[1:]]
        assert all(
            way and way[0].left == members[0] and way[-1].right == other
            for way, other in zip(ways, members[1:], strict=True)
        )
        assert min(step.probability for way in ways for step in way) <= weakest
    for way in (path(known, clusters, "a", other) for other in RECORDS[1:]):
        assert all(one.right == other.left for one, other in pairwise(way))


def test_the_strongest_way_is_told_with_where_its_edges_stood() -> None:
    edges = [*named("ac", probability=0.6), *named("ab", "bc"), ("c", "d", 0.8, Rest.IDENTIFIER, 2)]
    known = known_of(
        "abcdef", edges, [judgement(("d", "x"), Verdict.SAME, "A", 0), judgement(("x", "e"), Verdict.SAME, "A", 1)]
    )
    clusters = cluster(known)
    way = path(known, clusters, "a", "e")
    assert [(step.left, step.right, step.rest, step.row) for step in way] == [
        ("a", "b", Rest.NAMES, 1),
        ("b", "c", Rest.NAMES, 2),
        ("c", "d", Rest.IDENTIFIER, 3),
        ("d", "x", Rest.JUDGED, -1),
        ("x", "e", Rest.JUDGED, -1),
    ]
    assert path(known, clusters, "a", "f") == path(known, clusters, "a", "a") == ()
    with pytest.raises(WrongUse, match="zz is no record"):
        path(known, clusters, "a", "zz")
