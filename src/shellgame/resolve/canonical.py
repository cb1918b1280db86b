"""Canonical ids: the names that clusters keep while lists grow, and where an id leads whose cluster was merged into another.

An id is `sg-` and a hash of the record that founded it. It goes with the cluster that has most of its records, or of two that have
equally many with that of the oldest, the one that was here first. Of several ids that come to one cluster it keeps that of most
records (then the oldest), and the others lead there. A part that no id goes to is named after its oldest record, so that an id
comes back when a merge is undone. Records that leave are remembered with their id, and bring it along when they come back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from shellgame.errors import WorkspaceDamaged
from shellgame.resolve.clusters import Clusters
from shellgame.store.files import on_disk, written_whole

PREFIX = "sg-"
_HASH_BYTES = 10
"""Eighty bits: among ten million ids, two fall together with a chance of one in twenty billion; that is looked for all the same."""
_COLUMNS = pa.schema([("id", pa.string()), ("canonical", pa.string()), ("since", pa.int32()), ("present", pa.bool_())])


@dataclass(frozen=True)
class Assignment:
    """Which canonical id each record has.

    Attributes:
        records: Ids of all records ever seen, sorted.
        canonical: Of each record, as last given; `of` and `resolve` follow redirects.
        since: Of each record the run, counted from 0, in which it was first seen.
        present: Whether the lists still have it.
        redirects: Where canonical ids lead that no cluster has any more; one may lead to another.
        runs: How many assignments came to this one.
    """

    records: pa.StringArray = field(default_factory=lambda: pa.array([], pa.string()))
    canonical: pa.StringArray = field(default_factory=lambda: pa.array([], pa.string()))
    since: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    present: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    redirects: Mapping[str, str] = field(default_factory=dict)
    runs: int = 0

    def resolve(self, canonical: str) -> str:
        """Follow a canonical id to the one that stands for it now; itself where it was never merged away."""
        while (onward := self.redirects.get(canonical)) is not None:
            canonical = onward
        return canonical

    def of(self, record: str) -> str | None:
        """The canonical id of a record, also of one that has left; None for what never was one."""
        place = pc.index(self.records, record).as_py()
        return None if place < 0 else self.resolve(self.canonical[place].as_py())


class _Share(NamedTuple):
    """What one cluster has of the records of one id."""

    cluster: int
    code: int
    rank: tuple[int, int, int]
    """Smallest best: the number of records, negative; the run that first saw the oldest of them, and its number."""


@dataclass(frozen=True)
class _Shares:
    """What clusters have of the records of ids of before, a row a share."""

    names: list[str]
    cluster: NDArray[np.int64]
    code: NDArray[np.int64]
    records: NDArray[np.int64]
    since: NDArray[np.int32]
    oldest: NDArray[np.int64]

    def pairs(self, chosen: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
        """Cluster and number of the id, of some shares."""
        return zip(self.cluster[chosen].tolist(), self.code[chosen].tolist(), strict=True)

    def taken(self, chosen: NDArray[np.bool_]) -> Iterator[_Share]:
        """Some shares one by one."""
        ranks = zip(
            (-self.records)[chosen].tolist(), self.since[chosen].tolist(), self.oldest[chosen].tolist(), strict=True
        )
        return (_Share(cluster, code, rank) for (cluster, code), rank in zip(self.pairs(chosen), ranks, strict=True))


def canonical_id(record: str, again: int = 0) -> str:
    """The id that a record founds; another one for each `again`, for the case that the first is somebody else's.

    Example:
        >>> canonical_id("ofac-48380")
        'sg-eb6990083b312eae9de0'
    """
    founded = f"{record}\n{again}" if again else record
    return PREFIX + blake2b(founded.encode(), digest_size=_HASH_BYTES).hexdigest()


def assign(previous: Assignment, clusters: Clusters) -> Assignment:
    """Give clusters their canonical ids, keeping those of before.

    Args:
        previous: The assignment before; `Assignment()` at first.
        clusters: Of the records that the lists now have.

    Returns:
        The new one. The same clusters again give the same ids and redirects; so do clusters to which only records were added.
    """
    place = np.asarray(pc.fill_null(pc.index_in(clusters.ids, value_set=previous.records), -1)).astype(np.int64)
    known = place >= 0
    since = np.full(len(place), previous.runs, np.int32)
    since[known] = previous.since[place[known]]
    kept, redirects = _kept(previous, clusters, place, since)
    _found(clusters, since, kept, redirects, remembered=_remembered(previous, place[known]))
    firsts = np.flatnonzero(clusters.first == np.arange(len(clusters.first)))
    names = pa.array([kept[first] for first in firsts.tolist()], pa.string())
    given = names.take(pa.array(np.searchsorted(firsts, clusters.first)))
    return _with_gone(previous, clusters, given, since, redirects)


def _kept(
    previous: Assignment, clusters: Clusters, place: NDArray[np.int64], since: NDArray[np.int32]
) -> tuple[dict[int, str], dict[str, str]]:
    """The clusters that keep an id, and all redirects, those of ids that were merged away now among them."""
    redirects = dict(previous.redirects)
    shares = _shares(previous, clusters, place, since)
    alone = _counts(shares.cluster) * _counts(shares.code) == 1
    keeps = {cluster: shares.names[code] for cluster, code in shares.pairs(alone)}
    parts: defaultdict[int, list[_Share]] = defaultdict(list)
    for share in shares.taken(~alone):
        parts[share.code].append(share)
    won: defaultdict[int, list[_Share]] = defaultdict(list)
    for its in parts.values():
        best = min(its, key=lambda share: share.rank)
        won[best.cluster].append(best)
    for cluster, its in won.items():
        best, *others = sorted(its, key=lambda share: share.rank)
        keeps[cluster] = shares.names[best.code]
        redirects.update({shares.names[share.code]: keeps[cluster] for share in others})
    return keeps, redirects


def _counts(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each value how often it occurs."""
    counts: NDArray[np.int64] = np.bincount(values)[values]
    return counts


def _shares(previous: Assignment, clusters: Clusters, place: NDArray[np.int64], since: NDArray[np.int32]) -> _Shares:
    """What each cluster has of each id of before."""
    seen = np.flatnonzero(place >= 0)
    given = previous.canonical.take(pa.array(place[seen])).dictionary_encode()
    names = [previous.resolve(each) for each in given.dictionary.to_pylist()]
    number = {each: place for place, each in enumerate(dict.fromkeys(names))}
    code = np.array([number[each] for each in names], np.int64)[np.asarray(given.indices)]
    owner = clusters.first[seen].astype(np.int64)
    order = np.lexsort((seen, since[seen], code, owner))
    owner, code, oldest = owner[order], code[order], seen[order]
    starts = np.flatnonzero(np.append(True, (owner[1:] != owner[:-1]) | (code[1:] != code[:-1]))[: len(order)])
    records = np.diff(np.append(starts, len(order)))
    return _Shares(list(number), owner[starts], code[starts], records, since[oldest[starts]], oldest[starts])


def _remembered(previous: Assignment, present: NDArray[np.int64]) -> set[str]:
    """Ids of records that have left: nobody else may be given them while they may come back."""
    gone = np.ones(len(previous.records), np.bool_)
    gone[present] = False
    return {previous.resolve(each) for each in previous.canonical.filter(pa.array(gone)).unique().to_pylist()}


def _found(
    clusters: Clusters, since: NDArray[np.int32], kept: dict[int, str], redirects: dict[str, str], remembered: set[str]
) -> None:
    """Give every cluster without an id that of its oldest record, which then leads nowhere else."""
    taken = remembered | set(kept.values())
    oldest = np.lexsort((np.arange(len(since)), since, clusters.first))
    owners = clusters.first[oldest]
    founders = oldest[np.append(True, owners[1:] != owners[:-1])[: len(oldest)]]
    new = [founder for founder in founders.tolist() if int(clusters.first[founder]) not in kept]
    for founder, record in zip(new, clusters.ids.take(pa.array(new, pa.int64())).to_pylist(), strict=True):
        again = 0
        while (name := canonical_id(record, again)) in taken:
            again += 1
        taken.add(name)
        kept[int(clusters.first[founder])] = name
        redirects.pop(name, None)


def _with_gone(
    previous: Assignment,
    clusters: Clusters,
    given: pa.StringArray,
    since: NDArray[np.int32],
    redirects: Mapping[str, str],
) -> Assignment:
    """Put the records that have left to those that are here."""
    gone = pc.invert(pc.is_in(previous.records, value_set=clusters.ids))
    columns = {
        "records": pa.concat_arrays([clusters.ids, previous.records.filter(gone)]),
        "canonical": pa.concat_arrays([given, previous.canonical.filter(gone)]),
    }
    order = pc.sort_indices(columns["records"])
    went = previous.since[np.asarray(gone)]
    present = np.append(np.ones(len(clusters.ids), np.bool_), np.zeros(len(went), np.bool_))
    ranks = np.asarray(order)
    return Assignment(
        columns["records"].take(order),
        columns["canonical"].take(order),
        np.append(since, went)[ranks],
        present[ranks],
        dict(sorted(redirects.items())),
        previous.runs + 1,
    )


def save(assignment: Assignment, path: Path) -> None:
    """Write an assignment as one Parquet file, whole or not at all: a row a record, then one a redirect, without `since`.

    Raises:
        WorkspaceError: The system refuses; says why.
    """
    away = list(assignment.redirects)
    table = pa.table(
        [
            pa.concat_arrays([assignment.records, pa.array(away, pa.string())]),
            pa.concat_arrays([assignment.canonical, pa.array(list(assignment.redirects.values()), pa.string())]),
            pa.concat_arrays([pa.array(assignment.since), pa.nulls(len(away), pa.int32())]),
            pa.concat_arrays([pa.array(assignment.present), pa.array([False] * len(away), pa.bool_())]),
        ],
        schema=_COLUMNS.with_metadata({"runs": str(assignment.runs)}),
    )
    with on_disk(path), written_whole(path) as aside:
        pq.write_table(table, aside, compression="zstd", write_page_checksum=True)


def load(path: Path) -> Assignment:
    """Read an assignment; an empty one where there is no file yet.

    Raises:
        WorkspaceDamaged: The file is cut, or not what `save` writes.
        WorkspaceError: The system refuses to read it.
    """
    if not path.exists():
        return Assignment()
    try:
        with on_disk(path):
            table = pq.read_table(path, partitioning=None, page_checksum_verification=True).combine_chunks()
        return _checked(table)
    except (pa.ArrowException, ValueError) as error:
        raise WorkspaceDamaged(
            f"{path}: no assignment of canonical ids ({error}); restore it from a backup, or remove it, which makes all ids anew"
        ) from error


def _checked(table: pa.Table) -> Assignment:
    if not table.schema.equals(_COLUMNS):
        raise ValueError(f"its columns are {', '.join(table.schema.names)}")
    runs = (table.schema.metadata or {}).get(b"runs", b"")
    if not runs.isdigit():
        raise ValueError("it does not tell how many runs made it")
    of_record = pc.is_valid(table["since"])
    records, away = table.filter(of_record), table.filter(pc.invert(of_record))
    ids = records["id"].combine_chunks()
    if table["id"].null_count or table["canonical"].null_count or table["present"].null_count:
        raise ValueError("a row has no id")
    redirects = dict(zip(away["id"].to_pylist(), away["canonical"].to_pylist(), strict=True))
    doubled = len(pc.unique(ids)) != len(ids) or len(redirects) != len(away)  # a record may be called like a redirect
    if doubled or not ids.equals(ids.take(pc.sort_indices(ids))):
        raise ValueError("its ids are doubled or not in order")
    _refuse_circles(redirects)
    return Assignment(
        ids,
        records["canonical"].combine_chunks(),
        records["since"].to_numpy(),
        records["present"].to_numpy(),
        redirects,
        int(runs),
    )


def _refuse_circles(redirects: Mapping[str, str]) -> None:
    good: set[str] = set()
    for start in redirects:
        way: dict[str, None] = {}
        here = start
        while here in redirects and here not in good:
            if here in way:
                raise ValueError(f"{here} leads to itself")
            way[here] = None
            here = redirects[here]
        good.update(way)
