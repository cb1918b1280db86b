"""The command that screens names: each is answered as soon as it is found, with progress where there are many."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress

from shellgame.cli.options import JsonOption, OnOption, WorkspaceOption, working, workspace
from shellgame.cli.output import Column, emit, say, wants_json
from shellgame.cli.queries import queries_of
from shellgame.match.hits import Hit, Hits
from shellgame.resolve.screening import ALERT

app = typer.Typer()


@app.command()
def screen(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Names to look for, in any script.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="A CSV file with a column `name` (and `schema`, if you like).")
    ] = None,
    schema: Annotated[str | None, typer.Option("--schema", help="Only Person, Company, Organization, Vessel …")] = None,
    on: OnOption = None,
    threshold: Annotated[
        float, typer.Option("--threshold", min=0, max=1, help="Lowest score; 0.70 is an alert.")
    ] = ALERT,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most hits for each name.")] = 5,
    source: Annotated[
        list[str] | None, typer.Option("--source", help="Only names from this source; may be repeated.")
    ] = None,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """Find parties with a name like one of these. No hit means nothing alike in what is here, no more."""
    queries = queries_of(names or [], file, say)
    with working("reading names"):
        screening = workspace(folder).screening(on, source)
    for gap in screening.gaps:
        say(f"note: {gap}")

    def answers() -> Iterator[Hits]:
        with Progress(console=Console(stderr=True), transient=True, disable=not _worth_a_bar(len(queries))) as bar:
            for query in bar.track(queries, description="screening"):
                yield screening.search(query, schema=schema, limit=limit, threshold=threshold)

    if wants_json(as_json):
        emit(map(_row, answers()), [], as_json=True)
    else:
        _tell(list(answers()), threshold)


def _worth_a_bar(number: int) -> bool:
    return number > 1 and sys.stderr.isatty()


def _tell(found: list[Hits], threshold: float) -> None:
    rows = [{"query": hits.query, **_hit_row(hit), "why": hit.text} for hits in found for hit in hits.hits]
    columns = [
        Column("query", "query"),
        Column("score", "score", "right"),
        Column("id", "entity_id", no_wrap=True),
        Column("name", "caption"),
        Column("listed", "listed_in_words"),
        Column("what", "schema"),
        Column("sources", "sources"),
        Column("why", "why"),
    ]
    without = [hits.query for hits in found if not hits.hits]
    footer = (
        f"nothing at {threshold:.2f} or more in what is here: {', '.join(without)}; a lower --threshold shows more"
        if without
        else ""
    )
    emit(rows, columns, as_json=False, title="Screening (leads, not verdicts)", footer=footer)


def _row(hits: Hits) -> dict[str, Any]:
    return {"query": hits.query, "hits": [_hit_row(hit) for hit in hits.hits], "versions": list(hits.versions)}


def _hit_row(hit: Hit) -> dict[str, Any]:
    return {
        "entity_id": hit.entity_id,
        "caption": hit.caption,
        "schema": hit.schema,
        "score": hit.score,
        "listed": hit.listed,
        "listed_in_words": "yes" if hit.listed else "no, only named",
        "sources": list(hit.sources),
        "explanation": hit.explanation,
    }
