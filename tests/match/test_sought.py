"""Whom a query seeks: what it tells beside a name rules kinds out, lifts names that are somewhat alike, and never by itself."""

from __future__ import annotations

import pytest

from shellgame.match.engine import PartyEngine
from shellgame.match.party_index import Party
from shellgame.match.scoring import NOTHING_TOLD
from shellgame.match.search import ALERT, Subject


def found(engine, *names, limit=5, threshold=ALERT, schema="", **properties):
    subject = Subject(names, schema, {prop: [value] for prop, value in properties.items()})
    return engine.search([subject], limit=limit, threshold=threshold, wanted=None)[0]


def rows(hits):
    return [hit.party for hit in hits]


NAMESAKES = [
    Party("c-0", "Company", ["Orsin Maledd Shipping"], {"jurisdiction": ["ru"]}),
    Party("v-1", "Vessel", ["Orsin Maledd"], {"flag": ["pa"]}),
    Party("a-2", "Airplane", ["Orsin Maledd"], {}),
    Party("c-3", "Company", ["Orsin Maledd"], {"country": ["by"]}),
    Party("p-4", "Person", ["Orsin Talvekovich Maledd", "Orsin Maledd"], {"nationality": ["by"]}),
    Party("l-5", "LegalEntity", ["Orsin Maledd"], {}),
]


@pytest.mark.parametrize("schema", ["", "LegalEntity", "Thing", "Person"])
@pytest.mark.parametrize(
    "told",
    [{"birthDate": "1961-06-06"}, {"birthDate": "1961"}, {"gender": "male"}, {"birthPlace": "Minsk"}],
    ids=lambda told: next(iter(told)),
)
def test_what_only_people_have_finds_no_ship_and_no_company(schema, told):
    engine = PartyEngine.build(NAMESAKES)
    assert rows(found(engine, "Orsin Maledd", schema=schema, threshold=0.0, country="by", **told)) == [4, 5]
    assert rows(found(engine, "Orsin Maledd", schema="Vessel", **told)) == [1]


def test_a_country_alone_leaves_open_what_is_sought():
    engine = PartyEngine.build(NAMESAKES)
    assert {1, 3, 4, 5} <= set(rows(found(engine, "Orsin Maledd", limit=9, threshold=0.3, country="by")))


@pytest.mark.parametrize("schema", ["", "Thing", "LegalEntity"])
@pytest.mark.parametrize("limit", [1, 5])
def test_the_very_name_stands_above_longer_ones_whatever_it_is_read_as(schema, limit):
    engine = PartyEngine.build([NAMESAKES[0], NAMESAKES[4]])
    for name in ("Orsin Maledd", "MALEDD, Orsin", "orsin  maledd"):
        hits = found(engine, name, schema=schema, limit=limit, threshold=0.0)
        assert rows(hits) == [1, 0][:limit]
        assert all(0 <= hit.score <= 1 for hit in hits)


@pytest.mark.parametrize("name", ["Orsin Karlo Maledd", "Orsin Talvek Karlo Maledd", 'Orsin "Brandik" Karlo Maledd'])
def test_the_same_day_of_birth_and_country_find_who_goes_by_a_name_more(name):
    strangers = [Party(f"x-{n}", "Person", [f"{given} Karlo {family}"], {}) for n, (given, family) in enumerate(OTHERS)]
    listed = Party("p", "Person", ["Orsin Talvekovich Maledd"], {"birthDate": ["1961-06-06"], "nationality": ["by"]})
    engine = PartyEngine.build([listed, *strangers])
    assert rows(found(engine, name, schema="Person", birthDate="1961-06-06", nationality="by")) == [0]
    for told in ({"birthDate": "1961-06-07"}, {"birthDate": "1961"}, {}):
        hits = found(engine, name, schema="Person", threshold=0.0, nationality="by", **told)
        assert all(
            hit.score < found(engine, name, schema="Person", birthDate="1961-06-06", nationality="by")[0].score
            for hit in hits
        )
    assert found(engine, "Talvek Tornik", schema="Person", birthDate="1961-06-06", nationality="by") == ()


OTHERS = [("Yaska", "Mirren"), ("Halvren", "Quellin"), ("Tarn", "Ormadi"), ("Veli", "Zubair")]


def test_where_a_number_leads_a_name_that_tells_nothing_is_like_nothing():
    listed = [Party("c", "Company", ["SAI Corp"], {"registrationNumber": ["7712345678"]})]
    engine = PartyEngine.build(listed)
    hits = found(engine, "SAIL", schema="Company", threshold=0.0, registrationNumber="7712345678")
    assert rows(hits) == [0]
    assert engine._numbered(Subject(("SAIL",), "Company"), {0}, None)[0].score <= NOTHING_TOLD
