"""Who is listed in one jurisdiction and not in another: for how long, tied to whom there, and for the same reasons or not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from shellgame.errors import WrongUse
from shellgame.resolve.presence import Party, Presence

LEAST_SHARED = 3
"""Parties that two lists for the same reasons share at least: one or two may be on both for reasons of their own."""
LEAST_LIKE = 0.05
"""How like they are at least: an umbrella such as Canada's `CA-SEMA` shares 75 parties with the UN's list for Iran, and is as like
it as 0.016; Canada's own list for Iran shares as many, and is as like it as 0.15."""


@dataclass(frozen=True)
class Counterpart:
    """The programme of another jurisdiction that has most in common with one: its list for the same reasons.

    Attributes:
        programme: The leader's programme.
        there: The other jurisdiction's programme.
        shared: How many parties stand under both.
        of: How many stand under the leader's programme.
        of_there: How many stand under the other's.
    """

    programme: str
    there: str
    shared: int
    of: int
    of_there: int

    @property
    def likeness(self) -> float:
        """Shared parties by those of either, 0 to 1: an umbrella over all programmes shares everybody and is like none."""
        return self.shared / (self.of + self.of_there - self.shared)


@dataclass(frozen=True)
class Gap:
    """A party that one jurisdiction lists and another does not.

    Attributes:
        party: The party.
        listed: Code of the jurisdiction that lists it.
        missing: Code of the one whose whole list is here and does not have it.
        since: Day of its listing; None where it is not known since when.
        days: How long it had been listed there when the other's newest list here was published, in days; None for unknown, and
            where it came later.
        others: Codes of further jurisdictions that list it.
        was_listed: Last day it stood on the other's list, where it once did; else None.
        linked_there: Names of parties tied to it that the other jurisdiction does list.
        linked: How many parties are tied to it.
        counterpart: The other's programme for the same reasons, by what the two lists share; None where none shares enough.
    """

    party: Party
    listed: str
    missing: str
    since: str | None
    days: int | None
    others: tuple[str, ...]
    was_listed: str | None
    linked_there: tuple[str, ...]
    linked: int
    counterpart: Counterpart | None


def gaps(
    presence: Presence, listed: str, missing: str, *, programmes: Sequence[str] = (), unknown: bool = False
) -> list[Gap]:
    """Find who is listed in one jurisdiction and not in another, the longest listed first.

    Whoever the other may list under the same name is no gap: the matrix shows them as unsure. Nor is whoever is first known to be
    listed after the day of the other's newest list here: it says nothing of them, see `unknown`.

    Args:
        presence: All parties with their days.
        listed: Code of the jurisdiction that lists them.
        missing: Code of the one that does not.
        programmes: Only those that some jurisdiction lists under one of these; `*` stands for any letters.
        unknown: Find those instead of whom the other's newest list here says nothing, being older than their first known listing.

    Raises:
        WrongUse: No whole list of the second is here, so that not being on it says nothing; or no list of the first; or both are
            one.
    """
    if listed == missing:
        raise WrongUse(f"{listed!r} is asked about twice; name another jurisdiction to hold it against")
    if listed not in presence.held:
        raise WrongUse(f"no list of {listed!r} is here; add it")
    presence.need_whole(missing)
    end = presence.horizon[missing]
    mates = counterparts(presence.parties.values(), listed, missing)
    wanted = {party.id for party in presence.under(programmes)}
    found = [
        _gap(presence, party, listed, missing, end, mates)
        for party in presence.parties.values()
        if party.id in wanted
        and _in_force(party, listed)
        and not _in_force(party, missing)
        and missing not in party.perhaps
        and presence.held[missing].is_older(party.spans[listed].by) is unknown
    ]
    return sorted(found, key=lambda gap: (-(gap.days if gap.days is not None else -1), gap.party.id))


def counterparts(parties: Iterable[Party], leader: str, other: str) -> dict[str, Counterpart]:
    """Of each programme of one jurisdiction, the programme of the other that is most like it by whom it lists.

    Left out are those that share fewer than `LEAST_SHARED` parties with any, or too small a part of them (`LEAST_LIKE`).
    """
    sizes: Counter[str] = Counter()
    sizes_there: Counter[str] = Counter()
    shared: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for party in parties:
        if other in party.spans:
            sizes_there.update(party.spans[other].programmes)
        if leader in party.spans:
            for mine in party.spans[leader].programmes:
                sizes[mine] += 1
                if other in party.spans:
                    shared[mine].update(party.spans[other].programmes)
    found = {}
    for mine, theirs in shared.items():
        mates = [
            Counterpart(mine, there, count, sizes[mine], sizes_there[there])
            for there, count in theirs.items()
            if count >= LEAST_SHARED
        ]
        best = max(mates, key=lambda mate: (mate.likeness, mate.there), default=None)
        if best and best.likeness >= LEAST_LIKE:
            found[mine] = best
    return found


def _in_force(party: Party, code: str) -> bool:
    return code in party.spans and party.spans[code].until is None


def _gap(presence: Presence, party: Party, listed: str, missing: str, end: date, mates: dict[str, Counterpart]) -> Gap:
    since = party.day(listed)
    linked = presence.linked(party.id)
    known = [mates[name] for name in sorted(party.spans[listed].programmes) if name in mates]
    return Gap(
        party,
        listed,
        missing,
        party.spans[listed].since,
        (end - since).days if since and since <= end else None,
        tuple(code for code in party.spans if code not in (listed, missing) and _in_force(party, code)),
        party.spans[missing].until if missing in party.spans else None,
        tuple(each.name for each in linked if _in_force(each, missing)),
        len(linked),
        max(known, key=lambda mate: (mate.likeness, mate.programme), default=None),
    )
