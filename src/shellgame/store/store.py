"""The claim store: versions go in whole, any day comes out.

One folder holds `raw/` (publications by hash) and `sources/<name>/` (a manifest and Parquet files). One writer at a time holds a
lock; readers need none, since files never change and the manifest is replaced in one step.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import time

from filelock import FileLock, Timeout

from shellgame.errors import WorkspaceError, WorkspaceLocked, WrongUse
from shellgame.model.claim import ClaimRow
from shellgame.model.days import now
from shellgame.model.version import Version, version_id
from shellgame.settings import settings
from shellgame.store import manifest
from shellgame.store.chain import READ_FOR_SECONDS, Chain, KeptFile
from shellgame.store.delta import Told
from shellgame.store.files import ASIDE, on_disk
from shellgame.store.raw import RawStore
from shellgame.store.spool import Spool, clear_rooms, room
from shellgame.store.view import SourceView, view_on


@dataclass(frozen=True)
class Incoming:
    """A publication that was read and is to become a version.

    Attributes:
        source: Name of the source.
        as_of: Day or moment of publication.
        format: Layout it was read as.
        sha256: Hash of the whole.
        files: Its parts and where they lie.
        rows: Its claims, in memory or on disk.
        counts: What the reader counted.
        warnings: What it remarked.
        speaker: Who says its claims.
        reliability: Admiralty grade of the source.
        credibility: Admiralty grade of the information.
        method: Reader, format and version.
        tlp: Traffic light protocol marking.
        partial: Whether it holds changed records only, and leaves the others as they were.
        gone: Ids of records that such a publication tells to be no more.
    """

    source: str
    as_of: str
    format: str
    sha256: str
    files: tuple[KeptFile, ...]
    rows: Sequence[ClaimRow] | Spool
    counts: dict[str, int]
    warnings: tuple[str, ...]
    speaker: str
    reliability: str
    credibility: int
    method: str
    tlp: str = "CLEAR"
    partial: bool = False
    gone: frozenset[str] = frozenset()


_UNDER_THE_LOCK = ("raw", "sources")
"""Folders in which only the holder of the writer lock writes."""


class Store:
    """Versioned claims below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._raw = RawStore(folder / "raw")
        self._chains: dict[str, Chain] = {}

    def sources(self) -> list[str]:
        """Names of the sources that have at least one version.

        Raises:
            WorkspaceError: The workspace is a file.
        """
        if self.folder.is_file():
            raise WorkspaceError(f"{self.folder} is a file; name a folder with --workspace")
        return sorted(path.parent.name for path in (self.folder / "sources").glob(f"*/{manifest.FILE}"))

    def state(self) -> tuple[tuple[str, int, int, int], ...]:
        """What stands for all versions that are here: it differs once a version comes, changes or goes; no file is opened."""
        files = sorted((self.folder / "sources").glob(f"*/{manifest.FILE}"))
        told = [(file.parent.name, file.stat()) for file in files]
        return tuple((name, stat.st_mtime_ns, stat.st_ino, stat.st_size) for name, stat in told)

    def versions(self, source: str) -> tuple[Version, ...]:
        """All versions of a source, oldest first."""
        return self._chain(source).versions()

    def view(self, source: str, on: str | None = None) -> SourceView | None:
        """A source as it stood on a day (None: newest); None where it had no version by then."""
        return view_on(self.folder / "sources" / source, self.versions(source), on)

    def raw(self, version: Version, part: str) -> bytes:
        """The bytes of one file of a version's publication."""
        kept = {each.name: each.sha256 for each in version.parts}
        if part not in kept:
            raise WrongUse(f"{version.id} has no part {part!r}; it has {', '.join(kept)}")
        return self._raw.bytes(kept[part])

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the workspace's writer lock.

        Raises:
            WorkspaceLocked: Another process holds it for longer than `lock_seconds`.
            WorkspaceError: The system refuses to write.
        """
        with on_disk(self.folder), _held(self.folder / "lock", f"{self.folder}: another Shellgame is writing"):
            yield

    @contextmanager
    def fetching(self, source: str) -> Iterator[Path]:
        """Hold the folder into which a source is downloaded, and give it.

        Raises:
            WorkspaceLocked: Another process fetches this source for longer than `lock_seconds`.
            WorkspaceError: The system refuses to write.
        """
        folder = self.folder / "fetch"
        with (
            on_disk(folder),
            _held(folder / f"{source}.lock", f"{self.folder}: another Shellgame is fetching {source}"),
        ):
            (folder / source).mkdir(exist_ok=True)
            yield folder / source

    def add(self, incoming: Incoming) -> tuple[Version, bool]:
        """Make a publication a version, wherever in time it belongs.

        Adding the same publication for the same moment again changes nothing where all is well; where files of that
        version are missing or damaged they are written anew, and where another reader read it the version is replaced.

        Returns:
            The version, and whether it is new.

        Raises:
            WrongUse: Another publication is already kept for that moment, or an update has no version to change.
            WorkspaceLocked: Another process is writing.
        """
        with self.writing():
            chain = self._chain(incoming.source)
            chain.clear_leftovers()
            self._clear_aside()
            here = next((version for version in chain.versions() if version.as_of == incoming.as_of), None)
            if here and here.sha256 != incoming.sha256:
                raise WrongUse(
                    f"{incoming.source} already has another publication for {incoming.as_of} ({here.id}); "
                    "give the moment too, such as --as-of 2024-04-15T18:43Z"
                )
            told = told_of(incoming)
            if here and here.method == incoming.method:
                return chain.mend(here, incoming.files, incoming.rows, told, incoming.gone), False
            new = chain.insert(_version(incoming), incoming.files, incoming.rows, told, incoming.gone)
            return new, here is None

    def room(self) -> AbstractContextManager[Path]:
        """Give a folder for an import that is too large for memory, on the same disk, for as long as the block runs."""
        return room(self.folder)

    def _clear_aside(self) -> None:
        """Remove what a killed writer left."""
        clear_rooms(self.folder)
        with suppress(FileNotFoundError):  # others finish what they write in indexes/ and fetch/
            for path in self.folder.rglob(f"{ASIDE}*"):
                ours = path.relative_to(self.folder).parts[0] in _UNDER_THE_LOCK
                if ours or time() - path.stat().st_mtime > READ_FOR_SECONDS:
                    path.unlink(missing_ok=True)

    def _chain(self, source: str) -> Chain:
        return self._chains.setdefault(source, Chain(self.folder / "sources" / source, self._raw))


@contextmanager
def _held(file: Path, doing: str) -> Iterator[None]:
    seconds = settings().lock_seconds
    file.parent.mkdir(parents=True, exist_ok=True)  # not synced: what lies above a workspace is not ours to open
    try:
        with FileLock(file, timeout=seconds):
            yield
    except Timeout as error:
        raise WorkspaceLocked(
            f"{doing} for more than {seconds:g} s; wait for it to end, or raise SHELLGAME_LOCK_SECONDS"
        ) from error


def free_moment(printed: str, digest: str, versions: Sequence[Version], at: str) -> str:
    """Date a publication that was just fetched so that it finds a place beside others of the day it prints.

    Args:
        printed: The day or moment it prints.
        digest: SHA-256 of the publication.
        versions: Versions of its source, oldest first.
        at: The present moment.

    Returns:
        What it prints where that is free or the last version of that day is this very publication; else that day with
        the present time of day, or the second after the last version of that day where that is later.
    """
    same_day = [version for version in versions if version.as_of[:10] == printed[:10]]
    if same_day and same_day[-1].sha256 == digest:
        return same_day[-1].as_of
    if printed not in {version.as_of for version in same_day}:
        return printed
    fetched, last = f"{printed[:10]}{at[10:]}", same_day[-1].as_of
    if last < fetched or last[11:19] == "23:59:59":
        return fetched
    return (datetime.fromisoformat(last) + timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")


def told_of(incoming: Incoming) -> Told:
    """What all claims of a publication have in common."""
    return Told(
        incoming.source,
        incoming.speaker,
        incoming.reliability,
        incoming.credibility,
        incoming.method,
        incoming.tlp,
        first_seen=incoming.as_of,
        first_version=version_id(incoming.as_of, incoming.sha256),
        evidence=incoming.sha256,
    )


def _version(incoming: Incoming) -> Version:
    """The version that a publication becomes, as far as it is known before it stands among others."""
    return Version(
        version_id(incoming.as_of, incoming.sha256),
        incoming.source,
        incoming.as_of,
        now(),
        incoming.sha256,
        incoming.format,
        incoming.method,
        tuple(part for part, _ in incoming.files),
        incoming.counts,
        incoming.warnings,
        partial=incoming.partial,
    )
