"""The parts of an explanation as plain English sentences, for whoever has to decide on a hit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from shellgame.match.parts import How, Remark, Signal, TokenMatch

_HEADINGS = {
    How.ALIKE: "Spelt differently",
    How.SCRIPT: "In another script or romanisation",
    How.INITIAL: "Initial",
    How.NICKNAME: "Another form of the same name",
    How.JOINED: "Written together or apart",
    How.SHORTENED: "Cut short",
}
_NAMED = {
    "birthDate": "date of birth",
    "birthPlace": "place of birth",
    "deathDate": "date of death",
    "incorporationDate": "date of incorporation",
    "idNumber": "ID number",
    "innCode": "INN",
    "ogrnCode": "OGRN",
    "okpoCode": "OKPO",
    "kppCode": "KPP",
    "imoNumber": "IMO number",
    "leiCode": "LEI",
    "uscCode": "USCC",
    "mmsi": "MMSI",
    "swiftBic": "BIC",
    "isin": "ISIN",
    "isinCode": "ISIN",
    "wikidataId": "Wikidata id",
}
"""Properties whose name in words is not simply their name with blanks in it."""
_CAPITAL = re.compile("(?<=[a-z])(?=[A-Z])")


def sentences(
    tokens: Sequence[TokenMatch],
    missing: tuple[str, ...],
    surplus: tuple[str, ...],
    remarks: tuple[Remark, ...],
    signals: tuple[Signal, ...],
    only_query: tuple[str, ...],
    only_listed: tuple[str, ...],
) -> Iterator[str]:
    """Say all that raised or lowered a score, the names first; each sentence ends with a full stop.

    Args:
        tokens: Words that met, and those that hardly count.
        missing: Words of the listed name that the query does not have.
        surplus: Words of the query that the listed name does not have.
        remarks: On the names as wholes.
        signals: What other properties say.
        only_query: Properties that the list does not tell.
        only_listed: Properties that the query does not tell.
    """
    by_way: dict[How, list[TokenMatch]] = {}
    for pair in tokens:
        by_way.setdefault(pair.how, []).append(pair)
    ignored = by_way.pop(How.IGNORED, [])
    same = by_way.pop(How.SAME, [])
    if same:
        whole = not (by_way or missing or surplus)
        if whole and all(_is_same(pair) for pair in ignored):
            same, ignored = [pair for pair in tokens if pair.query], []
        heading = "Same" if not whole else "The telling words are the same" if ignored else "All words the same"
        yield _said(heading, (" ".join(pair.query for pair in same),))
    for how, heading in _HEADINGS.items():
        if pairs := by_way.get(how):
            yield _said(heading, (pair.text for pair in pairs))
    if missing:
        yield _said("Only in the listed name", (" ".join(missing),))
    if surplus:
        yield _said("Only in the query", (" ".join(surplus),))
    for remark in remarks:
        yield _stopped(f"{remark.words[:1].upper()}{remark.words[1:]}")
    if ignored:
        yield _said("Counts less", _ignored(ignored))
    for agrees, heading in ((True, "Speaks for it"), (False, "Speaks against it")):
        if told := [_signal(signal) for signal in signals if signal.agrees is agrees]:
            yield _said(heading, told)
    if only_listed:
        yield _said("Not told in the query", map(named, only_listed))
    if only_query:
        yield _said("Not told by the list", map(named, only_query))


def named(prop: str) -> str:
    """A property in words.

    Example:
        >>> named("birthDate"), named("passportNumber"), named("country")
        ('date of birth', 'passport number', 'country')
    """
    return _NAMED.get(prop) or _CAPITAL.sub(" ", prop).lower()


def _is_same(pair: TokenMatch) -> bool:
    return pair.query.casefold() == pair.listed.casefold()


def _ignored(pairs: Iterable[TokenMatch]) -> Iterator[str]:
    """Words that count less; neighbours of one kind that only one side has are told together."""
    for (here, there, note), several in groupby(
        pairs, key=lambda pair: (bool(pair.query), bool(pair.listed), pair.note)
    ):
        if here and there:
            yield from (pair.text for pair in several)
        else:
            words = [pair.query or pair.listed for pair in several]
            kind = note and (f"{note}s" if len(words) > 1 else note)
            side = "only in the query" if here else "only in the listed name"
            yield f"{' '.join(words)} ({', '.join(filter(None, (kind, side)))})"


def _signal(signal: Signal) -> str:
    """The signal with its values in brackets: `same day of birth (1961-06-06)`."""
    heading, _, values = signal.words.partition(": ")
    return f"{heading} ({values})" if values else heading


def _said(heading: str, told: Iterable[str]) -> str:
    return _stopped(f"{heading}: {', '.join(told)}")


def _stopped(sentence: str) -> str:
    """A sentence with one full stop, whatever it ends in."""
    return sentence if sentence.endswith(".") else f"{sentence}."
