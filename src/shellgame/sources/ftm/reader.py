"""Reads a user's own set in the formats in which FollowTheMoney and OpenSanctions publish entities.

- `ftm-json`, `entities.ftm.json`: one entity a line, `{"id", "schema", "properties": {…}, "datasets", …}`.
- `nested-json`, `targets.nested.json`: one target a line, its neighbours nested in its properties in both directions (a
  reverse property such as `ownershipOwner` holds links that point at the target). Each nested entity is taken once and the
  links are kept, so the claims are those of the same entities written flat.
- `statements-csv`, `statements.csv`: one statement a row, with its dataset, language and printed value.
- `statements-pack`, `statements.pack`: the same, packed, with `Person:name` for schema and property; old ones have no header.
- `simple-csv`, `targets.simple.csv`: one target a row, several values in a cell. It does not say which kind of alias,
  country, identifier or sanction a value is; see `simple_csv`.
- `mapping`, `mapping.yml`: FollowTheMoney's own way to make entities of the rows of any table beside it; see `mapping`.

Ids are those of the set. A thing is a record of its own, and so is a link. A Sanction belongs to the record of its `entity`,
an Identification or Passport to that of its `holder`, an Address to that of the one entity that points to it; where these
name none or several, it stands for itself. Names of datasets become `publisher`, except in statements, where the dataset
stands in each locator. What describes the export and not the party (caption, target, first_seen, last_change, origin) is no
claim; the latest `last_seen` is the day of the publication. Referents (ids merged into an entity) are counted and told, not
claimed.

Every schema, property and closed value is held against the installed FollowTheMoney model, whose import costs two seconds: it
happens when a set is read, not when a file is recognised.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from importlib import import_module

from shellgame.sources.claims import Claims
from shellgame.sources.ftm.header import PACK_COLUMNS, SIMPLE_COLUMNS, STATEMENT_COLUMNS, first_line, first_row
from shellgame.sources.publication import Part, Publication
from shellgame.sources.reader import Format

ENTITIES, NESTED = "entities.ftm.json", "targets.nested.json"
SIMPLE, STATEMENTS, PACK = "targets.simple.csv", "statements.csv", "statements.pack"
MAPPING = "mapping.yml"

_KEYS = tuple(re.compile(key) for key in (rb'"id"\s*:', rb'"schema"\s*:\s*"', rb'"properties"\s*:\s*\{'))
_NESTED = re.compile(rb"\[\s*\{\s*\"(?:id|caption|schema)\"")
_MAPPING_KEYS = tuple(
    re.compile(key, re.MULTILINE) for key in (rb"^\s*-?\s*(?:queries|query)\s*:", rb"^\s*-?\s*entities\s*:")
)
_OLD_PACK_COLUMNS = 11
_PACKED_PROP = re.compile(r"[A-Z][A-Za-z]+:[A-Za-z]\w*")


def _is_entity(head: bytes) -> bool:
    line = first_line(head)
    if not line.startswith(b"{") or not all(key.search(line) for key in _KEYS):
        return False
    try:
        entity = json.loads(line)
    except (ValueError, RecursionError):
        return True  # longer than the head, or cut: the reader tells which
    return isinstance(entity.get("schema"), str) and isinstance(entity.get("properties"), dict)


def _is_nested(name: str, head: bytes) -> bool:
    return _is_entity(head) and ("nested" in name.lower() or bool(_NESTED.search(head)))


def _is_flat(name: str, head: bytes) -> bool:
    return _is_entity(head) and not _is_nested(name, head)


def _is_simple(_: str, head: bytes) -> bool:
    return SIMPLE_COLUMNS.issubset(first_row(head))


def _is_statements(_: str, head: bytes) -> bool:
    return STATEMENT_COLUMNS.issubset(first_row(head))


def _is_pack(_: str, head: bytes) -> bool:
    row = first_row(head)
    if PACK_COLUMNS.issubset(row):
        return "schema" not in row
    return len(row) == _OLD_PACK_COLUMNS and bool(_PACKED_PROP.fullmatch(row[1])) and {row[6], row[7]} <= {"t", "f", ""}


def _is_mapping(name: str, head: bytes) -> bool:
    return name.lower().endswith((".yml", ".yaml")) and all(key.search(head) for key in _MAPPING_KEYS)


def _files_of(part: Part) -> Iterable[str]:
    """The tables that a mapping names."""
    names: Iterable[str] = import_module("shellgame.sources.ftm.mapping_file").files_of(part)
    return names


def _part(part: str, recognises: Callable[[str, bytes], bool]) -> Callable[[str, bytes], str | None]:
    return lambda name, head: part if recognises(name, head) else None


def _read_by(module: str) -> Callable[[Publication, Claims], None]:
    """Put off the import of followthemoney until a set is read."""

    def read(publication: Publication, claims: Claims) -> None:
        import_module(f"shellgame.sources.ftm.{module}").read(publication, claims)

    return read


FORMATS: tuple[Format, ...] = (
    Format("statements-csv", _part(STATEMENTS, _is_statements), _read_by("statements")),
    Format("statements-pack", _part(PACK, _is_pack), _read_by("statements")),
    Format("ftm-json", _part(ENTITIES, _is_flat), _read_by("json_lines")),
    Format("nested-json", _part(NESTED, _is_nested), _read_by("json_lines")),
    Format("simple-csv", _part(SIMPLE, _is_simple), _read_by("simple_csv")),
    Format("mapping", _part(MAPPING, _is_mapping), _read_by("mapping"), beside=_files_of),
)
"""Where a folder holds several of them, the first one here is read: it says most about where each value is from."""
