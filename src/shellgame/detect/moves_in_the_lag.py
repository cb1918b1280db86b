"""Stakes and roles in a jurisdiction that were let go of after another one listed the holder and before it did so itself (O-15).

The jurisdiction is that of the company or asset: what lies elsewhere would not have been frozen by its list. Where no country of it
is told, that cannot be said. Who is not on a list is only not listed where the whole list is here, and of the day. Listings end:
the time counts in which the other listing was on, and that of the jurisdiction was not on yet, or not on again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shellgame.detect.finding import Finding, found, together
from shellgame.detect.moves import Move, losses
from shellgame.detect.scene import Designation, Scene
from shellgame.detect.typology import Typology, typologies
from shellgame.detect.when import Days, between, day_text, every, ordinal
from shellgame.resolve.lists import Held


class _Lag(NamedTuple):
    """A time in which one jurisdiction lists a party and another does not.

    Attributes:
        first: The listing that is on.
        code: The other jurisdiction, which lists it later, or has not yet.
        second: Its listing; None where there is none.
        off: When an earlier listing of its ended; None where there is none.
        start: Day on which the time begins.
        until: Day of its listing, or on which the first one ended, else the last day that its lists here tell of.
        unknown: What is not sure of it, in words.
    """

    first: Designation
    code: str
    second: Designation | None
    off: Days | None
    start: Days
    until: Days
    unknown: tuple[str, ...]


def find(scene: Scene) -> Iterator[Finding]:
    """Look for moves between two listings."""
    typology = typologies()["moves_in_the_lag"]
    cases: dict[tuple[str, str], list[tuple[bool | None, Move, _Lag, tuple[str, ...]]]] = {}
    for loss in losses(scene, typology.days("settling_days")):
        if not scene.listings(loss.party) or loss.sure is False:
            continue
        codes = jurisdictions_of(scene.of(loss.asset).countries, typology)
        for code in codes or [""]:
            told = _lag_of(loss, _lags(scene, loss.party, code))
            if told is None:
                continue
            inside, lag = told
            unknown = [*lag.unknown, *([loss.why] if loss.why else [])]
            if loss.when is None:
                unknown.append(f"on which day {scene.name(loss.party)} let go of it is not told")
            elif inside is None:
                unknown.append(f"whether it lies between the listings is open: {loss.when}")
            fired = every([inside, loss.sure, None if lag.unknown else True])
            if not code:
                fired, unknown = None, [*unknown, f"of which country {scene.name(loss.asset)} is is not told"]
            cases.setdefault((loss.party, code), []).append((fired, loss, lag, tuple(unknown)))
    for its in cases.values():
        sure = [case for case in its if case[0]]
        yield _finding(scene, sure or its, typology)


def jurisdictions_of(countries: tuple[str, ...], typology: Typology) -> list[str]:
    """Codes of the jurisdictions whose law holds in some countries."""
    own = {country.split("-")[0] for country in countries}
    return sorted(own | {code for code, members in typology.members.items() if own & {*members}})


def _lag_of(loss: Move, lags: Iterator[_Lag]) -> tuple[bool | None, _Lag] | None:
    """The lag that a move lies in, else may lie in; of several the surest, then the earliest."""
    its = [(inside, lag) for lag in lags if (inside := between(loss.when, lag.start, lag.until)) is not False]
    return min(its, key=lambda each: (each[0] is None, len(each[1].unknown), each[1].start), default=None)


def _lags(scene: Scene, party: str, code: str) -> Iterator[_Lag]:
    """The times in which others listed a party and a jurisdiction did not; none where it has no lists."""
    held = scene.lists.get(code, Held())
    listings = scene.listings(party)
    mine = [each for each in listings if each.code == code]
    known = Days(scene.day, scene.day) if not code else _last_day(held, scene.day)
    for off, second in _gaps([each for each in mine if each.sure] or mine):
        if second is None and code and not held.lists:
            continue
        for first in listings:
            start = max(first.since, off.next) if off else first.since
            ends = [second.since if second else known, *([first.until] if first.until else [])]
            if first.code == code or (second and second.since.last <= start.first):
                continue
            unknown = [
                f"whether {scene.name(party)} is the party that {each.source} lists is not settled"
                for each in (first, second)
                if each and not each.sure
            ]
            if second is None and code and not held.is_whole:
                unknown.append(
                    f"whether {code.upper()} lists {scene.name(party)} is not known: {'; '.join(held.lacking)}"
                )
            yield _Lag(first, code, second, off, start, min(ends), tuple(unknown))


def _last_day(held: Held, day: int) -> Days:
    last = min(ordinal(held.until), day) if held.lists else day
    return Days(last, last)


def _gaps(listings: Sequence[Designation]) -> Iterator[tuple[Days | None, Designation | None]]:
    """The times without a listing: the day on which the one before ended, where there is one, and the listing that came after."""
    off: Days | None = None
    for number, each in enumerate(listings):
        if off is None and number:
            return
        if off is None or each.since > off.next:
            yield off, each
        off = max(off or each.until, each.until) if each.until else None
    if off is not None or not listings:
        yield off, None


def _finding(scene: Scene, its: list[tuple[bool | None, Move, _Lag, tuple[str, ...]]], typology: Typology) -> Finding:
    fired, loss, lag, _ = its[0]
    name, first = scene.name(loss.party), lag.first
    moved = "; ".join(
        f"{move.what} in {scene.name(move.asset)} {f'on {move.when}' if move.when else 'on a day that is not told'}"
        for _, move, _, _ in its
    )
    if lag.second is not None:
        gap = f"{lag.code.upper()} on {lag.second.since}{_gap(first.since, lag.second.since)}"
    elif lag.code:
        gap = f"{lag.code.upper()} not until {day_text(lag.until.last)}, of which its newest list here tells"
    else:
        gap = "which other jurisdiction counts is not told"
    gap += f", after it had been off the list there since {lag.off}" if lag.off else ""
    lead = f"{name} let go of" if fired else f"{name} may have let go of"
    parties = [loss.party, *(move.asset for _, move, _, _ in its)]
    return found(
        typology,
        parties,
        fired,
        f"{lead} {moved}, after {first.code.upper()} listed it on {first.since} and before others did: {gap}.",
        strength=together(typology.figures["strength"], len({(move.asset, move.right) for _, move, _, _ in its})),
        supporting=[
            *(claim for _, move, _, _ in its for claim in move.claims),
            *first.claims,
            *(lag.second.claims if lag.second else ()),
        ],
        against=[claim for _, move, _, _ in its for claim in scene.contrary(loss.party, move.asset)],
        unknown=[each for *_, unknown in its for each in unknown],
        days=[lag.start, *(move.when for _, move, _, _ in its), lag.until],
    )


def _gap(first: Days, second: Days) -> str:
    least, most = second.first - first.last, second.last - first.first
    return f", {least} days later" if least == most else ""
