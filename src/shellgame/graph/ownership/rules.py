"""The ownership rules of jurisdictions, as they stood on a day: each a data file with its versions and their sources.

A rule says what share of which rights makes a company as good as listed, whether stakes of several listed owners are
added up, what merely points at control, and on whose list an owner must stand. What is suspended or not verified is
told as such and never counts as in force.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from shellgame.model.stakes import IN_SHARES, StakeKind, interval_of
from shellgame.names.yaml import load_yaml
from shellgame.resolve.programmes import matches_any

_RULES = Path(__file__).with_name("rules")
_ANY_DAY = ""
STATUSES = ("in_force", "suspended", "unverified")
"""What a version of a rule can be: law on its days; law that is suspended; not verified to be law."""
VERIFIED = ("V", "S", "R")
"""How a version was checked: the text itself was read; an account of it was read; recalled only."""


class Limb(NamedTuple):
    """One way to be caught.

    Attributes:
        kinds: Rights of which any one is enough; different kinds are never added up.
        least: The least that suffices, in units of `shellgame.model.stakes.PERCENT`; *more than 50 %* is one unit above
            50 %. Of rights that do not come in shares having them is enough.
        together: Whether stakes of several listed owners are added up.
        settles: Whether this decides; otherwise it only leaves the answer open.
    """

    kinds: tuple[StakeKind, ...]
    least: int
    together: bool
    settles: bool = True


class Listing(NamedTuple):
    """Whom a source lists, in the sense of a rule.

    Attributes:
        source: Id of the source.
        programmes: Names or ids of programmes, `*` for any letters; all of the source when empty.
    """

    source: str
    programmes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a rule.

    Attributes:
        id: The rule's name, the same in all its versions.
        jurisdiction: Whose rule it is.
        title: What it is called.
        valid_from: First day of this version; empty where that is not known and every earlier day is meant.
        valid_to: First day on which it no longer stands so; empty where it still does.
        status: One of `STATUSES`.
        limbs: The ways to be caught.
        silent_on_adding_up: Whether the text does not say so, nor otherwise: stakes of several listed persons that are enough
            together only then leave the answer open.
        control: Rights that point at control and leave the answer open.
        listed: On whose lists an owner must stand.
        except_programmes: Programmes under which somebody may be listed without passing anything on.
        cite: The text, as lawyers cite it.
        url: Where it stands; empty where no official address is known.
        quote: Its words, where these were verified.
        verified: One of `VERIFIED`.
        checked_on: The day on which somebody last held the rule against its sources.
        note: What to know before one relies on it.
    """

    id: str
    jurisdiction: str
    title: str
    valid_from: str
    valid_to: str
    status: str
    limbs: tuple[Limb, ...]
    silent_on_adding_up: bool
    control: tuple[StakeKind, ...]
    listed: tuple[Listing, ...]
    except_programmes: tuple[str, ...]
    cite: str
    url: str
    quote: str
    verified: str
    checked_on: str
    note: str

    @property
    def in_force(self) -> bool:
        """Whether this version is known to be law on its days."""
        return self.status == "in_force"

    @property
    def per_person(self) -> bool:
        """Whether only stakes count together that one listed person holds, itself or through what it alone owns and controls."""
        return not any(limb.together for limb in self.limbs)

    def added_up(self) -> Rule:
        """The rule as it would be if stakes of several listed persons were added up."""
        return replace(
            self, limbs=tuple(limb._replace(together=set(limb.kinds) <= set(IN_SHARES)) for limb in self.limbs)
        )

    def counts(self, source: str, programmes: Collection[str] = ()) -> bool:
        """Whether somebody whom a source lists under some programmes is listed for this rule.

        Args:
            source: Id of the source.
            programmes: Names and ids of the programmes of one listing, as printed.

        Example:
            >>> rule = rules_on("2025-10-01")[-1]
            >>> rule.id, rule.counts("us_trade_csl", ["US-BIS-EL"]), rule.counts("us_trade_csl", ["US-BIS-UVL"])
            ('us_bis_affiliates', True, False)
        """
        under = [name for name in programmes if not matches_any(name, self.except_programmes)]
        if programmes and not under:
            return False
        return any(
            source == listing.source
            and (not listing.programmes or any(matches_any(name, listing.programmes) for name in under))
            for listing in self.listed
        )


def rules_on(day: str) -> list[Rule]:
    """The version of each rule that holds on a day, in force or not; a rule that did not exist yet is left out.

    Args:
        day: `YYYY-MM-DD`.

    Example:
        >>> [(rule.id, rule.status) for rule in rules_on("2026-01-15") if rule.jurisdiction == "us"]
        [('us_ofac_50', 'in_force'), ('us_bis_affiliates', 'suspended')]
    """
    return [
        rule for rule in all_rules() if rule.valid_from <= day and (rule.valid_to == _ANY_DAY or day < rule.valid_to)
    ]


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every version of every rule: OFAC's first, then the others by name, each in order of days."""
    files = sorted(
        _RULES.glob("*.yml"), key=lambda file: (file.stem == "us_bis_affiliates", file.stem != "us_ofac_50", file.stem)
    )
    return tuple(rule for file in files for rule in _versions(file))


def _versions(file: Path) -> Iterator[Rule]:
    told: dict[str, Any] = load_yaml(file)
    for version in told["versions"]:
        yield Rule(
            id=file.stem,
            jurisdiction=told["jurisdiction"],
            title=told["title"],
            valid_from=version.get("valid_from", _ANY_DAY),
            valid_to=version.get("valid_to", _ANY_DAY),
            status=version["status"],
            limbs=tuple(_limb(limb, together=not version["per_person"]) for limb in version["limbs"]),
            silent_on_adding_up=version.get("silent_on_adding_up", False),
            control=tuple(StakeKind(kind) for kind in version.get("control", ())),
            listed=tuple(Listing(each["source"], tuple(each.get("programmes", ()))) for each in told["listed"]),
            except_programmes=tuple(told.get("except_programmes", ())),
            cite=version["cite"],
            url=version.get("url", ""),
            quote=version.get("quote", ""),
            verified=version["verified"],
            checked_on=told["checked_on"],
            note=version["note"],
        )


def _limb(told: dict[str, Any], *, together: bool) -> Limb:
    kinds = tuple(StakeKind(kind) for kind in told["kinds"])
    threshold = interval_of(told["least"])
    if threshold is None:
        raise ValueError(f"{told['least']!r} is no threshold; write it like '>=50' or '>50'")
    return Limb(kinds, threshold.low, together and set(kinds) <= set(IN_SHARES), told.get("settles", True))
