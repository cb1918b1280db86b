"""What speaks for and against two records being one: edges as arrays, and how much each weighs.

A weight is a log odds above the threshold, as a whole number, so that sums are exact and no order of adding changes a cluster.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from shellgame.errors import WrongUse

UNIT = 1 << 20
"""Weights are log odds in parts of this."""
_SUREST = 0.999
"""Probabilities count as hardly any surer than this, so that one edge cannot outweigh all that others say."""
_BEYOND = 1 / 128
"""Part of the log odds beyond `_SUREST` that counts: of two likenesses that are both as good as sure, the surer one comes first."""
_LAST = 1e-9
"""So much short of 0 and 1 probabilities end."""


class Rest(IntEnum):
    """What an edge rests on, strongest first."""

    JUDGED = 0
    IDENTIFIER = 1
    NAMES = 2


@dataclass(frozen=True, kw_only=True)
class Rules:
    """How much evidence makes two clusters one.

    Attributes:
        threshold: Probability above which an edge speaks for one party, and below which against it.
        uncompared: What two records that nobody compared are taken for, as a probability of at most `threshold`: below it, two
            clusters of many records each are not merged over one bridge. An edge of 0.9 outweighs ten such pairs at 0.45.
        hub: A value that more records than this share, such as an agent's address, speaks for nothing.
    """

    threshold: float = 0.5
    uncompared: float = 0.45
    hub: int = 50

    def __post_init__(self) -> None:
        if not 0 < self.uncompared <= self.threshold < 1 or self.hub < 1:
            raise WrongUse(
                f"threshold {self.threshold}, uncompared {self.uncompared}, hub {self.hub}: give probabilities with "
                "0 < uncompared ≤ threshold < 1, and a hub of at least 1"
            )

    @property
    def doubt(self) -> int:
        """What a pair that nobody compared says against a merge, in parts of `UNIT`."""
        return round(float(_log_odds(self.threshold) - _log_odds(self.uncompared)) * UNIT)


@dataclass(frozen=True)
class Edges:
    """Compared pairs of records, sorted by their ends and what they rest on; make them with `edges_of`.

    Attributes:
        left: Number of the one record, below `right`.
        right: Number of the other.
        probability: That the two are one, 0 to 1.
        rest: What it rests on, of `Rest`.
        shared_by: How many records have the value it rests on; 2 where it rests on no one value.
        apart: Whether the two are kept apart, whatever others say; always at a probability of 0.
        row: Where the edge stood among those given, to look up why.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    probability: NDArray[np.float64]
    rest: NDArray[np.uint8]
    shared_by: NDArray[np.int32]
    apart: NDArray[np.bool_]
    row: NDArray[np.int64] = field(compare=False)

    def __len__(self) -> int:
        return len(self.left)

    def taken(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Edges:
        """Some of the edges, by mask or numbers."""
        return Edges(*(column[chosen] for column in vars(self).values()))

    def between(self, one: int, other: int) -> int | None:
        """Place of the most probable edge between two records, whichever comes first; None where they were not compared."""
        low, high = min(one, other), max(one, other)
        start, end = np.searchsorted(self.left, [low, low + 1])
        places = start + np.flatnonzero(self.right[start:end] == high)
        return int(places[np.argmax(self.probability[places])]) if len(places) else None


def edges_of(
    records: int,
    left: ArrayLike,
    right: ArrayLike,
    probability: ArrayLike,
    rest: ArrayLike = Rest.NAMES,
    shared_by: ArrayLike = 2,
    apart: ArrayLike = False,
) -> Edges:
    """Put edges in order; of several on one pair that rest on the same kind, the most probable counts, then the rarest value.

    Args:
        records: How many records there are; ends are numbers below.
        left: One end of each edge.
        right: The other; either order.
        probability: 0 to 1.
        rest: `Rest.IDENTIFIER` or `Rest.NAMES`, for each or for all; what people decided goes in as judgements.
        shared_by: How many records have the value that an edge rests on, for each or for all.
        apart: Whether its ends are kept apart, for each or for all; those of probability 0 always are.

    Raises:
        WrongUse: The columns are not equally long, or hold what cannot be; says where.
    """
    ends = [np.asarray(end, np.int64).reshape(-1) for end in (left, right)]
    count = len(ends[0])
    chance = np.asarray(probability, np.float64)
    try:
        columns = [
            np.broadcast_to(column, count)
            for column in (ends[1], chance, np.asarray(rest), np.asarray(shared_by), np.asarray(apart, np.bool_))
        ]
    except ValueError as error:
        raise WrongUse(f"columns of edges are not equally long ({error}); give one value an edge in each") from error
    low, high = np.minimum(ends[0], columns[0]), np.maximum(ends[0], columns[0])
    kinds = columns[2].astype(np.int64)
    _check((low >= 0) & (high < records) & (low < high), f"joins no two of the {records} records")
    _check((columns[1] >= 0) & (columns[1] <= 1), "has no probability between 0 and 1")
    _check((kinds == Rest.IDENTIFIER) | (kinds == Rest.NAMES), "rests on neither identifier nor names")
    key = (low * records + high) * 4 + kinds  # below 2^63 for up to 2^30 records
    order = np.argsort(key, kind="stable")
    if (key[order][1:] == key[order][:-1]).any():
        order = np.lexsort((columns[3], -columns[1], key))
        order = order[np.append(True, key[order][1:] != key[order][:-1])]
    return Edges(
        low[order].astype(np.int32),
        high[order].astype(np.int32),
        columns[1][order],
        kinds[order].astype(np.uint8),
        columns[3][order].astype(np.int32),
        (columns[4] | (columns[1] == 0))[order],
        order,
    )


def weights(edges: Edges, rules: Rules) -> NDArray[np.int64]:
    """What each edge says, in parts of `UNIT`: above 0 for one party, below against it.

    A value that N records share leads from one of them to N - 1 others, so what speaks for any is less by log(N - 1), down to
    nothing; beyond `Rules.hub` it is nothing. Being shared never makes evidence against.
    """
    odds, most = _log_odds(edges.probability), _log_odds(_SUREST)
    counted = np.clip(odds, -most, most)
    said = counted + (odds - counted) * _BEYOND - _log_odds(rules.threshold)
    rarity = np.maximum(said - np.log(np.maximum(edges.shared_by, 2) - 1.0), 0.0)
    rarity[edges.shared_by > rules.hub] = 0.0
    whole: NDArray[np.int64] = np.rint(np.where(said > 0, rarity, said) * UNIT).astype(np.int64)
    return whole


def _log_odds(probability: ArrayLike) -> NDArray[np.float64]:
    kept = np.clip(np.asarray(probability, np.float64), _LAST, 1 - _LAST)
    odds: NDArray[np.float64] = np.log(kept / (1 - kept))
    return odds


def _check(good: NDArray[np.bool_], found: str) -> None:
    if not good.all():
        raise WrongUse(
            f"edge {int(np.argmin(good))} {found}; give numbers of two records, a probability and what it rests on"
        )
