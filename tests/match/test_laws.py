"""Laws of matching names that hold for all input: a name is itself, sides and order and spelling of blanks are of no matter, and no
text breaks anything.
"""

from __future__ import annotations

import random
import unicodedata
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.match.invented_parties import COMPANIES, NAMES, PEOPLE, company, parties, person

from shellgame.match.analysed import Analysed
from shellgame.match.party_index import Match, Party, PartyIndex, Query
from shellgame.match.scoring import name_scores

ALERT = 0.7
INVISIBLE = "\u200b\u200e\u200f\u202a\u202e\u2066\u00ad\u2060\ufeff"
ANY_TEXT = st.text(st.characters(), max_size=40)
NAME_TEXT = st.text(
    st.sampled_from("abdelzinoryABDELMN'’.,&-  013IVXéßıøŁмирАВ习近平김정은محمدالعبدΝικος\u200f\u00ad"), max_size=30
)
SCHEMA = st.sampled_from(["Person", "Company", "Vessel", "LegalEntity"])


@pytest.fixture(scope="module")
def index() -> PartyIndex:
    return PartyIndex.build(parties(300))


def scores(pairs: list[tuple[str, str, str]]) -> list[float]:
    return name_scores(pairs).tolist()  # type: ignore[no-any-return]


def found_by(index: PartyIndex, found: list[Match]) -> list[tuple[str, float]]:
    """Whom a search found, by id, so that it may be held against another index; equal scores by id."""
    return sorted(((index.id_of(match.party), match.score) for match in found), key=lambda pair: (-pair[1], pair[0]))


# identity


@pytest.mark.parametrize("script", PEOPLE)
def test_a_persons_name_is_itself_in_any_script(script: str, index: PartyIndex) -> None:
    name = PEOPLE[script]
    assert scores([(name, name, "Person")])[0] >= 0.9
    (best, *_) = index.search([Query([name], "Person")], limit=1, threshold=0.9)[0]
    assert index.name_of(best.name) == name


@pytest.mark.parametrize("script", COMPANIES)
def test_a_companys_name_is_itself_in_any_script(script: str, index: PartyIndex) -> None:
    name = COMPANIES[script]
    assert scores([(name, name, "Company")])[0] >= 0.9
    (best, *_) = index.search([Query([name], "Company")], limit=1, threshold=0.9)[0]
    assert index.name_of(best.name) == name


def test_invented_names_of_two_words_or_more_are_themselves() -> None:
    chance = random.Random(3)
    names = [(person(chance), "Person") for _ in range(300)] + [(company(chance), "Company") for _ in range(300)]
    for (name, _), score in zip(names, scores([(name, name, schema) for name, schema in names]), strict=True):
        assert score >= 0.9, name


def test_nothing_is_more_like_a_name_than_itself() -> None:
    chance = random.Random(4)
    names = [person(chance) for _ in range(200)]
    alone = scores([(name, name, "Person") for name in names])
    other = scores([(name, another, "Person") for name, another in zip(names, names[1:] + names[:1], strict=True)])
    assert all(mine >= theirs for mine, theirs in zip(alone, other, strict=True))


# sides, spelling, batches


@settings(deadline=None, max_examples=200)
@given(NAME_TEXT | ANY_TEXT, NAME_TEXT | ANY_TEXT, SCHEMA)
def test_either_name_may_stand_first(left: str, right: str, schema: str) -> None:
    assert scores([(left, right, schema)]) == scores([(right, left, schema)])


def test_either_invented_name_may_stand_first() -> None:
    chance = random.Random(5)
    names = [
        *(name for name, _ in NAMES),
        *(person(chance) for _ in range(100)),
        *(company(chance) for _ in range(100)),
    ]
    pairs = [(chance.choice(names), chance.choice(names), chance.choice(["Person", "Company"])) for _ in range(2000)]
    assert scores(pairs) == scores([(right, left, schema) for left, right, schema in pairs])


def spelt_otherwise(chance: random.Random, name: str) -> list[str]:
    """The same name in other case, white space and Unicode form, and with what nobody sees."""
    place = chance.randrange(len(name) + 1)
    return [
        name.upper(),
        name.lower(),
        f"\u00a0 {name.replace(' ', chance.choice((chr(0x3000), chr(9), '   ')))}\n",
        unicodedata.normalize("NFD", name),
        unicodedata.normalize("NFKC", name),
        name[:place] + chance.choice(INVISIBLE) + name[place:],
    ]


@pytest.mark.parametrize(("name", "schema"), NAMES)
def test_case_white_space_unicode_form_and_invisible_characters_change_nothing(
    name: str, schema: str, index: PartyIndex
) -> None:
    chance = random.Random(name)
    others = [another for another, kind in NAMES if kind == schema]
    wanted = scores([(name, another, schema) for another in others])
    answers = index.search([Query([name], schema)], limit=300, threshold=0.0)
    for spelt in spelt_otherwise(chance, name):
        assert scores([(spelt, another, schema) for another in others]) == wanted, ascii(spelt)
        assert index.search([Query([spelt], schema)], limit=300, threshold=0.0) == answers, ascii(spelt)


def queries(many: int) -> list[Query]:
    chance = random.Random(6)
    found = [Query([name], schema) for name, schema in NAMES]
    while len(found) < many:
        make, schema = chance.choice(
            [(person, "Person"), (company, "Company"), (person, None), (company, "LegalEntity")]
        )
        found.append(Query([make(chance) for _ in range(chance.choice((1, 1, 2)))], schema))
    return found[:many]


def test_a_batch_is_answered_as_its_queries_are_one_by_one(index: PartyIndex) -> None:
    asked = queries(80)
    together = index.search(asked, limit=10, threshold=0.1)
    assert [index.search([query], limit=10, threshold=0.1)[0] for query in asked] == together
    shuffled = list(range(80))
    random.Random(7).shuffle(shuffled)
    again = index.search([asked[number] for number in shuffled], limit=10, threshold=0.1)
    assert again == [together[number] for number in shuffled]


@settings(deadline=None, max_examples=60)
@given(st.lists(NAME_TEXT | ANY_TEXT, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_any_company_in_a_batch_changes_nothing(index: PartyIndex, names: list[str], chance: random.Random) -> None:
    asked = [Query([name], chance.choice([None, "Person", "Company"])) for name in names]
    assert index.search(asked, limit=5, threshold=0.0) == [index.search([q], limit=5, threshold=0.0)[0] for q in asked]
    pairs = [(name, chance.choice(names), "Person") for name in names]
    assert scores(pairs) == [scores([pair])[0] for pair in pairs]


def test_a_smaller_limit_only_cuts(index: PartyIndex) -> None:
    asked = queries(80)
    whole = index.search(asked, limit=20, threshold=ALERT)
    for limit in (1, 2, 5):
        assert index.search(asked, limit=limit, threshold=ALERT) == [matches[:limit] for matches in whole]


def test_of_the_names_of_a_query_the_best_counts(index: PartyIndex) -> None:
    asked = queries(60)
    pairs = [Query([*one.names, *other.names], "Person") for one, other in pairwise(asked)]
    both = index.search(pairs, limit=300, threshold=0.3)
    alone = index.search([Query(query.names, "Person") for query in asked], limit=300, threshold=0.3)
    for number, matches in enumerate(both):
        best: dict[int, float] = {}
        for match in [*alone[number], *alone[number + 1]]:
            best[match.party] = max(best.get(match.party, 0), match.score)
        assert {match.party: match.score for match in matches} == best


def test_the_order_of_arrival_changes_no_score() -> None:
    given_parties = parties(150)
    asked = queries(60)
    first = PartyIndex.build(given_parties)
    wanted = [found_by(first, found) for found in first.search(asked, limit=150, threshold=0.1)]
    for seed in range(3):
        random.Random(seed).shuffle(given_parties)
        again = PartyIndex.build(given_parties)
        assert [found_by(again, found) for found in again.search(asked, limit=150, threshold=0.1)] == wanted


def test_an_index_that_was_saved_answers_the_same(index: PartyIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "index")
    asked = queries(80)
    opened = PartyIndex.open(tmp_path / "index")
    assert opened.search(asked, limit=10, threshold=0.0) == index.search(asked, limit=10, threshold=0.0)


def test_who_is_added_that_shares_nothing_takes_no_hit_away() -> None:
    few = PartyIndex.build([Party("x", "Person", ["Orsin Maledd"], {})])
    more = PartyIndex.build([Party("x", "Person", ["Orsin Maledd"], {}), *parties(200, seed=9)[len(NAMES) :]])
    for index in (few, more):
        (best, *_) = index.search([Query(["Orsin Maled"], "Person")], limit=1, threshold=ALERT)[0]
        assert index.name_of(best.name) == "Orsin Maledd"


# what never alerts


NOTHING_TOLD = [
    "CORP", "Corp.", "Ltd", "LLC", "GmbH", "Limited Liability Company", "ООО", "AG", "有限公司", "company", "trading", "group",
    "international", "holding", "the", "of", "and", "bank", "general trading", "trading company ltd", "al", "bin", "van", "de la",
]  # fmt: skip


@pytest.mark.parametrize("word", NOTHING_TOLD)
@pytest.mark.parametrize("schema", [None, "Company", "LegalEntity", "Person"])
def test_what_tells_nothing_never_alerts(word: str, schema: str | None, index: PartyIndex) -> None:
    for matches in index.search([Query([word], schema)], limit=300, threshold=ALERT):
        assert [index.name_of(match.name) for match in matches] == []


def test_a_name_that_is_nothing_but_a_legal_form_is_found_by_it_alone() -> None:
    index = PartyIndex.build([Party("form", "Company", ["CORP"], {}), Party("long", "Company", ["Halvren Corp"], {})])
    found = index.search([Query(["Corp"], "Company")], limit=5, threshold=ALERT)[0]
    assert [index.id_of(match.party) for match in found] in ([], ["form"])


@pytest.mark.parametrize("word", ["CORP", "AG", "S.A.", "A.S.", "and", "A B", "SAI"])
def test_neither_a_legal_form_nor_an_acronym_finds_what_is_only_like_it(word: str) -> None:
    listed = ["PSC", "AIG", "SAJ", "AAS", "ANDIA", "Halvren Corp"]
    index = PartyIndex.build([Party(name, "Company", [name], {}) for name in listed])
    assert index.search([Query([word], "Company")], limit=5, threshold=ALERT)[0] == []
    assert max(scores([(word, name, "Company") for name in listed])) < ALERT


def test_the_names_of_one_party_do_not_hide_others() -> None:
    endings = "abcdefghijklmnopqrstuvwxyz"
    crowd = Party("crowd", "Person", [f"Orsin Maledd {first}aro" for first in endings], {})
    others = [Party(name, "Person", [f"Orsin Maledd {name}"], {}) for name in ("Zubair", "Wasim", "Veli")]
    found = PartyIndex.build([crowd, *others]).search([Query(["Orsin Maledd"], "Person")], limit=5, threshold=0.3)[0]
    assert {match.party for match in found} == {0, 1, 2, 3}


def test_what_a_query_is_only_narrows_what_is_found() -> None:
    index = PartyIndex.build(
        [Party("one", "Person", ["Orsin Talvekovich Maledd"], {}), Party("two", "Company", ["Halvren House LLC"], {})]
    )
    for name, schema in (("Orsin Maledd", "Person"), ("Halvren House", "Company")):
        (told,), (open_,) = (index.search([Query([name], each)], limit=1, threshold=0.0)[0] for each in (schema, None))
        assert told == open_


@pytest.mark.parametrize(
    "given_name", ["Mohammed", "Anna", "Abdul", "Li", "محمد", "Мохаммед", "Ivan", "Maria", "Jose", "Kim"]
)
def test_a_common_given_name_alone_never_alerts_against_a_longer_name(given_name: str) -> None:
    longer = [
        "Mohammed Ormadi", "Anna Zelkova", "Abdul Rahman Ormadi", "Li Volgrim", "محمد الأورمادي", "Мохаммед Ормади",
        "Ivan Draskov", "Maria Tarnquist", "Jose Brandik", "Kim Ormin",
    ]  # fmt: skip
    index = PartyIndex.build([Party(str(n), "Person", [name], {}) for n, name in enumerate(longer)])
    for schema in ("Person", None):
        assert index.search([Query([given_name], schema)], limit=10, threshold=ALERT)[0] == []
    assert max(scores([(given_name, name, "Person") for name in longer])) < ALERT


# any text


def broken_text(chance: random.Random) -> str:
    """Any characters at all, unpaired surrogates, marks and directions among them."""
    kind = chance.random()
    length = chance.choice((0, 1, 2, 5, 12, 40))
    if kind < 0.4:
        return "".join(chr(chance.randrange(0x110000)) for _ in range(length))
    blocks = ((0x20, 0x250), (0x300, 0x370), (0x370, 0x590), (0x590, 0x780), (0x900, 0x1200), (0x2000, 0x2100), (0x3040, 0x3100),
              (0x4E00, 0xA000), (0xAC00, 0xD7A4), (0xD800, 0xE000), (0xFB50, 0xFF00))  # fmt: skip
    low, high = chance.choice(blocks)
    words = (
        "".join(chr(chance.randrange(low, high)) for _ in range(chance.randrange(1, 9)))
        for _ in range(chance.randrange(1, 6))
    )
    joined = " ".join(words)
    if kind < 0.7:
        return joined
    return f"{person(chance)}{chance.choice(INVISIBLE)}{joined}"


def hold_any_text(index: PartyIndex, many: int) -> None:
    chance = random.Random(8)
    for _ in range(0, many, 500):
        texts = [broken_text(chance) for _ in range(500)]
        made = name_scores([(text, chance.choice(texts), chance.choice(["Person", "Company"])) for text in texts])
        assert np.isfinite(made).all() and made.min() >= 0 and made.max() <= 1
        asked = [Query([text], chance.choice([None, "Person", "Company", "Vessel"])) for text in texts]
        for matches in index.search(asked, limit=3, threshold=0.0):
            assert all(0 <= match.score <= 1 for match in matches)


def test_any_text_is_answered(index: PartyIndex) -> None:
    hold_any_text(index, 5_000)


@pytest.mark.slow
def test_a_hundred_thousand_texts_are_answered(index: PartyIndex) -> None:
    hold_any_text(index, 100_000)


def test_any_text_may_be_a_listed_name(tmp_path: Path) -> None:
    chance = random.Random(9)
    names = [broken_text(chance) for _ in range(400)]
    built = PartyIndex.build(
        [Party(str(n), chance.choice(["Person", "Company"]), [name], {}) for n, name in enumerate(names)]
    )
    built.save(tmp_path / "index")
    asked = [Query([name], None) for name in names]
    found = built.search(asked, limit=5, threshold=0.0)
    assert PartyIndex.open(tmp_path / "index").search(asked, limit=5, threshold=0.0) == found
    assert all(0 <= match.score <= 1 for matches in found for match in matches)


LONG = {
    "one letter": "a" * 10_000,
    "one word": "maleddor" * 1_250,
    "many words": "Orsin Maledd " * 770,
    "initials": "A. " * 3_300,
    "digits": "1" * 10_000,
    "Roman numbers": "X" * 10_000,
    "marks": "a" + "\u0301" * 9_999,
    "directions": "\u202e\u200f" * 5_000,
    "Han": "马雷德" * 3_300,
    "Arabic": "محمد" * 2_500,
    "Arabic words": "محمد " * 2_000,
    "Hangul": "김" * 10_000,
    "legal forms": "GmbH & Co. KG " * 700,
    "commas": "," * 10_000,
    "brackets": "(" * 10_000,
    "blanks": " " * 10_000,
}


@pytest.mark.parametrize("kind", LONG)
def test_names_of_ten_thousand_characters_are_answered(kind: str, index: PartyIndex) -> None:
    name = LONG[kind]
    made = scores([(name, other, schema) for other in (name, "Orsin Maledd", "") for schema in ("Person", "Company")])
    assert all(0 <= score <= 1 for score in made)
    index.search([Query([name], schema) for schema in ("Person", "Company", None)], limit=3, threshold=0.0)
    built = PartyIndex.build([Party("long", "Person", [name], {}), Party("x", "Person", ["Orsin Maledd"], {})])
    for matches in built.search([Query([name], "Person"), Query(["Orsin Maledd"], "Person")], limit=3, threshold=0.0):
        assert all(0 <= match.score <= 1 for match in matches)


NUMBERED = st.dictionaries(
    st.sampled_from(
        ["innCode", "ogrnCode", "registrationNumber", "taxNumber", "idNumber", "passportNumber", "imoNumber"]
    ),
    st.lists(
        st.sampled_from(["7707083893", "1027700132195", "B/002210", "002210", "9074729", "MP1234567"]), max_size=2
    ),
    min_size=1,
    max_size=3,
)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Person", "Company", "LegalEntity", "Vessel"]),
            st.sampled_from(["Orsin Maledd", "Talvek Brandik", "Talvek Brandic"]),
            NUMBERED,
        ),
        min_size=2,
        max_size=2,
    )
)
def test_records_are_as_alike_from_either_side_whatever_numbers_they_share(told: list[tuple[str, str, dict]]) -> None:
    records = Analysed(
        [{"schema": schema, "properties": {"name": [name], **numbers}} for schema, name, numbers in told]
    )
    one, other = records.compare([(0, 1), (1, 0)])
    assert one == other


@pytest.mark.parametrize(
    ("family_first", "given_first"),
    [("Брандик Виктор", "Виктор Брандик"), ("БРАНДИК Виктор Геннадьевич", "Виктор Геннадьевич БРАНДИК")],
)
def test_a_family_name_may_come_first_in_cyrillic_letters(family_first: str, given_first: str) -> None:
    index = PartyIndex.build([*parties(300), Party("brandik", "Person", ("Viktor Gennadievich BRANDIK",), {})])
    found = index.search([Query([each], "Person") for each in (family_first, given_first)], limit=1, threshold=0.1)
    (turned,), (best,) = found
    assert index.id_of(turned.party) == index.id_of(best.party) == "brandik"
    assert turned.score >= best.score
