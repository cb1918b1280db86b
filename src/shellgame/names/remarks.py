"""The printed name of a person in its natural order, without what is printed beside it: notes in brackets, dates, another name."""

from __future__ import annotations

import re
from itertools import pairwise

from shellgame.names import roles as role
from shellgame.names.folding import BLANK, LATIN, SIGNS
from shellgame.names.token import Kind
from shellgame.names.vocabulary import organisation_words

_ABBREVIATED = re.compile(
    r"(?<!\w)(?:[afn]\. ?k\. ?a|h\. ?r\. ?h|h\. ?e(?=\.? ?\w\w+ \w\w)|d\. ?o\. ?b|ph\. ?d|[bm]\. ?sc|d\. ?phil)(?!\w)"
)
_WRITTEN_OUT = {"he": "excellency", "aka": "alias", "fka": "alias", "nka": "alias"}
"""A.k.a., H.R.H., Ph.D.: told from initials by their letters; H.E. only before two words."""
_CHILD_OF = re.compile(r"(?<!\w)([sdwa])/([olp])(?!\w)")
_CHILD = {"so": " bin ", "do": " binti ", "al": " bin ", "ap": " binti "}
"""S/o, d/o and the like, as passports of India and Malaysia print them."""
_NUMBERED = re.compile(r"(?<!\w)\d{1,2}\)")
"""The numbers of `1) Orsin 2) Talvek`."""
_ONLY_IN_BRACKETS = frozenset({"aka", "or", "also", "see", "now", "dec", "male", "female", "m", "f"})
"""Begin a note there; elsewhere they may be names."""
_QUOTED = re.compile(r'(?<![^\W])"([^"]+)"(?!\w)')
"""What stands in quotation marks, which open behind no letter and close before none."""
_IN_BRACKETS = re.compile(r"\(([^()]*)\)?")


def bare_name(text: str) -> str:
    """The name in its natural order, without notes and signs, where the signs in it tell what is what."""
    if "." in text:
        text = _ABBREVIATED.sub(_written_out, text)
    if "/" in text:
        first, *others = _CHILD_OF.sub(lambda match: _CHILD.get(match[1] + match[2], " "), text).split("/")
        text = " ".join([first, *(other for other in others if not _in_other_letters(other, first))])
    if "(" in text or ")" in text:
        bare = _IN_BRACKETS.sub(_without_note, _NUMBERED.sub(" ", text))
        text = bare if bare.strip(SIGNS + " ") else text
    if '"' in text:
        text = _with_nickname(text)
    if "," in text:
        text = _family_last(text)
    return text.translate(BLANK)


def _written_out(match: re.Match[str]) -> str:
    letters = match[0].replace(".", "").replace(" ", "")
    return _WRITTEN_OUT.get(letters, letters)


def _without_note(match: re.Match[str]) -> str:
    """What stands in brackets, if it is a name."""
    words = _words(match[1])
    note = (
        _is_note(words)
        or words[0] in _ONLY_IN_BRACKETS
        or _in_other_letters(match[1], match.string[: match.start()])
        or _is_place(words)
    )
    return " " if note else f" {match[1]} "


def _with_nickname(text: str) -> str:
    """The name with the words in quotation marks marked as a nickname, if two others and more are left."""
    names = [
        word
        for word in _words(_QUOTED.sub(" ", text))
        if not role.entry_of(word).roles & (role.TITLE | role.HONORIFIC | role.PARTICLE)
    ]
    return _QUOTED.sub(_marked, text) if len(names) > 1 else text


def _marked(match: re.Match[str]) -> str:
    return " ".join(["", *(f"{role.NICKNAME}{word}" for word in _words(match[1])), ""])


def _in_other_letters(part: str, first: str) -> bool:
    """Whether a part is the same name once more in another script: Latin after another one, or the other way round."""
    return bool(first.strip(SIGNS + " ")) and bool(LATIN.search(part)) != bool(LATIN.search(first))


def _is_place(words: list[str]) -> bool:
    known = organisation_words()
    name = "".join(words)
    meanings = [
        known.words.get(name),
        *(phrase.meaning for phrase in known.phrases.get(words[0], ()) if phrase.keys == words),
    ]
    return any(meaning is not None and meaning.kind is Kind.PLACE for meaning in meanings)


def _words(part: str) -> list[str]:
    return part.translate(BLANK).split()


def _is_note(words: list[str]) -> bool:
    """Whether words beside a name are none of it: titles, dates, remarks, another name."""
    single = [0 if word == "aka" else role.entry_of(word).roles for word in words]  # Aka is a family name too
    of_two = [role.known_roles().get("_".join(both), 0) for both in pairwise(words)]
    return (
        all(played & (role.SUFFIX | role.COURTESY | role.TITLE) for played in single)
        or any(played & (role.NOTE | role.OTHER_NAME) for played in (*single, *of_two))
        or "of" in words
        or any(2 * sum(map(str.isdigit, word)) >= len(word) for word in words)
    )


def _family_last(text: str) -> str:
    """Turn `LAST, First` round: titles before either go first, what follows the given name (III) last, notes away."""
    parts = [words for part in text.split(",") if (words := _words(part))]
    parts = [
        words
        for place, words in enumerate(parts)
        if not place or not (_is_note(words) or _in_other_letters(" ".join(words), " ".join(parts[0])))
    ]
    if len(parts) != 2:
        return " ".join(word for words in parts for word in words)
    family, given = parts
    start, end = 0, len(given)
    roles = [role.entry_of(word).roles for word in family]
    while start < len(family) - 1 and (
        roles[start] & (role.TITLE | role.HONORIFIC)
        or (roles[start] & role.RANK and roles[start + 1] & (role.TITLE | role.HONORIFIC | role.RANK))
    ):
        start += 1
    while end > 1 and role.entry_of(given[end - 1]).roles & role.SUFFIX:
        end -= 1
    return " ".join([*family[:start], *given[:end], *family[start:], *given[end:]])
