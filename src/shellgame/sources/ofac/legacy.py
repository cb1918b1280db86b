"""OFAC's legacy comma-separated set, as `us_ofac_sdn` and `us_ofac_cons` publish it.

The list (`sdn.csv`) has one row a record, addresses and aliases lie in files of their own, and a remark of more than
1,000 characters goes on in the comments. The list can be read alone; what a missing part would tell is then unknown.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial

from shellgame.errors import Damaged
from shellgame.model.version import UNPUBLISHED
from shellgame.sources.claims import Claims
from shellgame.sources.ofac.legacy_parts import (
    ADDRESSES,
    ALIASES,
    COMMENTS,
    LIST,
    PART_NAMES,
    Series,
    has_end_mark,
    part_of,
    part_rows,
)
from shellgame.sources.ofac.legacy_record import REMARK_CHARACTERS, Record, is_full, written
from shellgame.sources.ofac.ties import Directory, write_ties
from shellgame.sources.publication import Publication
from shellgame.sources.reader import Format

_Rows = dict[str, list[tuple[str, ...]]]
"""The rows of a part by the record they tell of."""


def legacy_csv(series: Series) -> Format:
    """The legacy set of one of the two lists."""
    return Format(
        name="legacy-csv",
        recognise=partial(part_of, series=series),
        read=partial(_read, series=series),
        required=frozenset({PART_NAMES[series][LIST]}),
    )


def _read(publication: Publication, claims: Claims, *, series: Series) -> None:
    beside = {kind: _by_record(publication, series, kind) for kind in (ALIASES, ADDRESSES, COMMENTS)}
    records = _records(publication, series, beside)
    told = [written(claims.source, series, record) for record in records]
    for each in told:
        claims.rows.extend(each.rows)
        for name, count in each.counts:
            claims.counts[name] += count
    claims.counts["aliases"] += sum(map(len, beside[ALIASES].values()))
    claims.counts["addresses"] += sum(map(len, beside[ADDRESSES].values()))
    write_ties(
        claims, ((each.origin, tie) for each in told for tie in each.ties), Directory(each.party for each in told)
    )
    _note_cut_remarks(claims, series, records)
    _note_orphans(claims, series, records, beside)
    _note_what_is_missing(publication, claims, series)


def _by_record(publication: Publication, series: Series, kind: str) -> _Rows:
    found: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for cells in part_rows(publication, series, kind):
        found[cells[0]].append(cells)
    return found


def _records(publication: Publication, series: Series, beside: dict[str, _Rows]) -> list[Record]:
    aliases, addresses, comments = (beside[kind] for kind in (ALIASES, ADDRESSES, COMMENTS))
    found: dict[str, Record] = {}
    for cells in part_rows(publication, series, LIST):
        number = cells[0]
        if number in found:
            raise Damaged(
                publication.parts[PART_NAMES[series][LIST]].printed_name,
                record=f"record {number}",
                found="two rows of this number",
                remedy="get the file again from the publisher",
            )
        rest = "".join(row[1] for row in comments.get(number, ())) if is_full(cells[11]) else ""
        found[number] = Record(cells, rest, tuple(aliases.get(number, ())), tuple(addresses.get(number, ())))
    return list(found.values())


def _note_cut_remarks(claims: Claims, series: Series, records: list[Record]) -> None:
    if cut := [record.cells[0] for record in records if record.is_cut]:
        claims.counts["remarks_cut"] = len(cut)
        claims.notes.append(
            f"{len(cut)} remarks are cut at {REMARK_CHARACTERS:,} characters and no {PART_NAMES[series][COMMENTS]} has the rest; "
            f"their last words are kept as notes: {_some(cut)}"
        )


def _note_orphans(claims: Claims, series: Series, records: list[Record], beside: dict[str, _Rows]) -> None:
    """Tell of rows about records that the list has not, or whose remark it does not cut: the file is of another day."""
    listed = {record.cells[0] for record in records}
    continued = {record.cells[0] for record in records if record.rest}
    for kind, found in beside.items():
        if orphans := sorted(found.keys() - (continued if kind == COMMENTS else listed), key=int):
            claims.counts[f"{kind}_without_record"] = sum(len(found[number]) for number in orphans)
            tells = "goes on with remarks" if kind == COMMENTS else "tells of records"
            claims.notes.append(
                f"{PART_NAMES[series][kind]} {tells} that {PART_NAMES[series][LIST]} has not, "
                f"so it is of another day; not read: {_some(orphans)}"
            )


def _note_what_is_missing(publication: Publication, claims: Claims, series: Series) -> None:
    names = PART_NAMES[series]
    if missing := [names[kind] for kind in (ADDRESSES, ALIASES) if names[kind] not in publication.parts]:
        claims.notes.append(f"{UNPUBLISHED}{', '.join(missing)}: what they tell is unknown in this version")
    if names[COMMENTS] not in publication.parts:
        claims.notes.append(f"no {names[COMMENTS]}: how remarks that it cuts go on is unknown in this version")
    for kind in (LIST, ADDRESSES, ALIASES):
        part = publication.parts.get(names[kind])
        if part and not has_end_mark(part):
            claims.notes.append(
                f"{part.printed_name} lacks the control-Z that OFAC writes last; rows may be missing at its end"
            )


def _some(numbers: list[str]) -> str:
    return ", ".join(numbers[:10]) + (f" and {len(numbers) - 10} more" if len(numbers) > 10 else "")
