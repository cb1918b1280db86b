"""Lists of a workspace as entities: ids that stay, judgements that count at once and can be undone, what is kept and made anew."""

from __future__ import annotations

import json
from itertools import permutations

import pytest

from shellgame.errors import NotFound, WorkspaceDamaged
from shellgame.resolve.canonical import Assignment
from shellgame.workspace import open as open_workspace

from .clustered import as_sets

DAYS = ("2025-02-03", "2025-05-12", "2025-09-22")


def entity(identity, schema, *names, programme="Varkesh", **properties):
    """An entry of a list with its listing, as FollowTheMoney."""
    told = {prop: [value] for prop, value in properties.items()}
    yield {"id": identity, "schema": schema, "properties": {"name": list(names), **told}}
    listing = {"entity": [identity], "program": [programme]}
    yield {"id": f"{identity}-listing", "schema": "Sanction", "properties": listing}


ORSIN = {"birthDate": "1961-06-06", "nationality": "by"}
FIRST = {
    "north": [
        *entity("n-1", "Person", "Orsin Maledd", **ORSIN),
        *entity("n-2", "Company", "Halvren Trading House LLC", innCode="7707083893", country="by"),
        *entity("n-3", "Person", "Ithra Ostramar", birthDate="1970-01-02", nationality="by"),
    ],
    "south": [
        *entity("s-1", "Person", "MALEDD, Orsin", **ORSIN),
        *entity("s-2", "Company", "Handelshaus Galwren", innCode="7707083893", country="by"),
        *entity("s-3", "Person", "Yaska Drelkan", birthDate="1982-11-12", nationality="by"),
    ],
}
LATER = [
    *FIRST["north"],
    *entity("n-4", "Person", "Orsin T. Maledd", programme="another", **ORSIN),
    *entity("n-5", "Person", "Yaska Drelkan", birthDate="1982-11-12", nationality="by"),
]
JOINED = {frozenset(["n-1", "s-1"]), frozenset(["n-2", "s-2"]), frozenset(["n-3"]), frozenset(["s-3"])}


@pytest.fixture
def added(tmp_path):
    """Adds lists to a workspace."""

    def add(ws, source, rows, day=DAYS[0]):
        file = tmp_path / f"{source}-{day}.ftm.json"
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        ws.add(source, file, day)

    return add


@pytest.fixture
def ws(tmp_path, added):
    ws = open_workspace(tmp_path / "ws")
    for source, rows in FIRST.items():
        added(ws, source, rows)
    return ws


def test_lists_become_entities_and_a_second_run_compares_nothing(ws):
    found = ws.resolve()
    assert as_sets(found.clusters) == JOINED
    counts = found.counts
    assert (counts.records, counts.entities, counts.joined) == (6, 4, 4)
    assert (counts.by_identifier, counts.by_names, counts.by_judgement) == (1, 1, 0)
    assert counts.compared > 0 == counts.taken
    again = ws.resolve()
    assert (again.counts.compared, again.counts.taken) == (0, counts.compared)
    assert again.as_dict() | {"taken": 0, "compared": 0} == found.as_dict() | {"taken": 0, "compared": 0}
    assert again.assignment.runs == found.assignment.runs + 1 == 2
    assert open_workspace(ws.folder).resolve().canonical("n-1") == found.canonical("s-1")


def test_ids_stay_when_lists_grow_and_only_what_is_new_is_compared(ws, added):
    before = ws.resolve()
    added(ws, "north", LATER, DAYS[1])
    after = ws.resolve()
    assert as_sets(after.clusters) == {
        frozenset(["n-1", "n-4", "s-1"]),
        frozenset(["n-2", "s-2"]),
        frozenset(["n-3"]),
        frozenset(["n-5", "s-3"]),
    }
    for record in before.clusters.ids.to_pylist():
        assert after.canonical(record) == before.canonical(record)
    assert after.counts.taken == before.counts.compared
    new = {"n-4", "n-5"}
    edges, ids = after.known.edges, after.clusters.ids.to_pylist()
    touching = sum(bool(new & {ids[left], ids[right]}) for left, right in zip(edges.left, edges.right, strict=True))
    assert after.counts.compared == touching == len(edges) - after.counts.taken


def test_order_of_arrival_of_lists_and_versions_changes_no_cluster(tmp_path, added):
    arrivals = [("north", FIRST["north"], DAYS[0]), ("south", FIRST["south"], DAYS[0]), ("north", LATER, DAYS[1])]
    found = set()
    for number, ordered in enumerate(permutations(arrivals)):
        ws = open_workspace(tmp_path / f"ws{number}")
        for arrival in ordered:
            added(ws, *arrival)
            ws.resolve()
        told = ws.resolve()
        edges = told.known.edges
        columns = zip(edges.left.tolist(), edges.right.tolist(), edges.probability.tolist(), strict=True)
        found.add((frozenset(as_sets(told.clusters)), tuple(columns)))
    assert len(found) == 1


def test_judging_counts_at_once_and_undoing_restores(ws):
    before = ws.resolve()
    ws.judge("n-1", "s-1", "different", why="his uncle", author="ada")
    ws.judge("n-3", "s-3", "same", why="married name", author="ada")
    judged = ws.resolve()
    assert as_sets(judged.clusters) == (
        JOINED - {frozenset(["n-1", "s-1"]), frozenset(["n-3"]), frozenset(["s-3"])}
    ) | {
        frozenset(["n-1"]),
        frozenset(["s-1"]),
        frozenset(["n-3", "s-3"]),
    }
    assert (judged.counts.compared, judged.counts.by_judgement) == (0, 1)
    assert judged.why("n-1", "s-1").text.startswith("two entities: people keep them apart")
    assert "married name" in judged.why("n-3", "s-3").steps[0].text
    ws.judge("n-1", "s-1", "unsure", why="looked again", author="ada")
    ws.judge("n-3", "s-3", "unsure", why="looked again", author="ada")
    after = ws.resolve()
    assert as_sets(after.clusters) == as_sets(before.clusters)
    assert after.canonical_ids.equals(before.canonical_ids)


def test_judging_keeps_the_score_that_resolve_found_if_it_did(ws, added):
    assert ws.judge("n-1", "s-1", "same", why="one birthday", author="ada").score is None, "nobody compared them yet"
    edges, ids = (found := ws.resolve()).known.edges, found.clusters.ids.to_pylist()
    place = edges.between(ids.index("n-1"), ids.index("s-1"))
    assert ws.judge("s-1", "n-1", "same", why="one birthday", author="ada").score == edges.probability[place]
    assert ws.judge("n-1", "n-2", "different", why="a firm", author="ada").score is None
    added(ws, "south", FIRST["south"][2:], DAYS[1])
    assert ws.judge("n-2", "s-2", "same", why="one number", author="ada").score is None, "the lists changed since"


def test_an_id_that_was_merged_away_still_leads_to_its_entity(ws):
    before = ws.resolve()
    old = before.canonical("n-3"), before.canonical("s-3")
    ws.judge("n-3", "s-3", "same", why="married name", author="ada")
    after = ws.resolve()
    for identity in (*old, "n-3", "s-3"):
        assert [member.record_id for member in after.members(identity)] == ["n-3", "s-3"]


def test_why_tells_each_step(ws):
    found = ws.resolve()
    why = found.why("n-2", "s-2")
    assert why.joined
    assert [(step.left_id, step.right_id, step.rests_on) for step in why.steps] == [("n-2", "s-2", "identifier")]
    assert "7707083893" in why.steps[0].text
    assert why.as_dict()["steps"][0]["probability"] > 0.7
    apart = found.why("n-1", "n-2")
    assert (apart.joined, apart.steps) == (False, ())
    assert "never compared" in apart.text
    assert found.why("n-1", "n-1").joined
    for asked in (("n-1", "nobody"), ("", "n-1")):
        with pytest.raises(NotFound, match="no record"):
            found.why(*asked)


def test_members_are_told_by_canonical_id_and_by_record(ws):
    found = ws.resolve()
    by_record, by_id = found.members("s-1"), found.members(found.canonical("n-1"))
    assert by_record == by_id
    assert [(each.record_id, each.sources) for each in by_id] == [("n-1", ("north",)), ("s-1", ("south",))]
    for unknown in ("sg-nobody", "nobody", ""):
        with pytest.raises(NotFound):
            found.members(unknown)


def test_a_past_day_writes_no_ids(ws, added):
    added(ws, "north", LATER, DAYS[1])
    past = ws.resolve(on=DAYS[0])
    assert len(past) == len(JOINED)
    assert not (ws.folder / "canonical.parquet").exists()
    now = ws.resolve()
    assert ws.resolve(on=DAYS[0]).canonical("n-1") == now.canonical("n-1")
    assert ws.resolve().canonical("n-5") == now.canonical("n-5")


def test_records_that_leave_keep_their_id(ws, added):
    before = ws.resolve().canonical("s-3")
    added(ws, "south", FIRST["south"][:-2], DAYS[1])
    gone = ws.resolve()
    assert gone.canonical("s-3") == before
    with pytest.raises(NotFound):
        gone.members("s-3")
    added(ws, "south", FIRST["south"], DAYS[2])
    assert ws.resolve().members(before)[0].record_id == "s-3"


@pytest.mark.parametrize("kind", ["evidence-*/records.parquet", "evidence-*/edges.parquet", "compared-*", "names-*"])
def test_what_is_damaged_is_made_anew(ws, kind):
    before = ws.resolve()
    (file,) = (ws.folder / "indexes").glob(kind)
    file.write_bytes(file.read_bytes()[:-30])
    if not kind.startswith("evidence"):
        for kept in (ws.folder / "indexes").glob("evidence-*/whole.json"):
            kept.unlink()
    after = open_workspace(ws.folder).resolve()
    assert as_sets(after.clusters) == as_sets(before.clusters)
    assert after.canonical_ids.equals(before.canonical_ids)


def test_damaged_ids_are_told_and_not_written_over(ws):
    ws.resolve()
    file = ws.folder / "canonical.parquet"
    file.write_bytes(file.read_bytes()[:-30])
    damaged = file.read_bytes()
    with pytest.raises(WorkspaceDamaged, match="restore it"):
        ws.resolve()
    assert file.read_bytes() == damaged


def test_nothing_to_resolve(tmp_path):
    with pytest.raises(NotFound, match="no list is here"):
        open_workspace(tmp_path / "empty").resolve()
    assert Assignment().of("nobody") is None


def test_open_pairs_are_told_once_for_two_entities_best_first(ws, added):
    alike = [*FIRST["south"], *entity("s-4", "Person", "Orsin Maleddov", birthDate="1962", nationality="by")]
    added(ws, "south", alike, DAYS[1])
    found = ws.resolve()
    pairs = list(found.open_pairs())
    assert len(pairs) == found.counts.open_pairs + found.counts.suspicious
    assert len({frozenset(map(found.canonical, (pair.left_id, pair.right_id))) for pair in pairs}) == len(pairs)
    unmarked = [pair.score for pair in pairs if not pair.mark]
    assert unmarked == sorted(unmarked, reverse=True)


def test_what_one_list_prints_twice_is_asked_though_it_is_kept_apart(ws, added):
    twice = [*FIRST["south"], *entity("s-4", "Person", "DRELKAN Yaska")]
    added(ws, "south", twice, DAYS[1])
    found = ws.resolve()
    (asked,) = (pair for pair in found.open_pairs() if {pair.left_id, pair.right_id} == {"s-3", "s-4"})
    assert 0.05 <= asked.score < 0.2
    assert "kept apart, because both are entries of south under" in asked.why
    assert "kept apart, because both are entries of south under" in found.why("s-3", "s-4").text
    ws.judge("s-3", "s-4", "same", why="printed twice", author="ada")
    assert ws.resolve().canonical("s-4") == ws.resolve().canonical("s-3")


def test_a_table_has_a_row_for_each_record(ws):
    found = ws.resolve()
    rows = found.table().to_pylist()
    assert [row["record_id"] for row in rows] == sorted(row["record_id"] for row in rows)
    assert rows[0] == {
        "record_id": "n-1",
        "canonical_id": found.canonical("n-1"),
        "schema": "Person",
        "caption": "Orsin Maledd",
        "sources": ["north"],
    }


def test_progress_is_told_until_all_is_compared(ws):
    told = []
    found = ws.resolve(progress=lambda done, total: told.append((done, total)))
    assert sum(total for done, total in told if done == total) == found.counts.compared
