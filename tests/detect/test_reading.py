"""Scenes read out of claims: days that sources print, what changed between versions, denials, and whatever order claims come in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest

from shellgame.detect import reading
from shellgame.detect.finding import Finding
from shellgame.detect.patterns import DETECTORS, patterns_of
from shellgame.detect.reading import scene_of
from shellgame.sources.claims import Claims
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store
from shellgame.testing.publications import incoming

X, W, A = "Orsin Malevadd", "Ilsabet Malevadd", "Halvren Trading House"
DAY = "2025-06-01"


class Alone:
    """Every record is a party of its own; those that may be one are given."""

    def __init__(self, perhaps: dict[str, list[str]] | None = None) -> None:
        self._perhaps = perhaps or {}

    def party(self, record: str) -> str:
        return record

    def records_of(self, record: str) -> list[str]:
        return [record]

    def perhaps(self, record: str) -> list[str]:
        return self._perhaps.get(record, [])

    def of(self, record: str) -> Iterable[object]:
        return ()


class Told:
    """A store of lists and registers in the making."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store(folder / "workspace")

    def lists(
        self,
        *,
        since: str = "2022-04-06",
        record: str = "x",
        source: str = "us_ofac_sdn",
        days: tuple[str, ...] = ("2024-01-01",),
    ) -> Told:
        for day in days:
            claims = Claims(source)
            party = claims.record(record, "Person", "list#1")
            party.add("name", X)
            listing = party.sanction()
            listing.add("program", "VARKESH")
            listing.add_date("startDate", since)
            self.adds(claims, day)
        return self

    def register(
        self,
        day: str,
        *stakes: tuple[str, str, str],
        source: str = "mine",
        stance: str = "asserts",
        tie: str = "asserts",
        shuffle: int | None = None,
        country: str = "",
    ) -> Told:
        """A version of a register: stakes in A as (id of the link, share, days)."""
        claims = Claims(source)
        for record, name, schema in (("x", X, "Person"), ("w", W, "Person"), ("a", A, "Company")):
            party = claims.record(record, schema, f"register#{record}")
            party.add("name", name)
            if record == "a":
                party.add("country", country)
            if record == "w":
                party.link("Family", "x", role="wife", stance=tie)
        for key, share, days in stakes:
            link = claims.record("a", "Company", "register#a").part(key, "Ownership")
            link.add("owner", key[0], stance=stance)
            link.add("asset", "a", stance=stance)
            link.add("percentage", share, stance=stance)
            start, _, end = days.partition("..")
            link.add("startDate", start)
            link.add("endDate", end)
        if shuffle is not None:
            Random(shuffle).shuffle(claims.rows)
        return self.adds(claims, day)

    def adds(self, claims: Claims, day: str) -> Told:
        folder = self.folder / claims.source
        folder.mkdir(exist_ok=True)
        self.store.add(incoming(folder, day, claims, f"{claims.source} {day} {len(claims.rows)}\n"))
        return self

    def patterns(self, start: str = "a", day: str = DAY, parties: Alone | None = None) -> list[Finding]:
        with ClaimSet(self.store, ever=True) as claims:
            return patterns_of(claims, parties or Alone(), [start], day)

    def finding(self, pattern: str, **more: object) -> Finding:
        return next(each for each in self.patterns(**more) if each.id == pattern)


@pytest.fixture
def told(tmp_path):
    return Told(tmp_path)


FELL = (("x1", "60", "2015-01-01..2022-02-20"), ("x2", "45", "2022-02-21.."), ("w1", "15", "2022-02-21.."))


def test_days_that_a_register_prints(told):
    told.lists().register("2024-02-01", *FELL)
    found = told.finding("threshold_shaving")
    assert found.fired
    assert W in found.text
    with ClaimSet(told.store) as claims:
        values = {claim.value for claim in claims.with_ids(found.supporting)}
    assert values >= {"60", "45", "15", "2022-02-20", "2022-04-06", "wife"}
    assert told.finding("transfer_to_associates").fired


def test_the_same_is_found_from_the_owner_and_from_the_company(told):
    told.lists().register("2024-02-01", *FELL)
    assert told.finding("threshold_shaving", start="x") == told.finding("threshold_shaving", start="a")


def test_a_figure_that_changed_between_two_versions_of_a_register(told):
    told.lists().register("2022-01-10", ("x1", "60", "2015-01-01..")).register(
        "2022-02-10", ("x1", "45", "2015-01-01..")
    )
    found = told.finding("threshold_shaving")
    assert found.fired
    assert "some day from 2022-01-11 to 2022-02-10" in found.text


def test_an_entry_that_another_one_replaced_between_two_versions(told):
    told.lists().register("2022-01-10", ("x1", "60", "..")).register("2022-02-10", ("x2", "45", ".."))
    assert told.finding("threshold_shaving").fired


def test_an_entry_that_is_only_gone_from_the_next_version_leaves_it_open(told):
    told.lists().register("2022-01-10", ("x1", "60", "2015-01-01..")).register("2022-02-10")
    found = told.finding("threshold_shaving")
    assert found.fired is None
    assert any("no longer tells of it" in each for each in found.unknown)


def test_a_stake_that_ends_before_it_begins_has_no_days(told):
    told.lists().register("2024-02-01", ("x1", "60", "2022..2015"))
    with ClaimSet(told.store, ever=True) as read:
        (holding,) = scene_of(read, Alone(), ["a"], DAY).holdings
    assert (holding.start, holding.end, holding.ended) == (None, None, "")
    found = told.finding("threshold_shaving")
    assert found.fired is None
    assert "2015" not in found.text


def test_what_came_after_the_day_asked_about_is_left_out(told):
    told.lists().register("2024-02-01", *FELL)
    assert told.finding("threshold_shaving", day="2022-02-01").fired is not True
    assert told.finding("threshold_shaving", day="2022-04-05").fired is not True
    assert told.finding("threshold_shaving", day="2022-04-06").fired


@pytest.mark.parametrize("stance", ["denies"])
def test_a_denied_stake_never_fires(told, stance):
    told.lists().register("2024-02-01", *FELL, stance=stance)
    assert not any(each.fired for each in told.patterns())


def test_a_denied_tie_makes_nobody_close(told):
    told.lists().register("2024-02-01", *FELL, tie="denies")
    assert told.finding("transfer_to_associates").fired is None
    assert told.finding("threshold_shaving").strength == 0.6


def test_what_another_source_denies_speaks_against_it(told):
    told.lists().register("2024-02-01", *FELL).register(
        "2024-02-01", ("x9", "60", ".."), source="other", stance="denies"
    )
    found = told.finding("threshold_shaving")
    assert found.fired
    with ClaimSet(told.store) as claims:
        assert {claim.source for claim in claims.with_ids(found.against)} == {"other"}


def test_claims_in_any_order_give_the_same_findings(tmp_path):
    found = []
    for seed in range(4):
        (tmp_path / str(seed)).mkdir()
        told = Told(tmp_path / str(seed)).lists().register("2024-02-01", *FELL, shuffle=seed, country="gb")
        found.append(told.patterns())
    assert found[0] == found[1] == found[2] == found[3]
    assert {each.id for each in found[0]} == {*DETECTORS}


def test_a_listing_without_a_day_came_between_the_versions_that_tell(told):
    told.lists(since="", record="y", days=("2022-03-01",)).lists(since="", days=("2022-04-06",)).register(
        "2024-02-01", *FELL
    )
    assert told.finding("threshold_shaving").fired
    assert "some day from 2022-03-02 to 2022-04-06" in told.finding("threshold_shaving").text


def test_a_listing_that_was_there_from_the_first_version_on_leaves_it_open(told):
    told.lists(since="", days=("2022-04-06",)).register("2024-02-01", *FELL)
    assert told.finding("threshold_shaving").fired is None


def test_a_record_that_may_be_the_owner_leaves_it_open(told):
    told.lists(record="z").register("2024-02-01", *FELL)
    assert told.finding("threshold_shaving").fired is False
    assert told.finding("threshold_shaving", parties=Alone({"x": ["z"]})).fired is None


def test_a_company_of_a_country_gives_its_jurisdiction(told):
    told.lists(since="2022-02-01").lists(source="gb_fcdo_sanctions").register("2024-02-01", *FELL, country="gb")
    found = told.finding("moves_in_the_lag")
    assert found.fired
    assert "64 days later" in found.text


def test_where_nothing_is_told_nothing_is_called_clean(told):
    told.lists().register("2024-02-01")
    assert {each.fired for each in told.patterns()} == {None}


def test_without_any_list_nobody_is_called_clean(told):
    told.register("2024-02-01", *FELL)
    assert {each.fired for each in told.patterns()} == {None}


def test_a_scene_that_grows_too_large_says_so(told, monkeypatch):
    monkeypatch.setattr(reading, "MOST_PARTIES", 2)
    told.lists().register("2024-02-01", *FELL)
    assert all("more around it" in each.unknown[-1] for each in told.patterns())


@pytest.mark.parametrize("share", ["a third", "-5", "700", "1e3"])
def test_a_share_that_cannot_be_read_is_unknown(told, share):
    told.lists().register("2024-02-01", ("x1", share, "2015-01-01..2022-02-20"))
    assert told.finding("threshold_shaving").fired is None


def test_prices_and_values_are_read_by_currency(told):
    told.lists().register("2024-02-01", ("x1", "40", "2015-01-01..2022-02-20"), ("w1", "40", "2022-02-21.."))
    claims = Claims("bank")
    deal = claims.record("deal", "Payment", "bank#1")
    for prop, value in {
        "payer": "w",
        "beneficiary": "x",
        "date": "2022-02-22",
        "amount": "300,000.00",
        "currency": "EUR",
    }.items():
        deal.add(prop, value)
    company = claims.record("a", "Company", "bank#2")
    company.add("amount", "2500000")
    company.add("currency", "EUR")
    found = told.adds(claims, "2024-02-01").finding("transfer_at_a_loss")
    assert found.fired
    assert "30% of a value of 1,000,000 EUR" in found.text


@pytest.mark.parametrize("amount", ["-5", "NaN", "Infinity", "lots", "0", "1e400"])
def test_an_amount_that_is_none_is_no_price(amount):
    assert reading._amount(amount) is None


def test_the_claims_of_a_scene_are_those_of_its_parties(told):
    told.lists().register("2024-02-01", *FELL)
    with ClaimSet(told.store, ever=True) as claims:
        scene = scene_of(claims, Alone(), ["a"], DAY)
    assert {each.owner for each in scene.holdings} == {"x", "w"}
    assert scene.facts["a"].name == A
    assert [each.sort for each in scene.bonds] == ["family"]


def test_of_what_several_hold_jointly_nobody_says_which_part_is_whose(told):
    claims = Claims("mine")
    for record in "xwa":
        claims.record(record, "Company", "register#1").add("name", f"House {record}")
    link = claims.record("a", "Company", "register#1").part("l", "Ownership")
    for prop, value in (("owner", "x"), ("owner", "w"), ("asset", "a"), ("percentage", "60")):
        link.add(prop, value)
    told.lists().adds(claims, "2024-02-01")
    with ClaimSet(told.store, ever=True) as read:
        scene = scene_of(read, Alone(), ["a"], DAY)
    assert {(each.owner, str(each.interval)) for each in scene.holdings} == {("x", "<=60"), ("w", "<=60")}


def test_a_listing_that_its_status_ends_is_over(told):
    claims = Claims("gb_fcdo_sanctions")
    listing = claims.record("x", "Person", "list#1").sanction()
    listing.add_date("startDate", "2020-01-01")
    listing.add("status", "delisted")
    told.adds(claims, "2024-02-01").register("2024-02-01", *FELL)
    with ClaimSet(told.store, ever=True) as read:
        (designation,) = scene_of(read, Alone(), ["a"], DAY).designations["x"]
    assert designation.until
    assert str(designation.until).endswith("2025-05-31")


@pytest.mark.parametrize(
    ("prop", "words", "over"),
    [("role", "transformer engineer", False), ("role", "former owner", True), ("summary", "Former: ceased", True)],
)
def test_a_stake_that_is_called_former_is_over_and_one_with_the_letters_in_a_word_is_not(told, prop, words, over):
    claims = Claims("mine")
    for record in "xa":
        claims.record(record, "Company", "register#1").add("name", f"House {record}")
    link = claims.record("a", "Company", "register#1").part("l", "Ownership")
    for each, value in (("owner", "x"), ("asset", "a"), ("percentage", "60"), (prop, words)):
        link.add(each, value)
    told.lists().adds(claims, "2024-02-01")
    with ClaimSet(told.store, ever=True) as read:
        (holding,) = scene_of(read, Alone(), ["a"], DAY).holdings
    assert bool(holding.ended) is over
