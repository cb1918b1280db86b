"""Names fall into tokens that mean the same however the name is printed."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shellgame.names import vocabulary
from shellgame.names.analysis import analyse
from shellgame.names.folding import fold
from shellgame.names.token import Kind

ANY_TEXT = st.text(st.characters(), max_size=40)
NAME_TEXT = st.text(
    st.sampled_from("abdelzinoryABDELMN'’.,&- 01IVXéßıøŁмирАВ习近平김정은محمدالعبد·\u200f\u00ad()/（"), max_size=30
)
# What looks one way in capitals and another in small letters is told apart by its look, and ™ is no part of a name.
NOT_THE_SAME = re.compile("[\u0370-\u03ff™℠]")


def texts(name, *, person):
    return [token.text for token in analyse(name, person=person)]


def kinds(name, *, person):
    return [(token.text, token.kind.name) for token in analyse(name, person=person)]


@settings(deadline=None, max_examples=400)
@given(ANY_TEXT | NAME_TEXT | st.text(st.characters(categories=["Cs", "Mn", "Cf", "So"])), st.booleans())
@example("\ud800", True)
@example("😀〝", False)
@example("...", True)
def test_any_text_gives_plain_tokens(name, person):
    for token in analyse(name, person=person):
        assert re.fullmatch("[a-z0-9]+", token.text)


@settings(deadline=None, max_examples=400)
@given(ANY_TEXT | NAME_TEXT, st.booleans())
def test_unicode_form_case_and_white_space_change_nothing(name, person):
    tokens = analyse(name, person=person)
    assert analyse(unicodedata.normalize("NFC", name), person=person) == tokens
    assert analyse(unicodedata.normalize("NFD", name), person=person) == tokens
    assert analyse(f"\u00a0{name}\t\u3000", person=person) == tokens
    if not NOT_THE_SAME.search(unicodedata.normalize("NFKC", name)):
        assert analyse(unicodedata.normalize("NFKC", name), person=person) == tokens
        assert analyse(name.upper(), person=person) == tokens
        assert analyse(name.lower(), person=person) == tokens


@pytest.mark.parametrize("person", [True, False])
@pytest.mark.parametrize("filler", ["N/A", "n/a", "#N/A", "#REF!", "<null>", r"\N", "Ｎ／Ａ", "N\u200b/A", "＜null＞"])
def test_what_programs_put_into_a_name_counts_for_nothing(filler, person):
    told = analyse("Orsin Maledd", person=person)
    for name in (f"Orsin Maledd {filler}", f"{filler} Orsin Maledd", f"Orsin {filler}\u00a0Maledd {filler}"):
        assert analyse(name, person=person) == told
    assert analyse(f"Orsin Maledd {filler}x", person=person) != told


@pytest.mark.parametrize("person", [True, False])
def test_a_name_of_nothing_but_fillers_stays_what_it_is(person):
    for name in ("N/A", "N/A \u200b", "#N/A ,", r"\N"):
        assert analyse(name, person=person)


@settings(deadline=None)
@given(NAME_TEXT, st.sampled_from("\u200b\u200e\u202e\u00ad\ufe0f\u2060\ufeff"), st.integers(0, 30), st.booleans())
def test_invisible_characters_change_nothing(name, invisible, place, person):
    assert analyse(name[:place] + invisible + name[place:], person=person) == analyse(name, person=person)


@pytest.mark.parametrize("name", ["", "  ", "...", "()", "\u200f", "'", ",", "- & ,"])
def test_what_holds_no_word_gives_no_tokens(name):
    assert analyse(name, person=True) == analyse(name, person=False) == ()


@pytest.mark.parametrize("sign", ["a", "a ", "د", "习", "I ", ", ", "abdul ", "mr ", "😀", "al-", "co & "])
def test_endless_names_end(sign):
    for person in (True, False):
        assert len(analyse(sign * 10_000, person=person)) <= 64


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("HALVREN, Bashar", ["bashar", "halvren"]),
        ("Halvren, Jr.", ["halvren"]),
        ("Smith, John, PhD", ["john", "smith"]),
        ("O’Neil", ["oneil"]),
        ("O Neil", ["oneil"]),
        ("Joon-ng", ["joon", "ng"]),
        ("J.F. Halvren", ["j", "f", "halvren"]),
        ("V.Halvren", ["v", "halvren"]),
        ("Mc Donald", ["mcdonald"]),
        ("Vl\u0430dimir", ["vladimir"]),
        ("Pυtin", ["putin"]),
        ("V1adimir", ["vladimir"]),
        ("M0hamed", ["mohamed"]),
        ("Ｍüller", ["muller"]),
        ("Dr. Ing. Ludwig Halvren", ["ludwig", "halvren"]),
        ("Lt. Col. John Halvren Jr.", ["john", "halvren"]),
        ("Haji", ["haji"]),
        ("Mullah Omar Halvren", ["omar", "halvren"]),
        ("д-р Иван Иванов", ["ivan", "ivanov"]),
        ("习近平", ["xi", "jinping"]),
        ("欧阳修", ["ouyang", "xiu"]),
        ("习近平先生", ["xi", "jinping"]),
        ("弗拉基米尔·普京", ["fulajimier", "pujing"]),
        ("김정은", ["kim", "jung", "eun"]),
        ("Salah al-Din", ["salahuddin"]),
        ("Salah Uddin", ["salahuddin"]),
        ("Salaheddine", ["salahuddin"]),
        ("Habib Ullah", ["habibullah"]),
        ("Mohammadreza", ["mohammad", "reza"]),
        ("Mohammad Reza", ["mohammad", "reza"]),
        ("His Excellency Ivan Halvren", ["ivan", "halvren"]),
        ("Abu Bakr Halvren", ["abubakr", "halvren"]),
    ],
)
def test_persons_names(name, tokens):
    assert texts(name, person=True) == tokens


@pytest.mark.parametrize(
    "name",
    [
        "Dr. MALEDOV, Orsin",
        "MALEDOV, Dr. Orsin",
        "MALEDOV, Orsin, Ph.D.",
        "MALEDOV, Jr., Orsin",
        "MALEDOV III, Orsin",
        "MALEDOV, Orsin III",
        "Lt. Gen. MALEDOV, Orsin (Retd.)",
        "H.E. Orsin Maledov",
        "H.R.H. Orsin Maledov",
        "Mgr. Ing. Orsin Maledov CSc.",
        "Deputy Prime Minister Orsin Maledov",
        "Vice Admiral Orsin Maledov",
        "Orsin Maledov (deceased)",
        "Orsin Maledov, deceased",
        "Orsin Maledov (1961-2020)",
        "Orsin Maledov, born in Zrepp on 6 June 1961",
        "Orsin Maledov (DOB 06.06.1961; passport AB 1)",
        "Orsin Maledov [original script: Орсин Маледов]",
        "MALEDOV (a.k.a. BRANDIK), Orsin",
        "Orsin Maledov a.k.a. Talvek Brandik",
        "Orsin Maledov alias Talvek",
        "Orsin Maledov, also known as Talvek",
        "Orsin Maledov (formerly Brandik)",
        "Orsin Maledov, Commander of the Third Fleet",
        "1) Orsin 2) Maledov",
        "Fnu Orsin Maledov",
        "Orsin Maledov 3rd",
        "The Right Honourable Orsin Maledov",
        "Orsin Maledov (Belarus)",
        "Orsin Maledov (Орсин Маледов)",
        "Orsin Maledov / Орсин Маледов",
        "Orsin Maledov d.o.b. 06.06.1961",
        "Orsin Maledov, Director",
        "Tan Sri Al-Hajj Orsin Maledov",
    ],
)
def test_what_is_printed_beside_a_name_is_none_of_it(name):
    assert texts(name, person=True) == ["orsin", "maledov"]


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ('Orsin "Maledov"', [("orsin", "WORD"), ("maledov", "WORD")]),
        ("'Isa ibn 'Ali", [("isa", "WORD"), ("ibn", "PARTICLE"), ("ali", "WORD")]),
        ("Orsin S/O Talvek", [("orsin", "WORD"), ("bin", "PARTICLE"), ("talvek", "WORD")]),
        (
            "Orsina Maledova née Brandik",
            [*[(n, "WORD") for n in ("orsina", "maledova")], ("nee", "PARTICLE"), ("brandik", "WORD")],
        ),
        ("Orsin (Talvek) Maledov", [("orsin", "WORD"), ("talvek", "WORD"), ("maledov", "WORD")]),
        ("Maledov, J.K.", [("j", "INITIAL"), ("k", "INITIAL"), ("maledov", "WORD")]),
        ("Jean Paul Aka Maledd", [(n, "WORD") for n in ("jean", "paul", "aka", "maledd")]),
        ("Maledd, Aka", [("aka", "WORD"), ("maledd", "WORD")]),
        ("MALEDOV, 0rsin", [("orsin", "WORD"), ("maledov", "WORD")]),
        ("(deceased)", [("deceased", "WORD")]),
        ("Orsin 4", [("orsin", "WORD"), ("4", "NUMBER")]),
    ],
)
def test_what_may_be_a_name_stays(name, tokens):
    assert kinds(name, person=True) == tokens


@pytest.mark.parametrize(
    "name",
    [
        "Abdul Rahman",
        "Abdulrahman",
        "Abd al-Rahman",
        "Abd ar-Rahman",
        "Abdel Rahman",
        "Abdurrahman",
        "Abdirahman",
        "ABDOUL RAHMAN",
    ],
)
def test_servant_of_the_merciful_is_the_same_however_it_is_joined(name):
    assert texts(name, person=True) == ["abd", "rahman"]


@pytest.mark.parametrize("name", ["عبد الرحمن", "عبدالرحمن", "عبد ألرحمن"])
def test_servant_of_the_merciful_in_arabic(name):
    assert texts(name, person=True) == ["abd", "rhmn"]


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("Bashar al-Halvren", [("bashar", "WORD"), ("al", "PARTICLE"), ("halvren", "WORD")]),
        ("Jose Ortega y Gasset", [("jose", "WORD"), ("ortega", "WORD"), ("y", "PARTICLE"), ("gasset", "WORD")]),
        ("Y. Ortega", [("y", "INITIAL"), ("ortega", "WORD")]),
        ("Ortega Y. V.", [("ortega", "WORD"), ("y", "INITIAL"), ("v", "INITIAL")]),
        ("트럼프", [("teureompeu", "WORD")]),
        ("Mullah Omar", [("mullah", "GENERIC"), ("omar", "WORD")]),
        ("Le Duc Tho", [("le", "WORD"), ("duc", "WORD"), ("tho", "WORD")]),
        ("van der", [("van", "PARTICLE"), ("der", "WORD")]),
        ("بشار الأسد", [("bshar", "WORD"), ("al", "PARTICLE"), ("asd", "WORD")]),
        ("Orsin Talvekovich Maledov", [("orsin", "WORD"), ("talvekovich", "OPTIONAL"), ("maledov", "WORD")]),
        ("Маледова Анна Талвековна", [("maledova", "WORD"), ("anna", "WORD"), ("talvekovna", "OPTIONAL")]),
        ("MALEDEVICH, Anna Piatrouna", [("anna", "WORD"), ("piatrouna", "OPTIONAL"), ("maledevich", "WORD")]),
        ("Orsin Talvek Maledovich", [("orsin", "WORD"), ("talvek", "WORD"), ("maledovich", "WORD")]),
        (
            "Orsin bin Abd al-Rahman Maled",
            [("orsin", "WORD"), ("bin", "PARTICLE"), ("abd", "OPTIONAL"), ("rahman", "OPTIONAL"), ("maled", "WORD")],
        ),
        ("Orsin bin Abdulrahman", [("orsin", "WORD"), ("bin", "PARTICLE"), ("abd", "WORD"), ("rahman", "WORD")]),
        ('Orsin "Falcon" Maledov', [("orsin", "WORD"), ("falcon", "OPTIONAL"), ("maledov", "WORD")]),
        ("Orsin “Falcon” Maledov", [("orsin", "WORD"), ("falcon", "OPTIONAL"), ("maledov", "WORD")]),
        ("MALEDOV, Orsin «Falcon»", [("orsin", "WORD"), ("falcon", "OPTIONAL"), ("maledov", "WORD")]),
        (
            '"Falcon" Orsin "Brandik" Maledov',
            [("falcon", "OPTIONAL"), ("orsin", "WORD"), ("brandik", "OPTIONAL"), ("maledov", "WORD")],
        ),
        ('Мал"янчук В"ячеслав', [("malyanchuk", "WORD"), ("vyacheslav", "WORD")]),
        ("MALED, 'Ala'-al-Din", [("alauddin", "WORD"), ("maled", "WORD")]),
        ("Orsin Talvekovich", [("orsin", "WORD"), ("talvekovich", "WORD")]),
        ("Orsin Maledovich Talvekevich", [("orsin", "WORD"), ("maledovich", "OPTIONAL"), ("talvekevich", "WORD")]),
        ("Anna Zora Maledevich", [("anna", "WORD"), ("zora", "WORD"), ("maledevich", "WORD")]),
        (
            "Orsin Talvek oglu Maledov",
            [("orsin", "WORD"), ("talvek", "OPTIONAL"), ("oglu", "PARTICLE"), ("maledov", "WORD")],
        ),
        (
            "Orsin bin Talvek Maled",
            [("orsin", "WORD"), ("bin", "PARTICLE"), ("talvek", "OPTIONAL"), ("maled", "WORD")],
        ),
        ("Orsin bin Talvek", [("orsin", "WORD"), ("bin", "PARTICLE"), ("talvek", "WORD")]),
    ],
)
def test_kinds_in_persons_names(name, tokens):
    assert kinds(name, person=True) == tokens


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("William", "Bill"),
        ("Vladimir", "Володя"),
        ("Jose", "Pepe"),
        ("Mohammed", "محمد"),
        ("Yevgeny", "Eugene"),
        ("Иван", "John"),
    ],
)
def test_forms_of_a_given_name_are_one_group(left, right):
    (one,), (other,) = analyse(left, person=True), analyse(right, person=True)
    assert one.group == other.group > 0


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("Halvren L.L.C.", [("halvren", "WORD"), ("llc", "FORM")]),
        ("Halvren Co., Ltd.", [("halvren", "WORD"), ("coltd", "FORM")]),
        ("Halvren Aktiengesellschaft", [("halvren", "WORD"), ("ag", "FORM")]),
        ("Halvren Sp. z o.o.", [("halvren", "WORD"), ("spzoo", "FORM")]),
        ("Halvren GmbH und Co. KG", [("halvren", "WORD"), ("gmbhcokg", "FORM")]),
        ("Halvren GmbH & Co. KG", [("halvren", "WORD"), ("gmbhcokg", "FORM")]),
        ("ООО «Халврен»", [("ooo", "FORM"), ("khalvren", "WORD")]),
        ("Общество с ограниченной ответственностью Халврен", [("ooo", "FORM"), ("khalvren", "WORD")]),
        ("Адкрытае акцыянернае таварыства «Халврен»", [("oao", "FORM"), ("khalvren", "WORD")]),
        ("Таварыства з абмежаванай адказнасцю Халврен", [("ooo", "FORM"), ("khalvren", "WORD")]),
        ("Рэспубліканскае ўнітарнае прадпрыемства Халврен", [("up", "FORM"), ("khalvren", "WORD")]),
        ("ЗАТ Халврен", [("zao", "FORM"), ("khalvren", "WORD")]),
        ("ДП «Халврен»", [("gup", "FORM"), ("khalvren", "WORD")]),
        ("Приватне підприємство Халврен", [("up", "FORM"), ("khalvren", "WORD")]),
        ("ЖШС «Халврен»", [("ooo", "FORM"), ("khalvren", "WORD")]),
        ("«Халврен» АҚ", [("khalvren", "WORD"), ("ao", "FORM")]),
        ("Halvren A/S", [("halvren", "WORD"), ("as", "FORM")]),
        ("AG Halvren Nosk", [("ag", "WORD"), ("halvren", "WORD"), ("nosk", "WORD")]),
        ("H & M", [("hm", "WORD")]),
        ("E T Halvren", [("et", "WORD"), ("halvren", "WORD")]),
        ("A B C Halvren", [("abc", "WORD"), ("halvren", "WORD")]),
        ("Halvren Fund II", [("halvren", "WORD"), ("fund", "GENERIC"), ("2", "NUMBER")]),
        ("Halvren Fund I, L.P.", [("halvren", "WORD"), ("fund", "GENERIC"), ("1", "NUMBER"), ("lp", "FORM")]),
        ("1st Halvren", [("1", "NUMBER"), ("halvren", "WORD")]),
        ("Factory No. 07", [("factory", "GENERIC"), ("no", "GENERIC"), ("7", "NUMBER")]),
        ("Halvren 6M112", [("halvren", "WORD"), ("6m112", "NUMBER")]),
        ("Halvren 3Com", [("halvren", "WORD"), ("3com", "WORD")]),
        ("Factory №7", [("factory", "GENERIC"), ("no", "GENERIC"), ("7", "NUMBER")]),
        ("The Halvren and Nosk", [("halvren", "WORD"), ("nosk", "WORD")]),
        ("Halvren y Nosk", [("halvren", "WORD"), ("nosk", "WORD")]),
        ("Plan A Ltd", [("plan", "WORD"), ("a", "INITIAL"), ("ltd", "FORM")]),
        ("And", [("and", "GENERIC")]),
        ("G00GLE", [("google", "WORD")]),
        ("شركة الأمل للتجارة", [("shrkih", "GENERIC"), ("aml", "WORD"), ("lltjarh", "GENERIC")]),
        ("中国银行股份有限公司", [("zhongguo", "PLACE"), ("yinxing", "WORD"), ("kk", "FORM")]),
        ("(주)할브렌", [("kk", "FORM"), ("halbeuren", "WORD")]),
        ("㈱ハルヴレン", [("kk", "FORM"), ("haruvuren", "WORD")]),
        ('חלברן בע"מ', [("hlbrn", "WORD"), ("ltd", "FORM")]),
        ("Halvren (Pvt.) Ltd.", [("halvren", "WORD"), ("pteltd", "FORM")]),
        ("Halvren (Cyprus) Ltd", [("halvren", "WORD"), ("cyprus", "PLACE"), ("ltd", "FORM")]),
        ("Halvren (a.k.a. Nosk) Ltd", [("halvren", "WORD"), ("ltd", "FORM")]),
        ("Halvren Ltd (in liquidation)", [("halvren", "WORD"), ("ltd", "FORM")]),
        ("Halvren, C. por A.", [("halvren", "WORD"), ("ca", "FORM")]),
        ("Factory N° 7", [("factory", "GENERIC"), ("n", "GENERIC"), ("7", "NUMBER")]),
    ],
)
def test_organisations_names(name, tokens):
    assert kinds(name, person=False) == tokens


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Schweiz", "Switzerland"),
        ("UAE", "United Arab Emirates"),
        ("Bank", "Банк"),
        ("Intl", "International"),
        ("贸易", "Trading"),
    ],
)
def test_words_that_stand_for_one_another_are_one_group(left, right):
    (one,), (other,) = analyse(left, person=False), analyse(right, person=False)
    assert (one.kind, one.group) == (other.kind, other.group)
    assert one.group > 0


def test_the_tables_hold_folded_words_each_with_one_meaning():
    for table in ("forms", "numbers", "companies", "places", "persons", "given_names"):
        lines = (vocabulary.FOLDER / f"{table}.yml").read_text(encoding="utf-8").splitlines()
        words = [
            word
            for line in lines
            if line.startswith(" ")
            for word in re.split(r"[\s_]+", line.split(":")[-1])
            if word != "|"
        ]
        for word in words:
            assert word == fold(word), (table, word)
            assert word.isascii() or not re.search("[a-z\u00c0-\u024f]", word), (table, word)
    groups = [
        line.split() for line in (vocabulary.FOLDER / "given_names.yml").read_text(encoding="utf-8").splitlines()[2:]
    ]
    names = [word for group in groups for word in group]
    assert sorted(names) == sorted(set(names))
    assert len(groups) < 1000


def test_a_part_of_speech_never_empties_a_name():
    assert all(token.kind is Kind.WORD for token in analyse("al bin", person=True))
