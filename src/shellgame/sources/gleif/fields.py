"""One record of GLEIF as its fields, whether it came as XML or as JSON.

LEI-CDF, RR-CDF and reporting exceptions nest their fields in groups, but a field's own name nearly always says what it is. Only
those that several groups share are kept under their group (`LegalAddress/City`), which is numbered where it may stand more than
once (`RelationshipPeriod 2/StartDate`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

Value = tuple[str, str, str]
"""A field's text, and what its attributes say of it: ISO 639-1 language and type; empty where they say nothing."""
_SHARED = frozenset({
    "FirstAddressLine", "AdditionalAddressLine", "City", "Region", "Country", "PostalCode", "MailRouting", "AddressNumber",
    "AddressNumberWithinBuilding", "NodeID", "NodeIDType", "StartDate", "EndDate", "PeriodType", "MeasurementMethod",
    "QuantifierAmount", "QuantifierUnits", "QualifierDimension", "QualifierCategory", "LegalEntityEventType",
    "LegalEntityEventEffectiveDate", "LegalEntityEventRecordedDate", "SuccessorLEI", "SuccessorEntityName",
    "AssociatedLEI", "AssociatedEntityName",
})  # fmt: skip
"""Fields that are kept under the group that they stand in."""
_REPEATED = frozenset({
    "OtherAddress", "TransliteratedOtherAddress", "RelationshipPeriod", "RelationshipQuantifier", "RelationshipQualifier",
    "LegalEntityEvent", "SuccessorEntity", "AssociatedEntity",
})  # fmt: skip
"""Groups that may stand in a record more than once."""
_ATTRIBUTE = re.compile(r"""\b(lang|type|event_status)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


class Layout:
    """Which fields a record has and where their texts stand; records that look alike share one.

    Attributes:
        places: Of each field, by its key, what it has: the number of the text, and its language and type.
        groups: What is known of each numbered group: its name in `_REPEATED` to their keys, in order.
        types: Of a numbered group, the type or status that its attributes tell.
        plan: What a reader worked out for all records of this layout; None before it did.
    """

    __slots__ = ("groups", "places", "plan", "types")

    def __init__(self) -> None:
        self.places: dict[str, list[tuple[int, str, str]]] = {}
        self.groups: dict[str, list[str]] = {}
        self.types: dict[str, str] = {}
        self.plan: Any = None

    def of(self, key: str) -> list[tuple[int, str, str]]:
        """What is known of all texts of a field: their numbers, languages and types."""
        return self.places.get(key, [])

    def opened(self, name: str, kind: str) -> str:
        """Number a group that may stand more than once, and give its key."""
        keys = self.groups.setdefault(name, [])
        keys.append(key := f"{name} {len(keys) + 1}")
        self.types[key] = kind
        return key

    def put(self, group: str, name: str, place: int, told: tuple[str, str]) -> None:
        """Say in which group a text stands, and under which name."""
        self.places.setdefault(f"{group}/{name}" if name in _SHARED else name, []).append((place, *told))


class Fields:
    """The fields of one record.

    Attributes:
        texts: All texts of the record.
        layout: Where they stand.
        groups: As of its layout.
        types: As of its layout.
        tidy: Whether it is known that no text has anything to be cleaned away (see `Entity.add`).
    """

    __slots__ = ("_places", "groups", "layout", "texts", "tidy", "types")

    def __init__(self, layout: Layout, texts: list[str], *, tidy: bool = False) -> None:
        self.layout, self.tidy = layout, tidy
        self._places, self.groups, self.types = layout.places, layout.groups, layout.types
        self.texts = texts

    def text(self, key: str) -> str:
        """The text of a field; empty where it is not there."""
        found = self._places.get(key)
        return self.texts[found[0][0]] if found else ""

    def all(self, key: str) -> list[Value]:
        """All values of a field."""
        return [(self.texts[place], lang, kind) for place, lang, kind in self._places.get(key, ())]

    def __contains__(self, key: str) -> bool:
        return key in self._places


_TOKEN = re.compile(
    r"""<(?:[\w.-]++:)?+([\w.-]++)((?:\s[^<>"']*+(?:"[^"]*+"[^<>"']*+|'[^']*+'[^<>"']*+)*+)?+/?)>([^<]*+)(</)?""",
    re.ASCII,
)
"""An opening tag, its attributes, the text behind it, and whether that is all it holds. The piece was found well-formed before, and
has neither comments nor CDATA."""


def fields_of_xml(record: str) -> Fields:
    """The fields of a record as XML that is well-formed."""
    return Fields(*layout_of_xml(record))


def layout_of_xml(record: str) -> tuple[Layout, list[str]]:
    """Which fields a record has, as XML that is well-formed, and its texts."""
    texts: list[str] = []
    layout, group = Layout(), ""
    for name, attributes, text, ends in _TOKEN.findall(record):
        if not ends:
            if attributes[-1:] != "/":
                group = layout.opened(name, _told(attributes)[1] if attributes else "") if name in _REPEATED else name
        elif text := text.strip():
            layout.put(group, name, len(texts), _told(attributes) if attributes else _NOTHING)
            texts.append(html.unescape(text) if "&" in text else text)
    return layout, texts


_NOTHING = ("", "")


@lru_cache(maxsize=1024)
def _told(attributes: str) -> tuple[str, str]:
    """Language and type as attributes tell them; the same few stand in all records."""
    told = {name: html.unescape(double or single) for name, double, single in _ATTRIBUTE.findall(attributes)}
    return told.get("lang", ""), told.get("type") or told.get("event_status", "")


def fields_of_json(record: dict[str, Any]) -> Fields:
    """The fields of a record as JSON: GLEIF's own (`{"$": text, "@type": …}`), or plain texts and lists."""
    fields = Fields(layout := Layout(), [])
    _add_json(layout, fields.texts, "", "", record, _NOTHING)
    return fields


def _add_json(layout: Layout, texts: list[str], group: str, name: str, value: Any, told: tuple[str, str]) -> None:
    """Add what stands under a name in a group; recursion is bounded by the depth that the JSON reader allows."""
    if isinstance(value, list):
        for each in value:
            _add_json(layout, texts, group, _singular(name), each, told)
    elif isinstance(value, dict):
        told = (
            _attribute(value, "xml:lang") or _attribute(value, "lang"),
            _attribute(value, "type") or _attribute(value, "event_status"),
        )
        if "$" in value:
            _add_json(layout, texts, group, name, value["$"], told)
            return
        inside = layout.opened(name, told[1]) if name in _REPEATED else name
        for inner, each in _inner(value):
            _add_json(layout, texts, inside, inner, each, told if inner == name else _NOTHING)
    elif value is not None and (text := str(value).strip()):
        layout.put(group, name, len(texts), told)
        texts.append(text)


def _inner(value: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What stands in a group, by names without the prefixes that XML made into JSON has (`gleif:DeletedAt`)."""
    plain = ((name.rpartition(":")[2], each) for name, each in value.items() if not name.startswith("@"))
    return ((name, each) for name, each in plain if name not in _ATTRIBUTES)


_ATTRIBUTES = frozenset({"type", "lang", "event_status", "group_type", "group_id"})


def _attribute(value: dict[str, Any], name: str) -> str:
    told = value.get(f"@{name}", value.get(name))
    return told if isinstance(told, str) else ""


def _singular(name: str) -> str:
    """What a list of plain JSON calls one of its items: `OtherAddresses` are each an `OtherAddress`."""
    if name.endswith("Entities"):
        return f"{name.removesuffix('ies')}y"
    if name.endswith("Addresses"):
        return name.removesuffix("es")
    return name if name.endswith("ss") else name.removesuffix("s")
