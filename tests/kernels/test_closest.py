"""Of many names those worth comparing are chosen, as a plain reading of the rule says, and the same from both sides."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from shellgame.kernels.closest import EQUAL, SURE, NameLists, closeness, closest_pairs
from shellgame.kernels.lists import Lists
from shellgame.match.lexicon import Words, arrays_of
from shellgame.names.analysis import analyse

WORDS = ("orsin", "orsen", "maledd", "bill", "william", "abd", "rahman", "o", "nik", "nikolai", "талвек", "7")
TOO_FAR = 0.6
names = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join), min_size=0, max_size=5)
scores_told = st.lists(st.sampled_from([-1.0, -1.0, 0.2, 0.95]), min_size=25, max_size=25)


def laid_out(rows):
    starts = np.cumsum([0, *map(len, rows)]).astype(np.int64)
    return Lists(starts, np.array([number for row in rows for number in row], np.int32))


def analysed(records):
    words = Words()
    rows: dict[tuple[int, ...], int] = {}
    lists = [
        [rows.setdefault(tuple(words.numbers_of(analyse(name, person=True))), len(rows)) for name in record]
        for record in records
    ]
    names, no_keys = laid_out(lists), laid_out([[]] * len(lists))
    told = NameLists(names, names.numbers >= 0, no_keys, laid_out(rows))
    return lists, list(rows), told, arrays_of(words.tokens)


def plain_covered(one, other, tokens):
    def like(a, b):
        group, letters = tokens.rows["group"], tokens.rows["letters"]
        if a == b or (group[a] and group[a] == group[b]):
            return 1.0
        here, there = int(letters[a]), int(letters[b])
        return 0.9 * (here & there).bit_count() / max(1, (here | there).bit_count())

    bits = tokens.rows["bits"]
    total = sum(float(bits[a]) for a in one)
    met = sum(float(bits[a]) * max((like(a, b) for b in other), default=0.0) for a in one)
    return met / total if total > 0 else 0.0


def plain_next(close, scores):
    """Places of a row that are chosen: one or none."""
    if any(score >= SURE for score in scores):
        return []
    left = [place for place, score in enumerate(scores) if score < 0]
    best = min(left, key=lambda place: (-close[place], place), default=None)
    if best is None or (close[best] < TOO_FAR and len(left) < len(scores)):
        return []
    return [best]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(names, names), min_size=1, max_size=3))
def test_closeness_is_what_either_name_has_of_the_other(pairs):
    lists, rows, arrays, tokens = analysed([record for pair in pairs for record in pair])
    left = np.arange(0, len(lists), 2, dtype=np.int32)
    starts, close = closeness(arrays, tokens, left, left + 1)
    told = iter(close.tolist())
    for one, other in zip(lists[::2], lists[1::2], strict=True):
        for i in one:
            for j in other:
                plain = plain_covered(rows[i], rows[j], tokens) + plain_covered(rows[j], rows[i], tokens)
                assert abs(next(told) - (EQUAL if i == j else plain)) < 1e-9
    assert next(told, None) is None
    assert (
        starts.tolist()
        == np.cumsum([0, *(len(a) * len(b) for a, b in zip(lists[::2], lists[1::2], strict=True))]).tolist()
    )
    back, other_way = closeness(arrays, tokens, left + 1, left)
    assert back.tolist() == starts.tolist()
    for pair, (a, b) in enumerate(zip(lists[::2], lists[1::2], strict=True)):
        span = slice(starts[pair], starts[pair + 1])
        assert np.array_equal(close[span].reshape(len(a), len(b)).T, other_way[span].reshape(len(b), len(a)))


@settings(max_examples=300, deadline=None)
@given(names, names, scores_told)
def test_the_closest_not_compared_is_chosen_for_each_name_without_its_like(here, there, told):
    lists, _, arrays, tokens = analysed([here, there])
    left, right = np.array([0], np.int32), np.array([1], np.int32)
    starts, close = closeness(arrays, tokens, left, right)
    scores = np.array(told[: len(close)], np.float32)
    first, second, places = closest_pairs(arrays, left, right, starts, close, scores)
    shape = len(here), len(there)
    nearness, known = close.reshape(shape), scores.reshape(shape)
    wanted = {(i, j) for i in range(shape[0]) for j in plain_next(nearness[i], known[i])}
    wanted |= {(i, j) for j in range(shape[1]) for i in plain_next(nearness[:, j], known[:, j])}
    assert {divmod(place, shape[1]) for place in places.tolist()} == wanted
    assert places.tolist() == sorted(set(places.tolist()))
    rows = [sorted((lists[0][place // shape[1]], lists[1][place % shape[1]])) for place in places.tolist()]
    assert rows == np.stack([first, second], axis=1).tolist()
    turned = np.ascontiguousarray(nearness.T).ravel(), np.ascontiguousarray(known.T).ravel()
    *_, back = closest_pairs(arrays, right, left, starts, *turned)
    assert {divmod(place, shape[0])[::-1] for place in back.tolist()} == wanted
