"""Links to parties that a record only names: whom the same publication lists under that name, and how sure that is.

OFAC's flat files print the other party's name, never its number: `Linked To: TURNIP TRADING LLC.` The names in one
publication decide: primary names first, then aliases; one listed party of that name is taken for it, which is an
inference and marked as one. Several are told apart only where one alone shares a programme with the record; otherwise
the link leads to an entity that has the name and nothing else, and resolution must say who it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from shellgame.model.claim import ClaimRow
from shellgame.sources.claims import Claims, Entity
from shellgame.sources.ofac.names import name_key, person_name


class Tie(NamedTuple):
    """A relation to a named party, as a record states it.

    Attributes:
        schema: FollowTheMoney schema of the link.
        role: What the publisher calls the relation: `Linked To`.
        name: The other party's name as printed.
        quote: The words that state the relation.
        field: Where in the record they stand.
        outward: Whether the record is the link's source.
    """

    schema: str
    role: str
    name: str
    quote: str
    field: str
    outward: bool = True


class Party(NamedTuple):
    """What must be known of a listed party to link others to it.

    Attributes:
        id: Its record id.
        name: Key of its primary name (`shellgame.sources.ofac.names.name_key`).
        aliases: Keys of its other names.
        programs: The programmes it is listed under.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    programs: frozenset[str]


class Origin(NamedTuple):
    """The record that states a tie: its id, schema, locator and programmes."""

    id: str
    schema: str
    locator: str
    programs: frozenset[str]


class _Target(NamedTuple):
    """Whom a tie leads to: a listed party's id, or None. `reason` says why one of several was taken, `tally` what is counted."""

    id: str | None
    reason: str
    tally: str


_UNLISTED = _Target(None, "", "links_to_unlisted")
_AMBIGUOUS = _Target(None, "", "links_ambiguous")


class Directory:
    """The parties of one publication by name."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self._by_name: defaultdict[str, list[Party]] = defaultdict(list)
        self._by_alias: defaultdict[str, list[Party]] = defaultdict(list)
        for party in parties:
            self._by_name[party.name].append(party)
            for alias in party.aliases:
                self._by_alias[alias].append(party)

    def target(self, name: str, origin: Origin) -> _Target:
        """Decide whom a name stands for in a tie of `origin`; a record is never tied to itself."""
        key = name_key(name)
        for index in (self._by_name, self._by_alias):
            found = {party.id: party for party in index.get(key, ()) if party.id != origin.id}
            if len(found) == 1:
                return _Target(next(iter(found)), "", "links_to_listed")
            if found:
                return _told_apart(list(found.values()), origin)
        return _UNLISTED


def _told_apart(found: Sequence[Party], origin: Origin) -> _Target:
    sharing = [party for party in found if party.programs & origin.programs]
    if len(sharing) != 1:
        return _AMBIGUOUS
    shared = ", ".join(sorted(sharing[0].programs & origin.programs))
    reason = f"{len(found)} listed parties have this name; taken for the only one listed under {shared} too"
    return _Target(sharing[0].id, reason, "links_by_program")


def write_ties(claims: Claims, ties: Iterable[tuple[Origin, Tie]], directory: Directory) -> None:
    """Claim every tie as a link; counts `links` and how their ends were found."""
    found: Counter[str] = Counter()
    for origin, tie in ties:
        target = directory.target(tie.name, origin)
        found[target.tally] += 1
        claims.rows.extend(_link_rows(claims.source, origin, tie, target))
    claims.counts.update(found)
    claims.counts["links"] += found.total()
    if ambiguous := found["links_ambiguous"]:
        claims.notes.append(f"links to a name that several records have, and so to that name alone: {ambiguous}")


@lru_cache(maxsize=1 << 16)
def _link_rows(source: str, origin: Origin, tie: Tie, target: _Target) -> tuple[ClaimRow, ...]:
    """Write one link; the same in each version until either end changes, so versions share the rows."""
    claims = Claims(source)
    record = Entity(claims, origin.id, origin.id, origin.schema, origin.locator)
    stance = "asserts" if target.id is None else "infers"
    target_id = target.id or _named(claims, record, tie)
    edge = record.link(
        tie.schema, target_id, role=tie.role, quote=tie.quote, field=tie.field, outward=tie.outward, stance=stance
    )
    edge.add("summary", target.reason, quote=tie.quote, field=tie.field, stance="infers")
    return tuple(claims.rows)


def _named(claims: Claims, record: Entity, tie: Tie) -> str:
    if tie.schema == "Family":
        return claims.named(person_name(tie.name).full, record, schema="Person", quote=tie.quote)
    return claims.named(tie.name, record, quote=tie.quote)
