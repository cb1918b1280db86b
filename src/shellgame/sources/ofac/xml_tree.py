"""Small questions to an element of OFAC's XML, and the shape that its children are expected to have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from shellgame.sources.xml import child, local


class Shape:
    """Which children an element may have, by local name; an element that is not named may have none."""

    def __init__(self, children: Mapping[str, str]) -> None:
        """Take the children of each element as one string of names."""
        self._known = {parent: frozenset(names.split()) for parent, names in children.items()}

    def knows(self, parent: str, name: str) -> bool:
        """Whether an element may have a child of this name."""
        return name in self._known.get(parent, ())


def unread(element: etree._Element, shape: Shape, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield name and words of each element below that the shape does not know; what has no words has nothing to say."""
    name = name or local(element)
    for inner in element:
        inner_name = local(inner)
        if shape.knows(name, inner_name):
            if len(inner):
                yield from unread(inner, shape, inner_name)
        elif text := " ".join(" ".join(map(str, inner.itertext())).split()):
            yield inner_name, text


def words(element: etree._Element | None, *path: str) -> str:
    """The text of the first element down a path with single spaces; empty where there is none."""
    found = child(element, *path) if element is not None else None
    return " ".join((found.text or "").split()) if found is not None else ""
