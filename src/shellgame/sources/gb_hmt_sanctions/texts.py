"""Free text of the Consolidated List taken apart: numbered lists, papers written out in words, labelled remarks.

One cell often holds several values, numbered `(1) … (2) …`, `1) … 2) …`, `(a) … (b) …`, or `(1)-(2) …` where two share
one. A paper is a sentence: `L335915 (Tunisian). Issued in Milan on 8 Nov 1996. Expired on 7 Nov 2001`. Nothing here
guesses: what does not fit is handed back as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from shellgame.model.days import partial_day
from shellgame.names.countries import country_code

_MARK = re.compile(r"(?<![\w)])\(?([0-9]{1,2}|[A-Ha-h])\)(?:\s*(?:-|to)\s*\(?([0-9]{1,2}|[A-Ha-h])\))?[:.]?")
_DAY = r"(?:\d{1,2}[ ./-](?:[A-Za-z]{3,9}|\d{1,2})[ ./-]\d{4}|[A-Za-z]{3,9} \d{4})"
_ISSUED = re.compile(rf"(?i)(?:issued|date of issue)\b(?:(?!expir|valid)[^;])*?\b({_DAY})")
_EXPIRES = re.compile(rf"(?i)(?:expir\w+|expiry|valid until)\b(?: date| on| of)*:?\s*({_DAY})")
_CLAUSE = re.compile(r"(?i)[\s,.;(]*\b(?:issued|expir|valid|date of|place of|under (?:the )?name|revoked)|\s*\((?!no)")
_PRINTED_NUMBER = (
    r"(?:[A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z]|"  # an Italian fiscal code
    r"(?:\([A-Z]\) ?)?(?:[A-Z]{1,5}[-/ ]{0,2})?(?:[A-Z]{1,3}[-/ ])?\d(?:[\dA-Z/]|[ .-](?=[\dA-Z]))*)"
)
_WORD = r"(?:CAR|DRC|DPRK|US|UAE|UK|USA|NI|SSN|ID|[A-Z'.:,#()-]*[a-z][A-Za-z'.:,#()-]*)"
# Possessive, since the same dots can end a word or part two, and trying every way would take for ever.
_HEAD = re.compile(rf"(?>{_WORD}[ .:]+)*+(?P<number>{_PRINTED_NUMBER})[.,]?")
_STUCK = re.compile(r"(?i)\b(no|number)([.:]+)(?=[A-Z\d])")
_LONG_NUMBER = re.compile(r"(?<![.\d/])\b[A-Z]{0,3}\d{6,}\b(?![.\d/]*\d)")
_BRACKET = re.compile(r"\(([A-Z][A-Za-z .'-]+?)(?: (?:passport|national|citizen|civil|identity)[^)]*)?\)")
_LABEL_WORD = re.compile(
    r"(?i)\b(?:passports?|numbers?|nos?|nr|id|card|identity|identification|national|civil|ration|diplomatic|service|"
    r"travel|document|social security|ssn|armed forces|military|holder|of|the|fiscal|code)\b|[.:,#()]"
)
_LABELLED = re.compile(r"\((?P<label>[A-Z][A-Za-z /-]{2,60})\)\s?:")
_UN_REFERENCE = r"(?:[A-Z]{2}[eiEI]\. ?\d{3}|[QT][IE]\.[A-Z]\.\d{1,3}\.\d{2}|E\.\d{1,3}\.[IVX]+\.\d{1,2})"
UN_REFERENCE = re.compile(rf"\b{_UN_REFERENCE}(?!\d)")
_OWN_REFERENCE = re.compile(
    rf"(?i:\bUN\.?\s*(?:listing\W*)?ref(?:erence)?\b)[\s.:]*(?i:no\b|number)?[\s.:]*({_UN_REFERENCE})(?!\d)"
)


class Paper(NamedTuple):
    """A paper read from a sentence; days are ISO, what is not told is empty."""

    number: str
    country: str
    issued: str
    expires: str


def _ordinal(mark: str) -> int:
    return int(mark) if mark.isdigit() else ord(mark.lower()) - ord("a") + 1


def split_list(text: str) -> tuple[str, list[str]]:
    """Split a numbered list into what stands before its first number, and its items; empty ones and `-` are left out.

    Example:
        >>> split_list("(1) Somali (2) Swedish"), split_list("a) General, b) Minister")
        (('', ['Somali', 'Swedish']), ('', ['General', 'Minister']))
        >>> split_list("Tel +963 (11) 9962")
        ('', ['Tel +963 (11) 9962'])
    """
    marks: list[re.Match[str]] = []
    expected = 1
    for mark in _MARK.finditer(text):
        if _ordinal(mark[1]) == expected:
            marks.append(mark)
            expected = _ordinal(mark[2] or mark[1]) + 1
    if not marks or (len(marks) == 1 and text[: marks[0].start()].strip()):
        return "", [text.strip()] if text.strip(" -") else []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    items = [text[mark.end() : end].strip(" ,;") for mark, end in zip(marks, ends, strict=True)]
    return text[: marks[0].start()].strip(), list(dict.fromkeys(item for item in items if item.strip(" -.")))


def items_of(text: str) -> list[str]:
    """The values of a cell: the items of a numbered list, or the whole text where something stands before the list."""
    before, items = split_list(text)
    return [text.strip()] if before else items


def paper_of(sentence: str) -> Paper | None:
    """Read number, country and days of one paper; None where the sentence holds no number that can be told for sure.

    Example:
        >>> paper_of("L000001 (Tunisian). Issued in Milan on 8 Nov 1996. Expired on 7 Nov 2001")
        Paper(number='L000001', country='tn', issued='1996-11-08', expires='2001-11-07')
        >>> paper_of("see the annex") is None
        True
    """
    sentence = _STUCK.sub(r"\1\2 ", sentence)
    head = _CLAUSE.split(sentence, maxsplit=1)[0].strip()
    match = _HEAD.fullmatch(head)
    if match is None or _LONG_NUMBER.search(sentence[match.end("number") :]):  # two papers in one sentence
        return None
    words = " ".join(_LABEL_WORD.sub(" ", head[: match.start("number")]).split())
    bracket = _BRACKET.search(sentence)
    country = country_code(bracket[1]) if bracket else None
    issued, expires = (_day(pattern, sentence) for pattern in (_ISSUED, _EXPIRES))
    return Paper(match["number"], country or (country_code(words) if words else None) or "", issued, expires)


def _day(pattern: re.Pattern[str], sentence: str) -> str:
    match = pattern.search(sentence)
    return (partial_day(match[1].replace("-", "/")) or partial_day(match[1]) or "") if match else ""


def labelled_parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield label and text of each part of `(Label):text (Label):text`; what stands before the first label has none.

    Example:
        >>> list(labelled_parts("Also known as Q. (UN Ref):QDi.000 (Gender):Male"))
        [('', 'Also known as Q.'), ('UN Ref', 'QDi.000'), ('Gender', 'Male')]
    """
    label, start = "", 0
    for match in _LABELLED.finditer(text):
        if part := text[start : match.start()].strip():
            yield label, part
        label, start = match["label"].strip(), match.end()
    if part := text[start:].strip():
        yield label, part


def own_references(text: str) -> list[str]:
    """UN references that a remark gives as the party's own: `UN Ref QDi.000`.

    Example:
        >>> own_references("UN Ref. QDe.001. Listed with QDe.002."), own_references("Un Ref: QI.A.1.01.")
        (['QDe.001'], ['QI.A.1.01'])
    """
    return list(dict.fromkeys(map(plain_reference, _OWN_REFERENCE.findall(text))))


def plain_reference(printed: str) -> str:
    """Write a UN reference as the UN does.

    Example:
        >>> plain_reference("QDI. 378")
        'QDi.378'
    """
    tight = printed.replace(" ", "")
    return tight[:2] + tight[2].lower() + tight[3:] if tight[2] in "EI" and tight[3] == "." else tight
