from __future__ import annotations

import json

from shellgame.cli.patterns import tell_patterns
from shellgame.detect.finding import Finding
from shellgame.resolve.meant import Meant
from shellgame.workspace.detecting import Findings

_TOLD = [
    Finding(
        "threshold_shaving",
        "O-12",
        ("x", "a"),
        True,
        0.6,
        "It fell below.",
        ("c1", "c2"),
        ("c3",),
        ("who took it",),
        "2022-02-20",
        "2022-04-06",
    ),
    Finding("moves_in_the_lag", "O-15", ("x",), None, 0.25, "It may have.", unknown=("of which country it is",)),
]
FOUND = Findings(_TOLD, Meant("x", ("x",)))


def test_findings_as_lines_of_json(capsys):
    tell_patterns(FOUND, as_json=True)
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["id"], first["fired"], first["for"], first["against"]) == (
        "threshold_shaving",
        True,
        ["c1", "c2"],
        ["c3"],
    )
    assert first["asked"]["records"] == ["x"]
    assert (second["fired"], second["start"], second["unknown"]) == (None, None, ["of which country it is"])


def test_findings_as_a_table(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    tell_patterns(FOUND, as_json=False)
    told = capsys.readouterr()
    assert "cannot be said" in told.out
    assert "2, 1" in told.out
    assert "Patterns are leads" in told.err
