"""What of a printed name is not written as it looks: letters of another alphabet, signs that show nothing, digits for letters.

Folding puts all of it aside, so that a disguised name is found as well as any other. Whoever decides on a hit should know of it all
the same, since hardly anybody writes so by accident.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from shellgame.names.folding import BLANK, fold

_PIECE = re.compile(r"[^\s.,;:/()\[\]{}<>\"“”„«»&|_\-‐-―]+")
_ALPHABETS = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN", "COPTIC", "CHEROKEE", "LISU"})
"""Alphabets whose letters pass for one another."""
_SHOWS_NOTHING = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""As `names.folding` drops it, beside Unicode's category Cf."""
_TURNS = re.compile("[\u202d\u202e]")
_USUAL_FORMS = re.compile("[ªº\uff00-\uffef]")
"""Other forms of letters that are no disguise: ordinals, and the full width of East Asia."""
_DIGITS = {"0": "o", "1": "il", "2": "z", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g"}
"""Digits with the letters that they are printed for."""
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_LONGEST, _MOST_WORDS, _MOST_TOLD, _MOST_PLACES = 1000, 64, 3, 3
"""Letters and words of a name that are looked at, words that are told, and letters of one that are told by their places."""


class Disguise(NamedTuple):
    """A word that looks like another one.

    Attributes:
        printed: The word with all that is in it; empty where it is about the name as a whole.
        words: What is odd about it, in words.
    """

    printed: str
    words: str


@lru_cache(maxsize=64)
def disguises(name: str) -> tuple[Disguise, ...]:
    """Tell the disguised words of a name, at most three; costs nothing for plain ASCII.

    Example:
        >>> [each.words for each in disguises("B\u0430shir")]
        ["the second letter of B\u0430shir is Cyrillic '\u0430', not Latin 'a'"]
    """
    if name.isascii():
        return ()
    name = name[:_LONGEST]
    folded = frozenset(fold(name).translate(BLANK).split())
    told = [Disguise("", _turned(match[0])) for match in islice(_TURNS.finditer(name), 1)]
    for match in islice(_PIECE.finditer(name), _MOST_WORDS):
        word = match[0]
        if not word.isascii():
            told += [Disguise(word, words) for words in _of_word(unicodedata.normalize("NFC", word), folded)]
    return tuple(told[:_MOST_TOLD])


def digits_for_letters(word: str, meant: str) -> str:
    """Tell digits of a word that stand for letters, in words; empty where there are none.

    Args:
        word: As printed.
        meant: The word in small Latin letters that it was taken for, or met.

    Example:
        >>> digits_for_letters("Br4ndik", "brandik"), digits_for_letters("Unit4", "unit4")
        ("4 for 'a' in Br4ndik", '')
    """
    bare = [sign for sign in word.casefold() if sign.isalnum()]
    if len(bare) != len(meant) or not any(sign.isalpha() for sign in bare):
        return ""
    pairs = dict.fromkeys(
        (here, there) for here, there in zip(bare, meant, strict=True) if there in _DIGITS.get(here, "")
    )
    return f"{', '.join(f'{here} for {there!r}' for here, there in pairs)} in {word}" if pairs else ""


def _of_word(word: str, folded: frozenset[str]) -> Iterator[str]:
    shown = "".join(sign for sign in word if not _is_hidden(sign))
    letters = [sign for sign in shown if sign.isalpha() or _plain(sign)]
    yield from _of_other_alphabets(shown, letters, folded)
    forms = [place for place, sign in enumerate(letters) if _plain(sign)]
    if forms:
        kind = unicodedata.name(letters[forms[0]]).lower()
        stands = f"is the sign {kind!r}" if len(forms) == 1 else f"are signs such as {kind!r}"
        yield f"{_letters(shown, letters, forms)} {stands}, not a common letter"
    hidden = [
        place
        for place, sign in enumerate(word)
        if _is_hidden(sign) and not _TURNS.match(sign) and _is_within(word, place)
    ]
    if hidden:
        kinds = ", ".join(dict.fromkeys(_called(word[place]) for place in hidden))
        if len(hidden) == 1:
            before = sum(sign.isalpha() for sign in word[: hidden[0]])
            yield f"an invisible sign ({kinds}) stands behind the {_ordinal(before)} letter of {shown}"
        else:
            yield f"{len(hidden)} invisible signs ({kinds}) stand within {shown}"


def _of_other_alphabets(shown: str, letters: Sequence[str], folded: frozenset[str]) -> Iterator[str]:
    """Letters of another alphabet than that which the word is read in."""
    alphabets = [_alphabet(sign) for sign in letters]
    several = Counter(filter(None, alphabets))
    meant = [sign for sign in fold(shown) if sign.isalpha()]
    if len(several) == 1 and several.keys().isdisjoint({"LATIN"}) and fold(shown) not in folded:
        (alphabet,) = several
        yield f"all letters of {shown} are {alphabet.title()}, while the rest of the name is in Latin ones"
    elif len(several) > 1:
        read_in = Counter(filter(None, map(_alphabet, meant))) or several
        own = max(read_in, key=lambda alphabet: (read_in[alphabet], several[alphabet]))
        for alphabet in sorted(several.keys() - {own}):
            places = [place for place, each in enumerate(alphabets) if each == alphabet]
            stood_for = [meant[place] for place in places] if len(meant) == len(letters) else []
            yield _foreign(shown, letters, places, alphabet, own, stood_for)


def _foreign(
    shown: str, letters: Sequence[str], places: Sequence[int], alphabet: str, own: str, stood_for: Sequence[str]
) -> str:
    told = f"{_letters(shown, letters, places)} {'is' if len(places) == 1 else 'are'} {alphabet.title()}"
    if len(places) > _MOST_PLACES:
        return f"{told}, not {own.title()}"
    signs = " and ".join(repr(letters[place]) for place in places)
    if not stood_for or any(_alphabet(sign) != own for sign in stood_for):
        return f"{told} {signs} among {own.title()} letters"
    as_printed = [
        sign.upper() if letters[place].isupper() else sign for place, sign in zip(places, stood_for, strict=True)
    ]
    return f"{told} {signs}, not {own.title()} {' and '.join(map(repr, as_printed))}"


def _letters(shown: str, letters: Sequence[str], places: Sequence[int]) -> str:
    """Which letters of a word, in words."""
    if len(places) > _MOST_PLACES:
        return f"{len(places)} of the {len(letters)} letters of {shown}"
    which = " and ".join(_ordinal(place + 1) for place in places)
    return f"the {which} {'letter' if len(places) == 1 else 'letters'} of {shown}"


def _ordinal(number: int) -> str:
    """`first` to `tenth`, then `11th`.

    Example:
        >>> _ordinal(3), _ordinal(11), _ordinal(22)
        ('third', '11th', '22nd')
    """
    if 1 <= number <= len(_PLACES):
        return _PLACES[number - 1]
    end = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{end}"


@lru_cache(maxsize=1024)
def _alphabet(sign: str) -> str:
    """The alphabet of a letter as Unicode names it; empty where it passes for no other's."""
    first = unicodedata.name(sign, "").split(" ")[0]
    return first if first in _ALPHABETS else ""


def _plain(sign: str) -> bool:
    """Whether a sign is another form of a common letter, as a mathematician's bold B is."""
    if sign.isascii() or _USUAL_FORMS.match(sign) or unicodedata.category(sign) in ("Nl", "No"):
        return False
    common = unicodedata.normalize("NFKC", sign)
    return len(common) == 1 and common.isascii() and common.isalpha()


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) == "Cf" or _SHOWS_NOTHING.match(sign) is not None


def _is_within(word: str, place: int) -> bool:
    """Whether letters of an alphabet stand on both sides; other scripts need such signs (Persian, Hindi, Thai)."""
    before = next((sign for sign in reversed(word[:place]) if not _is_hidden(sign)), "")
    behind = next((sign for sign in word[place + 1 :] if not _is_hidden(sign)), "")
    return bool(before and behind and _alphabet(before) and _alphabet(behind))


def _called(sign: str) -> str:
    return f"{unicodedata.name(sign, 'without a name').lower()}, U+{ord(sign):04X}"


def _turned(sign: str) -> str:
    return f"a sign that turns the direction of writing stands in it ({_called(sign)})"
