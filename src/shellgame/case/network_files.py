"""A network for other programs: GraphML and GEXF for Gephi, yEd and networkx, JSON for Cytoscape and Cytoscape.js.

All three tell the same: parties with their records, sources and listings, ties with what they rest on. Every tie stands by itself,
two of the same parties too. A shared or judged tie has no direction; since readers refuse files that mix, edges are written as
directed, and the attribute `directed` says which really are.

Text from sources is only ever text: XML and JSON are built as trees. What XML cannot hold (controls, half letters) stands there as
`[U+0007]`; JSON escapes it, and keeps the value.

Sources: GraphML, http://graphml.graphdrawing.org; GEXF 1.3, https://gexf.net/1.3; Cytoscape.js, "Elements JSON".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from shellgame.case.exports import encodable
from shellgame.case.lettering import visible
from shellgame.case.listed import listings_of
from shellgame.case.shapes import look_of
from shellgame.graph.network import Network
from shellgame.graph.ties import Tie

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://gexf.net/1.3"
_VIZ = "http://gexf.net/1.3/viz"

PARTY_FIELDS: dict[str, type] = {
    "label": str, "schema": str, "distance": int, "reach": float, "start": bool, "listed": bool, "listed_by": list,
    "sources": list, "records": list, "names": list,
}  # fmt: skip
"""What is told of a party beside its id; several values stand in one field, joined by ` | ` where a format knows no lists."""
TIE_FIELDS: dict[str, type] = {
    "label": str, "tie": str, "kind": str, "schema": str, "strength": float, "directed": bool, "denied": bool, "past": str,
    "start": str, "end": str, "sources": list, "places": list, "quotes": list, "claims": list,
}  # fmt: skip
"""What is told of a tie beside its number and its ends."""
_MOST_NAMES = 12
"""Some records print hundreds of spellings; an export for drawing needs some to search by."""

Row = Mapping[str, Any]


def graphml(network: Network) -> str:
    """A network as GraphML, one document."""
    root = etree.Element(f"{{{_GRAPHML}}}graphml", nsmap={None: _GRAPHML})  # type: ignore[dict-item]  # stubs know no default
    keys: dict[tuple[str, str], str] = {}
    for what, fields in (("node", PARTY_FIELDS), ("edge", TIE_FIELDS)):
        for name, kind in fields.items():
            keys[what, name] = key = f"{what[0]}{len(keys)}"
            told = {"id": key, "for": what, "attr.name": name, "attr.type": _type(kind, real="double", text="string")}
            etree.SubElement(root, f"{{{_GRAPHML}}}key", told)
    graph = etree.SubElement(root, f"{{{_GRAPHML}}}graph", {"id": "network", "edgedefault": "directed"})
    for what, row in _rows(network):
        ends = {} if what == "node" else {"source": visible(row["source"]), "target": visible(row["target"])}
        element = etree.SubElement(graph, f"{{{_GRAPHML}}}{what}", {"id": visible(row["id"]), **ends})
        for name, value in _told(what, row):
            etree.SubElement(element, f"{{{_GRAPHML}}}data", {"key": keys[what, name]}).text = value
    return _document(root)


def gexf(network: Network) -> str:
    """A network as GEXF 1.3, one document, with the colours that kinds of parties have in our own pictures."""
    root = etree.Element(f"{{{_GEXF}}}gexf", {"version": "1.3"}, nsmap={None: _GEXF, "viz": _VIZ})  # type: ignore[dict-item]
    meta = etree.SubElement(root, f"{{{_GEXF}}}meta")
    etree.SubElement(meta, f"{{{_GEXF}}}creator").text = "Shellgame"
    graph = etree.SubElement(root, f"{{{_GEXF}}}graph", {"defaultedgetype": "directed", "mode": "static"})
    for what, fields in (("node", PARTY_FIELDS), ("edge", TIE_FIELDS)):
        declared = etree.SubElement(graph, f"{{{_GEXF}}}attributes", {"class": what, "mode": "static"})
        for name, kind in fields.items():
            told = {"id": name, "title": name, "type": _type(kind, real="double", text="string", whole="integer")}
            etree.SubElement(declared, f"{{{_GEXF}}}attribute", told)
    groups = {what: etree.SubElement(graph, f"{{{_GEXF}}}{what}s") for what in ("node", "edge")}
    for what, row in _rows(network):
        head = {"id": visible(row["id"]), "label": visible(row["label"])}
        if what == "edge":
            weight = f"{max(row['strength'], 0.001):.3f}"  # programs refuse or drop edges that weigh nothing
            head |= {"source": visible(row["source"]), "target": visible(row["target"]), "weight": weight}
        element = etree.SubElement(groups[what], f"{{{_GEXF}}}{what}", head)
        values = etree.SubElement(element, f"{{{_GEXF}}}attvalues")
        for name, value in _told(what, row):
            etree.SubElement(values, f"{{{_GEXF}}}attvalue", {"for": name, "value": value})
        if what == "node":
            colour = look_of(row["schema"]).fill.lstrip("#")
            red, green, blue = (str(int(colour[at : at + 2], 16)) for at in (0, 2, 4))
            etree.SubElement(element, f"{{{_VIZ}}}color", {"r": red, "g": green, "b": blue})
            etree.SubElement(element, f"{{{_VIZ}}}size", {"value": "20" if row["start"] else "12"})
    return _document(root)


def cytoscape(network: Network) -> str:
    """A network as JSON for Cytoscape (as `.cyjs`) and Cytoscape.js (as `elements`); parties are classed by kind, start, listed."""
    nodes, edges = [], []
    for what, row in _rows(network):
        if what == "node":
            classes = [row["schema"], *(["start"] if row["start"] else []), *(["listed"] if row["listed"] else [])]
            nodes.append({"data": {**row, "name": row["label"]}, "classes": " ".join(classes)})
        else:
            edges.append({"data": row, "classes": row["kind"]})
    told = {
        "format_version": "1.0",
        "data": {"name": "Shellgame network"},
        "elements": {"nodes": nodes, "edges": edges},
    }
    return encodable(json.dumps(told, ensure_ascii=False, indent=1) + "\n")


WRITERS: dict[str, Callable[[Network], str]] = {"graphml": graphml, "gexf": gexf, "cytoscape": cytoscape}
"""By the name of the format."""


def party_rows(network: Network) -> Iterator[dict[str, Any]]:
    """The parties with `id` and `PARTY_FIELDS`, in the order of the network."""
    listings = listings_of(network)
    for identity, entity in network.entities.items():
        yield {
            "id": identity,
            "label": entity.caption,
            "schema": entity.schema,
            "distance": network.distance[identity],
            "reach": round(network.reach.get(identity, 0.0), 3),
            "start": identity in network.start,
            "listed": identity in listings,
            "listed_by": listings.get(identity, []),
            "sources": entity.sources,
            "records": list(network.records(identity)),
            "names": entity.properties.get("name", [])[:_MOST_NAMES],
        }


def tie_rows(network: Network) -> Iterator[dict[str, Any]]:
    """The ties with `id`, `source`, `target` and `TIE_FIELDS`, strongest first; ids are numbers, since a shared value ties many."""
    for number, tie in enumerate(network.ties, start=1):
        yield {"id": f"tie-{number}", "source": tie.source_id, "target": tie.target_id, **_of_tie(tie)}


def _of_tie(tie: Tie) -> dict[str, Any]:
    return {
        "label": tie.label,
        "tie": tie.id,
        "kind": tie.kind,
        "schema": tie.schema,
        "strength": round(tie.strength, 3),
        "directed": tie.kind == "link",
        "denied": tie.strength == 0,
        "past": tie.past,
        "start": tie.start or "",
        "end": tie.end or "",
        "sources": sorted({claim.source for claim in tie.claims}),
        "places": list(dict.fromkeys(f"{claim.source} {claim.locator}" for claim in tie.claims)),
        "quotes": list(dict.fromkeys(claim.quote for claim in tie.claims if claim.quote)),
        "claims": list(dict.fromkeys(claim.claim_id for claim in tie.claims)),
    }


def _rows(network: Network) -> Iterator[tuple[str, Row]]:
    for row in party_rows(network):
        yield "node", row
    for row in tie_rows(network):
        yield "edge", row


def _told(what: str, row: Row) -> Iterator[tuple[str, str]]:
    """The attributes of a node or an edge as text; those without a value are left out."""
    for name in PARTY_FIELDS if what == "node" else TIE_FIELDS:
        value = row[name]
        if value not in ("", []):
            yield name, _text(value)


def _text(value: str | float | Sequence[str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    return visible(value if isinstance(value, str) else " | ".join(value))


def _type(kind: type, *, real: str, text: str, whole: str = "int") -> str:
    return {int: whole, float: real, bool: "boolean"}.get(kind, text)


def _document(root: etree._Element) -> str:
    etree.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + str(etree.tostring(root, encoding="unicode")) + "\n"
