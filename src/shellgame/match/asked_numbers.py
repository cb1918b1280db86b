"""Numbers given where a name is asked for, as `IMO 9187629` or a bare INN, so that they are looked up as such too."""

from __future__ import annotations

import re
from typing import NamedTuple

from shellgame.errors import WrongUse
from shellgame.match.identifiers import SEVERAL, SINGLE, is_valid, number_keys
from shellgame.match.sentences import named
from shellgame.names.countries import country_code
from shellgame.names.nearest import did_you_mean

_CALLED = {
    "callSign": ("callsign",),
    "dunsCode": ("duns",),
    "idNumber": ("id", "nationalid", "identitycard"),
    "imoNumber": ("imo",),
    "innCode": ("inn", "инн"),
    "leiCode": ("lei",),
    "mmsi": ("mmsi",),
    "ogrnCode": ("ogrn", "ogrnip", "огрн", "огрнип"),
    "okpoCode": ("okpo", "окпо"),
    "passportNumber": ("passport", "паспорт"),
    "registrationNumber": ("reg", "registration", "company"),
    "socialSecurityNumber": ("ssn",),
    "swiftBic": ("bic", "swift", "swiftbic"),
    "taxNumber": ("tax", "taxid", "tin", "unp", "унп"),
    "uscCode": ("usc", "uscc"),
    "vatCode": ("vat",),
    "wikidataId": ("wikidata", "qid"),
}
"""What people call numbers, in small letters and without what stands between them."""
_BY_CALLING = {
    **{prop.casefold(): prop for prop in SINGLE | SEVERAL},
    **{calling: prop for prop, callings in _CALLED.items() for calling in callings},
}
_CHECKED = ("imoNumber", "leiCode", "innCode", "ogrnCode", "wikidataId")
"""Numbers that tell by their form and check digits what they are."""
_LONGEST = 60
"""Letters of a name that may be a number."""
_FEWEST_DIGITS = 6
"""Digits of a number of which nothing says what it is; names have fewer (`Typhoon 1942`)."""
_WORDS_FOR_NUMBER = frozenset({"code", "no", "nr", "number", "num", "номер"})
_BETWEEN = re.compile(r"[\s:=#№.]+")
_STUCK = re.compile(r"([^\W\d_]{3,4})(\d{6,})")
_NUMBER = re.compile(r"[A-Z]{0,3}[0-9]+")
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_MAY_BE = re.compile(r".*\d|[A-Z]{6}|(?i:bic|swift)\b")
"""Spares most names a closer look."""
_NOT_IN_KEY = re.compile(r"[\s./-]+")


class AskedNumber(NamedTuple):
    """A number that somebody gave.

    Attributes:
        prop: The property that it is looked up as.
        value: The number.
        certain: Whether what was given says by its look that it is a number; a BIC may be a word in capitals as well.
    """

    prop: str
    value: str
    certain: bool = True

    @property
    def words(self) -> str:
        """What it is, in words."""
        return f"{named(self.prop)} {self.value}"


def number_in(name: str) -> AskedNumber | None:
    """The number that stands where a name is asked for; None for a name.

    Example:
        >>> number_in("IMO: 9074729")
        AskedNumber(prop='imoNumber', value='9074729', certain=True)
        >>> number_in("7707083893").words, number_in("passport no. AB 1234567").words, number_in("Typhoon 1942")
        ('INN 7707083893', 'passport number AB 1234567', None)
        >>> number_in("BIC ZZZZRU2P"), number_in("Swift Energy LLC"), number_in("SWIFT SHIPPING")
        (AskedNumber(prop='swiftBic', value='ZZZZRU2P', certain=True), None, None)
    """
    if len(name) <= _LONGEST and _MAY_BE.match(name):
        return _called(name) or _bare(name)
    return None


def _called(text: str) -> AskedNumber | None:
    """A number before which stands what it is."""
    stuck = _STUCK.fullmatch(text)
    words = [*stuck.groups()] if stuck else _BETWEEN.sub(" ", text).split()
    for size in range(min(3, len(words) - 1), 0, -1):
        calling = "".join(word for word in words[:size] if word.casefold() not in _WORDS_FOR_NUMBER)
        prop = _BY_CALLING.get(_NOT_IN_KEY.sub("", calling).casefold())
        value = " ".join(words[size:])
        if prop and number_keys(prop, value) and _is_one_number(prop, value):
            return AskedNumber(prop, value, prop != "swiftBic" or any(map(str.isdigit, value)))
    return None


def _is_one_number(prop: str, value: str) -> bool:
    """Whether all of a text is a number, and not the rest of a name such as `Company 2000 Trading`."""
    key = _NOT_IN_KEY.sub("", value).upper()
    if prop == "swiftBic":  # of eight letters and more many words would be: `Swift Energy LLC`
        return bool(_BIC.fullmatch(value) and country_code(value[4:6]))
    return bool(_NUMBER.fullmatch(key)) or is_valid(prop, key) or prop in ("callSign", "leiCode", "vatCode")


def _bare(text: str) -> AskedNumber | None:
    """A number that says itself what it is, or a number of any kind."""
    key = _NOT_IN_KEY.sub("", text).upper()
    for prop in _CHECKED:
        if is_valid(prop, key) and number_keys(prop, key):
            return AskedNumber(prop, key)
    if _BIC.fullmatch(text) and country_code(text[4:6]):
        return AskedNumber("swiftBic", text, any(map(str.isdigit, text)))
    if _NUMBER.fullmatch(key) and sum(map(str.isdigit, key)) >= _FEWEST_DIGITS and number_keys("idNumber", key):
        return AskedNumber("idNumber", text.strip())
    return None


def number_named(text: str) -> AskedNumber:
    """The number that `imo:9074729` or `passportNumber:AB1234567` means; without a kind what it tells by itself.

    Raises:
        WrongUse: The kind is none that is known, or there is no number.

    Example:
        >>> number_named("imo:9074729"), number_named("BIC ROSYRU2P").prop
        (AskedNumber(prop='imoNumber', value='9074729', certain=True), 'swiftBic')
    """
    calling, colon, value = (part.strip() for part in text.partition(":"))
    if not colon:
        if found := number_in(text.strip()):
            return found
        raise WrongUse(
            f"identifier {text[:_LONGEST]!r} does not tell what it is; write KIND:NUMBER, such as imo:9074729"
        )
    prop = _BY_CALLING.get(_NOT_IN_KEY.sub("", calling).casefold())
    if prop is None:
        known = (calling for callings in _CALLED.values() for calling in callings if calling.isascii())
        raise WrongUse(
            f"{calling[:_LONGEST]!r} is no kind of number; {did_you_mean(calling[:_LONGEST].casefold(), known)}"
        )
    if not number_keys(prop, value):
        raise WrongUse(f"{value[:_LONGEST]!r} is no {named(prop)} by which anybody could be found")
    return AskedNumber(prop, value)
