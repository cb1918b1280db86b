"""The mapping itself: YAML from outside, checked before anything of it is used.

```yaml
my_set:
  queries:
    - file: companies.csv          # or files: […]; FollowTheMoney's csv_url means the same where it is the name of a file
      filters: {country: Ruritania}
      entities:
        company:
          schema: Company
          keys: [number]
          properties:
            name: {column: title}
```

A mapping names files that lie beside it, and nothing else: no address of the network, no database, no variable of the shell.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Any, NamedTuple

import yaml

from shellgame.errors import BadInput, Hostile
from shellgame.names.yaml import load_yaml
from shellgame.sources.publication import Part

_LARGEST_BYTES = 1 << 20
_MOST_NAMES = 100
_FILE_KEYS = ("file", "files", "csv_url", "csv_urls")
_KEYS = frozenset((*_FILE_KEYS, "entities", "filters", "filters_not"))
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\")
_CONTROL = re.compile(r"[\x00-\x1f$%~]")


class Query(NamedTuple):
    """One query of a mapping.

    Attributes:
        dataset: Name it stands under, which goes into the ids.
        files: Names of the tables it reads.
        told: The query as written.
    """

    dataset: str
    files: tuple[str, ...]
    told: dict[str, Any]


def queries_of(part: Part) -> list[Query]:
    """Read a mapping.

    Raises:
        BadInput: No mapping, one with a key that is not known, or one that names anything but files in its folder.
        Hostile: It is far longer than any mapping, or refers to its own parts.
    """
    told = _loaded(part)
    if not isinstance(told, dict) or not told:
        raise _refusal(part, "", "no mapping by the name of a set")
    if told.keys() & {"query", "queries"}:
        told = {"": told}
    found = []
    for dataset, meta in told.items():
        if not isinstance(meta, dict):
            raise _refusal(part, str(dataset), "no queries")
        queries = meta.get("queries", meta.get("query"))
        found += [_query(part, str(dataset), query) for query in (queries if isinstance(queries, list) else [queries])]
    return found


def files_of(part: Part) -> list[str]:
    """Names of all tables that a mapping reads, each once."""
    return list(dict.fromkeys(name for query in queries_of(part) for name in query.files))


def _loaded(part: Part) -> Any:
    if part.size > _LARGEST_BYTES:
        found = f"a mapping of {part.size >> 10} KiB"
        raise Hostile(part.printed_name, found=found, remedy="no mapping is that long; do not use this file")
    try:
        with part.path.open(encoding="utf-8") as file:
            for event in yaml.parse(file, Loader=yaml.CSafeLoader):
                if isinstance(event, yaml.AliasEvent):
                    found = "a reference to another part of the file (*name), by which a short file can be endless"
                    raise Hostile(part.printed_name, found=found, remedy="write out what is meant")
        return load_yaml(part.path)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise _refusal(part, "", f"no YAML: {' '.join(str(error).split())}") from error


def _query(part: Part, dataset: str, told: object) -> Query:
    if not isinstance(told, dict) or not isinstance(told.get("entities"), dict) or not told["entities"]:
        raise _refusal(part, dataset, "a query without entities")
    if unknown := sorted(map(str, told.keys() - _KEYS)):
        why = "; a mapping reads files only" if {"database", "tables", "table"} & set(unknown) else ""
        raise _refusal(part, dataset, f"{', '.join(unknown)[:100]}, which cannot be used here{why}")
    for name, entity in told["entities"].items():
        properties = entity.get("properties", {}) if isinstance(entity, dict) else None
        if not isinstance(properties, dict) or not all(isinstance(each, dict) for each in properties.values()):
            raise _refusal(
                part, f"{dataset}, entity {name}", "no mapping of properties, each with a column or the like"
            )
    for key in ("filters", "filters_not"):
        if not isinstance(told.get(key, {}), dict):
            raise _refusal(part, dataset, f"{key} that are no columns with values")
    return Query(dataset, _files(part, dataset, told), told)


def _files(part: Part, dataset: str, told: dict[str, Any]) -> tuple[str, ...]:
    named: list[Any] = []
    for key in _FILE_KEYS:
        value = told.get(key, [])
        named += value if isinstance(value, list) else [value]
    if not named or len(named) > _MOST_NAMES:
        raise _refusal(part, dataset, f"{len(named)} files", "name the tables that it reads: `file: companies.csv`")
    return tuple(_file(part, dataset, name) for name in named)


def _file(part: Part, dataset: str, name: object) -> str:
    path = PurePath(name) if isinstance(name, str) and name.strip() else None
    if path is None or not isinstance(name, str) or _ADDRESS.match(name) or _CONTROL.search(name):
        remedy = "fetch it yourself, put it beside the mapping, and name the file"
        raise _refusal(part, dataset, f"{str(name)[:100]!r}, which is no file beside it", remedy)
    if path.is_absolute() or ".." in path.parts or any(each.startswith(".") for each in path.parts):
        remedy = "put it into the folder of the mapping, and name it by its path there"
        raise _refusal(part, dataset, f"{name[:100]!r}, which leads out of its folder", remedy)
    return path.as_posix()


def _refusal(
    part: Part, where: str, found: str, remedy: str = "see docs/registers.md for what a mapping holds"
) -> BadInput:
    return BadInput(part.printed_name, record=f"set {where}" if where else "", found=found, remedy=remedy)
