"""Which records are one party: those that are, as `resolve` has them, and those that may be, each with its reason.

This is the one place that coverage, gaps, actions, lag and forecasts ask. Records of one cluster of the resolution (`clusters`)
are *confirmed* to be one party where judgements, identifiers or links of `DOUBTFUL` and more lead from one to the other. Others of
one cluster are *unsure*, and so are records of two clusters between which a question is open, or which people left unsure, unless
their years of birth tell them apart. What people decided overrides all, as it does in `resolve`. Networks and owners follow whole
clusters, unsure members included.

Records that left the lists belong to parties too, and `resolve` knows them no more. They are laid to the clusters of those that are
on the lists, by the same evidence, and never join two of these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

import numpy as np
import orjson
import pyarrow.compute as pc
from numpy.typing import NDArray

from shellgame.kernels.merging import connected
from shellgame.match.compare import compare_many
from shellgame.match.hits import Hit
from shellgame.match.search import Subject
from shellgame.match.wording import score_in_words
from shellgame.model.judgement import Verdict
from shellgame.model.schema import NAME_PROPS
from shellgame.model.standing import Standing
from shellgame.resolve.blocking import Limits
from shellgame.resolve.clusters import Clusters, Known, cluster
from shellgame.resolve.comparable import Comparable, Told
from shellgame.resolve.comparisons import Progress
from shellgame.resolve.edges import Edges, Rest, Rules, edges_of, weights
from shellgame.resolve.evidence_index import EvidenceIndex, evidence_index
from shellgame.resolve.in_common import in_common
from shellgame.resolve.judged import Judged, Pair, judged_of
from shellgame.resolve.paths import path
from shellgame.resolve.quality import DOUBTFUL
from shellgame.resolve.questions import UNSURE
from shellgame.resolve.wording import opinion_in_words
from shellgame.store.claims import ClaimSet

LEFT_UNSURE = 0.5
"""How likely two records are taken to be one that people left unsure, where the lists say less."""


REMOTE = 0.02
"""Nobody is said not to be listed where a record with a name alike is likelier the party than this, though hardly likely it."""

Alike = Callable[[Sequence[Subject]], Sequence[Iterable[Hit]]]
"""A search for parties alike to each of many at once, best first, such as `Screening.alike`."""


class Identity(NamedTuple):
    """A record that is a party, or could be.

    Attributes:
        record_id: Its id.
        confirmed: Whether it is the party; else it is unsure.
        why: What that rests on, in words.
        probability: That it is the party, 0 to 1; 1 for those that are confirmed.
    """

    record_id: str
    confirmed: bool
    why: str
    probability: float = 1.0


class _Question(NamedTuple):
    """Whether two clusters are one: the likeliest two of their records, by number, and how likely they are one."""

    probability: float
    here: int
    there: int


def identities_in(
    now: ClaimSet,
    ever: ClaimSet | None = None,
    standing: Standing | None = None,
    *,
    rules: Rules | None = None,
    progress: Progress | None = None,
) -> Identities:
    """Find out which records are one party; what was compared before is taken as it was, as by `resolve`.

    Args:
        now: The claims of the day.
        ever: The same with those that ended (`ClaimSet.ever`), where records that left the lists are asked about.
        standing: What people decided.
        rules: How much evidence is enough.
        progress: Told how far comparing is.
    """
    rules, standing = rules or Rules(), standing or Standing()
    index = evidence_index(now, rules, progress=progress)
    known = Known(index.records.ids, index.edges, judged_of(standing), rules)
    clusters = cluster(known)
    if ever is None or all(len(history) < 2 for history in ever.history.values()):
        return Identities(index.records, known, clusters, standing)
    return _with_ended(index, known, clusters, evidence_index(ever, rules, progress=progress), standing)


class Identities:
    """The parties of a day, and which of them may be one."""

    def __init__(self, records: Comparable, known: Known, clusters: Clusters, standing: Standing) -> None:
        """Look up identities in clusters.

        Args:
            records: What is told of each record.
            known: Edges between them, and judgements.
            clusters: Which of them are one.
            standing: What people decided.
        """
        self._records, self._known, self._clusters, self._standing = records, known, clusters, standing
        self._ids: list[str] = clusters.ids.to_pylist()
        self._number = {identity: number for number, identity in enumerate(self._ids)}
        self._sure = _surely_one(known, clusters)
        self._order = np.argsort(clusters.first, kind="stable")
        self._sorted = clusters.first[self._order]

    def party(self, record: str) -> str:
        """The first of the records that are one party with a record, by id: two that have the same one are one party."""
        number = self._place(record)
        return record if number is None else self._ids[self._clusters.first[number]]

    def sure_party(self, record: str) -> str:
        """The first of the records that are confirmed to be one party with a record, by id."""
        number = self._place(record)
        return record if number is None else self._ids[self._sure[number]]

    def records_of(self, record: str) -> list[str]:
        """The records that are one party with a record, itself first, without their reasons; those that are unsure too."""
        number = self._place(record)
        own = [] if number is None else [self._ids[each] for each in self._members(self._clusters.first[number])]
        return list(dict.fromkeys([record, *own, *self._standing.group_of(record)]))

    def of(self, record: str) -> list[Identity]:
        """All records that are or could be a party, itself first, then those that are, then the likeliest."""
        number = self._place(record)
        told = [Identity(record, True, "the record itself")]
        if number is not None:
            told += [
                Identity(self._ids[each], True, self._why(record, each))
                for each in self._members(self._clusters.first[number])
                if self._sure[each] == self._sure[number] and self._ids[each] != record
            ]
        told += [
            Identity(each, True, opinion_in_words(self._standing, record, each))
            for each in self._standing.group_of(record)
            if each != record and each not in self._number
        ]
        if number is None:
            return told
        return [*told, *self._doubtful(record, number), *self._unsure(int(self._clusters.first[number]))]

    def perhaps(self, record: str) -> list[str]:
        """The records that could be a party, without their reasons."""
        number = self._place(record)
        if number is None:
            return []
        first = int(self._clusters.first[number])
        others = [each for other in self._questions.get(first, {}) for each in self._members(other)]
        return [self._ids[each] for each in (*self._joined_in_doubt(number), *others)]

    def _joined_in_doubt(self, number: int) -> list[int]:
        """The records of its cluster that a record is not confirmed to be one with."""
        return [each for each in self._members(self._clusters.first[number]) if self._sure[each] != self._sure[number]]

    def namesakes(self, records: Sequence[str], alike: Alike) -> dict[str, list[Identity]]:
        """By party: records with a name alike that are hardly likely it, the likeliest first; for where else nobody is found.

        `resolve` compares whom it can join, and nobody else. A search by name finds more, and they are compared just like these.
        """
        asked = {record: self._records.entity(self._number[record]) for record in records if record in self._number}
        subjects = [_subject(told) for told in asked.values()]
        pairs = [
            (record, hit.entity_id)
            for record, hits in zip(asked, alike(subjects) if subjects else (), strict=True)
            for hit in hits
            if hit.entity_id in self._number and not self._is_decided(record, hit.entity_id)
        ]
        others = {other: self._records.entity(self._number[other]) for _, other in pairs}
        chances = compare_many([(asked[record], others[other]) for record, other in pairs])
        found: dict[str, list[Identity]] = {record: [] for record in asked}
        for (record, other), chance in zip(pairs, chances.tolist(), strict=True):
            if chance > REMOTE:
                words = self._in_common(self._number[record], self._number[other], chance)
                found[record].append(Identity(other, False, words, chance))
        return {
            record: sorted(its, key=lambda each: (-each.probability, each.record_id)) for record, its in found.items()
        }

    def _is_decided(self, left: str, right: str) -> bool:
        """Whether two records are one party, or people keep their parties apart."""
        parties = frozenset((self.party(left), self.party(right)))
        return len(parties) == 1 or parties in self._apart

    def _place(self, record: str) -> int | None:
        """The number of a record, or of one that people judged to be the same as an id that no list has."""
        if record in self._number:
            return self._number[record]
        return next((self._number[each] for each in self._standing.group_of(record) if each in self._number), None)

    def _members(self, first: int) -> list[int]:
        start, end = np.searchsorted(self._sorted, [first, first + 1])
        numbers: list[int] = self._order[start:end].tolist()
        return numbers

    def _why(self, record: str, other: int) -> str:
        """Why a record is one with another: what people decided, else what the two have in common, else by way of whom."""
        number, identity = self._number.get(record), self._ids[other]
        decided = opinion_in_words(self._standing, record, identity)
        if number is None or self._standing.says(record, identity) is Verdict.SAME:
            return decided
        chance = self._chance(number, other)
        if chance > self._known.rules.threshold:
            words = self._in_common(number, other, chance)
        else:
            steps = path(self._known, self._clusters, record, identity)
            words = f"by way of {', '.join(step.right for step in steps[:-1]) or 'others'}"
        return f"{words}; {decided}" if decided else words

    def _doubtful(self, record: str, number: int) -> list[Identity]:
        """Those of its cluster that a record is not confirmed to be one with, as likely as the weakest step that leads there."""
        told = []
        for each in self._joined_in_doubt(number):
            steps = path(self._known, self._clusters, self._ids[number], self._ids[each])
            weakest = min((step.probability for step in steps), default=self._known.rules.threshold)
            told.append(Identity(self._ids[each], False, self._why(record, each), weakest))
        return sorted(told, key=lambda each: (-each.probability, each.record_id))

    def _unsure(self, first: int) -> Iterator[Identity]:
        questions = self._questions.get(first, {})
        for other, question in sorted(questions.items(), key=lambda item: (-item[1].probability, item[0])):
            decided = opinion_in_words(self._standing, self._ids[question.here], self._ids[question.there])
            words = decided or self._in_common(question.here, question.there, question.probability)
            for each in self._members(other):
                yield Identity(self._ids[each], False, words, question.probability)

    def _in_common(self, left: int, right: int, chance: float) -> str:
        mine, theirs = (self._records.entity(number) for number in (left, right))
        return f"{in_common(mine, theirs)} ({score_in_words(chance)})"

    def _chance(self, left: int, right: int) -> float:
        """How likely two records are one by themselves; 0 where they were not compared."""
        edges = self._known.edges
        place = edges.between(left, right)
        return 0.0 if place is None else float(edges.probability[place])

    @cached_property
    def _questions(self) -> Mapping[int, Mapping[int, _Question]]:
        """By cluster the other clusters that it may be one with, each by its first record."""
        edges, first = self._known.edges, self._clusters.first
        chosen = np.flatnonzero((edges.probability >= UNSURE) & (first[edges.left] != first[edges.right]))
        columns = (edges.probability[chosen], edges.left[chosen], edges.right[chosen])
        rows = zip(*(column.tolist() for column in columns), strict=True)
        asked = [_Question(*row) for row in rows if not self._born_apart(row[1], row[2])]
        asked += [
            _Question(max(LEFT_UNSURE, self._chance(*ends)), *ends)
            for pair, verdict in sorted(self._standing.verdicts.items(), key=lambda item: sorted(item[0]))
            if verdict is Verdict.UNSURE and pair <= self._number.keys()
            for ends in [sorted(self._number[each] for each in pair)]
        ]
        found: defaultdict[int, dict[int, _Question]] = defaultdict(dict)
        for chance, left, right in asked:
            if self._is_decided(self._ids[left], self._ids[right]):
                continue
            for here, there in ((left, right), (right, left)):
                its = found[int(first[here])]
                known = its.get(int(first[there]), _Question(0.0, 0, 0))
                its[int(first[there])] = max(known, _Question(chance, here, there))
        return found

    @cached_property
    def _apart(self) -> set[frozenset[str]]:
        """Parties that people keep apart, each by its first record."""
        return {frozenset(map(self.party, pair)) for pair in self._standing.apart()}

    def _born_apart(self, left: int, right: int) -> bool:
        """Whether no record of the one party and of the other are born in years near each other."""
        mine, theirs = self._years(int(self._clusters.first[left])), self._years(int(self._clusters.first[right]))
        return bool(mine and theirs) and min(abs(one - other) for one in mine for other in theirs) > Limits().years

    def _years(self, first: int) -> set[int]:
        told = (orjson.loads(self._records.told[each]) for each in self._members(first))
        return {int(day[:4]) for its in told for day in its.get("birthDate", ()) if day[:4].isdigit()}


def _surely_one(known: Known, clusters: Clusters) -> NDArray[np.int32]:
    """Of each record the number of the first one that judgements, identifiers or sure links lead to within its cluster."""
    edges, first = known.edges, clusters.first
    sure = (edges.probability >= DOUBTFUL) | (edges.rest == Rest.IDENTIFIER)
    links = edges.taken(sure & (first[edges.left] == first[edges.right]))
    links = links.taken(weights(links, known.rules) > 0)
    group = np.arange(known.size, dtype=np.int32)
    connected(group, *known.numbers(known.judged.same))
    connected(group, links.left, links.right)
    return group[: len(clusters.ids)]


def _subject(told: Told) -> Subject:
    properties = told["properties"]
    born = properties.get("birthDate")
    names = tuple(name for prop in NAME_PROPS for name in properties.get(prop, ()))
    return Subject(names, told["schema"], {"birthDate": born} if born else {})


def _with_ended(
    index: EvidenceIndex, known: Known, clusters: Clusters, ever: EvidenceIndex, standing: Standing
) -> Identities:
    """Lay the records that left the lists to the parties that are on them."""
    place = pc.index_in(index.records.ids, value_set=ever.records.ids).to_numpy().astype(np.int32)
    present = np.zeros(len(ever.records), np.bool_)
    present[place] = True
    records, edges = _records_of(index, ever, place), _edges_of(index, ever, place, present)
    ids = records.ids.to_pylist()
    firsts = place[np.unique(clusters.first)]
    joined = [
        (ids[first], ids[each]) for first, each in zip(place[clusters.first], place, strict=True) if first != each
    ]
    same = tuple(sorted({*known.judged.same, *joined}))
    apart: set[Pair] = set()
    while True:
        judged = Judged(same, tuple(sorted({*known.judged.apart, *apart})))
        found = cluster(Known(records.ids, edges, judged, known.rules))
        bridged = set(_bridged(found, firsts, ids)) - apart
        if not bridged:
            return Identities(records, Known(records.ids, edges, known.judged, known.rules), found, standing)
        apart |= bridged


def _bridged(found: Clusters, firsts: NDArray[np.int32], ids: list[str]) -> Iterator[Pair]:
    """Pairs of parties on the lists, each by its first record, that records which left the lists brought together."""
    order = np.argsort(found.first[firsts], kind="stable")
    for group in np.split(firsts[order], np.flatnonzero(np.diff(found.first[firsts][order])) + 1):
        yield from combinations([ids[each] for each in group.tolist()], 2)


def _records_of(index: EvidenceIndex, ever: EvidenceIndex, place: NDArray[np.int32]) -> Comparable:
    """All records ever, those that are on the lists as they are told there."""
    records, now = ever.records, index.records
    told = list(records.told)
    for number, said in zip(place.tolist(), now.told, strict=True):
        told[number] = said
    return Comparable(records.ids, records.schemata, records.sources, records.programmes, told, records.digests)


def _edges_of(index: EvidenceIndex, ever: EvidenceIndex, place: NDArray[np.int32], present: NDArray[np.bool_]) -> Edges:
    """What is known between records on the lists as it is, and what is known of the others."""
    now, then = index.edges, ever.edges
    others = then.taken(~(present[then.left] & present[then.right]))
    columns = ("probability", "rest", "shared_by", "apart")
    return edges_of(
        len(ever.records),
        np.append(place[now.left], others.left),
        np.append(place[now.right], others.right),
        *(np.append(getattr(now, name), getattr(others, name)) for name in columns),
    )
