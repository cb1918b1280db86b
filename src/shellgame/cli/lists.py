"""Commands about lists: which there are, getting them in, their versions, what changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from shellgame.cli.doing import Doing
from shellgame.cli.options import JsonOption, WorkspaceOption, workspace
from shellgame.cli.output import emit, say
from shellgame.cli.tables import Column
from shellgame.errors import NotFound
from shellgame.model.version import Version

app = typer.Typer()


@app.command()
def sources(folder: WorkspaceOption = None, as_json: JsonOption = None) -> None:
    """List the sources, and the newest version of each that is here."""
    ws = workspace(folder)
    rows = []
    for source in ws.sources():
        versions = ws.store.versions(source.name)
        newest = versions[-1] if versions else None
        rows.append(
            {
                "source": source.name,
                "title": source.title,
                "publisher": source.publisher,
                "jurisdiction": source.jurisdiction,
                "cadence": source.cadence,
                "licence": source.licence,
                "url": source.url,
                "formats": [layout.name for layout in source.formats],
                "versions": len(versions),
                "newest": newest.as_of if newest else None,
                "records": newest.counts.get("records", 0) if newest else None,
            }
        )
    columns = [
        Column("source", "source", no_wrap=True),
        Column("where", "jurisdiction"),
        Column("title", "title"),
        Column("published", "cadence"),
        Column("versions", "versions", "right"),
        Column("newest here", "newest"),
        Column("records", "records", "right"),
    ]
    emit(rows, columns, as_json=as_json, title=f"Sources ({ws.folder})")


@app.command()
def add(
    source: Annotated[
        str,
        typer.Argument(
            help="Name of the source, see `shellgame sources`; or a name of your own for a FollowTheMoney set."
        ),
    ],
    path: Annotated[Path, typer.Argument(help="The publication: a file, or the folder that holds its files.")],
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DAY", help="Day (or moment) of publication; what it prints when left out."),
    ] = None,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """Add a publication of a source as a version."""
    with Doing(f"reading {path.name}") as doing:
        version = workspace(folder).add(source, path, as_of, progress=doing.read)
    _emit_versions([version], as_json, f"{source}: {version.id}")
    for warning in version.warnings:
        say(f"note: {warning}")


@app.command()
def versions(
    source: Annotated[str, typer.Argument(help="Name of the source.")],
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """List the versions of a source, with their hashes."""
    found = workspace(folder).versions(source)
    if not found:
        raise NotFound(f"no version of {source} is here; add one with `shellgame add` or `shellgame fetch`")
    _emit_versions(found, as_json, f"Versions of {source}")


def _emit_versions(versions: list[Version] | tuple[Version, ...], as_json: bool | None, title: str) -> None:
    rows = [_version_row(version) for version in versions]
    columns = [
        Column("as of", "as_of", no_wrap=True),
        Column("version", "version", no_wrap=True),
        Column("format", "layout"),
        Column("records", "records", "right"),
        Column("claims", "claims", "right"),
        Column("new", "added", "right"),
        Column("gone", "ended", "right"),
        Column("sha256", "sha256_short", no_wrap=True),
    ]
    emit(rows, columns, as_json=as_json, title=title)


def _version_row(version: Version) -> dict[str, Any]:
    told = asdict(version)
    for internal in ("added_file", "ended_file"):
        del told[internal]
    return {
        **told,
        "layout": f"{version.format} (update)" if version.partial else version.format,
        "version": version.id,
        "records": version.counts.get("records", 0),
        "sha256_short": version.sha256[:16],
    }


@app.command()
def changes(
    source: Annotated[str, typer.Argument(help="Name of the source.")],
    start: Annotated[str, typer.Option("--from", metavar="DAY", help="First day; the version in force then.")],
    end: Annotated[str, typer.Option("--to", metavar="DAY", help="Second day.")],
    program: Annotated[str | None, typer.Option("--program", help="Only records listed under this programme.")] = None,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """Show who was added, removed or changed between two days."""
    with Doing("comparing"):
        found = workspace(folder).changes(source, start, end, program)
    between = {"earlier": found.earlier.id, "later": found.later.id, "not_compared": list(found.not_compared)}
    rows = [
        {**asdict(change), "what": _in_words(change.properties) if change.change == "changed" else "", **between}
        for change in found.changes
    ]
    columns = [
        Column("", "change", no_wrap=True),
        Column("id", "entity_id", no_wrap=True),
        Column("what", "schema"),
        Column("name", "caption"),
        Column("programmes", "programs"),
        Column("changed", "what"),
    ]
    kinds = Counter((change.change, change.schema) for change in found.changes)
    summary = (
        ", ".join(f"{number} {schema} {change}" for (change, schema), number in sorted(kinds.items())) or "no change"
    )
    emit(rows, columns, as_json=as_json, title=f"{source}: {found.earlier.as_of} → {found.later.as_of}", footer=summary)
    if found.not_compared:
        say(f"note: {', '.join(found.not_compared)} is in only one of the two versions and was not compared")
    if found.earlier.format != found.later.format:
        formats = f"{found.earlier.format}, {found.later.format}"
        say(f"note: the versions are in two formats ({formats}); some changes are of wording only")


def _in_words(properties: dict[str, dict[str, list[str]]]) -> str:
    return "; ".join(
        f"{prop}: " + " ".join([f"+{value}" for value in both["added"]] + [f"-{value}" for value in both["removed"]])
        for prop, both in properties.items()
    )
