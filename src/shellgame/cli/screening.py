"""The command that screens names: a few from the command line, or a file of any length that goes through in batches."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Annotated, TextIO

import typer

from shellgame.cli.answers import FORMATS, answers_to, csv_text, format_of
from shellgame.cli.options import (
    ForceOption,
    JsonOption,
    OnOption,
    WorkspaceOption,
    ready_to_match,
    several,
    several_countries,
    workspace,
)
from shellgame.cli.output import json_line, say, see_place
from shellgame.cli.progress import Making, Tally
from shellgame.cli.queries import in_a_file, named, read_queries
from shellgame.cli.rows import Row, Rows, Wording
from shellgame.errors import RowsLeftOut, WrongUse
from shellgame.files import written_whole
from shellgame.match.search import ALERT, Subject
from shellgame.resolve.parties import Filters
from shellgame.resolve.queries import BATCH

app = typer.Typer()
_MOST_TOLD = 20
"""Rows with a fault that are told one by one; `--bad-rows` takes them all."""
_FIRST_BATCH = 256
"""The first answers come soon, the others in batches that cost least."""


@app.command()
def screen(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Names to look for, in any script.")
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--file",
            help="CSV, Parquet, or JSON lines of FollowTheMoney entities; with a column `name`. "
            "- reads standard input, which may also be a name a line.",
        ),
    ] = None,
    schema: Annotated[
        str | None, typer.Option("--schema", help="Only Person, Company …; a row's own stands above it.")
    ] = None,
    on: OnOption = None,
    threshold: Annotated[
        float, typer.Option("--threshold", min=0, max=1, help="Lowest score; 0.70 is an alert.")
    ] = ALERT,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most parties for each name.")] = 5,
    source: Annotated[
        list[str] | None, typer.Option("--source", help="Only parties that this source names; several with commas.")
    ] = None,
    programme: Annotated[
        list[str] | None,
        typer.Option("--programme", "--program", help="Only parties listed under this; several with commas."),
    ] = None,
    country: Annotated[
        list[str] | None, typer.Option("--country", help="Only parties of this country; several with commas.")
    ] = None,
    listed_only: Annotated[
        bool, typer.Option("--listed-only", help="Only parties that a list has taken up, none that are only named.")
    ] = False,
    name_column: Annotated[
        str | None, typer.Option("--name-column", help="Column with the names, where it is not called so.")
    ] = None,
    delimiter: Annotated[
        str | None, typer.Option("--delimiter", help="What separates columns; found out when left out.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", help="Encoding of the text, such as cp1252; else UTF-8 or UTF-16.")
    ] = None,
    form: Annotated[str | None, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write the answers to.")] = None,
    force: ForceOption = False,
    hits_only: Annotated[bool, typer.Option("--hits-only", help="Leave out names without a hit.")] = False,
    bad_rows: Annotated[
        Path | None, typer.Option("--bad-rows", help="File to write rows to that could not be read, as CSV.")
    ] = None,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """Find parties with a name like one of these. No hit means nothing alike in what is here, no more."""
    if not names and file is None:
        raise WrongUse("nothing to look for: give a name, or --file with a CSV that has a column `name`")
    chosen = format_of(form, output, as_json)
    _refuse_to_overwrite(file, output, bad_rows, force=force)
    asked = named(names or [])
    unread = [note for row in asked if row.subject for note in row.subject.notes]
    filters = Filters(
        schema=schema,
        sources=several(source),
        programmes=several(programme),
        countries=several_countries(country),
        listed_only=listed_only,
    )
    with in_a_file(file) as path:
        rows = read_queries(path, Wording(name_column, delimiter, encoding)) if path else Rows("", iter(()))
        ready_to_match()
        ws = workspace(folder)
        with Making() as making:
            screening = ws.screening(on, progress=making)
        screening.check(filters)
        for note in (*screening.not_asked(filters), *screening.gaps(filters), *rows.notes, *unread):
            say(f"note: {note}")
        with (
            _loaded_left_alone(),
            answers_to(output, chosen, threshold=threshold, hits_only=hits_only) as writer,
            _Faults(rows.name, bad_rows) as faults,
            Tally(rows.total) as tally,
        ):
            for batch in _batches(chain(asked, rows.rows)):
                subjects = faults.sorted_out(batch)
                answers = ws.answered(screening, subjects, filters, limit=limit, threshold=threshold)
                writer.write(answers)
                tally.add(len(batch), answers)
    if file:
        say(f"{tally.summary()}{faults.summary()}")
    if output and tally.cut:
        say(
            f"note: of {_counted(tally.cut, 'name')} there are more hits than --limit {limit} lets through; see `total`"
        )
    if faults.bad:
        where = f"; see {bad_rows}" if bad_rows else "; --bad-rows FILE takes them all"
        rows_left_out = _counted(faults.bad, "row")
        raise RowsLeftOut(f"{rows_left_out} of {rows.name} could not be read and had to be left out{where}")


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


@contextmanager
def _loaded_left_alone() -> Iterator[None]:
    """Spare the garbage collector all that is loaded: looking through it again and again takes a tenth of the time."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _refuse_to_overwrite(file: Path | None, *written: Path | None, force: bool) -> None:
    paths = [path for path in written if path]
    if len(paths) != len({path.resolve() for path in paths}):
        raise WrongUse("--output and --bad-rows name the same file")
    for path in paths:
        if file and file.exists() and path.exists() and path.samefile(file):
            raise WrongUse(f"{path} is the file that is read; name another one")
        see_place(path, force=force)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left, size = iter(rows), _FIRST_BATCH
    while batch := list(islice(left, size)):
        yield batch
        size = BATCH


class _Faults:
    """Rows that cannot be used, or not whole: the first ones are told, all of them go into a file where one is named."""

    def __init__(self, name: str, file: Path | None) -> None:
        self._name, self._file = name, file
        self._open = ExitStack()
        self._out: TextIO | None = None
        self.bad = self.incomplete = 0

    def __enter__(self) -> _Faults:
        if self._file:
            aside = self._open.enter_context(written_whole(self._file))
            self._out = self._open.enter_context(aside.open("w", encoding="utf-8", newline=""))
            self._out.write(csv_text([("row", "line", "answered", "reason", "content")]))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        return self._open.__exit__(kind, error, trace)

    def sorted_out(self, batch: list[Row]) -> list[Subject]:
        """The subjects of those rows that can be used."""
        subjects = []
        for row in batch:
            if row.subject is None:
                self.bad += 1
                self._tell(row, f"{row.problem}; the row is skipped", row.problem)
            else:
                subjects.append(row.subject)
                if row.number and row.subject.notes:  # those of the command line were told before
                    self.incomplete += 1
                    reason = "; ".join(row.subject.notes)
                    self._tell(row, f"{reason}; the row is answered all the same", reason)
        return subjects

    def _tell(self, row: Row, sentence: str, reason: str) -> None:
        told = self.bad + self.incomplete
        if told <= _MOST_TOLD:
            say(f"{self._name}, {row.place}: {sentence}")
        elif told == _MOST_TOLD + 1:
            say(f"{self._name}: more such rows are not told one by one")
        if self._out:
            answered = row.subject is not None
            self._out.write(csv_text([(row.number, row.line, answered, reason, json_line(list(row.cells)).strip())]))

    def summary(self) -> str:
        """What they came to, in words."""
        incomplete = f", {self.incomplete:,} answered without a part" if self.incomplete else ""
        return f"{incomplete}, {self.bad:,} bad"
