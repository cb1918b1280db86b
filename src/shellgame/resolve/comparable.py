"""Records as they are held against each other: names and all that tells beside them, without what hundreds share.

A list that prints two names of an organisation as one, the second in brackets, tells both. A number, an address or a phone that
many records have (an agent's, a form's own) identifies none of them; it is left out here, so that nothing made from these records
rests on it. What is left is named by a digest: as long as a record tells the same, whatever was worked out from it stays true.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
import orjson
import pyarrow as pa
from numpy.typing import NDArray

from shellgame.collector import collector_paused
from shellgame.match.identifiers import SEVERAL, SINGLE, contact_key, number_keys
from shellgame.match.records import TELLING
from shellgame.model.schema import CONTACTS, NAME_PROPS, PARTS, is_a
from shellgame.names.analysis import analyse
from shellgame.names.token import Kind
from shellgame.resolve.keys import address_key
from shellgame.store.claims import ClaimSet

RECIPE = "2"
"""Raise it when the same claims give other records than before."""
REFERENCE = "unscId"
"""The number of an entry of the United Nations' list, which other lists print beside their own entry of the same party."""
_NUMBERS = SINGLE | SEVERAL
_PROPS = sorted(TELLING | {*NAME_PROPS})
_SHARED = _NUMBERS | {*CONTACTS, "address"}
"""Properties whose values may be a hub."""

Properties = dict[str, list[str]]
Told = Mapping[str, Any]


@dataclass(frozen=True)
class Comparable:
    """Records, sorted by id.

    Attributes:
        ids: Each once, ascending.
        schemata: The schema of each.
        sources: The sources that tell of each; sorted.
        programmes: Those that each is listed under; none for what no list has taken up itself.
        told: What each tells, as JSON: the values by property.
        digests: Sixty-four bits that stand for schema and `told`.
    """

    ids: pa.StringArray
    schemata: list[str]
    sources: list[tuple[str, ...]]
    programmes: list[tuple[str, ...]]
    told: list[bytes]
    digests: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.ids)

    def entity(self, number: int) -> Told:
        """A record as an entity that `match` compares."""
        return {"schema": self.schemata[number], "properties": orjson.loads(self.told[number])}

    def entities(self) -> Iterator[Told]:
        """All of them, one by one."""
        return map(self.entity, range(len(self)))


class Single(NamedTuple):
    """One record by itself; see `Comparable`."""

    id: str
    schema: str
    properties: Mapping[str, Sequence[str]]
    sources: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()


def comparable_of(records: Iterable[Single], *, hub: int) -> Comparable:
    """Make records comparable.

    Args:
        records: In any order; an id once.
        hub: A value that more records than this have is left out.
    """
    ordered = sorted(records, key=lambda each: each.id)
    return _put_together(
        pa.array([each.id for each in ordered], pa.string()),
        [each.schema for each in ordered],
        [tuple(sorted(each.sources)) for each in ordered],
        [tuple(sorted(each.programmes)) for each in ordered],
        [_as_json(each.properties) for each in ordered],
        hub,
    )


def _as_json(properties: Mapping[str, Sequence[str]]) -> bytes:
    return orjson.dumps({prop: sorted(set(properties[prop])) for prop in sorted(properties) if prop in _KEPT})


@collector_paused()
def comparable_in(claims: ClaimSet, *, hub: int) -> Comparable:
    """All parties of a claim set that have a name.

    An id is one record, also where two sources print it: a workspace refuses a source whose ids mean somebody else.
    """
    table = claims.table(
        """
        SELECT if(schema = $3, record_id, entity_id) AS id, schema, prop, value, source FROM claims
        WHERE (schema NOT IN (SELECT unnest($1::VARCHAR[])) AND prop IN (SELECT unnest($2::VARCHAR[])))
            OR (schema = $3 AND prop IN (SELECT unnest($4::VARCHAR[])))""",
        [sorted(PARTS), _PROPS, _LISTING, [REFERENCE, *_PROGRAMMES]],
    )
    told: defaultdict[str, _Gathered] = defaultdict(_Gathered)
    for identity, schema, prop, value, source in zip(*map(_texts, table.columns), strict=True):
        its = told[identity]
        if prop in _PROGRAMMES and schema == _LISTING:
            its.programmes.add(value)
            continue
        its.sources.add(source)
        its.properties.setdefault(prop, []).append(value)
        if prop in NAME_PROPS:
            its.schemata.append(schema)
    ids = sorted(identity for identity, its in told.items() if its.schemata)
    found = [told[identity] for identity in ids]
    return _put_together(
        pa.array(ids, pa.string()),
        [each.schema() for each in found],
        [tuple(sorted(each.sources)) for each in found],
        [tuple(sorted(each.programmes)) for each in found],
        [_as_json(each.properties) for each in found],
        hub,
    )


_LISTING = "Sanction"
_PROGRAMMES = ("program", "programId")


class _Gathered:
    """What claims tell of one record."""

    __slots__ = ("programmes", "properties", "schemata", "sources")

    def __init__(self) -> None:
        self.properties: Properties = {}
        self.sources: set[str] = set()
        self.programmes: set[str] = set()
        self.schemata: list[str] = []

    def schema(self) -> str:
        """The schema under which most names are told; of several the first."""
        kinds = {*self.schemata}
        return min(kinds, key=lambda each: (-self.schemata.count(each), each)) if len(kinds) > 1 else kinds.pop()


def _texts(column: pa.ChunkedArray) -> list[str]:
    """The texts of a column; equal ones are one object."""
    coded = column.combine_chunks().dictionary_encode()
    texts = coded.dictionary.to_pylist()
    return [texts[code] for code in coded.indices.to_pylist()]


_KEPT = frozenset({*_PROPS, REFERENCE})


_BOTH_NAMES = re.compile(r"\s*([^()]{3,}?)\s*\(([^()]{3,})\)\s*")
"""A name with another one in brackets behind it."""
_NO_NAME = re.compile(
    r"(?:[fn][./]? ?k[./]? ?a|former(?:ly)?|previous(?:ly)?|branch|subsidiary|part|division|department|located|owned|in|of|off|see"
    r"|филиал|фл)\b",
    re.I,
)
"""What begins a remark in brackets, or a name that is borne no more, which somebody else may bear now."""
_INTRODUCTION = re.compile(r"(?:(?:a[./]? ?k[./]? ?a|also known as|known as)\b[.,:]*|\w+:)\s*", re.I)
"""What may stand before another name: `a.k.a.`, or its language."""
_UNBRACKETED = ("Person", "Vessel", "Airplane")
"""Kinds whose names have other things in brackets: a nickname, a former name, a mark."""
_LEAST_WORDS = 2
"""Telling words that make a name of what stands in brackets in the script of the name before it; one may be a branch."""


def names_in_brackets(name: str) -> tuple[str, ...]:
    """The two names of an organisation that a list prints as one, the second in brackets; none where these hold something else.

    Example:
        >>> names_in_brackets("Новая нефтяная компания (New Oil Company)"), names_in_brackets("Halvren (Moscow)")
        (('Новая нефтяная компания', 'New Oil Company'), ())
    """
    match = _BOTH_NAMES.fullmatch(name)
    if match is None or _NO_NAME.match(match[2]):
        return ()
    both = match[1], _INTRODUCTION.sub("", match[2], count=1)
    first, second = ([token for token in analyse(each, person=False) if token.kind is Kind.WORD] for each in both)
    another_script = {token.origin for token in first}.isdisjoint({token.origin for token in second})
    enough = len(second) >= (1 if another_script else _LEAST_WORDS)
    return both if first and second and enough else ()


def in_brackets(schema: str, names: Iterable[str]) -> list[str]:
    """Names that are printed with another one in brackets, each by itself, as far as they are not among the names already."""
    if any(is_a(schema, kind) for kind in _UNBRACKETED):
        return []
    printed = {*names}
    return sorted({each for name in printed if "(" in name for each in names_in_brackets(name)} - printed)


def _with_both_names(schema: str, said: bytes) -> bytes:
    """What a record tells, with both names where it prints one of them in brackets."""
    if b"(" not in said:
        return said
    properties = orjson.loads(said)
    more = in_brackets(schema, (name for prop in NAME_PROPS for name in properties.get(prop, ())))
    if not more:
        return said
    return orjson.dumps(dict(sorted({**properties, _ALIAS: sorted({*properties.get(_ALIAS, ()), *more})}.items())))


_ALIAS = "alias"


def _put_together(
    ids: pa.StringArray,
    schemata: list[str],
    sources: list[tuple[str, ...]],
    programmes: list[tuple[str, ...]],
    told: list[bytes],
    hub: int,
) -> Comparable:
    told = [_with_both_names(schema, said) for schema, said in zip(schemata, told, strict=True)]
    _leave_out_hubs(told, hub)
    digests = np.array([_digest(schema, said) for schema, said in zip(schemata, told, strict=True)], np.uint64)
    return Comparable(ids, schemata, sources, programmes, told, digests)


def _digest(schema: str, told: bytes) -> int:
    return int.from_bytes(blake2b(schema.encode() + b"\n" + told, digest_size=8).digest(), "little")


def _leave_out_hubs(told: list[bytes], hub: int) -> None:
    """Take the values that too many records have out of what these tell."""
    having: defaultdict[str, list[int]] = defaultdict(list)
    for number, said in enumerate(told):
        for key in {key for prop, value in _shared_values(orjson.loads(said)) for key in keys_of(prop, value)}:
            having[key].append(number)
    hubs = {key for key, holders in having.items() if len(holders) > hub}
    for number in sorted({number for key in hubs for number in having[key]}):
        properties = orjson.loads(told[number])
        for prop in _SHARED & properties.keys():
            kept = [value for value in properties[prop] if hubs.isdisjoint(keys_of(prop, value))]
            properties[prop] = kept
        told[number] = orjson.dumps({prop: values for prop, values in properties.items() if values})


def _shared_values(properties: Properties) -> Iterator[tuple[str, str]]:
    return ((prop, value) for prop in _SHARED & properties.keys() for value in properties[prop])


@lru_cache(maxsize=1 << 17)
def keys_of(prop: str, value: str) -> tuple[str, ...]:
    """The folded keys of a value under which records meet that share it; none for what ties nobody to anybody.

    Example:
        >>> keys_of("passportNumber", "AB 123456"), keys_of("gender", "male")
        (('number AB123456', 'number 123456'), ())
    """
    if prop in _NUMBERS:
        return tuple(f"number {key}" for both in number_keys(prop, value) for key in both if key)
    if prop == REFERENCE:
        return (f"reference {value.strip().upper()}",)
    key = contact_key(prop, value) if prop in CONTACTS else address_key(value) if prop == "address" else None
    return (f"{'address' if prop == 'address' else 'contact'} {key}",) if key else ()
