"""Names indexed by their words, and the names most like a query.

Every word of the query is compared with the whole vocabulary once; names that hold alike words are candidates, and their score is
the share of words, weighted by how telling each is, that both sides have in common.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log
from typing import NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from shellgame.match.hits import Explanation, How, TokenMatch
from shellgame.model.schema import compatible, is_a
from shellgame.names.tokens import name_tokens

MOST_FOLLOWED = 2_000
"""A word of the query that more names than this hold is not followed where a more telling one has candidates."""
ALIKE = 0.75
"""Two words less alike than this (edits by length) are different words."""
_WORD_OF_PERSON = 0.9
_PART_OF_PERSON = 0.5
_PART_OF_ORGANIZATION = 0.4
"""How much it costs when the listed name has words that the query lacks: much for a person asked for by a single word, less for one
asked for by two (patronymics and middle names are left out at will), little for organisations, which go by the telling part of
their names."""


class ListedName(NamedTuple):
    """One name of one entity.

    Attributes:
        entity_id: Id of the entity.
        schema: Its schema.
        source: The source that has the name.
        listed: Whether a list has taken the entity up.
        name: The name as printed.
        tokens: Its tokens, joined by spaces; see `tokens_of`.
    """

    entity_id: str
    schema: str
    source: str
    listed: bool
    name: str
    tokens: str


def tokens_of(schema: str, name: str) -> str:
    """The tokens of a listed name, joined by spaces; what analysis costs is paid once, when the index is made."""
    return " ".join(name_tokens(name, organization=not is_a(schema, "Person")))


@dataclass(frozen=True)
class NameHit:
    """A listed entity whose name is like the query; the fields are those of `Hit` and `Explanation`."""

    entity_id: str
    caption: str
    schema: str
    score: float
    sources: tuple[str, ...]
    listed: bool
    tokens: tuple[TokenMatch, ...]
    missing: tuple[str, ...]
    surplus: tuple[str, ...]

    @property
    def why(self) -> Explanation:
        """The reasons in parts."""
        return Explanation(self.caption, self.tokens, self.missing, self.surplus)

    @property
    def text(self) -> str:
        """The reasons in words."""
        return self.why.text


class NameIndex:
    """An index over listed names."""

    def __init__(self, names: Sequence[ListedName]) -> None:
        self._names = names
        self._vocabulary: dict[str, int] = {}
        self._tokens: list[tuple[int, ...]] = []
        postings: dict[int, list[int]] = defaultdict(list)
        for position, listed in enumerate(names):
            ids = tuple(self._vocabulary.setdefault(word, len(self._vocabulary)) for word in listed.tokens.split())
            self._tokens.append(ids)
            for token in set(ids):
                postings[token].append(position)
        self._words = list(self._vocabulary)
        self._postings = {token: np.array(positions, np.int32) for token, positions in postings.items()}
        total = max(1, len(names))
        self._weights = np.array([log(1 + total / len(self._postings[token])) for token in range(len(self._words))])
        self._rarest = log(1 + total)

    def __len__(self) -> int:
        return len(self._names)

    def search(self, query: str, *, schema: str | None, limit: int, threshold: float) -> tuple[NameHit, ...]:
        """Find the entities whose names are most like a query, best first; one hit an entity.

        Args:
            query: A name in any script.
            schema: Only entities that could be of this schema.
            limit: Largest number of hits.
            threshold: Lowest score of a hit.
        """
        best: dict[str, NameHit] = {}
        sources: dict[str, set[str]] = defaultdict(set)
        readings = {name_tokens(query, organization=organization) for organization in (False, True)}
        for words in readings:
            if not words:
                continue
            alike = [self._alike(word) for word in words]
            for position in self._candidates(alike):
                listed = self._names[position]
                if schema and not compatible(listed.schema, schema):
                    continue
                hit = self._scored(words, alike, position)
                if hit.score < threshold:
                    continue
                sources[listed.entity_id].add(listed.source)
                if listed.entity_id not in best or hit.score > best[listed.entity_id].score:
                    best[listed.entity_id] = hit
        ranked = sorted(best.values(), key=lambda hit: (-hit.score, hit.entity_id))[:limit]
        return tuple(_with_sources(hit, sources[hit.entity_id]) for hit in ranked)

    def _alike(self, word: str) -> dict[int, float]:
        """Vocabulary words like a word, with their likeness; one or two letters must be equal."""
        if len(word) <= 2:
            return {self._vocabulary[word]: 1.0} if word in self._vocabulary else {}
        likeness = process.cdist(
            [word], self._words, scorer=OSA.normalized_similarity, score_cutoff=ALIKE, dtype=np.float32
        )[0]
        found = np.nonzero(likeness)[0]
        return dict(zip(found.tolist(), likeness[found].tolist(), strict=True))

    def _candidates(self, alike: list[dict[int, float]]) -> list[int]:
        """Names that hold a word like one of the query, those with the most weight in common first; at most a thousand.

        A word that very many names hold finds nobody of its own accord where the query has a more telling one.
        """
        gain: dict[int, float] = defaultdict(float)
        for found in sorted(alike, key=self._spread):
            if gain and self._spread(found) > MOST_FOLLOWED:
                continue
            for token, likeness in found.items():
                weight = float(self._weights[token]) * likeness
                for position in self._postings[token].tolist():
                    gain[position] += weight
        return sorted(gain, key=lambda position: -gain[position])[:1000]

    def _spread(self, found: dict[int, float]) -> int:
        """How many names hold a word like one of the query."""
        return sum(len(self._postings[token]) for token in found)

    def _scored(self, words: tuple[str, ...], alike: list[dict[int, float]], position: int) -> NameHit:
        listed, tokens = self._names[position], self._tokens[position]
        free = list(tokens)
        pairs: list[TokenMatch] = []
        surplus: list[str] = []
        common = asked = 0.0
        for word, found in sorted(zip(words, alike, strict=True), key=lambda each: -len(each[0])):
            weight = self._rarest if not found else max(float(self._weights[token]) for token in found)
            token = max(free, key=lambda each: found.get(each, 0.0), default=-1)
            likeness = found.get(token, 0.0)
            asked += weight if not likeness else float(self._weights[token])
            if not likeness:
                surplus.append(word)
                continue
            free.remove(token)
            common += float(self._weights[token]) * likeness
            pairs.append(TokenMatch(word, self._words[token], likeness, How.SAME if likeness == 1.0 else How.ALIKE))
        left_out = float(sum(self._weights[token] for token in free))
        cost = _PART_OF_ORGANIZATION
        if is_a(listed.schema, "Person"):
            cost = _WORD_OF_PERSON if len(words) == 1 else _PART_OF_PERSON
        share = common / asked if asked else 0.0
        held = common / (common + left_out) if common else 0.0
        return NameHit(
            listed.entity_id,
            listed.name,
            listed.schema,
            round(min(1.0, share * held**cost), 4),
            (),
            listed.listed,
            tuple(pairs),
            tuple(self._words[token] for token in free),
            tuple(surplus),
        )


def _with_sources(hit: NameHit, sources: set[str]) -> NameHit:
    return replace(hit, sources=tuple(sorted(sources)))
