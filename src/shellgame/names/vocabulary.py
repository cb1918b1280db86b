"""What is known of words: groups of names, titles, particles, legal forms, places. Read from `words/*.yml` when first needed.

The tables are long strings of words rather than lists of lists, because YAML is read scalar by scalar, at some microseconds each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from shellgame.names.folding import VARIANTS
from shellgame.names.slips import Slips
from shellgame.names.token import Kind
from shellgame.names.yaml import load_yaml

FOLDER = Path(__file__).parent / "words"
_FIRST_GROUP_OF_ORGANISATIONS = 1001
"""Groups of given names are numbered from 1; there is room for more of them."""
_LONG = 9
"""Letters of a word of a legal form, or a generic one, that is known with a slip in it too."""
_IN_MOST_NAMES = {"limited", "company"}
"""Shorter words of which this holds as well: hardly another word is one slip away from them."""


class Meaning(NamedTuple):
    """What a word or phrase of an organisation's name is.

    Attributes:
        kind: What part it plays.
        text: What it is written as whatever its spelling, for forms and numbers; None where the printed word stands.
        group: Number of its group; 0 is none.
        dropped: Whether it only joins (and) and leaves no token.
    """

    kind: Kind
    text: str | None = None
    group: int = 0
    dropped: bool = False


class Phrase(NamedTuple):
    """Words that mean something together."""

    keys: list[str]
    meaning: Meaning


class OrganisationWords(NamedTuple):
    """Words of organisations' names, each under its key (`shellgame.names.folding.key_of`).

    Attributes:
        words: Single words.
        phrases: Phrases by their first word, longer ones first.
        unspaced: Words of scripts that leave no space between words.
        slips: Words so long that they are known with a slip of the pen in them.
    """

    words: dict[str, Meaning]
    phrases: dict[str, tuple[Phrase, ...]]
    unspaced: frozenset[str]
    slips: Slips


class PersonWords(NamedTuple):
    """Words of persons' names, each under its key.

    Attributes:
        given: Groups of given names.
        roles: Titles, particles and so on, by the headings of `persons.yml`.
    """

    given: dict[str, int]
    roles: dict[str, frozenset[str]]


@cache
def person_words() -> PersonWords:
    """Read what is known of persons' names."""
    given: dict[str, int] = {}
    for group, line in enumerate(_lines("given_names"), start=1):
        for spelling in line.split():
            given.setdefault(spelling.translate(VARIANTS), group)
    roles = {
        heading: frozenset(spelling.translate(VARIANTS) for spelling in spellings.split())
        for heading, spellings in _table("persons").items()
    }
    return PersonWords(given, roles)


@cache
def organisation_words() -> OrganisationWords:
    """Read what is known of organisations' names; of two meanings of a word the first holds."""
    words: dict[str, Meaning] = {}
    phrases: dict[tuple[str, ...], Meaning] = {}
    for spelling, meaning in _meanings():
        keys = tuple(spelling.translate(VARIANTS).split("_"))
        if len(keys) == 1:
            words.setdefault(keys[0], meaning)
        else:
            phrases.setdefault(keys, meaning)
    starting: dict[str, list[Phrase]] = defaultdict(list)
    for keys in sorted(phrases, key=len, reverse=True):
        starting[keys[0]].append(Phrase(list(keys), phrases[keys]))
    return OrganisationWords(
        words=words,
        phrases={first: tuple(those) for first, those in starting.items()},
        unspaced=frozenset(word for word in words if len(word) > 1 and word[0] >= "\u2e80"),
        slips=Slips(_long_words(words, phrases)),
    )


def _long_words(words: Mapping[str, Meaning], phrases: Mapping[tuple[str, ...], Meaning]) -> set[str]:
    """Words of legal forms, and generic ones, that are so long that a word one slip away is hardly another name."""
    known = {key for keys, meaning in phrases.items() if meaning.kind is Kind.FORM for key in keys}
    known |= {key for key, meaning in words.items() if meaning.kind in (Kind.FORM, Kind.GENERIC)}
    return {key for key in known if len(key) >= _LONG} | _IN_MOST_NAMES


def _meanings() -> Iterator[tuple[str, Meaning]]:
    """Every spelling of the tables for organisations, with what it means."""
    group = _FIRST_GROUP_OF_ORGANISATIONS
    for same_work in _table("forms").values():
        for text, spellings in same_work.items():
            meaning = Meaning(Kind.FORM, text, group)
            for spelling in spellings.split():
                yield spelling, meaning
        group += 1
    for number, spellings in _table("numbers").items():
        meaning = Meaning(Kind.NUMBER, str(number))
        for spelling in spellings.split():
            yield spelling, meaning
    for spelling in _table("companies")["dropped"].split():
        yield spelling, Meaning(Kind.GENERIC, dropped=True)
    for table, heading, kind in (
        ("companies", "joining", Kind.GENERIC),
        ("companies", "generic", Kind.GENERIC),
        ("companies", "synonyms", Kind.WORD),
        ("places", "places", Kind.PLACE),
    ):
        for line in _lines(table, heading):
            meaning = Meaning(kind, None, group)
            for spelling in line.split():
                yield spelling, meaning
            group += 1


def _lines(table: str, heading: str = "names") -> list[str]:
    lines: str = _table(table)[heading]
    return lines.splitlines()


@cache
def _table(name: str) -> dict[Any, Any]:
    table: dict[Any, Any] = load_yaml(FOLDER / f"{name}.yml")
    return table
