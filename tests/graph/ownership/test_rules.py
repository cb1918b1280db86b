"""The rules as data: what holds on which day, and that every version says where it comes from."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from shellgame.graph.ownership.rules import STATUSES, VERIFIED, Rule, all_rules, rules_on
from shellgame.model.stakes import IN_SHARES, PERCENT, StakeKind
from shellgame.sources.catalog import catalog

HALF, MORE_THAN_HALF = 50 * PERCENT, 50 * PERCENT + 1


def rule_on(name: str, day: str) -> Rule:
    (found,) = [rule for rule in rules_on(day) if rule.id == name]
    return found


@pytest.mark.parametrize(("day", "least"), [("2024-07-02", MORE_THAN_HALF), ("2024-07-03", HALF), ("2026-11-23", HALF)])
def test_half_is_enough_in_the_eu_since_july_2024(day: str, least: int) -> None:
    assert rule_on("eu_50", day).limbs[0] == ((StakeKind.SHARES,), least, True, True)


@pytest.mark.parametrize(("day", "together"), [("2014-08-12", False), ("2014-08-13", True)])
def test_ofac_adds_up_since_august_2014(day: str, together: bool) -> None:
    rule = rule_on("us_ofac_50", day)
    assert (rule.limbs[0].least, rule.limbs[0].together, rule.per_person) == (HALF, together, not together)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2025-09-29", "in_force"),
        ("2025-11-09", "in_force"),
        ("2025-11-10", "suspended"),
        ("2026-11-09", "suspended"),
        ("2026-11-10", "unverified"),
    ],
)
def test_the_affiliates_rule_is_in_force_for_six_weeks_only(day: str, status: str) -> None:
    rule = rule_on("us_bis_affiliates", day)
    assert (rule.status, rule.in_force) == (status, status == "in_force")


@pytest.mark.parametrize(
    ("day", "rules"),
    [
        ("2008-02-13", {"eu_50"}),
        ("2008-02-14", {"eu_50", "us_ofac_50"}),
        ("2020-12-31", {"eu_50", "us_ofac_50", "gb_50"}),
        ("2023-06-21", {"eu_50", "us_ofac_50", "gb_50"}),
        ("2023-06-22", {"eu_50", "us_ofac_50", "gb_50", "ca_50"}),
        ("2024-05-16", {"eu_50", "us_ofac_50", "gb_50", "ca_50", "ch_50"}),
        ("2025-09-29", {"eu_50", "us_ofac_50", "gb_50", "ca_50", "ch_50", "us_bis_affiliates"}),
    ],
)
def test_a_rule_is_there_from_its_first_day(day: str, rules: set[str]) -> None:
    assert {rule.id for rule in rules_on(day)} == rules


def test_switzerland_is_not_told_as_law_in_force() -> None:
    assert not rule_on("ch_50", "2026-01-01").in_force


def test_versions_follow_one_another_and_say_where_they_come_from() -> None:
    for rule in all_rules():
        assert rule.status in STATUSES
        assert rule.verified in VERIFIED
        assert rule.cite
        assert rule.note
        assert rule.quote == "" or rule.verified == "V"
        assert all(date.fromisoformat(day) for day in (rule.valid_from, rule.valid_to, rule.checked_on) if day)
        assert len({limb.together for limb in rule.limbs if set(limb.kinds) <= set(IN_SHARES)}) == 1
        assert not rule.added_up().per_person
        assert rule.per_person or rule.added_up() == rule
        kinds = [kind for limb in rule.limbs for kind in limb.kinds]
        assert len(kinds) == len({*kinds, *rule.control}) - len(set(rule.control)), "one kind, one limb"
    for one, other in pairwise(all_rules()):
        assert one.id != other.id or one.valid_to == other.valid_from > one.valid_from


def test_listed_is_who_stands_on_a_list_of_the_jurisdiction() -> None:
    known = catalog()
    for rule in all_rules():
        for listing in rule.listed:
            assert listing.source == "ch_seco_sanctions" or known[listing.source].jurisdiction == rule.jurisdiction


def test_ofac_counts_blocked_persons_and_not_those_under_directive_1_of_belarus() -> None:
    rule = rule_on("us_ofac_50", "2024-05-01")
    assert rule.counts("us_ofac_sdn", ["BELARUS-EO14038", "US-BRUS"])
    assert rule.counts("us_ofac_sdn")
    assert not rule.counts("us_ofac_cons", ["RUSSIA-EO14024"])
    assert not rule.counts("us_ofac_sdn", ["BELARUS-EO14038 Directive 1"])
    assert rule.counts("us_ofac_sdn", ["BELARUS-EO14038 Directive 1", "BELARUS"])
    assert rule.counts("us_trade_csl", ["Specially Designated Nationals (SDN)", "SDGT"])
    assert not rule.counts("us_trade_csl", ["Entity List (EL)", "US-BIS-EL"])
    assert not rule.counts("eu_fsf", ["BLR"])


def test_the_affiliates_rule_counts_three_lists() -> None:
    rule = rule_on("us_bis_affiliates", "2025-10-01")
    lists = ["Entity List (EL)", "Military End User (MEU) List", "Specially Designated Nationals (SDN)"]
    assert all(rule.counts("us_trade_csl", [name]) for name in lists)
    assert not rule.counts("us_trade_csl", ["Unverified List (UVL)"])
    assert not rule.counts("us_bis_denied", ["Denied Persons List (DPL)"])


def test_every_version_of_every_rule_is_in_the_document() -> None:
    document = (Path(__file__).parents[3] / "docs" / "ownership.md").read_text(encoding="utf-8")
    table = [row.split("|") for row in document.splitlines() if row.startswith("| ")]
    told, name = [], ""
    for row in table:
        name = row[1].strip(" `") or name
        told.append((name, row[2].strip(), row[-2].strip()))
    for rule in all_rules():
        assert (rule.id, rule.valid_from or "(not verified)", rule.verified) in told
