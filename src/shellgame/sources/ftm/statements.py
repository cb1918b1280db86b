"""Statements, one value a row: `statements.csv` with a schema column, `statements.pack` with `Person:name` in one column.

The claims are about the canonical id, the one that the other formats call the entity by; the locator names the id and
dataset that the statement was made with. Rows of the property `id` only say that an entity exists. Columns `prop_type`,
`origin`, `target`, `first_seen` and `id` describe the export. External statements are candidates for a match that nobody has
confirmed: they are counted and left out.
"""

from __future__ import annotations

from functools import lru_cache

from rigour.langs import iso_639_alpha3

from shellgame.sources.claims import Claims
from shellgame.sources.ftm.gathering import Gathering, Printed
from shellgame.sources.ftm.header import PACK_COLUMNS, columns_of
from shellgame.sources.ftm.values import clean_id
from shellgame.sources.publication import Publication
from shellgame.sources.tables import Table, rows

_READ = frozenset(
    ("canonical_id", "entity_id", "schema", "prop", "value", "dataset", "lang", "original_value", "external", "last_seen")
)  # fmt: skip
_ENVELOPE = frozenset(("prop_type", "origin", "target", "first_seen", "id"))
_OLD_PACK = (
    "entity_id", "prop", "value", "dataset", "lang", "original_value", "target", "external", "first_seen", "last_seen", "id",
)  # fmt: skip
"""Columns of a pack from before it had a header."""

_LONGEST_CODE = 16
_YES, _NO = frozenset(("t", "true", "1", "yes")), frozenset(("", "f", "false", "0", "no"))


def read(publication: Publication, claims: Claims) -> None:
    """Read statements into claims.

    Raises:
        BadInput: A row that is no statement; names line, entity and finding.
    """
    (part,) = publication.parts.values()
    header = columns_of(part, PACK_COLUMNS)
    columns = header or _OLD_PACK
    gathering = Gathering(claims, part)
    statements = _Statements(gathering)
    for line, cells in rows(part, Table(header or len(_OLD_PACK))):
        gathering.line = line
        statements.take(dict(zip(columns, cells, strict=True)))
    statements.finish(unknown_columns=sorted(set(columns) - _READ - _ENVELOPE))


class _Statements:
    """Gathers statements and what has to be told about them."""

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering
        self._canonical: dict[str, str] = {}
        self._external = 0
        self._unknown_languages = 0

    def take(self, row: dict[str, str]) -> None:
        gathering = self._gathering
        if self._is_external(row):
            self._external += 1
            return
        schema, prop = (row["schema"], row["prop"]) if "schema" in row else self._unpacked(row)
        stated_id = clean_id(row["entity_id"])
        entity = gathering.entity(row.get("canonical_id") or row["entity_id"], schema)
        if stated_id and stated_id != entity.id:
            self._canonical[stated_id] = entity.id
        gathering.seen(row.get("last_seen"))
        if prop == "id":
            return
        at = f"{stated_id or entity.id}/{clean_id(row['dataset'])}/{prop}"
        original = row.get("original_value") or None
        gathering.tell(entity, Printed(prop, row["value"], at=at, lang=self._language(row), original=original))

    def _is_external(self, row: dict[str, str]) -> bool:
        external = row.get("external", "").strip().lower()
        if external in _YES:
            return True
        if external not in _NO:
            found = f"external is {external[:40]!r}, neither true nor false"
            raise self._gathering.refusal(found, "write t or f", entity_id=row["entity_id"])
        return False

    def _unpacked(self, row: dict[str, str]) -> tuple[str, str]:
        schema, colon, prop = row["prop"].partition(":")
        if not (schema and colon and prop):
            found = f"the property {row['prop'][:80]!r} does not name its schema"
            raise self._gathering.refusal(found, "write it as Person:name", entity_id=row["entity_id"])
        return schema, prop

    def _language(self, row: dict[str, str]) -> str | None:
        stated = row.get("lang")
        if not stated:
            return None
        language = _language(stated) if len(stated) <= _LONGEST_CODE else None
        self._unknown_languages += language is None
        return language

    def finish(self, unknown_columns: list[str]) -> None:
        gathering, claims = self._gathering, self._gathering.claims
        if self._canonical:
            gathering.rename(self._canonical)
        if self._external:
            claims.counts["external_skipped"] = self._external
            claims.notes.append(f"external statements (unconfirmed candidates for a match), left out: {self._external}")
        if self._unknown_languages:
            claims.counts["languages_not_understood"] = self._unknown_languages
            claims.notes.append(f"values in a language unknown to ISO 639, kept without it: {self._unknown_languages}")
        if unknown_columns:
            names = ", ".join(map(repr, unknown_columns[:10]))
            claims.notes.append(f"columns that no statement has, not read: {names}")
        gathering.write()


@lru_cache(maxsize=1024)
def _language(stated: str) -> str | None:
    return iso_639_alpha3(stated)
