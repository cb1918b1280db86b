"""Small invented lists whose records are to be joined; nobody in them is real."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from shellgame.resolve.clusters import Known, cluster
from shellgame.resolve.comparable import Comparable, Single, comparable_of
from shellgame.resolve.edges import Rules
from shellgame.resolve.pairs import weighed

from .clustered import as_sets

RULES = Rules()


def person(identity: str, *names: str, source: str = "", **properties: str | Sequence[str]) -> Single:
    return record(identity, "Person", names, source, properties)


def company(identity: str, *names: str, source: str = "", **properties: str | Sequence[str]) -> Single:
    return record(identity, "Company", names, source, properties)


def record(
    identity: str, schema: str, names: Sequence[str], source: str, properties: Mapping[str, str | Sequence[str]]
) -> Single:
    told = {prop: [value] if isinstance(value, str) else list(value) for prop, value in properties.items()}
    listed = source or identity.split("-")[0]
    return Single(identity, schema, {"name": list(names), **told}, (listed,), (f"{listed} programme",))


def comparable(records: Iterable[Single]) -> Comparable:
    return comparable_of(records, hub=RULES.hub)


def entities(*records: Single) -> set[frozenset[str]]:
    """Records as clusters."""
    told = comparable(records)
    return as_sets(cluster(Known(told.ids, weighed(told, rules=RULES).edges, rules=RULES)))


def joined(*records: Single) -> bool:
    return len(entities(*records)) == 1


ORSIN = person("us-1", "Orsin Maledd", "Orsin Talvek Maledd", birthDate="1961-06-06", nationality="by")
ORSIN_ABROAD = person("ca-1", "MALEDD, Orsin", birthDate="1961-06-06", nationality="Belarus")
BROTHER = person("us-2", "Talvek Maledd", birthDate="1964-01-09", nationality="by")
HOUSE = company("us-3", "Halvren Trading House LLC", registrationNumber="190222718", innCode="7707083893", country="by")
HOUSE_ABROAD = company(
    "eu-3", "Handelshaus Galwren", registrationNumber="190222718", innCode="7707083893", country="by"
)
