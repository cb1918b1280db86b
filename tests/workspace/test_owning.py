"""Owners asked of a workspace: lists and a set of stakes go in as publications, every rule comes out with its chain."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from shellgame.graph.ownership.owners import Held, Owners
from shellgame.sources.claims import Claims
from shellgame.testing.publications import incoming
from shellgame.workspace import Workspace

DAY = "2025-10-15"
LISTS = {
    "us_ofac_sdn": "us",
    "eu_journal_sanctions": "eu",
    "gb_fcdo_sanctions": "gb",
    "ca_dfatd_sema_sanctions": "ca",
}
NAMES = {
    "X": "Orsin Malevadd",
    "Y": "Talvek Tornikovan",
    "A": "Halvren Trading House",
    "B": "Quillmark Logistics",
    "C": "Tessorin Machine Works",
    "D": "Borvast Shipping",
    "P": "Mirren Ostrelescu",
}
PEOPLE = "XYP"


def party(key: str) -> dict[str, object]:
    schema = "Person" if key in PEOPLE else "Company"
    return {"id": f"p-{key}", "schema": schema, "properties": {"name": [NAMES[key]]} if key in NAMES else {}}


def stake(told: str, number: int = 0) -> dict[str, object]:
    """A stake told as `X 50 A`, `X ? A`, `X A board`, with `key=value` for other properties."""
    words = [word for word in told.split() if "=" not in word]
    more = {
        prop: [value.replace("_", " ")]
        for prop, _, value in (word.partition("=") for word in told.split() if "=" in word)
    }
    owner, *figure, asset = words[:3] if len(words) > 2 and not words[2].islower() else [words[0], *words[1:2]]
    kind = words[-1] if words[-1].islower() else "shares"
    ends = {"owner": [f"p-{owner}"], "asset": [f"p-{asset}"], "ownershipType": [kind]}
    if kind not in ("shares", "votes", "surplus"):
        ends = {"controller": ends["owner"], "controlled": ends["asset"], "controlType": [kind]}
    elif figure and figure[0] != "?":
        ends["percentage"] = [figure[0]]
    schema = "Ownership" if "owner" in ends else "Control"
    return {"id": f"s-{number}-{told.replace(' ', '-')}", "schema": schema, "properties": {**ends, **more}}


class Asked:
    """A workspace of lists and stakes in the making."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.workspace = Workspace(folder / "workspace")

    def lists(
        self, keys: str, *, since: str = "2020-01-01", day: str = "2020-06-01", sources: Sequence[str] = tuple(LISTS)
    ) -> Asked:
        for source in sources:
            claims = Claims(source)
            for key in keys:
                record = claims.record(f"p-{key}", "Person" if key in PEOPLE else "Company", f"list#{key}")
                record.add("name", NAMES[key])
                listing = record.sanction()
                listing.add("program", "VARKESH")
                listing.add_date("startDate", since)
            nobody = claims.record(f"{source}-nobody", "Person", "list#nobody")
            nobody.add("name", f"Nobody of {source}")
            nobody.sanction()
            (self.folder / source).mkdir(exist_ok=True)
            self.workspace.store.add(incoming(self.folder / source, day, claims))
        return self

    def tells(
        self, *stakes: str, source: str = "mine", more: Sequence[dict[str, object]] = (), day: str = "2020-06-02"
    ) -> Asked:
        told = [stake(each, number) for number, each in enumerate(stakes)]
        keys = {key for key in "XYABCDPU" if any(f"p-{key}" in str(each["properties"]) for each in [*told, *more])}
        file = self.folder / f"{source}.ftm.json"
        lines = [*map(party, sorted(keys)), *told, *more]
        file.write_text("".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")
        self.workspace.add(source, file, day)
        return self

    def owners(self, key: str, on: str = DAY) -> Owners:
        return self.workspace.owners(f"p-{key}", on)

    def answers(self, key: str, on: str = DAY) -> dict[str, str]:
        return {each.rule.id: each.answer for each in self.owners(key, on).rules}


@pytest.fixture
def asked(tmp_path):
    return Asked(tmp_path)


def by(found: Owners, rule: str = "us_ofac_50") -> Held:
    return next(each for each in found.rules if each.rule.id == rule)


def hops(found: Owners, rule: str = "us_ofac_50") -> list[tuple[str, str, str]]:
    return [
        (hop.stake.owner.removeprefix("p-"), hop.stake.owned.removeprefix("p-"), hop.owner_is)
        for hop in by(found, rule).chain
    ]


@pytest.mark.parametrize(
    ("told", "of", "answer"),
    [
        (("X 50 A", "A 50 B"), "B", "caught"),
        (("X 50 A", "X 50 B", "A 25 C", "B 25 C"), "C", "caught"),
        (("X 50 A", "X 10 B", "A 40 B"), "B", "caught"),
        (("X 50 A", "X 10 B", "A 40 B", "B 50 C"), "C", "caught"),
        (("X 50 A", "X 25 B", "A 25 C", "B 25 C"), "C", "not_caught"),
        (("X 25 A", "X 25 B", "A 50 C", "B 50 C"), "C", "not_caught"),
    ],
)
def test_the_examples_of_faq_401(asked, told, of, answer):
    found = asked.lists("X").tells(*told).owners(of)
    assert by(found).answer == answer
    assert by(found).rule.in_force


def test_a_chain_shows_every_hop_down_to_who_is_listed_with_its_claims(asked):
    found = asked.lists("X").tells("X 50 A", "X 50 B", "A 25 C", "B 25 C", "P 50 C").owners("C")
    assert hops(found) == [("A", "C", "caught"), ("B", "C", "caught"), ("X", "A", "listed"), ("X", "B", "listed")]
    first = by(found).chain[0].stake
    assert {found.claims[each].source for each in first.claims} == {"mine"}
    assert any(found.claims[each].value == "25" for each in first.claims)
    assert by(found).held.low == by(found).held.high == 50_000_000


def test_the_eu_lowered_its_threshold_on_3_july_2024(asked):
    asked.lists("X").tells("X 50 A", "P 50 A")
    assert asked.answers("A", "2024-07-02")["eu_50"] == "not_caught"
    assert asked.answers("A", "2024-07-03")["eu_50"] == "caught"


def test_the_affiliates_rule_is_told_with_its_status(asked):
    asked.lists("X").tells("X 50 A", "P 50 A")
    told = {
        day: by(asked.owners("A", day), "us_bis_affiliates").rule for day in ("2025-10-01", "2026-01-15", "2026-11-20")
    }
    assert [rule.status for rule in told.values()] == ["in_force", "suspended", "unverified"]
    assert "us_bis_affiliates" not in asked.answers("A", "2025-09-01")


def test_the_uk_does_not_add_up_strangers_and_the_difference_is_told(asked):
    found = asked.lists("XY").tells("X 30 A", "Y 30 A", "P 40 A").owners("A")
    assert by(found).answer == "caught"
    assert by(found, "gb_50").answer == "not_caught"
    assert "caught by OFAC 50 Percent Rule" in found.divergence
    assert "UK owned or controlled" in found.divergence


def test_listed_itself_is_told_beside_what_its_owners_make_of_it(asked):
    found = asked.lists("XA").tells("X 20 A", "P 80 A").owners("A")
    assert by(found).is_listed
    assert by(found).answer == "not_caught"
    assert by(found).listings[0].since == "2020-01-01"


def test_nothing_told_about_owners_is_unknown(asked):
    found = asked.lists("X").tells("X 50 A", "C A board").owners("C")
    assert by(found).answer == "unknown"
    assert by(found).missing == ("nothing is told about who owns Tessorin Machine Works",)


def test_a_share_that_is_not_told_is_unknown_and_the_figure_that_would_decide_is_found(asked):
    found = asked.lists("X").tells("X 40 A", "X ? B", "B 25 A", "P 35 A").owners("A")
    assert by(found).answer == "unknown"
    assert by(found).missing == (
        "Orsin Malevadd's share in Quillmark Logistics is not told: 50 % or more would make Halvren Trading House caught",
    )


def test_a_holder_without_a_name_may_be_anybody(asked):
    found = asked.lists("X").tells("U >50-75 A", "P 25 A").owners("A")
    assert by(found).answer == "unknown"
    assert "the holder is not named; if listed, Halvren Trading House would be caught" in by(found).missing[0]


def test_who_owns_the_rest_is_told_where_it_could_decide(asked):
    found = asked.lists("X").tells("X 30 A", "D 60 A").owners("A")
    assert by(found).answer == "not_caught"
    assert by(found).missing == (
        "who owns Borvast Shipping is not told: if it were caught, Halvren Trading House would be",
    )
    found = asked.tells("X 30 A", source="other", day="2020-06-03").owners("A")
    assert by(found).answer == "not_caught"


def test_a_circle_is_not_caught_by_itself(asked):
    asked.lists("X").tells("A 60 B", "B 60 A", "P 40 A", "X 40 B")
    assert asked.answers("A")["us_ofac_50"] == "not_caught"
    asked.tells("A 60 B", "B 60 A", "X 40 A", "X 40 B", day="2020-06-05")
    assert asked.answers("A")["us_ofac_50"] == "not_caught"
    asked.tells("A 50 B", "B 60 A", "X 40 A", "X 50 B", day="2020-06-06")
    assert asked.answers("A")["us_ofac_50"] == "caught"


def test_a_stake_that_ended_is_out_and_the_sale_is_remembered(asked):
    asked.lists("X").tells("X 60 A endDate=2024-05-31", "X 40 A startDate=2024-06-01", "P 60 A startDate=2024-06-01")
    assert asked.answers("A", "2024-05-31")["us_ofac_50"] == "caught"
    found = asked.owners("A", "2024-06-02")
    assert by(found).answer == "not_caught"
    assert any("FAQ 402" in each and "2024-05-31" in each and "60 %" in each for each in found.cautions)
    assert any("FAQ 398" in each and "40 %" in each for each in found.cautions)


def test_a_day_told_to_the_year_leaves_the_year_open(asked):
    asked.lists("X").tells("X 60 A endDate=2024")
    assert asked.answers("A", "2024-03-01")["us_ofac_50"] == "unknown"
    assert asked.answers("A", "2023-03-01")["us_ofac_50"] == "caught"
    assert asked.answers("A", "2025-03-01")["us_ofac_50"] == "unknown", "nothing is told of who owns it now"


def test_sources_that_disagree_are_told_and_nothing_narrower_is_guessed(asked):
    asked.lists("X").tells("X 60 A").tells("X 40 A", source="other")
    found = by(asked.owners("A"))
    assert found.answer == "unknown"
    assert found.held == (40_000_000, 60_000_000)
    assert "sources disagree: mine 60; other 40" in found.chain[0].stake.notes


def test_sources_that_agree_narrow_one_another(asked):
    asked.lists("X").tells("X >25-60 A").tells("X >50-75 A", source="other")
    assert by(asked.owners("A")).held == (50_000_001, 60_000_000)


def test_a_denied_stake_is_left_out(asked):
    claims = Claims("mine")
    for key in "XA":
        claims.record(f"p-{key}", "Company", f"m#{key}").add("name", NAMES[key])
    link = claims.record("s-1", "Ownership", "m#1")
    link.add("owner", "p-X", stance="denies")
    link.add("asset", "p-A")
    link.add("percentage", "100")
    asked.lists("X").workspace.store.add(incoming(asked.folder, "2020-06-02", claims))
    assert asked.answers("A")["us_ofac_50"] == "unknown"


def test_downwards_tells_what_a_listing_reaches_alone_and_with_others(asked):
    asked.lists("XY").tells("X 50 A", "A 30 B", "Y 20 B", "B 50 C", "P 60 D", "A 10 D")
    reach = asked.workspace.reach("p-X", DAY)
    told = {below.party.id.removeprefix("p-"): below.rules["us_ofac_50"] for below in reach.companies}
    assert {key: (each.answer, each.alone) for key, each in told.items()} == {
        "A": ("caught", True), "B": ("caught", False), "C": ("caught", False), "D": ("not_caught", False),
    }  # fmt: skip
    assert [(below.party.id, below.steps) for below in reach.companies] == [
        ("p-A", 1),
        ("p-B", 2),
        ("p-C", 3),
        ("p-D", 2),
    ]
    assert "us_ofac_50" in reach.listed
    assert "us_ofac_50" not in asked.workspace.reach("p-P", DAY).listed


def test_a_nominee_is_looked_through(asked):
    principal = {
        "id": "r-1",
        "schema": "Representation",
        "properties": {"agent": ["p-P"], "client": ["p-X"], "role": ["nominee"]},
    }
    asked.lists("X").tells("P 60 A role=nominee", more=[principal])
    found = asked.owners("A")
    assert by(found).answer == "caught"
    assert hops(found) == [("X", "A", "listed")]
    assert "held by a nominee" in by(found).chain[0].stake.notes
    asked.tells("P 60 A role=nominee", day="2020-06-09")
    assert asked.answers("A")["us_ofac_50"] == "unknown", "for whom is not told"


def test_an_indirect_stake_repeats_a_chain_that_is_told_and_is_open_where_none_is(asked):
    asked.lists("X").tells("X 50 B", "B 40 A", "X 20 A status=indirect", "P 60 A")
    assert asked.answers("A")["us_ofac_50"] == "not_caught"
    asked.tells("X 60 A status=indirect", "P 40 A", day="2020-06-09")
    assert asked.answers("A")["us_ofac_50"] == "unknown"


def test_no_list_of_a_rule_leaves_it_open(asked):
    found = asked.lists("X", sources=["us_ofac_sdn"]).tells("X 10 A", "P 90 A").owners("A")
    assert by(found).answer == "not_caught"
    assert by(found, "ca_50").answer == "unknown"
    assert "no list of ca_dfatd_sema_sanctions is here" in by(found, "ca_50").missing[0]


def test_a_list_older_than_what_others_say_leaves_it_open(asked):
    asked.lists("X", sources=["ca_dfatd_sema_sanctions"], since="2024-02-01", day="2024-06-01")
    found = asked.lists("Y", sources=["us_ofac_sdn"], since="2019-01-01", day="2020-01-01").tells("X 60 A").owners("A")
    assert by(found, "ca_50").answer == "caught"
    assert by(found).answer == "unknown"
    assert "the newest list of us here is of 2020-01-01" in by(found).missing[0]


def test_control_points_but_does_not_settle(asked):
    found = asked.lists("X").tells("X A influence", "P 100 A").owners("A")
    answers = {each.rule.id: each.answer for each in found.rules}
    assert (answers["us_ofac_50"], answers["gb_50"], answers["eu_50"]) == ("not_caught", "unknown", "unknown")
    assert any("FAQ 398" in each for each in found.cautions)


def test_economic_interest_stands_apart(asked):
    found = asked.lists("X").tells("X 50 A", "A 50 B", "P 50 B").owners("B")
    assert by(found).answer == "caught"
    assert found.economic == (25_000_000, 25_000_000)


def test_a_register_that_came_later_tells_of_the_day_by_its_own_days(asked):
    asked.lists("X").tells("X 60 A startDate=2010-01-01", "P 60 C startDate=2023-01-01", day="2025-01-01")
    found = asked.owners("A", "2022-01-01")
    assert by(found).answer == "caught"
    assert "mine is here from 2025-01-01 on only; what it tells of 2022-01-01 by its own days is used" in found.notes


def test_listed_later_is_not_listed_on_the_day(asked):
    asked.lists("X", since="2024-05-05", day="2024-06-01").tells("X 60 A")
    assert asked.answers("A", "2024-05-04")["us_ofac_50"] == "not_caught"
    assert asked.answers("A", "2024-05-05")["us_ofac_50"] == "caught"


def test_a_judgement_makes_an_owner_the_listed_one(asked):
    asked.lists("X").tells("P 60 A")
    assert asked.answers("A")["us_ofac_50"] == "not_caught"
    asked.workspace.judge("p-P", "p-X", "same", why="same passport", author="ada")
    found = asked.owners("A")
    assert by(found).answer == "caught"


def test_classes_of_shares_are_added_up_unless_their_figures_are_of_the_class(asked):
    asked.lists("X").tells("X 30 A sharesType=ordinary", "X 20 A sharesType=preference", "P 50 A sharesType=ordinary")
    assert asked.answers("A")["us_ofac_50"] == "caught"
    asked.tells(
        "X 60 A sharesType=ordinary", "P 40 A sharesType=ordinary", "P 100 A sharesType=preference", day="2020-06-09"
    )
    assert asked.answers("A")["us_ofac_50"] == "unknown"


def test_joint_holders_each_hold_it_all_for_the_uk_and_an_open_part_elsewhere(asked):
    joint = stake("X 60 A")
    joint["properties"]["owner"] = ["p-X", "p-P"]
    found = asked.lists("X").tells("P 40 A", more=[joint]).owners("A")
    assert by(found, "gb_50").answer == "caught"
    assert by(found).answer == "unknown"
