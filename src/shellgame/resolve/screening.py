"""Whom a query could mean: the parties of a day, searched by an engine and told with their reasons.

The engine is made once for a state of the lists, kept in `indexes/`, and opened by memory map. It is chosen in one place, at the
end of this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import cast

import orjson

from shellgame.errors import NotFound, WrongUse
from shellgame.match.hits import Explanation, Hit, Hits
from shellgame.match.index import ListedName, NameHit, NameIndex, tokens_of
from shellgame.match.search import ALERT, Engine, Found, Mask, Subject
from shellgame.model.version import Version
from shellgame.names.nearest import did_you_mean
from shellgame.names.tokens import RECIPE as TOKENS_RECIPE
from shellgame.resolve.parties import RECIPE as PARTIES_RECIPE
from shellgame.resolve.parties import Filters, Listed, Parties, listed_parties, schema_named, write_parties
from shellgame.store.claims import ClaimSet

MOST_ALIKE_ASKED = 4
"""Of how many names of a party, told apart by their words, others are sought that are alike; the first ones are the main ones."""


class Screening:
    """The parties in a claim set, ready to be searched.

    Attributes:
        versions: The versions that can be searched.
    """

    def __init__(self, claims: ClaimSet) -> None:
        """Open the index, or make it where there is none for this state of the lists.

        Raises:
            NotFound: There is no version of any source by that day: an empty answer would mean nothing.
        """
        if not claims.versions:
            when = f" by {claims.on}" if claims.on else ""
            raise NotFound(f"no list is here{when}; add one with `shellgame add` or `shellgame fetch`")
        self.versions = claims.versions
        kept = claims.kept("screening", f"{PARTIES_RECIPE} {ENGINE_RECIPE}")
        self._parties, self._engine = kept.opened(lambda folder: _make(claims, folder), _opened)

    def search(self, subjects: Sequence[Subject], filters: Filters, *, limit: int, threshold: float) -> list[Hits]:
        """Find the parties most like some subjects.

        Args:
            subjects: A batch of them; see `queries.BATCH`.
            filters: Whom to look among.
            limit: Most hits for each.
            threshold: Lowest score of a hit, 0 to 1.

        Raises:
            WrongUse: A filter names what nobody here has; says what may have been meant.
        """
        asked = subjects
        if filters.schema:
            schema = schema_named(filters.schema)
            asked = [subject._replace(schema=schema) for subject in subjects]
        found = self._engine.search(asked, limit=limit, threshold=threshold, wanted=self._wanted(filters))
        versions = tuple(f"{version.source}/{version.id}" for version in self.searched(filters))
        return [
            Hits(
                subject.names[0],
                tuple(self._hit(subject, each) for each in several) if several else (),
                versions,
                subject.reference,
                subject.notes,
            )
            for subject, several in zip(asked, found, strict=True)
        ]

    def _hit(self, subject: Subject, found: Found) -> Hit:
        party = self._parties[found.party]
        why = self._engine.explain(subject, found)
        return Hit(party.entity_id, party.schema, round(found.score, 4), party.sources, party.listed, why)

    def check(self, filters: Filters) -> None:
        """Hold filters against what is here; raises what `search` raises."""
        if filters.schema:
            schema_named(filters.schema)
        self._wanted(filters)

    def _wanted(self, filters: Filters) -> Mask | None:
        self.searched(filters)
        return self._parties.mask(filters)

    def searched(self, filters: Filters) -> tuple[Version, ...]:
        """The versions that an answer with these filters rests on.

        Raises:
            WrongUse: No version of a source is here by that day.
        """
        here = [version.source for version in self.versions]
        if missing := [name for name in filters.sources if name not in here]:
            raise WrongUse(f"{missing[0]!r} has no version here to search; {did_you_mean(missing[0], here)}")
        return tuple(version for version in self.versions if not filters.sources or version.source in filters.sources)

    def gaps(self, filters: Filters) -> tuple[str, ...]:
        """What the versions searched are known to lack, in sentences: files that were not published with them."""
        return tuple(
            f"{version.source} of {version.as_of[:10]}: {warning}"
            for version in self.searched(filters)
            for warning in version.warnings
            if warning.startswith("published without")
        )

    def alike(self, names: Sequence[str], schema: str) -> Iterator[tuple[str, float, str]]:
        """Ids of parties with a name like one of these, each with the score and the name; best first for each name."""
        several = {tuple(sorted(tokens_of(schema, name).split())): name for name in reversed(names)}
        subjects = [Subject((name,), schema) for name in list(several.values())[-MOST_ALIKE_ASKED:]]
        answers = self._engine.search(subjects, limit=20, threshold=ALERT, wanted=None)
        for subject, found in zip(subjects, answers, strict=True):
            for each in found:
                yield self._parties.ids[each.party].as_py(), each.score, self._engine.explain(subject, each).caption


def versions_of(claims: ClaimSet) -> tuple[str, ...]:
    """The versions an answer rests on, as `source/version`."""
    return tuple(f"{version.source}/{version.id}" for version in claims.versions)


# From here on: which engine, and what it is made of.

ENGINE_RECIPE = f"first {TOKENS_RECIPE}"
"""Another one makes the index anew."""
_PARTIES, _NAMES = "parties.arrow", "names.json"


def _make(claims: ClaimSet, folder: Path) -> None:
    """Write an index of the parties of a claim set into an empty folder."""
    write_parties(claims, folder / _PARTIES)
    FirstEngine.write(listed_parties(claims, Parties(folder / _PARTIES)), folder / _NAMES)


def _opened(folder: Path) -> tuple[Parties, Engine]:
    return Parties(folder / _PARTIES), FirstEngine(folder / _NAMES)


class FirstEngine:
    """The first matcher behind the face of an engine: one name after the other, and nothing but names."""

    def __init__(self, file: Path) -> None:
        told = orjson.loads(file.read_bytes())
        self._index = NameIndex([ListedName(str(row), schema, "", True, *name) for row, schema, *name in told])

    @staticmethod
    def write(parties: Iterable[Listed], file: Path) -> None:
        """Write every name of every party with its tokens."""
        names = [
            (row, party.schema, name, tokens_of(party.schema, name))
            for row, party in enumerate(parties)
            for name in party.names
        ]
        file.write_bytes(orjson.dumps(names))

    def search(
        self, subjects: Sequence[Subject], *, limit: int, threshold: float, wanted: Mask | None
    ) -> list[tuple[Found, ...]]:
        """See `Engine`."""
        return [self._searched(subject, limit, threshold, wanted) for subject in subjects]

    def _searched(self, subject: Subject, limit: int, threshold: float, wanted: Mask | None) -> tuple[Found, ...]:
        most = limit if wanted is None else len(wanted)
        best: dict[int, Found] = {}
        for name in subject.names:
            for hit in self._index.search(name, schema=subject.schema or None, limit=most, threshold=threshold):
                row = int(hit.entity_id)
                if (wanted is None or wanted[row]) and (row not in best or hit.score > best[row].score):
                    best[row] = Found(row, hit.score, hit)
        return tuple(sorted(best.values(), key=lambda found: (-found.score, found.party))[:limit])

    def explain(self, subject: Subject, found: Found) -> Explanation:
        """See `Engine`."""
        del subject  # this one keeps all it needs as evidence
        return cast(NameHit, found.evidence).why
