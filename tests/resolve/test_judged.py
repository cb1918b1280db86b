"""What stands of people's decisions, as clusters take it."""

from __future__ import annotations

from hypothesis import given, settings
from tests.resolve.evidence import judgement, judgements
from tests.resolve.plain_clusters import plain_judged

from shellgame.model.judgement import Judgement, Verdict
from shellgame.model.standing import Standing
from shellgame.resolve.judged import Judged, judged_of

SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE


def decided(*said: tuple[str, Verdict]) -> list[Judgement]:
    return [judgement((pair[0], pair[1]), verdict, "A", minute) for minute, (pair, verdict) in enumerate(said)]


@settings(deadline=None, max_examples=400)
@given(judgements(most=12))
def test_finds_what_walking_every_way_finds(made: list[Judgement]) -> None:
    found = judged_of(made)
    assert (set(found.same), set(found.apart)) == plain_judged(made)
    assert judged_of(Standing(made)) == found


@settings(deadline=None, max_examples=400)
@given(judgements(most=12))
def test_nothing_that_is_kept_apart_is_joined(made: list[Judgement]) -> None:
    found = judged_of(made)
    joined = Standing([judgement(pair, SAME, "A", 0) for pair in found.same])
    assert not [pair for pair in found.apart if joined.says(*pair)]


def test_the_same_that_waits_neither_joins_nor_parts_of_itself() -> None:
    found = judged_of(decided(("ab", SAME), ("bc", SAME), ("ac", DIFFERENT)))
    assert found == Judged((("a", "b"),), (("a", "c"),), found.contradictions)
    assert [each.judgements[1].pair for each in found.contradictions] == [frozenset("bc")]


def test_what_people_left_unsure_speaks_neither_way() -> None:
    assert judged_of(decided(("ab", UNSURE))) == Judged()
