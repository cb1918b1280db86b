"""Names of two parts written as one word, with a slip of the pen in the first."""

from __future__ import annotations

import pytest

from shellgame.names.analysis import analyse


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Abselkader", ["abd", "kader"]),
        ("Golamreza", ["golam", "reza"]),
        ("Mhoammadreza", ["mhoammad", "reza"]),
        ("Halvrenreza", ["halvrenreza"]),
        ("Absolutely", ["absolutely"]),
    ],
)
def test_a_slip_in_the_first_half_hides_no_second_half(written: str, parts: list[str]) -> None:
    assert [token.text for token in analyse(f"{written} Ordim", person=True)][:-1] == parts
