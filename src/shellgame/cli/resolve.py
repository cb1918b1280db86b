"""The command that joins records into entities, and tells why two are one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
import typer

from shellgame.case.exports import disarmed
from shellgame.case.words import many
from shellgame.cli.doing import Doing
from shellgame.cli.options import ForceOption, JsonOption, OnOption, WorkspaceOption, ready_to_match, workspace
from shellgame.cli.output import emit, json_line, paper, say, see_place, wants_json
from shellgame.cli.tables import Column
from shellgame.errors import WrongUse
from shellgame.files import written_whole

if TYPE_CHECKING:  # loading the compiler takes half a second, and `--help` needs none
    from shellgame.resolve.reasons import Why
    from shellgame.resolve.resolution import Resolution

app = typer.Typer()


@app.command()
def resolve(
    why: Annotated[
        tuple[str, str] | None, typer.Option("--why", metavar="ID ID", help="Tell why two records are one, or are not.")
    ] = None,
    entity: Annotated[
        str | None,
        typer.Option("--entity", metavar="ID", help="Show the records of an entity, by its id or a record's."),
    ] = None,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="OUT", help="Write each record's entity as CSV.")] = None,
    parquet: Annotated[
        Path | None, typer.Option("--parquet", metavar="OUT", help="Write each record's entity as Parquet.")
    ] = None,
    force: ForceOption = False,
    on: OnOption = None,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """Join the records of all lists into entities, tell why two records are one, or show the records of an entity.

    A record is an entry of one list. Records are joined by identifying numbers first, then by names and all else they tell,
    and as people decided (`shellgame judge`, `shellgame review`); two entries of one list hardly ever. Each entity has an id
    that stays as lists grow. A later run compares only what is new or changed. A join is a lead: `--why` tells what it
    rests on, `shellgame judge ID ID different` undoes it.
    """
    opened = workspace(folder)
    _refuse_places(csv, parquet, opened.folder, force=force)
    ready_to_match()
    with Doing("resolving") as doing:
        found = opened.resolve(on, progress=doing.compared)
    for note in found.notes:
        say(f"note: {note}")
    for file in (csv, parquet):
        if file:
            _write(found, file, as_csv=file == csv)
            say(f"{many(len(found.clusters.ids), 'record')} written to {file}")
    if why:
        _tell(found.why(*why), as_json=as_json)
    if entity is not None:
        _show(found, entity, as_json=as_json)
    if not why and entity is None:
        _sum_up(found, as_json=as_json)


def _refuse_places(csv: Path | None, parquet: Path | None, kept: Path, *, force: bool) -> None:
    """See that what is to be written takes the place of nothing but a file that may go."""
    if csv and parquet and csv.resolve() == parquet.resolve():
        raise WrongUse(f"--csv and --parquet both name {csv}; give each a file of its own")
    for file in (csv, parquet):
        if file:
            see_place(file, force=force, outside=kept)
            if file.exists() and not file.is_file():
                raise WrongUse(f"{file} is no file but a device or a pipe; name a file")


def _sum_up(found: Resolution, *, as_json: bool | None) -> None:
    if wants_json(as_json):
        sys.stdout.write(json_line(found.as_dict()))
        return
    counts = found.counts
    rows = [
        ("records", counts.records, ""),
        ("entities", counts.entities, f"{counts.joined:,} records are one with another"),
        ("joined by numbers", counts.by_identifier, "links within entities"),
        ("joined by names", counts.by_names, "links within entities, with what is told beside names"),
        ("joined by people", counts.by_judgement, "decisions of `judge` and `review`"),
        ("open pairs", counts.open_pairs, "entities that might be one; `shellgame review` shows them"),
        ("suspicious", counts.suspicious, "entities to look at first in `shellgame review`"),
        ("contradictions", counts.contradictions, "`shellgame decisions contradictions` shows them"),
        ("pairs from before", counts.taken, "taken as they were"),
        ("pairs compared", counts.compared, "new or changed"),
    ]
    emit(
        (
            {"what": what, "count": f"{count:,}", "note": note}
            for what, count, note in rows
            if count or what != "contradictions"
        ),
        [Column("", "what", no_wrap=True), Column("count", "count", "right", no_wrap=True), Column("", "note")],
        as_json=False,
        title=f"Records as entities{f' on {found.on[:10]}' if found.on else ''}",
    )


def _tell(why: Why, *, as_json: bool | None) -> None:
    if wants_json(as_json):
        sys.stdout.write(json_line(why.as_dict()))
        return
    if not why.steps:
        paper().print(why.text, markup=False)
        return
    columns = [
        Column("record", "left_id", no_wrap=True),
        Column("and", "right_id", no_wrap=True),
        Column("rests on", "rests_on"),
        Column("probability", "probability", "right"),
        Column("why", "text"),
    ]
    emit([vars(step) for step in why.steps], columns, as_json=False, title=why.text)


def _show(found: Resolution, identity: str, *, as_json: bool | None) -> None:
    rows: list[dict[str, Any]] = [
        {"canonical_id": found.canonical(member.record_id), **vars(member)} for member in found.members(identity)
    ]
    columns = [
        Column("record", "record_id", no_wrap=True),
        Column("name", "caption"),
        Column("kind", "schema"),
        Column("sources", "sources"),
    ]
    emit(rows, columns, as_json=as_json, title=rows[0]["canonical_id"], footer=many(len(rows), "record"))


def _write(found: Resolution, file: Path, *, as_csv: bool) -> None:
    table = found.table()
    with written_whole(file) as aside:
        if as_csv:
            table = table.set_column(
                table.column_names.index("sources"), "sources", pc.binary_join(table["sources"], " ")
            )
            pyarrow.csv.write_csv(pa.table({name: _disarmed(table[name]) for name in table.column_names}), aside)
        else:
            pyarrow.parquet.write_table(table, aside, compression="zstd")


def _disarmed(column: pa.ChunkedArray) -> pa.StringArray:
    return pa.array(map(disarmed, column.to_pylist()), pa.string())
