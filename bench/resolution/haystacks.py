"""Large sets of records: a register of companies beside the lists, and as many simulated records as asked for."""

from __future__ import annotations

import csv
import gzip
import random
from collections.abc import Iterator

import orjson
from bench.matching import data

from shellgame.resolve.comparable import Comparable, Single

_CONSONANTS = "bcdfghjklmnpqrstvwxz"
_SHIFTED = frozenset({"birthDate", "incorporationDate", "buildDate"})
_KEPT = frozenset({"country", "nationality", "jurisdiction", "gender", "citizenship", "flag", "type"})


def singles(records: Comparable) -> Iterator[Single]:
    """The records of the lists one by one."""
    for number, identity in enumerate(records.ids.to_pylist()):
        told = orjson.loads(records.told[number])
        yield Single(identity, records.schemata[number], told, records.sources[number], records.programmes[number])


def register() -> Iterator[Single]:
    """The register of legal entity identifiers: names, numbers, countries."""
    (path,) = (data.DATA / "names/gleif-names").glob("*.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if name := row["Entity.LegalName"].strip():
                country = row["Entity.LegalAddress.Country"]
                told = {
                    "name": [name],
                    "leiCode": [row["LEI"]],
                    **({"country": [country.lower()[:2]]} if country else {}),
                }
                yield Single(f"lei-{row['LEI']}", "Company", told, ("gleif",))


def simulated(records: Comparable, count: int) -> Iterator[Single]:
    """Records that never were: those of the lists, copy after copy, all letters of a copy written by another cipher.

    What is alike stays alike within a copy, so each copy has clusters like those of the lists; numbers and dates are moved too.
    """
    made = 0
    for copy in range(count):
        cipher = _cipher(copy)
        for each in singles(records):
            if made == count:
                return
            told = {
                prop: [_rewritten(prop, value, copy, cipher) for value in values]
                for prop, values in each.properties.items()
            }
            yield each._replace(id=f"{each.id}-copy{copy}", properties=told)
            made += 1


def _cipher(copy: int) -> dict[int, int]:
    order = random.Random(copy).sample(_CONSONANTS, len(_CONSONANTS))
    lower = dict(zip(_CONSONANTS, order, strict=True))
    return {ord(a): ord(b) for one, other in lower.items() for a, b in ((one, other), (one.upper(), other.upper()))}


def _rewritten(prop: str, value: str, copy: int, cipher: dict[int, int]) -> str:
    if prop in _KEPT:
        return value
    if prop in _SHIFTED:
        return f"{int(value[:4]) - copy}{value[4:]}" if value[:4].isdigit() else value
    moved = value.translate(cipher)
    return "".join(str((int(sign) + copy) % 10) if sign.isascii() and sign.isdigit() else sign for sign in moved)
