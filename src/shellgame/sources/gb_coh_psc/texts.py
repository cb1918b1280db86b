"""Values as Companies House prints them: company numbers, addresses, birth months, and what nobody foresaw."""

from __future__ import annotations

import re
from typing import Any

from shellgame.sources.claims import Claims, Entity
from shellgame.sources.json_records import as_json
from shellgame.sources.publication import LONGEST_TEXT

_NUMBER = re.compile(r"[0-9A-Z]{8}")
_SHORT_NUMBER = re.compile(r"([A-Z]{2}|)(\d{1,7})")
_OVERSEAS = ("OE", "FC", "SF", "NF")
"""Prefixes of entities that were founded elsewhere and are only registered here."""


def company_number(printed: object) -> str:
    """A company number with all of its eight characters; empty where it is none.

    Example:
        >>> company_number("686734"), company_number("oc301234"), company_number("SC 1234"), company_number("41-0406690")
        ('00686734', 'OC301234', 'SC001234', '')
    """
    number = "".join(printed.split()).upper() if isinstance(printed, str) else ""
    if short := _SHORT_NUMBER.fullmatch(number):
        number = short[1] + short[2].zfill(8 - len(short[1]))
    return number if _NUMBER.fullmatch(number) else ""


def company_id(number: str) -> str:
    """Id of the company with a number."""
    return f"gb-coh-{number}"


def is_founded_here(number: str) -> bool:
    """Whether the company is one of the United Kingdom, and not one of elsewhere with a branch or land here."""
    return not number.startswith(_OVERSEAS)


def text(value: object) -> str:
    """A text; empty for anything else, and for one longer than any that is meant."""
    return value if isinstance(value, str) and len(value) <= LONGEST_TEXT else ""


def fields(value: object) -> dict[str, Any]:
    """An object of JSON; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def claim_address(holder: Entity, printed: object, field: str) -> None:
    """Claim an address as the register prints it, in its usual order."""
    told = {name: text(value).strip() for name, value in fields(printed).items()}
    if not told:
        return
    box = told.get("po_box", "")
    street = ", ".join(
        filter(
            None,
            (told.get("care_of"), f"PO Box {box}" if box else "", told.get("premises"), told.get("address_line_1"),
             told.get("address_line_2")),
        )
    )  # fmt: skip
    holder.address(
        street=street,
        city=told.get("locality"),
        region=told.get("region"),
        postal_code=told.get("postal_code"),
        country=told.get("country"),
        locator=f"{holder.locator}/{field}",
    )


def birth_date(printed: object) -> str:
    """A date of birth, mostly of month and year only; empty where there is none.

    Example:
        >>> birth_date({"month": 8, "year": 1951}), birth_date({"year": "1951"}), birth_date(None)
        ('1951-08', '1951', '')
    """
    told = [str(fields(printed).get(part, "")) for part in ("year", "month", "day")]
    known = told[: next((place for place, part in enumerate(told) if not part.isdecimal()), len(told))]
    return "-".join(part.zfill(2) for part in known)


def note_rest(claims: Claims, entity: Entity, told: dict[str, Any], known: frozenset[str]) -> None:
    """Keep what the reader does not know as notes, counted."""
    for name in sorted(told.keys() - known):
        if told[name] not in (None, "", [], {}):
            claims.counts["not_understood"] += 1
            words = told[name] if isinstance(told[name], str) else as_json(told[name])
            entity.add("notes", f"{name}: {words[:LONGEST_TEXT]}", original=words[:LONGEST_TEXT], field=name[:80])
