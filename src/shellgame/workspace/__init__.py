"""The public face: a workspace is a folder, and everything Shellgame can do with it is a method of `Workspace`."""

from shellgame.workspace.importing import Fetched
from shellgame.workspace.workspace import INVENTED, Workspace, open

__all__ = ["INVENTED", "Fetched", "Workspace", "open"]
