"""A graph that grows: entities are asked for their ties a batch at a time, and what was found is kept.

Where it is told which records are one party, a party is one node, asked for the ties of all its records; what these share ties it
to nobody. It stands under the record it was asked for by, else under the first of its records, by id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Protocol

from shellgame.graph.judged import judged_ties
from shellgame.graph.links import degrees_of, links_of
from shellgame.graph.strength import Neighbours, neighbours_of, pair_strengths
from shellgame.graph.ties import Tie, shared_by, ties_of
from shellgame.model.claim import Claim
from shellgame.model.entity import Entity, entities_of
from shellgame.model.judgement import Verdict
from shellgame.model.standing import Standing
from shellgame.store.claims import ClaimSet

BATCH = 100
"""So many entities are asked for their ties in one query; more makes a query slow that looks further than needed."""


class Joining(Protocol):
    """Which records are one party; `resolve.identities.Identities` is one."""

    def records_of(self, record: str) -> list[str]:
        """All records of its party, itself first."""


class Growth:
    """What is known so far of a graph of parties and ties.

    Attributes:
        start: The parties that were asked for.
        asked: The parties whose ties are known.
        records: The records of each party that was met.

    Args:
        claims: The claims of the day.
        start: Ids of records.
        standing: What people decided; a name that two share which are judged different ties them no longer.
        identities: Which records are one party; each stands alone when None.
        former: Whether links that have ended lead on too.
    """

    def __init__(
        self,
        claims: ClaimSet,
        start: Sequence[str],
        *,
        standing: Standing | None = None,
        identities: Joining | None = None,
        former: bool = False,
    ) -> None:
        self._claims, self._standing, self._identities = claims, standing or Standing(), identities
        self._former = former
        self._ties: dict[tuple[str, str, str], Tie] = {}
        self._rests_on: dict[tuple[str, str, str], dict[str, None]] = {}
        self._party_of: dict[str, str] = {}
        self.records: dict[str, tuple[str, ...]] = {}
        self.asked: set[str] = set()
        self._meet(start)
        self.start = self.parties(start)

    def parties(self, records: Iterable[str]) -> tuple[str, ...]:
        """The parties that some records belong to, all of which were met."""
        return tuple(dict.fromkeys(self._party_of[record] for record in records))

    def ask(self, parties: Iterable[str]) -> None:
        """Find the ties of some parties, and whom these lead to."""
        new = [party for party in dict.fromkeys(parties) if party not in self.asked]
        records = [record for party in new for record in self.records[party]]
        found = _ties_around(self._claims, self._standing, records) if records else []
        self._meet(sorted({end for tie, _ in found for end in (tie.source_id, tie.target_id)}))
        for tie, claim_ids in found:
            self._take(tie, claim_ids)
        self.asked.update(new)
        self.__dict__.pop("near", None)

    @cached_property
    def near(self) -> Neighbours:
        """Who is tied to whom, and how strongly, by what leads on."""
        return neighbours_of(pair_strengths(self.leading))

    @property
    def leading(self) -> list[Tie]:
        """The ties that lead on, strongest first."""
        return ordered(tie for tie in self._ties.values() if self._former or tie.past != "ended")

    @property
    def ended(self) -> list[Tie]:
        """Links that have ended by the day and do not lead on, strongest first."""
        return ordered(tie for tie in self._ties.values() if not self._former and tie.past == "ended")

    def between(self, one: str, other: str) -> list[Tie]:
        """The ties between two parties that lead on, strongest first."""
        ends = {one, other}
        return [tie for tie in self.leading if {tie.source_id, tie.target_id} == ends]

    def entities(self, parties: Iterable[str]) -> dict[str, Entity]:
        """Some parties as entities, each with the claims of all its records."""
        wanted = list(parties)
        told = entities_of(self._claims.of_entities([record for party in wanted for record in self.records[party]]))
        return {party: _as_one(party, [told[each] for each in self.records[party] if each in told]) for party in wanted}

    def degrees(self, parties: Collection[str]) -> dict[str, int]:
        """To how many others each party is linked in the data, by the record of it that has most; 0 for none."""
        told = degrees_of(self._claims, [record for party in parties for record in self.records[party]])
        return {party: max(told.get(record, 0) for record in self.records[party]) for party in parties}

    def _meet(self, records: Sequence[str]) -> None:
        """Learn which parties some records belong to."""
        new = [record for record in records if record not in self._party_of]
        groups = {record: self._identities.records_of(record) if self._identities else [record] for record in new}
        several = {record for its in groups.values() if len(its) > 1 for record in its}
        here = self._claims.known(several)
        for record in new:
            if record in self._party_of:
                continue
            own = [each for each in groups[record] if each == record or each in here]
            party = record if not self.asked and not self._ties else min(own)
            self.records[party] = (party, *(each for each in own if each != party))
            self._party_of |= dict.fromkeys(own, party)

    def _take(self, tie: Tie, claim_ids: Iterable[str]) -> None:
        """Keep a tie between two parties; what several records of them say alike is one tie, with the claims of all."""
        source, target = self._party_of[tie.source_id], self._party_of[tie.target_id]
        if source == target:
            return
        if tie.kind != "link":
            source, target = sorted((source, target))
        place = tie.id, source, target
        self._ties.setdefault(place, replace(tie, source_id=source, target_id=target))
        self._rests_on.setdefault(place, {}).update(dict.fromkeys(claim_ids))

    def told(self, ties: Iterable[Tie]) -> list[Tie]:
        """Some ties, strongest first, each with the claims it rests on."""
        wanted = list(ties)
        places = [(tie.id, tie.source_id, tie.target_id) for tie in wanted]
        ids = sorted(
            {
                each
                for tie, place in zip(wanted, places, strict=True)
                if not tie.claims
                for each in self._rests_on[place]
            }
        )
        ends = {end for tie in wanted for end in (tie.source_id, tie.target_id)}
        about = [record for end in ends for record in self.records[end]]
        claims = {claim.claim_id: claim for claim in self._claims.with_ids(ids, about)}
        return ordered(
            tie if tie.claims else _with_claims(tie, [claims[each] for each in self._rests_on[place]])
            for tie, place in zip(wanted, places, strict=True)
        )


def _with_claims(tie: Tie, claims: Sequence[Claim]) -> Tie:
    """A tie with what it rests on; a shared value is called as it is first printed."""
    return replace(tie, claims=tuple(claims), label=claims[0].said) if claims else tie


def _as_one(identity: str, entities: Sequence[Entity]) -> Entity:
    """Several records as one entity: of the schema that most of them have, with the claims of all."""
    schemata = Counter(entity.schema for entity in entities)
    schema = schemata.most_common(1)[0][0] if schemata else "Thing"
    return Entity(identity, schema, tuple(claim for entity in entities for claim in entity.claims))


def _ties_around(claims: ClaimSet, standing: Standing, records: Sequence[str]) -> list[tuple[Tie, Iterable[str]]]:
    """The ties of some records, strongest first, each with the ids of the claims it rests on where these are not in it."""
    ids = frozenset(records)
    shared = [each for value in shared_by(claims, records) for each in ties_of(value, ids)]
    telling = [each for each in shared if not _another_of_the_name(standing, each[0])]
    others = [*links_of(claims, records), *judged_ties(claims, standing, records)]
    return sorted([*telling, *((tie, ()) for tie in others)], key=lambda each: _order(each[0]))


def _another_of_the_name(standing: Standing, tie: Tie) -> bool:
    return tie.schema == "name" and standing.says(tie.source_id, tie.target_id) is Verdict.DIFFERENT


def ordered(ties: Iterable[Tie]) -> list[Tie]:
    """Ties, strongest first; of equal ones in a fixed order."""
    return sorted(ties, key=_order)


def _order(tie: Tie) -> tuple[float, str, str, str, str]:
    return -tie.strength, tie.kind, tie.id, tie.source_id, tie.target_id
