"""What every source promises: told in full, a sample per format with the claims it must give, and values that the model takes."""

from __future__ import annotations

import re

import pytest

from shellgame.sources.catalog import catalog, source_named
from shellgame.sources.reading import read_publication
from shellgame.testing.golden import GOLDEN, golden_lines, samples

SAMPLES = [
    pytest.param(source, sample, id=f"{source.name}-{sample.name}")
    for source in catalog().values()
    for sample in samples(source)
]
LISTS = [source for source in catalog().values() if source.name != "ftm"]


@pytest.mark.parametrize(("source", "sample"), SAMPLES)
def test_a_sample_gives_its_golden_claims(source, sample):
    assert golden_lines(source, sample) == (sample / GOLDEN).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(("source", "sample"), SAMPLES)
def test_every_claim_has_a_place_that_names_its_part_and_record(source, sample):
    files = [path for path in sample.iterdir() if path.name != GOLDEN]
    reading = read_publication(files[0] if len(files) == 1 else sample, source)
    parts = set(reading.publication.parts)
    assert all(row.locator.split("#")[0] in parts and "#" in row.locator for row in reading.claims.rows)
    own = {row.entity_id for row in reading.claims.rows if row.entity_id == row.record_id}
    assert (
        len(own)
        <= reading.claims.counts["records"] + reading.claims.counts["links"] + reading.claims.counts["addresses"] + 1
    )


@pytest.mark.parametrize(("source", "sample"), SAMPLES)
def test_reading_twice_gives_the_same_claims(source, sample):
    files = [path for path in sample.iterdir() if path.name != GOLDEN]
    path = files[0] if len(files) == 1 else sample
    first, second = (read_publication(path, source).claims.rows for _ in range(2))
    assert first == second


def test_every_format_has_a_sample():
    """OFAC's two lists share their readers; a layout needs a sample in one of them."""
    read = set()
    for source in catalog().values():
        for sample in samples(source):
            files = [path for path in sample.iterdir() if path.name != GOLDEN]
            method = read_publication(files[0] if len(files) == 1 else sample, source).publication.format
            read.add((source.name.removesuffix("_sdn").removesuffix("_cons"), method))
    known = {
        (source.name.removesuffix("_sdn").removesuffix("_cons"), layout.name)
        for source in LISTS
        for layout in source.formats
    }
    assert known <= read


@pytest.mark.parametrize("source", LISTS, ids=lambda source: source.name)
def test_a_source_says_who_publishes_it_where_and_what_to_expect(source):
    assert source.title
    assert source.publisher
    assert source.licence
    assert source.cadence
    assert source.url.startswith("https://")
    assert all(address.startswith("https://") for address in source.files.values())
    assert re.fullmatch(r"[A-F]", source.reliability)
    assert 1 <= source.credibility <= 6
    assert source.expect.get("records")


def test_a_name_of_ones_own_is_a_followthemoney_set():
    assert source_named("my_set").reader == "ftm"
