"""Everything around a question of ownership on a day: parties with their names, stakes in numbers, and who is or may be listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shellgame.graph.ownership.listed import lists_of
from shellgame.graph.ownership.rules import Rule
from shellgame.graph.ownership.stakes import Hidden, Parties, Structure
from shellgame.graph.ownership.weighing import Numbers
from shellgame.model.entity import caption
from shellgame.model.schema import CAPTION_PROPS, NAME_PROPS
from shellgame.store.claims import ClaimSet

LIKELY = 0.5
"""From this probability on a party that may be a listed one leaves an answer open."""


@dataclass(frozen=True)
class Named:
    """A party as it is shown.

    Attributes:
        id: The id it stands under.
        name: What it is called; empty where nobody names it.
        schema: Its schema.
        records: Ids of its records.
    """

    id: str
    name: str
    schema: str
    records: tuple[str, ...]

    @property
    def called(self) -> str:
        """What it is called in a sentence: its name, else its id."""
        return self.name or f"{self.id} (not named)"


class Around:
    """Parties and stakes of a structure on a day.

    Attributes:
        numbers: Parties and stakes.
        named: What each party is called; the name of one that nobody names is empty.
        lists: The lists that are here, and who stands on them.
    """

    def __init__(self, claims: ClaimSet, parties: Parties, structure: Structure, day: str) -> None:
        """Gather it.

        Args:
            claims: The claims of the day.
            parties: Which records are one party.
            structure: Parties and stakes of whatever day.
            day: The day asked about.
        """
        stakes, hidden = structure.on(day)
        self.numbers = Numbers(structure.records, stakes)
        self._hidden = {each.id: each for each in hidden}
        self._records = structure.records
        self._alike = _alike(parties, structure.records)
        every = {record for its in structure.records.values() for record in its}
        self.lists = lists_of(claims, every | {record for its in self._alike.values() for record, _ in its}, day)
        self.named = _named(claims, structure.records, self._hidden)

    def standing(self, rule: Rule, parties: Iterable[str]) -> tuple[set[str], dict[str, str]]:
        """Which of some parties are listed for a rule, and which may be, with the reason in words."""
        listed, perhaps = set[str](), dict[str, str]()
        for party in parties:
            records = self._records.get(party, ())
            if self.lists.for_rule(rule, records):
                listed.add(party)
            elif why := self._may_be(rule, party, records):
                perhaps[party] = why
        return listed, perhaps

    def _may_be(self, rule: Rule, party: str, records: Sequence[str]) -> str:
        if party in self._hidden:
            return "who this is is not told" if self._hidden[party].anybody else ""
        if party not in self.named or not self.named[party].name:
            return "the holder is not named"
        for record, why in self._alike.get(party, ()):
            if self.lists.for_rule(rule, [record]):
                return f"may be {record}, which is listed ({why})"
        return self.lists.perhaps_for_rule(rule, records)

    def name(self, party: str) -> str:
        """What a party is called in a sentence."""
        return self.named[party].called


def _alike(parties: Parties, records: Mapping[str, Sequence[str]]) -> dict[str, list[tuple[str, str]]]:
    """By party: records that may be it, each with what that rests on."""
    found: dict[str, list[tuple[str, str]]] = {}
    for party, its in records.items():
        perhaps = parties.perhaps(its[0])
        if perhaps:
            found[party] = [
                (each.record_id, each.why)
                for each in parties.of(its[0])
                if not each.confirmed and each.probability >= LIKELY
            ]
    return found


def _named(claims: ClaimSet, records: Mapping[str, Sequence[str]], hidden: Mapping[str, Hidden]) -> dict[str, Named]:
    """What parties are called; the name of one that nobody names is empty."""
    query = """SELECT entity_id, schema, prop, value FROM claims WHERE entity_id IN (SELECT unnest(?::VARCHAR[]))
        ORDER BY entity_id, prop, value"""
    told: dict[str, dict[str, list[str]]] = {}
    schemata: dict[str, str] = {}
    every = sorted({record for its in records.values() for record in its})
    for record, schema, prop, value in claims.rows(query, [every]):
        schemata.setdefault(record, schema)
        if prop in CAPTION_PROPS:
            told.setdefault(record, {}).setdefault(prop, []).append(value)
    found = {}
    for party, its in records.items():
        named = next((told[each] for each in its if told.get(each, {}).keys() & {*NAME_PROPS}), {})
        schema = next((schemata[each] for each in its if each in schemata), "LegalEntity")
        found[party] = Named(party, caption(named, ""), schema, tuple(its))
    for each in hidden.values():
        found[each.id] = Named(each.id, each.words, "LegalEntity", ())
    return found
