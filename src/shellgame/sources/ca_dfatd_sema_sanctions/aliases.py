"""The Aliases element: several names in one text, with whatever separators whoever drew up the regulation used.

Semicolons always separate, and so do the language labels (`Russian: …`), which tell the language. Commas mostly do, but also stand
inside names (`Dye Works, Inc.`, `Образец, АО`) and lists of words (`культуры, спорта`). ` or `, ` and ` and `/` separate names in
one place and variants of one word in another (`Nikolay or Nikolai Example`). Where it is not plain which, the text stays whole
and is counted: a wrong name in a list of names is worse than a long one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from shellgame.sources.wording import is_latin

_LANGUAGES = {
    "russian": "rus", "belarusian": "bel", "belarussian": "bel", "ukrainian": "ukr", "arabic": "ara", "hebrew": "heb",
    "french": "fra", "persian": "fas", "farsi": "fas", "chinese": "zho", "burmese": "mya", "armenian": "hye", "korean": "kor",
    "spanish": "spa", "romanian": "ron", "english": "eng",
}  # fmt: skip
_LABEL = re.compile(rf"(?<![\s,;(])[\s,;(]*\b({'|'.join(_LANGUAGES)})\s*:\s*", re.IGNORECASE)
_LEGAL_FORMS = frozenset({
    "llc", "llp", "jsc", "pjsc", "ojsc", "cjsc", "pao", "oao", "zao", "ooo", "ao", "fsue", "fgup", "ltd", "limited", "inc", "corp",
    "co", "plc", "gmbh", "sa", "ag", "sarl", "sau", "bv", "nv", "pte", "ао", "ооо", "оао", "пао", "зао", "сао", "ак", "мк", "фгуп",
    "фгбу", "фгбоу", "фгаоу", "нао", "ано", "гуп", "муп", "тоо", "чуп", "уп", "лтд",
})  # fmt: skip
_GENERIC = re.compile(
    r"(?:(?:открытое|закрытое|публичное|страховое) )?акционерное общество|общество с ограниченной ответственностью"
    r"|некоммерческое партнерство|(?:public |open |closed )?joint[ -]stock company|limited liability company|company limited"
    r"|co\.?,? ltd\.?",
    re.IGNORECASE,
)
_CONNECTED = re.compile(r"\s+(?:or|and)\s+|\s*/\s*", re.IGNORECASE)
_LEADING = re.compile(r"^(?:and|or|a\.k\.a\.?|aka)\s+", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the |l['’]|al-|el-)", re.IGNORECASE)
_LONG_LIST = 3


@dataclass
class Aliases:
    """The names of one Aliases element.

    Attributes:
        names: Each with its language where a label tells it.
        ambiguous: Texts that were kept whole because it is not plain whether and where they separate.
    """

    names: list[tuple[str, str | None]] = field(default_factory=list)
    ambiguous: list[str] = field(default_factory=list)


def split_aliases(text: str, *, person: bool) -> Aliases:
    """Take an Aliases element apart.

    Example:
        >>> split_aliases("KDW, 样品有限公司; Dye Works, Inc.", person=False).names
        [('KDW', None), ('样品有限公司', None), ('Dye Works, Inc.', None)]
        >>> split_aliases("Anna Exampel, Russian: Анна Пример", person=True).names
        [('Anna Exampel', None), ('Анна Пример', 'rus')]
        >>> split_aliases("Nikolay or Nikolai Example", person=True).ambiguous
        ['Nikolay or Nikolai Example']
    """
    found = Aliases()
    for words, language in _by_label(" ".join(text.split())):
        for piece in words.split(";"):
            names, ambiguous = _persons(piece) if person else _entities(piece)
            found.names += [(name, language) for each in names if (name := _clean(each))]
            found.ambiguous += ambiguous
    return found


def _by_label(text: str) -> list[tuple[str, str | None]]:
    pieces = _LABEL.split(text)
    labelled = zip(pieces[2::2], pieces[1::2], strict=True)
    return [(pieces[0], None), *((words, _LANGUAGES[label.lower()]) for words, label in labelled)]


def _persons(piece: str) -> tuple[list[str], list[str]]:
    parts = [part for part in re.split(r"\s*,\s*", piece.strip(" ,")) if part]
    inverted = len(parts) == 2 and len(parts[0].split()) == 1 and len(parts[1].split()) > 1  # `Пример, Анна Олеговна`?
    if inverted and is_latin(parts[0]) == is_latin(parts[1]):
        return [piece], [piece.strip()]
    if any(_two_scripts(part) for part in parts) and len(parts) > 1:
        return [piece], [piece.strip()]
    names, ambiguous = [], []
    for part in (_LEADING.sub("", part) for part in parts):
        variants = [each for each in _CONNECTED.split(part) if each]
        if len(variants) > 1 and all(len(each.split()) > 1 for each in variants):
            names += variants
            continue
        names.append(part)
        ambiguous += [part] if len(variants) > 1 else []
    return names, ambiguous


def _two_scripts(text: str) -> bool:
    words = (word for word in text.split() if word.lower() not in ("and", "or"))
    scripts = {is_latin(word) for word in words if sum(letter.isalpha() for letter in word) > 2}
    return len(scripts) > 1


def _entities(piece: str) -> tuple[list[str], list[str]]:
    parts = _at_commas(piece.strip(" ,"))
    if parts is None:
        return [piece], [piece.strip()]
    names, ambiguous = [], []
    for position, part in enumerate(_LEADING.sub("", part) for part in parts):
        last_of_list = position == len(parts) - 1 and len(parts) >= _LONG_LIST
        split, unclear = _connected(part, last_of_list=last_of_list)
        names += split
        ambiguous += [part] if unclear else []
    return names, ambiguous


def _at_commas(piece: str) -> list[str] | None:
    """Cut at the commas that separate names; None where quotation marks that do not match hide which commas do."""
    quotes_match = piece.count('"') % 2 == 0
    parts, begin, depth, quoted = [], 0, 0, False
    for position, letter in enumerate(piece):
        depth += (letter in "(«“„") - (letter in ")»”")
        quoted ^= letter == '"' and quotes_match
        if letter == "," and depth <= 0 and not quoted:
            parts.append(piece[begin:position].strip())
            begin = position + 1
    parts.append(piece[begin:].strip())
    joined: list[str] = []
    for part in (part for part in parts if part):
        if joined and (_is_form(part) or _goes_on(part) or _is_form(joined[-1])):
            joined[-1] += f", {part}"
        else:
            joined.append(part)
    return None if len(joined) > 1 and not quotes_match else joined


def _is_form(text: str) -> bool:
    words = re.findall(r"\w+", text.lower())
    return bool(words) and (set(words) <= _LEGAL_FORMS or bool(_GENERIC.fullmatch(text.strip())))


def _goes_on(text: str) -> bool:
    first = next((letter for letter in text if letter.isalpha()), "")
    return first.islower() and not _ARTICLE.match(text) and not _LEADING.match(text)


def _connected(part: str, *, last_of_list: bool) -> tuple[list[str], bool]:
    pieces, begin = [], 0
    for match in _CONNECTED.finditer(part):
        before, after = part[begin : match.start()], part[match.end() :]
        if not _outside(part, match.start()) or not before or not after:
            continue
        word = match.group().strip().lower()
        if word == "and" and (is_latin(before.split()[-1]) or is_latin(after.split()[0])):
            if last_of_list:
                return [part], True
            continue
        if _is_form(before) or _is_form(after):
            return [part], True
        pieces.append(before)
        begin = match.end()
    return [*pieces, part[begin:]], False


def _outside(text: str, position: int) -> bool:
    before = text[:position]
    return sum(letter in "(«“„" for letter in before) <= sum(letter in ")»”" for letter in before)


def _clean(name: str) -> str:
    name = name.strip(" ,;:")
    if name.count("(") > name.count(")") and name.startswith("("):
        name = name[1:]
    if name.count(")") > name.count("(") and name.endswith(")"):
        name = name[:-1]
    return name.strip(" ,;:")
