"""From files of registers to who is caught: read, added, judged one with a listed party, and asked about."""

from __future__ import annotations

import json

import pytest

from shellgame.sources.claims import Claims
from shellgame.testing.publications import incoming
from shellgame.workspace import Workspace

LISTS = ("us_ofac_sdn", "eu_fsf", "gb_fcdo_sanctions")


@pytest.fixture(scope="module")
def ws(tmp_path_factory):
    """Orsin Malevadd is on three lists; a register and Companies House tell of somebody of that name."""
    made = tmp_path_factory.mktemp("registers")
    workspace = Workspace(made / "workspace")
    for source in LISTS:
        claims = Claims(source)
        person = claims.record(f"{source}-1", "Person", "list#1")
        person.add("name", "Orsin Malevadd")
        listing = person.sanction()
        listing.add("program", "VARKESH")
        listing.add_date("listingDate", "2023-05-01")
        workspace.store.add(incoming(made, "2024-01-01", claims))
    tables = made / "tables"
    tables.mkdir()
    (tables / "companies.csv").write_text(
        "id,name\nc1,Quillmark Holding\nc2,Quillmark Logistics\nc3,Borvast Shipping\n"
    )
    (tables / "people.csv").write_text("id,name,birth_date\np1,Orsin Malevadd,1961\np2,Yaska Varshander,\n")
    (tables / "holdings.csv").write_text(
        "company_id,holder_id,kind,percentage,started_on,ended_on\n"
        "c1,p1,shares,50,2015,\nc1,p2,shares,50,2015,\nc2,c1,shares,50,2016,\nc2,p2,shares,50,2016,\n"
        "c3,p1,shares,,2018,\n"
    )
    workspace.add("halvren_register", tables, "2024-02-01")
    line = {
        "company_number": "99999001",
        "data": {
            "kind": "individual-person-with-significant-control",
            "links": {"self": "/company/99999001/persons-with-significant-control/individual/abcDEF1"},
            "name": "Mr Orsin Malevadd",
            "name_elements": {"forename": "Orsin", "surname": "Malevadd"},
            "natures_of_control": ["ownership-of-shares-50-to-75-percent"],
            "notified_on": "2019-03-04",
        },
    }
    lines = made / "persons-with-significant-control-snapshot-2024-02-01.txt"
    lines.write_text(json.dumps(line) + "\n")
    workspace.add("gb_coh_psc", lines, "2024-02-01")
    for source in LISTS[1:]:
        workspace.judge(f"{LISTS[0]}-1", f"{source}-1", "same", why="same person")
    for record in _records(workspace, "Malevadd", "halvren_register", "gb_coh_psc"):
        workspace.judge(f"{LISTS[0]}-1", record, "same", why="known from elsewhere")
    return workspace


def _records(workspace, name, *sources):
    with workspace.claims(sources=list(sources)) as claims:
        query = "SELECT DISTINCT entity_id FROM claims WHERE prop = 'name' AND value LIKE ? ORDER BY ALL"
        return [identity for (identity,) in claims.rows(query, [f"%{name}%"])]


def answers(ws, name, source, on):
    (record,) = _records(ws, name, source)
    found = {held.rule.id: held for held in ws.owners(record, on=on).rules}
    return {rule: held.answer for rule, held in found.items()}, found


def test_a_register_in_tables_reaches_through_a_company_that_is_caught_itself(ws):
    told, held = answers(ws, "Quillmark Logistics", "halvren_register", "2024-08-01")
    assert told["us_ofac_50"] == "caught"
    assert told["eu_50"] == "caught"
    assert [hop.stake.owned for hop in held["us_ofac_50"].chain]


def test_exactly_half_is_caught_in_the_union_from_the_day_on_which_that_changed(ws):
    before, _ = answers(ws, "Quillmark Logistics", "halvren_register", "2024-07-02")
    after, _ = answers(ws, "Quillmark Logistics", "halvren_register", "2024-07-03")
    assert (before["eu_50"], after["eu_50"]) == ("not_caught", "caught")
    assert before["us_ofac_50"] == after["us_ofac_50"] == "caught"


def test_a_share_that_is_not_told_cannot_be_judged(ws):
    told, held = answers(ws, "Borvast Shipping", "halvren_register", "2024-08-01")
    assert told["us_ofac_50"] == "unknown"
    assert held["us_ofac_50"].missing


def test_a_band_of_companies_house_is_enough_where_all_of_it_is(ws):
    with ws.claims(sources=["gb_coh_psc"]) as claims:
        rows = claims.rows("SELECT value FROM claims WHERE prop = 'percentage'", [])
        assert [value for (value,) in rows] == [">50-<75"]
    found = {held.rule.id: held for held in ws.owners("gb-coh-99999001", on="2024-08-01").rules}
    assert {rule: found[rule].answer for rule in ("us_ofac_50", "eu_50", "gb_50")} == dict.fromkeys(
        ("us_ofac_50", "eu_50", "gb_50"), "caught"
    )
