"""The network in a file or a format of one's choice: for a browser, a picture viewer, Gephi, yEd, Cytoscape, or a program."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from shellgame.cli.doing import Doing
from shellgame.cli.output import chosen, plain, say
from shellgame.errors import WrongUse
from shellgame.files import written_whole
from shellgame.graph.network import Network

FORMATS = ("table", "json", "graphml", "gexf", "cytoscape", "svg", "html")
_SUFFIXES = {
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".cyjs": "cytoscape",
    ".svg": "svg",
    ".html": "html",
    ".htm": "html",
}
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help=f"One of {', '.join(FORMATS)}; json is JSON lines.",
        show_default="by the ending of --into",
    ),
]
IntoOption = Annotated[
    Path | None, typer.Option("--into", metavar="FILE", help=f"File to write; {', '.join(_SUFFIXES)} tell the format.")
]


def format_of(named: str | None, into: Path | None, as_json: bool | None) -> str:
    """The format that is meant, before anything is computed; a table or JSON lines as usual where nothing tells.

    Raises:
        WrongUse: No such format, or an ending that tells none, or a table for a file, or `--json` beside another format.
    """
    if named is None and into is not None and as_json is None:
        if into.suffix.lower() not in _SUFFIXES:
            raise WrongUse(
                f"{into} does not tell the format; end it in {', '.join(_SUFFIXES)}, or name one with --format"
            )
        return _SUFFIXES[into.suffix.lower()]
    usual = {None: "table" if sys.stdout.isatty() else "json", True: "json", False: "table"}[as_json]
    meant = chosen(named.lower(), FORMATS, "format") if named is not None else usual
    if as_json is not None and meant != usual:
        raise WrongUse(f"--format {meant} and --{usual} ask for different things; leave one out")
    if meant == "table" and into is not None:
        raise WrongUse(f"a table is for the terminal; choose another format for {into}: {', '.join(FORMATS[1:])}")
    return meant


def drawn(network: Network, written: str, *, title: str, notice: str, day: str) -> str:
    """A network in any format but the table and JSON lines.

    Args:
        network: The network.
        written: The format.
        title: What the page or picture is called.
        notice: What must be said first, such as that the workspace is an invented sample.
        day: The day it is as of, as people read it.
    """
    if written in ("svg", "html"):
        with Doing("drawing") as doing:
            return _picture(network, written, title, notice, day, doing)
    from shellgame.case.network_files import WRITERS

    return WRITERS[written](network)


def _picture(network: Network, written: str, title: str, notice: str, day: str, doing: Doing) -> str:
    def told(done: int, total: int) -> None:
        doing.tell(f"drawing {len(network.entities)} parties: {done * 100 // total} %")

    if written == "svg":
        from shellgame.case.picture import Heading, network_svg

        return network_svg(network, told=told, heading=Heading(title, day, notice))
    from shellgame.case.network_page import network_html  # the template engine is loaded only for a page

    return network_html(network, title, notice=notice, day=day, told=told)


def put(text: str, into: Path | None) -> None:
    """Write text into a file, which appears whole or not at all; to standard output where there is none."""
    if into is None:
        try:
            sys.stdout.write(plain(text) if sys.stdout.isatty() else text)
            sys.stdout.flush()
        except BrokenPipeError:  # whoever reads has enough, as `head` does; that is no failure
            raise SystemExit(0) from None
        return
    with written_whole(into) as aside:
        aside.write_bytes(text.encode("utf-8"))
    say(f"wrote {into}")
