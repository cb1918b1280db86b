"""Australia's consolidated list, one workbook (XLSX) with one row for every name.

A listing has a number; its primary name stands under the number alone (`2`), its other names under the number with letters (`2a`,
`2b`, `2c1`), all repeating the other cells. The rows of one number make one record, `au-dfat-<number>`. What is peculiar:

- **Two layouts**: since 2025 with Alias Strength, IMO Number, Instrument of Designation and four columns of measures. Kinds of type
  and name are printed in any case and with stray blanks.
- **Cells are typed by hand.** A birth is a date cell, a year, `a) Approximately 1955- 1958 b) 1945`, `3 Mar 1971 >> 8 Aug 1972`;
  every day that can be read is claimed, ranges and what is left over stay as notes. Letters and semicolons separate values.
- **Control Date is the day of the last change**, not of the listing (it is `modifiedAt`). The day of listing stands in Listing
  Information for many (`Listed by UN 1267 Committee on 25 January 2001`). Where that only names an instrument of the same year as
  the control date, and no later change, the control date is taken for it, as an inference; else the day stays unknown.
- UN references in remarks belong to the UN's list, so relations are followed by name.
- The list prints its own date only in the name of its sheet (`Consolidated List - 2_10_2026`), and not always.
"""

from __future__ import annotations

import re

from shellgame.model.days import partial_day
from shellgame.names.countries import country_code
from shellgame.sources.au_dfat_sanctions import columns as c
from shellgame.sources.au_dfat_sanctions.columns import Group, groups_of, name_prop, schema_of
from shellgame.sources.au_dfat_sanctions.remarks import REFERENCE, claim_remarks
from shellgame.sources.claims import Claims, Entity, digest
from shellgame.sources.printed import countries, enumerated
from shellgame.sources.publication import Publication
from shellgame.sources.reader import Format
from shellgame.sources.relations import Names, Told, link_told
from shellgame.sources.sheets import is_workbook, read_sheet
from shellgame.sources.wording import add_days, distinct, script_language, short_form

PART = "Australian_Sanctions_Consolidated_List.xlsx"
AUTHORITY = "Australian Sanctions Office"
# OpenSanctions' ids of the regimes that the Committees column names.
PROGRAM_IDS = {
    "autonomous (dprk)": "AU-DPRK", "autonomous (ffry)": "AU-YUGO", "autonomous (iran)": "AU-IRAN",
    "autonomous (libya)": "AU-LIBYA", "autonomous (myanmar)": "AU-MYANMAR", "autonomous (afghanistan)": "AU-AFGHANISTAN",
    "autonomous (russia)": "AU-RUSSIA", "autonomous (thematic - corruption)": "AU-CRP",
    "autonomous (thematic - human rights)": "AU-HUMAN", "autonomous (thematic - cyber)": "AU-CYB",
    "autonomous (ukraine)": "AU-UKRAINE", "autonomous (syria)": "AU-SYRIA", "autonomous (zimbabwe)": "AU-ZIM",
    "autonomous (vessels)": "AU-VESSELS", "1267/1989/2253 (isil (da'esh) and al-qaida)": "UN-SCISIL",
    "1373 (2001)": "AU-UNSC1373", "1518 (iraq)": "UN-SC1518", "1533 (democratic republic of the congo)": "UN-SC1533",
    "1591 (sudan)": "UN-SC1591", "1718 (dprk)": "UN-SC1718", "1718 committee (dprk)": "UN-SC1718",
    "1970 (libya) 1973 (libya)": "UN-SC1970", "1970 (libya)": "UN-SC1970", "1973 (libya)": "UN-SC1970",
    "1988 (taliban)": "UN-SC1988", "2206 (south sudan)": "UN-SC2206", "2140 (yemen)": "UN-SC2140",
    "2713 (al-shabaab)": "UN-SC2713", "2127 (central african republic)": "UN-SC2127", "2048 (guinea-bissau)": "UN-SC2048",
    "2653 (haiti)": "UN-SC2653", "1737 (iran)": "UN-SC1737",
}  # fmt: skip
_NATIONS = {"belarussian": "by", "türkiyish": "tr", "ukranian": "ua"}
_SHEET_DAY = re.compile(r"(\d{1,2})[_./-](\d{1,2})[_./-](\d{4})")
_LISTED = re.compile(
    r"(?<![\w-])(?:listed|designated)(?:(?!amended|re-?listed|formerly)[^;]){0,80}?"
    r"(\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}\.? ?\d{4})",
    re.IGNORECASE,
)
_BEGINS_WITH_DAY = re.compile(r"\s*(\d{1,2} [A-Z][a-z]{2,8}\.? ?\d{4}|\d{4}-\d{2}-\d{2}$)")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CHANGED = re.compile(r"re-?list|last listed|\bamended\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_ASIDE = re.compile(r"\s*\(([^()]+)\)\s*\.?$")
_POSTAL = re.compile(r"\b\d[\d-]{2,}\b")


def recognise(name: str, head: bytes) -> str | None:
    """Know a workbook; its columns lie packed inside and are checked when it is read."""
    return PART if is_workbook(name, head) else None


def read(publication: Publication, claims: Claims) -> None:
    """Read the list.

    Raises:
        Damaged: It is no workbook, cut, or has a row without reference or name.
        Hostile: It unpacks to too much, or carries what no list does.
        NotThisSource: A workbook without this list's columns.
        BadInput: An unknown type.
    """
    part = publication.parts[PART]
    sheet = read_sheet(part, c.REQUIRED)
    claims.notes.extend(sheet.notes)
    if day := _SHEET_DAY.search(sheet.title):
        claims.published = partial_day("/".join(day.groups()))
    elif sheet.saved:
        claims.notes.append(
            f"the list prints no date; the workbook was last saved on {sheet.saved}: give that day if it is the list's"
        )
    unknown = [column for column in sheet.columns if column not in c.KNOWN]
    names, told, persons = Names(), list[Told](), set[str]()
    for group in groups_of(part, sheet, claims):
        record = claims.record(
            group.record_id, schema_of(part, claims, group), f"{PART}#{group.record_id.removeprefix('au-dfat-')}"
        )
        if record.schema == "Person":
            persons.add(record.id)
        for name in _names(claims, record, group):
            names.add(name, record.id)
        _read_record(claims, record, group, unknown)
        told += [Told(record, text, c.REMARKS) for text in group.printed(c.REMARKS)]
    link_told(claims, told, names, persons, reference=REFERENCE, by_reference=lambda _: None)


def _names(claims: Claims, record: Entity, group: Group) -> list[str]:
    names = []
    for row in group.rows:
        name, prop = " ".join(row[c.NAME].split()), name_prop(row)
        if prop is None:
            record.add("notes", f"{c.NAME_TYPE} of {name}: {row[c.NAME_TYPE]}", field=c.NAME_TYPE)
            claims.counts["not_understood"] += 1
        record.add(
            prop or "alias",
            name,
            lang=script_language(name),
            field=c.NAME,
            quote=row[c.NAME_TYPE] if prop == "previousName" else None,
        )
        names.append(name)
        if record.schema != "Person" and (short := short_form(name)):
            if record.schema != "Vessel":
                record.add("abbreviation", short[1], quote=name, field=c.NAME, stance="infers")
            record.add("alias", short[0], quote=name, field=c.NAME, stance="infers")
            names.extend(short)
    if not any(row[c.NAME] for row in group.rows if c.is_primary(row)):
        record.add("name", names[0], field=c.NAME, stance="infers")
        claims.notes.append(f"reference {group.number} has no primary name; its first one stands for it")
    claims.counts["aliases"] += sum(not c.is_primary(row) for row in group.rows)
    return names


def _read_record(claims: Claims, record: Entity, group: Group, unknown: list[str]) -> None:
    record.add("topics", "sanction")
    for printed in group.printed(c.BORN):
        _born(claims, record, printed)
    for printed in group.printed(c.BIRTHPLACE):
        _birth_places(record, printed)
    for printed in group.printed(c.CITIZENSHIP):
        _citizenship(claims, record, printed)
    for printed in group.printed(c.ADDRESS):
        for address in _several(printed):
            _address(record, address)
    for printed in group.printed(c.REMARKS):
        claim_remarks(claims, record, printed, c.REMARKS)
    for number in group.printed(c.IMO):
        if record.schema in ("Vessel", "Organization") and re.fullmatch(r"\d{7}", number):
            record.add("imoNumber", number, field=c.IMO)
        else:
            record.add("notes", f"{c.IMO}: {number}", field=c.IMO)
            claims.counts["not_understood"] += 1
    for column in unknown:
        for printed in group.printed(column):
            record.add("notes", f"{column}: {printed}", field=column)
            claims.counts["not_understood"] += 1
    _listing(claims, record, group)


def _born(claims: Claims, record: Entity, printed: str) -> None:
    prop, called = {
        "Person": ("birthDate", "Date of birth"), "Vessel": ("buildDate", "Date of build"),
    }.get(record.schema, ("incorporationDate", "Date of incorporation"))  # fmt: skip
    add_days(claims, record, prop, printed, called=called, field=c.BORN)


def _birth_places(record: Entity, printed: str) -> None:
    for place in _several(printed):
        if record.schema != "Person":
            record.add("notes", f"{c.BIRTHPLACE}: {place}", field=c.BIRTHPLACE)
            continue
        record.add("birthPlace", place, field=c.BIRTHPLACE)
        if country := _country_at_end(place):
            record.add_country("birthCountry", country, quote=place, field=c.BIRTHPLACE)


def _citizenship(claims: Claims, record: Entity, printed: str) -> None:
    prop = "citizenship" if record.schema == "Person" else "country"
    for piece in (each for item in enumerated(printed) for each in re.split(r"\s*[;\n]\s*", item) if each):
        whole = " ".join(piece.split())
        if code := _NATIONS.get(whole.lower()):
            record.add(prop, code, original=whole, field=c.CITIZENSHIP)
            continue
        found = countries(whole)
        for code, words in found.values:
            record.add(prop, code, original=words, quote=whole if whole != words else None, field=c.CITIZENSHIP)
        for words in found.left:
            record.add("notes", f"{c.CITIZENSHIP}: {words}", field=c.CITIZENSHIP)
            claims.counts["countries_not_understood"] += 1


def _several(printed: str) -> list[str]:
    """Take a cell of places apart: at letters, and at semicolons where every piece ends in a country."""
    found = []
    for item in enumerated(printed):
        pieces = [piece for each in item.split(";") if (piece := " ".join(each.split()).strip(" ,"))]
        found += pieces if all(_country_at_end(piece) for piece in pieces) else [" ".join(item.split()).strip(" ,;")]
    return distinct(found)


def _country_at_end(place: str) -> str | None:
    last = _POSTAL.sub("", _ASIDE.sub("", place).split(",")[-1]).strip(" .")
    return last if len(last) > 1 and country_code(last) else None


def _address(record: Entity, printed: str) -> None:
    aside = _ASIDE.search(printed)
    line = (_ASIDE.sub("", printed) if aside else printed).strip(" .,")
    if not line:
        record.add("notes", f"{c.ADDRESS}: {printed}", field=c.ADDRESS)
        return
    record.address(full=line, country=_country_at_end(line), locator=f"{record.locator}/{c.ADDRESS}")
    if aside:  # it tells of this party at this place, so it is no part of an address that others may share
        record.add("notes", f"Address {line}: {aside.group(1)}", field=c.ADDRESS)


def _listing(claims: Claims, record: Entity, group: Group) -> None:
    for position, program in enumerate(group.printed(c.COMMITTEES) or [""]):
        program = " ".join(program.split())
        listing = record.sanction(digest(program) if position else "")
        listing.add("authority", AUTHORITY)
        listing.add("country", "au")
        listing.add("program", program, field=c.COMMITTEES)
        listing.add(
            "programId",
            PROGRAM_IDS.get(program.lower().replace("–", "-").replace("’", "'")),
            quote=program,
            field=c.COMMITTEES,
        )
        for printed in group.printed(c.CONTROL):
            listing.add_date("modifiedAt", printed, field=c.CONTROL)
        for printed in group.printed(c.LISTING):
            if not _ISO_DAY.fullmatch(printed):
                listing.add("summary", printed, field=c.LISTING)
            _listing_date(listing, printed, group.printed(c.CONTROL))
        for printed in group.printed(c.INSTRUMENT):
            listing.add("provisions", printed, field=c.INSTRUMENT)
        for measure in c.MEASURES:
            _measure(claims, listing, group, measure)


def _listing_date(listing: Entity, printed: str, control: list[str]) -> None:
    text = " ".join(printed.split())
    told = _BEGINS_WITH_DAY.match(text) or _LISTED.search(text)
    day = partial_day(told.group(1)) if told else None
    if told and day:
        listing.add(
            "listingDate",
            day,
            original=told.group(1) if told.group(1) != day else None,
            quote=text[:200] if text != day else None,
            field=c.LISTING,
        )
    elif len(control) == 1 and control[0][:4] in _YEAR.findall(text)[:1] and not _CHANGED.search(text):
        listing.add(
            "listingDate",
            partial_day(control[0]),
            quote=f"{c.CONTROL} {control[0]}; {text}"[:200],
            field=c.CONTROL,
            stance="infers",
        )


def _measure(claims: Claims, listing: Entity, group: Group, measure: str) -> None:
    for printed in group.printed(measure):
        if printed.lower() in ("true", "yes", "1"):
            listing.add("provisions", measure, field=measure)
        elif printed.lower() not in ("false", "no", "0"):
            listing.add("summary", f"{measure}: {printed}", field=measure)
            claims.counts["not_understood"] += 1


FORMATS = (Format("xlsx", recognise, read, required=frozenset({PART})),)
