"""The first start: machine code is made once and said so; nothing is loaded that a command does not need."""

from __future__ import annotations

import subprocess
import sys

import pytest

from shellgame.cli.options import ready_to_match


@pytest.mark.parametrize(("there", "made"), [(True, 0), (False, 1)])
def test_machine_code_is_made_once_and_said_so(monkeypatch, capsys, there, made):
    calls = []
    monkeypatch.setattr("shellgame.kernels.is_compiled", lambda: there)
    monkeypatch.setattr("shellgame.resolve.warming.warm", lambda: calls.append(1))
    ready_to_match()
    assert len(calls) == made
    assert ("compiled for this machine" in capsys.readouterr().err) is not there


def test_a_command_without_matching_does_not_load_the_compiler(tmp_path):
    program = (
        "import sys; from shellgame.cli.main import run; sys.argv = ['shellgame', 'sources', '-w', sys.argv[1]]\n"
        "try: run()\nexcept SystemExit: pass\n"
        "sys.stderr.write(str({'numba', 'rustworkx'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    assert told.stderr == "set()"
