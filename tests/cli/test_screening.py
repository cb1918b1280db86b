"""`screen` over files: every format, whole or not at all, bad rows beside the answers, an exit code for each outcome."""

from __future__ import annotations

import csv
import json
import sys

import pyarrow.parquet as pq
import pytest

from shellgame.cli import progress as progress_module
from shellgame.cli.progress import Making, Tally
from shellgame.match.hits import COLUMNS, Explanation, Hit, Hits

HIT = Hit("xx-1", "Person", 0.9, ("xx_list",), True, Explanation("x"))


@pytest.fixture
def asked(sample, tmp_path):
    """A file with somebody listed, somebody who is not, a formula, and a row without a name."""
    house = sample.world.houses[0].name
    file = tmp_path / "names.csv"
    file.write_text(f'ref;name;dob\n1;"{house}";\n2;Nobody At All;06/28/1961\n3;;\n4;=SUM(A1);\n', encoding="utf-8-sig")
    return house, file


def test_every_row_that_can_be_answered_is_and_the_exit_code_tells_of_the_rest(shellgame, sample, asked):
    house, file = asked
    answer = shellgame("screen", "--file", file, "-w", sample.folder)
    assert answer.code == 5
    assert [(row["reference"], row["query"], bool(row["hits"])) for row in answer.rows] == [
        ("1", house, True),
        ("2", "Nobody At All", False),
        ("4", "=SUM(A1)", False),
    ]
    assert answer.rows[1]["notes"] == ["birthDate '06/28/1961' is no date that can be read; write 1961-06-28"]
    assert "names.csv, line 4 (row 3): no name; the row is skipped" in answer.err
    assert "names.csv, line 3 (row 2): birthDate '06/28/1961' is no date" in answer.err
    assert "4 rows in " in answer.err
    assert "1 with a hit, 1 answered without a part, 1 bad" in answer.err
    assert (
        "error: 1 row of names.csv could not be read and had to be left out; --bad-rows FILE takes them all"
        in answer.err
    )


def test_a_sound_file_with_or_without_hits_is_done(shellgame, sample, tmp_path):
    file = tmp_path / "names.csv"
    for name in (sample.world.houses[0].name, "Nobody At All"):
        file.write_text(f"name\n{name}\n", encoding="utf-8")
        assert shellgame("screen", "--file", file, "-w", sample.folder).code == 0


def test_bad_rows_go_into_a_file_with_what_they_held(shellgame, sample, asked, tmp_path):
    bad = tmp_path / "bad.csv"
    shellgame("screen", "--file", asked[1], "--bad-rows", bad, "-w", sample.folder)
    with bad.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["row"], row["line"], row["answered"]) for row in rows] == [("2", "3", "yes"), ("3", "4", "no")]
    assert json.loads(rows[1]["content"]) == ["3", "", ""]


def test_csv_holds_everybody_and_no_formula(shellgame, sample, asked, tmp_path):
    out = tmp_path / "out.csv"
    shellgame("screen", "--file", asked[1], "-o", out, "-w", sample.folder)
    with out.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["reference"] for row in rows if row["rank"] in ("0", "1")] == ["1", "2", "4"]
    assert rows[-1]["query"] == "'=SUM(A1)"
    assert rows[0]["listed"] in ("yes", "no")


@pytest.mark.parametrize("form", ["csv", "json", "jsonl", "parquet"])
def test_all_formats_tell_the_same(shellgame, sample, asked, tmp_path, form):
    def read(path):
        if form == "parquet":
            return [(row["reference"], row["entity_id"]) for row in pq.read_table(path).to_pylist()]
        text = path.read_text(encoding="utf-8")
        if form == "csv":
            return [(row["reference"], row["entity_id"] or None) for row in csv.DictReader(text.splitlines())]
        told = json.loads(text) if form == "json" else [json.loads(line) for line in text.splitlines()]
        return [(row["reference"], hit and hit["entity_id"]) for row in told for hit in row["hits"] or [None]]

    out = tmp_path / f"out.{form}"
    lines = shellgame("screen", "--file", asked[1], "-w", sample.folder).rows
    expected = [(row["reference"], hit and hit["entity_id"]) for row in lines for hit in row["hits"] or [None]]
    shellgame("screen", "--file", asked[1], "-o", out, "-w", sample.folder)
    assert read(out) == expected
    shellgame("screen", "--file", asked[1], "-o", out, "--force", "--hits-only", "-w", sample.folder)
    assert read(out) == [(reference, identity) for reference, identity in expected if identity]


def test_an_empty_answer_is_sound_json(shellgame, sample, tmp_path):
    shellgame("screen", "Nobody At All", "-o", tmp_path / "out.json", "--hits-only", "-w", sample.folder)
    assert json.loads((tmp_path / "out.json").read_text()) == []
    shellgame("screen", "Nobody At All", "-o", tmp_path / "out.parquet", "--hits-only", "-w", sample.folder)
    assert pq.read_table(tmp_path / "out.parquet").num_rows == 0


def test_names_and_a_file_go_together_and_formats_go_to_standard_output(shellgame, sample, asked):
    out = shellgame("screen", "Nobody Else", "--file", asked[1], "--format", "csv", "-w", sample.folder).out
    assert next(csv.DictReader(out.splitlines()))["query"] == "Nobody Else"
    (first, *_) = json.loads(shellgame("screen", "Nobody Else", "--format", "json", "-w", sample.folder).out)
    assert first["query"] == "Nobody Else"


def test_csv_steers_no_terminal(shellgame, sample, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    out = shellgame("screen", "Nobody \x1b[2JAt All", "--format", "csv", "-w", sample.folder).out
    assert "\x1b" not in out
    assert "Nobody" in out


@pytest.mark.parametrize("form", ["csv", "json", "jsonl", "table"])
def test_a_reader_who_has_enough_is_no_failure(shellgame, sample, monkeypatch, form):
    def closed(_):
        raise BrokenPipeError

    monkeypatch.setattr(sys.stdout, "write", closed)
    answer = shellgame("screen", sample.world.houses[0].name, "--format", form, "-w", sample.folder)
    assert (answer.code, "error" in answer.err) == (0, False)


def test_a_file_in_the_place_of_a_name_is_told(shellgame, sample, tmp_path):
    (tmp_path / "names.csv").write_text("name\nx\n")
    answer = shellgame("screen", tmp_path / "names.csv", "-w", sample.folder)
    assert (answer.code, answer.out) == (2, "")
    assert "names.csv is a file; --file " in answer.err
    assert shellgame("screen", "names.csv", "-w", sample.folder).code == 0  # none of that name is here


def test_a_table_is_for_people(shellgame, sample, asked):
    out = shellgame("screen", "--file", asked[1], "--table", "-w", sample.folder).out
    assert "Screening (leads, not verdicts)" in out
    assert "nothing at 0.70 or more in what is here: Nobody At All, =SUM(A1)" in " ".join(out.split())


def test_a_table_is_as_wide_as_is_said(shellgame, sample, monkeypatch):
    house = sample.world.houses[0].name
    for width in (60, 100):
        monkeypatch.setenv("COLUMNS", str(width))
        lines = shellgame("screen", house, "--table", "-w", sample.folder).out.splitlines()
        assert max(map(len, lines)) <= width
        assert f"{house} (" in " ".join(lines)


def test_a_name_that_nothing_is_found_by_is_told(shellgame, sample):
    answer = shellgame("screen", "???", sample.world.houses[0].name, "-w", sample.folder)
    told = "name '???' has no letter and no digit, so nothing is found by it"
    assert f"note: {told}" in answer.err
    assert [row["notes"] for row in answer.rows] == [[told], []]


def test_a_file_that_is_there_stays_unless_forced(shellgame, sample, tmp_path):
    out = tmp_path / "out.csv"
    out.write_text("mine")
    answer = shellgame("screen", "x y", "-o", out, "-w", sample.folder)
    assert (answer.code, out.read_text()) == (2, "mine")
    assert "out.csv is there already; name another file, or write over it with --force" in answer.err
    assert shellgame("screen", "x y", "-o", out, "--force", "-w", sample.folder).code == 0
    assert out.read_text().startswith("reference,")


def test_a_run_that_fails_leaves_no_half_answer(shellgame, sample, tmp_path, monkeypatch):
    def fails(*_, **__):
        raise KeyboardInterrupt

    file, out, bad = (tmp_path / name for name in ("names.csv", "out.csv", "bad.csv"))
    file.write_text("name\nx\n")
    monkeypatch.setattr("shellgame.resolve.screening.Screening.search", fails)
    assert shellgame("screen", "--file", file, "-o", out, "--bad-rows", bad, "-w", sample.folder).code == 130
    assert [path.name for path in tmp_path.iterdir()] == ["names.csv"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--format", "xlsx"), "'xlsx' is no format; there are table, csv, json, jsonl, parquet"),
        (("--format", "csv", "--json"), "--format csv and --json contradict each other"),
        (("--format", "parquet"), "Parquet goes into a file; name it with --output FILE"),
        (("-o", "out.txt"), "out.txt does not tell its format"),
        (("-o", "out.csv", "--table"), "a table is for a screen"),
        (("-o", "out.csv", "--bad-rows", "out.csv"), "--output and --bad-rows name the same file"),
        (("-o", "{here}", "--format", "csv"), "is a folder; name a file"),
        (("-o", "{here}/none/out.csv"), "none is no folder that is there; make it first, or name a file elsewhere"),
        (("--bad-rows", "{here}/none/out.csv"), "none is no folder that is there"),
        (("--file", "{here}/names.csv", "-o", "{here}/names.csv", "--force"), "is the file that is read"),
        (("--source", "us_ofac_snd"), "'us_ofac_snd' has no version here to search; did you mean us_ofac_sdn?"),
        (("--schema", "Vesel"), "'Vesel' is no schema of a party; did you mean Vessel?"),
        (("--programme", "NO-SUCH"), "nobody here is of programme 'NO-SUCH'"),
        (("--country", "fr"), "nobody here is of country 'fr'"),
        (("--on", "yesterday"), "'yesterday' is no day"),
        (("--file", "{here}/names.csv", "--name-column", "nmae"), "no column 'nmae'; did you mean name?"),
    ],
)
def test_wrong_use_is_told_before_anything_is_answered(shellgame, sample, tmp_path, arguments, message):
    (tmp_path / "names.csv").write_text("name\nx\n")
    told = [each.format(here=tmp_path) for each in arguments]
    answer = shellgame("screen", "x y", *told, "-w", sample.folder)
    assert answer.code in (2, 3)
    assert answer.out == ""
    assert message in " ".join(answer.err.split())
    assert [path.name for path in tmp_path.iterdir()] == ["names.csv"]


def test_filters_narrow_down_whom_is_looked_among(shellgame, sample):
    house = sample.world.houses[0].name

    def found(*options):
        (row,) = shellgame("screen", house, *options, "-w", sample.folder).rows
        return {source for hit in row["hits"] for source in hit["sources"]}

    assert len(found()) > 1
    assert found("--source", "us_ofac_sdn") == {"us_ofac_sdn"}
    assert "varkesh_register" not in found("--listed-only")
    assert found("--schema", "person") == set()
    assert found("--source", "us_ofac_sdn, ca_dfatd_sema_sanctions") == {"us_ofac_sdn", "ca_dfatd_sema_sanctions"}
    for option in ("--programme", "--program"):
        assert found(option, "VARKESH-EO90001") == {"us_ofac_sdn"}
        assert found(option, "varkesh-eo90001,CA-SEMA") == {"us_ofac_sdn", "ca_dfatd_sema_sanctions"}


def test_columns_that_are_not_used_are_told(shellgame, sample, tmp_path):
    (tmp_path / "names.csv").write_text("party;colour\nx;red\n")
    answer = shellgame("screen", "--file", tmp_path / "names.csv", "--name-column", "Party", "-w", sample.folder)
    assert (answer.code, answer.rows[0]["query"]) == (0, "x")
    assert "note: columns not used: colour" in answer.err


def test_many_bad_rows_are_told_by_reason(shellgame, sample, tmp_path):
    days = "".join(f"Nobody At All,{day}/28/1961\n" for day in range(1, 6))
    (tmp_path / "names.csv").write_text(f"name,dob\n{days}" + ",1\n" * 500)
    answer = shellgame("screen", "--file", tmp_path / "names.csv", "-w", sample.folder)
    assert answer.err.count("no name; the row is skipped") == 3
    assert "names.csv: 500 rows skipped, no name (rows 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 …)" in answer.err
    like = "as birthDate '1/28/1961' is no date that can be read; write 1961-06-28 (rows 1, 2, 3, 4, 5)"
    assert f"names.csv: 5 rows answered all the same, {like}" in answer.err
    assert "500 rows of names.csv could not be read and had to be left out" in answer.err


def test_progress_tells_rate_and_time_left_when_it_takes_longer(capsys):
    now = [0.0]
    with Tally(1000, clock=lambda: now[0]) as tally:
        for now[0] in (1.0, 10.0, 20.0, 40.0):
            tally.add(100, [Hits("x", (HIT,)), Hits("y", ())])
    assert capsys.readouterr().err.splitlines() == [
        "300 rows so far, 15 a second, about 47 s left",
        "400 rows so far, 10 a second, about 1 min 0 s left",
    ]
    assert tally.summary() == "400 rows in 40 s, 10 a second: 4 with a hit"


def test_a_terminal_gets_a_bar(monkeypatch, capsys):
    monkeypatch.setattr(progress_module.sys.stderr, "isatty", lambda: True, raising=False)
    now = [0.0]
    with Tally(None, clock=lambda: now[0]) as tally:
        now[0] = 3.0
        tally.add(300, [])
        assert tally._bar is not None
    assert "300 rows in 3.0 s" in tally.summary()
    capsys.readouterr()


def test_an_index_that_takes_longer_is_told_with_the_time_left(capsys):
    now = [0.0]
    with Making(clock=lambda: now[0]) as making:
        steps = ((1.0, "reading names", 10), (3.0, "reading names", 20), (20.0, "comparing words", 0))
        for now[0], step, done in (*steps, (30.0, "comparing words", 25), (31.0, "comparing words", 50)):
            making(step, done, 100)
    assert capsys.readouterr().err.splitlines() == [
        "note: the names of these lists are indexed, once until a list changes",
        "comparing words: 25 of 100, about 30 s left of this step",
    ]


def test_an_index_that_is_quick_says_nothing(capsys):
    with Making(clock=lambda: 1.0) as making:
        making("reading names", 100, 100)
    assert capsys.readouterr().err == ""


def test_a_terminal_gets_a_bar_for_each_step(monkeypatch, capsys):
    monkeypatch.setattr(progress_module.sys.stderr, "isatty", lambda: True, raising=False)
    now = [0.0]
    with Making(clock=lambda: now[0]) as making:
        for now[0], step in ((3.0, "reading names"), (4.0, "comparing words")):
            making(step, 7, 100)
            (shown,) = making._bar.tasks
            assert (shown.description, shown.completed, shown.total) == (step, 7, 100)
    capsys.readouterr()


def test_a_first_screening_tells_how_far_its_index_is(shellgame, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(Making, "__call__", lambda self, *step: told.append(step))
    entity = {"id": "p-1", "schema": "Person", "properties": {"name": ["Orsin Maledd"]}}
    (tmp_path / "set.json").write_text(json.dumps(entity) + "\n", encoding="utf-8")
    shellgame("add", "my_first", tmp_path / "set.json", "--as-of", "2031-01-01", "-w", tmp_path / "ws")
    for _ in range(2):
        assert shellgame("screen", "Orsin Maledd", "-w", tmp_path / "ws").code == 0
    assert [*dict.fromkeys(told)] == [("reading names", 0, 1), ("comparing words", 2, 2)]


def test_a_day_before_any_list_is_told_with_the_first_there_is(shellgame, sample):
    answer = shellgame("screen", "Orsin Maledd", "--on", "1990-01-01", "-w", sample.folder)
    assert (answer.code, answer.out) == (1, "")
    assert "no list is here by 1990-01-01; the first is " in answer.err


def test_a_list_that_was_not_there_yet_is_told(shellgame, tmp_path):
    for source, day in (("my_first", "2031-01-01"), ("my_other", "2031-01-03")):
        entity = {"id": source, "schema": "Person", "properties": {"name": ["Orsin Maledd"]}}
        (tmp_path / "set.json").write_text(json.dumps(entity) + "\n", encoding="utf-8")
        assert shellgame("add", source, tmp_path / "set.json", "--as-of", day, "-w", tmp_path / "ws").code == 0
    answer = shellgame("screen", "Orsin Maledd", "--on", "2031-01-02", "-w", tmp_path / "ws")
    told = "not asked: my_other (first version is of 2031-01-03)"
    assert f"note: {told}" in answer.err
    assert answer.rows[0]["notes"] == [told]
    assert "not asked" not in shellgame("screen", "Orsin Maledd", "-w", tmp_path / "ws").err
