"""A network as one page of HTML to look around in: pan, zoom, search, see what every tie rests on. It needs nothing from outside.

The drawing is the one of `case.picture`; the script of the page moves and filters it, and writes whatever comes from sources as
text only. The page says in its security policy, by their hashes, which style and which script may run in it, and that nothing may
be loaded.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from shellgame.case.exports import encodable
from shellgame.case.layout import Told, untold
from shellgame.case.lettering import isolated, shortened, visible
from shellgame.case.listed import listings_of
from shellgame.case.picture import sketch_svg
from shellgame.case.sketch import ranked, sketch_of, tie_words
from shellgame.case.words import jurisdiction_words, schema_words
from shellgame.graph.network import Network
from shellgame.graph.ties import Tie

LEAD = "Ties are leads with their sources, not findings of guilt."
_MOST_NAMES, _MOST_SAID = 12, 20
_LONGEST = 600


def network_html(network: Network, title: str, *, notice: str = "", day: str = "", told: Told = untold) -> str:
    """Write a network as a page to look around in.

    Args:
        network: The network.
        title: What it is called.
        notice: What must be said first, such as that the names are invented.
        day: The day it is as of; empty for the newest of each source.
        told: Told how far placing the parties is.

    Returns:
        A whole document; the same network always gives the same.
    """
    listings = listings_of(network)
    sketch = sketch_of(network, listed=listings)
    style, script = _part("network.css"), _part("network.js")
    page = _template().render(
        title=isolated(shortened(title, 160)),
        notice=visible(notice),
        lead=LEAD,
        day=shortened(day, 40) or "the newest publication of each source",
        picture=sketch_svg(sketch, told=told),
        left_out=sketch.left_out,
        css=style,
        js=script,
        policy=f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'",
        data=_inert({"parties": list(_parties(network, listings)), "ties": list(_ties(network))}),
    )
    return encodable(page)


def _parties(network: Network, listings: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    """The parties in the order of their numbers in the picture."""
    for identity in ranked(network):
        entity = network.entities[identity]
        yield {
            "id": shortened(identity, 200),
            "name": isolated(shortened(entity.caption, 300)) or "(no name)",
            "names": [shortened(name, 200) for name in entity.properties.get("name", [])[:_MOST_NAMES]],
            "kind": schema_words(entity.schema),
            "steps": network.distance[identity],
            "reach": round(network.reach.get(identity, 0.0), 2),
            "start": identity in network.start,
            "listed": [jurisdiction_words(code) for code in listings.get(identity, [])],
            "sources": entity.sources,
            "records": [shortened(record, 200) for record in network.records(identity)],
        }


def _ties(network: Network) -> Iterator[dict[str, Any]]:
    """The ties in the order of the network, their ends by number from 0."""
    at = {identity: number for number, identity in enumerate(ranked(network))}
    for tie in network.ties:
        said = _said(tie)
        yield {
            "ends": [at[tie.source_id], at[tie.target_id]],
            "kind": tie.kind,
            "what": shortened(tie_words(tie), 200),
            "value": shortened(tie.label, 300) if tie.kind == "shared" else "",
            "strength": round(tie.strength, 3),
            "past": tie.past,
            "days": [shortened(tie.start or "", 20), shortened(tie.end or "", 20)],
            "said": said[:_MOST_SAID],
            "more": len(said[_MOST_SAID:]),
        }


def _said(tie: Tie) -> list[dict[str, str]]:
    """The words a tie rests on and where they stand; claims that quote nothing, by their values."""
    quoted = [claim for claim in tie.claims if claim.quote] or tie.claims
    return [
        {"words": words, "place": place}
        for words, place in dict.fromkeys(
            (shortened(claim.said, _LONGEST), visible(f"{claim.source} {claim.locator}"[:_LONGEST])) for claim in quoted
        )
    ]


def _inert(told: Any) -> str:
    """JSON that can stand in a page: nothing in it can end the element that holds it, or begin another."""
    text = encodable(json.dumps(told, ensure_ascii=False, separators=(",", ":")))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _hash(part: str) -> str:
    return f"sha256-{b64encode(sha256(part.encode()).digest()).decode()}"


@lru_cache(maxsize=2)
def _part(name: str) -> str:
    return files("shellgame.case").joinpath("templates", name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _template() -> Template:
    loader = PackageLoader("shellgame.case", "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("network.html.jinja")
