"""Stakes and roles that went to somebody close around a listing (O-14), and sales below value (O-13).

Both start from the same deed: somebody who is listed, before or after, lets go of something, and others take it near that day.
There is one finding for each deed, with all who took something then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from shellgame.detect.closeness import Close, is_told_of, of_taker, weight
from shellgame.detect.finding import Finding, found
from shellgame.detect.moves import Gains, Move, losses
from shellgame.detect.scene import Designation, Payment, Scene
from shellgame.detect.typology import Typology, typologies
from shellgame.detect.when import every, near, some
from shellgame.model.stakes import IN_SHARES, WHOLE

_MOST_NAMED = 8
"""So many takers are named in a sentence; all of them are among the subjects."""


class _Deed(NamedTuple):
    """Something that a listed party let go of, and who took something then.

    Attributes:
        loss: What was let go of.
        listing: The listing that it lies nearest to.
        timely: Whether it lies in the window, the party being the listed one.
        taken: Who took it, and whether what was taken is what was let go of, as far as days tell.
        unknown: What is not told.
    """

    loss: Move
    listing: Designation
    timely: bool | None
    taken: tuple[tuple[Move, bool | None], ...]
    unknown: tuple[str, ...]


class _Taker(NamedTuple):
    """What one who took something makes of a deed.

    Attributes:
        fired: Whether it went to somebody close; None where that cannot be said.
        gain: What was taken; None where nobody is told to have.
        passed: Whether it is what was let go of.
        reasons: Why that one is close, the strongest first.
        unknown: What is not told.
    """

    fired: bool | None
    gain: Move | None
    passed: bool | None
    reasons: list[Close]
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
    """What listed parties let go of in the window around a listing, or may have, with all who took something then."""
    settling = typology.days("settling_days")
    gains = Gains(scene, settling)
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
        takers = gains.near(loss, typology.days("transfer_days"))
        if takers.more:
            unknown.append(f"{takers.more:,} more took something near that day who were not looked at")
        elif not takers.told:
            unknown.append(f"who took what {owner} let go of is not told")
        yield _Deed(loss, listing, every([timely, loss.sure]), tuple(takers.told), tuple(unknown))


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
    taken: Sequence[tuple[Move | None, bool | None]] = deed.taken or [(None, None)]
    takers = [_taker(scene, deed, gain, passed, typology) for gain, passed in taken]
    fired = some(taker.fired for taker in takers)
    its = sorted(
        (taker for taker in takers if taker.fired is fired), key=lambda taker: -_closeness(typology, taker.reasons)
    )
    gains = [taker.gain for taker in its if taker.gain]
    parties = [gain.party for gain in gains]
    return found(
        typology,
        [deed.loss.party, deed.loss.asset, *parties],
        fired,
        _sentence(scene, deed, its),
        strength=typology.figures["strength"] * _closeness(typology, its[0].reasons),
        supporting=[
            *_claims(deed, gains),
            *(claim for taker in its for each in taker.reasons for claim in each.claims),
        ],
        against=scene.contrary(deed.loss.party, deed.loss.asset, *parties),
        unknown=[*deed.unknown, *(each for taker in its for each in taker.unknown)],
        days=[deed.loss.when, *(gain.when for gain in gains), deed.listing.since],
    )


def _taker(scene: Scene, deed: _Deed, gain: Move | None, passed: bool | None, typology: Typology) -> _Taker:
    party = deed.loss.party
    unknown = [] if gain is None or passed else [_open(scene, gain)]
    reasons = of_taker(scene, deed.loss, gain, typology) if gain else []
    fired: bool | None = None
    if reasons:
        fired = every([deed.timely, passed])
    elif gain is None or not is_told_of(scene, party, gain.party):
        unknown.append(f"who the relatives, associates and staff of {scene.name(party)} are is not told")
    elif not scene.of(gain.party).name:
        unknown.append(f"who {gain.party} is is not told")
    else:
        fired = False
    return _Taker(fired, gain, passed, reasons, tuple(unknown))


def _open(scene: Scene, gain: Move) -> str:
    return gain.why or f"whether it went to {scene.name(gain.party)} is open: its days are not exact"


def _closeness(typology: Typology, reasons: list[Close]) -> float:
    return weight(typology, reasons[0]) if reasons else 0.0


def _sentence(scene: Scene, deed: _Deed, takers: list[_Taker]) -> str:
    loss = deed.loss
    when = f"on {loss.when}" if loss.when else "on a day that is not told"
    text = f"{scene.name(loss.party)} let go of {loss.what} in {scene.name(loss.asset)} {when}"
    its = [(taker.gain, taker) for taker in takers if taker.gain]
    for gain, taker in its[:_MOST_NAMED]:
        tie = f"who {taker.reasons[0].words}" if taker.reasons else "who is not told to be close"
        text += f", and {scene.name(gain.party)}, {tie}, {'took' if taker.passed else 'may have taken'} it"
    if len(its) > _MOST_NAMED:
        text += f", and {len(its) - _MOST_NAMED} more of whom that is so"
    return f"{text}; its listing in {deed.listing.code.upper()} is of {deed.listing.since}."


def _below_value(scene: Scene, deed: _Deed, typology: Typology) -> Finding:
    """The price is what all who took something paid together: what was let go of may have gone to several."""
    loss = deed.loss
    paid = [(gain, passed, its) for gain, passed in deed.taken if (its := _payments(scene, loss, gain, typology))]
    payments = [payment for *_, its in paid for payment in its]
    taken = [(gain, passed) for gain, passed, _ in paid] or list(deed.taken)
    gains, passed = [gain for gain, _ in taken], some(passed for _, passed in taken) if taken else None
    prices = _summed(payments)
    values = _values(scene, loss)
    currency = next((each for each in sorted(prices) if values.get(each)), "")
    unknown = [*deed.unknown, *(_open(scene, gain) for gain, passed in taken if not passed)]
    fired, words = None, "at a price or value that is not told"
    if currency:
        ratio = prices[currency] / values[currency]
        below = ratio < Decimal(str(typology.figures["below"]))
        whole = _is_all(loss, gains)
        fired = every([below, deed.timely, passed, whole or None])
        if not whole:
            unknown.append("what was paid for the rest of it is not told")
        words = f"for {prices[currency]:,f} {currency}, {ratio:.0%} of a value of {values[currency]:,f} {currency}"
    elif prices and values:
        unknown.append(
            f"price ({', '.join(sorted(prices))}) and value ({', '.join(sorted(values))}) are in different currencies"
        )
    else:
        unknown.append(
            f"{'the value is not' if prices else 'the price is not' if values else 'neither price nor value is'} told"
        )
    closest = max((_closeness(typology, of_taker(scene, loss, gain, typology)) for gain in gains), default=0.0)
    when = f"on {loss.when}" if loss.when else "on a day that is not told"
    names = list(dict.fromkeys(scene.name(gain.party) for gain in gains))
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    to = f" to {', '.join(names[:_MOST_NAMED])}{more}" if names else ""
    return found(
        typology,
        [loss.party, loss.asset, *(gain.party for gain in gains)],
        fired,
        f"{scene.name(loss.party)} let {loss.what} in {scene.name(loss.asset)} go{to} {when} {words}; "
        f"its listing in {deed.listing.code.upper()} is of {deed.listing.since}.",
        strength=(typology.figures["strength"] + typology.figures["close_strength"] * closest) if currency else 0.0,
        supporting=[*_claims(deed, gains), *(claim for each in payments for claim in each.claims)],
        against=scene.contrary(loss.party, loss.asset, *(gain.party for gain in gains)),
        unknown=unknown,
        days=[loss.when, deed.listing.since],
    )


def _payments(scene: Scene, loss: Move, gain: Move, typology: Typology) -> list[Payment]:
    """What one who took something is told to have paid for it: money to the seller near the day of the deed."""
    if loss.when is None:
        return []
    days = typology.days("transfer_days")
    return [each for each in scene.paid(gain.party, loss.party) if near(each.when, loss.when, days, days)]


def _is_all(loss: Move, gains: list[Move]) -> bool:
    """Whether some may have taken all that was let go of: else the price is not told whole."""
    released = max(0, loss.before.low - loss.after.high)
    return loss.right not in IN_SHARES or sum(gain.after.high - gain.before.low for gain in gains) >= released


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


def _claims(deed: _Deed, gains: list[Move]) -> list[str]:
    return [*deed.loss.claims, *(claim for gain in gains for claim in gain.claims), *deed.listing.claims]
