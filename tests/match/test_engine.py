"""The engine of screening: names, what else is known, numbers under any name, and reasons for people."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shellgame.match import engine as engine_module
from shellgame.match.engine import PartyEngine
from shellgame.match.parts import About
from shellgame.match.party_index import Party
from shellgame.match.search import ALERT, Subject

PARTIES = [
    Party("p-0", "Person", ["Orsin Maledd", "Орсин Маледд"], {"birthDate": ["1961-06-06"], "nationality": ["by"]}),
    Party("p-1", "Person", ["Orsin Maledd"], {"birthDate": ["1994-01-15"]}),
    Party("p-2", "Person", ["Talvek Tornik"], {"passportNumber": ["AB1234567"]}),
    Party("c-3", "Company", ["Halvren Trading House LLC"], {"registrationNumber": ["7712345678"], "country": ["ru"]}),
    Party("c-4", "Company", ["Quellin Brandik Shipping"], {"imoNumber": ["9074729"]}),
    *(Party(f"n-{number}", "Company", [f"Company {number} Trading LLC"], {}) for number in range(20)),
]


@pytest.fixture(scope="module", params=["made", "opened"])
def engine(request, tmp_path_factory):
    made = PartyEngine.build(iter(PARTIES))
    if request.param == "made":
        return made
    folder = tmp_path_factory.mktemp("engine") / "kept"
    made.save(folder)
    return PartyEngine.open(folder)


def found(engine, *names, limit=5, threshold=ALERT, wanted=None, schema="", **properties):
    subject = Subject(names, schema, {prop: [value] for prop, value in properties.items()})
    return engine.search([subject], limit=limit, threshold=threshold, wanted=wanted)[0]


def rows(hits):
    return [hit.party for hit in hits]


@pytest.mark.parametrize(
    ("query", "party"),
    [
        ("Maledd, Orsin", 0),
        ("Талвек Торник", 2),
        ("Halvran Trading House L.L.C.", 3),
        ("Quellin Brandik Shipping Limited", 4),
    ],
)
def test_a_name_is_found_in_other_clothes(engine, query, party):
    assert rows(found(engine, query))[0] == party


@pytest.mark.parametrize("query", ["Trading LLC", "LLC", "Quite Another Name", "♥", "12345"])
def test_generic_or_other_words_are_no_alert(engine, query):
    assert not {0, 1, 2, 3, 4} & set(rows(found(engine, query)))


def test_what_else_is_known_tells_namesakes_apart(engine):
    by_name = {hit.party: hit.score for hit in found(engine, "Orsin Maledd", schema="Person", threshold=0.0)}
    known = {
        hit.party: hit.score
        for hit in found(engine, "Orsin Maledd", schema="Person", threshold=0.0, birthDate="1961-06-06")
    }
    assert known[0] >= by_name[0]
    assert known[1] < by_name[1]
    assert rows(found(engine, "Orsin Maledd", schema="Person", birthDate="1961-06-06"))[0] == 0


def test_a_number_finds_a_party_under_any_name(engine):
    assert 2 not in rows(found(engine, "Yaska Mirren", schema="Person", threshold=0.0))
    hits = found(engine, "Yaska Mirren", schema="Person", passportNumber="AB 1234567")
    assert rows(hits) == [2]
    subject = Subject(("Yaska Mirren",), "Person", {"passportNumber": ["AB 1234567"]})
    why = engine.explain(subject, hits[0])
    assert why.caption == "Talvek Tornik"
    assert [signal.property for signal in why.signals if signal.agrees] == ["passportNumber"]
    assert rows(found(engine, "Other Words", imoNumber="IMO 9074729")) == [4]


def test_a_number_finds_nobody_who_is_filtered_out_or_of_another_kind(engine):
    wanted = np.ones(len(PARTIES), np.bool_)
    wanted[2] = False
    assert rows(found(engine, "Yaska Mirren", wanted=wanted, passportNumber="AB1234567")) == []
    assert rows(found(engine, "Yaska Mirren", schema="Vessel", passportNumber="AB1234567")) == []


@pytest.mark.parametrize("prop", ["publicKey", "cryptoAddress", "passportNumber"])
def test_a_number_that_holds_half_a_sign_is_asked_for_like_any_other(engine, prop):
    assert rows(found(engine, "Orsin Maledd", **{prop: "\ud8001234567890123456789012345"}))[0] == 0


def test_any_limit_may_be_asked_for(engine):
    assert rows(found(engine, "Orsin Maledd", limit=10**30)) == [0, 1]


def test_a_number_that_very_many_have_identifies_nobody():
    many = [Party(str(row), "Person", [f"Tal{row} Vek"], {"idNumber": ["123456789"]}) for row in range(60)]
    asked = Subject(("Yaska Mirren",), "Person", {"idNumber": ["123456789"]})
    assert PartyEngine.build(many).search([asked], limit=5, threshold=ALERT, wanted=None) == [()]


def test_a_batch_answers_each_as_if_it_were_asked_alone(engine):
    asked = [
        Subject(("Orsin Maledd",)),
        Subject(("Orsin Maledd",), "Person", {"birthDate": ["1961"]}),
        Subject(("Nobody Alike",)),
        Subject(("Halvren House",), "Company", {"country": ["ru"]}),
    ]
    together = engine.search(asked, limit=5, threshold=0.3, wanted=None)
    alone = [engine.search([each], limit=5, threshold=0.3, wanted=None)[0] for each in asked]
    assert [[hit[:2] for hit in hits] for hits in together] == [[hit[:2] for hit in hits] for hits in alone]
    assert all(list(hits) == sorted(hits, key=lambda hit: (-hit.score, hit.party)) for hits in together)
    assert engine.search([], limit=5, threshold=0.3, wanted=None) == []


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.text(max_size=20))
def test_no_text_crashes_and_scores_stay_in_range(name, value):
    engine = _small()
    properties = {"passportNumber": [value], "birthDate": [value], "address": [value], "country": [value]}
    for subject in (Subject((name,)), Subject((name, "Orsin"), "Person", properties)):
        for hit in engine.search([subject], limit=5, threshold=0.0, wanted=None)[0]:
            assert 0 <= hit.score <= 1
            assert engine.explain(subject, hit).caption


def _small(kept=[]):  # noqa: B006 - one engine for all examples
    if not kept:
        kept.append(PartyEngine.build(PARTIES))
    return kept[0]


def test_an_explanation_tells_for_against_and_unknown(engine):
    subject = Subject(("Orsin Maledd",), "Person", {"birthDate": ["1961-06-06"], "gender": ["male"]})
    hits = {hit.party: hit for hit in engine.search([subject], limit=5, threshold=0.0, wanted=None)[0]}
    one, other = engine.explain(subject, hits[0]), engine.explain(subject, hits[1])
    assert [(signal.property, signal.agrees) for signal in one.signals] == [("birthDate", True)]
    assert [(signal.property, signal.agrees) for signal in other.signals] == [("birthDate", False)]
    assert (one.only_query, one.only_listed) == (("gender",), ("country",))
    assert "same day of birth (1961-06-06)" in one.text


def test_the_recipe_changes_with_what_an_index_is_made_from(monkeypatch):
    before = engine_module.recipe()
    assert before == engine_module.recipe()
    monkeypatch.setattr(engine_module, "RECIPE", "another")
    assert engine_module.recipe() != before


def test_a_father_of_the_same_name_makes_no_other_family_name_alert():
    made = PartyEngine.build(
        [Party("u-0", "Person", ["Олександр Григорович Ордимко"], {}), Party("u-1", "Person", ["Maledd Orsin"], {})]
    )
    assert found(made, "Талвеков Александр Григорьевич", schema="Person") == ()
    assert [hit.party for hit in found(made, "Ордимко Александр Григорьевич", schema="Person")] == [0]


def test_a_slip_that_makes_one_sound_of_two_letters_hides_nobody():
    made = PartyEngine.build([Party("u-0", "Person", ["Saevid MOSTAFAVEI"], {}), *PARTIES])
    for slipped in ("Saevid MOTSAFAVEI", "Saevid MOSTAFVAEI", "Saevid MOSTAFHVEI"):
        assert [hit.party for hit in found(made, slipped, schema="Person")] == [0], slipped


@pytest.mark.parametrize(
    ("query", "is_alert"), [("Orsin Maledd Jr.", False), ("Orsin Maledd", True), ("Maledd, Orsin, Sr", True)]
)
def test_a_son_is_not_found_for_his_father(query, is_alert):
    made = PartyEngine.build([Party("u-0", "Person", ["Orsin Maledd Sr."], {}), *PARTIES[2:]])
    hit = found(made, query, schema="Person", threshold=0.0)[0]
    why = made.explain(Subject([query], "Person", {}), hit)
    assert (hit.party, hit.score >= ALERT) == (0, is_alert)
    assert any(remark.about is About.GENERATION for remark in why.remarks) is not is_alert


@pytest.mark.parametrize("query", ["Brandik S AB", "Brandik Stovel"])
def test_a_common_word_and_an_initial_or_another_word_are_no_alert_for_a_company(query):
    made = PartyEngine.build([Party("u-0", "Company", ["Brandik Supply, Inc."], {}), *PARTIES])
    assert found(made, query, schema="Company") == ()
    assert [hit.party for hit in found(made, "Brandik Supply AB", schema="Company")] == [0]


def test_of_namesakes_of_two_generations_the_one_asked_for_is_found_whatever_the_limit_and_the_order():
    father, son = (Party(f"u-{end}", "Person", [f"Orsin Maledd {end}"], {}) for end in ("Sr.", "Jr."))
    for parties in ((father, son), (son, father)):
        made = PartyEngine.build([*parties, *PARTIES[2:]])
        assert rows(found(made, "Orsin Maledd Jr.", schema="Person", limit=1)) == [parties.index(son)]


@pytest.mark.parametrize("names", [["Orsin Maledd Sr.", "Orsin Maledd"], ["Orsin Maledd", "Orsin Maledd Sr."]])
def test_who_bears_the_bare_name_too_is_found_under_any_generation(names):
    made = PartyEngine.build([Party("u-0", "Person", names, {}), *PARTIES[2:]])
    assert rows(found(made, "Orsin Maledd Jr.", schema="Person")) == [0]
    made = PartyEngine.build([Party("u-0", "Person", ["Orsin Maledd Jr."], {}), *PARTIES[2:]])
    assert rows(found(made, *names, schema="Person")) == [0]
