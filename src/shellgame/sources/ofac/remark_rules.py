"""What OFAC's remarks mean: the labels, phrases and words that `shellgame.sources.ofac.remarks` reads by.

Data only: a new label is a new word here. Most fragments of a remark open with a printed label; the first four tables
name every label once, under the kind of fact it prints. `SHAPES` says what a value must look like to be believed. What
opens with no label is tried against `PHRASES`, in their order, and then searched for one of the `ROLES`. Nothing else
is understood: a label that no table names stays `unknown`, so that somebody sees it.

Made from every remark of the SDN lists of July 2021 to August 2024, and from the names that OFAC's XML gives to the
facts of its consolidated non-SDN list.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

Kind = Literal[
    # a person or an organisation
    "dob", "pob", "nationality", "citizenship", "gender", "title", "ethnicity", "physical", "position",
    "alias", "link", "family", "org_type", "target_type", "established", "registration_country",
    # papers, registers and codes
    "passport", "identification", "tax_number", "registration_number", "name_code",
    "lei", "duns", "swift", "bik", "isin", "ticker", "issuer_name", "locode", "crypto_address",
    # where to reach it
    "website", "email", "phone", "fax", "telex",
    # vessels and aircraft
    "imo", "mmsi", "call_sign", "flag", "former_flag", "vessel_type", "vessel_owner", "tonnage", "build_year",
    "former_name", "aircraft_model", "aircraft_operator", "msn", "construction_number", "serial_number",
    "tail_number", "former_tail_number", "manufacture_date", "mode_s",
    # the listing itself
    "sanctions_info", "listing_date", "effective_date", "divestment_date", "legal_notice", "note", "unknown",
]  # fmt: skip

Labels = dict[Kind, tuple[str, ...]]

QUOTED: Final[Labels] = {"alias": ("a.k.a.", "f.k.a.", "n.k.a.", "d.b.a.")}
"""Labels of a name in single quotes."""

DATED: Final[Labels] = {
    "dob": ("DOB",),
    "established": ("Organization Established Date",),
    "manufacture_date": ("Aircraft Manufacture Date",),
}
"""Labels of a day, a month, a year or a span of them: `DOB circa 1951`."""

NUMBERED: Final[Labels] = {
    "passport": (
        "Passport", "Diplomatic Passport", "Diplomatic Passport Laissez-Passer", "Stateless Person Passport",
        "British National Overseas Passport",
        "Passport Booklet",  # Pakistan numbers the booklet too
    ),
    "identification": (
        "Identification Number",  # of a person, and now and then of a company
        "National ID No.", "National Foreign ID Number", "Personal ID Card", "Birth Certificate Number",
        "Driver's License No.", "Residency Number", "Electoral Registry No.", "SSN", "Travel Document Number",
        "VisaNumberID", "Immigration No.", "Public Security and Immigration No.", "Refugee ID Card",
        "Stateless Person ID Card", "Temporary suspension of deportation No.", "Military Registration Number",
        "Pilot License Number", "Seafarer's Identification Document",
        "Cedula No.", "Cedula No. Cedula",  # Colombia, Venezuela and their neighbours
        "Tarjeta Profesional",  # Colombia, licence of a profession
        "C.U.R.P.", "C.U.R.P. #", "C.U.I.P.", "I.F.E.",  # Mexico: population, police and guards, voters
        "Credencial electoral", "Cartilla de Servicio Militar Nacional",  # Mexico
        "C.U.I.",  # Guatemala
        "Numero de Identidad",  # Honduras
        "LE Number",  # Peru, Libreta Electoral
        "National Foreign ID Number RNE",  # Brazil
        "D.N.I.", "N.I.E.",  # Spain
        "CNP (Personal Numerical Code)", "Romanian Permanent Resident",
        "Bosnian Personal ID No.", "Moroccan Personal ID No.", "Turkish Identification Number", "UAE Identification",
        "Kenyan ID No.", "Serial No.",  # of the Kenyan card
        "Tazkira National ID Card",  # Afghanistan
        "National ID No. CNIC", "National ID No. NIC",  # Pakistan
        "Citizen's Card Number",  # China
    ),
    "tax_number": (
        "Tax ID No.", "V.A.T. Number", "US FEIN", "Fiscal Code", "Italian Fiscal Code", "Romanian Tax Registration",
        "NIT #",  # Colombia
        "R.F.C.", "R.F.C. #", "RFC",  # Mexico
        "RIF #", "Tax ID No. RIF",  # Venezuela
        "RUC #",  # Peru, Panama, Ecuador
        "C.U.I.T.",  # Argentina
        "Paraguayan tax identification number",
        "RTN",  # Honduras
        "C.I.F.", "N.I.F.",  # Spain
        "RSIN",  # Netherlands, legal persons
        "Numero Unico de Identificacao Tributaria (NUIT)",  # Mozambique
    ),
    "registration_number": (
        "Registration Number", "Registration ID", "Business Registration Number", "Business Number", "Company Number",
        "Business Registration Document #", "Commercial Registry Number", "C.R. No.", "Public Registration Number",
        "Enterprise Number", "Branch Unit Number", "Certificate of Incorporation Number", "Registered Charity No.",
        "Chamber of Commerce Number", "Dubai Chamber of Commerce Membership No.", "Istanbul Chamber of Comm. No.",
        "Organization Code", "File Number", "License", "Trade License No.", "Tourism License No.", "Permit Number",
        "Trademark number", "MSB Registration Number", "Afghan Money Service Provider License Number",
        "Registration Certificate Number (Dubai)", "Romanian C.R.", "UK Company Number",
        "Company ID: No.",  # Lebanon
        "Economic Register Number (CBLS)",  # United Arab Emirates
        "Central Registration System Number",  # Turkey, MERSIS
        "Government Gazette Number",  # Russia: the OKPO code
        "Russian State Individual Business Registration Number Pattern (OGRNIP)",
        "Business Registration Document # UNP",  # Belarus
        "Folio Mercantil No.", "SRE Permit No.", "Business Registration Document # CUD",  # Mexico
        "Matricula Mercantil No",  # Colombia
        "C.I.N.",  # India
        "Unified Social Credit Code (USCC)", "United Social Credit Code Certificate (USCCC)",  # China
        "Vessel Registration Identification",  # the IMO number only where "IMO" follows
    ),
    "imo": (
        "Vessel Registration Identification IMO", "Company Number IMO", "Identification Number IMO",
        "International Maritime Organization No.",
    ),
    "lei": ("Legal Entity Number",),
    "isin": ("Identification Number ISIN",),
}  # fmt: skip
"""Labels of a number, perhaps with country and days: `Passport AB1 (Iran) issued 01 Jan 2001 expires 01 Jan 2011`."""

PLAIN: Final[Labels] = {
    "pob": ("POB",),
    "nationality": ("nationality", "nationality possibly"),
    "citizenship": ("citizen",),
    "gender": ("Gender",),
    "ethnicity": ("ethnicity", "Tribe", "Subtribe"),
    "registration_country": ("Registration Country", "Nationality of Registration"),
    "org_type": ("Organization Type",),  # a class of ISIC, the UN's classification of industries
    "target_type": ("Target Type",),
    "link": (
        "Linked To", "Owned by", "Owned or controlled by", "Owned or Controlled By", "Controlled by", "Subsidiary of",
        "subsidiary of", "Providing support to", "Acting for or on behalf of", "Associated with", "founded by",
        "Assocated with",  # so printed
    ),
    "website": ("Website",),
    "email": ("Email Address", "Email", "EMAIL"),
    "phone": ("Phone Number", "Phone No.", "PHONE", "Telephone", "Telephone No.", "Telephone Number"),
    "fax": ("Fax", "Fax No.", "FAX"),
    "telex": ("TELEX", "TGMS"),  # TGMS: telegrams
    "name_code": ("Chinese Commercial Code",),  # the telegraph code of each character of a name
    "duns": ("D-U-N-S Number",),
    "swift": ("SWIFT/BIC",),
    "bik": ("BIK (RU)",),
    "isin": ("ISIN",),
    "ticker": ("Equity Ticker", "MICEX Code"),
    "issuer_name": ("Issuer Name",),  # under which its securities are traded
    "locode": ("UN/LOCODE",),
    # most facts of a vessel have columns of their own
    "mmsi": ("MMSI",),
    "call_sign": ("Vessel Call Sign", "Other Vessel Call Sign"),
    "flag": ("Vessel Flag", "Other Vessel Flag"),
    "former_flag": ("Former Vessel Flag",),
    "former_name": ("Former Vessel Name",),
    "vessel_type": ("Vessel Type", "Other Vessel Type"),
    "vessel_owner": ("Vessel Owner",),
    "tonnage": ("Vessel Tonnage", "Vessel Gross Tonnage", "Gross Tonnage"),
    "build_year": ("Vessel Year of Build",),
    "aircraft_model": ("Aircraft Model",),
    "aircraft_operator": ("Aircraft Operator",),
    "msn": ("Aircraft Manufacturer's Serial Number (MSN)",),
    "construction_number": ("Aircraft Construction Number (also called L/N or S/N or F/N)",),
    "serial_number": ("Aircraft Serial Identification",),
    "tail_number": ("Aircraft Tail Number",),
    "former_tail_number": ("Previous Aircraft Tail Number",),
    "mode_s": ("Aircraft Mode S Transponder Code",),
    "sanctions_info": (
        "Secondary sanctions risk", "Additional Sanctions Information",
        "Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions",
        "IFCA Determination",  # Iran Freedom and Counter-Proliferation Act
        "PEESA Information",  # Protecting Europe's Energy Security Act
    ),
}  # fmt: skip
"""Labels of text that runs to the fragment's end: `POB Baku, Azerbaijan`."""

PARTIES: Final[frozenset[Kind]] = frozenset({"link", "family", "aircraft_operator", "vessel_owner"})
"""Kinds whose value is another party's name."""

TEXTS: Final[frozenset[Kind]] = PARTIES | {"pob", "org_type", "position", "note", "sanctions_info", "unknown"}
"""Kinds whose value runs to the fragment's end, so that a full stop there may be its own."""

SHAPES: Final[dict[Kind, re.Pattern[str]]] = {
    "gender": re.compile("Male|Female"),
    "imo": re.compile(r"\(?(\d{7})\)?"),
    "lei": re.compile(r"[A-Z0-9]{18}\d\d"),
    "duns": re.compile(r"\d\d-?\d{3}-?\d{4}"),
    "mmsi": re.compile(r"\d{9}"),
    "swift": re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?"),
    "bik": re.compile(r"\d{9}"),
    "isin": re.compile(r"[A-Z]{2}[A-Z0-9]{9}\d"),
    "locode": re.compile(r"[A-Z]{2} [A-Z0-9]{3}"),
    "flag": re.compile("(?!None ).+"),  # "None Identified"
    "former_flag": re.compile("(?!None ).+"),
    "mode_s": re.compile(r"[0-9A-Fa-f]{6}"),
    "build_year": re.compile(r"\d{4}"),
    "website": re.compile(r"\S+\.\S+"),
    "email": re.compile(r"\S+@\S+"),
    "phone": re.compile(r"[\d+() ./-]*\d[\d() ./-]*(?:ext\. \d+)?"),
    "fax": re.compile(r"[\d+() ./-]*\d[\d() ./-]*"),
}
"""What a value must look like; where there is a group, it is the value without its wrapping."""

OTHERWISE: Final[dict[str, Kind]] = {"Legal Entity Number": "registration_number"}
"""What a label means when its value lacks the shape: the Dutch `Legal Entity Number 851683897` is no LEI."""

REGISTER_TOWNS: Final = frozenset({"Aburra Sur", "Bogota", "Cali", "Manizales", "Medellin", "Uraba"})
"""Colombian chambers of commerce, printed alone in the brackets where otherwise a country stands."""


_TITLES = (
    "Ayatollah|Hojjatoleslam|Sheikh|Shaykh|Mullah|Mufti|Qari|Haji|Ustadz?|Maulana|Moulana|Maulawi|Mulawi"
    "|Doctor|Dr|Professor|Engineer"
)
_KIN = (
    "son|daughter|child|brother|sister|half-brother|half-sister|wife|husband|spouse|widow|father|mother|nephew|niece"
    "|cousin|uncle|aunt|grandson|granddaughter"
)

_PHRASES: Final[tuple[tuple[Kind, str], ...]] = (
    ("dob", "DOB (?P<label>circa) (?P<day>.+)"),
    ("crypto_address", r"Digital Currency Address - (?P<label>[A-Z0-9]{2,5}) (?P<value>\w{20,})"),
    # the listing: what sanctions bite, since when, and where to read on
    ("legal_notice", r"(?:(?P<label>.+ Information) - )?[Ff]or more information .*(?P<value>https?://\S+)"),
    (
        "sanctions_info",
        r"(?P<label>(?:Executive Order|CAATSA Section) \d+ (?:Directive )?(?:Determination|[Ii]nformation))"
        r"[ :-]+(?P<value>.+)",
    ),
    ("listing_date", r"Listing Date \((?P<label>[^()]+)\):? (?P<day>.+)"),
    ("effective_date", r"Effective Date \((?P<label>[^()]+)\):? (?P<day>.+)"),
    ("divestment_date", r"Purchase/Sales For Divestment Date \((?P<label>[^()]+)\):? (?P<day>.+)"),
    ("note", "(?:HAMAS|PFLP|DFLP)(?: - .+)?"),  # members of the Palestinian Legislative Council: party and constituency
    ("note", "Former Vessel Flag None Identified"),
    ("note", "named in UNSCR .+"),  # a resolution of the UN Security Council
    # which of its branches are meant: "all offices worldwide", "Only locations in Syria"
    ("note", r"(?i)(?:and )?(?:all|only|other|all other) (?:offices|locations|branches)\b.*"),
    ("note", "<Head Office>|.+ Branch only|(?:Also o|O)perations in.+"),
    # where a person is held or thought to be, and in what condition
    ("note", "ICTY indictee.*"),  # the tribunal for the former Yugoslavia
    ("note", r"(?i)(?P<label>arrested|deceased|died|executed|released)\b.*"),
    ("note", r"(?i).*\b(?:in custody|in jail|in prison|in remand|incarcerated|detained|wanted by|a fugitive)\b.*"),
    ("note", "(?i)(?:believed to be|(?:(?:possibly|currently|reportedly) )?(?:located|residing)) .+"),
    ("note", "(?:From:?|Interpol:) .+"),  # "From Quetta, Pakistan"; notices with their file numbers
    ("note", r".*\bissued (?:in|by|under|\d).*"),  # a paper without its number, or two in one
    ("note", "Holder of .+ passport|passport place of issue: .+"),
    # kin and company
    ("family", rf"(?i)(?P<label>(?:{_KIN})(?:-in-law)? of) (?P<value>.+)"),
    ("family", rf"(?P<value>.+)'s (?P<label>(?:(?:eldest|youngest|first|second|third) )?(?:{_KIN}))"),
    ("link", "(?P<label>Organization): (?P<value>.+)"),
    ("link", r"\((?P<label>Linked To): (?P<value>.+)\)"),  # in XML
    # what a person is
    ("position", "(?P<label>Position|Title|Rank|Occupation|Alternate Title)[:,]? +(?P<value>(?!also ).+)"),
    ("position", r"#\d+ in .+"),  # "#2 in the Guard"
    ("title", rf"(?:{_TITLES})(?: or (?:{_TITLES}))?"),
    ("ethnicity", "Kurdish|Bosnian Serb"),
    ("physical", "(?i)(?:individual's )?(?P<label>height|weight|build|complexion) (?:is )?(?P<value>.+)"),
    # addresses without their label
    ("email", r"(?P<value>[^\s@]+@\S+\.\w+)(?: \(email\))?"),
    ("website", r"(?P<value>(?:https?://|www\.)\S+)(?: \(website\))?"),
    ("website", r"(?P<label>Website) (?P<value>\S+\.\w+)\. [A-Z].+"),  # a sentence follows
    ("org_type", "juice manufacturer"),  # the one description of a business in plain words
    # a clear sentence: it has a verb
    ("note", ".+ (?:is|are|was|were|has|have|had|been|does) .+|(?:led|oversaw|commanded) .+"),
)


class Phrase(NamedTuple):
    """A pattern for a whole fragment; its groups `value`, `day` and `label` name the parts, else all of it is value."""

    kind: Kind
    pattern: re.Pattern[str]


PHRASES: Final = tuple(Phrase(kind, re.compile(pattern)) for kind, pattern in _PHRASES)
"""Fragments that open with no label of the tables above, the narrower pattern first."""

_ROLES = (
    "accountant administrator admiral adviser advisor agent aide ambassador attorney brig brigadier businessman "
    "captain ceo chair chairman chairperson chairwoman chancellor chef chemist chief col colonel commandant "
    "commander commissariat commissar commissioner commodore congressman constituent consul coordinator counsel "
    "counsellor counselor dealer dean delegate deputy diplomat director editor employee envoy facilitator figure "
    "financier founder general governor head inspector judge lawyer leader lieutenant lt magistrate major manager "
    "marshal mayor member minister minster mp negotiator officer official ombudsman operative owner partner "
    "politburo premier president professor prosecutor recruiter rector registrar representative "
    "second-in-command secretary senator sergeant shareholder speaker spokesman spokesperson spokeswoman "
    "superintendent supervisor treasurer warden"
)

ROLES: Final = frozenset(_ROLES.split())
"""Words, also behind a hyphen, that make a fragment a position; `minster` is so printed."""
