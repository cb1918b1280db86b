"""What happens to tables: cuts, lost line breaks, and everything that a spreadsheet does when it opens and saves one."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from .samples import Damage, Damages

TABLES = Damages()
_END_MARK = b"\x1a"
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d %b %Y", "%d.%m.%Y")


@dataclass
class Grid:
    """A table taken apart."""

    rows: list[list[str]]
    delimiter: str
    encoding: str
    end: bytes

    @property
    def has_header(self) -> bool:
        """Whether its first long row is one of titles; those of OFAC's legacy set begin with a number."""
        return not self.rows[0][0].isdigit()

    def written(self, delimiter: str = "") -> bytes:
        text = io.StringIO()
        csv.writer(text, delimiter=delimiter or self.delimiter, lineterminator="\r\n").writerows(self.rows)
        return text.getvalue().encode(self.encoding, "replace") + self.end


def grid(content: bytes) -> Grid:
    """Take a table apart."""
    try:
        encoding, text = "utf-8", content.rstrip(_END_MARK).decode("utf-8-sig")
    except UnicodeDecodeError:
        encoding, text = "cp1252", content.rstrip(_END_MARK).decode("cp1252")
    head = re.sub(r'"[^"]*"', "", text)
    delimiter = max("\t;,", key=head.count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    return Grid(rows, delimiter, encoding, _END_MARK if content.endswith(_END_MARK) else b"")


def _each_cell(change: Callable[[str], str]) -> Callable[[bytes], bytes | None]:
    def make(content: bytes) -> bytes | None:
        table = grid(content)
        changed = [[change(cell) for cell in row] for row in table.rows]
        if changed == table.rows:
            return None
        table.rows = changed
        return table.written()

    return make


def _middle_of_line(content: bytes, share: float) -> int:
    """A place in the first half of the line that stands at a share of the content, so that cells of the row are missing."""
    at = min(int(len(content) * share), len(content.rstrip(b"\r\n\x1a")) - 1)
    start = content.rfind(b"\n", 0, at) + 1
    end = content.find(b"\n", at)
    return start + max(1, ((end if end >= 0 else len(content)) - start) // 2)


def _cut_in_a_line(content: bytes, share: float) -> bytes | None:
    cut = content[: _middle_of_line(content, share)]
    return cut if len(cut) < len(content.rstrip()) else None  # a last line of one letter is still whole


TABLES.extend(
    Damage(
        f"cut in a line at {share:.0%}", frozenset({"table", "json"}), partial(_cut_in_a_line, share=share), record=True
    )
    for share in (0.35, 0.7, 1.0)
)


@TABLES.to("table", record=True)
def cut_behind_a_separator(content: bytes) -> bytes:
    last_line = content.rstrip(b"\r\n\x1a").rfind(b"\n") + 1
    return content[: content.index(grid(content).delimiter.encode(), last_line) + 1]


@TABLES.to("table", record=True)
def cut_within_quotation_marks(content: bytes) -> bytes | None:
    opened = [match.end() for match in re.finditer(rb'[,;\t]"(?=[^",;\t\r\n]{3})', content)]
    return content[: opened[-1] + 2] if opened else None


@TABLES.to("table", record=True)
def a_quotation_mark_that_never_closes(content: bytes) -> bytes:
    table = grid(content)
    separator = table.delimiter.encode()
    start = content.rindex(b"\n", 0, len(content) * 2 // 3) + 1
    at = content.index(separator, start) + 1
    return content[:at] + b'"' + content[at:].replace(b'"', b"")


@TABLES.to("table", record=True, big=True)
def a_line_of_three_mib(content: bytes) -> bytes:
    return content.rstrip(_END_MARK) + b"x" * (3 << 20) + b"\n"


@TABLES.to("table", record=True, big=True)
def a_cell_of_three_mib_in_short_lines(content: bytes) -> bytes:
    return content.rstrip(_END_MARK) + b'"' + b"x\n" * (3 << 19) + b'"\n'


@TABLES.to("table", record=True)
def a_cell_of_fifty_thousand_letters(content: bytes) -> bytes:
    table = grid(content)
    table.rows[-1][0] = "x" * 50_000
    return table.written()


@TABLES.to("table", record=True)
def two_lines_run_together(content: bytes) -> bytes | None:
    lines = content.splitlines(keepends=True)
    if len(lines) < 3:
        return None
    middle = len(lines) // 2
    return b"".join(lines[: middle - 1]) + lines[middle - 1].rstrip(b"\r\n") + b"".join(lines[middle:])


@TABLES.to("table", "json", record=True)
def two_downloads_in_one_file(content: bytes) -> bytes:
    cut = content[: _middle_of_line(content, 0.6)]
    return cut + b"\r\n" + content


@TABLES.to("table", record=True)
def one_cell_too_many(content: bytes) -> bytes:
    table = grid(content)
    table.rows[-1].append("more")
    return table.written()


@TABLES.to("table", record=True)
def one_cell_too_few(content: bytes) -> bytes:
    table = grid(content)
    table.rows[-1].pop()
    return table.written()


@TABLES.to("table")
def other_separators(content: bytes) -> bytes:
    table = grid(content)
    return table.written("," if table.delimiter == ";" else ";")


@TABLES.to("table")
def a_header_that_was_added(content: bytes) -> bytes | None:
    table = grid(content)
    if table.has_header:
        return None
    table.rows.insert(0, [f"Column{number}" for number in range(1, len(table.rows[0]) + 1)])
    return table.written()


@TABLES.to("table", refused=False)
def rows_alone_without_their_header(content: bytes) -> bytes | None:
    table = grid(content)
    if not table.has_header:
        return None
    del table.rows[: 1 + (len(table.rows[0]) != len(table.rows[1]) or not table.rows[0][-1])]
    return table.written()


@TABLES.to("table", alone=True)
def a_header_alone(content: bytes) -> bytes | None:
    table = grid(content)
    if not table.has_header:
        return None
    del table.rows[1 + (len(table.rows[0]) != len(table.rows[1]) or not table.rows[0][-1]) :]
    return table.written()


@TABLES.to("table", alone=True)
def an_end_mark_alone(content: bytes) -> bytes | None:
    return content[-1:] if content.endswith(_END_MARK) else None


@TABLES.to("table", refused=False)
def quotation_marks_stripped(content: bytes) -> bytes:
    return content.replace(b'"', b"")


@TABLES.to("table", refused=False)
def every_line_in_quotation_marks(content: bytes) -> bytes:
    lines = content.rstrip(_END_MARK).splitlines()
    return b"".join(b'"' + line.replace(b'"', b'""') + b'"\r\n' for line in lines)


@TABLES.to("table", refused=False)
def its_first_column_dropped(content: bytes) -> bytes:
    table = grid(content)
    table.rows = [row[1:] for row in table.rows]
    return table.written()


@TABLES.to("table", refused=False)
def its_last_column_dropped(content: bytes) -> bytes:
    table = grid(content)
    width = max(map(len, table.rows))
    table.rows = [row[:-1] if len(row) == width else row for row in table.rows]
    return table.written()


@TABLES.to("table", refused=False)
def two_columns_swapped(content: bytes) -> bytes:
    table = grid(content)
    table.rows = [[row[1], row[0], *row[2:]] if len(row) > 2 else row for row in table.rows]
    return table.written()


@TABLES.to("table", refused=False)
def an_empty_column_added(content: bytes) -> bytes:
    table = grid(content)
    table.rows = [[*row, ""] for row in table.rows]
    return table.written()


@TABLES.to("table", refused=False)
def a_row_twice(content: bytes) -> bytes:
    table = grid(content)
    table.rows.append(table.rows[-1])
    return table.written()


def _scientific(cell: str) -> str:
    return f"{int(cell):.2E}" if cell.isdecimal() and len(cell) >= 5 else cell


def _short_day(cell: str) -> str:
    for layout in _DAYS:
        try:
            day: date = datetime.strptime(cell, layout).date()  # noqa: DTZ007 - a day without a place
        except ValueError:
            continue
        return f"{day:%m/%d/%y}"
    return cell


TABLES += [
    Damage("numbers in scientific notation", frozenset({"table"}), _each_cell(_scientific), refused=False),
    Damage("days shortened", frozenset({"table"}), _each_cell(_short_day), refused=False),
]


@TABLES.to("json")
def spread_over_lines(content: bytes) -> bytes:
    return content.replace(b',"', b',\n"')


@TABLES.to("json", refused=False)
def one_list_instead_of_lines(content: bytes) -> bytes:
    return b"[" + b",\n".join(content.splitlines()) + b"]\n"


@TABLES.to("json", record=True)
def a_line_of_something_else(content: bytes) -> bytes:
    return content + b'["no","entity"]\n'


@TABLES.to("json", record=True, big=True)
def a_line_of_forty_mib(content: bytes) -> bytes:
    return content + b'{"id":"x","schema":"Person","properties":{"name":["' + b"x" * (40 << 20) + b'"]}}\n'


@TABLES.to("json", record=True)
def a_bottomless_line(content: bytes) -> bytes:
    return content + b'{"id":"x","schema":"Person","properties":{"name":' + b"[" * 100_000 + b"]" * 100_000 + b"}}\n"


@TABLES.to("json", refused=False)
def a_line_twice(content: bytes) -> bytes:
    return content + content.splitlines(keepends=True)[-1]
