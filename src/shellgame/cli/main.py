"""The command line: one command group per subject, one way to report errors."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

from shellgame.cli.output import say
from shellgame.errors import ShellgameError, WorkspaceError, exit_code

_INTERRUPTED = 130
"""Exit code of a program that was stopped with Ctrl-C: 128 and the number of the signal."""

COMMANDS = {
    "sources": ("lists", "List the sources, and the newest version of each that is here."),
    "add": ("lists", "Add a publication of a source as a version."),
    "versions": ("lists", "List the versions of a source, with their hashes."),
    "changes": ("lists", "Show who was added, removed or changed between two days."),
    "fetch": (
        "fetching",
        "Fetch lists from their official addresses and add what is new; "
        "a bad download is refused and the last good version stays.",
    ),
    "screen": (
        "screening",
        "Find parties with a name like one of these. No hit means nothing alike in what is here, no more.",
    ),
    "entity": ("ask", "Show everything claimed about an entity, claim by claim, with its source."),
    "network": ("networks", "Show the network around an entity: who is tied to whom, by which words of which source."),
    "paths": ("networks", "Show the best evidenced ways between two entities, every tie with its sources."),
    "roots": (
        "networks",
        "Rank the few who hold a network together: whose designation would cut most of its reach. Leads, not verdicts.",
    ),
    "owners": (
        "owners",
        "Show who is caught by whose ownership rule on a day, all rules side by side, with the chain of claims.",
    ),
    "coverage": ("coverage", "Show who lists whom where, since when and under what."),
    "gaps": ("coverage", "Show who is listed in one jurisdiction and not in another, for how long, and tied to whom."),
    "actions": (
        "coverage",
        "Show the days on which several jurisdictions moved together, whom they shared, and who stayed out.",
    ),
    "lag": (
        "coverage",
        "Show how many days each jurisdiction takes to follow each other one, those that did not yet counted in.",
    ),
    "likely": (
        "coverage",
        "Rank who of those that others list may be listed next in a jurisdiction, with reasons. Leads, not forecasts of guilt.",
    ),
    "resolve": (
        "resolve",
        "Join the records of all lists into entities, tell why two records are one, or show the records of an entity.",
    ),
    "judge": ("ask", "Decide whether two records are one party; the decision is kept with author, time and reason."),
    "review": (
        "review",
        "Go through open pairs side by side, best first, by keyboard: same, different, unsure, skip, undo, with a reason.",
    ),
    "decisions": (
        "review",
        "List, take back, export and import what people decided about pairs of records, "
        "and show where they contradict one another.",
    ),
    "uncover": ("uncover", "Screen, network, coverage, story and dossier of a name, in one go."),
    "demo": ("demo", "Walk the whole way on the built-in sample world; nobody in it is real."),
}
"""Each command, in the order of the help, with the module of this folder that has it and the first lines of its own help."""


class _Later(TyperCommand):
    """A command of which only name and help are known; its module is loaded when it runs, since some take a second to load."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Start the command itself."""
        module, _ = COMMANDS[str(self.name)]
        command = get_group(import_module(f"shellgame.cli.{module}").app).commands[str(self.name)]
        return command.make_context(info_name, args, parent, **extra)


class _Commands(TyperGroup):
    """The commands, none of them loaded yet."""

    def list_commands(self, ctx: object) -> list[str]:
        """The commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: object, cmd_name: str) -> Any:
        """A command by its name; None where there is none."""
        return _Later(cmd_name, help=COMMANDS[cmd_name][1]) if cmd_name in COMMANDS else None

    def invoke(self, ctx: Any) -> Any:
        """Run a command; whoever reads its answer and has enough, as `head` does, makes it no failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise SystemExit(0) from None


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
