"""Stakes as sources tell them, found by either end: by the links that touch a record, and what is claimed of each.

A register of a million companies has more stakes than a question can read through; here no more is read than is asked about.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from shellgame.graph.lasting import days_told, is_called_former
from shellgame.graph.links import links_at
from shellgame.model.claim import Claim
from shellgame.model.days import overlaps
from shellgame.model.schema import PARTS
from shellgame.model.stakes import UNKNOWN, Interval, StakeKind, interval_of
from shellgame.store.claims import ClaimSet

_DAY = len("2024-04-15")
_POINTERS = ("parent", "owner")
_KIND_WORDS = {
    **{kind.value: kind for kind in StakeKind},
    **dict.fromkeys(
        ("share", "share capital", "capital", "equity", "ownership", "ownership of shares"), StakeKind.SHARES
    ),
    **dict.fromkeys(("vote", "voting", "voting right", "voting rights"), StakeKind.VOTES),
    **dict.fromkeys(("surplus assets", "profits", "profit rights", "dividends"), StakeKind.SURPLUS),
}
"""Rights as sources word them beside ours."""
_NOMINEE = re.compile(
    r"(?P<no>(?<![^\W_])(?:not|no|non|never)[\s_-]+(?:(?:as|an?|the)[\s_-]+)*)?(?<![^\W_])nominees?(?![^\W_])",
    re.IGNORECASE,
)
_NOMINATOR = "nominator"
_LEVEL_OPEN = "direct or indirect: unknown"
"""How our reader of BODS notes that nobody says whether an interest is held directly, see `sources.bods.interests`."""
_UNREAD = ("startDate as printed: ", "endDate as printed: ")
"""How readers note a day that they cannot read, see `sources.claims.Entity.add_date`."""


class Told(NamedTuple):
    """One stake as one source tells it.

    Attributes:
        link: Id of the entity that tells it, or a name for the pointer that does.
        source: Whose words they are.
        owner: Id of the record of the holder.
        asset: Id of the record of the company.
        kind: Which right.
        interval: How much of it.
        indirect: Whether it is told to be held through others.
        share_class: Class of the shares.
        role: The source's own word.
        start: First partial day, where told.
        end: Last partial day, where told.
        joint: Whether others hold it too.
        notes: What to know of the figure, in words.
        claims: Ids of the claims.
        tellers: Ids of the entities that these claims are about.
        is_former: Whether it is told to be over, without a day.
        about: Of whom a nominee stands for: the links of the stakes of which that is told; none where it is told of all it holds.
        odd_days: What is told of its days where these make no sense, in words.
        is_level_open: Whether it is told that it is not known whether it is held directly.
        over: The day on which it ended in the words of another source, where that is before the day asked about.
    """

    link: str
    source: str
    owner: str
    asset: str
    kind: StakeKind
    interval: Interval
    indirect: bool
    share_class: str
    role: str
    start: str | None
    end: str | None
    joint: bool
    notes: tuple[str, ...]
    claims: tuple[str, ...]
    tellers: tuple[str, ...]
    is_former: bool = False
    about: tuple[str, ...] = ()
    odd_days: str = ""
    is_level_open: bool = False
    over: str = ""

    @property
    def is_pointer(self) -> bool:
        """Whether an entity only names its owner or parent, without a word on what that holds."""
        return self.link == _pointer(self.asset, self.role, self.owner)

    @property
    def is_nominators(self) -> bool:
        """Whether it is that of somebody for whom an arrangement holds all it holds (BODS)."""
        return self.role.lower() == _NOMINATOR and self.kind is StakeKind.INFLUENCE

    @property
    def is_nominees(self) -> bool | None:
        """Whether it is held for somebody else in its own words; None where these do not say."""
        return tells_nominee(self.role)

    def is_covered_by(self, nomination: Told) -> bool:
        """Whether a word on for whom its holder stands is of this stake, or of all it holds."""
        return not nomination.about or self.link in nomination.about

    def holds_on(self, day: str) -> bool:
        """Whether it is there on a day, as far as told."""
        return overlaps(self.start, self.end, day) and not self.is_former

    def ended_before(self, day: str) -> bool:
        """Whether it was there and is over on a day."""
        return self.end is not None and day[: len(self.end)] > self.end

    def is_doubted_on(self, day: str) -> bool:
        """Whether its days, or another source's, leave open whether it is there on a day on which it may be."""
        inexact = any(each is not None and len(each) < _DAY and day.startswith(each) for each in (self.start, self.end))
        return inexact or bool(self.odd_days or self.over)

    @property
    def days(self) -> str:
        """From when to when it is told, in words."""
        return self.odd_days or f"told from {self.start or 'unknown'} to {self.end or 'unknown'}"


_SCHEMATA = {
    "held": {"Ownership": ("owner", "asset"), "Control": ("controller", "controlled")},
    "represented": {"Representation": ("client", "agent")},
}
"""By what is asked for the links that tell it, with the properties of who holds and what is held."""
_COLUMNS = {
    "kinds": ("ownershipType", "controlType"),
    "figures": ("percentage",),
    "classes": ("sharesType",),
    "roles": ("role",),
    "statuses": ("status",),
    "remarks": ("summary",),
    "starts": ("startDate",),
    "ends": ("endDate",),
    "about": ("recordId",),
}


class ToldStakes:
    """All stakes that sources tell, of whatever day."""

    def __init__(self, claims: ClaimSet, which: str) -> None:
        """Know where they are; nothing is read yet.

        Args:
            claims: The claims of the day.
            which: `held` for who holds what in whom, `represented` for whom nominees stand (the nominee as the asset, who it
                stands for as the owner).
        """
        self._claims, self._ends = claims, _SCHEMATA[which]
        self._pointers = _POINTERS if which == "held" else ()

    def in_assets(self, records: Iterable[str]) -> list[Told]:
        """The stakes in some records, record by record."""
        wanted = {record: number for number, record in enumerate(dict.fromkeys(records))}
        found = [told for told in self._at(wanted) if told.asset in wanted]
        return sorted(found, key=lambda told: (wanted[told.asset], told.link, told.source, told.owner))

    def of_owners(self, records: Iterable[str]) -> list[Told]:
        """The stakes that some records hold, record by record."""
        wanted = {record: number for number, record in enumerate(dict.fromkeys(records))}
        found = [told for told in self._at(wanted) if told.owner in wanted]
        return sorted(found, key=lambda told: (wanted[told.owner], told.asset, told.link, told.source))

    def _at(self, records: Collection[str]) -> Iterator[Told]:
        """All stakes of which some records are an end, whichever."""
        wanted = (*self._ends, *self._pointers)
        tellers = {link.told_by for link in links_at(self._claims, records) if link.schema in wanted}
        denied = "stance <> 'denies'"
        grouped: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in self._claims.where(denied, entities=tellers) if tellers else ():
            if claim.schema in self._ends:
                grouped[claim.entity_id, claim.source].append(claim)
            elif claim.prop in self._pointers and claim.schema not in PARTS:
                yield _pointed(claim)
        for its in grouped.values():
            yield from self._of_link(its)

    def _of_link(self, claims: Sequence[Claim]) -> Iterator[Told]:
        """What one source tells by one link: a stake of each holder in each company."""
        values: defaultdict[str, set[str]] = defaultdict(set)
        for claim in claims:
            values[claim.prop].add(claim.value)
        schema = claims[0].schema
        owners, assets = (
            sorted({value for ends in self._ends.values() for value in values[ends[side]]}) for side in (0, 1)
        )
        told = {name: sorted({value for prop in props for value in values[prop]}) for name, props in _COLUMNS.items()}
        if self._ends is _SCHEMATA["represented"] and not tells_nominee("; ".join(told["roles"])):
            return
        interval, notes = _interval(told["figures"])
        kinds = [_KIND_WORDS[each.lower().strip()] for each in told["kinds"] if each.lower().strip() in _KIND_WORDS]
        if not kinds:
            kinds = [StakeKind.SHARES if schema == "Ownership" else StakeKind.INFLUENCE]
            if told["kinds"]:
                interval = interval._replace(low=0)
                notes = (*notes, f"which right {' and '.join(told['kinds'])[:60]!r} is, is not known")
        if len(kinds) > 1 and told["figures"]:
            notes = (*notes, f"told as one with {' and '.join(kinds)}: the figure is taken to be of each")
        start, end, odd_days = days_and_doubt(told["starts"], told["ends"], told["remarks"])
        for owner, asset, kind in product(owners, assets, kinds):
            yield Told(
                claims[0].entity_id,
                claims[0].source,
                owner,
                asset,
                kind,
                interval,
                "indirect" in told["statuses"] and "direct" not in told["statuses"],
                " and ".join(told["classes"]),
                "; ".join(told["roles"]),
                start,
                end,
                len(owners) > 1,
                notes,
                tuple(sorted(claim.claim_id for claim in claims)),
                (claims[0].entity_id,),
                is_called_former(told["statuses"], told["remarks"]),
                tuple(told["about"]),
                odd_days,
                any(each.lower() == _LEVEL_OPEN for each in told["remarks"]),
            )


def tells_nominee(words: str) -> bool | None:
    """Whether a role is that of a nominee; None where it does not say.

    Example:
        >>> tells_nominee("Nominee shareholder"), tells_nominee("beneficial owner (not nominee)"), tells_nominee("member")
        (True, False, None)
    """
    said = [match["no"] is None for match in _NOMINEE.finditer(words)]
    return any(said) if said else None


def days_and_doubt(
    starts: Collection[str], ends: Collection[str], remarks: Iterable[str]
) -> tuple[str | None, str | None, str]:
    """First and last day as `days_told` has them, and in words what is odd about those that were printed; empty for nothing."""
    start, end = days_told(starts, ends)
    doubts = [f"told to begin on {min(starts)} and to end on {max(ends)}"] if ends and end is None else []
    if unread := [each for each in remarks if each.startswith(_UNREAD)]:
        doubts.append(f"told with {' and '.join(unread)}")
    return start, end, "; ".join(doubts)


def _pointer(asset: str, prop: str, owner: str) -> str:
    """What a pointer is called, which is no entity of its own."""
    return f"{asset} {prop} {owner}"


def _pointed(claim: Claim) -> Told:
    """The stake that an entity's pointer to its parent or owner tells."""
    return Told(
        _pointer(claim.entity_id, claim.prop, claim.value),
        claim.source,
        claim.value,
        claim.entity_id,
        StakeKind.SHARES,
        UNKNOWN,
        False,
        "",
        claim.prop,
        None,
        None,
        False,
        (),
        (claim.claim_id,),
        (claim.entity_id,),
    )


def _interval(figures: Iterable[str]) -> tuple[Interval, tuple[str, ...]]:
    """What some printed figures allow: one of them is right, nobody says which."""
    read = {figure: interval_of(figure.replace(",", ".")) for figure in figures}
    known = [interval for interval in read.values() if interval is not None]
    notes = tuple(f"the figure {figure[:40]!r} cannot be read" for figure, each in read.items() if each is None)
    if len(known) > 1:
        notes = (*notes, f"told with several figures: {', '.join(read)}")
    return (hull(known) if known and len(known) == len(read) else UNKNOWN), notes


def hull(intervals: Collection[Interval]) -> Interval:
    """The narrowest interval that holds all of some."""
    return Interval(min(each.low for each in intervals), max(each.high for each in intervals))
