"""What stands below a party: companies that can be asked for, by the stakes that lead there; nobody who is not told."""

from __future__ import annotations

import json

import pytest

from shellgame.sources.claims import Claims
from shellgame.testing.publications import incoming
from shellgame.workspace import Workspace

DAY = "2025-10-15"


def stake(owners, percentage, asset, **more):
    ends = {"owner": [*owners], "asset": [asset], "percentage": [percentage]}
    return {"id": f"s-{owners}{asset}", "schema": "Ownership", "properties": {**ends, **more}}


@pytest.fixture
def below(tmp_path):
    """Tells for some stakes which companies are below X, each with its steps."""

    def tell(*stakes):
        workspace = Workspace(tmp_path / "workspace")
        claims = Claims("us_ofac_sdn")
        record = claims.record("X", "Person", "list#X")
        record.add("name", "Orsin Malevadd")
        record.sanction().add("program", "VARKESH")
        workspace.store.add(incoming(tmp_path, "2020-06-01", claims))
        keys = sorted({key for each in stakes for end in ("owner", "asset") for key in each["properties"][end]})
        parties = [
            {
                "id": key,
                "schema": "Person" if key in "XY" else "Company",
                "properties": {"name": [f"House of {key * 6}"]},
            }
            for key in keys
        ]
        file = tmp_path / "mine.ftm.json"
        file.write_text("".join(json.dumps(each) + "\n" for each in [*parties, *stakes]), encoding="utf-8")
        workspace.add("mine", file, "2020-06-02")
        return {each.party.id: each.steps for each in workspace.reach("X", DAY).companies}

    return tell


def test_an_untold_holder_between_is_no_company_and_no_step(below):
    found = below(stake("X", "60", "B", status=["indirect"]), stake("B", "60", "C"))
    assert found == {"B": 1, "C": 2}


def test_an_arrangement_of_several_is_no_company_and_no_step(below):
    found = below(stake("XY", "60", "A"), stake("A", "60", "C"))
    assert found == {"A": 1, "C": 2}


def test_the_fewest_stakes_count(below):
    found = below(*(stake(one, "60", other) for one, other in ("XA", "AB", "BC", "XC", "CD")))
    assert found == {"A": 1, "B": 2, "C": 1, "D": 2}


def test_a_circle_is_gone_round_once(below):
    assert below(*(stake(one, "60", other) for one, other in ("XA", "AB", "BA"))) == {"A": 1, "B": 2}
