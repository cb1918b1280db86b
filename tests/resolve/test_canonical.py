"""Canonical ids: what they keep, where they lead."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.resolve.evidence import EDGES, RECORDS, judgement, judgements
from tests.resolve.plain_clusters import Edge

from shellgame.errors import WorkspaceDamaged, WorkspaceError
from shellgame.model.judgement import Judgement, Verdict
from shellgame.resolve.canonical import Assignment, assign, canonical_id, load, save
from shellgame.resolve.clusters import Clusters, cluster

from .clustered import as_sets, known_of


def clusters(*groups: str) -> Clusters:
    """Clusters, each written as the letters of its records."""
    ids = sorted("".join(groups))
    first = [next(ids.index(min(group)) for group in groups if each in group) for each in ids]
    return Clusters(pa.array(ids, pa.string()), np.array(first, np.int32))


def runs(*states: tuple[str, ...]) -> Assignment:
    made = Assignment()
    for groups in states:
        made = assign(made, clusters(*groups))
    return made


def same(left: Assignment, right: Assignment) -> bool:
    return [left.records.to_pylist(), left.canonical.to_pylist(), left.since.tolist(), left.present.tolist()] == [
        right.records.to_pylist(),
        right.canonical.to_pylist(),
        right.since.tolist(),
        right.present.tolist(),
    ] and left.redirects == right.redirects


def test_a_cluster_is_named_after_its_oldest_record() -> None:
    assert runs(("ab", "c")).of("b") == canonical_id("a")
    assert runs(("b", "c"), ("ab", "c")).of("a") == canonical_id("b")
    assert canonical_id("a").startswith("sg-")


def test_merged_the_larger_keeps_its_id_and_the_other_leads_there() -> None:
    made = runs(("a", "bc"), ("abc",))
    assert made.of("a") == canonical_id("b") == made.resolve(canonical_id("a"))
    assert runs(("a", "b"), ("ab",)).of("b") == canonical_id("a")


def test_redirects_chain() -> None:
    made = runs(("a", "bc", "def"), ("abc", "def"), ("abcdef",))
    assert made.redirects == {canonical_id("a"): canonical_id("b"), canonical_id("b"): canonical_id("d")} or (
        made.resolve(canonical_id("a")) == made.of("f")
    )
    assert {made.of(each) for each in "abcdef"} == {made.resolve(canonical_id(each)) for each in "abd"}


def test_split_the_larger_part_keeps_the_id_and_of_two_equal_ones_that_with_the_oldest() -> None:
    made = runs(("abc",), ("a", "bc"))
    assert made.of("b") == canonical_id("a")
    assert made.of("a") == canonical_id("a", again=1)
    assert runs(("ab",), ("a", "b")).of("a") == canonical_id("a")
    assert runs(("b",), ("ab",), ("a", "b")).of("b") == canonical_id("b")


def test_undoing_a_merge_brings_the_ids_back() -> None:
    made, undone = runs(("ab", "cd")), runs(("ab", "cd"), ("abcd",), ("ab", "cd"))
    assert same(made, undone)


def test_a_record_that_comes_back_brings_its_id() -> None:
    made = runs(("ab", "c"), ("c",), ("ab", "c"))
    assert made.of("a") == canonical_id("a")
    assert runs(("ab", "c"), ("c",)).of("b") == canonical_id("a")
    assert runs(("ab",)).of("z") is None


def test_an_id_of_those_who_left_is_given_to_nobody_else() -> None:
    made = runs(("abc",), ("a", "bc"), ("a",), ("ad",))
    assert made.of("b") == canonical_id("a") != made.of("a") == made.of("d")


@settings(deadline=None)
@given(EDGES, EDGES, judgements(), judgements())
def test_ids_tell_clusters_apart_and_every_old_id_leads_to_one(
    edges: list[Edge], more: list[Edge], judged: list[Judgement], later: list[Judgement]
) -> None:
    made = Assignment()
    ever: set[str] = set()
    for its_edges, its_judgements in ((edges, judged), (more, later), (edges, later), (edges, judged)):
        found = cluster(known_of(RECORDS, its_edges, its_judgements))
        made = assign(made, found)
        groups = as_sets(found)
        assert {frozenset(each for each in RECORDS if made.of(each) == made.of(one)) for one in RECORDS} == groups
        ever |= {made.of(each) or "" for each in RECORDS}
        assert {made.resolve(each) for each in ever} == {made.of(each) for each in RECORDS}
        assert same(assign(made, found), made)


@settings(deadline=None)
@given(EDGES, st.sets(st.sampled_from("mnopq")))
def test_ids_are_stable_while_lists_grow(edges: list[Edge], more: set[str]) -> None:
    """New records, alone or with old clusters, change the id of no record that was there."""
    found = cluster(known_of(RECORDS, edges))
    before = assign(Assignment(), found)
    joined = [judgement((new, old), Verdict.SAME, "A", 0) for new, old in zip(sorted(more), RECORDS, strict=False)]
    grown = cluster(known_of([*RECORDS, *more], edges, joined[::2]))
    now = assign(before, grown)
    kept = [each for each in as_sets(grown) if each & set(RECORDS)]
    assert {each & set(RECORDS) for each in kept} == as_sets(found) or joined
    for group in as_sets(found):
        if any(each & set(RECORDS) == group for each in kept):
            assert {now.of(each) for each in group} == {before.of(each) for each in group}


@settings(deadline=None, max_examples=50)
@given(st.lists(EDGES, min_size=1, max_size=3))
def test_saved_and_loaded_it_is_the_same(tmp_path_factory: pytest.TempPathFactory, states: list[list[Edge]]) -> None:
    path = tmp_path_factory.mktemp("ids") / "canonical.parquet"
    made = Assignment()
    for edges in states:
        made = assign(made, cluster(known_of(RECORDS, edges)))
    save(made, path)
    again = load(path)
    assert same(again, made)
    assert again.runs == made.runs


def test_without_a_file_nothing_is_assigned(tmp_path: Path) -> None:
    assert same(load(tmp_path / "none.parquet"), Assignment())


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({"id": ["a"]}, "its columns are id"),
        ({"id": ["b", "a"], "canonical": ["sg-1", "sg-2"], "since": [0, 0], "present": [True, True]}, "not in order"),
        ({"id": ["a", "a"], "canonical": ["sg-1", "sg-2"], "since": [0, 0], "present": [True, True]}, "doubled"),
        ({"id": ["sg-1"], "canonical": ["sg-1"], "since": [None], "present": [False]}, "leads to itself"),
        ({"id": ["a"], "canonical": [None], "since": [0], "present": [True]}, "has no id"),
    ],
)
def test_refuses_a_damaged_file(tmp_path: Path, columns: dict[str, list[object]], found: str) -> None:
    kinds = {"id": pa.string(), "canonical": pa.string(), "since": pa.int32(), "present": pa.bool_()}
    table = pa.table({name: pa.array(values, kinds[name]) for name, values in columns.items()})
    path = tmp_path / "canonical.parquet"
    pq.write_table(table.replace_schema_metadata({"runs": "1"}), path)
    with pytest.raises(WorkspaceDamaged, match=found):
        load(path)


def test_refuses_a_file_that_does_not_tell_its_runs(tmp_path: Path) -> None:
    path = tmp_path / "canonical.parquet"
    save(runs(("ab", "c")), path)
    for told in (None, {"runs": "many"}):
        pq.write_table(pq.read_table(path).replace_schema_metadata(told), path)
        with pytest.raises(WorkspaceDamaged, match="does not tell how many runs"):
            load(path)


def test_a_record_may_be_called_like_an_id_that_was_merged_away(tmp_path: Path) -> None:
    path = tmp_path / "canonical.parquet"
    gone = canonical_id("b")
    made = Assignment(
        pa.array([gone]), pa.array(["sg-1"]), np.zeros(1, np.int32), np.ones(1, np.bool_), {gone: "sg-2"}, 1
    )
    save(made, path)
    assert same(load(path), made)


def test_refuses_a_cut_file_and_what_the_system_refuses(tmp_path: Path) -> None:
    path = tmp_path / "canonical.parquet"
    save(runs(("ab", "c")), path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(WorkspaceDamaged, match=r"canonical\.parquet"):
        load(path)
    with pytest.raises(WorkspaceError, match="stands where a folder"):
        save(Assignment(), path / "below" / "canonical.parquet")


def test_a_thousand_clusters_of_one_id_are_told_apart() -> None:
    ids = [f"r{number:04}" for number in range(1000)]
    whole = Clusters(pa.array(ids), np.zeros(1000, np.int32))
    apart = Clusters(pa.array(ids), np.arange(1000, dtype=np.int32))
    made = assign(assign(Assignment(), whole), apart)
    assert len(set(made.canonical.to_pylist())) == 1000
    assert made.of("r0000") == canonical_id("r0000")
