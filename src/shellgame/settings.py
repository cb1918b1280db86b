"""The one settings object: every knob with its unit, default and reason.

Values come from the environment (`SHELLGAME_WORKSPACE=…`, `SHELLGAME_MAX_FILE_MIB=…`), never from a hidden file.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from shellgame.errors import WrongUse


class Settings(BaseSettings):
    """All settings, frozen; read them with `settings()`."""

    model_config = SettingsConfigDict(env_prefix="SHELLGAME_", frozen=True, extra="ignore", env_ignore_empty=True)

    workspace: Path = Field(Path("shellgame-workspace"), description="Folder that holds everything Shellgame knows.")
    database: str = Field("", description="URL of the decisions database; a SQLite file in the workspace when empty.")
    author: str = Field("", description="Who signs decisions; the system's user name when empty.")
    lock_seconds: float = Field(30.0, ge=0, description="How long to wait for another writer, in seconds.")
    max_file_mib: int = Field(4096, gt=0, description="Largest publication taken in, in MiB.")
    max_line_mib: float = Field(1.0, gt=0, description="Longest line of a text table, in MiB.")
    max_unpacked_mib: int = Field(
        64, gt=0, description="Largest size a packed spreadsheet may unpack to, in MiB; lists take 7."
    )
    fetch_timeout_seconds: float = Field(60.0, gt=0, description="Longest silence of a server, in seconds.")
    fetch_tries: int = Field(4, ge=1, le=10, description="How often a download is tried before it is given up.")
    processes: int = Field(
        0,
        ge=0,
        le=64,
        description="Processes that do what is large: read names, compare records; 0 is one a core, eight at most.",
    )
    network_depth: int | None = Field(
        None, ge=1, description="Most steps of a network from its start; as far as evidence reaches when empty."
    )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Read the settings once per process.

    Raises:
        WrongUse: A variable holds a value that does not fit; names it and what would.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "SHELLGAME_" + "_".join(str(part) for part in first["loc"]).upper()
        raise WrongUse(
            f"{name}: {first['msg']}, found {first.get('input')!r}; unset it or give a fitting value"
        ) from error
