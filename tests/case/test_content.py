"""What stands in a dossier, before it has a face."""

from __future__ import annotations

import pytest

from shellgame.case.content.parts import Index
from shellgame.case.content.sources import tlp_of
from shellgame.case.content.whole import content_of
from shellgame.case.uncovered import Uncovered
from shellgame.graph.ties import Tie

from .invented import HASH, Invented


def _rows(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_summary_says_who_where_how_large_and_what_is_missing(small: Uncovered) -> None:
    text = " ".join(said.text for said in content_of(small).summary)
    assert "Shell Trading Ltd is a record of kind “company” in xx_list" in text
    assert "it is listed by xx under EXAMPLE-1 (since 2024-04-15)" in text
    assert "whose identity is unsure, is listed by yy" in text
    assert "6 other parties within 3 steps, by 5 links that sources state and 1 thing shared" in text
    assert "whether it is listed by United States is unknown" in text


def test_statements_are_numbered_one_by_one(small: Uncovered) -> None:
    content = content_of(small)
    numbers = [statement.number for group in content.statements for statement in group.statements]
    assert numbers == list(range(1, len(small.claims) + 1))
    assert content.statements[0].title == "Shell Trading Ltd · x-1"


def test_references_lead_to_the_claims_they_name(small: Uncovered) -> None:
    index = Index(small)
    claims = sorted(small.claims, key=lambda claim: index.numbers[claim.claim_id])
    assert index.refs(claims[2:5]) == ((3, 5),)
    assert index.refs([claims[0], claims[2]]) == ((1, 1), (3, 3))
    assert index.refs([]) == ()


def test_no_list_reads_as_unknown_and_never_as_clean(small: Uncovered) -> None:
    rows = _rows(content_of(small).coverage)
    assert rows[0][:2] == ["United States (us)", "? unknown"]
    assert rows[0][-1] == "none of its lists is here"
    assert rows[2][1] == "● listed, identity unsure"


def test_a_listing_told_at_second_hand_is_pointed_to(invented: Invented) -> None:
    claims = [*invented.party("x-1", "One Ltd"), *invented.listing("x-1", "2024-04-15")]
    claims.append(invented.claim("x-1-listing", "Sanction", "country", "us", record="x-1"))
    answer = invented.answer("One", claims, [], ("x-1",))
    assert "xx_list reports a listing there" in _rows(content_of(answer).coverage)[0][-1]


def test_each_link_has_its_words_and_its_place(small: Uncovered) -> None:
    row = next(row for row in content_of(small).links.rows if "owner of 51" in row.cells[2].text)
    assert [cell.text for cell in row.cells] == [
        "2 · Ivan EXAMPLEV",
        "1 · Shell Trading Ltd",
        "owner of 51 percent [ownership] (2019-01-01 to …)",
        "0.95",
        "“owner of 51 percent”",
        "xx_list, list.csv#x-2",
    ]
    assert row.cells[-1].refs


def test_what_many_share_is_one_row(invented: Invented) -> None:
    members = [f"x-{n}" for n in range(20)]
    claims = [claim for member in members for claim in invented.party(member, f"Party {member}")]
    answer = invented.answer("x", claims, invented.shared(members, "1 Harbour Road, Exampletown"), ("x-0",))
    (row,) = _rows(content_of(answer).shared)
    assert row[:2] == ["address", "1 Harbour Road, Exampletown"]
    assert row[2].endswith("; and 8 more")


def test_what_speaks_against_is_named(small: Uncovered, invented: Invented) -> None:
    content = content_of(small)
    text = " ".join(said.text for said in content.against)
    assert "Ministry of Examples denies: Unknown Partner – holder – Wallet." in text
    assert "3 statements are conclusions of a reader" in text
    assert "1 other listed name like the one asked for was not followed" in text
    assert [row[0] for row in _rows(content.inferences)] == ["inference", "denial"]
    two = [
        *invented.party("x-1", "Ivan", "Person", birthDate="1961-06-06"),
        invented.claim("x-1", "Person", "birthDate", "1962"),
    ]
    differing = " ".join(said.text for said in content_of(invented.answer("Ivan", two, [], ("x-1",))).against)
    assert "Accounts differ on “date of birth” of Ivan: 1961-06-06 / 1962." in differing


def test_versions_are_named_with_their_whole_hash(small: Uncovered) -> None:
    content = content_of(small)
    assert [row[-1] for row in _rows(content.versions)] == [HASH]
    assert [row[-1] for row in _rows(content.files)] == [HASH]
    assert _rows(content.earlier) == []


def test_publications_that_said_it_first_are_named_too(invented: Invented) -> None:
    old = invented.claim("x-1", "Company", "name", "One Ltd", seen="2020-01-01")._replace(
        first_version="20200101-aaaaaaaa", evidence="a" * 64
    )
    answer = invented.answer("One", [old], [], ("x-1",))
    assert _rows(content_of(answer).earlier) == [["xx_list", "2020-01-01", "1", "a" * 64]]


@pytest.mark.parametrize(
    ("markings", "expected"),
    [
        ((), "CLEAR"),
        (("CLEAR", "AMBER", "GREEN"), "AMBER"),
        (("amber+strict", "AMBER"), "AMBER+STRICT"),
        (("RED", "ODD"), "ODD"),
    ],
)
def test_the_narrowest_marking_holds_for_the_whole(
    invented: Invented, markings: tuple[str, ...], expected: str
) -> None:
    claims = [invented.claim("x-1", "Company", "name", f"Name {tlp}", tlp=tlp) for tlp in markings]
    assert tlp_of(Index(invented.answer("One", claims, [], ("x-1",)))) == expected


def test_long_values_are_cut_and_say_so(invented: Invented) -> None:
    answer = invented.small("B" * 10_000)
    statement = next(s for group in content_of(answer).statements for s in group.statements if s.what == "name")
    assert statement.text.endswith("… (10,000 letters, in full in claims.csv)")


def test_what_people_decided_is_told_with_who_and_why(invented: Invented) -> None:
    claims = [*invented.party("x-1", "One Ltd"), *invented.party("x-2", "One Trading Ltd")]
    label = "judged different by ada on 2024-05-03: other owners"
    tie = Tie("judged-x-1-x-2", "judged", "different", label, "x-1", "x-2", 0.0, None, None, ())
    told = [said.text for said in content_of(invented.answer("One", claims, [tie], ("x-1",))).against]
    assert any(text.endswith(f"{label}.") and "One" in text for text in told)
    assert not any(" denies: " in text for text in told)
