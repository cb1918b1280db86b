"""A textbook evaluator of ownership rules by possible worlds: small tellings, and all that may be true where they are told.

A *telling* is what one or two sources print about three companies and three people. A *world* is one way in which all of it is
true: who holds how much of what, in whole percent. In a world nothing is open but what the law itself leaves open, so a rule is a
sum and a comparison; thresholds are written down here by hand, not read from the rules.

What may be true where something is told is the convention of docs/ownership.md; figures are tried at both ends of what is told, at
the thresholds and at tens between. A world that is not tried does no harm: worlds can only show that an answer is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, product
from math import prod
from random import Random
from typing import Any, NamedTuple

PEOPLE, COMPANIES, ASKED = "XYP", "ABC", "C"
EARLIER, DAY = "2024-06-01", "2025-10-15"
SOURCES = ("one", "two")
MOST_WORLDS = 3_000
SHARED = ("shares", "votes", "surplus")
BANDS = {
    "": (0, 10, 20, 30, 40, 49, 50, 51, 60, 70, 80, 90, 100),
    ">25-50": (26, 30, 40, 49, 50),
    ">50-75": (51, 60, 70, 75),
    ">=75": (75, 80, 90, 100),
    ">=50": (50, 51, 60, 80, 100),
    "25-<50": (25, 30, 40, 49),
    "<=50": (0, 10, 30, 49, 50),
}


class Law(NamedTuple):
    """A rule as it stands in the books.

    Attributes:
        sure: Rights in shares that settle it, each with the least whole percent that is enough.
        open: Rights in shares that only leave it open, likewise.
        rights: Other rights that settle it.
        signs: Other rights that leave it open.
        together: Whether stakes of several listed owners are added up.
        silent: Whether the books say nothing of that.
        owners: Rights in shares of which being told something is to be told who owns a company.
    """

    sure: dict[str, int]
    open: dict[str, int]
    rights: tuple[str, ...]
    signs: tuple[str, ...]
    together: bool
    silent: bool = False
    owners: tuple[str, ...] = ("shares",)


_OFAC = Law({"shares": 50}, {"surplus": 50}, (), (), together=True)
_SIGNS = ("board", "influence", "consolidation")
LAWS = {
    EARLIER: {
        "us_ofac_50": _OFAC,
        "eu_50": Law({"shares": 51}, {"votes": 51, "surplus": 51}, (), _SIGNS, together=True),
        "gb_50": Law(
            {"shares": 51, "votes": 51}, {"surplus": 51}, ("board",), _SIGNS[1:], together=False, owners=SHARED
        ),
        "ca_50": Law(
            {"shares": 50, "votes": 50},
            {"surplus": 50},
            ("board",),
            _SIGNS[1:],
            together=False,
            silent=True,
            owners=SHARED[:2],
        ),
    }
}
LAWS[DAY] = LAWS[EARLIER] | {
    "eu_50": Law({"shares": 50}, {"votes": 51, "surplus": 50}, (), _SIGNS, together=True),
    "us_bis_affiliates": _OFAC,
}
"""By day. Rights to profits stand for shares in the UK where there are none: that they settle it there is not asked for here."""


class Real(NamedTuple):
    """What is held in a world.

    Attributes:
        owned: The company.
        kind: Which right.
        amount: Percent of it; what is had or not is 100.
        owners: Who holds it, each with its own part; several hold it jointly.
    """

    owned: str
    kind: str
    amount: int
    owners: tuple[tuple[str, int], ...]


class Way(NamedTuple):
    """One way in which something told may be true: what is held then, and who is listed beside those who surely are."""

    held: tuple[Real, ...]
    listed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fact:
    """Something that is told.

    Attributes:
        words: It, for people.
        ways: The ways in which it may be true on a day.
        links: What sources print, by source.
        key: What no other fact of a telling may be about.
        needs: Facts that have to be told with it.
    """

    words: str
    ways: Callable[[str], list[Way]]
    links: tuple[tuple[str, dict[str, Any]], ...]
    key: str
    needs: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Telling:
    """What is told of one company and those around it.

    Attributes:
        facts: All of it.
        listed: Who is listed, everywhere and since long ago.
    """

    facts: tuple[Fact, ...]
    listed: str
    words: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", f"listed {self.listed}: " + "; ".join(fact.words for fact in self.facts))

    def worlds(self, day: str) -> list[Way]:
        """All ways in which all of it may be true on a day: no company is owned more than wholly."""
        every = product(*(fact.ways(day) for fact in self.facts))
        return [world for ways in every if _is_whole((world := _joined(ways)).held)]

    def count(self, day: str) -> int:
        """How many worlds there are to try, before those are left out that cannot be."""
        return prod(len(fact.ways(day)) for fact in self.facts)


def caught(telling: Telling, world: Way, law: Law, day: str, *, lenient: bool) -> bool:
    """Whether a rule catches the company in a world; leniently, what the law or the telling leaves open counts as well.

    A company of which nobody is told to hold anything that could catch it may be caught by whoever it belongs to: the one asked
    about, and any that holds something.
    """
    listed = [*telling.listed, *world.listed]
    free = _untold(telling, law, day) if lenient else []
    if ASKED in free:
        return True
    together = law.together or (law.silent and lenient)
    starts = [{*listed, *free}] if together else [{each, *free} for each in listed] or [{*free}]
    return any(ASKED in _spread(world.held, law, start, lenient=lenient) for start in starts)


def _spread(held: Sequence[Real], law: Law, start: set[str], *, lenient: bool) -> set[str]:
    """Who is in, of those who hold and are held, until nobody gets in any more; the company asked about starts outside."""
    inside = start - {ASKED}
    while True:
        new = {each for each in COMPANIES if each not in inside and _is_in(each, held, law, inside, lenient=lenient)}
        if not new:
            return inside
        inside |= new


def _is_in(company: str, held: Sequence[Real], law: Law, inside: set[str], *, lenient: bool) -> bool:
    asked = law.sure | (law.open if lenient else {})
    for kind, least in asked.items():
        its = [real for real in held if (real.owned, real.kind) == (company, kind)]
        if sum(_counts(real, law, inside) for real in its) >= least:
            return True
    rights = (*law.rights, *(law.signs if lenient else ()))
    return any(
        real.owned == company and real.kind in rights and any(owner in inside for owner, _ in real.owners)
        for real in held
    )


def _counts(real: Real, law: Law, inside: set[str]) -> int:
    """What those inside hold of it; where persons are taken apart, whoever holds jointly holds all of it."""
    if law.together:
        return sum(part for owner, part in real.owners if owner in inside and owner != real.owned)
    return real.amount if any(owner in inside and owner != real.owned for owner, _ in real.owners) else 0


def _untold(telling: Telling, law: Law, day: str) -> list[str]:
    """Companies of which nothing is told by which the rule could catch them: the one asked about, and owners of others."""
    possible = [real for fact in telling.facts for way in fact.ways(day) for real in way.held]
    owners = {owner for real in possible for owner, _ in real.owners} | {ASKED}
    told = {real.owned for real in possible if real.kind in law.owners}
    return sorted(each for each in owners - told if each in COMPANIES)


def _joined(ways: Sequence[Way]) -> Way:
    return Way(tuple(chain(*(way.held for way in ways))), tuple(chain(*(way.listed for way in ways))))


def _is_whole(held: Iterable[Real]) -> bool:
    taken: dict[tuple[str, str], int] = {}
    for real in held:
        if real.kind in SHARED:
            key = real.owned, real.kind
            taken[key] = taken.get(key, 0) + real.amount
    return all(amount <= 100 for amount in taken.values())


# What may be told, each with what may then be true.


def telling(dice: Random) -> Telling:
    """Draw a telling that can be true and of which not too much may be."""
    while True:
        drawn = [_fact(dice, (_owner(dice, ASKED), ASKED), "shares"), *(_fact(dice) for _ in range(dice.randint(0, 3)))]
        # of a company of which nothing is told nothing can be said: seldom let it be so
        drawn += [_fact(dice, (_owner(dice, each), each), "shares") for each in "AB" if dice.random() < 0.8]
        facts: dict[str, Fact] = {}
        for fact in drawn:
            if fact.key not in facts:
                facts |= {fact.key: fact, **{need.key: need for need in fact.needs}}
        found = Telling(tuple(facts.values()), "X" + "Y" * (dice.random() < 0.4) + "B" * (dice.random() < 0.1))
        if all(found.count(day) <= MOST_WORLDS and found.worlds(day) for day in LAWS) and not _may_repeat(found):
            return found


def _may_repeat(told: Telling) -> bool:
    """Whether something is told as indirect that other chains may or may not tell again: then nobody can say what is true."""
    every = {real for fact in told.facts for day in LAWS for way in fact.ways(day) for real in way.held}
    held = [(owner, real) for real in every for owner, _ in real.owners if real.kind == "shares" and real.amount]
    for fact in told.facts:
        if fact.key.endswith("indirect") and fact.ways(DAY) != [Way(())]:
            ((_, link),) = fact.links
            above = set(link["owner"])
            for _ in COMPANIES:
                above |= {real.owned for owner, real in held if owner in above}
            last: dict[str, int] = {}
            for owner, real in held:
                if real.owned == ASKED and owner in above & set(COMPANIES):
                    last[owner] = max(real.amount, last.get(owner, 0))
            if sum(last.values()) >= int(link["percentage"][0]):
                return True
    return False


def exact(dice: Random) -> Telling:
    """Draw a telling of which only one thing can be true on a day: shares with figures, or with exact days."""
    while True:
        drawn = (
            dice.choice((_plain, _dated))(dice, *_ends(dice), "shares", exactly=True) for _ in range(dice.randint(1, 5))
        )
        facts = {fact.key: fact for fact in drawn}
        found = Telling(tuple(facts.values()), "X" + "Y" * (dice.random() < 0.4))
        if all(len(found.worlds(day)) == 1 for day in LAWS):
            return found


def _fact(dice: Random, ends: tuple[str, str] | None = None, kind: str = "") -> Fact:
    owner, owned = ends or _ends(dice)
    kind = kind or dice.choices((*SHARED, *_SIGNS), (12, 3, 1, 1, 1, 1))[0]
    if kind not in SHARED:
        return _right(dice, owner, owned, kind)
    make = dice.choices(
        (
            _plain,
            _dated,
            _by_two_sources,
            _told_twice,
            _told_with_a_gap,
            _nominees,
            _joint,
            _of_classes,
            _indirect,
            _unnamed,
        ),
        (10, 4, 3, 2, 2, 3, 3, 2, 3, 1),
    )[0]
    return make(dice, owner, owned, kind)


def _ends(dice: Random) -> tuple[str, str]:
    owned = dice.choices(COMPANIES, (2, 2, 4))[0]
    return _owner(dice, owned), owned


def _owner(dice: Random, owned: str) -> str:
    return dice.choice([each for each in "XXYPAB" + "C" * (dice.random() < 0.1) if each != owned])


def _figure(dice: Random) -> int:
    return dice.choice((10, 20, 25, 30, 40, 50, 50, 60, 75, 100))


def _sole(owner: str, owned: str, kind: str, amount: int) -> Way:
    return Way((Real(owned, kind, amount, ((owner, amount),)),))


def _link(owners: str | Sequence[str], owned: str, kind: str, figure: object = "", **more: str) -> dict[str, Any]:
    told = {prop: [value] for prop, value in more.items()}
    if kind in SHARED:
        told |= {"owner": list(owners), "asset": [owned], "ownershipType": [kind]}
        return {"schema": "Ownership", **({"percentage": [str(figure)]} if figure != "" else {}), **told}
    return {"schema": "Control", **told, "controller": list(owners), "controlled": [owned], "controlType": [kind]}


def _always(ways: list[Way], day: str) -> list[Way]:
    return ways


def _of_ends(make: Callable[[int], Way], figures: Iterable[int]) -> list[Way]:
    return [make(figure) for figure in figures]


def _plain(dice: Random, owner: str, owned: str, kind: str, *, exactly: bool = False) -> Fact:
    figure: object = _figure(dice)
    figures: Sequence[int] = (figure,) if isinstance(figure, int) else ()
    if not exactly and dice.random() < 0.5:
        figure = dice.choice(list(BANDS))
        figures = BANDS[figure]
    ways = _of_ends(partial(_sole, owner, owned, kind), figures)
    words = f"{owner} {figure or '?'} {owned} {kind}"
    return Fact(words, partial(_always, ways), (("one", _link(owner, owned, kind, figure)),), f"{owner}{owned}{kind}")


def _dated(dice: Random, owner: str, owned: str, kind: str, *, exactly: bool = False) -> Fact:
    """A stake that began or ended, before, between or after the days asked about, or in the month of one of them."""
    figure = _figure(dice)
    sure = ("2023-03-01", "2024-12-31", "2026-01-31")
    prop, told = (
        dice.choice(("startDate", "endDate")),
        dice.choice(sure if exactly else (*sure, "2024-06", "2025-10", "2025")),
    )
    there = [_sole(owner, owned, kind, figure)]

    def ways(day: str) -> list[Way]:
        if day.startswith(told):
            return [Way(()), *there]
        return there if (told < day) == (prop == "startDate") else [Way(())]

    link = _link(owner, owned, kind, figure, **{prop: told})
    return Fact(f"{owner} {figure} {owned} {kind} {prop}={told}", ways, (("one", link),), f"{owner}{owned}{kind}")


def _by_two_sources(dice: Random, owner: str, owned: str, kind: str) -> Fact:
    """Two sources on one stake: both are right; or, where that cannot be, either."""
    one, two = (_figure(dice) if dice.random() < 0.3 else dice.choice(list(BANDS)) for _ in SOURCES)
    first, second = ({told} if isinstance(told, int) else {*BANDS[told]} for told in (one, two))
    figures = sorted(_within(first, two) | _within(second, one)) or sorted(first | second)
    links = tuple((source, _link(owner, owned, kind, told)) for source, told in zip(SOURCES, (one, two), strict=True))
    words = f"{owner} {one or '?'} (one) {two or '?'} (two) {owned} {kind}"
    return Fact(
        words, partial(_always, _of_ends(partial(_sole, owner, owned, kind), figures)), links, f"{owner}{owned}{kind}"
    )


def _within(figures: set[int], told: object) -> set[int]:
    """Those of some figures that another telling allows too."""
    if isinstance(told, int):
        return figures & {told}
    ends = BANDS[str(told)]
    return {each for each in figures if ends[0] <= each <= ends[-1]}


def _told_twice(dice: Random, owner: str, owned: str, kind: str) -> Fact:
    """Two entries of one source: parts, or one after the other."""
    one, two = _figure(dice), _figure(dice)
    figures = sorted({one, two, *([one + two] if one + two <= 100 else [])})
    links = tuple(("one", _link(owner, owned, kind, each, summary=f"entry {n}")) for n, each in enumerate((one, two)))
    ways = _of_ends(partial(_sole, owner, owned, kind), figures)
    return Fact(f"{owner} {one} and {two} {owned} {kind}", partial(_always, ways), links, f"{owner}{owned}{kind}")


def _told_with_a_gap(dice: Random, owner: str, owned: str, kind: str) -> Fact:
    """An entry with a figure, and another one without: at least the figure."""
    figure = _figure(dice)
    figures = [figure, *(each for each in BANDS[""] if each > figure)]
    links = tuple(("one", _link(owner, owned, kind, each, summary="an entry")) for each in (figure, ""))
    ways = _of_ends(partial(_sole, owner, owned, kind), figures)
    return Fact(f"{owner} {figure} and ? {owned} {kind}", partial(_always, ways), links, f"{owner}{owned}{kind}")


def _nominees(dice: Random, owner: str, owned: str, kind: str) -> Fact:
    """A nominee holds for one, for two, or for somebody who is not told."""
    figure, link = _figure(dice), _link("N", owned, kind, 0, role="nominee")
    link["percentage"] = [str(figure)]
    behind = [owner, dice.choice("XYP")][: dice.choice((0, 1, 1, 2))]
    if owner == owned or len({*behind}) < len(behind):
        behind = behind[:1]
    ways = [_sole("P", owned, kind, figure), _sole("X", owned, kind, figure)]
    if len(behind) == 1:
        ways = [_sole(owner, owned, kind, figure)]
    elif behind:
        one, two = behind
        ways = [
            Way((*_sole(one, owned, kind, part).held, *_sole(two, owned, kind, figure - part).held))
            for part in sorted({0, figure // 2, figure})
        ]
    for_whom = [{"schema": "Representation", "agent": ["N"], "client": [each], "role": ["nominee"]} for each in behind]
    links = (("one", link), *(("one", each) for each in for_whom))
    # who stands behind the nominee is told of the nominee, whatever it holds: there is one such fact in a telling
    return Fact(f"N {figure} {owned} {kind} for {' and '.join(behind) or '?'}", partial(_always, ways), links, "N")


def _joint(dice: Random, owner: str, owned: str, kind: str) -> Fact:
    """Two hold one stake: each all of it where persons are taken apart, else any part."""
    figure = _figure(dice)
    other = dice.choice([each for each in PEOPLE if each != owner])
    ways = [
        Way((Real(owned, kind, figure, ((owner, part), (other, figure - part))),))
        for part in sorted({0, figure // 2, figure})
    ]
    link = _link([owner, other], owned, kind, figure)
    return Fact(
        f"{owner}+{other} {figure} {owned} {kind}",
        partial(_always, ways),
        (("one", link),),
        f"{owner}+{other}{owned}{kind}",
    )


def _of_classes(dice: Random, owner: str, owned: str, kind: str) -> Fact:
    """Figures of two classes of shares: of the whole, or each of its class, whose size is not told."""
    other = dice.choice([each for each in PEOPLE if each != owner])
    mine, its = dice.choice((20, 30, 60, 100)), dice.choice((20, 30, 60, 100))
    ways = [
        Way(
            (
                *_sole(owner, owned, kind, mine * size // 100).held,
                *_sole(other, owned, kind, its * (100 - size) // 100).held,
            )
        )
        for size in (10, 30, 50, 70, 90)
    ]
    if mine + its <= 100:
        ways.append(Way((*_sole(owner, owned, kind, mine).held, *_sole(other, owned, kind, its).held)))
    links = (
        ("one", _link(owner, owned, kind, mine, sharesType="A")),
        ("one", _link(other, owned, kind, its, sharesType="B")),
    )
    return Fact(
        f"{owner} {mine} class A, {other} {its} class B {owned} {kind}", partial(_always, ways), links, f"{owned}{kind}"
    )


def _indirect(dice: Random, owner: str, owned: str, kind: str) -> Fact:
    """A stake through others: who they are is not told, or only a smaller chain is; or the whole chain is told as well."""
    owner, owned, figure = dice.choice("XY"), ASKED, dice.choice((30, 50, 60))
    link = _link(owner, owned, "shares", figure, status="indirect")
    key = f"{owner}{owned}indirect"
    chain_told = dice.choice(("none", "none", "small", "influence", "whole"))
    if chain_told == "whole":
        upper, lower = _exactly(owner, "B", "shares", 100), _exactly("B", owned, "shares", figure)
        words = f"{owner} {figure} {owned} indirect, as told"
        return Fact(words, partial(_always, [Way(())]), (("one", link),), key, (upper, lower))
    # somebody in between holds the figure; how much of that one the owner has is not told
    ways = [Way(()), _sole(owner, owned, "shares", figure)]
    needs: tuple[Fact, ...] = ()
    if chain_told == "small":
        needs = (_exactly(owner, "B", "shares", 10), _exactly("B", owned, "shares", 10))
    elif chain_told == "influence":
        needs = (_exactly(owner, "B", "influence", 100), _exactly("B", owned, "shares", 10))
    return Fact(f"{owner} {figure} {owned} indirect", partial(_always, ways), (("one", link),), key, needs)


def _exactly(owner: str, owned: str, kind: str, figure: int) -> Fact:
    link = _link(owner, owned, kind, figure)
    ways = [_sole(owner, owned, kind, figure)]
    return Fact(f"{owner} {figure} {owned} {kind}", partial(_always, ways), (("one", link),), f"{owner}{owned}{kind}")


def _unnamed(dice: Random, owner: str, owned: str, kind: str) -> Fact:
    """A holder without a name, who may be listed."""
    figure = _figure(dice)
    held = _sole("U", owned, kind, figure).held
    return Fact(
        f"somebody {figure} {owned} {kind}",
        partial(_always, [Way(held), Way(held, ("U",))]),
        (("one", _link("U", owned, kind, figure)),),
        f"U{owned}{kind}",
    )


def _right(dice: Random, owner: str, owned: str, kind: str) -> Fact:
    ways = [_sole(owner, owned, kind, 100)]
    if dice.random() < 0.3:
        link = _link(owner, owned, kind, endDate="2025-10")

        def until(day: str) -> list[Way]:
            return [Way(()), *ways] if day.startswith("2025-10") else ways

        return Fact(f"{owner} {owned} {kind} until 2025-10", until, (("one", link),), f"{owner}{owned}{kind}")
    return Fact(
        f"{owner} {owned} {kind}",
        partial(_always, ways),
        (("one", _link(owner, owned, kind)),),
        f"{owner}{owned}{kind}",
    )


def printed(told: Telling, prefix: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What each source prints, as entities of FollowTheMoney; every id begins with the prefix."""
    ends = {"owner", "asset", "controller", "controlled", "agent", "client"}
    used = {source for fact in told.facts for source, _ in fact.links}
    for source in sorted(used | {"one"}):
        for key in (*PEOPLE, *COMPANIES, "N", "U"):
            schema = "Company" if key in COMPANIES else "Person"
            names = {} if key == "U" else {"name": [f"{schema} {prefix}{key}"]}
            yield source, {"id": f"{prefix}{key}", "schema": schema, "properties": names}
    for number, (source, link) in enumerate(link for fact in told.facts for link in fact.links):
        props = {
            prop: [f"{prefix}{value}" for value in values] if prop in ends else values
            for prop, values in link.items()
            if prop != "schema"
        }
        yield source, {"id": f"{prefix}link-{number}", "schema": link["schema"], "properties": props}
