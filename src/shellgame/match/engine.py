"""The engine of screening: names found in an index of parties, corrected by what else is known, and explained when asked.

A subject with nothing but names gets what the index says. One that tells more gets candidates with lower scores too, and parties
that have one of its numbers under any name; each is then held against what the list says of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, cast

import numpy as np

from shellgame.collector import collector_paused
from shellgame.kernels.features import LEFT_OVER_WORDS, WORST_LIKENESS
from shellgame.kernels.forest import Forest
from shellgame.kernels.pairs import probabilities
from shellgame.match import scoring
from shellgame.match.evidence import Weights, compare_records
from shellgame.match.explaining import explanation, told_with
from shellgame.match.hits import Explanation
from shellgame.match.letters import are_the_same_but_for_blanks
from shellgame.match.numbers import NumberIndex
from shellgame.match.odds import ALIKE, alert_score
from shellgame.match.party_index import UNSPECIFIC, Match, Party, PartyIndex, Query
from shellgame.match.records import Record, analyse_record, could_be_one, schema_meant
from shellgame.match.scoring import CONTRADICTED, NOTHING_TOLD, is_person
from shellgame.match.search import Found, Mask, Progress, Subject, untold
from shellgame.model.schema import compatible, is_a
from shellgame.names.analysis import RECIPE as ANALYSIS_RECIPE
from shellgame.names.analysis import analyse
from shellgame.names.folding import BLANK, fold
from shellgame.names.generations import are_two, generation

RECIPE = "7"
"""Raise it when the same tokens give other arrays than before."""
MORE = 4
"""So many times as many candidates are taken where what else is known may put them in another order."""
_FEWEST = 24
_FEWEST_READ_TWICE = 12
"""Candidates taken where a name is read in two ways, so that those with the very name are among them; as many cost nothing more."""
_ABOVE_OTHERS = 1e-6
_RECORDS_KEPT = 20_000
"""Listed parties that are kept analysed; each takes some two kilobytes."""

_TOLD_EVERY = 1000
"""Parties; they take a third of a second."""


def recipe() -> str:
    """Name all that an index is made from: it is made anew when any of it changes."""
    here = Path(__file__).parent
    told = blake2b(f"{ANALYSIS_RECIPE} {RECIPE}".encode(), digest_size=8)
    for folder in (here, here.parent / "names"):
        for file in sorted(path for path in folder.rglob("*") if path.suffix in (".npz", ".yml", ".json")):
            told.update(file.read_bytes())
    return told.hexdigest()


class Numbered(NamedTuple):
    """A party that a number led to, with its name most like one of the subject's, as printed; else as `Match`."""

    party: int
    name: str
    asked: int
    score: float


class PartyEngine:
    """Listed parties by names, numbers and all else that is told of them."""

    def __init__(
        self, index: PartyIndex, numbers: NumberIndex, *, forest: Forest | None = None, weights: Weights | None = None
    ) -> None:
        """Put the two indexes together.

        Args:
            index: The parties.
            numbers: Their numbers, by the same rows.
            forest: Another model of names than the fitted one.
            weights: Other weights of evidence than the fitted ones.
        """
        self.index, self._numbers = index, numbers
        self._forest, self._weights = forest, weights
        self._record = lru_cache(_RECORDS_KEPT)(
            partial(_analysed, index)
        )  # of itself it would never let go of the index

    @classmethod
    @collector_paused()
    def build(
        cls,
        parties: Iterable[Party],
        *,
        forest: Forest | None = None,
        weights: Weights | None = None,
        progress: Progress = untold,
    ) -> PartyEngine:
        """Index parties; their rows follow the order given."""
        told = list(parties)
        numbers = NumberIndex.build(party.properties for party in told)
        return cls(PartyIndex.build(_counted(told, progress), progress), numbers, forest=forest, weights=weights)

    def save(self, folder: Path) -> None:
        """Write all of it into a folder that does not exist yet."""
        self.index.save(folder)
        self._numbers.save(folder)

    @classmethod
    def open(cls, folder: Path, *, forest: Forest | None = None, weights: Weights | None = None) -> PartyEngine:
        """Map what was saved into memory.

        Raises:
            OSError, ValueError: It is not whole.
        """
        return cls(PartyIndex.open(folder), NumberIndex.open(folder), forest=forest, weights=weights)

    @collector_paused()
    def search(
        self, subjects: Sequence[Subject], *, limit: int, threshold: float, wanted: Mask | None
    ) -> list[tuple[Found, ...]]:
        """See `Engine`."""
        telling = [number for number, subject in enumerate(subjects) if subject.properties]
        if not telling:
            return self._by_names(subjects, limit, threshold, wanted)
        bare = [number for number, subject in enumerate(subjects) if not subject.properties]
        found: list[tuple[Found, ...]] = [()] * len(subjects)
        for numbers, search in ((bare, self._by_names), (telling, self._by_records)):
            answers = search([subjects[number] for number in numbers], limit, threshold, wanted)
            for number, answer in zip(numbers, answers, strict=True):
                found[number] = answer
        return found

    def _by_names(
        self, subjects: Sequence[Subject], limit: int, threshold: float, wanted: Mask | None
    ) -> list[tuple[Found, ...]]:
        found = self._matches(subjects, limit, threshold, wanted)
        return [
            tuple([Found(match.party, match.score, match) for match in matches]) if matches else () for matches in found
        ]

    def _matches(
        self, subjects: Sequence[Subject], limit: int, threshold: float, wanted: Mask | None
    ) -> list[list[Match]]:
        asked = [Query(subject.names, schema_meant(subject.schema, subject.properties) or None) for subject in subjects]
        twice = [(query.schema or "") in UNSPECIFIC for query in asked]
        numbered = [any(map(generation, query.names)) for query in asked]
        most = max(limit, _FEWEST_READ_TWICE) if any(twice) or any(numbered) else limit
        found = self.index.search(asked, limit=most, threshold=threshold, allowed=wanted, forest=self._forest)
        self._part_other_ships(asked, found, threshold)
        for number in [number for number, is_told in enumerate(numbered) if is_told]:
            found[number] = self._parted_by_generation(asked[number], found[number], threshold)
        return [
            (self._namesakes_first(query.names, matches) if read_twice and len(matches) > 1 else matches)[:limit]
            for query, read_twice, matches in zip(asked, twice, found, strict=True)
        ]

    def _part_other_ships(self, asked: Sequence[Query], found: list[list[Match]], threshold: float) -> None:
        """Bring down ships and aircraft whose names have a word more or less, and aircraft whose marks differ in a letter.

        A company may be known by one of its two words; another ship or aircraft has just such a name, unless only the blanks are
        others. And a person's name is read as a ship's where a query does not say what it is.
        """
        held = [
            (number, place)
            for number, matches in enumerate(found)
            for place, match in enumerate(matches)
            if match.score > NOTHING_TOLD and is_a(self.index.schema_of(match.party), "Vehicle")
        ]
        if not held:
            return
        told = [found[number][place] for number, place in held]
        rows = self.index.features_of([asked[number] for number, _ in held], told)
        marks = np.array([is_a(self.index.schema_of(match.party), "Airplane") for match in told])
        others = (rows[:, LEFT_OVER_WORDS] > 0) | (marks & (rows[:, WORST_LIKENESS] < 1))
        for (number, place), match, other in zip(held, told, others.tolist(), strict=True):
            if other and not are_the_same_but_for_blanks(
                asked[number].names[match.asked], self.index.name_of(match.name)
            ):
                found[number][place] = match._replace(score=NOTHING_TOLD)
        for number in {number for (number, _), other in zip(held, others.tolist(), strict=True) if other}:
            found[number] = _best_first(found[number], threshold)

    def _parted_by_generation(self, query: Query, matches: Iterable[Match], threshold: float) -> list[Match]:
        """Bring down a father where his son was asked for (Sr. and Jr., II and III), unless either bears the bare name as well."""
        parted = [
            match._replace(score=min(match.score, CONTRADICTED))
            if could_be_one(self.index.schema_of(match.party), "Person") and self._of_two_generations(query, match)
            else match
            for match in matches
        ]
        return _best_first(parted, threshold)

    def _of_two_generations(self, query: Query, match: Match) -> bool:
        asked, met = query.names[match.asked], self.index.name_of(match.name)
        if not are_two(generation(asked), generation(met)):
            return False
        mine = _namesakes(asked, query.names)
        theirs = _namesakes(met, self.index.names_of(match.party))
        return all(are_two(generation(one), generation(other)) for one in mine for other in theirs)

    def _namesakes_first(self, names: Sequence[str], matches: list[Match]) -> list[Match]:
        """Matches of a name that was read as a person's and as another's, those with the very name above all others.

        The two readings are not on quite one scale: a company with more words to its name may stand above the very person.
        """
        asked = [_as_printed(name) for name in names]
        namesakes = {
            match.party
            for match in matches
            if any(_as_printed(name) in asked for name in self.index.names_of(match.party))
        }
        others = max((match.score for match in matches if match.party not in namesakes), default=0.0)
        above = min(1.0, others + _ABOVE_OTHERS)
        raised = [
            match._replace(score=max(match.score, above)) if match.party in namesakes else match for match in matches
        ]
        return sorted(raised, key=lambda match: (-match.score, match.party))

    def _by_records(
        self, subjects: Sequence[Subject], limit: int, threshold: float, wanted: Mask | None
    ) -> list[tuple[Found, ...]]:
        records = [_record_of(subject) for subject in subjects]
        found = self._matches(subjects, max(_FEWEST, MORE * limit), min(threshold, ALIKE), wanted)
        answers = []
        for subject, record, matches, holders in zip(
            subjects, records, found, self._numbers.holders(records), strict=True
        ):
            others = set(holders) - {match.party for match in matches}
            numbered = self._numbered(subject, others, wanted) if others else []
            answers.append(self._corrected(record, [*matches, *numbered], limit, threshold))
        return answers

    def _numbered(self, subject: Subject, parties: set[int], wanted: Mask | None) -> list[Numbered]:
        """Parties that a number leads to and no name did."""
        schema = schema_meant(subject.schema, subject.properties)
        may_be = [
            party
            for party in sorted(parties)
            if (wanted is None or wanted[party]) and (not schema or compatible(self.index.schema_of(party), schema))
        ]
        return [self._most_alike(subject, party) for party in may_be]

    def _most_alike(self, subject: Subject, party: int) -> Numbered:
        schema = self.index.schema_of(party)
        pairs = [(asked, name) for asked in range(len(subject.names)) for name in self.index.names_of(party)]
        told = [(subject.names[asked], name, schema) for asked, name in pairs]
        counts = np.array([scoring.likeness_counts(*pair) for pair in told], np.bool_)
        likely = probabilities(self._forest or scoring.model().search, scoring.features_of(told))
        scores = scoring.capped(likely, counts)
        best = int(np.argmax(scores))
        return Numbered(party, pairs[best][1], pairs[best][0], float(scores[best]))

    def _corrected(
        self, record: Record, matches: Iterable[Match | Numbered], limit: int, threshold: float
    ) -> tuple[Found, ...]:
        """Matches with their scores corrected by what else is known, best first."""
        found = []
        for match in matches:
            evidence = compare_records(record, self._record(match.party), self._weights)
            score = alert_score(match.score, evidence, self._weights)
            if score >= threshold:
                found.append(Found(match.party, score, match))
        found.sort(key=lambda each: (-each.score, each.party))
        return tuple(found[:limit])

    def explain(self, subject: Subject, found: Found) -> Explanation:
        """See `Engine`."""
        match = cast(Match | Numbered, found.evidence)
        caption = self.index.name_of(match.name) if isinstance(match, Match) else match.name
        person = is_person(self.index.schema_of(found.party))
        bits = self.index.bits_of(match.name) if isinstance(match, Match) else ()
        why = explanation(subject.names[match.asked], caption, person=person, bits=bits)
        record, listed = _record_of(subject), self._record(found.party)
        return told_with(why, compare_records(record, listed, self._weights), record, listed)


def _namesakes(name: str, names: Iterable[str]) -> list[str]:
    """Those of some names that are a person's name but for what is left out of it."""
    tokens = analyse(name, person=True)
    return [each for each in names if analyse(each, person=True) == tokens]


def _best_first(matches: Iterable[Match], threshold: float) -> list[Match]:
    """What is left of matches some of which were brought down."""
    left = [match for match in matches if match.score >= threshold]
    return sorted(left, key=lambda match: (-match.score, match.party))


def _counted(parties: Sequence[Party], progress: Progress) -> Iterator[Party]:
    """Parties, of which is told now and then how many were taken."""
    for number, party in enumerate(parties):
        if not number % _TOLD_EVERY:
            progress("reading names", number, len(parties))
        yield party


def _analysed(index: PartyIndex, party: int) -> Record:
    return analyse_record({"schema": index.schema_of(party), "properties": index.properties_of(party)})


def _as_printed(name: str) -> list[str]:
    """The words of a name in alphabetical order, whatever its case."""
    return sorted(fold(name).translate(BLANK).split())


def _record_of(subject: Subject) -> Record:
    return analyse_record({"schema": subject.schema, "properties": subject.properties})
