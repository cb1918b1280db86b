"""One record of the legacy set, written: from its rows in the four files to its claims.

A record's claims follow from its rows alone. So they are made once for each wording and shared by all versions that
print it; only the ends of links depend on the other records, and are left to the reader of the whole publication.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from shellgame.errors import BadInput
from shellgame.model.claim import ClaimRow
from shellgame.sources.claims import Claims, Entity
from shellgame.sources.ofac.facts import Listed, keep, write_fact
from shellgame.sources.ofac.legacy_parts import ADDRESSES, ALIASES, LIST, NULL, PART_NAMES, TYPES, Series
from shellgame.sources.ofac.names import name_key, person_name
from shellgame.sources.ofac.programs import program_key
from shellgame.sources.ofac.remarks import parse_remarks
from shellgame.sources.ofac.ties import Origin, Party, Tie
from shellgame.sources.ofac.towns import town

AUTHORITY: Final = "Office of Foreign Assets Control"
REMARK_CHARACTERS: Final = 1000
"""Where a remark is cut, to go on in the comments."""
_DETAILS: Final = "https://sanctionssearch.ofac.treas.gov/Details.aspx?id="
_KEPT_RECORDS: Final = 1 << 15
"""Wordings whose claims are kept for the next version; more than one list has, or none would be found again."""
_NOTHING: Final = frozenset({NULL, "", "undetermined"})
"""What an address prints for what is not known; the last one as country."""
_ALIAS_PROPS: Final = {"aka": "alias", "fka": "previousName", "nka": "alias"}
_CRAFT_COLUMNS: Final = ("call_sign", "vess_type", "tonnage", "grt", "vess_flag", "vess_owner")


class Record(NamedTuple):
    """All rows that tell of one record, cells stripped: what its claims depend on, and nothing else.

    Attributes:
        cells: Its row of the list.
        rest: How its remark goes on, from the comments.
        aliases: Its rows of the aliases.
        addresses: Its rows of the addresses.
    """

    cells: tuple[str, ...]
    rest: str
    aliases: tuple[tuple[str, ...], ...]
    addresses: tuple[tuple[str, ...], ...]

    @property
    def is_cut(self) -> bool:
        """Whether its remark ends before its end."""
        remark = self.cells[11]
        return is_full(remark) and not self.rest and not (len(remark) > REMARK_CHARACTERS and remark.endswith("."))


class Written(NamedTuple):
    """What one record claims, and what its links need."""

    rows: tuple[ClaimRow, ...]
    counts: tuple[tuple[str, int], ...]
    party: Party
    origin: Origin
    ties: tuple[Tie, ...]


def is_full(remark: str) -> bool:
    """Whether a remark fills its column, and so goes on elsewhere."""
    return len(remark) >= REMARK_CHARACTERS


@lru_cache(maxsize=_KEPT_RECORDS)
def written(source: str, series: Series, record: Record) -> Written:
    """Write one record, all but the ends of its links; the same for the same words, so versions share it.

    Raises:
        BadInput: The type in its third column is none that is known.
    """
    claims, cells = Claims(source), record.cells
    schema = _schema(PART_NAMES[series][LIST], cells)
    entity = claims.record(f"ofac-{cells[0]}", schema, f"{PART_NAMES[series][LIST]}#{cells[0]}")
    listing, programs = _write_listing(entity, cells)
    listed = Listed(claims, entity, listing, [])
    _write_name(entity, cells)
    _write_columns(listed, cells)
    _write_remark(listed, cells[11] + record.rest, is_cut=record.is_cut)
    for row in record.aliases:
        _write_alias(entity, PART_NAMES[series][ALIASES], row)
    for row in record.addresses:
        _write_address(listed, PART_NAMES[series][ADDRESSES], row)
    del claims.counts["addresses"]  # counted by rows, also those that say nothing
    party = Party(entity.id, name_key(cells[1]), _other_keys(schema, record), programs)
    origin = Origin(entity.id, schema, entity.locator, programs)
    return Written(tuple(claims.rows), tuple(claims.counts.items()), party, origin, tuple(listed.ties))


def _other_keys(schema: str, record: Record) -> tuple[str, ...]:
    """Keys of the aliases, and of a person's name in the order of speech: `wife of Ivan Turnip` stands beside `TURNIP, Ivan`."""
    spoken = [name_key(person_name(record.cells[1]).full)] if schema == "Person" else []
    return (*spoken, *[name_key(row[3]) for row in record.aliases])


def _schema(part: str, cells: tuple[str, ...]) -> str:
    schema = TYPES.get(cells[2])
    if schema is None:
        raise BadInput(
            part,
            record=f"record {cells[0]}",
            found=f"unknown type {cells[2]!r}; known are {', '.join(TYPES)}",
            remedy="add it to TYPES of shellgame.sources.ofac.legacy_parts once its meaning is clear",
        )
    return schema


def _write_listing(entity: Entity, cells: tuple[str, ...]) -> tuple[Entity, frozenset[str]]:
    entity.add("topics", "sanction")
    listing = entity.sanction()
    listing.add("authority", AUTHORITY)
    listing.add("country", "us")
    listing.add("authorityId", cells[0])
    listing.add("sourceUrl", _DETAILS + cells[0], stance="infers")
    programs = () if cells[3] == NULL else tuple(tag.strip() for tag in cells[3].split("] ["))
    for tag in programs:
        listing.add("program", tag, field="program")
        key = program_key(tag)
        listing.add("programId", key, original=None if key == tag else tag, field="program")
    return listing, frozenset(programs)


def _write_name(entity: Entity, cells: tuple[str, ...]) -> None:
    printed = cells[1]
    if entity.schema != "Person":
        return entity.add("name", printed, field="name")
    name = person_name(printed)
    entity.add("name", name.full, original=None if name.full == printed else printed, field="name")
    entity.add("lastName", name.last, original=printed, field="name")
    entity.add("firstName", name.given, original=printed, field="name")
    entity.add("fatherName", name.patronymic, original=printed, field="name", stance="infers")
    return entity.add("nameSuffix", name.suffix, original=printed, field="name")


def _write_columns(listed: Listed, cells: tuple[str, ...]) -> None:
    """Write the columns between the programmes and the remark; all but the title are a vessel's."""
    entity = listed.record
    title, *craft = (None if cell == NULL else cell for cell in cells[4:11])
    for part in title.split(";") if title else ():
        word = part.strip()
        entity.add(_title_prop(entity.schema, word), word, field="title")
    if entity.schema != "Vessel":
        for column, value in zip(_CRAFT_COLUMNS, craft, strict=True):
            entity.add("notes", value and f"{column}: {value}", original=value, field=column)
        return
    call_sign, vessel_type, tonnage, gross, flag, owner = craft
    entity.add("callSign", call_sign, field="call_sign")
    entity.add("type", vessel_type, field="vess_type")
    _add_number(entity, "tonnage", tonnage, "tonnage")
    _add_number(entity, "grossRegisteredTonnage", gross, "grt")
    entity.add_country("flag", flag, field="vess_flag")
    if owner:
        listed.ties.append(Tie("Ownership", "Vessel Owner", owner, owner, "vess_owner", outward=False))


def _title_prop(schema: str, title: str) -> str:
    if schema != "Person":
        return "notes"
    return "title" if any(fragment.kind == "title" for fragment in parse_remarks(title)[:1]) else "position"


def _add_number(entity: Entity, prop: str, printed: str | None, field: str) -> None:
    number = printed.replace(",", "") if printed else None
    entity.add(prop, number, original=None if number == printed else printed, field=field)


def _write_remark(listed: Listed, remark: str, *, is_cut: bool) -> None:
    if not remark or remark == NULL:
        return
    fragments = parse_remarks(remark)
    listed.claims.counts["remark_fragments"] += len(fragments)
    for fragment in fragments[:-1] if is_cut else fragments:
        write_fact(listed, fragment)
    if is_cut and fragments:
        keep(listed, fragments[-1])


def _write_alias(entity: Entity, part: str, row: tuple[str, ...]) -> None:
    _, number, kind, printed, remark = row
    alias = entity.part(entity.id, entity.schema, f"{part}#{entity.id.removeprefix('ofac-')}/{number}")
    full = person_name(printed).full if entity.schema == "Person" else printed
    quote = None if kind == "aka" else f"{kind} {printed}"
    alias.add(_ALIAS_PROPS[kind], full, original=None if full == printed else printed, quote=quote)
    if remark and remark != NULL:
        alias.add("notes", f"{printed}: {remark}", original=remark)


def _write_address(listed: Listed, part: str, row: tuple[str, ...]) -> None:
    entity = listed.record
    _, number, *cells = row
    street, city, country, remark = (None if cell in _NOTHING else cell for cell in cells)
    locator = f"{part}#{entity.id.removeprefix('ofac-')}/{number}"
    if street or city or remark:
        full = ", ".join(filter(None, (street, city, country)))
        place = town(city or "")
        entity.address(
            full=full, street=street, city=place.city, region=place.region, postal_code=place.code, country=country,
            remarks=remark, locator=locator,
        )  # fmt: skip
    elif country:  # a country is no place where two parties could meet
        entity.part(entity.id, entity.schema, locator).add_country("country", country)
    else:
        listed.claims.counts["addresses_empty"] += 1
