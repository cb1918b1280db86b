"""Canada's autonomous sanctions list: one flat XML file, `<data-set>` of `<record>`.

It holds who is listed under the Special Economic Measures Act (SEMA) and the Justice for Victims of Corrupt Foreign Officials Act
(JVCFOA). What is peculiar:

- **No number.** Country (really the regulation), Schedule and Item place a record in its regulation, and items move when others
  are repealed. So the id is `ca-sema-` and a digest of what identifies the party: regulation and name, for a ship regulation and
  IMO number. Letter case, accents, word order, punctuation and the French half of a bilingual name do not count. Where one
  regulation lists one name twice, the entry listed first keeps this id and the others add their days of listing and birth.
- **Three layouts.** Until 2020 `Entity`, `Title`, `DateOfBirth`; then `EntityOrShip`, `TitleOrShip`, `DateOfListing` and
  `DateOfBirthOrShipBuildDate`; since August 2026 every name is bilingual (`Country-Pays`). Locators always use the plain names.
- **Country is the regulation**, `Belarus / Bélarus`, also for parties from elsewhere; it is no claim about their own country.
- **Two languages in one text**: English and French names with a slash between; so are titles and ship types.
- A build date that a spreadsheet turned into a serial number (`31234`) stays a note.
- The list prints no date of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

from lxml import etree

from shellgame.errors import BadInput, Damaged
from shellgame.names.countries import country_code
from shellgame.sources.ca_dfatd_sema_sanctions.aliases import split_aliases
from shellgame.sources.claims import Claims, Entity, digest
from shellgame.sources.publication import Part, Publication
from shellgame.sources.reader import Format
from shellgame.sources.wording import add_days, is_blank, script_language, short_form
from shellgame.sources.xml import children, local, records, root_name

PART = "sema-lmes.xml"
AUTHORITY = "Global Affairs Canada"
_FIELDS = {
    "Country": "Country", "LastName": "LastName", "GivenName": "GivenName", "Schedule": "Schedule", "Item": "Item",
    "Aliases": "Aliases", "DateOfListing": "DateOfListing", "ShipIMONumber": "ShipIMONumber",
    "EntityOrShip": "EntityOrShip", "TitleOrShip": "TitleOrShip", "DateOfBirthOrShipBuildDate": "DateOfBirthOrShipBuildDate",
    "Entity": "EntityOrShip", "Title": "TitleOrShip", "DateOfBirth": "DateOfBirthOrShipBuildDate",
    "Country-Pays": "Country", "LastName-NomDeFamille": "LastName", "GivenName-Prenom": "GivenName", "Schedule-Annexe": "Schedule",
    "Item-NumeroDarticle": "Item", "Aliases-Alias": "Aliases", "DateOfListing-DateDinscription": "DateOfListing",
    "ShipIMONumber-NumeroOMIDuNavire": "ShipIMONumber", "EntityOrShip-EntiteOuNavire": "EntityOrShip",
    "TitleOrShipType-TitreOuTypeDeNavire": "TitleOrShip",
    "DateOfBirthOrShipBuildDate-DateDeNaissanceOuDateDeConstructionDuNavire": "DateOfBirthOrShipBuildDate",
}  # fmt: skip
"""Element names of all layouts, and the one that locators use."""
_HEAD = re.compile(rb"<record>\s*<(?:Country|Country-Pays|LastName|GivenName|Entity|EntityOrShip)[>-]")
_REGULATION = re.compile(r"^Special Economic Measures \((.+?)\) Regulations")
_ALSO_KNOWN = re.compile(r"\((?:also known as|a\.?k\.?a\.?)\s+(.+)\)", re.IGNORECASE)
_IMO = re.compile(r"\d{7}")
_BRACKETED_VARIANT = re.compile(r"(\w[\w'’-]*)\s*\((\w[\w'’-]*)\)")
_AGAIN = "get the list again from the publisher"


class Row(dict[str, str]):
    """One record's fields by their plain English names, white space collapsed; a missing or blank field reads as empty."""

    def __missing__(self, key: str) -> str:
        return ""


def recognise(name: str, head: bytes) -> str | None:
    """Know the list by its root and by the first field of its first record."""
    return PART if _HEAD.search(head) and root_name(head) == "data-set" else None


def read(publication: Publication, claims: Claims) -> None:
    """Read the list.

    Raises:
        Damaged: A record without a name, or without the country and item that place it: columns have shifted.
        BadInput: An element that no layout knows.
    """
    part = publication.parts[PART]
    printed = [_row(part, number, element) for number, element in enumerate(records(part, "record"), start=1)]
    rows = list({tuple(sorted(row.items())): row for row in printed}.values())
    if repeated := len(printed) - len(rows):
        claims.counts["repeated"] = repeated
        claims.notes.append(f"{repeated} entries repeat another one word by word and were read once")
    for row, record_id in zip(rows, record_ids(rows), strict=True):
        _read_row(claims, row, record_id)
    if count := claims.counts["ambiguous_aliases"]:
        claims.notes.append(f"{count} texts of aliases do not tell where one name ends; they are kept whole")


def _row(part: Part, number: int, element: etree._Element) -> Row:
    row = Row()
    for child in children(element):
        tag = local(child)
        if tag not in _FIELDS:
            raise BadInput(
                part.printed_name, record=f"record {number}", found=f"an unknown element <{tag}>",
                remedy="the publisher changed the layout; report it, the reader must learn the new name",
            )  # fmt: skip
        text = " ".join((child.text or "").split())
        if not is_blank(text):
            row[_FIELDS[tag]] = text
    if not row["Country"] or not row["Item"]:
        raise Damaged(
            part.printed_name, record=f"record {number} ({_full_name(row) or 'no name'})", remedy=_AGAIN,
            found="no country or no item, so its columns have shifted and no field of it can be trusted",
        )  # fmt: skip
    if not _full_name(row):
        raise Damaged(part.printed_name, record=f"record {number}", found="a record without a name", remedy=_AGAIN)
    return row


def _full_name(row: Row) -> str:
    return row["EntityOrShip"] or f"{row['GivenName']} {row['LastName']}".strip()


def record_ids(rows: list[Row]) -> list[str]:
    """Give each record its id, see the module's docstring; the ids of one publication are unique."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        groups[regulation_key(row["Country"]), _identity(row)].append(position)
    ids = [""] * len(rows)
    for content, positions in groups.items():
        taken: set[str] = set()
        for position in sorted(positions, key=lambda position: rows[position]["DateOfListing"]):
            row = rows[position]
            told = (*content, row["DateOfListing"], row["DateOfBirthOrShipBuildDate"])
            for attempt in (content, told, (*told, row["Schedule"], row["Item"]), (*told, str(position))):
                if (found := f"ca-sema-{digest(*attempt)}") not in taken:
                    break
            taken.add(found)
            ids[position] = found
    return ids


def regulation_key(country: str) -> str:
    """What stands for a regulation in ids, the same for every way its country has been printed.

    Example:
        >>> regulation_key("Burma / Birmanie"), regulation_key("Myanmar (Burma) / Myanmar (Birmanie)")
        ('mm', 'mm')
    """
    if "justice for victims" in country.lower():
        return "jvcfoa"
    named = _REGULATION.match(country)
    english = named.group(1) if named else country.split(" / ")[0]
    return country_code(english) or _folded(english)


def _identity(row: Row) -> str:
    if _is_ship(row) and _IMO.fullmatch(row["ShipIMONumber"]):
        return row["ShipIMONumber"]
    english = _ALSO_KNOWN.sub("", _halves(row["EntityOrShip"])[0]) if row["EntityOrShip"] else _full_name(row)
    return " ".join(sorted(_folded(english).split())) or _full_name(row)


def _folded(name: str) -> str:
    letters = (letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", "".join(letters).casefold()).strip()


def _is_ship(row: Row) -> bool:
    return bool(row["EntityOrShip"] and (_IMO.fullmatch(row["ShipIMONumber"]) or row["TitleOrShip"]))


def _halves(name: str) -> list[str]:
    """The English and the French half of a name; a slash inside of brackets parts nothing."""
    halves = [half.strip() for half in re.split(r"/(?![^()]*\))", name)]
    return halves if len(halves) == 2 and all(len(half) > 2 for half in halves) else [name.strip()]


def _read_row(claims: Claims, row: Row, record_id: str) -> None:
    schema = "Vessel" if _is_ship(row) else "Organization" if row["EntityOrShip"] else "Person"
    record = claims.record(record_id, schema, f"{PART}#{record_id.removeprefix('ca-sema-')}")
    record.add("topics", "sanction")
    claims.counts[{"Vessel": "vessels", "Organization": "entities", "Person": "persons"}[schema]] += 1
    if schema == "Person":
        _person(claims, record, row)
    else:
        _entity_or_ship(claims, record, row)
    _aliases(claims, record, row["Aliases"], "Aliases")
    _listing(record, row)


def _person(claims: Claims, record: Entity, row: Row) -> None:
    given, family = row["GivenName"], row["LastName"]
    record.add("name", _full_name(row), field="LastName")
    record.add("firstName", given, field="GivenName")
    if variant := _BRACKETED_VARIANT.fullmatch(family):
        for spelling in variant.groups():
            record.add("lastName", spelling, quote=family, field="LastName")
            record.add("alias", f"{given} {spelling}".strip(), quote=_full_name(row), field="LastName", stance="infers")
    else:
        record.add("lastName", family, field="LastName")
    record.add("title", _english(row["TitleOrShip"]), original=_printed(row["TitleOrShip"]), field="TitleOrShip")
    if row["DateOfBirthOrShipBuildDate"]:
        _days(claims, record, "birthDate", row, "Date of birth")
    _keep(claims, record, row, "ShipIMONumber")


def _entity_or_ship(claims: Claims, record: Entity, row: Row) -> None:
    for name in _halves(row["EntityOrShip"]):
        bare = _ALSO_KNOWN.sub("", name).strip()
        record.add(
            "name", bare, quote=row["EntityOrShip"] if bare != row["EntityOrShip"] else None, field="EntityOrShip"
        )
        if known := _ALSO_KNOWN.search(name):
            _aliases(claims, record, known.group(1), "EntityOrShip")
        if record.schema == "Organization" and (told := short_form(bare)):
            record.add("alias", told[0], quote=bare, field="EntityOrShip", stance="infers")
            record.add("abbreviation", told[1], quote=bare, field="EntityOrShip", stance="infers")
    if record.schema == "Vessel":
        record.add("type", _english(row["TitleOrShip"]), original=_printed(row["TitleOrShip"]), field="TitleOrShip")
        if _IMO.fullmatch(row["ShipIMONumber"]):
            record.add("imoNumber", row["ShipIMONumber"], field="ShipIMONumber")
            row["ShipIMONumber"] = ""
    if row["DateOfBirthOrShipBuildDate"]:
        ship = record.schema == "Vessel"
        _days(claims, record, "buildDate" if ship else "incorporationDate", row, "Date of build" if ship else "Date")
    _keep(claims, record, row, "ShipIMONumber")


def _days(claims: Claims, record: Entity, prop: str, row: Row, called: str) -> None:
    add_days(claims, record, prop, row["DateOfBirthOrShipBuildDate"], called=called, field="DateOfBirthOrShipBuildDate")


def _keep(claims: Claims, record: Entity, row: Row, field: str) -> None:
    if row[field]:  # a name in the column of IMO numbers has been published: kept, and nothing concluded from it
        record.add("notes", f"{field}: {row[field]}", field=field)
        claims.counts["not_understood"] += 1


def _english(text: str) -> str:
    return re.split(r"\s*[/|]\s*", text)[0] if text.count("/") + text.count("|") == 1 else text


def _printed(text: str) -> str | None:
    return text if _english(text) != text else None


def _aliases(claims: Claims, record: Entity, text: str, field: str) -> None:
    if not text:
        return
    person = record.schema == "Person"
    found = split_aliases(text, person=person)
    for name, language in dict.fromkeys(found.names):
        prop = (
            "weakAlias" if person and len(name.split()) == 1 else "alias"
        )  # a first or family name alone is many people's
        record.add(
            prop, name, lang=language or script_language(name), quote=text if text != name else None, field=field
        )
        claims.counts["aliases"] += 1
    claims.counts["ambiguous_aliases"] += len(found.ambiguous)


def _listing(record: Entity, row: Row) -> None:
    listing = record.sanction()
    listing.add("authority", AUTHORITY)
    listing.add("country", "ca")
    country = row["Country"]
    english = country.split(" / ")[0]
    program = english if "Regulations" in english else country
    listing.add("program", program, original=country if program != country else None, field="Country")
    program_id = "CA-JVCFOA" if regulation_key(country) == "jvcfoa" else "CA-SEMA"
    listing.add("programId", program_id, quote=country, field="Country")
    schedule = row["Schedule"]
    place = f"Schedule {schedule}, item {row['Item']}" if schedule else f"Item {row['Item']}"
    listing.add("provisions", place, quote=f"{country}: {place}", field="Schedule" if schedule else "Item")
    listing.add_date("listingDate", row["DateOfListing"], field="DateOfListing")


FORMATS = (Format("xml", recognise, read, required=frozenset({PART})),)
