"""Sound publications with hostile words in them: they are added as any other, and shown so that they harm nobody.

A name may hold what clears a terminal, turns the direction of writing, feigns a second line, or starts a program in a
spreadsheet. It is kept as it was printed, shown on a terminal without what steers one, and written as JSON with escapes.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from openpyxl import load_workbook

from shellgame.names.folding import MOST_WORDS
from shellgame.workspace import Workspace

from .conftest import NEXT_DAY
from .damage import Sample, all_samples
from .damage.tables import grid

NAMES = {
    "clears the screen": "Zarnovetsky \x1b[2J\x1b[H\x1b]0;owned\x07 Holding",
    "steers by single bytes": "Zarnovetsky \x9b2J \x90q\x9c \x85 Holding",
    "turns the writing": "Zarnovetsky \u202egpj.exe\u202c \u2066Holding\u2069",
    "feigns a second line": "Zarnovetsky\r\nnothing is known about this company",
    "feigns a second line by other marks": "Zarnovetsky\u2028nothing\u2029is\x0bknown\x0cabout this",
    "feigns markup": "[bold red]Zarnovetsky[/] [link=file:///etc/passwd]Holding[/link] :bomb: [/]\\",
    "starts a program in a spreadsheet": "=cmd|' /C calc'!A0 Zarnovetsky",
    "begins like a formula": '@SUM(1+1)*cmd|" /C calc"!A0 Zarnovetsky',
    "is a web page": "<script>alert(1)</script><img src=x onerror=alert(1)> Zarnovetsky",
    "is SQL": "'); DROP TABLE claims; -- Zarnovetsky",
    "is a template": "{{7*7}} ${7*7} %s%n {0.__class__} #{7*7} Zarnovetsky",
    "leads out of its folder": "../../../../etc/passwd Zarnovetsky",
    "is endless": "Zarnovetsky " * 900,
    "is one endless word": "Zarnovetsky" * 1000,
    "is a tower of accents": "Zarnovetsky" + "\u0301\u0489" * 2000,
    "is not seen": "\u200bZar\u200dno\ufeffvet\u00adsky\u2060",
}
STEERING = {letter for letter in map(chr, range(0xA0)) if not letter.isprintable()} - {"\n"} | set(
    "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
)
SET = next(sample for sample in all_samples() if sample.name == "my_set/ftm-json")


def added(name: str, folder: Path) -> Workspace:
    """A workspace with a set of one company of this name."""
    path = folder / "set.json"
    path.write_text(json.dumps({"id": "sample-1", "schema": "Company", "properties": {"name": [name]}}) + "\n")
    workspace = Workspace(folder / "workspace")
    workspace.add("my_set", path, NEXT_DAY)
    return workspace


@pytest.mark.parametrize("name", NAMES.values(), ids=list(NAMES))
def test_a_hostile_name_is_kept_as_printed_and_cleaned_where_it_is_used(name: str, tmp_path: Path) -> None:
    (claim,) = added(name, tmp_path).entity("sample-1")["sample-1"].claims
    assert (claim.original_value or claim.value) == name
    assert not STEERING & set(claim.value)
    assert claim.value == " ".join(claim.value.split())


@pytest.mark.parametrize("command", ["entity", "screen", "coverage", "network"])
@pytest.mark.parametrize("name", NAMES.values(), ids=list(NAMES))
def test_a_hostile_name_is_shown_harmlessly_on_a_terminal(
    name: str, command: str, called: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    workspace = added(name, tmp_path)
    asked = "sample-1" if command != "screen" else name.replace("\r\n", " ")
    code, shown, said = called(command, asked, "--table", "-w", workspace.folder)
    too_long = command == "screen" and len(name.split()) > MOST_WORDS
    assert (code, bool(said)) == (0, too_long), said
    assert "Zar" in shown or name.startswith("=")
    assert {letter for letter in shown if not letter.isprintable()} <= {"\n"}
    assert not any(line.startswith("nothing is known about this company") for line in shown.splitlines())
    assert "💣" not in shown
    assert len(shown) < 20_000


@pytest.mark.parametrize("name", NAMES.values(), ids=list(NAMES))
def test_a_hostile_name_is_whole_and_harmless_in_json(name: str, shellgame: Callable[..., str], tmp_path: Path) -> None:
    printed = shellgame("entity", "sample-1", "--json", "-w", added(name, tmp_path).folder)
    (line,) = printed.splitlines()
    assert line.isprintable()
    told = json.loads(line)
    assert (told["original_value"] or told["value"]) == name


def _with_a_name(sample: Sample, file: str, printed: str, name: str) -> bytes | None:
    """The content of a file of a sample in which a printed name is another one, written as that kind of file writes any text.

    None where that name does not stand there by itself.
    """
    content = dict(sample.files)[file]
    if sample.kind == "table":
        table = grid(content)
        if not any(printed in row for row in table.rows):
            return None
        table.rows = [[name if cell == printed else cell for cell in row] for row in table.rows]
        return table.written()
    if sample.kind == "xlsx":
        workbook, saved = load_workbook(io.BytesIO(content)), io.BytesIO()
        cells = [cell for row in workbook.worksheets[0].iter_rows() for cell in row if cell.value == printed]
        for cell in cells:
            cell.value, cell.data_type = name, "s"
        workbook.save(saved)
        return saved.getvalue() if cells else None
    if sample.kind == "json":
        said = json.dumps(printed, ensure_ascii=False).encode()
        return content.replace(said, json.dumps(name).encode()) if said in content else None
    entities = {'"': "&quot;", "\r": "&#13;", "\n": "&#10;"}
    said = f">{escape(printed)}<".encode()
    if said not in content:  # the list of the European Union keeps everything in attributes
        said = f'"{escape(printed)}"'.encode()
    quote = said[:1].decode(), said[-1:].decode()
    return content.replace(said, escape(name, entities).join(quote).encode()) if said in content else None


def _a_name_in(sample: Sample, folder: Path) -> tuple[str, str]:
    """A file of the sample, the one that holds the records if it may be, and a name that stands in it as it is claimed."""
    workspace = Workspace(folder / "before")
    workspace.add(sample.source, sample.write(folder / "sample"), NEXT_DAY)
    with workspace.claims() as claims:
        rows = claims.rows(
            "SELECT value, original_value FROM claims WHERE prop IN ('name', 'alias', 'lastName') ORDER BY ALL"
        )
        names = dict.fromkeys(text for row in rows for text in row if text)
    files = [sample.main, *(name for name, _ in sample.files if Path(name).suffix == Path(sample.main).suffix)]
    return next((file, name) for file in files for name in names if _with_a_name(sample, file, name, "Zarnovetsky"))


@pytest.mark.parametrize(
    "kind", ["turns the writing", "feigns markup", "starts a program in a spreadsheet", "is endless"]
)
@pytest.mark.parametrize("sample", all_samples(), ids=lambda sample: sample.name)
def test_every_list_takes_in_a_hostile_name_and_shows_it_harmlessly(
    sample: Sample, kind: str, shellgame: Callable[..., str], tmp_path: Path
) -> None:
    file, name = _a_name_in(sample, tmp_path)
    content = _with_a_name(sample, file, name, NAMES[kind])
    assert content is not None
    workspace = Workspace(tmp_path / "workspace")
    workspace.add(sample.source, sample.write(tmp_path / "hostile", **{file: content}), NEXT_DAY)
    with workspace.claims() as claims:
        (found,) = next(iter(claims.rows("SELECT entity_id FROM claims WHERE value LIKE '%Zarnovetsky%' ORDER BY ALL")))
    shown = shellgame("entity", found, "--table", "-w", workspace.folder)
    assert {letter for letter in shown if not letter.isprintable()} <= {"\n"}
