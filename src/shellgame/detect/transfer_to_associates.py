"""Stakes and roles that went to somebody close around a listing (O-14), and sales below value (O-13).

Both start from the same deed: somebody who is listed, before or after, lets go of something, and somebody else
takes it near that day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from shellgame.detect.closeness import Close, is_told_of, of_taker, weight
from shellgame.detect.finding import Finding, found
from shellgame.detect.moves import Move, losses, takers
from shellgame.detect.scene import Designation, Payment, Scene
from shellgame.detect.typology import Typology, typologies
from shellgame.detect.when import every, near
from shellgame.model.stakes import IN_SHARES, WHOLE


class _Deed(NamedTuple):
    """Something that went from a listed party to another.

    Attributes:
        loss: What was let go of.
        listing: The listing that it lies nearest to.
        timely: Whether it lies in the window, the party being the listed one.
        gain: Who took it; None where nobody is told to.
        passed: Whether what was taken is what was let go of, as far as days tell.
        unknown: What is not told.
    """

    loss: Move
    listing: Designation
    timely: bool | None
    gain: Move | None
    passed: bool | None
    unknown: tuple[str, ...]


def find(scene: Scene) -> Iterator[Finding]:
    """Look for stakes and roles that went to somebody close."""
    typology = typologies()["transfer_to_associates"]
    for deed in _deeds(scene, typology):
        yield _to_close(scene, deed, typology)


def find_losses(scene: Scene) -> Iterator[Finding]:
    """Look for sales below value; where neither price nor value is told, that is said once of each thing that was let go of."""
    typology = typologies()["transfer_at_a_loss"]
    silent: set[tuple[str, str, str]] = set()
    for deed in _deeds(scene, typology):
        finding = _below_value(scene, deed, typology)
        told_before = (deed.loss.party, deed.loss.asset, str(deed.loss.when)) in silent
        if deed.loss.right is None or (told_before and not finding.strength):
            continue
        if not finding.strength:
            silent.add((deed.loss.party, deed.loss.asset, str(deed.loss.when)))
        yield finding


def _deeds(scene: Scene, typology: Typology) -> Iterator[_Deed]:
    """What listed parties let go of in the window around a listing, or may have, with each who took it."""
    settling = typology.days("settling_days")
    for loss in losses(scene, settling):
        listing, timely = _nearest(scene, loss, typology)
        if listing is None or timely is False or loss.sure is False:
            continue
        owner = scene.name(loss.party)
        unknown = [] if listing.sure else [f"whether {owner} is the listed party of that name is not settled"]
        if loss.when is None:
            unknown.append(f"on which day {owner} let go of it is not told")
        elif timely is None and listing.sure:
            unknown.append(f"whether it lies in the window is open: {loss.when}; listed on {listing.since}")
        unknown += [loss.why] * bool(loss.why)
        its = takers(scene, loss, settling, typology.days("transfer_days"))
        for gain, passed in its:
            open_ = (
                []
                if passed
                else [gain.why or f"whether it went to {scene.name(gain.party)} is open: its days are not exact"]
            )
            yield _Deed(loss, listing, every([timely, loss.sure]), gain, passed, (*unknown, *open_))
        if not its:
            nobody = f"who took what {owner} let go of is not told"
            yield _Deed(loss, listing, every([timely, loss.sure]), None, None, (*unknown, nobody))


def _nearest(scene: Scene, loss: Move, typology: Typology) -> tuple[Designation | None, bool | None]:
    """The listing of a party that a move lies in the window of, else may lie, else the first; and which of these."""
    window = typology.days("days_before"), typology.days("days_after")
    rank = {True: 0, None: 1, False: 2}
    judged = [
        (every([near(loss.when, listing.since, *window), listing.sure or None]), listing)
        for listing in scene.listings(loss.party)
    ]
    if not judged:
        return None, False
    timely, listing = min(judged, key=lambda each: rank[each[0]])
    return listing, timely


def _to_close(scene: Scene, deed: _Deed, typology: Typology) -> Finding:
    loss, gain = deed.loss, deed.gain
    reasons = of_taker(scene, loss, gain, typology) if gain else []
    unknown = list(deed.unknown)
    if reasons:
        fired = every([deed.timely, deed.passed])
    elif gain is None or not is_told_of(scene, loss.party, gain.party):
        fired = None
        unknown.append(f"who the relatives, associates and staff of {scene.name(loss.party)} are is not told")
    elif not scene.of(gain.party).name:
        fired = None
        unknown.append(f"who {gain.party} is is not told")
    else:
        fired = False
    return found(
        typology,
        [loss.party, loss.asset, *([gain.party] if gain else [])],
        fired,
        _sentence(scene, deed, reasons),
        strength=typology.figures["strength"] * (weight(typology, reasons[0]) if reasons else 0.0),
        supporting=[*_claims(deed), *(claim for each in reasons for claim in each.claims)],
        against=scene.contrary(loss.party, loss.asset, *([gain.party] if gain else [])),
        unknown=unknown,
        days=[loss.when, gain.when if gain else None, deed.listing.since],
    )


def _sentence(scene: Scene, deed: _Deed, reasons: list[Close]) -> str:
    loss, gain = deed.loss, deed.gain
    when = f"on {loss.when}" if loss.when else "on a day that is not told"
    text = f"{scene.name(loss.party)} let go of {loss.what} in {scene.name(loss.asset)} {when}"
    if gain:
        tie = f"who {reasons[0].words}" if reasons else "who is not told to be close"
        text += f", and {scene.name(gain.party)}, {tie}, {'took' if deed.passed else 'may have taken'} it"
    return f"{text}; its listing in {deed.listing.code.upper()} is of {deed.listing.since}."


def _below_value(scene: Scene, deed: _Deed, typology: Typology) -> Finding:
    loss, gain = deed.loss, deed.gain
    payments = _payments(scene, deed, typology)
    prices = _summed(payments)
    values = _values(scene, loss)
    currency = next((each for each in sorted(prices) if values.get(each)), "")
    unknown, fired, words = list(deed.unknown), None, "at a price or value that is not told"
    if currency:
        ratio = prices[currency] / values[currency]
        below = ratio < Decimal(str(typology.figures["below"]))
        fired = every([below, deed.timely, deed.passed])
        words = f"for {prices[currency]:,f} {currency}, {ratio:.0%} of a value of {values[currency]:,f} {currency}"
    elif prices and values:
        unknown.append(
            f"price ({', '.join(sorted(prices))}) and value ({', '.join(sorted(values))}) are in different currencies"
        )
    else:
        unknown.append(
            f"{'the value is not' if prices else 'the price is not' if values else 'neither price nor value is'} told"
        )
    reasons = of_taker(scene, loss, gain, typology) if gain else []
    bonus = typology.figures["close_strength"] * weight(typology, reasons[0]) if reasons else 0.0
    when = f"on {loss.when}" if loss.when else "on a day that is not told"
    to = f" to {scene.name(gain.party)}" if gain else ""
    return found(
        typology,
        [loss.party, loss.asset, *([gain.party] if gain else [])],
        fired,
        f"{scene.name(loss.party)} let {loss.what} in {scene.name(loss.asset)} go{to} {when} {words}; "
        f"its listing in {deed.listing.code.upper()} is of {deed.listing.since}.",
        strength=(typology.figures["strength"] + bonus) if currency else 0.0,
        supporting=[*_claims(deed), *(claim for each in payments for claim in each.claims)],
        against=scene.contrary(loss.party, loss.asset, *([gain.party] if gain else [])),
        unknown=unknown,
        days=[loss.when, deed.listing.since],
    )


def _payments(scene: Scene, deed: _Deed, typology: Typology) -> list[Payment]:
    """What the one who took something is told to have paid for it: money to the seller near the day of the deed."""
    if deed.gain is None or deed.loss.when is None:
        return []
    days = typology.days("transfer_days")
    return [
        each
        for each in sorted(scene.payments)
        if (each.payer, each.beneficiary) == (deed.gain.party, deed.loss.party)
        and near(each.when, deed.loss.when, days, days)
    ]


def _summed(payments: list[Payment]) -> dict[str, Decimal]:
    """The money of some payments in each currency in which all of them are told."""
    told = [dict(each.amounts) for each in payments]
    common = set.intersection(*({*each} for each in told)) if told else set()
    return {currency: sum((each[currency] for each in told), Decimal(0)) for currency in sorted(common)}


def _values(scene: Scene, loss: Move) -> Mapping[str, Decimal]:
    """What was let go of is told to be worth: the stake itself, else its part of the asset where that is exact."""
    if loss.holding.value:
        return dict(loss.holding.value)
    asset = scene.of(loss.asset).value
    released = loss.before.low - loss.after.low
    exact = loss.before.low == loss.before.high and loss.after.low == loss.after.high
    if loss.right not in IN_SHARES or not exact or released <= 0:
        return {}
    return {currency: value * released / WHOLE for currency, value in asset}


def _claims(deed: _Deed) -> list[str]:
    return [*deed.loss.claims, *(deed.gain.claims if deed.gain else ()), *deed.listing.claims]
