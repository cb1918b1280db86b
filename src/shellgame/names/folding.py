"""The printed text of a name into plain words: case, invisible characters, Unicode form, punctuation and look-alikes put aside."""

from __future__ import annotations

import re
import unicodedata

from shellgame.names.scripts import romanise
from shellgame.names.token import Origin

_APOSTROPHES = frozenset("'`´‘’‛′ʹʺʻʼʽʾʿˈˊˋ՚׳״ꞌ＇\u0313\u0314\u0343")
"""Deleted inside words: O'Neil, Sa`id, Xi'an are printed with any of them or none."""
_READING_AIDS = re.compile("[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
"""Vowel points of Hebrew and Arabic and the stretching stroke: printed or left out at will."""
_INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
"""What shows nothing without being of Unicode's category Cf, which is dropped too."""
_LOOSE_ACCENT = re.compile("(?:^| )[\u0300-\u036f]+")
"""What compatibility forms make of an accent that stands alone, as in O´Neil."""
_INSIDE = re.compile(r'(?<=[^\W\d_])"(?=[^\W\d_])')
"""A quotation mark inside a word: an abbreviation in Hebrew, an apostrophe in Ukrainian."""
_TRADE_MARKS = re.compile("[™℠®©]")
_LONGEST_WORD = 64
MOST_WORDS = 64
"""Words of a name that are read; whoever sends more sends no name."""


_ONE_OF = {
    **dict.fromkeys("،、﹐", ord(",")),
    **dict.fromkeys("([{<（［【「『〔《〈", ord("(")),
    **dict.fromkeys(")]}>）］】」』〕》〉", ord(")")),
    **dict.fromkeys("«»“”„‟〝〞＂", ord('"')),
}
"""Commas, brackets and quotation marks of all sorts."""
SIGNS = '.,&()/"'
"""Signs that tell something about the words around them."""


class _Signs(dict[int, int | None]):
    """What becomes of each sign: dropped (None), a space, or itself; worked out once for each that is met."""

    def __missing__(self, code: int) -> int | None:
        sign = chr(code)
        category = unicodedata.category(sign)
        became: int | None = code if category[0] in "LMN" else 32
        if category == "Cf" or sign in _APOSTROPHES or _READING_AIDS.match(sign) or _INVISIBLE.match(sign):
            became = None
        elif sign in _ONE_OF:
            became = _ONE_OF[sign]
        elif (category == "Cc" and not sign.isspace()) or sign == "\u30fc":
            became = code if sign == "\u30fc" else None
        if code < 0x3000:  # bounded: whoever sends every sign of Unicode shall not fill the memory
            self[code] = became
        return became


_SIGNS = _Signs({ord(sign): ord(sign) for sign in SIGNS})
_ASCII: dict[int, int | None] = {
    code: ord(chr(code).lower()) if chr(code).isalpha() else _SIGNS[code] for code in range(128)
}

_LIKE_LATIN = dict(
    zip(
        map(ord, "АВЕКМНОРСТУХІЈЅԀԚԜҺӀавекмнорстухіјѕԁԛԝһӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεηικμνορτυχγωϲ"),
        "ABEKMHOPCTYXIJSDQWHLabekmhopctyxijsdqwhlABEZHIKMNOPTYXabenikuvoptuxywc",
        strict=True,
    )
)
"""Cyrillic and Greek letters that pass for Latin ones, by the shape they are printed in: capital Nu is N, small nu is v."""
_LIKE_CYRILLIC = dict(zip(map(ord, "ABEKMHOPCTYXIJSabekmhopctyxijs"), "АВЕКМНОРСТУХІЈЅавекмнорстухіјѕ", strict=True))
_LIKE_GREEK = dict(zip(map(ord, "ABEZHIKMNOPTYXoviuapt"), "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονιυαρτ", strict=True))
LATIN, _CYRILLIC, _GREEK = (
    re.compile("[a-zA-Z\u00c0-\u02af\u1e00-\u1eff\ua720-\ua7ff]"),
    re.compile("[\u0400-\u052f]"),
    re.compile("[\u0370-\u03ff]"),
)
_WORD = re.compile(r"\w+")


def _one_script(match: re.Match[str]) -> str:
    """Fold the look-alikes of a word of several alphabets to the one that most of its telling letters belong to."""
    word = match[0]
    if not LATIN.search(word):
        return word
    cyrillic, greek = bool(_CYRILLIC.search(word)), bool(_GREEK.search(word))
    if not (cyrillic or greek):
        return word
    latin = len(LATIN.findall(word))
    foreign = [sign for sign in word if _CYRILLIC.match(sign) or _GREEK.match(sign)]
    telling = sum(ord(sign) not in _LIKE_LATIN for sign in foreign)
    if not telling or (latin > len(foreign) and telling < latin):
        return word.translate(_LIKE_LATIN)
    return word.translate(_LIKE_CYRILLIC if cyrillic else _LIKE_GREEK)


def _latin_after_all(text: str) -> str:
    """Fold words wholly of Cyrillic or Greek look-alikes where all other words of the name are Latin."""
    words = _WORD.findall(text)
    disguised = [all(ord(sign) in _LIKE_LATIN for sign in word) for word in words]
    if not any(disguised) or all(disguised):
        return text
    if not all(hidden or LATIN.search(word) for word, hidden in zip(words, disguised, strict=True)):
        return text
    hidden = {word for word, hidden in zip(words, disguised, strict=True) if hidden and len(word) > 2}
    return _WORD.sub(lambda match: match[0].translate(_LIKE_LATIN) if match[0] in hidden else match[0], text)


def fold(name: str) -> str:
    """Make a name's text comparable: small letters, digits, spaces and the signs `.,&()/"`, which still tell something.

    Equal for the same name in other case, white space and Unicode form, and with or without invisible characters, vowel points,
    and apostrophes. Letters keep their script and their accents. Costs half a microsecond for ASCII, some five else.

    Example:
        >>> fold("O’Neil,\u00a0 J.F."), fold("Ｍüller"), fold("Раypal")
        ('oneil,  j.f.', 'müller', 'paypal')
    """
    if name.isascii():
        return (_INSIDE.sub("", name) if '"' in name else name).translate(_ASCII)
    text = unicodedata.normalize("NFKC", _TRADE_MARKS.sub(" ", name)).replace("ı", "i").replace("ß", "ss")
    if '"' in text:
        text = _INSIDE.sub("", text)
    text = _LOOSE_ACCENT.sub("", text).translate(_SIGNS)
    if LATIN.search(text) and (_CYRILLIC.search(text) or _GREEK.search(text)):
        text = _latin_after_all(_WORD.sub(_one_script, text))
    text = unicodedata.normalize("NFKC", text.upper().casefold().replace("i\u0307", "i"))
    return text.translate(_SIGNS)


VARIANTS = str.maketrans("أإآٱىیېکةۀہەھؤئё", "اااايييكهههههويе")
"""Letters of which one is printed for the other at will."""
BLANK = str.maketrans(SIGNS, " " * len(SIGNS))
"""Takes these signs away."""


def key_of(word: str) -> str:
    """Write a folded word as it is compared letter for letter: Latin without accents, others in their script without variants.

    A vowel sign of Burmese or Hindi is a part of its word, and Й is another letter than И.
    """
    if word.isascii():
        return word
    text, origin = romanise(word)
    return text if origin is Origin.LATIN else word.translate(VARIANTS)


def folded_words(text: str) -> str:
    """The words of any text as keys, with single spaces between them: what is equal here was meant to be the same.

    Example:
        >>> folded_words("ŁUKASZ  Müller-Żak"), folded_words("Сергей ФЁДОРОВ"), folded_words("မင်းအောင်")
        ('lukasz muller zak', 'сергей федоров', 'မင်းအောင်')
    """
    words = fold(text).translate(BLANK).split()
    return " ".join(words if text.isascii() else filter(None, map(key_of, words)))


def cut(word: str) -> str:
    """Keep the beginning of a word that is longer than any word is."""
    return word[:_LONGEST_WORD]
