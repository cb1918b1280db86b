"""Every pattern held against the scene around a party: what fired, what did not, and what cannot be said, the strongest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from shellgame.detect import minority_together, moves_in_the_lag, threshold_shaving, transfer_to_associates
from shellgame.detect.finding import Finding, found
from shellgame.detect.reading import scene_of
from shellgame.detect.scene import Scene
from shellgame.detect.typology import Typology, typologies
from shellgame.graph.ownership.stakes import Parties
from shellgame.store.claims import ClaimSet

DETECTORS: Mapping[str, Callable[[Scene], Iterator[Finding]]] = {
    "threshold_shaving": threshold_shaving.find,
    "transfer_at_a_loss": transfer_to_associates.find_losses,
    "transfer_to_associates": transfer_to_associates.find,
    "moves_in_the_lag": moves_in_the_lag.find,
    "minority_together": minority_together.find,
}
"""Each pattern by its name in `patterns.yml`."""
LEAD = "Patterns are leads: none of them alone means that anybody did wrong, and what did not fire is not cleared."
_RANK = {True: 0, None: 1, False: 2}


def patterns_of(claims: ClaimSet, parties: Parties, start: Sequence[str], day: str) -> list[Finding]:
    """Hold every pattern against what is told around a party until a day.

    Args:
        claims: The claims of the day, best with those that ended (`ClaimSet.ever`).
        parties: Which records are one party.
        start: Ids of records of the party.
        day: What came after it is left out, `YYYY-MM-DD`.

    Returns:
        At least one finding for each pattern: those that fired, then those that cannot be said, then the others.
    """
    return findings_in(scene_of(claims, parties, start, day))


def findings_in(scene: Scene) -> list[Finding]:
    """Hold every pattern against a scene; see `patterns_of`."""
    told = [
        finding
        for name, find in DETECTORS.items()
        for finding in _once(find(scene)) or [_nothing(scene, typologies()[name])]
    ]
    if scene.stopped:
        told = [replace(each, unknown=(*each.unknown, "there is more around it than was read")) for each in told]
    return sorted(told, key=lambda each: (_RANK[each.fired], -each.strength, each.rule, each.subjects, each.text))


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """Findings that say the same by several sources as one, with the claims of all."""
    kept: dict[tuple[object, ...], Finding] = {}
    for each in findings:
        key = each.id, each.subjects, each.fired, each.text
        before = kept.get(key, each)
        kept[key] = replace(
            before,
            strength=min(before.strength, each.strength)
            if each.against or before.against
            else max(before.strength, each.strength),
            supporting=tuple(sorted({*before.supporting, *each.supporting})),
            against=tuple(sorted({*before.against, *each.against})),
            unknown=tuple(dict.fromkeys([*before.unknown, *each.unknown])),
        )
    return list(kept.values())


def _nothing(scene: Scene, typology: Typology) -> Finding:
    """That a pattern found nothing to look at: not fired only where enough is told to have shown it."""
    owners = {each.owner for each in scene.holdings}
    history = any(each.start or each.end or each.ended for each in scene.holdings if scene.designations.get(each.owner))
    name, unknown = scene.name(scene.asked), ""
    if not owners:
        unknown = f"nothing is told of who holds or runs {name}, or of what it holds"
    elif not scene.lists:
        unknown = "no list is here, so who is listed is not known"
    elif scene.is_listed(owners) and not history:
        unknown = "no day is told of any stake or role of those who are listed"
    fired = None if unknown else False
    return found(
        typology,
        [scene.asked],
        fired,
        f"{typology.title}: around {name} {'it cannot be said' if unknown else 'there is none, by what is told'}.",
        unknown=filter(None, [unknown]),
    )
