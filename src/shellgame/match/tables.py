"""Answers as an Arrow table; apart from the answers themselves, which most callers read as they are."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from shellgame.match.hits import COLUMNS, Hits

_TEXT, _TEXTS = pa.string(), pa.list_(pa.string())
_KINDS = (
    *(_TEXT, _TEXT, pa.int32(), pa.float64(), _TEXT, _TEXT, _TEXT, pa.bool_(), _TEXTS, _TEXT, _TEXTS),
    *(_TEXTS, _TEXT, pa.int32(), _TEXTS),
)
SCHEMA = pa.schema(zip(COLUMNS, _KINDS, strict=True))
"""The columns of answers with their types."""


def table_of(answers: Iterable[Hits], *, hits_only: bool = False) -> pa.Table:
    """Answers as an Arrow table with the columns of `SCHEMA`; see `Hits.rows`."""
    columns = list(zip(*(row for hits in answers for row in hits.rows(hits_only=hits_only)), strict=True))
    if not columns:
        return SCHEMA.empty_table()
    return pa.table([pa.array(cells, kind) for cells, kind in zip(columns, _KINDS, strict=True)], schema=SCHEMA)
