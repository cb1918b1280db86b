"""OpenSanctions' simplified table of targets: one row a target, several values in a cell, joined by `;` as CSV within CSV.

The table says less than the set it was made from, so some claims are general and some inferred:

- `aliases` are names of any kind and become `alias`; `countries` of any kind, `country`.
- `identifiers` do not say their kind. An IMO number does (`IMO9999999`); others become `idNumber`, and a kind is inferred
  where form and check digits tell it: LEI, Wikidata, Russian INN and OGRN of a party with `ru` among its countries, MMSI and
  call sign of a vessel.
- `sanctions` are sentences put together from programme, reason, status and dates, and become the `summary` of a Sanction; an
  empty one (`""`) still says that there is a listing. It need not be a sanction in law, so no topic is claimed.
- `program_ids` belong to the party, and are inferred to be those of its listing where there is just one.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from rigour.ids import IMO, INN, LEI, OGRN
from rigour.ids.common import IdentifierFormat

from shellgame.errors import Damaged
from shellgame.sources.claims import Claims, digest
from shellgame.sources.ftm.gathering import Gathering, Printed, Told
from shellgame.sources.ftm.header import SIMPLE_COLUMNS, columns_of
from shellgame.sources.ftm.values import is_a, kind_of
from shellgame.sources.publication import Publication
from shellgame.sources.tables import Table, rows

_PLAIN = {"aliases": "alias", "birth_date": "birthDate", "countries": "country", "phones": "phone", "emails": "email",
          "program_ids": "programId", "dataset": "publisher"}  # fmt: skip
_JOINED = (*_PLAIN, "addresses", "identifiers", "sanctions")
_READ = frozenset(("id", "schema", "name", "first_seen", "last_seen", "last_change", *_JOINED))
_ROUNDED = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+\d+")
"""What a spreadsheet makes of a long number: `1,83116E+11`."""

_QID = re.compile(r"Q[1-9]\d*")
_MMSI = re.compile(r"[2-7]\d{8}")
_CALL_SIGN = re.compile(r"(?!\d\d)[A-Z\d]{2}(?:[A-Z]{2}[2-9]?|[A-Z]?\d{4})")
"""Forms of ship stations' call signs in the ITU Radio Regulations, article 19.55."""


def read(publication: Publication, claims: Claims) -> None:
    """Read a table of targets into claims.

    Raises:
        BadInput: A row that is no target; names line, entity and finding.
        Damaged: Cells that a spreadsheet or a cut mangled.
    """
    (part,) = publication.parts.values()
    columns = columns_of(part, SIMPLE_COLUMNS) or ()
    gathering = Gathering(claims, part)
    seen: dict[str, int] = {}
    for line, cells in rows(part, Table(columns)):
        gathering.line = line
        entity = _take(gathering, dict(zip(columns, cells, strict=True)))
        seen[entity.id] = seen.get(entity.id, 0) + 1
    if repeated := sum(seen.values()) - len(seen):
        claims.counts["repeated"] = repeated
        claims.notes.append(f"rows that repeat an earlier id, merged with it: {repeated}")
    gathering.write()


def _take(gathering: Gathering, row: dict[str, str]) -> Told:
    target = _Target(gathering, row)
    target.tell("name", "name", row["name"])
    target.tell_plain()
    target.tell_identifiers()
    target.tell_addresses()
    target.tell_sanctions()
    for column in sorted(row.keys() - _READ):
        target.tell(column, column, row[column], unread=True)
    gathering.seen(row.get("last_seen"))
    return target.entity


class _Target:
    """One row, its cells taken apart."""

    def __init__(self, gathering: Gathering, row: dict[str, str]) -> None:
        self.entity = gathering.entity(row["id"], row["schema"])
        self._gathering = gathering
        self._cells = {column: _split(gathering, self.entity, column, row.get(column, "")) for column in _JOINED}

    def tell(
        self, column: str, prop: str, text: str, *, of: Told | None = None, infers: bool = False, unread: bool = False
    ) -> None:
        printed = Printed(
            prop, text, at=f"{self.entity.id}/{column}", stance="infers" if infers else "asserts", unread=unread
        )
        self._gathering.tell(of or self.entity, printed)

    def tell_plain(self) -> None:
        for column, prop in _PLAIN.items():
            for value in self._cells[column]:
                self.tell(column, prop if kind_of(self.entity.schema, prop) else column, value)

    def tell_identifiers(self) -> None:
        for value in self._cells["identifiers"]:
            for prop, infers in _kinds_of_identifier(self.entity.schema, value, self._cells["countries"]):
                self.tell("identifiers", prop, value, infers=infers)

    def tell_addresses(self) -> None:
        gathering = self._gathering
        for line in filter(str.strip, self._cells["addresses"]):
            address = gathering.entity(f"{gathering.claims.source}-addr-{digest(line, '')}", "Address")
            gathering.tell(address, Printed("full", line))
            self.tell("addresses", "addressEntity", address.id)
            self.tell("addresses", "address", line)

    def tell_sanctions(self) -> None:
        texts = self._cells["sanctions"]
        for text in texts:
            listing = self._gathering.entity(f"{self.entity.id}-sanction-{digest(text)}", "Sanction")
            self.tell("sanctions", "entity", self.entity.id, of=listing)
            self.tell("sanctions", "summary", text, of=listing)
            for program in self._cells["program_ids"] if len(texts) == 1 else ():
                self.tell("program_ids", "programId", program, of=listing, infers=True)


def _kinds_of_identifier(schema: str, value: str, countries: list[str]) -> Iterator[tuple[str, bool]]:
    """Tell the properties that an identifier of unstated kind belongs to, and whether that is inferred."""
    if value.startswith("IMO") and _is_valid(IMO, value) and kind_of(schema, "imoNumber"):
        yield "imoNumber", False
        return
    if _QID.fullmatch(value):
        yield "wikidataId", True
        return
    if is_a(schema, "Vessel"):
        if _MMSI.fullmatch(value):
            yield "mmsi", True
        else:
            yield ("callSign", True) if _CALL_SIGN.fullmatch(value) else ("identifiers", False)
        return
    yield ("idNumber" if kind_of(schema, "idNumber") else "identifiers"), False
    if not is_a(schema, "LegalEntity"):
        return
    if _is_valid(LEI, value):
        yield "leiCode", True
    elif "ru" in countries and _is_valid(INN, value):
        yield "innCode", True
    elif "ru" in countries and _is_valid(OGRN, value):
        yield "ogrnCode", True


def _is_valid(kind: type[IdentifierFormat], value: str) -> bool:
    try:
        return bool(kind.is_valid(value))
    except ValueError:  # raised for brackets and the like among the digits
        return False


def _split(gathering: Gathering, entity: Told, column: str, cell: str) -> list[str]:
    if _ROUNDED.fullmatch(cell):
        remedy = "a spreadsheet saved it and lost digits; get the file again and do not open it in one"
        raise gathering.refusal(f"{column} is {cell!r}", remedy, entity_id=entity.id, kind=Damaged)
    if '"' not in cell:
        return cell.split(";") if cell else []
    try:
        return next(csv.reader([cell.replace("\r", " ").replace("\n", " ")], delimiter=";", strict=True), [])
    except csv.Error as error:
        remedy = 'put a value that holds a quotation mark between quotation marks, and double it: "a ""b"" c";d'
        found = f"{column} is {cell[:60]!r}, whose quotation marks do not pair"
        raise gathering.refusal(found, remedy, entity_id=entity.id) from error
