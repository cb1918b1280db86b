"""Patterns asked of a workspace: lists and a register go in as publications, findings come out with their claims."""

from __future__ import annotations

import json

import pytest

from shellgame.detect.patterns import DETECTORS
from shellgame.errors import NotFound
from shellgame.sources.claims import Claims
from shellgame.testing.publications import incoming
from shellgame.workspace import Workspace


def listing(folder, source, since):
    claims = Claims(source)
    record = claims.record(f"{source}-1", "Person", "list#1")
    record.add("name", "Orsin Malevadd")
    record.add("birthDate", "1961-06-06")
    record.add_country("nationality", "Belarus")
    record.sanction().add_date("startDate", since)
    (folder / source).mkdir()
    return incoming(folder / source, "2024-01-01", claims)


def entity(identity, schema, **properties):
    return {"id": identity, "schema": schema, "properties": {prop: [value] for prop, value in properties.items()}}


@pytest.fixture
def workspace(tmp_path):
    made = Workspace(tmp_path / "workspace")
    made.store.add(listing(tmp_path, "us_ofac_sdn", "2022-04-06"))
    made.store.add(listing(tmp_path, "gb_fcdo_sanctions", "2022-06-21"))
    told = [
        entity("p-x", "Person", name="Orsin Malevadd", birthDate="1961-06-06", nationality="by"),
        entity("p-w", "Person", name="Ilsabet Malevadd"),
        entity("c-a", "Company", name="Halvren Trading House", country="gb"),
        entity(
            "s-1", "Ownership", owner="p-x", asset="c-a", percentage="60", startDate="2015-01-01", endDate="2022-05-02"
        ),
        entity("s-2", "Ownership", owner="p-x", asset="c-a", percentage="45", startDate="2022-05-03"),
        entity("s-3", "Ownership", owner="p-w", asset="c-a", percentage="15", startDate="2022-05-03"),
        entity("f-1", "Family", person="p-x", relative="p-w", relationship="wife"),
    ]
    file = tmp_path / "mine.ftm.json"
    file.write_text("".join(json.dumps(each) + "\n" for each in told), encoding="utf-8")
    made.add("mine", file, "2024-02-01")
    return made


def test_patterns_around_a_company_by_the_records_that_are_one_party(workspace):
    workspace.judge("p-x", "us_ofac_sdn-1", "same", why="same birth", author="ada")
    workspace.judge("p-x", "gb_fcdo_sanctions-1", "same", why="same birth", author="ada")
    found = {each.id: each for each in workspace.patterns("c-a")}
    assert {*found} == {*DETECTORS}
    assert {name for name, each in found.items() if each.fired} == {
        "threshold_shaving",
        "transfer_to_associates",
        "moves_in_the_lag",
    }
    assert "GB on 2022-06-21, 76 days later" in found["moves_in_the_lag"].text
    with workspace.claims() as claims:
        sources = {claim.source for claim in claims.with_ids(found["moves_in_the_lag"].supporting)}
    assert sources == {"us_ofac_sdn", "gb_fcdo_sanctions", "mine"}


def test_before_the_listings_nothing_fired(workspace):
    workspace.judge("p-x", "us_ofac_sdn-1", "same", why="same birth", author="ada")
    assert not any(each.fired for each in workspace.patterns("Halvren Trading House", on="2022-04-05"))


def test_a_name_that_nobody_has_is_told(workspace):
    with pytest.raises(NotFound, match="Qqzzkk"):
        workspace.patterns("Qqzzkk Vvwwjj")
