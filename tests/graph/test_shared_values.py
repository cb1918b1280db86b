"""Values that several print, and who is linked to whom: what is kept finds what looking through all claims finds."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from shellgame.graph import shared_values
from shellgame.graph.links import links_at
from shellgame.graph.shared_values import printed_with
from shellgame.model.claim import ClaimRow, claim_id
from shellgame.resolve.keys import identifier_key, name_words
from shellgame.store import by_entity, placed
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Incoming, Store

NAMES = ("Halvren Trading House", "HALVREN trading house", "Ostra Metals Ltd", "Orsin", "Birch Capital Partners")
NUMBERS = ("12345678", "12 345 678", "VK-99881", "000000")
PARTIES = tuple(f"c{number}" for number in range(8))


@pytest.fixture(params=range(4))
def claims(request, tmp_path, monkeypatch):
    monkeypatch.setattr(shared_values, "MOST_SHARING", 3)
    monkeypatch.setattr(placed, "_BATCH_ROWS", 4)
    monkeypatch.setattr(placed, "_CHUNK_ROWS", 8)
    monkeypatch.setattr(by_entity, "MOST_SCANNED", 0)
    store, draw = Store(tmp_path), random.Random(request.param)
    for source in ("one", "other"):
        add(store, source, "2024-01-01", [row for _ in range(20) for row in rows_of(source, draw)])
    with ClaimSet(store) as found:
        yield found


def test_shared_values_are_those_that_a_scan_finds(claims) -> None:
    printed: defaultdict[tuple[str, str], set[tuple[str, str, str, str]]] = defaultdict(set)
    for claim in claims.where("schema = 'Company'"):
        kind = "name" if claim.prop in ("name", "alias") else "identifier"
        key = name_words(claim.prop, claim.value) if kind == "name" else identifier_key(claim.value)
        if key and (kind != "name" or len(claim.value) >= 8):
            printed[kind, key].add((claim.source, claim.entity_id, claim.prop, claim.claim_id))
    for asked in (PARTIES[:1], PARTIES[2:5], PARTIES, ("nobody",)):
        expected = set()
        for (kind, key), its in printed.items():
            holders = {entity for _, entity, _, _ in its}
            crowds = [len({entity for source, entity, _, _ in its if source == one}) for one in ("one", "other")]
            if len(holders) > 1 and max(crowds) <= 3 and holders & {*asked}:
                expected |= {(max(crowds), kind, key, *holder) for _, *holder in its}
        assert {tuple(each) for each in printed_with(claims, asked)} == expected


def test_links_are_those_that_a_scan_finds(claims) -> None:
    ends: defaultdict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    expected = set()
    for claim in claims.where("true"):
        if claim.schema == "Ownership":
            ends[claim.entity_id][claim.prop].add(claim.value)
        elif claim.prop == "parent":
            pair = (claim.value, claim.entity_id)
            expected |= {(*each, claim.claim_id, claim.entity_id, "parent") for each in (pair, pair[::-1])}
    for link, its in ends.items():
        for owner in its["owner"]:
            for asset in its["asset"]:
                expected |= {(*each, link, link, "Ownership") for each in ((owner, asset), (asset, owner))}
    for asked in (PARTIES[:1], PARTIES[2:5], PARTIES):
        assert {tuple(each) for each in links_at(claims, asked)} == {each for each in expected if each[0] in asked}


def rows_of(source: str, draw: random.Random) -> list[ClaimRow]:
    party = draw.choice(PARTIES)
    link = f"{source}-link-{draw.randint(0, 9)}"
    told = [
        (party, "Company", "name", draw.choice(NAMES)),
        (party, "Company", draw.choice(["alias", "name"]), draw.choice(NAMES)),
        (party, "Company", "registrationNumber", draw.choice(NUMBERS)),
        (link, "Ownership", "owner", draw.choice(PARTIES)),
        (link, "Ownership", "asset", draw.choice(PARTIES)),
    ]
    if draw.random() < 0.3:
        told.append((party, "Company", "parent", draw.choice(PARTIES)))
    contents = [
        (entity, entity, schema, prop, value, None, None, "f#1", None, "asserts")
        for entity, schema, prop, value in told
    ]
    return [ClaimRow(claim_id(source, *content), *content) for content in contents]


def add(store: Store, source: str, day: str, rows: list[ClaimRow]) -> None:
    rows = list({row.claim_id: row for row in rows}.values())
    sha = (source.encode().hex() * 64)[:64]
    store.add(Incoming(source, f"{day}T00:00:00Z", "f", sha, (), rows, {}, (), "speaker", "B", 2, "m"))
