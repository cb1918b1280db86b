"""Whom a query could mean: the names of all parties on a day, and those like a given one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from shellgame.errors import NotFound, WrongUse
from shellgame.match.hits import Hits
from shellgame.match.index import ListedName, NameIndex, tokens_of
from shellgame.model.schema import NAME_PROPS, PARENTS, PARTS
from shellgame.names.tokens import RECIPE
from shellgame.store.claims import ClaimSet

Query = str | dict[str, Any]
"""A name, or a FollowTheMoney entity as a dict."""
ALERT = 0.7
"""A name score of this and more is an alert."""


MOST_ALIKE_ASKED = 4
"""Of how many names of a party, told apart by their words, others are sought that are alike; the first ones are the main ones."""


class Screening:
    """The names of the parties in a claim set, ready to be searched.

    Attributes:
        versions: The versions searched, as `source/version`.
        gaps: What these versions are known to lack, in sentences.
    """

    def __init__(self, claims: ClaimSet) -> None:
        """Index the names.

        Raises:
            NotFound: There is no version of any source by that day: an empty answer would mean nothing.
        """
        if not claims.versions:
            when = f" by {claims.on}" if claims.on else ""
            raise NotFound(f"no list is here{when}; add one with `shellgame add` or `shellgame fetch`")
        claims.derive("party_names", _party_names, version=RECIPE)
        rows = claims.rows("SELECT entity_id, schema, source, listed, name, tokens FROM party_names")
        self._index = NameIndex([ListedName(*row) for row in rows])
        self.versions = versions_of(claims)
        self.gaps = gaps_of(claims)

    def search(self, query: Query, *, schema: str | None, limit: int, threshold: float) -> Hits:
        """Find the parties whose names are most like those of a query.

        Raises:
            WrongUse: The query has no name, or no such schema is known.
        """
        names = _names_of(query)
        wanted = schema or (query.get("schema") if isinstance(query, dict) else None)
        if wanted and wanted not in _SCHEMATA:
            raise WrongUse(f"{wanted!r} is no schema of a party; there are {', '.join(sorted(_SCHEMATA))}")
        found = [
            hit for name in names for hit in self._index.search(name, schema=wanted, limit=limit, threshold=threshold)
        ]
        best = {hit.entity_id: hit for hit in sorted(found, key=lambda hit: hit.score)}
        ranked = sorted(best.values(), key=lambda hit: (-hit.score, not hit.listed, hit.entity_id))[:limit]
        return Hits(names[0], tuple(ranked), self.versions)

    def alike(self, names: Sequence[str], schema: str) -> Iterator[tuple[str, float, str]]:
        """Ids of parties with a name like one of these, each with the score and the name; best first for each name."""
        several = {tuple(sorted(tokens_of(schema, name).split())): name for name in reversed(names)}
        for name in list(several.values())[-MOST_ALIKE_ASKED:]:
            for hit in self._index.search(name, schema=schema, limit=20, threshold=ALERT):
                yield hit.entity_id, hit.score, hit.caption


_SCHEMATA = frozenset({*PARENTS, *PARENTS.values()}) - PARTS


def versions_of(claims: ClaimSet) -> tuple[str, ...]:
    """The versions an answer rests on, as `source/version`."""
    return tuple(f"{version.source}/{version.id}" for version in claims.versions)


def gaps_of(claims: ClaimSet) -> tuple[str, ...]:
    """What the versions asked are known to lack: files that were not published with them."""
    return tuple(
        f"{version.source} of {version.as_of[:10]}: {warning}"
        for version in claims.versions
        for warning in version.warnings
        if warning.startswith("published without")
    )


def queries_of(asked: object) -> list[Query]:
    """Take queries as they come: several names or entities, or a data frame (pandas, Polars, Arrow) with a column `name`.

    Raises:
        WrongUse: It is nothing of the kind; says what would be.
    """
    if isinstance(asked, pa.Table):
        return _from_rows(asked.to_pylist())
    if hasattr(asked, "to_dicts"):
        return _from_rows(asked.to_dicts())
    if hasattr(asked, "to_dict") and hasattr(asked, "columns"):
        return _from_rows(asked.to_dict("records"))
    if isinstance(asked, Iterable) and not isinstance(asked, (str, bytes, dict)):
        return list(asked)
    raise WrongUse(
        f"{type(asked).__name__} cannot be screened; give a name, an entity as a dict, several of either, or a data frame"
    )


def _from_rows(rows: Iterable[dict[str, Any]]) -> list[Query]:
    found: list[Query] = []
    for number, row in enumerate(rows, start=1):
        if "name" not in row:
            raise WrongUse(f"row {number} of the data frame has no column `name`; it has {', '.join(map(str, row))}")
        found.append({"schema": row.get("schema"), "properties": {"name": [str(row["name"] or "")]}})
    return found


def _names_of(query: Query) -> list[str]:
    if isinstance(query, str):
        names = [query]
    elif isinstance(query, dict) and isinstance(query.get("properties", {}), dict):
        values = [query.get("properties", {}).get(prop, []) for prop in NAME_PROPS]
        names = [name for value in values for name in ([value] if isinstance(value, str) else value)]
    else:
        raise WrongUse(f"{query!r} is no query; give a name, or an entity with `properties.name`")
    names = [name for name in names if isinstance(name, str) and name.strip()]
    if not names:
        raise WrongUse(f"a query without a name: {query!r}; give a name, or an entity with `properties.name`")
    return names


def _party_names(claims: ClaimSet) -> pa.Table:
    """Every name of every party, whether a list has taken the party up, and the tokens of the name."""
    query = """
        WITH listed AS (SELECT DISTINCT record_id FROM claims WHERE schema = 'Sanction')
        SELECT DISTINCT entity_id, schema, source, entity_id IN (SELECT record_id FROM listed) AS listed, value AS name FROM claims
        WHERE prop IN (SELECT unnest(?::VARCHAR[])) AND schema NOT IN (SELECT unnest(?::VARCHAR[])) ORDER BY ALL"""
    names = claims.table(query, [list(NAME_PROPS), sorted(PARTS)])
    pairs = zip(names["schema"].to_pylist(), names["name"].to_pylist(), strict=True)
    return names.append_column("tokens", pa.array([tokens_of(schema, name) for schema, name in pairs], pa.string()))
