"""Reads the bulk data of Companies House: persons with significant control (PSC) and basic company data.

- The PSC snapshot: JSON lines, one `{"company_number", "data"}` each, whole or in parts (`…_3of31.txt`); or the same records in a
  JSON array. Its last record counts the others and says when it was made.
- Basic company data: a CSV of 55 columns, whole or in parts (`…part3_7.csv`), some of whose header names have a space before
  them; or the same rows as objects of JSON, in an array or a line each.

Both can be added together, in one folder, or each alone. Ids: `gb-coh-<number>` is a company, `gb-coh-psc-<id>` a holder, whom the
register tells of anew for each company; whether two are one is for resolution to say. Each nature of control is a stake of its own
(see `natures`), from `notified_on` to `ceased_on`. Locators do not name the part, so that a claim stays the same one when the next
snapshot is cut elsewhere.
"""

from __future__ import annotations

import re
from typing import Any

from shellgame.errors import Damaged
from shellgame.model.days import partial_day
from shellgame.sources.claims import Claims, digest
from shellgame.sources.gb_coh_psc import statements
from shellgame.sources.gb_coh_psc.companies import COLUMNS, claim_company
from shellgame.sources.gb_coh_psc.folded import company_rows
from shellgame.sources.gb_coh_psc.holders import claim_holder, holder_id, holder_schema
from shellgame.sources.gb_coh_psc.texts import company_id, company_number, fields, is_founded_here, note_rest, text
from shellgame.sources.json_records import json_records, line_pieces, piece_records
from shellgame.sources.pieces import claim_pieces
from shellgame.sources.publication import Part, Publication
from shellgame.sources.reader import Format

PSC, COMPANIES = "psc", "companies"
_TOTALS = "totals#persons-of-significant-control-snapshot"
_COUNTED = "records that the snapshot counts"
_PSC_RECORD = re.compile(rb'\s*\[?\s*\{\s*(?:"company_number"\s*:|"data"\s*:\s*\{\s*"kind"\s*:\s*"totals#persons)')
_COMPANY_RECORD = re.compile(rb'\s*\[?\s*\{\s*"CompanyName"\s*:')
_COMPANY_HEADER = re.compile(rb"\s*\"?CompanyName\"?\s*,\s*\"?CompanyNumber\"?\s*,\s*\"?RegAddress\.CareOf")
_BOM = b"\xef\xbb\xbf"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{8}")
_OF_SEVERAL = re.compile(r"(\d{1,4})(?:of|_)(\d{1,4})")
_LAST_NUMBER = re.compile(r"(\d{1,4})\D*$")


def recognise(name: str, head: bytes) -> str | None:
    """Know the records by how they begin; several files of a kind are told apart by the number in their names."""
    head = head.removeprefix(_BOM)
    if _PSC_RECORD.match(head) and b'"data"' in head:
        return _numbered(PSC, name)
    if _COMPANY_RECORD.match(head) or _COMPANY_HEADER.match(head):
        return _numbered(COMPANIES, name)
    return None


def _numbered(kind: str, name: str) -> str:
    stem = _DAY.sub("", name.rpartition(".")[0] or name)
    match = _OF_SEVERAL.search(stem) or _LAST_NUMBER.search(stem)
    number = int(match[1]) if match else 1
    return kind if number == 1 else f"{kind}-{number}"


def read(publication: Publication, claims: Claims) -> None:
    """Read all parts, companies first.

    Raises:
        BadInput: No JSON, a record or a table that is cut, or a line that is none of the register's.
    """
    for part in _in_order(publication, COMPANIES):
        _read_companies(part, claims)
    for part in _in_order(publication, PSC):
        _read_holders(part, claims)
    _tell_missing_parts(publication, claims)
    _tell_missing_half(publication, claims)
    _tell_totals(claims)


def _in_order(publication: Publication, kind: str) -> list[Part]:
    found = [part for name, part in publication.parts.items() if name.partition("-")[0] == kind]
    return sorted(found, key=lambda part: int(part.name.partition("-")[2] or 1))


def _read_companies(part: Part, claims: Claims) -> None:
    known = frozenset(COLUMNS)
    for place, row in company_rows(part, claims):
        told = {name.strip(): text(value).strip() for name, value in row.items()}
        if not known.issuperset(told) or not claim_company(claims, told):
            surplus = sorted(told.keys() - known)
            found = f"unknown columns {surplus[:3]}" if surplus else "a company without a number or a name"
            raise Damaged(
                part.printed_name, record=place, found=found, remedy="get the file again from Companies House"
            )
        claims.counts["companies"] += 1
        claims.pass_on()


def _read_holders(part: Part, claims: Claims) -> None:
    pieces = line_pieces(part)
    if pieces is not None:
        claim_pieces(claims, part, pieces, claim_piece)
        return
    for number, line in json_records(part):
        _claim_line(claims, part.printed_name, number, line)


def claim_piece(claims: Claims, part: str, piece: bytes) -> None:
    """Claim what the records of a piece say.

    Raises:
        BadInput: No JSON, or a record that is none of the register's.
    """
    for number, line in piece_records(part, piece):
        _claim_line(claims, part, number, line)


def _claim_line(claims: Claims, file: str, number: int, line: dict[str, Any]) -> None:
    told, company = fields(line.get("data")), company_number(line.get("company_number"))
    kind = text(told.get("kind"))
    if kind == _TOTALS:
        _take_totals(claims, told)
    elif not company or not kind:
        raise Damaged(
            file, record=f"record {number}",
            found=f"company number {str(line.get('company_number'))[:40]!r}, kind {kind[:60]!r}: no record of the register",
            remedy="get the snapshot again from Companies House",
        )  # fmt: skip
    else:
        _read_one(claims, company, kind, told)
        if claims.published is None:
            claims.published = _content_date(line)
        claims.pass_on()


def _content_date(line: dict[str, Any]) -> str | None:
    day = partial_day(text(line.get("ContentDate")))
    return day if day and len(day) == len("2024-12-19") else None


def _read_one(claims: Claims, number: str, kind: str, told: dict[str, Any]) -> None:
    """Claim one line: a holder under its own id, or what the company says, under the company's."""
    key = text(fields(told.get("links")).get("self")).rstrip("/").rpartition("/")[2]
    key = key if re.fullmatch(r"[\w-]{1,100}", key) else digest(number, kind, str(sorted(told.items())))
    locator, schema = f"{PSC}#{number}/{key}", holder_schema(kind)
    identity = holder_id(kind, key, number, told) if schema else company_id(number)
    record = claims.record(identity, schema or "Company", locator)
    company = record.part(company_id(number), "Company")
    company.add("registrationNumber", number, field="company_number")
    if is_founded_here(number):
        company.add("jurisdiction", "gb", stance="infers", field="company_number")
    if schema:
        claim_holder(claims, record, number, told)
    elif kind == statements.KIND:
        statements.claim_statement(claims, company, number, key, told)
    elif kind == statements.EXEMPTIONS:
        statements.claim_exemptions(claims, company, told)
    else:
        claims.counts["kinds_not_understood"] += 1
        note_rest(claims, company, told, frozenset(("etag", "links")))


def _take_totals(claims: Claims, told: dict[str, Any]) -> None:
    moment = text(told.get("generated_at"))
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", moment) and partial_day(moment):
        claims.published = moment
    for name in ("persons_of_significant_control_count", "statements_count", "exemptions_count"):
        if isinstance(told.get(name), int):
            claims.counts[_COUNTED] += told[name]


def _tell_totals(claims: Claims) -> None:
    """Say where fewer records were read than the snapshot counts; that is so for each who adds some parts only."""
    counted = claims.counts.pop(_COUNTED, 0)
    read_here = claims.counts["records"] - claims.counts["companies"]
    if counted and read_here != counted:
        claims.notes.append(f"the snapshot counts {counted:,} records; {read_here:,} of its records were read")


def _tell_missing_half(publication: Publication, claims: Claims) -> None:
    """Say what a version with one half only leaves open: the newest version is all that is known of the present day."""
    if not _in_order(publication, COMPANIES):
        claims.notes.append(
            "without basic company data, companies have numbers and no names; put both into one folder to have both"
        )
    elif not _in_order(publication, PSC):
        claims.notes.append(
            "without the PSC snapshot, nothing tells who holds what; put both into one folder to have both"
        )


def _tell_missing_parts(publication: Publication, claims: Claims) -> None:
    for kind in (PSC, COMPANIES):
        parts = _in_order(publication, kind)
        told = [match for part in parts if (match := _OF_SEVERAL.search(_DAY.sub("", part.printed_name)))]
        most = max((int(match[2]) for match in told), default=0)
        missing = (
            sorted(set(range(1, most + 1)) - {int(match[1]) for match in told}) if most <= len(parts) * 100 else []
        )
        if missing:
            shown = ", ".join(map(str, missing[:10])) + (" …" if len(missing) > 10 else "")
            claims.notes.append(
                f"of {most} parts of {kind} these are missing: {shown}; who stands there is not known here"
            )


FORMATS: tuple[Format, ...] = (Format("bulk", recognise, read),)
