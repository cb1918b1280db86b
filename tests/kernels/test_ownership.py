"""Ownership rules, held against their plain twin, against every set of figures that stakes allow, and against laws."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.kernels.plain_ownership import Graph, Stake, Verdict, plain_verdicts

from shellgame.graph.ownership.evaluation import (
    KINDS,
    Answer,
    Stakes,
    Verdicts,
    contradictions,
    evaluate,
    everybody_above,
    indexed,
    jointly,
    stakes_of,
)
from shellgame.graph.ownership.rules import Rule, all_rules
from shellgame.model.stakes import IN_SHARES, PERCENT, WHOLE, StakeKind

SEEDED = 10_000
FIGURES = [0, 0, 1, 10, 25, 25, 30, 40, 45, 50, 50, 60, 75, 100]
VERSIONS = list(
    {(rule.limbs, rule.per_person, rule.silent_on_adding_up, rule.control): rule for rule in all_rules()}.values()
)
ORDER = ("NOT_CAUGHT", "UNKNOWN", "CAUGHT", "LISTED")
rule_versions = st.sampled_from(VERSIONS)


def stake_by_chance(draw: random.Random, parties: int) -> Stake:
    """One holding: half of them exact, some untold, ends now and then one unit beside a round figure."""
    kind = draw.choice([StakeKind.SHARES] * 5 + list(StakeKind))
    low, high = sorted((draw.choice(FIGURES) * PERCENT, draw.choice(FIGURES) * PERCENT))
    low, high = low + draw.choice([0, 0, 1]), high - draw.choice([0, 0, 1])
    if draw.random() < 0.5:
        high = low
    if draw.random() < 0.15:
        low, high = 0, WHOLE
    low = min(low, WHOLE)
    return Stake(draw.randrange(parties), draw.randrange(parties), kind, low, min(max(low, high), WHOLE))


def graph_by_chance(draw: random.Random) -> Graph:
    parties = draw.randint(1, 8)
    return Graph(
        parties,
        [stake_by_chance(draw, parties) for _ in range(draw.randint(0, 14))],
        frozenset(party for party in range(parties) if draw.random() < 0.25),
        [frozenset(draw.sample(range(parties), 2))] if parties > 1 and draw.random() < 0.2 else [],
    )


graphs = st.randoms(use_true_random=False).map(graph_by_chance)


def stakes_in(*graphs: Graph) -> tuple[Stakes, np.ndarray]:
    """The stakes of several graphs side by side, and who is listed."""
    rows, arrangements, listed, first = [], [], [], 0
    for graph in graphs:
        rows += [
            (each.owner + first, each.owned + first, each.kind.value, each.low, each.high) for each in graph.stakes
        ]
        arrangements += [[member + first for member in members] for members in graph.arrangements]
        listed += [party in graph.listed for party in range(graph.parties)]
        first += graph.parties
    return jointly(stakes_of(rows), arrangements), np.array(listed, np.bool_)


def as_plain(verdicts: Verdicts, party: int) -> Verdict:
    return Verdict(
        Answer(verdicts.answer[party]).name,
        KINDS[verdicts.kind[party]],
        int(verdicts.low[party]),
        int(verdicts.high[party]),
        bool(verdicts.control[party]),
    )


@pytest.mark.parametrize("rule", VERSIONS, ids=lambda rule: f"{rule.id}-{rule.valid_from}")
def test_answers_and_intervals_are_those_of_the_plain_evaluator_on_ten_thousand_graphs(rule: Rule) -> None:
    draw = random.Random(20240703)
    drawn = [graph_by_chance(draw) for _ in range(SEEDED)]
    verdicts = evaluate(*stakes_in(*drawn), rule)
    assert verdicts.exact
    first, told = 0, set()
    for graph in drawn:
        for party, plain in enumerate(plain_verdicts(graph, rule)):
            assert as_plain(verdicts, first + party) == plain, (graph, party)
            told.add(plain.answer)
        first += graph.parties
    assert told == set(ORDER)


@settings(max_examples=300)
@given(graphs, rule_versions)
def test_answers_and_intervals_are_those_of_the_plain_evaluator(graph: Graph, rule: Rule) -> None:
    verdicts = evaluate(*stakes_in(graph), rule)
    assert [as_plain(verdicts, party) for party in range(graph.parties)] == plain_verdicts(graph, rule)


@settings(max_examples=200)
@given(graphs, rule_versions, st.data())
def test_a_question_about_one_party_is_answered_as_among_all(graph: Graph, rule: Rule, data: st.DataObject) -> None:
    wanted = data.draw(st.lists(st.integers(0, graph.parties - 1), min_size=1, max_size=2))
    stakes, listed = stakes_in(graph)
    holdings = indexed(stakes, graph.parties)
    one, everything = evaluate(holdings, listed, rule, wanted), evaluate(holdings, listed, rule)
    above = everybody_above(holdings, wanted).tolist()
    assert set(wanted) <= set(above)
    assert [as_plain(one, party) for party in above] == [as_plain(everything, party) for party in above]
    assert not one.answer[[party for party in range(graph.parties) if party not in above]].any()


@settings(max_examples=100)
@given(graphs, rule_versions, st.randoms(use_true_random=False))
def test_numbers_and_order_change_nothing(graph: Graph, rule: Rule, draw: random.Random) -> None:
    number = draw.sample(range(graph.parties), graph.parties)
    moved = Graph(
        graph.parties,
        [each._replace(owner=number[each.owner], owned=number[each.owned]) for each in graph.stakes][::-1],
        frozenset(number[party] for party in graph.listed),
        [frozenset(number[member] for member in members) for members in graph.arrangements],
    )
    before, after = evaluate(*stakes_in(graph), rule), evaluate(*stakes_in(moved), rule)
    assert [as_plain(before, party) for party in range(graph.parties)] == [as_plain(after, each) for each in number]


@settings(max_examples=100)
@given(graphs, rule_versions, st.data())
def test_one_more_listed_party_lowers_no_answer_and_no_bound(graph: Graph, rule: Rule, data: st.DataObject) -> None:
    more = graph._replace(listed=graph.listed | {data.draw(st.integers(0, graph.parties - 1))})
    before, after = evaluate(*stakes_in(graph), rule), evaluate(*stakes_in(more), rule)
    assert (before.answer <= after.answer).all()
    same = before.kind == after.kind
    assert (before.low <= after.low)[same].all()
    assert (before.high <= after.high)[same].all()


@settings(max_examples=200)
@given(graphs, rule_versions, st.randoms(use_true_random=False))
def test_better_figures_settle_answers_and_unsettle_none(graph: Graph, rule: Rule, draw: random.Random) -> None:
    closer = graph._replace(
        stakes=[
            each._replace(low=(low := draw.randint(each.low, each.high)), high=draw.randint(low, each.high))
            if each.kind in IN_SHARES
            else each
            for each in graph.stakes
        ]
    )
    assume(not contradictions(indexed(stakes_in(closer)[0], graph.parties)))
    before, after = evaluate(*stakes_in(graph), rule), evaluate(*stakes_in(closer), rule)
    settled = before.answer != Answer.UNKNOWN
    assert (before.answer == after.answer)[settled].all()


@settings(max_examples=100)
@given(graphs, rule_versions)
def test_whom_one_person_is_enough_for_all_together_are(graph: Graph, rule: Rule) -> None:
    assume(rule.per_person and not graph.arrangements)
    together = rule.added_up()
    apart, joined = evaluate(*stakes_in(graph), rule), evaluate(*stakes_in(graph), together)
    assert (apart.answer <= joined.answer).all()


@st.composite
def small_graphs(draw: st.DrawFn) -> Graph:
    """Few stakes, in quarters, so that all figures that they allow can be tried."""
    quarters = st.tuples(st.integers(0, 4), st.integers(0, 4)).map(sorted)
    stakes = [
        Stake(owner, owned, StakeKind.SHARES, low * 25 * PERCENT, high * 25 * PERCENT)
        for owner, owned, (low, high) in draw(
            st.lists(st.tuples(st.integers(0, 4), st.integers(1, 4), quarters), min_size=1, max_size=5)
        )
    ]
    assume(np.prod([1 + (each.high - each.low) // (25 * PERCENT) for each in stakes]) <= 150)
    return Graph(5, stakes, frozenset({0}) | frozenset(draw(st.sets(st.integers(1, 4), max_size=1))))


@settings(max_examples=150)
@given(small_graphs(), rule_versions)
def test_caught_is_caught_by_all_figures_and_not_caught_by_none(graph: Graph, rule: Rule) -> None:
    assume(not contradictions(indexed(stakes_in(graph)[0], graph.parties)))
    possible = []
    for figures in product(*(range(each.low, each.high + 1, 25 * PERCENT) for each in graph.stakes)):
        exact = [each._replace(low=figure, high=figure) for each, figure in zip(graph.stakes, figures, strict=True)]
        if all(sum(each.low for each in exact if each.owned == owned) <= WHOLE for owned in range(graph.parties)):
            possible.append([each.answer for each in plain_verdicts(graph._replace(stakes=exact), rule)])
    verdicts = evaluate(*stakes_in(graph), rule)
    for party in set(range(graph.parties)) - graph.listed:
        answers = {answers[party] for answers in possible}
        assert Answer(verdicts.answer[party]).name == (answers.pop() if len(answers) == 1 else "UNKNOWN")


@settings(max_examples=100)
@given(graphs, rule_versions)
def test_with_no_more_work_allowed_answers_are_open_and_never_wrong(graph: Graph, rule: Rule) -> None:
    stakes, listed = stakes_in(graph)
    little, enough = evaluate(stakes, listed, rule, work=0), evaluate(stakes, listed, rule)
    assert (little.answer == enough.answer)[little.answer != Answer.UNKNOWN].all()
    assert (little.exact and (little.answer == enough.answer).all()) or len(graph.listed) > 1


@pytest.mark.parametrize("reverse", [False, True])
def test_a_chain_of_listed_companies_is_gone_down_once(reverse: bool) -> None:
    length = 3000
    number = list(range(length))[:: -1 if reverse else 1]
    stakes = stakes_of([(number[at], number[at + 1], "shares", WHOLE, WHOLE) for at in range(length - 1)])
    rule = next(rule for rule in VERSIONS if rule.id == "gb_50")
    verdicts = evaluate(stakes, np.ones(length, np.bool_), rule, work=1)
    assert verdicts.exact  # each from its own place would be 4.5 million steps, 1,500 times as many as there are stakes
