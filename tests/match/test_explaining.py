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
        ("Ivan Maledd", "John Maledd", True, ("Ivan", "John", How.NICKNAME, "")),
        ("Володимир Маледд", "Vladimir Maledd", True, ("Володимир", "Vladimir", How.NICKNAME, "reads volodimir")),
        ("Mehmet Maledd", "محمد ماليد", True, ("Mehmet", "محمد", How.NICKNAME, "reads mhmd")),
        ("Hassan Maledd", "حسن ماليد", True, ("Hassan", "حسن", How.SCRIPT, "reads hsn")),
        ("Мохаммед Маледд", "محمد ماليد", True, ("Мохаммед", "محمد", How.SCRIPT, "read mokhammed and mhmd")),
        ("Yousef Maledd", "Yusuf Maledd", True, ("Yousef", "Yusuf", How.ALIKE, "extra o, e for u")),
        ("Малєдд Орсин", "Маледд Орсин", True, ("Малєдд", "Маледд", How.ALIKE, "є for е")),
        ("Утькин Маледд", "Уткин Маледд", True, ("Утькин", "Уткин", How.ALIKE, "extra ь")),
        ("Lee Ming", "李明", True, ("Lee", "李", How.SCRIPT, "reads li")),
        ("Russia Halvren", "Russian Federation Halvren", False, ("Russia", "Russian Federation", How.SYNONYM, "")),
        ("Halvren IV", "Halvren 4", False, ("IV", "4", How.SYNONYM, "")),
        ("M\u0430ledd Orsin", "Maledd Orsin", True, ("M\u0430ledd", "Maledd", How.DISGUISED, "")),
        ("M4ledd Orsin", "Maledd Orsin", True, ("M4ledd", "Maledd", How.DISGUISED, "")),
        ("Mal\u200bedd Orsin", "Maledd Orsin", True, ("Mal\u200bedd", "Maledd", How.DISGUISED, "")),
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
        ("Halvren Fund", "Halvren Fund VII", False, About.NUMBERS, "only the listed name has a number: VII"),
        ("Trading LLC", "General Trading House", False, About.LITTLE, "the query has only words that many others have"),
        ("???", "Orsin", True, About.LITTLE, "the query has no word that can be compared"),
        (
            "Orsin Maledd",
            "Orsin Talvekovich Maledd",
            True,
            About.FATHER,
            "only the listed name has Talvekovich: a father's name or nickname",
        ),
        (
            "Orsin Maratovich Maledd",
            "Orsin Talvekovich Maledd",
            True,
            About.FATHER,
            "another father's name or nickname: Maratovich",
        ),
        (
            "M\u0430ledd",
            "Maledd",
            True,
            About.DISGUISE,
            "warning sign in the query: the second letter of M\u0430ledd is",
        ),
        (
            "Maledd",
            "M4ledd",
            True,
            About.DISGUISE,
            "warning sign in the listed name: digits stand for letters: 4 for 'a'",
        ),
        ("Ivan Maledd", "Ivan Maledd", True, About.WEIGHT, "the likeness rests on Maledd; Ivan would fit many others"),
        ("O. Maledd", "Orsin Maledd", True, About.WEIGHT, "the likeness rests on Maledd; O. would fit many others"),
        ("Orsin Maledd", "O. Maledd", True, About.WEIGHT, "the likeness rests on Maledd; O. would fit many others"),
        ("Orsin Maledd", "اورسين ماليد", True, About.READING, "Arabic letters leave short vowels out"),
        ("Wang Orsin", "王 Orsin", True, About.READING, "Chinese characters are told by their sound in Mandarin"),
        ("Orsin Maledd", "Orsin Talvek", True, About.REPLACED, "the query has Maledd where the listed name has Talvek"),
        ("Orsin", "Talvek", True, About.NOTHING, "no word met: Orsin in the query, Talvek in the listed name"),
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
            "The same in Arabic letters: عبدالرحمن for Abdul Rahman (reads abdrhmn). Arabic letters leave short vowels out, "
            "so that other names are written the same.",
        ),
        ("Dr. Orsin Maledd", "Dr. Orsin MALEDD", True, "All words the same: Orsin Maledd."),
        ("Orsin 'Maledd'", "Orsin Maledd", True, "All words the same: Orsin Maledd."),
        ("Orsin Maled", "MALEDD, Orsin", True, "Same: Orsin. Spelt differently: Maled for MALEDD (d missing)."),
        (
            "Орсин Т. Маледд",
            "Orsin Talvek MALEDD",
            True,
            "The same in Cyrillic letters: Орсин for Orsin (reads orsin), Маледд for MALEDD (reads maledd). "
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
            "Same: Halvren. Only in the listed name: Talvek 7. The numbers differ: 5 in the query, 7 in the listed name.",
        ),
        (
            "Orsin Maledd",
            "Orsin Talvekovich Maledd",
            True,
            "Same: Orsin Maledd. Only the listed name has Talvekovich: a father's name or nickname, which is often left out "
            "and counts less.",
        ),
        (
            "Ors\u0456n Maledd",
            "ORSIN MALEDD",
            True,
            "Warning sign in the query: the fourth letter of Ors\u0456n is Cyrillic '\u0456', not Latin 'i'. Same: Maledd. The "
            "same but disguised: Ors\u0456n for ORSIN.",
        ),
        (
            "Orsin Marid",
            "Маритт Орсин",
            True,
            "The same in Cyrillic letters: Orsin for Орсин (reads orsin). Alike in Cyrillic letters: Marid for Маритт "
            "(reads maritt, 82% alike). The words are turned round, as where the family name comes first.",
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


def test_common_words_together_may_tell_little():
    told = names_met("Orsin Talvek", "Orsin Talvek", person=True, bits=[6.0, 7.0]).remarks
    assert [remark.words for remark in told] == ["Orsin and Talvek would fit many others, so the names tell little"]


@pytest.mark.parametrize("bits", [[11.0, 12.0], [8.0, 8.0]])
def test_words_that_tell_enough_together_are_not_weighed_one_by_one(bits):
    assert names_met("Orsin Talvek", "Orsin Talvek", person=True, bits=bits).remarks == ()


def test_how_telling_a_pair_is_stands_with_it():
    met = names_met("Orsin Talvek Maledd", "Talvek Orsin", person=True, bits=[6.0, 12.0])
    assert {pair.query: pair.bits for pair in met.tokens} == {"Orsin": 12.0, "Talvek": 6.0}


def test_a_sign_that_turns_the_writing_round_is_told_and_does_not_turn_the_reasons():
    text = explanation("Orsin \u202eddelaM", "Orsin Maledd", person=True).text
    assert text.startswith("Warning sign in the query: a sign that turns the direction of writing")
    assert "\u202e" not in text


def test_an_article_that_belongs_to_a_word_is_not_told_as_left_out():
    remarks = names_met("Abdul Maledd", "Abd-al-Maledd", person=True).remarks
    assert [remark.about for remark in remarks] == [About.WEIGHT]


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("Dr. Orsin Maledd", "DR Orsin Maledd"),
        ("Prof. Dr. Orsin Maledd", "Dr. Prof. Orsin Maledd"),
        ("Prof. Orsin Maledd Dr.", "Prof. Dr. Orsin Maledd"),
    ],
)
def test_a_title_that_both_names_have_is_not_told_as_left_out(query, listed):
    assert names_met(query, listed, person=True).remarks == ()


def test_of_several_titles_only_those_of_one_name_are_told_as_left_out():
    remarks = names_met("Dr. Orsin Maledd", "Dr. (Prof.) Orsin Maledd", person=True).remarks
    assert [remark.words for remark in remarks] == ["left out of the listed name: Prof."]


@pytest.mark.parametrize("turned", [False, True])
def test_a_title_that_is_read_as_a_name_on_one_side_is_told_of_both(turned):
    names = ("Sheikh Maledd", "Sheikh Orsin Maledd")
    text = explanation(*(reversed(names) if turned else names), person=True).text
    assert "Counts less: Sheikh (title)." in text
    assert "Left out" not in text


def test_a_family_name_that_is_a_title_on_the_other_side_is_told_as_left_out_there():
    assert (
        "Left out of the listed name: Sheikh." in explanation("Orsin Sheikh", "Sheikh Orsin Maledd", person=True).text
    )
