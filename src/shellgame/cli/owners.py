"""The command that tells who is caught by whose ownership rule, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from shellgame.case.owners_words import (
    LEAD,
    answer_of,
    answer_words,
    chain,
    cite_words,
    figure_words,
    held_words,
    hop_words,
    listed_words,
    lists_words,
    missing,
    missing_of,
    reached_words,
    source_words,
    status_words,
)
from shellgame.cli.ask import evidence
from shellgame.cli.doing import Doing
from shellgame.cli.options import ForceOption, JsonOption, OnOption, WorkspaceOption, ready_to_match, workspace
from shellgame.cli.output import cell, emit, paper, plain, say, see_place, wants_json
from shellgame.cli.patterns import tell_patterns
from shellgame.cli.tables import Column
from shellgame.errors import WrongUse
from shellgame.graph.ownership.chains import Hop
from shellgame.graph.ownership.found import FoundOwners, FoundReach
from shellgame.model.stakes import IN_SHARES, PERCENT
from shellgame.store.files import written_whole

app = typer.Typer()
_STYLES = {"caught": "bold red", "not_caught": "", "unknown": "yellow", "listed": "bold red"}


@app.command()
def owners(
    name_or_id: Annotated[
        str, typer.Argument(metavar="ID|NAME", help="The company asked about; with --down whoever owns.")
    ],
    on: OnOption = None,
    down: Annotated[
        bool, typer.Option("--down", help="Show instead which companies its ownership reaches, if it is listed.")
    ] = False,
    moved: Annotated[
        bool, typer.Option("--patterns", help="Show instead how stakes and roles moved about listings.")
    ] = False,
    page: Annotated[Path | None, typer.Option("--html", help="Also write a page with the chains drawn.")] = None,
    force: ForceOption = False,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """Show who is caught by whose ownership rule on a day, all rules side by side, with the chain of claims.

    Leads, no legal advice.
    """
    if (down or moved) and page:
        raise WrongUse("--html draws who owns a company; leave it out, or --down and --patterns")
    if down and moved:
        raise WrongUse("--down and --patterns are two questions; ask one after the other")
    if page:
        see_place(page, force=force, outside=workspace(folder).folder)
    ready_to_match()
    if moved:
        with Doing("following stakes"):
            findings = workspace(folder).patterns(name_or_id, on)
        tell_patterns(findings, as_json=as_json)
        return
    if down:
        with Doing("following stakes"):
            reach = workspace(folder).reach(name_or_id, on)
        _tell_reach(reach, as_json=as_json)
        return
    with Doing("following stakes"):
        found = workspace(folder).owners(name_or_id, on)
    if page:
        from shellgame.case.owners_page import owners_html  # the template engine is loaded only for a page

        with written_whole(page) as aside:
            aside.write_text(owners_html(found), encoding="utf-8")
        say(f"written: {page}")
    if wants_json(as_json):
        emit(list(owner_rows(found)), [], as_json=True)
    else:
        tell_owners(paper(), found)


def owner_rows(found: FoundOwners) -> Iterator[dict[str, Any]]:
    """The answers as rows, one a rule."""
    for held in found.rules:
        rule = held.rule
        low, high = (None, None) if held.kind is None else (each / PERCENT for each in held.held)
        yield {
            "rule": rule.id,
            "jurisdiction": rule.jurisdiction,
            "answer": answer_of(found, held),
            "low": low,
            "high": high,
            "kind": held.kind,
            "chain": [_hop_row(found, hop) for hop in held.chain],
            "missing": list(missing_of(found, held)),
            "lists": [used._asdict() for used in found.lists.get(rule.id, ())],
            "status": rule.status,
            "listed": held.is_listed,
            "listings": [
                {
                    "source": listing.entity.claims[0].source,
                    "record_id": listing.entity.claims[0].record_id,
                    "since": listing.since,
                    "programs": listing.entity.properties.get("program", []),
                }
                for listing in held.listings
            ],
            "asked": found.asked.as_dict(),
            "entity_id": found.party.id,
            "records": list(found.party.records),
            "caption": found.party.name,
            "on": found.day,
            "title": rule.title,
            "version": rule.valid_from or None,
            "until": rule.valid_to or None,
            "cite": rule.cite,
            "url": rule.url or None,
            "verified": rule.verified,
            "note": rule.note,
            "economic_interest": found.economic and [each / PERCENT for each in found.economic],
            "divergence": found.divergence or None,
            "cautions": list(found.cautions),
            "notes": list(found.notes),
        }


def _hop_row(found: FoundOwners, hop: Hop) -> dict[str, Any]:
    stake = hop.stake
    return {
        "owner_id": stake.owner,
        "owner": found.parties[stake.owner].name or None,
        "owner_is": hop.owner_is,
        "asset_id": stake.owned,
        "asset": found.parties[stake.owned].name or None,
        "kind": stake.kind,
        "low": stake.interval.low / PERCENT if stake.kind in IN_SHARES else None,
        "high": stake.interval.high / PERCENT if stake.kind in IN_SHARES else None,
        "start": min((told.start for told in stake.told if told.start), default=None),
        "end": max((told.end for told in stake.told if told.end), default=None),
        "sources": sorted({told.source for told in stake.told}),
        "notes": list(stake.notes),
        "evidence": [evidence(found.claims[each]) for each in stake.claims if each in found.claims],
    }


def tell_owners(console: Console, found: FoundOwners) -> None:
    """Print the answers for people: listings first, the rules side by side, then each chain with its sources."""
    name = found.party.called
    if found.notice:
        console.print(f"[bold]{escape(cell(found.notice))}[/]")
    console.print(
        f"[bold]{escape(cell(name))}[/]  {escape(cell(found.party.schema))}, {escape(cell(found.party.id))}, on {found.day}"
    )
    if found.asked.text:
        console.print(f"[yellow]{escape(cell(found.asked.text))}[/]")
    for line in listed_words(found):
        console.print(f"[bold red]{escape(cell(line))}[/]")
    table = Table(title="Ownership rules", title_justify="left", header_style="bold", pad_edge=False, box=SIMPLE_HEAD)
    for heading in ("rule", "law on the day", "answer", "held by listed or caught owners", "who is listed, by"):
        table.add_column(heading, overflow="fold")
    for held in found.rules:
        table.add_row(
            escape(f"{held.rule.title} ({held.rule.jurisdiction})"),
            escape(status_words(held.rule)),
            Text(answer_words(found, held), style=_STYLES[answer_of(found, held)] if held.rule.in_force else "dim"),
            escape(held_words(held)),
            escape(lists_words(found, held)),
        )
    console.print(table)
    _tell(console, "What is missing", [f"{words}  ({', '.join(rules)})" for words, rules in missing(found).items()])
    hops = chain(found)
    if hops:
        console.print("[bold]What leads to it from listed owners[/]")
    for hop in hops:
        console.print(f"  {escape(plain(hop_words(found, hop.stake)))}")
        console.print(f"      [dim]{escape(cell(source_words(found, hop.stake)))}[/]")
        for note in hop.stake.notes:
            console.print(f"      note: {escape(cell(note))}")
    if found.economic is not None:
        words = figure_words(found.economic)
        console.print(
            f"Economic interest of listed parties, shares of shares multiplied: {words}. No rule asks for it."
        )
    if found.divergence:
        console.print(f"Rules differ: {escape(found.divergence)}.")
    _tell(console, "Cautions", found.cautions)
    _tell(console, "Notes", found.notes)
    for held in found.rules:
        console.print(f"[dim]{escape(cite_words(held.rule))}[/]")
    console.print(LEAD)


def _tell_reach(reach: FoundReach, *, as_json: bool | None) -> None:
    """Print the companies that a party's ownership reaches, each with what every rule makes of it."""
    if reach.asked.text:
        say(f"note: {reach.asked.text}")
    rows = [
        {
            "asked": reach.asked.as_dict(),
            "entity_id": below.party.id,
            "caption": below.party.name or None,
            "steps": below.steps,
            "rules": [
                {
                    "rule": rule.id,
                    "jurisdiction": rule.jurisdiction,
                    "status": rule.status,
                    "answer": told.answer,
                    "low": told.held.low / PERCENT,
                    "high": told.held.high / PERCENT,
                    "alone": told.alone,
                    "listed": told.listed,
                    "owner_is_listed": rule.id in reach.listed,
                    "lists": [used._asdict() for used in reach.lists.get(rule.id, ())],
                }
                for rule in reach.rules
                for told in [below.rules[rule.id]]
            ],
            **{rule.id: reached_words(below.rules[rule.id]) for rule in reach.rules},
        }
        for below in reach.companies
    ]
    if wants_json(as_json):
        keys = ("entity_id", "caption", "steps", "rules", "asked")
        emit([{key: row[key] for key in keys} for row in rows], [], as_json=True)
        return
    columns = [
        Column("id", "entity_id", no_wrap=True),
        Column("company", "caption"),
        Column("steps", "steps", justify="right"),
    ]
    columns += [Column(rule.title + ("" if rule.in_force else f" ({rule.status})"), rule.id) for rule in reach.rules]
    emit(
        rows,
        columns,
        as_json=False,
        title=f"What the ownership of {reach.party.called} reaches on {reach.day}",
    )
    taken = [rule.title for rule in reach.rules if rule.id not in reach.listed]
    if taken:
        say(f"note: it is not listed under {', '.join(taken)}; shown is what its listing there would reach")
    if reach.note:
        say(f"note: {reach.note}")
    if reach.stopped:
        say("note: there is more below it than was read")
    say(f"note: {LEAD}")


def _tell(console: Console, heading: str, sentences: Sequence[str]) -> None:
    if sentences:
        console.print(f"[bold]{heading}[/]")
    for words in sentences:
        console.print(f"  • {escape(plain(words))}")
