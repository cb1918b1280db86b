"""Claims that a source no longer makes: only where they are asked for, with the last version that had them."""

from __future__ import annotations

from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store
from shellgame.testing.publications import publication


def test_ended_claims_are_told_with_their_last_version(tmp_path):
    store = Store(tmp_path / "ws")
    for day, names in {
        "2024-01-01": {"a": ["one"], "b": ["two"]},
        "2024-02-01": {"a": ["one"], "b": ["two"]},
        "2024-03-01": {"a": ["one"]},
        "2024-04-01": {"a": ["one"], "b": ["two"]},
        "2024-05-01": {"b": ["two"]},
    }.items():
        store.add(publication(tmp_path, day, names))
    query = "SELECT record_id, first_seen, last_seen FROM claims ORDER BY ALL"
    with ClaimSet(store, ever=True) as claims:
        assert list(claims.rows(query)) == [
            ("a", "2024-01-01", "2024-04-01"),
            ("b", "2024-01-01", "2024-02-01"),
            ("b", "2024-04-01", "2024-05-01"),
        ]
    with ClaimSet(store) as claims:
        assert list(claims.rows(query)) == [("b", "2024-04-01", "2024-05-01")]
    with ClaimSet(store, "2024-03-01", ever=True) as claims:
        assert [row[0] for row in claims.rows(query)] == ["a", "b"]
