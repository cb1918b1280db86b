"""Invented vocabularies for the tests of kernels: words of all kinds and scripts, many of them nearly the same."""

from __future__ import annotations

import random
from collections.abc import Sequence

from shellgame.kernels.tokens import Tokens
from shellgame.match.lexicon import Words, arrays_of
from shellgame.names.token import RESPELT, Kind, Origin, Token

_SYLLABLES = {
    Origin.LATIN: [
        "ba",
        "bo",
        "dar",
        "el",
        "fen",
        "ger",
        "hal",
        "kin",
        "li",
        "lor",
        "ma",
        "mer",
        "no",
        "or",
        "pet",
        "ren",
        "sa",
        "shi",
        "tar",
        "u",
        "ven",
        "vi",
        "wen",
        "za",
    ],
    Origin.ALPHABET: [
        "ba",
        "bor",
        "dar",
        "el",
        "fen",
        "ger",
        "khal",
        "kin",
        "li",
        "lor",
        "ma",
        "mer",
        "no",
        "pet",
        "ren",
        "sa",
        "shch",
        "tar",
        "u",
        "ven",
        "vi",
        "za",
    ],
    Origin.ABJAD: ["b", "d", "f", "h", "hl", "k", "l", "m", "n", "r", "s", "sh", "t", "w", "y", "z"],
    Origin.HAN: [
        "bai",
        "chen",
        "fang",
        "guo",
        "hai",
        "hua",
        "jing",
        "li",
        "long",
        "ming",
        "ng",
        "ning",
        "peng",
        "rui",
        "shan",
        "tao",
        "wei",
        "xin",
        "yan",
        "zhao",
    ],
    Origin.HANGUL: [
        "bak",
        "cheol",
        "dong",
        "eun",
        "gil",
        "han",
        "hyeon",
        "jin",
        "kim",
        "min",
        "seo",
        "su",
        "ung",
        "yeon",
    ],
    Origin.OTHER: ["ba", "ha", "ka", "ma", "na", "ra", "sa", "ta", "ya"],
}
_ORIGINS = [*Origin, *[Origin.LATIN] * 8]
_KINDS = [Kind.WORD] * 11 + [Kind.OPTIONAL] * 2 + [Kind.GENERIC, Kind.PARTICLE, Kind.PLACE, Kind.PLACE]


def _word(chance: random.Random, origin: Origin) -> str:
    return "".join(chance.choices(_SYLLABLES[origin], k=chance.choice((1, 2, 2, 3))))


def _signs(chance: random.Random, text: str) -> str:
    """One of two ways to write a Chinese or Korean word that sound the same."""
    return f"{text}/{chance.randrange(2)}"


def _slip(chance: random.Random, text: str) -> str:
    """A letter more, a letter fewer, another one, or the word cut off."""
    place = chance.randrange(len(text))
    letter = chance.choice("aeiourlnkst")
    before, after = text[:place], text[place:]
    return chance.choice((before + letter + after, before + after[1:], before + letter + after[1:], text[:5])) or text


def invented_token(chance: random.Random, known: Sequence[Token] = ()) -> Token:
    """A token; one in two is another spelling of one that is known."""
    kind = chance.random()
    if kind < 0.06:
        return Token(str(chance.randrange(3)), Kind.NUMBER, Origin.LATIN, 0)
    if kind < 0.12:
        return Token(chance.choice(["gmbh", "ltd", "llc"]), Kind.FORM, Origin.LATIN, chance.choice((0, 90)))
    if kind < 0.18:
        return Token(chance.choice("abhlmv"), Kind.INITIAL, Origin.LATIN, 0)
    words = [token for token in known if token.kind == Kind.WORD]
    if words and chance.random() < 0.6:
        like = chance.choice(words)
        if like.origin == Origin.HAN:
            text = like.text if chance.random() < 0.5 else _word(chance, Origin.HAN)
            return Token(text, like.kind, like.origin, 0, _signs(chance, text))
        origin = chance.choice([like.origin, like.origin, Origin.LATIN])
        text = _slip(chance, like.text)
        printed = _signs(chance, text) if origin == Origin.HANGUL else ""
        return Token(text, like.kind, origin, chance.choice((like.group, 0)), printed)
    origin = chance.choice(_ORIGINS)
    text = _word(chance, origin)
    printed = _signs(chance, text) if origin in (Origin.HAN, Origin.HANGUL) else ""
    return Token(text, chance.choice(_KINDS), origin, chance.choice((0, 0, 0, 1, 2, RESPELT)), printed)


def invented_words(chance: random.Random, many: int, known: Sequence[Token] = ()) -> list[Token]:
    """Different tokens, some of them much like others."""
    found: dict[Token, None] = {}
    while len(found) < many:
        token = invented_token(chance, [*known, *found])
        found[token] = None
        if token.kind == Kind.WORD and token.origin == Origin.LATIN and chance.random() < 0.1:
            found |= dict.fromkeys(_halves(token))
    return list(found)[:many]


def _halves(token: Token) -> list[Token]:
    middle = len(token.text) // 2
    return [token._replace(text=part, group=0) for part in (token.text[:middle], token.text[middle:]) if part]


def invented_vocabulary(chance: random.Random, many: int, known: Sequence[Token] = ()) -> tuple[Tokens, list[Token]]:
    """The same as arrays, with bits as a list would give them."""
    words = Words()
    for token in invented_words(chance, many, known):
        words.number_of(token)
    arrays = arrays_of(words.tokens)
    arrays.rows["bits"] = [chance.uniform(0.5, 14) for _ in words.tokens]
    return arrays, words.tokens


def invented_name(chance: random.Random, many: int, *, like: Sequence[int] = ()) -> list[int]:
    """A name of one to six tokens; with `like` one that has most of its tokens, in another order at times."""
    kept = [number for number in like if chance.random() < 0.7]
    if chance.random() < 0.3:
        chance.shuffle(kept)
    return [
        *kept,
        *(chance.randrange(many) for _ in range(chance.choice((1, 1, 2, 3)) if not kept else chance.randrange(2))),
    ]
