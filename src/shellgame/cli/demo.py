"""The whole way on an invented world, without a network: lists come in, change, and a name is uncovered."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from shellgame.case.dossier import write_dossier
from shellgame.cli.doing import Doing
from shellgame.cli.options import JsonOption, ready_to_match
from shellgame.cli.output import emit, paper, say, wants_json
from shellgame.cli.uncover import as_row, tell
from shellgame.errors import WrongUse
from shellgame.testing.world import DAYS, NOTICE, PROGRAM, make_world
from shellgame.testing.world_files import write_world
from shellgame.workspace import INVENTED
from shellgame.workspace import open as open_workspace

app = typer.Typer()
_MADE = frozenset({"publications", "workspace", "dossier"})
"""The folders a demo makes."""


@app.command()
def demo(
    into: Annotated[Path, typer.Option("--into", help="Folder to put everything in; made anew.")] = Path(
        "shellgame-demo"
    ),
    seed: Annotated[int, typer.Option("--seed", help="Another seed is another world.")] = 7,
    as_json: JsonOption = None,
) -> None:
    """Walk the whole way on the built-in sample world; nobody in it is real."""
    _make_room(into)
    world = make_world(seed)
    written = write_world(world, into / "publications")
    workspace_folder = into / "workspace"
    workspace_folder.mkdir()
    (workspace_folder / INVENTED).write_text(NOTICE + "\n", encoding="utf-8")
    ws = open_workspace(workspace_folder)
    say(NOTICE)
    for publication in written:
        with Doing(f"adding {publication.source} of {publication.as_of}"):
            version = ws.add(publication.source, publication.path, publication.as_of)
        counted = f"{version.counts['records']} records, {version.added} new claims, {version.ended} gone"
        say(f"added {version.source} of {version.as_of}: {counted}")
    changed = ws.changes("us_ofac_sdn", DAYS[0].isoformat(), DAYS[1].isoformat(), PROGRAM).changes
    say(f"between {DAYS[0]} and {DAYS[1]}: {sum(change.change == 'added' for change in changed)} added under {PROGRAM}")
    ready_to_match()
    with Doing("uncovering"):
        found = ws.uncover(world.houses[0].name)
        files = write_dossier(found, into / "dossier")
    if wants_json(as_json):
        emit([as_row(found, files)], [], as_json=True)
        return
    tell(paper(), found)
    say(f"look at {into / 'dossier' / 'dossier.html'}, and dossier.pdf beside it")
    say(f'ask more with: shellgame network "{world.houses[1].name}" -w {workspace_folder}')


def _make_room(folder: Path) -> None:
    """Clear what an earlier demo made; where anything else lies in the folder, refuse."""
    if folder.exists() and not folder.is_dir():
        raise WrongUse(f"{folder} is a file; give a folder with --into")
    there = {path.name for path in folder.iterdir()} if folder.exists() else set()
    if there and (there - _MADE or not (folder / "workspace" / INVENTED).exists()):
        raise WrongUse(
            f"{folder} holds something else ({', '.join(sorted(there - _MADE or there))}); give another folder with --into"
        )
    for name in there:
        shutil.rmtree(folder / name)
    folder.mkdir(parents=True, exist_ok=True)
