"""GLEIF's files: what records become, in XML and JSON, whole and as updates, and what is refused."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

import shellgame
from shellgame.errors import BadInput, Damaged, Hostile, WrongUse
from shellgame.model.claim import ClaimRow
from shellgame.sources import pieces
from shellgame.sources.catalog import source_named
from shellgame.sources.gleif import xml_pieces
from shellgame.sources.gleif.fields import fields_of_json, fields_of_xml
from shellgame.sources.reading import Reading, read_publication
from shellgame.store.claims import ClaimSet
from shellgame.testing.golden import samples

SAMPLES = {sample.name: sample for sample in samples(source_named("gleif"))}
XML = SAMPLES["cdf-xml"]
AMBER, BIRCH, CEDAR, ELM = (
    f"lei-{lei}"
    for lei in ("9990AMBERHOLDIN00011", "9990BIRCHFUND0000022", "9990CEDARGONE0000033", "9990ELMPARENT0000055")
)
REAL = ("lei-data", "rr-data", "repex-data", "lei-updates-data2", "rr-updates-data2-new", "repex-updates-data2-new")


def read(path: Path) -> Reading:
    return read_publication(path, source_named("gleif"))


def links(rows: list[ClaimRow], *schemata: str) -> list[dict[str, str]]:
    """Each link as its properties; of several summaries the first."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        if row.schema in schemata:
            found.setdefault(row.entity_id, {"schema": row.schema}).setdefault(row.prop, row.value)
    return list(found.values())


def values(rows: list[ClaimRow], entity: str, prop: str) -> list[str]:
    return [row.value for row in rows if row.entity_id == entity and row.prop == prop]


@pytest.fixture(scope="module")
def rows() -> list[ClaimRow]:
    return read(XML).claims.rows


def test_xml_and_json_tell_the_same(rows):
    assert set(rows) == set(read(SAMPLES["cdf-json"]).claims.rows)


def test_an_entity_has_its_names_by_kind_and_language(rows):
    names = {
        (row.prop, row.value, row.lang) for row in rows if row.entity_id == AMBER and row.prop.lower().endswith("name")
    }
    assert names == {
        ("name", "Ambérholding & Söner AB", "swe"),
        ("name", "Amber Holding and Sons", "eng"),
        ("previousName", "Amber Shipping Ltd", "eng"),
    }
    assert values(rows, AMBER, "alias") == ["Amber Group", "Amberholding & Soner AB"]


def test_headquarters_at_the_legal_address_are_told_once(rows):
    assert values(rows, BIRCH, "address") == ["1 Dorn Street, Dunmoor, US-DE, 19808, US"]
    places = [row for row in rows if row.entity_id == BIRCH and row.prop == "addressEntity"]
    assert [row.locator.rpartition("/")[2] for row in places] == ["LegalAddress", "HeadquartersAddress"]
    assert len({row.value for row in places}) == 1


def test_a_code_that_says_that_there_is_none_is_no_legal_form(rows):
    assert values(rows, BIRCH, "legalForm") == ["FUND"]


def test_an_end_that_was_completed_is_the_day_of_dissolution(rows):
    assert values(rows, CEDAR, "dissolutionDate") == ["2080-03-01"]
    assert values(rows, CEDAR, "notes") == ["Its LEI is RETIRED"]


def test_successors_are_known_by_lei_or_by_name(rows):
    told = links(rows, "Succession")
    assert {(link["predecessor"], link["successor"].startswith("gleif-named-")) for link in told} == {
        (CEDAR, False),
        (CEDAR, True),
    }


def test_consolidation_is_direct_or_ultimate_and_a_share_where_it_is_measured(rows):
    told = [
        link for link in links(rows, "Control") if link["controlType"] == "consolidation" and link["role"][:3] == "IS_"
    ]
    assert {(link["controller"], link["controlled"], link["status"], link.get("endDate", "")) for link in told} == {
        (ELM, AMBER, "direct", ""),
        (ELM, AMBER, "indirect", ""),
        (AMBER, CEDAR, "direct", "2019-06-30"),
        (ELM, CEDAR, "indirect", "2089-05-18"),  # inactive without an end
    }
    assert [(link["owner"], link["asset"], link["percentage"]) for link in links(rows, "Ownership")] == [
        (ELM, AMBER, "62.5")
    ]
    inferred = [row.entity_id for row in rows if row.stance == "infers"]
    assert len(inferred) == 1


def test_funds_are_managed_and_under_umbrellas(rows):
    managed = [link for link in links(rows, "Control") if link["role"] == "IS_FUND-MANAGED_BY"]
    assert [(link["controller"], link["controlled"], link["startDate"]) for link in managed] == [
        (AMBER, BIRCH, "2014-03-01")
    ]
    assert [(link["member"], link["organization"]) for link in links(rows, "Membership")] == [(BIRCH, ELM)]
    assert [link["role"] for link in links(rows, "UnknownLink")] == ["IS_FEEDER_TO"]


def test_why_no_parent_is_told_is_an_owner_without_a_name(rows):
    unknown = f"{BIRCH}-no-direct-parent"
    assert {row.schema for row in rows if row.entity_id == unknown} == {"Person"}
    assert values(rows, unknown, "name") == []
    assert values(rows, unknown, "notes")[0].startswith(
        "Not told who holds it (NATURAL_PERSONS): natural persons control it"
    )
    held = {link["controlled"]: link for link in links(rows, "Control") if link["controller"] == unknown}
    assert held[BIRCH]["controlType"] == "influence"
    assert held[BIRCH]["summary"] == "NATURAL_PERSONS"
    legal_obstacle = [link for link in links(rows, "Control") if link["controller"] == f"{CEDAR}-no-indirect-parent"]
    assert [(link["controlType"], link["status"]) for link in legal_obstacle] == [("consolidation", "indirect")]


def test_that_no_person_is_known_to_control_it_is_a_note_and_no_influence(rows):
    assert not [row for row in rows if f"{BIRCH}-no-indirect-parent" in (row.entity_id, row.value)]
    assert any("(NO_KNOWN_PERSON)" in note for note in values(rows, BIRCH, "notes"))


def test_what_was_annulled_is_not_claimed(rows):
    assert not [row for row in rows if "DORNNULLED" in row.entity_id]
    assert read(XML).claims.counts["annulled"] == 2


@pytest.mark.parametrize("text", ["<a type=\"x>y\" b = '<'>1</a>".replace("<'", "&lt;'"), "<p:a type='x&gt;y'>1</p:a>"])
def test_a_sign_within_an_attribute_ends_no_tag(text):
    assert fields_of_xml(f"<r>{text}<b/> <c>2</c></r>").all("a") == [("1", "", "x>y")]
    assert fields_of_xml(f"<r>{text}<b/> <c>2</c></r>").text("c") == "2"


def test_plain_json_and_that_of_gleif_are_the_same_fields():
    plain = {
        "OtherEntityNames": [{"type": "T", "OtherEntityName": "A"}],
        "RelationshipPeriods": [{"StartDate": "1"}, {"StartDate": "2"}],
    }
    own = {
        "OtherEntityNames": {"OtherEntityName": [{"@type": "T", "$": "A"}]},
        "RelationshipPeriods": {"RelationshipPeriod": [{"StartDate": {"$": "1"}}, {"StartDate": {"$": "2"}}]},
    }
    for fields in map(fields_of_json, (plain, own)):
        assert fields.all("OtherEntityName") == [("A", "", "T")]
        assert [fields.text(f"{group}/StartDate") for group in fields.groups["RelationshipPeriod"]] == ["1", "2"]


@pytest.mark.parametrize("size", [1, 7, 100, 5000, 1 << 20])
def test_wherever_the_file_is_cut_into_pieces_its_records_are_the_same(size, monkeypatch, rows):
    monkeypatch.setattr(xml_pieces, "PIECE_BYTES", max(size, 400))  # the head is read in one piece
    assert read(XML).claims.rows == rows


def test_helper_processes_give_the_same_claims(monkeypatch, rows):
    monkeypatch.setattr(xml_pieces, "PIECE_BYTES", 4000)
    monkeypatch.setattr(pieces, "_WORTH_PROCESSES", 0)
    with_helpers = read(XML).claims
    assert with_helpers.rows == list(dict.fromkeys(rows))
    assert with_helpers.counts == read(XML).claims.counts
    assert with_helpers.gone == read(XML).claims.gone


def test_what_a_helper_refuses_is_told_as_if_it_were_read_here(monkeypatch, tmp_path):
    broken = tmp_path / "broken.xml"
    broken.write_text(
        (XML / "lei.xml").read_text(encoding="utf-8").replace("9990CEDARGONE0000033", "X"), encoding="utf-8"
    )
    told = []
    for least in (0, 1 << 30):
        monkeypatch.setattr(pieces, "_WORTH_PROCESSES", least)
        with pytest.raises(Damaged, match=r"broken\.xml, X: this is no LEI") as caught:
            read(broken)
        told.append(str(caught.value))
    assert told[0] == told[1]


def _changed(tmp_path: Path, old: str, new: str) -> Path:
    text = (XML / "lei.xml").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "lei.xml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("old", "new", "kind", "found"),
    [
        ("<lei:LEIData ", '<!DOCTYPE a [<!ENTITY b "c">]><lei:LEIData ', Hostile, "document type"),
        ("Birch Umbrella", "&bomb;", Hostile, "entity"),
        ("Birch Umbrella", "<!-- x -->", Hostile, "declaration, comment or CDATA"),
        ("Birch Umbrella", "<![CDATA[x]]>", Hostile, "declaration, comment or CDATA"),
        ("Birch Umbrella", "x" * 40_000, Hostile, "a text of 40,0"),
        ("Birch Umbrella", "<a>" * 400_000, Damaged, "no well-formed XML"),
        (
            "Birch Umbrella",
            "x</lei:LegalName>" + "<a>y</a>" * 200_000 + "<lei:LegalName>",
            Hostile,
            "longer than any real one",
        ),
        ("</lei:LEIData>", "", Damaged, "no whole XML"),
        ("</lei:LEIRecords>\n</lei:LEIData>", "<lei:LEIRecord>", Damaged, "no whole XML"),
        ("</lei:LegalName>", "</lei:LegalNome>", Damaged, "no well-formed XML"),
        ("<lei:LEI>9990BIRCHFUND0000022</lei:LEI>", "", Damaged, "no LEI"),
    ],
)
def test_hostile_and_damaged_files_are_refused(tmp_path, old, new, kind, found):
    with pytest.raises(kind, match=re.escape(found)):
        read(_changed(tmp_path, old, new))


def test_text_that_is_no_utf_8_is_refused(tmp_path):
    file = tmp_path / "lei.xml"
    file.write_bytes((XML / "lei.xml").read_bytes().replace("é".encode(), "é".encode("latin-1")))
    with pytest.raises(Damaged, match="not well-formed"):
        read(file)


def test_a_packed_file_reads_as_it_would_unpacked(tmp_path, rows):
    for name in ("lei", "rr", "repex"):
        with ZipFile(tmp_path / f"{name}.xml.zip", "w", ZIP_DEFLATED) as archive:
            archive.write(XML / f"{name}.xml", f"20900605-{name}.xml")
    assert read(tmp_path).claims.rows == rows


def test_an_archive_of_two_files_and_one_too_large_are_refused(tmp_path, monkeypatch):
    file = tmp_path / "lei.zip"
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.write(XML / "lei.xml", "a.xml")
        archive.write(XML / "rr.xml", "b.xml")
    with pytest.raises(Damaged, match=r"an archive of 2 files where one is read \(a\.xml, b\.xml\); unpack it"):
        read(file)
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", (XML / "lei.xml").read_text(encoding="utf-8") + " " * (3 << 20))
    monkeypatch.setenv("SHELLGAME_MAX_FILE_MIB", "1")
    shellgame.settings.settings.cache_clear()
    try:
        with pytest.raises(Hostile, match="unpacks to 3 MiB"):
            read(file)
    finally:
        monkeypatch.undo()
        shellgame.settings.settings.cache_clear()


def _update(folder: Path) -> Path:
    """An update: Birch is told anew, a relation of Amber's is deleted."""
    folder.mkdir()
    lei, rr = ((XML / f"{name}.xml").read_text(encoding="utf-8") for name in ("lei", "rr"))
    head, *records = re.split(r"(?=<lei:LEIRecord[ >])", lei)
    birch = next(record for record in records if "BIRCH" in record).replace("Umbrella Fund", "Parasol Fund")
    whole, part = "GLEIF_FULL_PUBLISHED", "GLEIF_DELTA_PUBLISHED"
    (folder / "lei.xml").write_text(
        head.replace(whole, part) + birch + "</lei:LEIRecords></lei:LEIData>", encoding="utf-8"
    )
    head, first, *_ = re.split(r"(?=<rr:RelationshipRecord[ >])", rr)
    deletion = (
        "<rr:Extension><gleif:Deletion><gleif:DeletedAt>2090-01-01</gleif:DeletedAt></gleif:Deletion></rr:Extension>"
    )
    first = first.replace("</rr:RelationshipRecord>", f"{deletion}</rr:RelationshipRecord>")
    (folder / "rr.xml").write_text(
        head.replace(whole, part) + first + "</rr:RelationshipRecords></rr:RelationshipData>", encoding="utf-8"
    )
    return folder


def test_an_update_replaces_what_it_tells_and_ends_what_it_deletes(tmp_path, rows):
    workspace = shellgame.open(tmp_path / "ws")
    workspace.add("gleif", XML, "2024-01-01")
    version = workspace.add("gleif", _update(tmp_path / "update"), "2024-02-01")
    assert version.partial
    with ClaimSet(workspace.store) as claims:
        found = {ClaimRow(*row) for row in claims.rows(f"SELECT {', '.join(ClaimRow._fields)} FROM claims")}
    gone = f"{AMBER}-IS_DIRECTLY_CONSOLIDATED_BY-{ELM.removeprefix('lei-')}"
    expected = {row for row in rows if row.record_id not in (gone, BIRCH)}
    assert {row for row in found if row.record_id != BIRCH} == expected
    assert {row.value for row in found if row.entity_id == BIRCH and row.prop == "name"} == {"Birch Parasol Fund"}
    assert version.claims == len(found)


_PERIOD = {"StartDate": "2015-01-01", "PeriodType": "RELATIONSHIP_PERIOD"}


def _parent(amount: str = "", *periods: dict[str, str], status: str = "ACTIVE", record: str = "PUBLISHED") -> object:
    """Amber as consolidated by Birch."""
    quantifier = {"MeasurementMethod": "X", "QuantifierAmount": amount, "QuantifierUnits": "PERCENTAGE"}
    return {
        "Relationship": {
            "StartNode": {"NodeID": f"9990{'A' * 14}11"},
            "EndNode": {"NodeID": f"9990{'B' * 14}11"},
            "RelationshipType": "IS_DIRECTLY_CONSOLIDATED_BY",
            "RelationshipPeriods": list(periods or [_PERIOD]),
            "RelationshipStatus": status,
            "RelationshipQuantifiers": [quantifier] if amount else [],
        },
        "Registration": {"LastUpdateDate": "2021-02-03T00:00:00Z", "RegistrationStatus": record},
    }


def _told(tmp_path: Path, *records: object) -> Reading:
    (tmp_path / "rr.json").write_text(json.dumps(records), encoding="utf-8")
    return read(tmp_path / "rr.json")


def _days(reading: Reading, schema: str = "Control") -> list[tuple[str, str]]:
    return [(link.get("startDate", ""), link.get("endDate", "")) for link in links(reading.claims.rows, schema)]


def test_records_that_differ_in_end_or_status_are_links_each(tmp_path):
    ended = {**_PERIOD, "EndDate": "2020-12-31"}
    reading = _told(
        tmp_path,
        _parent("60", ended, status="INACTIVE"),
        _parent("70"),
        _parent("80", status="INACTIVE"),
    )
    told = {link["percentage"]: link.get("endDate", "") for link in links(reading.claims.rows, "Ownership")}
    assert told == {"60": "2020-12-31", "70": "", "80": "2021-02-03"}
    assert len(_days(reading)) == 3


def test_a_relationship_of_several_periods_is_a_link_each(tmp_path):
    periods = [{**_PERIOD, "EndDate": "2016-12-31"}, {**_PERIOD, "StartDate": "2019-01-01"}]
    accounts = {**_PERIOD, "PeriodType": "ACCOUNTING_PERIOD"}
    expected = [("2015-01-01", "2016-12-31"), ("2019-01-01", "")]
    reading = _told(tmp_path, _parent("60", *periods, accounts))
    assert _days(reading) == _days(reading, "Ownership") == expected


@pytest.mark.parametrize(
    ("amount", "expected", "counted"),
    [("60.50", ["60.5"], 0), ("60,5", ["60.5"], 0), ("1,000", [], 1), ("half", [], 1), ("0", [], 1), ("", [], 0)],
)
def test_a_percentage_is_read_or_counted(tmp_path, amount, expected, counted):
    reading = _told(tmp_path, _parent(amount))
    assert [link["percentage"] for link in links(reading.claims.rows, "Ownership")] == expected
    assert reading.claims.counts["shares_not_understood"] == counted


def test_a_retired_record_is_over_and_one_of_status_null_is_not_sure(tmp_path):
    retired = _told(tmp_path, _parent("60", record="RETIRED"))
    assert _days(retired) == _days(retired, "Ownership") == [("2015-01-01", "2021-02-03")]
    untold = _told(tmp_path, _parent("60", status="NULL"))
    (link,) = links(untold.claims.rows, "Ownership")
    assert link["percentage"] == "<=60"
    assert any("status is NULL" in row.value for row in untold.claims.rows if row.prop == "summary")


def _lei(letter: str, name: str, **more: object) -> dict[str, object]:
    return {"LEI": f"9990{letter * 14}11", "Entity": {"LegalName": name}, **more}


@pytest.mark.parametrize("prefix", ["", "lei:"])
@pytest.mark.parametrize("name", ["20240202-1600-gleif-goldencopy-lei2-intra-day.json", "lei.json"])
def test_an_update_in_json_leaves_what_it_does_not_tell(tmp_path, name, prefix):
    deletion = {f"{prefix}Extension": {"gleif:Deletion": {"gleif:DeletedAt": "2024-02-01T00:00:00Z"}}}
    told = {
        "lei2-golden-copy.json": [_lei("A", "Amber"), _lei("B", "Birch"), _lei("C", "Cedar")],
        name: [_lei("A", "Amber Two"), _lei("B", "Birch", **deletion)],
    }
    workspace = shellgame.open(tmp_path / "ws")
    for number, (file, records) in enumerate(told.items(), 1):
        keyed = [{f"{prefix}{key.rpartition(':')[2]}": value for key, value in each.items()} for each in records]
        (tmp_path / file).write_text(json.dumps({"records": keyed}), encoding="utf-8")
        version = workspace.add("gleif", tmp_path / file, f"2024-0{number}-01")
    assert version.partial
    with ClaimSet(workspace.store) as claims:
        names = {value for (value,) in claims.rows("SELECT value FROM claims WHERE prop = 'name'")}
    assert names == {"Amber Two", "Cedar"}


def test_an_update_in_json_beside_a_whole_file_is_refused(tmp_path):
    parent = {"Relationship": {"StartNode": {"NodeID": f"9990{'A' * 14}11"}, "EndNode": {"NodeID": f"9990{'B' * 14}11"},
                               "RelationshipType": "IS_DIRECTLY_CONSOLIDATED_BY"}}  # fmt: skip
    (tmp_path / "lei2-golden-copy.json").write_text(json.dumps([_lei("A", "Amber")]), encoding="utf-8")
    (tmp_path / "rr-last-day.json").write_text(json.dumps([parent]), encoding="utf-8")
    with pytest.raises(Damaged, match="a whole file beside one that is an update"):
        read(tmp_path)


def test_an_update_without_a_whole_publication_is_refused(tmp_path):
    workspace = shellgame.open(tmp_path / "ws")
    with pytest.raises(WrongUse, match="is an update"):
        workspace.add("gleif", _update(tmp_path / "update"), "2024-02-01")
    assert workspace.versions("gleif") == ()


def test_a_whole_file_beside_an_update_is_refused(tmp_path):
    folder = _update(tmp_path / "update")
    (folder / "rr.xml").write_bytes((XML / "rr.xml").read_bytes())
    with pytest.raises(Damaged, match="a whole file beside one that is an update"):
        read(folder)


@pytest.mark.parametrize("name", REAL)
def test_real_files_read_and_xml_and_json_tell_the_same(name, data_folder):
    from_xml, from_json = (read(data_folder / "gleif" / f"{name}.{end}").claims for end in ("xml", "json"))
    of_address = {"address", "addressEntity"}  # this JSON keeps the last line only where an address has several
    told = [
        {
            (row.entity_id, row.prop, row.value)
            for row in claims.rows
            if row.schema != "Address" and row.prop not in of_address
        }
        for claims in (from_xml, from_json)
    ]
    assert told[1] <= told[0]
    assert {prop for _, prop, _ in told[0] - told[1]} <= {"alias", "dissolutionDate"}
    assert from_xml.counts["records"] == from_json.counts["records"] > 0
    assert from_xml.gone == from_json.gone


def _statements(data_folder: Path, name: str, kind: str) -> list[dict]:
    told = json.loads((data_folder / "gleif" / f"{name}-out.json").read_text(encoding="utf-8"))
    return [each for each in told if each["statementType"] == kind]


@pytest.mark.parametrize("name", ["lei-data", "lei-updates-data2", "lei-updates-data2-new"])
def test_entities_and_names_are_those_of_the_bods_equivalents(name, data_folder):
    rows = read(data_folder / "gleif" / f"{name}.json").claims.rows
    ours = {(row.entity_id, row.value) for row in rows if row.prop == "name" and row.entity_id == row.record_id}
    expected = set()
    for statement in _statements(data_folder, name, "entityStatement"):
        lei = next((each["id"] for each in statement["identifiers"] if each.get("scheme") == "XI-LEI"), None)
        if lei:
            expected.add((f"lei-{lei}", " ".join(statement["name"].split())))
    assert expected
    assert expected <= ours
    if name != "lei-data":  # its equivalents are of a few records
        assert {identity for identity, _ in ours} == {identity for identity, _ in expected}


@pytest.mark.parametrize("name", ["rr-data", "rr-updates-data2", "rr-updates-data2-new"])
def test_relations_levels_and_days_are_those_of_the_bods_equivalents(name, data_folder):
    claims = read(data_folder / "gleif" / f"{name}.json").claims
    ours = links(claims.rows, "Control", "Membership", "UnknownLink")
    statements = _statements(data_folder, name, "ownershipOrControlStatement")
    deleted = len(claims.gone)
    interests = [interest for statement in statements for interest in statement["interests"]]
    assert len(ours) == len(statements) - deleted
    days = Counter(interest["startDate"][:10] for interest in interests)
    assert not Counter(link["startDate"] for link in ours) - days
    if name != "rr-updates-data2":  # its equivalents tell no level
        indirect = sum(interest["interestLevel"] == "indirect" for interest in interests)
        assert sum(link.get("status") == "indirect" for link in ours) == indirect - deleted
    described = {
        tuple(re.findall(r"\b[0-9A-Z]{20}\b", note["description"]))
        for statement in statements for note in statement.get("annotations", [])
    }  # fmt: skip
    if described:
        assert {
            (link["controlled"].removeprefix("lei-"), link["controller"].removeprefix("lei-")) for link in ours
        } == described


def test_why_nobody_is_told_is_as_in_the_bods_equivalents(data_folder):
    rows = read(data_folder / "gleif" / "repex-updates-data2.json").claims.rows
    ours = Counter(
        (row.record_id.split("-")[1], row.quote) for row in rows if row.value.startswith("Not told who holds it")
    )
    told = [
        re.findall(r"to an? (\w+) GLEIF Reporting Exception for (\w+)", note["description"])
        for statement in _statements(data_folder, "repex-updates-data2", "ownershipOrControlStatement")
        for note in statement["annotations"]
    ]
    assert ours == Counter((lei, reason) for found in told for reason, lei in found)


def test_what_is_refused_names_the_file(tmp_path):
    with pytest.raises(BadInput, match=r"^lei\.xml"):
        read(_changed(tmp_path, "</lei:LEIData>", ""))


@pytest.mark.parametrize("name", ["rr.xml", "20240101-0800-gleif-goldencopy-rr-golden-copy.xml.gz", "rr-updates.csv"])
def test_a_file_called_like_a_missing_one_that_holds_something_else_is_refused(name, tmp_path):
    for file in (XML / "lei.xml", XML / "repex.xml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "read-me-about-rr.txt").write_bytes(b"a,b\n")
    (tmp_path / "lei-of-last-week.csv").write_bytes(b"a,b\n")  # there is one that is read
    told = read(tmp_path)
    assert "read-me-about-rr.txt lies beside the publication and was not read" in told.warnings
    (tmp_path / name).write_bytes(b"a,b\n")
    with pytest.raises(Damaged, match=f"^{re.escape(name)}: it is called like"):
        read(tmp_path)


def test_a_file_without_a_record_is_refused_unless_it_says_so(tmp_path):
    empty = '<RelationshipData xmlns="http://www.gleif.org/data/schema/rr/2016"><Header>%s</Header><RelationshipRecords/></RelationshipData>'
    (tmp_path / "lei.xml").write_bytes(
        re.sub(rb"<lei:FileContent>.*?</lei:FileContent>", b"", (XML / "lei.xml").read_bytes())
    )
    (tmp_path / "rr.xml").write_text(empty % "<RecordCount>0</RecordCount>", encoding="utf-8")
    assert read(tmp_path).claims.counts["records"]
    for header in ("", "<RecordCount>12</RecordCount>"):
        (tmp_path / "rr.xml").write_text(empty % header, encoding="utf-8")
        with pytest.raises(Damaged, match=r"^rr\.xml: not a single record"):
            read(tmp_path)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_xml_in_utf_16_is_told_to_be_that(tmp_path, encoding):
    file = tmp_path / "lei.xml"
    file.write_bytes(("\ufeff" + (XML / "lei.xml").read_text(encoding="utf-8")).encode(encoding))
    with pytest.raises(Damaged, match=r"^lei\.xml: text in UTF-16.*; save it as UTF-8"):
        read(file)


def test_a_damaged_archive_is_no_layout_of_gleifs() -> None:
    deflated = b"PK\x03\x04" + bytes(4) + b"\x08\x00" + bytes(20)
    assert all(layout.recognise("lei.zip", deflated + b"\xff" * 40) is None for layout in source_named("gleif").formats)
