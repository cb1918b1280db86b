"""Parties that look alike and are two: a list takes nobody up twice, so that two of its entries with like names are two parties.

Analysts are handed pairs that are mostly one; what tells sister companies, brothers and namesakes apart is seldom among them.
These are parties that OFAC took up after the lists of all measures; none has an id or a whole name that those lists or a judged
pair have.
"""

from __future__ import annotations

from functools import lru_cache

from bench.matching import data, lists
from bench.matching.engine import Entity
from bench.matching.groups import entity_keys

LATER = ("us_ofac_sdn", "ofac-20231228")
MEASURED = (lists.OFAC, lists.OFAC_2021, lists.UN, lists.UN_2020)
LEAST_ALIKE = 0.1
"""Score of a search by names from which two parties are looked at."""
MOST_ALIKE = 6
"""Parties looked at for one, itself among them."""


@lru_cache(maxsize=1)
def neighbours() -> list[tuple[Entity, Entity]]:
    """Pairs of parties of one list whose names are alike, each pair once."""
    from shellgame.match.party_index import Party, PartyIndex, Query  # compiles

    parties = _unmeasured()
    index = PartyIndex.build(Party(each["id"], each["schema"], lists.names_of(each), {}) for each in parties)
    asked = [Query(lists.names_of(each), each["schema"]) for each in parties]
    found = index.search(asked, limit=MOST_ALIKE, threshold=LEAST_ALIKE, by_letters=False)
    alike = {
        (min(row, match.party), max(row, match.party))
        for row, matches in enumerate(found)
        for match in matches
        if match.party != row
    }
    return [(parties[left], parties[right]) for left, right in sorted(alike)]


def _unmeasured() -> list[Entity]:
    """The parties of the later list that nothing measured knows."""
    measured = [each for source in MEASURED for each in lists.entities_of(*source)]
    judged = [each for pair in data.entity_pairs() for each in pair.entities]
    known = set().union(*map(entity_keys, [*measured, *judged]))
    return [each for each in lists.entities_of(*LATER) if not entity_keys(each) & known]
