"""An invented world to try Shellgame on: a country that does not exist, its people, companies and evasion networks.

The same seed always gives the same world. It can be written in the layouts of two official lists, on several days, and as a small
company register, so that the whole way can be walked without a network and without pointing at anybody real. In it, as in life, a
trading house is listed, its people register another one at the same address, and one jurisdiction follows the other late.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

COUNTRY = "Varkesh"
PROGRAM = "VARKESH-EO90001"
DAYS = (date(2025, 2, 3), date(2025, 5, 12), date(2025, 9, 22))
"""Days on which the lists are published: before the action, the action, and what was found afterwards."""
NOTICE = "Invented sample: the country, people and companies in this workspace do not exist."

_FIRST = (
    "Orsin",
    "Talvek",
    "Mirren",
    "Yaska",
    "Dorvan",
    "Elsith",
    "Brenko",
    "Suvela",
    "Hadrik",
    "Nimora",
    "Garvel",
    "Ithra",
)
_MIDDLE = (
    "Malev",
    "Tornik",
    "Ostrel",
    "Quen",
    "Varsh",
    "Lemir",
    "Drosk",
    "Pellin",
    "Harvod",
    "Zemil",
    "Kostral",
    "Wendor",
)
_END = ("add", "ovan", "escu", "ik", "ander", "olis", "ett", "aran", "usk", "imir")
_BRANDS = (
    "Halvren",
    "Quillmark",
    "Tessorin",
    "Borvast",
    "Emberlund",
    "Cindrel",
    "Varnholt",
    "Ostramar",
    "Pellagorn",
    "Drelka",
    "Sithmere",
    "Korvanti",
    "Yelmora",
    "Brantessa",
    "Ulmarek",
    "Fendrisk",
    "Marolund",
    "Zephrane",
    "Astovar",
    "Grenvik",
)
_TRADES = (
    "Trading House",
    "Logistics",
    "Aviation Services",
    "Machine Works",
    "Instruments",
    "Shipping",
    "Consulting",
    "Chemicals",
)
_FORMS = ("LLC", "JSC", "LTD", "S.R.O.")
_STREETS = (
    "Mill Lane",
    "Harbour Street",
    "Old Foundry Road",
    "Customs Quay",
    "Linden Avenue",
    "Station Square",
    "Copper Row",
)
_TOWNS = ("Port Ostrel", "Kestrava", "Upper Dorn", "Velmouth", "Saltmere")
_NETWORKS = 3
_BYSTANDERS = 40


@dataclass
class Person:
    """An invented person; `listed` and `listed_elsewhere` are days on which the two lists take them up."""

    number: int
    first: str
    last: str
    born: date
    passport: str
    links: list[str] = field(default_factory=list)
    listed: date | None = None
    listed_elsewhere: date | None = None

    @property
    def name(self) -> str:
        """The name as list A prints it."""
        return f"{self.last.upper()}, {self.first}"


@dataclass
class Company:
    """An invented company with its place, contacts, officers and owner."""

    number: int
    name: str
    registration: str
    founded: date
    street: str
    town: str
    phone: str
    email: str
    alias: str | None = None
    director: Person | None = None
    owner: Company | Person | None = None
    share: int = 100
    links: list[str] = field(default_factory=list)
    listed: date | None = None
    listed_elsewhere: date | None = None


@dataclass
class World:
    """Everybody and everything in it.

    Attributes:
        people: Listed or not.
        companies: Listed or not.
        houses: The trading house at the centre of each network.
        successors: The company that took each house's place after it was listed.
    """

    people: list[Person]
    companies: list[Company]
    houses: list[Company]
    successors: list[Company]


def make_world(seed: int = 7) -> World:
    """Make the world of a seed: three networks around a trading house each, and bystanders that have nothing to do with them."""
    return _Maker(Random(seed)).world()  # noqa: S311 - a reproducible sample, no secret


class _Maker:
    def __init__(self, random: Random) -> None:
        self._random = random
        self._brands = random.sample(_BRANDS, len(_BRANDS))
        self._used: set[str] = set()
        self._world = World([], [], [], [])

    def world(self) -> World:
        for _ in range(_NETWORKS):
            self._network()
        for _ in range(_BYSTANDERS):
            bystander = self._company(f"{self._surname()} {self._random.choice(_TRADES)}", self._day(2005, 2024))
            bystander.director = self._person()
            if self._random.random() < 0.3:
                bystander.listed = DAYS[0]
        return self._world

    def _network(self) -> None:
        """A house, its head, two daughters abroad and their officers; then, after the listing, its successor."""
        head, aide, clerk = self._person(), self._person(), self._person()
        house = self._company(f"{self._brands.pop()} Trading House", self._day(2008, 2016))
        house.director, house.owner = aide, head
        daughters = [
            self._company(f"{self._brands.pop()} {trade}", self._day(2017, 2022))
            for trade in self._random.sample(_TRADES[1:], 2)
        ]
        for daughter in daughters:
            daughter.owner, daughter.share, daughter.director = house, self._random.choice((51, 75, 100)), clerk
            daughter.links.append(house.name)
        head.links.append(house.name)
        aide.links.append(house.name)
        clerk.links.append(daughters[0].name)
        house.listed = DAYS[0]
        followers: list[Person | Company] = [head, aide, clerk, *daughters]
        for party in followers:
            party.listed = DAYS[1]
        house.listed_elsewhere = head.listed_elsewhere = DAYS[2]
        successor = self._company(
            f"{self._brands.pop()} {self._random.choice(_TRADES[1:])}",
            DAYS[0] + timedelta(days=self._random.randint(20, 80)),
        )
        successor.street, successor.town, successor.phone = house.street, house.town, house.phone
        successor.director = clerk
        self._world.houses.append(house)
        self._world.successors.append(successor)

    def _person(self) -> Person:
        random = self._random
        born = self._day(1955, 1995)
        person = Person(
            9_900_001 + len(self._world.people),
            random.choice(_FIRST),
            self._surname(),
            born,
            f"VK{random.randint(1_000_000, 9_999_999)}",
        )
        self._world.people.append(person)
        return person

    def _company(self, name: str, founded: date) -> Company:
        random = self._random
        form = random.choice(_FORMS)
        stem = name.split()[0].lower()
        company = Company(
            9_950_001 + len(self._world.companies),
            f"{name.upper()} {form}",
            f"VK-{random.randint(100_000, 999_999)}",
            founded,
            f"{random.randint(1, 180)} {random.choice(_STREETS)}, Office {random.randint(1, 90)}",
            random.choice(_TOWNS),
            f"+999 55 {random.randint(100, 999)} {random.randint(1000, 9999)}",
            f"office@{stem}.invalid",
            alias=f"{name.split()[0].upper()} GROUP" if random.random() < 0.4 else None,
        )
        self._world.companies.append(company)
        return company

    def _surname(self) -> str:
        while (name := self._random.choice(_MIDDLE) + self._random.choice(_END)) in self._used:
            pass
        self._used.add(name)
        return name

    def _day(self, first_year: int, last_year: int) -> date:
        start = date(first_year, 1, 1)
        return start + timedelta(days=self._random.randrange((date(last_year, 12, 31) - start).days))
