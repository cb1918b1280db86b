"""The Consolidated List of Financial Sanctions Targets: HM Treasury's list of everyone whose assets the UK froze.

`ConList.csv` begins with a line `Last Updated,<day>` and a header. Peculiar:

- One row is one combination of name, date of birth and address; the rows of one Group ID are one target, and a target
  with three names and four birth dates fills twelve. A name is six cells, `Name 6` the surname or the whole name.
- Several values share a cell as `(1) … (2) …`, and until 2022 papers are sentences (see `texts`).
- Vessels stood under `Entity` until 2022; a remark that begins with an IMO number makes one a Vessel here.
- Days are `DD/MM/YYYY` with `00` for what is not known.
- The six address lines are not said to be street or town, so only the whole line, postal code and country are claimed.

Two layouts, told apart by their headers: 29 columns until February 2022, text in Windows-1252 (verified on the publication
of 13 April 2018: 9,487 rows, 2,106 groups, one spreadsheet-damaged identity number printed so by the Treasury itself);
36 columns from then on, UTF-8. The later header, the group type `Ship`, the name types, the alias qualities and the
labels `UK Sanctions List Ref`, `UN Ref`, `UK Statement of Reasons`, `Gender`, `Phone number`, `Further Identifying
Information`, `IMO number`, `Current owners`, `Flag of ship` and `Type of ship` were verified in public code that reads the
list (watchman, OpenSanctions' crawler of the XML edition) and its test data; no publication in that layout was at hand,
and further labels are matched by likeness of name or kept as notes.

The list closed on 28 January 2026. Ids are `gb-hmt-<Group ID>`, as OpenSanctions makes them; since 2022 the id in the UK
Sanctions List is kept as `authorityId` of the listing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from shellgame.errors import Damaged
from shellgame.model.days import partial_day
from shellgame.sources.claims import Claims
from shellgame.sources.gb_hmt_sanctions.cells import Row, dated, different, full_name, references_of, schema_of
from shellgame.sources.gb_hmt_sanctions.target import Known, TargetWriter
from shellgame.sources.publication import HEAD_BYTES, Part, Publication, Recognise
from shellgame.sources.reader import Format
from shellgame.sources.tables import Table, first_rows, rows

_NAMES = ("Name 6", "Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Title")
_PLACE = (
    "Address 1",
    "Address 2",
    "Address 3",
    "Address 4",
    "Address 5",
    "Address 6",
    "Post/Zip Code",
    "Country",
    "Other Information",
)
COLUMNS_2018 = (
    *_NAMES, "DOB", "Town of Birth", "Country of Birth", "Nationality", "Passport Details", "NI Number", "Position",
    *_PLACE, "Group Type", "Alias Type", "Regime", "Listed On", "Last Updated", "Group ID",
)  # fmt: skip
COLUMNS_2022 = (
    *_NAMES, "Name Non-Latin Script", "Non-Latin Script Type", "Non-Latin Script Language", "DOB", "Town of Birth",
    "Country of Birth", "Nationality", "Passport Number", "Passport Details", "National Identification Number",
    "National Identification Details", "Position", *_PLACE, "Group Type", "Alias Type", "Alias Quality", "Regime",
    "Listed On", "UK Sanctions List Date Designated", "Last Updated", "Group ID",
)  # fmt: skip
_SPREADSHEET = "get the file as the publisher printed it; do not open and save it in a spreadsheet"


def _recogniser(columns: tuple[str, ...]) -> Recognise:
    def recognise(name: str, head: bytes) -> str | None:
        first = first_rows(head, 2, encoding="latin-1")
        is_list = len(first) == 2 and first[0][:1] == ["Last Updated"] and tuple(first[1]) == columns
        return "ConList.csv" if is_list else None

    return recognise


def _reader(columns: tuple[str, ...], encoding: str) -> Callable[[Publication, Claims], None]:
    def read(publication: Publication, claims: Claims) -> None:
        part = publication.parts["ConList.csv"]
        claims.published = _published(part)
        groups = _groups(part, columns, encoding)
        schemata = {_record_id(group): schema_of(told, part.printed_name) for group, told in groups.items()}
        writer = TargetWriter(claims, _known(groups, schemata))
        for group, told in groups.items():
            writer.write(_record_id(group), schemata[_record_id(group)], told)
        if unknown := claims.counts["not_understood"]:
            claims.notes.append(
                f"{unknown} papers, labels or name types could not be told for sure; they are kept as notes"
            )

    return read


def _published(part: Part) -> str:
    """The day on the first line.

    Raises:
        Damaged: No day stands there.
    """
    with part.path.open("rb") as file:
        first = first_rows(file.read(HEAD_BYTES), encoding="latin-1")
    printed = first[0][1] if first and len(first[0]) > 1 else ""
    if not dated(printed):
        raise Damaged(
            part.printed_name, record="line 1", found=f"{printed!r} where DD/MM/YYYY belongs", remedy=_SPREADSHEET
        )
    return str(partial_day(printed))


def _groups(part: Part, columns: tuple[str, ...], encoding: str) -> dict[str, list[Row]]:
    """The rows of each Group ID, in the order in which it first stands there."""
    groups: dict[str, list[Row]] = {}
    for line, cells in rows(part, Table(columns=columns, encoding=encoding, skip_lines=1, prints_rounded_numbers=True)):
        row = dict(zip(columns, map(str.strip, cells), strict=True))
        group = row["Group ID"]
        if (
            not group.isdecimal()
            or not dated(row["Last Updated"])
            or (row["Listed On"] and not dated(row["Listed On"]))
        ):
            found = f"Group ID {group!r}, listed {row['Listed On']!r}, updated {row['Last Updated']!r}"
            raise Damaged(part.printed_name, record=f"line {line}", found=found, remedy=_SPREADSHEET)
        groups.setdefault(group, []).append(row)
    return groups


def _known(groups: dict[str, list[Row]], schemata: dict[str, str]) -> Known:
    known = Known(defaultdict(set), defaultdict(set), schemata)
    for group, told in groups.items():
        for row in told:
            known.by_name[full_name(row).casefold()].add(_record_id(group))
        for cell in different(told, "Other Information"):
            for reference in references_of(schemata[_record_id(group)], cell):
                known.by_reference[reference].add(_record_id(group))
    return known


def _record_id(group: str) -> str:
    return f"gb-hmt-{group}"


_PARTS = frozenset({"ConList.csv"})
FORMATS: tuple[Format, ...] = (
    Format("conlist-2022", _recogniser(COLUMNS_2022), _reader(COLUMNS_2022, "utf-8-sig"), _PARTS),
    Format("conlist-2018", _recogniser(COLUMNS_2018), _reader(COLUMNS_2018, "cp1252"), _PARTS),
)
