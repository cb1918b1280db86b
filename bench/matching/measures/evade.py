"""Deliberate evasion: how much of each way of bending a name is still found, and how many look-alikes are alarmed."""

from __future__ import annotations

import random
from typing import Any

from bench.matching import data, lists
from bench.matching.context import Context, Outcome, best_score, score_of, share
from bench.matching.engine import Entity
from bench.matching.evasion import variants
from bench.matching.lookalikes import Listed, lookalikes
from bench.matching.stats import threshold_at

SEED = 11


def bases(count: int) -> list[Entity]:
    """A fixed sample of listed persons whose primary name has two words and more."""
    people = [
        each for each in lists.listed() if each["schema"] == "Person" and len(each["properties"]["name"][0].split()) > 1
    ]
    return random.Random(SEED).sample(people, count)


def evasion(context: Context) -> Outcome:
    """Recall by way of bending, and alarms by kind of look-alike, at the engine's alert threshold, against the whole list."""
    people = bases(context.size(500, 60))
    index = context.listed
    bent = variants(people, SEED)
    others = lookalikes(people, Listed(lists.listed()), SEED)
    made = [*bent, *others]
    queries = [data.entity(f"bent-{number}", "Person", name=each.text) for number, each in enumerate(made)]
    hits = context.search(index, queries, 50)
    rows, figures = [], {}
    for kind in dict.fromkeys(each.kind for each in made):
        inside = [(each, found) for each, found in zip(made, hits, strict=True) if each.kind == kind]
        same = inside[0][0].same
        row = _row([score_of(found, each.entity_id) if same else best_score(found) for each, found in inside], context)
        first = share([bool(found) and found[0][0] == each.entity_id for each, found in inside]) if same else None
        source = None if same else share([score_of(f, each.entity_id) >= context.engine.alert for each, f in inside])
        rows.append({"kind": kind, "same": same, **row, "first": first, "own_source": source})
    for same, name in ((True, "found"), (False, "alarmed")):
        chosen = [row for row in rows if row["same"] is same]
        figures[name] = sum(row["at_alert"] * row["n"] for row in chosen) / sum(row["n"] for row in chosen)
    figures |= {row["kind"]: row["at_alert"] for row in rows}
    cut = threshold_at([best_score(found) for each, found in zip(made, hits, strict=True) if not each.same], 0.10)
    figures["found_at_10%_alarmed"] = share(
        [score_of(found, each.entity_id) >= cut for each, found in zip(made, hits, strict=True) if each.same]
    )
    told = [
        f"{each.kind} {score_of(found, each.entity_id):.3f}: {each.text!r}, best {found[:1]}"
        for each, found in zip(made, hits, strict=True)
        if (score_of(found, each.entity_id) >= context.engine.alert) != each.same
    ]
    return Outcome(
        figures, {"by kind": rows}, wrong=told, note=f"{len(people)} persons, alert from {context.engine.alert}"
    )


def _row(scores: list[float], context: Context) -> dict[str, Any]:
    cuts = {f"at_{cut}": share([score >= cut for score in scores]) for cut in (0.6, 0.7, 0.8, 0.9)}
    return {"n": len(scores), "at_alert": share([score >= context.engine.alert for score in scores]), **cuts}


def external(context: Context) -> Outcome:
    """The generator `sanctions-screening-benchmark` (PyPI, MIT) over the first persons of OFAC's list, as others would measure us.

    As its own scorer does: a hit is the right entity first and alerted, a false alarm any alert for a made negative.
    """
    from ssb import negatives, perturb

    people = sorted(
        (each for each in lists.entities_of(*lists.OFAC) if each["schema"] == "Person"), key=lambda each: each["id"]
    )
    people = [each for each in people if len(each["properties"]["name"][0].split()) > 1][: context.size(250, 60)]
    index = context.engine.build(people)
    made = [
        (variant.perturbation, variant.text, str(each["id"]))
        for each in people
        for variant in perturb.apply_all(each["properties"]["name"][0], each["id"], seed=0, max_per_class=2)
    ]
    listed = {name.casefold() for each in people for name in lists.names_of(each)}
    wrong = negatives.generate(
        [each["properties"]["name"][0] for each in people], seed=0, per_class=1, listed_index=listed
    )
    made += [(each.negative_class, each.text, "") for each in wrong]
    queries = [data.entity(f"ssb-{number}", "Person", name=text) for number, (_, text, _) in enumerate(made)]
    hits = context.search(index, queries, 5)
    rows = []
    for kind in sorted({each[0] for each in made}):
        inside = [(each[2], found) for each, found in zip(made, hits, strict=True) if each[0] == kind]
        alerted = [bool(found) and found[0][1] >= context.engine.alert for _, found in inside]
        right = [flag and found[0][0] == source for flag, (source, found) in zip(alerted, inside, strict=True)]
        same = bool(inside[0][0])
        rows.append({"kind": kind, "same": same, "n": len(inside), "at_alert": share(right if same else alerted)})
    figures = {
        name: sum(row["at_alert"] * row["n"] for row in rows if row["same"] is same)
        / sum(row["n"] for row in rows if row["same"] is same)
        for same, name in ((True, "found"), (False, "alarmed"))
    }
    note = "names as our reader orders them (given name first); its negatives are harsher than any traffic"
    return Outcome(figures, {"by kind": rows}, note=note)
