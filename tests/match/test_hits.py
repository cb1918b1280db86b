"""Reasons in words and in parts: every key is always there, and every way in which words meet has its words."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest

from shellgame.match.hits import Answers, Explanation, Hit, Hits, How, Signal, TokenMatch
from shellgame.match.tables import SCHEMA

WHY = Explanation(
    "Orsin MALEDD",
    (
        TokenMatch("орсин", "orsin", 0.98, How.SCRIPT),
        TokenMatch("m", "maledd", 0.6, How.INITIAL),
        TokenMatch("", "llc", 0.0, How.IGNORED),
    ),
    ("talvek",),
    ("group",),
    (
        Signal("birthDate", True, "same day of birth: 1961-06-06", 2.41234),
        Signal("country", False, "other country: by / ru", 0.5),
    ),
    ("passportNumber",),
    ("gender",),
)
HIT = Hit("xx-1", "Person", 0.91, ("xx_list", "yy_list"), True, WHY)


def test_an_explanation_has_words_and_parts():
    assert WHY.as_dict() == {
        "text": "words that met: орсин ~ orsin (written in another way), m ~ maledd (initial), llc (hardly counts); "
        "not in the query: talvek; only in the query: group; for: same day of birth: 1961-06-06; "
        "against: other country: by / ru; unknown of the query: gender; unknown of the listed party: passportNumber",
        "tokens": [
            {"query": "орсин", "listed": "orsin", "similarity": 0.98, "how": "script"},
            {"query": "m", "listed": "maledd", "similarity": 0.6, "how": "initial"},
            {"query": "", "listed": "llc", "similarity": 0.0, "how": "ignored"},
        ],
        "missing": ["talvek"],
        "surplus": ["group"],
        "properties": [
            {"property": "birthDate", "speaks": "for", "words": "same day of birth: 1961-06-06", "weight": 2.412},
            {"property": "country", "speaks": "against", "words": "other country: by / ru", "weight": 0.5},
        ],
        "unknown": {"query": ["gender"], "listed": ["passportNumber"]},
    }
    assert Explanation("x").as_dict().keys() == WHY.as_dict().keys()


@pytest.mark.parametrize("how", How)
def test_every_way_to_meet_has_its_words(how):
    assert "orsin" in TokenMatch("orsin", "orsyn", 0.9, how).text
    assert TokenMatch("orsin", "orsin", 1.0, how).text.startswith("orsin")


def test_an_answer_is_json_with_the_promised_keys():
    told = json.loads(json.dumps(Hits("орсин", (HIT,), ("xx_list/1",), "c-7", ("a note",)).as_dict()))
    assert told.keys() == {"query", "reference", "hits", "versions", "notes"}
    assert {"entity_id", "caption", "schema", "score", "sources", "explanation"} <= told["hits"][0].keys()


def test_answers_are_a_table_in_which_nobody_is_left_out():
    answers = Answers([Hits("a", (HIT, HIT), (), "1"), Hits("b", (), (), "2")])
    table = answers.to_arrow()
    assert table.schema == SCHEMA
    assert table.select(["reference", "rank", "entity_id", "sources"]).to_pylist() == [
        {"reference": "1", "rank": 1, "entity_id": "xx-1", "sources": ["xx_list", "yy_list"]},
        {"reference": "1", "rank": 2, "entity_id": "xx-1", "sources": ["xx_list", "yy_list"]},
        {"reference": "2", "rank": 0, "entity_id": None, "sources": None},
    ]
    assert [row["rank"] for row in answers.to_rows(hits_only=True)] == [1, 2]
    assert Answers([Hits("b", ())]).to_arrow(hits_only=True).equals(pa.table({}).from_pylist([], schema=SCHEMA))
