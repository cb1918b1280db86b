"""What is read by its frame is what a look at the whole piece gives; what is less than plain is left to that look."""

from __future__ import annotations

from itertools import islice
from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellgame.model.claim import ClaimRow
from shellgame.sources.claims import Claims
from shellgame.sources.gleif import plain
from shellgame.sources.gleif.entities import claim_entity
from shellgame.sources.gleif.fields import Fields, fields_of_xml
from shellgame.sources.gleif.plain import apart, plain_fields
from shellgame.testing.gleif import records

END = "</lei:LEIRecord>"
RECORD = next(records())
_PARTS = st.sampled_from(
    ["<", ">", "/", "&", "&amp;", "&#7;", "]]>", "<!--", "-->", "<![CDATA[", "<?", "?>", '"', "'", "=", " ", "a", "é", "\x00",
     "\x1f", "\ufffe", "<a>", "</a>", "<a/>", "<lei:LEI>", "</lei:LEI>", "Geocoding>", "<gleif:Geocoding>", END]
)  # fmt: skip


def _all(fields: Fields) -> tuple[dict[str, list[tuple[str, str, str]]], dict[str, list[str]], dict[str, str]]:
    return {key: fields.all(key) for key in fields._places}, fields.groups, fields.types


def _looked_at(piece: str) -> list[Fields]:
    """As a piece that is not plain is read."""
    end = piece[piece.rfind("</") :]
    return [fields_of_xml(apart(record)[0]) for record in piece.split(end)[:-1]]


def _is_xml(piece: str) -> bool:
    try:
        expat.ParserCreate().Parse(f"<records>{piece}</records>".encode(), True)
    except expat.ExpatError:
        return False
    return True


def test_records_of_few_frames_are_read_as_by_themselves():
    plain._layout.cache_clear()
    piece = "".join(islice(records(), 500)).rstrip()
    found = plain_fields(piece.encode())
    assert found is not None
    assert list(map(_all, found)) == list(map(_all, _looked_at(piece)))
    assert found[0].text("Country") == ""
    assert found[0].text("LegalAddress/Country")
    assert plain._layout.cache_info().misses < 20


@given(st.lists(st.tuples(st.integers(0, len(RECORD)), st.integers(0, 3), _PARTS), min_size=1, max_size=3))
def test_whatever_is_done_to_a_record_it_is_left_alone_or_read_as_before(changes: list[tuple[int, int, str]]) -> None:
    changed = RECORD
    for place, removed, part in changes:
        changed = changed[:place] + part + changed[place + removed :]
    piece = (RECORD + changed).rstrip()
    found = plain_fields(piece.encode("utf-8", "surrogatepass"))
    if found is not None:
        assert _is_xml(piece)
        assert list(map(_all, found)) == list(map(_all, _looked_at(piece)))


@pytest.mark.parametrize(
    "part",
    ["<!-- x -->", "<![CDATA[x]]>", "<?x y?>", "]]>", "\x07", "\ufffe", "&#233;", "&bomb;", "<a>", "</a>", '<a b="x>y">1</a>',
     "<a>1<b>2</b>3</a>", f"<lei:LEIRecord>{END}", "<gleif:Geocoding><a>1</b></gleif:Geocoding>",
     '<a b="<gleif:Geocoding></gleif:Geocoding>"/>', "<gleif:Geocoding><a><b>1</b></a></gleif:Geocoding>", "x" * 40_000]
)  # fmt: skip
def test_what_is_not_plain_is_left_to_be_checked_whole(part):
    first, geocoding = apart(RECORD)
    assert plain_fields(f"{first}{RECORD}".rstrip().encode()) is not None
    changed = first.replace("<geocoding/>", part if "Geocoding" in part else f"{part}{geocoding}")
    assert plain_fields(f"{changed}{RECORD}".rstrip().encode()) is None


@pytest.mark.parametrize(
    ("printed", "read"), [("A &amp; B", "A & B"), (" A\n", "A"), ("1 > 2", "1 > 2"), ("北京", "北京")]
)
def test_texts_are_read_as_they_are_meant(printed, read):
    piece = f"<r><Name>{printed}</Name><Empty> </Empty></r>".encode()
    (fields,) = plain_fields(piece) or ()
    assert fields.all("Name") == [(read, "", "")]
    assert "Empty" not in fields


_LETTERS = st.sampled_from(
    ["a", "Z", "7", " ", "  ", "|", "\t", "\n", "\x7f", "\u00a0", "\u3000", "\u200b", "京", "é", "&amp;"]
)


def _claimed(fields: Fields) -> list[ClaimRow]:
    claims = Claims("gleif")
    claim_entity(claims, fields, "lei")
    return claims.rows


@given(*[st.lists(_LETTERS, max_size=5).map("".join)] * 3, st.sampled_from(["DE", "XX", "", "d e"]))
def test_what_is_claimed_fast_is_what_is_claimed_one_by_one(name, street, town, country):
    piece = f"""<r><LEI>529900ABCDEFGHIJKL12</LEI><LegalName>{name}</LegalName><LegalAddress>
        <FirstAddressLine>{street}</FirstAddressLine><City>{town}</City><Country>{country}</Country></LegalAddress>
        <RegistrationAuthorityEntityID>{town}</RegistrationAuthorityEntityID><EntityStatus>{name}</EntityStatus></r>"""
    (fields,) = plain_fields(piece.encode()) or ()
    assert _claimed(fields) == _claimed(Fields(fields.layout, fields.texts, tidy=False))


def test_most_records_are_claimed_fast():
    found = plain_fields("".join(islice(records(), 50)).rstrip().encode())
    assert found is not None
    assert all(fields.tidy for fields in found)
