"""One name against the list: UN persons with typing errors, and people who are on no list."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from bench.matching import data, lists
from bench.matching.context import Context, Outcome, best_score, score_of, share
from bench.matching.engine import Hits
from bench.matching.stats import interval

SAMPLE_SEED = 7


def treated(context: Context) -> Outcome:
    """Found, name only, of 680 UN persons with typing errors and of the 168 whose name was changed; alarms for others."""
    return _treated(context, full=False)


def treated_full(context: Context) -> Outcome:
    """The same with birth date, place and nationality as yente's benchmark sends them."""
    return _treated(context, full=True)


def _treated(context: Context, *, full: bool) -> Outcome:
    targets, index = lists.un_targets()[:: 10 if context.quick else 1], context.listed
    clean, bent = data.people("positives_un_untreated"), data.people("positives_un_treated")
    start = time.perf_counter()
    hits = context.search(index, data.queries_of([bent[row] for row, _ in targets], "treated", full=full))
    spent = time.perf_counter() - start
    untouched = context.search(index, data.queries_of([clean[row] for row, _ in targets], "clean", full=full))
    changed = [bent[row]["full_name"] != clean[row]["full_name"] for row, _ in targets]
    negatives = {
        file: context.search(
            index, data.queries_of(data.sampled(name, context.size(2000), SAMPLE_SEED), file, full=full)
        )
        for file, name in (
            ("global", "negatives_global"),
            ("us", "negatives_us"),
            ("congress", "positives_us_congress_untreated"),
        )
    }
    rows = []
    for cut in sorted({context.engine.alert, 0.7, 0.8, 0.85, 0.9}):
        found = [score_of(each, identity) >= cut for each, (_, identity) in zip(hits, targets, strict=True)]
        row: dict[str, Any] = {
            "threshold": cut,
            "found": share(found),
            "found_changed": share([flag for flag, other in zip(found, changed, strict=True) if other]),
            "found_clean": share([score_of(h, i) >= cut for h, (_, i) in zip(untouched, targets, strict=True)]),
        }
        row |= {
            f"alarms_{file}": share([best_score(each) >= cut for each in found]) for file, found in negatives.items()
        }
        rows.append(row)
    at = next(row for row in rows if row["threshold"] == context.engine.alert)
    low, high = interval(round((at["alarms_global"] or 0) * len(negatives["global"])), len(negatives["global"]))
    figures = {"n": len(targets), "changed": sum(changed), **at}
    figures |= {"alarms_low": low, "alarms_high": high, "queries_per_s": len(targets) / spent}
    ids = [
        identity
        for each, (_, identity) in zip(hits, targets, strict=True)
        if score_of(each, identity) < context.engine.alert
    ]
    names = {each["id"]: lists.names_of(each)[0] for each in lists.entities_of(*lists.UN) if lists.names_of(each)}
    told = [
        f"missed {score_of(each, identity):.3f}: {bent[row]['full_name']!r} of {names[identity]!r}"
        for each, (row, identity) in zip(hits, targets, strict=True)
        if score_of(each, identity) < context.engine.alert
    ]
    return Outcome(figures, {"by threshold": rows}, wrong=told, errors=ids)


def false_alarms(context: Context) -> Outcome:
    """Share of invented people with an alert, name only and full record; all 100,000, or a sample where the engine is slow.

    Ours learned from the even rows; the odd ones are told apart.
    """
    index = context.listed
    each = context.if_slow(50_000, 5_000)
    people = {
        file: data.people(file)[:each] if each == 50_000 else data.sampled(file, each, SAMPLE_SEED)
        for file in ("negatives_global", "negatives_us")
    }
    asked = [row for rows in people.values() for row in rows]
    files = [file for file, rows in people.items() for _ in rows]
    scripts = ["+".join(lists.scripts_of(row["full_name"])) for row in asked]
    figures: dict[str, Any] = {"n": len(asked)}
    tables: dict[str, list[dict[str, Any]]] = {}
    for kind, full in (("name", False), ("full", True)):
        hits = context.search(index, data.queries_of(asked, f"not-{kind}", full=full), 1)
        scores = [best_score(found) for found in hits]
        alarmed = [score >= context.engine.alert for score in scores]
        figures[kind] = share(alarmed)
        figures[f"{kind}_low"], figures[f"{kind}_high"] = interval(sum(alarmed), len(asked))
        unseen = [alarm for number, alarm in enumerate(alarmed) if number % 2]
        figures[f"{kind}_of_odd_rows"] = share(unseen)
        figures |= {f"{kind}_at_{cut}": share([score >= cut for score in scores]) for cut in (0.7, 0.8, 0.9)}
        tables |= {f"{kind}, by file": _parts(files, alarmed), f"{kind}, by script": _parts(scripts, alarmed)}
    return Outcome(figures, tables, note=f"alert from {context.engine.alert}")


def _parts(keys: list[str], alarmed: list[bool]) -> list[dict[str, Any]]:
    """Share alarmed by key, the commonest first; keys of fewer than fifty are left out."""
    rows = []
    for key, count in Counter(keys).most_common():
        if count >= 50:
            rows.append(
                {"part": key, "n": count, "alarmed": share([a for a, k in zip(alarmed, keys, strict=True) if k == key])}
            )
    return rows


def ties(context: Context) -> Outcome:
    """Whether order still means something at the top: how many alerts share the maximum, how many queries have two firsts.

    Against the UN list alone, where nobody stands twice, for 680 of its persons with typing errors and for people on no list.
    """
    targets, index = lists.un_targets(), context.engine.build(lists.entities_of(*lists.UN))
    bent, clean = data.people("positives_un_treated"), data.people("positives_un_untreated")
    strangers = data.sampled("negatives_global", context.size(5000, 500), 23)
    queries = data.queries_of([bent[row] for row, _ in targets] + strangers, "ties")
    inexact = [bent[row]["full_name"] != clean[row]["full_name"] for row, _ in targets] + [True] * len(strangers)
    found = context.search(index, queries, 20)
    figures: dict[str, Any] = {}
    for name, wanted in (("all", (True, False)), ("inexact", (True,))):
        chosen = [hits for hits, kind in zip(found, inexact, strict=True) if kind in wanted]
        alerts = [score for hits in chosen for _, score in hits if score >= context.engine.alert]
        top = max(alerts, default=0.0)
        figures |= {
            f"alerts_{name}": len(alerts),
            f"at_maximum_{name}": share([score >= top - 1e-9 for score in alerts]),
        }
    alerted = [hits for hits in found if best_score(hits) >= context.engine.alert]
    figures |= {"queries_alerted": len(alerted), "first_two_tie": share([_tied(hits) for hits in alerted])}
    figures["distinct_scores"] = len(
        {round(score, 6) for hits in found for _, score in hits if score >= context.engine.alert}
    )
    return Outcome(
        figures, note="all: three in four queries are listed names letter by letter; inexact: only the others"
    )


def _tied(hits: Hits) -> bool:
    return len(hits) > 1 and abs(hits[0][1] - hits[1][1]) < 1e-9
