"""Records of all lists as entities: which are one, under which id, why, and what people should look at.

Records and the edges between them come from the evidence index, worked out only where the lists changed. Clusters are made each
time, so that a judgement counts at once. The ids that clusters keep stand in one file of the workspace, which only the present day
writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from filelock import FileLock
from numpy.typing import NDArray

from shellgame.errors import NotFound, WorkspaceError
from shellgame.match.compare import compare
from shellgame.match.identifiers import SINGLE
from shellgame.match.wording import rounded, score_in_words
from shellgame.model.entity import caption
from shellgame.model.judgement import Judgement, Verdict
from shellgame.model.schema import is_a
from shellgame.model.standing import Standing
from shellgame.resolve import canonical
from shellgame.resolve.canonical import Assignment, assign
from shellgame.resolve.clusters import Clusters, Known, cluster
from shellgame.resolve.comparable import Comparable
from shellgame.resolve.comparisons import Progress
from shellgame.resolve.edges import Rest, Rules
from shellgame.resolve.evidence_index import evidence_index
from shellgame.resolve.judged import judged_of
from shellgame.resolve.pairs import why_apart
from shellgame.resolve.paths import Step, path
from shellgame.resolve.quality import BIRTH, DOUBTFUL, REGISTERED, Facts, Marks, marks
from shellgame.resolve.review import OpenPair
from shellgame.store.claims import ClaimSet

SUSPICIOUS = 0.5
"""Clusters at least this suspicious are counted, and come first in review; so are those that hang on a link below `DOUBTFUL`."""
UNSURE = 0.2
"""Two clusters are an open question where two of their records are at least this likely one, and nobody decided."""
PRINTED_TWICE = 0.05
"""So are two records that are kept apart, such as two entries of one list, from here on: by themselves they are as good as one."""
_OF_PEOPLE, _OF_OTHERS = SINGLE | {BIRTH}, SINGLE | {*REGISTERED}
"""What records can contradict one another in."""


@dataclass(frozen=True)
class Member:
    """A record of an entity."""

    record_id: str
    caption: str
    schema: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Reason:
    """One step from one record to another.

    Attributes:
        left_id: Where it comes from.
        right_id: Where it leads.
        rests_on: `judged`, `identifier` or `names`.
        probability: That the two are one, 0 to 1.
        text: The reasons in words.
    """

    left_id: str
    right_id: str
    rests_on: str
    probability: float
    text: str


@dataclass(frozen=True)
class Why:
    """Whether two records are one, and why.

    Attributes:
        joined: Whether they are one.
        text: The answer in a sentence.
        steps: The strongest way from one to the other; where they are not one, the decisions that keep them apart, from one to the
            other, then what was found of the two themselves.
    """

    joined: bool
    text: str
    steps: tuple[Reason, ...]

    def as_dict(self) -> dict[str, Any]:
        """The answer for programs."""
        return {"joined": self.joined, "text": self.text, "steps": [vars(step) for step in self.steps]}


@dataclass(frozen=True)
class Counts:
    """What a resolution came to.

    Attributes:
        records: All records.
        entities: Clusters, those of one record too.
        joined: Records that are one with another.
        by_judgement: Links between records of one cluster that people decided.
        by_identifier: Links that rest on a number or a reference.
        by_names: Links that rest on names and what is told beside them.
        open_pairs: Questions for people.
        suspicious: Clusters that people should look at, and did not yet.
        contradictions: Decisions that cannot all be right.
        taken: Pairs that had been compared before.
        compared: Pairs that were compared for this.
    """

    records: int
    entities: int
    joined: int
    by_judgement: int
    by_identifier: int
    by_names: int
    open_pairs: int
    suspicious: int
    contradictions: int
    taken: int
    compared: int


class Resolution:
    """All records of a day, as entities.

    Attributes:
        on: The day; None for the newest versions.
        versions: What it rests on, as `source/version`.
        known: Records, edges and judgements.
        clusters: Which records are one.
        assignment: Which id each record has.
        notes: What to know beside, in sentences.
    """

    def __init__(
        self,
        records: Comparable,
        known: Known,
        *,
        previous: Assignment | None = None,
        standing: Standing | None = None,
        taken: int = 0,
        compared: int = 0,
        on: str | None = None,
        versions: tuple[str, ...] = (),
    ) -> None:
        """Make clusters and give them ids.

        Args:
            records: The records.
            known: All that is known of them.
            previous: The ids that were given before.
            standing: What people decided, to tell why.
            taken: Pairs that had been compared before.
            compared: Pairs that were compared for this.
            on: The day.
            versions: What it rests on.
        """
        self.on, self.versions, self.known, self._records = on, versions, known, records
        self._standing, self._taken, self._compared = standing or Standing(), taken, compared
        self.clusters: Clusters = cluster(known)
        self.assignment = assign(previous or Assignment(), self.clusters)
        self.notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self._firsts)

    @cached_property
    def _firsts(self) -> NDArray[np.int32]:
        """The first record of each cluster."""
        return np.unique(self.clusters.first)

    @cached_property
    def canonical_ids(self) -> pa.StringArray:
        """The canonical id of each record, in the order of `clusters.ids`."""
        return self.assignment.canonical.take(pc.index_in(self.clusters.ids, value_set=self.assignment.records))

    def canonical(self, record: str) -> str:
        """The canonical id of a record, also of one that has left the lists.

        Raises:
            NotFound: There was never such a record.
        """
        found = self.assignment.of(record)
        if found is None:
            raise _unknown(record)
        return found

    def members(self, identity: str) -> tuple[Member, ...]:
        """The records of an entity.

        Args:
            identity: A canonical id, one that was merged into another, or a record.

        Raises:
            NotFound: There is no such entity now.
        """
        chosen = pc.equal(self.canonical_ids, self._canonical_meant(identity)).to_numpy(zero_copy_only=False)
        if not chosen.any():
            raise _unknown(identity)
        return tuple(self._member(number) for number in np.flatnonzero(chosen).tolist())

    def _canonical_meant(self, identity: str) -> str:
        return self.assignment.of(identity) or self.assignment.resolve(identity)

    def _member(self, number: int) -> Member:
        told = self._records.entity(number)
        identity = self.clusters.ids[number].as_py()
        return Member(identity, caption(told["properties"], identity), told["schema"], self._records.sources[number])

    @cached_property
    def counts(self) -> Counts:
        """What it came to."""
        size = np.bincount(self.clusters.first)
        edges = self.known.edges
        within = (self.clusters.first[edges.left] == self.clusters.first[edges.right]) & (
            edges.probability > self.known.rules.threshold
        )
        return Counts(
            records=len(self.clusters.ids),
            entities=len(self),
            joined=int(size[size > 1].sum()),
            by_judgement=len(self.known.judged.same),
            by_identifier=int((within & (edges.rest == Rest.IDENTIFIER)).sum()),
            by_names=int((within & (edges.rest == Rest.NAMES)).sum()),
            open_pairs=len(self._open_edges),
            suspicious=len(self._suspicious),
            contradictions=len(self.known.judged.contradictions),
            taken=self._taken,
            compared=self._compared,
        )

    def why(self, left: str, right: str) -> Why:
        """Tell why two records are one, step by step, or why they are not.

        Raises:
            NotFound: One of them is no record of this day.
        """
        numbers = self._numbers(left, right)
        steps = tuple(self._reason(step) for step in path(self.known, self.clusters, left, right))
        if steps:
            weakest = min(steps, key=lambda step: step.probability)
            text = (
                f"one entity, {self.canonical(left)}; the weakest of {len(steps)} steps is {weakest.left_id} = "
                f"{weakest.right_id} ({score_in_words(weakest.probability)})"
            )
            return Why(True, text, steps)
        if left == right:
            return Why(True, "one and the same record", ())
        return self._why_not(left, right, *sorted(numbers))

    def _why_not(self, left: str, right: str, low: int, high: int) -> Why:
        edges, decided = self.known.edges, self._parting(left, right)
        text = "two entities: people keep them apart; " if decided else "two entities: "
        best = edges.between(low, high)
        if best is None:
            return Why(False, f"{text}never compared, having too little in common", decided)
        chance = float(edges.probability[best])
        text += f"probability {score_in_words(chance)}"
        if chance > self.known.rules.threshold and not decided:
            text += " by themselves, but what is known of the records they are one with speaks against it"
        elif edges.apart[best] and chance > 0 and not decided:
            text += f"; {self._kept_apart(low, high)}"
        found = self._reason(Step(left, right, Rest(int(edges.rest[best])), chance, best))
        return Why(False, text, (*decided, found))

    def _parting(self, left: str, right: str) -> tuple[Reason, ...]:
        """The decisions that keep two records apart, of themselves or by way of other ids, from one to the other."""
        steps, here = [], left
        for made in self._standing.parting(left, right):
            there = next(iter(made.pair - {here}))
            chance = 1.0 if made.judgement is Verdict.SAME else 0.0
            steps.append(Reason(here, there, Rest.JUDGED.name.lower(), chance, self._said(made)))
            here = there
        return tuple(steps)

    def _said(self, made: Judgement) -> str:
        """Who decided what stands of a pair, when and why."""
        return "; ".join(
            f"{each.author} decided {each.judgement}{_on(each.decided_at)}: {each.why}"
            for each in self._standing.opinions[made.pair].judgements
            if each.judgement is made.judgement
        )

    def _kept_apart(self, left: int, right: int) -> str:
        return f"kept apart, because {why_apart(self._records, left, right) or 'what they tell excludes it'}"

    def _numbers(self, *records: str) -> list[int]:
        found = [int(pc.index(self.clusters.ids, record).as_py()) for record in records]
        for record, number in zip(records, found, strict=True):
            if number < 0:
                raise _unknown(record)
        return found

    def _reason(self, step: Step) -> Reason:
        if step.rest is Rest.JUDGED:
            text = self._said(self._standing.opinions[frozenset((step.left, step.right))].latest)
        else:
            left, right = (self._records.entity(number) for number in self._numbers(step.left, step.right))
            text = compare(left, right).text
        return Reason(step.left, step.right, step.rest.name.lower(), rounded(step.probability), text)

    @cached_property
    def marks(self) -> Marks:
        """How sure each cluster of two records or more is, the most suspicious first."""
        return marks(self.known, self.clusters, self._facts())

    def _facts(self) -> Facts:
        """Birth dates, countries of registration and single numbers of the records that are one with another."""
        size = np.bincount(self.clusters.first, minlength=len(self.clusters.ids))
        rows: list[tuple[int, str, str]] = []
        for number in np.flatnonzero(size[self.clusters.first] > 1).tolist():
            told = self._records.entity(number)
            wanted = _OF_PEOPLE if is_a(told["schema"], "Person") else _OF_OTHERS
            properties = told["properties"]
            rows += [(number, prop, value) for prop in wanted & properties.keys() for value in properties[prop]]
        columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], []]
        return Facts(
            np.array(columns[0], np.int32), pa.array(columns[1], pa.string()), pa.array(columns[2], pa.string())
        )

    @cached_property
    def _open_edges(self) -> NDArray[np.int64]:
        """Of every two clusters that might be one the edge that says so most."""
        edges, first = self.known.edges, self.clusters.first
        asked = edges.probability >= np.where(edges.apart, PRINTED_TWICE, UNSURE)
        chosen = np.flatnonzero(asked & (first[edges.left] != first[edges.right]))
        ends = np.sort(np.stack([first[edges.left[chosen]], first[edges.right[chosen]]]), axis=0).astype(np.int64)
        code = ends[0] * len(first) + ends[1]
        order = np.lexsort((chosen, -edges.probability[chosen], code))
        kept = order[np.append(True, code[order][1:] != code[order][:-1])[: len(order)]]
        best: NDArray[np.int64] = chosen[kept]
        return best[np.argsort(-edges.probability[best], kind="stable")]

    def open_pairs(self) -> Iterator[OpenPair]:
        """What people should look at: the weakest places of suspicious clusters, then clusters that might be one, best first.

        Last come pairs of records that people judged and that were compared: `review.open_pairs` tells which are to be judged anew.
        """
        yield from self._suspicious_pairs()
        edges, first = self.known.edges, self.clusters.first
        size = np.bincount(first)
        for row in self._open_edges.tolist():
            left, right = int(edges.left[row]), int(edges.right[row])
            together = int(size[first[left]] + size[first[right]]) - 1
            yield OpenPair(
                *self._ids(left, right), float(edges.probability[row]), why=self._resting(row), weight=together
            )
        yield from self._judged_pairs()

    def _judged_pairs(self) -> Iterator[OpenPair]:
        """Judged pairs of records that were compared, but for those that are the best of two clusters."""
        edges, told = self.known.edges, set(self._open_edges.tolist())
        pairs = sorted(sorted(pair) for pair in self._standing.opinions)
        ends = (
            pc.index_in(pa.array([pair[end] for pair in pairs], pa.string()), value_set=self.clusters.ids)
            for end in (0, 1)
        )
        for left, right in zip(*(end.to_pylist() for end in ends), strict=True):
            row = None if left is None or right is None else edges.between(left, right)
            if row is not None and row not in told:
                yield OpenPair(*self._ids(left, right), float(edges.probability[row]), why=self._resting(row))

    @cached_property
    def _suspicious(self) -> list[tuple[int, int, int]]:
        """The two records to look at of each suspicious cluster, by number, after its place among the marks."""
        found = self.marks
        places = np.flatnonzero((found.suspicion >= SUSPICIOUS) | (found.weakest < DOUBTFUL))
        asked = ((place, next(self._not_judged(place), None)) for place in places.tolist())
        return [(place, *pair) for place, pair in asked if pair]

    def _not_judged(self, place: int) -> Iterator[tuple[int, int]]:
        """What to look at of a cluster, as far as nobody judged it: contradictions, its weakest link, the two least likely one."""
        found, edges = self.marks, self.known.edges
        contrary = [(each.left, each.right) for each in found.disagreements.get(int(found.first[place]), ())]
        weak = [row for row in (found.weakest_at[place], found.lowest_at[place]) if row >= 0]
        pairs = [*contrary, *((int(edges.left[row]), int(edges.right[row])) for row in weak)]
        return (pair for pair in pairs if self._standing.says(*self._ids(*pair)) is None)

    def _suspicious_pairs(self) -> Iterator[OpenPair]:
        found, edges = self.marks, self.known.edges
        for place, left, right in self._suspicious:
            size, contrary = int(found.size[place]), found.disagreements.get(int(found.first[place]), ())
            words = [f"{each.prop}: {', '.join(each.values[0])} / {', '.join(each.values[1])}" for each in contrary]
            words += [f"{size} records are one, the weakest link {score_in_words(found.weakest[place])}"]
            row = edges.between(left, right)
            chance, why = (0.5, "") if row is None else (float(edges.probability[row]), self._resting(row))
            yield OpenPair(*self._ids(left, right), chance, why=why, mark="; ".join(words), weight=size)

    def _ids(self, left: int, right: int) -> tuple[str, str]:
        return self.clusters.ids[left].as_py(), self.clusters.ids[right].as_py()

    def _resting(self, row: int) -> str:
        edges = self.known.edges
        if edges.rest[row] == Rest.IDENTIFIER:
            return f"a number or reference that {int(edges.shared_by[row])} records share"
        if edges.apart[row]:
            kept_apart = self._kept_apart(int(edges.left[row]), int(edges.right[row]))
            return f"names and what is told beside them; {kept_apart}"
        return "names and what is told beside them"

    def table(self) -> pa.Table:
        """A row a record: `record_id`, `canonical_id`, `schema`, `caption`, `sources`."""
        members = [self._member(number) for number in range(len(self.clusters.ids))]
        return pa.table(
            {
                "record_id": self.clusters.ids,
                "canonical_id": self.canonical_ids,
                "schema": pa.array([member.schema for member in members], pa.string()),
                "caption": pa.array([member.caption for member in members], pa.string()),
                "sources": pa.array([member.sources for member in members], pa.list_(pa.string())),
            }
        )

    def as_dict(self) -> dict[str, Any]:
        """What it came to, for programs."""
        return {"on": self.on, "versions": list(self.versions), **vars(self.counts), "notes": list(self.notes)}


def resolved(
    claims: ClaimSet,
    judgements: Sequence[Judgement],
    ids: Path,
    *,
    rules: Rules | None = None,
    progress: Progress | None = None,
) -> Resolution:
    """Resolve the records of a claim set.

    Args:
        claims: The lists. Where they are of a day, ids are taken from `ids` but nothing is written there.
        judgements: What people decided.
        ids: The file of canonical ids.
        rules: How much evidence is enough.
        progress: Told how far comparing is.

    Raises:
        NotFound: No list is here: an empty answer would mean nothing.
        WorkspaceDamaged: The file of ids is damaged.
    """
    if not claims.versions:
        raise NotFound(claims.missing())
    rules = rules or Rules()
    index = evidence_index(claims, rules, progress=progress)
    standing = Standing(judgements)
    known = Known(index.records.ids, index.edges, judged_of(standing), rules)
    with _alone(ids, writing=claims.on is None) as may_write:
        previous = canonical.load(ids)
        found = Resolution(
            index.records,
            known,
            previous=previous,
            standing=standing,
            taken=index.taken,
            compared=index.compared,
            on=claims.on,
            versions=tuple(f"{version.source}/{version.id}" for version in claims.versions),
        )
        if claims.on is None and not _same(previous, found.assignment):
            _keep(found, ids, may_write=may_write)
    return found


@contextmanager
def _alone(ids: Path, *, writing: bool) -> Iterator[bool]:
    """Keep others from giving ids at the same time; says whether they may be written at all."""
    lock = FileLock(ids.with_name(f".{ids.name}.lock"))
    try:
        if writing:
            lock.acquire()
    except OSError:  # nobody may write here, so nobody does
        writing = False
    try:
        yield writing
    finally:
        lock.release()


def _same(before: Assignment, after: Assignment) -> bool:
    return (
        before.records.equals(after.records)
        and before.canonical.equals(after.canonical)
        and np.array_equal(before.present, after.present)
        and before.redirects == after.redirects
    )


def _keep(found: Resolution, ids: Path, *, may_write: bool) -> None:
    """Write the ids down; where that cannot be, say so, since those of new entities may be others the next time."""
    try:
        if not may_write:
            raise WorkspaceError("nothing can be written here")
        canonical.save(found.assignment, ids)
    except WorkspaceError as error:
        found.notes += (f"the ids of new entities are not kept: {error}",)


def _on(moment: str) -> str:
    """The day of a moment in a sentence; empty where none was told."""
    return f" on {moment[:10]}" if moment else ""


def _unknown(identity: str) -> NotFound:
    return NotFound(f"{identity!r} is no record and no entity here; `shellgame screen NAME` finds ids by name")
