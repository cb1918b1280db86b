"""What ties two entities together: links that a source states, and things that several entities share.

A *link* is a relation in somebody's words ("Linked To: …"; `graph.links`). A *shared* tie is ours to see: two records print the
same passport number, phone, address or full name. A *judged* tie is what people decided of two records (`graph.judged`). What is
shared by many says little about any two of them, so a shared tie is weighted by how rare it is in the data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import log2
from typing import NamedTuple

from shellgame.graph.shared_values import printed_with
from shellgame.model.claim import Claim
from shellgame.model.schema import CONTACTS, IDENTIFIERS
from shellgame.store.claims import ClaimSet

_STANCE = {"asserts": 1.0, "reports": 0.8, "infers": 0.9, "denies": 0.0}
_RELIABILITY = {"A": 0.95, "B": 0.85, "C": 0.7, "D": 0.5, "E": 0.3, "F": 0.6}
FORMER = 0.5
"""What a relation keeps of its strength once it is over: after its end, or where its source calls it former."""
SHARED_ADDRESS = 0.6
SHARED_NAME = 0.7
SHARED_ALIAS = 0.5


@dataclass(frozen=True)
class Tie:
    """A tie between two entities.

    Attributes:
        id: Id of the link entity, of the shared value, or of the two that were judged.
        kind: `link`, `shared` or `judged`.
        schema: Schema of the link; for a shared tie the property that is shared, for a judged one what was decided.
        label: What the tie is called in the source, the shared value, or who decided and why.
        source_id: One end.
        target_id: Other end.
        strength: 0 to 1; no probability, an order.
        start: Partial day since when, if told.
        end: Partial day until when, if told.
        claims: What it rests on.
        past: Empty while it holds as far as is told; `former` where its source calls it so and gives no day, `ended` where its end
            lies before the day asked about.
    """

    id: str
    kind: str
    schema: str
    label: str
    source_id: str
    target_id: str
    strength: float
    start: str | None
    end: str | None
    claims: tuple[Claim, ...]
    past: str = ""


def strength_of(claim: Claim) -> float:
    """How much a claim is worth, 0 to 1: by the grade of its source and by its stance; 0 for one that denies."""
    return _RELIABILITY[claim.reliability] * _STANCE[claim.stance]


class Holder(NamedTuple):
    """An entity that has a shared value, and the claim that says so."""

    entity_id: str
    prop: str
    claim_id: str


@dataclass(frozen=True)
class Shared:
    """A value that several entities share.

    Attributes:
        kind: `identifier`, `contact`, `address` or `name`.
        prop: The property it was first found in.
        key: The value, folded for comparison.
        holders: Who has it.
        strength: 0 to 1, after rarity.
    """

    kind: str
    prop: str
    key: str
    holders: tuple[Holder, ...]
    strength: float


def shared_by(claims: ClaimSet, entity_ids: Sequence[str]) -> list[Shared]:
    """Identifiers, contacts, addresses and full names that some entities share with any others on the day.

    A value that more than `MOST_SHARING` entities of one source have is left out: it is a hub.
    """
    groups: dict[tuple[str, str, int], dict[str, Holder]] = defaultdict(dict)
    for crowd, kind, key, *holder in printed_with(claims, entity_ids):
        its = Holder(*holder)
        groups[kind, key, crowd].setdefault(its.entity_id, its)
    return [
        Shared(kind, holders[0].prop, key, holders, _weight(kind, holders) * rarity(crowd))
        for (kind, key, crowd), its in groups.items()
        for holders in [tuple(its.values())]
    ]


def _weight(kind: str, holders: Sequence[Holder]) -> float:
    if kind == "name":
        return SHARED_NAME if all(holder.prop == "name" for holder in holders) else SHARED_ALIAS
    if kind == "address":
        return SHARED_ADDRESS
    return min({**IDENTIFIERS, **CONTACTS}[holder.prop] for holder in holders)


def rarity(crowd: int) -> float:
    """How much of its weight a shared value keeps, by how many entities of one list have it.

    One of a list (so that the sharing is between lists) or two keep all of it, three half, a thousand a tenth.
    """
    return 1.0 / (1.0 + log2(crowd - 1)) if crowd > 1 else 1.0


def ties_of(shared: Shared, entity_ids: frozenset[str]) -> list[tuple[Tie, tuple[str, str]]]:
    """The pairwise ties that a shared value makes between some entities and all that share it, each with the ids of its claims.

    The claims themselves are put in by whoever shows a tie: of those that are found most are not shown.
    """
    return [
        (
            Tie(
                f"shared-{shared.kind}-{digest(shared.key)}",
                "shared",
                shared.kind if shared.kind == "name" else shared.prop,
                shared.key,
                left.entity_id,
                right.entity_id,
                shared.strength,
                None,
                None,
                (),
            ),
            (left.claim_id, right.claim_id),
        )
        for position, left in enumerate(shared.holders)
        for right in shared.holders[position + 1 :]
        if left.entity_id in entity_ids or right.entity_id in entity_ids
    ]


def digest(text: str) -> str:
    """Twelve hexadecimal digits that stand for a shared value in ids."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
