"""Companies of a register that are on no list, against the list: how many raise an alert, and for how many there is a reason."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from bench.matching import data, lists
from bench.matching.context import Context, Outcome, best_score
from bench.matching.engine import Entity, Index
from bench.matching.groups import name_key

from shellgame.names.analysis import analyse
from shellgame.names.token import Kind

SEED = 17
ASKED = 10_000
RARE = 3
"""A word that at most so many parties of any one list bear is one that a company may be known by: of 10,000 one in 3,300."""


def company_alarms(context: Context) -> Outcome:
    """Share of real companies with an alert, by how many telling words their name has: against the screening list, and all lists.

    They are drawn from the half of the register that nothing is fitted on; those whose name is on a list, whatever its case and
    order of words, are left out. An alert for a company that has a rare word of the very party it met is a lead that somebody
    would want to see; the others are coincidences.
    """
    names = _asked(context.size(ASKED))
    figures: dict[str, Any] = {"n": len(names)}
    rows, told = [], []
    for where, index, places in (
        ("", context.listed, (lists.UN, lists.OFAC)),
        ("_everywhere", context.engine.build(lists.everywhere()), lists.ALL),
    ):
        alarms = _alarms(context, index, names, [lists.entities_of(*place) for place in places])
        rare = sum(each.rare for each in alarms)
        figures |= {f"alarmed{where}": len(alarms) / len(names), f"alarms{where}": len(alarms)}
        figures |= {f"rare_word_shared{where}": rare, f"coincidences{where}": (len(alarms) - rare) / len(names)}
        rows += [{"lists": where.strip("_") or "screening list", **row} for row in _by_words(names, alarms)]
        told += [
            f"{each.score:.3f}{' rare word' if each.rare else ''}: {each.name!r} of {each.met!r}" for each in alarms
        ]
    note = f"alert from {context.engine.alert}; a rare word is borne by at most {RARE} parties of any one list"
    return Outcome(figures, {"by telling words": rows}, wrong=told, note=note)


class Alarm(NamedTuple):
    """A company that raised an alert: by whom, and whether it has a word that few have but them."""

    name: str
    score: float
    met: str
    rare: bool


def _asked(count: int) -> list[str]:
    """A fixed sample of companies that are on no list."""
    on_list = {name_key(name) for each in [*lists.listed(), *lists.everywhere()] for name in lists.names_of(each)}
    unseen = data.companies()[1::2]  # `fitting.names.companies` has the others
    return [name for name in random.Random(SEED).sample(unseen, count) if name_key(name) not in on_list]


def _alarms(context: Context, index: Index, names: Sequence[str], listed: Sequence[list[Entity]]) -> list[Alarm]:
    queries = [data.entity(f"firm-{number}", "Company", name=name) for number, name in enumerate(names)]
    names_of = {str(each["id"]): lists.names_of(each) for parties in listed for each in parties}
    bearers: Counter[str] = Counter()
    for parties in listed:
        bearers |= Counter(word for each in parties for word in _words(lists.names_of(each)))
    alarms = []
    for name, hits in zip(names, context.search(index, queries, 1), strict=True):
        if best_score(hits) >= context.engine.alert:
            met = names_of[hits[0][0]]
            rare = any(bearers[word] <= RARE for word in _words([name]) & _words(met))
            alarms.append(Alarm(name, best_score(hits), met[0], rare))
    return alarms


def _by_words(names: Sequence[str], alarms: Sequence[Alarm]) -> list[dict[str, Any]]:
    """A row for each number of telling words."""
    asked = Counter(map(_telling_words, names))
    alarmed, rare = (Counter(_telling_words(each.name) for each in alarms if each.rare >= least) for least in (0, 1))
    return [
        {"part": part, "n": n, "alarmed": alarmed[part] / n, "alarms": alarmed[part], "rare_word_shared": rare[part]}
        for part, n in sorted(asked.items())
    ]


def _telling_words(name: str) -> str:
    many = sum(token.kind == Kind.WORD for token in analyse(name, person=False))
    return str(many) if many < 4 else "4 and more"


def _words(names: Iterable[str]) -> set[str]:
    """Words of names, in Latin letters; what is shorter than three letters tells nothing."""
    return {word for name in names for word in name_key(name).split() if len(word) > 2}
