"""What stands of many judgements, and which contradict each other; held against a plain model that asks every pair of everybody."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.model.plain_standing import Plain, connected

from shellgame.errors import WrongUse
from shellgame.model.judgement import OPINIONS, Judgement, Verdict, checked
from shellgame.model.opinions import holding
from shellgame.model.standing import Standing

IDS = "abcdef"


def judgement(pair, verdict, author="ada", at=0, withdraws=""):
    left, right = sorted(pair)
    return Judgement(
        left, right, Verdict(verdict), "why", author, f"2031-01-01T00:{at // 60:02}:{at % 60:02}Z", withdraws=withdraws
    )


def told(*judgements):
    return [judgement(*each, at=at) for at, each in enumerate(judgements)]


def stands(history):
    return {"".join(sorted(pair)): str(verdict) for pair, verdict in Standing(history).verdicts.items()}


@pytest.mark.parametrize(
    ("history", "verdict", "contested"),
    [
        ([("ab", "same"), ("ab", "different")], "different", False),
        ([("ab", "different"), ("ab", "same")], "same", False),
        ([("ab", "same", "ada"), ("ab", "different", "ben")], "different", True),
        ([("ab", "different", "ada"), ("ab", "same", "ben")], "different", True),
        ([("ab", "unsure", "ada"), ("ab", "same", "ben")], "same", False),
        ([("ab", "same", "ada"), ("ab", "unsure", "ben")], "unsure", True),
        ([("ab", "same", "ada"), ("ab", "unsure", "ben"), ("ab", "same", "eve")], "same", False),
    ],
)
def test_the_most_careful_opinion_stands_and_a_doubt_is_answered_by_who_comes_later(history, verdict, contested):
    (opinion,) = Standing(told(*history)).opinions.values()
    assert (opinion.verdict, opinion.contested) == (verdict, contested)


def test_two_authors_of_other_opinion_are_told_with_who_said_what():
    history = told(("ab", "same", "ada"), ("ab", "different", "ben"))
    (found,) = Standing(history).contradictions()
    assert (found.kind, found.judgements) == ("pair", tuple(history))
    assert found.stands.startswith("different stands")


def test_a_row_of_same_that_leads_to_a_different_is_told_and_the_last_same_waits():
    history = told(("ab", "same", "ada"), ("bc", "same", "ben"), ("ac", "different", "eve"))
    standing = Standing(history)
    (found,) = standing.contradictions()
    assert (found.kind, found.judgements) == ("chain", tuple(history))
    assert "b = c waits" in found.stands
    assert stands(history) == {"ab": "same", "bc": "unsure", "ac": "different"}
    assert standing.groups() == [frozenset("ab")]


def test_two_of_which_some_say_one_thing_and_others_another_are_unsure_by_way_of_others_too():
    standing = Standing(told(("ab", "same"), ("cd", "same"), ("bc", "same"), ("ac", "different")))
    assert standing.waiting == (frozenset("bc"),)
    assert [standing.says(*pair) for pair in ("ab", "ac", "bc", "ad", "bd")] == [
        "same",
        "different",
        "unsure",
        "unsure",
        "unsure",
    ]


def test_what_one_author_said_at_one_moment_counts_with_the_most_careful_last():
    said = [judgement("ab", verdict, at=0) for verdict in ("different", "same", "unsure")]
    assert stands(said) == stands(said[::-1]) == {"ab": "different"}
    nobody_tells_when = [replace(made, decided_at="") for made in (said[1], judgement("ab", "unsure", "ben"))]
    assert stands(nobody_tells_when) == {"ab": "unsure"}


def test_withdrawing_gives_back_what_held_before_and_can_be_withdrawn_itself():
    first, second = told(("ab", "same"), ("ab", "different"))
    undo = judgement("ab", Verdict.WITHDRAWN, at=9, withdraws=second.key)
    redo = judgement("ab", Verdict.WITHDRAWN, at=10, withdraws=undo.key)
    assert stands([first, second, undo]) == {"ab": "same"}
    assert stands([redo, first, undo, second]) == {"ab": "different"}


def test_a_judgement_on_another_pair_cannot_be_withdrawn():
    (first,) = told(("ab", "same"))
    foreign = judgement("cd", Verdict.WITHDRAWN, at=9, withdraws=first.key)
    assert holding([first, foreign]) == [first]


def test_ids_of_a_resolver_join_records_though_no_list_has_them():
    standing = Standing(told((("NK-1", "a"), "same"), (("NK-1", "b"), "same"), (("NK-1", "c"), "different")))
    assert standing.says("a", "b") is Verdict.SAME
    assert standing.says("b", "c") is Verdict.DIFFERENT


def test_a_long_row_of_withdrawals_is_followed():
    history = told(("ab", "same"))
    for at in range(1, 3000):
        history.append(judgement("ab", Verdict.WITHDRAWN, at=at, withdraws=history[-1].key))
    assert len(holding(history)) == 0
    assert len(holding(history[:-1])) == 1


decided = st.tuples(
    st.sampled_from([*map("".join, combinations(IDS, 2))]), st.sampled_from(OPINIONS), st.sampled_from(["ada", "ben"])
)
deeds = st.lists(st.one_of(decided, st.integers(0, 30)), max_size=30)


def history_of(deeds):
    """Judgements, one a second; a number withdraws the one of that number, where there is one."""
    history = []
    for at, deed in enumerate(deeds):
        if isinstance(deed, int):
            if deed < len(history):
                made = history[deed]
                history.append(judgement(made.pair, Verdict.WITHDRAWN, made.author, at, made.key))
        else:
            history.append(judgement(*deed, at=at))
    return history


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None)
@given(deeds)
def test_what_stands_is_what_the_plain_rule_says(deeds):
    history = history_of(deeds)
    standing, plain = Standing(history), Plain(history)
    assert standing.verdicts == plain.verdicts
    assert list(standing.waiting) == plain.waiting
    assert set(standing.followed()) == set(plain.joined)
    for pair in combinations(IDS, 2):
        assert standing.says(*pair) == plain.says(*pair)
        row = [made.pair for made in standing.row(*pair)]
        assert set(row) <= set(plain.joined)
        assert connected(row, *pair) == (standing.says(*pair) == "same")
    assert not any(pair <= group for pair in standing.apart() for group in standing.groups())


@settings(max_examples=1000, deadline=None)
@given(deeds)
def test_every_opinion_that_others_contradict_is_told_and_nothing_else(deeds):
    standing = Standing(history_of(deeds))
    found = list(standing.contradictions())
    assert len(found) == standing.count_contradictions()
    contested = {pair for pair, opinion in standing.opinions.items() if opinion.contested}
    assert {each.judgements[0].pair for each in found if each.kind == "pair"} == contested
    chains = [each for each in found if each.kind == "chain"]
    for chain, waits in zip(chains, standing.waiting, strict=True):
        *row, different = chain.judgements
        assert (different.judgement, {made.judgement for made in row}) == ("different", {"same"})
        assert {made.pair for made in row} & set(standing.waiting) == {waits}
        assert connected([made.pair for made in row], different.left_id, different.right_id)
        assert len(row) == len({made.pair for made in row})


@settings(max_examples=200, deadline=None)
@given(deeds, st.randoms())
def test_the_order_in_which_judgements_arrive_changes_nothing(deeds, random):
    history = [replace(made, decided_at=made.decided_at[:-2] + "0Z") for made in history_of(deeds)]
    shuffled = random.sample(history, len(history))
    assert Standing(shuffled).verdicts == Standing(history).verdicts
    assert Standing(shuffled).groups() == Standing(history).groups()
    assert list(Standing(shuffled).contradictions()) == list(Standing(history).contradictions())


@settings(max_examples=200, deadline=None)
@given(deeds, decided)
def test_judging_and_withdrawing_restores(deeds, deed):
    history = history_of(deeds)
    made = judgement(*deed, at=100)
    undone = judgement(made.pair, Verdict.WITHDRAWN, made.author, 101, made.key)
    before, after = Standing(history), Standing([*history, made, undone])
    assert (after.verdicts, after.groups(), after.waiting) == (before.verdicts, before.groups(), before.waiting)


@settings(max_examples=500, deadline=None)
@given(deeds, decided, st.integers(0, 100))
def test_taking_in_one_more_is_the_same_as_beginning_anew(deeds, deed, at):
    history, made = history_of(deeds), judgement(*deed, at=at)
    standing, whole = Standing(history), Standing([*history, made])
    list(standing.contradictions())  # what was worked out before is not kept
    assert all(standing.row(*pair) for pair in combinations(IDS, 2) if standing.says(*pair) is Verdict.SAME)
    if standing.add(made):
        assert (standing.verdicts, standing.groups(), standing.waiting) == (
            whole.verdicts,
            whole.groups(),
            whole.waiting,
        )
        for pair in combinations(IDS, 2):
            assert standing.says(*pair) == whole.says(*pair)
            assert bool(standing.row(*pair)) == bool(whole.row(*pair))
    else:
        assert standing.verdicts == Standing(history).verdicts


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"left_id": "b"}, "about two"),
        ({"left_id": ""}, "id '' cannot be kept"),
        ({"left_id": "a" * 256}, "cannot be kept"),
        ({"author": "a\x1b[2J"}, "cannot be kept"),
        ({"why": "x\x00"}, "cannot be kept"),
        ({"why": "\ud800"}, "cannot be kept"),
        ({"why": "x" * 4001}, "cannot be kept"),
        ({"why": " \n "}, "needs a reason"),
        ({"score": 1.5}, "out of range"),
        ({"score": float("nan")}, "out of range"),
        ({"decided_at": "yesterday"}, "no moment"),
        ({"evidence": "\n"}, "evidence"),
        ({"withdraws": "0" * 32}, "withdraws"),
        ({"judgement": Verdict.WITHDRAWN}, "withdraws"),
    ],
)
def test_what_cannot_be_kept_is_refused(change, message):
    whole = vars(judgement("ab", "same")) | change
    with pytest.raises(WrongUse, match=message):
        checked(Judgement(**whole))


def test_a_reason_in_any_script_is_kept():
    made = Judgement("b", "a", Verdict.SAME, "نام\u200cخانوادگی\nهمان", "ada", "2031-01-01T00:00:00Z")
    assert checked(made).why == "نام\u200cخانوادگی همان"
    assert (checked(made).left_id, checked(made).right_id) == ("a", "b")
