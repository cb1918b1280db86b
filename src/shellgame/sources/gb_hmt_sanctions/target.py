"""What one target of the Consolidated List becomes: all rows of its Group ID, in either layout.

Rows of one group repeat each other in everything but the one thing they add, a name, a date of birth, an address; so each
column is read as the set of its different cells. Where a target stands under several regimes, each pair of regime and
listing day is a Sanction of its own.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from shellgame.sources.claims import Claims, Entity, digest
from shellgame.sources.gb_hmt_sanctions import remarks
from shellgame.sources.gb_hmt_sanctions.cells import Row, different, full_name, more_than, references_of
from shellgame.sources.gb_hmt_sanctions.labels import LabelWriter
from shellgame.sources.gb_hmt_sanctions.person import COLUMNS as PERSON_COLUMNS
from shellgame.sources.gb_hmt_sanctions.person import write_person
from shellgame.sources.gb_hmt_sanctions.texts import UN_REFERENCE, items_of, labelled_parts, plain_reference

AUTHORITY: Final = "Office of Financial Sanctions Implementation"
NAME_PROPS: Final = {
    "prime alias": "name", "primary name": "name", "primary name variation": "alias", "aka": "alias", "fka": "previousName",
}  # fmt: skip
QUALITIES: Final = {"": "alias", "good quality": "alias", "low quality": "weakAlias"}
LANGUAGES: Final = {
    "arabic": "ara", "armenian": "hye", "belarusian": "bel", "bosnian": "bos", "bulgarian": "bul", "burmese": "mya",
    "chinese": "zho", "farsi": "fas", "georgian": "kat", "greek": "ell", "hebrew": "heb", "japanese": "jpn",
    "kazakh": "kaz", "korean": "kor", "kyrgyz": "kir", "pashto": "pus", "persian": "fas", "russian": "rus",
    "serbian": "srp", "thai": "tha", "ukrainian": "ukr", "urdu": "urd",
}  # fmt: skip
_SCRIPT: Final = ("Name Non-Latin Script", "Non-Latin Script Type", "Non-Latin Script Language")
_DESIGNATED: Final = "UK Sanctions List Date Designated"
_INFORMATION: Final = "Other Information"
_PLACE: Final = (
    "Address 1", "Address 2", "Address 3", "Address 4", "Address 5", "Address 6", "Post/Zip Code", "Country",
)  # fmt: skip


class Known(NamedTuple):
    """Whom the list names, for links between its targets.

    Attributes:
        by_name: From a name in small letters to the ids that bear it.
        by_reference: From a UN reference to the ids that own it.
        schemata: From an id to its schema.
    """

    by_name: dict[str, set[str]]
    by_reference: dict[str, set[str]]
    schemata: dict[str, str]


def _between(row: Row) -> str:
    return " ".join(filter(None, (row[f"Name {n}"] for n in (2, 3, 4, 5))))


class TargetWriter:
    """Writes the claims of each target; holds what is the same for the whole publication."""

    def __init__(self, claims: Claims, known: Known) -> None:
        self._claims = claims
        self._known = known
        self._labels = LabelWriter(claims, self._target_of)

    def write(self, record_id: str, schema: str, rows: list[Row]) -> None:
        """Write one target."""
        record = self._claims.record(record_id, schema, f"ConList.csv#{rows[0]['Group ID']}")
        record.add("topics", "sanction")
        self._names(record, rows)
        if schema == "Person":
            write_person(self._claims, record, rows)
        else:
            for column in PERSON_COLUMNS:
                for cell in different(rows, column):
                    record.add("notes", f"{column}: {cell}", original=cell, field=column)
        self._addresses(record, rows)
        listings = self._listings(record, rows)
        for cell in different(rows, _INFORMATION):
            self._remark(record, listings, cell)

    # names and addresses

    def _names(self, record: Entity, rows: list[Row]) -> None:
        seen = set()
        for row in rows:
            name, kind, quality = full_name(row), row["Alias Type"], row.get("Alias Quality", "")
            if not name or (name, kind, quality) in seen:
                continue
            seen.add((name, kind, quality))
            prop = self._name_prop(record, kind, quality)
            record.add(prop, name, quote=f"{name} ({kind})" if prop != "name" else None, field="Name 6")
            self._claims.counts["aliases"] += prop != "name"
            if record.schema == "Person" and row["Name 1"] and prop != "weakAlias":
                record.add("firstName", row["Name 1"], quote=name, field="Name 1")
                record.add("lastName", row["Name 6"], quote=name, field="Name 6")
                record.add("middleName", _between(row), quote=name, field="Name 2")
        for script in dict.fromkeys(tuple(row.get(column, "") for column in _SCRIPT) for row in rows):
            name, _, language = script
            quote = more_than(" ".join(filter(None, script)), name)
            record.add("alias", name, lang=LANGUAGES.get(language.lower()), quote=quote, field=_SCRIPT[0])

    def _name_prop(self, record: Entity, kind: str, quality: str) -> str:
        prop, weight = NAME_PROPS.get(kind.lower()), QUALITIES.get(quality.lower())
        if prop is None or weight is None:
            self._claims.counts["not_understood"] += 1
            record.add("notes", f"Alias Type: {kind} {quality}", original=f"{kind} {quality}", field="Alias Type")
        return (weight or "alias") if prop in {None, "alias"} else str(prop)

    @staticmethod
    def _addresses(record: Entity, rows: list[Row]) -> None:
        for cells in dict.fromkeys(tuple(row[column] for column in _PLACE) for row in rows):
            *lines, post, country = cells
            if any(lines) or post:
                record.address(
                    full=", ".join(filter(None, cells)),
                    postal_code=post if any(map(str.isdigit, post)) else None,
                    country=country,
                    locator=f"{record.locator}/Address 1",
                )
            else:
                for item in items_of(country):
                    record.add_country("country", item, quote=more_than(country, item), field="Country")

    # the listing

    def _listings(self, record: Entity, rows: list[Row]) -> list[Entity]:
        listings: dict[tuple[str, ...], Entity] = {}
        for row in rows:
            key = (row["Regime"], row["Listed On"], row.get(_DESIGNATED, ""))
            if key not in listings:
                listings[key] = self._listing(record, row, digest(*key))
        return list(listings.values())

    @staticmethod
    def _listing(record: Entity, row: Row, key: str) -> Entity:
        listing = record.sanction(key)
        listing.add("program", row["Regime"], field="Regime")
        listing.add("authority", AUTHORITY)
        listing.add("country", "gb")
        listing.add("recordId", row["Group ID"], field="Group ID")
        listing.add("authorityId", row["Group ID"], field="Group ID")
        listing.add_date("listingDate", row["Listed On"], field="Listed On")
        listing.add_date("startDate", row.get(_DESIGNATED), field=_DESIGNATED)
        listing.add_date("modifiedAt", row["Last Updated"], field="Last Updated")
        return listing

    # other information

    def _remark(self, record: Entity, listings: list[Entity], cell: str) -> None:
        parts = list(labelled_parts(cell))
        if any(label for label, _ in parts):
            for label, text in parts:
                self._labels.write(record, listings, label, text)
        else:
            record.add("notes", cell, field=_INFORMATION)
            self._marked(record, listings, cell)
        self._relations(record, cell)
        self._references(record, cell)

    @staticmethod
    def _marked(record: Entity, listings: list[Entity], cell: str) -> None:
        """Facts that running words mark plainly."""
        for listing in listings:
            listing.add_all("unscId", references_of(record.schema, cell), field=_INFORMATION)
        found: list[tuple[str, list[str]]] = []
        if record.schema == "Vessel":
            found += [("imoNumber", remarks.imo_numbers(cell)), ("mmsi", remarks.mmsi_numbers(cell))]
            for flag in remarks.flags(cell):
                record.add_country("flag", flag, quote=cell, field=_INFORMATION)
        else:
            found += [
                ("email", remarks.emails(cell)),
                ("website", remarks.websites(cell)),
                ("phone", remarks.phones(cell)),
            ]
        if record.schema in {"Organization", "Company"} and len(numbers := remarks.imo_numbers(cell)) == 1:
            found.append(("imoNumber", numbers))
        if record.schema == "Person":
            for gender in remarks.genders(cell):
                record.add_gender(gender, quote=cell, field=_INFORMATION)
        for prop, values in found:
            for value in values:
                record.add(prop, value, quote=cell, field=_INFORMATION)

    def _relations(self, record: Entity, cell: str) -> None:
        for relation in remarks.relations(cell):
            target = next(filter(None, (self._target_of(record, name) for name in relation.names)), None)
            if target is None:
                continue
            if relation.schema != "Family" or {record.schema, self._known.schemata[target]} == {"Person"}:
                record.link(
                    relation.schema, target, role=relation.role, quote=relation.quote, field=_INFORMATION,
                    outward=relation.schema != "Ownership", stance="infers",
                )  # fmt: skip

    def _references(self, record: Entity, cell: str) -> None:
        own = set(references_of(record.schema, cell))
        for reference in dict.fromkeys(map(plain_reference, UN_REFERENCE.findall(cell))):
            bearers = self._known.by_reference.get(reference, set()) - {record.id}
            if reference not in own and len(bearers) == 1:
                record.link(
                    "UnknownLink", next(iter(bearers)), role="named in other information", quote=reference,
                    field=_INFORMATION, stance="infers",
                )  # fmt: skip

    def _target_of(self, record: Entity, name: str) -> str | None:
        """The one other target that bears exactly this name."""
        bearers = self._known.by_name.get(" ".join(name.split()).casefold(), set()) - {record.id}
        return next(iter(bearers)) if len(bearers) == 1 else None
