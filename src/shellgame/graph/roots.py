"""The roots of a network: the few without whom most of it would no longer hang together.

It is told how much of the network's reach each would cut, whether the network could do without by falling back on what it used
before, which ties make somebody matter, and whether the answer stays when weak ties are left out. It is a statement about what is
known here, not about guilt or about what anybody should do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from shellgame.graph.growth import ordered
from shellgame.graph.key_players import Cut, KeyPlayers, Reach, key_players
from shellgame.graph.listed import listed_on_its_day
from shellgame.graph.network import Network
from shellgame.graph.strength import Neighbours, Pair, neighbours_of, pair_strengths, steps_from
from shellgame.graph.ties import Tie
from shellgame.store.claims import ClaimSet

WEAK = 0.3
"""Ties weaker than this do not hold a network together; it could fall back on them."""
LEVELS = (0.0, 0.5, 0.7)
"""The answer is worked out again with all ties at least so strong: with every weak one, and with ever fewer."""


@dataclass(frozen=True)
class Root:
    """Somebody who holds a network together.

    Attributes:
        cut: What is cut once it is designated beside those before it.
        ties: Its ties, those first that hold most: the strongest to each part that would fall off, the largest part first.
        parts: How many parts its own part of the network would fall into without it.
        listed_by: Sources that list it already.
        stays: The levels at which it is still chosen; see `Check`.
    """

    cut: Cut
    ties: tuple[Tie, ...]
    parts: int
    listed_by: tuple[str, ...]
    stays: tuple[float, ...]


@dataclass(frozen=True)
class Check:
    """The answer where only ties of some strength count.

    Attributes:
        weakest: Ties below this are left out.
        players: Who would be chosen then.
    """

    weakest: float
    players: KeyPlayers


@dataclass(frozen=True)
class Roots:
    """Who holds a network together.

    Attributes:
        network: The network.
        players: The choice as such: how it was made, and what the network reaches.
        roots: Those chosen, whoever cuts most first.
        checks: The same at other strengths.
        candidates: How many could be chosen.
        alternatives: How many pairs could fall back on a former or weak tie.
    """

    network: Network
    players: KeyPlayers
    roots: tuple[Root, ...]
    checks: tuple[Check, ...]
    candidates: int
    alternatives: int


def roots_of(
    network: Network,
    k: int,
    *,
    listed: Mapping[str, Sequence[str]] | None = None,
    unlisted: bool = False,
    with_regrowth: bool = False,
) -> Roots:
    """Find the k entities without whom a network would reach least.

    Args:
        network: The network.
        k: How many.
        listed: By entity the sources that list it.
        unlisted: Whether only those are chosen whom nobody lists.
        with_regrowth: Whether the choice itself counts on former and weak ties being used again.
    """
    listed = listed or {}
    able = sorted(identity for identity in network.entities if not (unlisted and listed.get(identity)))
    strengths, alternatives = _held(network.ties, WEAK), _fallen_back_on(network)
    held = Reach(strengths, alternatives)
    players = key_players(held, k, candidates=able, with_regrowth=with_regrowth)
    checks = tuple(Check(level, _at(network, level, k, able)) for level in LEVELS)
    near, every = neighbours_of(strengths), ordered((*network.ties, *network.former))
    roots = [
        Root(
            cut,
            *_that_matter(near, cut.id, every),
            tuple(listed.get(cut.id, ())),
            tuple(check.weakest for check in checks if cut.id in check.players.ids),
        )
        for cut in players.cuts
    ]
    spare = sum(pair not in strengths for pair in alternatives)
    return Roots(network, players, tuple(roots), checks, len(able), spare)


def listed_by(claims: ClaimSet, network: Network) -> dict[str, tuple[str, ...]]:
    """By entity of a network, the sources that list one of its records on the day."""
    return listed_on_its_day(claims, network.entities, network.joined)


def _held(ties: Iterable[Tie], weakest: float) -> dict[Pair, float]:
    """What holds a network together: ties that are strong enough and not over."""
    return pair_strengths((tie for tie in ties if not tie.past), weakest)


def _fallen_back_on(network: Network) -> dict[Pair, float]:
    """What a network could fall back on: ties that are over, and weak ones."""
    return pair_strengths(tie for tie in (*network.ties, *network.former) if tie.past or tie.strength < WEAK)


def _at(network: Network, level: float, k: int, able: Collection[str]) -> KeyPlayers:
    return key_players(Reach(_held(network.ties, level)), k, candidates=able)


def _that_matter(near: Neighbours, identity: str, ties: Iterable[Tie]) -> tuple[tuple[Tie, ...], int]:
    """The ties of somebody in the order in which they hold, and how many parts would fall apart without it."""
    own = near.get(identity, {})
    rest = {one: {other: its for other, its in those.items() if other != identity} for one, those in near.items()}
    part_of: dict[str, tuple[int, str]] = {}
    for other in sorted(own):
        if other not in part_of:
            part = steps_from(rest, [other])
            part_of |= dict.fromkeys(part, (-len(part), min(part)))
    told: Counter[tuple[int, str]] = Counter()
    ranked = []
    for tie in ties:
        if identity in (tie.source_id, tie.target_id):
            other = tie.target_id if tie.source_id == identity else tie.source_id
            its = part_of.get(other, (0, other))
            told[its] += 1
            ranked.append((told[its], its, tie))
    return tuple(tie for *_, tie in sorted(ranked, key=itemgetter(0, 1))), len({part_of[other] for other in own})
