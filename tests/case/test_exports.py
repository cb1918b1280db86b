"""The dossier for programs."""

from __future__ import annotations

import csv
import io
import json

import pytest

from shellgame.case.exports import answer_json, claims_csv
from shellgame.case.uncovered import Uncovered
from shellgame.model.claim import Claim

from .invented import HOSTILE, Invented


def test_every_claim_is_a_row_with_all_its_fields(small: Uncovered) -> None:
    rows = list(csv.DictReader(io.StringIO(claims_csv(small.claims), newline="")))
    assert [row["claim_id"] for row in rows] == [claim.claim_id for claim in small.claims]
    assert list(rows[0]) == list(Claim._fields)
    assert rows[0]["evidence"] == small.claims[0].evidence


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "=HYPERLINK(1)"])
def test_formulas_are_disarmed(invented: Invented, value: str) -> None:
    claim = invented.claim("x-1", "Company", "name", value)
    (row,) = csv.DictReader(io.StringIO(claims_csv([claim]), newline=""))
    assert row["value"] == f"'{value}"


def test_other_values_stay_as_they_are(invented: Invented) -> None:
    claim = invented.claim("x-1", "Company", "name", 'Say "yes", =1\nor no')
    (row,) = csv.DictReader(io.StringIO(claims_csv([claim]), newline=""))
    assert row["value"] == 'Say "yes", =1\nor no'
    assert row["quote"] == ""


def test_the_json_holds_the_whole_answer(small: Uncovered) -> None:
    told = json.loads(answer_json(small))
    assert len(told["claims"]) == len(small.claims)
    known = {claim["claim_id"] for claim in told["claims"]}
    assert {claim for tie in told["network"]["ties"] for claim in tie["claims"]} <= known
    assert {moment["claim"] for moment in told["timeline"]} <= known
    assert told["versions"][0]["parts"][0]["sha256"] == small.versions[0].parts[0].sha256
    assert told["network"]["entities"][0]["distance"] == 0


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_values_can_be_written(invented: Invented, name: str) -> None:
    answer = invented.small(name)
    assert claims_csv(answer.claims).encode("utf-8")
    assert json.loads(answer_json(answer).encode("utf-8"))["asked"] == name.encode("utf-8", "replace").decode()
