"""Whom a query could mean: the parties of a day, searched by an engine and told with their reasons.

The engine is made once for a state of the lists, kept in `indexes/`, and opened by memory map. It is chosen in one place, at the
end of this file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from shellgame.errors import NotFound, WrongUse
from shellgame.match.asked_numbers import number_in
from shellgame.match.containing import containing
from shellgame.match.engine import PartyEngine, recipe
from shellgame.match.hits import Containing, Explanation, Hit, Hits
from shellgame.match.odds import name_key
from shellgame.match.party_index import Party as Named
from shellgame.match.scoring import is_person
from shellgame.match.search import ALERT, Found, Mask, Progress, Subject, untold
from shellgame.match.wording import rounded
from shellgame.model.version import UNPUBLISHED, Version
from shellgame.names.analysis import analyse
from shellgame.names.nearest import did_you_mean
from shellgame.resolve.lists import gone_on
from shellgame.resolve.parties import RECIPE as PARTIES_RECIPE
from shellgame.resolve.parties import Filters, Parties, Party, listed_parties, schema_named, write_parties
from shellgame.resolve.programmes import ANY, matches_any
from shellgame.store.claims import ClaimSet

MOST_ALIKE_ASKED = 4
"""Of how many names of a party, told apart by their words, others are sought that are alike; the first ones are the main ones."""
MOST_ALIKE = 50
"""Most parties alike to one: lists of one jurisdiction that repeat each other must not crowd out another's."""


class Screening:
    """The parties in a claim set, ready to be searched.

    Attributes:
        versions: The versions that can be searched.
        later: The first version of each source that is here but had none by that day.
    """

    def __init__(self, claims: ClaimSet, progress: Progress = untold) -> None:
        """Open the index, or make it where there is none for this state of the lists.

        Args:
            claims: The lists of a day.
            progress: Told how far the index is where it has to be made.

        Raises:
            NotFound: There is no version of any source by that day: an empty answer would mean nothing.
        """
        if not claims.versions:
            raise NotFound(claims.missing())
        self.versions, self.later, self._carried = claims.versions, claims.later, claims.carried
        kept = claims.kept("screening", f"{PARTIES_RECIPE} {recipe()}")
        self._patterns: dict[Filters, Filters] = {}
        self._parties, self._engine = kept.opened(lambda folder: _make(claims, folder, progress), _opened)

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
        filters, schemata = self._meant(filters), schemata_named(filters.schema)
        wanted = self._wanted(filters)
        readings = [_readings(subject, schemata) for subject in subjects]
        asked = [reading for several in readings for reading in several]
        found = iter(self._engine.search(asked, limit=limit, threshold=threshold, wanted=wanted))
        versions = tuple(f"{version.source}/{version.id}" for version in self.searched(filters))
        not_asked = self.not_asked(filters)
        answers = []
        for subject, several in zip(subjects, readings, strict=True):
            best = _best([(reading, next(found)) for reading in several], limit)
            answers.append(
                Hits(
                    subject.names[0],
                    tuple(self._hit(reading, each) for reading, each in best) if best else (),
                    versions,
                    subject.reference,
                    (*subject.notes, *_number_notes(subject, best), *not_asked),
                    containing=None if best else self._containing(subject, schemata, wanted),
                )
            )
        return answers

    def _containing(self, subject: Subject, schemata: tuple[str, ...], wanted: Mask | None) -> Containing | None:
        """Which listed names contain the one word that a subject is called; None where it is called otherwise."""
        name, *others = subject.names
        number = number_in(name)
        if others or len(name.split()) > 1 or (number and number.certain):
            return None
        own = (subject.schema,) if subject.schema else schemata
        return containing(self._engine.index, name, schemata=own, wanted=wanted)

    def _hit(self, subject: Subject, found: Found) -> Hit:
        party = self._parties[found.party]
        why = Explanation.later(partial(self._engine.explain, subject, found))
        return Hit(party.entity_id, party.schema, rounded(found.score), party.sources, party.listed, why)

    def parties_called(self, ids: Sequence[str]) -> list[Party]:
        """The parties with some ids, in the order of the table; ids that nobody has are passed over."""
        rows = pc.index_in(pa.array(ids, pa.string()), value_set=self._parties.ids).drop_null().to_pylist()
        return [self._parties[row] for row in sorted(rows)]

    def check(self, filters: Filters) -> None:
        """Hold filters against what is here; raises what `search` raises."""
        schemata_named(filters.schema)
        self._wanted(self._meant(filters))

    def _meant(self, filters: Filters) -> Filters:
        """Filters in which every pattern of programmes stands for the programmes here that it takes in."""
        if not any(ANY in programme for programme in filters.programmes):
            return filters
        if filters not in self._patterns:
            known = self._parties.known("programmes")
            each = (programmes_like(programme, known) for programme in filters.programmes)
            self._patterns[filters] = replace(filters, programmes=tuple(name for several in each for name in several))
        return self._patterns[filters]

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
            f"{version.source} of {version.as_of[:10]}: {'; '.join([warning, *gone_on(self._carried.get(version.source, {}))])}"
            for version in self.searched(filters)
            for warning in version.warnings
            if warning.startswith(UNPUBLISHED)
        )

    def not_asked(self, filters: Filters) -> tuple[str, ...]:
        """Which sources that are here have no version by the day asked about, in a sentence each; none where sources are chosen."""
        later = () if filters.sources else self.later
        return tuple(f"not asked: {version.source} (first version is of {version.as_of[:10]})" for version in later)

    def alike(self, subjects: Sequence[Subject]) -> list[tuple[Hit, ...]]:
        """Find for each subject the listed parties with a name like one of its own, best first.

        Args:
            subjects: Any number; a batch costs little more than one of them.
        """
        asked = [subject._replace(names=_told_apart(subject.names, subject.schema)) for subject in subjects]
        answers = self._engine.search(asked, limit=MOST_ALIKE, threshold=ALERT, wanted=None)
        return [
            tuple(self._hit(subject, found) for found in several)
            for subject, several in zip(asked, answers, strict=True)
        ]


def schemata_named(told: str | None) -> tuple[str, ...]:
    """The schemata that are meant by several with commas between; none where nothing is said.

    Raises:
        WrongUse: One of them is none; says what may have been meant.

    Example:
        >>> schemata_named("person, Company"), schemata_named(None)
        (('Person', 'Company'), ())
    """
    return tuple(dict.fromkeys(schema_named(each) for each in (told or "").split(",") if each.strip()))


def programmes_like(pattern: str, known: Sequence[str]) -> tuple[str, ...]:
    """The programmes that a pattern takes in, whatever the case of the letters; a name without `*` is left as it is.

    Raises:
        WrongUse: There is none.

    Example:
        >>> programmes_like("belarus*", ["BELARUS", "BELARUS-EO14038", "IRAN"]), programmes_like("IRAN", [])
        (('BELARUS', 'BELARUS-EO14038'), ('IRAN',))
    """
    if ANY not in pattern:
        return (pattern,)
    found = tuple(name for name in known if matches_any(name.casefold(), [pattern.casefold()]))
    if not found:
        raise WrongUse(f"no programme here is like {pattern!r}; {did_you_mean(pattern.replace(ANY, ''), known)}")
    return found


def _readings(subject: Subject, schemata: tuple[str, ...]) -> list[Subject]:
    """What a subject may mean: one of each schema asked for, where it has none of its own; and who has a number given as a name."""
    own = [subject._replace(schema=schema) for schema in schemata] if schemata and not subject.schema else [subject]
    number = number_in(subject.names[0])
    if number is None:
        return own
    told = {number.prop: (*subject.properties.get(number.prop, ()), number.value)}
    return own + [each._replace(names=(number.value,), properties={**subject.properties, **told}) for each in own]


def _best(told: Sequence[tuple[Subject, Sequence[Found]]], limit: int) -> list[tuple[Subject, Found]]:
    """What several readings of a subject found, each party once, as it was found best."""
    if len(told) == 1:
        ((subject, found),) = told
        return [(subject, each) for each in found]
    best: dict[int, tuple[Subject, Found]] = {}
    for subject, found in told:
        for each in found:
            if each.party not in best or each.score > best[each.party][1].score:
                best[each.party] = subject, each
    return sorted(best.values(), key=lambda pair: (-pair[1].score, pair[1].party))[:limit]


def _number_notes(subject: Subject, found: Sequence[object]) -> tuple[str, ...]:
    """That a name was looked up as a number too; nothing of what may as well be a word and led to nobody."""
    number = number_in(subject.names[0])
    if number is None or not (found or number.certain):
        return ()
    nobody = "" if found else "; nobody who is searched here is told to have it"
    return (f"{subject.names[0]!r} was looked up as {number.words} too{nobody}",)


def _told_apart(names: Sequence[str], schema: str) -> tuple[str, ...]:
    """The first names that do not consist of the same words."""
    person = is_person(schema)
    several: dict[tuple[str, ...], str] = {}
    for name in names:
        several.setdefault(name_key(analyse(name, person=person)), name)
    return tuple(several.values())[:MOST_ALIKE_ASKED]


def versions_of(claims: ClaimSet) -> tuple[str, ...]:
    """The versions an answer rests on, as `source/version`."""
    return tuple(f"{version.source}/{version.id}" for version in claims.versions)


# From here on: which engine, and what it is made of.

_PARTIES, _ENGINE = "parties.arrow", "engine"


def _make(claims: ClaimSet, folder: Path, progress: Progress) -> None:
    """Write an index of the parties of a claim set into an empty folder."""
    write_parties(claims, folder / _PARTIES)
    listed = listed_parties(claims, Parties(folder / _PARTIES))
    PartyEngine.build((Named(*each) for each in listed), progress=progress).save(folder / _ENGINE)


def _opened(folder: Path) -> tuple[Parties, PartyEngine]:
    return Parties(folder / _PARTIES), PartyEngine.open(folder / _ENGINE)
