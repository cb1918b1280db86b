"""Shellgame uncovers sanctions-evasion networks and keeps up with them when they move.

import shellgame as sg

ws = sg.open("workspace")
ws.add("us_ofac_sdn", path, as_of="2023-12-28")
ws.screen("Black Shield").hits
sg.compare_names("Black Shield", "BLACK SHIELD LLC").score
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shellgame.match.analysed import Analysed
    from shellgame.match.compare import compare, compare_many, compare_names
    from shellgame.workspace import Workspace, open

__all__ = ["Analysed", "Workspace", "compare", "compare_many", "compare_names", "open"]
_COMPARING, _WORKSPACE = "shellgame.match.compare", "shellgame.workspace"
_HOMES = {
    "Analysed": "shellgame.match.analysed",
    "Workspace": _WORKSPACE,
    "compare": _COMPARING,
    "compare_many": _COMPARING,
    "compare_names": _COMPARING,
    "open": _WORKSPACE,
}


def __getattr__(name: str) -> object:
    """Load a thing when it is first asked for: whoever only wants one part does not wait for the others."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return found
