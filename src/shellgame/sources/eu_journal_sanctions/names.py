"""Names that stand as alternatives in one cell, `Bielvydumka / Belvydumka`: the transcription never splits on punctuation.

A stroke between spaces parts whole names, in all 127 names of the acts of 2026 that have one. One without spaces mostly stands
within a name (`GU/GRU`, `J/V`, `VARABEI/VERABEI`, `Army/Front/Party`); it parts two names only of a person, and only where both
sides are full names of as many words.
"""

from __future__ import annotations

import re

_SPACED = re.compile(r"\s+/\s+")
_STROKE = re.compile(r"\s*/\s*")
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_FULL = 2
"""Words that the name of a person has at least."""


def alternatives(name: str, *, person: bool) -> list[str]:
    """Take alternatives apart; a name that is none comes back alone, without a stroke that nothing follows.

    Example:
        >>> alternatives("Bielvydumka / JSC ‘Vydumka’", person=False), alternatives("Iryna VYDUM/Irina VYDUM", person=True)
        (['Bielvydumka', 'JSC ‘Vydumka’'], ['Iryna VYDUM', 'Irina VYDUM'])
        >>> alternatives("Vydumka Army/Front/Party", person=False), alternatives("Iryna VYDUM/VYDUMA", person=True)
        (['Vydumka Army/Front/Party'], ['Iryna VYDUM/VYDUMA'])
    """
    pieces = [piece for piece in _SPACED.split(name.strip().strip("/").strip()) if piece]
    return [each for piece in pieces for each in (_of_person(piece) if person else [piece])] or [name]


def _of_person(name: str) -> list[str]:
    sides = _STROKE.split(name)
    lengths = {len(_WORD.findall(side)) for side in sides}
    return sides if len(lengths) == 1 and lengths.pop() >= _FULL else [name]
