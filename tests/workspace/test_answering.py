"""The limit counts parties, all their records are told, and what it leaves out is counted."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest

from shellgame.errors import WorkspaceDamaged
from shellgame.kernels.memory import MOST_ALIGNED
from shellgame.match.hits import Standing
from shellgame.resolve.canonical import Assignment, save
from shellgame.workspace import Workspace

NAMESAKES = [f"n-{number:02}" for number in range(12)]
CROWD = [f"c-{number:03}" for number in range(100)]
FACTS = {"birthDate": ["1961-06-06"]}


@pytest.fixture(scope="module")
def ws(tmp_path_factory):
    folder = tmp_path_factory.mktemp("answered")
    ws = Workspace(folder / "workspace")
    told = [(NAMESAKES, "Orsin Maledd"), (CROWD, "Yaska Mirren"), (["t-1"], "Talvek Tornik")]
    entities = [
        {"id": identity, "schema": "Person", "properties": {"name": [name], **FACTS}}
        for identities, name in told
        for identity in identities
    ]
    (folder / "set.json").write_text("".join(json.dumps(each) + "\n" for each in entities), encoding="utf-8")
    ws.add("my_list", folder / "set.json", "2031-01-01")
    return ws


@pytest.fixture
def joined(ws):
    """Make it known that records are one party."""
    file = ws.folder / "canonical.parquet"

    def join(parties, redirects=None):
        of = sorted((record, party) for party, records in parties.items() for record in records)
        records, canonical = (pa.array(each, pa.string()) for each in zip(*of, strict=True))
        numbers = pa.array([0] * len(of), pa.int32()).to_numpy()
        present = pa.array([True] * len(of)).to_numpy(zero_copy_only=False)
        save(Assignment(records, canonical, numbers, present, redirects or {}, 1), file)

    yield join
    file.unlink(missing_ok=True)


def ids(hits):
    return [hit.entity_id for hit in hits.hits]


@pytest.mark.parametrize("asked", ["Orsin Maledd", {"name": "Orsin Maledd", "dob": "1961-06-06"}], ids=str)
def test_what_the_limit_leaves_out_is_counted(ws, asked):
    hits = ws.screen(asked, limit=5)
    assert (ids(hits), hits.total, hits.parties) == (NAMESAKES[:5], 12, 12)
    assert [(hits.total, len(hits.hits)) for hits in (ws.screen(asked, limit=12), ws.screen(asked, limit=50))] == 2 * [
        (12, 12)
    ]
    assert hits.as_dict()["total"] == 12


def test_what_is_left_whole_is_not_searched_again(ws, monkeypatch):
    asked = []
    search = type(ws.screening()).search
    monkeypatch.setattr(
        type(ws.screening()),
        "search",
        lambda self, subjects, filters, **options: (
            asked.append((len(subjects), options["limit"])) or search(self, subjects, filters, **options)
        ),
    )
    answers = ws.screen(["Talvek Tornik", "Orsin Maledd", "Nobody At All"], limit=5)
    assert asked == [(3, 5), (1, MOST_ALIGNED)]
    assert [hits.total for hits in answers] == [1, 12, 0]


def test_of_a_crowd_are_counted_as_many_as_are_compared(ws):
    hits = ws.screen("Yaska Mirren", limit=3)
    assert ids(hits) == CROWD[:3]
    assert 3 < hits.total <= MOST_ALIGNED


def test_a_party_of_many_records_does_not_fill_the_limit(ws, joined):
    joined({"sg-1": NAMESAKES[:8], "sg-2": [NAMESAKES[8], NAMESAKES[10]], "sg-old": [NAMESAKES[9]]}, {"sg-old": "sg-1"})
    hits = ws.screen("Orsin Maledd", limit=2)
    assert ids(hits) == [*NAMESAKES[:10], NAMESAKES[10]]
    assert [hit.canonical for hit in hits.hits] == [*["sg-1"] * 8, "sg-2", "sg-1", "sg-2"]
    assert (hits.total, hits.parties) == (12, 3)
    last = ws.screen("Orsin Maledd", limit=3).hits[-1]
    assert (last.entity_id, last.canonical, last.party) == (NAMESAKES[11], "", NAMESAKES[11])


def test_records_that_are_no_hits_are_told_with_their_party(ws, joined):
    joined({"sg-1": [NAMESAKES[0], "gone"], "sg-old": ["t-1"], "sg-2": NAMESAKES[1:3]}, {"sg-old": "sg-1"})
    first, second, third, *others = ws.screen("Orsin Maledd", limit=20).hits
    assert first.also == (Standing("t-1", False, ("my_list",)),)
    assert [[record.entity_id for record in hit.also] for hit in (second, third)] == [[NAMESAKES[2]], [NAMESAKES[1]]]
    assert not any(hit.also for hit in others)
    assert first.as_dict()["also"] == [{"entity_id": "t-1", "listed": False, "sources": ["my_list"]}]
    assert first.party_sources == ("my_list",)


def test_what_is_joined_anew_is_looked_at_anew(ws, joined):
    joined({"sg-1": NAMESAKES[:2]})
    assert ws.screen("Orsin Maledd").parties == 11
    joined({"sg-1": NAMESAKES})
    assert ws.screen("Orsin Maledd").parties == 1
    (ws.folder / "canonical.parquet").write_bytes(b"cut")
    with pytest.raises(WorkspaceDamaged, match=r"canonical\.parquet: no assignment of canonical ids"):
        ws.screen("Orsin Maledd")
    assert ws.screen("Nobody At All").hits == ()


@pytest.mark.parametrize("asked", ["Orsin Maledd", {"name": "Orsin Maledd", "dob": "1961-06-06"}], ids=str)
def test_no_limit_is_too_large(ws, asked):
    assert ws.screen(asked, limit=10**30) == ws.screen(asked, limit=50)


def test_rows_tell_versions_party_and_how_many_there_are(ws, joined):
    joined({"sg-1": NAMESAKES[:2]})
    first, *_, last = ws.screen(["Orsin Maledd", "Nobody At All"], limit=1).to_rows()
    (version,) = ws.screening().versions
    assert (first["versions"], first["canonical"], first["total"]) == ((f"my_list/{version.id}",), "sg-1", 12)
    assert (last["versions"], last["canonical"], last["total"]) == (None, None, 0)
