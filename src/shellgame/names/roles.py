"""What a word of a person's name is by itself: its tokens, and the roles that it may play depending on its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from string import ascii_lowercase
from typing import NamedTuple

from shellgame.names.folding import cut, key_of
from shellgame.names.scripts import romanise
from shellgame.names.slavic import family_group
from shellgame.names.token import RESPELT, Kind, Origin, Token
from shellgame.names.vocabulary import person_words

# Roles that a word may play depending on its neighbours: bits, because most words play none and some several.
TITLE = 1 << 0
HONORIFIC = 1 << 1
DOUBTFUL = 1 << 2
SUFFIX = 1 << 3
PARTICLE = 1 << 4
BETWEEN = 1 << 5
ARTICLE = 1 << 6
SERVANT = 1 << 7
RELIGION = 1 << 8
GOD = 1 << 9
FATHER = 1 << 10
MAC = 1 << 11
BEN = 1 << 12
IRISH_O = 1 << 13
PHRASE = 1 << 14
UNSPACED = 1 << 15
RANK = 1 << 16
NOTE = 1 << 17
OTHER_NAME = 1 << 18
NOTHING = 1 << 19
COURTESY = 1 << 20
NUMBER = 1 << 21
PATRONYMIC = 1 << 22
OPTIONAL = 1 << 23
NICKNAME = "\x01"
"""Stands before each word of a nickname; folded names hold no such sign."""
_HEADINGS = {
    "titles": TITLE,
    "honorifics": HONORIFIC,
    "doubtful": DOUBTFUL,
    "suffixes": SUFFIX,
    "particles": PARTICLE,
    "between": BETWEEN,
    "articles": ARTICLE,
    "servants": SERVANT,
    "religion": RELIGION,
    "god": GOD,
    "fathers": FATHER,
    "ranks": RANK,
    "notes": NOTE,
    "other_names": OTHER_NAME,
    "nothing": NOTHING,
    "courtesies": COURTESY,
}
_ALONE = {"mc": MAC, "mac": MAC, "ben": BEN, "o": IRISH_O}

_SERVANT_JOINED = re.compile(
    "abd(?:[aeiou]|ou)?(?:l(?=[^l])|r(?=r)|s(?=s)|z(?=z)|n(?=n)|d(?=d)|t(?=t)"
    "|(?=rah|ras|raz|sal|sam|shak|nas|nur|fat|gha|hak|ham|kad|kar|kha|lat|maj|mal|naj|qad|wah|wal|wel))([a-z]{3,})"
)
"""Abdulrahman, Abdelkader, Abdurrahman, Abdusalam, Abdirashid (Somali); what follows `servant of` is the group."""
_SHORT_SERVANTS = frozenset({"abdl", "abdr", "adul", "adur"})
"""Abdul and Abdur without one of their letters; what else is left of them (Abul, Abel) is another name."""
_AFTER_SERVANT = re.compile("[ae]l([b-df-hj-np-tv-z][a-z]{3,})")
"""An article written together with a name of God: Abd Aljalil."""
_RELIGION_JOINED = re.compile("([a-z]{3,}?)(?:[aeiou]d?d|[aeu]l|u)dine?")
_GOD_JOINED = re.compile("([a-z]{3,}?)[uao]llah")
_PATRONYMIC = re.compile(
    "[a-z]{2,}(?:[oeai](?:v[iy]t?s?ch|witsch)|(?:[oei]v|[aoe]u)n[ay]|ichna|inichna)"
    "|(?:il[iy]?|kuzm|luk|nikit|fom|savv?|yakovl)[iy]t?s?ch"
)
"""Petrovich, Petrovna, Piatrouna, Ilyinichna, Nikitich in the spellings of English, French and German; Serbs end theirs, which are
family names, in ic or in ić."""
_CHILD_OF = re.compile("([a-z]{3,}?)[iy]?(?:[oeai](?:v[iy]t?s?ch|witsch)|(?:[oei]v|[aoe]u)n[ay])")
_FATHERS = ("", "y", "i", "iy", "ii", "ey", "ei", "ay", "ai")
"""How names may end of which patronymics are made: Ivan, Dmitri, Sergei."""
_TWO_NAMES = re.compile("(m[uo]hamm?[ae]d|ali|amir|gh[ou]lam|محمد|علي|امير|غلام)(.{3,})")
"""Mohammadreza, Alireza: Persian writes two names as one or two words."""
_LENGTHS_MISSPELT = range(5, 10)
_SHORTEST_MISSPELT = 7
"""A shorter word is none of two names."""
_HONOURED = re.compile("(.{2,4})(?:先生|女士|小姐|氏|씨|님)")
_DIGITS = str.maketrans("058432", "osbaez")
_VOWELS = frozenset("aeiouy")
_KEPT = 1 << 18
"""Words kept; together some hundred MiB at most."""


class Entry(NamedTuple):
    """What is known of a word by itself: its key, what becomes of it, and the roles (bits) that it may play."""

    key: str
    tokens: tuple[Token, ...]
    roles: int


PLAIN: dict[str, Token] = {}
"""Words that are one token whatever their neighbours."""
_entries: dict[str, Entry] = {}
"""All words that were met."""


def entry_of(word: str) -> Entry:
    """What is known of a word; worked out once."""
    if word[:1] == NICKNAME:
        return _optional(entry_of(word[1:]))
    word = cut(word)
    entry = _entries.get(word)
    if entry is None:
        if len(_entries) >= _KEPT:
            _entries.clear()
            PLAIN.clear()
        entry = _entries[word] = _worked_out(word)
        if not entry.roles and len(entry.tokens) == 1:
            PLAIN[word] = entry.tokens[0]
    return entry


def _optional(entry: Entry) -> Entry:
    """A word of a nickname, whatever it would be elsewhere."""
    tokens = [token._replace(kind=Kind.OPTIONAL) if token.kind is Kind.WORD else token for token in entry.tokens]
    return Entry(entry.key, tuple(tokens), OPTIONAL)


@cache
def known_roles() -> dict[str, int]:
    """Roles by key; those of a phrase by its words with `_` between, its first word marked as such."""
    roles = dict(_ALONE)
    for heading, role in _HEADINGS.items():
        for key in person_words().roles[heading]:
            roles[key] = roles.get(key, 0) | role
            if "_" in key:
                first = key.split("_")[0]
                roles[first] = roles.get(first, 0) | PHRASE
    return roles


def _worked_out(word: str) -> Entry:
    if word.isascii() and word.isalpha():
        roles = known_roles().get(word, 0) or (
            SERVANT if _is_misspelt_servant(word) else PATRONYMIC * ends_as_patronymic(word)
        )
        parts = (_named(word, word, Origin.LATIN),) if roles else _parts(word, word, Origin.LATIN)
        return Entry(word, _with_family(parts, roles), roles)
    if word not in known_roles():
        word = _letters_for_digits(word)
    if honoured := _HONOURED.fullmatch(word):
        word = honoured[1]
    key = key_of(word)
    text, origin = romanise(word)
    roles = known_roles().get(key, 0) or PATRONYMIC * ends_as_patronymic(text)
    if origin in (Origin.HAN, Origin.HANGUL) and 1 < len(word) < 5:
        roles |= UNSPACED
    if text.isdigit():
        roles |= NUMBER
    if not text:
        return Entry(key, (), 0)
    parts = (_named(key, text, origin),) if roles else _parts(key, text, origin)
    return Entry(key, _with_family(parts, roles), roles)


def _with_family(parts: tuple[Token, ...], roles: int) -> tuple[Token, ...]:
    """A word by itself, as one of the family names that three languages spell in their ways."""
    other = roles & ~PATRONYMIC or len(parts) > 1 or parts[0].group or parts[0].kind is not Kind.WORD
    if other or parts[0].origin > Origin.ALPHABET:
        return parts
    return (parts[0]._replace(group=family_group(parts[0].text)),)


def ends_as_patronymic(text: str) -> bool:
    """Whether a word may be a Russian patronymic, from its ending."""
    return text[-1:] in ("h", "a", "y") and bool(_PATRONYMIC.fullmatch(text))


def fathers_group(text: str) -> int:
    """The group of a patronymic, by the group of the father's name; 0 where the name is not known, or it is no patronymic.

    Example:
        >>> fathers_group("vladimirovich") == fathers_group("uladzimiravich") > 0, fathers_group("vladimir")
        (True, 0)
    """
    if not (match := _CHILD_OF.fullmatch(text)):
        return 0
    given = person_words().given
    found = (given[name] for ending in _FATHERS if (name := match[1] + ending) in given)
    return next((RESPELT + group for group in found), 0)


def without_article(entry: Entry) -> Token | None:
    """The token of a word behind `servant of` that its article is written together with; None where there is no such article."""
    token = entry.tokens[0]
    joined = _AFTER_SERVANT.fullmatch(token.text) if token.origin is Origin.LATIN and len(entry.tokens) == 1 else None
    return _named(joined[1], joined[1], token.origin) if joined else None


def _is_misspelt_servant(word: str) -> bool:
    """Whether a word is one slip away from Abdul, Abdur or Abdel, which one in ten listed names has, and no name of its own."""
    return word in _misspelt_servants() and word not in person_words().given


@cache
def _misspelt_servants() -> frozenset[str]:
    """All words of five or six letters that one slip makes of the commonest spellings, less those that end as names do."""
    slips = {slip for known in ("abdul", "abdur", "abdel") for slip in _slips(known)}
    return _SHORT_SERVANTS | {slip for slip in slips if slip[0] == "a" and (len(slip) == 5 or slip[-1] not in "aeio")}


def _misspelt_parts(word: str) -> tuple[str, str] | None:
    """What a word with a slip in its first half is of, where its second half is a known given name: Absel-kader, Golam-reza."""
    given = person_words().given
    for length in _LENGTHS_MISSPELT:
        if word[length:] in given and (word[:length] in _misspelt_servants() or word[:length] in _misspelt_firsts()):
            return word[:length], word[length:]
    return None


@cache
def _misspelt_firsts() -> frozenset[str]:
    """All words that one slip makes of what stands first where Persian writes two names as one word."""
    known = ("gholam", "ghulam", "mohammad", "mohammed", "muhammad", "muhammed")
    fewer = {word[:place] + word[place + 1 :] for word in known for place in range(len(word))}
    return frozenset(fewer.union(*map(_slips, known)) - set(known))


def _slips(word: str) -> Iterator[str]:
    """A word with one letter replaced, put in, or two neighbours exchanged."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        for letter in ascii_lowercase:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]


def _named(key: str, text: str, origin: Origin) -> Token:
    """The token of a word that is one."""
    if text.isdigit():
        return Token(text.lstrip("0") or "0", Kind.NUMBER, origin, 0)
    initial = (len(key) == 1 and origin <= Origin.ABJAD) or (len(key) == 2 and key in person_words().roles["initials"])
    printed = key if origin in (Origin.HAN, Origin.HANGUL) else ""
    return Token(text, Kind.INITIAL if initial else Kind.WORD, origin, person_words().given.get(key, 0), printed)


def joined(text: str, like: Entry) -> Token:
    """A token of several words' text."""
    return Token(text, Kind.WORD, like.tokens[0].origin, person_words().given.get(text, 0))


def _parts(key: str, text: str, origin: Origin) -> tuple[Token, ...]:
    """Tokens of a word without a role: one, or two where an article or `servant of` is written together with what follows."""
    token = _named(key, text, origin)
    if token.group or token.kind is not Kind.WORD or origin > Origin.ABJAD:
        return (token,)
    if (two := _TWO_NAMES.fullmatch(key)) and two[2] in person_words().given:
        return tuple([_named(part, romanise(part)[0], origin) for part in two.groups()])
    if origin is Origin.ABJAD:
        return _arabic_parts(key, token)
    if text.startswith("abd") and (servant := _SERVANT_JOINED.fullmatch(text)):
        return token._replace(text="abd"), _named(servant[1], servant[1], origin)
    if len(text) > _SHORTEST_MISSPELT and (parts := _misspelt_parts(text)):
        first, rest = parts
        is_servant = first in _misspelt_servants()
        return token._replace(text="abd" if is_servant else first), _named(rest, rest, origin)
    if "din" in text[-4:] and (joined := _RELIGION_JOINED.fullmatch(text)):
        return (token._replace(text=f"{joined[1]}uddin"),)
    if text.endswith("lah") and (joined := _GOD_JOINED.fullmatch(text)):
        return (token._replace(text=f"{joined[1]}ullah"),)
    return (token,)


def _arabic_parts(key: str, token: Token) -> tuple[Token, ...]:
    if key.startswith("عبدال") and len(key) > 7:
        first, rest = token._replace(text="abd"), key[5:]
    elif key.startswith("ال") and len(key) > 4 and key not in person_words().roles["no_article"]:
        first, rest = Token("al", Kind.PARTICLE, token.origin, 0), key[2:]
    else:
        return (token,)
    text = romanise(rest)[0]
    return (first, _named(rest, text, token.origin)) if text else (token,)


def _letters_for_digits(word: str) -> str:
    """Read digits in a word that is mostly letters as the letters that they pass for: 1 as i or l, whichever can be spoken."""
    digits = sum(sign.isdigit() for sign in word)
    if not 0 < digits < len(word) or not word.isascii():
        return word
    signs = list(word.translate(_DIGITS))
    for place, sign in enumerate(signs):
        if sign == "1":
            around = {*signs[max(place - 1, 0) : place], *signs[place + 1 : place + 2]}
            signs[place] = "l" if around & _VOWELS else "i"
    return "".join(signs)
