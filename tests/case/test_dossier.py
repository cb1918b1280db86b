"""The faces of a dossier: complete, self-contained, harmless, the same every time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from lxml import etree, html

import shellgame.workspace as sg
from shellgame.case.dossier import dossier_html, dossier_pdf, write_dossier
from shellgame.case.uncovered import Uncovered

from .invented import HOSTILE, Invented

FILES = ["dossier.html", "dossier.pdf", "network.svg", "claims.csv", "dossier.json"]


def _page(answer: Uncovered) -> html.HtmlElement:
    return html.document_fromstring(dossier_html(answer))


def _pages(data: bytes) -> Iterator[str]:
    document = pdfium.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        yield text.get_text_range()
        text.close()
        page.close()
    document.close()


def _text(data: bytes) -> str:
    return " ".join(" ".join(_pages(data)).split())


def test_the_parts_stand_in_order(small: Uncovered) -> None:
    assert [heading.text_content() for heading in _page(small).iter("h2")] == [
        "Summary",
        "1 Who it is",
        "2 Where it is listed",
        "3 The network",
        "4 Timeline",
        "5 What speaks against, and what is unknown",
        "6 Sources and versions",
        "7 How to read the marks",
        "Appendix: every statement",
    ]


def test_the_title_tells_name_day_marking_and_what_it_is(small: Uncovered) -> None:
    (title,) = _page(small).iter("header")
    text = " ".join(title.text_content().split())
    assert "Shell Trading Ltd" in text
    assert "2026-03-13, the newest publication that tells of it" in text
    assert "TLP:CLEAR" in text
    assert "A lead, not a verdict:" in text


def test_every_claim_stands_once_in_the_appendix(small: Uncovered) -> None:
    codes = [code.text for code in _page(small).xpath("//section[@id='appendix']//code")]
    assert sorted(codes) == sorted(claim.claim_id for claim in small.claims)
    assert len({*codes}) == len(codes)


def test_every_reference_leads_somewhere(small: Uncovered) -> None:
    page = _page(small)
    ids = page.xpath("//@id")
    assert len({*ids}) == len(ids)
    links = page.xpath("//a/@href")
    assert len(links) > 50
    assert all(link.startswith("#") and link[1:] in ids for link in links)


def test_it_needs_nothing_from_outside(small: Uncovered) -> None:
    page = _page(small)
    assert not page.xpath("//script | //link | //iframe | //object | //img | //form")
    assert not [name for element in page.iter(etree.Element) for name in element.attrib if name.startswith("on")]
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert "url(" not in dossier_html(small)
    assert "@import" not in dossier_html(small)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_shown_and_do_nothing(invented: Invented, name: str) -> None:
    answer = invented.small(name)
    page = _page(answer)
    assert not page.xpath("//script")
    assert len(page.xpath("//section[@id='appendix']//code")) == len(answer.claims)
    assert not re.search("[\u202a-\u202e\u2066\u2067]", page.text_content())
    assert len(list(_pages(dossier_pdf(answer)))) < 15


def test_markup_of_both_kinds_is_printed_as_it_is(invented: Invented) -> None:
    for name in ("<script>alert(1)</script>", '#eval("1") #panic()', "*bold* _x_ $x$ \\ @ref", "{{ 7 * 7 }}"):
        answer = invented.small(name)
        assert name in _page(answer).xpath("string(//h1)")
        assert name in _text(dossier_pdf(answer))


def test_letters_that_turn_the_line_are_marked(invented: Invented) -> None:
    answer = invented.small("Acme\u202egnp.exe")
    assert "Acme[U+202E]gnp.exe" in dossier_html(answer)
    assert "Acme[U+202E]gnp.exe" in _text(dossier_pdf(answer))


def test_the_pdf_says_who_and_what(small: Uncovered) -> None:
    text = _text(dossier_pdf(small))
    for name in ("Shell Trading Ltd", "Ivan EXAMPLEV", "Front One FZE", "State Arms Export", "MV Cockle", "Ракушка"):
        assert name in text
    for claim in small.claims:
        assert claim.claim_id in text.replace(" ", "")
    assert small.versions[0].sha256 in text.replace(" ", "")


def test_every_page_has_its_number_name_and_marking(small: Uncovered) -> None:
    pages = list(_pages(dossier_pdf(small)))
    assert 4 <= len(pages) <= 8
    for number, page in enumerate(pages, start=1):
        assert f"{number} of {len(pages)}" in page
        assert "TLP:CLEAR" in page
        assert "Shell Trading Ltd" in page


def test_a_picture_of_few_stays_upright_and_one_of_many_gets_a_page_across(invented: Invented) -> None:
    def shapes(answer: Uncovered) -> list[bool]:
        document = pdfium.PdfDocument(dossier_pdf(answer))
        found = [page.get_width() > page.get_height() for page in document]
        document.close()
        return found

    assert not any(shapes(invented.small()))
    assert sum(shapes(invented.grown(60))) == 1


def test_a_large_network_says_what_the_picture_leaves_out(invented: Invented) -> None:
    answer = invented.grown(400, sharing=6)
    words = "The picture shows the 120 parties with the strongest ties to the start; 280 parties of 400 are in the tables only."
    pages = list(_pages(dossier_pdf(answer)))
    assert words in " ".join(" ".join(pages).split())
    assert words in _page(answer).text_content()
    assert len(pages) < 150
    repeated = [page for page in pages if "Words of the source" in page]
    assert len(repeated) > 5


def test_the_same_answer_gives_the_same_bytes(invented: Invented) -> None:
    first, second = invented.small(), invented.small()
    assert dossier_html(first) == dossier_html(second)
    assert dossier_pdf(first) == dossier_pdf(second)


def test_the_date_in_the_file_is_that_of_the_data(small: Uncovered) -> None:
    document = pdfium.PdfDocument(dossier_pdf(small))
    told = document.get_metadata_dict()
    document.close()
    assert told["CreationDate"].startswith("D:20260313000000")
    assert told["Title"] == "Dossier: Shell Trading Ltd"


def test_a_dossier_is_five_files_and_nothing_else(small: Uncovered, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "dossier"
    paths = write_dossier(small, folder)
    assert [path.name for path in paths] == FILES
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    assert paths[1].read_bytes().startswith(b"%PDF")
    assert etree.parse(io.BytesIO(paths[2].read_bytes())).getroot().tag.endswith("svg")


def test_writing_again_replaces_what_was_there(small: Uncovered, invented: Invented, tmp_path: Path) -> None:
    write_dossier(invented.small("Older Ltd"), tmp_path)
    write_dossier(small, tmp_path)
    assert "Older Ltd" not in (tmp_path / "dossier.html").read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)


def test_no_path_of_this_computer_is_told(small: Uncovered, tmp_path: Path) -> None:
    for path in write_dossier(small, tmp_path):
        data = path.read_bytes()
        assert str(tmp_path).encode() not in data
        assert str(Path.home()).encode() + b"/" not in data
        assert b"site-packages" not in data


def test_an_answer_about_nobody_known_can_be_printed(invented: Invented, tmp_path: Path) -> None:
    answer = invented.answer("x-1", [], [], ("x-1",))
    assert len(write_dossier(answer, tmp_path)) == len(FILES)
    assert "No source here tells anything of this record itself." in dossier_html(answer)


@pytest.mark.data
def test_a_real_network_becomes_a_dossier(data_folder: Path, tmp_path: Path) -> None:
    ws = sg.open(tmp_path / "workspace")
    ws.add("own_set", data_folder / "opensanctions" / "zala_entities.ftm.json", "2026-03-13")
    with ws.claims() as claims:
        query = "SELECT entity_id FROM claims WHERE schema = 'Company' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
        ((identity,),) = claims.rows(query)
    answer = ws.uncover(identity)
    paths = write_dossier(answer, tmp_path / "dossier")
    page = html.document_fromstring(paths[0].read_bytes())
    assert len(page.xpath("//section[@id='appendix']//code")) == len(answer.claims)
    assert 10 < len(list(_pages(paths[1].read_bytes()))) < 80
