"""What is told of two names: the compiled features against their plain twin, and of names that one can judge by eye."""

from __future__ import annotations

import random

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.kernels.invented import invented_name, invented_vocabulary
from tests.kernels.plain_features import plain_features
from tests.kernels.plain_tokens import words_of

from shellgame.kernels import features as kernels
from shellgame.kernels.alignment import MOST_TOKENS, scratch
from shellgame.kernels.features import COLUMN, FEATURES, features
from shellgame.kernels.tokens import FLOOR, Tokens
from shellgame.match.lexicon import Words, arrays_of
from shellgame.names.analysis import analyse
from shellgame.names.costs import tables
from shellgame.names.token import Kind, Origin, Token

WORK = scratch()


def compiled(left: list[int], right: list[int], tokens: Tokens, *, organization: bool = False) -> NDArray[np.float32]:
    row = np.full(len(FEATURES), np.nan, np.float32)
    a, b = np.array(left, np.int32), np.array(right, np.int32)
    features(a, tokens, b, tokens, tables(), organization, WORK, row)
    return row


def told(left: str, right: str, *, person: bool = True) -> dict[str, float]:
    """Features of two printed names by their names."""
    words = Words()
    one, other = ([words.number_of(token) for token in analyse(name, person=person)] for name in (left, right))
    row = compiled(one, other, arrays_of(words.tokens), organization=not person)
    return dict(zip(FEATURES, row.tolist(), strict=True))


@pytest.mark.parametrize("seed", range(40))
def test_agrees_with_its_plain_twin(seed: int) -> None:
    chance = random.Random(seed)
    tokens, _ = invented_vocabulary(chance, 40)
    for _ in range(12):
        left = invented_name(chance, 40)
        right = invented_name(chance, 40, like=left)
        organization = chance.random() < 0.5
        row = compiled(left, right, tokens, organization=organization)
        words = words_of(tokens, left), words_of(tokens, right)
        wanted = plain_features(*words, organization=organization)
        assert list(wanted) == list(FEATURES)
        assert dict(zip(FEATURES, row.tolist(), strict=True)) == pytest.approx(wanted, rel=1e-4, abs=1e-4)


@pytest.mark.parametrize("seed", range(60))
def test_sides_may_change_places(seed: int) -> None:
    chance = random.Random(seed)
    tokens, _ = invented_vocabulary(chance, 30)
    for _ in range(10):
        left = invented_name(chance, 30)
        right = invented_name(chance, 30, like=left)
        there, back = compiled(left, right, tokens), compiled(right, left, tokens)
        assert there.tolist() == pytest.approx(back.tolist(), rel=1e-5, abs=1e-5)


def test_working_memory_keeps_nothing_of_the_pair_before() -> None:
    chance = random.Random(3)
    tokens, _ = invented_vocabulary(chance, 40)
    pairs = [(invented_name(chance, 40), invented_name(chance, 40)) for _ in range(30)]
    first = [compiled(left, right, tokens).tolist() for left, right in pairs]
    assert [compiled(left, right, tokens).tolist() for left, right in pairs[::-1]] == first[::-1]


@pytest.mark.parametrize("many", [MOST_TOKENS - 1, MOST_TOKENS, MOST_TOKENS + 1, 64])
def test_of_long_names_the_beginning_is_looked_at(many: int) -> None:
    tokens, _ = invented_vocabulary(random.Random(4), 64)
    name = list(range(many))
    row = compiled(name, name, tokens)
    assert np.isfinite(row).all()
    assert row.tolist() == compiled(name[:MOST_TOKENS], name[:MOST_TOKENS], tokens).tolist()


def test_a_name_meets_itself_wholly() -> None:
    found = told("Orsin Maledd", "Maledd, Orsin")
    assert found["least_covered"] == found["mean_likeness"] == found["letters_met"] == 1
    assert found["slips"] == found["order"] == found["left_over_words"] == 0


def test_the_family_name_may_stand_first_or_last() -> None:
    assert told("Orsin Karel Maledd", "Maledd Orsin Karel")["order"] == 0
    assert told("Orsin Karel Maledd", "Karel Orsin Maledd")["order"] > 0


def test_a_name_printed_in_another_order_is_turned_round() -> None:
    assert told("Orsin Karel Maledd", "Maledd Orsin Karel")["turned"] == 1
    assert told("Orsin Karel Maledd", "Karel Orsin Maledd")["turned"] == 1
    assert told("Orsin Karel Maledd", "Orsin Maledd")["turned"] == 0
    assert told("Van Derholm Orsin", "Vanderholm Orsin", person=False)["turned"] == 0


def test_two_words_meet_one_that_they_make_together() -> None:
    found = told("Van Derholm Orsin", "Vanderholm Orsin", person=False)
    assert found["joined"] > 0
    assert found["left_over_words"] == 0


def test_words_that_met_together_count_once_from_either_side() -> None:
    there, back = told("Van Derholm Orsin", "Vanderholm Orsin"), told("Vanderholm Orsin", "Van Derholm Orsin")
    assert there == back
    assert (there["joined"], there["letters_met"], there["least_covered"]) == (1, 1, 1)


def test_a_word_without_sounds_meets_no_initial_whatever_stands_behind_it() -> None:
    silent, initial = Token("ng", Kind.WORD, Origin.HAN, 0), Token("j", Kind.INITIAL, Origin.LATIN, 0)
    family = Token("maled", Kind.WORD, Origin.LATIN, 0)
    rows = [
        compiled([0, 3], [2, 3], arrays_of([silent, Token(behind, Kind.WORD, Origin.LATIN, 0), initial, family]))
        for behind in ("jorin", "orsin")
    ]
    assert rows[0].tolist() == rows[1].tolist()
    assert rows[0][COLUMN["initials"]] == 0


def test_what_is_replaced_and_what_is_missing_are_told_apart() -> None:
    replaced, missing = told("Orsin Karel Maledd", "Orsin Tibor Maledd"), told("Orsin Karel Maledd", "Orsin Maledd")
    assert (replaced["replaced_words"], replaced["left_over_words"]) == (1, 1)
    assert (missing["replaced_words"], missing["left_over_words"]) == (0, 1)


def test_what_both_sides_have_for_themselves_is_exchanged_whatever_its_kind() -> None:
    assert told("Orsin Karel Maledd", "Orsin Maledd")["exchanged_bits"] == 0
    word = told("Halvren Trading", "Halvren Tarnquist", person=False)
    assert word["replaced_bits"] == 0 < word["exchanged_bits"], "a generic word for a telling one"
    place = told("Halvren Germany", "Halvren Cyprus", person=False)
    assert place["replaced_bits"] == 0 < place["exchanged_bits"]
    assert told("Halvren GmbH", "Halvren Tarnquist", person=False)["exchanged_bits"] == 0, "forms are not words"


def test_vowels_at_the_end_and_letters_at_the_beginning_are_told_from_other_slips() -> None:
    found = {name: told("Orsin Maledd", name) for name in ("Orsina Maledd", "Ursin Maledd", "Orsen Maledd")}
    assert [each["final_vowels"] for each in found.values()] == [1, 0, 0]
    assert [each["first_letters"] for each in found.values()] == [0, 1, 0]
    across = told("Orsin Maledd", "Урсин Маледд")
    assert across["first_letters"] == across["final_vowels"] == 0, "letters of two scripts are no more the same"


def test_initials_meet_the_words_they_stand_for() -> None:
    assert told("O. Maledd", "Orsin Maledd")["initials"] == 1
    assert told("T. Maledd", "Orsin Maledd")["initials"] == 0
    assert told("T. Maledd", "Orsin Maledd")["initials_differ"] == 1


def test_a_patronymic_left_out_is_hardly_missed_and_another_one_is_another_father() -> None:
    without = told("Orsin Maledov", "Orsin Talvekovich Maledov")
    assert (without["least_covered"], without["left_over_words"], without["words_more"]) == (
        pytest.approx(1, abs=0.05), 0, 2,
    )  # fmt: skip
    assert (without["whole_likeness"], without["generic_left_over"]) == (pytest.approx(1), 1)
    other = told("Orsin Brandikovich Maledov", "Orsin Talvekovich Maledov")
    assert (other["replaced_words"], other["words_more"], other["generic_left_over"]) == (1, 3, 0)


def test_numbers_are_the_same_or_not() -> None:
    assert told("Astra Line 3", "Astra Line 3", person=False)["numbers"] == 0
    assert told("Astra Line 3", "Astra Line", person=False)["numbers"] == 1
    assert told("Astra Line 3", "Astra Line 4", person=False)["numbers"] == 2


def test_legal_forms_agree_differ_or_lack() -> None:
    assert told("Halvren GmbH", "Halvren GmbH", person=False)["forms"] == 0
    assert told("Halvren GmbH", "Halvren", person=False)["forms"] == 1
    assert told("Halvren GmbH", "Halvren AG", person=False)["forms"] == 2
    assert told("Halvren GmbH", "Halvren SARL", person=False)["forms"] == 0, "one form in two countries"


def test_columns_are_numbered_in_their_order() -> None:
    assert [COLUMN[name] for name in FEATURES] == list(range(len(FEATURES)))
    assert [getattr(kernels, name.upper()) for name in FEATURES] == list(range(len(FEATURES)))


def test_names_whose_words_all_met_in_order_are_as_alike_whole_as_word_by_word() -> None:
    found = told("Orsin Maledd", "Orsen Maled")
    assert 0 < found["whole_likeness"] == found["mean_likeness"] < 1


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        ("Orsin Karel Maledd", "Orsin Maledd", "left_over_words"),
        ("Van Derholm Orsin", "Vanderholm Orsen", "joined"),
        ("Orsin Karel Maledd", "Karel Orsin Maledd", "order"),
        ("Halvren Tarnquist Trading", "Halvern Tarnquist", "generic_left_over"),
    ],
)
def test_names_that_differ_otherwise_are_held_against_one_another_whole(left: str, right: str, reason: str) -> None:
    found = told(left, right, person=reason != "generic_left_over")
    assert found[reason] > 0
    assert found["whole_likeness"] != found["mean_likeness"]


def test_names_with_nothing_in_common_have_no_whole_likeness_below_the_floor() -> None:
    for left, right in (("Orsin Maledd", "Tibor Vugrich"), ("Orsin", "Karel Tibor Vugrich"), ("Bo", "Karel Tibor")):
        whole = told(left, right)["whole_likeness"]
        assert whole == 0 or whole >= FLOOR
