"""Interests in the words of the standard, into stakes: which right, and how much of it as an interval.

`share` prints an exact figure, or ends that belong to it (`minimum`, `maximum`) or not (`exclusiveMinimum`, `exclusiveMaximum`);
until 0.3 the exclusive ends are flags beside `minimum` and `maximum`. An exact figure outside ends that are printed beside it
contradicts them: one of the two is right, so the interval spans both.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from shellgame.model.stakes import PERCENT, UNKNOWN, WHOLE, Interval, StakeKind, interval_of
from shellgame.sources.bods.statement import mapping, text

_KINDS: dict[str, StakeKind] = {
    "shareholding": StakeKind.SHARES,
    "votingrights": StakeKind.VOTES,
    "appointmentofboard": StakeKind.BOARD,
    "otherinfluenceorcontrol": StakeKind.INFLUENCE,
    "influenceorcontrol": StakeKind.INFLUENCE,
    "rightstosurplusassets": StakeKind.SURPLUS,
    "rightstosurplusassetsondissolution": StakeKind.SURPLUS,
    "rightstoprofitorincome": StakeKind.SURPLUS,
    "righttoprofitorincomefromassets": StakeKind.SURPLUS,
    "beneficiaryoflegalarrangement": StakeKind.SURPLUS,
    "beneficiary": StakeKind.SURPLUS,
    "rightsgrantedbycontract": StakeKind.INFLUENCE,
    "conditionalrightsgrantedbycontract": StakeKind.INFLUENCE,
    "controlviacompanyrulesorarticles": StakeKind.INFLUENCE,
    "controlbylegalframework": StakeKind.INFLUENCE,
    "seniormanagingofficial": StakeKind.INFLUENCE,
    "settlor": StakeKind.INFLUENCE,
    "settloroftrust": StakeKind.INFLUENCE,
    "trustee": StakeKind.INFLUENCE,
    "trusteeoftrust": StakeKind.INFLUENCE,
    "protector": StakeKind.INFLUENCE,
    "protectoroftrust": StakeKind.INFLUENCE,
}
_OF_BENEFICIARIES = frozenset(("beneficiaryoflegalarrangement", "beneficiary"))
"""Of these no share may be told: a trust need not say what each beneficiary gets."""
_DIRECTORS = frozenset(("boardmember", "boardchair"))
_NO_HOLDINGS = frozenset(("enjoymentanduseofassets",))
_SHARE_ENDS = frozenset(("exact", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"))


class Interest(NamedTuple):
    """An interest.

    Attributes:
        type: The standard's word as printed; empty where not told.
        kind: The right; None for an office on the board, a nominee or nominator, and what is not told or not known. A beneficiary
            of whom no share is told has influence only.
        level: `direct` or `indirect`; empty where not told.
        share: As `percentage` writes it; empty where not known.
        start: Day as printed.
        end: Day as printed.
        remarks: What else is told.
        understood: Whether the share could be read.
        for_another: Whether the holder holds it in his name for somebody else.
    """

    type: str
    kind: StakeKind | None
    level: str
    share: str
    start: str
    end: str
    remarks: tuple[str, ...]
    understood: bool
    for_another: bool = False

    @property
    def is_office(self) -> bool:
        """Whether it is a seat on the board."""
        return _plain(self.type) in _DIRECTORS

    @property
    def is_untold(self) -> bool:
        """Whether something is held, and which right it is, is not told, or in words that are not known."""
        others = self.is_office or self.is_nominee or self.is_nominator or _plain(self.type) in _NO_HOLDINGS
        return self.kind is None and not others

    @property
    def is_nominee(self) -> bool:
        """Whether the holder stands in for somebody else."""
        return _plain(self.type) == "nominee"

    @property
    def is_nominator(self) -> bool:
        """Whether somebody else stands in for the holder."""
        return _plain(self.type) == "nominator"


def interest_of(told: dict[str, Any]) -> Interest:
    """Read an interest of any version."""
    type_ = text(told.get("type"))
    level = text(told.get("directOrIndirect") or told.get("interestLevel"))
    share, understood, contradicts = _share(told.get("share"))
    remarks = [text(told.get("details"))]
    beneficial = told.get("beneficialOwnershipOrControl")
    if isinstance(beneficial, bool):
        remarks.append(f"Beneficial ownership or control: {'yes' if beneficial else 'no'}")
    if level and level not in ("direct", "indirect"):
        remarks.append(f"Direct or indirect: {level}")
    if contradicts:
        remarks.append(f"Share as printed, which contradicts itself: {told.get('share')}")
    if not understood:
        remarks.append(f"Share as printed: {told.get('share')}")
    return Interest(
        type_,
        _kind(_plain(type_), share),
        level if level in ("direct", "indirect") else "",
        share,
        text(told.get("startDate")),
        text(told.get("endDate")),
        tuple(filter(None, remarks)),
        understood,
    )


def _kind(plain: str, share: str) -> StakeKind | None:
    return StakeKind.INFLUENCE if plain in _OF_BENEFICIARIES and not share else _KINDS.get(plain)


def _plain(type_: str) -> str:
    return re.sub(r"[^a-z]", "", type_.lower())


class _Share(NamedTuple):
    """The share as `percentage` writes it; whether it could be read; whether its figure and its ends exclude each other."""

    written: str
    understood: bool
    contradicts: bool = False


def _share(printed: object) -> _Share:
    """Read a share; one that is not told is known to be unknown."""
    told = {name: value for name, value in mapping(printed).items() if value is not None}
    if not told:
        return _Share("", printed in (None, {}) or isinstance(printed, dict))
    if not told.keys() & _SHARE_ENDS:
        return _Share("", False)
    exact, between = _figure(told.get("exact")), _between(told)
    if exact is None:
        understood = between is not None
        return _Share("" if between in (None, UNKNOWN) else str(between), understood)
    plain = format(exact, "f")
    figure = interval_of(plain)
    if figure is None:
        return _Share("", False)
    if between is None or between.low <= figure.low <= between.high:
        return _Share(plain, True)
    spanned = Interval(min(figure.low, between.low), max(figure.high, between.high))
    return _Share("" if spanned == UNKNOWN else str(spanned), True, contradicts=True)


def _between(told: dict[str, Any]) -> Interval | None:
    """The interval between the ends that are printed; None where there are none, or no interval is between them."""
    low, over = _end(told, "minimum", "exclusiveMinimum")
    high, under = _end(told, "maximum", "exclusiveMaximum")
    if low is None and high is None:
        return None
    interval = Interval(
        0 if low is None else int(low * PERCENT) + over, WHOLE if high is None else int(high * PERCENT) - under
    )
    return interval if 0 <= interval.low <= interval.high <= WHOLE else None


def _end(told: dict[str, Any], name: str, exclusive: str) -> tuple[Decimal | None, bool]:
    """An end of the interval, and whether it is itself left out."""
    beside = told.get(exclusive)
    if beside is None or isinstance(beside, bool):
        return _figure(told.get(name)), bool(beside)
    return _figure(beside), True


def _figure(value: object) -> Decimal | None:
    """A finite number of at most 15 places after the point; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        figure = Decimal(str(value))
    except InvalidOperation:
        return None
    if not figure.is_finite() or abs(figure) > 1000 or figure.adjusted() < -15:
        return None
    return figure if figure else Decimal(0)
