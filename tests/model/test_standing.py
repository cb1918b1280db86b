"""What stands of many judgements, and which contradict each other; held against a plain model that asks every pair of everybody."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shellgame.errors import WrongUse
from shellgame.model.judgement import OPINIONS, Judgement, Verdict, checked
from shellgame.model.standing import Standing, holding

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


def plain(history):
    """The rule, word by word and slowly: verdicts of pairs, and the pairs that wait."""

    def holds(made):
        return not any(each.withdraws == made.key and holds(each) for each in history)

    verdicts, latest = {}, {}
    for pair in {made.pair for made in history}:
        on_it = [made for made in history if made.pair == pair and made.judgement != "withdrawn" and holds(made)]
        opinions = [made for made in on_it if made == [each for each in on_it if each.author == made.author][-1]]
        opinions = [
            made
            for made in opinions
            if made.judgement != "unsure"
            or not any(each.decided_at > made.decided_at and each.judgement != "unsure" for each in opinions)
        ]
        for verdict in ("different", "unsure", "same"):
            if saying := [made for made in opinions if made.judgement == verdict]:
                verdicts[pair], latest[pair] = verdict, saying[-1]
                break
    joined = []
    for made in sorted(latest.values(), key=lambda made: made.decided_at):
        if made.judgement == "same":
            tried = [*joined, made.pair]
            if any(verdicts[pair] == "different" and connected(tried, *pair) for pair in verdicts):
                verdicts[made.pair] = "unsure"
            else:
                joined = tried
    return verdicts


def connected(pairs, start, end):
    reached = {start}
    for _ in pairs:
        reached |= {identity for pair in pairs if pair & reached for identity in pair}
    return end in reached


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None)
@given(deeds)
def test_what_stands_is_what_the_plain_rule_says(deeds):
    history = history_of(deeds)
    standing = Standing(history)
    assert standing.verdicts == plain(history)
    groups = standing.groups()
    assert not any(pair <= group for pair in standing.apart() for group in groups)
    contested = any(opinion.contested for opinion in standing.opinions.values())
    found = list(standing.contradictions())
    assert len(found) == standing.count_contradictions()
    assert bool(found) == (contested or bool(standing.waiting))
    for chain in (each for each in found if each.kind == "chain"):
        *row, different = chain.judgements
        assert (different.judgement, {made.judgement for made in row}) == ("different", {"same"})
        assert {made.pair for made in row} & set(standing.waiting)
        assert connected([made.pair for made in row], different.left_id, different.right_id)


@settings(max_examples=200, deadline=None)
@given(deeds, st.randoms())
def test_the_order_in_which_judgements_arrive_changes_nothing(deeds, random):
    history = history_of(deeds)
    shuffled = random.sample(history, len(history))
    assert Standing(shuffled).verdicts == Standing(history).verdicts
    assert Standing(shuffled).groups() == Standing(history).groups()


@settings(max_examples=200, deadline=None)
@given(deeds, decided)
def test_judging_and_withdrawing_restores(deeds, deed):
    history = history_of(deeds)
    made = judgement(*deed, at=100)
    undone = judgement(made.pair, Verdict.WITHDRAWN, made.author, 101, made.key)
    assert Standing([*history, made, undone]).verdicts == Standing(history).verdicts


@settings(max_examples=500, deadline=None)
@given(deeds, decided)
def test_taking_in_one_more_is_the_same_as_beginning_anew(deeds, deed):
    history, made = history_of(deeds), judgement(*deed, at=100)
    standing, whole = Standing(history), Standing([*history, made])
    assert list(standing.verdicts) == list(Standing(history).verdicts)
    if standing.add(made):
        assert standing.verdicts == whole.verdicts
        assert standing.groups() == whole.groups()
        assert {standing.says(*sorted(pair)) for pair in whole.opinions} == {
            whole.says(*sorted(pair)) for pair in whole.opinions
        }
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
