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
from shellgame.model.entity import caption
from shellgame.model.judgement import Judgement
from shellgame.model.standing import Standing
from shellgame.resolve import canonical
from shellgame.resolve.canonical import Assignment, assign
from shellgame.resolve.clusters import Clusters, Known, cluster
from shellgame.resolve.comparable import Comparable
from shellgame.resolve.comparisons import Progress
from shellgame.resolve.edges import Rest, Rules
from shellgame.resolve.evidence_index import evidence_index
from shellgame.resolve.judged import judged_of
from shellgame.resolve.questions import Questions
from shellgame.resolve.reasons import Reasons, Why, unknown
from shellgame.resolve.review import OpenPair
from shellgame.store.claims import ClaimSet


@dataclass(frozen=True)
class Member:
    """A record of an entity."""

    record_id: str
    caption: str
    schema: str
    sources: tuple[str, ...]


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
        self._taken, self._compared = taken, compared
        self.clusters: Clusters = cluster(known)
        self.assignment = assign(previous or Assignment(), self.clusters)
        self.notes: tuple[str, ...] = ()
        self._reasons = Reasons(records, known, self.clusters, standing or Standing())
        self._questions = Questions(self._reasons)

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
            raise unknown(record)
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
            raise unknown(identity)
        return tuple(self._member(number) for number in np.flatnonzero(chosen).tolist())

    def _canonical_meant(self, identity: str) -> str:
        return self.assignment.of(identity) or self.assignment.resolve(identity)

    def _member(self, number: int) -> Member:
        told = self._records.entity(number)
        identity = self.clusters.ids[number].as_py()
        return Member(identity, caption(told["properties"], identity), told["schema"], self._records.sources[number])

    def why(self, left: str, right: str) -> Why:
        """Tell why two records are one, step by step, or why they are not.

        Raises:
            NotFound: One of them is no record of this day.
        """
        return self._reasons.why(left, right, self.canonical(left))

    def open_pairs(self) -> Iterator[OpenPair]:
        """What people should look at, see `Questions`."""
        return iter(self._questions)

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
            open_pairs=len(self._questions.between_clusters),
            suspicious=len(self._questions.suspicious),
            contradictions=len(self.known.judged.contradictions),
            taken=self._taken,
            compared=self._compared,
        )

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
