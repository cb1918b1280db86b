"""Laws that any comparison of names should keep, held against an engine with names of the bench and with random text."""

from __future__ import annotations

import random
import time
import unicodedata
from typing import Any

import numpy as np
from bench.matching import data
from bench.matching.engine import Engine, NameTriple, Scores, in_batches

_MARKS = "\u200f\u202e\u200e\u061c"
_BLOCKS = [
    (0x20, 0x7E), (0xA0, 0x24F), (0x370, 0x3FF), (0x400, 0x4FF), (0x590, 0x6FF), (0x900, 0x97F), (0x300, 0x36F),
    (0x2000, 0x206F), (0x3040, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0x1F300, 0x1F6FF), (0xE000, 0xE0FF),
]  # fmt: skip


def breaches(engine: Engine, count: int) -> dict[str, Any]:
    """How often each law is broken.

    Args:
        engine: The engine.
        count: Random strings to try.

    Returns:
        `symmetric`, `identical` (a name with itself is at least 0.99), `case`, `space`, `form` (NFD), `marks` (of direction):
        pairs of the bench whose score moves by more than 1e-6, of `pairs`; `outside`: scores that are none from 0 to 1; `random`
        strings tried with `random_s` seconds and `long_s` for names of 10,000 characters.
    """
    pairs = [pair.names for pair in data.name_bench()]
    plain = engine.compare_names(pairs)
    changed = {
        "symmetric": [(right, left, schema) for left, right, schema in pairs],
        "case": [(left.swapcase(), right.upper(), schema) for left, right, schema in pairs],
        "space": [(f"  {left.replace(' ', '   ')}\t", right, schema) for left, right, schema in pairs],
        "form": [(unicodedata.normalize("NFD", left), right, schema) for left, right, schema in pairs],
        "marks": [(f"{_MARKS[0]}{left}{_MARKS[1]}", right, schema) for left, right, schema in pairs],
    }
    told: dict[str, Any] = {"pairs": len(pairs)}
    told |= {law: int((abs(engine.compare_names(other) - plain) > 1e-6).sum()) for law, other in changed.items()}
    told["identical"] = int((engine.compare_names([(left, left, schema) for left, _, schema in pairs]) < 0.99).sum())
    scores, told["random_s"] = _timed(engine, _random_pairs(count))
    lengthy, told["long_s"] = _timed(engine, _long_pairs())
    everything = np.concatenate([plain, scores, lengthy])
    told |= {"random": count, "outside": int((~((everything >= 0) & (everything <= 1))).sum())}
    return told


def _timed(engine: Engine, pairs: list[NameTriple]) -> tuple[Scores, float]:
    start = time.perf_counter()
    scores = np.concatenate([engine.compare_names(batch) for batch in in_batches(pairs, 5_000)])
    return scores, time.perf_counter() - start


def _random_pairs(count: int) -> list[NameTriple]:
    dice = random.Random(3)
    texts = [_text(dice, dice.randint(0, 40)) for _ in range(count)]
    return [
        (text, dice.choice([text, dice.choice(texts)]), dice.choice(["Person", "Company", "Vessel"])) for text in texts
    ]


def _text(dice: random.Random, length: int) -> str:
    blocks = dice.sample(_BLOCKS, 3)
    return "".join(chr(dice.randint(*dice.choice(blocks))) if dice.random() > 0.15 else " " for _ in range(length))


def _long_pairs() -> list[NameTriple]:
    dice = random.Random(4)
    words = " ".join("".join(dice.choices("abcdefgh", k=6)) for _ in range(1_428))
    return [
        ("a" * 10_000, "a" * 9_999 + "b", "Person"),
        (words, words[::-1], "Company"),
        (words, "John Smith", "Person"),
    ]
