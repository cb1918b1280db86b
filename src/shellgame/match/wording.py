"""Pieces of evidence and scores said in words."""

from __future__ import annotations

from shellgame.match.dates import Day
from shellgame.names.countries import country_name

Fact = str | Day | frozenset[str]
"""What one record says: a text, a day, or several words or codes."""

WORDS = {
    "schema_never": "of kinds that are never one",
    "birth_day": "same day of birth",
    "birth_month": "same month of birth",
    "birth_year": "same year of birth",
    "birth_slip": "days of birth a slip of the pen apart",
    "birth_close": "years of birth a slip apart",
    "birth_other_year": "same day and month of birth, but years apart",
    "birth_other_day": "same year, but another day of birth",
    "birth_apart": "years of birth apart",
    "birth_days_apart": "days of birth years apart",
    "founded_same": "founded or built at the same time",
    "founded_apart": "founded or built at another time",
    "ended_same": "died or dissolved at the same time",
    "ended_apart": "died or dissolved at another time",
    "ended_before": "died or dissolved before the other was born or founded",
    "nation_same": "same nationality",
    "nation_other": "other nationality",
    "country_same": "same country",
    "country_other": "other country",
    "seat_same": "same country",
    "seat_other": "other country",
    "birthplace_same": "same place of birth",
    "birthplace_other": "other place of birth",
    "gender_other": "other gender",
    "code_same": "same number, given out once",
    "register_same": "same number, given out by a register",
    "paper_same": "same number",
    "paper_digits": "same digits of a number",
    "code_other": "other number, which is given out once and never changes",
    "register_elsewhere": "other number, given out in another region",
    "register_other": "other number, as only a reorganised firm gets",
    "number_other": "other number",
    "number_slip": "number a slip of the pen apart, of which one cannot be right",
    "contact_same": "same contact",
    "address_same": "same address",
    "town_same": "same town or street",
    "town_other": "other town or street",
    "role_same": "like position",
    "father_same": "same father's name",
    "father_other": "other father's name",
    "flag_same": "same flag",
    "flag_other": "other flag",
    "type_same": "same type",
    "type_other": "other type",
    "tons_same": "same tonnage",
    "tons_other": "other tonnage",
}
"""Each signal in words."""
_OF_COUNTRIES = frozenset(signal for signal in WORDS if signal.split("_")[0] in ("nation", "country", "seat", "flag"))


def said(signal: str, left: Fact, right: Fact) -> str:
    """A signal for people, as `same day of birth: 1961-06-06`."""
    printed = _named_countries if signal in _OF_COUNTRIES else _printed
    one, other = printed(left), printed(right)
    return f"{WORDS[signal]}: {one if one == other else f'{one} / {other}'}"


def rounded(score: float) -> float:
    """A score or probability with four places, for programs; 0 and 1 are only what is exactly so.

    Example:
        >>> rounded(0.91234), rounded(0.99996), rounded(0.00001), rounded(1.0)
        (0.9123, 0.9999, 0.0001, 1.0)
    """
    return min(max(round(score, 4), 0.0001), 0.9999) if 0 < score < 1 else float(score)


def score_in_words(score: float) -> str:
    """A score or probability with two places; with three where two would claim that it is certain.

    Example:
        >>> score_in_words(0.7), score_in_words(0.9994), score_in_words(0.99996), score_in_words(0.002)
        ('0.70', '0.999', '0.999', '0.002')
    """
    told = f"{score:.2f}"
    if told in ("0.00", "1.00") and 0 < score < 1:
        return f"{min(max(score, 0.001), 0.999):.3f}"
    return told


def _printed(fact: Fact) -> str:
    if isinstance(fact, str):
        return fact
    if isinstance(fact, frozenset):
        return " ".join(sorted(fact)[:8])
    return "-".join(f"{part:02}" for part in fact if part)


def _named_countries(fact: Fact) -> str:
    codes = (fact,) if isinstance(fact, str) else sorted(str(part) for part in fact)
    return ", ".join(country_name(code) for code in codes)
