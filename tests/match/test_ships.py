"""Ships and aircraft have just the name that is listed; a person's name is not that of a ship of one word of it."""

from __future__ import annotations

import pytest

from shellgame.match.engine import PartyEngine
from shellgame.match.party_index import Party
from shellgame.match.search import ALERT, Subject


def engine() -> PartyEngine:
    return PartyEngine.build(
        [
            Party("ship", "Vessel", ["HALVREN"], {}),
            Party("long", "Vessel", ["TALVEK STAR"], {}),
            Party("numbered", "Vessel", ["FU QUAN QU 8642"], {}),
            Party("plane", "Airplane", ["EP-MNS"], {}),
            Party("firm", "Company", ["Orsin Trading LLC"], {}),
        ]
    )


def alerts(name: str, schema: str = "") -> list[str]:
    (found,) = engine().search([Subject((name,), schema)], limit=5, threshold=ALERT, wanted=None)
    return [engine().index.id_of(each.party) for each in found]


@pytest.mark.parametrize(
    ("name", "schema", "found"),
    [
        ("Halvren", "", ["ship"]),
        ("MV Halvren", "", ["ship"]),
        ("M/T Halvren", "Vessel", ["ship"]),
        ("Halvrem", "", ["ship"]),  # a slip
        ("Ragnar Halvren", "", []),
        ("Halvren Maledd", "Vessel", []),
        ("Talvek Star", "", ["long"]),
        ("Talvek", "", []),
        ("TalvekStar", "Vessel", ["long"]),
        ("FUQUANQU8642", "Vessel", ["numbered"]),
        ("FUQUANQU8642", "", ["numbered"]),
        ("FUQUANUQ8642", "Vessel", []),
        ("FUQUANQU8624", "Vessel", []),
        ("EP-MNS", "", ["plane"]),
        ("EP-MNZ", "", []),
        ("Orsin", "", ["firm"]),
    ],
)
def test_a_ship_has_just_its_name(name: str, schema: str, found: list[str]) -> None:
    assert alerts(name, schema) == found
