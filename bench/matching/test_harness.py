"""The harness itself: groups do not leak, numbers are right, generators keep their seeds. Needs no data and no peers."""

import numpy as np
from bench.matching import groups, stats
from bench.matching.evasion import MAKERS, variants
from bench.matching.lookalikes import Listed, lookalikes
from bench.matching.measures.entities import speaks_for_same

PEOPLE = [
    {"id": "a", "schema": "Person", "properties": {"name": ["Alexei Ivanovich Borodinov"], "nationality": ["ru"]}},
    {"id": "b", "schema": "Person", "properties": {"name": ["Muhammad Khalid AL-TESTI"], "nationality": ["iq"]}},
    {"id": "c", "schema": "Person", "properties": {"name": ["Rosalinda PRUEBA MUESTRA"]}},
    {"id": "d", "schema": "Person", "properties": {"name": ["Wilhelmina Exempel"]}},
]


def test_pairs_that_share_a_name_over_others_are_one_group():
    pairs = [("A B", "C D", ""), ("C D", "E F", ""), ("G H", "I J", ""), ("F E", "K L", "")]
    assert groups.name_groups(pairs).tolist() == [0, 0, 1, 0]


def test_a_group_is_never_on_both_sides_of_a_fold():
    numbers = np.array([0, 0, 1, 2, 2, 2, 3, 4, 5, 5])
    held = []
    for fit_on, judge in groups.folds(numbers, 3):
        assert not set(numbers[fit_on]) & set(numbers[judge])
        held += judge.tolist()
    assert sorted(held) == list(range(10))


def test_judged_counts_hits_and_misses():
    told = stats.judged([0.9, 0.8, 0.2, 0.1], [True, False, True, False], 0.7)
    assert (told["precision"], told["recall"], told["f1"]) == (0.5, 0.5, 0.5)


def test_the_threshold_at_a_share_lets_no_more_through():
    negatives = [0.1] * 90 + [0.8] * 10
    assert sum(score >= stats.threshold_at(negatives, 0.05) for score in negatives) == 0
    assert sum(score >= stats.threshold_at(negatives, 0.10) for score in negatives) == 10


def test_scores_that_are_probabilities_have_no_calibration_error():
    error, rows = stats.reliability([0.25] * 4 + [1.0] * 2, [True, False, False, False, True, True])
    assert error == 0
    assert [row["n"] for row in rows] == [4, 2]


def test_area_counts_ties_half():
    assert stats.auc([0.5, 0.5], [True, False]) == 0.5


def test_variants_depend_on_seed_kind_and_person_only():
    one = variants(PEOPLE, 1)
    assert one == variants(PEOPLE, 1) != variants(PEOPLE, 2)
    assert [each for each in one if each.entity_id == "c"] == variants(PEOPLE[2:3], 1)
    assert {each.kind for each in one} == set(MAKERS)


def test_another_romanisation_needs_a_country_that_has_one():
    assert {each.entity_id for each in variants(PEOPLE, 1, ["romanisation"])} == {"a", "b"}


def test_a_lookalike_is_nobody_on_the_list():
    listed = Listed(PEOPLE)
    made = lookalikes(PEOPLE, listed, 1)
    assert made
    assert not any(listed.holds(each.text) for each in made)
    assert listed.holds("borodinov alexei")


def test_a_label_is_doubted_where_both_records_print_the_same_paper():
    one = {"id": "x", "schema": "Person", "properties": {"name": ["A B"], "passportNumber": ["563-120-368"]}}
    two = {"id": "y", "schema": "Person", "properties": {"name": ["C D"], "passportNumber": ["563120368/XX"]}}
    assert speaks_for_same(one, two)
    assert not speaks_for_same(one, PEOPLE[0])


def test_who_is_learned_from_is_never_judged():
    class Fitted:
        def __init__(self, known=()):
            self.known = known

        def fitted(self, names, entities):
            return Fitted([each["properties"]["name"][0] for pair, _ in entities for each in pair])

        def compare(self, pairs):
            return np.array([float(left["properties"]["name"][0] in self.known) for left, _ in pairs])

    pairs = [(each, each) for each in PEOPLE]
    assert groups.held_out_from(Fitted(), pairs[:3], pairs, [True] * 4).tolist() == [0.0] * 3
