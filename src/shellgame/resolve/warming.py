"""Make the machine code of matching and of resolution once, so that no first question waits for the compiler.

    python -m shellgame.resolve.warming

A few invented records go the whole way that a workspace's go: found, compared, completed, clustered and marked.
"""

from __future__ import annotations

from shellgame.match import warming
from shellgame.resolve.clusters import Known, cluster
from shellgame.resolve.comparable import Single, comparable_of
from shellgame.resolve.edges import Rules
from shellgame.resolve.pairs import weighed
from shellgame.resolve.quality import marks

_RECORDS = tuple(
    Single(f"{source}-1", "Person", {"name": [name], "birthDate": ["1961-06-06"]}, (source,), (source,))
    for source, name in (("a", "Orsin Maledd"), ("b", "Maledd Orsin"), ("c", "Орсин Маледд"))
)


def warm() -> None:
    """Compile all that matching and a resolution need; takes a minute, or a second where it is done."""
    rules = Rules()
    records = comparable_of(_RECORDS, hub=rules.hub)
    known = Known(records.ids, weighed(records, rules=rules).edges, rules=rules)
    marks(known, cluster(known))
    warming.warm()  # last: it writes down that all is compiled


if __name__ == "__main__":
    warm()
