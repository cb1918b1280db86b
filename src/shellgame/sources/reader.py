"""The contract between a source's folder and the rest: what `reader.py` and `source.yml` hold, and how a file finds its reader.

A source is a folder `sources/<name>/` with `source.yml` (who publishes it, where, how often, what to expect), `reader.py`
(which names its `FORMATS`) and `sample/` (a small invented publication per format, with the claims it must give).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from shellgame.errors import BadInput, Damaged, NotThisSource
from shellgame.sources.claims import Claims
from shellgame.sources.publication import Part, Publication, Recognise, head_of, refuse_html


@dataclass(frozen=True)
class Format:
    """One layout in which a source is published.

    Attributes:
        name: Short name, such as `legacy-csv`.
        recognise: From a file's name and first 64 KiB to the part it is, or None.
        read: Writes all the publication says into `Claims`; raises BadInput rather than guess.
        required: Parts without which the publication cannot be read.
        version: Goes into each claim's `method`; raise it when the reader's output changes.
    """

    name: str
    recognise: Recognise
    read: Callable[[Publication, Claims], None]
    required: frozenset[str] = frozenset()
    version: int = 1


def publication_of(path: Path, formats: Iterable[Format], source: str) -> tuple[Publication, Format]:
    """Find the format of a file, or of the files in a folder.

    Raises:
        BadInput: No such file or folder, or nothing in it.
        Damaged: An empty file, a web page, or a part that is missing.
        NotThisSource: No format knows the file.
    """
    formats = tuple(formats)
    files = sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith(".")) if path.is_dir() else [path]
    if not files:
        raise BadInput(str(path), found="an empty folder", remedy="give the folder that holds the publication")
    heads = {file: head_of(file) for file in files}
    for file, head in heads.items():
        refuse_html(file.name, head)
    for layout in formats:
        found = {file: part for file, head in heads.items() if (part := layout.recognise(file.name, head))}
        if not found:
            continue
        return _assembled(path, layout, found, tuple(file.name for file in files if file not in found)), layout
    known = ", ".join(layout.name for layout in formats)
    raise NotThisSource(
        path.name,
        found=f"no publication of {source} (known formats: {known})",
        remedy="give the source that this file belongs to; `shellgame sources` lists them",
    )


def _assembled(path: Path, layout: Format, found: dict[Path, str], ignored: tuple[str, ...]) -> Publication:
    parts: dict[str, Part] = {}
    for file, name in found.items():
        if name in parts:
            raise BadInput(
                path.name,
                found=f"two files for {name}: {parts[name].printed_name} and {file.name}",
                remedy="leave one of them in the folder, or give the path of one file",
            )
        parts[name] = Part(name, file, file.name)
    if missing := layout.required - parts.keys():
        raise Damaged(
            path.name,
            found=f"{', '.join(sorted(parts))} without {', '.join(sorted(missing))}",
            remedy="put the missing file beside it",
        )
    return Publication(layout.name, parts, ignored)
