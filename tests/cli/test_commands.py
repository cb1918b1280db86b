"""The promised commands on the invented world: JSON lines for programs, tables for people, exit codes for both."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from typer.main import get_group

from shellgame.cli.main import COMMANDS
from shellgame.testing.world import DAYS, PROGRAM


def test_sources_tells_what_is_here(shellgame, sample):
    answer = shellgame("sources", "-w", sample.folder)
    held = {row["source"]: row["versions"] for row in answer.rows if row["versions"]}
    assert held == {"us_ofac_sdn": 3, "ca_dfatd_sema_sanctions": 2, "varkesh_register": 1}
    assert {"un_sc_sanctions", "eu_fsf", "gb_fcdo_sanctions"} <= {row["source"] for row in answer.rows}


def test_versions_tell_moment_counts_and_hash(shellgame, sample):
    rows = shellgame("versions", "us_ofac_sdn", "-w", sample.folder).rows
    assert [row["as_of"] for row in rows] == [day.isoformat() for day in DAYS]
    assert all(re.fullmatch(r"[0-9a-f]{64}", row["sha256"]) for row in rows)


def test_changes_tell_the_action(shellgame, sample):
    rows = shellgame(
        "changes", "us_ofac_sdn", "--from", DAYS[0], "--to", DAYS[1], "--program", PROGRAM, "-w", sample.folder
    ).rows
    added = {row["entity_id"] for row in rows if row["change"] == "added"}
    everybody = [*sample.world.people, *sample.world.companies]
    assert added == {f"ofac-{party.number}" for party in everybody if party.listed == DAYS[1]}
    assert {"change", "entity_id", "schema", "caption", "programs", "properties"} <= rows[0].keys()


def test_screen_answers_one_line_a_query(shellgame, sample):
    house = sample.world.houses[0]
    rows = shellgame("screen", house.name, "Nobody Of This Name", "-w", sample.folder).rows
    assert [row["query"] for row in rows] == [house.name, "Nobody Of This Name"]
    assert rows[0]["hits"][0]["score"] > 0.95
    assert {"entity_id", "caption", "schema", "score", "sources", "explanation"} <= rows[0]["hits"][0].keys()
    assert rows[1]["hits"] == []


def test_screen_reads_a_file_and_tells_bad_rows(shellgame, sample, tmp_path):
    file = tmp_path / "names.csv"
    file.write_text(
        f"name,schema\n{sample.world.houses[0].name},Company\n,Person\nNobody At All,Person\n", encoding="utf-8"
    )
    answer = shellgame("screen", "--file", file, "-w", sample.folder)
    assert answer.code == 5
    assert [bool(row["hits"]) for row in answer.rows] == [True, False]
    assert "names.csv, line 3 (row 2): no name" in answer.err


def test_entity_shows_every_claim_with_its_place(shellgame, sample):
    house = sample.world.houses[0]
    rows = shellgame("entity", f"ofac-{house.number}", "-w", sample.folder).rows
    assert {"name", "registrationNumber", "phone", "address"} <= {row["prop"] for row in rows}
    assert all(
        row["locator"].split("#")[1].startswith(str(house.number))
        for row in rows
        if row["source"] == "us_ofac_sdn" and "sdn" in row["locator"]
    )


def test_network_reaches_the_successor_through_what_it_shares(shellgame, sample):
    house, successor = sample.world.houses[0], sample.world.successors[0]
    rows = shellgame("network", house.name, "-w", sample.folder).rows
    names = {row["caption"].upper() for row in rows if row["kind"] == "entity"}
    assert successor.name.upper() in names
    ties = [row for row in rows if row["kind"] in ("link", "shared")]
    assert all(
        tie["evidence"] and all(each["quote"] and each["locator"] and each["claim_id"] for each in tie["evidence"])
        for tie in ties
    )


def test_before_the_action_the_network_was_not_yet_listed(shellgame, sample):
    head = next(person for person in sample.world.people if person.listed == DAYS[1])
    assert shellgame("entity", f"ofac-{head.number}", "--on", DAYS[0], "-w", sample.folder).code == 1
    assert shellgame("entity", f"ofac-{head.number}", "--on", DAYS[1], "-w", sample.folder).code == 0


def test_coverage_lines_up_jurisdictions(shellgame, sample):
    house = sample.world.houses[0]
    rows = shellgame("coverage", f"ofac-{house.number}", "--jurisdictions", "us,ca,eu", "-w", sample.folder).rows
    status = {row["jurisdiction"]: row["status"] for row in rows}
    assert status == {"us": "listed", "ca": "listed", "eu": "unknown"}


def test_judge_keeps_a_decision_and_coverage_follows_it(shellgame, sample, own):
    house = sample.world.houses[1]
    found = shellgame("coverage", f"ofac-{house.number}", "--jurisdictions", "ca", "-w", own).rows[0]
    other = found["records"][0]
    made = shellgame(
        "judge",
        f"ofac-{house.number}",
        other,
        "different",
        "--why",
        "another house",
        "--author",
        "ada",
        "-w",
        own,
    )
    assert made.rows[0]["judgement"] == "different"
    assert (
        shellgame("coverage", f"ofac-{house.number}", "--jurisdictions", "ca", "-w", own).rows[0]["status"]
        == "not_listed"
    )
    shellgame("judge", f"ofac-{house.number}", other, "unsure", "--why", "undone", "--author", "ada", "-w", own)


def test_a_dossier_goes_into_no_file(shellgame, sample, tmp_path):
    file = tmp_path / "file"
    file.write_text("mine")
    for into in (file, file / "dossier" / "of"):
        answer = shellgame("uncover", sample.world.houses[0].name, "--into", into, "-w", sample.folder)
        assert (answer.code, "file is no folder but a file" in answer.err, answer.out) == (2, True, "")
    assert file.read_text() == "mine"


def test_a_dossier_that_is_there_is_written_over_only_when_told_so(shellgame, sample, tmp_path):
    name = sample.world.houses[0].name
    (tmp_path / "dossier.html").write_text("with my notes")
    answer = shellgame("uncover", name, "--into", tmp_path, "-w", sample.folder)
    assert (answer.code, "has dossier.html already" in answer.err) == (2, True)
    assert [file.name for file in tmp_path.iterdir()] == ["dossier.html"]
    assert (tmp_path / "dossier.html").read_text() == "with my notes"
    assert shellgame("uncover", name, "--into", tmp_path, "--force", "-w", sample.folder).code == 0


def test_a_publication_of_a_day_to_come_is_remarked_on(shellgame, tmp_path):
    file = tmp_path / "set.jsonl"
    file.write_text('{"id": "x-1", "schema": "Person", "properties": {"name": ["Orsin Maledd"]}}\n')
    later = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
    answer = shellgame("add", "own_set", file, "--as-of", later, "-w", tmp_path / "ws")
    assert answer.code == 0
    assert f"dated {later}" in answer.err + answer.out


def test_listings_dated_after_the_day_of_their_publication_are_told(shellgame, tmp_path):
    file = tmp_path / "set.jsonl"
    listing = {"entity": ["x-1"], "listingDate": ["2024-05-01"]}
    rows = [
        {"id": "x-1", "schema": "Person", "properties": {"name": ["Orsin Maledd"]}},
        {"id": "x-2", "schema": "Sanction", "properties": listing},
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    told = "1 listings are dated after 2024-04-15, the day given for this publication, the last 2024-05-01"
    for day, expected in (("2024-04-15", True), ("2024-05-01", False)):
        answer = shellgame("add", "own_set", file, "--as-of", day, "-w", tmp_path / "ws")
        assert (answer.code, told in answer.err) == (0, expected)


def test_uncover_does_it_all_and_writes_the_dossier(shellgame, sample, tmp_path):
    answer = shellgame("uncover", sample.world.houses[0].name, "--into", tmp_path / "dossier", "-w", sample.folder)
    (row,) = answer.rows
    assert {"subjects", "hits", "coverage", "network", "timeline", "unknown", "versions", "files"} <= row.keys()
    assert (tmp_path / "dossier" / "dossier.pdf").read_bytes().startswith(b"%PDF-")
    assert sample.world.houses[0].name in (tmp_path / "dossier" / "dossier.html").read_text(encoding="utf-8")


def test_a_dossier_is_not_for_everybody_unless_its_author_says_so(shellgame, sample, tmp_path):
    name, folder = sample.world.houses[0].name, tmp_path / "dossier"
    for options, marking in (((), "TLP:AMBER"), (("--tlp", "clear", "--force"), "TLP:CLEAR")):
        assert shellgame("uncover", name, "--into", folder, *options, "-w", sample.folder).code == 0
        assert marking in (folder / "dossier.html").read_text(encoding="utf-8")
    assert shellgame("uncover", name, "--into", folder, "--tlp", "PINK", "-w", sample.folder).code == 2


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("entity", "ofac-0"), 1, "nothing is known under 'ofac-0'"),
        (("network", "Nobody Of This Name At All"), 1, "no id and no name like"),
        (("changes", "us_ofac_sdn", "--from", "yesterday", "--to", "2025-05-12"), 2, "is no day"),
        (("add", "no such source!", "README.md"), 2, "is no source"),
        (("add", "us_ofac_sdn", "nowhere.csv"), 3, "no such file"),
        (("screen",), 2, "nothing to look for"),
        (("coverage",), 2, "say whom"),
        (("judge", "ofac-1", "ofac-2", "same", "--why", "x"), 1, "nothing is known"),
    ],
)
def test_what_cannot_be_answered_is_told_with_its_exit_code(shellgame, sample, arguments, code, message):
    answer = shellgame(*arguments, "-w", sample.folder)
    assert (answer.code, answer.out) == (code, "")
    assert message in answer.err
    assert "Traceback" not in answer.err


def test_a_table_is_for_people(shellgame, sample):
    answer = shellgame("changes", "us_ofac_sdn", "--from", DAYS[0], "--to", DAYS[1], "--table", "-w", sample.folder)
    assert "added" in answer.out
    assert not answer.out.lstrip().startswith("{")


def test_on_a_narrow_terminal_columns_stand_one_below_another(shellgame, sample, monkeypatch):
    monkeypatch.setenv("COLUMNS", "50")
    house = sample.world.houses[0].name
    lines = shellgame("coverage", house, "--table", "-w", sample.folder).out.splitlines()
    assert sum(line.split()[:1] == ["where"] for line in lines) > 1
    assert all(len(line) <= 50 for line in lines)


def test_no_command_is_left_out():
    for module in {module for module, _ in COMMANDS.values()}:
        own = [name for name, (home, _) in COMMANDS.items() if home == module]
        assert list(get_group(import_module(f"shellgame.cli.{module}").app).commands) == own


def test_every_command_has_help_and_is_documented(shellgame):
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    for name, (module, told) in COMMANDS.items():
        command = get_group(import_module(f"shellgame.cli.{module}").app).commands[name]
        assert (command.help or "").split("\n\n")[0].replace("\n", " ") == told
        answer = shellgame(name, "--help")
        assert answer.code == 0
        assert (command.callback.__doc__ or "").split("\n")[0][:20] in " ".join(answer.out.split())
        assert f"shellgame {name}" in readme
