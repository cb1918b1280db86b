"""Two entities, and two lists: pairs judged by analysts, alone and end to end from raw publications, and a whole join."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
from bench.matching import data, lists, stats
from bench.matching.context import Context, Outcome
from bench.matching.engine import Analyses, Engine, Entity, Joins
from bench.matching.groups import NAMES, held_out_entities, held_out_from
from bench.matching.memory import peak_above

_NUMBERS = ("idNumber", "passportNumber", "registrationNumber", "taxNumber")
_COUNTRIES = ("country", "nationality", "jurisdiction")
_TELLING = ("birthDate", "nationality", "country", "idNumber", "passportNumber", "registrationNumber")


def pairs(context: Context) -> Outcome:
    """F1 at 0.50 (and 0.70) on entity pairs, and microseconds a pair: with analysis of both, and of what was analysed before."""
    judged = data.entity_pairs()[:: 5 if context.quick else 1]
    both, same = [pair.entities for pair in judged], np.array([pair.same for pair in judged])
    context.engine.compare(both[:20])
    spent = _seconds(lambda: context.engine.compare(both))
    scores = held_out_entities(context.engine, both, same.tolist())
    low, high = stats.f1_spread(scores, same, 0.5)
    best, cut = stats.best_f1(scores, same)
    figures = stats.judged(scores, same, 0.5) | {
        "f1_low": low,
        "f1_high": high,
        "f1_at_0.7": stats.judged(scores, same, 0.7)["f1"],
        "auc": stats.auc(scores, same),
        "best_f1": best,
        "best_at": cut,
        "us_per_pair": spent / len(both) * 1e6,
    }
    if isinstance(context.engine, Analyses):
        again = context.engine.analysed(both)
        figures["us_analysed"] = min(_seconds(again) for _ in range(3)) / len(both) * 1e6
    sound = np.array([same_label or not speaks_for_same(*pair) for pair, same_label in zip(both, same, strict=True)])
    figures |= {
        "label_doubted": int((~sound).sum()),
        "f1_undoubted": stats.judged(scores[sound], same[sound], 0.5)["f1"],
    }
    kinds = np.array(["Person" if left["schema"] == right["schema"] == "Person" else "other" for left, right in both])
    by_kind = [
        {"part": kind, **stats.judged(scores[kinds == kind], same[kinds == kind], 0.5)}
        for kind in sorted(set(kinds.tolist()))
    ]
    wrong = np.flatnonzero((scores >= 0.5) != same)
    errors = [
        f"{data.digest(both[i][0]['id'], both[i][1]['id'])} {'missed' if same[i] else 'joined'} {scores[i]:.3f}"
        for i in wrong
    ]
    told = [
        f"{'missed' if same[i] else 'joined'} {scores[i]:.3f}: {_brief(both[i][0])} | {_brief(both[i][1])}"
        for i in wrong
    ]
    return Outcome(figures, {"by schema": by_kind}, wrong=told, errors=errors)


def _seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _brief(each: Entity) -> str:
    told = {prop: values[:2] for prop, values in each["properties"].items() if prop in _TELLING}
    return f"{each['schema']} {lists.names_of(each)[:4]} {told}"


def ofac_un(context: Context) -> Outcome:
    """Pairs that analysts decided, between whole lists as published: the UN list is indexed, OFAC's records are searched in it.

    A pair counts as joined when the search brings it and `compare` says at least `engine.same`. Two in three of these records stand
    among the pairs that ours learns from as well; it is refitted without what is connected with those it is judged on.
    """
    ofac = {each["id"]: each for each in lists.entities_of(*lists.OFAC_2021)}
    listed = lists.entities_of(*lists.UN_2020)
    un = {each["id"]: each for each in listed}
    index = context.engine.build(listed)
    asked = sorted({left for left, _, _ in data.ofac_un_judgements()})
    hits = dict(zip(asked, context.search(index, [ofac[each] for each in asked], 20), strict=True))
    judged, learned = data.ofac_un_judgements(), data.entity_pairs()
    compared = held_out_from(
        context.engine,
        [(ofac[left], un[right]) for left, right, _ in judged],
        [pair.entities for pair in learned],
        [pair.same for pair in learned],
    )
    joined, brought = [], []
    for (left, right, _), score in zip(judged, compared, strict=True):
        found = any(identity == right for identity, _ in hits[left])
        brought.append(found)
        joined.append(found and score >= context.engine.same)
    same = [each[2] for each in judged]
    figures = {
        "same": sum(same),
        "same_found": _share(joined, same, True),
        "same_brought": _share(brought, same, True),
        "different": len(same) - sum(same),
        "different_joined": _share(joined, same, False),
    }
    sound = [not truth and not speaks_for_same(ofac[left], un[right]) for left, right, truth in judged]
    figures |= {"label_doubted": figures["different"] - sum(sound), "undoubted_joined": _share(joined, sound, True)}
    for cut in (0.5, 0.7, 0.85):
        figures[f"found_at_{cut}"] = _share(
            [b and s >= cut for b, s in zip(brought, compared, strict=True)], same, True
        )
        figures[f"wrong_at_{cut}"] = _share(
            [b and s >= cut for b, s in zip(brought, compared, strict=True)], same, False
        )
    errors = [
        f"{data.digest(left, right)} {'missed' if truth else 'joined'} {score:.3f}"
        for (left, right, truth), score, said in zip(judged, compared, joined, strict=True)
        if said != truth
    ]
    told = [
        f"{'missed' if truth else 'joined'} {score:.3f}: {_brief(ofac[left])} | {_brief(un[right])}"
        for (left, right, truth), score, said in zip(judged, compared, joined, strict=True)
        if said != truth
    ]
    return Outcome(figures, wrong=told, errors=errors, note=f"joined from {context.engine.same}")


def speaks_for_same(left: Entity, right: Entity) -> bool:
    """Whether two records, judged different, say themselves that they are one: the label is to be doubted.

    They print the same number of a paper, or the same whole name with the same day of birth, or the same name of four words and
    more without another year of birth or another country.
    """
    numbers, days, names, countries = (
        [_values(each, *props) for each in (left, right)] for props in (_NUMBERS, ("birthDate",), NAMES, _COUNTRIES)
    )
    if {*map(_compact, numbers[0])} & {*map(_compact, numbers[1])} - {""}:
        return True
    shared = {data.name_key(name) for name in names[0]} & {data.name_key(name) for name in names[1]}
    years = [{day[:4] for day in told} for told in days]
    agree = all(not all(told) or bool(told[0] & told[1]) for told in (years, countries))
    on_a_day = any(len(day) == 10 for day in days[0] & days[1])
    return any((" " in name and on_a_day) or (len(name.split()) > 3 and agree) for name in shared)


def _values(each: Entity, *props: str) -> set[str]:
    return {value for prop in props for value in each["properties"].get(prop, [])}


def _compact(number: str) -> str:
    """Letters and digits of a number that is long enough to tell; what follows a slash is a country in older readings."""
    kept = "".join(c for c in number.split("/")[0].upper() if c.isalnum())
    return kept if len(kept) > 5 and any(c.isdigit() for c in kept) else ""


def _share(flags: list[bool], same: list[bool], wanted: bool) -> float:
    chosen = [flag for flag, truth in zip(flags, same, strict=True) if truth is wanted]
    return sum(chosen) / len(chosen)


def join(context: Context) -> Outcome:
    """UN x OFAC, 9,979 entities: seconds, memory, pairs, and the share of an easy silver set that is found."""
    left, right = lists.entities_of(*lists.UN), lists.entities_of(*lists.OFAC)
    if context.quick:
        left = left[::5]
    with peak_above() as memory:
        start = time.perf_counter()
        found = _joined(context.engine, left, right)
        spent = time.perf_counter() - start
    silver = _silver(left, right)
    said = {(one, other): score for one, other, score in found}
    figures: dict[str, Any] = {
        "seconds": spent,
        "peak_mib": memory.mib,
        "scored_across": len(found),
        "silver": len(silver),
    }
    for cut in sorted({context.engine.same, 0.5, 0.7}):
        figures[f"pairs_at_{cut}"] = sum(score >= cut for score in said.values())
        figures[f"silver_at_{cut}"] = sum(said.get(pair, 0.0) >= cut for pair in silver) / len(silver)
    return Outcome(figures, note="silver: same whole name or alias and same birth year; easy by construction")


def _joined(engine: Engine, left: list[Entity], right: list[Entity]) -> list[tuple[str, str, float]]:
    if isinstance(engine, Joins):
        return engine.join(left, right)
    hits = engine.build(right).search(left, 10)
    return [(each["id"], identity, score) for each, found in zip(left, hits, strict=True) for identity, score in found]


def _silver(left: list[Entity], right: list[Entity]) -> set[tuple[str, str]]:
    right_side = {each["id"] for each in right}
    return {(each["id"], other) for each in left for other in lists.twins().get(each["id"], ()) if other in right_side}
