"""Records compared two by two, each pair once and never again while both tell the same.

What `match` says of two records depends on these two alone, so it is kept by a digest of what both tell. A new version of a list
then compares only what is new or changed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from shellgame.match.analysed import Analysed
from shellgame.match.evidence import Weights
from shellgame.processes import answered_by, how_many, serve
from shellgame.resolve.comparable import Comparable
from shellgame.store.files import on_disk, written_whole

Progress = Callable[[int, int], None]
"""Told now and then how many pairs were compared, and how many there are to be."""
RECIPE = "5"
"""Raise it when the same two records are compared otherwise than before, or kept otherwise."""
_COLUMNS = pa.schema([("key", pa.uint64()), ("probability", pa.float64())])
_AT_ONCE = 200_000
"""Pairs at most whose records are analysed together; each record takes some two kilobytes."""
_FEW = 40_000
"""Pairs that are compared in this process: others would hardly have started before it is done."""
_TURNS = 2
"""Times at least that each process gets pairs, so that none is left long without work."""
_SERVE = "from shellgame.resolve.comparisons import serve_comparisons; serve_comparisons()"
_PART = 4096
"""Pairs that one thread compares before it tells how far it is."""
_THREADS = 2
_ROUNDS = 30
"""Steps by which records move towards those they are compared with."""


@dataclass(frozen=True)
class Comparisons:
    """Probabilities by pair of contents, in the order of their keys.

    Attributes:
        keys: Of each pair; ascending, each once.
        probability: That two records that tell this are one.
    """

    keys: NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, np.uint64))
    probability: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))

    def __len__(self) -> int:
        return len(self.keys)

    def of(self, keys: NDArray[np.uint64]) -> NDArray[np.float64]:
        """What is known of pairs; not a number where nothing is."""
        if not len(self.keys):
            return np.full(len(keys), np.nan)
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        found: NDArray[np.float64] = np.where(self.keys[place] == keys, self.probability[place], np.nan)
        return found

    def with_more(self, keys: NDArray[np.uint64], probability: NDArray[np.float64]) -> Comparisons:
        """These and others."""
        every, first = np.unique(np.append(self.keys, keys), return_index=True)
        return Comparisons(every, np.append(self.probability, probability)[first])

    def only(self, keys: NDArray[np.uint64]) -> Comparisons:
        """Those of some pairs."""
        chosen = np.isin(self.keys, keys)
        return Comparisons(self.keys[chosen], self.probability[chosen])


def pair_keys(records: Comparable, left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.uint64]:
    """A key for what two records tell, whichever of them is left."""
    one, other = records.digests[left], records.digests[right]
    value: NDArray[np.uint64] = np.minimum(one, other) * np.uint64(0x9E3779B97F4A7C15) ^ np.maximum(one, other)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    return value ^ (value >> np.uint64(31))


def compared(
    records: Comparable,
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    *,
    least: float | NDArray[np.float64] = 0.0,
    weights: Weights | None = None,
    progress: Progress | None = None,
) -> NDArray[np.float64]:
    """How likely the two records of each pair are one; some 60 microseconds a pair and 200 a record.

    Args:
        records: All records.
        left: Number of one record of each pair.
        right: Number of the other.
        least: Below this, for all or for each pair, a probability need not be told exactly; see `Analysed.compare`.
        weights: Other weights of evidence than the fitted ones.
        progress: Told how far it is.

    Raises:
        ShellgameError: There are many, and a process that compares them could not be started or came to an end.
    """
    found = np.empty(len(left))
    done = 0
    for places, chance in _by_processes(records, left, right, np.broadcast_to(least, len(left)), weights):
        found[places] = chance
        done += len(places)
        if progress:
            progress(done, len(left))
    return found


class _Batch(NamedTuple):
    """Records and pairs of them, as they go to another process."""

    schemata: list[str]
    told: list[bytes]
    pairs: NDArray[np.int64]
    least: NDArray[np.float64]
    weights: Weights | None

    def compare(self, analysed: Analysed, part: slice = slice(None)) -> NDArray[np.float64]:
        """How likely the two records of each pair are one."""
        return analysed.compare(self.pairs[part], least=self.least[part], weights=self.weights)


def _by_processes(
    records: Comparable,
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    least: NDArray[np.float64],
    weights: Weights | None,
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64]]]:
    """The pairs part by part, those of the same records together; by several processes where they are many."""
    processes = how_many() if len(left) > _FEW else 1
    at_once = min(_AT_ONCE, -(-len(left) // (_TURNS * processes)) if processes > 1 else _AT_ONCE)
    order = _near_each_other(len(records), left, right) if len(left) > at_once else np.arange(len(left))
    parts = [order[start : start + at_once] for start in range(0, len(order), at_once)]
    batches = (_batch(records, left[part], right[part], least[part], weights) for part in parts)
    if processes > 1:
        answers = answered_by(processes, _SERVE, "compares records", batches)
        yield from zip(parts, (chance for _, _, chance in answers), strict=True)
        return
    for part, batch in zip(parts, batches, strict=True):
        for its, chance in _by_threads(batch):
            yield part[its], chance


def _near_each_other(records: int, left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.int64]:
    """An order of the pairs in which those of the same records are close to one another, so that few are taken apart twice.

    Each record goes step by step to the middle of those it is compared with.
    """
    place = np.arange(records)
    many = 1.0 + np.bincount(left, minlength=records) + np.bincount(right, minlength=records)
    for _ in range(_ROUNDS):
        others = np.bincount(left, place[right], records) + np.bincount(right, place[left], records)
        place[np.argsort((place + others) / many, kind="stable")] = np.arange(records)
    ends = np.sort(np.stack([place[left], place[right]]), axis=0)
    return np.lexsort(ends[::-1])


def _batch(
    records: Comparable,
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    least: NDArray[np.float64],
    weights: Weights | None,
) -> _Batch:
    needed, place = np.unique(np.append(left, right), return_inverse=True)
    its = needed.tolist()
    schemata, told = ([each[number] for number in its] for each in (records.schemata, records.told))
    return _Batch(schemata, told, place.reshape(2, -1).T, least, weights)


def _by_threads(batch: _Batch) -> Iterator[tuple[slice, NDArray[np.float64]]]:
    """Its pairs, part by part; some of the work is done without the interpreter's lock."""
    analysed = _analysed(batch)
    parts = [slice(start, start + _PART) for start in range(0, len(batch.pairs), _PART)]
    with ThreadPoolExecutor(min(_THREADS, os.cpu_count() or 1)) as threads:
        found = threads.map(lambda part: batch.compare(analysed, part), parts)
        yield from zip(parts, found, strict=True)


def _analysed(batch: _Batch) -> Analysed:
    told = zip(batch.schemata, batch.told, strict=True)
    return Analysed([{"schema": schema, "properties": orjson.loads(its)} for schema, its in told])


def serve_comparisons() -> None:
    """Compare what another process of ours asks for."""
    serve(lambda batch: batch.compare(_analysed(batch)))


def load(file: Path) -> Comparisons:
    """Read what was compared before; nothing where there is no file, or it is damaged: all is then compared anew."""
    try:
        table = pq.read_table(file, partitioning=None, page_checksum_verification=True)
    except (OSError, pa.ArrowException):
        return Comparisons()
    if not table.schema.equals(_COLUMNS):
        return Comparisons()
    keys, probability = table["key"].to_numpy(), table["probability"].to_numpy()
    good = (keys[1:] > keys[:-1]).all() and ((probability >= 0) & (probability <= 1)).all()
    return Comparisons(keys, probability) if good else Comparisons()


def save(comparisons: Comparisons, file: Path) -> None:
    """Write what was compared, whole or not at all.

    Raises:
        WorkspaceError: The system refuses; says why.
    """
    table = pa.table([comparisons.keys, comparisons.probability], schema=_COLUMNS)
    with on_disk(file), written_whole(file) as aside:
        pq.write_table(table, aside, compression="zstd", write_page_checksum=True)
