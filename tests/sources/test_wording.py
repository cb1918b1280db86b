"""Days, sentences, relations and labelled facts in publishers' prose."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellgame.sources.facts import facts_in
from shellgame.sources.relations import Names, printed_name, relations_in
from shellgame.sources.wording import days_in, is_blank, script_language, sentences, short_form

REFERENCE = re.compile(r"\((XX[ie]\.\d{3})\)")


@pytest.mark.parametrize(
    ("text", "days", "rough", "unread"),
    [
        ("26 Dec. 1955", ["1955-12-26"], False, ""),
        ("1964.\xa0", ["1964"], False, ""),
        ("1956-1957", ["1956", "1957"], True, ""),
        ("Approximately 1970-1973", ["1970", "1973"], True, ""),
        ("Between 1963 to 1968", ["1963", "1968"], True, ""),
        ("Between Aug. and Sep 1977", ["1977-08", "1977-09"], True, ""),
        ("a)1994 b)1993", ["1994", "1993"], False, ""),
        ("14/10/1974;     b) 19/11/ 1974", ["1974-10-14", "1974-11-19"], False, ""),
        ("3 Mar 1971 >> 8 Aug 1972", ["1971-03-03", "1972-08-08"], False, ""),
        ("1972-08-10 or 1972-08-11", ["1972-08-10", "1972-08-11"], False, ""),
        ("born in the early 1970s", [], True, "the early 1970s"),
        ("30-35 years old", [], False, "30-35 years old"),
        ("24/06/1402 (Hijri Calendar)", [], False, "24/06/1402 Hijri Calendar"),
        ("23-Apr-68", [], False, "23-Apr-68"),
        ("10/061962", [], False, "10/061962"),
        ("31234", [], False, "31234"),
        ("31/02/1970", [], False, "31/02/1970"),
    ],
)
def test_every_day_in_a_text_is_found_and_the_rest_is_told(
    text: str, days: list[str], rough: bool, unread: str
) -> None:
    said = days_in(text)
    assert ([day for day, _ in said.days], said.rough, said.unread) == (days, rough, unread)


@given(st.text(alphabet="019/-. aM()y\xa0;", max_size=60))
def test_no_text_of_days_breaks_the_reading(text: str) -> None:
    for day, printed in days_in(text).days:
        assert printed in text
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", day)


@given(st.text(alphabet="aB. D(1)ec,", max_size=80))
def test_sentences_lose_no_letter(text: str) -> None:
    kept = "".join(sentences(text))
    assert [letter for letter in kept if letter.isalnum()] == [letter for letter in text if letter.isalnum()]


def test_an_abbreviated_month_or_name_ends_no_sentence() -> None:
    assert sentences("Died on 3 Dec. 2011. Dr. Example of K. Works Ltd. Minsk was there.") == [
        "Died on 3 Dec. 2011", "Dr. Example of K. Works Ltd. Minsk was there.",
    ]  # fmt: skip


def test_blank_words_are_blank() -> None:
    assert all(is_blank(text) for text in (None, "", " ", "na", "N/A", "Unknown", "-"))
    assert not is_blank("Nauru")


@pytest.mark.parametrize(
    ("name", "language"),
    [("გიორგი", "kat"), ("ひらがな漢字", "jpn"), ("漢字", None), ("Иван", None), ("Ali علي", None), ("12", None)],
)
def test_only_a_script_of_one_language_tells_it(name: str, language: str | None) -> None:
    assert script_language(name) == language


def test_a_place_in_brackets_is_no_abbreviation() -> None:
    assert short_form("Salt Works (Gabon)") is short_form("Salt Works (Kyaka)") is None
    assert short_form("Salt Works of Kyaka (SWoK)") == ("Salt Works of Kyaka", "SWoK")


def relations(text: str) -> list[tuple[str, bool, str | None, str]]:
    return [(each.role, each.kinship, each.reference, each.name) for each in relations_in(text, REFERENCE)]


def test_each_reference_has_the_relation_that_stands_before_it() -> None:
    assert relations(
        "Brother of Ann Example (XXi.001) and uncle of Bob Example (XXi.002). Linked to Salt Works (SW) (XXe.003)."
    ) == [
        ("brother of", True, "XXi.001", "Ann Example"),
        ("uncle of", True, "XXi.002", "Bob Example"),
        ("linked to", False, "XXe.003", "Salt Works"),
    ]


def test_kin_of_somebody_else_in_the_sentence_is_no_kinship() -> None:
    assert relations("Headed by his son Bob Example (XXi.002), brother of Ann Example (XXi.001)") == [
        ("headed by", False, "XXi.002", "his son Bob Example"),
        ("brother of", False, "XXi.001", "Ann Example"),
    ]


def test_without_a_reference_only_an_opening_relation_is_told() -> None:
    assert relations("He is the son-in-law of Ann Example, a miller. The mill is owned by Salt Works.") == [
        ("son-in-law of", True, None, "Ann Example")
    ]
    assert relations("Owned or controlled by, or acts on behalf of, the Salt Works, which is big") == [
        ("owned or controlled by, or acts on behalf of", False, None, "Salt Works")
    ]


def test_a_name_borne_by_two_is_nobodys() -> None:
    names = Names()
    names.add("Ann Exámple", "a")
    names.add("Bob Example", "b")
    names.add("BOB EXAMPLE", "c")
    assert (names.only("ann example"), names.only("Bob Example"), names.only("Carl")) == ("a", None, None)
    assert names.ending("the well-known miller Ann Example") == "a"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("announced by Omar bin Example", "Omar bin Example"),
        ("support for Salt Works, Pepper Works", "Pepper Works"),
        ("the group", ""),
        ("", ""),
    ],
)
def test_a_printed_name_is_the_run_of_capitals_at_the_end(words: str, name: str) -> None:
    assert printed_name(words) == name


def test_facts_carry_their_label() -> None:
    text = (
        "Father’s name: Abel Example. Name of mother Cora Example. SWIFT/BIC: SALTLYLYXXX, Fax: +218 00 11111, 22222222. "
        "Web: https://salt.example/en. Notice: https://www.interpol.int/en/x. VAT Number BE00480224. Room 1234567."
    )
    assert {(fact.prop, fact.value) for fact in facts_in(text)} == {
        ("fatherName", "Abel Example"), ("motherName", "Cora Example"), ("swiftBic", "SALTLYLYXXX"), ("phone", "+218 00 11111"),
        ("phone", "22222222"), ("website", "https://salt.example/en"), ("taxNumber", "BE00480224"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "unit",
    [
        "a ",
        "1 ",
        "(",
        "Tel: 1",
        "brother of A ",
        "(XX",
        "A. ",
        "passport 1 ",
        "1/1/",
        "was ",
        "Jan. and ",
        "member of A (XXi.001) ",
    ],
)
def test_a_remark_made_to_be_slow_is_read_in_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    start = time.perf_counter()
    list(relations_in(text, REFERENCE))
    list(facts_in(text))
    days_in(text[:20_000])
    assert time.perf_counter() - start < 5
