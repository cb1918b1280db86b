"""All that a record tells beside its names, folded once so that two records can be held against each other in microseconds.

A value that cannot be understood tells nothing: it is left out, and what is left out is never held against anybody. Numbers of
papers keep how they were printed, and places their words, so that an explanation can show them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from shellgame.model.days import partial_day
from shellgame.model.schema import is_a
from shellgame.names.countries import country_named
from shellgame.names.scripts import romanise
from shellgame.names.yaml import load_yaml

Day = tuple[int, int, int]
"""Year, month, day; 0 is unknown. The first of January counts as the year alone, since registries fill in 01-01."""

MOST_VALUES = 64
"""Values of one property that are looked at, in alphabetical order; lists print up to 95 aliases, but hardly ten dates."""
MOST_ADDRESSES = 12
MOST_DAYS = 12
"""Dates and tonnages that are kept of each kind; the most exact ones."""
LONGEST_VALUE = 300
"""Letters of a value that are looked at: an address takes 150, a whole biography in its place tells nothing."""


class Number(NamedTuple):
    """An identifying number as a record has it.

    Attributes:
        prop: The property that holds it.
        printed: As printed.
        valid: Whether it is of a kind that is given out once in the world, and its check digits are right.
    """

    prop: str
    printed: str
    valid: bool


class Place(NamedTuple):
    """One address, or one place of birth.

    Attributes:
        stems: Its telling words, each as its consonants.
        numbers: Its words with digits: house, box, postal code.
    """

    stems: frozenset[str]
    numbers: frozenset[str]


class Record(NamedTuple):
    """What a record tells beside its names; whatever is empty is unknown.

    Attributes:
        schema: Its FollowTheMoney schema.
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
        kinds: Keys by property, for the numbers of which nobody has two.
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
    kinds: Mapping[str, frozenset[str]]
    contacts: Mapping[str, str]
    roles: Mapping[str, str]
    father: Mapping[str, str]
    types: frozenset[str]
    tons: tuple[int, ...]


SINGLE = frozenset(
    {
        "callSign",
        "dunsCode",
        "imoNumber",
        "innCode",
        "isin",
        "isinCode",
        "leiCode",
        "mmsi",
        "ogrnCode",
        "okpoCode",
        "registrationNumber",
        "serialNumber",
        "socialSecurityNumber",
        "swiftBic",
        "taxNumber",
        "uscCode",
        "vatCode",
        "wikidataId",
    }
)
"""Numbers of which a party has one, so that two different ones speak against."""
SEVERAL = frozenset(
    {
        "bikCode",
        "cryptoAddress",
        "ibanCode",
        "icaoCode",
        "idNumber",
        "licenseNumber",
        "npiCode",
        "passportNumber",
        "publicKey",
    }
)
"""Numbers of which a party may have several."""
_CASED = frozenset({"publicKey", "cryptoAddress"})
_FEWEST_DIGITS = {"serialNumber": 2, "callSign": 0}
"""Digits that a number needs to be one; four where nothing is said."""

_SUCCESSORS = {
    "suhh": ("ru", "ua", "by", "kz", "uz", "ge", "am", "az", "kg", "tj", "tm", "md", "lt", "lv", "ee"),
    "yucs": ("rs", "hr", "si", "ba", "mk", "me", "xk"),
    "csxx": ("rs", "me", "xk"),
    "cshh": ("cz", "sk"),
    "ddde": ("de",),
    "ua-cri": ("ua", "ru"),
    "ua-dpr": ("ua", "ru"),
    "ua-lpr": ("ua", "ru"),
    "hk": ("cn",),
    "mo": ("cn",),
}
"""Countries and territories that another record may print as one of these."""

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['’‘`ʼʿʾ]")
_NOT_KEY = re.compile(r"[^0-9A-Za-z]+")
_NOT_DIGIT = re.compile(r"[^0-9]+")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?![\d-])")
_HOST = re.compile(r"^(?:https?://)?(?:www\.)?([^/?#:]+)")
_NUMBER_WORD = re.compile(r"[0-9A-Za-z]+(?:[-./][0-9A-Za-z]+)*")
_EXCHANGED = str.maketrans("qczwj", "kksvg")
_CONSONANTS = _EXCHANGED | str.maketrans("", "", "aeiouyh")


@lru_cache(maxsize=65536)
def day_of(text: str) -> Day | None:
    """Read a date, also one that no calendar has (`1974-01-32`): a slip of the pen is compared digit by digit.

    Example:
        >>> day_of("1969-7-16"), day_of("1954"), day_of("1980-01-01"), day_of("circa")
        ((1969, 7, 16), (1954, 0, 0), (1980, 0, 0), None)
    """
    match = _DATE.match(text)
    if match is None:
        printed = partial_day(text)
        match = _DATE.match(printed) if printed else None
        if match is None:
            return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if not 1000 <= year <= 2200 or month > 12:
        return None
    if not month or day > 39 or (month == 1 and day == 1):
        return year, (month if month and day > 39 else 0), 0
    return year, month, day


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """The consonants of a word, one sign for those that romanisations exchange; short ones stay whole."""
    kept = word[0].translate(_EXCHANGED) + word[1:].translate(_CONSONANTS)
    stem = "".join(sign for position, sign in enumerate(kept) if not position or kept[position - 1] != sign)
    return stem if len(stem) > 2 else word


def _words(text: str) -> list[str]:
    """The words of a text in Latin letters without accents."""
    text = _APOSTROPHES.sub("", text[:LONGEST_VALUE])
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    words = []
    for word in _WORD.findall(text.casefold()):
        latin = word if word.isascii() else romanise(word)[0]
        if latin:
            words.append(latin)
    return words


@lru_cache(maxsize=1)
def _generic() -> dict[str, frozenset[str]]:
    """Words that tell no place (`places`) or no position (`positions`) from another."""
    told = load_yaml(Path(__file__).with_name("record_words.yml"))
    return {kind: frozenset(words.split()) for kind, words in told.items()}


class _Printed(NamedTuple):
    place: Place
    words: tuple[tuple[str, str], ...]
    countries: tuple[str, ...]


@lru_cache(maxsize=65536)
def _place(text: str) -> _Printed:
    """Take a place apart: telling words, numbers, and the country that it starts or ends with."""
    parts = [part.strip(" .()") for part in text[:LONGEST_VALUE].split(",")]
    countries: tuple[str, ...] = ()
    for end in (-1, 0):
        if parts and (country := country_named(parts[end])):
            countries = _country(country)
            parts.pop(end)
            break
    words: dict[str, str] = {}
    numbers = set()
    generic = _generic()["places"]
    for word in _words(" ".join(parts)):
        if not word.isalpha():
            numbers.add(word.lstrip("0") or "0")
        elif len(word) > 1 and word not in generic:
            words[_stem(word)] = word
    return _Printed(Place(frozenset(words), frozenset(numbers)), tuple(words.items()), countries)


@lru_cache(maxsize=16384)
def _telling(text: str) -> tuple[tuple[str, str], ...]:
    """Telling words of a position or of a father's name, by their consonants."""
    generic = _generic()["positions"]
    return tuple((_stem(word), word) for word in _words(text) if len(word) > 2 and word not in generic)


@lru_cache(maxsize=65536)
def number_keys(prop: str, text: str) -> tuple[tuple[str, str], ...]:
    """Fold an identifying number; what cannot identify gives nothing.

    Lists print numbers in sentences, so each word with at least four digits is a number of its own.

    Returns:
        Pairs of key and, where it has letters as well, its digits alone (at least six of them); else an empty text.

    Example:
        >>> number_keys("passportNumber", "B/002210"), number_keys("idNumber", "Ration card number 1729765")
        ((('B002210', '002210'),), (('1729765', ''),))
        >>> number_keys("idNumber", "000000"), number_keys("taxNumber", "none")
        ((), ())
    """
    text = text.strip()[:LONGEST_VALUE]
    if prop in _CASED:
        return ((text, ""),) if len(text) >= 20 else ()
    if prop == "swiftBic":
        key = _NOT_KEY.sub("", text).upper()[:8]
        return ((key, ""),) if len(key) == 8 else ()
    if prop == "wikidataId":
        return ((text.upper(), ""),) if text[1:].isdigit() else ()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    whole = _NOT_KEY.sub("", text).upper()
    if prop == "imoNumber":
        whole = whole.removeprefix("IMO")
    if len(whole) <= 20 and (prop in SINGLE or len(whole) - len(_NOT_DIGIT.sub("", whole)) <= 6):
        found = [whole]
    else:
        found = [_NOT_KEY.sub("", word).upper() for word in _NUMBER_WORD.findall(text)]
    fewest_digits = _FEWEST_DIGITS.get(prop, 4)
    keys = []
    for key in dict.fromkeys(found):
        digits = _NOT_DIGIT.sub("", key)
        if len(digits) < fewest_digits or len(set(key)) == 1 or len(key) < 3:
            continue
        keys.append((key, digits if 6 <= len(digits) < len(key) else ""))
    return tuple(keys)


@lru_cache(maxsize=65536)
def is_valid(prop: str, key: str) -> bool:
    """Whether a folded number is of a kind given out once in the world, with the right form and check digits.

    Example:
        >>> is_valid("imoNumber", "9074729"), is_valid("imoNumber", "9074728"), is_valid("passportNumber", "AB1234567")
        (True, False, False)

    Source: IMO A.1117(30); ISO 17442 and ISO 6166; the Russian tax service's rules for INN and OGRN.
    """
    check = _CHECKS.get(prop)
    return check is not None and check(key)


def _imo(key: str) -> bool:
    return len(key) == 7 and _decimal(key) and sum(int(d) * (7 - n) for n, d in enumerate(key[:6])) % 10 == int(key[6])


def _lei(key: str) -> bool:
    return len(key) == 20 and key.isascii() and key.isalnum() and int("".join(str(int(d, 36)) for d in key)) % 97 == 1


def _inn(key: str) -> bool:
    if not _decimal(key) or len(key) not in (10, 12):
        return False
    return all(
        sum(int(d) * w for d, w in zip(key, weights, strict=False)) % 11 % 10 == int(key[len(weights)])
        for weights in _INN[len(key)]
    )


_INN = {
    10: ((2, 4, 10, 3, 5, 9, 4, 6, 8),),
    12: ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)),
}


def _ogrn(key: str) -> bool:
    return _decimal(key) and len(key) in (13, 15) and int(key[:-1]) % (len(key) - 2) % 10 == int(key[-1])


def _isin(key: str) -> bool:
    if len(key) != 12 or not (key.isascii() and key.isalnum() and key[:2].isalpha()):
        return False
    digits = [int(d) for d in "".join(str(int(sign, 36)) for sign in key)][::-1]
    return sum(d if n % 2 == 0 else sum(divmod(2 * d, 10)) for n, d in enumerate(digits)) % 10 == 0


def _decimal(key: str) -> bool:
    return key.isascii() and key.isdigit()


_CHECKS: dict[str, Callable[[str], bool]] = {
    "imoNumber": _imo,
    "leiCode": _lei,
    "innCode": _inn,
    "taxNumber": _inn,
    "ogrnCode": _ogrn,
    "registrationNumber": _ogrn,
    "isin": _isin,
    "isinCode": _isin,
    "wikidataId": lambda key: key.startswith("Q"),
    "publicKey": lambda key: True,
    "cryptoAddress": lambda key: True,
    "uscCode": lambda key: len(key) == 18,
}


@lru_cache(maxsize=16384)
def _contact(prop: str, text: str) -> str | None:
    text = text.strip().lower()[:LONGEST_VALUE]
    if prop == "phone":
        digits = _NOT_DIGIT.sub("", text)
        return f"phone {digits[-9:]}" if len(digits) >= 7 else None
    if prop == "email":
        return text if "@" in text else None
    match = _HOST.match(text)
    return f"web {match[1]}" if match and "." in match[1] else None


@lru_cache(maxsize=4096)
def _country(text: str) -> tuple[str, ...]:
    code = text.strip().lower()[:60]
    if not code:
        return ()
    code = code if 2 <= len(code) <= 6 and code.isascii() else country_named(code) or code
    return (code, *_SUCCESSORS.get(code, ()))


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
    return gathered.record(str(entity.get("schema") or ""))


def _texts(told: Any) -> Iterable[str]:
    """The texts among the values of a property, in alphabetical order where there are several."""
    if isinstance(told, str):
        return (told,)
    if not isinstance(told, (list, tuple, set, frozenset)):
        return ()
    texts = [value for value in told if isinstance(value, str)]
    return sorted(texts)[:MOST_VALUES] if len(texts) > 1 else texts


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
        self.kinds: dict[str, frozenset[str]] = {}
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
        self.nations.update(_country(value))

    def country(self, prop: str, value: str) -> None:
        self.countries.update(_country(value))

    def place_of_birth(self, prop: str, value: str) -> None:
        printed = _place(value)
        self.birthplace.update(printed.words)
        self.countries.update(printed.countries)

    def address(self, prop: str, value: str) -> None:
        printed = _place(value)
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
            if prop in SINGLE:
                self.kinds[prop] = self.kinds.get(prop, _NO_KEYS) | {key}

    def gender(self, prop: str, value: str) -> None:
        if (gender := value.strip().lower()) in ("male", "female"):
            self.genders.add(gender)

    def contact(self, prop: str, value: str) -> None:
        if key := _contact(prop, value):
            self.contacts[key] = prop

    def role(self, prop: str, value: str) -> None:
        self.roles.update(_telling(value))

    def fathers_name(self, prop: str, value: str) -> None:
        self.father.update(_telling(value))

    def type(self, prop: str, value: str) -> None:
        self.types.update(_words(value))

    def tonnage(self, prop: str, value: str) -> None:
        if len(value) < 9 and _decimal(value):
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
            self.kinds or _NO_KINDS,
            self.contacts or _NOTHING,
            self.roles or _NOTHING,
            self.father or _NOTHING,
            frozenset(self.types),
            tuple(sorted(self.tons)[:MOST_DAYS]) if self.tons else (),
        )


_NO_KEYS: frozenset[str] = frozenset()
_NOTHING: dict[str, str] = {}
_NO_NUMBERS: dict[str, Number] = {}
_NO_KINDS: dict[str, frozenset[str]] = {}


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


def could_be_one(left: str, right: str) -> bool:
    """Whether one party or thing could be of both schemata; an unknown schema excludes nothing.

    A list's organisation may be another's company or public body, and a legal entity may be a person.

    Example:
        >>> could_be_one("Person", "LegalEntity"), could_be_one("Company", "PublicBody"), could_be_one("Person", "Vessel")
        (True, True, False)
    """
    return left == right or _could_be_one(left, right)


@lru_cache(maxsize=4096)
def _could_be_one(left: str, right: str) -> bool:
    if is_a(left, right) or is_a(right, left):
        return True
    families = [next((kind for kind in _FAMILIES if is_a(schema, kind)), "") for schema in (left, right)]
    return not all(families) or families[0] == families[1]


_FAMILIES = ("Person", "Organization", "Vessel", "Airplane", "Security", "CryptoWallet", "Address")
