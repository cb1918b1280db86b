"""The first matcher: rare words count, legal forms hardly, other scripts are read, nothing is found where nothing is alike."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shellgame.match.index import ListedName, NameIndex, tokens_of

NAMES = [
    ("r-1", "Organization", "HALVREN TRADING HOUSE LLC"),
    ("r-2", "Organization", "BORVAST TRADING HOUSE LLC"),
    ("r-3", "Person", "Orsin MALEDD"),
    ("r-4", "Person", "Талвек Торник"),
    ("r-5", "Organization", "TESSORIN LLC"),
    *((f"n-{number}", "Organization", f"COMPANY {number} TRADING LLC") for number in range(60)),
]


@pytest.fixture(scope="module")
def index():
    return NameIndex(
        [
            ListedName(identity, schema, "us_ofac_sdn", True, name, tokens_of(schema, name))
            for identity, schema, name in NAMES
        ]
    )


def best(index, query, **options):
    hits = index.search(query, **{"schema": None, "limit": 5, "threshold": 0.7, **options})
    return hits[0].entity_id if hits else None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Halvren Trading House", "r-1"),
        ("HALVREN", "r-1"),
        ("halvran trading house l.l.c.", "r-1"),
        ("Maledd, Orsin", "r-3"),
        ("Talvek Tornik", "r-4"),
        ("Tessorin Limited Liability Company", "r-5"),
    ],
)
def test_a_name_is_found_in_other_clothes(index, query, found):
    assert best(index, query) == found


@pytest.mark.parametrize(
    "query", ["Trading LLC", "LLC", "Orsin", "Quite Another Name", "12345", "♥", "Maled Orsinova Pellin Drosk"]
)
def test_generic_or_other_words_are_no_alert(index, query):
    assert best(index, query) not in {"r-1", "r-2", "r-3", "r-4", "r-5"}


def test_the_explanation_names_words_met_missing_and_surplus(index):
    hit = index.search("Halvran House Group", schema=None, limit=1, threshold=0.1)[0]
    assert ("halvran", "halvren") in {(pair.query, pair.listed) for pair in hit.tokens}
    assert "trading" in hit.missing
    assert "group" in hit.surplus
    assert "halvran ~ halvren" in hit.text


def test_schema_filters(index):
    assert best(index, "Orsin Maledd", schema="Company") is None
    assert best(index, "Orsin Maledd", schema="Person") == "r-3"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_no_text_crashes_and_scores_stay_in_range(index, text):
    assert all(0 <= hit.score <= 1 for hit in index.search(text, schema=None, limit=5, threshold=0.0))


@pytest.mark.parametrize("size", [1, 5, 100])
def test_every_name_finds_itself_however_common_its_words(size):
    names = [
        f"{first} {last}"
        for first in ("Orsin", "Talvek", "Yaska", "Mirren")
        for last in ("Maledd", "Tornik", "Varshovan")
    ]
    listed = [
        ListedName(
            f"r-{number}",
            "Person",
            "us_ofac_sdn",
            True,
            names[number % len(names)],
            tokens_of("Person", names[number % len(names)]),
        )
        for number in range(size)
    ]
    index = NameIndex(listed)
    for each in listed:
        hits = index.search(each.name, schema=None, limit=size, threshold=0.99)
        assert each.entity_id in {hit.entity_id for hit in hits}
