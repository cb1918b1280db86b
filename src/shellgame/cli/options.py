"""Options that many commands share, and the running indicator for what takes longer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from shellgame.cli.doing import Doing
from shellgame.cli.output import say
from shellgame.names.countries import country_code
from shellgame.workspace import Workspace
from shellgame.workspace import open as open_workspace

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        help="Folder of the workspace.",
        show_default="./shellgame-workspace",
    ),
]
JsonOption = Annotated[
    bool | None, typer.Option("--json/--table", help="JSON lines or a table; a table on a terminal, else JSON.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]
OnOption = Annotated[str | None, typer.Option("--on", help="As known on this day, such as 2024-05-03.", metavar="DAY")]


def several(given: Iterable[str] | None) -> tuple[str, ...]:
    """The values of an option that may be repeated, each of which may be several with commas between.

    Example:
        >>> several(["us_ofac_sdn, eu_fsf", "un_sc_sanctions"])
        ('us_ofac_sdn', 'eu_fsf', 'un_sc_sanctions')
    """
    return tuple(value for each in given or () for part in each.split(",") if (value := part.strip()))


def several_countries(given: Iterable[str] | None) -> tuple[str, ...]:
    """As `several`; but a name of a country that has a comma of its own stays whole.

    Example:
        >>> several_countries(["by,ru", "Korea, Republic of"])
        ('by', 'ru', 'Korea, Republic of')
    """
    return tuple(value for each in given or () for value in ([each] if country_code(each) else several([each])))


def workspace(folder: Path | None) -> Workspace:
    """Open the workspace that a command was given."""
    return open_workspace(folder)


def ready_to_match() -> None:
    """Make the machine code of the matching engine where it was not made yet, and say so: it takes a minute, once."""
    from shellgame.kernels import is_compiled  # whoever does not match does not wait for the compiler to load

    if is_compiled():
        return
    from shellgame.resolve.warming import warm

    say("note: the matching engine is compiled for this machine, once; this takes about a minute")
    with Doing("compiling"):
        warm()
