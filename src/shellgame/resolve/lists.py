"""Which lists of each jurisdiction are here, and whether not being on them says anything; and the listings they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shellgame.model.claim import Claim
from shellgame.model.entity import Entity, entities_of
from shellgame.model.version import UNPUBLISHED, Version
from shellgame.sources.catalog import source_named
from shellgame.store.claims import ClaimSet

ENDED = frozenset({"delisted", "removed", "expired", "deleted", "revoked", "lifted", "inactive", "former"})
"""Words for the status of a listing that is over."""
_DAYS = ("listingDate", "startDate")
_DAY = len("2024-04-15")


@dataclass(frozen=True)
class Held:
    """The lists of a jurisdiction.

    Attributes:
        lists: Each list, with the day it is of and the files that its version is without.
        lacking: Why not being on them says nothing, in words; empty where a whole list is here.
        until: Day of the newest whole list, of the newest list where none is whole: what came later is not known here. Empty where
            there is none.
    """

    lists: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    until: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether a whole list is here, so that not being on it may say something."""
        return bool(self.lists) and not self.lacking

    def is_older(self, since: str | None) -> bool:
        """Whether the newest whole list is older than a day: then its silence tells nothing of a party first listed on that day.

        Args:
            since: First day on which the party is known to stand on another jurisdiction's list; None where it stands on none.
        """
        return self.is_whole and since is not None and self.until < since

    def tells_of(self, since: str | None) -> bool:
        """Whether not being on these lists says something of a party that others list from a day on."""
        return self.is_whole and not self.is_older(since)

    def why_unknown(self, since: str | None) -> tuple[str, ...]:
        """Why not being on these lists says nothing of a party that others list from a day on; empty where it does."""
        if self.is_older(since):
            return (f"its newest whole list here is of {self.until}; others are first known to list it on {since}",)
        return self.lacking


@dataclass(frozen=True)
class Listing:
    """One listing that a record of a source prints, or printed.

    Attributes:
        jurisdiction: Code of the jurisdiction that the source speaks for.
        entity: The listing.
        ended: Whether it is over.
        left: Day of the last version that had it, where the source's newest one no longer does; else None.
    """

    jurisdiction: str
    entity: Entity
    ended: bool
    left: str | None = None

    @property
    def since(self) -> str | None:
        """The first day of it that its source states."""
        return min((claim.value for claim in self.entity.claims if claim.prop in _DAYS), default=None)

    @property
    def until(self) -> str | None:
        """The last day of it that its source states; where it left the list, the last day it is known to have stood there."""
        return max((claim.value for claim in self.entity.claims if claim.prop == "endDate"), default=self.left)


def lists_held(claims: ClaimSet, whole: Sequence[str] = ()) -> dict[str, Held]:
    """The lists that are here, by jurisdiction.

    Args:
        claims: The claims of the day.
        whole: Jurisdictions of which somebody says that what is here is the whole list.
    """
    versions: dict[str, list[Version]] = {}
    for version in claims.versions:
        if code := source_named(version.source).jurisdiction:
            versions.setdefault(code, []).append(version)
    return {
        code: Held(
            tuple(_called(version, claims) for version in its),
            () if code in whole else _lacking(claims, its),
            _newest(its),
        )
        for code, its in versions.items()
    }


def _called(version: Version, claims: ClaimSet) -> str:
    """A version as people are told of it; without its aliases, say, a party may be on it and not be known again."""
    unpublished = [f"{UNPUBLISHED}{', '.join(version.unpublished)}"] if version.unpublished else []
    told = "; ".join([*unpublished, *gone_on(claims.carried.get(version.source, {}))])
    return f"{version.source} of {version.as_of[:_DAY]}{f' ({told})' if told else ''}"


def gone_on(carried: Mapping[str, Version]) -> list[str]:
    """What goes on of files that a version was published without, in words; see `ClaimSet.carried`.

    Example:
        >>> gone_on({})
        []
    """
    by_day: dict[str, list[str]] = {}
    for name, version in carried.items():
        by_day.setdefault(version.as_of[:_DAY], []).append(name)
    return [f"{', '.join(names)} of {day} still count" for day, names in sorted(by_day.items())]


def _newest(versions: Sequence[Version]) -> str:
    """The day of the newest whole list among some; of the newest one where none is whole."""
    return max((source_named(version.source).whole, version.as_of[:_DAY]) for version in versions)[1]


def _lacking(claims: ClaimSet, versions: Sequence[Version]) -> tuple[str, ...]:
    if not any(source_named(version.source).whole for version in versions):
        return ("no whole list of it is here",)
    return tuple(lost for version in versions if (lost := _lost_since_whole(claims.history[version.source])))


def _lost_since_whole(history: Sequence[Version]) -> str | None:
    """What the last version lacks against the last one before it that lacked nothing, in words."""
    reference = last_whole(history)
    return None if reference is history[-1] else _lost(reference, history[-1])


def last_whole(history: Sequence[Version]) -> Version:
    """The last version that lost neither files nor most of its records: who is missing on a later one has not left the list."""
    reference = history[0]
    for version in history[1:]:
        if not _lost(reference, version):
            reference = version
    return reference


def _lost(before: Version, now: Version) -> str | None:
    which = f"{now.source} of {now.as_of[:10]}"
    details = source_named(now.source).details
    parts, parts_before = ({part.name for part in version.parts}.difference(details) for version in (now, before))
    if now.method == before.method and len(parts) < len(parts_before):
        return f"{which} has {len(parts)} of the {len(parts_before)} files of the version of {before.as_of[:10]}"
    records, records_before = now.counts.get("records", 0), before.counts.get("records", 0)
    if 2 * records < records_before:
        return f"{which} has {records:,} records, the version of {before.as_of[:10]} had {records_before:,}"
    return None


def listings_of(claims: Iterable[Claim], day: str, last: Mapping[str, str] | None = None) -> dict[str, list[Listing]]:
    """The listings that records print, by record; each source that has a record speaks for its own jurisdiction.

    Args:
        claims: Claims of whole records; of a listing that the last version still has, what earlier ones said is left out.
        day: The day asked about.
        last: By source, the moment of its last version that is whole: what no version from then on has is over. Needed where
            claims that ended are among them (`ClaimSet.ever`).
    """
    grouped: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        if claim.schema == "Sanction":
            grouped.setdefault((claim.source, claim.record_id), []).append(claim)
    found: dict[str, list[Listing]] = {}
    for (source, record_id), its in grouped.items():
        code = source_named(source).jurisdiction
        current = [claim for claim in its if last is None or claim.last_seen >= last[source]]
        left = None if current else max(claim.last_seen for claim in its)[:10]
        found.setdefault(record_id, []).extend(
            Listing(code, entity, left is not None or _has_ended(entity, day), left)
            for entity in entities_of(current or its).values()
        )
    return found


def _has_ended(listing: Entity, day: str) -> bool:
    statuses, ends = ([claim.value for claim in listing.claims if claim.prop == prop] for prop in ("status", "endDate"))
    return is_over(statuses, ends, day)


def is_over(statuses: Iterable[str], ends: Sequence[str], day: str) -> bool:
    """Whether a listing is over on a day: one of its statuses says so, or all last days that it states are past."""
    if any(status.strip().casefold() in ENDED for status in statuses):
        return True
    return bool(ends) and all(end < day[: len(end)] for end in ends)


def first_seen(claims: ClaimSet, listings: Iterable[Listing]) -> tuple[str | None, str | None]:
    """Between which versions the first of some listings came: the day of the first with it, and of the last without it."""
    spans = [span for listing in listings if (span := _came(claims, listing.entity))]
    return min(spans) if spans else (None, None)


def _came(claims: ClaimSet, listing: Entity) -> tuple[str, str] | None:
    """The days of the first version with a listing and of the one before; None where that one is not here or read otherwise."""
    claim = min(listing.claims, key=lambda claim: claim.first_seen)
    history = claims.history[claim.source]
    position = next((number for number, version in enumerate(history) if version.id == claim.first_version), 0)
    if not position or history[position - 1].method != history[position].method:
        return None
    return claim.first_seen[:10], history[position - 1].as_of[:10]


def stood_by(listing: Listing) -> str:
    """First day on which a listing is known to stand: the one that it states, else that of the first version kept with it."""
    days = [claim.value for claim in listing.entity.claims if claim.prop in _DAYS and len(claim.value) == _DAY]
    return min(days, default=min(claim.first_seen for claim in listing.entity.claims)[:_DAY])
