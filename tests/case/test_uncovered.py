"""The answer put together: story, gaps, and every claim it rests on."""

from __future__ import annotations

from dataclasses import replace

from shellgame.case.uncovered import Uncovered, put_together
from shellgame.match.hits import Hits
from shellgame.resolve.coverage import Coverage

from .invented import Invented


def test_the_story_tells_of_parties_listings_and_links(small: Uncovered) -> None:
    told = [(moment.day, moment.what, moment.entity_id) for moment in small.timeline]
    assert told == [
        ("1999", "built", "x-5"),
        ("2019-01-01", "link begins: owner of 51 percent – Shell Trading Ltd", "x-2"),
        ("2023-08-09", "listed: Ministry of Examples, EXAMPLE-2", "x-2"),
        ("2024-04-15", "listed: Ministry of Examples, EXAMPLE-1", "x-1"),
        ("2024-05-02", "established", "x-3"),
    ]


def test_what_two_publications_say_stands_once_with_the_earlier_day(invented: Invented) -> None:
    claims = [
        *invented.party("x-1", "One Ltd"),
        invented.claim("x-1", "Company", "incorporationDate", "2001-02-03", seen="2026-01-01"),
        invented.claim(
            "x-1", "Company", "incorporationDate", "2001-02-03", seen="2025-01-01", quote="founded 3 Feb 2001"
        ),
    ]
    (moment,) = invented.answer("One", claims, [], ("x-1",)).timeline
    assert moment.known == "2025-01-01"


def test_a_listing_dated_twice_alike_is_told_once(invented: Invented) -> None:
    claims = [*invented.party("x-1", "One Ltd"), *invented.listing("x-1", "2024-04-15")]
    claims.append(invented.claim("x-1-listing", "Sanction", "startDate", "2024-04-15", record="x-1"))
    (moment,) = invented.answer("One", claims, [], ("x-1",)).timeline
    assert moment.kind == "listed"


def test_every_shown_name_rests_on_a_claim(small: Uncovered) -> None:
    named = {claim.value for claim in small.claims if claim.prop == "name"}
    assert {entity.caption for entity in small.network.entities.values()} <= named


def test_a_listing_found_elsewhere_brings_its_claims(invented: Invented) -> None:
    claims = [
        *invented.party("x-1", "One Ltd"),
        *invented.party("y-1", "One Ltd"),
        *invented.listing("y-1", "2024-04-15"),
    ]
    row = Coverage("x-1", "One Ltd", "xx", "listed", "2024-04-15", ["EXAMPLE-1"], "confirmed", ["y-1"], ["same LEI"])
    answer = invented.answer("One", claims, [], ("x-1",), (row,))
    assert {"listingDate", "program"} <= {claim.prop for claim in answer.claims if claim.record_id == "y-1"}


def test_what_is_not_known_is_said(small: Uncovered, invented: Invented) -> None:
    text = "\n".join(small.unknown)
    assert "No list of United States (us) is in this workspace" in text
    assert "Whether Shell Trading Ltd (x-1) is the party that yy lists as yy-7 is unsure" in text
    assert "2 rows without a name" in text
    assert "owns anybody" not in text
    lonely = "\n".join(invented.answer("x-1", [], [], ("x-1",)).unknown)
    assert "No source here tells anything of x-1 itself." in lonely
    assert "No source here states who owns anybody" in lonely


def test_namesakes_are_not_taken_for_one(invented: Invented) -> None:
    claims = [*invented.party("x-1", "One Ltd"), *invented.party("x-2", "One Ltd")]
    text = "\n".join(invented.answer("One", claims, [], ("x-1", "x-2")).unknown)
    assert "2 records fit the name equally well (x-1, x-2)" in text


def test_records_that_are_one_party_are_said_to_be(invented: Invented) -> None:
    claims = [
        *invented.party("x-1", "One Ltd"),
        *invented.party("x-2", "One Limited"),
        *invented.listing("x-2", "2024-04-15"),
    ]
    network = replace(invented.network(claims[:1], [], ("x-1",)), joined={"x-1": ("x-1", "x-2")})
    answer = put_together("One", None, Hits("One", ()), network, (), claims, ())
    assert list(answer.subjects) == ["x-1", "x-2"]
    assert [moment.entity_id for moment in answer.timeline] == ["x-1"]
    text = "\n".join(answer.unknown)
    assert "2 records (x-1, x-2) are shown as one party" in text
    assert "fit the name equally well" not in text
