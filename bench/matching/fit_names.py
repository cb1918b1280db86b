"""Fit the two scores of names: `python -m bench.matching.fit_names` writes `src/shellgame/match/name_model.npz`.

One forest scores pairs that somebody put together because they look alike, the other what a search among many proposes. The same
features tell each of them something else: a search meets a thousand strangers for each name it looks for, so there a coincidence
is the likelier reason.

The search learns from names of invented people and of real companies bent by the evasion generator, from look-alikes of these, and
from strangers held against the screening list, with everything that it proposes for them. Half of the strangers share nothing but
their kind with people of the files: names of one nationality are put together anew. Its score is placed so that `ALARMED` of the
strangers that it did not learn from reach 0.70, those whose names are in another script apart from the others.

Pairs learn from the judged pairs of name_bench and, for a tenth of the weight, from the made rows. Their score is calibrated on
judged pairs held out, and then pulled up to 0.70 where an alert is worth it (`CORNERS`).

No listed party's name is ever an answer, no alias and no original script of a list is used, and of the invented people only every
second one, so that the measures judge on what was not seen. name_bench itself is judged by refitting without the fold.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from math import log
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from bench.matching import data, lists
from bench.matching.engine import Entity, NameTriple
from bench.matching.evasion import MAKERS
from bench.matching.groups import folds, name_groups
from bench.matching.korean import korean_people
from numpy.typing import NDArray

from shellgame.kernels.features import COLUMN, FEATURES
from shellgame.kernels.forest import LEVELS, PLACES, Forest
from shellgame.match import scoring
from shellgame.match.party_index import Match, Party, PartyIndex, Query
from shellgame.match.scoring import Models, features_of

SEED = 5
ACROSS = 1_000
KOREANS = 600
PLANTED = 5_000
STRANGERS = 7_000
"""Real companies asked for as strangers; of invented people all that are not planted."""
REMADE = 60_000
"""Strangers put together anew."""
INITIALED = 12_000
"""So many of them are asked for with an initial, too."""
SAMPLED = 0.06
"""Share of the made rows that pairs learn from too."""
MADE_SHARE = 0.1
"""What made rows weigh among all that pairs learn from; 0.05 to 0.4 differ little, judged pairs alone know no other script."""
MISREAD = 6_000
"""So many are asked for as organisations and as ships, as the names of people are of whom a query does not say what they are."""
SHIPS = 500
FIRMS = 1_000
_FORMS = {
    "russian": (("{} LLC", "ООО {}"), ("{}", "{}"), ("JSC {}", "АО «{}»"), ("{} Bank", "Банк {}"), ("{}", "ПАО {}")),
    "arabic": (("{} Company", "شركة {}"), ("{}", "{}"), ("{} Bank", "بنك {}"), ("{} Trading", "{}")),
    "chinese": (("{} Co., Ltd.", "{}有限公司"), ("{}", "{}"), ("{} Group", "{}集团"), ("{} Trading", "{}公司")),
}
"""How companies are named in Latin letters and in each language."""
WEIGHT_OF_STRANGERS = 1.5
WEIGHT_OF_REMADE = 0.45
WEIGHT_OF_INITIALED = 0.3
WEIGHT_OF_MISREAD = 0.3
WEIGHT_OF_NATIVE = 0.3, 1.3
"""Of names in another script, and of strangers' names there: half of the alarms were theirs with equal weights."""
WEIGHT_OF_BENT = 2.0
WEIGHT_OF_FORMS = 0.5
WEIGHT_OF_BARE_WORDS = 2.0
COMMON_WORDS = 60
TURNED = 0.15
"""Share of bent names of people whose last word is put first: registers of half the world print the family name there."""
EASY, EASY_KEPT = 0.27, 0.05
"""Of what the rule of thumb scores below this, one row in twenty is kept and weighs as much as twenty: it teaches little."""
ALERT = 0.70
ALARMED = 0.0012
"""Share of strangers that reach `ALERT` against the screening list, each judged by a forest that did not learn from them.

The forest that learned from all of them lets a third fewer pass, as far as 50,000 others tell.
"""
OFTEN = 0.01
"""Share of strangers at which the score is the same too, whatever script they ask in."""
EASED = 0.27
"""So much lower, in log odds of the trees, lies `ALERT` in the end: two very common words that are a listed name letter by letter
must alert, and would not for one stranger in a thousand."""
PARTS = 4
"""Parts of the strangers that are held out one after another."""
STEEP = 1.5
"""How much faster than the log odds of the trees the score of a search rises: a name of two words that is found letter by letter
has 0.95."""
CORNERS = ((0.25, 0.25), (0.40, ALERT), (0.80, 0.80))
"""Probability of a pair, and the score it gets; beyond the corners score and probability are one.

F1 is best where everything from half of that F1 upwards is taken (Lipton, Elkan and Naryanaswamy 2014), which is 0.45 here; a
little lower loses nothing and finds more. Few pairs lie between the outer corners, so the score stays a probability as far as 413
pairs can tell.
"""
GROWING = (
    "least_covered", "most_covered", "met_bits", "worst_likeness", "mean_likeness", "leading_met", "trailing_met", "whole_likeness",
    "telling_bits", "letters_met", "transposed",
)  # fmt: skip
FALLING = (
    "replaced_bits", "left_over_bits", "left_over_words", "replaced_words", "slips", "slips_in_short", "numbers", "forms", "order",
    "places", "initials_differ", "other_consonants", "edits", "edits_share", "exchanged_bits",
    "turned", "final_vowels", "first_letters",
)  # fmt: skip
SLOPES = {
    "least_covered": 0.1, "mean_likeness": 0.15, "met_bits": 0.001, "whole_likeness": 0.06, "slips": -0.015, "numbers": -0.4,
    "initials_differ": -0.3,
}  # fmt: skip
"""What every feature adds besides the trees, so that order means something where the trees no longer tell apart."""
SLOPES_OF_PAIRS = {"mean_likeness": 0.15, "whole_likeness": 0.06, "order": -1.0, "numbers": -1.5}
"""In a pair, words in another order may be a father and his son; in a search they are the same words of one list. Numbers are
strict, whatever name_bench says, where several funds that differ in theirs are judged one."""
SEARCH = {
    "max_iter": 250,
    "learning_rate": 0.1,
    "l2_regularization": 30.0,
    "max_depth": LEVELS,
    "max_leaf_nodes": PLACES,
}
PAIRS = {"max_iter": 120, "learning_rate": 0.06, "l2_regularization": 3.0, "max_depth": 3, "max_leaf_nodes": 8}
SEEDS_OF_PAIRS = 2
"""Forests of pairs that are averaged; a search learns from so much that one is as good."""


class Rows(NamedTuple):
    """What a forest learns from.

    Attributes:
        features: Of two names, one line each.
        same: Whether they are one.
        weights: Of each line.
        part: Which part of the strangers it comes of, or -1.
    """

    features: NDArray[np.float32]
    same: NDArray[np.bool_]
    weights: NDArray[np.float64]
    part: NDArray[np.int8]

    def only(self, chosen: NDArray[np.bool_]) -> Rows:
        """Some of the lines."""
        return Rows(*(column[chosen] for column in self))


class Asked(NamedTuple):
    """A query whose answer is known.

    Attributes:
        query: A name.
        target: Id of the party it belongs to; empty for a stranger.
        weight: Of each row that comes of it.
        paired: Whether pairs learn from it too.
        part: Which part of the strangers it is in, or -1.
    """

    query: Query
    target: str
    weight: float
    paired: bool = True
    part: int = -1


def _rule_of_thumb() -> Forest:
    """A forest without trees, to propose candidates before anything is fitted."""
    return forest_of(
        [],
        {
            "least_covered": 4,
            "most_covered": 4,
            "replaced_bits": -0.25,
            "mean_likeness": 2,
            "left_over_bits": -0.05,
        },
        [(0.0, -7.0), (1.0, -6.0)],
    )


def _people() -> list[dict[str, str]]:
    """Every second row of the files of invented people, in a random order."""
    rows = [row for file in ("negatives_global", "negatives_us") for row in data.people(file)[::2]]
    random.Random(SEED).shuffle(rows)
    return rows


def _planted() -> list[Entity]:
    """Invented people, some with longer names put together, and real companies."""
    dice = random.Random(SEED)
    rows = [row["full_name"] for row in _people()]
    planted = []
    for number in range(PLANTED):
        name = rows[number]
        if number % 3 == 0:
            name = " ".join(dict.fromkeys(name.split() + rows[-1 - number].split()[: dice.randint(1, 2)]))
        planted.append(data.entity(f"planted-{number}", "Person", name=name))
    companies = _companies()[: PLANTED // 3]
    return planted + [data.entity(f"planted-c{n}", "Company", name=name) for n, name in enumerate(companies)]


def _ships() -> list[str]:
    """Ships with the given name of somebody, who is no ship for all that."""
    firsts = sorted({row["full_name"].split()[0] for row in _people()})
    return random.Random(SEED).sample([name for name in firsts if name.isascii() and len(name) > 3], SHIPS)


def _companies() -> list[str]:
    companies = data.companies()[::2]
    random.Random(SEED).shuffle(companies)
    return companies


def _remade(count: int) -> list[str]:
    """Names nobody need have: the beginning of one person's name and the end of another's, of one nationality and sex.

    So they coincide with listed names as often as other strangers do, and there are as many as are wanted.
    """
    dice, alike = random.Random(SEED), defaultdict(list)
    people = _people()
    for row in people:
        words = row["full_name"].split()
        alike[row["nationality"], row["gender"], len(words)].append(words)
    made = []
    for row in (dice.choice(people) for _ in range(count)):
        words = row["full_name"].split()
        other = dice.choice(alike[row["nationality"], row["gender"], len(words)])
        cut = dice.randint(0, len(words) - 1)
        made.append(" ".join(words[:cut] + other[cut:]))
    return made


def _with_initials(names: Sequence[str]) -> list[Query]:
    """Names of people of which one is an initial: somebody of them is like anybody with the other name."""
    dice, made = random.Random(SEED), []
    for name in names:
        words = name.split()
        place = dice.randrange(len(words))
        if len(words) > 1 and words[place].isascii():
            made.append(" ".join([*words[:place], words[place][0], *words[place + 1 :]]))
    return [Query([name], "Person") for name in made]


def _listed() -> list[Party]:
    return [Party(str(each["id"]), each["schema"], lists.names_of(each), {}) for each in lists.listed()]


@lru_cache(maxsize=1)
def made_rows() -> tuple[Rows, Rows]:
    """Rows of everything that is made, the same for every fit: as a search has them, and some as mere pairs."""
    planted = _planted()
    index = PartyIndex.build(
        [
            *_listed(),
            *(Party(str(each["id"]), each["schema"], each["properties"]["name"], {}) for each in planted),
            *(Party(f"ship-{name}", "Vessel", [name], {}) for name in _ships()),
            *(Party(f"across-{number}", "Person", [latin], {}) for number, (latin, _) in enumerate(_across())),
            *(Party(f"firm-{number}", "Company", [latin], {}) for number, (latin, _) in enumerate(_firms()[::2])),
            *(Party(f"korean-{number}", "Person", [latin], {}) for number, (latin, _) in enumerate(_koreans()[::2])),
            *(Party(f"hangul-{number}", "Person", [hangul], {}) for number, (_, hangul) in enumerate(_koreans()[1::2])),
        ]
    )
    asked = [question for each in planted for question in _bent(each)]
    asked += [Asked(Query([text], "Person"), "", 1.0) for text in _lookalikes(planted)]
    asked += [Asked(Query([text], "Company"), "", 0.25) for text in _renumbered(planted)]
    asked += [Asked(Query([native], "Person"), one, WEIGHT_OF_NATIVE[not one]) for one, native in _native_of_planted()]
    asked += _korean()
    asked += [
        Asked(Query([native], "Company"), "" if number % 2 else f"firm-{number // 2}", WEIGHT_OF_NATIVE[number % 2])
        for number, (_, native) in enumerate(_firms())
    ]
    companies = _companies()[PLANTED : PLANTED + STRANGERS]
    asked += [
        Asked(query, "", WEIGHT_OF_STRANGERS, part=part) for part in range(PARTS) for query in _strangers()[part::PARTS]
    ]
    asked += [Asked(Query([name], "Company"), "", WEIGHT_OF_STRANGERS) for name in companies]
    remade = _remade(REMADE)
    asked += [Asked(Query([name], "Person"), "", WEIGHT_OF_REMADE, paired=False) for name in remade]
    asked += [Asked(query, "", WEIGHT_OF_INITIALED, paired=False) for query in _with_initials(remade[:INITIALED])]
    asked += [Asked(Query([name], "Organization"), "", WEIGHT_OF_MISREAD, paired=False) for name in remade[:MISREAD]]
    asked += [Asked(Query([name], "Vessel"), "", WEIGHT_OF_MISREAD, paired=False) for name in remade[-MISREAD:]]
    search, pairs = _searched(index, asked)
    bare = features_of(_bare_words(planted))
    many = len(bare)
    nothing = Rows(bare, np.zeros(many, np.bool_), np.full(many, WEIGHT_OF_BARE_WORDS), np.full(many, -1, np.int8))
    return search, Rows(*(np.concatenate(two) for two in zip(pairs, nothing, strict=True)))


def _strangers() -> list[Query]:
    """Invented people who are not planted."""
    return [Query([row["full_name"]], "Person") for row in _people()[PLANTED:]]


def _bare_words(planted: Sequence[Entity]) -> list[NameTriple]:
    """A name with a word of it that many others have alone, such as a legal form or a common given name: it names nobody."""
    names = {
        "Company": [name.split() for name in data.companies()[::2]],
        "Person": [row["full_name"].split() for row in _people()],
    }
    common = {schema: _common_words(words) for schema, words in names.items()}
    pairs = []
    for each in planted:
        name, schema = each["properties"]["name"][0], each["schema"]
        words = [word for word in name.split() if word.casefold() in common[schema]]
        pairs += [(word, name, schema) for word in words[-1:] if word != name]
    return pairs


def _common_words(names: Sequence[Sequence[str]]) -> set[str]:
    holders = Counter(word for words in names for word in {word.casefold() for word in words})
    return {word for word, _ in holders.most_common(COMMON_WORDS)}


def _bent(planted: Entity) -> list[Asked]:
    """The name of a planted party, bent in about half of the ways there are."""
    name, schema, identity = planted["properties"]["name"][0], planted["schema"], str(planted["id"])
    asked = [Asked(Query([name], schema), identity, 0.5 * WEIGHT_OF_BENT)]
    makers = MAKERS | {
        "two_slips": _two_slips,
        "shortened": _few_of_many,
        "apart": _written_apart,
        "reversed": _reversed,
    }
    for kind, maker in makers.items():
        dice = random.Random(f"{SEED}/{kind}/{identity}")
        if dice.random() < 0.45 and (text := maker(name, planted, dice)) and text != name and len(text) > 3:
            if schema == "Person" and dice.random() < TURNED:
                text = " ".join([*text.split()[-1:], *text.split()[:-1]])
            weight = WEIGHT_OF_FORMS if kind == "other_form" else WEIGHT_OF_BENT
            asked.append(Asked(Query([text], schema), identity, weight, paired=kind != "reversed"))
    return asked


def _renumbered(planted: Sequence[Entity]) -> list[str]:
    """Names of companies with another number in them, or one more: sister companies."""
    dice = random.Random(SEED)
    made = []
    for each in planted:
        name = each["properties"]["name"][0]
        if each["schema"] == "Company":
            number = str(dice.randint(1, 30))
            other = re.sub(r"\d+", number, name)
            made.append(
                other
                if other != name
                else f"{name} {number}"
                if dice.random() < 0.5
                else name.replace(" ", f" {number} ", 1)
            )
    return [name for name in made if name not in {each["properties"]["name"][0] for each in planted}]


def _two_slips(name: str, each: Entity, dice: random.Random) -> str | None:
    once = MAKERS["typo"](name, each, dice)
    return MAKERS[dice.choice(["typo", "phonetic", "spacing", "name_order"])](once, each, dice) if once else None


def _few_of_many(name: str, each: Entity, dice: random.Random) -> str | None:
    words = name.split()
    if len(words) < 4:
        return None
    return " ".join(words[place] for place in sorted(dice.sample(range(len(words)), dice.randint(2, len(words) - 1))))


def _written_apart(name: str, each: Entity, dice: random.Random) -> str | None:
    for _ in range(2):
        place = dice.randint(2, max(2, len(name) - 2))
        name = name[:place] + " " + name[place:] if name[place - 1 : place + 1].isalpha() else name
    return name


def _reversed(name: str, each: Entity, dice: random.Random) -> str | None:
    """All words of a person's name the other way round; of two words that is just another order."""
    words = name.split()
    return " ".join(words[::-1]) if each["schema"] == "Person" and len(words) > 2 else None


@lru_cache(maxsize=1)
def _across() -> list[tuple[str, str]]:
    """Invented people with names of two words in Latin and in their own script: words of the four fifths to learn from."""
    dice = random.Random(SEED)
    made = []
    for language in ("russian", "arabic", "chinese"):
        text = (data.DATA / f"names/transliteration/wd_{language}_80.tsv").read_text(encoding="utf-8")
        rows = [line.split("\t") for line in text.splitlines() if line]
        usual = [(latin, native.replace(" ", "")) for latin, native, count in rows if int(count) > 1 and len(latin) > 3]
        for _ in range(ACROSS):
            one, other = dice.sample(usual, 2)
            joint = "·" if language == "chinese" else " "
            made.append((f"{one[0]} {other[0]}", f"{one[1]}{joint}{other[1]}"))
    return made


@lru_cache(maxsize=1)
def _firms() -> list[tuple[str, str]]:
    """Invented companies of one telling word, in Latin and in their own script, each word in one of them."""
    dice, made = random.Random(SEED), []
    for language, forms in _FORMS.items():
        text = (data.DATA / f"names/transliteration/wd_{language}_80.tsv").read_text(encoding="utf-8")
        rows = [line.split("\t") for line in text.splitlines() if line]
        usual = {
            native: latin for latin, native, count in rows if int(count) > 1 and len(latin) > 4 and len(native) > 2
        }
        for native in dice.sample(sorted(usual), FIRMS):
            shapes = zip(dice.choice(forms), (usual[native], native.replace(" ", "")), strict=True)
            latin, original = (shape.format(word) for shape, word in shapes)
            made.append((latin, original))
    return made


def _native_of_planted() -> list[tuple[str, str]]:
    """The native names with the ids of the planted ones, and as many of nobody."""
    dice = random.Random(SEED)
    known = [(f"across-{number}", native) for number, (_, native) in enumerate(_across())]
    natives = [native for _, native in _across()]
    strangers = []
    for native in natives:
        joint = "·" if "·" in native else " "
        other = dice.choice([each for each in dice.sample(natives, 20) if joint in each] or [native])
        strangers.append(("", f"{native.split(joint)[0]}{joint}{other.split(joint)[1]}"))
    return known + [each for each in strangers if each[1] not in natives]


@lru_cache(maxsize=1)
def _koreans() -> list[tuple[str, str]]:
    return korean_people(3 * KOREANS, random.Random(SEED))[: 2 * KOREANS]


def _korean() -> list[Asked]:
    """Korean people asked for in Hangul where Latin letters are listed, the other way round, and as many of nobody."""
    strangers = korean_people(3 * KOREANS, random.Random(SEED))[2 * KOREANS :]
    asked = [(hangul, f"korean-{number}") for number, (_, hangul) in enumerate(_koreans()[::2])]
    asked += [(latin, f"hangul-{number}") for number, (latin, _) in enumerate(_koreans()[1::2])]
    asked += [(name, "") for both in strangers for name in both]
    return [Asked(Query([name], "Person"), target, WEIGHT_OF_NATIVE[not target]) for name, target in asked]


def _lookalikes(planted: Sequence[Entity]) -> list[str]:
    from bench.matching.lookalikes import Listed, lookalikes

    people = [each for each in planted if each["schema"] == "Person" and len(each["properties"]["name"][0].split()) > 1]
    return [each.text for each in lookalikes(people, Listed([*lists.listed(), *planted]), SEED)]


def _searched(index: PartyIndex, asked: Sequence[Asked]) -> tuple[Rows, Rows]:
    """Everything that the index proposes for queries, and the right name, as rows; some of it as mere pairs too."""
    dice = random.Random(SEED)
    questions: list[Asked] = []
    matches: list[Match] = []
    weights = []
    found = index.search([each.query for each in asked], limit=3, threshold=0.0, forest=_rule_of_thumb())
    for question, hits in zip(asked, found, strict=True):
        for match in hits:
            telling = bool(question.target) or match.score >= EASY
            if telling or dice.random() < EASY_KEPT:
                questions.append(question)
                matches.append(match)
                weights.append(question.weight / (1.0 if telling else EASY_KEPT))
    same = np.array([index.id_of(m.party) == q.target for q, m in zip(questions, matches, strict=True)])
    features = index.features_of([question.query for question in questions], matches)
    taken = [number for number, each in enumerate(questions) if dice.random() < SAMPLED and each.paired]
    pairs = [
        (questions[n].query.names[0], index.name_of(matches[n].name), index.schema_of(matches[n].party)) for n in taken
    ]
    rows = Rows(features, same, np.array(weights), np.array([question.part for question in questions], np.int8))
    return rows, Rows(features_of(pairs), *(column[taken] for column in rows[1:]))


def fit(judged: Sequence[tuple[NameTriple, bool]]) -> Models:
    """Fit both forests: that of pairs to judged pairs and to some of what is made, that of the search to what is made alone."""
    return Models(fit_pairs(judged), fit_search())


@lru_cache(maxsize=1)
def fit_search() -> Forest:
    """The forest of the search, its score placed on strangers, each part judged by a forest that learned from the others."""
    rows, _ = made_rows()
    index = PartyIndex.build(_listed())
    told, latin = [], []
    for part in range(PARTS):
        forest, asked = _search_forest(rows.only(rows.part != part)), _strangers()[part::PARTS]
        found = index.search(asked, limit=1, threshold=0.0, forest=forest)
        told += [_logit(min(hits[0].score, 1 - 1e-6)) if hits else -np.inf for hits in found]
        latin += [lists.scripts_of(query.names[0]) == ("LATIN",) for query in asked]
    cuts = np.array([_cuts([each for each, of in zip(told, latin, strict=True) if of == one]) for one in (True, False)])
    often = _logit(ALERT) - STEEP * (cuts[0, 1] - cuts[0, 0])
    return _search_forest(rows)._replace(
        told=np.hstack([cuts, cuts[:, 1:] + 1]).astype(np.float32),
        meant=np.array([[often, _logit(ALERT), _logit(ALERT) + STEEP]] * len(cuts), np.float32),
    )


def _cuts(told: Sequence[float]) -> tuple[float, float]:
    """Log odds of the trees that `OFTEN` and `ALARMED` of some strangers reach, the latter eased."""
    ranked = sorted(told)
    return ranked[-int(OFTEN * len(ranked))], ranked[-int(ALARMED * len(ranked))] - EASED


def _search_forest(rows: Rows) -> Forest:
    """One part for names in one script, where a slip of the pen is asked for, and one for those across scripts."""
    across = rows.features[:, COLUMN["across_scripts"]] > 0
    straight = [(0.0, 0.0), (1.0, 1.0)]
    return with_parts(
        [forest_of([_booster(rows.only(part), SEED, SEARCH)], SLOPES, straight) for part in (~across, across)],
        "across_scripts",
    )


def fit_pairs(judged: Sequence[tuple[NameTriple, bool]]) -> Forest:
    """The forest of pairs, its score calibrated on judged pairs held out."""
    names, same = [pair for pair, _ in judged], np.array([answer for _, answer in judged])
    features = features_of(names)

    def fitted(chosen: NDArray[np.int64]) -> list[Any]:
        rows = _with_made(features[chosen], same[chosen])
        return [_booster(rows, seed, PAIRS) for seed in range(SEEDS_OF_PAIRS)]

    told = np.zeros(len(names))
    for fit_on, held_out in folds(name_groups(names)):
        told[held_out] = _told(fitted(fit_on), SLOPES_OF_PAIRS, features[held_out])
    return forest_of(fitted(np.arange(len(names))), SLOPES_OF_PAIRS, _pulled(*_line(told, same)))


def _with_made(features: NDArray[np.float32], same: NDArray[np.bool_]) -> Rows:
    """Judged pairs, each of weight one before the made rows take their share."""
    _, made = made_rows()
    share = made.weights / made.weights.sum() * MADE_SHARE * len(same)
    return Rows(
        np.vstack([features, made.features]),
        np.concatenate([same, made.same]),
        np.concatenate([np.full(len(same), 1 - MADE_SHARE), share]),
        np.full(len(same) + len(made.same), -1, np.int8),
    )


def _line(told: NDArray[np.float64], same: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and start of the straight line that makes log odds of held-out pairs true (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    line = LogisticRegression(C=1e3).fit(told[:, None], same)
    return float(line.coef_[0, 0]), float(line.intercept_[0])


def _pulled(slope: float, start: float) -> list[tuple[float, float]]:
    """The curve that goes through `CORNERS` and along the line beyond them."""
    corners = [((_logit(likely) - start) / slope, _logit(score)) for likely, score in CORNERS]
    (low, meant_low), (high, meant_high) = corners[0], corners[-1]
    return [(low - 1, meant_low - slope), *corners, (high + 1, meant_high + slope)]


def _logit(share: float) -> float:
    return log(share / (1 - share))


def _booster(rows: Rows, seed: int, settings: dict[str, Any]) -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier

    booster = HistGradientBoostingClassifier(
        monotonic_cst=[1 if name in GROWING else -1 if name in FALLING else 0 for name in FEATURES],
        min_samples_leaf=12, max_features=0.5, early_stopping=False, random_state=seed, **settings,
    )  # fmt: skip
    return booster.fit(rows.features, rows.same, sample_weight=rows.weights)


def _told(boosters: Sequence[Any], slopes: dict[str, float], features: NDArray[np.float32]) -> NDArray[np.float64]:
    """Log odds of rows, before any curve."""
    trees = np.mean([booster.decision_function(features) for booster in boosters], axis=0)
    return np.asarray(trees + features @ _row_of(slopes), np.float64)


def _row_of(slopes: dict[str, float]) -> NDArray[np.float32]:
    row = np.zeros(len(FEATURES), np.float32)
    for name, slope in slopes.items():
        row[COLUMN[name]] = slope
    return row


def forest_of(boosters: Sequence[Any], slopes: dict[str, float], curve: Sequence[tuple[float, float]]) -> Forest:
    """Lay the mean of fitted boosters out as arrays.

    Args:
        boosters: With trees of at most three levels.
        slopes: By name of the feature.
        curve: Corners: log odds of the trees and the log odds that are meant.
    """
    trees = [tree.nodes for booster in boosters for (tree,) in booster._predictors]
    column = np.zeros((len(trees), PLACES), np.uint8)
    threshold = np.full((len(trees), PLACES), np.inf, np.float32)
    value = np.zeros((len(trees), PLACES), np.float32)
    for number, nodes in enumerate(trees):
        waiting = [(1, 0)]
        while waiting:
            place, at = waiting.pop()
            node = nodes[at]
            if place >= PLACES:
                value[number, place - PLACES] = node["value"] / len(boosters)
            elif node["is_leaf"]:  # nothing is above infinity, and both ways lead to the same leaf
                waiting += [(2 * place, at), (2 * place + 1, at)]
            else:
                column[number, place], threshold[number, place] = node["feature_idx"], node["num_threshold"]
                waiting += [(2 * place, int(node["left"])), (2 * place + 1, int(node["right"]))]
    start = sum(float(np.ravel(booster._baseline_prediction)[0]) for booster in boosters) / max(1, len(boosters))
    told, meant = np.array(curve, np.float32).T
    return Forest(
        np.array([0, len(trees)], np.int32),
        np.zeros(1, np.int32),
        column.ravel(),
        threshold.ravel(),
        value.ravel(),
        _row_of(slopes),
        np.array([start], np.float32),
        told[None].copy(),
        meant[None].copy(),
    )


def with_parts(forests: Sequence[Forest], chooser: str) -> Forest:
    """Several forests with the same slopes and as many corners as one, of which a feature chooses."""
    first = np.cumsum([0, *(int(forest.first[-1]) for forest in forests)], dtype=np.int32)
    joined = {
        field: np.concatenate([getattr(forest, field) for forest in forests])
        for field in ("column", "threshold", "value", "start", "told", "meant")
    }
    return Forest(first=first, chooser=np.array([COLUMN[chooser]], np.int32), slopes=forests[0].slopes, **joined)


def main() -> None:
    """Fit to everything and write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=Path(scoring.__file__).with_name("name_model.npz"))
    output = parser.parse_args().output
    models = fit([(pair.names, pair.same) for pair in data.name_bench()])
    scoring.save(models, output)
    for part, forest in models._asdict().items():
        trees = np.diff(forest.first).tolist()
        print(f"{part}: {trees} trees, curves {forest.told.round(2).tolist()} -> {forest.meant.round(2).tolist()}")
    print(f"{output.stat().st_size / 1024:.0f} KiB in {output.name}")


if __name__ == "__main__":
    main()
