"""Who it is: what the sources tell of the records that the question was taken to mean, and of names alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shellgame.case.content.parts import PROPERTY_ORDER, Index, Row, Said, Table, rows_of
from shellgame.case.words import property_words, schema_words
from shellgame.match.wording import score_in_words
from shellgame.model.claim import Claim
from shellgame.model.entity import Entity

_HIDDEN = frozenset(
    (
        "firstName", "lastName", "middleName", "fatherName", "secondName", "nameSuffix", "addressEntity", "sourceUrl",
        "programId", "createdAt", "modifiedAt", "retrievedAt", "publisher", "publisherUrl", "proof", "recordId",
    )
)  # fmt: skip
"""Parts of names, and what is about the record and not the party; all of it stands in the appendix."""
_MOST_VALUES = 14


@dataclass(frozen=True)
class Subject:
    """One record that the question was taken to mean.

    Attributes:
        caption: Its name.
        kind: What it is.
        id: Its id.
        sources: Who tells of it.
        table: Its properties, each value with its statements.
    """

    caption: str
    kind: str
    id: str
    sources: str
    table: Table


def subjects_of(index: Index) -> tuple[Subject, ...]:
    """Tell of each record that the question was taken to mean."""
    return tuple(_subject(index, identity, parts) for identity, parts in index.answer.subjects.items())


def _subject(index: Index, identity: str, parts: dict[str, Entity]) -> Subject:
    entity = parts.get(identity) or index.answer.network.entities.get(identity) or Entity(identity, "Thing", ())
    rows = (*_properties(index, entity), *_papers(index, identity, parts))
    note = "" if rows else "No source here tells anything of this record itself."
    table = Table("who", f"What the sources tell of {index.name(identity)}", ("What", "Values"), rows, note)
    return Subject(
        index.name(identity),
        schema_words(entity.schema),
        index.said(identity).text,
        index.said(", ".join(entity.sources)).text,
        table,
    )


def _properties(index: Index, entity: Entity) -> Iterator[Row]:
    found: dict[str, dict[str, list[Claim]]] = {}
    for claim in entity.claims:
        if claim.prop not in _HIDDEN:
            found.setdefault(claim.prop, {}).setdefault(claim.value, []).append(claim)
    for prop in sorted(found, key=lambda each: (PROPERTY_ORDER.get(each, len(PROPERTY_ORDER)), each == "notes")):
        yield Row((Said(property_words(prop)), *_values(index, found[prop])))


def _values(index: Index, values: dict[str, list[Claim]]) -> tuple[Said, ...]:
    shown = [
        index.said(index.value(claims[0]), claims, 160 if len(values) > 3 else 600)
        for claims in list(values.values())[:_MOST_VALUES]
    ]
    rest = [claim for claims in list(values.values())[_MOST_VALUES:] for claim in claims]
    return (*shown, *([Said(f"and {len(values) - _MOST_VALUES} more", index.refs(rest))] if rest else []))


def _papers(index: Index, identity: str, parts: dict[str, Entity]) -> Iterator[Row]:
    """Addresses and papers that a source prints as records of their own."""
    kinds: dict[str, list[Said]] = {}
    own = set(parts[identity].properties.get("address", [])) if identity in parts else set()
    for part in parts.values():
        if part.schema in ("Address", "Identification", "Passport") and part.id != identity:
            words = _in_one_line(part)
            if words and words not in own:
                kinds.setdefault(part.schema, []).append(index.said(words, part.claims))
    for schema, values in sorted(kinds.items()):
        more = [Said(f"and {len(values) - _MOST_VALUES} more in the appendix")] if len(values) > _MOST_VALUES else []
        yield Row((Said(f"{schema_words(schema)} records"), *values[:_MOST_VALUES], *more))


def _in_one_line(part: Entity) -> str:
    if full := part.first("full"):
        return full
    skipped = _HIDDEN | {"holder", "entity"}
    return ", ".join(value for prop, values in part.properties.items() if prop not in skipped for value in values)


def names_alike(index: Index) -> Table:
    """The listed names like the one asked for: those it was taken to mean, and those it was not."""
    answer = index.answer
    rows = [
        (
            "taken" if hit.entity_id in answer.subjects else "not taken",
            index.said(hit.caption),
            score_in_words(hit.score),
            index.said(hit.text),
            index.said(f"{schema_words(hit.schema)}, {hit.entity_id}, {', '.join(hit.sources)}"),
        )
        for hit in answer.hits.hits
    ]
    note = "" if rows else "An id was asked for; no search by name was made."
    return Table("alike", "Names alike", ("Followed", "Listed name", "Score", "Why", "Record"), rows_of(*rows), note)
