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
from shellgame.store.files import write_text

FILE = "manifest.json"
_FORMAT = 1


def load(folder: Path) -> tuple[Version, ...]:
    """Read the versions of a source, oldest first; none where the source has never been added.

    Raises:
        WorkspaceDamaged: The manifest cannot be read or was written by a newer Shellgame.
    """
    path = folder / FILE
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if told["format"] != _FORMAT:
            raise WorkspaceDamaged(
                f"{path} has format {told['format']}, this Shellgame reads {_FORMAT}; use the newer Shellgame"
            )
        return tuple(_version(each) for each in told["versions"])
    except FileNotFoundError:
        return ()
    except (ValueError, KeyError, TypeError) as error:
        raise WorkspaceDamaged(
            f"{path} cannot be read ({error}); restore it from a backup, or add the source anew"
        ) from error


def save(folder: Path, versions: tuple[Version, ...]) -> None:
    """Replace the list of versions in one step."""
    told = {"format": _FORMAT, "versions": [asdict(version) for version in versions]}
    write_text(folder / FILE, json.dumps(told, ensure_ascii=False, indent=1))


def _version(told: dict[str, Any]) -> Version:
    parts = tuple(KeptPart(**part) for part in told.pop("parts"))
    return Version(parts=parts, **{**told, "warnings": tuple(told["warnings"])})
