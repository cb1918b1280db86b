"""Names in the Security Council's list: numbered parts, original script, and aliases with what is printed beside them."""

from __future__ import annotations

import re

from lxml import etree

from shellgame.errors import BadInput
from shellgame.sources.claims import Claims, Entity
from shellgame.sources.publication import Part
from shellgame.sources.wording import add_days, is_blank, is_latin, script_language, short_form
from shellgame.sources.xml import local, text_of

_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_PROP_OF_QUALITY = {"Good": "alias", "Low": "weakAlias", "a.k.a.": "alias", "f.k.a.": "previousName"}
_BRACKETED = re.compile(r"(.+?)\s*\(([^()]+)\)")
_SCRIPT_NOTE = re.compile(
    r"(?:.*?\b)?(original script|in arabic script|in arabic)\s*:\s*(.+)", re.IGNORECASE | re.DOTALL
)
_LANGUAGES = {
    "tigrinya": "tir", "arabic": "ara", "russian": "rus", "persian": "fas", "farsi": "fas", "pashto": "pus", "dari": "prs",
    "urdu": "urd", "french": "fra", "korean": "kor", "chinese": "zho",
}  # fmt: skip


def claim_names(record: Entity, element: etree._Element) -> list[str]:
    """Claim the main name, its parts, its abbreviation and its original script; returns all of them."""
    parts = {tag: "" if is_blank(text := text_of(element, tag)) else " ".join(text.split()) for tag in _PARTS}
    name = " ".join(filter(None, parts.values()))
    record.add("name", name, field="FIRST_NAME")
    names = [name]
    if record.schema == "Person":
        family_first = text_of(element, "UN_LIST_TYPE") == "DPRK"
        props = ("lastName", "firstName") if family_first else ("firstName", "secondName")
        for prop, tag in zip(props, _PARTS, strict=False):
            record.add(prop, parts[tag], field=tag, stance="infers" if family_first else "asserts")
    else:
        names += _abbreviation(record, "alias", name, "FIRST_NAME")
    if original := " ".join(text_of(element, "NAME_ORIGINAL_SCRIPT").split()):
        names += _in_script(record, "alias", original, "NAME_ORIGINAL_SCRIPT")
    return names


def claim_alias(part: Part, claims: Claims, record: Entity, alias: etree._Element) -> list[str]:
    """Claim one alias element: its names, and the birth date, place and note printed with it; returns the names.

    Raises:
        BadInput: An unknown QUALITY.
    """
    printed = " ".join(text_of(alias, "ALIAS_NAME").split())
    if is_blank(printed):
        return []
    quality, field = text_of(alias, "QUALITY"), local(alias)
    if quality and quality not in _PROP_OF_QUALITY:
        raise BadInput(
            part.printed_name, record=f"{record.id}, QUALITY", found=f"an unknown quality of an alias, {quality!r}",
            remedy=f"report it with this message: the reader knows {', '.join(_PROP_OF_QUALITY)}",
        )  # fmt: skip
    names = []
    for name in printed.split("; "):
        names += _in_script(record, _PROP_OF_QUALITY.get(quality, "alias"), name, field, whole=printed)
    names += _beside(claims, record, alias, printed, field)
    return names


def _in_script(record: Entity, prop: str, printed: str, field: str, *, whole: str | None = None) -> list[str]:
    """Claim a name; one in brackets in another script, or its abbreviation, is a name of its own."""
    quote = whole if whole and whole != printed else None
    match = _BRACKETED.fullmatch(printed)
    if not match:
        record.add(prop, printed, lang=script_language(printed), quote=quote, field=field)
        return [printed]
    outside, inside = match.groups()
    if not is_latin(outside) and (language := _LANGUAGES.get(inside.lower())):
        record.add(prop, outside, lang=language, quote=printed, field=field)
        return [outside]
    if is_latin(outside) == is_latin(inside):
        record.add(prop, printed, quote=quote, field=field)
        return [printed, *(_abbreviation(record, prop, printed, field) if record.schema != "Person" else [])]
    names = [outside, *inside.removeprefix("original script:").split(";")]
    for name in names:
        record.add(prop, name.strip(), lang=script_language(name), quote=printed, field=field)
    return names


def _abbreviation(record: Entity, prop: str, printed: str, field: str) -> list[str]:
    """Claim `Six Wells Group` and `SWG` where `Six Wells Group (SWG)` is printed."""
    told = short_form(printed)
    if told is None:
        return []
    bare, short = told
    record.add("abbreviation", short, quote=printed, field=field, stance="infers")
    record.add(prop, bare, quote=printed, field=field, stance="infers")
    return [bare, short]


def _beside(claims: Claims, record: Entity, alias: etree._Element, printed: str, field: str) -> list[str]:
    """Claim what stands beside an alias: a birth used with that name, the name in its own script, any other note."""
    born = " ".join(text_of(alias, "DATE_OF_BIRTH").split())
    if not is_blank(born):
        add_days(claims, record, "birthDate", born, called="Date of birth", field=field, said_of=printed)
    place = ", ".join(
        text for tag in ("CITY_OF_BIRTH", "COUNTRY_OF_BIRTH") if not is_blank(text := text_of(alias, tag))
    )
    record.add("birthPlace", place, quote=f"{printed}: {place}", field=field)
    note = " ".join(text_of(alias, "NOTE").split())
    if is_blank(note):
        return []
    record.add("notes", f"Name {printed}: {note}", field=field)
    if not (match := _SCRIPT_NOTE.fullmatch(note)):
        return []
    name = match.group(2).strip(" .)")
    language = "ara" if match.group(1).lower() == "in arabic" else script_language(name)
    record.add("alias", name, lang=language, quote=note, field=field)
    return [name]
