"""Stakes and roles in a jurisdiction that were let go of after another one listed the holder and before it did so itself (O-15).

The jurisdiction is that of the company or asset: what lies elsewhere would not have been frozen by its list. Where no country of it
is told, that cannot be said. Who is not on a list is only not listed where the whole list is here, and of the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from shellgame.detect.finding import Finding, found, together
from shellgame.detect.moves import Move, losses
from shellgame.detect.scene import Designation, Scene
from shellgame.detect.typology import Typology, typologies
from shellgame.detect.when import Days, between, day_text, every, ordinal
from shellgame.resolve.lists import Held


class _Lag(NamedTuple):
    """The time between two listings of a party.

    Attributes:
        first: The earlier listing.
        code: The jurisdiction that came later, or has not come.
        second: Its listing; None where there is none.
        until: Day of it, else the last day that its lists here tell of.
        unknown: What is not sure of it, in words.
    """

    first: Designation
    code: str
    second: Designation | None
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
            lag = _lag(scene, loss.party, code)
            if lag is None:
                continue
            inside = between(loss.when, lag.first.since, lag.until)
            if inside is False:
                continue
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


def _lag(scene: Scene, party: str, code: str) -> _Lag | None:
    """The time in which others listed a party and a jurisdiction had not; None where there is none, or it has no lists."""
    mine = [each for each in scene.listings(party) if each.code == code]
    others = [each for each in scene.listings(party) if each.code != code]
    if not others:
        return None
    first = min(others, key=lambda each: (not each.sure, each.since))
    second = next((each for each in mine if each.sure), mine[0] if mine else None)
    unknown = (
        [] if first.sure else [f"whether {scene.name(party)} is the party that {first.source} lists is not settled"]
    )
    held = scene.lists.get(code, Held())
    if second is not None:
        if second.since.last <= first.since.first:
            return None
        if not second.sure:
            unknown.append(f"whether {scene.name(party)} is the party that {second.source} lists is not settled")
        return _Lag(first, code, second, second.since, tuple(unknown))
    if not code:
        return _Lag(first, code, None, Days(scene.day, scene.day), tuple(unknown))
    if not held.lists:
        return None
    if not held.is_whole:
        unknown.append(f"whether {code.upper()} lists {scene.name(party)} is not known: {'; '.join(held.lacking)}")
    until = min(ordinal(held.until), scene.day)
    return _Lag(first, code, None, Days(until, until), tuple(unknown))


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
        days=[first.since, *(move.when for _, move, _, _ in its), lag.until],
    )


def _gap(first: Days, second: Days) -> str:
    least, most = second.first - first.last, second.last - first.first
    return f", {least} days later" if least == most else ""
