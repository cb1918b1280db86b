"""What a fetch remembers of each address: enough to ask only for what changed, and to know the same file again.

The state is a convenience, never the truth: without it, or with a damaged one, everything is downloaded once more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter, ValidationError

from shellgame.errors import WorkspaceError
from shellgame.files import write_bytes


@dataclass(frozen=True)
class Seen:
    """The file that an address gave when it was last taken in.

    Attributes:
        sha256: Hash of the file as kept, hexadecimal.
        size: Its size in bytes.
        checked_at: Moment (UTC) at which the server last gave or confirmed it.
        etag: The server's mark for this content, with its quotes.
        last_modified: The server's date for it, as sent.
    """

    __pydantic_config__ = ConfigDict(strict=True, extra="forbid")

    sha256: str
    size: int
    checked_at: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class FetchState:
    """What was last seen, by address; an empty one makes the next fetch download everything.

    Attributes:
        seen: Address, as in `source.yml`, to the file it gave.
        warnings: Why an earlier state is not in here; a download repeats them.
    """

    seen: Mapping[str, Seen] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


_FILE = TypeAdapter(dict[str, Seen])


def load_state(path: Path) -> FetchState:
    """Read the state that `save_state` wrote; none yet is an empty one.

    A state that cannot be read is left out with a warning, because all it costs is one more download.
    """
    try:
        return FetchState(_FILE.validate_json(path.read_bytes()))
    except FileNotFoundError:
        return FetchState()
    except ValidationError as error:
        reason = error.errors()[0]["msg"]
    except OSError as error:
        reason = error.strerror or str(error)
    return FetchState(
        warnings=(f"{path.name}: the memory of earlier fetches is damaged ({reason}); everything is downloaded again",)
    )


def save_state(path: Path, state: FetchState) -> None:
    """Write the state whole or not at all; call it only after the downloaded publication was taken in.

    Raises:
        WorkspaceError: The file cannot be written; names it and the system's reason.
    """
    try:
        write_bytes(path, _FILE.dump_json(dict(state.seen), indent=1))
    except OSError as error:
        raise WorkspaceError(
            f"{path}: cannot be written ({error.strerror}); make room or allow writing there"
        ) from error
