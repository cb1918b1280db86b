"""Where the parties of a network stand in its picture: the start in the middle, neighbours near, no label upon another.

The method is stress majorization: distances on paper follow distances in the network, every pair counted, so that clusters and
chains are seen as such. Ties of a well-connected party are given more length, which leaves room around hubs. Then whatever still
overlaps is pushed apart. Nothing is random: the same network always gives the same picture.

Source: Gansner, Koren, North 2005, Graph Drawing by Stress Majorization, LNCS 3383, 239-250.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import pi

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""Shape (n, 2): x to the right, y down."""

_ROUNDS = 200
_SETTLED = 1e-4
"""Stop when a round changes the stress by less than this share."""
_CENTRE_PULL = 3.0
"""How much more a distance to the start counts than one between others."""
_FLATTER = 1.25
"""Labels are wider than high and so is a page; pictures are stretched by this much."""
_GAP = 6.0
"""Space left between two labels, in units of the picture."""
_PUSHES = 400


def positions(
    ids: Sequence[str],
    edges: Collection[tuple[str, str]],
    start: Collection[str],
    sizes: Mapping[str, tuple[float, float]],
) -> dict[str, tuple[float, float]]:
    """Place the nodes of a network.

    Args:
        ids: The nodes; their order decides between equals.
        edges: Pairs of ids that are tied; direction does not matter.
        start: Ids that belong in the middle.
        sizes: Width and height of each node with its label, in units of the picture.

    Returns:
        The centre of each node by id, around (0, 0), no two closer than their sizes ask for.
    """
    if not ids:
        return {}
    at = {identity: position for position, identity in enumerate(ids)}
    pairs = sorted({(min(at[a], at[b]), max(at[a], at[b])) for a, b in edges if a != b})
    middle = [at[identity] for identity in start if identity in at] or [0]
    far = _distances(len(ids), pairs)
    boxes = np.array([sizes[identity] for identity in ids], dtype=np.float64) + _GAP
    points = _relaxed(_rings(far, pairs, middle), far, middle)
    points = _apart(_scaled(points, boxes, pairs), boxes, middle)
    points -= points[middle].mean(axis=0)
    return {identity: (float(x), float(y)) for identity, (x, y) in zip(ids, points, strict=True)}


def _distances(count: int, pairs: Sequence[tuple[int, int]]) -> Points:
    """Lengths of shortest ways; a tie is longer the more neighbours its ends do not have in common."""
    near: list[set[int]] = [set() for _ in range(count)]
    for a, b in pairs:
        near[a].add(b)
        near[b].add(a)
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(count))
    graph.add_edges_from([(a, b, max(1.0, len(near[a] ^ near[b])) ** 0.5) for a, b in pairs])
    far = np.array(rx.floyd_warshall_numpy(graph, weight_fn=float), dtype=np.float64)
    reached = far[np.isfinite(far)]
    far[~np.isfinite(far)] = reached.max() * 1.3 + 1.0 if reached.size else 1.0
    return far


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
            slices.append((branch, begin + weights[position] * share, (weights[position + 1] - weights[position]) * share))
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
    if len(points) < 2:
        return points
    weights = 1.0 / np.where(far > 0, far, 1.0) ** 2
    weights[middle, :] *= _CENTRE_PULL
    weights[:, middle] *= _CENTRE_PULL
    np.fill_diagonal(weights, 0.0)
    inverse = np.linalg.pinv(np.diag(weights.sum(axis=1)) - weights)
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
    steps = points[:, None, :] - points[None, :, :]
    return np.asarray(np.sqrt((steps**2).sum(axis=2)))


def _scaled(points: Points, boxes: Points, pairs: Sequence[tuple[int, int]]) -> Points:
    """Enlarge the placement until most tied labels clear each other."""
    if not pairs:
        return points * boxes.mean()
    stretched = points * np.array([_FLATTER, 1.0])
    a, b = np.array(pairs).T
    steps = np.abs(stretched[a] - stretched[b]) + 1e-9
    needed = ((boxes[a] + boxes[b]) / 2 / steps).min(axis=1)
    return np.asarray(stretched * np.quantile(needed, 0.7))


def _apart(points: Points, boxes: Points, middle: Sequence[int]) -> Points:
    """Push overlapping boxes apart, each pair along the way that is shorter, the start staying where it is."""
    points = points + np.stack([np.arange(len(points)), np.arange(len(points)) % 7], axis=1) * 1e-3
    half = (boxes[:, None, :] + boxes[None, :, :]) / 2
    weight = np.ones(len(points))
    weight[list(middle)] = 0.2
    for turn in range(_PUSHES):
        steps = points[:, None, :] - points[None, :, :]
        over = half - np.abs(steps)
        hit = (over > 1e-6).all(axis=2)
        np.fill_diagonal(hit, val=False)
        if not hit.any():
            break
        across = over[:, :, 0] < over[:, :, 1]
        moves = np.where(np.stack([across, ~across], axis=2), over * np.sign(steps), 0.0) * hit[:, :, None]
        crowd = np.maximum(hit.sum(axis=1), 1)[:, None]
        points = points + moves.sum(axis=1) / crowd * 0.55 * weight[:, None]
        if turn % 50 == 49:
            points = points * 1.06
    return points
