"""Invented ownership graphs of any size, the same for the same seed, shaped like registers.

Each company has some holders who share it; most are people, some are companies, and a few companies hold in very many
(nominees, funds). A third of the figures are bands, some are missing, some companies own one another in circles. As
measured on the generated graph, not on a
register: `run.py` writes the degrees down.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shellgame.graph.ownership.evaluation import KINDS, Stakes
from shellgame.model.stakes import PERCENT, WHOLE, StakeKind

PEOPLE_A_COMPANY = 0.6
STAKES_A_COMPANY = 1.5
LISTED_A_COMPANY = 0.002
BANDS = np.array([(25, 50), (50, 75), (75, 100)]) * PERCENT
KIND_SHARES = {
    StakeKind.SHARES: 0.74,
    StakeKind.VOTES: 0.18,
    StakeKind.SURPLUS: 0.01,
    StakeKind.BOARD: 0.03,
    StakeKind.INFLUENCE: 0.01,
    StakeKind.CONSOLIDATION: 0.03,
}


class World(NamedTuple):
    """Stakes, who is listed, and how many of the parties are companies; these come first."""

    stakes: Stakes
    listed: NDArray[np.bool_]
    companies: int


def world(companies: int, seed: int = 7) -> World:
    """Invent a world with `STAKES_A_COMPANY` stakes a company and `LISTED_A_COMPANY` listed parties."""
    draw = np.random.default_rng(seed)
    people, count = int(companies * PEOPLE_A_COMPANY), int(companies * STAKES_A_COMPANY)
    parties = companies + people
    owned = np.sort((companies * draw.random(count, np.float32).astype(np.float64)).astype(np.int32) % companies)
    owner = _owners(draw, companies, people, count)
    circles = draw.random(count) < 0.001  # held by the company next to it, which it often holds in turn
    owner[circles] = owned[circles] ^ 1
    owner[owner >= parties] = 0
    kind = draw.choice(len(KINDS), count, p=[KIND_SHARES[each] for each in KINDS]).astype(np.uint8)
    low, high = _figures(draw, owned, kind)
    return World(Stakes(owner, owned, kind, low, high), _listed(draw, owner, companies, parties), companies)


def _owners(draw: np.random.Generator, companies: int, people: int, count: int) -> NDArray[np.int32]:
    """Seven in ten are people, two any companies, one is one of those that hold in many: rank r in a share of 1/r."""
    sort = draw.random(count)
    owner = companies + draw.integers(0, people, count, dtype=np.int32)
    some = sort < 0.2
    owner[some] = draw.integers(0, companies, some.sum(), dtype=np.int32)
    many = sort > 0.9
    rank = np.exp(draw.random(many.sum()) * np.log(companies)).astype(np.int64)
    owner[many] = (rank * 7_919) % companies
    return owner


def _figures(
    draw: np.random.Generator, owned: NDArray[np.int32], kind: NDArray[np.uint8]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Equal parts of the whole among the holders of one kind, some in bands, some untold, some half where one holds all."""
    same = owned.astype(np.int64) * len(KINDS) + kind
    _, place, holders = np.unique(same, return_inverse=True, return_counts=True)
    part = WHOLE // holders[place]
    half = draw.random(len(owned)) < 0.3
    part = np.where(half & (holders[place] == 1), WHOLE // 2, part)
    low = high = part.astype(np.int32)
    banded = (draw.random(len(owned)) < 0.33) & (part >= BANDS[0, 0])
    band = np.clip(np.searchsorted(BANDS[:, 1], part), 0, len(BANDS) - 1)
    low = np.where(banded, BANDS[band, 0] + 1, low).astype(np.int32)
    high = np.where(banded, BANDS[band, 1], high).astype(np.int32)
    untold = draw.random(len(owned)) < 0.08
    low, high = np.where(untold, 0, low), np.where(untold, WHOLE, high)
    rights = kind >= 3
    return np.where(rights, 0, low).astype(np.int32), np.where(rights, WHOLE, high).astype(np.int32)


def _listed(draw: np.random.Generator, owner: NDArray[np.int32], companies: int, parties: int) -> NDArray[np.bool_]:
    """Half of them any holders of stakes, so that those with many are listed more often; half anybody."""
    count = int(companies * LISTED_A_COMPANY)
    listed = np.zeros(parties, np.bool_)
    listed[owner[draw.integers(0, len(owner), count // 2)]] = True
    listed[draw.integers(0, parties, count - count // 2)] = True
    return listed
