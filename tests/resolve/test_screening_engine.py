"""What screening asks of an engine: whole batches, filters as a mask by row, and reasons only for what is shown."""

from __future__ import annotations

import json

import pytest

from shellgame.match.hits import Explanation
from shellgame.match.search import Found, Subject
from shellgame.resolve import screening as screening_module
from shellgame.resolve.parties import Filters, Parties, listed_parties, write_parties
from shellgame.workspace import Workspace


class Recording:
    """An engine that finds the first parties it may, and writes down what it is asked."""

    def __init__(self, parties):
        self.parties, self.asked, self.explained = parties, [], []

    def search(self, subjects, *, limit, threshold, wanted):
        self.asked.append((list(subjects), limit, threshold, wanted))
        rows = [row for row in range(len(self.parties)) if wanted is None or wanted[row]][:limit]
        return [tuple(Found(row, 0.987654321) for row in rows) for _ in subjects]

    def explain(self, subject, found):
        self.explained.append((subject, found.party))
        return Explanation("a name")


@pytest.fixture
def ws(tmp_path):
    lines = [
        {"id": "a", "schema": "Company", "properties": {"name": ["Second"], "alias": ["Other"], "country": ["ru"]}},
        {"id": "b", "schema": "Person", "properties": {"name": ["First"], "birthDate": ["1961"]}},
        {"id": "b-s", "schema": "Sanction", "properties": {"entity": ["b"], "program": ["ALPHA"]}},
        {"id": "b-a", "schema": "Address", "properties": {"full": ["1 High St"], "country": ["by"]}},
        {"id": "c", "schema": "Company", "properties": {"registrationNumber": ["1"]}},
    ]
    file = tmp_path / "set.json"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    ws = Workspace(tmp_path / "workspace")
    ws.add("my_set", file, "2031-01-01")
    return ws


@pytest.fixture
def engine(ws, monkeypatch):
    def opened(folder):
        parties = Parties(folder / "parties.arrow")
        engines.append(Recording(parties))
        return parties, engines[-1]

    engines = []
    monkeypatch.setattr(screening_module, "_opened", opened)
    ws.screening()
    return engines[-1]


def test_an_engine_is_made_of_the_parties_in_the_order_of_the_table(ws, tmp_path):
    with ws.claims() as claims:
        write_parties(claims, tmp_path / "parties.arrow")
        parties = Parties(tmp_path / "parties.arrow")
        listed = list(listed_parties(claims, parties))
    assert [parties[row].entity_id for row in range(len(parties))] == [
        "b",
        "a",
    ]  # the listed one first, nobody without a name
    assert [tuple(party) for party in listed] == [
        ("b", "Person", ["First"], {"birthDate": ["1961"]}),
        ("a", "Company", ["Second", "Other"], {"country": ["ru"]}),
    ]


def test_a_batch_is_asked_at_once_and_only_what_is_looked_at_is_explained(ws, engine):
    subjects = [Subject(("x",), "Person", reference="1"), Subject(("y", "z"), reference="2")]
    found = ws.screening().search(subjects, Filters(), limit=1, threshold=0.5)
    assert [(asked[0], *asked[1:]) for asked in engine.asked] == [(subjects, 1, 0.5, None)]
    assert engine.explained == []
    assert [hits.hits[0].caption for hits in found] == ["a name", "a name"]
    assert engine.explained == [(subjects[0], 0), (subjects[1], 0)]
    assert [(hits.query, hits.reference, hits.hits[0].entity_id, hits.hits[0].score) for hits in found] == [
        ("x", "1", "b", 0.9877),
        ("y", "2", "b", 0.9877),
    ]


def test_a_schema_asked_for_is_that_of_queries_without_one(ws, engine):
    ws.screening().search([Subject(("x",), "Person"), Subject(("y",))], Filters(schema="firm"), limit=1, threshold=0.5)
    assert [subject.schema for subject in engine.asked[0][0]] == ["Person", "Company"]


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        ({"countries": ("ru",)}, [False, True]),
        ({"programmes": ("alpha",)}, [True, False]),
        ({"listed_only": True}, [True, False]),
        ({"sources": ("my_set",)}, [True, True]),
        ({"sources": ("my_set",), "countries": ("Russia",), "listed_only": True}, [False, False]),
    ],
)
def test_filters_are_a_mask_by_row(ws, engine, filters, rows):
    ws.screening().search([Subject(("x y",))], Filters(**filters), limit=5, threshold=0.5)
    assert engine.asked[0][3].tolist() == rows


def test_many_queries_go_in_batches(ws, engine, monkeypatch):
    monkeypatch.setattr("shellgame.resolve.queries.BATCH", 4)
    answers = ws.screen(f"name {number}" for number in range(10))
    assert [len(asked[0]) for asked in engine.asked] == [4, 4, 2]
    assert [hits.query for hits in answers] == [f"name {number}" for number in range(10)]


def test_a_name_printed_in_the_brackets_of_another_is_found_by_itself(tmp_path):
    lines = [
        {"id": "a", "schema": "Company", "properties": {"name": ["ООО «Халврен Тек» (Halvren Tek)"]}},
        {"id": "b", "schema": "Person", "properties": {"name": ["Orsin Maledd (Talvek Brandik)"]}},
    ]
    file = tmp_path / "set.json"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    ws = Workspace(tmp_path / "workspace")
    ws.add("my_set", file, "2031-01-01")
    with ws.claims() as claims:
        write_parties(claims, tmp_path / "parties.arrow")
        names = {each.entity_id: each.names for each in listed_parties(claims, Parties(tmp_path / "parties.arrow"))}
    assert names == {
        "a": ["ООО «Халврен Тек» (Halvren Tek)", "Halvren Tek", "ООО «Халврен Тек»"],
        "b": ["Orsin Maledd (Talvek Brandik)"],
    }
    (hit, *_) = ws.screen("Halvren Tek").hits
    assert (hit.entity_id, hit.score > 0.9) == ("a", True)
