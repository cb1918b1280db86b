"""Which parties of a network are listed themselves, as their own records print on the day; who is not may be listed elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from shellgame.graph.network import Network
from shellgame.model.claim import Claim
from shellgame.sources.catalog import source_named

_TOPICS = frozenset({"sanction", "sanction.counter", "export.control", "debarment"})
"""Topics of a record that stands on a list; `sanction.linked` and others only say whom it is tied to."""


def listings_of(network: Network, told: Iterable[Claim] = ()) -> dict[str, list[str]]:
    """Who lists the parties of a network: by party the codes of jurisdictions, or names of sources that carry nobody's law.

    Args:
        network: The network.
        told: What else its records print; a `Sanction` among it says that the record is listed.

    Returns:
        Only parties that are listed, in the order of the network; what lists them in order of the alphabet.
    """
    by_record: dict[str, set[str]] = {}
    for claim in told:
        if claim.schema == "Sanction":
            by_record.setdefault(claim.record_id, set()).add(_who(claim))
    found = {}
    for identity, entity in network.entities.items():
        listing = {_who(claim) for claim in entity.claims if claim.prop == "topics" and claim.value in _TOPICS}
        for record in network.records(identity):
            listing |= by_record.get(record, set())
        if listing:
            found[identity] = sorted(listing)
    return found


def _who(claim: Claim) -> str:
    return source_named(claim.source).jurisdiction or claim.source
