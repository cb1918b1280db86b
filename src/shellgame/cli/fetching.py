"""Fetching lists from their publishers, with progress; what came is added as a version, or refused aloud."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from shellgame.cli.options import JsonOption, WorkspaceOption, workspace
from shellgame.cli.output import emit, say
from shellgame.cli.tables import Column
from shellgame.errors import FetchFailed, ShellgameError, WorkspaceError, WrongUse
from shellgame.workspace import Workspace

if TYPE_CHECKING:
    from shellgame.sources.fetch import Progress as Received

app = typer.Typer()


@app.command()
def fetch(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE]...", help="Which; all built-in ones when left out.")
    ] = None,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """Fetch lists from their official addresses and add what is new; a bad download is refused and the last good version stays."""
    ws = workspace(folder)
    names = sources or [source.name for source in ws.sources() if source.files]
    rows: list[dict[str, object]] = []
    failures: dict[str, ShellgameError] = {}
    for name in names:
        try:
            rows.append(_fetched(ws, name))
        except ShellgameError as error:
            failures[name] = error
            rows.append({"source": name, "outcome": "refused", "as_of": None, "records": None, "note": str(error)})
    columns = [
        Column("source", "source", no_wrap=True),
        Column("outcome", "outcome"),
        Column("as of", "as_of"),
        Column("records", "records", "right"),
        Column("note", "note"),
    ]
    emit(rows, columns, as_json=as_json, title="Fetched")
    if failures:
        told = "; ".join(f"{name}: {error}" for name, error in failures.items())
        raise _gravest(failures.values())(
            f"{len(failures)} of {len(names)} could not be fetched; what was here before stays. {told}"
        )


def _gravest(failures: Iterable[ShellgameError]) -> type[ShellgameError]:
    """The kind of error to leave with: the workspace before wrong use before what a publisher did."""
    found = tuple(failures)
    return next(
        (kind for kind in (WorkspaceError, WrongUse) if any(isinstance(each, kind) for each in found)), FetchFailed
    )


def _fetched(ws: Workspace, name: str) -> dict[str, object]:
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bars:
        tasks: dict[str, object] = {}

        def show(received: Received) -> None:
            if received.part not in tasks:
                tasks[received.part] = bars.add_task(f"{name} {received.part}", total=received.total)
            note = f" ({received.note})" if received.note else ""
            bars.update(
                tasks[received.part],  # type: ignore[arg-type]
                description=f"{name} {received.part}{note}",
                completed=received.received,
                total=received.total,
            )

        outcome = ws.fetch(name, progress=show)
    for warning in outcome.warnings:
        say(f"note: {name}: {warning}")
    version = outcome.version
    return {
        "source": name,
        "outcome": "new" if outcome.new else "unchanged",
        "as_of": version.as_of if version else None,
        "records": version.counts.get("records", 0) if version else None,
        "note": "",
    }
