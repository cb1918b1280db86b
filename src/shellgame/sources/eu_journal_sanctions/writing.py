"""From an entry to claims: names, facts, papers and addresses of the entity, and one listing for each legal context."""

from __future__ import annotations

import re
from collections.abc import Callable

from shellgame.sources.claims import Claims, Entity, digest
from shellgame.sources.eu_journal_sanctions.entries import Entry
from shellgame.sources.eu_journal_sanctions.names import alternatives
from shellgame.sources.eu_journal_sanctions.papers import numbers, papers
from shellgame.sources.eu_journal_sanctions.rows import COLUMNS_OF, Row
from shellgame.sources.printed import Found, countries, country_at_end, days, emails, enumerated, phones, websites

_NAMES = ("alias", "weakAlias", "previousName")
_TEXTS = (
    "fatherName", "motherName", "appearance", "ethnicity", "legalForm", "sector", "leiCode", "swiftBic", "ticker", "mmsi", "notes",
)  # fmt: skip
_COUNTRIES = ("country", "nationality", "jurisdiction", "flag")
_DAYS = ("birthDate", "incorporationDate")
_NUMBERS = ("registrationNumber", "taxNumber", "innCode", "ogrnCode", "kppCode", "okpoCode")
_LISTS: dict[str, Callable[[str], list[str]]] = {
    "birthPlace": enumerated, "position": enumerated, "phone": phones, "email": emails, "website": websites,
}  # fmt: skip
_PAPERS = {"passportNumber": ("Passport", "passport"), "idNumber": ("Identification", "identity number")}
_KINDS = {"idNumber": "identity number", "taxNumber": "tax number"}
_OTHER_KIND = {"fiscal code": "taxNumber", "identity": "idNumber", "identification": "idNumber"}
_WITH_REMARK = re.compile(r"([^()]+?)\s*\((.+)\)\.?")

EUR_LEX = "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:"


def write(entry: Entry, claims: Claims) -> None:
    """Claim everything that the rows of one entity say."""
    first = entry.rows[0]
    record = claims.record(entry.id, first.schema, first.locator)
    for row in entry.rows:
        told = record.part(entry.id, row.schema, row.locator)
        _names(told, row)
        _facts(told, row, claims)
        _numbers(told, row, claims)
        for text in row.facts.get("address", ()):
            for piece in enumerated(text):
                _address(told, piece, row.locator)
        _listing(told, row)


def _names(told: Entity, row: Row) -> None:
    person = row.schema == "Person"
    for column, printed in (("name", [row.name]), *((column, row.facts.get(column, ())) for column in _NAMES)):
        for text in printed:
            for name in alternatives(text, person=person):
                told.add(column, name, quote=text if name != text else None, field=column)


def _facts(told: Entity, row: Row, claims: Claims) -> None:
    for column, texts in row.facts.items():
        if column not in COLUMNS_OF[row.schema]:
            for text in texts:
                _note(told, column, text, claims)
        elif column in _TEXTS:
            told.add_all(column, texts, field=column)
        elif column in _LISTS:
            for text in texts:
                _list(told, column, text, claims)
        elif column in _DAYS:
            _understood(told, column, texts, days, told.add_date)
        elif column in _COUNTRIES:
            _understood(told, column, texts, countries, told.add_country)
        elif column == "gender":
            for text in texts:
                told.add_gender(text.strip(" ."), field=column)


def _list(told: Entity, column: str, text: str, claims: Claims) -> None:
    values = _LISTS[column](text)
    for value in values:
        told.add(column, value, quote=text if value != text else None, field=column)
    if not values:
        _note(told, column, text, claims)


def _note(told: Entity, column: str, text: str, claims: Claims) -> None:
    claims.counts["not_understood"] += 1
    told.add("notes", f"{column} as printed: {text}", original=text, field=column)


def _understood(
    told: Entity, column: str, texts: list[str], read: Callable[[str], Found], keep: Callable[..., None]
) -> None:
    """Claim what `read` makes of each text; `keep` notes and counts the rest."""
    for text in texts:
        found = read(text)
        for value, words in found.values:
            told.add(
                column,
                value,
                original=words if words != value else None,
                quote=text if text != words else None,
                field=column,
            )
        for piece in found.left:
            keep(column, piece, field=column)


def _numbers(told: Entity, row: Row, claims: Claims) -> None:
    for column in _PAPERS:
        for text in row.facts.get(column, ()) if column in COLUMNS_OF[row.schema] else ():
            _papers(told, column, text, claims)
    for column in _NUMBERS:
        for text in row.facts.get(column, ()) if column in COLUMNS_OF[row.schema] else ():
            for prop, number in numbers(column, text):
                told.add(
                    prop if prop in COLUMNS_OF[row.schema] else column, number,
                    original=text if text != number else None, quote=text if text != number else None, field=column,
                )  # fmt: skip
    for text in row.facts.get("imoNumber", ()) if "imoNumber" in COLUMNS_OF[row.schema] else ():
        _number_or_note(told, "imoNumber", text, claims)


def _papers(told: Entity, column: str, text: str, claims: Claims) -> None:
    schema, kind = _PAPERS[column]
    for paper, words in papers(text):
        prop = _property(column, told.schema, paper.label)
        if not _number_or_note(told, prop, paper.number, claims, words):
            continue
        document = told.identification(
            paper.number, kind=kind if prop == column else _KINDS[prop], schema=schema if prop == column else "Identification",
            country=paper.country or None, issued=paper.issued or None, expires=paper.expires or None, quote=words, field=column,
        )  # fmt: skip
        document.add("summary", paper.label, quote=words, field=column)


def _property(column: str, schema: str, label: str) -> str:
    """The property that a paper's own label asks for: a passport column also holds identity cards and tax codes."""
    if column == "passportNumber" and "passport" not in label.lower():
        return next(
            (prop for word, prop in _OTHER_KIND.items() if word in label.lower() and prop in COLUMNS_OF[schema]), column
        )
    return column


def _number_or_note(told: Entity, prop: str, number: str, claims: Claims, words: str | None = None) -> bool:
    if any(map(str.isdigit, number)):
        told.add(
            prop,
            number,
            original=words if words != number else None,
            quote=words if words != number else None,
            field=prop,
        )
        return True
    _note(told, prop, number, claims)
    return False


def _address(told: Entity, text: str, locator: str) -> None:
    """Claim one address; its country is inferred where the address ends with the name of one."""
    where = f"{locator}/address"
    remark = _WITH_REMARK.fullmatch(text)
    code = country_at_end(text)
    if code and "," not in text:  # the country is all that is stated, with a remark perhaps: `Lebanon (in custody)`
        only, remarks = remark.groups() if remark else (text, None)
        told.address(full=only, country=only, remarks=remarks, locator=where)
    elif (place := told.address(full=text, locator=where)) and code:
        for entity in (place, told):
            entity.add("country", code, quote=text, field=None if entity is place else "address", stance="infers")


def _listing(told: Entity, row: Row) -> None:
    told.add("topics", "sanction", quote=row.measure, field="measure")
    if row.measure == "Export control":
        told.add("topics", "export.control", quote=row.measure, field="measure")
    listing = told.sanction(digest(row.program, row.annex, row.measure, row.record_id), locator=row.locator)
    listing.add("authority", "European Union")
    listing.add("country", "eu")
    listing.add("program", row.act, field="amendedCelex" if row.act != row.source_act else "celex")
    listing.add("programId", row.program, field="programKey")
    listing.add("provisions", row.measure, field="measure")
    listing.add("provisions", f"Annex {row.annex}", original=row.annex, field="annex")
    listing.add("recordId", row.record_id, field="recordId")
    listing.add_date("listingDate", row.start, field="startDate")
    listing.add_date("startDate", row.start, field="startDate")
    listing.add("reason", row.reason, field="reason")
    listing.add("sourceUrl", EUR_LEX + row.source_act, original=row.source_act)
