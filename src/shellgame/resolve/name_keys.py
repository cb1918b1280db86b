"""Names as words with their keys, each name worked out once and kept from one state of the lists to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import accumulate, chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shellgame.kernels.blocking import WordRows, word_keys
from shellgame.names.analysis import analyse
from shellgame.names.keys import key_tables
from shellgame.names.sounds import codes
from shellgame.names.token import RESPELT, Kind, Origin, Token
from shellgame.processes import answered_by, how_many, serve
from shellgame.store.files import on_disk, written_whole

RECIPE = "3"
"""Raise it when the same name gives other keys than before."""
_COLUMNS = pa.schema([("name", pa.string()), ("keys", pa.binary()), ("words", pa.string())])
_KEY = np.dtype("<u8")
_WORDS = (Kind.WORD, Kind.OPTIONAL, Kind.PLACE, Kind.NUMBER)
_FEWEST = 2
"""Words that a name must tell; if it tells fewer, those that many bear count too."""
_AT_ONCE = 10_000
"""Names that a process works out in one go."""
_FEW = 50_000
"""Names that are worked out in this process: others would hardly have started before it is done."""
_SERVE = "from shellgame.resolve.name_keys import serve_names; serve_names()"
_SHORTEST = 4
"""Letters of a word from which on other letters make another word."""
_BETWEEN = "\n"
"""What stands between words; no word has it."""


class Keyed(NamedTuple):
    """The words of a name by their keys, as plain values: so names are quickly held equal.

    Attributes:
        keys: Eight bytes each, ascending, each once.
        words: The letters of each, with `_BETWEEN` between them; empty where several words have one key, and where letters are no
            evidence against another word.
    """

    keys: bytes
    words: str


class NameKeys:
    """The words of names with their keys; none for a name that tells nothing."""

    def __init__(self, known: dict[str, Keyed] | None = None) -> None:
        self._known: dict[str, Keyed] = known if known is not None else {}
        self._asked: dict[str, Keyed] = {}

    def of(self, names: Iterable[tuple[str, bool]]) -> list[Keyed]:
        """The words of some names, each with whether it is read as a person's; some 100 microseconds each where it is new.

        Raises:
            ShellgameError: Many are new, and a process that works them out could not be started or came to an end.
        """
        asked = [f"{'p' if person else 'o'}{name}" for name, person in names]
        new = [each for each in dict.fromkeys(asked) if each not in self._known]
        if new:
            self._known.update(zip(new, _by_processes(new), strict=True))
        self._asked |= {each: self._known[each] for each in asked}
        return [self._known[each] for each in asked]

    def save(self, file: Path) -> None:
        """Write those that were asked for.

        Raises:
            WorkspaceError: The system refuses; says why.
        """
        told = [*self._asked.values()]
        columns = ([*self._asked], [each.keys for each in told], [each.words for each in told])
        arrays = [pa.array(column, kind) for column, kind in zip(columns, _COLUMNS.types, strict=True)]
        table = pa.table(arrays, schema=_COLUMNS)
        with on_disk(file), written_whole(file) as aside:
            pq.write_table(table, aside, compression="zstd", write_page_checksum=True)

    @classmethod
    def load(cls, file: Path) -> NameKeys:
        """Read what was kept; nothing where there is no file, or it is damaged: all is then worked out anew."""
        try:
            table = pq.read_table(file, partitioning=None, page_checksum_verification=True)
        except (OSError, pa.ArrowException):
            return cls()
        if not table.schema.equals(_COLUMNS) or any(column.null_count for column in table.columns):
            return cls()
        names, keys, words = (column.to_pylist() for column in table.columns)
        known = dict(zip(names, map(Keyed, keys, words), strict=True))
        return cls(known) if all(_fits(each) for each in known.values()) else cls()


def _fits(told: Keyed) -> bool:
    """Whether there is a key for each word."""
    words = told.words.count(_BETWEEN) + 1 if told.keys else 0
    return len(told.keys) == words * _KEY.itemsize


def word_rows(records: Sequence[Sequence[Keyed]]) -> WordRows:
    """The words of all names of records as arrays; names without words are left out."""
    told = [[each for each in its if each.keys] for its in records]
    names = [each for its in told for each in its]
    counts = [len(each.keys) // _KEY.itemsize for each in names]
    words = pc.split_pattern(pa.array([each.words for each in names], pa.large_string()), _BETWEEN)
    coded = words.flatten().dictionary_encode()
    texts = [text.encode() for text in coded.dictionary.to_pylist()]
    return WordRows(
        names=np.array([0, *accumulate(map(len, told))], np.int64),
        words=np.array([0, *accumulate(counts)], np.int64),
        keys=np.frombuffer(b"".join([each.keys for each in names]), _KEY).astype(np.uint64),
        texts=coded.indices.to_numpy().astype(np.int32),
        starts=np.array([0, *accumulate(map(len, texts))], np.int64),
        letters=np.frombuffer(b"".join(texts), np.uint8).copy(),
    )


def _by_processes(names: Sequence[str]) -> Iterator[Keyed]:
    """The words of names that begin with how they are read; by several processes where they are many."""
    processes = how_many() if len(names) > _FEW else 1
    if processes == 1:
        return iter(_worked_out(names))
    batches = (names[start : start + _AT_ONCE] for start in range(0, len(names), _AT_ONCE))
    answers = answered_by(processes, _SERVE, "reads names", batches)
    return chain.from_iterable(told for _, _, told in answers)


def serve_names() -> None:
    """Work out the names that another process of ours asks for."""
    serve(_worked_out)


def _worked_out(names: Sequence[str]) -> list[Keyed]:
    """The words of names that begin with how they are read."""
    texts: dict[str, int] = {}
    told = [
        [
            (texts.setdefault(_meant(token), len(texts)), _spelt(token))
            for token in _telling(analyse(name[1:], person=name[0] == "p"))
        ]
        for name in names
    ]
    sounds = [b"" if _has_digit(text) else codes(text, Origin.LATIN) for text in texts]
    starts = np.array([0, *accumulate(map(len, sounds))], np.int64)
    keys = word_keys(starts, np.frombuffer(b"".join(sounds), np.uint8).copy(), key_tables()).tolist()
    for number, (text, its) in enumerate(zip(texts, sounds, strict=True)):
        if not its:
            keys[number] = text_key(text)
    return [_keyed([(keys[word], spelt) for word, spelt in words]) for words in told]


def _meant(token: Token) -> str:
    """What a word is known by: its text, or for all spellings of one family name in several languages the number of that."""
    return f"{token.group} " if token.group >= RESPELT else token.text


def _spelt(token: Token) -> str:
    """What a word is held against others by; nothing where its letters are no evidence against another word.

    What was put into Latin letters here others write otherwise, as do languages of one family name, and of a short word respelling
    may leave no letter (Lee, Yi).
    """
    is_evidence = token.origin == Origin.LATIN and len(token.text) >= _SHORTEST and token.group < RESPELT
    return token.text if is_evidence else ""


def _keyed(words: Iterable[tuple[int, str]]) -> Keyed:
    texts: dict[int, str] = {}
    for key, text in words:
        texts[key] = text if texts.get(key, text) == text else ""
    ordered = sorted(texts)
    return Keyed(np.array(ordered, _KEY).tobytes(), _BETWEEN.join([texts[key] for key in ordered]))


def _telling(tokens: Sequence[Token]) -> Sequence[Token]:
    """The words that a name is looked for by; all of them where none of them tells anything."""
    told = [token for token in tokens if token.kind in _WORDS]
    if len(told) < _FEWEST:
        told += [token for token in tokens if token.kind is Kind.GENERIC]
    return told or tokens


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def text_key(text: str) -> int:
    """A key of a text itself: sixty-four bits, the same in every process."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
