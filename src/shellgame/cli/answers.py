"""Answers of a screening, written as they are found: a table for people, CSV, JSON or Parquet for programs."""

from __future__ import annotations

import csv
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import TextIO

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console

from shellgame.case.exports import disarmed, encodable
from shellgame.cli.blocks import contained, print_blocks, searched, shown
from shellgame.cli.output import json_line, paper, plain
from shellgame.errors import WrongUse
from shellgame.files import written_whole
from shellgame.match.hits import COLUMNS, Hits
from shellgame.match.tables import SCHEMA, table_of
from shellgame.match.wording import score_in_words

FORMATS = ("table", "csv", "json", "jsonl", "parquet")
_BY_SUFFIX = {
    ".csv": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
}
_MOST_SHOWN = 1000
"""Hits that people are shown."""
_MOST_NAMED = 10
_ROW_GROUP = 65536
"""Rows of a row group of Parquet, in which they compress well."""


class Writer(ABC):
    """Takes answers batch by batch."""

    def __init__(self, *, hits_only: bool) -> None:
        self._hits_only = hits_only

    @abstractmethod
    def write(self, answers: Iterable[Hits]) -> None:
        """Take a batch."""

    def close(self) -> None:  # noqa: B027 - most have nothing left
        """Write what is left."""


class _Table(Writer):
    """Hits for people, at the end, so that no bar of progress stands between them."""

    def __init__(self, threshold: float) -> None:
        super().__init__(hits_only=True)
        self._threshold = threshold
        self._shown: list[Hits] = []
        self._hits = self._told = self._without = 0
        self._named: list[Hits] = []
        self._versions: tuple[str, ...] = ()

    def write(self, answers: Iterable[Hits]) -> None:
        for hits in answers:
            self._versions = hits.versions
            self._hits += len(hits.hits)
            if not hits.hits:
                self._without += 1
                if len(self._named) < _MOST_NAMED:
                    self._named.append(hits)
            elif self._told < _MOST_SHOWN:
                self._told += len(hits.hits)
                self._shown.append(hits)

    def close(self) -> None:
        console = paper()
        console.print("Screening (leads, not verdicts)\n", style="italic")
        for hits in self._shown:
            print_blocks(console, hits)
        if self._hits > self._told:
            console.print(f"the first {self._told:,} of {self._hits:,} hits; --output FILE takes them all")
        self._tell_the_rest(console)
        if self._versions:
            console.print(searched(self._versions), style="dim", markup=False)

    def _tell_the_rest(self, console: Console) -> None:
        """Tell for whom nothing was found, and what can be said of that."""
        if not self._without:
            return
        few = self._without <= _MOST_NAMED
        names = ", ".join(shown(hits.query) for hits in self._named)
        if not few:
            names += f" and {self._without - len(self._named):,} more names (--output FILE has all)"
        nothing = f"nothing at {score_in_words(self._threshold)} or more in what is here: {names}"
        words = [hits.containing for hits in self._named if hits.containing]
        lower = "" if few and len(words) == self._without else "; a lower --threshold shows more"
        console.print(f"{nothing}{lower}", markup=False)
        for note in dict.fromkeys(
            note for hits in self._named for note in hits.notes if not note.startswith("not asked")
        ):
            console.print(plain(note), markup=False)
        if words:
            console.print(
                "A family name or another single word alone is no alert, whoever bears it; ask for the whole name."
            )
        for found in words:
            console.print(f"{shown(found.word)}: {contained(found)}", markup=False)


class _JsonLines(Writer):
    def __init__(self, out: TextIO, *, hits_only: bool) -> None:
        super().__init__(hits_only=hits_only)
        self._out = out

    def write(self, answers: Iterable[Hits]) -> None:
        for hits in answers:
            if hits.hits or not self._hits_only:
                self._out.write(_json_line(hits))
        self._out.flush()


class _Json(_JsonLines):
    """One JSON array of the same objects."""

    _between = "[\n"

    def write(self, answers: Iterable[Hits]) -> None:
        for hits in answers:
            if hits.hits or not self._hits_only:
                self._out.write(self._between + _json_line(hits).rstrip("\n"))
                self._between = ",\n"

    def close(self) -> None:
        self._out.write("[]\n" if self._between == "[\n" else "\n]\n")
        self._out.flush()


class _Csv(Writer):
    def __init__(self, out: TextIO, *, hits_only: bool) -> None:
        super().__init__(hits_only=hits_only)
        self._out = out
        out.write(csv_text([COLUMNS]))

    def write(self, answers: Iterable[Hits]) -> None:
        text = csv_text(row for hits in answers for row in hits.rows(hits_only=self._hits_only))
        self._out.write(plain(text.replace("\r\n", "\n")) if self._out.isatty() else text)
        self._out.flush()


class _Parquet(Writer):
    def __init__(self, path: Path, *, hits_only: bool) -> None:
        super().__init__(hits_only=hits_only)
        self._file = pq.ParquetWriter(path, SCHEMA, compression="zstd")
        self._held: list[pa.Table] = []

    def write(self, answers: Iterable[Hits]) -> None:
        self._held.append(table_of(answers, hits_only=self._hits_only))
        if sum(map(len, self._held)) >= _ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        self._file.write_table(pa.concat_tables(self._held).combine_chunks())
        self._held = []

    def close(self) -> None:
        if self._held:
            self._flush()
        self._file.close()


def _json_line(hits: Hits) -> str:
    """As `json_line`, in a fifth of the time where nothing needs an escape, as hardly ever does."""
    told = hits.as_dict()
    try:
        text = orjson.dumps(told).decode()
    except TypeError:  # half letters, which are no text to it
        return json_line(told)
    return f"{text}\n" if text.isprintable() else json_line(told)


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV that a spreadsheet may open: lists joined by semicolons, formulas disarmed by an apostrophe before them."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows(map(_flat, row) for row in rows)
    return encodable(out.getvalue())


def _flat(cell: object) -> object:
    if cell is None or isinstance(cell, str):
        return disarmed(cell)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return disarmed("; ".join(map(str, cell))) if isinstance(cell, (list, tuple)) else cell


def format_of(chosen: str | None, output: Path | None, as_json: bool | None) -> str:
    """Which format is wanted: as chosen, else by the name of the file, else JSON lines where nobody reads along.

    Raises:
        WrongUse: No such format, two that contradict each other, or one that needs a file.
    """
    by_switch = {None: None, True: "jsonl", False: "table"}[as_json]
    if chosen and by_switch and chosen != by_switch:
        raise WrongUse(f"--format {chosen} and --{'json' if as_json else 'table'} contradict each other; leave one out")
    by_name = _BY_SUFFIX.get(output.suffix.lower()) if output else None
    found = chosen or by_switch or by_name or (_no_format(output) if output else None)
    found = found or ("table" if sys.stdout.isatty() else "jsonl")
    if found not in FORMATS:
        raise WrongUse(f"{found!r} is no format; there are {', '.join(FORMATS)}")
    if found == "parquet" and output is None:
        raise WrongUse("Parquet goes into a file; name it with --output FILE")
    if found == "table" and output is not None:
        raise WrongUse("a table is for a screen; write CSV, JSON or Parquet to a file")
    return found


def _no_format(output: Path) -> str:
    raise WrongUse(
        f"{output.name} does not tell its format; end it in .csv, .jsonl, .json or .parquet, or use --format"
    )


@contextmanager
def answers_to(output: Path | None, chosen: str, *, threshold: float, hits_only: bool) -> Iterator[Writer]:
    """Open what takes the answers; a file appears whole, when all went well, or not at all."""
    if output is None:
        writer = _to_stream(chosen, sys.stdout, threshold, hits_only)
        yield writer
        writer.close()
        return
    with written_whole(output) as aside:
        if chosen == "parquet":
            writer = _Parquet(aside, hits_only=hits_only)
            yield writer
            writer.close()
            return
        with aside.open("w", encoding="utf-8", newline="", errors="backslashreplace") as out:
            writer = _to_stream(chosen, out, threshold, hits_only)
            yield writer
            writer.close()


def _to_stream(chosen: str, out: TextIO, threshold: float, hits_only: bool) -> Writer:
    if chosen == "table":
        return _Table(threshold)
    writers: dict[str, Callable[..., Writer]] = {"csv": _Csv, "json": _Json, "jsonl": _JsonLines}
    return writers[chosen](out, hits_only=hits_only)
