"""Commands that ask about somebody: an entity, its network; and the one that decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from shellgame.cli.network_files import FormatOption, IntoOption, drawn, format_of, put
from shellgame.cli.options import ForceOption, JsonOption, OnOption, WorkspaceOption, ready_to_match, working, workspace
from shellgame.cli.output import Column, cell, emit, json_line, paper, say, see_place
from shellgame.graph.network import Network
from shellgame.graph.ties import Tie
from shellgame.model.claim import Claim

app = typer.Typer()


@app.command()
def entity(
    identity: Annotated[str, typer.Argument(metavar="ID", help="Id of a record, such as ofac-48380.")],
    on: OnOption = None,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """Show everything claimed about an entity, claim by claim, with its source."""
    with working("reading claims"):
        found = workspace(folder).entity(identity, on)
    first = next(iter(found.values()))
    rows = (
        {
            **claim._asdict(),
            "shown": claim.prop if part.id == identity else f"{part.schema}.{claim.prop}",
            "where": claim.locator,
        }
        for part in found.values()
        for claim in part.claims
    )
    columns = [
        Column("property", "shown", no_wrap=True),
        Column("value", "value"),
        Column("source", "source"),
        Column("where", "where"),
        Column("words", "quote"),
        Column("since", "first_seen", no_wrap=True),
    ]
    emit(rows, columns, as_json=as_json, title=f"{first.caption} ({first.schema}, {identity})")


@app.command()
def network(
    name_or_id: Annotated[str, typer.Argument(metavar="ID|NAME", help="Where to start.")],
    on: OnOption = None,
    depth: Annotated[
        int | None, typer.Option("--depth", min=1, max=6, help="Steps from the start.", show_default="3")
    ] = None,
    written: FormatOption = None,
    into: IntoOption = None,
    force: ForceOption = False,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """Show the network around an entity: who is tied to whom, by which words of which source."""
    written = format_of(written, into, as_json)
    ws = workspace(folder)
    if into:
        see_place(into, force=force, outside=ws.folder)
    ready_to_match()
    with working("following ties"):
        found = ws.network(name_or_id, on, depth)
    title = f"Network of {name_or_id}"
    if written == "table":
        tell_network(paper(), found, title)
    elif written == "json":
        put("".join(map(json_line, network_rows(found))), into)
    else:
        put(drawn(found, written, title=title, notice=ws.invented, day=on or ""), into)
    if found.stopped:
        say(f"note: the network is larger than shown; {len(found.stopped)} more entities were left out")


def tell_network(console: Console, network: Network, title: str) -> None:
    """Print a network for people: who is in it by distance, then each tie with the words it rests on."""
    table = Table(title=escape(title), title_justify="left", header_style="bold", pad_edge=False, box=SIMPLE_HEAD)
    for heading in ("steps", "name", "what", "id", "sources"):
        table.add_column(heading, overflow="fold")
    for identity, entity in sorted(
        network.entities.items(), key=lambda item: (network.distance[item[0]], item[1].caption)
    ):
        steps = str(network.distance[identity])
        table.add_row(
            steps,
            *(escape(cell(each)) for each in (entity.caption, entity.schema, identity, ", ".join(entity.sources))),
        )
    console.print(table)
    captions = {identity: cell(entity.caption) for identity, entity in network.entities.items()}
    for tie in network.ties:
        line = "──▶" if tie.kind == "link" else "┄┄┄"
        relation = f"same {tie.schema}" if tie.kind == "shared" else cell(tie.label)
        console.print(
            f"[bold]{escape(captions[tie.source_id])}[/] {line} [cyan]{escape(relation)}[/] {line} "
            f"[bold]{escape(captions[tie.target_id])}[/]  [dim]{tie.strength:.2f}[/]"
        )
        for words, places in _said(tie).items():
            console.print(f"    “{escape(cell(words))}”  [dim]{escape(cell(', '.join(places)))}[/]")
    console.print(f"{_summary(network)}. Ties are leads with their sources, not findings of guilt.")


def _said(tie: Tie) -> dict[str, list[str]]:
    """The words a tie rests on, each with the places that print them; where no words are quoted, the relation itself."""
    found: dict[str, list[str]] = {}
    quoted = [claim for claim in tie.claims if claim.quote] or list(
        tie.claims[:1] if tie.kind == "link" else tie.claims
    )
    for claim in quoted:
        words = tie.label if tie.kind == "link" and not claim.quote else claim.said
        places = found.setdefault(words, [])
        if (place := f"{claim.source} {claim.locator}") not in places:
            places.append(place)
    return found


def _summary(network: Network) -> str:
    return f"{len(network.entities)} entities, {len(network.ties)} ties"


def network_rows(network: Network) -> Iterator[dict[str, Any]]:
    """A network as rows: its entities, then its ties with their evidence."""
    for identity, entity in network.entities.items():
        yield {
            "kind": "entity",
            "id": identity,
            "caption": entity.caption,
            "schema": entity.schema,
            "source_id": None,
            "target_id": None,
            "strength": None,
            "distance": network.distance[identity],
            "sources": entity.sources,
            "evidence": [evidence(claim) for claim in entity.claims if claim.prop == "name"],
        }
    for tie in network.ties:
        yield {
            "kind": tie.kind,
            "id": tie.id,
            "caption": tie.label,
            "schema": tie.schema,
            "source_id": tie.source_id,
            "target_id": tie.target_id,
            "strength": round(tie.strength, 3),
            "start": tie.start,
            "end": tie.end,
            "evidence": [evidence(claim) for claim in tie.claims],
        }


def evidence(claim: Claim) -> dict[str, str]:
    """Where a claim stands, for programs: claim id, source, version, locator, quote."""
    return {
        "claim_id": claim.claim_id,
        "source": claim.source,
        "version": claim.last_version,
        "locator": claim.locator,
        "quote": claim.said,
        "stance": claim.stance,
    }


@app.command()
def judge(
    left: Annotated[str, typer.Argument(metavar="ID", help="Id of a record.")],
    right: Annotated[str, typer.Argument(metavar="ID", help="Id of another record.")],
    verdict: Annotated[str, typer.Argument(metavar="same|different|unsure", help="What you decide.")],
    why: Annotated[str, typer.Option("--why", help="Your reason.")],
    author: Annotated[
        str | None,
        typer.Option("--author", envvar="SHELLGAME_AUTHOR", help="Who decides; your user name when left out."),
    ] = None,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """Decide whether two records are one party; the decision is kept with author, time and reason."""
    made = workspace(folder).judge(left, right, verdict, why=why, author=author)
    columns = [Column(name, name) for name in ("left_id", "right_id", "judgement", "why", "author", "decided_at")]
    emit([asdict(made)], columns, as_json=as_json, title="Judgement")
