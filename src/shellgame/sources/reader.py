"""The contract between a source's folder and the rest: what `reader.py` and `source.yml` hold, and how a file finds its reader.

A source is a folder `sources/<name>/` with `source.yml` (who publishes it, where, how often, what to expect), `reader.py`
(which names its `FORMATS`) and `sample/` (a small invented publication per format, with the claims it must give).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from shellgame.errors import BadInput, Damaged, NotThisSource, harmless
from shellgame.sources.claims import Claims
from shellgame.sources.publication import Part, Publication, Recognise, head_of, other_kind, refuse_html, unreadable

BESIDE = "data/"
"""Begins the names of parts that another part names."""
_MOST_FILES = 1000  # of each the first 64 KiB are held; a publication in many parts has some sixty


@dataclass(frozen=True)
class Format:
    """One layout in which a source is published.

    Attributes:
        name: Short name, such as `legacy-csv`.
        recognise: From a file's name and first 64 KiB to the part it is, or None.
        read: Writes all the publication says into `Claims`; raises BadInput rather than guess.
        required: Parts without which the publication cannot be read.
        beside: From a part to the names of further files that it takes its input from; they lie in its folder or below.
        version: Goes into each claim's `method`; raise it when the reader's output changes.
    """

    name: str
    recognise: Recognise
    read: Callable[[Publication, Claims], None]
    required: frozenset[str] = frozenset()
    version: int = 1
    beside: Callable[[Part], Iterable[str]] | None = None


def publication_of(path: Path, formats: Iterable[Format], source: str) -> tuple[Publication, Format]:
    """Find the format of a file, or of the files in a folder.

    Raises:
        BadInput: No such file or folder, or nothing in it.
        Damaged: An empty file, a web page, or a part that is missing.
        NotThisSource: No format knows the file.
    """
    formats = tuple(formats)
    files = _files(path)
    heads = {file: head_of(file) for file in files}
    for file, head in heads.items():
        refuse_html(file.name, head)
    for layout in formats:
        found = {file: part for file, head in heads.items() if (part := _part(layout, harmless(file.name), head))}
        if not found:
            continue
        found |= _beside(layout, found)
        ignored = tuple(harmless(file.name) for file in files if file not in found)
        return _assembled(path, layout, found, ignored), layout
    raise _unknown(path, formats, source, other_kind(heads[path]) if path in heads else "")


def _beside(layout: Format, found: dict[Path, str]) -> dict[Path, str]:
    """The further files that the parts found name, under names of their own.

    Raises:
        BadInput: One is missing, or lies outside the folder.
    """
    named: dict[Path, str] = {}
    for file, part in found.items() if layout.beside else ():
        for name in layout.beside(Part(part, file, harmless(file.name))) if layout.beside else ():
            other = file.parent / name
            if not other.resolve().is_relative_to(file.parent.resolve()):
                remedy = "put it into the folder, and name it by its path there"
                raise BadInput(
                    harmless(file.name), found=f"it names {name!r}, which lies outside its folder", remedy=remedy
                )
            refuse_html(other.name, head_of(other))
            named[other] = f"{BESIDE}{name}"
    return named


def _unknown(path: Path, formats: tuple[Format, ...], source: str, kind: str) -> NotThisSource:
    name = path.name or str(path)
    if kind:
        remedy = "unpack it, or get the publisher's own file; `shellgame sources` tells which formats are known"
        return NotThisSource(name, found=f"{kind}, so no publication of {source}", remedy=remedy)
    known = ", ".join(layout.name for layout in formats)
    return NotThisSource(
        name,
        found=f"no publication of {source} (known formats: {known})",
        remedy="give the source that this file belongs to; `shellgame sources` lists them",
    )


def _files(path: Path) -> list[Path]:
    """The file, or those in the folder and one folder below; links are followed only to what lies in the folder too."""
    try:
        if not path.is_dir():
            return [path]
        home = path.resolve()
        within = [*path.iterdir(), *path.glob("*/*")]
        files = sorted(each for each in within if not each.name.startswith(".") and each.is_file())
        led_out = [file.name for file in files if not file.resolve().is_relative_to(home)]
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error
    if not files:
        raise BadInput(str(path), found="a folder without a file", remedy="give the folder that holds the publication")
    if len(files) > _MOST_FILES:
        found = f"a folder of {len(files)} files, more than any publication has"
        raise BadInput(str(path), found=found, remedy="give the folder of one publication, or one file")
    if led_out:
        found = f"{led_out[0]} is a link that leads out of the folder"
        raise BadInput(str(path), found=found, remedy="put the file itself there, or give its own path")
    return files


def _part(layout: Format, name: str, head: bytes) -> str | None:
    """The part that a format takes a file for; one that it fails over is none of its own."""
    try:
        return layout.recognise(name, head)
    except BadInput:
        raise
    except Exception:  # noqa: BLE001 - any bytes reach every recogniser, and one that fails must not stop the others
        return None


def _assembled(path: Path, layout: Format, found: dict[Path, str], ignored: tuple[str, ...]) -> Publication:
    parts: dict[str, Part] = {}
    for file, name in found.items():
        if name in parts:
            raise BadInput(
                path.name or str(path),
                found=f"two files for {name}: {parts[name].printed_name} and {harmless(file.name)}",
                remedy="leave one of them in the folder, or give the path of one file",
            )
        parts[name] = Part(name, file, harmless(file.name))
    if missing := layout.required - parts.keys():
        beside = f"; {', '.join(ignored[:5])} lies there, but is none inside" if ignored else ""
        raise Damaged(
            path.name or str(path),
            found=f"{', '.join(sorted(parts))} without {', '.join(sorted(missing))}{beside}",
            remedy="get what is missing from the publisher, put all of one day into a folder, and give the folder",
        )
    return Publication(layout.name, parts, ignored)
