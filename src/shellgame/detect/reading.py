"""Put a scene together out of claims: the parties around the one asked about, and their history as far as any version tells it.

History comes from two places: the days that sources print, and what changed from one version of a source to the next. A figure
that a later version replaces ended between the two. An entry that a later version no longer has is over, or no longer told: nobody
knows, unless another one of the same holder took its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import product
from typing import NamedTuple

from shellgame.detect.scene import Bond, Common, Designation, Facts, Holding, Payment, Scene
from shellgame.detect.when import EVER, Days, days_of, ordinal
from shellgame.graph.lasting import is_called_former
from shellgame.graph.ownership.stakes import Parties
from shellgame.model.entity import caption
from shellgame.model.schema import LINK_ENDS
from shellgame.model.stakes import UNKNOWN, Interval, StakeKind, interval_of
from shellgame.model.version import Version
from shellgame.resolve.keys import address_key
from shellgame.resolve.lists import Listing, last_whole, listings_of, lists_held
from shellgame.store.claims import ClaimSet

MOST_PARTIES = 2_000
"""A scene stops growing here, and says so."""
_RIGHTS = ("Ownership", "Control")
_BONDS = {"Family": "family", "Associate": "associate", "Employment": "employee", "Representation": "nominee"}
_READ = (*_RIGHTS, "Directorship", *_BONDS, "Payment")
_FACTS = (
    "name",
    "alias",
    "country",
    "jurisdiction",
    "mainCountry",
    "nationality",
    "incorporationDate",
    "dissolutionDate",
    "address",
    "addressEntity",
)
_ADDRESSES = ("address", "addressEntity")
_MONEY = ("amount", "amountUsd", "amountEur", "currency")
_COLUMNS = "source, entity_id, schema, prop, value, stance, claim_id, first_seen, last_seen"
_NOMINEE, _DENIES = "nominee", "denies"


class _Row(NamedTuple):
    """One claim about a link or a party."""

    prop: str
    value: str
    denied: bool
    claim_id: str
    first_seen: str
    last_seen: str


@dataclass
class _Link:
    """A link as one source tells it."""

    id: str
    source: str
    schema: str
    rows: list[_Row] = field(default_factory=list)

    def told(self, *props: str) -> list[_Row]:
        """What is asserted of some properties."""
        return [row for row in self.rows if row.prop in props and not row.denied]

    def text(self, *props: str) -> str:
        """The values of some properties, in one text."""
        return "; ".join(dict.fromkeys(row.value for row in self.told(*props)))

    def day(self, prop: str, choose: Callable[[Iterable[Days]], Days]) -> Days | None:
        """One of the days told of a property, by the newest version that tells any."""
        rows = self.told(prop)
        newest = max((row.last_seen for row in rows), default="")
        days = [day for row in rows if row.last_seen == newest and (day := days_of(row.value))]
        return choose(days) if days else None

    @property
    def days(self) -> tuple[Days | None, Days | None]:
        """When it began and when it ended; neither where it is told to end before it begins, for such days tell nothing."""
        start, end = self.day("startDate", min), self.day("endDate", max)
        return (None, None) if start and end and end.last < start.first else (start, end)

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of what is asserted."""
        return tuple(sorted(row.claim_id for row in self.rows if not row.denied))

    @property
    def last_seen(self) -> str:
        """The last version that has it."""
        return max((row.last_seen for row in self.rows if not row.denied), default="")

    @property
    def first_seen(self) -> str:
        """The first version that has it."""
        return min((row.first_seen for row in self.rows if not row.denied), default="")


def scene_of(claims: ClaimSet, parties: Parties, start: Sequence[str], day: str) -> Scene:
    """Read what is told of a party and those around it.

    Args:
        claims: The claims of the day, best with those that ended (`ClaimSet.ever`), which tell what changed between versions.
        parties: Which records are one party.
        start: Ids of records of the party asked about.
        day: What came after it is left out, `YYYY-MM-DD`.
    """
    return _Reader(claims, parties, ordinal(day)).scene(start)


class _Reader:
    """A scene while it is read."""

    def __init__(self, claims: ClaimSet, parties: Parties, day: int) -> None:
        self._claims, self._parties, self._day = claims, parties, day
        self._history = claims.history
        self._records: dict[str, tuple[str, ...]] = {}
        self._links: dict[tuple[str, str], _Link] = {}
        self._stopped = False
        words = ", ".join(f"'{schema}'" for schema in _READ)
        claims.derive(
            "moving",
            f"SELECT {_COLUMNS} FROM claims WHERE schema IN ({words})",
        )

    def scene(self, start: Sequence[str]) -> Scene:
        """Read everything."""
        begun = self._enter(start)
        asked = self._parties.party(start[0])
        self._grow(begun, "owner", "asset", _RIGHTS)
        self._grow(begun, "asset", "owner", _RIGHTS)
        self._reach(begun, ("director",), ("Directorship",))
        self._reach(self._every(), ("asset", "controlled"), _RIGHTS)
        self._reach(self._every(), ("organization",), ("Directorship",))
        self._reach(self._every(), ("person", "relative"), ("Family",))
        self._reach(self._every(), ("person", "associate"), ("Associate",))
        self._reach(self._every(), ("employee",), ("Employment",))
        self._reach(self._every(), ("client",), ("Representation",))
        self._reach(self._every(), ("beneficiary",), ("Payment",))
        links = [self._links[key] for key in sorted(self._links)]
        agents = self._crowds(
            "Representation", "agent", "client", {row.value for link in links for row in link.told("agent")}
        )
        return Scene(
            asked,
            self._day,
            tuple(sorted(self._holdings(links), key=repr)),
            tuple(sorted({bond for link in links for bond in self._bonds(link)})),
            tuple(sorted({payment for link in links for payment in self._payments(link)})),
            self._designations(),
            lists_held(self._claims),
            self._facts(links, agents),
            self._crowds(
                "Directorship",
                "director",
                "organization",
                {row.value for link in links for row in link.told("director")},
            ),
            self._denied(links),
            self._stopped,
        )

    def _every(self) -> list[str]:
        return [record for its in self._records.values() for record in its]

    def _enter(self, reached: Iterable[str]) -> list[str]:
        """Enter the parties of some records; gives the records of those that are new."""
        new: list[str] = []
        for record in dict.fromkeys(reached):
            if len(self._records) >= MOST_PARTIES:
                self._stopped = True
                break
            party = self._parties.party(record)
            if party not in self._records:
                self._records[party] = tuple(dict.fromkeys([record, *self._parties.records_of(record)]))
                new += self._records[party]
        return new

    def _grow(self, start: Sequence[str], here: str, there: str, schemata: Sequence[str]) -> None:
        """Follow stakes from some records, one way, to the end."""
        ends = {"owner": ("owner", "controller"), "asset": ("asset", "controlled")}
        frontier = list(start)
        while frontier and not self._stopped:
            links = self._read(frontier, ends[here], schemata)
            frontier = self._enter(row.value for link in links for row in link.rows if row.prop in ends[there])

    def _reach(self, records: Sequence[str], props: Sequence[str], schemata: Sequence[str]) -> None:
        """Read the links that have some records at an end, and enter whoever is at the other one."""
        for link in self._read(records, props, schemata):
            self._enter(row.value for row in link.rows if row.prop in LINK_ENDS[link.schema])

    def _read(self, records: Sequence[str], props: Sequence[str], schemata: Sequence[str]) -> list[_Link]:
        query = f"""SELECT {_COLUMNS} FROM moving
            WHERE schema IN (SELECT unnest(?::VARCHAR[])) AND entity_id IN (SELECT entity_id FROM moving
                WHERE prop IN (SELECT unnest(?::VARCHAR[])) AND value IN (SELECT unnest(?::VARCHAR[])))
            ORDER BY source, entity_id, prop, value, first_seen, claim_id"""
        read: dict[tuple[str, str], _Link] = {}
        for source, entity, schema, prop, value, stance, *rest in self._claims.rows(
            query, [list(schemata), list(props), list(records)]
        ):
            link = read.setdefault((source, entity), _Link(entity, source, schema))
            link.rows.append(_Row(prop, value, stance == _DENIES, *rest))
        self._links |= read
        return list(read.values())

    def _crowds(self, schema: str, who: str, where: str, records: Iterable[str]) -> dict[str, int]:
        """How many parties on one end of links some on the other end have."""
        query = f"""SELECT here.value, count(DISTINCT there.value) FROM moving here JOIN moving there USING (source, entity_id)
            WHERE here.schema = '{schema}' AND here.prop = '{who}' AND there.prop = '{where}' AND here.value IN (
                SELECT unnest(?::VARCHAR[])) GROUP BY here.value"""
        found: dict[str, int] = {}
        for record, count in self._claims.rows(query, [sorted(records)]):
            party = self._parties.party(record)
            found[party] = found.get(party, 0) + int(count)
        return dict(sorted(found.items()))

    def _ends(self, link: _Link) -> Iterator[tuple[str, str]]:
        """The parties at both ends of a link, as asserted."""
        source, target = LINK_ENDS[link.schema]
        for one, other in product(link.told(source), link.told(target)):
            left, right = self._parties.party(one.value), self._parties.party(other.value)
            if left != right:
                yield left, right

    def _holdings(self, links: Sequence[_Link]) -> Iterator[Holding]:
        by_place: defaultdict[tuple[str, str, str, str], list[tuple[Holding, _Link]]] = defaultdict(list)
        for link in links:
            if link.schema not in (*_RIGHTS, "Directorship") or _is_indirect(link):
                continue
            for owner, asset in dict.fromkeys(self._ends(link)):
                for holding in _entries(link, owner, asset, self._history[link.source]):
                    if holding.start is None or holding.start.first <= self._day:
                        by_place[owner, asset, str(holding.right), link.source].append((self._until(holding), link))
        for its in by_place.values():
            yield from _replaced(its)

    def _until(self, holding: Holding) -> Holding:
        """An entry as it is known on the day: an end that is still to come is none."""
        return holding._replace(end=None) if holding.end and holding.end.first > self._day else holding

    def _bonds(self, link: _Link) -> Iterator[Bond]:
        sort = _BONDS.get(link.schema)
        words = link.text("relationship", "role")
        start, _ = link.days
        if not sort or (start and start.first > self._day) or (sort == "nominee" and _NOMINEE not in words.lower()):
            return
        for one, other in self._ends(link):
            yield Bond(one, other, sort, words, link.claims)

    def _payments(self, link: _Link) -> Iterator[Payment]:
        when = link.day("date", min) or link.day("startDate", min)
        if link.schema != "Payment" or (when and when.first > self._day):
            return
        for payer, beneficiary in self._ends(link):
            yield Payment(payer, beneficiary, when, _money(link.told(*_MONEY)), link.claims)

    def _denied(self, links: Sequence[_Link]) -> Mapping[frozenset[str], tuple[str, ...]]:
        """Claims that deny a link, by the parties at its ends."""
        found: defaultdict[frozenset[str], set[str]] = defaultdict(set)
        for link in links:
            source, target = LINK_ENDS[link.schema]
            ends = [[row for row in link.rows if row.prop == prop] for prop in (source, target)]
            for one, other in product(*ends):
                denying = [row.claim_id for row in (one, other) if row.denied]
                pair = frozenset((self._parties.party(one.value), self._parties.party(other.value)))
                if denying and len(pair) == 2:
                    found[pair].update(denying)
        return {pair: tuple(sorted(found[pair])) for pair in sorted(found, key=sorted)}

    def _designations(self) -> Mapping[str, tuple[Designation, ...]]:
        """The listings of all parties, and those of records that may be them."""
        perhaps = {(record, party) for party, its in self._records.items() for record in self._parties.perhaps(its[0])}
        sure = {
            record: party for party, its in self._records.items() for record in its if (record, party) not in perhaps
        }
        wanted = sorted({*sure, *(record for record, _ in perhaps)})
        last = {source: last_whole(history).as_of for source, history in self._history.items()}
        printed = self._claims.where(
            "schema = 'Sanction' AND stance <> 'denies' AND record_id IN (SELECT unnest(?::VARCHAR[]))", [wanted]
        )
        its_listings = listings_of(printed, _iso(self._day), last)
        found: defaultdict[str, set[Designation]] = defaultdict(set)
        for record, party, is_sure in [
            *((*item, True) for item in sure.items()),
            *((*pair, False) for pair in sorted(perhaps)),
        ]:
            for listing in its_listings.get(record, ()):
                each = self._designation(listing, sure=is_sure) if listing.jurisdiction else None
                if each and each.since.first <= self._day:
                    found[party].add(each)
        return {party: tuple(sorted(found[party], key=repr)) for party in sorted(found)}

    def _designation(self, listing: Listing, *, sure: bool) -> Designation:
        claim = listing.entity.claims[0]
        properties = listing.entity.properties
        programmes = tuple(sorted({*properties.get("program", ()), *properties.get("programId", ())}))
        stated = days_of(listing.since) if listing.since else None
        since = stated or _came(listing, self._history[claim.source])
        until = (days_of(listing.until or "") or Days(since.first, self._day - 1)) if listing.ended else None
        ids = tuple(sorted(each.claim_id for each in listing.entity.claims))
        return Designation(listing.jurisdiction, claim.source, programmes, since, until, sure, ids)

    def _facts(self, links: Sequence[_Link], agents: Mapping[str, int]) -> Mapping[str, Facts]:
        query = """SELECT entity_id, prop, value, stance, claim_id, first_seen, last_seen FROM claims
            WHERE entity_id IN (SELECT unnest(?::VARCHAR[])) AND prop IN (SELECT unnest(?::VARCHAR[])) AND stance <> 'denies'
            ORDER BY entity_id, prop, value, claim_id"""
        rows: defaultdict[str, list[_Row]] = defaultdict(list)
        of = {record: party for party, its in self._records.items() for record in its}
        for record, prop, value, _, *rest in self._claims.rows(query, [sorted(of), [*_FACTS, *_MONEY]]):
            rows[of[record]].append(_Row(prop, value, False, *rest))
        crowds = self._address_crowds(row.value for its in rows.values() for row in its if row.prop in _ADDRESSES)
        commons: defaultdict[str, list[Common]] = defaultdict(list)
        for link in links:
            for agent, client in self._ends(link) if link.schema == "Representation" else ():
                name = _name(rows.get(agent, ())) or agent
                commons[client].append(Common("agent", agent, name, agents.get(agent, 1), link.claims))
        for party, its in rows.items():
            commons[party] += _addresses(its, crowds)
        return {party: _fact(rows.get(party, []), commons.get(party, [])) for party in sorted(self._records)}

    def _address_crowds(self, addresses: Iterable[str]) -> dict[str, int]:
        """How many entities print each of some addresses, so spelt."""
        query = """SELECT value, count(DISTINCT entity_id) FROM claims
            WHERE prop IN (SELECT unnest(?::VARCHAR[])) AND value IN (SELECT unnest(?::VARCHAR[])) GROUP BY value"""
        wanted = sorted(set(addresses))
        return dict(self._claims.rows(query, [[*_ADDRESSES], wanted])) if wanted else {}


def _iso(day: int) -> str:
    return str(Days(day, day))


def _is_indirect(link: _Link) -> bool:
    """Whether a stake is told to be held through others, so that it repeats a chain."""
    told = {row.value for row in link.told("status")}
    return "indirect" in told and "direct" not in told


def _entries(link: _Link, owner: str, asset: str, history: Sequence[Version]) -> Iterator[Holding]:
    """The entries of one link: one, or one for each figure that a later version replaced by another."""
    words = link.text("role")
    start, end = link.days
    kinds = [StakeKind(row.value) for row in link.told("ownershipType", "controlType") if row.value in set(StakeKind)]
    other = StakeKind.SHARES if link.schema == "Ownership" else StakeKind.INFLUENCE
    right = None if link.schema == "Directorship" else min(kinds, default=other)
    whole = Holding(
        owner,
        asset,
        right,
        nominee=_NOMINEE in words.lower(),
        value=_shares_value(link),
        words=words,
        source=link.source,
        claims=link.claims,
    )
    ended = "" if end else _over(link, history)
    figures = _figures(link, history)
    if (
        len({row.value for row in link.told(LINK_ENDS[link.schema][0])}) > 1
    ):  # held jointly: nobody says which part is whose
        figures = [(interval._replace(low=0), since) for interval, since in figures]
    for number, (interval, since) in enumerate(figures):
        until = figures[number + 1][1] if number + 1 < len(figures) else end
        yield whole._replace(
            interval=interval,
            start=since or start,
            end=until,
            ended=ended if number + 1 == len(figures) else "",
        )


def _figures(link: _Link, history: Sequence[Version]) -> list[tuple[Interval, Days | None]]:
    """How much a stake is told to be, one after the other, each with the days on which it may have become that much."""
    spans: list[list[_Row]] = []
    method = {version.as_of: version.method for version in history}
    for row in sorted(link.told("percentage"), key=lambda row: (row.first_seen, row.value)):
        last = max((each.last_seen for each in spans[-1]), default="") if spans else ""
        follows = spans and row.first_seen > last and method.get(row.first_seen) == method.get(last)
        if not spans or follows:
            spans.append([row])
        else:
            spans[-1].append(row)
    found: list[tuple[Interval, Days | None]] = []
    for number, rows in enumerate(spans):
        since = None
        if number:
            before = max(each.last_seen for each in spans[number - 1])
            since = _gap(before, rows[0].first_seen)
        found.append((_hull(rows), since))
    return found or [(UNKNOWN, None)]


def _gap(before: str, after: str) -> Days:
    """The days on which something came that one version has and the one before has not."""
    return Days(min(ordinal(before) + 1, ordinal(after)), ordinal(after))


def _hull(rows: Sequence[_Row]) -> Interval:
    """What some printed figures allow: one of them is right, nobody says which."""
    read = [interval_of(row.value.replace(",", ".")) for row in rows]
    known = [each for each in read if each is not None]
    if len(known) < len(read):
        return UNKNOWN
    return Interval(min(each.low for each in known), max(each.high for each in known))


def _over(link: _Link, history: Sequence[Version]) -> str:
    """Why a link without an end is over or may be, in words; empty where nothing says so."""
    words, remarks = ([row.value for row in link.told(*props)] for props in (("role", "status"), ("summary",)))
    if is_called_former(words, remarks):
        return f"{link.source} calls it former without saying since when"
    if link.last_seen < last_whole(history).as_of:
        return f"{link.source} no longer tells of it after its version of {link.last_seen[:10]}, and does not say why"
    return ""


def _replaced(its: Sequence[tuple[Holding, _Link]]) -> Iterator[Holding]:
    """Entries of one holder, those that vanished from their source ending when the next one came."""
    came: list[tuple[str, Days]] = []
    kept: list[tuple[Holding, _Link]] = []
    for holding, link in its:
        gone = bool(holding.ended) and any(other.first_seen > link.last_seen for _, other in its)
        if gone:
            next_seen = min(other.first_seen for _, other in its if other.first_seen > link.last_seen)
            days = _gap(link.last_seen, next_seen)
            came.append((next_seen, days))
            holding = holding._replace(end=days, ended="")
        kept.append((holding, link))
    for holding, link in kept:
        begun = next((days for seen, days in came if seen == link.first_seen), None)
        yield holding._replace(start=begun) if holding.start is None and begun else holding


def _shares_value(link: _Link) -> tuple[tuple[str, Decimal], ...]:
    rows = link.told("sharesValue")
    currencies = {row.value for row in link.told("sharesCurrency")}
    amounts = {amount for row in rows if (amount := _amount(row.value))}
    return ((min(currencies), min(amounts)),) if len(currencies) == len(amounts) == 1 else ()


def _money(rows: Sequence[_Row]) -> tuple[tuple[str, Decimal], ...]:
    """Amounts by currency; a currency of which several amounts are told is left out, since nobody says which is right."""
    told: defaultdict[str, set[Decimal]] = defaultdict(set)
    currencies = {row.value for row in rows if row.prop == "currency"}
    for row in rows:
        named = {"amountUsd": "USD", "amountEur": "EUR"}.get(row.prop, min(currencies) if len(currencies) == 1 else "")
        if row.prop != "currency" and named and (amount := _amount(row.value)):
            told[named].add(amount)
    return tuple(sorted((currency, min(its)) for currency, its in told.items() if len(its) == 1))


def _amount(text: str) -> Decimal | None:
    """A sum of money above nothing; None for anything else."""
    try:
        amount = Decimal(text.replace(" ", "").replace(",", ""))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 < amount < Decimal(10) ** 18 else None


def _came(listing: Listing, history: Sequence[Version]) -> Days:
    """When a listing without a day came: between two versions, or nobody knows when before the first one."""
    seen = min(claim.first_seen for claim in listing.entity.claims)
    before = max((version.as_of for version in history if version.as_of < seen), default="")
    return _gap(before, seen) if before else Days(EVER, ordinal(seen))


def _fact(rows: Sequence[_Row], commons: Sequence[Common]) -> Facts:
    values: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        values[row.prop].append(row.value)
    countries = {*values["jurisdiction"], *values["country"], *values["mainCountry"]}
    told = ("country", "jurisdiction", "mainCountry", "nationality", "incorporationDate")
    return Facts(
        _name(rows),
        tuple(sorted(countries)),
        tuple(sorted(set(values["nationality"]))),
        _hull_of_days(values["incorporationDate"]),
        _hull_of_days(values["dissolutionDate"]),
        _money([row for row in rows if row.prop in _MONEY]),
        tuple(sorted(set(commons))),
        tuple(sorted(row.claim_id for row in rows if row.prop in told)),
    )


def _hull_of_days(texts: Sequence[str]) -> Days | None:
    """The days that some printed dates cover together: one of them is right, nobody says which."""
    days = [day for text in texts if (day := days_of(text))]
    return Days(min(day.first for day in days), max(day.last for day in days)) if days else None


def _name(rows: Iterable[_Row]) -> str:
    told: dict[str, list[str]] = {}
    for row in rows:
        if row.prop in ("name", "alias"):
            told.setdefault(row.prop, []).append(row.value)
    return caption(told, "")


def _addresses(rows: Iterable[_Row], crowds: Mapping[str, int]) -> Iterator[Common]:
    """The addresses of a party: entities of their own, and printed ones that name a house."""
    for row in rows:
        key = row.value if row.prop == "addressEntity" else address_key(row.value) if row.prop == "address" else None
        if key:
            yield Common("address", key, row.value, crowds.get(row.value, 1), (row.claim_id,))
