"""What holds of all patterns: laws, the data they rest on, and that nothing told is never called clean."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellgame.detect.finding import row
from shellgame.detect.patterns import DETECTORS, findings_in
from shellgame.detect.scene import Scene
from shellgame.detect.typology import MARKS, _figures, typologies

from .scenes import bond, facts, listed, paid, scene, stake

PARTIES = "XYWP"
DAYS = ["2021-06-01", "2022-02-20", "2022-03-01", "2022-04-06", "2022"]
SPANS = st.tuples(st.sampled_from(["", *DAYS]), st.sampled_from(["", *DAYS])).map("..".join)
SHARES = st.sampled_from(["60", "45", "30", "25", ">25-50", "?", "-"])
STAKES = st.builds(
    lambda owner, share, asset, days, source: stake(f"{owner} {share} {asset} {days}", source=source),
    st.sampled_from(PARTIES),
    SHARES,
    st.sampled_from("AB"),
    SPANS,
    st.sampled_from(["register", "other"]),
)
BONDS = st.builds(
    bond, st.sampled_from("XY"), st.sampled_from("WP"), st.sampled_from(["family", "associate", "nominee"])
)
PAYMENTS = st.builds(
    lambda payer, day, sum_: paid(payer, "X", day, EUR=sum_),
    st.sampled_from("WP"),
    st.sampled_from(DAYS),
    st.integers(1, 9),
)
LISTINGS = st.builds(listed, st.sampled_from(["us", "gb", "eu"]), st.sampled_from(DAYS), sure=st.booleans())
SCENES = st.builds(
    lambda stakes, bonds, payments, listings: scene(
        *stakes, bonds=bonds, payments=payments, listings=listings, about={"A": facts("A", countries=("gb",))}
    ),
    st.lists(STAKES, max_size=6),
    st.lists(BONDS, max_size=3),
    st.lists(PAYMENTS, max_size=2),
    st.dictionaries(st.sampled_from(PARTIES), st.lists(LISTINGS, max_size=2), max_size=3),
)


@given(SCENES, st.randoms(use_true_random=False))
def test_the_order_of_what_is_told_changes_nothing(told, random):
    def mixed(its):
        its = list(its)
        random.shuffle(its)
        return tuple(its)

    listings = {party: mixed(its) for party, its in mixed(told.designations.items())}
    other = replace(
        told,
        holdings=mixed(told.holdings),
        bonds=mixed(told.bonds),
        payments=mixed(told.payments),
        designations=listings,
    )
    assert findings_in(other) == findings_in(told)


@given(SCENES)
def test_every_pattern_answers_and_what_decides_is_told(told):
    found = findings_in(told)
    assert {each.id for each in found} == {*DETECTORS}
    for each in found:
        assert 0 <= each.strength <= 1
        assert each.fired is not None or each.unknown
        assert not each.fired or (each.supporting and each.strength > 0)
        assert each.fired is not False or each.strength == 0
        assert not {*each.supporting} & {*each.against}
        assert each.text.endswith(".")
        assert "None" not in each.text
        assert each.text.count("\n") == 0


@given(SCENES)
def test_without_days_no_move_fires(told):
    dateless = replace(told, holdings=tuple(each._replace(start=None, end=None) for each in told.holdings))
    assert not any(each.fired for each in findings_in(dateless) if each.id != "minority_together")


@given(SCENES)
def test_nobody_listed_nothing_fired(told):
    assert not any(each.fired for each in findings_in(replace(told, designations={})))


@given(SCENES)
def test_doubt_about_who_is_listed_never_fires(told):
    doubted = {party: tuple(each._replace(sure=False) for each in its) for party, its in told.designations.items()}
    assert not any(each.fired for each in findings_in(replace(told, designations=doubted)))


@given(SCENES)
def test_a_denial_never_makes_anything_stronger(told):
    pairs = {
        frozenset((one, other)): ("denied",)
        for one in PARTIES
        for other in PARTIES + "AB"
        if one < other or other in "AB"
    }
    before = {(each.id, each.subjects, each.text): each.strength for each in findings_in(told)}
    for each in findings_in(replace(told, denied=pairs)):
        assert each.strength <= before[each.id, each.subjects, each.text]


def test_findings_come_with_those_that_fired_first():
    told = scene(
        stake("X 60 A 2015-01-01..2022-02-20"),
        stake("W 60 A 2022-02-21.."),
        bonds=[bond("W", "X")],
        listings={"X": [listed("us", "2022-04-06")]},
    )
    assert [each.fired for each in findings_in(told)] == [True, True, None, False, False]


def test_a_row_is_what_json_prints():
    told = row(findings_in(scene())[0])
    assert told["fired"] is None
    assert told["for"] == told["against"] == []
    assert told["start"] is None


def test_every_pattern_has_its_data_with_marks():
    assert {*typologies()} == {*DETECTORS}
    for each in typologies().values():
        assert each.rule
        assert each.verified in "VSR"
        assert each.source
    with pytest.raises(ValueError, match="must be marked"):
        _figures({"days": {"value": 3}})
    assert MARKS == ("SRC", "DESIGN")


def test_work_grows_with_what_is_told(monkeypatch):
    def entries(companies):
        looked = []
        whole = Scene.held_in

        def counted(self, asset):
            its = list(whole(self, asset))
            looked.append(len(its))
            return iter(its)

        monkeypatch.setattr(Scene, "held_in", counted)
        told = [
            line
            for number in range(companies)
            for line in (f"X 60 C{number} 2015-01-01..2022-02-20", f"W 60 C{number} 2022-02-21..")
        ]
        found = findings_in(scene(*map(stake, told), listings={"X": [listed("us", "2022-04-06")]}))
        monkeypatch.setattr(Scene, "held_in", whole)
        assert sum(each.fired is True for each in found) == companies
        return sum(looked)

    assert entries(20) == 2 * entries(10)
