"""Which sources there are: the folders beside this file, each told by its `source.yml`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from shellgame.errors import Damaged, NotThisSource, ShellgameError, WrongUse
from shellgame.names.yaml import load_yaml
from shellgame.sources.publication import Publication
from shellgame.sources.reader import Format, publication_of

_FOLDER = Path(__file__).parent
_NAME = re.compile(r"[a-z][a-z0-9_]{1,63}")
_OWN_SETS = "ftm"
"""The folder that reads sets of the user's own; it is no source by itself."""
_OWN_READERS = (_OWN_SETS, "bods", "register")
"""Folders in whose formats a set of the user's own may be, in the order in which they are tried."""


@dataclass(frozen=True)
class Source:
    """A publisher's dataset, as `source.yml` tells of it.

    Attributes:
        name: Its name, as OpenSanctions names it.
        title: The publisher's own title.
        publisher: Who publishes it, and so speaks its claims.
        jurisdiction: Code of the country or body whose law it carries (`us`, `eu`, `un` …), empty for a register or a set.
        licence: Under which terms it is published.
        url: Page for people.
        files: Part name to official address, for `fetch`.
        details: Parts that tell more of records that another part has: a version without them lacks nobody.
        cadence: How often it is published, in words.
        reliability: Admiralty grade of the source, A to F.
        credibility: Admiralty grade of what it says, 1 to 6.
        expect: Counts to hold a publication against: count name to [lowest, highest].
        fill: Property to the least share of records that must have it.
        authority: Who imposes the listing.
        kind: `list` of parties under sanctions, `register` of companies and their owners, or `set` of the user's own.
        whole: Whether it is the whole list of its jurisdiction, so that who is not on it is not listed there.
    """

    name: str
    title: str
    publisher: str
    jurisdiction: str
    licence: str
    url: str
    cadence: str
    reliability: str = "F"
    credibility: int = 6
    authority: str = ""
    files: dict[str, str] = field(default_factory=dict)
    details: tuple[str, ...] = ()
    expect: dict[str, tuple[int, int]] = field(default_factory=dict)
    fill: dict[str, float] = field(default_factory=dict)
    reader: str = ""
    kind: str = "list"
    whole: bool = False

    @property
    def formats(self) -> tuple[Format, ...]:
        """The layouts that its reader knows."""
        readers = _OWN_READERS if self.reader == _OWN_SETS else (self.reader or self.name,)
        modules = [import_module(f"shellgame.sources.{reader}.reader") for reader in readers]
        return tuple(layout for module in modules for layout in module.FORMATS)


@lru_cache(maxsize=1)
def catalog() -> dict[str, Source]:
    """All built-in sources by name."""
    found = {}
    for path in sorted(_FOLDER.glob("*/source.yml")):
        told: dict[str, Any] = load_yaml(path)
        told["details"] = tuple(told.get("details", ()))
        told["expect"] = {name: tuple(bounds) for name, bounds in told.get("expect", {}).items()}
        found[path.parent.name] = Source(name=path.parent.name, **told)
    return found


def source_named(name: str) -> Source:
    """Find a source; a name that is not built in is a set of the user's own, in a FollowTheMoney format.

    Raises:
        WrongUse: The name cannot be a source's name; lists the built-in ones.
    """
    if name in catalog() and name != _OWN_SETS:
        return catalog()[name]
    if not _NAME.fullmatch(name) or name == _OWN_SETS:
        built_in = ", ".join(each for each in catalog() if each != _OWN_SETS)
        raise WrongUse(f"{name!r} is no source; built in are {built_in}; a set of your own needs a name like my_set")
    own = catalog()[_OWN_SETS]
    return Source(
        name=name,
        title=name,
        publisher=name,
        jurisdiction="",
        licence="the user's own",
        url="",
        cadence="as given",
        reader=_OWN_SETS,
        kind="set",
        reliability=own.reliability,
        credibility=own.credibility,
    )


def kind_of(name: str) -> str:
    """What a source is, see `Source.kind`; a name that is not built in is that of a set."""
    return catalog()[name].kind if name in catalog() else "set"


def recognised(path: Path, source: Source) -> tuple[Publication, Format]:
    """Find the format of a publication of a source; if it belongs to another source, say to which.

    Raises:
        BadInput: The path holds no publication of this source; the message names the source it does belong to.
    """
    try:
        publication, layout = publication_of(path, source.formats, source.name)
    except NotThisSource as error:
        if others := _belongs_to(path, source):
            own = others == [_OWN_SETS]
            raise NotThisSource(
                error.file,
                found=f"no publication of {source.name}; it looks like {' or '.join(map(_called, others))}",
                remedy=f"use `shellgame add {'my_set' if own else others[0]} {path.name or path}`"
                + (", with a name of your own for the set," if own else "")
                + " if that is what it is",
            ) from None
        raise
    _refuse_misfits(publication, source)
    return publication, layout


def _refuse_misfits(publication: Publication, source: Source) -> None:
    """Refuse a file that bears the name of a part and is none inside: left out, all that it tells would read as gone."""
    names = {name.lower() for name in source.files}
    for name in publication.ignored:
        if name.lower() in names:
            raise Damaged(
                name,
                found=f"it is called like a part of {source.name}, but what it holds is none",
                remedy="get it again from the publisher, or take it out of the folder to read the publication without it",
            )


def _called(name: str) -> str:
    return "a set of entities in a FollowTheMoney format" if name == _OWN_SETS else name


def _belongs_to(path: Path, source: Source) -> list[str]:
    found = []
    for name, other in catalog().items():
        if name in (source.name, source.reader):
            continue
        try:
            publication_of(path, other.formats, name)
        except ShellgameError:
            continue
        found.append(name)
    return sorted(found, key=_OWN_SETS.__eq__)  # a set of one's own is the last guess


__all__ = ["Source", "catalog", "recognised", "source_named"]
