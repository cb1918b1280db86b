"""Made-up scenes: who held what when, written in a line each."""

from __future__ import annotations

from decimal import Decimal

from shellgame.detect.scene import Bond, Common, Designation, Facts, Holding, Payment, Scene
from shellgame.detect.when import days_of, ordinal
from shellgame.model.stakes import UNKNOWN, StakeKind, interval_of
from shellgame.resolve.lists import Held

DAY = "2025-06-01"
NAMES = {
    "X": "Orsin Malevadd",
    "Y": "Talvek Tornikovan",
    "W": "Ilsabet Malevadd",
    "P": "Mirren Ostrelescu",
    "A": "Halvren Trading House",
    "B": "Quillmark Logistics",
    "C": "Tessorin Machine Works",
    "D": "Borvast Shipping",
}
SOURCES = {
    "us": "us_ofac_sdn",
    "gb": "gb_fcdo_sanctions",
    "eu": "eu_journal_sanctions",
    "ca": "ca_dfatd_sema_sanctions",
}


def span(text):
    """`2020..2022-03`, either end left out where it is not told."""
    return tuple(days_of(each) if each else None for each in text.split(".."))


def stake(told, *, source="register", **more):
    """A stake as `X 60 A 2019-01-01..2022-03-01`, `?` for a share that is not told, a `role` in the management for `-`."""
    owner, share, asset, *days = told.split()
    start, end = span(days[0]) if days else (None, None)
    right = None if share == "-" else StakeKind(more.pop("kind", "shares"))
    interval = UNKNOWN if share in "?-" else interval_of(share)
    claims = (f"{source}: {told}",)
    return Holding(owner, asset, right, interval, start, end, source=source, claims=claims, **more)


def bond(one, other, sort="family", words=""):
    return Bond(one, other, sort, words, (f"{one} {sort} {other}",))


def listed(code, since, until=None, *, sure=True, programme="VARKESH"):
    claims = (f"listed {code} {since}",)
    return Designation(code, SOURCES[code], (programme,), days_of(since), until and days_of(until), sure, claims)


def paid(payer, beneficiary, when, **amounts):
    money = tuple(sorted((currency, Decimal(amount)) for currency, amount in amounts.items()))
    return Payment(payer, beneficiary, when and days_of(when), money, (f"{payer} paid {beneficiary}",))


def address(key, crowd=2, sort="address"):
    return Common(sort, key, key, crowd, (f"{sort} {key}",))


def facts(key, **told):
    return Facts(name=NAMES.get(key, ""), claims=(f"facts of {key}",), **told)


def scene(
    *holdings, bonds=(), payments=(), listings=None, about=None, day=DAY, asked="A", denied=None, lists=None, **more
):
    """A scene; every party that has a name in `NAMES` has it there too."""
    held = {code: Held((f"list of {day}",), (), day) for code in SOURCES} if lists is None else lists
    return Scene(
        asked,
        ordinal(day),
        tuple(holdings),
        tuple(bonds),
        tuple(payments),
        {party: tuple(its) for party, its in (listings or {}).items()},
        held,
        {key: facts(key) for key in NAMES} | (about or {}),
        denied={frozenset(pair.split()): claims for pair, claims in (denied or {}).items()},
        **more,
    )


def only(findings):
    """The one finding there is."""
    its = list(findings)
    assert len(its) == 1, [each.text for each in its]
    return its[0]
