"""Of many names those worth comparing are chosen, as a plain reading of the rule says, and the same from both sides."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from shellgame.kernels.closest import CLOSEST, closest_pairs
from shellgame.match.lexicon import Words, arrays_of
from shellgame.names.analysis import analyse

WORDS = ("orsin", "orsen", "maledd", "bill", "william", "abd", "rahman", "o", "nik", "nikolai", "талвек", "7")
names = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join), min_size=0, max_size=5)


def laid_out(rows):
    return np.cumsum([0, *map(len, rows)]).astype(np.int64), np.array([n for row in rows for n in row], np.int32)


def analysed(records):
    words = Words()
    rows = [words.numbers_of(analyse(name, person=True)) for record in records for name in record]
    numbers = iter(range(len(rows)))
    return [[next(numbers) for _ in record] for record in records], rows, arrays_of(words.tokens)


def chosen(lefts, rights, rows, tokens):
    return [array.tolist() for array in closest_pairs(*laid_out(lefts), *laid_out(rights), *laid_out(rows), tokens)]


def plain_covered(one, other, tokens):
    def like(a, b):
        if a == b or (tokens.group[a] and tokens.group[a] == tokens.group[b]):
            return 1.0
        here, there = int(tokens.letters[a]), int(tokens.letters[b])
        return 0.9 * (here & there).bit_count() / max(1, (here | there).bit_count())

    total = sum(float(tokens.bits[a]) for a in one)
    met = sum(float(tokens.bits[a]) * max((like(a, b) for b in other), default=0.0) for a in one)
    return met / total if total > 0 else 0.0


def plain_chosen(left, right, rows, tokens):
    def close(i, j):
        return plain_covered(rows[i], rows[j], tokens) + plain_covered(rows[j], rows[i], tokens)

    return {(i, j) for i in left for j in sorted(right, key=lambda j: (-round(close(i, j), 9), j))[:CLOSEST]} | {
        (i, j) for j in right for i in sorted(left, key=lambda i: (-round(close(i, j), 9), i))[:CLOSEST]
    }


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(names, names), min_size=1, max_size=3))
def test_the_closest_are_chosen_by_the_plain_rule(pairs):
    records, rows, tokens = analysed([record for pair in pairs for record in pair])
    lefts, rights = records[::2], records[1::2]
    one, other, place = chosen(lefts, rights, rows, tokens)
    everything = [(i, j) for left, right in zip(lefts, rights, strict=True) for i in left for j in right]
    assert [everything[at] for at in place] == list(zip(one, other, strict=True))
    assert place == sorted(set(place))
    wanted = set().union(*(plain_chosen(left, right, rows, tokens) for left, right in zip(lefts, rights, strict=True)))
    if len({round(plain_covered(rows[i], rows[j], tokens), 6) for i, j in everything}) == len(everything):
        assert set(zip(one, other, strict=True)) == wanted  # where nothing ties
    assert {i for i, _ in wanted} == set(one)
    assert {j for _, j in wanted} == set(other)


@settings(max_examples=100, deadline=None)
@given(names, names)
def test_it_makes_no_difference_which_record_is_left(left, right):
    records, rows, tokens = analysed([left, right])
    there = chosen(records[:1], records[1:], rows, tokens)
    back = chosen(records[1:], records[:1], rows, tokens)
    assert set(zip(there[0], there[1], strict=True)) == set(zip(back[1], back[0], strict=True))
