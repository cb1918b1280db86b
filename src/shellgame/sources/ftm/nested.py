"""Takes one JSON entity apart: its values, and the entities nested in them, each once and with the link that held it.

An export that nests replaces ids by the entities themselves, and leaves out the one it came from: under a person's
`ownershipOwner` stands an Ownership without that person among its owners. So a reverse property puts its holder back.
"""

from __future__ import annotations

from typing import Any

import orjson

from shellgame.errors import Hostile
from shellgame.sources.ftm.gathering import Gathering, Printed, Told
from shellgame.sources.ftm.values import kind_of, reverse_of

_DEEPEST = 16
"""Exports nest two or three entities deep."""

_EXACT_FLOAT = 2.0**53
_ENVELOPE = frozenset(
    ("id", "schema", "caption", "properties", "datasets", "dataset", "referents", "target", "first_seen", "last_seen",
     "last_change", "created_at", "updated_at", "origin", "context", "mutable", "role_id", "profile_id", "collection_id")
)  # fmt: skip
"""Keys that describe the export, of OpenSanctions and Aleph; any other one beside `properties` is kept as a note."""


def take(gathering: Gathering, told: dict[str, Any], depth: int = 0) -> Told:
    """Gather an entity and all that is nested in it.

    Raises:
        BadInput: No entity, or a value that cannot be held; names line, entity and finding.
        Hostile: Entities nested more than 16 deep.
    """
    if depth > _DEEPEST:
        raise gathering.refusal(f"entities nested more than {_DEEPEST} deep", "do not use this file", kind=Hostile)
    entity = gathering.entity(told.get("id"), told.get("schema"))
    properties = told.get("properties", {})
    if not isinstance(properties, dict):
        remedy = 'write "properties": {"name": ["…"]}'
        raise gathering.refusal(f"its properties are a {type(properties).__name__}", remedy, entity_id=entity.id)
    schema = told["schema"]
    for prop, values in properties.items():
        for value in values if type(values) is list else (values,):
            if type(value) is str:
                gathering.tell(entity, Printed(prop, value))
            elif type(value) is dict and "id" in value and "schema" in value:
                _link(gathering, entity, schema, prop, take(gathering, value, depth + 1))
            else:
                _tell_other(gathering, entity, prop, value)
    _take_envelope(gathering, entity, told)
    return entity


def _link(gathering: Gathering, entity: Told, schema: str, prop: str, nested: Told) -> None:
    if kind_of(schema, prop) == "entity":
        gathering.tell(entity, Printed(prop, nested.id))
    elif reverse := reverse_of(schema, prop):
        gathering.tell(nested, Printed(reverse, entity.id))
    else:
        gathering.tell(entity, Printed(prop, nested.id, unread=True))


def _take_envelope(gathering: Gathering, entity: Told, told: dict[str, Any]) -> None:
    if kind_of(entity.schema, "publisher"):
        datasets = told.get("datasets") or told.get("dataset") or []
        for name in datasets if isinstance(datasets, list) else [datasets]:
            if isinstance(name, str):
                gathering.tell(entity, Printed("publisher", name, at=f"{entity.id}/datasets"))
            else:
                _tell_other(gathering, entity, "datasets", name, unread=True)
    referents = told.get("referents")
    if isinstance(referents, list):
        gathering.referents.update(other for other in referents if isinstance(other, str) and other != entity.id)
    gathering.seen(told.get("last_seen"))
    for key in sorted(told.keys() - _ENVELOPE):
        values = told[key]
        for value in values if type(values) is list else (values,):
            _tell_other(gathering, entity, key, value, unread=True)


def _tell_other(gathering: Gathering, entity: Told, prop: str, value: Any, *, unread: bool = False) -> None:
    """Tell what is no plain text: a number or a flag as text, anything composed as the JSON it is, for a note."""
    if value is None:
        return
    if isinstance(value, float) and abs(value) >= _EXACT_FLOAT:
        found = f"{prop!r} is a number of more digits than readers of JSON keep"
        raise gathering.refusal(found, "write it as text, between quotes", entity_id=entity.id)
    if isinstance(value, str):
        text = value
    elif isinstance(value, (bool, int, float)):
        text = orjson.dumps(value).decode()
    else:
        text, unread = _json_of(gathering, entity, value), True
    gathering.tell(entity, Printed(prop, text, unread=unread))


def _json_of(gathering: Gathering, entity: Told, value: Any) -> str:
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    except orjson.JSONEncodeError as error:
        refusal = gathering.refusal(
            "JSON nested without end", "do not use this file", entity_id=entity.id, kind=Hostile
        )
        raise refusal from error
