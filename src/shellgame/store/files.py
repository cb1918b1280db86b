"""The store's border to the disk: what the system refuses is told as an error of the workspace, with what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shellgame.errors import WorkspaceError
from shellgame.files import ASIDE, sync_folder, write_text, written_whole

__all__ = ["ASIDE", "on_disk", "refused", "sync_folder", "write_text", "written_whole"]

_FULL = "make room there, then do it again"
_FORBIDDEN = "allow reading and writing there, or name another folder with --workspace"
_NO_FOLDER = "a file stands where a folder should be; move it, or name another folder with --workspace"
_REMEDIES = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), _FULL),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), _FORBIDDEN),
    **dict.fromkeys((errno.ENOTDIR, errno.EEXIST, errno.EISDIR), _NO_FOLDER),
}


@contextmanager
def on_disk(folder: Path) -> Iterator[None]:
    """Turn what the system refuses into an error of the workspace.

    Args:
        folder: What to name where the system names no file.

    Raises:
        WorkspaceError: Names the file, the system's reason and what to do.
    """
    try:
        yield
    except OSError as error:
        raise refused(error, folder) from error


def refused(error: OSError, folder: Path) -> WorkspaceError:
    """Make the error for what the system refused."""
    remedy = _REMEDIES.get(error.errno or 0, "see to that, then do it again")
    return WorkspaceError(f"{error.filename or folder}: {error.strerror or error}; {remedy}")
