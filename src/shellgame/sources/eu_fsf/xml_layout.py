"""The XML layout, version 1.1: `export` with one `sanctionEntity` for each subject; nearly everything stands in attributes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from shellgame.sources.eu_fsf.subjects import ACT, ATTRIBUTES, Fact, Subject
from shellgame.sources.publication import Part
from shellgame.sources.xml import children, local, records, text_of

_SUBJECT = frozenset({
    "unitedNationId", "designationDate", "designationDetails", "delistingDate", "euReferenceNumber", "logicalId",
})  # fmt: skip


def subjects(part: Part) -> Iterator[Subject]:
    """Read the subjects one by one.

    Raises:
        Damaged: The document is cut or mangled.
        Hostile: It declares entities.
    """
    for element in records(part, "sanctionEntity"):
        yield _subject(element)


def _subject(element: etree._Element) -> Subject:
    said = _stated(element)
    subject = Subject(said.pop("euReferenceNumber", ""), said.pop("logicalId", ""), [])
    subject.said = {name: text for name, text in said.items() if name in _SUBJECT}
    subject.unknown = [(name, text) for name, text in said.items() if name not in _SUBJECT]
    for each in element:
        kind = local(each)
        if kind in ATTRIBUTES:
            subject.facts.append(_fact(subject, each, kind))
        elif kind == "remark":
            subject.remarks.extend(filter(None, [text_of(each)]))
        elif kind == "regulation":
            subject.acts.append(_act(each))
        elif kind == "subjectType":
            subject.types = [code for name in ("code", "classificationCode") if (code := each.get(name, "").strip())]
        elif kind:
            subject.unknown.extend(_whole(each, kind))
    return subject


def _stated(element: etree._Element) -> dict[str, str]:
    return {str(name): str(text).strip() for name, text in element.attrib.items() if str(text).strip()}


def _fact(subject: Subject, element: etree._Element, kind: str) -> Fact:
    said = _stated(element)
    for name in sorted(said.keys() - ATTRIBUTES[kind]):
        subject.unknown.append((f"{kind}/{name}", said.pop(name)))
    for each in element:
        if local(each) not in ("remark", "contactInfo", "regulationSummary"):
            subject.unknown.extend(_whole(each, f"{kind}/{local(each)}"))
    return Fact(
        kind,
        said,
        tuple(text for each in children(element, "remark") if (text := text_of(each))),
        tuple((each.get("key", ""), each.get("value", "")) for each in children(element, "contactInfo")),
        tuple(_act(each) for each in children(element, "regulationSummary")),
    )


def _act(element: etree._Element) -> dict[str, str]:
    act = {name: text for name, text in _stated(element).items() if name in ACT}
    if url := text_of(element, "publicationUrl"):
        act["publicationUrl"] = url
    return act


def _whole(element: etree._Element, where: str) -> Iterator[tuple[str, str]]:
    for name, text in _stated(element).items():
        yield f"{where}/{name}", text
    if text := text_of(element):
        yield where, text
