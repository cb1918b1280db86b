"""What people decided: what stands, what contradicts."""

from __future__ import annotations

from hypothesis import given, settings
from tests.resolve.evidence import judgement, judgements
from tests.resolve.plain_clusters import plain_judged

from shellgame.model.judgement import Judgement, Verdict
from shellgame.resolve.judged import judged_of

SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE


def decided(*said: tuple[str, Verdict, str]) -> list[Judgement]:
    return [
        judgement((pair[0], pair[1]), verdict, author, minute) for minute, (pair, verdict, author) in enumerate(said)
    ]


@settings(deadline=None, max_examples=400)
@given(judgements(most=12))
def test_finds_what_walking_every_way_finds(made: list[Judgement]) -> None:
    found, (same, apart, suspended) = judged_of(made), plain_judged(made)
    assert (set(found.same), set(found.apart)) == (same, apart)
    assert {each.different: set(each.same) for each in found.contradictions} == suspended


def test_the_latest_of_each_author_stands() -> None:
    assert judged_of(decided(("ab", SAME, "A"), ("ab", DIFFERENT, "A"))).apart == (("a", "b"),)
    assert judged_of(decided(("ab", DIFFERENT, "A"), ("ab", SAME, "A"))).same == (("a", "b"),)
    assert judged_of(decided(("ab", SAME, "A"), ("ab", UNSURE, "A"))) == judged_of([])
    assert judged_of(decided(("ab", SAME, "A"), ("ab", UNSURE, "B"))).same == (("a", "b"),)


def test_two_people_of_different_opinion_join_nobody_and_are_told() -> None:
    found = judged_of(decided(("ab", SAME, "A"), ("ab", DIFFERENT, "B")))
    assert (found.same, found.apart) == ((), (("a", "b"),))
    (told,) = found.contradictions
    assert [(each.author, each.judgement) for each in told.judgements] == [("A", SAME), ("B", DIFFERENT)]


def test_a_row_of_same_whose_ends_differ_joins_nobody_and_is_told() -> None:
    found = judged_of(decided(("ab", SAME, "A"), ("bc", SAME, "A"), ("ac", DIFFERENT, "A")))
    assert (found.same, found.apart) == ((), (("a", "b"), ("a", "c"), ("b", "c")))
    (told,) = found.contradictions
    assert told.different == ("a", "c")
    assert told.same == (("a", "b"), ("b", "c"))


def test_same_beside_a_contradiction_stands() -> None:
    star = [("ma", SAME, "A"), ("mb", SAME, "A"), ("mc", SAME, "A"), ("ab", DIFFERENT, "B")]
    assert judged_of(decided(*star)).same == (("c", "m"),)


def test_withdrawing_one_side_ends_the_contradiction() -> None:
    said = [("ab", SAME, "A"), ("bc", SAME, "A"), ("ac", DIFFERENT, "B"), ("ac", UNSURE, "B")]
    found = judged_of(decided(*said))  # type: ignore[arg-type]
    assert (found.same, found.apart, found.contradictions) == ((("a", "b"), ("b", "c")), (), ())
