"""What ties two entities together on a day: links that a source states, and things that several entities share.

A *link* is a relation in somebody's words ("Linked To: …"). A *shared* tie is ours to see: two records print the same passport
number, phone, address or full name. A *judged* tie is what people decided of two records (`graph.judged`). What is shared by many
says little about any two of them, so a shared tie is weighted by how rare it is in the data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import log2

from shellgame.model.claim import Claim
from shellgame.model.days import now, overlaps
from shellgame.model.schema import CONTACTS, IDENTIFIERS, LINK_ENDS, PARTS, POINTERS
from shellgame.resolve.keys import define_keys
from shellgame.store.claims import ClaimSet

_STANCE = {"asserts": 1.0, "reports": 0.8, "infers": 0.9, "denies": 0.0}
_RELIABILITY = {"A": 0.95, "B": 0.85, "C": 0.7, "D": 0.5, "E": 0.3, "F": 0.5}
FORMER = 0.5
"""What a relation keeps of its strength when its source calls it former without saying since when."""
SHARED_ADDRESS = 0.6
SHARED_NAME = 0.7
SHARED_ALIAS = 0.5
MOST_SHARING = 200
"""A value that more records than this share is a hub (a formation agent, a capital city) and ties nobody."""


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


def links_of(claims: ClaimSet, entity_ids: Sequence[str]) -> list[Tie]:
    """All links that touch some entities and hold on the day of the claim set (today for the newest), as far as sources tell."""
    _define_links(claims)
    touching = """SELECT * FROM linking WHERE entity_id IN (SELECT entity_id FROM linking
        WHERE prop IN (SELECT unnest(?::VARCHAR[])) AND value IN (SELECT unnest(?::VARCHAR[])))
        ORDER BY entity_id, prop, claim_id"""
    ends = sorted({prop for pair in LINK_ENDS.values() for prop in pair})
    by_link: dict[str, list[Claim]] = defaultdict(list)
    for row in claims.rows(touching, [ends, list(entity_ids)]):
        claim = Claim(*row)
        if claim.schema in LINK_ENDS:
            by_link[claim.entity_id].append(claim)
    ties = [tie for link_id, its in by_link.items() for tie in _link_ties(link_id, its)]
    ties += _pointer_ties(claims, entity_ids)
    day = (claims.on or now())[:10]
    return [tie for tie in ties if overlaps(tie.start, tie.end, day)]


def _define_links(claims: ClaimSet) -> None:
    """Give the claim set the table `linking`: all claims of links, and those by which an entity points to another."""
    links, pointers, parts = (
        ", ".join(f"'{word}'" for word in sorted(words)) for words in (LINK_ENDS, POINTERS, PARTS)
    )
    columns = ", ".join(Claim._fields)
    claims.derive(
        "linking",
        f"SELECT {columns} FROM claims WHERE schema IN ({links}) OR (prop IN ({pointers}) AND schema NOT IN ({parts}))",
    )


def _link_ties(link_id: str, claims: list[Claim]) -> list[Tie]:
    schema = next(claim.schema for claim in claims if claim.schema in LINK_ENDS)
    source_prop, target_prop = LINK_ENDS[schema]
    values: dict[str, list[str]] = defaultdict(list)
    for claim in claims:
        values[claim.prop].append(claim.value)
    label = next((values[prop][0] for prop in ("role", "relationship", "status", "summary") if values[prop]), schema)
    former = any("former" in word.lower() for prop in ("status", "summary") for word in values[prop])
    strength = min(_strength(claim) for claim in claims if claim.prop in (source_prop, target_prop))
    if not strength:
        return []
    return [
        Tie(
            link_id,
            "link",
            schema,
            f"{label} (former)" if former else label,
            source,
            target,
            strength * FORMER if former else strength,
            min(values["startDate"], default=None),
            max(values["endDate"], default=None),
            tuple(claims),
        )
        for source in dict.fromkeys(values[source_prop])
        for target in dict.fromkeys(values[target_prop])
        if source != target
    ]


def _pointer_ties(claims: ClaimSet, entity_ids: Sequence[str]) -> list[Tie]:
    query = """SELECT * FROM linking WHERE prop IN (SELECT unnest(?::VARCHAR[])) AND schema NOT IN (SELECT unnest(?::VARCHAR[]))
        AND (entity_id IN (SELECT unnest(?::VARCHAR[])) OR value IN (SELECT unnest(?::VARCHAR[]))) ORDER BY claim_id"""
    parameters = [list(POINTERS), sorted(PARTS), list(entity_ids), list(entity_ids)]
    found = [Claim(*row) for row in claims.rows(query, parameters)]
    return [
        Tie(
            f"{claim.entity_id}-{claim.prop}-{claim.value}",
            "link",
            claim.prop,
            POINTERS[claim.prop],
            claim.value,
            claim.entity_id,
            _strength(claim),
            None,
            None,
            (claim,),
        )
        for claim in found
        if _strength(claim)
    ]


def _strength(claim: Claim) -> float:
    return _RELIABILITY[claim.reliability] * _STANCE[claim.stance]


@dataclass(frozen=True)
class Shared:
    """A value that several entities share.

    Attributes:
        kind: `identifier`, `contact`, `address` or `name`.
        prop: The property it was first found in.
        key: The value, folded for comparison.
        claims: One claim of each entity that has it, by entity id.
        strength: 0 to 1, after rarity.
    """

    kind: str
    prop: str
    key: str
    claims: tuple[Claim, ...]
    strength: float


def shared_by(claims: ClaimSet, entity_ids: Sequence[str]) -> list[Shared]:
    """Identifiers, contacts, addresses and full names that some entities share with any others on the day.

    A value that more than `MOST_SHARING` entities of one source have is left out: it is a hub.
    """
    define_keys(claims)
    query = """
        WITH mine AS (SELECT DISTINCT kind, key FROM keyed WHERE entity_id IN (SELECT unnest(?::VARCHAR[]))),
             sharing AS (SELECT * FROM keyed SEMI JOIN mine USING (kind, key)),
             crowds AS (SELECT kind, key, max(n) AS n FROM
                (SELECT kind, key, count(DISTINCT entity_id) AS n FROM sharing GROUP BY kind, key, source) GROUP BY kind, key
                HAVING n <= ?)
        SELECT n, kind, key, claim_id FROM sharing JOIN crowds USING (kind, key)
        WHERE (kind, key) IN (SELECT (kind, key) FROM sharing GROUP BY kind, key HAVING count(DISTINCT entity_id) > 1)
        ORDER BY kind, key, entity_id, prop <> 'name', claim_id
    """
    found = list(claims.rows(query, [list(entity_ids), MOST_SHARING]))
    told = {claim.claim_id: claim for claim in claims.with_ids([row[-1] for row in found])}
    groups: dict[tuple[str, str, int], dict[str, Claim]] = defaultdict(dict)
    for crowd, kind, key, claim_id in found:
        claim = told[claim_id]
        groups[kind, key, crowd].setdefault(claim.entity_id, claim)
    return [
        Shared(kind, _prop(its), key, tuple(its.values()), _weight(kind, its) * rarity(crowd))
        for (kind, key, crowd), its in groups.items()
        if len(its) > 1
    ]


def _prop(claims: dict[str, Claim]) -> str:
    return next(iter(claims.values())).prop


def _weight(kind: str, claims: dict[str, Claim]) -> float:
    if kind == "name":
        return SHARED_NAME if all(claim.prop == "name" for claim in claims.values()) else SHARED_ALIAS
    if kind == "address":
        return SHARED_ADDRESS
    return min({**IDENTIFIERS, **CONTACTS}[claim.prop] for claim in claims.values())


def rarity(crowd: int) -> float:
    """How much of its weight a shared value keeps, by how many entities of one list have it.

    One of a list (so that the sharing is between lists) or two keep all of it, three half, a thousand a tenth.
    """
    return 1.0 / (1.0 + log2(crowd - 1)) if crowd > 1 else 1.0


def ties_of(shared: Shared, entity_ids: frozenset[str]) -> list[Tie]:
    """The pairwise ties that a shared value makes between some entities and all that share it."""
    return [
        Tie(
            f"shared-{shared.kind}-{digest(shared.key)}",
            "shared",
            shared.kind if shared.kind == "name" else shared.prop,
            left.said,
            left.entity_id,
            right.entity_id,
            shared.strength,
            None,
            None,
            (left, right),
        )
        for position, left in enumerate(shared.claims)
        for right in shared.claims[position + 1 :]
        if left.entity_id in entity_ids or right.entity_id in entity_ids
    ]


def digest(text: str) -> str:
    """Twelve hexadecimal digits that stand for a shared value in ids."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
