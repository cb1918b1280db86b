"""Relations told in sentences: `Brother of Ali Example (XXi.001)`, `Owned or controlled by Example Works`.

A remark is about the party in whose record it stands. So a sentence that opens with a relation tells of that party, and a
reference in brackets names the other one; everything else in prose is left to people. What is found here is an inference from
the sentence, and the sentence is its quote.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from shellgame.sources.claims import Claims, Entity
from shellgame.sources.wording import sentences

_KIN = (
    r"(?:half-|step|twin |younger |elder |older |eldest |youngest )?(?:brother|sister|son|daughter|father|mother|wife|husband"
    r"|spouse|widow|cousin|uncle|aunt|nephew|niece|grandson|granddaughter|grandfather)(?:-in-law)?(?: by marriage)?(?: of| to)"
)
_HELD = (
    r"owned (?:and|or) controlled by,?(?: or act(?:s|ing)(?: or purports to act)?(?: for or)? on behalf of,?)?"
    r"|(?:wholly |majority |jointly |partly |co-)?owned(?: and operated)? by|controlled by|(?:wholly owned )?subsidiary of"
    r"|subordinate(?: entity)? (?:of|to)|branch of|division of|front[ -]company (?:for|of)|cover name for|shell company (?:for|of)"
)
_TIED = (
    r"(?:co-)?owner of|owns(?: and operates)?|(?:closely |close )?(?:associated(?: also)? with|associate of)"
    r"|affiliated? (?:with|of)|linked to|links to|(?:senior |former |founding )?members? (?:and \w+ )?of"
    r"|(?:senior |overall |spiritual |military |operational |regional |current |former )?leader(?:s|ship)? (?:of|is|for)"
    r"|leads|(?:co-)?found(?:er|ed)(?: and leader)? (?:of|by)|led by|headed by"
    r"|head of|chief of|commander of|deputy (?:of|to|head of)|emir of|advis[eo]r to|spokes(?:man|person) (?:of|for)"
    r"|director of|representative (?:of|for|to)|treasurer (?:of|to)|facilitator for|financier for|recruiter for"
    r"|fighting with|splinter group of|wing of|part of|component of|absorbed into|merged with|successor (?:of|to)|succeeded"
    r"|support(?:s|ed)? (?:to|for)|(?:on )?behalf of|under the direction of|works for|pledged allegiance to|joined"
    r"|trained (?:by|with)|married to"
)
_RELATION = re.compile(rf"\b(?:{_KIN}|{_HELD}|{_TIED})(?=\s)", re.IGNORECASE)
_OPENING = re.compile(
    rf"(?:(?:he|she|it|the entity) (?:is|was) |is |was |also |reportedly |an? |the )*({_KIN}|{_HELD})\s+", re.IGNORECASE
)
_KINSHIP = re.compile(_KIN, re.IGNORECASE)
_NAME_END = re.compile(
    r"\s*(?:[;,:\[\]()]|\.(?:\s|$)|\s(?:and|who|which|that|in|as|since|until|from|is|was|\w+ed)\s|$)"
)
_LETTERS = re.compile(r"[^\w\s]|_")
_APOSTROPHES = re.compile("['’‘`ʼ]")
# Words that stand inside names in small letters.
_PARTICLES = frozenset({
    "of", "the", "in", "for", "al", "el", "bin", "ben", "ibn", "bint", "ul", "wa", "fi", "i", "e", "de", "la", "et", "ag", "y",
})  # fmt: skip
_BRACKETS_AT_END = re.compile(r"\s*\([^()]*\)$")
_POSSESSIVE = re.compile(r"[’']s$")
_OFFICE = re.compile(r"(?:President|Prime Minister|Minister|Governor|Head|Chief|King|Leader)\b.* of\b")
_LONGEST_NAME_WORDS = 12


@dataclass(frozen=True)
class Relation:
    """What one sentence says of one other party.

    Attributes:
        role: The words of the relation in small letters, empty where the sentence only names the party.
        kinship: Whether it is a family tie of the party in whose record the sentence stands.
        reference: The other party's reference as printed, or None where only a name stands.
        name: The other party's name as printed, as far as it could be made out.
        sentence: The whole sentence.
    """

    role: str
    kinship: bool
    reference: str | None
    name: str
    sentence: str


class Names:
    """The names of all parties of a publication, to find the one that a sentence means."""

    def __init__(self) -> None:
        self._ids: dict[str, set[str]] = defaultdict(set)

    def add(self, name: str, party_id: str) -> None:
        """Remember a name of a party."""
        if folded := _folded(name):
            self._ids[folded].add(party_id)

    def only(self, name: str) -> str | None:
        """The one party of exactly this name (up to letter case, accents and punctuation), or None for nobody or several."""
        ids = self._ids.get(_folded(name), set())
        return next(iter(ids)) if len(ids) == 1 else None

    def ending(self, words: str) -> str | None:
        """The one party whose name ends a text; the longest name that fits decides."""
        tokens = words.split()
        for begin in range(max(0, len(tokens) - _LONGEST_NAME_WORDS), len(tokens)):
            name = " ".join(tokens[begin:])
            if len(_folded(name)) > 3 and (found := self.only(name)):
                return found
        return None


def _folded(name: str) -> str:
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return " ".join(_LETTERS.sub(" ", _APOSTROPHES.sub("", plain)).casefold().split())


def relations_in(text: str, reference: re.Pattern[str]) -> Iterator[Relation]:
    """Yield what the sentences of a remark say of other parties.

    Args:
        text: The remark.
        reference: Finds a reference with its brackets; group 1 is the reference itself.
    """
    for sentence in sentences(text):
        matches = list(reference.finditer(sentence))
        if matches:
            yield from _with_references(sentence, matches)
        elif opening := _OPENING.match(sentence):
            tail = sentence[opening.end() :]
            end = _NAME_END.search(tail)
            name = tail[: end.start()] if end else tail
            yield Relation(
                _role(opening.group(1)), bool(_KINSHIP.match(opening.group(1))), None, _without_article(name), sentence
            )


def _with_references(sentence: str, matches: list[re.Match[str]]) -> Iterator[Relation]:
    to_come = list(_RELATION.finditer(sentence))[::-1]
    last, kinship, before = None, bool(_OPENING.match(sentence)), 0
    for match in matches:
        while to_come and to_come[-1].end() <= match.start():
            last = to_come.pop()
            kinship = kinship and bool(_KINSHIP.match(last.group()))
        words = sentence[max(before, last.end() if last else 0) : match.start()]
        name = _POSSESSIVE.sub("", _BRACKETS_AT_END.sub("", words.strip(" (,;")))
        yield Relation(
            _role(last.group()) if last else "", kinship and last is not None, match.group(1), name, sentence
        )
        before = match.end()


def _role(words: str) -> str:
    return " ".join(words.lower().rstrip(",").split())


def _without_article(name: str) -> str:
    return re.sub(r"^(?:the|an?)\s+", "", name.strip(), flags=re.IGNORECASE)


def printed_name(words: str) -> str:
    """Make out the name at the end of some words: the run of words with capitals, and particles between them.

    Example:
        >>> printed_name("announced by the late Omar bin Example")
        'Omar bin Example'
    """
    kept: list[str] = []
    for word in reversed(words.split()):
        bare = word.strip("\"“”'’‘(),.")
        if (
            (kept and word.endswith(","))
            or not bare
            or not (bare.lower() in _PARTICLES or any(letter.isupper() for letter in bare[:4]))
        ):
            break
        kept.append(word.strip(",("))
    while kept and kept[-1].lower() in _PARTICLES:
        kept.pop()
    return " ".join(reversed(kept)) if len(kept) <= _LONGEST_NAME_WORDS else ""


@dataclass(frozen=True)
class Told:
    """A remark, kept until all records are read and references can be followed.

    Attributes:
        record: In whose record it stands.
        text: The remark.
        field: Its column or element.
    """

    record: Entity
    text: str
    field: str


def link_told(
    claims: Claims, told: list[Told], names: Names, persons: set[str], *, reference: re.Pattern[str],
    by_reference: Callable[[str], str | None],
) -> None:  # fmt: skip
    """Claim a link for every relation that remarks tell of, each an inference with its sentence as the quote.

    The other party is the record with that reference, else the one record of exactly that name, else a party known by name only.
    Where not even a name can be made out it is counted as `references_unresolved`; the remark itself is the reader's to keep.

    Args:
        claims: Where links and counts go.
        told: The remarks.
        names: All names of the publication.
        persons: Ids of the records that are persons; only between two of them is a tie a family tie.
        reference: As for `relations_in`.
        by_reference: From a printed reference to the id of the record that bears it, or None.
    """
    for remark in told:
        for relation in relations_in(remark.text, reference):
            found = by_reference(relation.reference) if relation.reference else None
            target = found or names.only(relation.name) or names.ending(relation.name)
            if target is None:
                name = printed_name(relation.name)
                if not _tells_somebody(name):
                    if relation.reference:
                        claims.counts["references_unresolved"] += 1
                    continue
                target = _named(claims, remark, relation, name, persons)
            if target != remark.record.id:
                _link(remark, relation, target, persons)
    if unresolved := claims.counts["references_unresolved"]:
        claims.notes.append(
            f"{unresolved} references in remarks lead to nobody that could be made out; the remarks are kept"
        )


def _tells_somebody(name: str) -> bool:
    """Whether a bare name can stand for a party: two words or an abbreviation, but no first name alone and no office."""
    return not _OFFICE.match(name) and (len(name.split()) > 1 or (len(name) > 2 and name.isupper()))


def _named(claims: Claims, remark: Told, relation: Relation, name: str, persons: set[str]) -> str:
    if not (relation.kinship and remark.record.id in persons):
        return claims.named(name, remark.record, quote=relation.sentence)
    relative = claims.named(name, remark.record, schema="Person", quote=relation.sentence)
    persons.add(relative)
    return relative


def _link(remark: Told, relation: Relation, target: str, persons: set[str]) -> None:
    family = relation.kinship and remark.record.id in persons and target in persons
    remark.record.link(
        "Family" if family else "UnknownLink", target, role=relation.role or "named in a remark", quote=relation.sentence,
        field=remark.field, stance="infers",
    )  # fmt: skip
