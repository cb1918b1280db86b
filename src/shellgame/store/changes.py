"""What changed in a source between two days, record by record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import duckdb

from shellgame.errors import NotFound, WrongUse
from shellgame.model.days import last_moment
from shellgame.model.entity import caption
from shellgame.model.version import Version
from shellgame.store.claims import unreadable
from shellgame.store.store import Store
from shellgame.store.view import SourceView, quoted


@dataclass(frozen=True)
class Change:
    """One record that came, went or changed.

    Attributes:
        change: `added`, `removed` or `changed`.
        entity_id: Id of the record.
        schema: Its schema.
        caption: Its name.
        programs: Programmes it is listed under, after the change (before it, where removed).
        properties: Property to what was added and what was removed; of a part as `Sanction.program`.
    """

    change: str
    entity_id: str
    schema: str
    caption: str
    programs: list[str]
    properties: dict[str, dict[str, list[str]]]


@dataclass(frozen=True)
class Changes:
    """The changes between two versions.

    Attributes:
        earlier: The version in force on the first day.
        later: The version in force on the second day.
        changes: Added first, then removed, then changed; each by id.
        not_compared: Files that only one of the two versions has; what they say is left out, since it would all look new or gone.
    """

    earlier: Version
    later: Version
    changes: tuple[Change, ...]
    not_compared: tuple[str, ...]


def changes_between(store: Store, source: str, start: str, end: str, program: str | None = None) -> Changes:
    """Compare a source as it stood on two days.

    Args:
        store: Where the versions are.
        source: Name of the source.
        start: First day; the last version published by then counts.
        end: Second day; a day lasts until its end.
        program: Only records listed under this programme before or after.

    Raises:
        NotFound: There was no version by the first day, or the two versions have no file in common.
        WrongUse: The second day is before the first, or the source is unknown here.
    """
    if last_moment(end) < last_moment(start):
        raise WrongUse(f"--to {end} is before --from {start}; swap them")
    earlier, later = _view(store, source, start), _view(store, source, end)
    parts, not_compared = _comparable(earlier.version, later.version)
    rows = _differing(earlier, later, parts)
    found = _by_record(rows, program)
    return Changes(earlier.version, later.version, tuple(found), not_compared)


def _view(store: Store, source: str, day: str) -> SourceView:
    view = store.view(source, day)
    if view is None:
        versions = store.versions(source)
        if not versions:
            raise WrongUse(
                f"{source} has no version in this workspace; add one with `shellgame add {source} PATH --as-of DAY`"
            )
        raise NotFound(f"{source} had no version by {day}; the first is of {versions[0].as_of}")
    return view


def _comparable(earlier: Version, later: Version) -> tuple[list[str] | None, tuple[str, ...]]:
    """The files that can be compared, None for all, and those that cannot."""
    left, right = ({part.name for part in version.parts} for version in (earlier, later))
    if earlier.format != later.format or left == right:
        return None, ()
    if not left & right:
        raise NotFound(
            f"{earlier.source}: the versions {earlier.id} and {later.id} have no file in common "
            f"({', '.join(sorted(left))}; {', '.join(sorted(right))}), so nothing can be compared; choose other days"
        )
    return sorted(left & right), tuple(sorted(left ^ right))


def _differing(earlier: SourceView, later: SourceView, parts: list[str] | None) -> list[tuple[Any, ...]]:
    """All claims of the records that differ: (side, record, entity, schema, prop, value); side -1, 0 or 1."""
    only = f"WHERE split_part(locator, '#', 1) IN ({', '.join(map(quoted, parts))})" if parts is not None else ""
    columns = "record_id, entity_id, schema, prop, value"
    query = f"""
        WITH a AS (SELECT DISTINCT {columns} FROM ({earlier.sql()}) {only}),
             b AS (SELECT DISTINCT {columns} FROM ({later.sql()}) {only}),
             sides AS (SELECT {columns}, sum(side) AS side FROM
                 (SELECT *, -1 AS side FROM a UNION ALL SELECT *, 1 AS side FROM b) GROUP BY ALL),
             touched AS (SELECT DISTINCT record_id FROM sides WHERE side <> 0)
        SELECT side, {columns} FROM sides SEMI JOIN touched USING (record_id) ORDER BY ALL
    """
    try:
        with duckdb.connect() as connection:
            return connection.execute(query).fetchall()
    except duckdb.Error as error:
        raise unreadable(error, (*earlier.files(), *later.files())) from error


def _by_record(rows: Iterable[tuple[Any, ...]], program: str | None) -> list[Change]:
    records: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows:
        records.setdefault(row[1], []).append(row)
    found = [_change(record_id, its) for record_id, its in records.items()]
    order = {"added": 0, "removed": 1, "changed": 2}
    kept = [
        change for change in found if program is None or program in change.programs or program in _gone_programs(change)
    ]
    return sorted(kept, key=lambda change: (order[change.change], change.entity_id))


def _change(record_id: str, rows: list[tuple[Any, ...]]) -> Change:
    own_sides = {side for side, _, entity_id, *_ in rows if entity_id == record_id}
    kind = "added" if own_sides == {1} else "removed" if own_sides == {-1} else "changed"
    shown = -1 if kind == "removed" else 1
    values: dict[str, list[str]] = {}
    programs: dict[str, None] = {}
    schema = ""
    properties: dict[str, dict[str, list[str]]] = {}
    for side, _, entity_id, of_schema, prop, value in rows:
        own = entity_id == record_id
        if own and side in (0, shown):
            schema = of_schema
            values.setdefault(prop, []).append(value)
        if of_schema == "Sanction" and prop in ("program", "programId") and side in (0, shown):
            programs[value] = None
        if side:
            key = prop if own else f"{of_schema}.{prop}"
            properties.setdefault(key, {"added": [], "removed": []})["added" if side > 0 else "removed"].append(value)
    return Change(kind, record_id, schema, caption(values, record_id), list(programs), properties)


def _gone_programs(change: Change) -> list[str]:
    return [
        value
        for key in ("Sanction.program", "Sanction.programId")
        for value in change.properties.get(key, {}).get("removed", [])
    ]
