"""The invented world as files: two lists in official layouts, day by day, and a company register."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from shellgame.testing.world import COUNTRY, DAYS, PROGRAM, Company, Person, World

_NULL = "-0- "


@dataclass(frozen=True)
class Written:
    """A publication of the world: the source it is to be added as, its path, and the day it came out."""

    source: str
    path: Path
    as_of: str


def write_world(world: World, folder: Path) -> list[Written]:
    """Write every list of every day, and the register as it stood on the last day."""
    written = []
    for day in DAYS:
        listed = [party for party in _parties(world) if party.listed and party.listed <= day]
        written.append(_write_first_list(listed, folder / f"list-a-{day}", day))
    for day in DAYS[1:]:
        followed = [party for party in _parties(world) if party.listed_elsewhere and party.listed_elsewhere <= day]
        followed += [party for party in world.companies[-3:] if party not in followed]
        written.append(_write_second_list(followed, folder / f"list-b-{day}.xml", day))
    written.append(_write_register(world, folder / "register.ftm.json"))
    return written


def _parties(world: World) -> Iterator[Person | Company]:
    yield from world.people
    yield from world.companies


def _write_first_list(listed: list[Person | Company], folder: Path, day: date) -> Written:
    """The legacy CSV set of the US list: primary records, addresses, aliases; no header, `-0- ` for nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    main, addresses, aliases = [], [], []
    for party in listed:
        kind = "individual" if isinstance(party, Person) else _NULL
        main.append([party.number, party.name, kind, PROGRAM, *[_NULL] * 7, _remark(party, listed)])
        if isinstance(party, Company):
            addresses.append([party.number, party.number + 1_000_000, party.street, party.town, COUNTRY, _NULL])
            if party.alias:
                aliases.append([party.number, party.number + 2_000_000, "aka", party.alias, _NULL])
    for name, rows in (("sdn.csv", main), ("add.csv", addresses), ("alt.csv", aliases)):
        (folder / name).write_text(_legacy_csv(rows), encoding="utf-8", newline="")
    return Written("us_ofac_sdn", folder, day.isoformat())


def _legacy_csv(rows: Iterable[list[Any]]) -> str:
    text = StringIO()
    for row in rows:
        text.write(
            ",".join(str(value) if isinstance(value, int) or value == _NULL else f'"{value}"' for value in row) + "\r\n"
        )
    return text.getvalue() + "\x1a"


def _remark(party: Person | Company, listed: list[Person | Company]) -> str:
    names = {other.name for other in listed}
    links = [f"Linked To: {name}" for name in party.links if name in names]
    if isinstance(party, Person):
        told = [f"DOB {party.born:%d %b %Y}", f"Passport {party.passport}", *links]
    else:
        told = [
            f"Organization Established Date {party.founded:%d %b %Y}",
            f"Registration Number {party.registration}",
            f"Phone Number {party.phone}",
            f"Email Address {party.email}",
            *links,
        ]
    return "; ".join(told) + "."


def _write_second_list(listed: list[Person | Company], path: Path, day: date) -> Written:
    """The XML of the Canadian list."""
    path.parent.mkdir(parents=True, exist_ok=True)
    records = []
    for item, party in enumerate(listed, start=1):
        fields = {"Country": COUNTRY}
        if isinstance(party, Person):
            fields |= {
                "LastName": party.last,
                "GivenName": party.first,
                "DateOfBirthOrShipBuildDate": party.born.isoformat(),
            }
        else:
            fields |= {"Entity": party.name.title()} | ({"Aliases": party.alias.title()} if party.alias else {})
        fields |= {
            "Schedule": "1, Part 1",
            "Item": str(item),
            "DateOfListing": (party.listed_elsewhere or DAYS[1]).isoformat(),
        }
        inside = "".join(f"\t\t<{name}>{escape(value)}</{name}>\n" for name, value in fields.items())
        records.append(f"\t<record>\n{inside}\t</record>\n")
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<data-set xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
    path.write_text(head + "".join(records) + "</data-set>\n", encoding="utf-8")
    return Written("ca_dfatd_sema_sanctions", path, day.isoformat())


def _write_register(world: World, path: Path) -> Written:
    """The company register as FollowTheMoney JSON lines: companies, officers, owners."""
    entities = [
        _entity(
            f"vk-p-{person.number}", "Person", name=f"{person.first} {person.last}", birthDate=person.born.isoformat()
        )
        for person in world.people
    ]
    for company in world.companies:
        entities += _registered(company)
    path.write_text("".join(json.dumps(entity, ensure_ascii=False) + "\n" for entity in entities), encoding="utf-8")
    return Written("varkesh_register", path, DAYS[-1].isoformat())


def _registered(company: Company) -> Iterator[dict[str, Any]]:
    identity = f"vk-c-{company.number}"
    yield _entity(
        identity,
        "Company",
        name=company.name.title(),
        registrationNumber=company.registration,
        incorporationDate=company.founded.isoformat(),
        address=f"{company.street}, {company.town}, {COUNTRY}",
        phone=company.phone,
        email=company.email,
    )
    if company.director:
        director = f"vk-p-{company.director.number}"
        yield _entity(
            f"{identity}-director",
            "Directorship",
            director=director,
            organization=identity,
            role="director",
            startDate=company.founded.isoformat(),
        )
    if company.owner:
        kind = "p" if isinstance(company.owner, Person) else "c"
        yield _entity(
            f"{identity}-owner",
            "Ownership",
            owner=f"vk-{kind}-{company.owner.number}",
            asset=identity,
            percentage=str(company.share),
            startDate=company.founded.isoformat(),
        )


def _entity(identity: str, schema: str, **properties: str) -> dict[str, Any]:
    return {
        "id": identity,
        "schema": schema,
        "properties": {name: [value] for name, value in properties.items()},
        "datasets": ["varkesh"],
    }
