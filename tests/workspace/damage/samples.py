"""What is damaged: every source's own sample publication, in every format that it knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from shellgame.sources.catalog import catalog
from shellgame.testing.golden import GOLDEN, samples

_KINDS = {".csv": "table", ".txt": "table", ".pack": "table", ".json": "json", ".xml": "xml", ".xlsx": "xlsx"}


_FORGIVING = frozenset((("register", "register-tables"), ("ftm", "mapping")))
"""Formats whose readers go on after a row that they cannot read, and tell of it; their own tests spoil them."""


_UNPACKED = frozenset((("gleif", "cdf-xml"),))
"""Formats that are published packed into a ZIP archive, so that their readers read it."""


@dataclass(frozen=True)
class Sample:
    """One sample: as which source it is added, its format, and its files by name; `main` is the one that holds the records."""

    source: str
    format: str
    files: tuple[tuple[str, bytes], ...]

    @property
    def name(self) -> str:
        return f"{self.source}/{self.format}"

    @property
    def main(self) -> str:
        return max(self.files, key=lambda file: len(file[1]))[0]

    @property
    def content(self) -> bytes:
        return dict(self.files)[self.main]

    @property
    def kind(self) -> str:
        return _KINDS[Path(self.main).suffix]

    @property
    def may_be_zipped(self) -> bool:
        return (self.source, self.format) in _UNPACKED

    def write(self, folder: Path, *, alone: bool = False, **changed: bytes) -> Path:
        """Write it, with some files changed, or those alone; returns the path to add: a file, or the folder of several."""
        files = changed if alone else dict(self.files) | changed
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        return folder / next(iter(files)) if len(files) == 1 else folder


@lru_cache(maxsize=1)
def all_samples() -> tuple[Sample, ...]:
    """Every sample that is complete, that is, has its accepted claims; `ftm` is added under a name of one's own."""
    return tuple(
        Sample(
            "my_set" if source.reader or source.name == "ftm" else source.name,
            folder.name,
            tuple((file.name, file.read_bytes()) for file in sorted(folder.iterdir()) if file.name != GOLDEN),
        )
        for source in catalog().values()
        for folder in samples(source)
        if (folder / GOLDEN).exists() and (source.name, folder.name) not in _FORGIVING
    )


@dataclass(frozen=True)
class Damage:
    """One way to spoil a file.

    Attributes:
        name: What was done to it.
        kinds: Kinds of file that it can be done to.
        make: From the whole content to the spoilt one; None where this content gives no hold for it.
        refused: Whether it must be refused; else it may also be read, if nothing is claimed that the whole file does not say.
        record: Whether the refusal must say where in the file.
        big: The spoilt content is large, so it is made only when the test runs.
        alone: The file is added by itself, without the others of its publication.
    """

    name: str
    kinds: frozenset[str]
    make: Callable[[bytes], bytes | None]
    refused: bool = True
    record: bool = False
    big: bool = False
    alone: bool = False


class Damages(list[Damage]):
    """A list of damages that functions put themselves on."""

    def to(
        self, *kinds: str, **how: bool
    ) -> Callable[[Callable[[bytes], bytes | None]], Callable[[bytes], bytes | None]]:
        """Take a function for a damage to some kinds of file; its name, in words, is the damage's."""

        def take(make: Callable[[bytes], bytes | None]) -> Callable[[bytes], bytes | None]:
            self.append(Damage(make.__name__.replace("_", " "), frozenset(kinds), make, **how))
            return make

        return take
