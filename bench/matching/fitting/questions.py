"""Queries whose answer is known, and the index that they are asked of: the screening list with invented parties planted in it.

No name of the list is ever an answer. Half of the strangers share nothing but their kind with people of the files: names of one
nationality are put together anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bench.matching import lists
from bench.matching.engine import Entity
from bench.matching.fitting import bending, names

from shellgame.match.party_index import Party, PartyIndex, Query

STRANGE_FIRMS = 7_000
"""Real companies asked for as strangers; of invented people all that are not planted."""
REMADE = 60_000
"""Strangers put together anew."""
INITIALED = 12_000
"""So many of them are asked for with an initial, too."""
MISREAD = 6_000
"""So many are asked for as organisations and as ships, as the names of people are of whom a query does not say what they are."""
PARTS = 4
"""Parts of the strangers that are held out one after another."""
WEIGHT_OF_STRANGERS = 1.5
WEIGHT_OF_REMADE = 0.45
WEIGHT_OF_INITIALED = 0.3
WEIGHT_OF_MISREAD = 0.3
WEIGHT_OF_NATIVE, WEIGHT_OF_NATIVE_STRANGERS = 0.3, 1.3
"""Of names in another script, and of strangers' names there: half of the alarms were theirs with equal weights."""
WEIGHT_OF_RENUMBERED = 0.25
WEIGHT_OF_BENT = 2.0
WEIGHT_OF_FORMS = 0.5


class Asked(NamedTuple):
    """A query whose answer is known.

    Attributes:
        query: A name.
        target: Id of the party it belongs to; empty for a stranger.
        weight: Of each row that comes of it.
        paired: Whether pairs learn from it too.
        part: Which part of the strangers it is in, or -1.
    """

    query: Query
    target: str
    weight: float
    paired: bool = True
    part: int = -1


def listed() -> list[Party]:
    """The parties of the screening list."""
    return [Party(str(each["id"]), each["schema"], lists.names_of(each), {}) for each in lists.listed()]


def strangers(part: int) -> list[Query]:
    """One of `PARTS` parts of the invented people who are not planted."""
    return [Query([name], "Person") for name in names.strangers()[part::PARTS]]


def planted_among_listed(planted: Sequence[Entity]) -> PartyIndex:
    """The index to ask: listed parties and all that `asked_of` has as targets."""
    koreans, _ = names.koreans()
    return PartyIndex.build(
        [
            *listed(),
            *(Party(str(each["id"]), each["schema"], each["properties"]["name"], {}) for each in planted),
            *(Party(f"ship-{name}", "Vessel", [name], {}) for name in names.ships()),
            *_numbered("across", "Person", [latin for latin, _ in names.people_in_two_scripts()]),
            *_numbered("firm", "Company", [latin for latin, _ in names.firms_in_two_scripts()[::2]]),
            *_numbered("korean", "Person", [latin for latin, _ in koreans[::2]]),
            *_numbered("hangul", "Person", [hangul for _, hangul in koreans[1::2]]),
        ]
    )


def _numbered(prefix: str, schema: str, told: Sequence[str]) -> Iterator[Party]:
    return (Party(f"{prefix}-{number}", schema, [name], {}) for number, name in enumerate(told))


def asked_of(planted: Sequence[Entity]) -> list[Asked]:
    """Everything that is asked, in an order that stays the same."""
    asked = [question for each in planted for question in _bent(each)]
    asked += [Asked(Query([name], "Person"), "", 1.0) for name in bending.lookalikes_of(planted)]
    asked += [Asked(Query([name], "Company"), "", WEIGHT_OF_RENUMBERED) for name in bending.renumbered(planted)]
    asked += _across_scripts()
    asked += [Asked(query, "", WEIGHT_OF_STRANGERS, part=part) for part in range(PARTS) for query in strangers(part)]
    firms = names.companies()[names.PLANTED : names.PLANTED + STRANGE_FIRMS]
    asked += [Asked(Query([name], "Company"), "", WEIGHT_OF_STRANGERS) for name in firms]
    return asked + list(_remade())


def _bent(planted: Entity) -> Iterator[Asked]:
    """The name of a planted party, as it is and bent."""
    name, schema, identity = planted["properties"]["name"][0], planted["schema"], str(planted["id"])
    yield Asked(Query([name], schema), identity, 0.5 * WEIGHT_OF_BENT)
    for way, text in bending.bent(planted):
        weight = WEIGHT_OF_FORMS if way == "other_form" else WEIGHT_OF_BENT
        yield Asked(Query([text], schema), identity, weight, paired=way != "reversed")


def _across_scripts() -> Iterator[Asked]:
    """Parties asked for in another script than the index has, and as many of nobody."""
    for number, (_, native) in enumerate(names.people_in_two_scripts()):
        yield _native(native, "Person", f"across-{number}")
    for native in names.strangers_in_script():
        yield _native(native, "Person", "")
    koreans, strangers = names.koreans()
    for number, (_, hangul) in enumerate(koreans[::2]):
        yield _native(hangul, "Person", f"korean-{number}")
    for number, (latin, _) in enumerate(koreans[1::2]):
        yield _native(latin, "Person", f"hangul-{number}")
    for name in (name for both in strangers for name in both):
        yield _native(name, "Person", "")
    for number, (_, native) in enumerate(names.firms_in_two_scripts()):
        yield _native(native, "Company", "" if number % 2 else f"firm-{number // 2}")


def _native(name: str, schema: str, target: str) -> Asked:
    return Asked(Query([name], schema), target, WEIGHT_OF_NATIVE if target else WEIGHT_OF_NATIVE_STRANGERS)


def _remade() -> Iterator[Asked]:
    """Strangers put together anew, some with an initial, and some read as what they are not."""
    remade = names.remade(REMADE)
    for schema, weight, several in (
        ("Person", WEIGHT_OF_REMADE, remade),
        ("Person", WEIGHT_OF_INITIALED, bending.with_initials(remade[:INITIALED])),
        ("Organization", WEIGHT_OF_MISREAD, remade[:MISREAD]),
        ("Vessel", WEIGHT_OF_MISREAD, remade[-MISREAD:]),
    ):
        for name in several:
            yield Asked(Query([name], schema), "", weight, paired=False)
