"""Values of the UK Sanctions List: days with letters for what is not known, register numbers, papers, wallets, mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Final, NamedTuple

from shellgame.model.days import partial_day
from shellgame.names.countries import country_code

_DAY: Final = r"(\d{1,2} [A-Z][a-z]+ \d{4}|\d{1,2}[/.]\d{1,2}[/.]\d{4})"
_ISSUED: Final = re.compile(rf"(?i:\bissued)\b(?:(?!expir|valid)[^;])*?\b{_DAY}")
_EXPIRES: Final = re.compile(rf"(?i:\bexpir\w+|\bvalid until)\b(?: date| on| of)*:? {_DAY}")
_COUNTRY: Final = re.compile(
    r"^\(?([A-Z][A-Za-z ]*?)(?: (?i:diplomatic|national|service|official|identity|passport|id)\b|[),.]|$)"
)
_LABELLED: Final = re.compile(
    r"(?P<label>OGRNIP|OGRN|INN|KPP|OKPO|SWIFT(?:/BIC)?|BIC|LEI|TIN|Tax(?:payer)? (?:ID(?: No\.?)?|Identification Number)|"
    r"Unified Social Credit Code|USCC)\b(?: \([^)]*\))?[\s:.–-]*(?P<number>\d{8,}|[A-Z0-9]{8,20})"
)
_PROPS: Final = {
    "OGRNIP": "ogrnCode", "OGRN": "ogrnCode", "INN": "innCode", "KPP": "kppCode", "OKPO": "okpoCode", "LEI": "leiCode",
    "SWIFT": "swiftBic", "SWIFT/BIC": "swiftBic", "BIC": "swiftBic", "USCC": "uscCode", "Unified Social Credit Code": "uscCode",
}  # fmt: skip
_FILLING: Final = re.compile(
    r"(?i)russian?|belarus(?:ian)?|tax identification number|registration numbers?|[\s,;:/()–-]+"
)
_UNIQUE_ID: Final = re.compile(r"\b[A-Z]{3}\d{4}\b")
_UN_REFERENCE: Final = re.compile(r"\b[A-Z]{2}[ei]\.\d{3}\b")
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z(])")
_ETHER: Final = re.compile(r"\b0x[0-9a-fA-F]{40}\b")
_BASE58: Final = re.compile(r"\b[13T][1-9A-HJ-NP-Za-km-z]{25,33}\b")
_BECH32: Final = re.compile(r"\bbc1[ac-hj-np-z02-9]{11,71}\b")
_ALPHABET: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


NO_VALUE: Final = frozenset({"n/a", "na", "none", "unknown", "not known", "-", "tbc"})
"""Words that stand where nothing is known, in small letters."""


class Number(NamedTuple):
    """A number of a register: its label, empty where none is printed, the FollowTheMoney property, and itself."""

    label: str
    prop: str
    number: str


class Details(NamedTuple):
    """What the words beside a paper tell: country code and ISO days, empty where not told."""

    country: str
    issued: str
    expires: str


def items_of(text: str) -> list[str]:
    """The items of a numbered list `(1) … (2) …`, or the whole text; without the words that stand for no value.

    Example:
        >>> items_of("(1) Turnip Works (2) Radish Mills"), items_of("N/A")
        (['Turnip Works', 'Radish Mills'], [])
    """
    items = re.split(r"\s*\(\d{1,2}\)\s*", text) if text.startswith("(1)") else [text]
    return [item for each in items if (item := each.strip(" ,;")) and item.lower() not in NO_VALUE]


def day_of(printed: str) -> str | None:
    """Read a day whose unknown parts are letters or zeros.

    Example:
        >>> day_of("dd/mm/1962"), day_of("dd/07/1978"), day_of("04/08/2026"), day_of("15/08/19yy")
        ('1962', '1978-07', '2026-08-04', None)
    """
    day, slash, rest = printed.strip(" '").lower().partition("/")
    month = rest.partition("/")[0]
    if slash and month == "mm" and day != "dd":
        return None
    return partial_day(printed.strip(" '").lower().replace("dd/", "00/").replace("mm/", "00/"))


def register_numbers(printed: str) -> Iterator[Number]:
    """Yield the labelled numbers of a text, and the whole text where it holds anything more.

    Example:
        >>> [(number.prop, number.number) for number in register_numbers("INN: 7700000001 OGRN: 1020000000001")]
        [('innCode', '7700000001'), ('ogrnCode', '1020000000001')]
        >>> [(number.prop, number.number) for number in register_numbers("Trade Register 4891")]
        [('registrationNumber', 'Trade Register 4891')]
    """
    rest = printed
    for match in _LABELLED.finditer(printed):
        prop = _PROPS.get(match["label"], "taxNumber")
        is_other_code = prop == "swiftBic" and match["number"].isdigit()  # a Russian bank's code is called BIC too
        yield Number(match["label"], "registrationNumber" if is_other_code else prop, match["number"])
        rest = rest.replace(match[0], " ", 1)
    if _FILLING.sub("", rest):
        yield Number("", "registrationNumber", printed.strip())


def paper_details(words: str) -> Details:
    """Read country and days from the words beside a paper.

    Example:
        >>> paper_details("Afghanistan passport, issued on 7 August 2024, issued in Kandahar (expires 7 August 2034)")
        Details(country='af', issued='2024-08-07', expires='2034-08-07')
    """
    country, issued, expires = (pattern.search(words) for pattern in (_COUNTRY, _ISSUED, _EXPIRES))
    code = country_code(country[1]) if country else None
    return Details(
        code or "", (partial_day(issued[1]) or "") if issued else "", (partial_day(expires[1]) or "") if expires else ""
    )


def references_in(text: str) -> list[str]:
    """The UN references of a cell.

    Example:
        >>> references_in("QDi.001 and SOi.002")
        ['QDi.001', 'SOi.002']
    """
    return [found for each in re.split(r"[,;]|\band\b", text) if (found := each.strip())]


def mentions(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ids of other designations and UN references in a text, each with the sentence around it."""
    for sentence in _SENTENCE.split(text):
        for pattern in (_UNIQUE_ID, _UN_REFERENCE):
            for found in dict.fromkeys(pattern.findall(sentence)):
                yield found, sentence.strip()


def wallets(text: str) -> Iterator[tuple[str, str]]:
    """Yield currency and address of the digital wallets in a text; base-58 ones only where their checksum is right.

    Example:
        >>> list(wallets("0x0000000000000000000000000000000000000000 and T1111111111111111111111111111111"))
        [('ETH', '0x0000000000000000000000000000000000000000')]
    """
    for address in dict.fromkeys(_ETHER.findall(text)):
        yield "ETH", address
    for address in dict.fromkeys(_BECH32.findall(text)):
        yield "XBT", address
    for address in dict.fromkeys(_BASE58.findall(text)):
        if _checksum_is_right(address):
            yield "TRX" if address.startswith("T") else "XBT", address


def _checksum_is_right(address: str) -> bool:
    number = 0
    for letter in address:
        number = number * 58 + _ALPHABET.index(letter)
    try:
        raw = number.to_bytes(25, "big")
    except OverflowError:
        return False
    return sha256(sha256(raw[:-4]).digest()).digest()[:4] == raw[-4:]
