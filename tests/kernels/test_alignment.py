"""Which word met which: the compiled alignment against its plain twin."""

from __future__ import annotations

import random

import numpy as np
import pytest
from tests.kernels.invented import invented_name, invented_vocabulary
from tests.kernels.plain_alignment import plain_align
from tests.kernels.plain_tokens import words_of

from shellgame.kernels.alignment import MOST_TOKENS, Scratch, align, match, scratch
from shellgame.kernels.tokens import FLOOR, HOW_JOINED, HOW_SHORTENED, HOW_WORD, Tokens, pair_likeness
from shellgame.match.lexicon import Words, arrays_of
from shellgame.names.analysis import analyse
from shellgame.names.costs import tables

WORK = scratch()


def aligned(left: list[int], right: list[int], tokens: Tokens) -> Scratch:
    align(np.array(left, np.int32), tokens, np.array(right, np.int32), tokens, tables(), WORK)
    return WORK


def met(left: str, right: str) -> list[tuple[int, int, int]]:
    """Which words of two printed names met, and how."""
    words = Words()
    one, other = (words.numbers_of(analyse(name, person=False)) for name in (left, right))
    work = aligned(one, other, arrays_of(words.tokens))
    pairs = {(i, int(work.met[i])) for i in range(len(one))} | {(int(work.met_by[j]), j) for j in range(len(other))}
    return [(i, j, int(work.how[i, j])) for i, j in sorted(pairs) if i >= 0 and j >= 0]


@pytest.mark.parametrize("seed", range(40))
def test_agrees_with_its_plain_twin(seed: int) -> None:
    chance = random.Random(seed)
    tokens, _ = invented_vocabulary(chance, 40)
    for _ in range(12):
        left = invented_name(chance, 40)
        right = invented_name(chance, 40, like=left)
        work, wanted = aligned(left, right, tokens), plain_align(words_of(tokens, left), words_of(tokens, right))
        assert work.met[: len(left)].tolist() == [wanted.met.get(i, -1) for i in range(len(left))]
        assert work.met_by[: len(right)].tolist() == [wanted.met_by.get(j, -1) for j in range(len(right))]
        for place, alike in wanted.alike.items():
            assert work.likeness[place] == pytest.approx(alike, abs=1e-6)
            assert work.how[place] == wanted.how[place]


@pytest.mark.parametrize("seed", range(20))
def test_words_written_together_and_apart_agree_with_the_plain_twin(seed: int) -> None:
    """Names cut into pieces elsewhere, so that neighbours are joined far more often than by chance."""
    chance = random.Random(seed)
    joined = 0
    for _ in range(20):
        whole = "".join(chance.choices(["ba", "dar", "fen", "ger", "hal", "kin", "lor", "mer", "tar", "ven"], k=6))
        texts = []
        for _ in range(2):
            cuts = sorted(chance.sample(range(3, len(whole) - 2), k=chance.choice((1, 2, 3))))
            pieces = [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
            texts.append(" ".join(piece for piece in pieces if chance.random() < 0.95) or whole)
        words = Words()
        left, right = (words.numbers_of(analyse(text, person=False)) for text in texts)
        tokens = arrays_of(words.tokens)
        work, wanted = aligned(left, right, tokens), plain_align(words_of(tokens, left), words_of(tokens, right))
        assert work.met[: len(left)].tolist() == [wanted.met.get(i, -1) for i in range(len(left))], texts
        assert work.met_by[: len(right)].tolist() == [wanted.met_by.get(j, -1) for j in range(len(right))], texts
        joined += HOW_JOINED in wanted.how.values()
    assert joined


@pytest.mark.parametrize("seed", range(20))
def test_meeting_is_mutual(seed: int) -> None:
    """Each word that met one is the one that word met, but for the second half of what was written together."""
    chance = random.Random(seed)
    tokens, _ = invented_vocabulary(chance, 30)
    left = invented_name(chance, 30)
    right = invented_name(chance, 30, like=left)
    work = aligned(left, right, tokens)
    for i, j in enumerate(work.met[: len(left)].tolist()):
        if j >= 0:
            assert work.met_by[j] == i or work.how[i, j] == HOW_JOINED
    for j, i in enumerate(work.met_by[: len(right)].tolist()):
        if i >= 0:
            assert work.met[i] == j or work.how[i, j] == HOW_JOINED


def test_what_was_written_before_is_matched_the_same() -> None:
    """Whoever knows already how alike each two words are does not have it found out again."""
    chance = random.Random(5)
    tokens, _ = invented_vocabulary(chance, 40)
    for _ in range(60):
        left = invented_name(chance, 40)
        right = invented_name(chance, 40, like=left)
        written = scratch()
        for i, a in enumerate(left):
            for j, b in enumerate(right):
                written.likeness[i, j], written.how[i, j] = pair_likeness(
                    a, tokens, b, tokens, tables(), WORK.room, WORK.masks, FLOOR
                )
        match(np.array(left, np.int32), tokens, np.array(right, np.int32), tokens, tables(), written)
        work = aligned(left, right, tokens)
        rows, columns = slice(len(left)), slice(len(right))
        assert (written.met[rows] == work.met[rows]).all()
        assert (written.met_by[columns] == work.met_by[columns]).all()
        assert (written.likeness[rows, columns] == work.likeness[rows, columns]).all()
        assert (written.how[rows, columns] == work.how[rows, columns]).all()


def test_working_memory_keeps_nothing_of_the_pair_before() -> None:
    chance = random.Random(3)
    tokens, _ = invented_vocabulary(chance, 40)
    pairs = [(invented_name(chance, 40), invented_name(chance, 40)) for _ in range(30)]

    def told(left: list[int], right: list[int]) -> tuple[list[int], list[int]]:
        work = aligned(left, right, tokens)
        return work.met[: len(left)].tolist(), work.met_by[: len(right)].tolist()

    first = [told(left, right) for left, right in pairs]
    assert [told(left, right) for left, right in pairs[::-1]] == first[::-1]


@pytest.mark.parametrize("many", [MOST_TOKENS - 1, MOST_TOKENS, MOST_TOKENS + 1, 64])
def test_of_long_names_the_beginning_is_looked_at(many: int) -> None:
    tokens, _ = invented_vocabulary(random.Random(4), 64)
    name = list(range(many))
    looked_at = min(many, MOST_TOKENS)
    found = aligned(name, name, tokens).met[:looked_at].tolist()
    assert found == aligned(name[:MOST_TOKENS], name[:MOST_TOKENS], tokens).met[:looked_at].tolist()
    assert all(-1 <= j < MOST_TOKENS for j in found)


def test_two_words_meet_one_that_they_make_together_from_either_side() -> None:
    assert met("Halvren Tal Vekom", "Halvren Talvekom") == [(0, 0, HOW_WORD), (1, 1, HOW_JOINED), (2, 1, HOW_JOINED)]
    assert met("Halvren Talvekom", "Halvren Tal Vekom") == [(0, 0, HOW_WORD), (1, 1, HOW_JOINED), (1, 2, HOW_JOINED)]


def test_a_word_with_a_good_partner_is_not_joined_with_its_neighbour() -> None:
    """The name has the word itself as well, so that it is not a half of another one there."""
    assert met("Vekom Halvren Tal", "Tal Halvren Talvekom")[:2] == [(1, 1, HOW_WORD), (2, 0, HOW_WORD)]
    assert HOW_JOINED not in {how for *_, how in met("Tal Vekom Orsin", "Talvekom Vekom Orsin")}


def test_two_words_do_not_meet_one_of_other_consonants() -> None:
    assert HOW_JOINED not in {how for *_, how in met("Halvren Tal Vekom", "Halvren Sargidom")}


def test_a_last_word_may_be_cut_off() -> None:
    assert met("Halvren Talvekom", "Halvren Talve") == [(0, 0, HOW_WORD), (1, 1, HOW_SHORTENED)]
    assert HOW_SHORTENED not in {how for *_, how in met("Talve Halvren", "Talvekom Halvren")}
