"""Rows of the CSV layouts, held against what a spreadsheet does to them.

The publisher writes UTF-8 with semicolons and ISO days. A spreadsheet that opened the file by a double click has taken each line
for one cell and split it at commas: it wraps every line in quotes, writes a tab for each comma, pads with tabs, and turns
letters that its code page lacks into question marks. The wrapping alone can be undone without a guess, and is. Lost letters
and commas cannot: such a file is refused.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO

from shellgame.errors import Damaged
from shellgame.sources.publication import Part
from shellgame.sources.tables import Table, decoded, rows

_AGAIN = "get the file again from the publisher; do not open and save it in a spreadsheet"
_WRAPPED_HEADER = re.compile(rb'(?:\xef\xbb\xbf)?"[^"\r\n]*;[^"\r\n]*"[\t\r]*')
_LOST_LETTERS = re.compile(r"\?{2,}|(?<=[^\W\d_])\?(?=[^\W\d_])")
_LINK = re.compile(r"https?://[^\s;]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TOLERATED_SHARE = 0.01
"""Share of rows with a question mark between letters that may be the publisher's own."""


def whole_rows(part: Part) -> list[tuple[int, list[str]]]:
    """Read the header and the rows, each with the line it ends on.

    Raises:
        Damaged: Other separators, wrong encoding, a row of another width, a cut end, letters or commas lost to a
            spreadsheet; names the line.
    """
    with part.path.open("rb") as file:
        header = file.readline(1 << 16).strip()
    if b";" not in header:
        raise Damaged(
            part.printed_name, record="line 1", found="columns are no longer parted by semicolons", remedy=_AGAIN
        )
    if _WRAPPED_HEADER.fullmatch(header):
        found = list(_unwrapped(part))
    else:
        found = list(rows(part, Table(header.count(b";") + 1, ";", ends_with_newline=False)))
        if lost := _lost_letters([(line, ";".join(cells)) for line, cells in found]):
            raise Damaged(part.printed_name, record=lost[0], found=lost[1], remedy=_AGAIN)
    _refuse_cut_end(part, found)
    return found


def refuse_rewritten_day(part: Part, line: int, printed: str) -> None:
    """Refuse a day of publication that is not ISO: a spreadsheet has rewritten it, perhaps with the month first.

    Raises:
        Damaged: The day is written otherwise; names the line.
    """
    if printed and not _DAY.fullmatch(printed):
        raise Damaged(
            part.printed_name, record=f"line {line}", found=f"day of publication {printed!r} where the publisher writes 2024-04-15",
            remedy=_AGAIN,
        )  # fmt: skip


def _unwrapped(part: Part) -> Iterator[tuple[int, list[str]]]:
    _refuse_damage(part)
    text = decoded(part, "utf-8-sig")
    inner = "\n".join(line.strip()[1:-1].rstrip("\t").replace('""', '"') for line in text.splitlines() if line.strip())
    reader = csv.reader(StringIO(inner), delimiter=";", strict=True)
    width = 0
    try:
        for cells in reader:
            width = width or len(cells)
            if len(cells) != width:
                raise Damaged(
                    part.printed_name, record=f"line {reader.line_num}",
                    found=f"{len(cells)} columns where {width} belong", remedy=_AGAIN,
                )  # fmt: skip
            yield reader.line_num, cells
    except csv.Error as error:
        raise Damaged(part.printed_name, record=f"line {reader.line_num}", found=f"{error}", remedy=_AGAIN) from error


def _refuse_damage(part: Part) -> None:
    """Refuse a wrapped file in which more than the wrapping was done."""
    text = decoded(part, "latin-1").encode("latin-1").decode("utf-8-sig", "replace")  # any letter, but no endless line
    lines = [(number, line.strip().strip('"').rstrip("\t")) for number, line in enumerate(text.splitlines(), start=1)]
    damage = [f"{what} (first in line {number})" for what, number in _damage(lines) if number]
    if lost := _lost_letters(lines):
        damage.append(f"{lost[1]} (first in {lost[0]})")
    if damage:
        raise Damaged(
            part.printed_name, record=damage[-1].rpartition("first in ")[2].rstrip(")"),
            found=f"a spreadsheet has wrapped every line in quotes; {'; '.join(damage)}; none of it can be put back", remedy=_AGAIN,
        )  # fmt: skip


def _damage(lines: list[tuple[int, str]]) -> Iterator[tuple[str, int]]:
    yield "commas have become tabs", next((number for number, line in lines if "\t" in line), 0)
    yield "letters are in another encoding", next((number for number, line in lines if "\ufffd" in line), 0)


def _lost_letters(lines: list[tuple[int, str]]) -> tuple[str, str] | None:
    lost = [(number, cell) for number, line in lines if "?" in line and (cell := _cell_with_lost_letters(line))]
    if len(lost) <= _TOLERATED_SHARE * len(lines):
        return None
    return f"line {lost[0][0]}", f"letters have become question marks in {len(lost)} lines, {lost[0][1][:40]!r}"


def _cell_with_lost_letters(line: str) -> str:
    text = _LINK.sub("", line)
    match = _LOST_LETTERS.search(text)
    return text[text.rfind(";", 0, match.start()) + 1 :].partition(";")[0].strip() if match else ""


def _refuse_cut_end(part: Part, found: list[tuple[int, list[str]]]) -> None:
    """Without a line break at the end, the last cell must be empty or known from another row, or it may be half of one."""
    with part.path.open("rb") as file:
        file.seek(max(part.size - 1, 0))
        if file.read(1) in b"\r\n":
            return
    line, last = found[-1]
    if last[-1] and last[-1] not in {cells[-1] for _, cells in found[:-1]}:
        raise Damaged(
            part.printed_name, record=f"line {line}", found=f"the file ends within a row, at {last[-1][-40:]!r}",
            remedy="it was cut in transit: get the file again from the publisher",
        )  # fmt: skip
