"""The face of a dossier: one page of HTML, a PDF, a picture, and the same for programs; nothing of it leaves the machine."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from shellgame.case.content.whole import Content, content_of
from shellgame.case.exports import answer_json, claims_csv
from shellgame.case.listed import listings_of
from shellgame.case.paper import pdf_of
from shellgame.case.picture import network_svg
from shellgame.case.sketch import MOST_ON_PAGE
from shellgame.case.strip import timeline_svg
from shellgame.case.uncovered import Uncovered
from shellgame.store.files import sync_folder, written_whole

FILES = ("dossier.html", "dossier.pdf", "network.svg", "claims.csv", "dossier.json")
"""What a dossier is made of; names of files never come from data."""
_CONTENTS = {
    "summary": "Summary",
    "section-1": "1 Who it is",
    "section-2": "2 Where it is listed",
    "section-3": "3 The network",
    "section-4": "4 Timeline",
    "section-5": "5 What speaks against, and what is unknown",
    "section-6": "6 Sources and versions",
    "section-7": "7 How to read the marks",
    "appendix": "Appendix: every statement",
}


def dossier_html(uncovered: Uncovered) -> str:
    """Write an answer as one page of HTML that needs nothing else: no scripts, nothing from outside, printable.

    Example:
        >>> page = dossier_html(workspace.uncover("Black Shield"))  # doctest: +SKIP
    """
    return _html(content_of(uncovered), _picture(uncovered), timeline_svg(uncovered.timeline))


def dossier_pdf(uncovered: Uncovered) -> bytes:
    """Print an answer as PDF; the same answer gives the same bytes on the same computer."""
    return pdf_of(content_of(uncovered), _picture(uncovered), timeline_svg(uncovered.timeline))


def write_dossier(uncovered: Uncovered, folder: Path) -> list[Path]:
    """Write a dossier into a folder, which is made where it is not there.

    Each file appears whole or not at all, and takes the place of an older one.

    Returns:
        The `FILES`, with their folder.
    """
    content = content_of(uncovered)
    picture, strip = _picture(uncovered), timeline_svg(uncovered.timeline)
    made = (
        _html(content, picture, strip).encode("utf-8"),
        pdf_of(content, picture, strip),
        picture.encode("utf-8"),
        claims_csv(uncovered.claims).encode("utf-8"),
        answer_json(uncovered).encode("utf-8"),
    )
    paths = []
    for name, data in zip(FILES, made, strict=True):
        with written_whole(folder / name) as aside:
            aside.write_bytes(data)
        paths.append(folder / name)
    sync_folder(folder)
    return paths


def _picture(uncovered: Uncovered) -> str:
    """The drawing: no more of the network than can be read on a page."""
    listed = listings_of(uncovered.network, uncovered.claims)
    return network_svg(uncovered.network, listed, most=MOST_ON_PAGE)


def _html(content: Content, picture: str, strip: str) -> str:
    return _template().render(
        d=content,
        css=_css(),
        picture=picture,
        strip=strip,
        contents=_CONTENTS.items(),
    )


@lru_cache(maxsize=1)
def _template() -> Template:
    loader = PackageLoader("shellgame.case", "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("dossier.html.jinja")


@lru_cache(maxsize=1)
def _css() -> str:
    return files("shellgame.case").joinpath("templates", "dossier.css").read_text(encoding="utf-8")
