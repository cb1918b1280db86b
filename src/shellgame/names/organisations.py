"""The words of an organisation's name: legal forms, places, numbers and generic words told from the telling ones."""

from __future__ import annotations

import re
from typing import NamedTuple

from shellgame.names.folding import MOST_WORDS, cut, key_of
from shellgame.names.roman import ROMAN
from shellgame.names.scripts import romanise
from shellgame.names.token import Kind, Origin, Token
from shellgame.names.vocabulary import Meaning, Phrase, organisation_words, person_words

_DOTTED = re.compile(r"(?<!\w)\w(?:\.\w)+(?!\w)")
"""L.L.C, S.p.A, U.S.A: one word."""
_TWO_LETTERS_AND = re.compile(r"\b(?!co\b)(\w{1,2})\s*&\s*(?!co\b)(\w{1,2})\b")
"""H & M, AT&T: one word."""
_SEPARATORS = re.compile(r"""[,()/"]""")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)?")
_ANOTHER = re.compile(
    r" *(?:(?:[afn][./]? ?k[./]? ?a|d[./]?b[./]?a|t/a)\b"
    r"|(?:formerly|previously|also known|known as|trading as|doing business|in liquidation|dissolved)\b)"
)
"""In brackets it begins another name, or a remark."""
_SIGNS_OF_FORMS = {"주": " 주식회사 ", "유": " 유한회사 ", "株": " 株式会社 ", "有": " 有限会社 "}
"""Korean and Japanese forms as a single sign in brackets."""
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|й|я|ое|ый|ая)")
_NUMBERED = re.compile(r"(?:no|nr|n)(\d+)")
_DISGUISED = re.compile(r"(?=(?:\d{0,2}[a-z]){4})[a-z]+(?:[0-58]{1,2}[a-z]+)+")
_LETTERS = str.maketrans("0123458", "olzeasb")
_FORMS_IN_FRONT = frozenset(
    {"as", "ab", "oy", "pt", "ao", "ip", "ou", "sa", "nv", "bv", "ад", "ао", "ат", "ақ", "дп", "ип", "пп", "уп", "чп"}
)
_CONJUNCTIONS = frozenset("yeiaoиіу")
_ARABIC_PREFIXES = ("وال", "ولل", "بال", "لل", "ال", "و", "ل", "")
_LEAST_MISSPELT = 6
"""Letters of the shortest word that a slip can make of a known one."""
_KEPT = 1 << 18


class _Entry(NamedTuple):
    """What is known of a word by itself.

    Attributes:
        key: The word as the vocabulary has it.
        token: What becomes of it; None if it only joins.
        phrases: Phrases that begin with it.
        plain: Whether its neighbours change nothing.
    """

    key: str
    token: Token | None
    phrases: tuple[Phrase, ...]
    plain: bool


_plain: dict[str, Token] = {}
"""Words that are one token whatever their neighbours."""
_entries: dict[str, _Entry] = {}
"""All words that were met."""


def tokens(text: str) -> tuple[Token, ...]:
    """Analyse the folded name of an organisation; see `shellgame.names.analysis.analyse`."""
    if _SEPARATORS.search(text):
        bare = _SEPARATORS.sub(" ", _IN_BRACKETS.sub(_without_note, text))
        text = bare if bare.strip() else _SEPARATORS.sub(" ", text)
    if "&" in text:
        text = _TWO_LETTERS_AND.sub(r"\1\2", text).replace("&", " ")
    if "." in text:
        text = _DOTTED.sub(lambda match: match[0].replace(".", ""), text).replace(".", " ")
    words = text.split()[:MOST_WORDS]
    try:
        return tuple([_plain[word] for word in words])
    except KeyError:
        return _with_neighbours(words)


def _without_note(match: re.Match[str]) -> str:
    """What stands in brackets, if it is of the name."""
    inside = match[1]
    return " " if _ANOTHER.match(inside) else _SIGNS_OF_FORMS.get(inside.strip()) or f" {inside} "


def _with_neighbours(words: list[str]) -> tuple[Token, ...]:
    entries: list[_Entry] = []
    for word in words:
        entry = _entries.get(word)
        if entry is None:
            entries += _entries_of(word)
        else:
            entries.append(entry)
    kept = [entry for entry in entries if entry.token is not None] or entries
    found: list[Token] = []
    place = 0
    while place < len(kept):
        token = kept[place].token
        if kept[place].plain:
            place += 1
        else:
            token, place = _next(kept, place, found)
        if token is not None and token.text:
            found.append(token)
    return tuple(found)


def _next(entries: list[_Entry], place: int, found: list[Token]) -> tuple[Token | None, int]:
    """Read the word at a place together with those that follow."""
    entry = entries[place]
    phrase = _phrase(entries, place)
    if phrase is not None:
        text = "".join([romanise(key)[0] for key in phrase.keys])
        return _token(phrase.meaning, text, _origin(entry)), place + len(phrase.keys)
    end = place
    while end < len(entries) and len(entries[end].key) == 1 and entries[end].key.isalpha():
        end += 1
    if end - place > 1:
        letters = "".join([each.key for each in entries[place:end]])
        return _entry(letters).token or Token(romanise(letters)[0], Kind.WORD, _origin(entry), 0), end
    return _alone(entries, place, found), place + 1


def _is_form(entry: _Entry) -> bool:
    return entry.token is not None and entry.token.kind is Kind.FORM


def _is_number(entry: _Entry) -> bool:
    return entry.token is not None and entry.token.kind is Kind.NUMBER


def _ends(entries: list[_Entry], place: int) -> bool:
    """Whether only forms, generic words, places and numbers follow."""
    while place < len(entries):
        entry = entries[place]
        phrase = _phrase(entries, place)
        if phrase is not None and phrase.meaning.kind is not Kind.WORD:
            place += len(phrase.keys)
        elif entry.key in ROMAN or entry.token is None or entry.token.kind is not Kind.WORD:
            place += 1
        else:
            return False
    return True


def _phrase(entries: list[_Entry], place: int) -> Phrase | None:
    """The longest known phrase at a place."""
    for phrase in entries[place].phrases:
        if [entry.key for entry in entries[place : place + len(phrase.keys)]] == phrase.keys:
            return phrase
    return None


def _alone(entries: list[_Entry], place: int, found: list[Token]) -> Token | None:
    """Read a word whose meaning depends on where it stands."""
    entry = entries[place]
    token = entry.token
    if token is None:
        return Token(romanise(entry.key)[0], Kind.GENERIC, _origin(entry), 0)
    last = place + 1 == len(entries)
    if entry.key in ROMAN and found and (last or _ends(entries, place + 1) or len(entry.key) > 1):
        return Token(str(ROMAN[entry.key]), Kind.NUMBER, token.origin, 0)
    if entry.key == "n" and not last and _is_number(entries[place + 1]):  # N° 5
        return token._replace(kind=Kind.GENERIC)
    if entry.key in _CONJUNCTIONS and not last and not _is_form(entries[place + 1]):
        return None if found or entry.key == "a" else token
    if token.kind is Kind.FORM and len(entry.key) < 3:
        fits = _ends(entries, place + 1) if found else entry.key in _FORMS_IN_FRONT and not last
        return token if fits else Token(romanise(entry.key)[0], Kind.WORD, token.origin, 0)
    return token


def _entries_of(word: str) -> tuple[_Entry, ...]:
    if word[0] >= "\u2e80" or (len(word) > 1 and word[-1] >= "\u2e80"):
        return tuple(_entry(part) for part in _unspaced(cut(word)))
    if not word.isalpha() and (numbered := _NUMBERED.fullmatch(word)):
        return _entry("no"), _entry(numbered[1])
    return (_entry(word),)


def _unspaced(word: str) -> list[str]:
    """Part a Chinese, Japanese or Korean name into known words and what stands between."""
    known = organisation_words().unspaced
    parts: list[str] = []
    start = place = 0
    while place < len(word):
        length = next(
            (size for size in range(min(10, len(word) - place), 1, -1) if word[place : place + size] in known), 0
        )
        if not length:
            place += 1
            continue
        if start < place:
            parts.append(word[start:place])
        parts.append(word[place : place + length])
        start = place = place + length
    return [*parts, word[start:]] if start < len(word) else parts


def _entry(word: str) -> _Entry:
    """What is known of a word; worked out once."""
    word = cut(word)
    entry = _entries.get(word)
    if entry is None:
        if len(_entries) >= _KEPT:
            _entries.clear()
            _plain.clear()
        entry = _entries[word] = _worked_out(word)
        if entry.plain and entry.token is not None:
            _plain[word] = entry.token
    return entry


def _worked_out(word: str) -> _Entry:
    known = organisation_words()
    key = key_of(word)
    if not key.isalpha():
        key = _spelt(key)
    text, origin = romanise(word if key == word else key)
    meaning = known.words.get(key)
    if meaning is None and len(key) >= _LEAST_MISSPELT and (meant := known.slips.word_of(key)):
        return _worked_out(meant)
    if meaning is None and origin is Origin.ABJAD:
        meaning = _arabic_meaning(key)
        if meaning is None and key.startswith("ال") and len(key) > 4 and key not in person_words().roles["no_article"]:
            text = romanise(key[2:])[0] or text
    phrases = known.phrases.get(key, ())
    if meaning is None:
        if text.isdigit():
            token = Token(text.lstrip("0") or "0", Kind.NUMBER, Origin.LATIN, 0)
        elif (
            not text.isalpha() and sum(map(str.isdigit, text)) > 1
        ):  # 6M112: the number of a fund, a model, a plot of land
            token = Token(text, Kind.NUMBER, Origin.LATIN, 0)
        elif len(key) == 1 and origin <= Origin.ALPHABET:
            token = Token(text, Kind.INITIAL, origin, 0)
        else:
            token = Token(text, Kind.WORD, origin, 0)
        return _Entry(
            key, token, phrases, not phrases and token.kind is not Kind.INITIAL and key not in ROMAN and bool(text)
        )
    if meaning.dropped:
        return _Entry(key, None, phrases, False)
    token = _token(meaning, text, origin)
    short = meaning.kind is Kind.FORM and len(key) < 3
    return _Entry(key, token, phrases, not (phrases or short or len(key) == 1 or key in ROMAN or not text))


def _spelt(key: str) -> str:
    """Read ordinals as numbers, Unicode's digits as ours, and digits between letters as the letters that they pass for."""
    if key.isdecimal():
        return "".join(str(int(digit)) for digit in key)
    if ordinal := _ORDINAL.fullmatch(key):
        return ordinal[1]
    if len(key) > 4 and _DISGUISED.fullmatch(key):
        return key.translate(_LETTERS)
    return key


def _arabic_meaning(key: str) -> Meaning | None:
    """The meaning of an Arabic word that is written together with an article or preposition, or is the adjective of one."""
    words = organisation_words().words
    stems = [key[len(prefix) :] for prefix in _ARABIC_PREFIXES if key.startswith(prefix)]
    for stem in (*stems, *(stem.removesuffix("يه") for stem in stems if stem.endswith("يه"))):
        if stem in words:
            return words[stem]
    return None


def _token(meaning: Meaning, text: str, origin: Origin) -> Token:
    return Token(meaning.text or text, meaning.kind, origin, meaning.group)


def _origin(entry: _Entry) -> Origin:
    return entry.token.origin if entry.token is not None else romanise(entry.key)[1]
