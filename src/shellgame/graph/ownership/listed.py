"""Who of some parties is listed for an ownership rule on a day, and of whom that cannot be said.

A rule asks on whose lists an owner must stand. Where none of these lists is here, nobody can be said not to be listed; where they
are older than what others list of a party, whether it is listed there by now is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shellgame.graph.ownership.rules import Rule
from shellgame.model.days import overlaps
from shellgame.resolve.lists import Listing, last_whole, listings_of, stood_by
from shellgame.store.claims import ClaimSet


@dataclass(frozen=True)
class Lists:
    """The lists that are here, and the listings of some records on them.

    Attributes:
        day: The day asked about.
        dated: Day of the version of each source.
        listings: By record, its listings that are not known to be over.
    """

    day: str
    dated: Mapping[str, str]
    listings: Mapping[str, tuple[Listing, ...]]

    def for_rule(self, rule: Rule, records: Iterable[str]) -> list[Listing]:
        """The listings of a party by which it is listed for a rule on the day."""
        return [each for each in self._counting(rule, records) if stood_by(each) <= self.day or _began(each, self.day)]

    def perhaps_for_rule(self, rule: Rule, records: Iterable[str]) -> str:
        """Why a party that is not known to be listed for a rule may be, in words; empty where nothing says so."""
        its = list(records)
        for listing in self._counting(rule, its):
            if listing.since is None:
                source = _source(listing)
                return f"{source} of {self.dated[source]} lists it, without a day of listing"
        newest = self.newest(rule)
        elsewhere = [each for record in its for each in self.listings.get(record, ()) if each.jurisdiction]
        days = [stood_by(each) for each in elsewhere if stood_by(each) <= self.day]
        if newest and days and newest < min(days):
            return f"others list it since {min(days)}; the newest list of {rule.jurisdiction} here is of {newest}"
        return ""

    def newest(self, rule: Rule) -> str:
        """Day of the newest list here on which an owner must stand for a rule; empty where none is here."""
        return max((self.dated[each.source] for each in rule.listed if each.source in self.dated), default="")

    def _counting(self, rule: Rule, records: Iterable[str]) -> list[Listing]:
        """The listings of a party that count for a rule, whenever they began."""
        return [
            listing
            for record in records
            for listing in self.listings.get(record, ())
            if rule.counts(_source(listing), _programmes(listing))
        ]


def lists_of(claims: ClaimSet, records: Iterable[str], day: str) -> Lists:
    """Look up the listings of some records.

    Args:
        claims: The claims of the day.
        records: Ids of records.
        day: The day asked about, `YYYY-MM-DD`.
    """
    last = {source: last_whole(history).as_of for source, history in claims.history.items()}
    found = listings_of(claims.where("schema = 'Sanction'", records=records), day, last)
    return Lists(
        day,
        {version.source: version.as_of[:10] for version in claims.versions},
        {record: tuple(each for each in its if not each.ended) for record, its in found.items()},
    )


def _source(listing: Listing) -> str:
    return listing.entity.claims[0].source


def _programmes(listing: Listing) -> list[str]:
    properties = listing.entity.properties
    return [*properties.get("program", ()), *properties.get("programId", ())]


def _began(listing: Listing, day: str) -> bool:
    """Whether the source states a day of listing that is not after a day."""
    return listing.since is not None and overlaps(listing.since, None, day)
