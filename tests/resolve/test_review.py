"""Which pairs are shown, in what order, and what each key does; the pure part of a review."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shellgame.model.judgement import Judgement, Verdict
from shellgame.model.standing import Standing
from shellgame.resolve.grounds import grounds_of
from shellgame.resolve.review import (
    BACKSPACE,
    ENTER,
    ESCAPE,
    QUICK_REASONS,
    Mode,
    OpenPair,
    begin,
    open_pairs,
    passing,
    press,
    summary,
)
from shellgame.testing.parties import party

PAIRS = (OpenPair("a", "b", 0.5), OpenPair("a", "c", 0.6), OpenPair("b", "c", 0.7), OpenPair("d", "e", 0.8))


def pressed(review, keys):
    """Press keys; gives the last moment and everything that was to be written down."""
    acts = []
    for key in keys:
        review, act = press(review, key)
        acts += [act] if act else []
    return review, acts


def judged(pair, verdict, author="ada", **more):
    left, right = sorted(pair)
    return Judgement(left, right, Verdict(verdict), "why", author, "2031-01-01T00:00:00Z", **more)


def test_suspicious_pairs_come_first_then_the_unsure_on_which_much_hangs():
    sure = OpenPair("a", "b", 0.98)
    unsure = OpenPair("a", "c", 0.5)
    heavy = OpenPair("a", "d", 0.6, weight=30)
    marked = OpenPair("a", "e", 0.99, mark="two dates of birth")
    assert open_pairs([sure, unsure, heavy, marked], Standing([])) == [marked, heavy, unsure, sure]


def test_a_decided_pair_is_not_shown_again_nor_one_that_others_answer():
    standing = Standing([judged("ab", "same"), judged("bc", "same"), judged("de", "different"), judged("ax", "unsure")])
    pairs = [OpenPair(*pair, 0.5) for pair in ("ab", "ac", "de", "ax", "af", "fa")]
    assert [(pair.left_id, pair.right_id) for pair in open_pairs(pairs, standing)] == [("f", "a")]
    assert len(open_pairs(pairs, standing, again=True)) == 2


def test_a_pair_is_shown_again_when_its_evidence_changed_and_says_what():
    left, right = party("a", name="Orsin Maledd"), party("b", name="Maledd Orsin")
    grounds = grounds_of(right, left)
    entities = {"a": left, "b": right}
    made = judged("ab", "same", evidence=grounds, score=0.5)
    pair = OpenPair("a", "b", 0.52, "names agree")

    def shown(made, pair, entities=entities):
        return open_pairs([pair], Standing([made]), lambda ids: entities)

    assert shown(made, pair) == []
    assert shown(judged("ab", "same"), pair) == []
    assert "score 0.50, now 0.95" in shown(made, replace(pair, score=0.95))[0].why
    born = entities | {"b": party("b", name="Maledd Orsin", birthDate="1961-06-06")}
    assert shown(made, pair, born)[0].why == "changed since ada decided same on 2031-01-01: birthDate of b. names agree"
    assert shown(made, pair, {"a": left}) == []


def test_who_looked_at_changed_evidence_is_not_asked_again_though_another_opinion_stands():
    entities = {"a": party("a", name="Orsin Maledd"), "b": party("b", name="Maledd Orsin")}
    before = judged("ab", "different", evidence="Person name=1 | Person name=2")
    looked = judged("ab", "same", "ben", evidence=grounds_of(*entities.values()))
    pair = OpenPair("a", "b", 0.5)
    assert len(open_pairs([pair], Standing([before]), lambda ids: entities)) == 1
    assert open_pairs([pair], Standing([before, looked]), lambda ids: entities) == []


def test_another_case_order_or_listing_is_no_other_evidence():
    right = party("b", name="Talvek")
    one = grounds_of(party("a", name=["Orsin  Maledd", "O. M."], birthDate="1961"), right)
    other = party("a", birthDate="1961", name=["o. m.", "ORSIN MALEDD"], topics="sanction", notes="new remark")
    assert grounds_of(other, right) == one
    assert grounds_of(right, other) == one
    assert one.isascii()
    assert one != grounds_of(party("a", name=["Orsin Maledd", "O. M."], birthDate="1962"), right)


def test_a_verdict_asks_for_a_reason_and_a_number_gives_one():
    review, acts = pressed(begin(PAIRS), "s1")
    assert [(act.pair, act.verdict, act.why) for act in acts] == [
        (PAIRS[0], Verdict.SAME, QUICK_REASONS[Verdict.SAME][0])
    ]
    assert (review.at, review.mode) == (1, Mode.VERDICT)


def test_a_typed_reason_may_hold_any_letter_and_is_mended_with_backspace():
    review, acts = pressed(begin(PAIRS), ["d", *"szq 7x", BACKSPACE, ENTER])
    assert [(act.verdict, act.why) for act in acts] == [(Verdict.DIFFERENT, "szq 7")]
    _, acts = pressed(review, "d0")
    assert [act.why for act in acts] == ["szq 7"]


@pytest.mark.parametrize(
    "keys", [["s", ENTER], ["s", " ", ENTER], ["s", "9"], ["u", "0"], ["s", "²"], ["s", ESCAPE], ["s", BACKSPACE]]
)
def test_nothing_is_decided_without_a_reason(keys):
    review, acts = pressed(begin(PAIRS), keys)
    assert (acts, review.at, review.steps) == ([], 0, ())


def test_a_whole_line_is_a_reason_where_one_is_asked_and_nothing_elsewhere():
    _, acts = pressed(begin(PAIRS), ["s", " 2 lists say so", ENTER])
    assert [act.why for act in acts] == ["2 lists say so"]
    review, acts = pressed(begin(PAIRS), [" skip"])
    assert (review.at, acts, review.note) == (0, [], "'skip' means nothing here")
    assert pressed(begin(PAIRS), ["s", " \x1b[2J", ENTER])[1] == []


def test_undo_goes_back_step_by_step_and_takes_back_what_was_decided():
    review, _ = pressed(begin(PAIRS), "s1ku1")
    assert review.at == 3
    review, acts = pressed(review, "z")
    assert (review.at, [(act.pair, act.verdict) for act in acts]) == (2, [(PAIRS[2], Verdict.WITHDRAWN)])
    review, acts = pressed(review, "z")
    assert (review.at, acts) == (1, [])
    review, acts = pressed(review, "z")
    assert (review.at, acts[0].pair) == (0, PAIRS[0])
    review, acts = pressed(review, "z")
    assert (acts, review.note) == ([], "nothing to undo in this review")


def test_pairs_that_a_decision_answers_are_passed_over_until_it_is_undone():
    review, _ = pressed(begin(PAIRS), "s1s1")
    standing = Standing([judged("ab", "same"), judged("ac", "same")])
    review = passing(review, standing)
    assert (review.pair, review.left) == (PAIRS[3], 1)
    assert summary(review) == "2 decided (2 same), 1 answered by these, 0 skipped, 1 left"
    review, acts = pressed(review, "z")
    review = passing(review, Standing([judged("ab", "same")]))
    assert (review.pair, len(acts)) == (PAIRS[1], 1)
    assert passing(press(review, "k")[0], Standing([judged("ab", "same")])).pair == PAIRS[2]


def test_the_end_is_reached_and_can_be_undone():
    review, _ = pressed(begin(PAIRS[:1]), "k")
    assert (review.mode, summary(review)) == (Mode.DONE, "0 decided, 1 skipped, 0 left")
    review, _ = pressed(review, "s1")
    assert review.mode is Mode.DONE
    review, _ = pressed(review, "z")
    assert (review.mode, review.at) == (Mode.VERDICT, 0)
    assert begin([]).mode is Mode.DONE
    assert pressed(begin(PAIRS), "q")[0].mode is Mode.DONE


keys = st.lists(
    st.one_of(st.sampled_from([*"sdukzmq01239 x", " his brother", ENTER, ESCAPE, BACKSPACE]), st.text(max_size=3)),
    max_size=40,
)


@settings(max_examples=500, deadline=None)
@given(keys)
def test_whatever_is_pressed_what_was_written_down_is_what_the_steps_say(keys):
    review, written = begin(PAIRS), {}
    for key in keys:
        review, act = press(review, key)
        if act and act.verdict is Verdict.WITHDRAWN:
            del written[act.pair]
        elif act:
            assert act.pair not in written
            assert act.why.strip()
            written[act.pair] = act.verdict
        assert {PAIRS[step.at]: step.verdict for step in review.steps if step.verdict} == written
        assert (review.at == len(PAIRS)) <= (review.mode is Mode.DONE)
