"""Entities out of the rows of any table, by a mapping of FollowTheMoney; rows are read one by one, whatever the size of the tables.

Keys, literals, templates, filters, links between entities: all of it is done by FollowTheMoney's own code. Ids are those that it
makes, with the name of the set in front, so that a column of plain numbers cannot mean an entity of another set. What it refuses
(a value that is none of its property's type, a row without a key) is counted and told.
"""

from __future__ import annotations

import logging
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from followthemoney import model
from followthemoney.exc import FollowTheMoneyException
from followthemoney.mapping.query import QueryMapping

from shellgame.errors import BadInput, Damaged
from shellgame.sources.any_table import columns_of, table_rows
from shellgame.sources.claims import Claims, Entity
from shellgame.sources.ftm.mapping_file import Query, queries_of
from shellgame.sources.ftm.values import clean_id, kind_of, role_of
from shellgame.sources.json_records import as_json, json_records
from shellgame.sources.publication import LONGEST_TEXT, Part, Publication, head_of
from shellgame.sources.reader import BESIDE

_LOGGER = logging.getLogger("followthemoney.mapping.entity")
_SHOWN = 8
_DERIVED = "namesMentioned"
"""FollowTheMoney adds to links the names at their ends, which the table does not print there."""
_OWNER_PROPERTY = {"sanctions": "entity", "identifications": "holder"}


def read(publication: Publication, claims: Claims) -> None:
    """Read all tables that the mapping names.

    Raises:
        BadInput: No mapping that FollowTheMoney takes, or a table that is none.
    """
    (part,) = (part for name, part in publication.parts.items() if not name.startswith(BESIDE))
    refused: Counter[str] = Counter()
    with _refusals(refused):
        for query in queries_of(part):
            mapping = _mapping(part, query)
            for name in query.files:
                _read_table(publication.parts[f"{BESIDE}{name}"], mapping, claims, refused)
    if refused:
        claims.counts["not_understood"] = refused.total()
        shown = "; ".join(f"{words} ({count})" for words, count in refused.most_common(_SHOWN))
        more = f"; and {len(refused) - _SHOWN} kinds more" if len(refused) > _SHOWN else ""
        claims.notes.append(f"rows and values that the mapping could not take: {refused.total():,}: {shown}{more}")


def _mapping(part: Part, query: Query) -> QueryMapping:
    told: dict[str, Any] = {key: query.told[key] for key in ("entities", "filters", "filters_not") if key in query.told}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            return QueryMapping(model, {**told, "csv_urls": list(query.files)}, key_prefix=query.dataset or None)
    except (FollowTheMoneyException, AttributeError, TypeError, ValueError, KeyError) as error:
        remedy = "correct the mapping; its schemata and properties are those of FollowTheMoney 4"
        raise BadInput(
            part.printed_name, record=f"set {query.dataset}", found=str(error)[:300], remedy=remedy
        ) from error


def _read_table(part: Part, mapping: QueryMapping, claims: Claims, refused: Counter[str]) -> None:
    source: Any = mapping.source  # its filters only; the table itself is opened here
    used = mapping.refs | {key for key, _ in (*source.filters, *source.filters_not)}
    rows = 0
    for number, row in _rows(part, used, refused):
        rows += 1
        record = {column: cell for column, cell in row.items() if cell and len(cell) <= LONGEST_TEXT}
        if len(record) < sum(map(bool, row.values())):
            refused[f"{part.printed_name}: a cell of more than {LONGEST_TEXT} letters"] += 1
        if source.check_filters(record):
            _claim_row(claims, mapping, record, f"row {number} of {part.printed_name}")
            claims.pass_on()
    claims.counts["rows"] += rows


def _rows(part: Part, used: set[str], refused: Counter[str]) -> Iterator[tuple[int, dict[str, str]]]:
    head = head_of(part.path).lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"{", b"[")):
        for number, told in json_records(part):
            yield number, {name: _text(value) for name, value in told.items() if name in used}
        return
    if missing := sorted(used - set(columns_of(part))):
        remedy = "name the columns as the table does"
        raise BadInput(
            part.printed_name,
            record="header",
            found=f"no column {', '.join(missing)[:200]}, which the mapping uses",
            remedy=remedy,
        )
    yield from table_rows(
        part, used, lambda number, why: refused.update([f"{part.printed_name}, line {number}: {why}"])
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else as_json(value)


def _claim_row(claims: Claims, mapping: QueryMapping, record: dict[str, str], where: str) -> None:
    for proxy in mapping.map(record).values():
        identity = _id(claims, proxy.id)
        if not identity:
            found = f"the id {(proxy.id or '')[:40]!r}, which is empty or too long"
            raise Damaged(where, found=found, remedy="choose a shorter id_column, or keys")
        schema = proxy.schema.name
        role = role_of(schema)
        claims.counts[role] += 1
        owners = proxy.get(_OWNER_PROPERTY[role], quiet=True) if role in _OWNER_PROPERTY else []
        holder = _id(claims, owners[0]) if len(owners) == 1 else identity
        entity = Entity(claims, holder, identity, schema, f"mapping.yml#{identity}")
        for name, value in sorted((prop.name, value) for prop, value in proxy.itervalues() if prop.name != _DERIVED):
            entity.add(name, _id(claims, value) if kind_of(schema, name) == "entity" else value)


def _id(claims: Claims, identity: str | None) -> str:
    clean = clean_id(identity or "")
    return f"{claims.source}-{clean}" if clean else ""


@contextmanager
def _refusals(into: Counter[str]) -> Iterator[None]:
    """Take what the mapping logs, so that it is told once and by number instead of line by line on the terminal."""
    handler = _Counting(into)
    before = _LOGGER.propagate
    _LOGGER.addHandler(handler)
    _LOGGER.propagate = False
    try:
        yield
    finally:
        _LOGGER.removeHandler(handler)
        _LOGGER.propagate = before


class _Counting(logging.Handler):
    def __init__(self, into: Counter[str]) -> None:
        super().__init__(logging.WARNING)
        self._into = into

    def emit(self, record: logging.LogRecord) -> None:
        """Count a message; those that quote values are counted together once there are too many kinds."""
        words = record.getMessage()[:200]
        self._into[words if words in self._into or len(self._into) < 1000 else "more of that kind"] += 1
