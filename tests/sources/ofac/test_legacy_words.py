"""Names, programmes and towns as OFAC prints them: taken apart without a word lost or a guess made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellgame.sources.ofac import programs
from shellgame.sources.ofac.names import name_key, person_name
from shellgame.sources.ofac.programs import program_key
from shellgame.sources.ofac.towns import town

words = st.lists(st.text(st.characters(categories=["Lu", "Ll"]), min_size=1, max_size=12), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("printed", "given_names", "patronymic", "last", "full"),
    [
        ("TURNIP, Viktor Ivanovich", "Viktor", "Ivanovich", "TURNIP", "Viktor Ivanovich TURNIP"),
        ("TURNIP, Olga Il'inichna", "Olga Il'inichna", "", "TURNIP", "Olga Il'inichna TURNIP"),
        ("TURNIP, Olga Ivanovna", "Olga", "Ivanovna", "TURNIP", "Olga Ivanovna TURNIP"),
        ("TURNIP, Yong Chol", "Yong Chol", "", "TURNIP", "Yong Chol TURNIP"),
        ("TURNIP, Hassan Abdullah Omar", "Hassan Abdullah Omar", "", "TURNIP", "Hassan Abdullah Omar TURNIP"),
        ("TURNIP, Jr., Juan", "Juan", "", "TURNIP", "Juan TURNIP Jr."),
        ("MAMA TURNIP", "", "", "", "MAMA TURNIP"),
        (",", "", "", "", ","),
    ],
)
def test_a_person_is_known_by_what_stands_before_and_behind_the_comma(
    printed: str, given_names: str, patronymic: str, last: str, full: str
) -> None:
    name = person_name(printed)
    assert (name.given, name.patronymic, name.last, name.full) == (given_names, patronymic, last, full)


@given(last=words, first=words)
def test_no_word_of_a_name_is_lost(last: list[str], first: list[str]) -> None:
    name = person_name(f"{' '.join(last)}, {' '.join(first)}")
    assert sorted(name.full.split()) == sorted(" ".join([*last, *first]).split())


@given(st.text(max_size=40))
def test_the_key_of_a_name_is_its_own_key(printed: str) -> None:
    assert name_key(name_key(printed)) == name_key(printed) or not printed.isascii()


@pytest.mark.parametrize("printed", ["Turnip Trading S.A.", "TURNIP  TRADING S.A", " turnip trading s.a. "])
def test_case_blanks_and_a_final_stop_do_not_tell_names_apart(printed: str) -> None:
    assert name_key(printed) == "turnip trading s.a"


def test_every_tag_belongs_to_one_programme() -> None:
    tags = [tag for printed in programs._TAGS.values() for tag in printed.split(", ")]
    assert len(tags) == len(set(tags))


@pytest.mark.parametrize(
    ("tag", "key"),
    [
        ("BELARUS", "US-BRUS"),
        ("LIBYA3", "US-LIBYA"),
        ("RUSSIA-EO14024", "US-RUSHAR"),
        ("CAATSA - RUSSIA", "CAATSA - RUSSIA"),
    ],
)
def test_a_tag_without_a_known_programme_stands_for_itself(tag: str, key: str) -> None:
    assert program_key(tag) == key


@pytest.mark.parametrize(
    ("printed", "city", "region", "code"),
    [
        ("Havana", "Havana", "", ""),
        ("Moscow 105318", "Moscow", "", "105318"),
        ("London EC3N 1DY", "London", "", "EC3N 1DY"),
        ("Toronto, Ontario M5C 2V3", "Toronto", "Ontario", "M5C 2V3"),
        ("Tehran 19977-66411", "Tehran", "", "19977-66411"),
        ("Siedlce 08-110", "Siedlce", "", "08-110"),
        ("Istanbul, 34467", "Istanbul", "", "34467"),
        ("Culiacan, Sinaloa C.P. 80020", "Culiacan", "Sinaloa", "80020"),
        ("A, B, C, D", "A, B, C, D", "", ""),
        ("Dublin 2", "Dublin 2", "", ""),
        ("079120", "", "", "079120"),
    ],
)
def test_a_town_is_taken_apart_where_its_wording_is_plain(printed: str, city: str, region: str, code: str) -> None:
    assert tuple(town(printed)) == (city, region, code)
