"""Everything around a question of ownership on a day: parties with their names, stakes in numbers, and who is or may be listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from shellgame.graph.ownership.listed import lists_of
from shellgame.graph.ownership.rules import Rule
from shellgame.graph.ownership.stakes import Hidden, Parties
from shellgame.graph.ownership.structure import Structure
from shellgame.graph.ownership.weighing import Numbers, Standing, settles_for
from shellgame.model.entity import caption
from shellgame.model.schema import CAPTION_PROPS, NAME_PROPS, is_a
from shellgame.model.stakes import StakeKind
from shellgame.store.claims import ClaimSet

LIKELY = 0.5
"""From this probability on a party that may be a listed one leaves an answer open."""
UNOWNED = "who owns it is not told"
"""Why an organisation may be caught of which nobody is told to hold anything that could settle it."""
CLOSED = "who stands behind it in the end is not told, its owners own one another"
"""Why an organisation may be caught above which only others stand that own one another."""


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
        repeated: Indirect stakes that repeat a chain that is told.
    """

    def __init__(self, claims: ClaimSet, parties: Parties, structure: Structure, day: str) -> None:
        """Gather it.

        Args:
            claims: The claims of the day.
            parties: Which records are one party.
            structure: Parties and stakes of whatever day.
            day: The day asked about.
        """
        stakes, hidden, self.repeated = structure.on(day)
        self.numbers = Numbers(structure.records, stakes)
        self._hidden = {each.id: each for each in hidden}
        self._records = structure.records
        self._alike = _alike(parties, structure.records)
        every = {record for its in structure.records.values() for record in its}
        self.lists = lists_of(claims, every | {record for its in self._alike.values() for record, _ in its}, day)
        self.named = _named(claims, structure.records, self._hidden)

    def standing(self, rule: Rule) -> Standing:
        """Who is listed for a rule, and who may be, with the reason in words."""
        found = Standing(set(), {}, {})
        settling = settles_for(rule)
        owned = {stake.owned for stake in self.numbers.stakes if stake.kind in settling}
        found.listed.update(
            party for party in self.numbers.ids if self.lists.for_rule(rule, self._records.get(party, ()))
        )
        tops = (
            each for each in self.numbers.ids if each in found.listed or each not in owned or not self._has_owners(each)
        )
        below_somebody = self._below(tops, settling)
        for party in self.numbers.ids:
            records = self._records.get(party, ())
            if party in found.listed:
                continue
            if why := self._anybody(party):
                found.anybody[party] = why
            elif alike := self._alike_listed(rule, party):
                found.anybody[party] = alike
            elif party not in owned and self._has_owners(party):
                found.anybody[party] = UNOWNED
            elif party not in below_somebody:
                found.anybody[party] = CLOSED
            elif late := self.lists.perhaps_for_rule(rule, records):
                found.perhaps[party] = late
        return found

    def _below(self, tops: Iterable[str], kinds: Container[StakeKind]) -> set[str]:
        """Some parties, and all in which they hold some rights, directly or through others."""
        held: defaultdict[str, list[str]] = defaultdict(list)
        for stake in self.numbers.stakes:
            if stake.kind in kinds:
                held[stake.owner].append(stake.owned)
        found = set(tops)
        waiting = list(found)
        while waiting:
            new = [each for each in held[waiting.pop()] if each not in found]
            found.update(new)
            waiting += new
        return found

    def _anybody(self, party: str) -> str:
        if party in self._hidden:
            return "who this is is not told" if self._hidden[party].anybody else ""
        return "" if party in self.named and self.named[party].name else "the holder is not named"

    def _alike_listed(self, rule: Rule, party: str) -> str:
        for record, why in self._alike.get(party, ()):
            if self.lists.for_rule(rule, [record]):
                return f"may be {record}, which is listed ({why})"
        return ""

    def _has_owners(self, party: str) -> bool:
        """Whether a party is of a kind that belongs to somebody."""
        schema = self.named[party].schema
        return party not in self._hidden and not is_a(schema, "Person") and not is_a(schema, "PublicBody")

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
    told: dict[str, dict[str, list[str]]] = {}
    schemata: dict[str, str] = {}
    every = claims.of_entities(record for its in records.values() for record in its)
    for claim in sorted(every, key=lambda claim: (claim.entity_id, claim.prop, claim.value)):
        schemata.setdefault(claim.entity_id, claim.schema)
        if claim.prop in CAPTION_PROPS:
            told.setdefault(claim.entity_id, {}).setdefault(claim.prop, []).append(claim.value)
    found = {}
    for party, its in records.items():
        named = next((told[each] for each in its if told.get(each, {}).keys() & {*NAME_PROPS}), {})
        schema = next((schemata[each] for each in its if each in schemata), "LegalEntity")
        found[party] = Named(party, caption(named, ""), schema, tuple(its))
    for each in hidden.values():
        members = " and ".join(found[member].called for member in each.members if member in found)
        found[each.id] = Named(each.id, each.words or f"{members}, jointly", "LegalEntity", ())
    return found
