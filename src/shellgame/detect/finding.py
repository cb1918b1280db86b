"""What a pattern found: a lead in one sentence, with the claims for it and against it and what would decide. Never a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from shellgame.detect.typology import Typology
from shellgame.detect.when import EVER, Days, day_text


@dataclass(frozen=True)
class Finding:
    """What one pattern makes of some parties.

    Attributes:
        id: The pattern, by name.
        rule: Its number in the rules that it comes from.
        subjects: Ids of the parties: who moved something first, then what, then who took it.
        fired: True, False, or None where it cannot be said.
        strength: 0 to 1, no probability; 0 where it did not fire.
        text: One sentence.
        supporting: Ids of the claims it rests on.
        against: Ids of the claims that speak against it.
        unknown: What is not told that would decide or change it, in sentences.
        start: First day of what it is about, `YYYY-MM-DD`; empty where that is not known.
        end: Last day of it, likewise.
    """

    id: str
    rule: str
    subjects: tuple[str, ...]
    fired: bool | None
    strength: float
    text: str
    supporting: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    start: str = ""
    end: str = ""


def found(
    typology: Typology,
    subjects: Iterable[str],
    fired: bool | None,
    text: str,
    *,
    strength: float = 0.0,
    supporting: Iterable[str] = (),
    against: Iterable[str] = (),
    unknown: Iterable[str] = (),
    days: Iterable[Days | None] = (),
) -> Finding:
    """Put a finding together.

    Args:
        typology: What the pattern looks for.
        subjects: Ids of parties.
        fired: True, False, or None.
        text: One sentence.
        strength: What it would be if everything were told and nobody said the contrary.
        supporting: Ids of claims.
        against: Ids of claims.
        unknown: What is not told.
        days: The days it is about.
    """
    contrary = _once(against)
    if contrary:
        strength *= typology.figures["contradicted"]
    if fired is None:
        strength *= typology.figures["cannot_be_said"]
    known = [each for each in days if each is not None]
    first = min((each.first for each in known), default=EVER)
    return Finding(
        typology.id,
        typology.rule,
        tuple(dict.fromkeys(subjects)),
        fired,
        0.0 if fired is False else round(min(1.0, strength), 3),
        text,
        tuple(each for each in _once(supporting) if each not in contrary),
        contrary,
        tuple(dict.fromkeys(unknown)),
        "" if first == EVER else day_text(first),
        day_text(max(each.last for each in known)) if known else "",
    )


def _once(claims: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(claims)))


def together(part: float, count: int) -> float:
    """The strength of several things that say the same: each takes the same part of what the others left.

    Example:
        >>> together(0.5, 1), together(0.5, 2)
        (0.5, 0.75)
    """
    return 1.0 - (1.0 - part) ** count


def row(finding: Finding) -> dict[str, Any]:
    """A finding as JSON tells it."""
    return {
        "id": finding.id,
        "rule": finding.rule,
        "subjects": list(finding.subjects),
        "fired": finding.fired,
        "strength": finding.strength,
        "text": finding.text,
        "for": list(finding.supporting),
        "against": list(finding.against),
        "unknown": list(finding.unknown),
        "start": finding.start or None,
        "end": finding.end or None,
    }
