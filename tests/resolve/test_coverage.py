"""Who lists whom where: confirmed as `resolve` has it, unsure where it leaves a question open, unknown without a list."""

from __future__ import annotations

import pytest
from tests.resolve.evidence import judgement

from shellgame.errors import NotFound
from shellgame.model.judgement import Verdict
from shellgame.model.standing import Standing
from shellgame.resolve.coverage import coverage_of
from shellgame.resolve.identities import identities_in
from shellgame.sources.claims import Claims
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store
from shellgame.testing.publications import incoming


def listed(claims, identity, schema, name, **properties):
    record = claims.record(identity, schema, f"list#{identity}")
    record.add("name", name)
    for prop, value in properties.items():
        record.add(prop, value)
    sanction = record.sanction()
    sanction.add("program", "VARKESH")
    sanction.add("listingDate", "2023-04-05")
    return record


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "ws")
    us, ca = Claims("us_ofac_sdn"), Claims("ca_dfatd_sema_sanctions")
    listed(us, "us-1", "Person", "Orsin Maledd", birthDate="1970-01-02")
    listed(us, "us-2", "Person", "Talvek Tornik", birthDate="1980-01-02")
    listed(us, "us-3", "Company", "Halvren Trading House LLC", registrationNumber="VK-123456")
    listed(us, "us-4", "Company", "Borvast Shipping", registrationNumber="VK-777777")
    listed(us, "us-5", "Person", "Yaska Varshovan")
    listed(ca, "ca-1", "Person", "MALEDD, Orsin", birthDate="1970-01-02")
    listed(ca, "ca-2", "Person", "Talvek Tornik", birthDate="1950-07-19")
    listed(ca, "ca-3", "Company", "Halvren House", registrationNumber="VK 123456")
    listed(ca, "ca-4", "Company", "Pellagorn Chemicals", registrationNumber="VK-777777")
    for claims in (us, ca):
        store.add(incoming(tmp_path, "2024-01-01", claims))
    return store


def row(store, identity, jurisdiction, standing=None, **options):
    with ClaimSet(store) as claims:
        rows = coverage_of(claims, identities_in(claims, standing=standing), entity_ids=[identity], **options)
    return next(row for row in rows if row.jurisdiction == jurisdiction)


def test_same_name_and_birth_date_are_confirmed(store):
    found = row(store, "us-1", "ca")
    assert (found.status, found.identity, found.records) == ("listed", "confirmed", ["ca-1"])
    assert (found.since, found.programs) == ("2023-04-05", ["VARKESH"])


def test_same_name_with_another_birth_year_is_another(store):
    assert row(store, "us-2", "ca").status == "not_listed"


def test_same_number_with_a_common_word_is_confirmed(store):
    found = row(store, "us-3", "ca")
    assert found.identity == "confirmed"
    assert "same registrationNumber VK 123456" in found.why[0]


def test_same_number_with_nothing_else_in_common_is_unsure(store):
    found = row(store, "us-4", "ca")
    assert (found.status, found.identity, found.records) == ("listed", "unsure", ["ca-4"])
    assert "same registrationNumber VK-777777" in found.why[0]


def test_not_on_a_list_that_is_here_is_not_listed_and_without_a_list_unknown(store):
    assert row(store, "us-5", "ca").status == "not_listed"
    assert row(store, "us-5", "eu").status == "unknown"


def test_a_judgement_overrides(store):
    same = Standing([judgement(("us-2", "ca-2"), Verdict.SAME, "ada", 0)])
    different = Standing([judgement(("us-1", "ca-1"), Verdict.DIFFERENT, "ada", 0)])
    assert row(store, "us-2", "ca", standing=same).identity == "confirmed"
    assert row(store, "us-1", "ca", standing=different).status == "not_listed"


def test_a_judgement_goes_on_by_way_of_others(store):
    by_way = [judgement(("us-2", "NK-1"), Verdict.SAME, "ada", 0), judgement(("ca-2", "NK-1"), Verdict.SAME, "ben", 1)]
    apart = [
        judgement(("us-1", "NK-1"), Verdict.SAME, "ada", 0),
        judgement(("ca-1", "NK-1"), Verdict.DIFFERENT, "ben", 1),
    ]
    assert row(store, "us-2", "ca", standing=Standing(by_way)).identity == "confirmed"
    assert row(store, "us-1", "ca", standing=Standing(apart)).status == "not_listed"


def test_a_programme_nobody_is_listed_under_is_told(store):
    with ClaimSet(store) as claims, pytest.raises(NotFound, match="nobody is listed under 'NOWHERE'"):
        coverage_of(claims, identities_in(claims), program="NOWHERE")


def test_the_day_it_first_shows_is_told_where_an_earlier_version_has_it_not(tmp_path):
    store = Store(tmp_path / "ws")
    for day, names in {"2024-01-01": ["Orsin Maledd"], "2024-02-01": ["Orsin Maledd", "Talvek Tornik"]}.items():
        claims = Claims("us_ofac_sdn")
        for name in names:
            record = claims.record(f"us-{name[:2]}", "Person", f"sdn.csv#{name}")
            record.add("name", name)
            record.sanction().add("program", "VARKESH")
        store.add(incoming(tmp_path, day, claims, day))
    assert row(store, "us-Ta", "us").first_seen == "2024-02-01"
    assert row(store, "us-Or", "us").first_seen is None, (
        "it was there in the first version kept: nobody here knows since when"
    )


def test_a_list_is_named_with_its_day(store):
    assert row(store, "us-5", "ca").lists == ("ca_dfatd_sema_sanctions of 2024-01-01",)
    assert row(store, "us-5", "eu").lists == ()
