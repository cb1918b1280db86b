"""Records into edges: who meets whom, what lists know of their own entries, what a hub leads to, and what is compared again."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.resolve.invented import (
    BROTHER,
    HOUSE,
    HOUSE_ABROAD,
    ORSIN,
    ORSIN_ABROAD,
    RULES,
    company,
    comparable,
    entities,
    joined,
    person,
    record,
)

from shellgame.errors import ShellgameError
from shellgame.match.analysed import Analysed
from shellgame.resolve import name_keys
from shellgame.resolve.blocking import Limits, Met, candidates
from shellgame.resolve.clusters import Known, cluster
from shellgame.resolve.comparable import Single, keys_of, names_in_brackets
from shellgame.resolve.comparisons import Comparisons, load, save
from shellgame.resolve.edges import Rest
from shellgame.resolve.name_keys import Keyed, NameKeys, word_rows
from shellgame.resolve.pairs import Lists, weighed, why_apart
from shellgame.settings import Settings

WORLD = (ORSIN, ORSIN_ABROAD, BROTHER, HOUSE, HOUSE_ABROAD)


def test_records_of_two_lists_that_agree_are_one_and_others_stay_apart():
    assert entities(*WORLD) == {frozenset(["us-1", "ca-1"]), frozenset(["us-2"]), frozenset(["us-3", "eu-3"])}


def test_a_number_joins_what_no_name_would():
    edges = weighed(comparable([HOUSE, HOUSE_ABROAD])).edges
    assert edges.rest.tolist() == [Rest.IDENTIFIER]
    assert edges.shared_by.tolist() == [2]
    assert edges.probability[0] > 0.7


def test_what_has_nothing_in_common_is_not_compared():
    assert not len(weighed(comparable([ORSIN, HOUSE])).edges)


def test_what_looks_alike_and_is_not_is_known_as_such():
    alike = company("ca-9", "Halvren Trading House", registrationNumber="990222711", country="cu")
    (chance,) = weighed(comparable([HOUSE, alike])).edges.probability
    assert chance < 0.2


@pytest.mark.parametrize("other", ["ORSIN MALED", "Орсин Маледд", "Maledd Orsin T.", "Orsin Talvekovich Maledd"])
def test_the_same_person_is_found_under_other_spellings(other):
    assert joined(ORSIN, person("ca-1", other, birthDate="1961-06-06", nationality="by"))


def test_two_entries_of_one_list_are_two_unless_a_number_says_otherwise():
    twice = [person(f"us-{number}", "Orsin Maledd", nationality="by") for number in (1, 2)]
    assert len(entities(*twice)) == len(twice)
    abroad = person("ca-2", "Orsin Maledd", nationality="by")
    assert joined(twice[0], abroad)
    numbered = [each._replace(properties={**each.properties, "passportNumber": ["MP2345678"]}) for each in twice]
    assert joined(*numbered)


def test_entries_of_one_source_under_other_programmes_may_be_one():
    first = person("eu-1", "Orsin Talvek Maledd", birthDate="1961-06-06", nationality="by")
    assert joined(first, first._replace(id="eu-2", programmes=("another",)))


@pytest.mark.parametrize("register", ["bods", "gb_coh_psc", "gleif", "register", "halvren_register"])
def test_companies_of_one_register_are_two_however_rare_their_name(register):
    twice = [Single(f"c-{number}", "Company", {"name": ["Quondam Reef Ltd"]}, (register,)) for number in (1, 2)]
    assert not joined(*twice)
    assert "tells each once" in why_apart(comparable(twice), 0, 1)
    assert joined(twice[0], twice[1]._replace(sources=("my_set",)))
    holders = [
        Single(f"p-{number}", "Person", {"name": ["Orsin T. Maledd"], "birthDate": ["1961-06-06"]}, (register,))
        for number in (1, 2)
    ]
    assert joined(*holders)


def test_brothers_on_one_list_are_not_joined_by_what_other_lists_say():
    lists = ("us", "ca", "eu")
    elder = [person(f"{each}-1", "Orsin Maledd", birthDate="1961-06-06", nationality="by") for each in lists]
    younger = [person(f"{each}-2", "Orsen Maledd", birthDate="1964", nationality="by") for each in lists]
    for one in entities(*elder, *younger):
        assert len({identity[:2] for identity in one}) == len(one)


def twins(source: str, *names: str) -> list[Single]:
    return [
        person(f"{source}-{place}", name, birthDate="1961-06-06", nationality="by")
        for place, name in enumerate(names, 1)
    ]


TWINS = ("Orsin Talvek Maledd", "Orlin Talvek Maledd")


def test_twins_whom_every_list_prints_as_two_are_two():
    told = [each for source in ("us", "ca", "eu") for each in twins(source, *TWINS)]
    assert entities(*told) == {frozenset(f"{source}-{place}" for source in ("us", "ca", "eu")) for place in (1, 2)}


def test_twins_are_paired_off_by_name_whatever_place_lists_give_them():
    told = [*twins("us", *TWINS), *twins("ca", *reversed(TWINS))]
    assert entities(*told) == {frozenset({"us-1", "ca-2"}), frozenset({"us-2", "ca-1"})}


def test_a_record_without_numbers_does_not_join_firms_that_registers_tell_apart():
    here = company("us-7", "Talvek Works", innCode="7811038760")
    there = company("eu-7", "Talvek Works", innCode="1420041450")
    bare = company("ca-7", "Talvek Works")
    assert not joined(here, there)
    assert joined(here, bare)
    assert len(entities(here, there, bare)) == 2
    edges = weighed(comparable([here, there, bare])).edges
    assert edges.apart.sum() == 1
    assert edges.probability[edges.apart][0] > 0


BORN = ("1971-05-11", "1988-04-06")


@pytest.mark.parametrize("third", [{}, {"birthDate": "1971"}, {"birthDate": "1988"}])
def test_a_record_that_could_be_either_does_not_join_two_who_were_born_years_apart(third):
    elder, younger = (
        person(f"{each}-7", "Talvek Orsinovich Tornik", birthDate=born)
        for each, born in zip(("us", "ca"), BORN, strict=True)
    )
    bare = person("eu-7", "Talvek Orsinovich Tornik", **third)
    found = entities(elder, younger, bare)
    assert len(found) == 2
    assert not any({"us-7", "ca-7"} <= each for each in found)


def test_births_apart_are_kept_apart_only_where_somebody_could_join_them():
    elder, younger = (
        person(f"{each}-7", "Talvek Orsinovich Tornik", birthDate=born)
        for each, born in zip(("us", "ca"), BORN, strict=True)
    )
    assert not weighed(comparable([elder, younger])).edges.apart.any()


def test_a_slip_in_a_birth_year_parts_nobody():
    one, other = (
        person(f"{each}-7", "Talvek Orsinovich Tornik", birthDate=born)
        for each, born in (("us", "1980-05-02"), ("ca", "1950-05-02"))
    )
    assert joined(one, other)


@pytest.mark.parametrize(
    ("here", "there"), [("Borvast Shipping", "Pellagorn Chemicals"), ("Bank Melvar", "Bank Sadrek")]
)
def test_firms_with_one_number_of_no_register_and_unlike_names_are_two(here, there):
    assert not joined(
        *(company(f"{each}-7", name, registrationNumber="VK-777777") for each, name in (("us", here), ("ca", there)))
    )


def test_a_firm_keeps_its_number_when_it_is_renamed():
    names = ("Borvast Shipping", "Pellagorn Chemicals")
    assert joined(
        *(company(f"{each}-7", name, innCode="7707083893") for each, name in zip(("us", "ca"), names, strict=True))
    )


@pytest.mark.parametrize("names", [("Munir Maledd", "Tarif Akhrask"), ("Ivan Petrov Sidorek", "Pavel Petrov Sidorek")])
def test_people_with_one_passport_and_unlike_names_are_two_and_a_question(names):
    told = [
        person(f"{each}-7", name, passportNumber="AB1234567") for each, name in zip(("us", "ca"), names, strict=True)
    ]
    (chance,) = weighed(comparable(told)).edges.probability
    assert 0.2 < chance < 0.5


@pytest.mark.parametrize(
    ("printed", "both"),
    [
        ("Новая нефтяная компания (New Oil Company)", ("Новая нефтяная компания", "New Oil Company")),
        ("Talvek Brandik Kelmir (Russian: Халврен)", ("Talvek Brandik Kelmir", "Халврен")),
        ("LLC Halvren (ООО «Халврен»)", ("LLC Halvren", "ООО «Халврен»")),
        ("TABA (a.k.a. Halvren Brandik Works)", ("TABA", "Halvren Brandik Works")),
        ("Halvren Works (formerly Talvek Brandik)", ()),
        ("Halvren Works (f.k.a. Talvek Brandik)", ()),
        ("Halvren Works (branch in Talvek Brandik)", ()),
        ("Halvren Works (Moscow)", ()),
        ("Halvren Works (Saint Petersburg)", ()),
        ("Halvren (Pvt) Ltd", ()),
        ("Halvren (JSC)", ()),
        ("Halvren Works (HW)", ()),
        ("Halvren (Talvek) Brandik", ()),
    ],
)
def test_two_names_of_which_one_stands_in_brackets(printed, both):
    assert names_in_brackets(printed) == both


def test_a_name_in_brackets_is_a_name_of_its_own():
    printed = company("eu-7", "Новая нефтяная компания Халврен (Talvek Oil Brandik)")
    assert joined(printed, company("us-7", "Talvek Oil Brandik LLC"))
    (told,) = comparable([printed]).entities()
    assert told["properties"]["alias"] == ["Talvek Oil Brandik", "Новая нефтяная компания Халврен"]
    (of_person,) = comparable([person("eu-8", "Orsin Maledd (Talvek Brandik)")]).entities()
    assert "alias" not in of_person["properties"]


def test_a_reference_to_an_entry_of_another_list_joins_and_another_one_parts():
    un = company("un-1", "Sithmere Bureau", unscId="KPe.001")
    same = company("gb-1", "Office Thirty-Nine", alias="Sithmere Agency", unscId="KPe.001")
    assert joined(un, same)
    assert not joined(un, company("gb-1", "Sithmere Bureau", unscId="KPe.002"))


def test_what_speaks_against_two_entries_of_one_reference_is_weighed_though_names_leave_no_hope():
    one = person("un-1", "Orsin Maledd", unscId="KPi.001", birthDate="1961-06-06", nationality="kp", gender="male")
    other = person("gb-1", "Talvek Tornik", unscId="KPi.001", birthDate="1999-02-03", nationality="ru", gender="female")
    told = comparable([one, other])
    alone = Analysed([*told.entities()]).compare([(0, 1)])[0]
    odds = np.log(alone / (1 - alone)) + Lists().reference
    assert weighed(told).edges.probability == pytest.approx([1 / (1 + np.exp(-odds))])


def test_a_value_that_crowds_share_joins_nobody():
    many = RULES.hub + 1
    shared = {"phone": "+375 17 2223344", "address": "17 Harvod street, Minsk 220030", "idNumber": "ABX1000200"}
    crowd = [company(f"l{number}-1", f"{_word(number)} {_word(number * 7 + 3)}", **shared) for number in range(many)]
    told = comparable(crowd)
    found = weighed(told, rules=RULES)
    assert not (found.edges.probability > RULES.threshold).any()
    assert b"2223344" not in b"".join(told.told)
    few = comparable(crowd[: RULES.hub])
    assert b"2223344" in few.told[0]


def _word(number: int) -> str:
    """An invented word of its own for each number."""
    syllables = ["bra", "kel", "dov", "mir", "tas", "gun", "fel", "zor", "lim", "pad", "vex", "hul"]
    return "".join(syllables[number // 12**place % 12] for place in range(4)).title()


def test_members_of_a_group_are_all_compared_with_one_another():
    row = [
        person("us-1", "Orsin Maledd", alias=["Brandik Quillmar"], birthDate="1961-06-06", nationality="by"),
        person("ca-1", "Orsin Maledd", birthDate="1961-06-06", nationality="by"),
        person("eu-1", "Brandik Quillmar", birthDate="1961", nationality="by"),
    ]
    edges = weighed(comparable(row)).edges
    assert len(edges) == 3


def test_the_order_of_arrival_changes_no_edge():
    first = weighed(comparable(WORLD)).edges
    for ordered in list(permutations(WORLD))[::17]:
        edges = weighed(comparable(ordered)).edges
        for name in ("left", "right", "probability", "rest", "shared_by"):
            assert np.array_equal(getattr(edges, name), getattr(first, name))


def test_what_was_compared_is_not_compared_again():
    told = comparable(WORLD)
    first = weighed(told)
    again = weighed(told, first.comparisons)
    assert (first.taken, again.compared, again.taken) == (0, 0, first.compared)
    assert np.array_equal(first.edges.probability, again.edges.probability)


def test_a_changed_record_is_compared_anew_and_no_other():
    first = weighed(comparable(WORLD))
    changed = ORSIN_ABROAD._replace(properties={**ORSIN_ABROAD.properties, "birthDate": ["1961-06-07"]})
    after = weighed(comparable([changed if each is ORSIN_ABROAD else each for each in WORLD]), first.comparisons)
    touching = [
        len(candidates(comparable([changed, each]), hub=RULES.hub)[0].left)
        for each in WORLD
        if each is not ORSIN_ABROAD
    ]
    assert after.compared == sum(touching) > 0
    assert after.taken == len(after.edges) - after.compared
    scratch = weighed(comparable([changed if each is ORSIN_ABROAD else each for each in WORLD]))
    assert np.array_equal(after.edges.probability, scratch.edges.probability)


def test_comparisons_are_kept_and_damaged_ones_are_forgotten(tmp_path):
    found = weighed(comparable(WORLD)).comparisons
    file = tmp_path / "compared.parquet"
    assert not len(load(file))
    save(found, file)
    assert np.array_equal(load(file).keys, found.keys)
    whole = file.read_bytes()
    for damage in (whole[: len(whole) // 2], b"", whole[:40] + bytes(40) + whole[80:]):
        file.write_bytes(damage)
        assert len(load(file)) in (0, len(found))
    save(Comparisons(np.array([2, 1], np.uint64), np.array([0.5, 0.5])), file)
    assert not len(load(file))


def test_keys_of_names_are_kept_and_damaged_ones_are_forgotten(tmp_path):
    asked = [("Orsin Maledd", True), ("Halvren Trading House 39", False), ("!!", True)]
    names, file = NameKeys(), tmp_path / "names.parquet"
    keys = names.of(asked)
    rows = word_rows([keys])
    assert rows.names.tolist() == [0, 2]
    assert rows.words.tolist() == [0, 2, 5]
    assert (rows.keys[:1] < rows.keys[1:2]).all()
    assert len(rows.texts) == 5
    assert {"orsin", "halvren", ""} < {
        rows.letters[start:end].tobytes().decode() for start, end in zip(rows.starts, rows.starts[1:], strict=False)
    }
    names.save(file)
    assert NameKeys.load(file).of(asked) == keys
    file.write_bytes(file.read_bytes()[:-20])
    assert NameKeys.load(file).of(asked) == keys
    cut = NameKeys({"pOrsin Maledd": Keyed(keys[0].keys[:8], keys[0].words)})
    cut.of(asked[:1])
    cut.save(file)
    assert NameKeys.load(file).of(asked) == keys


def test_many_names_are_read_by_several_processes_to_the_same_words(monkeypatch):
    asked = [
        (f"{given} {family}", person)
        for given in ("Orsin", "Талвек")
        for family in ("Maledd", "39")
        for person in (True, False)
    ]
    alone = NameKeys().of(asked)
    monkeypatch.setattr("shellgame.settings.settings", lambda: Settings(processes=2))
    monkeypatch.setattr(name_keys, "_AT_ONCE", 3)
    monkeypatch.setattr(name_keys, "_FEW", 1)
    assert NameKeys().of(asked) == alone
    monkeypatch.setattr(name_keys, "_SERVE", "raise SystemExit(4)")
    with pytest.raises(ShellgameError, match=r"reads names ended with status 4 .* SHELLGAME_PROCESSES=1"):
        NameKeys().of(asked)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("معمر القذافي", "Muammar Gaddafi"),
        ("Lee Wu", "Li Woo"),
        ("Орсин Маледд", "Orsyn Maleddh"),
        ("张宏伟", "Chang Hungwei"),
    ],
)
def test_letters_are_no_evidence_against_names_of_another_script_and_short_ones(one, other):
    found, _ = candidates(comparable([person("a-1", one), person("b-1", other)]), hub=RULES.hub)
    assert len(found.left) == 1


def test_names_of_other_letters_are_no_candidates_though_their_consonants_are_the_same():
    for other, many in (("Leona Kashem", 1), ("Olinay Kuzmina", 0)):
        found, _ = candidates(comparable([person("a-1", "Leona Kashim"), person("b-1", other)]), hub=RULES.hub)
        assert len(found.left) == many


def test_a_crowded_key_leads_on_by_year_of_birth():
    many = 8
    namesakes = [person(f"l{number}-1", "Orsin Maledd", birthDate=f"{1950 + number // 2}") for number in range(many)]
    undated = [person(f"m{number}-1", "Orsin Maledd") for number in range(many)]
    found, _ = candidates(comparable([*namesakes, *undated]), Limits(words=4, rare=2), hub=RULES.hub)
    assert len(found.left) == many // 2
    assert set(found.met.tolist()) == {Met.WORDS}


def test_kinds_that_are_never_one_are_not_compared():
    ship = record("us-7", "Vessel", ["Orsin Maledd"], "", {"birthDate": "1961-06-06"})
    assert not len(weighed(comparable([ORSIN, ship])).edges)


def test_nobody_at_all():
    assert not len(weighed(comparable([])).edges)


def test_what_lists_know_can_be_changed():
    twice = [person(f"us-{number}", "Orsin Maledd", nationality="by", birthDate="1961") for number in (1, 2)]
    (chance,) = weighed(comparable(twice), lists=Lists(same_programme=0.0)).edges.probability
    assert chance > 0.5


@pytest.mark.parametrize(
    ("prop", "value", "keys"),
    [
        ("passportNumber", "AB 123456", ["number AB123456", "number 123456"]),
        ("unscId", " kpe.001 ", ["reference KPE.001"]),
        ("phone", "+375 (17) 222-33-44", ["contact phone 172223344"]),
        ("address", "17 Harvod street, Minsk", ["address 17 harvod street minsk"]),
        ("idNumber", "none", []),
        ("gender", "male", []),
    ],
)
def test_keys_of_values(prop, value, keys):
    assert [*keys_of(prop, value)] == keys


_SCHEMATA = ("Person", "Company", "LegalEntity", "Vessel")
_HOSTILE = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(_HOSTILE, _HOSTILE, _HOSTILE, st.sampled_from(_SCHEMATA)), max_size=6))
def test_no_text_breaks_anything(told):
    made = [
        record(
            f"s{number}-{number}",
            schema,
            [name, other],
            "",
            {"birthDate": value, "passportNumber": value, "phone": name},
        )
        for number, (name, other, value, schema) in enumerate(told)
    ]
    known = comparable(made)
    found = weighed(known)
    assert ((found.edges.probability >= 0) & (found.edges.probability <= 1)).all()
    assert len(cluster(Known(known.ids, found.edges)).ids) == len(made)


def test_like_names_of_people_born_apart_are_known_as_two_without_a_comparison():
    father, son = (person(f"{each}-1", *names, birthDate=born) for each, names, born in FAMILY)
    found = weighed(comparable([father, son]))
    assert found.compared == 0
    assert (found.edges.probability < 0.01).all()
    bridge = person("eu-1", "Orsin Maledd")
    assert all(not {"us-1", "ca-1"} <= each for each in entities(father, son, bridge))


FAMILY = (
    ("us", ["Orsin Talvek Maledd"], "1951"),
    ("ca", ["Brandik Orsin Talvek Maledd"], "1983-11-02"),
)


def test_a_group_that_hangs_together_at_a_ship_does_not_join_its_owner():
    ship = record("us-7", "Vessel", ["Emberlund"], "", {"flag": "pa", "imoNumber": "9417115"})
    owner = company("us-8", "Emberlund Corp", country="pa", imoNumber="5982254")
    unsaid = record("eu-7", "LegalEntity", ["Emberlund Corp", "Emberlund"], "", {"country": "pa"})
    assert all(not {"us-7", "us-8"} <= each for each in entities(ship, owner, unsaid))


def test_what_keeps_two_records_apart_is_told():
    records = comparable(
        [
            company("a-1", "Halvren Shipping", imoNumber="9074729"),
            company("b-1", "Halvren Shipping", imoNumber="9193197"),
            person("c-1", "Orsin Maledd", birthDate="1961-06-06"),
            person("d-1", "Orsin Maledd", birthDate="1975-02-03"),
            person("e-1", "Orsin Maledd", birthDate="1961-06-06"),
        ]
    )
    assert why_apart(records, 0, 1) == "their IMO numbers differ (9074729 / 9193197)"
    assert why_apart(records, 2, 3) == "they were born too far apart (1961-06-06 / 1975-02-03)"
    assert why_apart(records, 2, 4) == ""


def test_spellings_of_one_name_with_the_same_consonants_count_once():
    names = NameKeys()
    once, twice = names.of([("Orsin Maledd", True), ("Orsen Meladd", True)])
    assert once.keys == twice.keys
    records = comparable([person("a-1", "Orsin Maledd", "Orsen Meladd"), person("b-1", "Orsin Maledd")])
    alone = comparable([person("a-1", "Orsin Maledd"), person("b-1", "Orsin Maledd")])
    for one, other in zip(candidates(records, hub=RULES.hub)[0], candidates(alone, hub=RULES.hub)[0], strict=True):
        assert one.tolist() == other.tolist()
