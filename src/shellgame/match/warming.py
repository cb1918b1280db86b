"""Make the machine code of the matching engine once, so that no first question waits for the compiler.

    python -m shellgame.match.warming

The code is kept between runs (`shellgame.kernels`); this asks every kind of question once of a few invented parties.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from shellgame.kernels import mark_compiled
from shellgame.match.compare import compare, compare_names
from shellgame.match.engine import PartyEngine
from shellgame.match.party_index import Party
from shellgame.match.search import Subject

_PARTIES = (
    Party(
        "a", "Person", ("Orsin Maledd", "Орсин Маледд"), {"birthDate": ["1961-06-06"], "passportNumber": ["AB123456"]}
    ),
    Party("b", "Company", ("Halvren Trading House LLC",), {"country": ["by"]}),
)


def warm() -> None:
    """Compile all that a screening, an explanation and a comparison need; takes a minute, or a second where it is done."""
    with TemporaryDirectory() as aside:
        folder = Path(aside) / "index"
        PartyEngine.build(_PARTIES).save(folder)
        engine = PartyEngine.open(folder)
        asked = [
            Subject(("Orsin Maled",)),
            Subject(("Halvren House",), "Company", {"country": ["by"]}),
            Subject(("Nobody Alike",), "Person", {"passportNumber": ["AB 123456"]}),
        ]
        for wanted in (None, np.ones(len(_PARTIES), np.bool_)):
            for subject, found in zip(asked, engine.search(asked, limit=5, threshold=0.1, wanted=wanted), strict=True):
                for each in found:
                    engine.explain(subject, each)
    compare_names("Orsin Maledd", "Maledd Orsin")
    entity = {"schema": "Person", "properties": {"name": ["Orsin Maledd"]}}
    compare(entity, entity)
    mark_compiled()


if __name__ == "__main__":
    warm()
