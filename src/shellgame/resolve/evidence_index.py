"""All records of a state of the lists with the edges between them, kept on disk: made once for each state, then only opened.

What was compared is kept beside it for all states together, by what two records tell (`comparisons`): a new state of the lists
makes a new index, but compares only what is new or changed.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from shellgame.collector import collector_paused
from shellgame.errors import WorkspaceError
from shellgame.match.engine import recipe as matcher
from shellgame.resolve import blocking, comparable, comparisons, name_keys, pairs
from shellgame.resolve.blocking import Limits
from shellgame.resolve.comparable import Comparable, comparable_in
from shellgame.resolve.comparisons import Comparisons, Progress
from shellgame.resolve.edges import Edges, Rules
from shellgame.resolve.name_keys import NameKeys
from shellgame.resolve.pairs import Lists, weighed
from shellgame.store.claims import ClaimSet
from shellgame.store.kept import KeptFolder, sealed

RECIPE = "2"
"""Raise it when the same records and edges are written otherwise than before."""
_RECORDS, _EDGES = "records.parquet", "edges.parquet"
_MOST_KEPT = 4
"""So many times as many comparisons are kept as the last state needs, for other days and what comes back."""


@dataclass(frozen=True)
class EvidenceIndex:
    """Records and edges of one state of the lists.

    Attributes:
        records: All of them.
        edges: Between them, by number.
        taken: Pairs that had been compared before.
        compared: Pairs that were compared for this.
    """

    records: Comparable
    edges: Edges
    taken: int
    compared: int


@collector_paused()
def evidence_index(claims: ClaimSet, rules: Rules, *, progress: Progress | None = None) -> EvidenceIndex:
    """Open the index of a claim set, or make it.

    Args:
        claims: The lists.
        rules: `hub` and `threshold` matter here.
        progress: Told how far comparing is.
    """
    kept = _kept(claims, rules)
    recipes = _hashed(f"{matcher()} {comparisons.RECIPE} {name_keys.RECIPE}")
    file, names_file = (kept.path.parent / f"{kind}-{recipes}.parquet" for kind in ("compared", "names"))
    made: list[EvidenceIndex] = []

    def make(folder: Path) -> None:
        records = comparable_in(claims, hub=rules.hub)
        names = NameKeys.load(names_file)
        found = weighed(records, comparisons.load(file), rules=rules, names=names, progress=progress)
        index = EvidenceIndex(records, found.edges, found.taken, found.compared)
        _write(index, folder)
        with suppress(WorkspaceError):  # where nothing can be written, it is all worked out again the next time
            comparisons.save(_not_endless(found.comparisons, records, found.edges), file)
            names.save(names_file)
            _retire(file, names_file)
        made.append(index)

    return kept.opened(make, lambda folder: made[0] if made else _read(folder))


def known_probability(claims: ClaimSet, left: str, right: str, rules: Rules | None = None) -> float | None:
    """How likely two records are one as the index of a claim set has it; nothing is compared.

    Returns:
        0 to 1; None where no index was made of these lists yet, or the two were not compared.
    """
    folder = _kept(claims, rules or Rules()).path
    try:
        if not sealed(folder):
            return None
        ids = pq.read_table(folder / _RECORDS, columns=["ids"], partitioning=None)["ids"]
        low, high = sorted(int(pc.index(ids, record).as_py()) for record in (left, right))
        chosen = [("left", "=", low), ("right", "=", high)]
        found = pq.read_table(folder / _EDGES, columns=["probability"], filters=chosen, partitioning=None)[
            "probability"
        ]
    except (OSError, pa.ArrowException):  # damaged: whoever resolves next makes it anew
        return None
    chance: float | None = pc.max(found).as_py()
    return chance


def _kept(claims: ClaimSet, rules: Rules) -> KeptFolder:
    return claims.kept("evidence", f"{_recipe()} {rules.hub} {rules.threshold}")


def _recipe() -> str:
    recipes = (each.RECIPE for each in (comparable, name_keys, blocking, comparisons, pairs))
    return " ".join([matcher(), RECIPE, *recipes, repr(Lists()), repr(Limits())])


def _hashed(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


def _not_endless(known: Comparisons, records: Comparable, edges: Edges) -> Comparisons:
    """What was compared, without what no state of late needs."""
    if len(known) <= _MOST_KEPT * len(edges):
        return known
    return known.only(comparisons.pair_keys(records, edges.left, edges.right))


def _retire(*files: Path) -> None:
    """Remove what other programs' recipes left."""
    for file in files:
        for other in file.parent.glob(f"{file.name.partition('-')[0]}-*.parquet"):
            if other != file:
                other.unlink(missing_ok=True)


_LISTS = pa.list_(pa.string())
_RECORD_COLUMNS = pa.schema(
    [
        ("ids", pa.string()),
        ("schemata", pa.string()),
        ("sources", _LISTS),
        ("programmes", _LISTS),
        ("told", pa.binary()),
        ("digests", pa.uint64()),
    ]
)
_EDGE_KINDS = {
    "left": np.int32,
    "right": np.int32,
    "probability": np.float64,
    "rest": np.uint8,
    "shared_by": np.int32,
    "apart": np.bool_,
}


def _write(index: EvidenceIndex, folder: Path) -> None:
    columns = [getattr(index.records, name) for name in _RECORD_COLUMNS.names]
    arrays = [pa.array(column, kind) for column, kind in zip(columns, _RECORD_COLUMNS.types, strict=True)]
    table = pa.table(arrays, schema=_RECORD_COLUMNS)
    pq.write_table(table, folder / _RECORDS, compression="zstd", write_page_checksum=True)
    between = pa.table({name: getattr(index.edges, name) for name in _EDGE_KINDS})
    between = between.replace_schema_metadata({"compared": str(index.taken + index.compared)})
    pq.write_table(between, folder / _EDGES, compression="zstd", write_page_checksum=True)


def _read(folder: Path) -> EvidenceIndex:
    """Read an index; raises `ValueError` for one that is damaged."""
    try:
        records, edges = (
            pq.read_table(folder / name, partitioning=None, page_checksum_verification=True).combine_chunks()
            for name in (_RECORDS, _EDGES)
        )
    except pa.ArrowException as error:
        raise ValueError(str(error)) from error
    if not records.schema.equals(_RECORD_COLUMNS) or edges.column_names != [*_EDGE_KINDS] or not edges.schema.metadata:
        raise ValueError("other columns")
    ids = records["ids"].combine_chunks() if len(records) else pa.array([], pa.string())
    schemata, told = records["schemata"].to_pylist(), records["told"].to_pylist()
    sources, programmes = ([tuple(each) for each in records[name].to_pylist()] for name in ("sources", "programmes"))
    digests: NDArray[np.uint64] = records["digests"].to_numpy()
    columns = {name: edges[name].to_numpy().astype(kind, copy=False) for name, kind in _EDGE_KINDS.items()}
    between = Edges(**columns, row=np.arange(len(edges)))
    taken = int(edges.schema.metadata[b"compared"])
    return EvidenceIndex(Comparable(ids, schemata, sources, programmes, told, digests), between, taken, 0)
