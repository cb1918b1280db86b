"""A record as any of OFAC's three XML layouts tells of it: the one form between reading a file and claiming what it says.

`xml_classic`, `xml_advanced` and `xml_enhanced` make records, `xml_claims` turns them into claims, so that a fact
becomes the same claim whichever file it came in. Texts are kept as printed; kinds are OFAC's own words (`A.K.A.`,
`Passport`, `Vessel Flag`).
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Period:
    """A day, or the days between which something was, as exactly as the publisher knows.

    Attributes:
        days: One partial ISO date, or the first and the last of a span; empty where the words are no date.
        printed: The publisher's words, put together where the file prints only figures: `circa 1951`, `1960 to 1962`.
        start: First day, None where it is open.
        end: Last day, None where it is open.
        approximate: Whether the publisher says about.
    """

    days: tuple[str, ...]
    printed: str
    start: str | None = None
    end: str | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """One wording of a name in one script.

    Attributes:
        id: The publisher's number of this wording.
        kind: `Name` for the primary one, else `A.K.A.`, `F.K.A.`, `N.K.A.`
        full: The whole of it as OFAC prints names: `IVANOV, Ivan` for a person.
        weak: Of low quality: too common or too short to search for alone.
        script: `Latin`, `Cyrillic` … empty where not told.
        parts: Kind and text of each part: (`Last Name`, `IVANOV`); empty where the layout has none.
        acronym: Whether it is marked as an acronym.
        comment: What is printed beside it.
    """

    id: str
    kind: str
    full: str
    weak: bool = False
    script: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    acronym: bool = False
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """An address, or a mere country.

    Attributes:
        id: The publisher's number.
        parts: Kind and text of each part: (`CITY`, `Minsk`).
        countries: Names of its countries, without the publisher's `undetermined`.
        comment: What is printed beside it.
    """

    id: str
    parts: tuple[tuple[str, str], ...] = ()
    countries: tuple[str, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Feature:
    """A fact under a label such as `Birthdate`, `Website`, `Vessel Flag` or `Secondary sanctions risk:`.

    Attributes:
        value: Its words; for a country its name.
        period: The date, where it is one.
        reliability: `Confirmed`, `Reported`, `False`, or empty.
        comment: What is printed beside it.
    """

    id: str
    kind: str
    value: str = ""
    period: Period | None = None
    reliability: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A paper, or an entry in a register.

    Attributes:
        kind: `Passport`, `Tax ID No.` …
        issued_in: A place besides the country.
        fault: Why it is not to be trusted (`Fraudulent`), or empty.
        name: The name that it is made out to, where that is not the primary one.
        comment: What is printed beside it.
    """

    id: str
    kind: str
    number: str
    country: str = ""
    authority: str = ""
    issued: Period | None = None
    expires: Period | None = None
    issued_in: str = ""
    fault: str = ""
    name: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """That a record stands on one of OFAC's lists.

    Attributes:
        list_id: The publisher's number of the list; empty where the layout does not tell lists apart.
        list_name: `SDN List`, `Consolidated List` …
        days: Days on which it was entered.
        programs: Programme tags.
        measures: What is imposed: `Block`, `13662 Sectoral Directive 1` …
        authorities: Legal authorities: `Executive Order 13662 (Ukraine)`.
        spans: How long single measures hold, where that is limited.
        remarks: Comments on the entry, and events other than its creation.
    """

    list_id: str = ""
    list_name: str = ""
    days: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    spans: tuple[Period, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation to another record, read from this one: this party is *kind* the other.

    Attributes:
        kind: `Owned or Controlled By`, `Leader or official of` …
        other_id: OFAC's number of the other party.
        other_name: Its name where the file prints it here.
        former: Printed as over.
        quality: `High`, `Low`, or empty.
    """

    id: str
    kind: str
    other_id: str
    other_name: str = ""
    former: bool = False
    period: Period | None = None
    quality: str = ""
    comment: str = ""


@dataclass(slots=True)
class Record:
    """One record of the publication.

    Attributes:
        id: OFAC's unique number, the same in every layout (`ent_num` in the legacy files).
        kind: `Individual`, `Entity`, `Vessel` or `Aircraft`.
        title: A person's titles and positions, joined by semicolons.
        remarks: What has no place of its own.
        unread: Elements that the reader does not know, as (name, words).
    """

    id: str
    kind: str
    title: str = ""
    remarks: str = ""
    names: list[Name] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    features: list[Feature] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)

    @property
    def primary_name(self) -> str:
        """The first name of kind `Name` as OFAC prints it."""
        return next((name.full for name in self.names if name.kind == "Name"), "")

    @property
    def programs(self) -> frozenset[str]:
        """The programmes of all its listings."""
        return frozenset(program for listing in self.listings for program in listing.programs)
