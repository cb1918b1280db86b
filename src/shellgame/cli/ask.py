"""Commands about single records: everything claimed about one, and the one that decides whether two are one party."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated

import typer

from shellgame.cli.doing import Doing
from shellgame.cli.options import JsonOption, OnOption, WorkspaceOption, workspace
from shellgame.cli.output import emit
from shellgame.cli.tables import Column
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
    with Doing("reading claims"):
        found = workspace(folder).entity(identity, on)
    first = next(iter(found.values()))
    newest = _newest(claim for part in found.values() for claim in part.claims)
    rows = (
        {
            **claim._asdict(),
            "shown": claim.prop if part.id == identity else f"{part.schema}.{claim.prop}",
            "where": claim.locator,
            "since": claim.first_seen if claim.last_seen >= newest[claim.source] else _until(claim),
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
        Column("since", "since"),
    ]
    emit(rows, columns, as_json=as_json, title=f"{first.caption} ({first.schema}, {identity})")


def _newest(claims: Iterable[Claim]) -> dict[str, str]:
    """The day of the version that each source's claims rest on; those of files that it came without are of an older one."""
    newest: dict[str, str] = {}
    for claim in claims:
        newest[claim.source] = max(newest.get(claim.source, ""), claim.last_seen)
    return newest


def _until(claim: Claim) -> str:
    return f"{claim.first_seen}, last told {claim.last_seen}"


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
