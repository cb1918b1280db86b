"""Decisions out of and into files: Shellgame's own lines, which keep everything, and those of OpenSanctions' resolver.

Own lines are JSON objects with the fields of `model.judgement.Judgement`. The resolver of nomenklatura writes JSON
lists `[target, source, judgement, score, user, timestamp]` (`resolve.ijson`), one judgement for each pair, perhaps with
the moment at which it was deleted, and knows no reasons. It joins records by way of an id of its own: two records are
one where both are `positive` with the same `NK-…` id.

A file is hostile until it is checked: nothing is kept of one that has a line which cannot be understood.

Source: nomenklatura, `resolver/edge.py` (`to_line`, `from_line`), `resolver/identifier.py` (which of two ids is the target).
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import count
from pathlib import Path
from typing import Any

import orjson

from shellgame.errors import BadInput, Damaged, Hostile, WrongUse
from shellgame.model.judgement import Judgement, Verdict, checked
from shellgame.model.opinions import in_order
from shellgame.model.standing import Standing

LONGEST_LINE = 65_536
"""Bytes of a line; the longest reason takes a third."""
MOST_LINES = 5_000_000
"""Lines of a file; OpenSanctions' own resolver has fewer."""
NO_REASON = "no reason told: from a resolver file"
NOT_TOLD = "(not told)"
"""Author of a decision whose file names none."""
OWN_CANONICAL = "NK-shellgame-"
"""How ids begin that stand for a group of records in a resolver file written here."""
_WRITER = "shellgame"
"""Who signs the lines that tie records to such an id, and what nobody but this program said."""
_VERDICTS = {"positive": Verdict.SAME, "negative": Verdict.DIFFERENT, "unsure": Verdict.UNSURE}
_NAMES = {verdict: name for name, verdict in _VERDICTS.items()}
_NO_DECISION = "no_judgement"
_CANONICAL = re.compile(r"NK-.+|Q[0-9]+")
_MOMENT = re.compile(r"([0-9-]{10})[T ]([0-9:]{8})(?:\.[0-9]{1,9})?(?:Z|\+0?0?:?0{0,2})?")
"""A moment in UTC as the resolver writes it: cut after 28 letters, in the middle of its `+00:00`."""
_FIELDS = tuple(field.name for field in fields(Judgement))
_COLUMNS = 6
_MOST_TOLD = 10


@dataclass(frozen=True)
class FileRead:
    """What a file of decisions holds.

    Attributes:
        judgements: Its decisions, in order, each once.
        suggestions: Lines that decide nothing: `no_judgement`, or deleted.
        format: `own` or `resolver`.
    """

    judgements: tuple[Judgement, ...]
    suggestions: int
    format: str


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do.

    Attributes:
        new: Decisions that were not here.
        known: How many were here already.
        suggestions: Lines that decide nothing.
        unknown_ids: Ids that no list here has; decisions about them are kept all the same, as the lists may come.
        contradictions: How many contradictions there are more than before.
    """

    new: tuple[Judgement, ...]
    known: int
    suggestions: int
    unknown_ids: tuple[str, ...]
    contradictions: int

    @property
    def text(self) -> str:
        """All of it in words."""
        counted = {verdict: sum(made.judgement is verdict for made in self.new) for verdict in Verdict}
        kinds = ", ".join(f"{count:,} {verdict}" for verdict, count in counted.items() if count)
        told = [f"{len(self.new):,} new{f' ({kinds})' if kinds else ''}, {self.known:,} here already"]
        if self.suggestions:
            told.append(
                f"{self.suggestions:,} line{'s that decide' if self.suggestions > 1 else ' that decides'} nothing left out"
            )
        if self.unknown_ids:
            few = ", ".join(self.unknown_ids[:_MOST_TOLD])
            more = ", …" if len(self.unknown_ids) > _MOST_TOLD else ""
            ids = "ids" if len(self.unknown_ids) > 1 else "id"
            told.append(f"{len(self.unknown_ids):,} {ids} that no list here has, kept all the same: {few}{more}")
        if self.contradictions:
            told.append(
                f"{self.contradictions:,} more contradiction{'s' if self.contradictions > 1 else ''} than before"
            )
        return "; ".join(told)


def read_decisions(path: Path, *, now: str, most_bytes: int) -> FileRead:
    """Read a file of decisions, of whichever format.

    Args:
        path: The file.
        now: The present moment; a decision of the day after tomorrow is none.
        most_bytes: Largest file taken in, in bytes.

    Raises:
        BadInput: Something in it is no decision; names the line, what was found and what to do.
    """
    latest = (datetime.fromisoformat(now) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    made: list[Judgement] = []
    formats: set[str] = set()
    suggestions = 0
    for number, line in lines_of(path, most_lines=MOST_LINES, most_bytes=most_bytes):
        try:
            told = orjson.loads(line)
            formats.add("resolver" if isinstance(told, list) else "own")
            if len(formats) > 1:
                raise WrongUse("lines of two formats in one file")
            if isinstance(told, list) and _decides_nothing(told):
                suggestions += 1
                continue
            judgement = checked(_of_resolver(told) if isinstance(told, list) else _own(told))
            if judgement.decided_at > latest:
                raise WrongUse(f"decided at {judgement.decided_at}, which is yet to come")
        except orjson.JSONDecodeError as error:
            found, remedy = f"no JSON in UTF-8 ({error})", "get the file again, or save it as UTF-8"
            raise Damaged(path.name, record=f"line {number}", found=found, remedy=remedy) from error
        except WrongUse as error:
            remedy = "mend the line or leave it out; nothing was kept"
            raise BadInput(path.name, record=f"line {number}", found=str(error), remedy=remedy) from error
        made.append(judgement)
    format_ = next(iter(formats), "own")
    kept = _said_by_people(made) if format_ == "resolver" else made
    return FileRead(tuple({each.key: each for each in reversed(kept)}.values())[::-1], suggestions, format_)


def lines_of(path: Path, *, most_lines: int, most_bytes: int) -> Iterator[tuple[int, bytes]]:
    """The lines of a file that are not empty, numbered from 1, without the mark that some editors write before the first.

    Raises:
        Hostile: The file or a line is longer than any such file is; names the line.
        BadInput: There is no such file, or it may not be read.
    """
    try:
        if path.stat().st_size > most_bytes:
            found = f"{path.stat().st_size:,} bytes, more than {most_bytes:,}"
            raise Hostile(path.name, found=found, remedy="split the file, or raise SHELLGAME_MAX_FILE_MIB")
        with path.open("rb") as file:
            for number in count(1):
                line = file.readline(LONGEST_LINE + 1)
                if not line:
                    return
                if len(line) > LONGEST_LINE or number > most_lines:
                    limit = f"{most_lines:,} lines" if number > most_lines else f"{LONGEST_LINE:,} bytes"
                    remedy = "see that it is the right file, or split it"
                    raise Hostile(path.name, record=f"line {number}", found=f"more than {limit}", remedy=remedy)
                line = line.removeprefix(BOM_UTF8) if number == 1 else line
                if line.strip():
                    yield number, line
    except OSError as error:
        found = error.strerror or "cannot be read"
        raise BadInput(path.name, found=found.lower(), remedy="see that it is a file that may be read") from error


def _own(told: Any) -> Judgement:
    """A decision out of a line of our own.

    Raises:
        WrongUse: It is none.
    """
    if not isinstance(told, dict) or not told.keys() <= set(_FIELDS) or not told.keys() >= set(_FIELDS[:6]):
        raise WrongUse(f"a decision has the keys {', '.join(_FIELDS[:6])}, and perhaps {', '.join(_FIELDS[6:])}")
    for name in _FIELDS:
        if name != "score" and not isinstance(told.get(name, ""), str):
            raise WrongUse(f"{name} is no text")
    if told["judgement"] not in set(Verdict):
        raise WrongUse(f"{told['judgement'][:60]!r} is no judgement; there are {', '.join(Verdict)}")
    return Judgement(
        told["left_id"],
        told["right_id"],
        Verdict(told["judgement"]),
        told["why"],
        told["author"],
        _moment(told["decided_at"]) if told["decided_at"] else "",
        told.get("evidence", ""),
        _score(told.get("score")),
        told.get("withdraws", ""),
    )


def _decides_nothing(told: list[Any]) -> bool:
    """Whether a line of a resolver only suggests a pair, or was deleted."""
    return (len(told) >= _COLUMNS and told[2] == _NO_DECISION) or (len(told) > _COLUMNS and told[_COLUMNS] is not None)


def _of_resolver(told: list[Any]) -> Judgement:
    """A decision out of a line of a resolver file.

    Raises:
        WrongUse: It is none.
    """
    if len(told) not in (_COLUMNS, _COLUMNS + 1):
        raise WrongUse(
            f"{len(told)} values; a line of a resolver has target, source, judgement, score, user, timestamp"
        )
    target, source, judgement, score, user, at = told[:_COLUMNS]
    for name, text in (("target", target), ("source", source), ("judgement", judgement)):
        if not isinstance(text, str):
            raise WrongUse(f"{name} is no text")
    for name, text in (("user", user), ("timestamp", at)):
        if not (text is None or isinstance(text, str)):
            raise WrongUse(f"{name} is no text")
    if judgement not in _VERDICTS:
        raise WrongUse(f"{judgement[:60]!r} is no judgement; there are {', '.join([*_VERDICTS, _NO_DECISION])}")
    return Judgement(
        target,
        source,
        _VERDICTS[judgement],
        NO_REASON,
        (user or "").strip() or NOT_TOLD,
        _moment(at) if at else "",
        score=_score(score),
    )


def _score(told: Any) -> float | None:
    """A score from 0 to 1; older resolvers write scores of other scales, which are left out."""
    if told is None:
        return None
    if isinstance(told, bool) or not isinstance(told, (int, float)):
        raise WrongUse("score is no number")
    return float(told) if 0 <= told <= 1 else None


def _moment(text: str) -> str:
    """A moment to the second, in UTC.

    Raises:
        WrongUse: It is none.

    Example:
        >>> _moment("2024-05-03T10:12:00.123456+0"), _moment("2024-05-03 12:12:00+02:00"), _moment("2024-05-03")
        ('2024-05-03T10:12:00Z', '2024-05-03T10:12:00Z', '2024-05-03T00:00:00Z')
    """
    cut = _MOMENT.fullmatch(text)
    try:
        told = datetime.fromisoformat(f"{cut[1]}T{cut[2]}" if cut else text)
        told = told.astimezone(UTC) if told.tzinfo else told
    except (ValueError, OverflowError) as error:
        raise WrongUse(f"{text[:40]!r} is no moment; write 2024-05-03T10:12:00Z") from error
    return told.isoformat(timespec="seconds")[: len("2024-05-03T10:12:00")] + "Z"


def _said_by_people(made: Sequence[Judgement]) -> list[Judgement]:
    """Leave out what `resolver_lines` says of itself: pairs that wait, and ties to ids of its own making that nobody added to."""
    others = {identity for each in made if each.author != _WRITER for identity in each.pair}
    return [
        each
        for each in made
        if each.author != _WRITER
        or not (
            each.judgement is Verdict.UNSURE
            or any(identity.startswith(OWN_CANONICAL) and identity not in others for identity in each.pair)
        )
    ]


def preview(file: FileRead, history: Sequence[Judgement], here: Callable[[list[str]], Iterable[str]]) -> Imported:
    """Tell what adding a file's decisions would do.

    Args:
        file: What the file holds.
        history: All decisions that are here.
        here: Which of some ids the lists here have.
    """
    known = {made.key for made in history}
    new = tuple(made for made in file.judgements if made.key not in known)
    ids = sorted({identity for made in new for identity in made.pair if not _CANONICAL.fullmatch(identity)})
    there = set(here(ids)) if ids else set()
    before, after = (Standing(each).count_contradictions() for each in (history, [*history, *new]))
    unknown = tuple(identity for identity in ids if identity not in there)
    return Imported(new, len(file.judgements) - len(new), file.suggestions, unknown, max(0, after - before))


def own_lines(history: Iterable[Judgement]) -> Iterator[bytes]:
    """All decisions as lines of our own, oldest first; reading them gives the same decisions."""
    for made in in_order(history):
        told = {name: value for name, value in vars(made).items() if value not in ("", None) or name in _FIELDS[:6]}
        yield orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)


def resolver_lines(standing: Standing) -> Iterator[bytes]:
    """What stands, as lines of a resolver file; reasons, history and contradictions are not in it.

    One that waits is `unsure`, signed by this program. A resolver only follows `positive` lines that lead to an id of its
    own kind, so each group of records that has none is tied to one, named after its first record.
    """
    waiting = set(standing.waiting)
    for pair, opinion in sorted(standing.opinions.items(), key=lambda item: sorted(item[0])):
        made, (left, right) = opinion.latest, sorted(pair)
        if pair in waiting:  # which nobody said
            yield _resolver_line(left, right, Verdict.UNSURE, None, _WRITER, "")
        else:
            yield _resolver_line(left, right, opinion.verdict, made.score, made.author, made.decided_at)
    for group in standing.groups():
        if not any(map(_CANONICAL.fullmatch, group)):
            first = min(group)
            canonical = OWN_CANONICAL + blake2b(first.encode(), digest_size=11).hexdigest()
            for identity in sorted(group):
                yield _resolver_line(canonical, identity, Verdict.SAME, None, _WRITER, "")


def _resolver_line(one: str, other: str, verdict: Verdict, score: float | None, user: str, at: str) -> bytes:
    source, target = sorted((one, other), key=lambda identity: (_weight(identity), identity))
    told = [target, source, _NAMES[verdict], score, user, at or None]
    return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)


def _weight(identity: str) -> int:
    """By which a resolver tells which of two ids is the target: Wikidata's before its own before any other."""
    return 2 if re.fullmatch(r"Q[0-9]+", identity) else 1 if identity.startswith("NK-") else 0
