"""Entities of a set while they are gathered, merged where an id comes again, and written as claims once all are known.

What belongs to which record (an address to its only holder) can be told only after the last line, whatever the order.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from shellgame.errors import BadInput
from shellgame.sources.claims import Claims, Entity
from shellgame.sources.ftm.values import (
    LONGEST_ID,
    LONGEST_VALUE_BYTES,
    clean_id,
    is_schema,
    kind_of,
    narrower,
    near_schemata,
    note_property,
    read_value,
    role_of,
)
from shellgame.sources.publication import Part

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}")
_LAST_YEAR = 2200
_KINDS_TOLD = 8
_OWNER_PROPERTY = {"sanctions": "entity", "identifications": "holder"}


class Printed(NamedTuple):
    """One value as the set prints it.

    Attributes:
        prop: Property it is printed under.
        text: The value.
        at: Where, after the part's name; None where that is id and property.
        lang: ISO 639-3 code, where stated.
        original: The value in the set's own source, where stated.
        stance: See `ClaimRow`.
        unread: It is no value that FollowTheMoney could hold, so it can only be noted.
    """

    prop: str
    text: str
    at: str | None = None
    lang: str | None = None
    original: str | None = None
    stance: str = "asserts"
    unread: bool = False


@dataclass(slots=True)
class Told:
    """An entity and what the lines so far say of it; `values` keeps their order and each once."""

    id: str
    schema: str
    values: dict[Printed, None] = field(default_factory=dict)


class Gathering:
    """Collects the entities of one part.

    Attributes:
        claims: Where they are written to in the end.
        part: The part they are read from.
        line: Line that is being read, for messages.
        entities: What is known so far, by id.
    """

    def __init__(self, claims: Claims, part: Part) -> None:
        self.claims = claims
        self.part = part
        self.line = 0
        self.entities: dict[str, Told] = {}
        self.referents: set[str] = set()
        self._unread: Counter[tuple[str, str, str]] = Counter()
        self._examples: dict[tuple[str, str, str], str] = {}
        self._last_seen = ""

    def refusal(
        self, found: str, remedy: str, *, entity_id: str | None = None, kind: type[BadInput] = BadInput
    ) -> BadInput:
        """Make the error that refuses the set for what stands on the present line."""
        record = f"line {self.line}" + (f", entity {_shown(entity_id)}" if entity_id is not None else "")
        return kind(self.part.printed_name, record=record, found=found, remedy=remedy)

    def entity(self, entity_id: object, schema: object) -> Told:
        """Find or begin an entity.

        Raises:
            BadInput: The id is no text, empty or too long, the schema is unknown, or it contradicts an earlier line.
        """
        known = self.entities.get(entity_id) if isinstance(entity_id, str) else None
        if known is not None and known.schema == schema:
            return known
        clean = clean_id(entity_id) if isinstance(entity_id, str) else ""
        if not clean:
            remedy = f"give every entity an id, a text of 1 to {LONGEST_ID} visible characters"
            raise self.refusal(f"{_shown(entity_id)} is no id", remedy)
        if not is_schema(schema) or not isinstance(schema, str):
            near = " or ".join(near_schemata(schema))
            remedy = f"write {near} if that is meant" if near else "use a schema of FollowTheMoney 4"
            raise self.refusal(f"unknown schema {_shown(schema)}", remedy, entity_id=clean)
        return self._merged(clean, schema)

    def _merged(self, entity_id: str, schema: str) -> Told:
        told = self.entities.setdefault(entity_id, Told(entity_id, schema))
        if told.schema != schema:
            both = narrower(told.schema, schema)
            if both is None:
                found = f"a {schema}, but an earlier line says {told.schema}"
                remedy = "give the two parties an id each, or one of them the right schema"
                raise self.refusal(found, remedy, entity_id=entity_id)
            told.schema = both
        return told

    def tell(self, entity: Told, printed: Printed) -> None:
        """Add a value to an entity; an empty one is none.

        Raises:
            BadInput: The value is longer than 64 KiB.
        """
        size = len(printed.text) + len(printed.prop)
        if size > LONGEST_VALUE_BYTES >> 2 and len((printed.prop + printed.text).encode()) > LONGEST_VALUE_BYTES:
            limit = f"{LONGEST_VALUE_BYTES >> 10} KiB"
            found = f"{printed.prop[:40]!r} is longer than {limit}, beginning {printed.text[:40]!r}"
            raise self.refusal(found, "shorten it, or leave it out and read it as a document", entity_id=entity.id)
        if printed.text:
            entity.values[printed] = None

    def seen(self, moment: object) -> None:
        """Take note of a `last_seen`; the latest one is when the set was published."""
        if isinstance(moment, str) and moment > self._last_seen and _is_moment(moment):
            self._last_seen = moment

    def rename(self, canonical: Mapping[str, str]) -> None:
        """Let links that name an entity by an id it had before it was merged name it by the one it has now."""
        for entity in self.entities.values():
            entity.values = {self._renamed(entity, printed, canonical): None for printed in entity.values}

    def _renamed(self, entity: Told, printed: Printed, canonical: Mapping[str, str]) -> Printed:
        if kind_of(entity.schema, printed.prop) != "entity" or printed.text in self.entities:
            return printed
        return printed._replace(text=canonical.get(printed.text, printed.text), original=printed.text)

    def write(self) -> None:
        """Write everything gathered as claims, with counts, notes and the day of publication."""
        if self._last_seen:
            self.claims.published = f"{self._last_seen[:19]}Z"
        holders = self._holders()
        for entity in self.entities.values():
            self.claims.counts[role_of(entity.schema)] += 1
            owners = holders.get(entity.id, ())
            self._write(entity, next(iter(owners)) if len(owners) == 1 else entity.id)
            entity.values.clear()  # a large set is held once, not twice
        self._tell_notes()

    def _holders(self) -> dict[str, set[str]]:
        holders: dict[str, set[str]] = defaultdict(set)
        for entity in self.entities.values():
            owner_property = _OWNER_PROPERTY.get(role_of(entity.schema))
            for printed in entity.values:
                if printed.prop == owner_property and (owner := clean_id(printed.text)):
                    holders[entity.id].add(owner)
                elif printed.prop == "addressEntity" and self._is_address(held := clean_id(printed.text)):
                    holders[held].add(entity.id)
        return holders

    def _is_address(self, entity_id: str) -> bool:
        return entity_id in self.entities and role_of(self.entities[entity_id].schema) == "addresses"

    def _write(self, entity: Told, record_id: str) -> None:
        if not entity.values:
            self.claims.counts["without_values"] += 1
        here = Entity(self.claims, record_id, entity.id, entity.schema, f"{self.part.name}#{entity.id}")
        for printed in entity.values:
            kind = "" if printed.unread else kind_of(entity.schema, printed.prop)
            value = read_value(kind, printed.text)
            place, name = (here, printed.prop) if printed.at is None else (self._at(here, printed.at), None)
            if value is None:
                self._keep_as_note(place, printed, kind, name)
                continue
            original = printed.original or (printed.text if value != printed.text else None)
            place.add(printed.prop, value, original=original, lang=printed.lang, field=name, stance=printed.stance)

    def _at(self, here: Entity, at: str) -> Entity:
        return Entity(self.claims, here.record_id, here.id, here.schema, f"{self.part.name}#{at}")

    def _keep_as_note(self, place: Entity, printed: Printed, kind: str, name: str | None) -> None:
        reason = f"no valid {kind}" if kind else "no such property"
        self.claims.counts["not_understood"] += 1
        self._unread[place.schema, printed.prop, reason] += 1
        self._examples.setdefault((place.schema, printed.prop, reason), printed.text)
        note = note_property(place.schema)
        if note is None:
            self.claims.counts["not_kept"] += 1
            return
        original = printed.original or printed.text
        place.add(note, f"{printed.prop}: {printed.text}", original=original, lang=printed.lang, field=name)

    def _tell_notes(self) -> None:
        counts, notes = self.claims.counts, self.claims.notes
        if self._unread:
            told = [
                f"{schema} {_shown(prop)}: {reason} ({count}, such as {self._examples[schema, prop, reason][:40]!r})"
                for (schema, prop, reason), count in self._unread.most_common(_KINDS_TOLD)
            ]
            more = len(self._unread) - len(told)
            rest = f"; and {more} kinds more" if more else ""
            notes.append(f"values not understood, kept as notes: {counts['not_understood']}: {'; '.join(told)}{rest}")
        if counts["not_kept"]:
            notes.append(f"of these not kept, for their schemata have no property for notes: {counts['not_kept']}")
        if counts["without_values"]:
            notes.append(f"entities without values, of which nothing is claimed: {counts['without_values']}")
        if self.referents:
            counts["referents"] = len(self.referents)
            notes.append(f"referents (other ids merged into these entities), not claimed: {len(self.referents)}")


def _shown(printed: object) -> str:
    if isinstance(printed, str):
        return repr(printed[:80])
    return "nothing" if printed is None else f"a {type(printed).__name__}"


def _is_moment(text: str) -> bool:
    try:
        return _MOMENT.match(text) is not None and 1000 <= datetime.fromisoformat(text[:19]).year <= _LAST_YEAR
    except ValueError:
        return False
