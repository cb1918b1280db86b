"""Companies of a register that are on no list, against the list: how many raise an alert, and for how many there is a reason."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from bench.matching import data, lists
from bench.matching.context import Context, Outcome, best_score, share
from bench.matching.engine import Hits
from bench.matching.groups import name_key

from shellgame.names.analysis import analyse
from shellgame.names.token import Kind

SEED = 17
ASKED = 10_000
RARE = 3
"""A word that at most so many listed parties bear is one that a company may be known by: one in 3,300 has it."""


def company_alarms(context: Context) -> Outcome:
    """Share of real companies with an alert, by how many telling words their name has.

    They are drawn from the half of the register that nothing is fitted on; those whose name is on the list, whatever its case and
    order of words, are left out. An alert for a company that has a rare word of the very party it met is a lead that somebody
    would want to see; the others are coincidences.
    """
    names = _asked(context.size(ASKED))
    queries = [data.entity(f"firm-{number}", "Company", name=name) for number, name in enumerate(names)]
    hits = context.search(context.listed, queries, 1)
    cut = context.engine.alert
    alarmed = [best_score(found) >= cut for found in hits]
    shared = [alarm and _shares_rare_word(name, found) for alarm, name, found in zip(alarmed, names, hits, strict=True)]
    words = [_telling_words(name) for name in names]
    figures: dict[str, Any] = {"n": len(names), "alarmed": share(alarmed), "alarms": sum(alarmed)}
    figures |= {"rare_word_shared": sum(shared), "coincidences": (sum(alarmed) - sum(shared)) / len(names)}
    figures |= {f"alarmed_at_{at}": share([best_score(found) >= at for found in hits]) for at in (0.8, 0.9)}
    rows = [_row(part, words, alarmed, shared) for part in sorted(set(words))]
    told = [
        f"{best_score(found):.3f}{' rare word' if rare else ''}: {name!r} of {lists.names_of(_listed()[found[0][0]])[:3]}"
        for name, found, alarm, rare in zip(names, hits, alarmed, shared, strict=True)
        if alarm
    ]
    note = f"alert from {cut}; a rare word is borne by at most {RARE} listed parties"
    return Outcome(figures, {"by telling words": rows}, wrong=told, note=note)


def _asked(count: int) -> list[str]:
    """A fixed sample of companies that are on no list."""
    on_list = {name_key(name) for each in lists.listed() for name in lists.names_of(each)}
    unseen = data.companies()[1::2]  # `fitting.names.companies` has the others
    return [name for name in random.Random(SEED).sample(unseen, count) if name_key(name) not in on_list]


def _telling_words(name: str) -> str:
    many = sum(token.kind == Kind.WORD for token in analyse(name, person=False))
    return str(many) if many < 4 else "4 and more"


def _row(part: str, words: Sequence[str], alarmed: Sequence[bool], shared: Sequence[bool]) -> dict[str, Any]:
    inside = [number for number, each in enumerate(words) if each == part]
    flags = [alarmed[number] for number in inside]
    rare = sum(shared[number] for number in inside)
    return {"part": part, "n": len(inside), "alarmed": share(flags), "alarms": sum(flags), "rare_word_shared": rare}


def _shares_rare_word(name: str, found: Hits) -> bool:
    """Whether a name has a word, letter by letter, that the party it met is one of few to bear."""
    theirs = _words(lists.names_of(_listed()[found[0][0]]))
    return any(_bearers()[word] <= RARE for word in _words([name]) & theirs)


@lru_cache(maxsize=1)
def _listed() -> dict[str, Any]:
    return {str(each["id"]): each for each in lists.listed()}


@lru_cache(maxsize=1)
def _bearers() -> Counter[str]:
    """How many listed parties bear a word."""
    return Counter(word for each in lists.listed() for word in _words(lists.names_of(each)))


def _words(names: Iterable[str]) -> set[str]:
    """Words of names, in Latin letters; what is shorter than three letters tells nothing."""
    return {word for name in names for word in name_key(name).split() if len(word) > 2}
