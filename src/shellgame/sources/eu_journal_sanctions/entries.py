"""From rows to records: which rows of an act are the same entity, and under which id it goes.

An act lists one entity in several annexes, a bank under the asset freeze and again where financial messages are barred. Such rows
are one record with several listings. They are joined where schema and name agree as printed and nothing speaks against it.
Two entries of one annex are two entities, and so are two persons of one name, unless a number or a birth date shows that
they are one.

The id is made of the framework act and of the name, not of the entry number: annexes get renumbered, and an id must never come to
mean another party. A vessel goes by its IMO number, since vessels change names. Where two entities of an act bear one
name, each id also takes in its annex and entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from shellgame.sources.claims import digest
from shellgame.sources.eu_journal_sanctions.rows import Row
from shellgame.sources.printed import days

_IDENTIFYING = (
    "imoNumber", "registrationNumber", "passportNumber", "idNumber", "taxNumber", "innCode", "ogrnCode", "birthDate",
)  # fmt: skip


@dataclass
class Entry:
    """One entity of one act with all its rows."""

    id: str
    rows: list[Row] = field(default_factory=list)


def entries(rows: Iterable[Row]) -> Iterator[Entry]:
    """Join the rows that are the same entity, in the order in which each first appears."""
    by_key: dict[tuple[str, ...], list[Entry]] = {}
    for row in rows:
        same_key = by_key.setdefault(_key(row), [])
        same = next((entry for entry in same_key if _same(entry.rows, row)), None)
        if same is None:
            same_key.append(same := Entry(""))
        same.rows.append(row)
    for key, same_key in by_key.items():
        for entry in same_key:
            entry.id = _id(key, entry.rows[0], alone=len(same_key) == 1)
            yield entry


def _key(row: Row) -> tuple[str, ...]:
    imo = row.facts.get("imoNumber", [""])[0]
    if row.schema == "Vessel" and len(imo) == 7 and imo.isdigit():
        return (row.act.lower(), f"imo{imo}")
    return (row.act.lower(), row.schema, " ".join(row.name.split()))


def _id(key: tuple[str, ...], row: Row, *, alone: bool) -> str:
    act, *name = key
    if name[0].startswith("imo") and alone:
        return f"eu-oj-{act}-{name[0]}"
    return f"eu-oj-{act}-{digest(*name)}" if alone else f"eu-oj-{act}-{digest(*name, row.annex, row.record_id)}"


def _same(rows: list[Row], row: Row) -> bool:
    numbers = _numbers(row)
    known = [_numbers(other) for other in rows]
    if any(numbers[column] & other[column] for other in known for column in numbers.keys() & other.keys()):
        return True
    if any(not numbers[column] & other[column] for other in known for column in numbers.keys() & other.keys()):
        return False
    if any((other.annex, other.record_id) == (row.annex, row.record_id) and row.record_id for other in rows):
        return True
    return row.schema != "Person" and not any(_is_another_entry(other, row) for other in rows)


def _numbers(row: Row) -> dict[str, set[str]]:
    numbers = {column: set(values) for column in _IDENTIFYING if (values := row.facts.get(column))}
    if "birthDate" in numbers:
        numbers["birthDate"] = {day for text in numbers["birthDate"] for day, _ in days(text).values} or numbers[
            "birthDate"
        ]
    return numbers


def _is_another_entry(one: Row, other: Row) -> bool:
    """Whether the act itself counts them as two: one annex and measure, in one act or under two entry numbers."""
    if (one.annex, one.measure, one.program) != (other.annex, other.measure, other.program):
        return False
    return one.source_act == other.source_act or bool(one.record_id and other.record_id)
