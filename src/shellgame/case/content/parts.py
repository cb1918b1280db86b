"""The parts that a dossier is made of, and the numbers of its statements.

Both faces, HTML and PDF, print the same parts; nothing is worded in a template. All text in a part is fit to be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rigour.names import replace_org_types_display

from shellgame.case.lettering import isolated, shortened, visible
from shellgame.case.sketch import ranked
from shellgame.case.uncovered import Uncovered
from shellgame.case.words import property_words, schema_words
from shellgame.model.claim import Claim
from shellgame.model.schema import LINK_ENDS, PARTS, POINTERS, is_a

LONGEST_CELL = 240
"""Letters of a value in a table; the appendix has more."""
_LONGEST_NAME = 120
_FIRST = (
    "name", "alias", "weakAlias", "previousName", "abbreviation", "birthDate", "birthPlace", "birthCountry", "gender",
    "nationality", "citizenship", "title", "position", "incorporationDate", "dissolutionDate", "legalForm", "status",
    "jurisdiction", "country", "mainCountry", "registrationNumber", "taxNumber", "innCode", "ogrnCode", "idNumber",
    "passportNumber", "imoNumber", "callSign", "flag", "type", "address", "phone", "email", "website",
)  # fmt: skip
PROPERTY_ORDER = {prop: at for at, prop in enumerate(_FIRST)}
"""What one wants to know first; the rest follows in the order of the sources."""

Refs = tuple[tuple[int, int], ...]
"""Numbers of statements as ranges, first and last."""


@dataclass(frozen=True)
class Said:
    """A text and the numbers of the statements it rests on."""

    text: str
    refs: Refs = ()


@dataclass(frozen=True)
class Row:
    """A row of a table: one `Said` for each column."""

    cells: tuple[Said, ...]


@dataclass(frozen=True)
class Table:
    """A table with its headings; `note` says what to know before reading it, or why it is empty."""

    id: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""


class Index:
    """An answer with its statements numbered and its parties named: what every part of a dossier is made from."""

    def __init__(self, answer: Uncovered) -> None:
        self.answer = answer
        self.groups = _grouped(answer)
        numbered = [claim for its in self.groups.values() for claim in its]
        self.numbers = {claim.claim_id: number for number, claim in enumerate(numbered, start=1)}
        self.ranking = ranked(answer.network)
        self.party_numbers = {identity: number for number, identity in enumerate(self.ranking, start=1)}
        self._names = _names(answer)

    def refs(self, claims: Iterable[Claim]) -> Refs:
        """The numbers of some claims, as ranges; claims that are not in the answer have none."""
        found = sorted({number for claim in claims if (number := self.numbers.get(claim.claim_id))})
        ranges: list[tuple[int, int]] = []
        for number in found:
            if ranges and number == ranges[-1][1] + 1:
                ranges[-1] = (ranges[-1][0], number)
            else:
                ranges.append((number, number))
        return tuple(ranges)

    def said(self, text: str, claims: Iterable[Claim] = (), most: int = LONGEST_CELL) -> Said:
        """A text of a source made fit to be shown, with the numbers of the claims that say it."""
        return Said(isolated(shortened(text, most)) or "(empty)", self.refs(claims))

    def name(self, identity: str) -> str:
        """The name of a party or part, fit to be shown; its id where it has none."""
        return isolated(shortened(self._names.get(identity, identity), _LONGEST_NAME))

    def numbered_name(self, identity: str) -> str:
        """The name of a party after its number, its legal form short: the table of parties has it in full."""
        number = self.party_numbers.get(identity)
        entity = self.answer.network.entities.get(identity)
        if not number or entity is None:
            return self.name(identity)
        name = visible(entity.caption[:400]).strip() or identity
        short = replace_org_types_display(name) if is_a(entity.schema, "Organization") else name
        return f"{number} · {isolated(shortened(short, _LONGEST_NAME))}"

    def value(self, claim: Claim) -> str:
        """What a claim says, with a name in place of an id it points to."""
        name = self._names.get(claim.value) if _points(claim) else None
        return f"{name} ({claim.value})" if name else claim.value


def _points(claim: Claim) -> bool:
    return claim.prop in POINTERS or claim.prop in ("entity", "addressEntity") or claim.schema in LINK_ENDS


def _names(answer: Uncovered) -> dict[str, str]:
    names = {identity: entity.caption for parts in answer.subjects.values() for identity, entity in parts.items()}
    names |= {row.entity_id: row.caption for row in answer.coverage}
    names |= {identity: entity.caption for identity, entity in answer.network.entities.items()}
    return {identity: name for identity, name in names.items() if name.strip() and name != identity}


def _grouped(answer: Uncovered) -> dict[str, list[Claim]]:
    """The claims of the answer by record, a record's own before those about its parts, each in the order they came."""
    records: dict[str, list[Claim]] = {}
    for claim in answer.claims:
        records.setdefault(claim.record_id, []).append(claim)
    for record, its in records.items():
        position = {claim.entity_id: at for at, claim in reversed(list(enumerate(its)))}
        its.sort(key=lambda claim: (position[claim.entity_id] + 1 if claim.entity_id != record else 0, _order(claim)))
    return records


def _order(claim: Claim) -> int:
    return PROPERTY_ORDER.get(claim.prop, len(PROPERTY_ORDER))


def kind_words(schema: str) -> str:
    """What a thing or a part is called in the appendix: a Sanction is a listing there."""
    return {"Sanction": "listing"}.get(schema, schema_words(schema))


def statement_words(claim: Claim) -> str:
    """What a claim is about: its property, after the part it belongs to where that is not the record itself."""
    own = claim.schema not in PARTS or claim.entity_id == claim.record_id
    return property_words(claim.prop) if own else f"{kind_words(claim.schema)}: {property_words(claim.prop)}"


def rows_of(*cells: Sequence[Said | str]) -> tuple[Row, ...]:
    """Make rows of a table; plain texts are our own words."""
    return tuple(Row(tuple(Said(cell) if isinstance(cell, str) else cell for cell in row)) for row in cells)
