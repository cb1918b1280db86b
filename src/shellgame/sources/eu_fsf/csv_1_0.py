"""The CSV layout, version 1.0: semicolons, one row for each fact and legal basis of a subject.

Columns are abbreviated (`Naal_` name alias, `Addr_`, `Birt_`, `Iden_`, `Citi_`, `Leba_` legal basis); `Entity_logical_id` comes
six times. Countries are codes of three letters. A paper is put into words, `AD001095 (passport-National passport) ((remark))`,
and so are contacts, see `contacts`. A birth date that is not known to the day is `N/A`.
"""

from __future__ import annotations

import re
from itertools import pairwise

from shellgame.errors import NotThisSource
from shellgame.sources.eu_fsf.contacts import contacts
from shellgame.sources.eu_fsf.subjects import Fact, Subject, subject_of_row
from shellgame.sources.eu_fsf.whole_rows import refuse_rewritten_day, whole_rows
from shellgame.sources.publication import Part

_ACT = ("numberTitle", "publicationDate", "publicationUrl", "programme")
_LEGAL = ("leba_numtitle", "leba_publication_date", "leba_url", "programme")
_GROUPS = {
    "Naal": ("nameAlias", ("lastName", "firstName", "middleName", "wholeName", "gender", "title", "function", "nameLanguage")),
    "Addr": ("address", ("number", "street", "zipCode", "city", "countryDescription", "other")),
    "Birt": ("birthdate", ("birthdate", "place", "countryDescription")),
    "Iden": ("identification", ("number", "countryDescription")),
    "Citi": ("citizenship", ("countryDescription",)),
}  # fmt: skip
_NAMES = {
    "Naal": ("lastname", "firstname", "middlename", "wholename", "gender", "title", "function", "language"),
    "Addr": ("number", "street", "zipcode", "city", "country", "other"),
    "Birt": ("date", "place", "country"),
    "Iden": ("number", "country"),
    "Citi": ("country",),
}  # fmt: skip
HEADER = (
    "Date_file", "Entity_logical_id", "Subject_type", "Leba_numtitle", "Leba_publication_date", "Leba_url", "Programme",
    "Entity_remark",
    *(
        column
        for group, names in _NAMES.items()
        for column in (f"{group}_logical_id", "Entity_logical_id", *(f"{group}_{name}" for name in (*_LEGAL, *names)))
    ),
    "EU_ref_num",
)  # fmt: skip
_STARTS = tuple(HEADER.index(f"{group}_logical_id") for group in _GROUPS)
_DAYS_OF_ACTS = tuple(
    position for position, column in enumerate(HEADER) if column.lower().endswith("leba_publication_date")
)
_PAPER = re.compile(
    r"(?P<number>.+?) \((?P<code>\w+)-(?P<description>[^()]*(?:\([^()]*\))?)\)(?:\s*\((?P<remark>.*)\))?", re.DOTALL
)


def subjects(part: Part) -> tuple[list[Subject], str]:
    """Read the subjects and the date of the file as printed.

    Raises:
        Damaged: A row of another width, a cut end, wrong encoding, traces of a spreadsheet; two references for one subject.
        NotThisSource: Another header.
    """
    (_, header), *lines = whole_rows(part)
    if tuple(title.strip() for title in header) != HEADER:
        surplus = [title for title in header if title.strip() not in HEADER]
        missing = [title for title in HEADER if title not in header]
        raise NotThisSource(
            part.printed_name, record="line 1", found=f"another header: missing {missing[:5]}, unexpected {surplus[:5]}",
            remedy="give the publisher's own file, not edited",
        )  # fmt: skip
    found: dict[str, Subject] = {}
    for line, cells in lines:
        _take(part, line, found, cells)
    return list(found.values()), lines[0][1][0] if lines else ""


def _take(part: Part, line: int, found: dict[str, Subject], cells: list[str]) -> None:
    reference, logical_id, types = cells[-1].strip(), cells[1].strip(), [cells[2].strip()]
    subject = subject_of_row(part, line, found, reference, logical_id, types)
    act = _stated(_ACT, cells[3:7])
    for position in _DAYS_OF_ACTS:
        refuse_rewritten_day(part, line, cells[position].strip())
    if act and act not in subject.acts:
        subject.acts.append(act)
    if (remark := cells[7].strip()) and remark not in subject.remarks:
        subject.remarks.append(remark)
    for (kind, attributes), (start, end) in zip(_GROUPS.values(), pairwise((*_STARTS, len(HEADER) - 1)), strict=True):
        if any(cells[start:end]):
            fact = _fact(subject, kind, attributes, cells[start:end])
            if fact not in subject.facts:
                subject.facts.append(fact)


def _stated(names: tuple[str, ...], cells: list[str]) -> dict[str, str]:
    return {name: text for name, cell in zip(names, cells, strict=True) if (text := cell.strip())}


def _fact(subject: Subject, kind: str, attributes: tuple[str, ...], cells: list[str]) -> Fact:
    said = _stated(attributes, cells[6:])
    act = _stated(_ACT, cells[2:6])
    if logical_id := cells[0].strip():
        said["logicalId"] = logical_id
    remarks: tuple[str, ...] = ()
    reached = contacts(said.pop("other", ""))
    if kind == "identification":
        remarks = _spell_out_paper(subject, said)
    elif kind == "address":
        _spell_out_address(said)
    elif kind == "birthdate" and said.get("birthdate") == "N/A":
        del said["birthdate"]
    return Fact(kind, said, remarks, tuple(reached), (act,) if act else ())


def _spell_out_address(said: dict[str, str]) -> None:
    if number := said.pop("number", ""):
        said["street"] = f"{said.get('street', '')} {number}".strip()
    if said.get("zipCode", "").upper().startswith(("PO BOX", "P.O. BOX")):
        said["poBox"] = said.pop("zipCode")


def _spell_out_paper(subject: Subject, said: dict[str, str]) -> tuple[str, ...]:
    match = _PAPER.fullmatch(said.get("number", ""))
    if match is None:
        if printed := said.pop("number", ""):
            subject.unknown.append(("identification/number", printed))
        return ()
    said["number"] = match["number"]
    said["identificationTypeCode"] = match["code"]
    said["identificationTypeDescription"] = match["description"]
    return (match["remark"],) if match["remark"] else ()
