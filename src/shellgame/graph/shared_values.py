"""Values that several entities print: numbers, contacts, addresses and full names, folded so that equal means the same.

They are found once for each state of the sources and kept. What only one entity prints ties nobody and is left out, and so is what
very many do: a formation agent's address, a capital city.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from shellgame.model.schema import CONTACTS, IDENTIFIERS, NAME_PROPS, PARTS
from shellgame.resolve.keys import SHORTEST_NAME, address_key, contact_key, identifier_key, name_words
from shellgame.store import placed
from shellgame.store.claims import ClaimSet
from shellgame.store.placed import Placed
from shellgame.store.view import parquet

MOST_SHARING = 200
"""A value that more records of one source than this share is a hub (a formation agent, a capital city) and ties nobody."""
_RECIPE = "1"
"""Raise it when the same claims give other keys than before."""
_FOLDED = pa.schema([(name, pa.string()) for name in ("kind", "key", "source", "entity_id", "prop", "claim_id")])
_BIRTHDAY = len("2000-01-01")


class Printed(NamedTuple):
    """That an entity prints a value which others print too.

    Attributes:
        crowd: How many entities of one source print it, at most.
        kind: `identifier`, `contact`, `address` or `name`.
        key: The value, folded.
        entity_id: The entity.
        prop: Where it prints it.
        claim_id: The claim that says so.
    """

    crowd: int
    kind: str
    key: str
    entity_id: str
    prop: str
    claim_id: str


def printed_with(claims: ClaimSet, entity_ids: Sequence[str]) -> list[Printed]:
    """The values that some entities share with others, each with everybody who prints it; an entity's name before its aliases."""
    rows = _shared_values(claims)
    mine = {(each.kind, each.key) for each in _read(rows.of("entity_id", entity_ids))}
    found = [each for each in _read(rows.of("key", (key for _, key in mine))) if (each.kind, each.key) in mine]
    return sorted(found, key=lambda each: (each.kind, each.key, each.entity_id, each.prop != "name", each.claim_id))


def _read(rows: pa.Table) -> list[Printed]:
    return [Printed(*row) for row in zip(*(rows[name].to_pylist() for name in Printed._fields), strict=True)]


def _shared_values(claims: ClaimSet) -> Placed:
    def make(folder: Path) -> None:
        file = folder / "folded.parquet"
        with pq.ParquetWriter(file, _FOLDED, compression="zstd") as writer:
            for table in _folded_claims(claims):
                writer.write_table(table)
        tables = claims.streamed(_several(file))
        placed.write(tables, next(tables).schema, folder, ("entity_id", "key"))
        file.unlink()

    return claims.placed_by("shared_values", f"{_RECIPE} {MOST_SHARING}", make)


def _several(file: Path) -> str:
    """A query for the folded values that more than one entity prints, and no more than `MOST_SHARING` of one source."""
    folded = parquet([str(file)])
    return f"""
        WITH several AS (
            SELECT kind, key FROM {folded} GROUP BY kind, key HAVING min(entity_id) <> max(entity_id)),
        shared AS (SELECT * FROM {folded} SEMI JOIN several USING (kind, key)),
        crowds AS (
            SELECT kind, key, max(crowd) AS crowd
            FROM (SELECT kind, key, count(DISTINCT entity_id) AS crowd FROM shared GROUP BY kind, key, source)
            GROUP BY kind, key HAVING max(crowd) <= {MOST_SHARING})
        SELECT crowd, kind, key, entity_id, prop, claim_id FROM shared JOIN crowds USING (kind, key)
        ORDER BY kind, key, entity_id, claim_id"""


def _folded_claims(claims: ClaimSet) -> Iterator[pa.Table]:
    """The claims of values that can tie entities, with the folded values."""
    births = _births(claims)
    props = _words([*IDENTIFIERS, *CONTACTS, *NAME_PROPS, "address"])
    query = f"""SELECT prop, value, entity_id, source, claim_id FROM claims
        WHERE prop IN ({props}) AND schema NOT IN ({_words(sorted(PARTS))})"""
    for table in claims.streamed(query):
        rows = []
        for prop, value, entity, source, claim in zip(*(column.to_pylist() for column in table.columns), strict=True):
            kind, key = _folded(prop, value)
            keys = _full_keys(kind, key, value, births.get(entity, ()))
            rows += [(kind, each, source, entity, prop, claim) for each in keys]
        columns = zip(*rows, strict=True) if rows else [()] * len(_FOLDED)
        yield pa.table([pa.array(column, pa.string()) for column in columns], schema=_FOLDED)


def _births(claims: ClaimSet) -> Mapping[str, Sequence[str]]:
    """Full birth dates of those who have a short name."""
    births: defaultdict[str, list[str]] = defaultdict(list)
    query = f"""SELECT DISTINCT entity_id, value FROM claims WHERE prop = 'birthDate' AND length(value) = {_BIRTHDAY}
        AND entity_id IN (
            SELECT entity_id FROM claims WHERE prop IN ({_words(NAME_PROPS)}) AND length(value) < {SHORTEST_NAME})
        ORDER BY ALL"""
    for entity_id, day in claims.rows(query):
        births[entity_id].append(day)
    return births


def _folded(prop: str, value: str) -> tuple[str, str | None]:
    if prop in IDENTIFIERS:
        return "identifier", identifier_key(value)
    if prop in CONTACTS:
        return "contact", contact_key(prop, value)
    return ("address", address_key(value)) if prop == "address" else ("name", name_words(prop, value))


def _full_keys(kind: str, key: str | None, value: str, births: Sequence[str]) -> Sequence[str]:
    """The key itself; for a name too short to stand alone, the name with each birth date."""
    if key is None:
        return ()
    return [f"{key} {day}" for day in births] if kind == "name" and len(value) < SHORTEST_NAME else [key]


def _words(words: Sequence[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
