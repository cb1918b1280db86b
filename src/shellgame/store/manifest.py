"""The list of versions of one source: the single file whose replacement makes a version appear.

What the manifest does not name does not exist for readers, so a kill at any moment leaves either the old state or the new.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from shellgame.errors import WorkspaceDamaged
from shellgame.model.version import KeptPart, Version
from shellgame.store.files import on_disk, write_text

FILE = "manifest.json"
_FORMAT = 1


def load(folder: Path) -> tuple[Version, ...]:
    """Read the versions of a source, oldest first; none where the source has never been added.

    Raises:
        WorkspaceDamaged: The manifest cannot be read or was written by a newer Shellgame.
        WorkspaceError: The system refuses to read it.
    """
    path = folder / FILE
    try:
        with on_disk(path):
            content = path.read_bytes() if path.exists() else None
        if content is None:
            return ()
        told: dict[str, Any] = json.loads(content)
        if told["format"] != _FORMAT:
            raise WorkspaceDamaged(
                f"{path} has format {told['format']}, this Shellgame reads {_FORMAT}; use the newer Shellgame"
            )
        return tuple(_version(each) for each in told["versions"])
    except (ValueError, KeyError, TypeError) as error:
        raise WorkspaceDamaged(
            f"{path} cannot be read ({error}); restore it from a backup, or rename it to {FILE}.broken and add the "
            "publications of this source again, each for its day"
        ) from error


def save(folder: Path, versions: tuple[Version, ...]) -> None:
    """Replace the list of versions in one step."""
    told = {"format": _FORMAT, "versions": [asdict(version) for version in versions]}
    write_text(folder / FILE, json.dumps(told, ensure_ascii=False, indent=1))


def _version(told: dict[str, Any]) -> Version:
    parts = tuple(KeptPart(**part) for part in told.pop("parts"))
    return Version(parts=parts, **{**told, "warnings": tuple(told["warnings"])})
