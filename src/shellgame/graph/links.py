"""Links that sources state between entities: who owns, runs, helps or is related to whom, on a day.

Whoever has very many links, such as an agent who sits on the boards of three thousand companies, says little about any two of
those: the ties of such a hub are weighted by how many others it is linked to in the data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import log2, sqrt

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
    define_links(claims)
    degree = degrees_of(claims, entity_ids)
    wanted = [[identity for identity in entity_ids if degree.get(identity, 0) <= MOST_LINKED]]
    touching = "(SELECT link_id FROM linked WHERE entity_id IN (SELECT unnest(?::VARCHAR[])))"
    by_link: dict[str, list[Claim]] = defaultdict(list)
    of_links = f"SELECT * FROM linking WHERE entity_id IN {touching} ORDER BY entity_id, prop, claim_id"
    for row in claims.rows(of_links, wanted):
        claim = Claim(*row)
        by_link[claim.entity_id].append(claim)
    ties = [tie for link_id, its in by_link.items() for tie in _link_ties(link_id, its)]
    pointers = f"SELECT * FROM linking WHERE claim_id IN {touching} ORDER BY claim_id"
    ties += [_pointer_tie(Claim(*row)) for row in claims.rows(pointers, wanted)]
    day = (claims.on or now())[:10]
    told = [_on(tie, day) for tie in ties if tie.strength and overlaps(tie.start, None, day)]
    ends = sorted({identity for tie in told for identity in (tie.source_id, tie.target_id)})
    return _discounted(told, degrees_of(claims, ends))


def define_links(claims: ClaimSet) -> None:
    """Give a claim set two tables: `linking`, the claims of links, and `linked`, who is linked to whom by which of them.

    A link is named by its entity, an entity's pointer to another (`owner`, `parent`) by its claim.
    """
    links, pointers, parts = (
        ", ".join(f"'{word}'" for word in sorted(words)) for words in (LINK_ENDS, POINTERS, PARTS)
    )
    columns = ", ".join(Claim._fields)
    claims.derive(
        "linking",
        f"SELECT {columns} FROM claims WHERE schema IN ({links}) OR (prop IN ({pointers}) AND schema NOT IN ({parts}))",
    )
    ends = ", ".join(f"('{schema}', '{source}', '{target}')" for schema, (source, target) in sorted(LINK_ENDS.items()))
    claims.derive(
        "linked",
        f"""WITH ends(schema, source_prop, target_prop) AS (VALUES {ends}),
        pairs AS (
            SELECT one.value AS one, other.value AS other, one.entity_id AS link_id
            FROM linking AS one JOIN ends ON one.schema = ends.schema AND one.prop = source_prop
            JOIN linking AS other ON other.entity_id = one.entity_id AND other.prop = target_prop
            UNION ALL SELECT value, entity_id, claim_id FROM linking WHERE schema NOT IN ({links}))
        SELECT DISTINCT * FROM (
            SELECT one AS entity_id, other AS other_id, link_id FROM pairs WHERE one <> other
            UNION ALL SELECT other, one, link_id FROM pairs WHERE one <> other)
        ORDER BY ALL""",
    )


def degrees_of(claims: ClaimSet, entity_ids: Sequence[str]) -> dict[str, int]:
    """To how many others some entities are linked, on whatever day; those that nothing is linked to are left out."""
    define_links(claims)
    query = """SELECT entity_id, count(DISTINCT other_id) FROM linked
        WHERE entity_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY entity_id"""
    return dict(claims.rows(query, [list(entity_ids)])) if entity_ids else {}


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
    former = any("former" in word.lower() for prop in ("status", "summary") for word in values[prop])
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
            min(values["startDate"], default=None),
            max(values["endDate"], default=None),
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
