"""How commands answer: a table for people on a terminal, JSON lines for programs when piped or asked for."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from shellgame.cli.tables import Column, fitting
from shellgame.errors import WrongUse
from shellgame.match.wording import score_in_words

_LONGEST_CELL = 300
_WIDTH_WITHOUT_TERMINAL = 160


def wants_json(chosen: bool | None) -> bool:
    """Whether to print JSON lines: as chosen, else when standard output is no terminal."""
    return chosen if chosen is not None else not sys.stdout.isatty()


def emit(
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[Column],
    *,
    as_json: bool | None,
    title: str = "",
    footer: str = "",
) -> None:
    """Print rows: every key as JSON lines, or the chosen columns as a table."""
    if wants_json(as_json):
        try:
            for row in rows:
                sys.stdout.write(json_line(row))
            sys.stdout.flush()
        except BrokenPipeError:  # whoever reads has enough, as `head` does; that is no failure
            raise SystemExit(0) from None
        return
    cells = [[escape(cell(row.get(column.key))) for column in columns] for row in rows]
    console = paper()
    console.print(fitting(cells, columns, escape(plain(title)), console))
    if footer:
        console.print(escape(plain(footer)))


class _Paper(Console):
    def on_broken_pipe(self) -> None:
        """Whoever reads has enough, as `head` does; that is no failure."""
        raise SystemExit(0)


def paper() -> Console:
    """Standard output for tables and text: as wide as the terminal or as `COLUMNS` says, else wide enough for a table."""
    told = sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit()
    width = None if told else _WIDTH_WITHOUT_TERMINAL
    return _Paper(highlight=False, emoji=False, width=width)


def json_line(row: Mapping[str, Any] | Sequence[Any]) -> str:
    """A row as one line of JSON; what could steer a terminal stands as an escape, which every reader of JSON undoes."""
    text = json.dumps(row, ensure_ascii=False, default=str)
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else json.dumps(letter)[1:-1] for letter in text)
    return text + "\n"


def plain(text: str) -> str:
    """Text without what could steer a terminal: a letter that is not printable is shown as one that is not known."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "�" for letter in text)


def cell(value: Any) -> str:
    """A value as one cell of text, plain and not endless."""
    if value is None:
        return ""
    if isinstance(value, float):
        return score_in_words(value)
    if isinstance(value, (list, tuple)):
        return "\n".join(cell(each) for each in value)
    text = plain(str(value))
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"


def say(sentence: str) -> None:
    """Tell a person something beside the answer, on standard error."""
    Console(stderr=True, highlight=False, emoji=False, soft_wrap=True).print(escape(plain(sentence)))


def see_place(path: Path, *, force: bool, outside: Path | None = None) -> None:
    """See that a file may be written in a place: nothing is lost there, and no folder is made.

    Args:
        path: The place.
        force: Whether a file that is there may be written over.
        outside: A workspace; no place in it will do.

    Raises:
        WrongUse: A folder stands there, or a file that is not to be written over; or the folder for it is not there; or it lies in
            the workspace.
    """
    if outside and path.resolve().is_relative_to(outside.resolve()):
        raise WrongUse(f"{path} lies in the workspace, where only this program writes; name a file elsewhere")
    if path.is_dir():
        raise WrongUse(f"{path} is a folder; name a file")
    if path.is_file() and not force:
        raise WrongUse(f"{path} is there already; name another file, or write over it with --force")
    if not path.parent.is_dir():
        raise WrongUse(f"{path.parent} is no folder that is there; make it first, or name a file elsewhere")


def see_folder(path: Path) -> None:
    """See that files may be written into a folder, which is made where it is not there.

    Raises:
        WrongUse: A file stands there, or where a folder above it would have to be.
    """
    there = next(each for each in (path, *path.parents) if each.exists())
    if not there.is_dir():
        raise WrongUse(f"{there} is no folder but a file; name another folder")


def chosen(value: str, among: Sequence[str], what: str) -> str:
    """Hold a value against those that are possible.

    Raises:
        WrongUse: It is none of them; lists them.
    """
    if value not in among:
        raise WrongUse(f"{value!r} is no {what}; there are {', '.join(among)}")
    return value
