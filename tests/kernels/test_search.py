"""The compiled search against brute force: every name is held against every query."""

from __future__ import annotations

import random
from itertools import product
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.kernels.invented import invented_name, invented_vocabulary
from tests.kernels.listed import Listed, alike_of, listed, listed_names, lists_of, of_token, vocabulary_of
from tests.kernels.plain_forest import plain_probability
from tests.kernels.plain_search import plain_covered, plain_doubted, plain_promise, plain_rank, plain_weights
from tests.kernels.plain_tokens import Word, words_of

from shellgame.kernels.alignment import scratch
from shellgame.kernels.features import FEATURES, features
from shellgame.kernels.forest import Forest
from shellgame.kernels.gathering import COVERED
from shellgame.kernels.listed import NAME, Names, Queries
from shellgame.kernels.memory import LAST_TURN, MOST_ALIGNED, Memory, memory_for
from shellgame.kernels.search import Found, listed_features, search_names
from shellgame.kernels.tokens import Tokens
from shellgame.kernels.vocabulary import Alike
from shellgame.match.lexicon import arrays_of
from shellgame.names.costs import tables
from shellgame.names.token import Kind, Origin, Token

WORK = scratch()
WELCOME = np.array([[True, True], [False, True]])
"""Names of any schema, or only of schema 1."""
STEP = 1 / 128
"""Of names that promise nearly as much, too many may be left out unweighed."""


class Asked(NamedTuple):
    """Queries as rows of tokens, and what these are like."""

    batch: Tokens
    rows: list[list[int]]
    alike: Alike


def asked(chance: random.Random, known: Listed, many: int) -> Asked:
    """Queries with words of the list, with slips and with others."""
    batch, own = invented_vocabulary(chance, 60, known.tokens)
    rows = []
    for _ in range(many):
        row = invented_name(chance, len(known.tokens) + len(own), like=chance.choice(known.rows))
        rows.append(
            [
                number if chance.random() < 0.8 else len(known.tokens) + chance.randrange(len(batch.rows))
                for number in row
            ]
        )
    return asked_for(arrays_of([*known.tokens, *own]), rows, known)


def asked_for(batch: Tokens, rows: list[list[int]], known: Listed) -> Asked:
    ends = {row[-1] for row in rows}
    alike = alike_of(batch, [number in ends for number in range(len(batch.rows))], known.vocabulary)
    batch.rows["bits"] = alike.bits
    return Asked(batch, rows, alike)


def small_forest() -> Forest:
    """A model that needs no fitting: it adds up what is covered."""
    slopes = np.array(
        [{"least_covered": 3, "most_covered": 2, "order": -0.3}.get(name, 0) for name in FEATURES], np.float32
    )
    nothing, straight = np.zeros(0, np.float32), np.array([0, 1], np.float32)
    return Forest(
        np.zeros(2, np.int32),
        np.zeros(1, np.int32),
        nothing.astype(np.uint8),
        nothing,
        nothing,
        slopes,
        np.array([-2.5], np.float32),
        straight[None],
        straight[None],
    )


def memory_of(known: Listed) -> Memory:
    return memory_for(len(known.vocabulary.tokens.rows), len(known.names.rows))


def queries_of(asked: Asked, welcome: int = 0) -> Queries:
    """As the kernels take them; `welcome` is a line of `WELCOME`."""
    rows = len(asked.rows)
    return Queries(
        lists_of(asked.rows), np.zeros(rows, np.bool_), WELCOME,
        np.full(rows, welcome, np.int32), asked.batch, asked.alike,
    )  # fmt: skip


def searched(
    known: Listed,
    asked: Asked,
    *,
    threshold: float = 0.0,
    most: int = 1000,
    allowed: NDArray[np.bool_] | None = None,
    welcome: int = 0,
    aligned: int = MOST_ALIGNED,
    memory: Memory | None = None,
) -> Found:
    """Search for all queries, in memory of its own unless there is some."""
    return search_names(
        queries_of(asked, welcome), known.vocabulary, known.names,
        np.empty(0, np.bool_) if allowed is None else allowed, small_forest(), tables(), memory or memory_of(known),
        threshold, most, aligned,
    )  # fmt: skip


def of_row(found: Found, row: int) -> list[tuple[int, float]]:
    span = slice(found.starts[row], found.starts[row + 1])
    return list(zip(found.names[span].tolist(), found.scores[span].tolist(), strict=True))


def of_all(found: Found) -> list[list[tuple[int, float]]]:
    return [of_row(found, row) for row in range(len(found.starts) - 1)]


def score_of(known: Listed, asked: Asked, row: int, name: int) -> float:
    """Features and forest of one pair, without any search; less than an alert where people agree as strangers do."""
    out = np.zeros(len(FEATURES), np.float32)
    a, b = np.array(asked.rows[row], np.int32), np.array(known.rows[name], np.int32)
    features(a, asked.batch, b, known.vocabulary.tokens, tables(), False, WORK, out)
    score = plain_doubted(
        plain_probability(small_forest(), out.tolist()), dict(zip(FEATURES, out.tolist(), strict=True))
    )
    return word_for_word(score, words_of(asked.batch, a), words_of(known.vocabulary.tokens, b))


def word_for_word(score: float, here: list[Word], there: list[Word]) -> float:
    """What an alert by the very words of a query is raised to."""
    same = [(word.text, word.printed, word.origin) for word in here] == [
        (word.text, word.printed, word.origin) for word in there
    ]
    return 1.0 - 0.01 * (1.0 - score) if same and score >= 0.7 else score


def likeness_of(asked: Asked, row: int) -> list[dict[int, float]]:
    """What each word of a query is like, and how much at best."""
    found: list[dict[int, float]] = []
    for number in asked.rows[row]:
        best: dict[int, float] = {}
        for token, alike, _ in of_token(asked.alike, number):
            best[token] = max(alike, best.get(token, 0.0))
        found.append(best)
    return found


def shares(known: Listed, asked: Asked, row: int) -> list[float]:
    """How much of a query each name holds."""
    alike = likeness_of(asked, row)
    weights = plain_weights(words_of(asked.batch, asked.rows[row]), alike)
    return [plain_covered(weights, alike, name) for name in known.rows]


def promises(known: Listed, asked: Asked, row: int) -> list[float]:
    """By what names are chosen that are weighed."""
    alike, words = likeness_of(asked, row), words_of(asked.batch, asked.rows[row])
    weights, tokens = plain_weights(words, alike), known.vocabulary.tokens
    return [plain_promise(weights, alike, name, words_of(tokens, name)) for name in known.rows]


def has_open_word(asked: Asked, row: int) -> bool:
    """Whether a query has an initial, or a last word that is like none: only by weighing it names are told apart."""
    words, alike = words_of(asked.batch, asked.rows[row]), likeness_of(asked, row)
    return not alike[-1] or any(word.kind == Kind.INITIAL for word in words)


def ranks(known: Listed, asked: Asked, row: int) -> list[float]:
    """By what names are chosen."""
    alike, words = likeness_of(asked, row), words_of(asked.batch, asked.rows[row])
    return [plain_rank(words, alike, name, words_of(known.vocabulary.tokens, name)) for name in known.rows]


@pytest.mark.parametrize("seed", range(10))
def test_finds_every_name_that_holds_enough_of_a_query_and_no_other(seed: int) -> None:
    chance = random.Random(seed)
    known = listed(chance, 50, MOST_ALIGNED)
    queries = asked(chance, known, 20)
    for row, answers in enumerate(of_all(searched(known, queries))):
        for name, score in answers:
            assert score == pytest.approx(score_of(known, queries, row, name), abs=1e-5)
        assert [score for _, score in answers] == sorted((score for _, score in answers), reverse=True)
        for name, share in enumerate(shares(known, queries, row)):
            if abs(share - COVERED) > 1e-4:
                assert (name in dict(answers)) == (share > COVERED), (row, name, share)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("aligned", [6, MOST_ALIGNED])
def test_of_a_longer_list_takes_those_that_hold_most(seed: int, aligned: int) -> None:
    """Whoever is left out ranks behind as many as could be found, or promised less than twice as many others that hold enough."""
    chance = random.Random(100 + seed)
    known = listed(chance, 30, 400)
    queries = asked(chance, known, 20)
    left_out = 0
    for row, found in enumerate(of_all(searched(known, queries, aligned=aligned))):
        share, promise, rank = (told(known, queries, row) for told in (shares, promises, ranks))
        near = 1e-4 if has_open_word(queries, row) else STEP
        enough = [name for name in range(400) if share[name] > COVERED + 1e-4]
        answers = dict(found)
        assert len(answers) == min(len(enough), aligned) and {*answers} <= {*enough}
        for name, score in found:
            assert score == pytest.approx(score_of(known, queries, row, name), abs=1e-5)
        least = min((rank[name] for name in answers), default=0) if len(answers) == aligned else -1
        for name in set(enough) - set(answers):
            left_out += 1
            others = sum(promise[other] > promise[name] - near for other in enough if other != name)
            assert rank[name] <= least + 1e-4 or others >= 2 * aligned, (row, name, promise[name], rank[name], least)
    assert left_out


def crowd() -> tuple[Listed, Tokens]:
    """Of 4,506 names 2,005 hold the first word, 2,505 the second; the last five hold both, and one stands for itself."""
    syllables = product("bdfgklmnpr", ("abar", "odun", "efil", "ugom", "ikes", "alan", "imur", "onif", "epol", "uret"))
    fillers = [a + b + c for a, b in syllables for c in ("sk", "ld", "mp", "rn", "st")]
    tokens = [Token(text, Kind.WORD, Origin.LATIN, 0) for text in ("talvekom", "halvren", *fillers)]
    rows = [[0, 2 + number % len(fillers)] for number in range(2000)]
    rows += [[1, 2 + number % len(fillers)] for number in range(2500)]
    rows += [[0, 1]] * 5 + [[0]]
    arrays = arrays_of(tokens)
    names = listed_names(rows, arrays)
    held_by = np.diff(names.holders.starts).astype(np.int32)
    return Listed(vocabulary_of(arrays, held_by, len(rows)), tokens, rows, names), arrays


def test_what_holds_both_words_is_found_among_thousands_that_hold_one() -> None:
    known, arrays = crowd()
    for answers in of_all(searched(known, asked_for(arrays, [[0, 1], [1, 0]], known), most=5)):
        assert {name for name, _ in answers} == set(range(4500, 4505))


@pytest.mark.parametrize("many", [60, 600])
def test_however_many_names_of_one_party_hide_nobody(many: int) -> None:
    """Of three parties the first has many names that are the query; those of the others hold more beside."""
    words = [Token(text, Kind.WORD, Origin.LATIN, 0) for text in ("talvekom", "halvren", "zuvenor", "brandik")]
    tokens, rows = arrays_of(words), [[0, 1]] * many + [[0, 1, 2], [0, 1, 2, 3]]
    names = listed_names(rows, tokens, [0] * many + [1, 2])
    known = Listed(vocabulary_of(tokens, np.array([3, 3, 2, 1], np.int32), 3), words, rows, names)
    (answers,) = of_all(searched(known, asked_for(tokens, [[0, 1]], known), most=5, aligned=6))
    assert [name for name, _ in answers] == [0, many, many + 1]


def test_the_very_name_is_found_among_thousands_that_hold_more_beside() -> None:
    known, arrays = crowd()
    (answers,) = of_all(searched(known, asked_for(arrays, [[0]], known), most=5))
    assert answers[0][0] == 4505


def test_an_initial_tells_names_apart_among_thousands() -> None:
    """The last of the words beside the first one is the only one that begins with its letter."""
    known, _ = crowd()
    single = Token("zuvenor", Kind.WORD, Origin.LATIN, 0)
    tokens = arrays_of([*known.tokens, single])
    rows = [*known.rows, [0, len(known.tokens)]]
    names = listed_names(rows, tokens)
    held_by = np.diff(names.holders.starts).astype(np.int32)
    known = Listed(vocabulary_of(tokens, held_by, len(rows)), [*known.tokens, single], rows, names)
    asked_of = arrays_of([Token("z", Kind.INITIAL, Origin.LATIN, 0), known.tokens[0]])
    (answers,) = of_all(searched(known, asked_for(asked_of, [[0, 1]], known), most=1))
    assert answers[0][0] == len(rows) - 1


def test_a_threshold_and_a_limit_only_cut_what_is_found() -> None:
    chance = random.Random(7)
    known = listed(chance, 40, 60)
    queries = asked(chance, known, 15)
    whole, cut = searched(known, queries), searched(known, queries, threshold=0.4, most=3)
    for row in range(15):
        assert of_row(cut, row) == [answer for answer in of_row(whole, row) if answer[1] >= 0.4][:3]


def test_those_not_allowed_and_not_welcome_make_room() -> None:
    chance = random.Random(8)
    known = listed(chance, 20, 300)
    queries = asked(chance, known, 15)
    allowed = np.arange(300) % 5 == 0
    some, people = searched(known, queries, allowed=allowed), searched(known, queries, welcome=1)
    assert len(some.names) and allowed[known.names.rows["entity"][some.names]].all()
    assert len(people.names) and (known.names.rows["schema"][people.names] == 1).all()
    for row in range(15):
        share = shares(known, queries, row)
        for found, may in ((some, allowed), (people, known.names.rows["schema"] == 1)):
            holding = [name for name in range(300) if share[name] > COVERED + 1e-4 and may[name]]
            assert len(of_row(found, row)) >= min(len(holding), MOST_ALIGNED)


def test_a_row_is_answered_the_same_in_any_batch() -> None:
    chance = random.Random(9)
    known = listed(chance, 40, 80)
    queries = asked(chance, known, 12)
    whole = searched(known, queries)
    for row in range(12):
        alone = searched(known, queries._replace(rows=[queries.rows[row]]))
        assert of_row(alone, 0) == of_row(whole, row)


def test_memory_keeps_nothing_of_searches_before() -> None:
    chance = random.Random(12)
    known = listed(chance, 30, 300)
    batches = [asked(chance, known, 10) for _ in range(4)]
    allowed = np.arange(300) % 2 == 0
    fresh = [of_all(searched(known, batch)) for batch in batches]
    bound = [of_all(searched(known, batch, allowed=allowed, welcome=1)) for batch in batches]
    memory = memory_of(known)
    for number in (0, 0, 1, 2, 3, 0, 1):
        assert of_all(searched(known, batches[number], memory=memory)) == fresh[number]
        other = (number + 1) % 4
        assert of_all(searched(known, batches[other], allowed=allowed, welcome=1, memory=memory)) == bound[other]


def test_a_clock_that_has_nearly_run_out_still_tells_the_time() -> None:
    chance = random.Random(13)
    known = listed(chance, 30, 300)
    queries = asked(chance, known, 10)
    memory, late = memory_of(known), memory_of(known)
    late.clock[0] = LAST_TURN
    wanted = of_all(searched(known, queries, memory=memory))
    assert of_all(searched(known, queries, memory=late)) == wanted
    late.clock[0] = (1 << 26) - 12  # as late as a largest batch that began in time may end
    assert of_all(searched(known, queries, memory=late)) == wanted


def test_what_is_known_of_the_vocabulary_changes_no_answer() -> None:
    chance = random.Random(14)
    known = listed(chance, 40, 200)
    tokens = known.vocabulary.tokens
    told = known._replace(vocabulary=vocabulary_of(tokens, known.vocabulary.held_by, 200, known=True))
    queries = asked(chance, known, 12)
    again = asked_for(arrays_of(known.tokens), [row for row in queries.rows if max(row) < len(known.tokens)], known)
    same = asked_for(arrays_of(known.tokens), again.rows, told)
    assert again.rows
    assert len(of_all(searched(known, again))) == len(of_all(searched(told, same)))
    for alike in Alike._fields[:-1]:  # how telling a word is was believed otherwise of an invented vocabulary
        assert getattr(again.alike, alike).tolist() == getattr(same.alike, alike).tolist()


@pytest.mark.parametrize("welcome", [0, 1])
def test_a_query_of_words_that_tell_nothing_finds_nobody(welcome: int) -> None:
    chance = random.Random(15)
    known = listed(chance, 30, 60)
    initials = arrays_of([Token(letter, Kind.INITIAL, Origin.LATIN, 0) for letter in "abm"])
    assert len(searched(known, asked_for(initials, [[0], [1, 2], [0, 1, 2]], known), welcome=welcome).names) == 0


def test_features_of_what_was_found_are_those_it_was_scored_by() -> None:
    chance = random.Random(10)
    known = listed(chance, 40, 60)
    queries = asked(chance, known, 10)
    found = searched(known, queries)
    rows = np.repeat(np.arange(10, dtype=np.int32), np.diff(found.starts))
    told = listed_features(queries_of(queries), rows, found.names, known.vocabulary, known.names, tables())
    scores = [
        word_for_word(
            plain_doubted(
                plain_probability(small_forest(), features_told.tolist()),
                dict(zip(FEATURES, features_told, strict=True)),
            ),
            words_of(queries.batch, queries.rows[row]),
            words_of(known.vocabulary.tokens, known.rows[name]),
        )
        for features_told, row, name in zip(told, rows, found.names, strict=True)
    ]
    assert found.scores.tolist() == pytest.approx(scores, abs=1e-5)


def test_long_queries_and_long_names_are_taken() -> None:
    chance = random.Random(16)
    known = listed(chance, 64, 40)
    rows = [list(range(64)), *known.rows[1:]]
    names = listed_names(rows, known.vocabulary.tokens)
    longer = known._replace(rows=rows, names=names)
    queries = asked_for(arrays_of(known.tokens), [list(range(64)), list(range(19)), [5, 6, 7]], longer)
    found = searched(longer, queries)
    assert np.isfinite(found.scores).all()
    assert of_row(found, 0)[0][0] == 0


def test_an_empty_list_and_an_empty_row_give_nothing() -> None:
    chance = random.Random(11)
    known = listed(chance, 20, 20)
    queries = asked(chance, known, 3)
    assert len(searched(known, queries._replace(rows=[[], [], []])).names) == 0
    nobody = known._replace(names=Names(lists_of([]), np.zeros(0, NAME), lists_of([[]] * len(known.tokens))))
    assert len(searched(nobody, queries).names) == 0
