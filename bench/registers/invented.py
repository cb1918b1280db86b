"""Made-up registers of any size, in the layouts of Companies House (PSC), of BODS 0.4 and of our own tables; always the same."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

_FIRST = "Marc Anna Piotr Olive Hassan Ingrid Tomas Wei Lucia Owen".split()  # noqa: SIM905
_LAST = "Quillmar Feldon Brask Odukoya Lindqvist Zhaoming Petrenkov Salt Hollins".split()  # noqa: SIM905
_TOWNS = "Larnholm Vesterby Zarnov Korrin Dunmoor".split()  # noqa: SIM905
_NATURES = (
    "ownership-of-shares-75-to-100-percent", "ownership-of-shares-25-to-50-percent", "ownership-of-shares-50-to-75-percent",
    "voting-rights-75-to-100-percent", "voting-rights-25-to-50-percent", "right-to-appoint-and-remove-directors",
    "significant-influence-or-control",
)  # fmt: skip
_KIND = "person-with-significant-control"


def _day(dice: Random) -> str:
    return f"20{dice.randint(10, 24)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"


def _name(dice: Random) -> tuple[str, str]:
    return dice.choice(_FIRST), dice.choice(_LAST)


def _holders(dice: Random) -> Iterator[dict[str, Any]]:
    """Lines of the PSC snapshot: four of five holders are people, the others companies."""
    while True:
        number, key = f"{dice.randint(1, 16_000_000):08}", f"{dice.getrandbits(160):040x}"[:27]
        first, last = _name(dice)
        address = {
            "address_line_1": f"{dice.choice(_LAST)} Street", "country": "England", "locality": dice.choice(_TOWNS),
            "postal_code": f"HG{dice.randint(1, 9)} {dice.randint(1, 9)}ND", "premises": str(dice.randint(1, 300)),
        }  # fmt: skip
        told: dict[str, Any] = {"address": address, "etag": f"{dice.getrandbits(160):040x}", "notified_on": _day(dice)}
        told["natures_of_control"] = dice.sample(_NATURES, dice.randint(1, 3))
        if dice.random() < 0.2:
            kind = "corporate-entity"
            told["name"] = f"{last} {first} Holdings {dice.randint(1, 9999)} Limited"
            told["identification"] = {
                "country_registered": "England", "legal_authority": "Companies Act 2006", "place_registered": "Companies House",
                "legal_form": "Private Limited Company", "registration_number": f"{dice.randint(1, 16_000_000):08}",
            }  # fmt: skip
        else:
            kind = "individual"
            told["name"] = f"Mr {first} {last}"
            told["name_elements"] = {"forename": first, "surname": last, "title": "Mr"}
            told["date_of_birth"] = {"month": dice.randint(1, 12), "year": dice.randint(1940, 2000)}
            told |= {"nationality": "British", "country_of_residence": "England"}
        told |= {"kind": f"{kind}-{_KIND}", "links": {"self": f"/company/{number}/{_KIND}/{kind}/{key}"}}
        yield {"company_number": number, "data": told}


def _statements(dice: Random) -> Iterator[dict[str, Any]]:
    """Statements of BODS 0.4: of a company, of a person, and of what the person holds in it."""
    number = 0
    while True:
        number += 1
        day, (first, last) = _day(dice), _name(dice)
        published = {"publicationDate": "2026-06-01", "bodsVersion": "0.4", "publisher": {"name": "Register"}}
        common = {
            "declarationSubject": f"c{number}",
            "statementDate": day,
            "recordStatus": "new",
            "publicationDetails": published,
        }
        place = {"type": "registered", "address": f"{dice.randint(1, 300)} {last} Street, {dice.choice(_TOWNS)}",
                 "country": {"name": "Norway", "code": "NO"}}  # fmt: skip
        company = {
            "isComponent": False, "entityType": {"type": "registeredEntity"}, "name": f"{last} {first} {number} Ltd",
            "jurisdiction": {"name": "Norway", "code": "NO"}, "foundingDate": day, "addresses": [place],
            "identifiers": [{"id": f"{number:09}", "scheme": "NO-BRC", "schemeName": "Bronnoysund"}],
        }  # fmt: skip
        person = {
            "isComponent": False, "personType": "knownPerson", "birthDate": f"{dice.randint(1940, 2000)}",
            "names": [{"type": "legal", "fullName": f"{first} {last}", "familyName": last, "givenName": first}],
            "nationalities": [{"name": "Norway", "code": "NO"}],
        }  # fmt: skip
        interest = {"type": "shareholding", "directOrIndirect": "direct", "beneficialOwnershipOrControl": True,
                    "startDate": day, "share": {"exact": dice.randint(1, 100)}}  # fmt: skip
        held = {"isComponent": False, "subject": f"c{number}", "interestedParty": f"p{number}", "interests": [interest]}
        for key, kind, details in (("c", "entity", company), ("p", "person", person), ("r", "relationship", held)):
            own = {"statementId": f"s-{key}{number}", "recordId": f"{key}{number}", "recordType": kind}
            yield {**own, **common, "recordDetails": details}


def _lines(records: Callable[[Random], Iterator[dict[str, Any]]], name: str) -> Callable[[Path, float], int]:
    def write(folder: Path, mib: float) -> int:
        number, size = 0, 0
        made = records(Random(7))
        with (folder / name).open("w", encoding="utf-8") as out:
            while size < mib * (1 << 20):
                size += out.write(json.dumps(next(made), separators=(",", ":")) + "\n")
                number += 1
        return number

    return write


def _tables(folder: Path, mib: float) -> int:
    """Companies, people and holdings in our own tables; some 230 bytes a company with its holder."""
    dice, number = Random(7), int(mib * (1 << 20) / 230)
    tables = {
        "companies": ("id", "name", "registration_number", "jurisdiction", "legal_form", "status", "founded_on"),
        "people": ("id", "name", "first_name", "last_name", "birth_date", "nationality"),
        "holdings": ("company_id", "holder_id", "kind", "percentage", "status", "started_on"),
    }
    files = {name: (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") for name in tables}
    writers = {name: csv.writer(file) for name, file in files.items()}
    for name, columns in tables.items():
        writers[name].writerow(columns)
    for each in range(1, number + 1):
        day, (first, last) = _day(dice), _name(dice)
        writers["companies"].writerow(
            (f"c{each}", f"{last} {first} {each} Ltd", f"{each:08}", "no", "AS", "active", day)
        )
        writers["people"].writerow(
            (f"p{each}", f"{first} {last}", first, last, f"{dice.randint(1940, 2000)}-05-17", "no")
        )
        writers["holdings"].writerow((f"c{each}", f"p{each}", "shares", dice.randint(1, 100), "direct", day))
    for file in files.values():
        file.close()
    return 3 * number


WRITERS: dict[str, Callable[[Path, float], int]] = {
    "gb_coh_psc": _lines(_holders, "persons-with-significant-control-snapshot.txt"),
    "bods": _lines(_statements, "statements.jsonl"),
    "register": _tables,
}
"""Writes a publication of each source into a folder, of so many MiB, and tells how many records it has."""
