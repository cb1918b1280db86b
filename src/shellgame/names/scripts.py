"""Words of any script in Latin letters.

Tables of our own for the scripts that lists use most: they meet the spellings that people see printed (Kim rather than
Gim), keep what the letters of an abjad can and cannot tell, and cost a microsecond. ICU reads the rest, at some fifty
microseconds a word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from icu import ICUError, Transliterator

from shellgame.names.token import Origin

_NOT_LATIN = re.compile(r"[^0-9a-z]+")
_CYRILLIC = re.compile(r"[\u0400-\u052f0-9]+")
_GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff0-9]+")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f0-9]+")
_HEBREW = re.compile(r"[\u0590-\u05ff0-9]+")
_HANGUL = re.compile(r"[\uac00-\ud7a30-9]+")
_ALPHABET = re.compile(r"[\u0370-\u058f\u10a0-\u10ff\u1c80-\u1cbf\u1f00-\u1fff\u2c00-\u2d2f]")
_ABJAD = re.compile(r"[\u0590-\u08ff]")
_HAN = re.compile(r"[\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BASIC_LATIN = re.compile(r"[a-z]")


def _table(letters: str, latin: str) -> dict[int, str]:
    """Pair the letters of a script with their Latin spellings; `-` is a letter that is left out."""
    return {ord(a): "" if b == "-" else b for a, b in zip(letters.split(), latin.split(), strict=True)}


_FROM_CYRILLIC = _table(
    "а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я",
    "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya",
) | _table(
    "і ї є ґ ў ђ ѓ ј љ њ ћ ќ џ ѕ ѐ ѝ ғ қ ҡ ң ҥ ө ү ұ һ ә җ ҙ ҫ ҳ ҷ ӣ ӯ ӑ ӗ ӳ ӱ ӧ ӟ ӯ",
    "i yi ye g w dj gj j lj nj c kj dz dz e i gh q k ng ng o u u h a j z s h j i u a e u u o z u",
)
_UKRAINIAN_ONLY, _BULGARIAN_ER = re.compile("[іїєґ]"), re.compile("(?<=[бвгджзйклмнпрстфхцчшщ])ъ(?![еёюяaиоу])")

_FROM_GREEK = _table(
    "α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ ς τ υ φ χ ψ ω",
    "a v g d e z i th i k l m n x o p r s s t y f ch ps o",
)
_GREEK_PAIRS = (
    ("γγ", "ng"),
    ("γκ", "gk"),
    ("γχ", "nch"),
    ("μπ", "b"),
    ("ντ", "nt"),
    ("ου", "ou"),
    ("αυ", "av"),
    ("ευ", "ev"),
    ("τζ", "tz"),
)

_FROM_ARABIC = _table(
    "ا أ إ آ ٱ ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ڤ ق ك ک گ ل م ن ه ة و ؤ ي ى ی ئ ء",
    "a a a a a b p t th j ch h kh d dh r z zh s sh s d t z e gh f v q k k g l m n h h w w y y y y -",
) | _table(
    "ڭ ڠ ڨ ڢ ۆ ۇ ۈ ۋ ې ێ ە ہ ھ ۀ ۂ ۃ ے ۓ ٹ ڈ ڑ ں ټ ډ ړ ږ ښ ځ څ ڼ ګ ڪ ۍ ڵ ڕ ڼ",
    "ng g g f w w w v y y h h h h h h y y t d r n t d r zh sh z ts n g k y l r n",
)
_FROM_ARABIC |= {start + digit: str(digit) for start in (0x660, 0x6F0) for digit in range(10)}
"""Consonants and long vowels. `e` stands for ayn; hamza alone is left out, since it is printed or not at will."""
_ARABIC_SPLIT = re.compile("(?<=[سدذزكکگتط])(?=[هحہھ])")
"""Between these two stands an `i`, lest sin and ha read as shin."""

_FROM_HEBREW = _table(
    "א ב ג ד ה ו ז ח ט י כ ך ל מ ם נ ן ס ע פ ף צ ץ ק ר ש ת",
    "a b g d h w z h t y k k l m m n n s e p f ts ts q r sh t",
)

_INITIALS = "g kk n d tt r m b pp s ss - j jj ch k t p h".replace("-", "").split(" ")
_VOWELS = [
    "a",
    "ae",
    "ya",
    "yae",
    "eo",
    "e",
    "yeo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "eu",
    "ui",
    "i",
]
_FINALS = [
    "",
    "k",
    "k",
    "k",
    "n",
    "n",
    "n",
    "t",
    "l",
    "k",
    "m",
    "l",
    "l",
    "l",
    "p",
    "l",
    "m",
    "p",
    "p",
    "t",
    "t",
    "ng",
    "t",
    "t",
    "k",
    "t",
    "p",
    "t",
]
_KOREAN_FAMILIES = dict(
    zip(
        "김이리박최조노임림유우안구오신권백문심주서정장강",
        [
            "kim",
            "lee",
            "ri",
            "park",
            "choi",
            "cho",
            "noh",
            "lim",
            "rim",
            "yoo",
            "woo",
            "ahn",
            "koo",
            "oh",
            "shin",
            "kwon",
            "paik",
            "moon",
            "shim",
            "joo",
            "seo",
            "jung",
            "jang",
            "kang",
        ],
        strict=True,
    )
)
"""Family names as they are usually printed, which is by no system."""

_FROM_LATIN = _table(
    "æ œ ø ł đ ð þ ı ŋ ħ ŧ ə ɛ ɔ ŀ ß ƒ ʻ ʼ",
    "ae oe o l d d th i ng h t a e o l ss f - -",
)
_LOOK_ALIKE = _table(
    "а в е к м н о р с т у х і ј ѕ ԁ ԛ ԝ һ ӏ α β ε η ι κ μ ν ο ρ τ υ χ γ ω ϲ з ь б п г и",
    "a b e k m h o p c t y x i j s d q w h l a b e n i k u v o p t u x y w c 3 b b n r n",
)
"""Cyrillic and Greek letters that pass for Latin ones in a word that is otherwise Latin."""


def _bare(word: str) -> str:
    """Take the accents off."""
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if unicodedata.category(sign)[0] != "M")


@cache
def _icu() -> Transliterator:
    """The rules of ICU for whatever we have no table for; some 8 ms, once."""
    steps = (
        "Any-Latin; NFKD; [:Nonspacing Mark:] Remove; Accents-Any; [:Symbol:] Remove; [:Nonspacing Mark:] Remove;"
        "Latin-ASCII"
    )
    return Transliterator.createInstance(steps)


def _by_icu(word: str) -> str:
    try:
        return _NOT_LATIN.sub("", word if word.isascii() else _icu().transliterate(word).lower())
    except ICUError:  # some signs after an emoji are more than its rules can take; then letter by letter
        return "".join(_by_icu(letter) for letter in word) if len(word) > 1 else ""


def _from_cyrillic(word: str) -> str:
    if _UKRAINIAN_ONLY.search(word):
        word = word.replace("г", "h").replace("и", "y")
    if "ъ" in word:
        word = _BULGARIAN_ER.sub("а", word)
    return word.translate(_FROM_CYRILLIC)


def _from_greek(word: str) -> str:
    word = _bare(word)
    for pair, latin in _GREEK_PAIRS:
        word = word.replace(pair, latin)
    return word.translate(_FROM_GREEK)


def _from_hangul(word: str) -> str:
    if word in _KOREAN_FAMILIES:
        return _KOREAN_FAMILIES[word]
    parts = []
    for sign in word:
        place = ord(sign) - 0xAC00
        if place < 0:
            parts.append(sign)
            continue
        parts += (_INITIALS[place // 588], _VOWELS[place // 28 % 21], _FINALS[place % 28])
    return "".join(parts)


@lru_cache(maxsize=65536)
def _from_elsewhere(word: str) -> tuple[str, Origin]:
    """Read a word in a script without a table, or in several."""
    if _KANA.search(word):
        return _by_icu(word), Origin.OTHER
    if _HAN.search(word):
        return _by_icu(word), Origin.HAN
    plain = _bare(word).translate(_FROM_LATIN)
    if _BASIC_LATIN.search(plain):
        plain = plain.translate(_LOOK_ALIKE)
        return (_NOT_LATIN.sub("", plain) if plain.isascii() else _by_icu(plain)), Origin.LATIN
    if _ABJAD.search(word):
        return _by_icu(plain.translate(_FROM_ARABIC)), Origin.ABJAD
    return _by_icu(word), Origin.ALPHABET if _ALPHABET.search(word) else Origin.OTHER


@lru_cache(maxsize=262144)
def romanise(word: str) -> tuple[str, Origin]:
    """Write one word in Latin letters and tell what it was written in.

    Args:
        word: One word, NFKC, casefolded, without punctuation.

    Returns:
        The word in `[a-z0-9]*`, empty where nothing can be read, and its origin. Arabic and Hebrew keep consonants and
        long vowels only, with `e` for ayn, `w` and `y` for vowel and consonant alike; Chinese is pinyin without tones;
        Korean family names are spelt as usual. A Latin word with a few Cyrillic or Greek look-alikes is read as Latin.

    Example:
        >>> romanise("хрущёв")[0], romanise("حسين")[0], romanise("김")[0], romanise("习近平")[0]
        ('khrushchev', 'hsyn', 'kim', 'xijinping')
    """
    if word.isascii():
        return (word if word.isalnum() else _NOT_LATIN.sub("", word)), Origin.LATIN
    if _CYRILLIC.fullmatch(word):
        return _NOT_LATIN.sub("", _from_cyrillic(word)), Origin.ALPHABET
    if _ARABIC.fullmatch(word):
        return _NOT_LATIN.sub("", _ARABIC_SPLIT.sub("i", word).translate(_FROM_ARABIC)), Origin.ABJAD
    if _HANGUL.fullmatch(word):
        return _from_hangul(word), Origin.HANGUL
    if _GREEK.fullmatch(word):
        return _NOT_LATIN.sub("", _from_greek(word)), Origin.ALPHABET
    if _HEBREW.fullmatch(word):
        return _NOT_LATIN.sub("", word.translate(_FROM_HEBREW)), Origin.ABJAD
    return _from_elsewhere(word)


def is_unspaced(text: str) -> bool:
    """Whether a text is written in a script that puts no spaces between words (Chinese, Japanese, Thai, Burmese …)."""
    return _UNSPACED.search(text) is not None


def is_hangul(text: str) -> bool:
    """Whether a text is written in Korean letters."""
    return _HANGUL.fullmatch(text) is not None
