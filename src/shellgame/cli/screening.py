"""The command that screens names: a few from the command line, or a file of any length that goes through in batches."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from shellgame.cli.answers import answers_to, format_of
from shellgame.cli.faults import Faults, counted
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
from shellgame.cli.output import say, see_place
from shellgame.cli.progress import Making, Tally
from shellgame.cli.queries import Told, in_a_file, named, notes_of, read_queries
from shellgame.cli.rows import Row, Rows, Wording
from shellgame.cli.screening_options import (
    BadRowsOption,
    BirthDateOption,
    CountryOption,
    DelimiterOption,
    EncodingOption,
    FileOption,
    FormOption,
    HitsOnlyOption,
    IdentifierOption,
    LimitOption,
    ListedOnlyOption,
    NameColumnOption,
    NamesArgument,
    NationalityOption,
    OutputOption,
    ProgrammeOption,
    SchemaOption,
    SourceOption,
    ThresholdOption,
)
from shellgame.errors import RowsLeftOut, WrongUse
from shellgame.match.search import ALERT
from shellgame.resolve.parties import Filters
from shellgame.resolve.queries import BATCH
from shellgame.workspace import Workspace

if TYPE_CHECKING:  # loading the compiler takes half a second, and `--help` needs none
    from shellgame.resolve.screening import Screening

app = typer.Typer()
_FIRST_BATCH = 256
"""The first answers come soon, the others in batches that cost least."""


@app.command()
def screen(
    names: NamesArgument = None,
    file: FileOption = None,
    birth_date: BirthDateOption = None,
    nationality: NationalityOption = None,
    identifier: IdentifierOption = None,
    schema: SchemaOption = None,
    on: OnOption = None,
    threshold: ThresholdOption = ALERT,
    limit: LimitOption = 5,
    source: SourceOption = None,
    programme: ProgrammeOption = None,
    country: CountryOption = None,
    listed_only: ListedOnlyOption = False,
    name_column: NameColumnOption = None,
    delimiter: DelimiterOption = None,
    encoding: EncodingOption = None,
    form: FormOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
    hits_only: HitsOnlyOption = False,
    bad_rows: BadRowsOption = None,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """Find parties with a name like one of these. No hit means nothing alike in what is here, no more."""
    told = Told(birth_date, several_countries(nationality), tuple(identifier or ()))
    asked = named(names or [], told)
    if not asked and file is None:
        raise WrongUse("nothing to look for: give a name, or --file with a CSV that has a column `name`")
    chosen = format_of(form, output, as_json)
    _refuse_to_overwrite(file, output, bad_rows, force=force, outside=workspace(folder).folder)
    filters = Filters(
        schema=",".join(several(schema)),
        sources=several(source),
        programmes=several(programme),
        countries=several_countries(country),
        listed_only=listed_only,
    )
    with in_a_file(file) as path:
        rows = read_queries(path, Wording(name_column, delimiter, encoding)) if path else Rows("", iter(()))
        ready_to_match()
        ws = workspace(folder)
        screening = _opened(ws, on, filters, [*rows.notes, *notes_of(asked)])
        with (
            _loaded_left_alone(),
            answers_to(output, chosen, threshold=threshold, hits_only=hits_only) as writer,
            Faults(rows.name, bad_rows) as faults,
            Tally(rows.total) as tally,
        ):
            for batch in _batches(chain(asked, rows.rows)):
                subjects = faults.sorted_out(batch)
                answers = ws.answered(screening, subjects, filters, limit=limit, threshold=threshold)
                writer.write(answers)
                tally.add(len(batch), answers)
    faults.tell_the_rest()
    if file:
        say(f"{tally.summary()}{faults.summary()}")
    if output and tally.cut:
        cut = counted(tally.cut, "name")
        say(f"note: of {cut} there are more hits than --limit {limit} lets through; see `total`")
    if faults.bad:
        where = f"; see {bad_rows}" if bad_rows else "; --bad-rows FILE takes them all"
        left_out = counted(faults.bad, "row")
        raise RowsLeftOut(f"{left_out} of {rows.name} could not be read and had to be left out{where}")


def _opened(ws: Workspace, on: str | None, filters: Filters, notes: Iterable[str]) -> Screening:
    """Open the lists of a day, hold the filters against them, and tell what is to be known before the first answer."""
    with Making() as making:
        screening = ws.screening(on, progress=making)
    screening.check(filters)
    for note in (*screening.not_asked(filters), *screening.gaps(filters), *notes):
        say(f"note: {note}")
    return screening


@contextmanager
def _loaded_left_alone() -> Iterator[None]:
    """Spare the garbage collector all that is loaded: looking through it again and again takes a tenth of the time."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _refuse_to_overwrite(file: Path | None, *written: Path | None, force: bool, outside: Path) -> None:
    paths = [path for path in written if path]
    if len(paths) != len({path.resolve() for path in paths}):
        raise WrongUse("--output and --bad-rows name the same file")
    for path in paths:
        if file and file.exists() and path.exists() and path.samefile(file):
            raise WrongUse(f"{path} is the file that is read; name another one")
        see_place(path, force=force, outside=outside)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left, size = iter(rows), _FIRST_BATCH
    while batch := list(islice(left, size)):
        yield batch
        size = BATCH
