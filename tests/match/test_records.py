"""Laws of comparing records, and what single values are worth."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellgame.match.dates import day_of
from shellgame.match.evidence import Evidence, compare_records, fitted_weights
from shellgame.match.identifiers import is_valid, number_keys
from shellgame.match.odds import ALIKE, IDENTIFYING, KINDRED, NameEvidence, alert_score, probability, share_of
from shellgame.match.records import analyse_record, could_be_one, schema_meant
from shellgame.match.wording import WORDS

DATES = st.one_of(
    st.sampled_from(
        ["1961", "1961-06-06", "1961-06", "1962-06-06", "1980-01-01", "1974-01-32", "1969-7-16", "06 Jun 1961"]
    ),
    st.dates().map(str),
)
VALUES = {
    "birthDate": DATES,
    "incorporationDate": DATES,
    "deathDate": DATES,
    "nationality": st.sampled_from(["ru", "by", "sy", "suhh", "Germany"]),
    "country": st.sampled_from(["ru", "de", "kp", "ua-cri"]),
    "birthPlace": st.sampled_from(["Kopys, Belarus", "Minsk", "Kazan", "Казань", "Hama, Syria"]),
    "address": st.sampled_from(["7 Lenin St, Kazan", "Lenina ul. 7, 420000 Kazan", "Harbour Road 12, Valletta, Malta"]),
    "gender": st.sampled_from(["male", "female", "other"]),
    "passportNumber": st.sampled_from(["B/002210", "002210", "Passport no. X1234567", "none"]),
    "imoNumber": st.sampled_from(["9074729", "IMO 9074729", "9321483"]),
    "taxNumber": st.sampled_from(["7707083893", "500100732259", "12"]),
    "phone": st.sampled_from(["+7 495 123-45-67", "4951234567"]),
    "website": st.sampled_from(["https://www.example.com/", "example.com/en", "example.org"]),
    "position": st.sampled_from(["Head of the harbour authority", "Harbour master"]),
    "fatherName": st.sampled_from(["Ivan", "Iwan", "Pyotr"]),
    "tonnage": st.sampled_from(["56068", "56070", "12"]),
    "type": st.sampled_from(["Crude oil tanker", "Bulk carrier"]),
    "flag": st.sampled_from(["pa", "ir"]),
}
PERSONAL = (
    "birthCountry",
    "birthDate",
    "birthPlace",
    "deathDate",
    "fatherName",
    "gender",
    "motherName",
    "passportNumber",
)
SCHEMATA = st.sampled_from(["Person", "Organization", "Company", "LegalEntity", "Vessel", "Airplane"])
PROPERTIES = st.fixed_dictionaries({}, optional={p: st.lists(v, min_size=1, max_size=4) for p, v in VALUES.items()})
ENTITIES = st.builds(lambda schema, told: {"id": "x", "schema": schema, "properties": told}, SCHEMATA, PROPERTIES)
NAMES = st.builds(NameEvidence, *[st.floats(0, 1)] * 4)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def person(**told: str | list[str]) -> dict[str, object]:
    return {"id": "x", "schema": "Person", "properties": {p: [v] if isinstance(v, str) else v for p, v in told.items()}}


def compared(left: object, right: object) -> dict[str, Evidence]:
    return {piece.signal: piece for piece in compare_records(analyse_record(left), analyse_record(right))}  # type: ignore[arg-type]


@given(ENTITIES, ENTITIES)
def test_comparison_is_symmetric(left, right):
    there = [
        (e.prop, e.weight, e.signal, e.amount) for e in compare_records(analyse_record(left), analyse_record(right))
    ]
    back = [
        (e.prop, e.weight, e.signal, e.amount) for e in compare_records(analyse_record(right), analyse_record(left))
    ]
    assert there == back


@given(ENTITIES)
def test_a_record_says_nothing_against_itself(entity):
    record = analyse_record(entity)
    assert all(piece.weight >= 0 for piece in compare_records(record, record))


@given(ENTITIES, st.randoms(use_true_random=False))
def test_order_and_repetition_have_no_effect(entity, dice):
    told = [(prop, dice.sample(values * 2, 2 * len(values))) for prop, values in entity["properties"].items()]
    dice.shuffle(told)
    assert analyse_record({**entity, "properties": dict(told)}) == analyse_record(entity)


@given(ENTITIES)
def test_what_is_missing_has_no_weight(entity):
    bare = {**entity, "properties": {}}
    assert compare_records(analyse_record(entity), analyse_record(bare)) == ()


@given(ENTITIES, ENTITIES, NAMES)
def test_probability_and_alert_are_bounded_and_follow_the_evidence(left, right, names):
    evidence = compare_records(analyse_record(left), analyse_record(right))
    chance, score = probability(names, evidence), alert_score(names.best, evidence)
    assert 0 <= chance <= 1
    assert 0 <= score <= 1
    more = probability(names, [piece for piece in evidence if piece.weight > 0])
    less = probability(names, [piece for piece in evidence if piece.weight < 0])
    assert less <= chance <= more or chance == 0


@given(NAMES, ENTITIES, ENTITIES)
def test_better_names_never_lower_the_probability(names, left, right):
    evidence = compare_records(analyse_record(left), analyse_record(right))
    better = names._replace(best=min(1.0, names.best + 0.1))
    assert probability(better, evidence) >= probability(names, evidence) - 1e-12


@given(st.dictionaries(st.sampled_from([*VALUES, "name", "unheardOf"]), ANY, max_size=6), ANY)
def test_no_value_crashes(properties, schema):
    record = analyse_record({"schema": schema, "properties": properties})
    other = analyse_record(person(birthDate="1961-06-06", address="7 Lenin St, Kazan", taxNumber="7707083893"))
    for piece in compare_records(record, other):
        assert piece.words
        assert math.isfinite(piece.weight)


def test_huge_values_are_cut():
    huge = {prop: ["x1" * 100_000, "1961" * 10_000] + [f"{n} street {n}" for n in range(5_000)] for prop in VALUES}
    record = analyse_record({"schema": "Person", "properties": huge})
    assert all(piece.words for piece in compare_records(record, record))


@pytest.mark.parametrize(
    ("left", "right", "signal"),
    [
        ("1961-06-16", "1961-06-16", "birth_day"),
        ("1961-06", "1961-06-16", "birth_month"),
        ("1961", "1961-06-16", "birth_year"),
        ("1961-01-01", "1961-06-16", "birth_year"),
        ("1961-06-11", "1961-11-06", "birth_slip"),
        ("1961-06-16", "1961-06-17", "birth_slip"),
        ("1961-06-16", "1962-06-16", "birth_slip"),
        ("1961-06-16", "1916-06-16", "birth_slip"),
        ("1961-06-16", "1967-06-16", "birth_slip"),
        ("1961-06-16", "1991-06-16", "birth_other_year"),
        ("1961-06-16", "1977-06-16", "birth_other_year"),
        ("1974-01-31", "1974-01-32", "birth_slip"),
        ("1961", "1962", "birth_close"),
        ("1961-06-16", "1961-04-25", "birth_other_day"),
        ("1961-06-16", "1983-04-25", "birth_days_apart"),
        ("1961", "1983-04-25", "birth_apart"),
        ("1947", "1974-04-25", "birth_close"),
    ],
)
def test_dates_are_graded(left, right, signal):
    assert list(compared(person(birthDate=left), person(birthDate=right))) == [signal]


def test_a_year_of_another_calendar_tells_nothing():
    assert not compared(person(birthDate="1340"), person(birthDate="1961-06-16"))


def test_one_of_several_dates_is_enough():
    assert "birth_day" in compared(person(birthDate=["1950", "1961-06-16"]), person(birthDate=["1961-06-16", "1970"]))


def test_many_years_say_less_than_one():
    few = compared(person(birthDate="1961"), person(birthDate="1961-06-16"))["birth_year"]
    many = compared(person(birthDate=["1961", "1962", "1963"]), person(birthDate="1961-06-16"))["birth_year"]
    assert many.weight < few.weight


def test_countries_agree_by_rarity_and_successors_are_the_same():
    common = compared(person(nationality="ir"), person(nationality="ir"))["nation_same"]
    rare = compared(person(nationality="is"), person(nationality="is"))["nation_same"]
    assert rare.weight > common.weight
    assert "nation_same" in compared(person(nationality="suhh"), person(nationality="by"))
    assert "nation_other" in compared(person(nationality="sy"), person(nationality="by"))


def test_a_ship_under_another_flag_may_well_be_the_same():
    ships = [{"schema": "Vessel", "properties": {"flag": [flag]}} for flag in ("pa", "ir")]
    assert -1 < compared(*ships)["flag_other"].weight < 0


def test_evidence_is_said_in_words():
    evidence = compare_records(
        analyse_record(person(birthDate="1961-06-16", nationality="ru")),
        analyse_record(person(birthDate="1983", nationality=["by", "suhh"])),
    )
    assert [piece.words for piece in evidence] == [
        "years of birth apart: 1961-06-16 / 1983",
        "same nationality: Russia",
    ]


def test_numbers_meet_across_properties_and_spellings():
    printed = compared(person(passportNumber="B/002210"), person(idNumber="National number 002210"))
    assert "paper_digits" in printed
    assert "paper_same" in compared(person(passportNumber="X 123.456-7"), person(idNumber="x1234567"))
    assert compared(person(passportNumber="000000"), person(passportNumber="000000")) == {}


def test_numbers_given_out_once_speak_against_when_they_differ():
    ship = {"schema": "Vessel", "properties": {"imoNumber": ["9074729"]}}
    other = {"schema": "Vessel", "properties": {"imoNumber": ["9321483"]}}
    assert compared(ship, ship)["code_same"].weight > 5
    assert compared(ship, {"schema": "Vessel", "properties": {"imoNumber": ["IMO 9074729"]}}).keys() == {"code_same"}
    found = compared(ship, other)["code_other"]
    assert found.weight < -8
    assert found.words.endswith("which is given out once and never changes: IMO 9074729 / IMO 9321483")


def firm(**told):
    return {"schema": "Company", "properties": {prop: [value] for prop, value in told.items()}}


@pytest.mark.parametrize(
    ("left", "right", "signal"),
    [
        ({"innCode": "7707083893"}, {"taxNumber": "7728168971"}, "register_other"),
        ({"innCode": "7707083893"}, {"innCode": "5405262331"}, "register_elsewhere"),
        ({"ogrnCode": "1027700132195"}, {"registrationNumber": "1035401944291"}, "register_elsewhere"),
        ({"innCode": "7707083893"}, {"innCode": "9728042468"}, "register_other"),
        ({"leiCode": "529900T8BM49AURSDO55"}, {"leiCode": "5493001KJTIIGC8Y1R12"}, "code_other"),
        ({"imoNumber": "9074729"}, {"imoNumber": "9074728"}, "number_slip"),
        ({"innCode": "7707083893"}, {"innCode": "7707083983"}, "number_slip"),
        ({"innCode": "7707083893"}, {"innCode": "7728168972"}, "number_other"),
        ({"registrationNumber": "C-44117"}, {"registrationNumber": "C-44118"}, "number_other"),
        ({"registrationNumber": "C-44117"}, {"registrationNumber": "1027700132195"}, None),
        ({"innCode": "7707083893"}, {"innCode": "500100732259"}, None),
        ({"mmsi": "273355410"}, {"mmsi": "620999123"}, None),
        ({"passportNumber": "AB1234567"}, {"passportNumber": "CD7654321"}, None),
    ],
)
def test_only_numbers_of_one_scheme_contradict_each_other(left, right, signal):
    found = {piece for piece in compared(firm(**left), firm(**right)) if "_other" in piece or "number" in piece}
    found |= compared(firm(**left), firm(**right)).keys() & {"register_elsewhere"}
    assert found == ({signal} if signal else set())


@pytest.mark.parametrize(
    ("prop", "printed", "keys"),
    [
        ("innCode", "7707083893 / 773601001", ["7707083893"]),
        ("registrationNumber", "7728168971 (or State number : 1027700132195)", ["7728168971", "1027700132195"]),
        ("taxNumber", "7707083893/773601001 (Russia)", ["7707083893"]),
        ("imoNumber", "IMO 9074729", ["9074729"]),
        ("registrationNumber", "C-44117", ["C44117"]),
    ],
)
def test_what_stands_beside_a_checked_number_is_none_of_the_party(prop, printed, keys):
    assert [key for key, _ in number_keys(prop, printed)] == keys


def test_a_number_of_one_register_contradicts_beside_the_same_one_of_another():
    one, other = (firm(ogrnCode="1027700132195", innCode=inn) for inn in ("7707083893", "5405262331"))
    assert compared(one, other).keys() == {"register_same", "register_elsewhere"}


def test_addresses_need_a_number_and_a_word():
    same = compared(person(address="7 Lenin St, Kazan"), person(address="Lenin street 7, 420000 Kazan, Russia"))
    assert "address_same" in same
    assert "town_same" in compared(person(address="7 Lenin St, Kazan"), person(address="Kazan, Russia"))
    assert "town_other" in compared(person(address="7 Lenin St, Kazan"), person(address="7 Harbour Road, Valletta"))
    assert compared(person(address="Russia"), person(address="7 Lenin St, Kazan")) == {}


def test_places_are_spelt_in_many_ways():
    assert "birthplace_same" in compared(person(birthPlace="Казань"), person(birthPlace="Kazan, Russia"))
    assert compared(person(birthPlace="Mogilev"), person(birthPlace="Mahilev")).keys() != {"birthplace_other"}


def test_kinds_that_are_never_one():
    assert not could_be_one("Person", "Vessel")
    assert not could_be_one("LegalEntity", "Vessel")
    assert not could_be_one("Airplane", "LegalEntity")
    assert could_be_one("Thing", "Vessel")
    assert could_be_one("Person", "LegalEntity")
    evidence = compare_records(analyse_record(person()), analyse_record({"schema": "Vessel", "properties": {}}))
    names = NameEvidence(1, 1, 1, 1)
    assert probability(names, evidence) == 0
    assert alert_score(1.0, evidence) == 0


@pytest.mark.parametrize(
    ("schema", "told", "meant"),
    [
        ("", {"birthDate": ["1961"]}, "Person"),
        ("LegalEntity", {"gender": ["female"]}, "Person"),
        ("Thing", {"fatherName": "Ivan"}, "Person"),
        ("", {"birthPlace": ["北京"]}, "Person"),
        ("", {"passportNumber": ["AB1234567"]}, "Person"),
        *(("", {prop: [value]}, "") for prop in PERSONAL for value in ("N/A", "-", "unknown", "not available", "")),
        ("Company", {"birthDate": ["1961"]}, "Company"),
        ("Vessel", {"birthDate": ["1961"]}, "Vessel"),
        ("", {"birthDate": []}, ""),
        ("", {"nationality": ["ru"]}, ""),
        ("LegalEntity", {}, "LegalEntity"),
    ],
)
def test_what_only_people_have_tells_that_one_is_meant(schema, told, meant):
    assert schema_meant(schema, told) == analyse_record({"schema": schema, "properties": told}).schema == meant


def test_kin_share_home_and_country():
    kin, one = (NameEvidence(best, best, best, 0) for best in (0.6, 0.95))
    for signal in KINDRED:
        assert share_of(signal, kin.best) < share_of("birth_day", kin.best) == share_of(signal, one.best) == 1
    told = person(birthPlace="Kopys, Belarus", nationality="by")
    evidence = compare_records(analyse_record(told), analyse_record(told))
    assert probability(kin, evidence) - probability(kin, ()) < 0.5 * probability(kin, ())


def test_the_same_day_and_something_else_make_up_for_names_that_meet_in_part():
    told = person(birthDate="1961-06-16", nationality="by")
    day = compare_records(analyse_record(told), analyse_record(person(birthDate="1961-06-16")))
    both = compare_records(analyse_record(told), analyse_record(told))
    elsewhere = compare_records(
        analyse_record(told), analyse_record(person(birthDate="1961-06-16", nationality="ru", gender="male"))
    )
    assert alert_score(ALIKE, both) > 0.7 > alert_score(ALIKE, day) == pytest.approx(ALIKE)
    assert alert_score(ALIKE / 2, both) == pytest.approx(ALIKE / 2)
    assert alert_score(0.05, elsewhere) < 0.05


def test_a_birthday_alone_never_matches():
    evidence = compare_records(
        analyse_record(person(birthDate="1961-06-16")), analyse_record(person(birthDate="1961-06-16"))
    )
    assert probability(NameEvidence(0.05, 0.05, 0.05, 0), evidence) < 0.05
    assert probability(None, evidence) < 0.05
    assert alert_score(0.05, evidence) == pytest.approx(0.05)


def test_an_alert_follows_the_evidence():
    same = compare_records(
        analyse_record(person(birthDate="1961-06-16")), analyse_record(person(birthDate="1961-06-16"))
    )
    other = compare_records(
        analyse_record(person(birthDate="1961-06-16")), analyse_record(person(birthDate="1983-02-03"))
    )
    for score in (0.2, 0.6, 0.9, 0.999, 1.0):
        assert alert_score(score, other) < score <= alert_score(score, same)
    assert alert_score(1.0, other) < 0.7
    assert alert_score(0.9, other) < alert_score(0.999, other) < alert_score(1.0, other)


def test_a_number_finds_whoever_changed_his_name():
    ship = {"schema": "Vessel", "properties": {"imoNumber": ["9074729"]}}
    evidence = compare_records(analyse_record(ship), analyse_record(ship))
    assert alert_score(0.0, evidence) > 0.9


@given(st.floats(0, 1), st.floats(0, 1), ENTITIES, ENTITIES)
def test_a_better_name_never_lowers_the_alert(one, other, left, right):
    evidence = compare_records(analyse_record(left), analyse_record(right))
    worse, better = (alert_score(name, evidence) for name in sorted((one, other)))
    assert 0 <= worse <= better + 2e-6 <= 1 + 2e-6


def test_a_name_score_without_evidence_is_the_alert_score():
    assert alert_score(0.83, ()) == 0.83


def test_a_number_outweighs_names_but_less_surely_than_with_them():
    ship = {"schema": "Vessel", "properties": {"imoNumber": ["9074729"]}}
    evidence = compare_records(analyse_record(ship), analyse_record(ship))
    renamed, alike = NameEvidence(0.1, 0.1, 0.1, 0), NameEvidence(1, 1, 1, 1)
    assert 0.5 < probability(renamed, evidence) < probability(alike, evidence)


@pytest.mark.parametrize(
    ("schema", "prop", "value", "least", "most"),
    [
        ("Person", "passportNumber", "AB1234567", 0.2, 0.5),
        ("Person", "innCode", "500100732259", 0.2, 0.5),
        ("Company", "registrationNumber", "VK-777777", 0.2, 0.5),
        ("Company", "innCode", "7707083893", 0.5, 0.9),
        ("Company", "ogrnCode", "1027700132195", 0.5, 0.9),
        ("Company", "leiCode", "529900T8BM49AURSDO55", 0.9, 1.0),
        ("Vessel", "imoNumber", "9074729", 0.9, 1.0),
    ],
)
def test_a_number_under_an_unlike_name_is_as_good_as_lists_print_it(schema, prop, value, least, most):
    told = analyse_record({"schema": schema, "properties": {prop: [value]}})
    unlike, part, alike = (NameEvidence(best, best, best, 0) for best in (0.01, 0.5, 0.95))
    evidence = compare_records(told, told)
    assert least < probability(unlike, evidence) < most
    assert probability(unlike, evidence) < probability(part, evidence) < probability(alike, evidence)
    assert probability(alike, evidence) > 0.99
    assert probability(None, evidence) > 0.8, "a record without a name contradicts nothing"


def test_what_else_agrees_does_not_save_a_number_under_an_unlike_name():
    told = person(passportNumber="AB1234567", birthDate="1951-06-02", nationality="sy")
    evidence = compare_records(analyse_record(told), analyse_record(told))
    assert probability(NameEvidence(0.01, 0.01, 0.01, 0), evidence) < 0.5


def test_every_signal_has_weight_and_words():
    assert WORDS.keys() == fitted_weights().signals.keys()
    assert WORDS.keys() >= IDENTIFYING


def test_check_digits():
    assert is_valid("imoNumber", "9074729")
    assert is_valid("taxNumber", "7707083893")
    assert is_valid("innCode", "500100732259")
    assert is_valid("leiCode", "529900T8BM49AURSDO55")
    assert is_valid("isin", "US0378331005")
    assert not is_valid("leiCode", "529900T8BM49AURSDO56")
    assert not is_valid("isin", "US0378331006")


def test_fillers_identify_nobody():
    assert number_keys("idNumber", "0000000") == ()
    assert day_of("unknown") is None


@pytest.mark.parametrize(
    "absent", ["N/A", "n.a.", "-", "unknown", "Unknown", "null", "(none)", "<NA>", "not available", "?", " "]
)
def test_what_is_printed_where_nothing_is_known_is_no_value(absent):
    told = {prop: [absent] for prop in (*VALUES, *PERSONAL)}
    assert analyse_record({"schema": "Person", "properties": told}) == analyse_record(
        {"schema": "Person", "properties": {}}
    )
