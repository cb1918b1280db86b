"""Known words that were written with one slip of the pen: a letter left out, put in, replaced, or exchanged with its neighbour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import OSA


class Slips:
    """Known words, found by what is one slip away from them.

    Two words that are one slip apart share what is left of them when one letter is taken out, or the words themselves.
    """

    def __init__(self, words: Iterable[str]) -> None:
        """Take up the words; of two that are as near to a text the first in the alphabet is found."""
        self._words = frozenset(words)
        self._without: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            for rest in {word, *_without_a_letter(word)}:
                self._without[rest].append(word)

    def word_of(self, text: str) -> str | None:
        """The known word that a text is one slip away from, beginning with the same letter; None for a known word itself.

        Example:
            >>> Slips(["liability"]).word_of("liabilty")
            'liability'
        """
        if text in self._words:
            return None
        for rest in (text, *_without_a_letter(text)):
            for word in self._without.get(rest, ()):
                if word[0] == text[0] and OSA.distance(word, text, score_cutoff=1) == 1:
                    return word
        return None


def _without_a_letter(word: str) -> list[str]:
    return [word[:place] + word[place + 1 :] for place in range(len(word))]
