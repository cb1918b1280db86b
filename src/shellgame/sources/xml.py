"""XML read as a stream and without trust: no entities, no document types, no network, bounded depth and text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from lxml import etree

from shellgame.errors import Damaged, Hostile
from shellgame.sources.publication import LONGEST_TEXT, Part

_AGAIN = "get the publication again from the publisher"
_TOO_LONG = etree.XPath(f"boolean((.//text() | .//@* | @*)[string-length() > {LONGEST_TEXT}])")


def records(part: Part, *tags: str) -> Iterator[etree._Element]:
    """Yield each finished element of the given local names, then free it; memory stays that of one record.

    Tags and attributes keep the namespace; `local` and `text_of` read across namespaces. Nested tags of the same names are
    yielded innermost first; an element's content is gone after its turn, so take what you need from it at once.

    Raises:
        Damaged: The document is not well-formed (cut, mangled); names the line.
        Hostile: It declares a document type or entities, which no sanctions list does, or has a text longer than any list's.
    """
    wanted = frozenset(tags)
    root = None
    inside = 0  # how many wanted elements are open
    with part.open() as file:  # closed here also where the caller stops in the middle
        events = etree.iterparse(
            file,
            events=("start", "end"),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            for event, element in events:
                if root is None:
                    root = element
                    _refuse_doctype(part, root)
                is_wanted = local(element) in wanted
                if event == "start":
                    inside += is_wanted
                    continue
                inside -= is_wanted
                if is_wanted:
                    _refuse_long_text(part, element)
                    yield element
                if is_wanted or not inside:  # what nobody waits for must not pile up either
                    _free(element)
        except etree.XMLSyntaxError as error:
            if root is not None:
                _refuse_doctype(part, root)
            raise _refusal(part, error) from error


def _refuse_long_text(part: Part, element: etree._Element) -> None:
    if _TOO_LONG(element):
        raise Hostile(
            part.printed_name,
            record=f"line {element.sourceline}",
            found=f"a text of more than {LONGEST_TEXT} letters in <{local(element)}>",
            remedy="no list has such a text: " + _AGAIN,
        )


def _free(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _refuse_doctype(part: Part, root: etree._Element) -> None:
    if root.getroottree().docinfo.doctype:  # type: ignore[attr-defined]
        raise Hostile(
            part.printed_name,
            found="a document type declaration, the vehicle of entity bombs",
            remedy="do not use this file",
        )


def _refusal(part: Part, error: etree.XMLSyntaxError) -> Damaged | Hostile:
    line, message = error.lineno, str(error.msg).partition(", line ")[0]
    fault = message.lower().partition(" tag ")[0]  # a cut element called `entities` is no entity bomb
    if any(word in fault for word in ("entity", "entities", "huge", "depth", "limit", "amplification")):
        return Hostile(part.printed_name, record=f"line {line}", found=message, remedy="do not use this file")
    return Damaged(part.printed_name, record=f"line {line}", found=message, remedy="it was cut or mangled: " + _AGAIN)


def local(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: etree._Element, *names: str) -> list[etree._Element]:
    """Direct children by local name, in document order; all of them when no name is given."""
    return [child for child in element if not names or local(child) in names]


def child(element: etree._Element, *path: str) -> etree._Element | None:
    """The first element down a path of local names, or None."""
    found: etree._Element | None = element
    for name in path:
        found = next((each for each in found if local(each) == name), None) if found is not None else None
    return found


def text_of(element: etree._Element, *path: str) -> str:
    """The stripped text of the first element down a path of local names; empty where there is none."""
    found = child(element, *path)
    return (found.text or "").strip() if found is not None else ""


def root_name(head: bytes) -> str:
    """The local name of the root element as far as the first bytes tell, empty when they hold none."""
    parser = etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True, load_dtd=False)
    with suppress(etree.XMLSyntaxError):
        parser.feed(head)
    with suppress(etree.XMLSyntaxError):
        for _, element in parser.read_events():
            if isinstance(element, etree._Element):
                return local(element)
    return ""
