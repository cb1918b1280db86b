"""Which of OFAC's lists a publication holds, and its records that belong to a source.

OFAC publishes the SDN List and, as the Consolidated List, all the others; a record can stand on both. A publication of
one list has all of its records on that list; one that somebody put together may mix them. Where a file says which it
is, the wrong source refuses it; where it does not (the classic layout prints programmes only), it is taken with a note.
"""

from __future__ import annotations

import re
from typing import Final

from shellgame.errors import Damaged, NotThisSource
from shellgame.sources.claims import Claims
from shellgame.sources.ofac.legacy_parts import Series
from shellgame.sources.ofac.xml_record import Record
from shellgame.sources.publication import Part

MAIN_LISTS: Final[dict[Series, str]] = {"sdn": "SDN List", "cons": "Consolidated List"}
_OTHER: Final[dict[Series, Series]] = {"sdn": "cons", "cons": "sdn"}
_SOURCES: Final[dict[Series, str]] = {"sdn": "us_ofac_sdn", "cons": "us_ofac_cons"}
_NEVER_SDN_ALONE: Final = frozenset({"NS-PLC", "CMIC-EO13959", "561-Related", "FSE-IR", "FSE-SY", "NS-ISA"})
"""Programmes of lists other than the SDN List; an SDN may have one of them, but never nothing else."""
_FILTERED: Final = re.compile(rb"<sanctionsList\b[^>]*>([^<]+)<")


def is_of(list_name: str, series: Series) -> bool:
    """Whether a list belongs to a series: the SDN List is one, all other lists are the other."""
    return (list_name == MAIN_LISTS["sdn"]) == (series == "sdn")


def of_series(claims: Claims, part: Part, records: list[Record], series: Series) -> list[Record]:
    """Take the records that stand on a list of the series, by what each record says.

    Raises:
        NotThisSource: No record does, or all are on lists of the other series while some are on none of this one: then
            it is the other one's publication.
        Damaged: No record stands on any list.
    """
    listed = [record for record in records if record.listings]
    if records and not listed:
        raise Damaged(part.printed_name, found="no record stands on any list", remedy="get the publication again")
    ours = [record for record in listed if _stands_on(record, series)]
    if len(ours) == len(listed):
        return records
    if not ours or all(_stands_on(record, _OTHER[series]) for record in listed):
        found = f"{len(listed) - len(ours)} of {len(records)} records stand on no list of {_SOURCES[series]}"
        raise _of_another(part, series, found)
    others = len(records) - len(ours)
    claims.counts["records_of_other_lists"] = others
    claims.notes.append(
        f"{part.printed_name} mixes lists: {others} records that stand on none of {_SOURCES[series]} were left out"
    )
    return ours


def _stands_on(record: Record, series: Series) -> bool:
    return any(is_of(listing.list_name, series) for listing in record.listings)


def of_programs(claims: Claims, part: Part, records: list[Record], series: Series) -> list[Record]:
    """Take the records of a file that prints programmes only, as far as these do not speak against it.

    Raises:
        NotThisSource: The SDN List is asked for, and there are records under programmes that only the other lists have.
    """
    consolidated = [record for record in records if record.programs and record.programs <= _NEVER_SDN_ALONE]
    if series == "sdn" and consolidated:
        first = consolidated[0]
        raise _of_another(part, series, f"record {first.id} is under {', '.join(sorted(first.programs))} alone")
    if not (series == "cons" and consolidated):
        claims.notes.append(
            f"{part.printed_name} does not say which list it is; it was taken for the {MAIN_LISTS[series]}"
        )
    return records


def _of_another(part: Part, series: Series, found: str) -> NotThisSource:
    other = _SOURCES[_OTHER[series]]
    return NotThisSource(
        part.printed_name,
        found=f"{found}, so this is not the {MAIN_LISTS[series]}",
        remedy=f"use `shellgame add {other} {part.printed_name}` if that is what it is",
    )


def says_it_is(head: bytes, series: Series) -> bool:
    """Whether the lists that an ENHANCED file names as its filter include one of the series; True where it names none."""
    filters = head.partition(b"<filters>")[2].partition(b"</filters>")[0]
    names = [name.decode("utf-8", "replace").strip() for name in _FILTERED.findall(filters)]
    return not names or any(is_of(name, series) for name in names)
