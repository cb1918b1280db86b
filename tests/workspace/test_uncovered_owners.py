"""A dossier tells what ownership rules make of a company that nobody lists, in every form, with the claims it rests on."""

from __future__ import annotations

import json

import pypdfium2 as pdfium
import pytest
from lxml import html

from shellgame.case.dossier import write_dossier
from shellgame.sources.claims import Claims
from shellgame.testing.publications import incoming
from shellgame.workspace import Workspace

DAY = "2025-10-15"


@pytest.fixture(scope="module")
def ws(tmp_path_factory):
    """A listed person who has 60 % of one company, and a company of which nothing is told."""
    made = tmp_path_factory.mktemp("owned")
    workspace = Workspace(made / "workspace")
    for source in ("us_ofac_sdn", "gb_fcdo_sanctions"):
        claims = Claims(source)
        for key, name in (("X", "Orsin Malevadd"), ("N", f"Nobody of {source}")):
            person = claims.record(f"{source}-{key}", "Person", f"list#{key}")
            person.add("name", name)
            person.sanction().add("program", "VARKESH")
        (made / source).mkdir()
        workspace.store.add(incoming(made / source, "2025-10-10", claims))
    claims = Claims("mine")
    for key, name in (("A", "Halvren Trading House"), ("B", "Quillmark Logistics")):
        claims.record(f"m-{key}", "Company", f"m#{key}").add("name", name)
    link = claims.record("s-1", "Ownership", "m#s1")
    for prop, value in (("owner", "us_ofac_sdn-X"), ("asset", "m-A"), ("percentage", "60")):
        link.add(prop, value)
    workspace.store.add(incoming(made, "2025-10-11", claims))
    return workspace


@pytest.fixture(scope="module")
def uncovered(ws):
    return ws.uncover("m-A", DAY)


def test_it_says_what_ownership_rules_say(ws, uncovered):
    (found,) = uncovered.owners
    assert {held.rule.id: held.answer for held in found.rules} == {
        held.rule.id: held.answer for held in ws.owners("m-A", DAY).rules
    }
    assert {each.claim_id for each in uncovered.claims} >= {*found.claims}
    assert any(sentence.startswith("Of owners: ") for sentence in uncovered.unknown)


def test_every_form_of_the_dossier_tells_it(uncovered, tmp_path):
    page, pdf, _, table, told = write_dossier(uncovered, tmp_path)
    document = pdfium.PdfDocument(pdf.read_bytes())
    paper = " ".join(" ".join(each.get_textpage().get_text_range() for each in document).split())
    section = html.parse(page).getroot().xpath("//section[@id='section-2']")[0].text_content()
    for text in (section, paper):
        assert "By ownership rules" in text
        assert "OFAC 50 Percent Rule (us)" in text
        assert "Not caught never means cleared" in text
        assert "LISTED us" in text
        assert "60 % of shares" in text
        assert "us_ofac_sdn of 2025-10-10" in text
    summary = html.parse(page).getroot().xpath("string(//section[@id='summary'])")
    assert "it is caught by OFAC 50 Percent Rule (us)" in summary
    whole = json.loads(told.read_text(encoding="utf-8"))
    rule = next(each for each in whole["owners"][0]["rules"] if each["rule"] == "us_ofac_50")
    assert (rule["answer"], rule["low"], rule["chain"][0]["owner_is"]) == ("caught", 60.0, "listed")
    named = {each for hop in rule["chain"] for each in hop["claims"]}
    assert named
    assert named <= {each["claim_id"] for each in whole["claims"]}
    assert all(each in table.read_text(encoding="utf-8") for each in named)


def test_nothing_is_said_of_owners_where_nothing_is_told_of_them(ws, tmp_path):
    other = ws.uncover("m-B", DAY)
    assert other.owners == ()
    page = write_dossier(other, tmp_path)[0].read_text(encoding="utf-8")
    assert "By ownership rules" not in page
    assert not any(sentence.startswith("Of owners: ") for sentence in other.unknown)


def test_the_terminal_and_json_tell_it(ws, called, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    asked = ("uncover", "m-A", "--on", DAY, "-w", ws.folder, "--into")
    code, out, _ = called(*asked, tmp_path / "one", "--table")
    assert code == 0
    assert f"Ownership rules on {DAY}: Halvren Trading House" in out
    assert "OFAC 50 Percent Rule (us): caught, 60 % (shares) (who is listed: us_ofac_sdn of 2025-10-10)" in out
    assert "Orsin Malevadd [LISTED us" in out
    assert "Not caught never means cleared" in out
    code, out, _ = called(*asked, tmp_path / "two", "--json")
    rows = {row["rule"]: row for row in json.loads(out)["owners"]}
    assert rows["us_ofac_50"]["answer"] == "caught"
    assert rows["us_ofac_50"]["chain"][0]["evidence"]
