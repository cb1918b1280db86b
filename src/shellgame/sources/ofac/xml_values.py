"""Reference values of the advanced layout, and its dates: what the numbers in the rest of the file stand for."""

from __future__ import annotations

from typing import Final

from lxml import etree

from shellgame.errors import Damaged
from shellgame.model.days import partial_day
from shellgame.sources.ofac.xml_dates import period_between
from shellgame.sources.ofac.xml_record import Period
from shellgame.sources.ofac.xml_tree import words
from shellgame.sources.publication import Part
from shellgame.sources.xml import child, children, local

AGAIN: Final = "get the publication again from the publisher"
_NOTHING: Final = frozenset({"Unknown", "undetermined"})
"""How OFAC spells that a value is not given."""
_GREGORIAN: Final = "Gregorian"


class Values:
    """The reference values of one file, by kind and number."""

    def __init__(self, part: Part) -> None:
        """Begin without any; the part is for messages."""
        self._part = part
        self._words: dict[tuple[str, str], str] = {}
        self._party_types: dict[str, str] = {}

    def take(self, sets: etree._Element) -> None:
        """Take all of `ReferenceValueSets`."""
        for each in sets:
            for value in each:
                kind, number = local(value), value.get("ID", "")
                # an area's own text is its code, the name stands beside it
                self._words[kind, number] = value.get("Description", "") if kind == "AreaCode" else words(value)
                if kind == "PartySubType":
                    self._party_types[number] = value.get("PartyTypeID", "")

    def word(self, kind: str, number: str | None, record: str) -> str:
        """The words that a number of a kind stands for; empty where there is no number, or OFAC means nothing by it.

        Raises:
            Damaged: The file does not define it; names the record.
        """
        if not number:
            return ""
        found = self._words.get((kind, number))
        if found is None:
            raise Damaged(
                self._part.printed_name,
                record=record,
                found=f"{kind} {number}, which the file's reference values do not define",
                remedy=AGAIN,
            )
        return "" if found in _NOTHING else found

    def party_kind(self, number: str | None, record: str) -> str:
        """The kind of a party, by the number of its subtype: `Vessel`, or where that is unknown, its type: `Individual`."""
        subtype = self.word("PartySubType", number, record)
        return subtype or self.word("PartyType", self._party_types.get(number or ""), record)

    def period(self, dates: etree._Element | None, record: str) -> Period | None:
        """A `DatePeriod` from the first possible day of its start to the last of its end; None where it has neither."""
        if dates is None:
            return None
        first, last = child(dates, "Start", "From"), child(dates, "End", "To")
        if first is None and last is None:
            return None
        calendar = self.word("CalendarType", dates.get("CalendarTypeID"), record)
        if calendar not in {"", _GREGORIAN}:
            days = dict.fromkeys(_figures(day) for day in (first, last) if day is not None)
            return Period((), f"{' to '.join(days)} ({calendar} calendar)")
        approximate = any(end.get("Approximate") == "true" for end in children(dates, "Start", "End"))
        return period_between(self.day(first, record), self.day(last, record), approximate=approximate)

    def day(self, element: etree._Element | None, record: str) -> str | None:
        """The partial ISO date of an element with year, month and day, as far as it has them.

        Raises:
            Damaged: There is no such day.
        """
        if element is None or not (figures := _figures(element)):
            return None
        day = partial_day(figures)
        if day is None:
            raise Damaged(self._part.printed_name, record=record, found=f"no day: {figures}", remedy=AGAIN)
        return day


def _figures(date: etree._Element) -> str:
    return "-".join(filter(None, (words(date, name) for name in ("Year", "Month", "Day"))))
