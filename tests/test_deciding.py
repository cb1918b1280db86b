"""What an id means in a judgement: a record is itself, a canonical id the first record of its entity."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from shellgame.resolve.canonical import Assignment, save
from shellgame.workspace.deciding import record_meant


def test_a_canonical_id_means_the_first_record_of_its_entity_that_is_here(tmp_path):
    file = tmp_path / "canonical.parquet"
    records, names = ["a-1", "b-1", "c-1", "d-1"], ["sg-new", "sg-new", "sg-old", "sg-else"]
    present, since = np.array([False, True, True, True]), np.zeros(4, np.int32)
    save(Assignment(pa.array(records), pa.array(names), since, present, {"sg-old": "sg-new"}, 1), file)
    meant = {identity: record_meant(identity, file) for identity in ("sg-new", "sg-old", "sg-else", "a-1", "sg-nobody")}
    assert meant == {"sg-new": "b-1", "sg-old": "b-1", "sg-else": "d-1", "a-1": "a-1", "sg-nobody": "sg-nobody"}
