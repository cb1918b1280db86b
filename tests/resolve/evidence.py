"""Small invented evidence for Hypothesis: a few records, edges of every kind, and decisions of two people."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st
from tests.resolve.plain_clusters import Edge

from shellgame.model.judgement import Judgement, Verdict
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


def judgement(pair: tuple[str, str], verdict: Verdict, author: str, minute: int) -> Judgement:
    left, right = sorted(pair)
    return Judgement(left, right, verdict, "looked at both", author, f"2024-05-01T10:{minute:02}:00Z")


@st.composite
def judgements(draw: st.DrawFn, most: int = 8) -> list[Judgement]:
    """Decisions, each a minute after the one before."""
    made = draw(st.lists(st.tuples(pairs(IDS), st.sampled_from(Verdict), st.sampled_from("AB")), max_size=most))
    return [judgement(pair, verdict, author, minute) for minute, (pair, verdict, author) in enumerate(made)]
