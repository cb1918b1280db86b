"""What a reader writes into: records, their parts and links, property by property, as claim rows.

A reader says `record = claims.record("ofac-1", "Person", "sdn.csv#1")`, then `record.add("name", …)`. Typed helpers
(`add_date`, `add_country`, `sanction`, `address`, `link` …) clean values and keep what they do not understand as a note,
counted, so that nothing a publisher printed is lost. A reader of a publication that may be larger than memory says
`claims.pass_on()` after each complete record; what it wrote so far then goes to disk in batches.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from hashlib import blake2b
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shellgame.model.claim import ClaimRow, Content, claim_ids
from shellgame.model.days import partial_day
from shellgame.model.schema import LINK_ENDS
from shellgame.names.countries import country_code

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.Z+-]*")
_DAY = len("2024-04-15")
_GENDERS = {
    "male": "male",
    "m": "male",
    "man": "male",
    "female": "female",
    "f": "female",
    "woman": "female",
}


BATCH_CLAIMS = 50_000
"""So many are handed on at once: some 25 MB of them, and enough for a batch to cost no more than its claims."""
_TELL_RECORDS = 1000
"""So many records are read between two reports of progress."""


class Sink(Protocol):
    """Where claims go that are not to stay in memory."""

    def write(self, rows: pa.Table) -> None:
        """Take a batch: the columns of `ClaimRow`, all claims of each record in it."""


class Claims:
    """Collects what one publication says.

    Attributes:
        source: Name of the source.
        take: Takes what one claim says; what it is called is made up later, for many at once.
        take_all: Takes what several claims say.
        counts: Numbers that the import reports: `records`, `addresses`, `aliases`, `fragments`, `not_understood` …
        notes: Sentences for the person who imports: what was skipped or not understood, and why.
        published: The publication's own date or moment, where it prints one.
        partial: Whether the publication holds changed records only, and leaves the others as they were.
        gone: Ids of records that such a publication tells to be no more.
        passed_on: What takes the claims that were passed on; None while all of them are in `rows`.
    """

    def __init__(
        self,
        source: str,
        *,
        sink: Callable[[], Sink] | None = None,
        counted: Collection[str] = (),
        progress: Callable[[], None] | None = None,
    ) -> None:
        """Begin without a claim.

        Args:
            source: Name of the source.
            sink: Makes what takes the claims, once there are more than a batch of them; without it they stay in `rows`.
            counted: Properties of which `records_with` is asked.
            progress: Called now and then while records are passed on.
        """
        self.source = source
        self._sink, self._counted, self._progress = sink, frozenset(counted), progress
        self._since_told, self._last_passed_on = 0, ""
        self._records_with: Counter[str] = Counter()
        self.passed_on: Sink | None = None
        self.partial = False
        self.gone: set[str] = set()
        self._contents: list[Content] = []
        self._rows: list[ClaimRow] = []
        self.take: Callable[[Content], None] = self._contents.append
        self.take_all: Callable[[Iterable[Content]], None] = self._contents.extend
        self.counts: Counter[str] = Counter()
        self.notes: list[str] = []
        self.published: str | None = None

    @property
    def rows(self) -> list[ClaimRow]:
        """The claims so far, without those that were passed on."""
        if self._contents:
            ids = claim_ids(self.source, self._contents)
            self._rows += [ClaimRow(own.hex(), *content) for own, content in zip(ids, self._contents, strict=True)]
            self._contents.clear()
        return self._rows

    @rows.setter
    def rows(self, rows: list[ClaimRow]) -> None:
        self._contents.clear()
        self._rows = rows

    def table(self) -> pa.Table:
        """The claims so far, each once, without those that were passed on: a table with the columns of `ClaimRow`."""
        contents = [*(row[1:] for row in self._rows), *self._contents] if self._rows else self._contents
        of_each = list(zip(*contents, strict=True)) or [()] * (len(ClaimRow._fields) - 1)
        columns = [pa.array(column, pa.string()) for column in of_each]
        ids = _ids(self.source, columns)
        table = pa.table([_hexadecimal(ids), *columns], names=list(ClaimRow._fields))
        if len(set(ids)) == len(ids):
            return table
        first = dict(zip(reversed(ids), reversed(range(len(ids))), strict=True))
        return table.take(pa.array(sorted(first.values())))

    def pass_on(self) -> None:
        """Say that all records begun so far are complete: their claims may go to disk."""
        if self._sink and len(self._contents) >= BATCH_CLAIMS:
            self._hand_over()
        self._since_told += 1
        if self._since_told >= _TELL_RECORDS:
            self._tell()

    def pass_on_table(self, claims: pa.Table) -> None:
        """Take claims of complete records that were made elsewhere: a table with the columns of `ClaimRow`."""
        if self._sink:
            self._hand_over()
            if len(claims):
                self._write(claims)
        else:
            self.rows.extend(map(ClaimRow._make, zip(*claims.to_pydict().values(), strict=True)))
        self._tell()

    def finish(self) -> None:
        """Hand over what is left, where anything was handed over before."""
        if self.passed_on:
            self._hand_over()

    def records_with(self) -> Counter[str]:
        """How many records have each of the properties that are counted."""
        return self._records_with + _records_with(self.table(), self._counted)

    @property
    def last_record(self) -> str:
        """Id of the record that the last claim is of; empty before the first."""
        if self._contents:
            return self._contents[-1][0]
        return self._rows[-1].record_id if self._rows else self._last_passed_on

    def _tell(self) -> None:
        self._since_told = 0
        if self._progress:
            self._progress()

    def _hand_over(self) -> None:
        if self._contents or self._rows:
            self._write(self.table())
            self.rows = []

    def _write(self, claims: pa.Table) -> None:
        if self.passed_on is None:
            assert self._sink  # noqa: S101 - whoever writes asked before
            self.passed_on = self._sink()
        self._records_with += _records_with(claims, self._counted)
        self.passed_on.write(claims)
        self._last_passed_on = claims["record_id"][-1].as_py()

    def record(self, record_id: str, schema: str, locator: str) -> Entity:
        """Begin a record of the publisher: the entity under its own id; counts it."""
        self.counts["records"] += 1
        return Entity(self, record_id, record_id, schema, locator)

    def named(self, name: str, near: Entity, *, schema: str = "LegalEntity", quote: str | None = None) -> str:
        """Make an entity for a party that a record only names, and return its id.

        The same name in one source is the same entity; whether it is somebody known is for resolution to say.
        """
        entity = near.part(f"{self.source}-named-{digest(schema, name)}", schema)
        entity.add("name", name, quote=quote)
        return entity.id


def _ids(source: str, columns: list[pa.Array]) -> list[bytes]:
    """What `claim_ids` tells of claims that stand in columns; their texts are put together for all of them at once."""
    begin, ids = blake2b(f"{source}\x1f".encode(), digest_size=16).copy, []
    for text in pc.binary_join_element_wise(*columns, "\x1f", null_handling="replace").cast(pa.binary()).to_pylist():
        hashed = begin()
        hashed.update(text)
        ids.append(hashed.digest())
    return ids


def _hexadecimal(ids: list[bytes]) -> pa.StringArray:
    """Ids of 16 bytes each as 32 hexadecimal digits."""
    ends = np.arange(0, 32 * len(ids) + 1, 32, dtype=np.int32)
    digits = b"".join(ids).hex().encode()
    return pa.StringArray.from_buffers(len(ids), pa.py_buffer(ends), pa.py_buffer(digits))


def _records_with(claims: pa.Table, properties: frozenset[str]) -> Counter[str]:
    """How many records have each property, given all claims of each of them."""
    if not properties:
        return Counter()
    of_them = claims.select(["record_id", "prop"]).filter(pc.is_in(claims["prop"], value_set=pa.array(properties)))
    pairs = of_them.group_by(["record_id", "prop"]).aggregate([])
    return Counter(pairs["prop"].to_pylist())


Printed = tuple[int, str, str | None, str]
"""A text of a record that is claimed as it is printed: its number among the texts, property, language, and field."""


class Entity:
    """One entity while it is written: the record itself, or a part of it."""

    __slots__ = ("_claims", "id", "locator", "record_id", "schema")

    def __init__(self, claims: Claims, record_id: str, entity_id: str, schema: str, locator: str) -> None:
        self._claims = claims
        self.record_id = record_id
        self.id = entity_id
        self.schema = schema
        self.locator = locator

    def add(
        self,
        prop: str,
        value: str | None,
        *,
        original: str | None = None,
        lang: str | None = None,
        quote: str | None = None,
        field: str | None = None,
        stance: str = "asserts",
    ) -> None:
        """Claim one value; an empty one is no claim.

        Args:
            prop: FollowTheMoney property of the entity's schema.
            value: The value; runs of white space become one space, invisible characters go.
            original: The value as printed, where the caller already changed it.
            lang: ISO 639-3 code, where the source tells the language.
            quote: The words in the source where they are more than the value.
            field: Column or element it was printed in; ends the locator.
            stance: `infers` where the reader reasoned, else `asserts`.
        """
        if not value:
            return
        if value.isprintable() and "  " not in value and value[0] != " " != value[-1]:
            clean = value
        elif not (clean := " ".join((value if value.isprintable() else _INVISIBLE.sub("", value)).split())):
            return
        if original is None and clean != value:
            original = value
        locator = f"{self.locator}/{field}" if field else self.locator
        self._claims.take((self.record_id, self.id, self.schema, prop, clean, original, lang, locator, quote, stance))

    def add_tidy(
        self, prop: str, value: str, original: str | None = None, *, quote: str | None = None, field: str | None = None
    ) -> None:
        """Claim a value that needs no cleaning, faster than `add`."""
        if value:
            where = f"{self.locator}/{field}" if field else self.locator
            self._claims.take(
                (self.record_id, self.id, self.schema, prop, value, original, None, where, quote, "asserts")
            )

    def add_printed(self, printed: Iterable[Printed], texts: Sequence[str], *, tidy: bool) -> None:
        """Claim texts of a record as they are printed; what `add` does for each, in a fraction of the time where they are tidy.

        Args:
            printed: What is claimed.
            texts: All texts of the record.
            tidy: Whether none of them has anything that `add` would clean away.
        """
        if not tidy:
            for place, prop, lang, field in printed:
                self.add(prop, texts[place], lang=lang, field=field)
            return
        record_id, own, schema, locator = self.record_id, self.id, self.schema, self.locator
        self._claims.take_all([
            (record_id, own, schema, prop, texts[place], None, lang, f"{locator}/{field}", None, "asserts")
            for place, prop, lang, field in printed
        ])  # fmt: skip

    def add_all(self, prop: str, values: Iterable[str], *, field: str | None = None, lang: str | None = None) -> None:
        """Claim several values of one property."""
        for value in values:
            self.add(prop, value, field=field, lang=lang)

    def add_date(self, prop: str, printed: str | None, *, quote: str | None = None, field: str | None = None) -> None:
        """Claim a date; one that cannot be read stays as a note and is counted as `dates_not_understood`."""
        if not printed or not printed.strip():
            return
        day = partial_day(printed[:_DAY] if _MOMENT.fullmatch(printed) else printed)
        if day is None:
            self._keep_unread(prop, printed, "dates_not_understood", quote, field)
        else:
            self.add_tidy(prop, day, None if day == printed else printed, quote=quote, field=field)

    def add_country(
        self, prop: str, printed: str | None, *, quote: str | None = None, field: str | None = None
    ) -> None:
        """Claim a country by its code; one that cannot be read stays as a note, counted as `countries_not_understood`."""
        if not printed or not printed.strip():
            return
        code = country_code(printed)
        if code is None:
            self._keep_unread(prop, printed, "countries_not_understood", quote, field)
        else:
            self.add_tidy(prop, code, None if code == printed else printed, quote=quote, field=field)

    def add_gender(self, printed: str | None, *, quote: str | None = None, field: str | None = None) -> None:
        """Claim a person's gender; an unknown word stays as a note."""
        if not printed or not printed.strip():
            return
        gender = _GENDERS.get(printed.strip().lower())
        if gender is None:
            self._keep_unread("gender", printed, "genders_not_understood", quote, field)
        else:
            self.add("gender", gender, original=None if gender == printed else printed, quote=quote, field=field)

    def _keep_unread(self, prop: str, printed: str, count: str, quote: str | None, field: str | None) -> None:
        self._claims.counts[count] += 1
        note_prop = "notes" if self.schema not in _WITHOUT_NOTES else "summary"
        self.add(note_prop, f"{prop} as printed: {printed}", original=printed, quote=quote, field=field)

    def part(self, entity_id: str, schema: str, locator: str | None = None) -> Entity:
        """Begin another entity told of by the same record: a sanction, an address, a paper, a link, a named party."""
        return Entity(self._claims, self.record_id, entity_id, schema, locator or self.locator)

    def sanction(self, key: str = "", *, locator: str | None = None) -> Entity:
        """Begin the listing of this entity (FollowTheMoney's Sanction); `key` tells several of one record apart."""
        listing = self.part(f"{self.id}-sanction" + (f"-{key}" if key else ""), "Sanction", locator)
        listing.add("entity", self.id)
        return listing

    def identification(
        self,
        number: str,
        *,
        kind: str,
        schema: str = "Identification",
        country: str | None = None,
        issued: str | None = None,
        expires: str | None = None,
        quote: str | None = None,
        field: str | None = None,
    ) -> Entity:
        """Claim a paper (Identification or Passport) with its number, kind, country and days, held by this entity."""
        paper = self.part(f"{self.id}-paper-{digest(schema, kind, number, country or '')}", schema)
        paper.add("holder", self.id, quote=quote, field=field)
        paper.add("number", number, quote=quote, field=field)
        paper.add("type", kind, quote=quote, field=field)
        paper.add_country("country", country, quote=quote, field=field)
        paper.add_date("startDate", issued, quote=quote, field=field)
        paper.add_date("endDate", expires, quote=quote, field=field)
        return paper

    def address(
        self,
        *,
        full: str | None = None,
        street: str | None = None,
        city: str | None = None,
        region: str | None = None,
        postal_code: str | None = None,
        country: str | None = None,
        remarks: str | None = None,
        locator: str | None = None,
    ) -> Entity | None:
        """Claim an address: an Address entity (one per wording and source) that this entity points to.

        Args:
            full: The address in one line; put together from the other fields where the source prints only those.

        Returns:
            The Address entity, or None where every field is empty.
        """
        fields = (street, city, region, postal_code, country)
        line = full or ", ".join([plain for field in fields if field and (plain := field.strip())])
        if not line and not remarks:
            return None
        place = self.part(
            f"{self._claims.source}-addr-{digest(line or remarks or '', country or '')}", "Address", locator
        )
        for prop, text in zip(_ADDRESS, (line, *fields[:-1]), strict=True):
            place.add(prop, text)
        place.add_country("country", country)
        place.add("remarks", remarks)
        holder = self.part(self.id, self.schema, locator)
        holder.add("addressEntity", place.id, quote=line)
        holder.add("address", line)
        if country and (code := country_code(country)):
            holder.add("country", code, original=country)
        self._claims.counts["addresses"] += 1
        return place

    def tidy_address(self, fields: tuple[str, str, str, str, str], locator: str) -> str | None:
        """Claim an address as `address` does, but faster, given texts that need no cleaning.

        Args:
            fields: Street, city, region, postal code and country.
            locator: Where it is printed.

        Returns:
            Id of the Address entity; None, and nothing is claimed, where the country is not known.
        """
        country = fields[-1]
        if not (code := country_code(country) if country else None):
            return None
        line = ", ".join(filter(None, fields))
        address = f"{self._claims.source}-addr-{digest(line, country)}"
        record_id, own, schema = self.record_id, self.id, self.schema
        self._claims.take_all([
            (record_id, address, "Address", prop, text, None, None, locator, None, "asserts")
            for prop, text in zip(_ADDRESS, (line, *fields), strict=False)
            if text
        ])  # fmt: skip
        printed = None if code == country else country
        self._claims.take_all((
            (record_id, address, "Address", "country", code, printed, None, locator, None, "asserts"),
            (record_id, own, schema, "addressEntity", address, None, None, locator, line, "asserts"),
            (record_id, own, schema, "address", line, None, None, locator, None, "asserts"),
            (record_id, own, schema, "country", code, country, None, locator, None, "asserts"),
        ))  # fmt: skip
        self._claims.counts["addresses"] += 1
        return address

    def link(
        self,
        schema: str,
        target_id: str,
        *,
        role: str | None = None,
        quote: str | None = None,
        field: str | None = None,
        outward: bool = True,
        stance: str = "asserts",
    ) -> Entity:
        """Claim a link between this entity and another one.

        Args:
            schema: A key of `model.schema.LINK_ENDS`.
            target_id: Id of the other entity.
            role: What the source calls the relation.
            quote: The words that state it; shown on the edge.
            outward: Whether this entity is the link's source (`owner`, `director`, `subject` …) or its target.
        """
        source_prop, target_prop = LINK_ENDS[schema]
        if not outward:
            source_prop, target_prop = target_prop, source_prop
        edge = self.part(f"{self.id}-{schema.lower()}-{digest(source_prop, target_id, role or '')}", schema)
        edge.add(source_prop, self.id, quote=quote, field=field, stance=stance)
        edge.add(target_prop, target_id, quote=quote, field=field, stance=stance)
        edge.add("relationship" if schema in ("Family", "Associate") else "role", role, quote=quote, field=field)
        self._claims.counts["links"] += 1
        return edge


_ADDRESS = ("full", "street", "city", "region", "postalCode")
"""Properties of an address that are claimed as they are printed."""
_WITHOUT_NOTES = frozenset({"Sanction", "Identification", "Passport", *LINK_ENDS})
"""Schemata that have no `notes` property in FollowTheMoney; their free text goes to `summary`."""


def digest(*content: str) -> str:
    """Twelve hexadecimal digits for ids of parts that the publisher does not number."""
    hashed = _SHORT.copy()
    hashed.update("\x1f".join(content).encode("utf-8", "surrogatepass"))
    return hashed.hexdigest()


_SHORT = blake2b(digest_size=6)
