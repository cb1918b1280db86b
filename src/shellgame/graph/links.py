"""Links that sources state between entities: who owns, runs, helps or is related to whom, on a day.

Whoever has very many links, such as an agent who sits on the boards of three thousand companies, says little about any two of
those: the ties of such a hub are weighted by how many others it is linked to in the data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from math import log2, sqrt
from typing import NamedTuple

from shellgame.graph.lasting import days_told, is_called_former
from shellgame.graph.ties import FORMER, Tie, strength_of
from shellgame.model.claim import Claim
from shellgame.model.days import now, overlaps
from shellgame.model.schema import LINK_ENDS, PARTS, POINTERS
from shellgame.store.claims import ClaimSet

FEW_LINKED = 10
"""Whoever is linked to so many others or fewer is no hub: a family, a board, a small group of companies."""
MOST_LINKED = 5_000
"""Whoever is linked to more is not asked for its links at all; those that lead to it are found from their other ends."""


def links_of(claims: ClaimSet, entity_ids: Sequence[str]) -> list[Tie]:
    """All links that touch some entities, those that have ended on the day of the claim set (today for the newest) included.

    An unknown day never excludes: a link without an end holds. One that begins after the day is none yet.
    """
    touching = links_at(claims, entity_ids)
    degree = _degrees(touching)
    near = [link for link in touching if link.entity_id != link.other_id and degree[link.entity_id] <= MOST_LINKED]
    ties = [
        tie
        for link_id, its in _claims_of(claims, {link.told_by for link in near if link.schema in LINK_ENDS}).items()
        for tie in _link_ties(link_id, its)
    ]
    pointers = {link.link_id: link.told_by for link in near if link.schema in POINTERS}
    told_in = sorted(claims.with_ids(pointers, {*pointers.values()}), key=lambda claim: claim.claim_id)
    ties += [_pointer_tie(claim) for claim in told_in]
    day = (claims.on or now())[:10]
    told = [_on(tie, day) for tie in ties if tie.strength and overlaps(tie.start, None, day)]
    ends = sorted({identity for tie in told for identity in (tie.source_id, tie.target_id)})
    return _discounted(told, degrees_of(claims, ends))


class Linked(NamedTuple):
    """That somebody is linked to somebody, seen from one end.

    Attributes:
        entity_id: That end.
        other_id: The other one; the same where something is linked to itself.
        link_id: What says so: the link's entity, or the claim of an entity's pointer to another (`owner`, `parent`).
        told_by: The entity that the claims of it are about.
        schema: Of the link; of a pointer its property.
    """

    entity_id: str
    other_id: str
    link_id: str
    told_by: str
    schema: str


def links_at(claims: ClaimSet, entity_ids: Iterable[str]) -> list[Linked]:
    """Whom some entities are linked to, on whatever day and by whatever source."""
    rows = claims.placed("linked", _linked(), ("entity_id",)).of("entity_id", entity_ids)
    return [Linked(*row) for row in zip(*(rows[name].to_pylist() for name in Linked._fields), strict=True)]


def _linked() -> str:
    """A query for everybody who is linked to somebody, by whom and by what."""
    pointers, parts = (", ".join(f"'{word}'" for word in sorted(words)) for words in (POINTERS, PARTS))
    ends = ", ".join(f"('{schema}', '{source}', '{target}')" for schema, (source, target) in sorted(LINK_ENDS.items()))
    return f"""WITH ends(schema, source_prop, target_prop) AS (VALUES {ends}),
        sides AS (
            SELECT schema, entity_id, value, prop = source_prop AS is_source, prop = target_prop AS is_target
            FROM claims JOIN ends USING (schema) WHERE prop = source_prop OR prop = target_prop),
        pairs AS (
            SELECT one.value AS one, other.value AS other, one.entity_id AS link_id, one.entity_id AS told_by, one.schema AS schema
            FROM sides AS one JOIN sides AS other
            ON one.entity_id = other.entity_id AND one.schema = other.schema AND one.is_source AND other.is_target
            UNION ALL SELECT value, entity_id, claim_id, entity_id, prop FROM claims
            WHERE prop IN ({pointers}) AND schema NOT IN ({parts}))
        SELECT DISTINCT * FROM (
            SELECT one AS entity_id, other AS other_id, link_id, told_by, schema FROM pairs
            UNION ALL SELECT other, one, link_id, told_by, schema FROM pairs)
        ORDER BY ALL"""


def _claims_of(claims: ClaimSet, links: Collection[str]) -> dict[str, list[Claim]]:
    """The claims of some links, by link."""
    by_link: dict[str, list[Claim]] = defaultdict(list)
    kinds = [sorted(LINK_ENDS)]
    for claim in claims.where("schema IN (SELECT unnest(?::VARCHAR[]))", kinds, entities=links) if links else ():
        by_link[claim.entity_id].append(claim)
    return {link: sorted(by_link[link], key=lambda each: (each.prop, each.claim_id)) for link in sorted(by_link)}


def degrees_of(claims: ClaimSet, entity_ids: Iterable[str]) -> dict[str, int]:
    """To how many others some entities are linked, on whatever day; those that nothing is linked to are left out."""
    return _degrees(links_at(claims, entity_ids))


def _degrees(links: Iterable[Linked]) -> dict[str, int]:
    others: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.entity_id != link.other_id:
            others[link.entity_id].add(link.other_id)
    return {identity: len(its) for identity, its in others.items()}


def link_rarity(degree: int) -> float:
    """How much of its weight a way through somebody keeps, by how many others it is linked to: all for few, a ninth for thousands.

    Example:
        >>> link_rarity(3), link_rarity(20), round(link_rarity(3000), 2)
        (1.0, 0.5, 0.11)
    """
    return 1.0 / (1.0 + log2(max(degree, FEW_LINKED) / FEW_LINKED))


def _discounted(ties: Iterable[Tie], degree: dict[str, int]) -> list[Tie]:
    """Ties weighted by who their ends are; each of the two ties of a way through a hub takes half of the discount."""
    rarity = {identity: sqrt(link_rarity(its)) for identity, its in degree.items()}
    return [
        replace(tie, strength=tie.strength * rarity.get(tie.source_id, 1.0) * rarity.get(tie.target_id, 1.0))
        for tie in ties
    ]


def _on(tie: Tie, day: str) -> Tie:
    """A tie as it stands on a day: one that has ended by then is kept, and says so."""
    if overlaps(None, tie.end, day):
        return tie
    strength = tie.strength if tie.past else tie.strength * FORMER
    return replace(tie, past="ended", strength=strength, label=f"{tie.label} (until {tie.end})")


def _link_ties(link_id: str, claims: list[Claim]) -> list[Tie]:
    schema = claims[0].schema
    source_prop, target_prop = LINK_ENDS[schema]
    values: dict[str, list[str]] = defaultdict(list)
    for claim in claims:
        values[claim.prop].append(claim.value)
    label = next((values[prop][0] for prop in ("role", "relationship", "status", "summary") if values[prop]), schema)
    former = is_called_former(values["status"], values["summary"])
    start, end = days_told(values["startDate"], values["endDate"])
    strength = min((strength_of(claim) for claim in claims if claim.prop in (source_prop, target_prop)), default=0.0)
    return [
        Tie(
            link_id,
            "link",
            schema,
            f"{label} (former)" if former else label,
            source,
            target,
            strength * FORMER if former else strength,
            start,
            end,
            tuple(claims),
            "former" if former else "",
        )
        for source in dict.fromkeys(values[source_prop])
        for target in dict.fromkeys(values[target_prop])
        if source != target
    ]


def _pointer_tie(claim: Claim) -> Tie:
    return Tie(
        f"{claim.entity_id}-{claim.prop}-{claim.value}",
        "link",
        claim.prop,
        POINTERS[claim.prop],
        claim.value,
        claim.entity_id,
        strength_of(claim),
        None,
        None,
        (claim,),
    )
