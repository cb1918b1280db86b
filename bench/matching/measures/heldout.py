"""Names that the index does not have: an alias held out, an original script held out, and spelling across scripts.

As in MATCHING.md: seeds are fixed, and each engine's threshold is the one at which 1 % (5 %) of 1,500 people who are on no list
raise an alert, so that engines are compared at equal cost.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from bench.matching import data, lists
from bench.matching.context import Context, Outcome, best_score, rank_of, score_of, share
from bench.matching.engine import Entity, Hits, Index
from bench.matching.stats import threshold_at

SEED, NEGATIVES_SEED = 42, 99
LANGUAGES = ("russian", "arabic", "chinese")


def alias(context: Context) -> Outcome:
    """1,000 persons, each without one of its Latin aliases of several words, searched by that alias; nobody else has it."""
    queries, held = [], {}
    able = [(each, names) for each in lists.listed() if (names := _aliases(each))]
    for person, names in _sample(able, context.size(1000)):
        name = random.Random(f"{SEED}/{person['id']}").choice(names)
        held[person["id"]] = lists.with_names(
            person, [n for n in lists.names_of(person) if not data.same_name(n, name)]
        )
        queries.append((data.entity(f"alias-{person['id']}", "Person", name=name), person["id"]))
    index = context.engine.build([held.get(each["id"], each) for each in lists.listed()])
    return _judged(context, index, queries)


def _aliases(person: Entity) -> list[str]:
    """Latin aliases of two words and more that only this person has; the primary name in other order or case is none."""
    if person["schema"] != "Person":
        return []
    primary, holders = person["properties"]["name"][0], _holders()
    told = [name for name in person["properties"].get("alias", []) if len(name.split()) > 1 and lists.is_latin(name)]
    return [name for name in told if holders[data.name_key(name)] == 1 and not data.same_name(name, primary)]


@lru_cache(maxsize=1)
def _holders() -> Counter[str]:
    """How many listed entities have a name, whatever its order of words."""
    return Counter(key for each in lists.listed() for key in {data.name_key(name) for name in lists.names_of(each)})


def script(context: Context) -> Outcome:
    """UN persons searched by their name in the original script, in a list without any name in another script than Latin."""
    queries = []
    for person in lists.entities_of(*lists.UN):
        native = [name for name in lists.names_of(person) if _is_native(name)]
        if person["schema"] == "Person" and native:
            queries.append((data.entity(f"script-{person['id']}", "Person", name=native[0]), person["id"]))
    index = context.engine.build([_latin_only(each) for each in lists.listed()])
    return _judged(context, index, _sample(queries, context.size(len(queries))))


def _is_native(name: str) -> bool:
    return len(name.split()) > 1 and bool(lists.scripts_of(name)) and "LATIN" not in lists.scripts_of(name)


def _latin_only(each: Entity) -> Entity:
    latin = {prop: [value for value in values if lists.is_latin(value)] for prop, values in each["properties"].items()}
    return {**each, "properties": {prop: values for prop, values in latin.items() if values}}


def _judged(context: Context, index: Index, queries: Sequence[tuple[Entity, str]]) -> Outcome:
    found = context.search(index, [query for query, _ in queries], 50)
    people = data.sampled("negatives_global", context.size(750), NEGATIVES_SEED)
    people += data.sampled("negatives_us", context.size(750), NEGATIVES_SEED)
    negatives = [best_score(hits) for hits in context.search(index, data.queries_of(people, "held-out-not"), 1)]
    places = [rank_of(hits, identity) for hits, (_, identity) in zip(found, queries, strict=True)]
    scores = [score_of(hits, identity) for hits, (_, identity) in zip(found, queries, strict=True)]
    figures: dict[str, Any] = {
        "n": len(queries),
        "first": share([place == 1 for place in places]),
        "in_ten": share([place is not None and place <= 10 for place in places]),
        "in_fifty": share([place is not None for place in places]),
        "first_or_twin": share(
            [_first_or_twin(hits, identity) for hits, (_, identity) in zip(found, queries, strict=True)]
        ),
    }
    for part in (0.01, 0.05):
        cut = threshold_at(negatives, part)
        figures |= {f"found_at_{part:.0%}": share([score >= cut for score in scores]), f"threshold_{part:.0%}": cut}
    figures["twin_at_1%"] = _with_twin(found, queries, threshold_at(negatives, 0.01))
    cut = context.engine.alert
    figures |= {
        "found_at_alert": share([s >= cut for s in scores]),
        "alarms_at_alert": share([s >= cut for s in negatives]),
    }
    by_script = _by_script(queries, places, scores, threshold_at(negatives, 0.01))
    told = [
        f"missed {score:.3f}, place {place}: {query['properties']['name'][0]!r} of {identity}"
        for (query, identity), place, score in zip(queries, places, scores, strict=True)
        if score < threshold_at(negatives, 0.01)
    ]
    errors = [
        identity for (_, identity), score in zip(queries, scores, strict=True) if score < threshold_at(negatives, 0.01)
    ]
    return Outcome(figures, {"by script": by_script}, wrong=told, errors=errors)


def _first_or_twin(hits: Hits, identity: str) -> bool:
    return bool(hits) and hits[0][0] in {identity, *lists.twins().get(identity, ())}


def _with_twin(found: list[Hits], queries: Sequence[tuple[Entity, str]], cut: float) -> float | None:
    """Found, where the same person's record on the other list counts too."""
    return share(
        [
            max(score_of(hits, each) for each in (identity, *lists.twins().get(identity, ()))) >= cut
            for hits, (_, identity) in zip(found, queries, strict=True)
        ]
    )


def _by_script(
    queries: Sequence[tuple[Entity, str]], places: list[int | None], scores: list[float], cut: float
) -> list[dict[str, Any]]:
    kinds = ["+".join(lists.scripts_of(query["properties"]["name"][0])) for query, _ in queries]
    rows = []
    for kind in sorted(set(kinds)):
        inside = [number for number, each in enumerate(kinds) if each == kind]
        first, found = share([places[n] == 1 for n in inside]), share([scores[n] >= cut for n in inside])
        rows.append({"part": kind, "n": len(inside), "first": first, "found_at_1%": found})
    return rows


def transliteration(context: Context) -> Outcome:
    """A Latin name finds its native spelling among 10,000 others: share in the first ten, by language."""
    figures: dict[str, Any] = {}
    rows = []
    for language in LANGUAGES:
        pairs = _sample(data.transliterations(language), context.size(10_000, 2_000))
        native = sorted({pair[1] for pair in pairs})
        place = {name: f"{language}-{number}" for number, name in enumerate(native)}
        index = context.engine.build([data.entity(place[name], "Person", name=name) for name in native])
        asked = _sample(pairs, context.if_slow(2_000, 500))
        queries = [data.entity(f"q-{language}-{n}", "Person", name=latin) for n, (latin, _) in enumerate(asked)]
        ranks = [
            rank_of(hits, place[name]) for hits, (_, name) in zip(_ten(context, index, queries), asked, strict=True)
        ]
        row = {"part": language, "n": len(asked), "names": len(native), "first": share([rank == 1 for rank in ranks])}
        rows.append({**row, "in_ten": share([rank is not None for rank in ranks])})
        figures |= {f"{language}_in_ten": rows[-1]["in_ten"], f"{language}_first": rows[-1]["first"]}
    return Outcome(
        figures, {"by language": rows}, note="single words from the held-back fifth; some answers are plain wrong"
    )


def _ten(context: Context, index: Index, queries: list[Entity]) -> list[Hits]:
    return context.search(index, queries, 10)


def _sample(items: Sequence[Any], count: int) -> list[Any]:
    return random.Random(SEED).sample(list(items), min(count, len(items)))
