"""Numbers that identify: which are given to one party alone, how they are folded, and whether their check digits are right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

_LONGEST = 300
"""Letters of a value that are looked at: lists print numbers in sentences."""
_NOT_KEY = re.compile(r"[^0-9A-Za-z]+")
_NOT_DIGIT = re.compile(r"[^0-9]+")
_HOST = re.compile(r"^(?:https?://)?(?:www\.)?([^/?#:]+)")
_WORD = re.compile(r"[0-9A-Za-z]+")
_NUMBER_WORD = re.compile(r"[0-9A-Za-z]+(?:[-./][0-9A-Za-z]+)*")


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
"""Numbers of which a party has one; see `scheme_of` for which two of them can be held against each other."""
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
FOR_LIFE = {"imoNumber": "IMO", "isin": "ISIN", "leiCode": "LEI", "uscCode": "USCC"}
"""Schemes whose number is given out once and never changes, with what people call them."""
REGISTERED = {"innCode 10": "INN", "innCode 12": "INN", "ogrnCode 13": "OGRN", "ogrnCode 15": "OGRN"}
"""Schemes whose number a party keeps for life; but where a firm is reorganised, its successor gets another."""
_CHANGING = frozenset({"callSign", "isinCode", "mmsi"})
"""Of these a party has another one later, or several: call sign and MMSI follow the flag, and an issuer has many securities."""
_CASED = frozenset({"publicKey", "cryptoAddress"})
_FEWEST_DIGITS = {"serialNumber": 2, "callSign": 0}
"""Digits that a number needs to be one; four where nothing is said."""


@lru_cache(maxsize=65536)
def number_keys(prop: str, text: str) -> tuple[tuple[str, str], ...]:
    """Fold an identifying number; what cannot identify gives nothing.

    Lists print numbers in sentences, so each word with at least four digits is a number of its own; where one of them has the right
    check digits, those without are no numbers of a party.

    Returns:
        Pairs of key and, where it has letters as well, its digits alone (at least six of them); else an empty text.

    Example:
        >>> number_keys("passportNumber", "B/002210"), number_keys("idNumber", "Ration card number 1729765")
        ((('B002210', '002210'),), (('1729765', ''),))
        >>> number_keys("innCode", "7707083893 / 773601001")
        (('7707083893', ''),)
        >>> number_keys("idNumber", "000000"), number_keys("taxNumber", "none")
        ((), ())
    """
    text = text.strip()[:_LONGEST]
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
    words = [word.upper() for word in _WORD.findall(text)] if prop in CERTAIN else []
    if any(is_valid(prop, word) for word in words):  # `7707083893 / 773601001` is an INN and the code of a tax office
        found = [word for word in words if is_valid(prop, word) or _inn(word) or _ogrn(word)]
    elif len(whole) <= 20 and (prop in SINGLE or len(whole) - len(_NOT_DIGIT.sub("", whole)) <= 6):
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


@lru_cache(maxsize=65536)
def scheme_of(prop: str, key: str) -> str:
    """The scheme that issued a folded number, within which nobody has two; empty where that cannot be told.

    Columns for tax and registration numbers hold those of all countries: numbers with a Russian check digit are known by it, of
    the others only equally long ones can be of one register.

    Example:
        >>> scheme_of("taxNumber", "7707083893"), scheme_of("innCode", "7707083893"), scheme_of("taxNumber", "190275968")
        ('innCode 10', 'innCode 10', 'taxNumber 9')
        >>> scheme_of("passportNumber", "AB1234567"), scheme_of("mmsi", "273355410")
        ('', '')

    Source: IMO A.1117(30), the number of a ship "shall remain unchanged"; ISO 17442-1; Tax Code of the Russian Federation,
    article 84(7); Federal Law 129-FZ, article 5; ITU-R M.585 and Radio Regulations article 19 (MMSI and call sign are the flag's).
    """
    if prop not in SINGLE or prop in _CHANGING:
        return ""
    if prop in FOR_LIFE or prop in ("swiftBic", "wikidataId"):
        return prop
    if prop in ("innCode", "ogrnCode") or is_valid(prop, key):
        prop = _RUSSIAN.get(prop, prop)
    return f"{prop} {len(key)}"


_RUSSIAN = {"taxNumber": "innCode", "registrationNumber": "ogrnCode"}
CERTAIN = frozenset({*FOR_LIFE, *_RUSSIAN, *_RUSSIAN.values()})
"""Properties that may hold a number of `FOR_LIFE` or `REGISTERED`."""


def region_of(scheme: str, key: str) -> str:
    """The region of Russia whose office gave out a number of `REGISTERED` to a firm, as its code; empty for people's numbers.

    A firm that is reorganised gets another number, but mostly where it was before.

    Example:
        >>> region_of("innCode 10", "7811038760"), region_of("ogrnCode 13", "1037825005085"), region_of("innCode 10", "9728042468")
        ('78', '78', '77')

    Source: Federal Tax Service, order ED-7-14/559@ (INN, signs 1-2); Ministry of Finance, order 165n (OGRN, signs 4-5).
    """
    code = key[:2] if scheme == "innCode 10" else key[3:5] if scheme == "ogrnCode 13" else ""
    return _MOSCOW if code in _ALSO_MOSCOW else code


_MOSCOW, _ALSO_MOSCOW = "77", frozenset({"97", "99"})


def is_slip(one: str, other: str) -> bool:
    """Whether two folded numbers are one letter apart: another one, one too many, or two that changed places."""
    return OSA.distance(one, other, score_cutoff=1) == 1


def _imo(key: str) -> bool:
    return (
        len(key) == 7 and is_decimal(key) and sum(int(d) * (7 - n) for n, d in enumerate(key[:6])) % 10 == int(key[6])
    )


def _lei(key: str) -> bool:
    return len(key) == 20 and key.isascii() and key.isalnum() and int("".join(str(int(d, 36)) for d in key)) % 97 == 1


def _inn(key: str) -> bool:
    if not is_decimal(key) or len(key) not in (10, 12):
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
    return is_decimal(key) and len(key) in (13, 15) and int(key[:-1]) % (len(key) - 2) % 10 == int(key[-1])


def _isin(key: str) -> bool:
    if len(key) != 12 or not (key.isascii() and key.isalnum() and key[:2].isalpha()):
        return False
    digits = [int(d) for d in "".join(str(int(sign, 36)) for sign in key)][::-1]
    return sum(d if n % 2 == 0 else sum(divmod(2 * d, 10)) for n, d in enumerate(digits)) % 10 == 0


def is_decimal(key: str) -> bool:
    """Whether a text is of the digits 0 to 9 alone."""
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
def contact_key(prop: str, text: str) -> str | None:
    """Fold a phone number, an email address or a website; None where it is none."""
    text = text.strip().lower()[:_LONGEST]
    if prop == "phone":
        digits = _NOT_DIGIT.sub("", text)
        return f"phone {digits[-9:]}" if len(digits) >= 7 else None
    if prop == "email":
        return text if "@" in text else None
    match = _HOST.match(text)
    return f"web {match[1]}" if match and "." in match[1] else None
