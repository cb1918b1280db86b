"""Where the parties of a network stand in its picture: the start in the middle, neighbours near, no label upon another.

The method is stress majorization: distances on paper follow distances in the network, every pair counted, so that clusters and
chains are seen as such. Ties of a well-connected party are given more length, which leaves room around hubs. Then whatever still
overlaps is pushed apart. Nothing is random: the same network always gives the same picture.

Source: Gansner, Koren, North 2005, Graph Drawing by Stress Majorization, LNCS 3383, 239-250.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from math import pi

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""Shape (n, 2): x to the right, y down."""

_ISLANDS = 2.0
"""How far parts that nothing ties to one another stand apart, beyond half their spans; a tie is 1 and more."""
_ROUNDS = 200
_SETTLED = 1e-4
"""Stop when a round changes the stress by less than this share."""
_CENTRE_PULL = 8.0
"""How much more a distance to the start counts than one between others."""
_WIDER = 1.55
"""Pictures are drawn this much wider than high, about as pages and screens are."""
_MOST_STRETCH = 1.9
_GAP = 7.0
"""Space left between two labels, in units of the picture."""
_CLEARANCE = 15.0
"""How far from the middle of a party a line that is not its own should pass, in units of the picture."""
_FEW = 40
_ROOM_FOR_WORDS = 120.0
"""In a picture of few parties most ties are this long, in units of the picture, so that what they are can stand on them."""
_LARGE, _ROOM_FOR_LARGE = 1.8, 0.45
"""What is so many times as large as others gets longer ties, by a part of what it is larger."""
_TOUCHING = 1e-6
_PUSHES, _MOST_PUSHES = 160, 800
_MORE_ROOM = 1.04
"""Where pushing alone does not help, the whole placement grows by this much now and then."""


Told = Callable[[int, int], None]
"""Is told how many of how many rounds are done."""


def untold(done: int, total: int) -> None:
    """A progress that nobody looks at."""


def positions(
    ids: Sequence[str],
    edges: Collection[tuple[str, str]],
    start: Collection[str],
    sizes: Mapping[str, tuple[float, float]],
    told: Told = untold,
) -> dict[str, tuple[float, float]]:
    """Place the nodes of a network.

    Args:
        ids: The nodes; their order decides between equals.
        edges: Pairs of ids that are tied; direction does not matter.
        start: Ids that belong in the middle.
        sizes: Width and height of each node with its label, in units of the picture.
        told: Told how far it is.

    Returns:
        The centre of each node by id, around (0, 0), no two closer than their sizes ask for.
    """
    if len(ids) < 2:
        return dict.fromkeys(ids, (0.0, 0.0))
    at = {identity: position for position, identity in enumerate(ids)}
    pairs = sorted({(min(at[a], at[b]), max(at[a], at[b])) for a, b in edges if a != b})
    middle = [at[identity] for identity in start if identity in at] or [0]
    boxes = np.array([sizes[identity] for identity in ids], dtype=np.float64) + _GAP
    far = _distances(pairs, np.hypot(boxes[:, 0], boxes[:, 1]))
    points = _relaxed(_rings(far, pairs, middle), far, middle)
    points = _apart(_scaled(points, boxes, pairs), boxes, pairs, middle, told)
    points -= points[middle].mean(axis=0)
    return {identity: (float(x), float(y)) for identity, (x, y) in zip(ids, points, strict=True)}


def _distances(pairs: Sequence[tuple[int, int]], spans: NDArray[np.float64]) -> Points:
    """Lengths of shortest ways; a tie is longer the more neighbours its ends do not have in common, and where an end is large."""
    count = len(spans)
    larger = np.maximum(spans / np.median(spans) - _LARGE, 0.0) * _ROOM_FOR_LARGE
    near: list[set[int]] = [set() for _ in range(count)]
    for a, b in pairs:
        near[a].add(b)
        near[b].add(a)
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(count))
    graph.add_edges_from(
        [(a, b, max(1.0, len(near[a] ^ near[b])) ** 0.5 + float(larger[a] + larger[b])) for a, b in pairs]
    )
    far = np.array(rx.floyd_warshall_numpy(graph, weight_fn=float), dtype=np.float64)
    span = np.where(np.isfinite(far), far, 0.0).max(axis=1)
    return np.where(np.isfinite(far), far, (span[:, None] + span[None, :]) / 2 + _ISLANDS)


def _rings(far: Points, pairs: Sequence[tuple[int, int]], middle: Sequence[int]) -> Points:
    """A first placement: around the start, by distance, each branch in its own slice."""
    from_start = far[middle].min(axis=0)
    tree: dict[int, list[int]] = {}
    for node in np.argsort(from_start, kind="stable"):
        if node not in middle:
            nearer = [a if b == node else b for a, b in pairs if node in (a, b)]
            parent = min(nearer, key=lambda other: (from_start[other], other), default=middle[0])
            tree.setdefault(parent if from_start[parent] < from_start[node] else middle[0], []).append(int(node))
    angles = np.zeros(len(far))
    slices = [(node, 2 * pi * turn / len(middle), 2 * pi / len(middle)) for turn, node in enumerate(middle)]
    for node, begin, slice_ in slices:
        angles[node] = begin + slice_ / 2
        branches = tree.get(node, [])
        weights = np.cumsum([0.0, *(_leaves(tree, branch) for branch in branches)])
        for position, branch in enumerate(branches):
            share = slice_ / weights[-1]
            slices.append(
                (branch, begin + weights[position] * share, (weights[position + 1] - weights[position]) * share)
            )
    radius = from_start + (0.3 if len(middle) > 1 else 0.0)
    return np.stack([radius * np.cos(angles), radius * np.sin(angles)], axis=1)


def _leaves(tree: Mapping[int, Sequence[int]], node: int) -> int:
    found, waiting = 0, [node]
    while waiting:
        branches = tree.get(waiting.pop(), ())
        waiting.extend(branches)
        found += not branches
    return found


def _relaxed(points: Points, far: Points, middle: Sequence[int]) -> Points:
    """Move all points until distances on paper are as near to `far` as they get."""
    weights = 1.0 / np.where(far > 0, far, 1.0) ** 2
    weights[middle, :] *= _CENTRE_PULL
    weights[:, middle] *= _CENTRE_PULL
    np.fill_diagonal(weights, 0.0)
    inverse = np.linalg.inv(np.diag(weights.sum(axis=1)) - weights + 1.0 / len(points))
    before = np.inf
    for _ in range(_ROUNDS):
        lengths = _lengths(points)
        stress = float((weights * (lengths - far) ** 2).sum())
        if before - stress < _SETTLED * stress:
            break
        before = stress
        pull = -weights * far / np.where(lengths > 0, lengths, 1.0)
        np.fill_diagonal(pull, 0.0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        points = inverse @ (pull @ points)
    return points


def _lengths(points: Points) -> Points:
    return np.asarray(np.hypot(*(points[:, None, axis] - points[None, :, axis] for axis in (0, 1))))


def _scaled(points: Points, boxes: Points, pairs: Sequence[tuple[int, int]]) -> Points:
    """Turn the longest way of the placement level, stretch it to a page, and enlarge it until most tied labels clear each other."""
    centred = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    level = centred @ (axes * np.where(axes.sum(axis=1, keepdims=True) < 0, -1.0, 1.0)).T
    spread = np.ptp(level, axis=0) + 1e-9
    level[:, 0] *= float(np.clip(_WIDER * spread[1] / spread[0], 1.0, _MOST_STRETCH))
    if not pairs:
        return np.asarray(level * boxes.mean())
    a, b = np.array(pairs).T
    steps = np.abs(level[a] - level[b]) + 1e-9
    needed = ((boxes[a] + boxes[b]) / 2 / steps).min(axis=1)
    roomy = _ROOM_FOR_WORDS / np.hypot(steps[:, 0], steps[:, 1]) if len(points) <= _FEW else needed
    return np.asarray(level * max(np.quantile(needed, 0.6), np.quantile(roomy, 0.4)))


def _apart(
    points: Points, boxes: Points, pairs: Sequence[tuple[int, int]], middle: Sequence[int], told: Told = untold
) -> Points:
    """Push overlapping boxes apart, and parties off lines that are not theirs, the start hardly moving."""
    points = points + np.stack([np.arange(len(points)), np.arange(len(points)) % 7], axis=1) * 1e-3
    half = (boxes[:, None, :] + boxes[None, :, :]) / 2
    ends = np.array(pairs, dtype=np.intp).reshape(-1, 2)
    own = (np.arange(len(points))[:, None, None] == ends[None, :, :]).any(axis=2)
    weight = np.ones((len(points), 1))
    weight[list(middle)] = 0.2
    for turn in range(_MOST_PUSHES):
        moves = _out_of_boxes(points, half)
        if turn < _PUSHES:
            moves += _off_lines(points, ends, own)
        elif not moves.any():
            break
        elif turn % 20 == 0:
            points = points * _MORE_ROOM
        points = points + moves * weight
        told(min(turn, 2 * _PUSHES), 2 * _PUSHES)
    return points


def _out_of_boxes(points: Points, half: Points) -> Points:
    """How each point moves to leave the boxes of others: along the line between the two, as far as is needed on one axis."""
    x, y = (points[:, None, axis] - points[None, :, axis] for axis in (0, 1))
    far_x, far_y = np.abs(x), np.abs(y)
    over_x, over_y = half[:, :, 0] - far_x, half[:, :, 1] - far_y
    hit = (over_x > _TOUCHING) & (over_y > _TOUCHING)
    np.fill_diagonal(hit, val=False)
    share = np.minimum(over_x / np.maximum(far_x, 1e-9), over_y / np.maximum(far_y, 1e-9)) * hit
    crowd = np.maximum(hit.sum(axis=1), 1)
    return np.stack([(x * share).sum(axis=1) / crowd, (y * share).sum(axis=1) / crowd], axis=1) * 0.55


def _off_lines(points: Points, ends: NDArray[np.intp], own: NDArray[np.bool_]) -> Points:
    """How each point moves to leave the lines between others: straight away from the nearest."""
    if not len(ends):
        return np.zeros_like(points)
    begin, way = points[ends[:, 0]], points[ends[:, 1]] - points[ends[:, 0]]
    length = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)
    x, y = points[:, :1] - begin[:, 0], points[:, 1:] - begin[:, 1]
    share = (x * way[:, 0] + y * way[:, 1]) / length**2
    aside = (x * way[:, 1] - y * way[:, 0]) / length
    near = np.where(own | (share <= 0.0) | (share >= 1.0), _CLEARANCE, np.abs(aside))
    nearest = near.argmin(axis=1)
    rows = np.arange(len(points))
    side = np.where(aside[rows, nearest] < 0, -1.0, 1.0) / length[nearest]
    away = np.stack([way[nearest, 1] * side, -way[nearest, 0] * side], axis=1)
    return np.asarray(away * np.maximum(_CLEARANCE - near[rows, nearest], 0.0)[:, None] * 0.4)
