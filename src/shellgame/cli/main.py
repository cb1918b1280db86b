"""The command line: one command group per subject, one way to report errors."""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from shellgame.cli import ask, demo, fetching, lists, screening, uncover
from shellgame.cli.output import say
from shellgame.errors import ShellgameError, exit_code

app = typer.Typer(
    name="shellgame",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"shellgame {version('shellgame')}")
        raise typer.Exit


@app.callback()
def shellgame(
    tell_version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Tell the version and leave.")
    ] = False,
) -> None:
    """Uncovers sanctions-evasion networks and keeps up with them when they move.

    Scores and networks are leads, not verdicts.
    """


for group in (lists, fetching, screening, ask, uncover, demo):
    app.registered_commands += group.app.registered_commands


def run() -> None:
    """Run the command line and leave with its exit code."""
    try:
        app()
    except ShellgameError as error:
        say(f"error: {error}")
        sys.exit(exit_code(error))
    except BrokenPipeError:
        sys.exit(0)
