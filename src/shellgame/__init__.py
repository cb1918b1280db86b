"""Shellgame uncovers sanctions-evasion networks and keeps up with them when they move.

import shellgame as sg

ws = sg.open("workspace")
ws.add("us_ofac_sdn", path, as_of="2023-12-28")
ws.screen("Black Shield").hits
"""

from shellgame.workspace import Workspace, open

__all__ = ["Workspace", "open"]
