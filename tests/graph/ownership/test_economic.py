"""Indirect interest, held against the linear system solved outright."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from shellgame.graph.ownership.economic import shares_of
from shellgame.graph.ownership.evaluation import indexed, stakes_of
from shellgame.model.stakes import PERCENT, WHOLE

Row = tuple[int, int, int, int]


def interest(
    rows: list[Row], parties: int, owners: list[int], wanted: list[int] | None = None
) -> tuple[list[float], list[float], bool]:
    stakes = stakes_of([(owner, owned, "shares", low * PERCENT, high * PERCENT) for owner, owned, low, high in rows])
    found = shares_of(indexed(stakes, parties), owners, wanted)
    return found.low.round(9).tolist(), found.high.round(9).tolist(), found.solved


def test_shares_of_shares_are_multiplied_and_added_up() -> None:
    rows = [(0, 1, 50, 50), (1, 2, 50, 50), (0, 2, 10, 20)]
    assert interest(rows, 3, [0]) == ([1.0, 0.5, 0.35], [1.0, 0.5, 0.45], True)


def test_what_a_circle_holds_of_itself_belongs_to_those_outside() -> None:
    rows = [(0, 1, 10, 10), (2, 1, 90, 90), (1, 2, 100, 100)]
    assert interest(rows, 3, [0]) == ([1.0, 1.0, 1.0], [1.0, 1.0, 1.0], True)


def test_where_the_rounds_do_not_come_to_an_end_all_is_possible() -> None:
    stakes = stakes_of([(0, 1, "shares", 0, 100), (1, 2, "shares", 0, WHOLE), (2, 1, "shares", 0, WHOLE)])
    found = shares_of(indexed(stakes, 3), [0])
    assert (found.solved, found.low[2], found.high[2]) == (False, 0.0, 1.0)


def test_a_question_about_some_is_answered_as_among_all() -> None:
    rows = [(0, 1, 50, 60), (1, 2, 50, 50), (2, 1, 10, 10), (3, 2, 5, 5), (2, 4, 50, 50)]
    everything, some = interest(rows, 5, [0, 3]), interest(rows, 5, [0, 3], [2])
    assert everything[0][:4] == some[0][:4]
    assert everything[1][:4] == some[1][:4]
    assert some[0][4] == 0.0


exact_rows = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 5), st.integers(1, 25)), max_size=12)


@settings(max_examples=150)
@given(exact_rows)
def test_interest_solves_the_linear_system(drawn: list[tuple[int, int, int]]) -> None:
    rows: list[Row] = []
    for owner, owned, figure in drawn:  # never more than 95 % of a company, so that the system has one solution
        left = 95 - sum(low for _, other, low, _ in rows if other == owned)
        if left > 0:
            rows.append((owner, owned, min(figure, left), min(figure, left)))
    matrix = np.zeros((6, 6))
    for owner, owned, low, _ in rows:
        matrix[owner, owned] += low / 100
    inside = np.linalg.solve(np.eye(5) - matrix[1:, 1:].T, matrix[0, 1:])
    low, high, solved = interest(rows, 6, [0])
    assert solved
    assert np.allclose(low[1:], inside, atol=1e-8)
    assert np.allclose(high[1:], inside, atol=1e-8)


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 5), st.integers(0, 100), st.integers(0, 100)), max_size=12))
def test_the_least_is_never_above_the_most_and_nobody_has_more_than_all(drawn: list[Row]) -> None:
    rows = [(owner, owned, min(a, b), max(a, b)) for owner, owned, a, b in drawn]
    low, high, _ = interest(rows, 6, [0, 1])
    assert all(
        0 <= Fraction(a) <= Fraction(b) + Fraction(1, 10**6) <= 1 + Fraction(1, 10**6)
        for a, b in zip(low, high, strict=True)
    )
    assert low[:2] == high[:2] == [1.0, 1.0]
    assert WHOLE == 100 * PERCENT
