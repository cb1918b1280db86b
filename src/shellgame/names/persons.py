"""The words of a person's name: titles dropped, particles and initials told, forms of one given name grouped."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from shellgame.names.folding import MOST_WORDS, cut
from shellgame.names.scripts import romanise
from shellgame.names.token import Kind, Origin, Token
from shellgame.names.vocabulary import key_of, person_words

# Roles that a word may play depending on its neighbours: bits, because most words play none and some several.
_TITLE = 1 << 0
_HONORIFIC = 1 << 1
_DOUBTFUL = 1 << 2
_SUFFIX = 1 << 3
_PARTICLE = 1 << 4
_BETWEEN = 1 << 5
_ARTICLE = 1 << 6
_SERVANT = 1 << 7
_RELIGION = 1 << 8
_GOD = 1 << 9
_FATHER = 1 << 10
_MAC = 1 << 11
_BEN = 1 << 12
_IRISH_O = 1 << 13
_PHRASE = 1 << 14
_UNSPACED = 1 << 15
_HEADINGS = {
    "titles": _TITLE,
    "honorifics": _HONORIFIC,
    "doubtful": _DOUBTFUL,
    "suffixes": _SUFFIX,
    "particles": _PARTICLE,
    "between": _BETWEEN,
    "articles": _ARTICLE,
    "servants": _SERVANT,
    "religion": _RELIGION,
    "god": _GOD,
    "fathers": _FATHER,
}
_ALONE = {"mc": _MAC, "mac": _MAC, "ben": _BEN, "o": _IRISH_O}

_SERVANT_JOINED = re.compile(
    "abd(?:[aeiou]|ou)?(?:l(?=[^l])|r(?=r)|s(?=s)|z(?=z)|n(?=n)|d(?=d)|t(?=t)"
    "|(?=rah|ras|raz|sal|sam|shak|nas|nur|fat|gha|hak|ham|kad|kar|kha|lat|maj|mal|naj|qad|wah|wal|wel))([a-z]{3,})"
)
"""Abdulrahman, Abdelkader, Abdurrahman, Abdusalam, Abdirashid (Somali); what follows `servant of` is the group."""
_RELIGION_JOINED = re.compile("([a-z]{3,}?)(?:[aeiou]d?d|[aeu]l|u)dine?")
_GOD_JOINED = re.compile("([a-z]{3,}?)[uao]llah")
_TWO_NAMES = re.compile("(m[uo]hamm?[ae]d|ali|amir|gh[ou]lam|محمد|علي|امير|غلام)(.{3,})")
"""Mohammadreza, Alireza: Persian writes two names as one or two words."""
_HONOURED = re.compile("(.{2,4})(?:先生|女士|小姐|氏|씨|님)")
_DIGITS = str.maketrans("05843", "osbae")
_VOWELS = frozenset("aeiouy")
_KEPT = 1 << 18
"""Words kept; together some hundred MiB at most."""


class _Entry(NamedTuple):
    """What is known of a word by itself: its key, what becomes of it, and the roles (bits) that it may play."""

    key: str
    tokens: tuple[Token, ...]
    roles: int


_plain: dict[str, Token] = {}
"""Words that are one token whatever their neighbours."""
_entries: dict[str, _Entry] = {}
"""All others, and plain words that are not their own key."""


def tokens(text: str) -> tuple[Token, ...]:
    """Analyse the folded name of a person; see `shellgame.names.analysis.analyse`."""
    if "," in text:
        text = _family_last(text)
    words = text.replace(".", " ").replace("&", " ").split()[:MOST_WORDS]
    try:
        return tuple([_plain[word] for word in words])
    except KeyError:
        return _with_neighbours([_entry(word) for word in words])


def _family_last(text: str) -> str:
    """Turn `LAST, First` round, unless titles follow the comma."""
    parts = [part for part in text.split(",") if part.strip(" .&")]
    while len(parts) > 1 and all(
        _entry(word).roles & (_SUFFIX | _TITLE) for word in re.split("[ .&]+", parts[-1].strip(" .&"))
    ):
        parts.pop()
    return f"{parts[1]} {parts[0]}" if len(parts) == 2 else " ".join(parts)


def _with_neighbours(entries: list[_Entry]) -> tuple[Token, ...]:
    entries = [entry for entry in entries if entry.tokens]
    if not any(entry.roles for entry in entries):
        return tuple([token for entry in entries for token in entry.tokens])
    found, entries = _without_titles(_with_phrases(entries))
    if len(entries) == 1 and entries[0].roles & _UNSPACED:
        return (*found, *_family_first(entries[0].key))
    place = 0
    while place < len(entries):
        if entries[place].roles:
            place = _join(found, entries, place)
        else:
            found += entries[place].tokens
            place += 1
    if not any(token.kind is Kind.WORD for token in found):
        found = [
            token._replace(kind=Kind.WORD) if token.kind in (Kind.PARTICLE, Kind.GENERIC) else token for token in found
        ]
    return tuple(found)


def _with_phrases(entries: list[_Entry]) -> list[_Entry]:
    """Take titles of two words (His Excellency) together."""
    for place in range(len(entries) - 2, -1, -1):
        if entries[place].roles & _PHRASE:
            key = f"{entries[place].key}_{entries[place + 1].key}"
            if key in _known_roles():
                both = entries[place].tokens + entries[place + 1].tokens
                entries[place : place + 2] = [_Entry(key, both, _known_roles()[key])]
    return entries


def _without_titles(entries: list[_Entry]) -> tuple[list[Token], list[_Entry]]:
    """Drop titles at both ends as far as a name remains; those that may be a name are kept and count little."""
    names = sum(_is_name(entry) for entry in entries)
    end = len(entries)
    while end > 1 and entries[end - 1].roles & (_SUFFIX | _TITLE):
        left = names - _is_name(entries[end - 1])
        if left < (1 if entries[end - 1].key >= "\u2e80" else 2):
            break
        names, end = left, end - 1
    kept: list[Token] = []
    start = 0
    while start < end - 1 and entries[start].roles & (_TITLE | _HONORIFIC | _DOUBTFUL):
        entry = entries[start]
        left = names - _is_name(entry)
        if left < 1 or (entry.roles & _DOUBTFUL and left < 2):
            break
        if not entry.roles & _TITLE and (left < 2 or entry.roles & _DOUBTFUL):
            kept += [token._replace(kind=Kind.GENERIC) for token in entry.tokens]
        names, start = left, start + 1
    return kept, entries[start:end]


def _is_name(entry: _Entry) -> bool:
    """Whether a word can stand for somebody alone."""
    return not entry.roles & (_PARTICLE | _TITLE | _SUFFIX) and entry.tokens[-1].kind is Kind.WORD


def _join(found: list[Token], entries: list[_Entry], place: int) -> int:
    """Add a word that depends on its neighbours to the tokens found so far; tell where the next one stands."""
    entry = entries[place]
    following = entries[place + 1] if place + 1 < len(entries) else None
    if following is not None and _is_half(entry, following):
        text = "abubakr" if entry.roles & _FATHER else entry.tokens[0].text + following.tokens[0].text
        found.append(_word(text, entry))
        return place + 2
    if entry.roles & _SERVANT and (found or following is not None):
        return _servant(found, entries, place)
    if not (entry.roles & (_RELIGION | _GOD) and _ended(found, entry)):
        kind = Kind.PARTICLE if _is_particle(entries, place) else Kind.GENERIC if _is_honour(entries, place) else None
        found += entry.tokens if kind is None else [token._replace(kind=kind) for token in entry.tokens]
    return place + 1


def _is_half(entry: _Entry, following: _Entry) -> bool:
    """Whether two words are one: Mc Donald, O Neil, Abu Bakr."""
    roles = person_words().roles
    return (
        (bool(entry.roles & _MAC) and len(following.key) > 3)
        or (bool(entry.roles & _IRISH_O) and following.key in roles["irish"])
        or (bool(entry.roles & _FATHER) and following.key in roles["bakr"])
    )


def _servant(found: list[Token], entries: list[_Entry], place: int) -> int:
    """Write `Abdul`, `Abd al-` and the like in one way."""
    entry = entries[place]
    following = entries[place + 1 : place + 2]
    if following and following[0].roles & _GOD:
        found.append(_word("abdullah", entry))
        return place + 2
    found.append(entry.tokens[0]._replace(text="abd"))
    if following and following[0].tokens[0].kind is Kind.PARTICLE:  # Arabic writes its article and the word together
        found += following[0].tokens[1:]
        return place + 2
    article = place + 2 < len(entries) and following[0].key in person_words().roles["after_servants"]
    return place + 2 if article else place + 1


def _ended(found: list[Token], entry: _Entry) -> bool:
    """Write `Salah al-Din` and `Habib Ullah` as one word, if a word stands before."""
    article = bool(found) and found[-1].kind is Kind.PARTICLE
    stem = found[-2:-1] if article else found[-1:]
    if (
        not stem
        or stem[0].kind is not Kind.WORD
        or stem[0].text == "abd"
        or (entry.key in ("din", "deen") and not article)
    ):
        return False
    del found[-2 if article else -1 :]
    ending = "ullah" if entry.roles & _GOD else "uddin"
    if entry.tokens[0].origin is Origin.ABJAD:  # whose text has no short vowels
        ending = entry.tokens[0].text.removeprefix("al" if entry.roles & _RELIGION else "")
    found.append(_word(stem[0].text + ending, entry))
    return True


def _is_particle(entries: list[_Entry], place: int) -> bool:
    entry = entries[place]
    if entry.roles & _PARTICLE:
        return True
    if place + 1 == len(entries):
        return False
    if entry.roles & _ARTICLE and entries[place + 1].key.startswith(entry.key[1:]):
        return place > 0 or entry.key != "an"  # which is a name at the beginning (An Nguyen)
    return place > 0 and bool(entry.roles & (_BETWEEN | _BEN))


def _is_honour(entries: list[_Entry], place: int) -> bool:
    """Whether an honorific stands between names, as in Abu Halvren Sheikh Ali."""
    return bool(entries[place].roles & (_HONORIFIC | _TITLE)) and 0 < place < len(entries) - 1


def _family_first(key: str) -> tuple[Token, ...]:
    """Part a Chinese or Korean name of two to four signs into family and given name."""
    size = 2 if key[:2] in person_words().roles["double_families"] or len(key) == 4 else 1
    read = [(part, *romanise(part)) for part in (key[:size], key[size:]) if part]
    return tuple(Token(text, Kind.WORD, origin, 0, part) for part, text, origin in read if text)


def _entry(word: str) -> _Entry:
    """What is known of a word; worked out once."""
    word = cut(word)
    token = _plain.get(word)
    entry = _entries.get(word)
    if entry is not None:
        return entry
    if token is not None:
        return _Entry(word, (token,), 0)
    if len(_entries) + len(_plain) >= _KEPT:
        _entries.clear()
        _plain.clear()
    entry = _worked_out(word)
    plain = not entry.roles and len(entry.tokens) == 1
    if plain:
        _plain[word] = entry.tokens[0]
    if not plain or entry.key != word:
        _entries[word] = entry
    return entry


@cache
def _known_roles() -> dict[str, int]:
    """Roles by key; those of a phrase by its words with `_` between, its first word marked as such."""
    roles = dict(_ALONE)
    for heading, role in _HEADINGS.items():
        for key in person_words().roles[heading]:
            roles[key] = roles.get(key, 0) | role
            if "_" in key:
                first = key.split("_")[0]
                roles[first] = roles.get(first, 0) | _PHRASE
    return roles


def _worked_out(word: str) -> _Entry:
    if word.isascii() and word.isalpha():
        roles = _known_roles().get(word, 0) or (_SERVANT if _is_misspelt_servant(word) else 0)
        return _Entry(word, (_named(word, word, Origin.LATIN),) if roles else _parts(word, word, Origin.LATIN), roles)
    word = _letters_for_digits(word)
    if honoured := _HONOURED.fullmatch(word):
        word = honoured[1]
    key = key_of(word)
    text, origin = romanise(word)
    roles = _known_roles().get(key, 0)
    if origin in (Origin.HAN, Origin.HANGUL) and 1 < len(word) < 5:
        roles |= _UNSPACED
    if not text:
        return _Entry(key, (), 0)
    return _Entry(key, (_named(key, text, origin),) if roles else _parts(key, text, origin), roles)


def _is_misspelt_servant(word: str) -> bool:
    """Whether a word is one slip away from Abdul, Abdur or Abdel, which one in ten listed names has, and no name of its own."""
    if (
        not 5 <= len(word) <= 6
        or word[0] != "a"
        or word in person_words().given
        or (len(word) == 6 and word[-1] in "aeio")
    ):
        return False
    return min(OSA.distance(word, known, score_cutoff=1) for known in ("abdul", "abdur", "abdel")) == 1


def _named(key: str, text: str, origin: Origin) -> Token:
    """The token of a word that is one."""
    if text.isdigit():
        return Token(text.lstrip("0") or "0", Kind.NUMBER, origin, 0)
    initial = (len(key) == 1 and origin <= Origin.ABJAD) or (len(key) == 2 and key in person_words().roles["initials"])
    printed = key if origin in (Origin.HAN, Origin.HANGUL) else ""
    return Token(text, Kind.INITIAL if initial else Kind.WORD, origin, person_words().given.get(key, 0), printed)


def _word(text: str, like: _Entry) -> Token:
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
    if not digits or 2 * digits >= len(word) or not word.isascii():
        return word
    signs = list(word.translate(_DIGITS))
    for place, sign in enumerate(signs):
        if sign == "1":
            around = {*signs[max(place - 1, 0) : place], *signs[place + 1 : place + 2]}
            signs[place] = "l" if around & _VOWELS else "i"
    return "".join(signs)
