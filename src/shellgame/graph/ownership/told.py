"""Stakes as sources tell them, found by either end: an index over all claims of links, made once for each state of the sources.

A register of a million companies has more stakes than a question can read through; here those of one party are found by bisection
in sorted, memory-mapped columns.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from shellgame.model.days import overlaps
from shellgame.model.schema import PARTS
from shellgame.model.stakes import UNKNOWN, Interval, StakeKind, interval_of
from shellgame.store.claims import ClaimSet

RECIPE = "1"
"""Raise it when the same claims give another index than before."""
_DAY = len("2024-04-15")
_POINTERS = ("parent", "owner")
_NOMINEE = "nominee"
_FORMER = "former"
_FILE, _BY_OWNER = "told.arrow", "owners.arrow"


class Told(NamedTuple):
    """One stake as one source tells it.

    Attributes:
        link: Id of the entity that tells it, or a name for the pointer that does.
        source: Whose words they are.
        owner: Id of the record of the holder.
        asset: Id of the record of the company.
        kind: Which right.
        interval: How much of it.
        indirect: Whether it is told to be held through others.
        share_class: Class of the shares.
        role: The source's own word.
        start: First partial day, where told.
        end: Last partial day, where told.
        joint: Whether others hold it too.
        notes: What to know of the figure, in words.
        claims: Ids of the claims.
    """

    link: str
    source: str
    owner: str
    asset: str
    kind: StakeKind
    interval: Interval
    indirect: bool
    share_class: str
    role: str
    start: str | None
    end: str | None
    joint: bool
    notes: tuple[str, ...]
    claims: tuple[str, ...]

    @property
    def is_nominees(self) -> bool:
        """Whether it is held for somebody else."""
        return _NOMINEE in self.role.lower()

    def holds_on(self, day: str) -> bool:
        """Whether it is there on a day, as far as told."""
        return overlaps(self.start, self.end, day) and _FORMER not in self.role.lower()

    def ended_before(self, day: str) -> bool:
        """Whether it was there and is over on a day."""
        return self.end is not None and day[: len(self.end)] > self.end

    def is_doubted_on(self, day: str) -> bool:
        """Whether its days are not exact enough to say that it is there on a day on which it may be."""
        return any(each is not None and len(each) < _DAY and day.startswith(each) for each in (self.start, self.end))


class ToldStakes:
    """All stakes that sources tell, of whatever day."""

    def __init__(self, rows: pa.Table, by_owner: pa.Table) -> None:
        """Wrap the columns.

        Args:
            rows: The stakes, in order of their companies.
            by_owner: Owners in order, each with the number of a stake.
        """
        self._rows = rows
        self._assets, self._owners = _Sorted(rows["asset"]), _Sorted(by_owner["owner"])
        self._numbers = by_owner["number"]

    def in_assets(self, records: Iterable[str]) -> Iterator[Told]:
        """The stakes in some records."""
        for record in records:
            start, end = self._assets.span(record)
            yield from map(_told, self._rows.slice(start, end - start).to_pylist())

    def of_owners(self, records: Iterable[str]) -> Iterator[Told]:
        """The stakes that some records hold."""
        for record in records:
            start, end = self._owners.span(record)
            for number in self._numbers.slice(start, end - start).to_pylist():
                yield _told(self._rows.slice(number, 1).to_pylist()[0])


class _Sorted(Sequence[str]):
    """A sorted column of texts, for bisection."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        self._column = column.combine_chunks()

    def __len__(self) -> int:
        return len(self._column)

    def __getitem__(self, place: Any) -> Any:
        return self._column[place].as_py()

    def span(self, value: str) -> tuple[int, int]:
        """Where a value begins and ends."""
        start = bisect_left(self, value)
        end = start
        while end < len(self) and self[end] == value:
            end += 1
        return start, end


def told_stakes(claims: ClaimSet, which: str) -> ToldStakes:
    """Open the index of the stakes of a claim set, or make it.

    Args:
        claims: The claims of the day.
        which: `held` for who holds what in whom, `represented` for whom nominees stand (the nominee as the asset, who it
            stands for as the owner).
    """
    query = _held() if which == "held" else _represented()

    def make(folder: Path) -> None:
        rows = claims.table(f"SELECT * FROM ({query}) ORDER BY asset, link, source, owner")
        numbers = pc.sort_indices(rows["owner"])
        by_owner = pa.table({"owner": rows["owner"].take(numbers), "number": numbers})
        for name, table in ((_FILE, rows), (_BY_OWNER, by_owner)):
            with pa.OSFile(str(folder / name), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
                writer.write_table(table.combine_chunks())

    def opened(folder: Path) -> ToldStakes:
        tables = []
        for name in (_FILE, _BY_OWNER):
            with pa.memory_map(str(folder / name)) as mapped:
                tables.append(pa.ipc.open_file(mapped).read_all())
        return ToldStakes(*tables)

    return claims.kept(f"stakes_{which}", f"{RECIPE} {query}").opened(make, opened)


def _held() -> str:
    """A query with a row for each holder and company of each link of a source, and of each pointer."""
    return f"""
        SELECT *, len(owners) > 1 AS joint FROM (SELECT *, unnest(owners) AS owner FROM (SELECT *, unnest(assets) AS asset FROM (
            {_gathered(("Ownership", "Control"), ("owner", "controller"), ("asset", "controlled"))})))
        UNION ALL
        SELECT entity_id || ' ' || prop || ' ' || value AS link, source, 'Ownership' AS schema, [value] AS owners,
            [entity_id] AS assets, [] AS kinds, [] AS figures, [] AS classes, [prop] AS roles, [] AS statuses, [] AS starts,
            [] AS ends, [claim_id] AS ids, entity_id AS asset, value AS owner, false AS joint
        FROM claims WHERE prop IN ({_words(_POINTERS)}) AND schema NOT IN ({_words(sorted(PARTS))}) AND stance <> 'denies'"""


def _represented() -> str:
    """A query with a row for each nominee and whom it stands for."""
    return f"""
        SELECT *, len(owners) > 1 AS joint FROM (SELECT *, unnest(owners) AS owner FROM (SELECT *, unnest(assets) AS asset FROM (
            {_gathered(("Representation",), ("client",), ("agent",))})))
        WHERE contains(lower(array_to_string(roles, ' ')), '{_NOMINEE}')"""


def _gathered(schemata: Iterable[str], owners: Iterable[str], assets: Iterable[str]) -> str:
    """A query that puts the claims of each link of each source into one row; denied ones are left out."""
    columns = {
        "owners": owners,
        "assets": assets,
        "kinds": ("ownershipType", "controlType"),
        "figures": ("percentage",),
        "classes": ("sharesType",),
        "roles": ("role",),
        "statuses": ("status",),
        "starts": ("startDate",),
        "ends": ("endDate",),
    }
    lists = ", ".join(
        f"list_sort(list_distinct(coalesce(list(value) FILTER (prop IN ({_words(props)})), []))) AS {name}"
        for name, props in columns.items()
    )
    return f"""
        SELECT entity_id AS link, source, any_value(schema) AS schema, {lists}, list_sort(list(claim_id)) AS ids
        FROM claims WHERE schema IN ({_words(schemata)}) AND stance <> 'denies' GROUP BY entity_id, source"""


def _words(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _told(row: dict[str, Any]) -> Told:
    interval, notes = _interval(row["figures"])
    former = [status for status in row["statuses"] if _FORMER in status.lower()]
    return Told(
        row["link"],
        row["source"],
        row["owner"],
        row["asset"],
        _kind(row["schema"], row["kinds"]),
        interval,
        "indirect" in row["statuses"] and "direct" not in row["statuses"],
        " and ".join(row["classes"]),
        "; ".join([*row["roles"], *former]),
        min(row["starts"], default=None),
        max(row["ends"], default=None),
        row["joint"],
        notes,
        tuple(row["ids"]),
    )


def _kind(schema: str, kinds: Iterable[str]) -> StakeKind:
    told = [StakeKind(kind) for kind in kinds if kind in set(StakeKind)]
    return told[0] if told else StakeKind.SHARES if schema == "Ownership" else StakeKind.INFLUENCE


def _interval(figures: Iterable[str]) -> tuple[Interval, tuple[str, ...]]:
    """What some printed figures allow: one of them is right, nobody says which."""
    read = {figure: interval_of(figure.replace(",", ".")) for figure in figures}
    known = [interval for interval in read.values() if interval is not None]
    notes = tuple(f"the figure {figure[:40]!r} cannot be read" for figure, each in read.items() if each is None)
    if len(known) > 1:
        notes = (*notes, f"told with several figures: {', '.join(read)}")
    return (hull(known) if known and len(known) == len(read) else UNKNOWN), notes


def hull(intervals: Collection[Interval]) -> Interval:
    """The narrowest interval that holds all of some."""
    return Interval(min(each.low for each in intervals), max(each.high for each in intervals))
