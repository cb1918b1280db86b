"""Which parties of a network are listed themselves, as their own records print on the day, for pictures and files.

Where it was looked up when the network grew (`graph.listed`), that is told: one whose listings are all over is listed no longer.
"""

from __future__ import annotations

from collections.abc import Iterable

from shellgame.graph.listed import says_listed
from shellgame.graph.network import Network
from shellgame.model.claim import Claim
from shellgame.sources.catalog import source_named


def listings_of(network: Network, told: Iterable[Claim] = ()) -> dict[str, list[str]]:
    """Who lists the parties of a network: by party the codes of jurisdictions, or names of sources that carry nobody's law.

    Args:
        network: The network.
        told: What else the records of a network print of which that was not looked up; a `Sanction` says that the record is listed.

    Returns:
        Only parties that are listed, in the order of the network; what lists them in order of the alphabet.
    """
    if network.listed is not None:
        return {identity: sorted({*map(_whose, sources)}) for identity, sources in network.listed.items()}
    by_record: dict[str, set[str]] = {}
    for claim in told:
        if claim.schema == "Sanction":
            by_record.setdefault(claim.record_id, set()).add(_whose(claim.source))
    found = {}
    for identity, entity in network.entities.items():
        listing = {_whose(claim.source) for claim in entity.claims if says_listed(claim.prop, claim.value)}
        for record in network.records(identity):
            listing |= by_record.get(record, set())
        if listing:
            found[identity] = sorted(listing)
    return found


def _whose(source: str) -> str:
    return source_named(source).jurisdiction or source
