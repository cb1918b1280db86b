"""What is damaged or was read by a lesser reader is put right by adding the publication again for the same moment."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shellgame.errors import WorkspaceDamaged
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store, free_moment
from shellgame.testing.publications import publication

HISTORY = {
    "2024-01-01": {"a-1": ["x"], "a-2": ["y"]},
    "2024-01-02": {"a-1": ["x", "z"], "a-3": ["y"]},
    "2024-01-03": {"a-1": ["z"], "a-2": ["y"]},
}


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "ws")
    for day, names in HISTORY.items():
        store.add(publication(tmp_path, day, names))
    return store


def said(store, day):
    with ClaimSet(Store(store.folder), day) as claims:
        return set(claims.rows("SELECT entity_id, value FROM claims"))


def expected(names):
    return {(record, alias) for record, aliases in names.items() for alias in aliases}


def holds_everything(store, history=HISTORY):
    return all(said(store, day) == expected(names) for day, names in history.items())


@pytest.mark.parametrize("day", sorted(HISTORY))
@pytest.mark.parametrize("kind", ["added_file", "ended_file"])
@pytest.mark.parametrize("hurt", [lambda file: file.unlink(), lambda file: file.write_bytes(file.read_bytes()[:99])])
def test_a_lost_or_cut_claims_file_comes_back(tmp_path, store, day, kind, hurt):
    version = next(version for version in store.versions("xx_list") if version.as_of == day)
    if not getattr(version, kind):
        return
    hurt(tmp_path / "ws/sources/xx_list" / getattr(version, kind))
    with pytest.raises(WorkspaceDamaged, match="again for the same moment"):
        said(store, "2024-01-03")
    mended, new = Store(store.folder).add(publication(tmp_path, day, HISTORY[day]))
    assert (mended.id, new) == (version.id, False)
    assert holds_everything(store)


def test_a_damaged_raw_file_comes_back_and_stops_nobody(tmp_path):
    store = Store(tmp_path / "ws")
    names = {f"a-{number}": [f"name {number}"] for number in range(300)}
    first, _ = store.add(publication(tmp_path, "2024-01-01", names))
    file = next((tmp_path / "ws/raw").rglob("*.zst"))
    file.write_bytes(file.read_bytes()[:-5])
    second, _ = store.add(publication(tmp_path, "2024-01-02", {**names, "b-1": ["newcomer"]}))
    assert store.raw(second, "list.csv")
    store.add(publication(tmp_path, "2024-01-01", names))
    assert store.raw(first, "list.csv")


@pytest.mark.parametrize("day", sorted(HISTORY))
def test_a_version_read_by_a_better_reader_is_replaced_whole(tmp_path, store, day):
    better = {**HISTORY, day: {"a-1": ["x", "w"], "a-4": ["v"]}}
    incoming = publication(tmp_path, day, HISTORY[day])
    rows = publication(tmp_path, day, better[day]).rows
    version, new = store.add(replace(incoming, rows=rows, method="xx_list/csv/2"))
    assert (version.method, new, len(store.versions("xx_list"))) == ("xx_list/csv/2", False, 3)
    assert holds_everything(store, better)
    assert store.add(replace(incoming, rows=rows, method="xx_list/csv/2"))[0] == version


def test_a_manifest_that_was_put_aside_is_made_anew(tmp_path, store):
    manifest = tmp_path / "ws/sources/xx_list/manifest.json"
    manifest.write_text("{")
    with pytest.raises(WorkspaceDamaged, match=r"rename it to manifest\.json\.broken"):
        store.versions("xx_list")
    manifest.rename(manifest.with_name("manifest.json.broken"))
    for day in sorted(HISTORY, reverse=True):
        store.add(publication(tmp_path, day, HISTORY[day]))
    assert holds_everything(store)


def test_a_second_publication_of_a_day_finds_a_moment_after_the_first(tmp_path, store):
    versions = store.versions("xx_list")
    assert free_moment("2024-01-04", "new", versions, "2024-01-04T10:00:00Z") == "2024-01-04"
    assert free_moment("2024-01-03", versions[-1].sha256, versions, "2024-01-04T10:00:00Z") == "2024-01-03"
    assert free_moment("2024-01-03", "new", versions, "2024-01-03T10:00:00Z") == "2024-01-03T10:00:00Z"
    later = (*versions, replace(versions[-1], as_of="2024-01-03T10:00:00Z"))
    assert free_moment("2024-01-03", "new", later, "2024-01-04T09:00:00Z") == "2024-01-03T10:00:01Z"


def test_damage_in_the_middle_of_a_file_is_told_with_its_path(tmp_path):
    store = Store(tmp_path / "ws")
    version, _ = store.add(publication(tmp_path, "2024-01-01", {f"a-{n}": [f"name {n * n}"] for n in range(3000)}))
    file = tmp_path / "ws/sources/xx_list" / version.added_file
    content = file.read_bytes()
    file.write_bytes(content[:4] + b"\xff" * 200 + content[204:])
    with pytest.raises(WorkspaceDamaged, match=version.added_file), ClaimSet(store) as claims:
        list(claims.rows("SELECT * FROM claims"))


def test_a_byte_that_changed_without_being_noticed_is_mended_too(tmp_path, store):
    version = store.versions("xx_list")[0]
    file = tmp_path / "ws/sources/xx_list" / version.added_file
    content = file.read_bytes()
    at = content.index(b"a-1")
    file.write_bytes(content[:at] + b"b" + content[at + 1 :])
    store.add(publication(tmp_path, "2024-01-01", HISTORY["2024-01-01"]))
    assert holds_everything(store)
