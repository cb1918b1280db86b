"""The two layouts of the UK Sanctions List, read into `Told`.

XML: `Designations/Designation`, everything in elements, `DateGenerated` beside them. CSV: a line `Report Date: <day>`, a
header, then for each designation a row for every combination of its names, addresses, papers and so on, so that one of
them may fill thousands of rows.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from shellgame.errors import Damaged, NotThisSource
from shellgame.model.days import partial_day
from shellgame.sources.gb_fcdo_sanctions.told import GROUPS, INDICATORS, TEXTS, Told
from shellgame.sources.publication import HEAD_BYTES, Part
from shellgame.sources.tables import Table, first_rows, rows
from shellgame.sources.xml import children, local, records, text_of

Designations = dict[str, Told]
_AGAIN: Final = "get the publication again from the publisher"
_REPORT: Final = re.compile(r"Report Date:?\s*(.*)", re.IGNORECASE)
_OTHER_HEADERS: Final = {"individual, entity, ship": "kind"}
"""Headers that stood in the CSV before: in small letters, with our name."""


def read_xml(part: Part) -> tuple[Designations, str | None]:
    """Read the XML: the designations by id, and the day it was made.

    Raises:
        Damaged: Not well-formed, or a designation without its id.
    """
    told: Designations = {}
    published = None
    for element in records(part, "Designation", "DateGenerated"):
        if local(element) == "DateGenerated":
            published = partial_day((element.text or "").strip())
            continue
        unique_id = text_of(element, "UniqueID")
        if not unique_id:
            found = f"a designation without UniqueID after {len(told)} others"
            raise Damaged(part.printed_name, record=f"line {element.sourceline}", found=found, remedy=_AGAIN)
        _read_element(told.setdefault(unique_id, Told(unique_id)), element, "")
    return told, published


def _read_element(told: Told, element: etree._Element, path: str) -> None:
    for child in children(element):
        name = local(child)
        here = f"{path}/{name}" if path else name
        if here in GROUPS:
            _read_group(told, child, here)
        elif here == INDICATORS:
            _read_indicators(told, child)
        elif len(child):
            _read_element(told, child, here)
        elif text := (child.text or "").strip():
            if here in TEXTS:
                told.add(TEXTS[here][0], text)
            else:
                told.unread[here, text] = None


def _read_group(told: Told, element: etree._Element, path: str) -> None:
    field, parts = GROUPS[path]
    group = {}
    for child in element.iterdescendants():
        text, name = (child.text or "").strip(), local(child)
        if text and name in parts:
            group[parts[name][0]] = text
        elif text:
            told.unread[f"{path}/{name}", text] = None
    if group:
        told.add_group(field, group)


def _read_indicators(told: Told, element: etree._Element) -> None:
    for child in children(element):
        answer = (child.text or "").strip()
        if answer.lower() == "true":
            told.add("indicator", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", local(child)))
        elif answer.lower() not in {"false", ""}:
            told.unread[f"{INDICATORS}/{local(child)}", answer] = None


def first_lines(head: bytes) -> list[list[str]]:
    """The first two rows of a CSV, as far as the beginning of the file shows them."""
    return first_rows(head, 2)


def header_line(lines: list[list[str]]) -> int | None:
    """Which of the first lines is the header of the CSV, or None."""
    known = (index for index, cells in enumerate(lines) if {"Unique ID", "Name 6", "Regime Name"} <= set(cells))
    return next(known, None)


def read_csv(part: Part) -> tuple[Designations, str | None]:
    """Read the CSV: the designations by id, and the day it was made.

    Raises:
        Damaged: A row of another width, or without its id.
        NotThisSource: No header.
    """
    with part.path.open("rb") as file:
        lines = first_lines(file.read(HEAD_BYTES))
    at = header_line(lines)
    if at is None:
        raise NotThisSource(part.printed_name, found="no header with Unique ID, Name 6, Regime Name", remedy=_AGAIN)
    report = _REPORT.fullmatch(lines[0][0]) if at and lines[0] else None
    texts, groups, unknown = _columns(lines[at])
    told: Designations = {}
    id_column = lines[at].index("Unique ID")
    for line, cells in rows(part, Table(columns=len(lines[at]), skip_lines=at + 1)):
        unique_id = cells[id_column].strip()
        if not unique_id:
            raise Damaged(part.printed_name, record=f"line {line}", found="a row without Unique ID", remedy=_AGAIN)
        one = told.setdefault(unique_id, Told(unique_id))
        for index, field in texts:
            if text := cells[index].strip():
                one.add(field, text)
        for field, parts in groups:
            if group := {name: text for index, name in parts if (text := cells[index].strip())}:
                one.add_group(field, group)
        for index, column in unknown:
            if text := cells[index].strip():
                one.unread[column, text] = None
    return told, partial_day(report[1].strip(" ,").replace("-", " ")) if report else None


_Columns = list[tuple[int, str]]


def _columns(header: list[str]) -> tuple[_Columns, list[tuple[str, _Columns]], _Columns]:
    """Which column holds which field, which group's part, and which is not known."""
    places = {name.lower(): index for index, name in enumerate(header)}
    texts = [(places[column.lower()], field) for field, column in TEXTS.values() if column.lower() in places]
    texts += [(places[column], field) for column, field in _OTHER_HEADERS.items() if column in places]
    groups = [
        (field, [(places[column.lower()], name) for name, column in parts.values() if column.lower() in places])
        for field, parts in GROUPS.values()
    ]
    used = {index for index, _ in texts} | {index for _, parts in groups for index, _ in parts}
    return texts, groups, [(index, name) for index, name in enumerate(header) if index not in used]
