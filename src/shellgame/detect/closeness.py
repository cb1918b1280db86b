"""Who is close to whom: relatives, associates, employees, nominees; and what makes one who takes over look like a stand-in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from shellgame.detect.moves import Move
from shellgame.detect.scene import Bond, Holding, Scene
from shellgame.detect.typology import Typology
from shellgame.detect.when import near

_SAME = {"family": "a relative of", "associate": "an associate of"}


class Close(NamedTuple):
    """One reason to call somebody close to another.

    Attributes:
        sort: One of the weights in `patterns.yml`.
        words: In words that continue a sentence about the party.
        claims: Ids of the claims.
    """

    sort: str
    words: str
    claims: tuple[str, ...]


def between(scene: Scene, one: str, other: str) -> Iterator[Close]:
    """Ties told between two parties, whichever way."""
    for bond in scene.bonded.get(one, ()):
        if other in (bond.one, bond.other):
            yield Close(bond.sort, _words(scene, bond, one), bond.claims)


def of_taker(scene: Scene, loss: Move, gain: Move, typology: Typology) -> list[Close]:
    """Every reason to call one who took something close to one who let go of it; the strongest first."""
    taker, owner = gain.party, loss.party
    found = [*between(scene, taker, owner), *_staff(scene, loss, taker)]
    if gain.holding.nominee:
        found.append(Close("nominee", "is told to be a nominee", gain.claims))
    facts = scene.of(taker)
    if facts.founded and near(facts.founded, gain.when or facts.founded, typology.days("new_entity_days"), 0):
        found.append(Close("new_entity", f"was founded on {facts.founded}", facts.claims))
    if len(facts.nationalities) > 1:
        found.append(
            Close("dual_national", f"has several nationalities ({', '.join(facts.nationalities)})", facts.claims)
        )
    return sorted(set(found), key=lambda each: (-weight(typology, each), each))


def weight(typology: Typology, close: Close) -> float:
    """How much a reason says, 0 to 1."""
    return typology.figures[f"close_{close.sort}"]


def is_told_of(scene: Scene, *parties: str) -> bool:
    """Whether any tie of any of some parties is told: without one, that two are not tied says nothing."""
    return any(scene.bonded.get(party) for party in parties)


def _staff(scene: Scene, loss: Move, taker: str) -> Iterator[Close]:
    """Ways in which somebody worked for the owner's companies, or for the owner itself, before the owner let go of something.

    Who takes a company over becomes its director: a role without a day, or of a later one, says nothing.
    """
    owner = loss.party
    companies = {owner, *scene.companies_of(owner)}
    for bond in scene.bonded.get(taker, ()):
        if bond.sort == "employee" and bond.one == taker and bond.other in companies - {owner}:
            yield Close("employee", f"is employed by {scene.name(bond.other)}", bond.claims)
    for role in scene.roles_of(taker):
        if role.asset in companies and _was_before(role, loss):
            yield Close("employee", f"was {role.words or 'a director'} of {scene.name(role.asset)}", role.claims)


def _was_before(holding: Holding, loss: Move) -> bool:
    return holding.start is not None and loss.when is not None and holding.start.last < loss.when.first


def _words(scene: Scene, bond: Bond, party: str) -> str:
    told = f" ({bond.words})" if bond.words else ""
    other = scene.name(bond.other if bond.one == party else bond.one)
    if bond.sort in _SAME:
        return f"is told to be {_SAME[bond.sort]} {other}{told}"
    role = {"nominee": "a nominee of", "employee": "employed by"}[bond.sort]
    reverse = {"nominee": "represented by", "employee": "the employer of"}[bond.sort]
    return f"is {role if bond.one == party else reverse} {other}{told}"
