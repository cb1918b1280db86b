"""What people decided about two entities, as ties: *same* leads on through a network, *different* and *unsure* are only told."""

from __future__ import annotations

from collections.abc import Sequence

from shellgame.graph.shared_values import MOST_SHARING
from shellgame.graph.ties import Tie
from shellgame.model.judgement import Pair, Verdict
from shellgame.model.standing import Standing
from shellgame.resolve.wording import opinion_in_words
from shellgame.store.claims import ClaimSet


def judged_ties(claims: ClaimSet, standing: Standing, entity_ids: Sequence[str]) -> list[Tie]:
    """The ties that decisions make between some entities and others that the lists have on the day, directly or by way of others.

    A tie's strength is 1 where *same* stands and 0 otherwise; it rests on no claim, and its label says who decided and why.
    """
    ids = frozenset(entity_ids)
    pairs = {pair for pair in standing.opinions if pair & ids}
    for identity in ids:
        group = standing.group_of(identity)
        if len(group) <= MOST_SHARING:
            pairs |= {frozenset((identity, other)) for other in group if other != identity}
    here = claims.known({identity for pair in pairs for identity in pair})
    return [_tie(standing, pair) for pair in pairs if pair <= here]


def _tie(standing: Standing, pair: Pair) -> Tie:
    left, right = sorted(pair)
    verdict = standing.says(left, right) or Verdict.UNSURE
    strength = 1.0 if verdict is Verdict.SAME else 0.0
    label = opinion_in_words(standing, left, right)
    return Tie(f"judged-{left}-{right}", "judged", verdict, label, left, right, strength, None, None, ())
