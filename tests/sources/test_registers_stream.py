"""Registers are read in constant memory: each record is passed on before the next one begins, and nothing is lost by that."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from shellgame.model.claim import ClaimRow
from shellgame.sources import catalog as catalog_module
from shellgame.sources import claims as claims_module
from shellgame.sources.catalog import catalog, recognised
from shellgame.sources.claims import Claims

FOLDER = Path(catalog_module.__file__).parent
SAMPLES = ["gb_coh_psc/psc", "gb_coh_psc/companies", "bods/bods-json", "register/register-tables", "ftm/mapping"]


class Kept:
    """Keeps what was passed on, and how much came at once."""

    def __init__(self) -> None:
        self.batches: list[list[ClaimRow]] = []

    def write(self, rows: pa.Table) -> None:
        self.batches.append(list(map(ClaimRow._make, zip(*rows.to_pydict().values(), strict=True))))


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_passed_on_record_by_record_is_what_would_be_held(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = catalog()[name.split("/")[0]]
    publication, layout = recognised(FOLDER / source.name / "sample" / name.split("/")[1], source)
    held, kept = Claims(source.name), Kept()
    layout.read(publication, held)
    monkeypatch.setattr(claims_module, "BATCH_CLAIMS", 1)
    streamed = Claims(source.name, sink=lambda: kept)
    layout.read(publication, streamed)
    streamed.finish()
    assert {row for batch in kept.batches for row in batch} == set(held.rows)
    assert not streamed.rows
    assert max(map(len, kept.batches)) <= 40
    assert len(kept.batches) > 2
    assert streamed.counts == held.counts
