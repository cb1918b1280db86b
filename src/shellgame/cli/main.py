"""The command line: one command group per subject, one way to report errors."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup
from typer.main import get_group

from shellgame.cli.output import say
from shellgame.errors import ShellgameError, WorkspaceError, exit_code

_INTERRUPTED = 130
"""Exit code of a program that was stopped with Ctrl-C: 128 and the number of the signal."""

COMMANDS = {
    "sources": "lists",
    "add": "lists",
    "versions": "lists",
    "changes": "lists",
    "fetch": "fetching",
    "screen": "screening",
    "entity": "ask",
    "network": "ask",
    "coverage": "ask",
    "judge": "ask",
    "uncover": "uncover",
    "demo": "demo",
}
"""Each command, in the order of the help, and the module of this folder that has it."""


class _Commands(TyperGroup):
    """The commands; a module is loaded when one of its commands is asked for, since some take a second to load."""

    def list_commands(self, ctx: object) -> list[str]:
        """The commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: object, cmd_name: str) -> Any:
        """A command by its name; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        return get_group(import_module(f"shellgame.cli.{COMMANDS[cmd_name]}").app).commands[cmd_name]


app = typer.Typer(
    name="shellgame",
    cls=_Commands,
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


def run() -> None:
    """Run the command line and leave with its exit code."""
    try:
        app()
    except ShellgameError as error:
        say(f"error: {error}")
        sys.exit(exit_code(error))
    except BrokenPipeError:
        sys.exit(0)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        say(f"error: {where}{error.strerror or error}; see that it is there, may be used and has room")
        sys.exit(exit_code(WorkspaceError()))
    except KeyboardInterrupt:
        _stopped()
    except SystemExit as left:  # how Typer leaves when it was interrupted
        if left.code == _INTERRUPTED:
            _stopped()
        raise


def script() -> NoReturn:
    """Run as a program: like `run`, but leave at once instead of taking half a million claims apart one by one."""
    code: object = 0
    try:
        run()
    except SystemExit as left:
        code = left.code
    with suppress(BrokenPipeError):
        sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


def _stopped() -> NoReturn:
    say("stopped; what was begun and not finished has changed nothing")
    sys.exit(_INTERRUPTED)
