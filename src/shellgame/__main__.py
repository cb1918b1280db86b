"""`python -m shellgame` is `shellgame`."""

from __future__ import annotations

from shellgame.cli.main import script

if __name__ == "__main__":
    script()
