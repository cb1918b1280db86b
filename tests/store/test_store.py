"""The store against a plain model: versions as sets of values, whatever the order they come in."""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shellgame.errors import WorkspaceDamaged, WrongUse
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store
from shellgame.testing.publications import publication

CONTENT = st.dictionaries(
    st.sampled_from(["a-1", "a-2", "a-3"]), st.lists(st.sampled_from("uvwxyz"), min_size=1, max_size=3)
)
HISTORY = st.dictionaries(
    st.dates().map(lambda day: day.replace(year=2024).isoformat()), CONTENT, min_size=1, max_size=6
)


def said(store: Store, day: str) -> set[tuple[str, str]]:
    with ClaimSet(store, day) as claims:
        return set(claims.rows("SELECT entity_id, value FROM claims"))


def files(store: Store) -> dict[str, str]:
    """Name to hash of every file that counts: those the manifest names."""
    named = {name for version in store.versions("xx_list") for name in (version.added_file, version.ended_file) if name}
    return {name: hashlib.sha256((store.folder / "sources/xx_list" / name).read_bytes()).hexdigest() for name in named}


@settings(max_examples=25, deadline=None)
@given(HISTORY, st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_every_day_its_claims_and_the_same_files(history, random):
    with TemporaryDirectory() as name:
        folder = Path(name)
        in_order, shuffled = Store(folder / "in-order"), Store(folder / "shuffled")
        days = sorted(history)
        for day in days:
            in_order.add(publication(folder, day, history[day]))
        random.shuffle(days)
        for day in days:
            shuffled.add(publication(folder, day, history[day]))
        for day in sorted(history):
            expected = {(record, alias) for record, aliases in history[day].items() for alias in aliases}
            assert said(in_order, day) == said(shuffled, day) == expected
        assert files(in_order) == files(shuffled)


@settings(max_examples=15, deadline=None)
@given(HISTORY)
def test_a_span_tells_its_first_and_last_version(history):
    with TemporaryDirectory() as name:
        store = Store(Path(name) / "ws")
        days = sorted(history)
        for day in days:
            store.add(publication(Path(name), day, history[day]))
        for position, day in enumerate(days):
            with ClaimSet(store, day) as claims:
                rows = list(claims.rows("SELECT entity_id, value, first_seen, last_seen FROM claims"))
            for record, alias, first_seen, last_seen in rows:
                holding = [d for d in days[: position + 1] if alias in history[d].get(record, [])]
                span = next(d for k, d in enumerate(days) if days[k : position + 1] == holding[-(position + 1 - k) :])
                assert (first_seen, last_seen) == (span, day)


def test_the_same_publication_again_changes_nothing(tmp_path):
    store = Store(tmp_path / "ws")
    first, new = store.add(publication(tmp_path, "2024-01-01", {"a-1": ["x"]}))
    again, new_again = store.add(publication(tmp_path, "2024-01-01", {"a-1": ["x"]}))
    assert (new, new_again, first) == (True, False, again)


def test_another_publication_for_the_same_moment_is_refused(tmp_path):
    store = Store(tmp_path / "ws")
    store.add(publication(tmp_path, "2024-01-01", {"a-1": ["x"]}))
    with pytest.raises(WrongUse, match="already has another publication for 2024-01-01"):
        store.add(publication(tmp_path, "2024-01-01", {"a-1": ["y"]}))


def test_raw_publications_come_back_byte_for_byte_through_long_chains(tmp_path):
    store = Store(tmp_path / "ws")
    names = {f"a-{number}": [f"name {number}"] for number in range(300)}
    for day in range(1, 29):
        names[f"b-{day}"] = [f"newcomer {day}"]
        store.add(publication(tmp_path, f"2024-02-{day:02}", names))
    for version in store.versions("xx_list"):
        assert hashlib.sha256(store.raw(version, "list.csv")).hexdigest() == version.sha256
    kept = list((tmp_path / "ws/raw").rglob("*.zst"))
    assert len(kept) == 28
    assert sum(".on-" in path.name for path in kept) > 20


def test_a_changed_raw_file_is_told(tmp_path):
    store = Store(tmp_path / "ws")
    version, _ = store.add(publication(tmp_path, "2024-01-01", {"a-1": ["x" * 100]}))
    file = next((tmp_path / "ws/raw").rglob("*.zst"))
    file.write_bytes(file.read_bytes()[:-5])
    with pytest.raises(WorkspaceDamaged, match=r"restore it from a backup"):
        store.raw(version, "list.csv")


def test_a_broken_manifest_is_told_with_its_path(tmp_path):
    store = Store(tmp_path / "ws")
    store.add(publication(tmp_path, "2024-01-01", {"a-1": ["x"]}))
    (tmp_path / "ws/sources/xx_list/manifest.json").write_text("{")
    with pytest.raises(WorkspaceDamaged, match=r"manifest\.json cannot be read"):
        store.versions("xx_list")


def test_a_missing_claims_file_is_told(tmp_path):
    store = Store(tmp_path / "ws")
    version, _ = store.add(publication(tmp_path, "2024-01-01", {"a-1": ["x"]}))
    (tmp_path / "ws/sources/xx_list" / version.added_file).unlink()
    with pytest.raises(WorkspaceDamaged), ClaimSet(store) as claims:
        list(claims.rows("SELECT * FROM claims"))


def test_only_differences_are_written(tmp_path):
    store = Store(tmp_path / "ws")
    names = {f"a-{number}": ["x"] for number in range(100)}
    store.add(publication(tmp_path, "2024-01-01", names))
    version, _ = store.add(publication(tmp_path, "2024-01-02", {**names, "a-0": ["y"], "b-1": ["z"]}))
    assert (version.added, version.ended, version.claims) == (2, 1, 101)
