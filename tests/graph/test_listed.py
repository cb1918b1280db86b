"""Who is listed on the day: tables of roots, files and pictures say the same."""

from __future__ import annotations

import pytest

from shellgame.case.listed import listings_of
from shellgame.graph.network import network_around
from shellgame.graph.roots import listed_by
from shellgame.sources.claims import Claims
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store
from shellgame.testing.publications import incoming

TOPIC = {"topics": "sanction"}


@pytest.mark.parametrize(
    ("record", "listing", "lists"),
    [
        ({}, {}, True),
        (TOPIC, {}, True),
        (TOPIC, {"startDate": "2019-05-01"}, True),
        (TOPIC, {"startDate": "2025"}, True),
        (TOPIC, {"endDate": "2021"}, False),
        (TOPIC, {"status": "delisted"}, False),
        (TOPIC, {"startDate": "2030-01-01"}, False),
        ({}, {"startDate": "2030"}, False),
        (TOPIC, None, True),
        ({"topics": "sanction.linked"}, None, False),
    ],
)
def test_whoever_is_no_longer_or_not_yet_listed_on_the_day_is_listed_by_nobody(tmp_path, record, listing, lists):
    claims = Claims("us_ofac_sdn")
    party = claims.record("x", "Company", "sdn.csv#1")
    for prop, value in {"name": "Invented House of Xerane", **record}.items():
        party.add(prop, value)
    if listing is not None:
        sanction = party.sanction()
        for prop, value in {"program": "VARKESH", **listing}.items():
            sanction.add(prop, value)
    store = Store(tmp_path / "ws")
    store.add(incoming(tmp_path, "2019-06-01", claims))
    with ClaimSet(store, "2025-06-01") as held:
        network = network_around(held, ["x"])
        assert network.listed == listed_by(held, network) == ({"x": ("us_ofac_sdn",)} if lists else {})
    assert listings_of(network) == ({"x": ["us"]} if lists else {})
