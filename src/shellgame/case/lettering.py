"""Text from sources made fit to be shown: nothing hidden in it, no wider than its place.

Names come from lists, registers and papers, and somebody may have written one to mislead: with letters that turn the direction of
reading, that have no width, or that steer a printer. Here such letters become visible marks. The value itself is never changed;
the tables for programs (`case.exports`) carry it as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category, east_asian_width

_JOINERS = "\u200c\u200d"
"""Letters without width that Persian, Hindi and others need to spell words; the only ones that stay."""
_WIDE = 1.0
_BROAD = 0.9
_CAPITAL = 0.7
_SMALL = 0.61
_THIN = 0.34
"""Widths in em of letters of DejaVu Sans, the widest face that a picture may be shown in, as far as one needs to know them."""
_BROAD_LETTERS = frozenset("mwMW—…@%")
_THIN_LETTERS = frozenset("iljtfrI.,:;'|!()[] ")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LONG_RUN = re.compile("[\u0530-\u1fff\ufb1d-\ufdff\ufe70-\ufefc]{25,}")
_ISOLATE = "\u2068{}\u2069"


def visible(text: str) -> str:
    r"""Show what would otherwise act unseen: controls, turns of direction, letters without width, halves of letters.

    Line breaks and tabs become spaces.

    Example:
        >>> visible("Acme\u202eExports")
        'Acme[U+202E]Exports'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text))


@lru_cache(maxsize=4096)
def _shown(letter: str) -> str:
    if letter in "\n\r\t\x0b\x0c\u0085\u2028\u2029":
        return " "
    if category(letter) in ("Cc", "Cf", "Cs", "Cn", "Co") and letter not in _JOINERS:
        return f"[U+{ord(letter):04X}]"
    return letter


def shortened(text: str, most: int) -> str:
    """Make text visible and cut it to some characters, the last being an ellipsis where something was cut.

    Example:
        >>> shortened("General Trading Company", 12)
        'General Tra…'
    """
    shown = visible(text[: most + 1])
    return shown if len(shown) <= most and len(text) <= most else shown[: most - 1].rstrip() + "…"


def isolated(text: str) -> str:
    """Keep a name that reads from right to left from turning the words around it."""
    return _ISOLATE.format(text) if _RIGHT_TO_LEFT.search(text) else text


def breakable(text: str) -> str:
    """Allow long runs in scripts that are written without a break to go on in the next line, by spaces without width.

    Latin, Greek and Cyrillic runs stay: the templates break those without a trace in the text, so that hashes can be copied.
    """
    return _LONG_RUN.sub(lambda run: "\u200b".join(re.findall(".{1,8}", run.group())), text)


def width(text: str, size: float) -> float:
    """Estimate how wide a line of text is, in the unit of `size`."""
    return size * sum(map(_letter_width, text))


@lru_cache(maxsize=4096)
def _letter_width(letter: str) -> float:
    if letter in _THIN_LETTERS:
        return _THIN
    if east_asian_width(letter) in "WF":
        return _WIDE
    if category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    if letter in _BROAD_LETTERS:
        return _BROAD
    return _CAPITAL if letter.isupper() else _SMALL


def wrapped(text: str, size: float, widest: float, most_lines: int) -> list[str]:
    """Break text into lines no wider than some width; what does not fit ends in an ellipsis.

    Breaks between words; within a word where it alone is too wide.

    Returns:
        At least one line, which is empty where the text is.
    """
    lines = [""]
    for word in visible(text[:400]).split():
        for piece in _pieces(word, size, widest):
            longer = f"{lines[-1]} {piece}".strip()
            if width(longer, size) <= widest:
                lines[-1] = longer
            else:
                lines.append(piece)
    if len(lines) > most_lines:
        lines = [*lines[: most_lines - 1], _cut(" ".join(lines[most_lines - 1 :]), size, widest)]
    return lines


def _pieces(word: str, size: float, widest: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if width(pieces[-1] + letter, size) > widest and pieces[-1]:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _cut(line: str, size: float, widest: float) -> str:
    while line and width(line + "…", size) > widest:
        line = line[:-1]
    return line.rstrip() + "…"
