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


def test_an_organisation_of_whose_owners_nothing_is_told_leaves_open_what_it_would_catch(asked):
    found = asked.lists("X").tells("X 30 A", "D 60 A").owners("A")
    assert {each.answer for each in found.rules if each.rule.id != "ch_50"} == {"unknown"}
    assert by(found).missing[0] == (
        "Borvast Shipping: who owns it is not told; if caught, Halvren Trading House would be caught"
    )
    assert by(asked.tells("X 30 A", "D 60 A", "P 100 D", day="2020-06-03").owners("A")).answer == "not_caught"


def test_what_is_untold_may_be_one_persons_where_persons_are_taken_apart(asked):
    found = by(asked.lists("X").tells("X 30 A", "D 30 A", "P 40 A").owners("A"), "gb_50")
    assert found.answer == "unknown", "D may be wholly X's"
    assert "if caught, Halvren Trading House would be caught" in found.missing[0]


def test_who_owns_the_rest_is_told_of_every_owner_that_could_decide(asked):
    found = by(asked.lists("X").tells("X 40 A", "A 100 B").owners("B"))
    assert found.answer == "not_caught"
    assert found.missing == (
        "who holds 60 % of Halvren Trading House (shares) is not told: 10 % or more of all with listed owners would make it "
        "caught, and then Quillmark Logistics",
    )


def test_a_circle_is_not_caught_by_itself(asked):
    asked.lists("X").tells("A 60 B", "B 60 A", "P 40 A", "X 40 B")
    assert asked.answers("A")["us_ofac_50"] == "not_caught"
    asked.tells("A 60 B", "B 60 A", "X 40 A", "X 40 B", day="2020-06-05")
    assert asked.answers("A")["us_ofac_50"] == "not_caught"
    asked.tells("A 50 B", "B 60 A", "X 40 A", "X 50 B", day="2020-06-06")
    assert asked.answers("A")["us_ofac_50"] == "caught"


def test_a_closed_circle_has_nobody_told_behind_it(asked):
    asked.lists("X").tells("A 100 B", "B 100 A", "C 100 D", "D 90 C", "P 10 C")
    assert any(
        "who stands behind Halvren Trading House in the end is not told" in each for each in asked.owners("A").notes
    )
    assert not any("who stands behind" in each for each in asked.owners("D").notes)


def test_an_owner_in_a_closed_circle_leaves_it_open(asked):
    asked.lists("X").tells("B 60 A", "P 40 A")
    assert asked.answers("A")["us_ofac_50"] == "unknown", "who owns B is not told"
    asked.tells("B 60 A", "P 40 A", "C 100 B", "B 100 C", day="2020-06-05")
    found = by(asked.owners("A"))
    assert found.answer == "unknown"
    assert any("its owners own one another; if caught" in each for each in found.missing)
    asked.tells("B 60 A", "P 40 A", "C 100 B", "B 90 C", "P 10 C", day="2020-06-06")
    assert by(asked.owners("A")).answer == "not_caught"


def test_a_sale_of_which_the_month_is_told_is_remembered(asked):
    asked.lists("X").tells("X 60 A endDate=2024-05", "P 60 A startDate=2024-06-01")
    found = asked.owners("A")
    assert by(found).answer == "not_caught"
    assert any("FAQ 402" in each and "until 2024-05 " in each for each in found.cautions)


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


def test_a_stake_that_is_over_in_the_words_of_another_source_may_be_none(asked):
    asked.lists("X").tells("X 60 A")
    over = ("X 60 A endDate=2024-01-01", "P 60 A startDate=2024-01-02")
    asked.tells(*over, source="other")
    found = by(asked.owners("A"))
    assert (found.answer, found.held) == ("unknown", (0, 60_000_000))
    assert any("another source tells that it ended on 2024-01-01" in note for note in found.chain[0].stake.notes)
    assert asked.answers("A", "2023-06-01")["us_ofac_50"] == "caught"
    asked.tells(*over, "X 55 A startDate=2024-02-01", source="other", day="2020-06-09")
    assert by(asked.owners("A")).held == (55_000_000, 60_000_000), "it is told to have begun again"


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


def standing_in(agent: str, client: str, about: str = "") -> dict[str, object]:
    more = {"recordId": [about]} if about else {}
    ends = {"agent": [f"p-{agent}"], "client": [f"p-{client}"], "role": ["nominee"]}
    return {"id": f"r-{agent}-{client}-{about}", "schema": "Representation", "properties": {**ends, **more}}


def test_for_whom_a_nominee_stands_in_one_company_says_nothing_of_another(asked):
    stakes = ("P 60 A role=nominee", "P 60 B role=nominee", "P 60 C role=nominee")
    for_x, for_y = (f"s-{number}-P-60-{key}-role=nominee" for number, key in ((0, "A"), (2, "C")))
    asked.lists("X").tells(*stakes, more=[standing_in("P", "X", for_x), standing_in("P", "Y", for_y)])
    assert asked.answers("A")["us_ofac_50"] == "caught"
    assert asked.answers("B")["us_ofac_50"] == "unknown"
    assert asked.answers("C")["us_ofac_50"] == "not_caught"
    reached = asked.workspace.reach("p-X", DAY)
    assert "p-A" in {each.party.id for each in reached.companies}


def test_who_stands_behind_a_nominees_principal_may_hold_it_too(asked):
    chain = [standing_in("P", "B"), standing_in("B", "X"), standing_in("X", "P")]
    asked.lists("X").tells("P 60 A role=nominee", more=chain)
    found = by(asked.owners("A"))
    assert found.answer == "unknown", "whether the principal holds it for itself is not told"
    assert found.held.low == 0
    assert {hop.stake.owner for hop in found.chain} == {"p-X", "p-B"}
    assert "p-A" in {each.party.id for each in asked.workspace.reach("p-X", DAY).companies}


def test_who_is_told_to_be_a_nominee_of_one_stake_need_not_say_so_in_its_role(asked):
    stakes = ("P 60 A role=registered_holder", "P 60 B role=registered_holder")
    asked.lists("X").tells(*stakes, more=[standing_in("P", "X", "s-0-P-60-A-role=registered_holder")])
    assert asked.answers("A")["us_ofac_50"] == "caught"
    assert asked.answers("B")["us_ofac_50"] == "not_caught"
    assert "p-A" in {each.party.id for each in asked.workspace.reach("p-X", DAY).companies}


def test_who_is_told_to_be_a_nominee_of_all_it_holds_leaves_each_stake_open(asked):
    asked.lists("X").tells("P 60 A", "P 60 B role=beneficial_owner_(not_nominee)", more=[standing_in("P", "X")])
    found = by(asked.owners("A"))
    assert (found.answer, found.held) == ("unknown", (0, 60_000_000))
    assert asked.answers("B")["us_ofac_50"] == "not_caught"
    reached = {each.party.id: each.rules["us_ofac_50"].answer for each in asked.workspace.reach("p-X", DAY).companies}
    assert reached == {"p-A": "unknown"}


def test_a_nomination_that_is_over_does_not_count(asked):
    over = standing_in("P", "X")
    over["properties"] |= {"endDate": ["2024-06-30"]}
    asked.lists("X").tells("P 60 A role=nominee", "Y 40 A", more=[over])
    assert asked.answers("A", "2024-06-30")["us_ofac_50"] == "caught"
    found = asked.owners("A")
    assert by(found).answer == "not_caught"
    assert any("is told to be over" in note for stake in found.stakes for note in stake.notes)


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        (["voting rights"], {"votes": (60, 60)}),
        (["Shares"], {"shares": (60, 60)}),
        (["usufruct"], {"shares": (0, 60)}),
        ([], {"shares": (60, 60)}),
    ],
)
def test_a_right_in_other_words_is_read_or_left_open(asked, kinds, told):
    link = stake("X 60 A")
    link["properties"]["ownershipType"] = kinds
    found = asked.lists("X").tells("P 10 A", more=[link]).owners("A")
    percent = 1_000_000
    mine = {str(each.kind): each.interval for each in found.stakes if each.owner == "p-X"}
    assert mine == {kind: (low * percent, high * percent) for kind, (low, high) in told.items()}


def test_what_a_nominee_holds_is_a_part_beside_what_the_principal_holds_itself(asked):
    asked.lists("X").tells("P 60 A role=nominee", "X 10 A", more=[standing_in("P", "X")])
    assert by(asked.owners("A")).held == (70_000_000, 70_000_000)


def test_what_a_nominee_holds_for_the_company_itself_is_nobodys(asked):
    told = ("X 49 A", "P 2 A role=nominee", "Y 49 A")
    asked.lists("X").tells(*told, more=[standing_in("P", "A", "s-1-P-2-A-role=nominee")])
    found = by(asked.owners("A"))
    assert (found.answer, found.held) == ("unknown", (49_000_000, 50_000_000))
    asked.tells(*told, more=[standing_in("P", "A")], day="2020-06-09")
    assert by(asked.owners("A")).held == (49_000_000, 51_000_000), "he may stand for anybody there"


def test_a_listed_holder_who_says_that_he_is_a_nominee_is_told(asked):
    asked.lists("X").tells("X 60 A role=nominee", "Y 40 A", more=[standing_in("X", "Y")])
    (caution,) = asked.owners("A").cautions
    assert f"{NAMES['X']}, listed by ca, eu, gb, us, holds 60 % of the shares of {NAMES['A']} by title" in caution
    assert not asked.owners("A", "2019-01-01").cautions


def test_a_listed_holder_by_title_one_step_up_is_told_too(asked):
    asked.lists("X").tells("X 60 A role=nominee", "Y 40 A", "A 100 B", "A 60 C", more=[standing_in("X", "Y")])
    (caution,) = [each for each in asked.owners("B").cautions if "by title" in each]
    assert f"holds 60 % of the shares of {NAMES['A']} by title" in caution


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"status": ["former"]}, ""),
        ({"summary": ["Former: the day is not told"]}, ""),
        (
            {"startDate": ["2025-01-01"], "endDate": ["2020-01-01"]},
            "is director (told to begin on 2025-01-01 and to end on 2020-01-01) of it",
        ),
    ],
)
def test_a_listed_director_who_is_told_to_have_left_is_none_and_odd_days_are_told(asked, told, words):
    ends = {"director": ["p-X"], "organization": ["p-A"], "role": ["director"]}
    asked.lists("X").tells("Y 100 A", more=[{"id": "d-1", "schema": "Directorship", "properties": ends | told}])
    cautions = asked.owners("A").cautions
    assert any(words in each for each in cautions) if words else not cautions


def test_a_listed_director_is_told(asked):
    def director(key: str, **days: str) -> dict[str, object]:
        told = {"director": [f"p-{key}"], "organization": ["p-A"], "role": ["general director"]}
        return {
            "id": f"d-{key}",
            "schema": "Directorship",
            "properties": {**told, **{prop: [day] for prop, day in days.items()}},
        }

    asked.lists("X").tells("Y 100 A", more=[director("X", endDate="2025-06-30"), director("Y")])
    (caution,) = asked.owners("A", "2025-06-30").cautions
    assert f"{NAMES['X']}, listed by ca, eu, gb, us, is general director of it" in caution
    assert not asked.owners("A").cautions, "over by then"


def test_days_that_make_no_sense_leave_a_stake_open(asked):
    asked.lists("X").tells("X 60 A startDate=2025-01-01 endDate=2020-01-01", "Y 40 A")
    assert asked.answers("A")["us_ofac_50"] == "unknown"
    notes = [note for stake in asked.owners("A").stakes for note in stake.notes]
    assert any("told to begin on 2025-01-01 and to end on 2020-01-01" in note for note in notes)


def test_an_indirect_stake_repeats_a_chain_that_is_told_and_is_open_where_none_is(asked):
    asked.lists("X").tells("X 50 B", "B 40 A", "X 20 A status=indirect", "P 60 A")
    assert asked.answers("A")["us_ofac_50"] == "not_caught"
    asked.tells("X 60 A status=indirect", "P 40 A", day="2020-06-09")
    assert asked.answers("A")["us_ofac_50"] == "unknown"


def test_what_a_company_holds_in_itself_leaves_open_what_the_others_have(asked):
    asked.lists("X").tells("X 45 A", "A 10 A", "P 45 A", "X 40 B", "B 10 B", "P 50 B")
    assert asked.answers("A")["us_ofac_50"] == "unknown"
    assert asked.answers("B")["us_ofac_50"] == "not_caught"
    assert by(asked.owners("A")).held == (45_000_000, 50_000_000)
    notes = [note for stake in asked.owners("A").stakes for note in stake.notes]
    assert any("the company holds a part in itself" in note for note in notes)


def test_what_a_company_holds_in_itself_without_a_figure_may_be_all_that_others_leave(asked):
    asked.lists("X").tells("X 25 A", "A ? A", "P 25 A", "X 25 B", "B ? B", "P 70 B")
    assert by(asked.owners("A")).held == (25_000_000, 50_000_000)
    assert by(asked.owners("B")).answer == "not_caught"


def test_canada_is_silent_on_several_persons(asked):
    found = by(asked.lists("XY").tells("X 30 A", "Y 20 A", "P 50 A").owners("A"), "ca_50")
    assert found.answer == "unknown"
    assert found.held == (30_000_000, 50_000_000)
    assert any("added up the rule does not say: together they would make" in each for each in found.missing)
    asked.tells("X 30 A", "Y 19 A", "P 51 A", day="2020-06-09")
    assert asked.answers("A")["ca_50"] == "not_caught"


def test_a_right_that_may_not_be_there_is_what_is_missing_and_not_adding_up(asked):
    found = asked.lists("X").tells("X A board startDate=2025-10", "P 50 A").owners("A")
    for rule in ("ca_50", "gb_50"):
        assert by(found, rule).answer == "unknown"
        (missing,) = by(found, rule).missing
        assert (
            "right to appoint the board in Halvren Trading House: whether it is there on 2025-10-15 is not sure"
            in missing
        )


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


def test_without_lists_nothing_is_said_of_who_is_behind_it_economically(asked):
    assert asked.tells("X 50 A").owners("A").economic is None


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


@pytest.mark.parametrize(
    "told",
    [
        ("X 60 A status=indirect", "X 1 B", "B 1 A", "P 99 B"),
        ("X 60 A status=indirect", "X >25-50 B", "B 100 A", "P ? B"),
        ("X 60 A status=indirect", "B 1 A", "X B influence", "P 100 B"),
        ("X 100 A status=indirect", "B A consolidation", "X B consolidation"),
        ("X 60 A status=indirect", "P 60 A"),
    ],
)
def test_an_indirect_stake_that_the_told_chain_does_not_account_for_stays_open(asked, told):
    found = asked.lists("X").tells(*told).owners("A")
    answers = {each.rule.id: each.answer for each in found.rules}
    assert {answers[rule] for rule in ("us_ofac_50", "eu_50", "gb_50", "ca_50")} == {"unknown"}
    assert by(found).held.high >= 60_000_000
    assert not found.notes or "is taken to be the chain" not in " ".join(found.notes)


@pytest.mark.parametrize("chain", [("X 50 B", "P 50 B", "B 40 A"), ("X 60 B", "P 40 B", "B 20 A")])
def test_an_indirect_stake_that_repeats_a_chain_is_left_out_and_told(asked, chain):
    found = asked.lists("X").tells("X 20 A status=indirect", "P 60 A", *chain).owners("A")
    assert by(found).answer == "not_caught"
    assert any("is taken to be the chain that is told" in each for each in found.notes)


def test_an_indirect_stake_without_a_figure_is_no_chain_of_less_than_it_can_be(asked):
    asked.lists("X").tells("X ? A status=indirect", "X 1 B", "B 1 A", "P 99 B", "Y 5 A")
    assert asked.answers("A")["us_ofac_50"] == "unknown"
    asked.tells("X ? A status=indirect", "X 100 B", "B 100 A", day="2020-06-09")
    assert any("is taken to be the chain that is told" in each for each in asked.owners("A").notes)


def test_a_right_to_the_board_may_be_told_as_indirect(asked):
    found = asked.lists("X").tells("X A board status=indirect", "P 100 A").owners("A")
    assert (by(found, "gb_50").answer, by(found).answer) == ("caught", "not_caught")


def test_a_stake_of_unknown_level_may_be_the_chain_that_is_told(asked):
    unsure = "X 30 A summary=Direct_or_indirect:_unknown"
    asked.lists("X").tells(unsure, "X 100 B", "B 30 A", "P 40 A")
    found = by(asked.owners("A"))
    assert (found.answer, found.held) == ("unknown", (30_000_000, 60_000_000))
    asked.tells(unsure, "P 40 A", day="2020-06-09")
    assert by(asked.owners("A")).held == (30_000_000, 30_000_000)


def test_a_structure_larger_than_what_is_read_is_answered_as_far_as_it_was(asked, monkeypatch):
    monkeypatch.setattr("shellgame.graph.ownership.structure.MOST_PARTIES", 2)
    asked.lists("X").tells("P 60 A", "B 40 A", "C 50 B", "D 50 B", "X 100 C", "Y 100 D")
    found = asked.owners("A")
    assert by(found).answer == "not_caught"
    assert any("the structure is larger than was read" in each for each in found.notes)


def test_a_nominator_has_what_its_arrangement_holds(asked):
    asked.lists("X").tells("X D influence role=nominator", "D 100 A")
    assert asked.answers("A")["us_ofac_50"] == "caught"
    asked.tells("X D influence role=nominator", "P D influence role=nominator", "D 100 A", day="2020-06-09")
    assert asked.answers("A")["us_ofac_50"] == "unknown"
    asked.tells("X D influence role=settlor", "X D influence role=trustee", "D 100 A", day="2020-06-10")
    assert asked.answers("A")["us_ofac_50"] == "unknown"


def joint(figure: str, *owners: str) -> dict[str, object]:
    told = stake(f"X {figure} A")
    told["properties"]["owner"] = [f"p-{owner}" for owner in owners]
    return told | {"id": f"joint-{''.join(owners)}"}


def test_what_two_hold_jointly_leaves_the_rest_to_others(asked):
    asked.lists("X").tells("X ? A", more=[joint("30", "Y", "P")])
    found = asked.owners("A")
    assert by(found, "gb_50").held == (0, 70_000_000)
    assert by(found, "gb_50").answer == "unknown"


@pytest.mark.parametrize(("figure", "answer", "low"), [("60", "caught", 60), ("30", "not_caught", 30)])
def test_what_listed_persons_hold_jointly_is_held_once(asked, figure, answer, low):
    found = by(asked.lists("XY").tells("P 40 A", more=[joint(figure, "X", "Y")]).owners("A"))
    assert found.answer == answer
    assert found.held == (low * 1_000_000, low * 1_000_000)


def test_joint_holders_are_caught_with_any_listed_member_in_the_uk_and_perhaps_elsewhere(asked):
    found = asked.lists("X").tells("P 40 A", more=[joint("60", "X", "P")]).owners("A")
    assert by(found, "gb_50").answer == "caught"
    assert by(found).answer == "unknown"
    assert [hop.stake.owner.partition(" ")[0] for hop in by(found, "gb_50").chain] == ["jointly", "p-X"]
    assert (
        found.parties[by(found, "gb_50").chain[0].stake.owner].name == "Mirren Ostrelescu and Orsin Malevadd, jointly"
    )


def test_what_a_member_may_hold_jointly_for_somebody_else_is_not_sure(asked):
    found = asked.lists("X").tells("Y 40 A", more=[joint("60", "P", "Y"), standing_in("P", "X")]).owners("A")
    assert {by(found, rule).answer for rule in ("us_ofac_50", "gb_50")} == {"unknown"}


def test_an_entry_without_a_figure_may_be_more(asked):
    found = by(asked.lists("X").tells("X 30 A", "X ? A", "P 10 A").owners("A"))
    assert found.answer == "unknown"
    assert found.held == (30_000_000, 90_000_000)


def test_a_share_of_one_class_is_anything_up_to_its_figure(asked):
    asked.lists("X").tells("X 60 A sharesType=B", "P 30 A sharesType=A")
    found = by(asked.owners("A"))
    assert (found.answer, found.held) == ("unknown", (0, 60_000_000))


def test_a_share_of_all_classes_is_at_least_the_least_of_them(asked):
    asked.lists("X").tells("X 60 A sharesType=A", "X 55 A sharesType=B", "P 40 A sharesType=A", "P 45 A sharesType=B")
    found = by(asked.owners("A"))
    assert (found.answer, found.held) == ("caught", (55_000_000, 60_000_000))
    asked.tells("X 30 A sharesType=A", "X 20 A sharesType=B", "P 50 A sharesType=A", day="2020-06-09")
    found = by(asked.owners("A"))
    assert (found.answer, found.held) == ("unknown", (20_000_000, 50_000_000))


def test_a_right_to_profits_does_not_settle_it_in_the_uk(asked):
    found = by(asked.lists("X").tells("X 60 A surplus", "P 100 A").owners("A"), "gb_50")
    assert found.answer == "unknown"
    assert "part of profits or assets in Halvren Trading House (60 %) counts like ownership" in " ".join(found.missing)


def test_what_a_rule_leaves_open_is_told(asked):
    found = asked.lists("X").tells("X 60 A votes", "P 100 A").owners("A")
    assert by(found, "eu_50").answer == "unknown"
    assert "part of the votes in Halvren Trading House (60 %)" in " ".join(by(found, "eu_50").missing)


def test_former_is_a_status_or_a_remark_and_no_part_of_a_role(asked):
    asked.lists("X").tells("X 60 A role=shareholder,_performer")
    assert asked.answers("A")["us_ofac_50"] == "caught"
    for day, told in (("2020-06-09", "status=former"), ("2020-06-10", "summary=Former:_the_day_is_not_told")):
        asked.tells(f"X 60 A {told}", "P 60 A", day=day)
        assert asked.answers("A")["us_ofac_50"] == "not_caught"


def test_a_sale_before_anybody_was_listed_is_no_divestment(asked):
    asked.lists("X", since="2022-01-01", day="2022-02-01").tells("X 60 A endDate=2015-03-01", "P 60 A")
    assert not any("FAQ 402" in each for each in asked.owners("A", "2024-06-01").cautions)


def test_a_link_of_several_rights_tells_each(asked):
    told = stake("X 60 A")
    told["properties"]["ownershipType"] = ["shares", "votes"]
    found = asked.lists("X").tells("P 10 A", more=[told]).owners("A")
    assert {str(each.kind): each.interval.low for each in found.stakes if each.owner == "p-X"} == {
        "shares": 60_000_000, "votes": 60_000_000,
    }  # fmt: skip


def test_stakes_that_meet_on_a_day_are_not_added_up(asked):
    asked.lists("X").tells("X 60 A endDate=2022-02-20", "X 45 A startDate=2022-02-20")
    assert by(asked.owners("A", "2022-02-20")).held == (45_000_000, 60_000_000)


def test_what_is_still_needed_is_of_the_right_that_it_is_told_of(asked):
    found = by(asked.lists("X").tells("X 20 A", "X 30 A votes").owners("A"))
    assert "30 % or more of all with listed owners would make it caught" in found.missing[0]


def test_each_rule_tells_its_lists_with_the_day_of_the_version_used_and_old_ones_are_remarked_on(asked):
    found = asked.lists("X", day="2025-10-10").tells("X 60 A", day="2025-10-10").owners("A")
    assert [str(each) for each in found.lists["us_ofac_50"]] == ["us_ofac_sdn of 2025-10-10"]
    assert found.lists["ch_50"] == ()
    assert not any("older than" in note for note in found.notes)
    later = asked.owners("A", "2026-01-08")
    (note,) = [note for note in later.notes if "older than" in note]
    assert "who came or left later is not known here" in note
    assert "us_ofac_sdn of 2025-10-10 (90 days before)" in note
    assert [str(each) for each in asked.workspace.reach("p-X", DAY).lists["us_ofac_50"]] == [
        "us_ofac_sdn of 2025-10-10"
    ]


def test_only_so_many_questions_are_tried_and_the_rest_is_counted(asked):
    more = [{"id": f"h-{number}", "schema": "LegalEntity", "properties": {"notes": ["x"]}} for number in range(20)]
    more += [
        {"id": f"hs-{number}", "schema": "Ownership", "properties": {"owner": [f"h-{number}"], "asset": ["p-A"]}}
        for number in range(20)
    ]
    found = by(asked.lists("X").tells("X ? A", more=more).owners("A"))
    assert len(found.missing) <= 10
    assert "more are not told or not exact; what each would change was not tried" in found.missing[-1]
