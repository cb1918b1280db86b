"""What the patterns look for, as data: windows, thresholds and weights with where each comes from (`patterns.yml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from shellgame.names.yaml import load_yaml

_FILE = Path(__file__).with_name("patterns.yml")
MARKS = ("SRC", "DESIGN")
"""Where a figure comes from: the cited source, or us."""


@dataclass(frozen=True)
class Typology:
    """What one pattern looks for.

    Attributes:
        id: The pattern's name.
        rule: Its number in the rules that it comes from, such as `O-12`.
        title: What it is called.
        source: Who describes it.
        quote: In which words; empty where these were not read.
        verified: V the text was read; S an account of it; R recalled only.
        figures: Its windows (days), thresholds and weights, those that all patterns share included.
        jurisdiction: Whose law it is about, where it is about one; else empty.
        members: By jurisdiction, the countries that it speaks for beside the one of its name.
    """

    id: str
    rule: str
    title: str
    source: str
    quote: str
    verified: str
    figures: Mapping[str, float]
    jurisdiction: str
    members: Mapping[str, tuple[str, ...]]

    def days(self, figure: str) -> int:
        """A figure that counts days."""
        return int(self.figures[figure])


@lru_cache(maxsize=1)
def typologies() -> Mapping[str, Typology]:
    """All of them, by name, in the order of the file.

    Example:
        >>> [(each.id, each.rule) for each in typologies().values()][:2]
        [('threshold_shaving', 'O-12'), ('transfer_at_a_loss', 'O-13')]
    """
    told: dict[str, Any] = load_yaml(_FILE)
    shared = told.pop("shared")
    close = shared.pop("close")
    common = _figures(shared) | {f"close_{sort}": value for sort, value in _figures(close).items()}
    return {
        name: Typology(
            name,
            each["rule"],
            each["title"],
            each["source"],
            each["quote"],
            each["verified"],
            common | _figures(each["figures"]),
            each.get("jurisdiction", ""),
            {code: tuple(countries) for code, countries in each.get("jurisdictions", {}).items()},
        )
        for name, each in told.items()
    }


def _figures(told: Mapping[str, Any]) -> dict[str, float]:
    unmarked = [name for name, figure in told.items() if figure.get("mark") not in MARKS]
    if unmarked:
        raise ValueError(f"{_FILE.name}: {', '.join(unmarked)} must be marked {' or '.join(MARKS)}")
    return {name: float(figure["value"]) for name, figure in told.items()}
