"""What `docs/screening.md` promises is what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shellgame.cli.answers import FORMATS
from shellgame.errors import EXIT_CODES
from shellgame.match.hits import COLUMNS, About, Explanation, Hit, Hits, How

DOCUMENT = (Path(__file__).parents[2] / "docs" / "screening.md").read_text(encoding="utf-8")
HITS = Hits("x", (Hit("xx-1", "Person", 1.0, (), True, Explanation("x")),)).as_dict()


@pytest.mark.parametrize(
    "promised",
    [
        *(f"`{how}`" for how in How),
        *(f"`{about}`" for about in About),
        *(f"`{name}`" for name in COLUMNS),
        *(f'"{key}"' for key in (*HITS, *HITS["hits"][0], *HITS["hits"][0]["explanation"])),
        "|".join(FORMATS),
        *(f"{code} " for code in EXIT_CODES.values()),
    ],
)
def test_everything_answered_is_documented(promised):
    assert promised in DOCUMENT


def test_every_option_is_documented(shellgame):
    told = " ".join(shellgame("screen", "--help").out.split())
    options = set(re.findall(r"(?<= )--[a-z-]{2,}", told)) - {"--help", "--workspace"}
    assert {"--file", "--bad-rows", "--hits-only"} <= options
    assert not {option for option in options if option not in DOCUMENT}
