"""Reasons in words and in parts: every key is always there, and every way in which words meet has its words."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa
import pytest

from shellgame.match.hits import About, Answers, Explanation, Hit, Hits, How, Remark, Signal, TokenMatch
from shellgame.match.tables import SCHEMA

WHY = Explanation(
    "Orsin MALEDD",
    (
        TokenMatch("Орсин", "Orsin", 0.98, How.SCRIPT, "reads orsin", 11.04),
        TokenMatch("M.", "MALEDD", 0.6, How.INITIAL),
        TokenMatch("", "LLC", 0.0, How.IGNORED, "legal form"),
    ),
    ("Talvek",),
    ("Group",),
    (
        Signal("birthDate", True, "same day of birth: 1961-06-06", 2.41234),
        Signal("country", False, "other country: Belarus / Russia", 0.5),
    ),
    ("passportNumber",),
    ("gender",),
    (Remark(About.ORDER, "the words stand in another order"),),
)
HIT = Hit("xx-1", "Person", 0.91, ("xx_list", "yy_list"), True, WHY)


def test_an_explanation_has_words_and_parts():
    assert WHY.as_dict() == {
        "text": "The same in Cyrillic letters: Орсин for Orsin (reads orsin). Initial: M. for MALEDD. Only in the listed "
        "name: Talvek. Only in the query: Group. The words stand in another order. Counts less: LLC (legal form, only in "
        "the listed name). Speaks for it: same day of birth (1961-06-06). Speaks slightly against it: other country "
        "(Belarus in the query, Russia in the list). Not told in the query: gender. Not told by the list: passport number.",
        "tokens": [
            {
                "query": "Орсин",
                "listed": "Orsin",
                "similarity": 0.98,
                "how": "script",
                "note": "reads orsin",
                "bits": 11.0,
            },
            {"query": "M.", "listed": "MALEDD", "similarity": 0.6, "how": "initial", "note": "", "bits": 0.0},
            {"query": "", "listed": "LLC", "similarity": 0.0, "how": "ignored", "note": "legal form", "bits": 0.0},
        ],
        "missing": ["Talvek"],
        "surplus": ["Group"],
        "remarks": [{"about": "order", "words": "the words stand in another order"}],
        "properties": [
            {"property": "birthDate", "speaks": "for", "words": "same day of birth: 1961-06-06", "weight": 2.412},
            {"property": "country", "speaks": "against", "words": "other country: Belarus / Russia", "weight": 0.5},
        ],
        "unknown": {"query": ["gender"], "listed": ["passportNumber"]},
    }
    assert Explanation("x").as_dict().keys() == WHY.as_dict().keys()
    assert WHY.text == " ".join(WHY.sentences)


@pytest.mark.parametrize("how", How)
def test_every_way_to_meet_has_its_words(how):
    for pair in (TokenMatch("Orsin", "Orsyn", 0.9, how), TokenMatch("Orsin", "Orsin", 1.0, how)):
        assert "Orsin" in Explanation("Orsin", (pair,)).text


class Making:
    """Makes an explanation and counts how often."""

    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return WHY


def test_an_explanation_is_made_when_it_is_first_looked_at():
    make = Making()
    hit = Hit("xx-1", "Person", 0.91, ("xx_list", "yy_list"), True, Explanation.later(make))
    assert (hit.score, make.times) == (0.91, 0)
    assert hit.caption == "Orsin MALEDD"
    assert hit.as_dict() == HIT.as_dict()
    assert make.times == 1


@pytest.mark.parametrize(
    "look",
    [
        lambda why: why,
        lambda why: pickle.loads(pickle.dumps(why)),  # noqa: S301 - our own
        copy.copy,
        copy.deepcopy,
        dataclasses.replace,
    ],
)
def test_an_explanation_made_later_is_like_any_other(look):
    seen = look(Explanation.later(lambda: WHY))
    assert seen == WHY
    assert hash(seen) == hash(WHY)
    assert repr(seen) == repr(WHY)
    assert type(seen) is Explanation


def test_an_explanation_made_later_cannot_be_changed():
    why = Explanation.later(lambda: WHY)
    with pytest.raises(dataclasses.FrozenInstanceError):
        why.caption = "another"
    with pytest.raises(AttributeError, match="no attribute 'capton'"):
        _ = why.capton


def test_many_threads_may_look_at_once():
    whys = [Explanation.later(lambda: WHY) for _ in range(200)]
    with ThreadPoolExecutor(8) as threads:
        seen = list(threads.map(lambda why: why.text, whys * 8))
    assert set(seen) == {WHY.text}


def test_an_answer_is_json_with_the_promised_keys():
    told = json.loads(json.dumps(Hits("орсин", (HIT,), ("xx_list/1",), "c-7", ("a note",)).as_dict()))
    assert told.keys() == {"query", "reference", "hits", "total", "parties", "versions", "notes", "containing"}
    assert {"entity_id", "caption", "schema", "score", "sources", "explanation"} <= told["hits"][0].keys()


def test_a_hit_stands_in_the_versions_of_its_sources():
    hits = Hits("a", (HIT,), ("aa_list/1", "xx_list/2", "yy_list/3"))
    assert hits.versions_of(HIT) == ("xx_list/2", "yy_list/3")
    (row,) = Answers([hits]).to_arrow().to_pylist()
    assert (row["versions"], row["canonical"], row["total"]) == (["xx_list/2", "yy_list/3"], None, 1)


def test_hits_are_never_fewer_than_are_shown():
    others = [dataclasses.replace(HIT, entity_id=identity, canonical="sg-1") for identity in ("xx-2", "xx-3")]
    hits = Hits("a", (HIT, *others))
    assert (hits.total, hits.parties) == (3, 2)
    assert dataclasses.replace(hits, total=28, parties=12).as_dict()["total"] == 28


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
