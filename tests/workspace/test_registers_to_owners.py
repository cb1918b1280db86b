"""From files of registers to who is caught: read, added, judged one with a listed party, and asked about."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from shellgame.errors import Damaged
from shellgame.model.stakes import StakeKind
from shellgame.sources.claims import Claims
from shellgame.sources.gb_coh_psc.companies import COLUMNS
from shellgame.testing.publications import incoming
from shellgame.workspace import Workspace

LISTS = ("us_ofac_sdn", "eu_fsf", "gb_fcdo_sanctions")
SOURCES = Path(__file__).parents[2] / "src" / "shellgame" / "sources"


def listed(made: Path, schema: str = "Person") -> Workspace:
    """A workspace in which Orsin Malevadd, a person if not told otherwise, is on three lists."""
    workspace = Workspace(made / "workspace")
    for source in LISTS:
        claims = Claims(source)
        party = claims.record(f"{source}-1", schema, "list#1")
        party.add("name", "Orsin Malevadd")
        listing = party.sanction()
        listing.add("program", "VARKESH")
        listing.add_date("listingDate", "2023-05-01")
        workspace.store.add(incoming(made, "2024-01-01", claims))
    for source in LISTS[1:]:
        workspace.judge(f"{LISTS[0]}-1", f"{source}-1", "same", why="same party")
    return workspace


def added(workspace: Workspace, source: str, path: Path, *same: str) -> Workspace:
    """Add a register, and judge some of its records one with Orsin Malevadd."""
    workspace.add(source, path, "2024-02-01")
    for record in same:
        workspace.judge(f"{LISTS[0]}-1", record, "same", why="known from elsewhere")
    return workspace


def verdicts(workspace: Workspace, record: str) -> tuple[str, str, str]:
    """What the rules of the United States, the Union and the United Kingdom make of a company."""
    found = {held.rule.id: held.answer for held in workspace.owners(record, on="2024-08-01").rules}
    return found["us_ofac_50"], found["eu_50"], found["gb_50"]


CAUGHT, UNKNOWN, NOT_CAUGHT = ((answer,) * 3 for answer in ("caught", "unknown", "not_caught"))


@pytest.fixture(scope="module")
def ws(tmp_path_factory):
    """Orsin Malevadd is on three lists; a register and Companies House tell of somebody of that name."""
    made = tmp_path_factory.mktemp("registers")
    workspace = listed(made)
    tables = made / "tables"
    tables.mkdir()
    (tables / "companies.csv").write_text(
        "id,name\nc1,Quillmark Holding\nc2,Quillmark Logistics\nc3,Borvast Shipping\n"
    )
    (tables / "people.csv").write_text("id,name,birth_date\np1,Orsin Malevadd,1961\np2,Yaska Varshander,\n")
    (tables / "holdings.csv").write_text(
        "company_id,holder_id,kind,percentage,started_on,ended_on\n"
        "c1,p1,shares,50,2015,\nc1,p2,shares,50,2015,\nc2,c1,shares,50,2016,\nc2,p2,shares,50,2016,\n"
        "c3,p1,shares,,2018,\n"
    )
    workspace.add("halvren_register", tables, "2024-02-01")
    line = {
        "company_number": "99999001",
        "data": {
            "kind": "individual-person-with-significant-control",
            "links": {"self": "/company/99999001/persons-with-significant-control/individual/abcDEF1"},
            "name": "Mr Orsin Malevadd",
            "name_elements": {"forename": "Orsin", "surname": "Malevadd"},
            "natures_of_control": ["ownership-of-shares-50-to-75-percent"],
            "notified_on": "2019-03-04",
        },
    }
    lines = made / "persons-with-significant-control-snapshot-2024-02-01.txt"
    lines.write_text(json.dumps(line) + "\n")
    workspace.add("gb_coh_psc", lines, "2024-02-01")
    for record in _records(workspace, "Malevadd", "halvren_register", "gb_coh_psc"):
        workspace.judge(f"{LISTS[0]}-1", record, "same", why="known from elsewhere")
    return workspace


def _records(workspace, name, *sources):
    with workspace.claims(sources=list(sources)) as claims:
        query = "SELECT DISTINCT entity_id FROM claims WHERE prop = 'name' AND value LIKE ? ORDER BY ALL"
        return [identity for (identity,) in claims.rows(query, [f"%{name}%"])]


def answers(ws, name, source, on):
    (record,) = _records(ws, name, source)
    found = {held.rule.id: held for held in ws.owners(record, on=on).rules}
    return {rule: held.answer for rule, held in found.items()}, found


def test_a_register_in_tables_reaches_through_a_company_that_is_caught_itself(ws):
    told, held = answers(ws, "Quillmark Logistics", "halvren_register", "2024-08-01")
    assert told["us_ofac_50"] == "caught"
    assert told["eu_50"] == "caught"
    assert [hop.stake.owned for hop in held["us_ofac_50"].chain]


def test_a_day_that_cannot_be_read_and_a_nominee_of_one_stake_in_tables(tmp_path):
    workspace, tables = listed(tmp_path), tmp_path / "tables"
    tables.mkdir()
    (tables / "companies.csv").write_text(
        "id,name\nc1,Quillmark Holding\nc2,Quillmark Logistics\nc3,Borvast Shipping\n"
    )
    (tables / "people.csv").write_text("id,name\np1,Orsin Malevadd\np2,Yaska Varshander\n")
    (tables / "holdings.csv").write_text(
        "company_id,holder_id,kind,percentage,started_on,ended_on,role,nominee_for_id\n"
        "c1,p1,shares,60,2010-01-01,12/31/2020,,\nc1,p2,shares,40,2010-01-01,,,\n"
        "c2,p2,shares,60,2010-01-01,,nominee,p1\nc3,p2,shares,60,2010-01-01,,nominee,\n"
    )
    added(workspace, "register", tables, "register-p1")
    assert verdicts(workspace, "register-c1") == UNKNOWN
    assert verdicts(workspace, "register-c2") == CAUGHT
    assert verdicts(workspace, "register-c3") == UNKNOWN


def test_exactly_half_is_caught_in_the_union_from_the_day_on_which_that_changed(ws):
    before, _ = answers(ws, "Quillmark Logistics", "halvren_register", "2024-07-02")
    after, _ = answers(ws, "Quillmark Logistics", "halvren_register", "2024-07-03")
    assert (before["eu_50"], after["eu_50"]) == ("not_caught", "caught")
    assert before["us_ofac_50"] == after["us_ofac_50"] == "caught"


def test_a_share_that_is_not_told_cannot_be_judged(ws):
    told, held = answers(ws, "Borvast Shipping", "halvren_register", "2024-08-01")
    assert told["us_ofac_50"] == "unknown"
    assert held["us_ofac_50"].missing


def test_a_band_of_companies_house_is_enough_where_all_of_it_is(ws):
    with ws.claims(sources=["gb_coh_psc"]) as claims:
        rows = claims.rows("SELECT value FROM claims WHERE prop = 'percentage'", [])
        assert [value for (value,) in rows] == [">50-<75"]
    found = {held.rule.id: held for held in ws.owners("gb-coh-99999001", on="2024-08-01").rules}
    assert {rule: found[rule].answer for rule in ("us_ofac_50", "eu_50", "gb_50")} == dict.fromkeys(
        ("us_ofac_50", "eu_50", "gb_50"), "caught"
    )


# Statements of the Beneficial Ownership Data Standard


def statement(record: str, kind: str, **details: object) -> dict[str, object]:
    told = {"statementId": f"s-{record}", "recordId": record, "recordType": kind, "recordStatus": "new"}
    return {**told, "statementDate": "2023-05-01", "declarationSubject": "co", "recordDetails": details}


def interest(record: str, subject: str, party: str, *types: str, **share: object) -> dict[str, object]:
    interests = [{"type": each, "directOrIndirect": "direct", "startDate": "2020-01-01"} for each in types]
    if share:
        interests[0]["share"] = share
    return statement(record, "relationship", subject=subject, interestedParty=party, interests=interests)


def entity(record: str, name: str, kind: str = "registeredEntity", **more: str) -> dict[str, object]:
    return statement(record, "entity", name=name, entityType={"type": kind, **more})


X = statement("x", "person", personType="knownPerson", names=[{"type": "legal", "fullName": "Orsin Malevadd"}])
V = statement("v", "person", personType="knownPerson", names=[{"type": "legal", "fullName": "Vanna Riveretti"}])
CO, HOLD = entity("co", "Corazon Plata Works"), entity("h", "Quillmark Holding")
NOMINATION = entity("n", "Malevadd nomination", "arrangement", subtype="nomination")
TRUST = entity("t", "Malevadd trust", "arrangement", subtype="trust")

BY_NOMINATION, BY_TRUST = (interest("r3", "co", holder, "shareholding", exact=100) for holder in "nt")


STATEMENTS = {
    "a share": ([interest("r", "co", "x", "shareholding", exact=60)], CAUGHT),
    "less than half": ([interest("r", "co", "x", "shareholding", exact=30)], NOT_CAUGHT),
    "a band": ([interest("r", "co", "x", "shareholding", minimum=25, maximum=75)], UNKNOWN),
    "no figure": ([interest("r", "co", "x", "shareholding")], UNKNOWN),
    "a chain": (
        [HOLD, interest("r1", "h", "x", "shareholding", exact=60), interest("r2", "co", "h", "shareholding", exact=60)],
        CAUGHT,
    ),
    "through a nomination": (
        [V, NOMINATION, interest("r1", "n", "x", "nominator"), interest("r2", "n", "v", "nominee"), BY_NOMINATION],
        CAUGHT,
    ),
    "a nominee for somebody else": (
        [V, NOMINATION, interest("r1", "n", "v", "nominator"), interest("r2", "n", "x", "nominee"), BY_NOMINATION],
        NOT_CAUGHT,
    ),
    "a nominator who is not told": ([V, NOMINATION, interest("r2", "n", "v", "nominee"), BY_NOMINATION], UNKNOWN),
    "nominee and nominator of the company itself": (
        [V, interest("r1", "co", "v", "nominee"), interest("r2", "co", "v", "shareholding", exact=100),
         interest("r3", "co", "x", "nominator")],
        UNKNOWN,
    ),
    "settlor and trustee": ([TRUST, interest("r1", "t", "x", "settlor", "trustee"), BY_TRUST], UNKNOWN),
    "a beneficiary without a share": (
        [TRUST, interest("r1", "t", "x", "beneficiaryOfLegalArrangement"), BY_TRUST],
        UNKNOWN,
    ),
}  # fmt: skip
WORDS = ("Amber", "Birch", "Cedar", "Dune", "Elm", "Fjord", "Grove", "Heath", "Islet", "Juniper", "Kelp")


@pytest.fixture(scope="module")
def statements(tmp_path_factory):
    """All cases in one set: the ids of each have its number in front."""
    made = tmp_path_factory.mktemp("statements")
    ids = ("statementId", "recordId", "subject", "interestedParty")
    told = []
    for number, (its, _) in enumerate(STATEMENTS.values()):
        for each in (X, CO, *its):
            details = {name: f"{number}-{it}" if name in ids else it for name, it in each["recordDetails"].items()}
            if each["recordType"] == "entity":
                details["name"] += f" {WORDS[number]}"
            told.append({**each, **{name: f"{number}-{each[name]}" for name in ids[:2]}, "recordDetails": details})
    file = made / "statements.json"
    file.write_text(json.dumps(told))
    return added(listed(made), "bods", file, *(f"bods-{number}-x" for number in range(len(STATEMENTS))))


@pytest.mark.parametrize("case", STATEMENTS)
def test_statements_of_the_standard(statements, case):
    expected = STATEMENTS[case][1]
    assert verdicts(statements, f"bods-{list(STATEMENTS).index(case)}-co")[-len(expected) :] == expected


@pytest.mark.parametrize("version", ["0.2", "0.3"])
def test_statements_of_the_old_versions(tmp_path, version):
    def old(own: str, kind: str, **details: object) -> dict[str, object]:
        told = {"statementID": own, "statementType": f"{kind}Statement", "statementDate": "2021-05-01", **details}
        return {**told, "publicationDetails": {"bodsVersion": version, "publicationDate": "2022-01-01"}}

    def held(own: str, subject: str, party: dict[str, str], type_: str, **share: object) -> dict[str, object]:
        level = {"interestLevel": "direct"} if version == "0.2" else {"directOrIndirect": "direct"}
        its = [{"type": type_, **level, **({"share": share} if share else {})}]
        ends = {"subject": {"describedByEntityStatement": subject}, "interestedParty": party}
        return old(own, "ownershipOrControl", **ends, interests=its)

    word = "voting-rights" if version == "0.2" else "votingRights"
    told = [
        old("x", "person", personType="knownPerson", names=[{"type": "individual", "fullName": "Orsin Malevadd"}]),
        *(
            old(own, "entity", entityType="registeredEntity", name=name)
            for own, name in (("h", "Quill"), ("co", "Plata"))
        ),
        old("n", "entity", entityType="arrangement", name="Malevadd nomination"),
        held("r1", "n", {"describedByPersonStatement": "x"}, "nominator"),
        held(
            "r2",
            "h",
            {"describedByEntityStatement": "n"},
            "shareholding",
            minimum=50,
            exclusiveMinimum=True,
            maximum=100,
        ),
        held("r3", "co", {"describedByEntityStatement": "h"}, "shareholding", exact=50),
        held("r4", "co", {"describedByPersonStatement": "x"}, word, exact=10),
    ]
    file = tmp_path / "statements.json"
    file.write_text("".join(json.dumps(each) + "\n" for each in told))
    workspace = added(listed(tmp_path), "bods", file, "bods-x")
    assert verdicts(workspace, "bods-h") == CAUGHT
    assert verdicts(workspace, "bods-co")[0] == "caught"


# Companies House


def psc(company: str, key: str, name: str, **more: object) -> dict[str, object]:
    told = {
        "kind": "individual-person-with-significant-control",
        "links": {"self": f"/company/{company}/persons-with-significant-control/x/{key}"},
        "name": name,
        "natures_of_control": ["ownership-of-shares-75-to-100-percent"],
        "notified_on": "2019-03-04",
    }
    return {"company_number": company, "data": {**told, **more}}


def companies_house(folder: Path, *lines: dict[str, object], companies: dict[str, str] | None = None) -> Path:
    made = folder / "companies_house"
    made.mkdir()
    snapshot = made / "persons-with-significant-control-snapshot-2024-02-01.txt"
    snapshot.write_text("".join(json.dumps(line) + "\n" for line in lines))
    if companies:
        with (made / "BasicCompanyDataAsOneFile-2024-02-01.csv").open("w", newline="") as file:
            table = csv.DictWriter(file, COLUMNS, restval="")
            table.writeheader()
            table.writerows({"CompanyNumber": number, "CompanyName": name} for number, name in companies.items())
    return made


BRITISH = {"registration_number": "99999002", "country_registered": "England", "place_registered": "Companies House"}
CORPORATE = {"kind": "corporate-entity-person-with-significant-control", "identification": BRITISH}
ABOVE = psc("99999002", "keyX", "Mr Orsin Malevadd")
BELOW = psc("99999001", "keyH", "Quillmark Holding Ltd", **CORPORATE)


@pytest.mark.parametrize(
    ("lines", "companies"),
    [
        ((ABOVE, BELOW), None),
        ((BELOW, ABOVE), None),
        ((BELOW, ABOVE), {"99999001": "BORVAST SHIPPING LTD", "99999002": "QUILLMARK HOLDING LTD"}),
    ],
    ids=["from above", "from below", "with company data"],
)
def test_a_chain_of_british_companies_goes_on_with_and_without_company_data(tmp_path, lines, companies):
    folder = companies_house(tmp_path, *lines, companies=companies)
    workspace = added(listed(tmp_path), "gb_coh_psc", folder, "gb-coh-psc-keyX")
    assert verdicts(workspace, "gb-coh-99999001") == CAUGHT


def test_a_number_of_another_register_is_not_of_this_one(tmp_path):
    elsewhere = {**BRITISH, "country_registered": "Cyprus", "place_registered": "Registrar of Companies"}
    folder = companies_house(
        tmp_path, ABOVE, psc("99999001", "keyH", "Quillmark", **{**CORPORATE, "identification": elsewhere})
    )
    workspace = added(listed(tmp_path), "gb_coh_psc", folder, "gb-coh-psc-keyX")
    owners = workspace.owners("gb-coh-99999001", on="2024-08-01")
    assert not any(hop.owner_is == "listed" for held in owners.rules for hop in held.chain)
    assert verdicts(workspace, "gb-coh-99999002") == CAUGHT


# GLEIF


PARENT, MEASURED, TOLD, PEOPLE, NOBODY, SECRET = (
    f"9990{name:A<14}{number}"
    for number, name in enumerate(("PARENT", "MEASURED", "TOLD", "PEOPLE", "NOBODY", "SECRET"), 11)
)
"""A parent, two that it consolidates, one of them with a share, and three that tell of no parent."""
REASONS = {PEOPLE: "NATURAL_PERSONS", NOBODY: "NO_KNOWN_PERSON", SECRET: "NON_PUBLIC"}


def plain(told: object) -> object:
    """Values as GLEIF's JSON writes them."""
    if isinstance(told, dict):
        return {name: plain(value) for name, value in told.items()}
    return [plain(each) for each in told] if isinstance(told, list) else {"$": told}


@pytest.fixture(scope="module")
def gleif(tmp_path_factory):
    """The parent is Orsin Malevadd, an organisation on three lists."""
    made = tmp_path_factory.mktemp("gleif")
    issued = {"Registration": {"RegistrationStatus": "ISSUED"}}
    records = [
        {"LEI": lei, "Entity": {"LegalName": f"Quillmark {lei}", "EntityStatus": "ACTIVE"}, **issued}
        for lei in (PARENT, MEASURED, TOLD, *REASONS)
    ]
    relations: list[dict[str, dict[str, object]]] = [
        {
            "Relationship": {
                "StartNode": {"NodeID": lei, "NodeIDType": "LEI"},
                "EndNode": {"NodeID": PARENT, "NodeIDType": "LEI"},
                "RelationshipType": "IS_DIRECTLY_CONSOLIDATED_BY",
                "RelationshipStatus": "ACTIVE",
            },
            "Registration": {"RegistrationStatus": "PUBLISHED"},
        }
        for lei in (MEASURED, TOLD)
    ]
    amount = {"QuantifierAmount": "62.5", "QuantifierUnits": "PERCENTAGE"}
    relations[0]["Relationship"]["RelationshipQuantifiers"] = {"RelationshipQuantifier": [amount]}
    exceptions = [
        {"LEI": lei, "ExceptionCategory": "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT", "ExceptionReason": reason}
        for lei, reason in REASONS.items()
    ]
    folder = made / "gleif"
    folder.mkdir()
    for name, told in {"records": records, "relations": relations, "exceptions": exceptions}.items():
        (folder / f"{name}.json").write_text(json.dumps({name: plain(told)}))
    return added(listed(made, "Organization"), "gleif", folder, f"lei-{PARENT}")


@pytest.mark.parametrize(("lei", "expected"), [(MEASURED, CAUGHT), (TOLD, UNKNOWN)])
def test_a_parent_that_consolidates_catches_by_its_share_and_else_leaves_it_open(gleif, lei, expected):
    assert verdicts(gleif, f"lei-{lei}") == expected


@pytest.mark.parametrize(
    ("lei", "kind"),
    [(PEOPLE, StakeKind.INFLUENCE), (SECRET, StakeKind.CONSOLIDATION), (NOBODY, None)],
    ids=lambda each: REASONS.get(each, each),
)
def test_a_parent_that_is_not_told_leaves_it_open_and_that_there_is_none_claims_no_right(gleif, lei, kind):
    found = {held.rule.id: held for held in gleif.owners(f"lei-{lei}", on="2024-08-01").rules}
    assert verdicts(gleif, f"lei-{lei}") == UNKNOWN
    assert [hop.stake.kind for hop in found["eu_50"].chain] == ([kind] if kind else [])
    assert found["us_ofac_50"].missing


# Tables


def test_tables_with_an_id_in_two_of_them_change_nothing(tmp_path):
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "companies.csv").write_text("id,name\n1,Borvast Shipping\n")
    (tables / "people.csv").write_text("id,name\n1,Orsin Malevadd\n")
    (tables / "holdings.csv").write_text("company_id,holder_id,percentage\n1,1,60\n")
    workspace = listed(tmp_path)
    with pytest.raises(Damaged, match="people"):
        workspace.add("halvren_register", tables, "2024-02-01")
    assert not workspace.store.versions("halvren_register")


def test_a_nominee_in_the_tables_holds_for_its_principal(tmp_path):
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "companies.csv").write_text("id,name\nc1,Borvast Shipping\nc2,Quillmark Logistics\n")
    (tables / "people.csv").write_text("id,name\np1,Orsin Malevadd\np2,Vanna Riveretti\n")
    (tables / "holdings.csv").write_text(
        "company_id,holder_id,percentage,nominee_for_id,role\nc1,p2,100,p1,\nc2,p2,60,,nominee shareholder\n"
    )
    workspace = added(listed(tmp_path), "halvren_register", tables, "halvren_register-p1")
    assert verdicts(workspace, "halvren_register-c1") == CAUGHT


def test_every_record_of_gleifs_sample_can_be_asked_about(tmp_path):
    sample = SOURCES / "gleif" / "sample" / "cdf-xml"
    workspace = added(listed(tmp_path), "gleif", sample)
    records = {f"lei-{each}" for each in re.findall(r"LEI>(\w{20})<", (sample / "lei.xml").read_text("utf-8"))}
    with workspace.claims() as claims:
        known = claims.known(records)  # an annulled one is none
    assert known
    for record in sorted(known):
        assert workspace.owners(record, on="2024-08-01").party.id
