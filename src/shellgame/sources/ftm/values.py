"""What the FollowTheMoney model says of a schema, a property and a value; the one place that imports it."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Literal

from followthemoney import model
from followthemoney.types import registry

from shellgame.model.days import partial_day

LONGEST_ID = 255
LONGEST_VALUE_BYTES = 64 << 10

Role = Literal["records", "addresses", "links", "sanctions", "identifications", "others"]

_VOCABULARIES = frozenset({"country", "date", "gender", "language", "topic"})
_LONGEST_CODE = 200
"""No country, language or date is longer; what is need not be looked up, let alone remembered."""

_CHECKED = frozenset({"checksum", "html", "ip", "json", "mimetype"})
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def is_schema(name: object) -> bool:
    """Whether the model has a schema of this name."""
    return isinstance(name, str) and name in model.schemata


def near_schemata(name: object) -> list[str]:
    """Names of schemata that somebody who wrote this one may have meant, best first.

    Example:
        >>> near_schemata("person"), near_schemata("Compny"), near_schemata(7)
        (['Person'], ['Company'], [])
    """
    by_lower = {schema.lower(): schema for schema in model.schemata}
    written = name[:64].lower() if isinstance(name, str) else ""
    return [by_lower[near] for near in get_close_matches(written, by_lower, n=3, cutoff=0.7)]


@cache
def role_of(schema: str) -> Role:
    """What an entity of this schema is to an import: a record, or what kind of part or link; also the name of its count."""
    told = model.schemata[schema]
    if told.is_a("Thing"):
        return "addresses" if told.is_a("Address") else "records"
    if told.edge:
        return "links"
    if told.is_a("Sanction"):
        return "sanctions"
    return "identifications" if told.is_a("Identification") else "others"


def narrower(left: str, right: str) -> str | None:
    """The narrower of two schemata, or None where neither is a kind of the other."""
    if model.schemata[left].is_a(right):
        return left
    return right if model.schemata[right].is_a(left) else None


@cache
def is_a(schema: str, other: str) -> bool:
    """Whether a schema is another one or a kind of it."""
    return model.schemata[schema].is_a(other)


def kind_of(schema: str, prop: str) -> str:
    """Name of a property's type, empty where the schema has no such property that can hold values."""
    return _kinds(schema).get(prop, "")


@cache
def _kinds(schema: str) -> dict[str, str]:
    return {name: prop.type.name for name, prop in model.schemata[schema].properties.items() if not prop.stub}


def reverse_of(schema: str, prop: str) -> str | None:
    """The property that an entity nested under a reverse property (`ownershipOwner`) points back with (`owner`)."""
    told = model.schemata[schema].properties.get(prop)
    return told.reverse.name if told is not None and told.stub and told.reverse is not None else None


@cache
def note_property(schema: str) -> str | None:
    """Where free text about an entity of this schema goes, None where it has no such property."""
    return next((prop for prop in ("notes", "summary") if kind_of(schema, prop)), None)


def read_value(kind: str, text: str) -> str | None:
    """Read one value of a property of this type (`kind_of`).

    Returns:
        The value as claims hold it: a partial day, a code, an id, or the text itself where the type is no closed
        vocabulary; None where it is none of its type.
    """
    if kind == "entity":
        return clean_id(text) or None
    if kind in _VOCABULARIES:
        return _closed(kind, text) if len(text) <= _LONGEST_CODE else None
    if kind in _CHECKED:
        return text if registry.get(kind).validate(text) else None
    return text if kind else None


@lru_cache(maxsize=65536)
def _closed(kind: str, text: str) -> str | None:
    value = registry.get(kind).clean(text)
    return partial_day(value) if value and kind == "date" else value


def clean_id(text: str) -> str:
    r"""An id without what nobody sees, empty where nothing is left or more than `LONGEST_ID` characters are.

    Example:
        >>> clean_id(" NK-1\u200b\n"), clean_id("\x00"), clean_id("x" * 256)
        ('NK-1', '', '')
    """
    if not (text.isascii() and text.isprintable()):
        text = "".join(character for character in text if unicodedata.category(character) not in _UNSEEN)
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_ID else ""
