"""Small invented evidence for Hypothesis: a few records, edges of every kind, and decisions of two people."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st
from tests.resolve.plain_clusters import Edge

from shellgame.model.judgement import OPINIONS, Judgement, Verdict
from shellgame.resolve.edges import Rest

RECORDS = ("a", "b", "c", "d", "e", "f", "g")
IDS = (*RECORDS, "x", "y")
"""The records, and two ids that no list holds any more."""
PROBABILITIES = (0.0, 0.02, 0.3, 0.5, 0.6, 0.8, 0.9, 0.97, 1.0)


def pairs(ids: Sequence[str]) -> st.SearchStrategy[tuple[str, str]]:
    return st.sampled_from([(one, other) for one in ids for other in ids if one != other])


EDGES: st.SearchStrategy[list[Edge]] = st.lists(
    st.builds(
        lambda pair, *rest: (*pair, *rest),
        pairs(RECORDS),
        st.sampled_from(PROBABILITIES),
        st.sampled_from([Rest.NAMES, Rest.NAMES, Rest.IDENTIFIER]),
        st.sampled_from([2, 2, 2, 4, 30, 51]),
    ),
    max_size=16,
)


def judgement(pair: tuple[str, str], verdict: Verdict, author: str, minute: int, withdraws: str = "") -> Judgement:
    left, right = sorted(pair)
    at = f"2024-05-01T10:{minute:02}:00Z"
    return Judgement(left, right, verdict, "looked at both", author, at, withdraws=withdraws)


def undone(made: Judgement, minute: int) -> Judgement:
    """Take back a decision."""
    return judgement((made.left_id, made.right_id), Verdict.WITHDRAWN, made.author, minute, made.key)


@st.composite
def judgements(draw: st.DrawFn, most: int = 8) -> list[Judgement]:
    """Decisions, each a minute after the one before; some take back one before."""
    said = st.tuples(pairs(IDS), st.sampled_from(OPINIONS), st.sampled_from("AB"))
    made: list[Judgement] = []
    for minute, deed in enumerate(draw(st.lists(st.one_of(said, st.integers(0, most)), max_size=most))):
        if not isinstance(deed, int):
            made.append(judgement(*deed, minute))
        elif deed < len(made):
            made.append(undone(made[deed], minute))
    return made
