"""Whether what two records share confirms that they are one party: weighed against all else that the two tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from rapidfuzz.distance import OSA

from shellgame.model.schema import IDENTIFIERS, is_a
from shellgame.names.analysis import analyse
from shellgame.names.token import Kind
from shellgame.resolve.keys import define_keys
from shellgame.store.claims import ClaimSet

CONFIRMING = 0.85
"""An identifier of at least this weight (`model.schema.IDENTIFIERS`) can confirm that two records are one party, if their names
agree and nothing speaks against it: registers of two countries give out the same number, and officials mistype them."""
WORLDWIDE = 0.95
"""From this weight on a number is given out once in the world, so that two countries are no contradiction."""
ALIKE = 0.75
"""Two words of people's names less alike than this (edits by length) are different words."""
GENERIC_SHARE, GENERIC_LEAST = 0.002, 20
"""A word that more of the names held here have than this share, and more than this many, tells no organisation from another."""
GENERIC = frozenset({"bank", "shipping"})
"""Words that tell no organisation from another however few names are held here, beside legal forms and what is generic anyway."""
_FAMILIES = (
    frozenset({"registrationNumber", "ogrnCode", "innCode", "uscCode", "okpoCode", "idNumber", "taxNumber", "vatCode"})
    | {"dunsCode", "licenseNumber"},
    frozenset({"passportNumber", "idNumber", "socialSecurityNumber", "taxNumber"}),
    frozenset({"imoNumber", "registrationNumber", "idNumber"}),
    frozenset({"publicKey", "cryptoAddress"}),
    frozenset({"isin", "isinCode"}),
)
"""Properties under which different publishers print one and the same number."""
_FULL_NAMES = ("name", "alias", "previousName")
_COUNTRIES = ("country", "jurisdiction", "mainCountry", "nationality", "citizenship")
_DAY = len("2000-01-01")

_TELLING = (Kind.WORD, Kind.PLACE, Kind.NUMBER, Kind.INITIAL)

Words = tuple[str, ...]


class Told:
    """Names, birth dates and countries of some records, to weigh what two of them share."""

    def __init__(self, claims: ClaimSet, entity_ids: Iterable[str]) -> None:
        self._values: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._people: set[str] = set()
        query = """SELECT entity_id, schema, prop, value FROM claims
            WHERE prop IN (SELECT unnest(?::VARCHAR[])) AND entity_id IN (SELECT unnest(?::VARCHAR[]))"""
        for entity_id, schema, prop, value in claims.rows(
            query, [["birthDate", *_FULL_NAMES, *_COUNTRIES], sorted(entity_ids)]
        ):
            self._values[entity_id, _kind(prop)].add(value)
            if is_a(schema, "Person"):
                self._people.add(entity_id)
        self._claims = claims

    @cached_property
    def _generic(self) -> frozenset[str]:
        """Words of their names that tell no organisation from another; sought only where a number has to be weighed."""
        names = {name for (_, kind), values in self._values.items() if kind == "name" for name in values}
        tokens = {token for name in names for token in analyse(name, person=False)}
        telling = {token.text for token in tokens if token.kind in _TELLING}
        return GENERIC | {token.text for token in tokens} - telling | _frequent(self._claims, telling)

    def judge(self, left: str, right: str, kind: str, props: tuple[str, str], value: str) -> tuple[bool, str]:
        """Whether a shared value confirms that two records are one party, and why in words."""
        if kind != "identifier":
            return self._same_name(left, right, value)
        why = f"same {props[1]} {value}"
        if props[0] != props[1]:
            why = f"{why} ({props[0]} there)"
        against = self._against(left, right, props)
        return against is None, f"{why}, but {against}" if against else why

    def other_years(self, left: str, right: str) -> str | None:
        """The birth dates of the right one, in words, where it cannot be born in a year the left one is born in."""
        mine, theirs = self._values[left, "birthDate"], self._values[right, "birthDate"]
        if mine and theirs and not {day[:4] for day in mine} & {day[:4] for day in theirs}:
            return f"other birth years ({', '.join(sorted(theirs))})"
        return None

    def _same_name(self, left: str, right: str, name: str) -> tuple[bool, str]:
        both = self._values[left, "birthDate"] & self._values[right, "birthDate"]
        if same_days := sorted(day for day in both if len(day) == _DAY):
            return True, f"same name {name} and birth date {same_days[0]}"
        years = self.other_years(left, right)
        return False, f"same name {name}, but {years}" if years else f"same name {name}"

    def _against(self, left: str, right: str, props: tuple[str, str]) -> str | None:
        """What keeps a shared number from confirming, in words; None for nothing."""
        weight = min(IDENTIFIERS[prop] for prop in props)
        if weight < CONFIRMING:
            return "such a number is no proof"
        if not _one_kind(*props):
            return "it is another kind of number"
        if years := self.other_years(left, right):
            return years
        mine, theirs = self._countries(left), self._countries(right)
        if weight < WORLDWIDE and mine and theirs and not mine & theirs:
            return f"other countries ({', '.join(sorted(theirs))})"
        return self._names_against(left, right)

    def _countries(self, entity_id: str) -> set[str]:
        return {code.partition("-")[0].replace("suhh", "ru") for code in self._values[entity_id, "country"]}

    def _names_against(self, left: str, right: str) -> str | None:
        people = left in self._people or right in self._people
        mine, theirs = ({_words(name, people) for name in self._values[each, "name"]} for each in (left, right))
        if any(self._agree(one, other, people) for one in mine for other in theirs):
            return None
        words = [{word for name in names for word in name} - self._generic for names in (mine, theirs)]
        return "their names agree too little" if words[0] & words[1] else "no word of their names in common"

    def _agree(self, left: Words, right: Words, people: bool) -> bool:
        if not left or not right:
            return False
        if sorted(left) == sorted(right) or "".join(left) == "".join(right):
            return True
        return _people_agree(left, right) if people else self._organizations_agree(left, right)

    def _organizations_agree(self, left: Words, right: Words) -> bool:
        """At least half of the telling words of the shorter name, and two words or all telling ones."""
        mine, theirs = set(left) - self._generic, set(right) - self._generic
        shorter = min(len(mine), len(theirs))
        shared = mine & theirs
        if not shared or 2 * len(shared) < shorter:
            return False
        return len(shared) == shorter or len(shared) > 1


def _people_agree(left: Words, right: Words) -> bool:
    """Every word of the shorter name, one letter for letter: brothers share all words but one."""
    shorter, longer = sorted((set(left), set(right)), key=len)
    exact = shorter & longer
    rest = longer - exact
    return (
        len(shorter) > 1
        and bool(exact)
        and all(any(OSA.normalized_similarity(word, other) >= ALIKE for other in rest) for word in shorter - exact)
    )


def _kind(prop: str) -> str:
    return "name" if prop in _FULL_NAMES else "country" if prop in _COUNTRIES else prop


def _words(name: str, person: bool) -> Words:
    return tuple(token.text for token in analyse(name, person=person))


def _one_kind(left: str, right: str) -> bool:
    return left == right or any(left in family and right in family for family in _FAMILIES)


def _frequent(claims: ClaimSet, words: set[str]) -> frozenset[str]:
    """Which of some words many of the names held here have."""
    define_keys(claims)
    query = """
        WITH names AS (SELECT DISTINCT key FROM keyed WHERE kind = 'name'),
             worded AS (SELECT unnest(string_split(key, ' ')) AS word FROM names)
        SELECT word FROM worded WHERE word IN (SELECT unnest(?::VARCHAR[])) GROUP BY word
        HAVING count(*) > greatest(?, ? * (SELECT count(*) FROM names))
    """
    parameters: Sequence[object] = [sorted(words), GENERIC_LEAST, GENERIC_SHARE]
    return frozenset(word for (word,) in claims.rows(query, parameters)) if words else frozenset()
