"""The parts of an explanation as plain English sentences, for whoever has to decide on a hit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from shellgame.match.parts import About, How, Remark, Signal, TokenMatch
from shellgame.match.spelling import is_same_reading, script_of

_HEADINGS = {
    How.DISGUISED: "The same but disguised",
    How.ALIKE: "Spelt differently",
    How.INITIAL: "Initial",
    How.NICKNAME: "Another form of the same name",
    How.SYNONYM: "Another word for the same",
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
_FIRST = (About.DISGUISE, About.LETTERS, About.NOTHING)
"""Remarks that stand before all else."""
_TELL_WORDS = (About.FATHER, About.NUMBERS, About.REPLACED, About.NOTHING)
"""Remarks that tell words which only one side has."""
_ABOVE_ALL, _STRONG, _SLIGHT = 6.0, 3.5, 1.0
"""Weights (natural log odds) that only numbers and kinds reach, from which a property speaks strongly, and below which slightly."""
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
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
    for remark in remarks:
        if remark.about in _FIRST:
            yield _remarked(remark)
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
    yield from _across_scripts(by_way.get(How.SCRIPT, ()))
    for how, heading in _HEADINGS.items():
        if pairs := by_way.get(how):
            yield _said(heading, (pair.text for pair in pairs))
    alike = any(remark.about is About.LETTERS for remark in remarks)
    for heading, words in (("Only in the listed name", missing), ("Only in the query", surplus)):
        if (
            words
            and not alike
            and not any(remark.about in _TELL_WORDS and " ".join(words) in remark.words for remark in remarks)
        ):
            yield _said(heading, (" ".join(words),))
    for remark in remarks:
        if remark.about not in _FIRST:
            yield _remarked(remark)
    if ignored:
        yield _said("Counts less", dict.fromkeys(_ignored(ignored)))
    for agrees in (True, False):
        yield from _of_properties([signal for signal in signals if signal.agrees is agrees], agrees=agrees)
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


def _across_scripts(pairs: Sequence[TokenMatch]) -> Iterator[str]:
    """Words that met across scripts, by script."""
    by_heading: dict[str, list[TokenMatch]] = {}
    for pair in pairs:
        scripts = dict.fromkeys(filter(None, map(script_of, (pair.query, pair.listed))))
        how = "The same" if is_same_reading(pair.query, pair.listed, pair.similarity) else "Alike"
        both = " and ".join(scripts).replace(" letters and ", " and ", 1) or "another script"
        by_heading.setdefault(f"{how} in {both}", []).append(pair)
    for heading, several in by_heading.items():
        yield _said(heading, (pair.text for pair in several))


def _of_properties(signals: Sequence[Signal], *, agrees: bool) -> Iterator[str]:
    """Properties that speak for or against, by how much they do."""
    by_heading: dict[str, list[Signal]] = {}
    for signal in signals:
        by_heading.setdefault(f"Speaks{_how_much(signal.weight)} {'for' if agrees else 'against'} it", []).append(
            signal
        )
    for heading, several in by_heading.items():
        yield _said(heading, map(_signal, several))


def _how_much(weight: float) -> str:
    if weight >= _STRONG:
        return " above all" if weight >= _ABOVE_ALL else " strongly"
    return " slightly" if weight < _SLIGHT else ""


def _signal(signal: Signal) -> str:
    """The signal with its values in brackets: `same day of birth (1961-06-06)`."""
    heading, _, values = signal.words.partition(": ")
    for of_numbers in ("same number", "other number"):
        if heading.startswith(of_numbers):
            heading = heading.replace("number", named(signal.property), 1)
    here, between, there = values.partition(" / ")
    if between and " / " not in there:
        values = f"{here} in the query, {there} in the list"
    return f"{heading} ({values})" if values else heading


def _remarked(remark: Remark) -> str:
    return _stopped(f"{remark.words[:1].upper()}{remark.words[1:]}")


def _said(heading: str, told: Iterable[str]) -> str:
    return _stopped(f"{heading}: {', '.join(told)}")


def _stopped(sentence: str) -> str:
    """A sentence with one full stop, whatever it ends in, and without signs that would turn the rest of it round."""
    shown = _TURNS.sub("", sentence)
    return shown if shown.endswith(".") else f"{shown}."
