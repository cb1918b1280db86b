"""Reads statements of the Beneficial Ownership Data Standard, 0.2, 0.3 and 0.4, as an array of JSON or as JSON lines.

A record is what several statements can be about: since 0.4 it has an id of its own; until 0.3 it is a chain of statements that
replace one another, called by the first of them. Ids are `<source>-<record>`. Persons and entities are records, and relationships
are, whose interests become Ownership (without a kind where it is not told which interest it is), Control, Directorship,
Representation (a nominee, a nominator) or, where nothing is held, UnknownLink. The latest day of publication is that of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shellgame.errors import Damaged
from shellgame.sources.bods.chains import Chains
from shellgame.sources.bods.facts import schema_of
from shellgame.sources.bods.parties import claim_party
from shellgame.sources.bods.relationships import claim_relationship, party_id
from shellgame.sources.bods.statement import Statement, published_on, statement_of
from shellgame.sources.claims import Claims, Entity
from shellgame.sources.json_records import json_records
from shellgame.sources.publication import Part, Publication
from shellgame.sources.reader import Format

STATEMENTS = "statements"
_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[?\s*\{")


def recognise(_: str, head: bytes) -> str | None:
    """Know the statements by the keys that each of them has."""
    told = _BEGINS.match(head) and b'"statementI' in head and (b'"statementType"' in head or b'"recordType"' in head)
    return STATEMENTS if told else None


def read(publication: Publication, claims: Claims) -> None:
    """Read all statements, twice over.

    Raises:
        BadInput: No JSON, or a record that is no statement.
    """
    part = publication.parts[STATEMENTS]
    chains = Chains(_statements(part))
    for statements in chains.records(_published(part, claims)):
        latest = statements[-1]
        key = chains.record_of(latest)
        identity = party_id(claims, key)
        if latest.kind == "relationship":
            claims.counts["records"] += 1
            record = Entity(claims, identity, identity, "UnknownLink", f"{STATEMENTS}#{key}")
            claim_relationship(claims, record, statements, chains)
        else:
            claim_party(claims, claims.record(identity, schema_of(latest), f"{STATEMENTS}#{key}"), statements)
        claims.counts["statements"] += len(statements)
        claims.pass_on()


def _published(part: Part, claims: Claims) -> Iterator[Statement]:
    for statement in _statements(part):
        claims.published = max(claims.published or "", published_on(statement.whole)) or None
        yield statement


def _statements(part: Part) -> Iterator[Statement]:
    for number, told in json_records(part):
        statement = statement_of(told)
        if statement is None:
            found = f"no statement of the standard, with keys {', '.join(sorted(told))[:120]}"
            remedy = "give statements of version 0.2 to 0.4, each with an id and a type"
            raise Damaged(part.printed_name, record=f"record {number}", found=found, remedy=remedy)
        yield statement


FORMATS: tuple[Format, ...] = (Format("bods-json", recognise, read),)
