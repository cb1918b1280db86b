"""Entities as JSON lines, flat or nested, read strictly: a line is one JSON object or the set is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson

from shellgame.errors import Damaged, Hostile
from shellgame.settings import settings
from shellgame.sources.claims import Claims
from shellgame.sources.ftm.gathering import Gathering
from shellgame.sources.ftm.nested import take
from shellgame.sources.publication import Publication

LONGEST_LINE_MIB = 32
"""A target with all its neighbours nested is long, so `max_line_mib` is too small; a larger setting counts."""

_BOM = b"\xef\xbb\xbf"
_NO_JSON_NUMBER = re.compile(rb"[\[:,]\s*-?(NaN|Infinity)\b")


def read(publication: Publication, claims: Claims) -> None:
    """Read a set of JSON lines into claims.

    Raises:
        BadInput: A line that is no entity; names line, entity and finding.
        Damaged: A line that is no JSON; the last one, without an end, was cut.
        Hostile: A line of more than 32 MiB, or one nested without end.
    """
    (part,) = publication.parts.values()
    gathering = Gathering(claims, part)
    lines: dict[str, int] = {}
    repeated = 0
    for line in _objects(gathering):
        entity = take(gathering, line)
        repeated += lines.setdefault(entity.id, gathering.line) != gathering.line
    if repeated:
        claims.counts["repeated"] = repeated
        claims.notes.append(f"lines that repeat an earlier id, merged with it: {repeated}")
    gathering.write()


def _objects(gathering: Gathering) -> Iterator[dict[str, Any]]:
    limit = int(max(LONGEST_LINE_MIB, settings().max_line_mib) * (1 << 20))
    with gathering.part.path.open("rb") as file:
        while line := file.readline(limit + 1):
            gathering.line += 1
            if len(line) > limit:
                found = f"a line of more than {limit >> 20} MiB"
                raise gathering.refusal(found, "no entity is that long; do not use this file", kind=Hostile)
            if gathering.line == 1:
                line = line.removeprefix(_BOM)
            if line.isspace() or not line:
                continue
            told = _parsed(line, gathering)
            if not isinstance(told, dict):
                found = f"a {type(told).__name__} where an entity belongs"
                raise gathering.refusal(found, "write one JSON object a line")
            yield told


def _parsed(line: bytes, gathering: Gathering) -> Any:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError as error:
        if "depth limit" in str(error) or "ecursion" in str(error):
            raise gathering.refusal("JSON nested without end", "do not use this file", kind=Hostile) from error
        if number := _NO_JSON_NUMBER.search(line):
            found, remedy = f"{number[1].decode()}, which is no JSON value", "write null, or leave the value out"
        elif not line.endswith(b"\n"):
            found = f"the file ends in the middle of a line, at {line[-40:].decode('utf-8', 'replace')!r}"
            remedy = "it was cut in transit: get it again"
        else:
            found, remedy = f"no JSON: {error}", "get the file again, or correct the line"
        raise gathering.refusal(found, remedy, kind=Damaged) from error
