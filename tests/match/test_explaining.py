"""What an explanation tells of two names: all that lowered or raised the score, in the words of the query and of the list."""

from __future__ import annotations

import pytest

from shellgame.match.explaining import explanation, names_met
from shellgame.match.hits import About, How


@pytest.mark.parametrize(
    ("query", "listed", "person", "pair"),
    [
        ("Orsin Maledd", "ORSIN MALEDD", True, ("Orsin", "ORSIN", How.SAME, "")),
        ("Orsin Máledd", "ORSIN MALEDD", True, ("Máledd", "MALEDD", How.SAME, "")),
        ("Orsin Maled", "Orsin Maledde", True, ("Maled", "Maledde", How.ALIKE, "de missing")),
        ("Orsyn Maledd", "Orsin Maledd", True, ("Orsyn", "Orsin", How.ALIKE, "y for i")),
        ("Orsin Maledd", "Орсин Маледд", True, ("Orsin", "Орсин", How.SCRIPT, "reads orsin")),
        ("O. Maledd", "Orsin Maledd", True, ("O.", "Orsin", How.INITIAL, "")),
        ("Bill Maledd", "William Maledd", True, ("Bill", "William", How.NICKNAME, "")),
        ("Talvek Maled Orsin", "Talvekmaled Orsin", True, ("Talvek Maled", "Talvekmaled", How.JOINED, "")),
        ("Talvekmaled Orsin", "Talvek Maled Orsin", True, ("Talvekmaled", "Talvek Maled", How.JOINED, "")),
        ("Halvren Internat", "Halvren International", False, ("Internat", "International", How.SHORTENED, "")),
        ("Halvren LLC", "Halvren", False, ("LLC", "", How.IGNORED, "legal form")),
        ("Halvren", "Halvren L.L.C.", False, ("", "L.L.C.", How.IGNORED, "legal form")),
        ("Halvren Co., Ltd.", "Halvren LLC", False, ("Co., Ltd.", "LLC", How.IGNORED, "legal form")),
        ("Halvren Trading", "Halvren", False, ("Trading", "", How.IGNORED, "common word")),
    ],
)
def test_how_words_met_is_told_as_they_are_printed(query, listed, person, pair):
    met = names_met(query, listed, person=person)
    assert pair in {(each.query, each.listed, each.how, each.note) for each in met.tokens}


def test_words_without_a_like_are_told_by_their_side():
    met = names_met("Halvran Talvek LLC", "Halvren Orsin Co.", person=False)
    assert ("Halvran", "Halvren") in {(pair.query, pair.listed) for pair in met.tokens}
    assert (met.missing, met.surplus) == (("Orsin",), ("Talvek",))


def test_common_words_count_where_there_are_no_others():
    met = names_met("General Trading", "General Group", person=False)
    assert [pair.query for pair in met.tokens] == ["General"]
    assert (met.missing, met.surplus) == (("Group",), ("Trading",))


@pytest.mark.parametrize(
    ("query", "listed", "person", "about", "words"),
    [
        ("Maledd Orsin", "Orsin Maledd", True, About.ORDER, "turned round, as where the family name comes first"),
        ("Talvek Orsin Maledd", "Orsin Talvek Maledd", True, About.ORDER, "another order"),
        ("Halvren Fund 5", "Halvren Fund 7", False, About.NUMBERS, "5 in the query, 7 in the listed name"),
        ("Halvren Fund", "Halvren Fund VII", False, About.NUMBERS, "none in the query, VII in the listed name"),
        ("Trading LLC", "General Trading House", False, About.LITTLE, "the query has only words that many others have"),
        ("???", "Orsin", True, About.LITTLE, "the query has no word that can be compared"),
        ("Orsin Maledd", "Orsin Talvekovich Maledd", True, About.FATHER, "counts less: Talvekovich"),
        (
            "Orsin Maratovich Maledd",
            "Orsin Talvekovich Maledd",
            True,
            About.FATHER,
            "another father's name or nickname: Maratovich",
        ),
        ("Dr. Orsin Maledd", "Orsin Maledd", True, About.TITLES, "left out of the query: Dr."),
        ("Orsin Maledd", "Orsin (aka Tiger) Maledd", True, About.TITLES, "left out of the listed name: aka Tiger"),
    ],
)
def test_what_two_names_are_as_wholes_is_told(query, listed, person, about, words):
    met = names_met(query, listed, person=person)
    assert [remark.about for remark in met.remarks if words in remark.words] == [about]


@pytest.mark.parametrize("name", ["MALEDD, Orsin", "Orsin  MALEDD", "orsin maledd"])
def test_a_comma_is_no_other_order(name):
    assert names_met(name, "Orsin Maledd", person=True).remarks == ()


def test_words_beyond_those_compared_are_not_told_as_missing():
    many = " ".join(f"Talvek{chr(97 + number)}" for number in range(26))
    met = names_met("Talveka Talvekb", many, person=False)
    assert len(met.missing) == 18
    assert [remark.words for remark in met.remarks] == ["only the first 20 words of the listed name are compared"]


@pytest.mark.parametrize(
    ("query", "listed", "person", "text"),
    [
        ("Orsin Maledd", "MALEDD, Orsin", True, "All words the same: Orsin Maledd."),
        ("Halvren Trading LLC", "HALVREN TRADING, LLC", False, "All words the same: Halvren Trading LLC."),
        ("Abdulrahman Halvren", "ABDULRAHMAN HALVREN", True, "All words the same: Abdulrahman Halvren."),
        (
            "Abdulrahman Halvren",
            "Abdul Rahman HALVREN",
            True,
            "Same: Halvren. Written together or apart: Abdulrahman for Abdul Rahman.",
        ),
        (
            "عبدالرحمن",
            "Abdul Rahman",
            True,
            "In another script or romanisation: عبدالرحمن for Abdul Rahman (reads abdrhmn).",
        ),
        ("Dr. Orsin Maledd", "Dr. Orsin MALEDD", True, "All words the same: Orsin Maledd."),
        ("Orsin 'Maledd'", "Orsin Maledd", True, "All words the same: Orsin Maledd."),
        ("Orsin Maled", "MALEDD, Orsin", True, "Same: Orsin. Spelt differently: Maled for MALEDD (d missing)."),
        (
            "Орсин Т. Маледд",
            "Orsin Talvek MALEDD",
            True,
            "In another script or romanisation: Орсин for Orsin (reads orsin), Маледд for MALEDD (reads maledd). "
            "Initial: Т. for Talvek.",
        ),
        (
            "Halvren",
            "HALVREN COMPANY FOR GENERAL TRADING LLC",
            False,
            "The telling words are the same: Halvren. Counts less: COMPANY FOR GENERAL TRADING (common words, only in "
            "the listed name), LLC (legal form, only in the listed name).",
        ),
        (
            "Halvren 5",
            "Halvren Talvek 7",
            False,
            "Same: Halvren. Only in the listed name: Talvek 7. Only in the query: 5. The numbers differ: 5 in the query, "
            "7 in the listed name.",
        ),
    ],
)
def test_the_reasons_read_as_sentences(query, listed, person, text):
    assert explanation(query, listed, person=person).text == text


def test_any_two_texts_have_an_explanation():
    texts = ["", " ", "???", "a" * 10_000, "x " * 5000, "\u202e\u200b", "王小明", "عبد الله", "=1+1", "O'", "\ud800"]
    for one in texts:
        for other in texts:
            for person in (True, False):
                assert isinstance(explanation(one, other, person=person).text, str)
