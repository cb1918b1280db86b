"""Networks, ways and roots on the command line, on the invented world."""

from __future__ import annotations

import pytest

from shellgame.testing.world import DAYS, PROGRAM


def test_network_tells_reach_records_and_sources(shellgame, sample):
    rows = shellgame("network", sample.world.houses[0].name, "-w", sample.folder).rows
    entities = [row for row in rows if row["kind"] == "entity"]
    assert {"id", "caption", "schema", "source_id", "target_id", "strength", "evidence"} <= entities[0].keys()
    assert entities[0]["reach"] == 1.0
    assert all(0.3 <= row["reach"] <= 1 for row in entities)
    assert any(len(row["records"]) > 1 for row in entities)
    ends = {row[end] for row in rows if row["kind"] != "entity" for end in ("source_id", "target_id")}
    assert ends <= {row["id"] for row in entities}


def test_a_network_can_be_kept_near_or_strong(shellgame, sample):
    name = sample.world.houses[0].name
    every = len(shellgame("network", name, "-w", sample.folder).rows)
    near = shellgame("network", name, "--depth", "1", "-w", sample.folder).rows
    strong = shellgame("network", name, "--weakest", "0.9", "-w", sample.folder).rows
    assert {row["distance"] for row in near if row["kind"] == "entity"} == {0, 1}
    assert len(near) < every
    assert len(strong) < every


def test_groups_and_brokers(shellgame, sample):
    name = sample.world.houses[0].name
    rows = shellgame("network", name, "--groups", "-w", sample.folder).rows
    groups = [row for row in rows if row["kind"] == "group"]
    members = [each for row in groups for each in row["members"]]
    assert len(members) == len(set(members)) == sum(row["size"] for row in groups)
    assert all(0 <= row["between"] <= 1 for row in rows if row["kind"] == "broker")
    table = shellgame("network", name, "--groups", "--table", "-w", sample.folder).out
    assert "Who stands between others" in table


def test_paths_lead_from_one_to_the_other_with_their_words(shellgame, sample):
    house, successor = sample.world.houses[0], sample.world.successors[0]
    rows = shellgame("paths", house.name, successor.name, "-k", "2", "-w", sample.folder).rows
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    assert rows[0]["strength"] >= rows[-1]["strength"] > 0
    assert all(step and all(tie["evidence"] for tie in step) for row in rows for step in row["steps"])
    assert rows[0]["captions"][-1].upper() == successor.name.upper()
    assert successor.name in shellgame("paths", house.name, successor.name, "--table", "-w", sample.folder).out


def test_what_both_ends_are_taken_to_mean_is_said_once(shellgame, sample):
    name = sample.world.houses[0].name
    said = shellgame("paths", name, name, "-w", sample.folder).err.splitlines()
    assert said == [*dict.fromkeys(said)]
    assert any("equally well" in line for line in said)


def test_roots_tell_how_they_were_chosen(shellgame, sample):
    rows = shellgame("roots", sample.world.houses[0].name, "-k", "2", "-w", sample.folder).rows
    roots = [row for row in rows if row["kind"] == "root"]
    assert [row["rank"] for row in roots] == [1, 2]
    assert 0 < roots[0]["cut"] <= roots[1]["cut"] <= 1
    assert all(row["regrown"] <= row["cut"] + 1e-9 and row["ties"] for row in roots)
    assert [row["weakest"] for row in rows if row["kind"] == "check"] == [0.0, 0.5, 0.7]
    table = shellgame("roots", sample.world.houses[0].name, "--table", "-w", sample.folder).out
    assert "with regrowth" in table
    assert "not who is guilty" in table


def test_roots_of_somebody_alone_are_nothing_to_cut(shellgame, sample):
    answer = shellgame("roots", sample.world.houses[0].name, "--weakest", "1", "-w", sample.folder)
    assert "there is nothing to cut" in answer.err
    assert [row["kind"] for row in answer.rows if row["kind"] == "root"] == []


def test_roots_of_an_action_start_from_whom_it_listed(shellgame, sample):
    ofac = "us_ofac_sdn"
    rows = shellgame("roots", "--program", PROGRAM, "--since", DAYS[1], "--on", DAYS[1], "-w", sample.folder).rows
    assert rows[0]["kind"] == "root"
    assert any(ofac in row["listed_by"] for row in rows if row["kind"] == "root")
    unlisted = shellgame("roots", "--program", PROGRAM, "--unlisted", "-w", sample.folder).rows
    assert not any(row["listed_by"] for row in unlisted if row["kind"] == "root")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("roots",), 2, "say where to start"),
        (("network", "somebody", "--program", "X"), 2, "say where to start"),
        (("roots", "--program", "NO SUCH PROGRAMME"), 1, "nobody is listed under"),
        (("network", "--program", PROGRAM, "--since", "2199-01-01"), 1, "nobody is listed under"),
        (("paths", "Nobody Of This Name At All", "nor this one"), 1, "no id and no name like"),
    ],
)
def test_what_cannot_be_asked_is_told(shellgame, sample, arguments, code, message):
    answer = shellgame(*arguments, "-w", sample.folder)
    assert (answer.code, answer.out) == (code, "")
    assert message in answer.err
