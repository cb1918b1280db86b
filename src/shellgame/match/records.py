"""All that a record tells beside its names, folded once so that two records can be held against each other in microseconds.

A value that cannot be understood tells nothing: it is left out, and what is left out is never held against anybody. Numbers of
papers keep how they were printed, and places their words, so that an explanation can show them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from shellgame.match.dates import Day, day_of
from shellgame.match.identifiers import (
    FOR_LIFE,
    REGISTERED,
    SEVERAL,
    SINGLE,
    Number,
    contact_key,
    is_decimal,
    is_valid,
    number_keys,
    region_of,
    scheme_of,
)
from shellgame.match.places import Place, country_codes, place_of, telling_words, words_of
from shellgame.model.schema import is_a

MOST_VALUES = 64
"""Values of one property that are looked at, in alphabetical order; lists print up to 95 aliases, but hardly ten dates."""
MOST_ADDRESSES = 12
MOST_DAYS = 12
"""Dates and tonnages that are kept of each kind; the most exact ones."""


class Record(NamedTuple):
    """What a record tells beside its names; whatever is empty is unknown.

    Attributes:
        schema: Its FollowTheMoney schema, as far as it is known; see `schema_meant`.
        births: Days of birth.
        founded: Days on which an organisation was founded, a ship or an aircraft built.
        ended: Days of death or dissolution.
        nations: Countries that a person belongs to, a ship flies the flag of.
        countries: All countries it is said to have to do with, those too.
        birthplace: Telling words of its places of birth: consonants to the word as printed.
        addresses: Its addresses, without those that name only a country.
        towns: Telling words of all its addresses.
        gender: `male` or `female`, empty where unknown or both.
        numbers: Identifying numbers by folded key.
        bare: The digits alone of those that have letters too: some print `B/002210`, others `002210`.
        schemes: Keys by issuing scheme, of the numbers of which nobody has two; see `identifiers.scheme_of`.
        contacts: Phone numbers, email addresses, websites and accounts, folded.
        roles: Telling words of its positions.
        father: Telling words of the father's name.
        types: Words of what kind of ship or aircraft it is.
        tons: Tonnages of a ship.
    """

    schema: str
    births: tuple[Day, ...]
    founded: tuple[Day, ...]
    ended: tuple[Day, ...]
    nations: frozenset[str]
    countries: frozenset[str]
    birthplace: Mapping[str, str]
    addresses: tuple[Place, ...]
    towns: Mapping[str, str]
    gender: str
    numbers: Mapping[str, Number]
    bare: Mapping[str, str]
    schemes: Mapping[str, frozenset[str]]
    contacts: Mapping[str, str]
    roles: Mapping[str, str]
    father: Mapping[str, str]
    types: frozenset[str]
    tons: tuple[int, ...]


def analyse_record(entity: Mapping[str, Any]) -> Record:
    """Take an entity apart.

    Costs some 15 microseconds for a typical listed party whose values were met before, three times that else.

    Args:
        entity: `{"schema": ..., "properties": {prop: [values]}}`; anything but text among the values is passed over.

    Returns:
        The record; order of properties and values makes no difference.
    """
    gathered = _Gathered()
    properties = entity.get("properties")
    for prop, told in properties.items() if isinstance(properties, Mapping) else ():
        reader = _READERS.get(prop)
        if reader is not None:
            for value in _texts(told):
                reader(gathered, prop, value)
    return gathered.record(schema_meant(str(entity.get("schema") or ""), properties))


def _texts(told: Any) -> Iterable[str]:
    """The texts among the values of a property that say anything, in alphabetical order where there are several."""
    if isinstance(told, str):
        told = (told,)
    if not isinstance(told, (list, tuple, set, frozenset)):
        return ()
    texts = [value for value in told if isinstance(value, str) and not is_absent(value)]
    return sorted(texts)[:MOST_VALUES] if len(texts) > 1 else texts


def is_absent(value: str) -> bool:
    """Whether a value is what people and programs write where there is none, which two records would share."""
    return len(value) <= _LONGEST_ABSENT and value.strip(_SIGNS).casefold() in _ABSENT


_ABSENT = frozenset(
    {
        "",
        "<na>",
        "n.a",
        "n/a",
        "nan",
        "nil",
        "none",
        "not applicable",
        "not available",
        "not known",
        "not specified",
        "null",
        "unknown",
        "unspecified",
    }
)
"""Not `na`, which is Namibia."""
_SIGNS = " .#-–—?*()[]"
"""Signs that stand around such words, or alone in their place."""
_LONGEST_ABSENT = 20


class _Gathered:
    """What an entity tells while its values are read; one method for each kind of property."""

    def __init__(self) -> None:
        self.births: set[Day] = set()
        self.founded: set[Day] = set()
        self.ended: set[Day] = set()
        self.nations: set[str] = set()
        self.countries: set[str] = set()
        self.birthplace: dict[str, str] = {}
        self.addresses: set[Place] = set()
        self.towns: dict[str, str] = {}
        self.genders: set[str] = set()
        self.numbers: dict[str, Number] = {}
        self.bare: dict[str, str] = {}
        self.schemes: dict[str, frozenset[str]] = {}
        self.contacts: dict[str, str] = {}
        self.roles: dict[str, str] = {}
        self.father: dict[str, str] = {}
        self.types: set[str] = set()
        self.tons: set[int] = set()

    def birth(self, prop: str, value: str) -> None:
        if day := day_of(value):
            self.births.add(day)

    def foundation(self, prop: str, value: str) -> None:
        if day := day_of(value):
            self.founded.add(day)

    def end(self, prop: str, value: str) -> None:
        if day := day_of(value):
            self.ended.add(day)

    def nation(self, prop: str, value: str) -> None:
        self.nations.update(country_codes(value))

    def country(self, prop: str, value: str) -> None:
        self.countries.update(country_codes(value))

    def place_of_birth(self, prop: str, value: str) -> None:
        printed = place_of(value)
        self.birthplace.update(printed.words)
        self.countries.update(printed.countries)

    def address(self, prop: str, value: str) -> None:
        printed = place_of(value)
        self.towns.update(printed.words)
        self.countries.update(printed.countries)
        if printed.place.stems and printed.place.numbers:
            self.addresses.add(printed.place)

    def number(self, prop: str, value: str) -> None:
        for key, digits in number_keys(prop, value):
            number = Number(prop, value, is_valid(prop, key))
            known = self.numbers.get(key)
            if known is None or (not number.valid, prop, value) < (not known.valid, known.prop, known.printed):
                self.numbers[key] = number
            if digits:
                self.bare[digits] = max(key, self.bare.get(digits, ""))
            if scheme := scheme_of(prop, key):
                self.schemes[scheme] = self.schemes.get(scheme, _NO_KEYS) | {key}

    def gender(self, prop: str, value: str) -> None:
        if (gender := value.strip().lower()) in ("male", "female"):
            self.genders.add(gender)

    def contact(self, prop: str, value: str) -> None:
        if key := contact_key(prop, value):
            self.contacts[key] = prop

    def role(self, prop: str, value: str) -> None:
        self.roles.update(telling_words(value))

    def fathers_name(self, prop: str, value: str) -> None:
        self.father.update(telling_words(value))

    def type(self, prop: str, value: str) -> None:
        self.types.update(words_of(value))

    def tonnage(self, prop: str, value: str) -> None:
        if len(value) < 9 and is_decimal(value):
            self.tons.add(int(value))

    def record(self, schema: str) -> Record:
        """All of it, never to change again; what is empty is one and the same everywhere, for there may be millions of records."""
        return Record(
            schema,
            _kept(self.births),
            _kept(self.founded),
            _kept(self.ended),
            frozenset(self.nations),
            frozenset(self.countries | self.nations),
            self.birthplace or _NOTHING,
            tuple(sorted(self.addresses, key=_order)[:MOST_ADDRESSES]) if self.addresses else (),
            self.towns or _NOTHING,
            next(iter(self.genders)) if len(self.genders) == 1 else "",
            self.numbers or _NO_NUMBERS,
            self.bare or _NOTHING,
            self.schemes or _NO_SCHEMES,
            self.contacts or _NOTHING,
            self.roles or _NOTHING,
            self.father or _NOTHING,
            frozenset(self.types),
            tuple(sorted(self.tons)[:MOST_DAYS]) if self.tons else (),
        )


def certain_numbers(record: Record) -> dict[str, frozenset[str]]:
    """The numbers, by scheme, that a party keeps for life: of `FOR_LIFE` and `REGISTERED`, with the right check digits."""
    found = {}
    for scheme in record.schemes.keys() & _LASTING:
        if keys := frozenset(key for key in record.schemes[scheme] if record.numbers[key].valid):
            found[scheme] = keys
    return found


def telling_apart(record: Record) -> dict[str, frozenset[str]]:
    """By scheme what two parties cannot both be where they have none in common: numbers for life, and regions of registers."""
    found = {}
    for scheme, keys in certain_numbers(record).items():
        told = keys if scheme in FOR_LIFE else frozenset(filter(None, (region_of(scheme, key) for key in keys)))
        if told:
            found[scheme] = told
    return found


_LASTING = FOR_LIFE.keys() | REGISTERED.keys()
_NO_KEYS: frozenset[str] = frozenset()
_NOTHING: dict[str, str] = {}
_NO_NUMBERS: dict[str, Number] = {}
_NO_SCHEMES: dict[str, frozenset[str]] = {}


def _kept(days: set[Day]) -> tuple[Day, ...]:
    """Days in order of time, the least exact left out where there are too many."""
    if len(days) > MOST_DAYS:
        days = set(sorted(days, key=lambda day: (-bool(day[2]), -bool(day[1]), day))[:MOST_DAYS])
    return tuple(sorted(days)) if days else ()


def _order(place: Place) -> tuple[list[str], list[str]]:
    return sorted(place.numbers, reverse=True), sorted(place.stems)


_READERS: dict[str, Callable[[_Gathered, str, str], None]] = {
    "birthDate": _Gathered.birth,
    "incorporationDate": _Gathered.foundation,
    "buildDate": _Gathered.foundation,
    "deathDate": _Gathered.end,
    "dissolutionDate": _Gathered.end,
    **dict.fromkeys(("nationality", "citizenship", "flag"), _Gathered.nation),
    **dict.fromkeys(("country", "jurisdiction", "birthCountry", "mainCountry", "pastFlags"), _Gathered.country),
    "birthPlace": _Gathered.place_of_birth,
    "address": _Gathered.address,
    **dict.fromkeys(SINGLE | SEVERAL, _Gathered.number),
    "gender": _Gathered.gender,
    **dict.fromkeys(("phone", "email", "website"), _Gathered.contact),
    "position": _Gathered.role,
    "fatherName": _Gathered.fathers_name,
    "type": _Gathered.type,
    "model": _Gathered.type,
    **dict.fromkeys(("tonnage", "grossRegisteredTonnage", "deadweightTonnage"), _Gathered.tonnage),
}
"""How each property is read; what stands not here says nothing beside names."""

TELLING = frozenset(_READERS)
"""Properties that say something beside names."""


_PERSONAL = frozenset(
    {
        "birthCountry",
        "birthDate",
        "birthPlace",
        "citizenship",
        "deathDate",
        "fatherName",
        "gender",
        "motherName",
        "passportNumber",
    }
)
"""What only people have. Not `nationality`, a column in which many files print the country of companies and ships too."""
_GENDERS = frozenset({"male", "female", "other"})


def schema_meant(schema: str, properties: object) -> str:
    """The schema of a record: where it leaves open what it is of, what only people have tells that it is of one.

    A value that cannot be understood tells nothing here either: a company in a file with a column for the gender has `N/A` in it.

    Example:
        >>> schema_meant("LegalEntity", {"birthDate": ["1961"]}), schema_meant("", {"gender": ["N/A"], "country": ["by"]})
        ('Person', '')
    """
    if _family(schema) or not isinstance(properties, Mapping):
        return schema
    told = ((prop, value) for prop in _PERSONAL & properties.keys() for value in _texts(properties[prop]))
    return "Person" if any(_is_told(prop, value) for prop, value in told) else schema


def _is_told(prop: str, value: str) -> bool:
    """Whether a value of a property that only people have says anything."""
    if prop in ("birthDate", "deathDate"):
        return day_of(value) is not None
    if prop == "gender":
        return value.strip().lower() in _GENDERS
    if prop == "passportNumber":
        return bool(number_keys(prop, value))
    return any(len(word) > 1 for word in words_of(value))


def could_be_one(left: str, right: str) -> bool:
    """Whether one party or thing could be of both schemata; an unknown schema excludes nothing.

    A list's organisation may be another's company or public body, and a legal entity may be a person. It is no ship: thirteen
    clusters of real lists held both, and each of them was two.

    Example:
        >>> could_be_one("Person", "LegalEntity"), could_be_one("Company", "PublicBody"), could_be_one("Person", "Vessel")
        (True, True, False)
    """
    return left == right or _could_be_one(left, right)


@lru_cache(maxsize=4096)
def _could_be_one(left: str, right: str) -> bool:
    if is_a(left, right) or is_a(right, left):
        return True
    families = _family(left), _family(right)
    if all(families):
        return families[0] == families[1]
    return not any(
        is_a(one, "LegalEntity") and family in _THINGS for one, family in zip((right, left), families, strict=True)
    )


@lru_cache(maxsize=4096)
def _family(schema: str) -> str:
    """Which of the kinds that are never one another a schema is of; empty where it leaves that open."""
    return next((kind for kind in _FAMILIES if is_a(schema, kind)), "")


_THINGS = ("Vessel", "Airplane", "Security", "CryptoWallet", "Address")
_FAMILIES = ("Person", "Organization", *_THINGS)
