"""Learn what sounds of one script stand for which of another, from pairs of spellings, and write the product's table of
costs.

Run from the repository's root; half a minute on one core:

    PYTHONPATH=src:. python -m bench.matching.fit_sounds            # learn without the development fifth, and measure
    PYTHONPATH=src:. python -m bench.matching.fit_sounds --write    # learn from all of it, and write names/sounds.npz

The model is a stochastic edit distance (Ristad and Yianilos 1998, IEEE PAMI 20(5)): two spellings come about together,
by steps that each write a sound on both sides or on one; the latter depends on its neighbours. How likely each step is
is found by expectation maximisation. A pair that explains itself no better than two unrelated words counts for little,
since up to a tenth of the pairs are plain wrong. A step's evidence, its probability over chance, becomes its cost.
Two sounds of one script for one of the other were tried and changed nothing. Only `*_80.tsv` is read.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from bench.matching import data
from numba import njit

from shellgame.kernels.likeness import likeness, scratch
from shellgame.names import sounds
from shellgame.names.costs import UNIT, Tables, first_guess, tables_with
from shellgame.names.scripts import romanise
from shellgame.names.sounds import EDGE, codes
from shellgame.names.token import Origin
from shellgame.names.yaml import load_yaml

LANGUAGES = {"russian": 1, "arabic": 2, "chinese": 3}
"""By the number of the origin that the native side has."""
RULES, PRODUCT = (Path(sounds.__file__).with_name(name) for name in ("sounds.yml", "sounds.npz"))
DEVELOPMENT = Path(tempfile.gettempdir()) / "sounds_dev.npz"
SEEN = 50
"""A native sound that the data shows less often keeps the first guess."""
POWER = 0.5
"""A pair that was seen often counts by this power of how often."""
WIDE = 34
SIZE = 64
FLOOR = -6.0
"""The least evidence that one step can have, in nats."""

Words = tuple[Any, Any]


def fold(word: str) -> int:
    """Tell which fifth a Latin spelling belongs to; the fifth 0 is for development."""
    return hashlib.blake2b(word.encode(), digest_size=2).digest()[0] % 5


def load(language: str) -> list[tuple[str, str, int]]:
    """Read the pairs of one language: Latin, native, how often seen."""
    return [(latin, native.replace(" ", ""), count) for latin, native, count in data.spellings(language)]


def pack(words: list[str]) -> Words:
    """Words as rows of codes, with their lengths."""
    sounds = [codes(*romanise(word)) for word in words]
    rows = np.zeros((len(sounds), 32), np.uint8)
    for place, each in enumerate(sounds):
        rows[place, : len(each)] = np.frombuffer(each, np.uint8)
    return rows, np.array([len(each) for each in sounds])


@njit(cache=True, nogil=True)
def paths(a, n, b, m, sub, la, lb, ra, rb, alpha, beta, count, sc, lac, lbc, rac, rbc, weight):
    """Sum over all ways to write both words; with `weight`, add the steps that are expected to the counts."""
    gl, gr = np.zeros(WIDE), np.zeros(WIDE)
    for i in range(n):
        p = a[i - 1] if i > 0 else EDGE
        f = a[i + 1] if i + 1 < n else EDGE
        gl[i] = np.exp(la[p, a[i]] + lb[f, a[i]])
    for j in range(m):
        p = b[j - 1] if j > 0 else EDGE
        f = b[j + 1] if j + 1 < m else EDGE
        gr[j] = np.exp(ra[p, b[j]] + rb[f, b[j]])
    for i in range(n + 1):
        for j in range(m + 1):
            total = 1.0 if i == 0 and j == 0 else 0.0
            if i > 0:
                total += alpha[i - 1, j] * gl[i - 1]
            if j > 0:
                total += alpha[i, j - 1] * gr[j - 1]
            if i > 0 and j > 0:
                total += alpha[i - 1, j - 1] * sub[a[i - 1], b[j - 1]]
            alpha[i, j] = total
    z = alpha[n, m]
    if not count or z <= 0:
        return np.log(max(z, 1e-300))
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            total = 1.0 if i == n and j == m else 0.0
            here = alpha[i, j] / z * weight
            if i < n:
                g = gl[i] * beta[i + 1, j]
                total += g
                p = a[i - 1] if i > 0 else EDGE
                f = a[i + 1] if i + 1 < n else EDGE
                lac[p, a[i]] += here * g
                lbc[f, a[i]] += here * g
            if j < m:
                g = gr[j] * beta[i, j + 1]
                total += g
                p = b[j - 1] if j > 0 else EDGE
                f = b[j + 1] if j + 1 < m else EDGE
                rac[p, b[j]] += here * g
                rbc[f, b[j]] += here * g
            if i < n and j < m:
                g = sub[a[i], b[j]] * beta[i + 1, j + 1]
                total += g
                sc[a[i], b[j]] += here * g
            beta[i, j] = total
    return np.log(z)


@njit(cache=True, nogil=True)
def expect(A, LA, B, LB, times, sub, la, lb, ra, rb, prior):  # noqa: N803
    """One pass over all pairs; evidence (probability over chance) is what steps carry."""
    sc = np.zeros((SIZE, SIZE))
    lac, lbc = np.zeros((SIZE, SIZE)), np.zeros((SIZE, SIZE))
    rac, rbc = np.zeros((SIZE, SIZE)), np.zeros((SIZE, SIZE))
    alpha, beta = np.zeros((WIDE, WIDE)), np.zeros((WIDE, WIDE))
    total = 0.0
    for k in range(len(LA)):
        a, n, b, m = A[k], LA[k], B[k], LB[k]
        if n == 0 or m == 0:
            continue
        llr = paths(a, n, b, m, sub, la, lb, ra, rb, alpha, beta, False, sc, lac, lbc, rac, rbc, 0.0)
        w = prior / (prior + (1 - prior) * np.exp(-llr))
        total += times[k] * np.log(prior * np.exp(llr) + 1 - prior)
        if w > 0.01:
            paths(a, n, b, m, sub, la, lb, ra, rb, alpha, beta, True, sc, lac, lbc, rac, rbc, w * times[k])
    return total, sc, lac, lbc, rac, rbc


def _shares(words: Words, times: Any) -> tuple[Any, Any, Any]:
    """How often each code stands, after which, and before which."""
    rows, lengths = words
    single, after, before = np.zeros(SIZE), np.zeros((SIZE, SIZE)), np.zeros((SIZE, SIZE))
    for row, length, t in zip(rows, lengths, times, strict=True):
        inside = row[:length].astype(int)
        np.add.at(single, inside, t)
        np.add.at(after, (np.concatenate([[EDGE], inside[:-1]]), inside), t)
        np.add.at(before, (np.concatenate([inside[1:], [EDGE]]), inside), t)
    return single, after, before


class Model:
    """Evidence of every step, in nats over chance."""

    def __init__(self, left: Words, right: Words, times: Any) -> None:
        self.left, self.right = _shares(left, times), _shares(right, times)
        self.ql = (self.left[0] + 0.5) / (self.left[0] + 0.5).sum()
        self.qr = (self.right[0] + 0.5) / (self.right[0] + 0.5).sum()

    def start(self, guess: Any) -> None:
        """Begin with a guess of substitution evidence between plain codes."""
        self.sub = guess
        self.la = np.full((SIZE, SIZE), -2.0)
        self.ra = np.full((SIZE, SIZE), -2.0)
        self.lb, self.rb = np.zeros((SIZE, SIZE)), np.zeros((SIZE, SIZE))

    def arrays(self) -> tuple[Any, ...]:
        """What the compiled passes take."""
        return np.exp(self.sub), self.la, self.lb, self.ra, self.rb

    def maximise(self, sc: Any, lac: Any, lbc: Any, rac: Any, rbc: Any) -> None:
        """Set the evidence from expected counts."""
        total = sc.sum() + lac.sum() + rac.sum()
        chance = self.ql[:, None] * self.qr[None, :]
        self.sub = np.log(sc / total / chance + np.exp(FLOOR))
        for out, inn, (single, after, before), q, names in (
            (lac, lbc, self.left, self.ql, ("la", "lb")),
            (rac, rbc, self.right, self.qr, ("ra", "rb")),
        ):
            alone = out.sum(0) + 0.05
            rate = np.minimum(alone / (single + 1), 0.98)
            by_after = (out + 5 * rate) / (after + 5) / rate
            by_before = (inn + 5 * rate) / (before + 5) / rate
            base = np.log(alone / total / q)
            setattr(self, names[0], np.maximum(base[None, :] + np.log(by_after), FLOOR))
            setattr(self, names[1], np.log(np.maximum(by_before, 0.02)))


def standard_spellings(language: str, native: list[str], chance: random.Random) -> list[tuple[str, str]]:
    """Spell native words by the rules of romanisation, lest their own standard be what the data shows least.

    Names of Chinese people are printed in pinyin or Wade-Giles, which names from elsewhere do not teach.
    """
    if language == "arabic":
        return []
    words = chance.sample(native, min(len(native), 12_000))
    if language == "russian":
        return [(romanise(word)[0], word) for word in words]
    short = [word[: chance.choice((1, 2, 2, 3))] for word in words]
    pinyin = [(romanise(word)[0], word) for word in short]
    return pinyin + [(_wade_giles(latin), word) for latin, word in pinyin[:4_000]]


def _wade_giles(pinyin: str) -> str:
    """Respell pinyin roughly as Wade and Giles would, without apostrophes."""
    for old, new in (
        ("zh", "C"),
        ("ch", "C"),
        ("q", "C"),
        ("j", "C"),
        ("x", "hs"),
        ("b", "p"),
        ("d", "t"),
        ("r", "j"),
        ("z", "ts"),
    ):
        pinyin = pinyin.replace(old, new)
    return pinyin.replace("g", "k").replace("nk", "ng").replace("C", "ch").replace("ong", "ung")


def learn(language: str, *, development: bool, rounds: int = 8) -> Model:
    """Learn the evidence of one language's steps; for `development` without its fifth."""
    rows = [row for row in load(language) if not (development and fold(row[0]) == 0)]
    chance = random.Random(1)
    chance.shuffle(rows)
    rows = rows[:80_000]
    told = [(latin, native, count**POWER) for latin, native, count in rows]
    told += [(*pair, 0.7) for pair in standard_spellings(language, [row[1] for row in rows], chance)]
    times = np.array([row[2] for row in told])
    left, right = pack([row[0] for row in told]), pack([row[1] for row in told])
    model = Model(left, right, times)
    model.start(2.0 - 5.0 * first_guess(load_yaml(RULES), Origin(LANGUAGES[language])).astype(float))
    for _ in range(rounds):
        total, *counts = expect(*left, *right, times, *model.arrays(), 0.9)
        model.maximise(*counts)
    print(f"{language}: {len(told)} pairs, {total / times.sum():.3f} nats a pair over chance", flush=True)
    return model


def as_costs(model: Model) -> dict[str, Any]:
    """Turn evidence into costs whose mean weight is 1: what a step lacks against the best that its sounds can show."""
    evidence = model.sub
    often_left, often_right = model.left[0], model.right[0]
    left, right = np.maximum(evidence.max(1), 0.5), np.maximum(evidence.max(0), 0.5)
    unit = ((often_left * left).sum() / often_left.sum() + (often_right * right).sum() / often_right.sum()) / 2
    seen = often_right >= SEEN
    costs = {
        "instead": (left[:, None] + right[None, :]) / 2 - evidence,
        "left_after": left[None, :] / 2 - model.la,
        "left_before": -model.lb,
        "right_after": right[None, :] / 2 - model.ra,
        "right_before": -model.rb,
        "weight_left": left,
        "weight_right": np.where(seen, right, 0),
    }
    return {name: np.clip(np.round(UNIT * values / unit), -127, 127).astype(np.int8) for name, values in costs.items()}


@njit(cache=True, nogil=True)
def places(A, LA, B, LB, origin, right, costs, room):  # noqa: N803
    """Count, for each Latin word, the native words that are more alike than the right one; ties count half."""
    found = np.zeros(len(LA))
    for i in range(len(LA)):
        own = likeness(A[i, : LA[i]], 0, B[right[i], : LB[right[i]]], origin, costs, room)
        for j in range(len(LB)):
            other = likeness(A[i, : LA[i]], 0, B[j, : LB[j]], origin, costs, room)
            if j != right[i] and other >= own:
                found[i] += 1.0 if other > own else 0.5
    return found


def measure(language: str, costs: Tables, queries: int = 1000, vocabulary: int = 10_000) -> None:
    """Search Latin words of the development fifth among its native words, and print how often they are found."""
    rows = [row for row in load(language) if fold(row[0]) == 0]
    random.Random(3).shuffle(rows)
    native = sorted({row[1] for row in rows[:vocabulary]})
    right = np.array([native.index(row[1]) for row in rows[:queries]])
    found = places(
        *pack([row[0] for row in rows[:queries]]), *pack(native), LANGUAGES[language], right, costs, scratch()
    )
    print(f"{language}: first {(found < 1).mean():.3f}, in ten {(found < 10).mean():.3f} of {len(native)}", flush=True)


def main() -> None:
    """Learn, and write the costs or measure them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true", help="learn from all five fifths and write the product's file")
    options = parser.parse_args()
    stored = {}
    for kind, language in (("alphabet", "russian"), ("abjad", "arabic"), ("han", "chinese")):
        start = time.monotonic()
        costs = as_costs(learn(language, development=not options.write))
        stored |= {f"{kind}_{name}": values for name, values in costs.items()}
        print(f"{language}: {time.monotonic() - start:.0f} s", flush=True)
    np.savez_compressed(PRODUCT if options.write else DEVELOPMENT, **stored)  # type: ignore[arg-type]
    if not options.write:
        for language in LANGUAGES:
            measure(language, tables_with(stored))


if __name__ == "__main__":
    main()
