"""The main job on the command line: everything about a name in one go, told in short and written as a dossier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from shellgame.case.dossier import FILES, write_dossier
from shellgame.case.owners_words import LEAD, answer_words, chain, held_words, hop_words, lists_words, source_words
from shellgame.case.uncovered import Uncovered
from shellgame.case.words import TLP
from shellgame.cli.coverage import coverage_row
from shellgame.cli.doing import Doing
from shellgame.cli.networks import network_rows
from shellgame.cli.options import ForceOption, JsonOption, OnOption, WorkspaceOption, ready_to_match, workspace
from shellgame.cli.output import cell, chosen, emit, paper, say, see_folder, wants_json
from shellgame.cli.owners import owner_rows
from shellgame.errors import WrongUse
from shellgame.graph.ownership.found import FoundOwners
from shellgame.model.entity import Entity
from shellgame.resolve.coverage import Coverage

app = typer.Typer()
_MOST_TOLD = 12


@app.command()
def uncover(
    name: Annotated[str, typer.Argument(metavar="NAME|ID", help="Whom to look at.")],
    on: OnOption = None,
    depth: Annotated[
        int | None,
        typer.Option("--depth", min=1, help="Most steps of the network.", show_default="as far as evidence reaches"),
    ] = None,
    into: Annotated[
        Path | None, typer.Option("--into", help="Folder for the dossier.", show_default="./dossier-NAME")
    ] = None,
    tlp: Annotated[
        str, typer.Option("--tlp", help="Marking of the dossier: CLEAR, GREEN, AMBER, AMBER+STRICT, RED.")
    ] = "AMBER",
    force: ForceOption = False,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """Screen, network, coverage, story and dossier of a name, in one go."""
    ws = workspace(folder)
    marking = chosen(tlp.upper(), TLP, "marking")
    dossier = into or Path(f"dossier-{_slug(name)}")
    see_folder(dossier)
    _refuse_older(dossier, force=force)
    ready_to_match()
    with Doing(f"uncovering {name}") as doing:
        found = replace(ws.uncover(name, on, depth, progress=doing.compared), tlp=marking)
    with Doing("writing the dossier"):
        files = write_dossier(found, dossier)
    if wants_json(as_json):
        emit([as_row(found, files)], [], as_json=True)
        return
    tell(paper(), found)
    for file in files:
        say(f"wrote {file}")


def _refuse_older(folder: Path, *, force: bool) -> None:
    """See that no older dossier, or what somebody made of it, is lost.

    Raises:
        WrongUse: One of the files is there already, and is not to be written over.
    """
    there = [name for name in FILES if (folder / name).exists()]
    if there and not force:
        raise WrongUse(
            f"{folder} has {', '.join(there)} already; name another folder with --into, or write over it with --force"
        )


def _slug(name: str) -> str:
    return "-".join("".join(letter if letter.isalnum() else " " for letter in name.lower()).split())[:60] or "unnamed"


def as_row(found: Uncovered, files: Sequence[Path]) -> dict[str, Any]:
    """The whole answer as one JSON object."""
    return {
        "asked": found.asked,
        "on": found.on,
        "subjects": list(found.subjects),
        "hits": [{"entity_id": hit.entity_id, "caption": hit.caption, "score": hit.score} for hit in found.hits.hits],
        "coverage": [coverage_row(row) for row in found.coverage],
        "owners": [row for each in found.owners for row in owner_rows(each)],
        "network": list(network_rows(found.network)),
        "timeline": [
            {
                "day": moment.day,
                "what": moment.what,
                "entity_id": moment.entity_id,
                "known": moment.known,
                "claim_id": moment.claim.claim_id,
            }
            for moment in found.timeline
        ],
        "unknown": list(found.unknown),
        "versions": [
            {"source": each.source, "version": each.id, "as_of": each.as_of, "sha256": each.sha256}
            for each in found.versions
        ],
        "files": [str(file) for file in files],
    }


def tell(console: Console, found: Uncovered) -> None:
    """Tell the answer in short, for people."""
    _heading(console, f"{found.asked}" + (f", as known on {found.on}" if found.on else ""))
    for identity, parts in found.subjects.items():
        if entity := parts.get(identity):
            console.print(f"  [bold]{escape(cell(entity.caption))}[/]  {escape(cell(_record(entity)))}")
    _heading(console, "Listed")
    for row in found.coverage:
        if row.status in ("listed", "delisted"):
            console.print(f"  {escape(_in_words(row))}")
    told = {row.jurisdiction for row in found.coverage if row.status in ("listed", "delisted")}
    silent = {(row.jurisdiction, row.status): row for row in found.coverage if row.jurisdiction not in told}
    for row in silent.values():
        looked_at = ", ".join(row.lists)
        if row.status == "not_listed":
            console.print(escape(f"  {row.jurisdiction}: not on {looked_at}"))
        elif row.unknown_since:
            console.print(escape(f"  {row.jurisdiction}: unknown since {row.unknown_since} ({'; '.join(row.why)})"))
        elif row.lists:
            console.print(escape(f"  {row.jurisdiction}: unknown; looked at {looked_at} ({'; '.join(row.why)})"))
        else:
            console.print(f"  {row.jurisdiction}: unknown, none of its lists is in this workspace")
    for owned in found.owners:
        _tell_owners(console, owned)
    network = found.network
    _heading(console, f"Network: {len(network.entities)} entities, {len(network.ties)} ties")
    captions = {identity: cell(entity.caption) for identity, entity in network.entities.items()}
    for tie in network.ties[:_MOST_TOLD]:
        relation = f"same {tie.schema}" if tie.kind == "shared" else tie.label
        console.print(escape(f"  {captions[tie.source_id]} — {cell(relation)} — {captions[tie.target_id]}"))
    if len(network.ties) > _MOST_TOLD:
        console.print(f"  … and {len(network.ties) - _MOST_TOLD} more in the dossier")
    _heading(console, "Not known")
    for sentence in found.unknown:
        console.print(f"  {escape(cell(sentence))}")
    console.print("\nA lead, not a verdict: every statement stands in the dossier with its source and words.")


def _tell_owners(console: Console, found: FoundOwners) -> None:
    """Tell what the rules make of who owns a subject, and by which stakes."""
    _heading(console, f"Ownership rules on {found.day}: {found.party.called}")
    for held in found.rules:
        told = f"{answer_words(found, held)}, {held_words(held)} (who is listed: {lists_words(found, held)})"
        console.print(f"  {escape(held.rule.title)} ({held.rule.jurisdiction}): {escape(told)}")
    for hop in chain(found)[:_MOST_TOLD]:
        console.print(f"    {escape(cell(hop_words(found, hop.stake)))}")
        console.print(f"        {escape(cell(source_words(found, hop.stake)))}")
    console.print(f"  {LEAD}")


def _record(entity: Entity) -> str:
    return f"{entity.schema}, {entity.id}, in {', '.join(entity.sources)}"


def _heading(console: Console, text: str) -> None:
    console.print(f"\n[bold]{escape(cell(text))}[/]")


def _in_words(row: Coverage) -> str:
    who = f"{row.caption} ({row.entity_id})"
    status = row.status if row.identity == "confirmed" else f"perhaps {row.status}"
    since = (
        f" since {row.since}" if row.since else f", seen since {row.seen_since}" if row.seen_since else ", day not told"
    )
    until = f" until {row.until}" if row.until else ""
    programs = f" under {', '.join(row.programs)}" if row.programs else ""
    return f"{row.jurisdiction}: {who} {status}{since}{until}{programs}; identity {row.identity} ({'; '.join(row.why)})"
