"""One statement of any version of the standard, brought into one shape.

Until 0.3 a statement has a `statementID` and replaces others by their ids; since 0.4 it is about a record with a `recordId`, and
the latest statement about a record counts. What a statement says of its subject stands in `recordDetails` since 0.4, before that
at the top.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from shellgame.model.days import partial_day
from shellgame.sources.publication import LONGEST_TEXT

Kind = Literal["entity", "person", "relationship"]

_KINDS: dict[str, Kind] = {
    "entity": "entity",
    "person": "person",
    "relationship": "relationship",
    "entityStatement": "entity",
    "personStatement": "person",
    "ownershipOrControlStatement": "relationship",
}
ENVELOPE = frozenset(
    ("annotations", "declaration", "declarationSubject", "publicationDetails", "recordDetails", "recordId", "recordStatus",
     "recordType", "replacesStatements", "source", "statementDate", "statementID", "statementId", "statementType")
)  # fmt: skip
"""Keys that tell of the statement and not of its subject."""


class Statement(NamedTuple):
    """A statement.

    Attributes:
        id: Of the statement.
        record: Id of the record it is about; empty until 0.3.
        kind: What it is about.
        day: When it was made, a partial day; empty where not told.
        moment: The same to the second where told, for the order of statements.
        closed: Whether it says that its record came to an end.
        replaces: Ids of the statements it takes the place of.
        details: What it says of its subject.
        whole: The statement itself.
    """

    id: str
    record: str
    kind: Kind
    day: str
    moment: str
    closed: bool
    replaces: tuple[str, ...]
    details: dict[str, Any]
    whole: dict[str, Any]


def statement_of(told: dict[str, Any]) -> Statement | None:
    """Read a statement; None where it is none: without an id, or about nothing that the standard knows."""
    kind = _KINDS.get(text(told.get("recordType") or told.get("statementType")))
    record = text(told.get("recordId"))
    own = text(told.get("statementId") or told.get("statementID")) or record
    if kind is None or not own:
        return None
    printed = text(told.get("statementDate"))
    replaced = [text(each) for each in listed(told.get("replacesStatements"))]
    return Statement(
        own,
        record,
        kind,
        partial_day(printed) or "",
        printed,
        text(told.get("recordStatus")) == "closed",
        tuple(each for each in replaced if each and each != own),
        mapping(told.get("recordDetails")) if "recordDetails" in told else told,
        told,
    )


def party_of(details: dict[str, Any], side: str) -> str:
    """The id by which a relationship calls a party, its `subject` or `interestedParty`; empty where it names none."""
    printed = details.get(side)
    told = mapping(printed)
    described = (text(told.get(key)) for key in ("describedByEntityStatement", "describedByPersonStatement"))
    return text(printed) or next(filter(None, described), "")


def published_on(told: dict[str, Any]) -> str:
    """The day on which a statement was published, as told; empty where it is not, or not to the day."""
    day = partial_day(text(mapping(told.get("publicationDetails")).get("publicationDate"))) or ""
    return day if len(day) == len("2024-12-19") else ""


def text(value: object) -> str:
    """A text without outer space; empty for anything else, and for one longer than any that is meant."""
    return value.strip() if isinstance(value, str) and len(value) <= LONGEST_TEXT else ""


def mapping(value: object) -> dict[str, Any]:
    """An object of JSON; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """A list; one of a single value for anything else that is there."""
    if isinstance(value, list):
        return value
    return [] if value in (None, "", {}) else [value]
