"""Rows of the tables into claims."""

from __future__ import annotations

from collections.abc import Iterable

from shellgame.errors import Damaged
from shellgame.model.days import partial_day
from shellgame.model.stakes import StakeKind, interval_of
from shellgame.sources.claims import Claims, Entity, digest
from shellgame.sources.holdings import Holding, claim_directorship, claim_holding, claim_relation, claim_untold
from shellgame.sources.register.ids import IdSet
from shellgame.sources.register.layout import CONTACT_KINDS, DAYS, ENDS, IDS, NAME_KINDS, SCHEMATA
from shellgame.sources.register.report import Report
from shellgame.sources.register.rows import Row

_COMPANY = (
    ("registrationNumber", "registration_number"), ("taxNumber", "tax_number"), ("vatCode", "vat_number"), ("leiCode", "lei"),
    ("legalForm", "legal_form"), ("status", "status"), ("sourceUrl", "source_url"), ("notes", "notes"),
)  # fmt: skip
_PERSON = (
    ("firstName", "first_name"), ("lastName", "last_name"), ("fatherName", "father_name"), ("birthPlace", "birth_place"),
    ("idNumber", "id_number"), ("taxNumber", "tax_number"), ("sourceUrl", "source_url"), ("notes", "notes"),
)  # fmt: skip

_APART = (
    "percentage", "shares_count", "shares_value", "shares_currency", "nominee_for_id", "nominee_for_name", "ended_on", "notes",
)  # fmt: skip
"""What tells holdings of the same two parties, right, role and start apart. A row that is printed twice is one holding."""


class Writer:
    """Writes rows as claims; a table is handed over whole before the next one.

    Attributes:
        claims: Where to.
        companies: Ids that the table of companies describes.
        people: Ids that the table of people describes.
    """

    def __init__(self, claims: Claims) -> None:
        self.claims = claims
        self.companies, self.people = IdSet(), IdSet()

    def write(self, table: str, row: Row, report: Report) -> None:
        """Write one row of a table.

        Raises:
            Damaged: A person with the id of a company: the two would be one party.
        """
        _doubt_days(row, report)
        if self.companies and self.people:
            self._doubt_ids(row, report)
        getattr(self, f"_{table}")(row, report)
        self.claims.pass_on()

    def described(self, table: str) -> IdSet:
        """The ids that a table describes; none where it is not one of companies or people."""
        return {"companies": self.companies, "people": self.people}.get(table) or IdSet()

    def _doubt_ids(self, row: Row, report: Report) -> None:
        """Tell ids that are described nowhere, in a publication that describes companies and people."""
        for column in IDS:
            if (told := row[column]) and told not in self.companies and told not in self.people:
                report.in_doubt(row.number, f"{column} {told[:40]!r}, which neither companies nor people describe")

    def _id(self, printed: str) -> str:
        plain = printed if len(printed) <= 200 and printed.isprintable() and " " not in printed else digest(printed)
        return f"{self.claims.source}-{plain}"

    def _companies(self, row: Row, report: Report) -> None:
        self.companies.add(row["id"])
        schema = self._schema(row, "kind", report) or "Company"
        record = self.claims.record(self._id(row["id"]), schema, f"companies#{row['id']}")
        record.add("name", row["name"], field="name")
        _add(record, row, _COMPANY)
        for column in ("jurisdiction", "country"):
            _add_countries(record, row, column, column)
        for sector in _several(row["sector"]):
            record.add("sector", sector, field="sector")
        _add_dates(
            record,
            row,
            (("incorporationDate", "founded_on"), ("dissolutionDate", "dissolved_on"), ("modifiedAt", "updated_on")),
        )

    def _people(self, row: Row, report: Report) -> None:
        if row["id"] in self.companies:
            found = f"the id {row['id'][:80]!r} of a person, which stands in the table of companies too"
            remedy = "write the ids of one of the two tables otherwise, c1 and p1 for instance, wherever they stand"
            raise Damaged(report.file, record=f"row at {row.number}", found=found, remedy=remedy)
        self.people.add(row["id"])
        record = self.claims.record(self._id(row["id"]), "Person", f"people#{row['id']}")
        record.add("name", row["name"], field="name")
        _add(record, row, _PERSON)
        _add_dates(
            record, row, (("birthDate", "birth_date"), ("deathDate", "death_date"), ("modifiedAt", "updated_on"))
        )
        _add_countries(record, row, "nationality", "nationality")
        _add_countries(record, row, "country", "country")
        record.add_gender(row["gender"], field="gender")

    def _officers(self, row: Row, report: Report) -> None:
        party = self._party(row, "person", "officers", report)
        link = claim_directorship(
            self.claims, party, party.id, self._id(row["company_id"]), role=row["role"], start=row["started_on"],
            end=row["ended_on"], remarks=_remarks(row), key=row["ended_on"], field="role",
        )  # fmt: skip
        link.add("status", row["status"], field="status")
        link.add("sourceUrl", row["source_url"], field="source_url")

    def _holdings(self, row: Row, report: Report) -> None:
        party = self._party(row, "holder", "holdings", report)
        company, kind = self._id(row["company_id"]), _stake_kind(row["kind"])
        remarks, share, status = _remarks(row), row["percentage"], row["status"].lower()
        if interval_of(share) is None:
            report.in_doubt(row.number, f"percentage {share[:40]!r}, kept as a note")
            remarks, share = [*remarks, f"Percentage as printed: {share}"], ""
        if status not in ("", "direct", "indirect"):
            remarks, status = [*remarks, f"Status: {row['status']}"], ""
        is_nominees = bool(row["nominee_for_id"] or row["nominee_for_name"])
        role = row["role"] or ("nominee" if is_nominees else "")
        if kind is None:
            report.in_doubt(row.number, f"kind {row['kind'][:40]!r}, so which right it is stays open")
            link = claim_untold(
                self.claims, party, party.id, company, role=row["kind"], status=status, start=row["started_on"],
                end=row["ended_on"], remarks=[*remarks, *([f"Percentage as printed: {share}"] if share else [])],
                key=[row[column] for column in ("role", "share_class", *_APART)], field="kind",
            )  # fmt: skip
            link.add("role", role, field="role")
        else:
            holding = Holding(
                kind, share.replace(" ", "").replace("%", ""), role, status, row["started_on"], row["ended_on"],
                row["share_class"], tuple(remarks),
                key=digest(*(row[column] for column in _APART)),
            )  # fmt: skip
            link = claim_holding(self.claims, party, party.id, company, holding)
        if link.schema == "Ownership":
            _add(
                link,
                row,
                (
                    ("sharesCount", "shares_count"),
                    ("sharesValue", "shares_value"),
                    ("sharesCurrency", "shares_currency"),
                ),
            )
        link.add("sourceUrl", row["source_url"], field="source_url")
        if is_nominees:
            if role != "nominee":
                link.add("role", "nominee", stance="infers", field="nominee_for_name")
            self._nominee(row, party, link)

    def _nominee(self, row: Row, party: Entity, stake: Entity) -> None:
        principal = self._id(row["nominee_for_id"]) if row["nominee_for_id"] else ""
        if not principal:
            principal = self.claims.named(row["nominee_for_name"], party)
        elif row["nominee_for_name"]:
            party.part(principal, self._known_schema(row["nominee_for_id"])).add("name", row["nominee_for_name"])
        link = claim_relation(
            self.claims, party, "Representation", party.id, principal, key=(stake.id,), field="nominee_for_name"
        )
        link.add("role", "nominee", field="nominee_for_name")
        link.add("recordId", stake.id, field="nominee_for_name")  # in other companies it may stand for others
        _add_dates(link, row, (("startDate", "started_on"), ("endDate", "ended_on")))

    def _addresses(self, row: Row, report: Report) -> None:
        holder = self._holder(row, "addresses")
        days = _period(row)
        words = ", ".join(filter(None, (row["kind"], days)))
        place = holder.address(
            full=row["address"] or None, street=row["street"], city=row["city"], region=row["region"],
            postal_code=row["postal_code"], country=row["country"],
        )  # fmt: skip
        if place is None:
            report.left_out(row.number, "no address, street, city, region, postal code or country")
        elif words or row["notes"]:
            line = row["address"] or ", ".join(filter(None, (row["street"], row["city"])))
            holder.add("notes", f"Address {line}: {'; '.join(filter(None, (words, row['notes'])))}", field="notes")

    def _contacts(self, row: Row, report: Report) -> None:
        holder, prop = self._holder(row, "contacts"), CONTACT_KINDS.get(row["kind"].lower())
        if prop is None:
            report.in_doubt(row.number, f"kind {row['kind'][:40]!r}, kept as a note")
            holder.add("notes", f"{row['kind']}: {row['value']}", field="value")
            return
        holder.add(prop, row["value"], field="value")
        if words := "; ".join(filter(None, (_period(row), row["notes"]))):
            holder.add("notes", f"{row['kind']} {row['value']}: {words}", field="notes")

    def _names(self, row: Row, report: Report) -> None:
        holder, prop = self._holder(row, "names"), NAME_KINDS.get(row["kind"].lower())
        if prop is None:
            report.in_doubt(row.number, f"kind {row['kind'][:40]!r}, kept as another name")
        days = _period(row)
        holder.add(prop or "alias", row["name"], quote=f"{row['name']} ({days})" if days else None, field="name")

    def _holder(self, row: Row, table: str) -> Entity:
        """The party that a row of addresses, contacts or names is about."""
        identity, schema = self._id(row["party_id"]), self._known_schema(row["party_id"])
        self.claims.counts["records"] += schema == "LegalEntity"
        return Entity(self.claims, identity, identity, schema, f"{table}#{row['party_id']}")

    def _known_schema(self, identity: str) -> str:
        if identity in self.people:
            return "Person"
        return "Company" if identity in self.companies else "LegalEntity"

    def _party(self, row: Row, side: str, table: str, report: Report) -> Entity:
        """An officer or a holder: by id where the row has one, else by name; one of neither is a party without a name."""
        identity, name, number = row[f"{side}_id"], row[f"{side}_name"], row[f"{side}_number"]
        kind = self._schema(row, f"{side}_kind", report)
        schema = kind or (self._known_schema(identity) if identity else "") or "LegalEntity"
        if schema == "LegalEntity" and not kind and (row["birth_date"] or row["nationality"] or side == "person"):
            schema = "Person"
        if identity:
            own = self._id(identity)
        else:
            near = "" if number or len(row["birth_date"]) == len("1961-08-01") else row["company_id"]
            own = f"{self.claims.source}-named-{digest(schema, name or 'nobody', number, row['birth_date'], near)}"
        party = self.claims.record(own, schema, f"{table}#{row['company_id']}/{identity or own.rpartition('-')[2]}")
        party.add("name", name, field=f"{side}_name")
        party.add("idNumber" if schema == "Person" else "registrationNumber", number, field=f"{side}_number")
        if schema == "Person":
            party.add_date("birthDate", row["birth_date"], field="birth_date")
            _add_countries(party, row, "nationality", "nationality")
        _add_countries(party, row, "country", "country")
        if not identity and not name:
            party.add("notes", "Not named in the register", field=f"{side}_name")
        return party

    def _schema(self, row: Row, column: str, report: Report) -> str:
        """Schema by a kind of party; empty where none is told, or none that is known."""
        printed = row[column].lower().replace("_", " ")
        if printed and printed not in SCHEMATA:
            report.in_doubt(row.number, f"{column} {row[column][:40]!r}, which is none of {', '.join(SCHEMATA)}")
        return SCHEMATA.get(printed, "")


def _doubt_days(row: Row, report: Report) -> None:
    """Tell days that cannot be read, and ends before their beginning: they leave open when something was there."""
    days = {column: partial_day(row[column]) for column in DAYS if row[column]}
    for column, day in days.items():
        if day is None:
            report.in_doubt(row.number, f"{column} {row[column][:40]!r}, which is no day; kept in words")
    for begin, end in ENDS:
        first, last = days.get(begin), days.get(end)
        exact = min(len(first or ""), len(last or ""))
        if first and last and last[:exact] < first[:exact]:
            report.in_doubt(row.number, f"{end} {last} before {begin} {first}; both are kept")


def _stake_kind(printed: str) -> StakeKind | None:
    try:
        return StakeKind(printed.lower() or StakeKind.SHARES)
    except ValueError:
        return None


def _remarks(row: Row) -> list[str]:
    return [row["notes"]] if row["notes"] else []


def _period(row: Row) -> str:
    return " ".join(
        f"{word} {row[column]}" for word, column in (("from", "started_on"), ("until", "ended_on")) if row[column]
    )


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _add(entity: Entity, row: Row, columns: Iterable[tuple[str, str]]) -> None:
    for prop, column in columns:
        entity.add(prop, row[column], field=column)


def _add_dates(entity: Entity, row: Row, columns: Iterable[tuple[str, str]]) -> None:
    for prop, column in columns:
        entity.add_date(prop, row[column], field=column)


def _add_countries(entity: Entity, row: Row, prop: str, column: str) -> None:
    for country in _several(row[column]):
        entity.add_country(prop, country, field=column)
