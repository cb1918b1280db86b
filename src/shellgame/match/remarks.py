"""What is to be said of two names as wholes: what carries their likeness, what a script does not tell, what is left over."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from shellgame.kernels.alignment import MOST_TOKENS
from shellgame.match.letters import slips_between
from shellgame.match.lexicon import COMMON, same_words, tells
from shellgame.match.meeting import Meeting, Pair
from shellgame.match.parts import About, How, Remark, TokenMatch
from shellgame.match.sides import Side
from shellgame.match.spelling import letters_of, script_of
from shellgame.names.generations import are_two, generation
from shellgame.names.token import Kind, Origin

_ARTICLES = frozenset({"al", "el", "ul"})
"""What is no word of a name but a part of the one behind it: Abd-al-Majid."""
_FEW = 15.0
"""Bits that common words tell together from which they tell enough: by chance one party in 32,768 would have them all."""
_UNTOLD = {
    Origin.ABJAD: "leave short vowels out, so that other names are written the same",
    Origin.HAN: "are told by their sound in Mandarin, which others share",
}
"""What a script does not tell of a name in another one."""
_IN_ORDER = (Kind.WORD, Kind.INITIAL, Kind.OPTIONAL)
"""Kinds of words whose order tells something."""


def remarks_on(meeting: Meeting) -> Iterator[Remark]:
    """All that is to be said of two names as wholes, warnings first."""
    yield from _warnings(meeting)
    if letters := _letters(meeting):
        yield Remark(About.LETTERS, letters)
    elif meeting.pairs:
        for about, words in (
            (About.WEIGHT, _weight(meeting)),
            (About.READING, _caveat(meeting)),
            (About.ORDER, _order(meeting)),
        ):
            if words:
                yield Remark(about, words)
        yield from _left_over(meeting)
    elif meeting.query.tokens and meeting.listed.tokens:
        here, there = meeting.query.text(meeting.surplus), meeting.listed.text(meeting.missing)
        yield Remark(About.NOTHING, f"no word met: {here} in the query, {there} in the listed name")
    if meeting.person:
        yield from _generations(generation(meeting.query.name), generation(meeting.listed.name))
    yield from _of_one(meeting, meeting.query, meeting.listed, "the query")
    yield from _of_one(meeting, meeting.listed, meeting.query, "the listed name")


def _warnings(meeting: Meeting) -> Iterator[Remark]:
    """What is not written as it looks, by the side that it stands on."""
    digits = [meeting.digits(pair) for pair, _ in meeting.matches]
    for side, whose, found in (
        (meeting.query, "the query", [here for here, _ in digits]),
        (meeting.listed, "the listed name", [there for _, there in digits]),
    ):
        told = [*side.disguises]
        if any(found):
            told.append(f"digits stand for letters: {', '.join(dict.fromkeys(filter(None, found)))}")
        if told:
            yield Remark(About.DISGUISE, f"warning sign in {whose}: {'; '.join(told)}")


def _letters(meeting: Meeting) -> str:
    """In what two names differ that are spelt alike, in words; empty where they are not, or where their words tell it."""
    slips = slips_between(meeting.query.name, meeting.listed.name, person=meeting.person)
    left_over = not meeting.pairs or meeting.surplus_words() or meeting.missing_words()
    if slips is None or not (slips.moved or left_over):
        return ""
    told = [
        words
        for is_so, words in (
            (slips.blanks, "blanks elsewhere"),
            (slips.exchanged, "two neighbours exchanged"),
            (slips.doubled, "some doubled"),
        )
        if is_so
    ]
    return f"the same letters, with {_listing(told)}" if told else ""


def _weight(meeting: Meeting) -> str:
    """Which of the words that met carries the likeness, in words; empty where several do."""
    met = [
        (pair, match)
        for pair, match in meeting.matches
        if match.how is not How.IGNORED and meeting.query.tokens[pair.query[0]].kind is not Kind.NUMBER
    ]
    common = [(pair, match) for pair, match in met if _is_common(match)]
    telling = [match.query for _, match in met if not _is_common(match)]
    if not common or len(telling) > 1:
        return ""
    if not telling:
        together = meeting.matches if not meeting.person else common
        if sum(match.bits for _, match in together) > _FEW or any(
            _is_little(meeting, side) for side in (meeting.query, meeting.listed)
        ):
            return ""  # each is common, but not all of them together
    many = f"{_listing([*dict.fromkeys(_shorter(meeting, *each) for each in common)])} would fit many others"
    return f"the likeness rests on {_listing(telling)}; {many}" if telling else f"{many}, so the names tell little"


def _is_common(match: TokenMatch) -> bool:
    return match.how is How.INITIAL or match.bits <= COMMON


def _shorter(meeting: Meeting, pair: Pair, match: TokenMatch) -> str:
    """The word of a pair that would fit many others: the initial, not what it may stand for."""
    initial = any(meeting.listed.tokens[place].kind is Kind.INITIAL for place in pair.listed)
    return match.listed if match.how is How.INITIAL and initial else match.query


def _caveat(meeting: Meeting) -> str:
    """What a script does not tell of the words that met across scripts, in words."""
    told: dict[str, None] = {}
    for pair, match in meeting.matches:
        one, other = meeting.query.tokens[pair.query[0]].origin, meeting.listed.tokens[pair.listed[0]].origin
        for origin, word in ((one, match.query), (other, match.listed)) if match.how is How.SCRIPT else ():
            if origin in _UNTOLD:
                told[f"{script_of(word)} {_UNTOLD[origin]}"] = None
    return "; ".join(told)


def _order(meeting: Meeting) -> str:
    """Whether the words that count stand in another order, in words; a name turned round costs less than one mixed up."""
    places = [
        min(pair.listed)
        for pair in sorted(meeting.pairs, key=lambda each: min(each.query))
        if meeting.query.tokens[pair.query[0]].kind in _IN_ORDER
    ]
    turns = [places[turn:] + places[:turn] for turn in range(len(places))]
    if places == sorted(places):
        return ""
    if sorted(places) in turns:
        return "the words are turned round" + (", as where the family name comes first" if meeting.person else "")
    return "the words stand in another order"


def _left_over(meeting: Meeting) -> Iterator[Remark]:
    """What words without a like say against the two names."""
    here, there = _left_of_kind(meeting, Kind.OPTIONAL)
    words, initials = _left_of_kind(meeting, Kind.WORD), _left_of_kind(meeting, Kind.INITIAL)
    if here and there:
        both = f"{here} in the query, {there} in the listed name"
        yield Remark(About.FATHER, f"another father's name or nickname: {both}")
    elif (here or there) and not (any(words) or any(initials)):
        side = "the query" if here else "the listed name"
        what = "a father's name or nickname, which is often left out and counts less"
        yield Remark(About.FATHER, f"only {side} has {here or there}: {what}")
    if all(words):
        both = f"the query has {words[0]} where the listed name has {words[1]}"
        yield Remark(About.REPLACED, f"{both}, which speaks against it")
    here, there = _left_of_kind(meeting, Kind.NUMBER)
    if here and there:
        yield Remark(About.NUMBERS, f"the numbers differ: {here} in the query, {there} in the listed name")
    elif here or there:
        side = "the query" if here else "the listed name"
        yield Remark(About.NUMBERS, f"only {side} has a number: {here or there}")


def _generations(here: int, there: int) -> Iterator[Remark]:
    """What Jr. and Sr., or II and III, behind two names say against them."""
    if are_two(here, there):
        who = f"bearer {here} of the name in the query, bearer {there} in the listed one"
        yield Remark(About.GENERATION, f"two generations, as Sr. (1) and Jr. (2): {who}")


def _left_of_kind(meeting: Meeting, kind: Kind) -> tuple[str, str]:
    """Words of a kind without a like, of the query and of the listed name."""
    return meeting.query.of_kind(kind, meeting.surplus), meeting.listed.of_kind(kind, meeting.missing)


def _of_one(meeting: Meeting, side: Side, other: Side, whose: str) -> Iterator[Remark]:
    """What is to be said of one of the names."""
    if not side.tokens:
        yield Remark(About.LITTLE, f"{whose} has no word that can be compared")
    elif _is_little(meeting, side):
        yield Remark(About.LITTLE, f"{whose} has only words that many others have, too few to tell who is meant")
    if len(side.tokens) > MOST_TOKENS:
        yield Remark(About.LENGTH, f"only the first {MOST_TOKENS} words of {whose} are compared")
    elif left := _left_out(side, other):
        yield Remark(About.TITLES, f"left out of {whose}: {', '.join(left)}")


def _is_little(meeting: Meeting, side: Side) -> bool:
    """Whether a name has too few words that tell, unless the other one tells the same."""
    return not tells(side.tokens, person=meeting.person) and not same_words(
        meeting.query.name, meeting.listed.name, person=meeting.person
    )


def _left_out(side: Side, other: Side) -> list[str]:
    """Words of one side that were left out, without those that the other side has as titles or among what was left out too."""
    titles = {
        letters_of(word)
        for token, word in zip(other.tokens, other.printed.words, strict=True)
        if token.kind is Kind.GENERIC
    }
    too = other.left_out.keys() | titles | _ARTICLES
    return [left for words in side.printed.left_out if (left := _without_ends(words.split(), too))]


def _without_ends(words: list[str], known: Collection[str]) -> str:
    """What is left of some words without known ones at either end."""
    telling = [place for place, word in enumerate(words) if letters_of(word) not in known]
    return " ".join(words[telling[0] : telling[-1] + 1]).lstrip('(["“«') if telling else ""


def _listing(words: Sequence[str]) -> str:
    """Words as a sentence names them: `Orsin`, `Orsin and Maledd`, `Orsin, Talvek and Maledd`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
