"""The consolidated list of persons, groups and entities under EU financial sanctions, in its three layouts.

The Commission publishes it as XML 1.1, as CSV 1.1 with a wide row for each fact, and as the older CSV 1.0, which lacks days in
force, days of designation and remarks on names. What they say alike becomes the same claims but for the file in the locator. Of
a folder that holds several, the XML is read.

A record is a *subject* with its EU reference number, `EU.36.64`, which makes the id `eu-fsf-eu-36-64` (as OpenSanctions does;
records without one go by the file's logical id). Peculiar to the list:

- No name is the main one; all are claimed as `name`, in up to 24 languages told by `nameLanguage`. Quality and former names stand
  in a name's remark, and only a clause that says nothing else (`low quality alias`) is a grade. `strong` is true everywhere.
- There are two subject types, person and enterprise. A vessel is an enterprise with an IMO number; companies have such numbers
  too, so its schema stays Organization.
- `regulation` is the act by which the subject is listed *now*, often a late amendment. The day of listing is `designationDate`;
  where it lacks (one record in ten), the days of that act stand in for it, and the quote tells so.
- Country `00`/UNKNOWN means none. Four birth dates are in the Islamic calendar. Birth years come as spans, too.
- Acts behind single facts (`regulationSummary`) become source addresses of the record.

What this rests on: the 1.0 layout was read from a real file of July 2018 (its first 999 rows; saved by a spreadsheet and refused
for it, see `whole_rows`). No real XML or CSV 1.1 was at hand. Names of elements and attributes, forms of values and the 18 codes of
papers were held against OpenSanctions' crawler (`zavod/shed/fsf.py`, `eu_fsf.yml`), four other public parsers, and whole
elements of 2018 to 2026 quoted in their tests; the columns of CSV 1.1 against three public copies of its header. Confirmed by
none: how a cell of CSV 1.1 writes contacts, taken to be the way of 1.0.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from shellgame.errors import BadInput
from shellgame.model.days import partial_day
from shellgame.sources.claims import Claims
from shellgame.sources.eu_fsf import csv_1_0, csv_1_1, xml_layout
from shellgame.sources.eu_fsf.subjects import Subject
from shellgame.sources.eu_fsf.writing import write
from shellgame.sources.publication import Part, Publication
from shellgame.sources.reader import Format
from shellgame.sources.xml import root_name

XML, CSV_1_1, CSV_1_0 = "fsf.xml", "fsf-1.1.csv", "fsf-1.0.csv"
_NAMESPACE = b"http://eu.europa.ec/fpi/fsd/export"
_GENERATED = re.compile(rb'generationDate="([^"]*)"')
_HEADER_1_1 = re.compile(rb'(?:\xef\xbb\xbf)?\s*"?fileGenerationDate"?[;,\t]"?Entity_LogicalId\b')
_HEADER_1_0 = re.compile(rb'(?:\xef\xbb\xbf)?\s*"?Date_file\w*"?[;,\t]"?Entity_logical_id\b')


def _is_xml(name: str, head: bytes) -> str | None:
    return XML if _NAMESPACE in head and root_name(head) == "export" else None


def _is_csv_1_1(name: str, head: bytes) -> str | None:
    return CSV_1_1 if _HEADER_1_1.match(head) else None


def _is_csv_1_0(name: str, head: bytes) -> str | None:
    return CSV_1_0 if _HEADER_1_0.match(head) else None


def _read_xml(publication: Publication, claims: Claims) -> None:
    part = publication.parts[XML]
    claims.published = _moment(part)
    for subject in xml_layout.subjects(part):
        write(subject, part, claims)
    _finish(claims)


def _read_csv_1_1(publication: Publication, claims: Claims) -> None:
    part = publication.parts[CSV_1_1]
    _write_all(part, *csv_1_1.subjects(part), claims)


def _read_csv_1_0(publication: Publication, claims: Claims) -> None:
    part = publication.parts[CSV_1_0]
    _write_all(part, *csv_1_0.subjects(part), claims)


def _write_all(part: Part, subjects: list[Subject], published: str, claims: Claims) -> None:
    claims.published = partial_day(published)
    for subject in subjects:
        write(subject, part, claims)
    _finish(claims)


def _moment(part: Part) -> str | None:
    """The moment at which the XML was made, in UTC.

    Raises:
        BadInput: The root element tells none, or nothing that is a moment.
    """
    with part.path.open("rb") as file:
        told = _GENERATED.search(file.read(4096))
    printed = told.group(1).decode("ascii", "replace") if told else ""
    try:
        moment = datetime.fromisoformat(printed)
    except ValueError as error:
        raise BadInput(
            part.printed_name, record="export", found=f"generationDate {printed!r} is no moment",
            remedy="get the publication again from the publisher",
        ) from error  # fmt: skip
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment.tzinfo else moment.date().isoformat()


def _finish(claims: Claims) -> None:
    claims.rows = list(dict.fromkeys(claims.rows))  # a name may be printed twice under two languages
    claims.counts["not_understood"] += sum(
        claims.counts[f"{what}_not_understood"] for what in ("dates", "countries", "genders")
    )
    if left := claims.counts["not_understood"]:
        claims.notes.append(f"{left} values fit no property of their record and are kept as notes")


FORMATS = (
    Format("xml-1.1", _is_xml, _read_xml),
    Format("csv-1.1", _is_csv_1_1, _read_csv_1_1),
    Format("csv-1.0", _is_csv_1_0, _read_csv_1_0),
)
