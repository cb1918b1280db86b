"""What a name is taken to mean: one party or a refusal, said where it was read as another, and since when somebody is known."""

from __future__ import annotations

import json

import pytest

from shellgame.errors import NotFound, WrongUse
from shellgame.workspace import Workspace

DAY = "2025-10-15"
COMPANIES = {
    "A": "Meridian Trade Ltd",
    "B": "Meridian Trade Ltd",
    "C": "CompanyC VorstelCCC Ltd",
    "D": "CompanyD VorstelDDD Ltd",
}


@pytest.fixture(scope="module")
def ws(tmp_path_factory):
    """Two companies of one name, and two of names alike."""
    folder = tmp_path_factory.mktemp("meant")
    told = [
        {
            "id": f"r-{key}",
            "schema": "Company",
            "properties": {"name": [name], "country": ["gb" if key == "A" else "cy"]},
        }
        for key, name in COMPANIES.items()
    ]
    told.append({"id": "r-U", "schema": "Person", "properties": {"name": ["Umbra Quistal"]}})
    ends = {"owner": ["r-U"], "asset": ["r-B"]}
    told.append({"id": "r-s", "schema": "Ownership", "properties": {**ends, "percentage": ["60"]}})
    file = folder / "register.ftm.json"
    file.write_text("".join(json.dumps(each) + "\n" for each in told), encoding="utf-8")
    workspace = Workspace(folder / "workspace")
    workspace.add("mine", file, "2025-01-01")
    older = folder / "older.ftm.json"
    older.write_text(
        json.dumps({"id": "o-1", "schema": "Company", "properties": {"name": ["Zorvath Quay"]}}) + "\n", "utf-8"
    )
    workspace.add("older", older, "2024-01-01")
    return workspace


@pytest.mark.parametrize("question", ["owners", "reach", "patterns"])
def test_a_name_of_several_parties_is_refused_with_all_of_them(ws, question):
    with pytest.raises(WrongUse, match=r"fits 2 parties .* r-A \(Meridian .* r-B \(Meridian .* in mine\).*ask by id"):
        getattr(ws, question)("Meridian Trade Ltd", on=DAY)
    assert getattr(ws, question)("r-B", on=DAY).asked.exact


def test_a_canonical_id_means_the_records_that_its_party_had_on_the_day(ws, tmp_path):
    again = Workspace(tmp_path / "workspace")
    for day, keys in (("2025-01-01", ["r-A"]), ("2025-02-01", ["r-A", "r-B"]), ("2025-03-01", ["r-B"])):
        file = tmp_path / f"{day}.ftm.json"
        told = [{"id": key, "schema": "Company", "properties": {"name": ["Meridian Trade Ltd"]}} for key in keys]
        file.write_text("".join(json.dumps(each) + "\n" for each in told), encoding="utf-8")
        again.add("mine", file, day)
        if day == "2025-02-01":
            again.judge("r-A", "r-B", "same", why="the same number")
            again.resolve()
    party = again.screen("Meridian Trade Ltd").hits[0].canonical
    assert [again.find(party, day) for day in ("2025-01-15", "2025-02-15", "2025-03-15")] == [
        ["r-A"],
        ["r-A", "r-B"],
        ["r-B"],
    ]


def test_records_that_were_judged_the_same_are_one_party(ws, tmp_path):
    again = Workspace(tmp_path / "workspace")
    again.add("mine", ws.folder.parent / "register.ftm.json", "2025-01-01")
    again.judge("r-A", "r-B", "same", why="the same number")
    assert again.owners("Meridian Trade Ltd", on=DAY).party.records == ("r-A", "r-B")


@pytest.mark.parametrize("question", ["owners", "reach", "patterns"])
def test_a_name_that_nobody_has_is_told_to_be_read_as_another(ws, question):
    asked = getattr(ws, question)("Company Vorstel DDD", on=DAY).asked
    assert not asked.exact
    assert asked.score is not None
    assert asked.score < 1
    assert asked.records == ("r-D",)
    assert "is read as CompanyD VorstelDDD Ltd (r-D), score 0." in asked.text
    exact = getattr(ws, question)("companyd  vorstelDDD LTD", on=DAY).asked
    assert (exact.exact, exact.text, exact.records) == (True, "", ("r-D",))


def test_a_day_before_the_first_version_is_told_with_the_day_from_which_on_there_is_one(ws):
    for question in (ws.network, ws.meant, ws.find):
        with pytest.raises(NotFound, match=r"'r-B' is not known on 2024-05-05: mine here has it from 2025-01-01 on"):
            question("r-B", on="2024-05-05")
    with pytest.raises(NotFound, match="though one is today"):
        ws.network("Umbra Quistal", on="2024-05-05")
    with pytest.raises(NotFound, match="another spelling"):
        ws.network("zz-9", on=DAY)


@pytest.mark.parametrize("nothing", [None, "", "  ", 7])
def test_what_is_no_name_is_refused(ws, nothing):
    for question in (ws.owners, ws.reach, ws.patterns, ws.meant, ws.uncover):
        with pytest.raises(WrongUse, match="no id and no name"):
            question(nothing)


def test_an_end_of_a_way_that_is_empty_is_told(ws):
    with pytest.raises(WrongUse, match="no id and no name"):
        ws.paths("r-A", "")


@pytest.mark.parametrize("question", ["owners", "reach", "patterns", "network", "screen", "coverage"])
def test_an_empty_day_is_no_day(ws, question):
    of = {"entity_ids": ["r-A"]} if question == "coverage" else {}
    with pytest.raises(WrongUse, match="is no day"):
        getattr(ws, question)(*([] if of else ["r-A"]), on="", **of)


def test_since_is_asked_of_programmes_only(ws):
    for question in (ws.network, ws.roots):
        with pytest.raises(WrongUse, match="asked of programmes"):
            question("r-B", since="2024-01-01")


def test_whom_only_a_later_version_has_is_told_from_which_day_on(ws, tmp_path):
    late = Workspace(tmp_path / "workspace")
    file = ws.folder.parent / "register.ftm.json"
    late.add("mine", file, "2025-01-01")
    more = tmp_path / "more.ftm.json"
    newer = {"id": "r-N", "schema": "Company", "properties": {"name": ["Quondam Reef Ltd"]}}
    more.write_text(file.read_text(encoding="utf-8") + json.dumps(newer) + "\n", encoding="utf-8")
    late.add("mine", more, "2025-06-01")
    for question in (late.owners, late.reach, late.patterns):
        for day in ("2015-05-05", "2025-05-05"):
            with pytest.raises(NotFound, match=f"'r-N' is not known on {day}: mine here has it from 2025-06-01 on"):
                question("r-N", on=day)
        assert question("r-N", on="2025-06-02").asked.exact
        assert question("r-B", on="2015-05-05").asked.exact
