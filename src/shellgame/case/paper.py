"""A dossier as PDF, set by Typst from data: offline, without the clock, the same bytes for the same answer and fonts."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

import typst

from shellgame.case.content.whole import Content
from shellgame.case.lettering import breakable
from shellgame.model.days import partial_day

_LETTERS = "Libertinus Serif"
"""Comes with the typst wheel: Latin, Greek, Cyrillic."""
_OTHER_SCRIPTS = (
    "Noto Serif", "Noto Naskh Arabic", "Noto Sans Arabic", "Noto Serif Hebrew", "Noto Serif CJK SC", "Noto Sans CJK SC",
    "Noto Serif Devanagari", "Noto Sans", "DejaVu Sans", "Arial Unicode MS", "Segoe UI", "Arial", "PingFang SC",
    "Microsoft YaHei", "SimSun",
)  # fmt: skip
"""Looked for among the fonts of the computer, for names in other scripts; whatever else is there comes after them."""
_MOST_LINKED = 2500
"""With more statements than this their numbers are no links on paper: those cost Typst a third of its time."""
_NO_DAY = (1980, 1, 1)
"""Stands in the file's date where the answer has no day; the clock never does."""
_WIDEST_INLINE = 640.0
"""A picture wider than this, in its own units, gets a page across."""


def pdf_of(content: Content, picture: str, strip: str) -> bytes:
    """Print a dossier as PDF.

    It is an accessible PDF (PDF/UA) where the fonts of the computer have every letter. Where a letter is missing, say a Chinese one
    on a computer without such a font, it shows as a box; the other files of the dossier have the text.
    """
    told = _told(content, picture, strip)
    inside: Any = {"main.typ": _template(), "content.json": json.dumps(told, ensure_ascii=False).encode()}
    stamp = datetime(*(_date(content.day) or _NO_DAY), tzinfo=UTC)
    try:
        return bytes(typst.compile(inside, timestamp=stamp, pdf_standards=["ua-1"]))
    except typst.TypstError:
        return bytes(typst.compile(inside, timestamp=stamp))


def _told(content: Content, picture: str, strip: str) -> dict[str, Any]:
    told: dict[str, Any] = _fit(asdict(content))
    return told | {
        "fonts": _fonts(),
        "date": _date(content.day),
        "picture": picture,
        "picture_alt": f"Drawing of the network around {content.title}; the tables below say the same.",
        "linked": sum(len(group.statements) for group in content.statements) <= _MOST_LINKED,
        "wide": _width(picture) > _WIDEST_INLINE,
        "strip": strip,
        "strip_alt": "Drawing of the timeline; the table below says the same.",
    }


def _fit(told: Any) -> Any:
    if isinstance(told, str):
        return breakable(told)
    if isinstance(told, dict):
        return {key: _fit(value) for key, value in told.items()}
    return [_fit(each) for each in told] if isinstance(told, (list, tuple)) else told


def _date(day: str) -> tuple[int, int, int] | None:
    whole = partial_day(day) or ""
    return (int(whole[:4]), int(whole[5:7]), int(whole[8:])) if len(whole) == len("2024-04-15") else None


def _width(picture: str) -> float:
    return float(picture.split('width="', 1)[1].split('"', 1)[0])


@lru_cache(maxsize=1)
def _template() -> bytes:
    return files("shellgame.case").joinpath("templates", "dossier.typ").read_bytes()


@lru_cache(maxsize=1)
def _fonts() -> list[str]:
    here = set(typst.Fonts().families())
    return [_LETTERS, *(family for family in _OTHER_SCRIPTS if family in here)]
