"""What an index is kept in: plain arrays in a folder, opened by mapping them into memory."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.listed import NAME, Names
from shellgame.kernels.lists import Lists
from shellgame.kernels.lookup import Table
from shellgame.kernels.tokens import TOKEN, Tokens
from shellgame.kernels.vocabulary import Alike, Vocabulary
from shellgame.match.letters import Letters


@dataclass(frozen=True, slots=True)
class Texts:
    """Many texts in one array."""

    starts: NDArray[np.int64]
    text: NDArray[np.uint8]

    def __getitem__(self, number: int) -> bytes:
        return self.text[self.starts[number] : self.starts[number + 1]].tobytes()

    def taken(self, order: NDArray[np.int64]) -> Texts:
        """The same texts in another order."""
        return Texts(*reordered(self.starts, self.text, order))


def reordered(
    starts: NDArray[np.int64], values: NDArray[Any], order: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Stretches of values in another order: where each begins, and the values."""
    lengths = np.diff(starts)[order]
    begins = np.zeros(len(order) + 1, np.int64)
    np.cumsum(lengths, out=begins[1:])
    return begins, values[np.repeat(starts[:-1][order] - begins[:-1], lengths) + np.arange(begins[-1])]


class Column:
    """Texts put one behind another as they come, since a million small objects take several times their size."""

    def __init__(self) -> None:
        self._ends, self._text = array("q", [0]), bytearray()

    def add(self, text: bytes) -> None:
        """Put one more behind the others."""
        self._text += text
        self._ends.append(len(self._text))

    def texts(self) -> Texts:
        """All of them; no more can be added."""
        return Texts(np.frombuffer(self._ends, np.int64), np.frombuffer(self._text, np.uint8))


@dataclass(frozen=True, slots=True)
class Kept:
    """All that an index of parties is made of.

    Attributes:
        vocabulary: The words of the names.
        names: The names.
        names_of: The names of each party, the main one first.
        schemata: Schema number of each party.
        texts: Ids, names as printed, and properties as JSON.
        letters: The names by their letters.
    """

    vocabulary: Vocabulary
    names: Names
    names_of: Lists
    schemata: NDArray[np.uint8]
    texts: Mapping[str, Texts]
    letters: Letters


def save(kept: Kept, folder: Path) -> None:
    """Write it into a folder that does not exist yet."""
    folder.mkdir(parents=True)
    for name, numbers in _arrays(kept).items():
        np.save(folder / f"{name}.npy", numbers)


def opened(folder: Path) -> Kept:
    """Map what was saved into memory; its pages are read when they are first asked for."""

    def mapped(name: str) -> Any:
        # copy-on-write, since the kernels are compiled for arrays that may be written to
        return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="c"))

    def gathered(kind: Any, prefix: str) -> Any:
        return kind(*(mapped(f"{prefix}_{field}") for field in kind._fields))

    vocabulary = Vocabulary(
        tokens=Tokens(mapped("token_rows").view(TOKEN), mapped("token_sounds"), mapped("token_latin")),
        held_by=mapped("held_by"),
        population=mapped("population"),
        present=mapped("present"),
        alike=gathered(Alike, "alike"),
        **{name: gathered(Table, name) for name in ("near", "latin", "native")},
    )
    names = Names(
        tokens=Lists(mapped("name_starts"), mapped("name_tokens")),
        rows=mapped("name_rows").view(NAME),
        holders=Lists(mapped("name_holder_starts"), mapped("name_holders")),
    )
    texts = {name: Texts(mapped(f"{name}_starts"), mapped(f"{name}_text")) for name in ("ids", "names", "properties")}
    names_of = Lists(mapped("party_name_starts"), mapped("party_names"))
    return Kept(vocabulary, names, names_of, mapped("schemata"), texts, gathered(Letters, "letters"))


def _arrays(kept: Kept) -> dict[str, NDArray[Any]]:
    known, names = kept.vocabulary, kept.names
    found: dict[str, NDArray[Any]] = {
        "held_by": known.held_by,
        "population": known.population,
        "present": known.present,
        "party_name_starts": kept.names_of.starts,
        "party_names": kept.names_of.numbers,
        "schemata": kept.schemata,
        "name_starts": names.tokens.starts,
        "name_tokens": names.tokens.numbers,
        "name_rows": names.rows,
        "name_holder_starts": names.holders.starts,
        "name_holders": names.holders.numbers,
    }
    parts: dict[str, Any] = {"token": known.tokens, "alike": known.alike, "letters": kept.letters}
    parts |= {"near": known.near, "latin": known.latin, "native": known.native}
    for prefix, arrays in parts.items():
        found |= {f"{prefix}_{field}": numbers for field, numbers in arrays._asdict().items()}
    for name, texts in kept.texts.items():
        found |= {f"{name}_starts": texts.starts, f"{name}_text": texts.text}
    return found
