"""An index of parties: what goes in comes out, from memory and from disk, whoever may be found."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numba import typeof
from tests.kernels.plain_search import plain_weight
from tests.kernels.plain_tokens import words_of
from tests.match.invented_parties import NAMES, parties, person

from shellgame.kernels.lists import list_at
from shellgame.kernels.memory import LAST_TURN
from shellgame.kernels.vocabulary import nothing_alike
from shellgame.match import vocabulary
from shellgame.match.party_index import Match, Party, PartyIndex, Query
from shellgame.names import readers
from shellgame.settings import Settings


@pytest.fixture(scope="module")
def index() -> PartyIndex:
    return PartyIndex.build(parties(200))


def queries(many: int) -> list[Query]:
    """Listed names, names with a slip, names of nobody; of all schemata and none."""
    chance = random.Random(2)
    found = [Query([name], schema) for name, schema in NAMES]
    while len(found) < many:
        name = person(chance)
        place = chance.randrange(len(name))
        names = [name, name[:place] + chance.choice("aeknrs") + name[place:]][: chance.choice((1, 2))]
        found.append(Query(names, chance.choice((None, "Person", "Company", "LegalEntity"))))
    return found[:many]


def one(index: PartyIndex, name: str, schema: str | None = None, threshold: float = 0.0) -> list[Match]:
    return index.search([Query([name], schema)], limit=10, threshold=threshold)[0]


def test_gives_back_what_was_put_in(index: PartyIndex) -> None:
    given = parties(200)
    assert len(index) == index.population == 200
    for number, party in enumerate(given):
        assert index.id_of(number) == party.id
        assert index.schema_of(number) == party.schema
        assert index.properties_of(number) == party.properties
        assert list(dict.fromkeys(index.names_of(number))) == list(dict.fromkeys(party.names))


def test_a_match_tells_which_name_met_which(index: PartyIndex) -> None:
    known = [Party("x", "Person", ["Orsin Maledd", "Tibor Volgrim"], {})]
    found = PartyIndex.build(known).search(
        [Query(["Salune Quellin", "Tibor Volgrim"], "Person")], limit=5, threshold=0.5
    )
    (match,) = found[0]
    built = PartyIndex.build(known)
    assert (match.party, match.asked, built.name_of(match.name)) == (0, 1, "Tibor Volgrim")


def test_each_party_stands_once_best_first_within_limit_and_threshold(index: PartyIndex) -> None:
    for matches in index.search(queries(80), limit=4, threshold=0.2):
        assert len(matches) <= 4
        assert len({match.party for match in matches}) == len(matches)
        scores = [match.score for match in matches]
        assert scores == sorted(scores, reverse=True)
        assert all(0.2 <= score <= 1 for score in scores)


def test_every_listed_name_finds_its_party_first(index: PartyIndex) -> None:
    asked = [Query([name], schema) for name, schema in NAMES]
    for number, matches in enumerate(index.search(asked, limit=1, threshold=0.7)):
        assert [match.party for match in matches] == [number], asked[number]


def test_a_saved_index_gives_the_very_same_answers(index: PartyIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "index")
    again = PartyIndex.open(tmp_path / "index")
    asked = queries(60)
    assert again.search(asked, limit=5, threshold=0.0) == index.search(asked, limit=5, threshold=0.0)
    assert [again.id_of(n) for n in range(len(again))] == [index.id_of(n) for n in range(len(index))]
    assert [again.names_of(n) for n in range(len(again))] == [index.names_of(n) for n in range(len(index))]
    assert [again.schema_of(n) for n in range(len(again))] == [index.schema_of(n) for n in range(len(index))]


def test_a_saved_index_needs_no_other_machine_code(index: PartyIndex, tmp_path: Path) -> None:
    """Arrays from disk are of the very types of those in memory; others would be compiled for once more, for a minute."""
    index.save(tmp_path / "index")
    again = PartyIndex.open(tmp_path / "index")
    for known, opened in ((index._kept.vocabulary, again._kept.vocabulary), (index._kept.names, again._kept.names)):
        assert typeof(opened) == typeof(known)


def test_a_name_weighs_what_its_words_do_and_those_that_fill_next_to_nothing(index: PartyIndex) -> None:
    names, tokens = index._kept.names, index._kept.vocabulary.tokens
    assert names.rows["weight"].dtype == np.float32
    for name, weight in enumerate(names.rows["weight"].tolist()):
        words = words_of(tokens, list_at(names.tokens, name).tolist())
        assert weight == pytest.approx(sum(map(plain_weight, words)), rel=1e-5)


@pytest.mark.parametrize("part", [1, 7, 100_000])
def test_an_index_is_the_same_in_whatever_parts_it_is_made(
    part: int, index: PartyIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vocabulary, "_PART", part)
    PartyIndex.build(parties(200)).save(tmp_path / "parts")
    index.save(tmp_path / "whole")
    for path in (tmp_path / "whole").iterdir():
        assert path.read_bytes() == (tmp_path / "parts" / path.name).read_bytes(), path.name


def test_what_is_known_of_listed_words_changes_no_answer(index: PartyIndex) -> None:
    """Words of the list need not be looked up, since that was done for all of them when the index was built."""
    without = index._kept.vocabulary._replace(alike=nothing_alike())
    looking_up = PartyIndex(replace(index._kept, vocabulary=without))
    asked = queries(80)
    assert looking_up.search(asked, limit=5, threshold=0.0) == index.search(asked, limit=5, threshold=0.0)


def test_searches_leave_no_trace_for_later_ones(index: PartyIndex) -> None:
    asked = queries(60)
    wanted = PartyIndex.build(parties(200)).search(asked, limit=5, threshold=0.0)
    allowed = np.arange(200) % 2 == 0
    for _ in range(2):
        assert index.search(asked, limit=5, threshold=0.0) == wanted
        index.search(asked[::-1], limit=3, threshold=0.2, allowed=allowed)
        assert [index.search([query], limit=5, threshold=0.0)[0] for query in asked] == wanted


def test_memory_whose_clock_has_run_out_is_made_anew() -> None:
    index, asked = PartyIndex.build(parties(60)), queries(30)
    wanted = index.search(asked, limit=5, threshold=0.0)
    for late, is_new in ((LAST_TURN, False), (LAST_TURN + 1, True)):
        memory = index._memory()
        memory.clock[0] = late
        assert index.search(asked, limit=5, threshold=0.0) == wanted
        assert (memory.clock[0] == late) == is_new, "memory of which no more room is left is not used any more"


def test_several_threads_search_at_once(index: PartyIndex) -> None:
    asked = [queries(60)[start : start + 20] for start in (0, 20, 40)] * 4
    wanted = [index.search(each, limit=5, threshold=0.0) for each in asked]
    with ThreadPoolExecutor(3) as threads:
        found = threads.map(lambda each: index.search(each, limit=5, threshold=0.0), asked)
        assert list(found) == wanted


def test_the_same_parties_give_the_same_files(tmp_path: Path) -> None:
    for name in ("one", "other"):
        PartyIndex.build(parties(60)).save(tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes(), name


def test_a_search_leaves_the_files_as_they_are(tmp_path: Path) -> None:
    PartyIndex.build(parties(60)).save(tmp_path / "index")
    before = {path.name: path.read_bytes() for path in (tmp_path / "index").iterdir()}
    PartyIndex.open(tmp_path / "index").search(queries(30), limit=5, threshold=0.0)
    assert {path.name: path.read_bytes() for path in (tmp_path / "index").iterdir()} == before


def test_only_parties_that_could_be_of_the_schema_are_found(index: PartyIndex) -> None:
    name = next(party.names[0] for party in parties(200) if party.schema == "Vessel")
    assert {index.schema_of(match.party) for match in one(index, name, "Vessel")} <= {"Vessel"}
    assert {index.schema_of(match.party) for match in one(index, name, "Company")} <= {"Company", "LegalEntity"}
    assert "Person" not in {index.schema_of(match.party) for match in one(index, name, "Company")}
    assert {"Vessel"} <= {index.schema_of(match.party) for match in one(index, name, None)}


def test_people_are_not_found_as_companies_nor_the_other_way() -> None:
    index = PartyIndex.build(
        [Party("p", "Person", ["Tarnquist Volgrim"], {}), Party("c", "Company", ["Tarnquist Volgrim"], {})]
    )
    found = {
        schema: {index.id_of(match.party) for match in one(index, "Tarnquist Volgrim", schema)}
        for schema in ("Person", "Company", None)
    }
    assert found == {"Person": {"p"}, "Company": {"c"}, None: {"p", "c"}}


def test_an_unknown_schema_hides_nobody() -> None:
    index = PartyIndex.build([Party("x", "Spaceship", ["Tarnquist Volgrim"], {})])
    for schema in ("Company", "Spaceship", "LegalEntity", None):
        assert [match.party for match in one(index, "Tarnquist Volgrim", schema)] == [0], schema


def test_only_those_allowed_are_found_with_the_same_scores(index: PartyIndex) -> None:
    asked = queries(60)
    allowed = np.arange(200) % 3 == 0
    free = index.search(asked, limit=200, threshold=0.3)
    bound = index.search(asked, limit=200, threshold=0.3, allowed=allowed)
    for everybody, some in zip(free, bound, strict=True):
        assert all(allowed[match.party] for match in some)
        scores = {match.party: match.score for match in some}
        for match in everybody:
            if allowed[match.party]:
                assert scores[match.party] == match.score
    nobody = index.search(asked, limit=5, threshold=0.0, allowed=np.zeros(200, np.bool_))
    assert not any(nobody)


def test_an_index_is_the_same_however_many_processes_read_its_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "_BATCH", 20)
    monkeypatch.setattr(readers, "_FEW", 1)
    for processes in (1, 2):
        monkeypatch.setattr("shellgame.settings.settings", lambda many=processes: Settings(processes=many))
        PartyIndex.build(iter(parties(60))).save(tmp_path / str(processes))
    for file in (tmp_path / "1").iterdir():
        assert file.read_bytes() == (tmp_path / "2" / file.name).read_bytes()


def test_an_empty_index_finds_nobody(tmp_path: Path) -> None:
    empty = PartyIndex.build([])
    empty.save(tmp_path / "index")
    for index in (empty, PartyIndex.open(tmp_path / "index")):
        assert len(index) == 0
        assert index.search(queries(10), limit=5, threshold=0.0) == [[] for _ in range(10)]
        assert index.search([], limit=5, threshold=0.0) == []


def test_parties_without_a_usable_name_keep_their_place(tmp_path: Path) -> None:
    built = PartyIndex.build(
        [
            Party("none", "Company", [], {"country": ["xx"]}),
            Party("dots", "Person", ["...", ""], {}),
            Party("named", "Person", ["Orsin Maledd"], {}),
            Party("end", "Vessel", [], {}),
        ]
    )
    built.save(tmp_path / "index")
    for index in (built, PartyIndex.open(tmp_path / "index")):
        assert len(index) == 4
        assert [index.id_of(number) for number in range(4)] == ["none", "dots", "named", "end"]
        assert [index.schema_of(number) for number in range(4)] == ["Company", "Person", "Person", "Vessel"]
        assert index.names_of(0) == index.names_of(3) == []
        assert index.properties_of(0) == {"country": ["xx"]}
        assert [match.party for match in one(index, "Orsin Maledd", "Person", 0.5)] == [2]
        assert one(index, "...") == one(index, "") == []


def test_queries_without_names_are_answered_in_their_place(index: PartyIndex) -> None:
    found = index.search(
        [Query([], None), Query([NAMES[0][0]], "Person"), Query(["", "  ", "\u200f"], None)], limit=3, threshold=0.5
    )
    assert [len(matches) > 0 for matches in found] == [False, True, False]


def test_features_are_those_the_score_was_made_of(index: PartyIndex) -> None:
    asked = [Query([name], schema) for name, schema in NAMES]
    best = [matches[0] for matches in index.search(asked, limit=1, threshold=0.5)]
    rows = index.features_of(asked, best)
    assert rows.shape[0] == len(asked)
    assert np.isfinite(rows).all()
