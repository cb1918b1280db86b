"""The program under its module's name."""

from __future__ import annotations

import subprocess
import sys


def test_the_module_is_the_program():
    told = subprocess.run([sys.executable, "-m", "shellgame", "--version"], capture_output=True, text=True, check=True)
    assert told.stdout.startswith("shellgame ")
