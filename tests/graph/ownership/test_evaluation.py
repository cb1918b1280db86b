"""Ownership rules on cases worked out by hand: OFAC's own examples first, then what tells one rule from another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from shellgame.errors import WrongUse
from shellgame.graph.ownership import rules as rules_module
from shellgame.graph.ownership.evaluation import (
    DOUBTED,
    KINDS,
    Answer,
    Verdicts,
    contradictions,
    evaluate,
    indexed,
    jointly,
    narrowed,
    stakes_of,
)
from shellgame.graph.ownership.rules import Rule, all_rules, rules_on
from shellgame.model.stakes import PERCENT, UNKNOWN, WHOLE, StakeKind, interval_of
from shellgame.names.yaml import load_yaml

FOLDER = Path(rules_module.__file__).with_name("rules")
DAY = "2025-10-15"
X, Y, A, B, C, D = range(6)
NAMES = "XYABCD"


def rule(name: str, day: str = DAY) -> Rule:
    (found,) = [each for each in rules_on(day) if each.id == name]
    return found


def rows(*told: str) -> list[tuple[int, int, str, int, int]]:
    """Stakes told as `X 50 A`, `X >25-50 A votes`, `X ? A`, `X A board`."""
    out = []
    for each in told:
        owner, *figure, owned, kind = (each if len(each.split()) == 4 else each + " shares").split()
        if not figure:
            raise ValueError(each)
        interval = interval_of("" if figure[0] == "?" else figure[0])
        assert interval is not None
        out.append((NAMES.index(owner), NAMES.index(owned), kind, *interval))
    return out


def judged(*told: str, by: Rule, listed: str = "X") -> Verdicts:
    return evaluate(stakes_of(rows(*told)), np.array([name in listed for name in NAMES]), by)


def answer(*told: str, of: str, by: str = "us_ofac_50", listed: str = "X", day: str = DAY) -> str:
    return Answer(judged(*told, by=rule(by, day), listed=listed).answer[NAMES.index(of)]).name.lower()


def examples(name: str) -> list[dict[str, Any]]:
    """The worked examples that stand beside a rule."""
    told: list[dict[str, Any]] = load_yaml(FOLDER / f"{name}.yml")["examples"]
    return told


@pytest.mark.parametrize(
    ("by", "example"),
    [(name, each) for name in sorted({rule.id for rule in all_rules()}) for each in examples(name)],
    ids=lambda told: told if isinstance(told, str) else told["of"],
)
def test_the_worked_examples_of_every_rule(by: str, example: dict[str, Any]) -> None:
    asked, day = example["asked"], example["on"]
    assert answer(*example["stakes"], of=asked, by=by, listed="XY", day=day) == example["answer"]


@pytest.mark.parametrize("by", ["us_bis_affiliates", "eu_50"])
@pytest.mark.parametrize("number", range(1, 7))
def test_the_six_examples_of_ofac_under_rules_made_after_its_own(by: str, number: int) -> None:
    (example,) = [each for each in examples("us_ofac_50") if each["of"].startswith(f"FAQ 401 example {number}")]
    assert answer(*example["stakes"], of=example["asked"], by=by) == example["answer"]


@pytest.mark.parametrize(
    ("by", "day", "half", "more", "two_quarters"),
    [
        ("us_ofac_50", "2014-08-12", "caught", "caught", "not_caught"),
        ("us_ofac_50", "2014-08-13", "caught", "caught", "caught"),
        ("eu_50", "2024-07-02", "not_caught", "caught", "not_caught"),
        ("eu_50", "2024-07-03", "caught", "caught", "caught"),
        ("gb_50", "2025-10-15", "not_caught", "caught", "not_caught"),
        ("ca_50", "2023-06-22", "caught", "caught", "unknown"),
        ("us_bis_affiliates", "2025-09-29", "caught", "caught", "caught"),
        ("us_bis_affiliates", "2026-01-01", "caught", "caught", "caught"),
    ],
)
def test_exactly_half_more_than_half_and_two_quarters(
    by: str, day: str, half: str, more: str, two_quarters: str
) -> None:
    assert answer("X 50 A", of="A", by=by, day=day) == half
    assert answer("X 50.000001 A", of="A", by=by, day=day) == more
    assert answer("X 25 A", "Y 25 A", of="A", by=by, day=day, listed="XY") == two_quarters


def test_the_eu_flips_on_a_day_what_others_leave_as_it_was() -> None:
    """Three jurisdictions about one company of which a listed person has exactly half."""
    for day, expected in (("2024-07-02", "not_caught"), ("2024-07-03", "caught")):
        told = {by: answer("X 50 A", of="A", by=by, day=day) for by in ("eu_50", "us_ofac_50", "gb_50")}
        assert told == {"eu_50": expected, "us_ofac_50": "caught", "gb_50": "not_caught"}


def test_bands_and_missing_figures_leave_it_open() -> None:
    assert answer("X >25-50 A", of="A") == "unknown"
    assert answer("X >50-75 A", of="A", by="gb_50") == "caught"
    assert answer("X >25-50 A", of="A", by="gb_50") == "not_caught"
    assert answer("X 25-<50 A", of="A") == "not_caught"
    assert answer("X ? A", of="A") == "unknown"
    assert answer("X ? A", "A 100 B", of="B") == "unknown"
    assert answer("X ? A", "X 30 B", "A 20 B", of="B") == "unknown"


def test_what_others_hold_narrows_what_is_not_told() -> None:
    assert answer("X ? A", "Y >50-75 A", of="A") == "not_caught"
    verdicts = judged("X ? A", "Y 60 A", by=rule("us_ofac_50"))
    assert (verdicts.low[A], verdicts.high[A]) == (0, 40 * PERCENT)


def test_two_untold_stakes_share_what_others_leave() -> None:
    verdicts = judged("X ? A", "Y ? A", "B 60 A", by=rule("us_ofac_50"), listed="XY")
    assert (verdicts.low[A], verdicts.high[A]) == (0, 40 * PERCENT)
    assert verdicts.answer[A] == Answer.NOT_CAUGHT


def test_a_register_that_gives_away_more_than_the_whole_narrows_nothing_and_is_told() -> None:
    told = rows("X ? A", "Y 60 A", "B 60 A", "Y 60 A votes")
    assert contradictions(indexed(stakes_of(told), len(NAMES))) == [(A, StakeKind.SHARES)]
    assert answer("X ? A", "Y 60 A", "B 60 A", of="A") == "unknown"
    assert narrowed(indexed(stakes_of(told), len(NAMES))).high.tolist().count(WHOLE) == 1


def test_narrowed_shows_what_each_stake_can_be() -> None:
    stakes = narrowed(indexed(stakes_of(rows("X ? A", "Y >50-75 A", "X ? A board")), len(NAMES)))
    told = {
        (NAMES[owner], KINDS[kind].value): int(high)
        for owner, kind, high in zip(stakes.owner, stakes.kind, stakes.high, strict=True)
    }
    assert told == {("X", "shares"): WHOLE // 2 - 1, ("Y", "shares"): 75 * PERCENT, ("X", "board"): WHOLE}


def test_votes_and_capital_are_apart() -> None:
    told = ("X 30 A", "X 30 A votes")
    assert {by: answer(*told, of="A", by=by) for by in ("us_ofac_50", "gb_50", "ca_50", "eu_50")} == {
        "us_ofac_50": "not_caught",
        "gb_50": "not_caught",
        "ca_50": "not_caught",
        "eu_50": "not_caught",
    }
    told = ("X 20 A", "X 60 A votes")
    assert {by: answer(*told, of="A", by=by) for by in ("us_ofac_50", "gb_50", "ca_50", "eu_50")} == {
        "us_ofac_50": "not_caught",
        "gb_50": "caught",
        "ca_50": "caught",
        "eu_50": "unknown",
    }


def test_the_interval_is_that_of_the_right_that_catches() -> None:
    verdicts = judged("X 20 A", "X 60 A votes", by=rule("gb_50"))
    assert (KINDS[verdicts.kind[A]], verdicts.low[A], verdicts.high[A]) == (StakeKind.VOTES, 60 * PERCENT, 60 * PERCENT)


def test_the_board_settles_it_in_london_and_ottawa_and_points_at_it_in_brussels() -> None:
    told = {by: answer("X ? A board", of="A", by=by) for by in ("us_ofac_50", "gb_50", "ca_50", "eu_50", "ch_50")}
    assert told == {
        "us_ofac_50": "not_caught",
        "gb_50": "caught",
        "ca_50": "caught",
        "eu_50": "unknown",
        "ch_50": "unknown",
    }


@pytest.mark.parametrize("kind", ["influence", "consolidation"])
def test_influence_leaves_it_open_where_control_counts(kind: str) -> None:
    told = {by: answer(f"X ? A {kind}", "A 60 B", of="B", by=by) for by in ("us_ofac_50", "gb_50", "ca_50", "eu_50")}
    assert told == {"us_ofac_50": "not_caught", "gb_50": "unknown", "ca_50": "unknown", "eu_50": "unknown"}
    assert judged(f"X ? A {kind}", by=rule("gb_50")).control.tolist() == [False, False, True, False, False, False]


def test_a_right_that_may_have_ended_settles_nothing() -> None:
    stakes = stakes_of([(X, A, "board", *DOUBTED)])
    verdicts = evaluate(stakes, np.arange(6) == X, rule("gb_50"))
    assert verdicts.answer[A] == Answer.UNKNOWN


def test_rights_to_profits_leave_it_open_everywhere() -> None:
    told = {by: answer("X 60 A surplus", of="A", by=by) for by in ("us_ofac_50", "gb_50", "ca_50", "eu_50")}
    assert told == {"us_ofac_50": "unknown", "gb_50": "unknown", "ca_50": "unknown", "eu_50": "unknown"}


def test_several_stakes_of_one_owner_are_parts_of_the_whole() -> None:
    assert answer("X 30 A", "X 25 A", of="A") == "caught"


def test_different_persons_are_not_added_up_in_the_uk_unless_they_act_together() -> None:
    told = stakes_of(rows("X 30 A", "Y 30 A", "A 100 B"))
    listed = np.arange(6) <= Y
    assert evaluate(told, listed, rule("gb_50")).answer[[A, B]].tolist() == [Answer.NOT_CAUGHT, Answer.NOT_CAUGHT]
    acting = evaluate(jointly(told, [[X, Y]]), listed, rule("gb_50"))
    assert acting.answer[[A, B]].tolist() == [Answer.CAUGHT, Answer.CAUGHT]
    assert acting.low[A] == 60 * PERCENT


def test_who_acts_with_a_listed_person_is_not_caught_by_that() -> None:
    told = jointly(stakes_of(rows("X 30 A", "Y 30 A")), [[X, Y]])
    verdicts = evaluate(told, np.arange(6) == X, rule("gb_50"))
    assert verdicts.answer[[Y, A]].tolist() == [Answer.NOT_CAUGHT, Answer.CAUGHT]
    assert evaluate(told, np.arange(6) == X, rule("gb_50"), [A]).answer[A] == Answer.CAUGHT
    assert evaluate(told, np.arange(6) == X, rule("us_ofac_50")).answer[A] == Answer.NOT_CAUGHT


def test_one_person_through_several_companies_is_one_person() -> None:
    told = ("X 60 A", "X 60 B", "A 30 C", "B 30 C")
    assert answer(*told, of="C", by="gb_50") == "caught"
    assert answer("X 60 A", "Y 60 B", "A 30 C", "B 30 C", of="C", by="gb_50", listed="XY") == "not_caught"
    assert answer("X 60 A", "Y 60 B", "A 30 C", "B 30 C", of="C", listed="XY") == "caught"


def test_circles_are_not_caught_by_themselves() -> None:
    circle = ("A 100 B", "B 100 A")
    assert answer(*circle, of="A") == "not_caught"
    assert answer("A ? B", "B ? A", of="A") == "not_caught"
    assert answer("A 60 B", "B 60 C", "C 40 A", "X 10 A", of="A") == "not_caught"
    assert answer("A 60 B", "B 60 C", "C 40 A", "X 50 A", of="C") == "caught"
    assert answer("A 60 A", "X 40 A", of="A") == "not_caught"


def test_listed_is_listed_whatever_holds_it() -> None:
    verdicts = judged("X 60 Y", "A 40 Y", by=rule("us_ofac_50"), listed="XY")
    assert verdicts.answer[[X, Y]].tolist() == [Answer.LISTED, Answer.LISTED]
    assert verdicts.low[Y] == 60 * PERCENT


def test_nobody_listed_and_nothing_held() -> None:
    nothing = evaluate(stakes_of([]), np.zeros(3, np.bool_), rule("gb_50"), [1])
    assert nothing.answer.tolist() == [0, 0, 0]
    assert nothing.exact
    assert answer("Y 100 A", of="A", listed="") == "not_caught"


def test_an_untold_stake_is_what_the_model_calls_unknown() -> None:
    assert rows("X ? A") == [(X, A, "shares", *UNKNOWN)]


def test_numbers_that_point_nowhere_are_refused() -> None:
    stakes = stakes_of(rows("X 50 A"))
    with pytest.raises(WrongUse, match="'owned' of stakes is 2 to 2; it must be 0 to 1"):
        indexed(stakes, 2)
    with pytest.raises(WrongUse, match="'low'"):
        indexed(stakes._replace(low=stakes.low * 3), 6)
    with pytest.raises(WrongUse, match="1 owners, but 0 values of 'high'"):
        indexed(stakes._replace(high=stakes.high[:0]), 6)
    holdings = indexed(stakes, 6)
    with pytest.raises(WrongUse, match="0 to 5"):
        evaluate(holdings, np.zeros(6, np.bool_), rule("gb_50"), [6])
    with pytest.raises(WrongUse, match="4 parties"):
        evaluate(holdings, np.zeros(4, np.bool_), rule("gb_50"))
