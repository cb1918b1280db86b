"""Names and evidence put together: the probability that two records are one, and the score of an alert.

One additive model in log odds. Agreement of dates, countries and places only carries where the names could be the same; a number
given out once carries by itself, less where names contradict it (`RENAMED`); and in a search the very day of birth, together with
something else, makes up for most of what names lack that are somewhat alike.

A pair that somebody judges was picked because it looks alike, while a search meets everybody: so the probability is for pairs,
and a search starts from its name score instead and lets the same evidence raise or lower it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from typing import NamedTuple

from shellgame.match.evidence import Evidence, Weights, fitted_weights
from shellgame.names.token import Kind, Token


class NameEvidence(NamedTuple):
    """What the names of two records say; every part from 0 to 1.

    Attributes:
        best: Score of the two most alike names.
        coverage: Mean best score of the names of one side, of the side better covered; less where only a part of a name met.
        reverse: The same of the other side: names that are nowhere on the other side lower it.
        equal: Share of the names of the side with fewer that the other side has word for word, in whatever order.
    """

    best: float
    coverage: float
    reverse: float
    equal: float


def name_key(tokens: Sequence[Token]) -> tuple[str, ...]:
    """What an analysed name is but for the order of its words: these in alphabetical order, legal forms left out."""
    return tuple(sorted([token.text for token in tokens if token.kind != Kind.FORM]))


IDENTIFYING = frozenset({"code_same", "register_same", "paper_same", "paper_digits", "contact_same"})
"""Signals that speak for one party whatever its names."""
ALIKE = 0.001
"""Name score of a search below which names share no more than many do, so that nothing but a number makes an alert of them."""
_BELOW, _ABOVE = 0.1, 0.5
"""Best name scores below which agreement in other things carries nothing, and above which it carries in full."""


def carried(best: float) -> float:
    """How much agreement other than of numbers carries under a best name score, 0 to 1.

    Example:
        >>> carried(0.05), round(carried(0.3), 2), carried(0.9)
        (0.0, 0.5, 1.0)
    """
    return min(1.0, max(0.0, (best - _BELOW) / (_ABOVE - _BELOW)))


KINDRED = frozenset({"nation_same", "country_same", "seat_same", "birthplace_same", "address_same", "town_same"})
"""Signals in which kin agree too, and branches of a company: where names meet only in part these say little more."""
_KIN, _SELF = 0.5, 0.9
"""Best name scores below which agreement in what kin share carries nothing in a pair, and above which it carries in full."""


RENAMED = {"paper_same": 0.55, "paper_digits": 0.55, "register_same": 0.65}
"""How much numbers count in a pair whose names are unlike; others in full: a ship keeps its IMO number under whatever name.

Lists print numbers in the wrong line, and firms of one owner share his. Of 43 pairs of real lists that share a paper and no name
hardly any is one party: enough for a question, not for a join. Of 28 pairs of firms that share the number of a register, no name,
and no other number that tells them apart, 17 are one, 6 of 8 where nothing else is told.
"""


def share_of(signal: str, best: float | None) -> float:
    """How much of the weight of a signal that speaks for counts beside a best name score, in a pair, 0 to 1.

    Args:
        signal: Of `Weights.signals`.
        best: The score, 0 to 1; None where a record has no name that could speak against.
    """
    if best is None:
        return 1.0 if signal in IDENTIFYING else 0.0
    own = min(carried(best), max(0.0, (best - _KIN) / (_SELF - _KIN)))
    if signal in IDENTIFYING:
        least = RENAMED.get(signal, 1.0)
        return least + (1.0 - least) * own
    return own if signal in KINDRED else carried(best)


def name_features(names: NameEvidence) -> dict[str, float]:
    """The features of `Weights.names`, each between 0 and 1 and rising with agreement."""
    return {
        "best": names.best,
        "carried": carried(names.best),
        "top": max(0.0, names.best - _ABOVE) / (1.0 - _ABOVE),
        "coverage": names.coverage,
        "reverse": names.reverse,
        "equal": names.equal,
    }


def probability(names: NameEvidence | None, evidence: Sequence[Evidence], weights: Weights | None = None) -> float:
    """Tell how likely two records that look alike are one party.

    Calibrated on pairs that analysts judged: of pairs with 0.9, nine in ten were one. Symmetric.

    Args:
        names: What the names say; None where a record has none, then only identifying numbers speak for.
        evidence: What `compare_records` found, made with the same weights.
        weights: Other weights than the fitted ones.

    Returns:
        A probability above 0 and below 1, or 0 for kinds that are never one.
    """
    told = (weights or fitted_weights()).names
    best = names.best if names else None
    odds = told["intercept"]
    if names is not None:
        odds += sum(told[name] * value for name, value in name_features(names).items())
    for piece in evidence:
        if piece.signal == "schema_never":
            return 0.0
        odds += piece.weight * (share_of(piece.signal, best) if piece.weight > 0 else 1.0)
    return _chance(odds)


def most_without_numbers(names: NameEvidence | None, weights: Weights | None = None) -> float:
    """The most that `probability` can come to where two records share no number and no contact; 1 where names leave that open.

    Where names are so unlike that agreement in other things carries nothing, all else can only speak against.
    """
    return 1.0 if names and carried(names.best) > 0 else probability(names, (), weights)


def alert_score(name_score: float, evidence: Sequence[Evidence], weights: Weights | None = None) -> float:
    """Correct the name score of a search by what else is known.

    Args:
        name_score: 0 to 1, as the search gives it for names alone.
        evidence: What `compare_records` found for query and listed record.
        weights: Other weights than the fitted ones.

    Returns:
        0 to 1: the name score itself without evidence, more with agreement, less with conflict.
    """
    told = (weights or fitted_weights()).search
    dated = name_score >= ALIKE and _dated(evidence)
    share = 1.0 if dated else carried(name_score)
    agreement = numbers = conflict = 0.0
    for piece in evidence:
        if piece.signal == "schema_never":
            return 0.0
        if piece.weight < 0:
            conflict -= piece.weight * told["conflict"]
        elif piece.signal in IDENTIFYING:
            numbers += piece.weight
        else:
            agreement += piece.weight * share * told["agreement"]
    if agreement + numbers + conflict == 0.0:
        return name_score
    start = log_odds(min(1.0 - _NEVER_SURE, max(_NEVER_SURE, name_score)))
    if dated:
        start = max(start, told["dated"] * start)
    if numbers:
        start = max(start, told["renamed"])
    if conflict and start > told["surest"]:
        start -= (start - told["surest"]) * min(_MOST_YIELDED, conflict)
    score = _chance(start + agreement + numbers - conflict)
    return score if conflict else max(name_score, score)


def _dated(evidence: Sequence[Evidence]) -> bool:
    """Whether the very day of birth is the same, and something else too; of those whose names are alike hardly any do by chance."""
    agreeing = {piece.signal for piece in evidence if piece.weight > 0}
    return "birth_day" in agreeing and len(agreeing) > 1


_NEVER_SURE = 1e-6
"""Name scores of 0 and 1 count as that much short of it, or no evidence could move them."""
_MOST_YIELDED = 0.95
"""How far a name beyond `surest` falls back to it before conflict counts; not all the way, so that better names stay ahead."""


def log_odds(chance: float) -> float:
    """Natural log odds of a probability strictly between 0 and 1."""
    return log(chance / (1.0 - chance))


def _chance(odds: float) -> float:
    return 1.0 / (1.0 + exp(-min(40.0, max(-40.0, odds))))
