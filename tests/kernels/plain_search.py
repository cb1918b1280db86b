"""What `shellgame.kernels.search` looks for, slow and obvious: every name is held against every query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.kernels.plain_tokens import FILLING, Word, plain_shortened

from shellgame.names.token import Kind


def plain_weight(word: Word) -> float:
    """What a word counts for when names are gathered: next to nothing where many names have it for filling."""
    return word.bits * (0.15 if word.kind in FILLING else 1)


def plain_weights(asked: Sequence[Word], alike: Sequence[dict[int, float]]) -> list[float]:
    """What each word of a query counts for."""
    weights = [0.0 if word.kind == Kind.INITIAL else plain_weight(word) for word in asked]
    if not alike[-1]:  # like none: it may have been cut short
        weights[-1] = min(weights[-1], 1.5 * len(asked[-1].sounds))
    return weights


def plain_covered(weights: Sequence[float], alike: Sequence[dict[int, float]], name: Sequence[int]) -> float:
    """The share of a query that a name holds, by weight."""
    met = (
        weight * max((each.get(token, 0.0) for token in name), default=0.0)
        for weight, each in zip(weights, alike, strict=True)
    )
    total = sum(weights)
    return sum(met) / total if total > 0 else 0.0


def plain_promise(
    weights: Sequence[float], alike: Sequence[dict[int, float]], name: Sequence[int], listed: Sequence[Word]
) -> float:
    """By what those names are chosen that are weighed: known without a look at their words.

    The share of the query that a name holds and, for a third as much, how much that is of all that the name holds.
    """
    share, own = plain_covered(weights, alike, name), sum(map(plain_weight, listed))
    return 0.75 * share + 0.25 * (min(1.0, share * sum(weights) / own) if own > 0 else 0.0)


def plain_rank(
    asked: Sequence[Word], alike: Sequence[dict[int, float]], name: Sequence[int], listed: Sequence[Word]
) -> float:
    """By what those names are chosen that are compared word by word.

    The share of the query that a name holds and, for a third as much, the share of the name that the query holds; a little more
    for an initial, or a last word, that is like none and may stand for a word of the name that is like none.
    """
    weights = [plain_weight(word) for word in listed]
    met = (
        weight * max((each.get(token, 0.0) for each in alike), default=0.0)
        for weight, token in zip(weights, name, strict=True)
    )
    own = sum(met) / sum(weights) if sum(weights) > 0 else 0.0
    open_words = [word for word, token in zip(listed, name, strict=True) if not any(token in each for each in alike)]
    more = 0.0
    for place, (word, each) in enumerate(zip(asked, alike, strict=True)):
        if any(token in each for token in name):
            continue
        begun = [other for other in open_words if other.first == word.first]
        if word.kind == Kind.INITIAL:
            more += 0.05 if begun else 0
        elif place == len(asked) - 1 and begun:
            more += 0.1 if plain_shortened(word, begun[0]) else 0.05
    return 0.75 * plain_covered(plain_weights(asked, alike), alike, name) + 0.25 * own + more


def plain_doubted(score: float, told: Mapping[str, float]) -> float:
    """The score of a name by what its features tell.

    A common word beside one that was replaced, or a company's initial, is no alert; nor are a person's words in another order
    that are badly misspelt.
    """
    another = told["replaced_bits"] > 0 or (told["organization"] and told["initials"] > 0)
    turned = told["turned"] > 0 and told["edits"] >= 3 and told["worst_likeness"] < 0.9
    return min(score, 0.6) if (another and told["met_bits"] < 12) or (turned and not told["organization"]) else score
