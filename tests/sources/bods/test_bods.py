"""Statements of all versions: every percentage and day of them is claimed, and what was replaced is told apart from what holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellgame.errors import BadInput, Damaged
from shellgame.model.stakes import UNKNOWN, WHOLE, Interval, interval_of
from shellgame.sources.bods import reader
from shellgame.sources.bods.interests import interest_of
from shellgame.sources.catalog import source_named
from shellgame.sources.reading import Reading, read_publication
from shellgame.testing.golden import check_against_model

SAMPLE = Path(reader.__file__).parent / "sample" / "bods-json" / "statements.json"
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?(T.*)?")


def read(path: Path) -> Reading:
    return read_publication(path, source_named("bods"))


def entities(reading: Reading) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for row in reading.claims.rows:
        entity = found.setdefault(row.entity_id, {"schema": [row.schema]})
        if row.value not in entity.setdefault(row.prop, []):
            entity[row.prop].append(row.value)
    return found


def links(reading: Reading, **wanted: str) -> list[dict[str, list[str]]]:
    return [
        each
        for each in entities(reading).values()
        if all(value in each.get(prop, []) for prop, value in wanted.items())
    ]


def written(path: Path, *statements: object) -> Path:
    path.write_text(json.dumps(statements), encoding="utf-8")
    return path


def statement(
    record: str, kind: str, day: str = "2024-01-01", status: str = "new", **details: object
) -> dict[str, Any]:
    return {
        "statementId": f"s-{record}-{day}",
        "recordId": record,
        "recordType": kind,
        "recordStatus": status,
        "statementDate": day,
        "recordDetails": details,
    }


def held(share: object, start: str = "2020-01-01", **more: object) -> dict[str, Any]:
    interest = {"type": "shareholding", "directOrIndirect": "direct", "share": share, "startDate": start, **more}
    return {"subject": "e", "interestedParty": "p", "interests": [interest]}


def _files(data_folder: Path) -> list[Path]:
    return sorted((data_folder / "bods" / "official").glob("*.json")) + sorted(
        (data_folder / "gleif").glob("*-out.json")
    )


def _days(value: object, key: str = "") -> Iterator[str]:
    """All days anywhere in a statement, but for the day of publication, which is that of the whole."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _days(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _days(inner, key)
    elif (
        isinstance(value, str)
        and key != "publicationDate"
        and _DAY.fullmatch(value)
        and key.lower().endswith(("date", "at"))
    ):
        yield value[:10]


def _interval(share: dict[str, Any]) -> Interval:
    if "exact" in share:
        return Interval(int(share["exact"] * 1_000_000), int(share["exact"] * 1_000_000))
    low = int(share.get("minimum", 0) * 1_000_000)
    high = int(share.get("maximum", 100) * 1_000_000)
    if "exclusiveMinimum" in share:
        low = int(share["exclusiveMinimum"] * 1_000_000) + 1
    if "exclusiveMaximum" in share:
        high = int(share["exclusiveMaximum"] * 1_000_000) - 1
    return Interval(low, high)


@pytest.mark.data
def test_every_official_statement_reads_with_all_its_percentages_and_days(data_folder: Path) -> None:
    files = _files(data_folder)
    assert len(files) == 140
    percentages = days = 0
    for file in files:
        reading = read(file)
        for row in reading.claims.rows:
            check_against_model(row)
        assert reading.claims.counts["not_understood"] == 0, file.name
        assert reading.claims.counts["shares_not_understood"] == 0, file.name
        assert reading.claims.counts["dates_not_understood"] == 0, file.name
        told = " ".join(f"{row.value} {row.quote or ''} {row.original_value or ''}" for row in reading.claims.rows)
        found = {(row.locator.split("#")[1].split("/")[0], row.value) for row in reading.claims.rows}
        texts = [row.value for row in reading.claims.rows if row.prop in ("percentage", "summary")]
        for each in json.loads(file.read_text(encoding="utf-8")):
            missing = [day for day in _days(each) if day not in told]
            assert not missing, (file.name, missing)
            days += len(list(_days(each)))
            details = each.get("recordDetails", each)
            for interest in details.get("interests") or []:
                if not interest.get("share"):
                    continue
                percentages += 1
                expected = _interval(interest["share"])
                intervals = {interval_of(text.removeprefix("Share: ")) for text in texts}
                assert expected in intervals or expected == UNKNOWN, (file.name, interest)
                if expected != UNKNOWN:
                    assert any(
                        interval_of(value.removeprefix("Share: ")) == expected
                        for record, value in found
                        if record == (each.get("recordId") or each["statementID"])
                    )
    assert (percentages, days) == (57, 578)


@pytest.mark.data
def test_a_share_that_grows_is_two_stakes_one_after_the_other(data_folder: Path) -> None:
    reading = read(data_folder / "bods" / "official" / "examples_fermcat.json")
    stakes = {
        (each["owner"][0][-4:], each["percentage"][0], each["startDate"][0], each.get("endDate", [""])[0])
        for each in links(reading, ownershipType="shares")
    }
    assert stakes == {
        ("8621", "50", "2019-09-11", "2021-04-03"),
        ("6467", "50", "2021-04-03", "2022-01-21"),
        ("6f7c", "50", "2019-09-11", "2022-01-20"),
        ("6f7c", "100", "2022-01-21", ""),
    }


@pytest.mark.data
def test_direct_and_indirect_stakes_stay_apart(data_folder: Path) -> None:
    reading = read(data_folder / "bods" / "official" / "examples_mixed-direct-and-indirect-ownership.json")
    told = {
        (each["status"][0], each["percentage"][0], each["startDate"][0])
        for each in links(reading, owner="bods-53508b65253f", ownershipType="shares")
    }
    assert told == {("indirect", "50", "2017-11-01"), ("direct", "50", "2019-05-01")}
    (indirect,) = links(reading, owner="bods-53508b65253f", status="indirect")
    assert any("Made up of: ec61aeda7141, acdf30ece808, 07f0f7024a92" in words for words in indirect["summary"])


@pytest.mark.data
def test_who_is_not_told_is_an_entity_without_a_name(data_folder: Path) -> None:
    name = "tests_data_valid-statements_relationship_interested_party_unspecified_object.json"
    told = entities(read(data_folder / "bods" / "official" / name))
    nobody = told["bods-rel-b05e7c91e0a04e4f-party"]
    assert nobody["notes"] == ["Not specified: interestedPartyExemptFromDisclosure: no reason is given"] or nobody[
        "notes"
    ] == ["Not specified: interestedPartyExemptFromDisclosure"]
    assert "name" not in nobody


def test_the_sample_of_old_and_new_statements() -> None:
    reading = read(SAMPLE)
    told = entities(reading)
    assert reading.claims.published == "2025-05-06"
    assert told["bods-rr-ent-1"]["name"] == ["Vesker Salt SA"]
    assert told["bods-rr-ent-1"]["previousName"] == ["Quillmar Salt SARL"]
    assert told["bods-rr-ent-1"]["address"] == ["1 Salt Row, Wiltz"]
    assert told["bods-rr-per-1"]["topics"] == ["role.pep"]
    assert {each["percentage"][0] for each in links(reading, owner="bods-rr-per-1")} == {"60", "33.33"}
    (before,) = links(reading, percentage="60")
    (after,) = links(reading, percentage="33.33")
    assert (before["endDate"], after["startDate"]) == (["2024-02-10"], ["2024-02-11"])
    (board,) = links(reading, schema="Directorship")
    assert board["endDate"] == ["2024-02-11"]
    (votes,) = links(reading, percentage=">25-50")
    assert (votes["owner"], votes["endDate"]) == (["bods-rr-rel-2-party"], ["2025-04-05"])
    (indirect,) = links(reading, status="indirect")
    assert indirect["percentage"] == ["75-<100"]
    assert told["bods-rr-ent-elsewhere"]["notes"] == ["Named by a relationship, and not described in this publication"]
    (nominee,) = links(reading, schema="Representation")
    assert nominee["agent"] == ["bods-rr-per-1"]


def test_a_statement_that_replaces_another_is_of_the_same_record() -> None:
    reading = read(SAMPLE)
    (votes,) = links(reading, percentage=">50-75")
    (board,) = links(reading, controlType="board")
    assert votes["endDate"] == ["2025-06-07"]
    assert board["startDate"] == ["2025-06-01"]
    assert {row.record_id for row in reading.claims.rows if row.prop == "controlType"} == {"bods-old-r1"}


def test_the_inferred_is_marked() -> None:
    inferred = {(row.prop, row.value) for row in read(SAMPLE).claims.rows if row.stance == "infers"}
    assert ("startDate", "2024-02-11") in inferred
    assert ("startDate", "2012-05-06") not in inferred


def test_the_order_of_lines_does_not_matter_but_to_the_order_of_claims(tmp_path: Path) -> None:
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    turned = tmp_path / "turned.jsonl"
    turned.write_text("\n".join(reversed(lines)) + "\n", encoding="utf-8")
    assert set(read(turned).claims.rows) == set(read(SAMPLE).claims.rows)


def test_an_array_says_the_same_as_lines(tmp_path: Path) -> None:
    array = tmp_path / "a.json"
    array.write_text(
        json.dumps([json.loads(line) for line in SAMPLE.read_text().splitlines()], indent=1), encoding="utf-8"
    )
    assert read(array).claims.rows == read(SAMPLE).claims.rows


def test_a_set_under_a_name_of_ones_own_has_that_name_in_its_ids() -> None:
    reading = read_publication(SAMPLE, source_named("sk_rpvs"))
    assert {row.entity_id.split("-")[0] for row in reading.claims.rows} == {"sk_rpvs"}


def test_what_a_later_statement_leaves_out_stands_and_what_it_changes_is_a_note(tmp_path: Path) -> None:
    told = entities(
        read(
            written(
                tmp_path / "a.json",
                statement(
                    "p", "person", "2023-01-01", names=[{"fullName": "O. Vesker"}], birthDate="1961", deathDate="2022"
                ),
                statement(
                    "p", "person", "2024-01-01", "updated", names=[{"fullName": "Orlan Vesker"}], birthDate="1962"
                ),
            )
        )
    )["bods-p"]
    assert (told["name"], told["previousName"]) == (["Orlan Vesker"], ["O. Vesker"])
    assert (told["birthDate"], told["deathDate"]) == (["1962"], ["2022"])
    assert told["notes"] == ["Until 2024-01-01: birthDate 1961"]


def test_a_record_that_is_closed_on_an_untold_day_is_former(tmp_path: Path) -> None:
    closed = {**statement("r", "relationship", "", "closed", **held({"exact": 10}))}
    (link,) = links(read(written(tmp_path / "a.json", closed)), percentage="10")
    assert any(words.startswith("Former") for words in link["summary"])


def shares(reading: Reading) -> set[tuple[str, str, str]]:
    """Share, start and end of each stake."""
    return {
        tuple(each.get(prop, [""])[0] for prop in ("percentage", "startDate", "endDate"))
        for each in links(reading, schema="Ownership")
    }


def updates(path: Path, *printed: list[dict[str, Any]]) -> Path:
    """One relationship whose interests are told anew year after year, from 2020 on."""
    told = [
        statement(
            "r", "relationship", f"{year}-01-01", "updated" if year > 2020 else "new", subject="c1", interestedParty="x",
            interests=[{"type": "shareholding", **each} for each in interests],
        )
        for year, interests in enumerate(printed, 2020)
    ]  # fmt: skip
    return written(path, *told)


def a_share(exact: float, **more: str) -> dict[str, Any]:
    return {"share": {"exact": exact}, **more}


TEN, FIFTY = a_share(10, startDate="2020"), a_share(50, startDate="2021")
SIXTY = a_share(60, startDate="2019-05-05")
SEVERAL: list[tuple[list[list[dict[str, Any]]], list[tuple[str, str, str]]]] = [
    ([[a_share(30, details="A shares"), a_share(30, details="B shares")]], [("30", "", ""), ("30", "", "")]),
    ([[a_share(35), a_share(25)]], [("35", "", ""), ("25", "", "")]),
    ([[a_share(60, endDate="2021-01-01"), a_share(60)]], [("60", "", "2021-01-01"), ("60", "", "")]),
    ([[TEN, FIFTY], [FIFTY, TEN]], [("10", "2020", ""), ("50", "2021", "")]),
    ([[a_share(35), a_share(25)], [a_share(25), a_share(35)]], [("35", "", ""), ("25", "", "")]),
    (
        [[TEN, FIFTY], [a_share(40, startDate="2021"), a_share(20, startDate="2020")]],
        [
            ("10", "2020", "2020-12-31"),
            ("50", "2021", "2020-12-31"),
            ("40", "2021-01-01", ""),
            ("20", "2021-01-01", ""),
        ],
    ),
    (
        [[SIXTY, TEN], [TEN], [TEN, SIXTY]],
        [("60", "2019-05-05", "2021-01-01"), ("10", "2020", ""), ("60", "2022-01-01", "")],
    ),
    (
        [[a_share(60)], [TEN], [a_share(60), TEN]],
        [("60", "", "2020-12-31"), ("10", "2020", ""), ("60", "2022-01-01", "")],
    ),
]


@pytest.mark.parametrize(("printed", "expected"), SEVERAL)
def test_several_interests_of_one_type_are_stakes_each(
    tmp_path: Path, printed: list[list[dict[str, Any]]], expected: list[tuple[str, str, str]]
) -> None:
    reading = read(updates(tmp_path / "a.json", *printed))
    assert shares(reading) == set(expected)
    assert len(links(reading, schema="Ownership")) == len(expected)


def test_a_statement_without_interests_tells_of_an_untold_one_from_its_day_on_unless_it_closes(tmp_path: Path) -> None:
    reading = read(updates(tmp_path / "a.json", [SIXTY], []))
    assert shares(reading) == {("60", "2019-05-05", "2021-01-01"), ("", "2021-01-01", "")}
    closing = {
        **statement("r", "relationship", "2021-01-01", "closed", subject="c1", interestedParty="x"),
        "statementId": "z",
    }
    opening = statement("r", "relationship", "2020-01-01", subject="c1", interestedParty="x",
                        interests=[{"type": "shareholding", **SIXTY}])  # fmt: skip
    assert shares(read(written(tmp_path / "b.json", opening, closing))) == {("60", "2019-05-05", "2021-01-01")}
    assert shares(read(written(tmp_path / "c.json", closing))) == {("", "", "2021-01-01")}


def test_an_interest_keeps_its_id_when_another_of_its_type_is_dropped(tmp_path: Path) -> None:
    first, second = a_share(30, details="A shares"), a_share(30, details="B shares")

    def ids(*printed: list[dict[str, Any]]) -> dict[str, str]:
        rows = read(updates(tmp_path / "a.json", *printed)).claims.rows
        return {row.value: row.entity_id for row in rows if row.value in ("A shares", "B shares")}

    assert len(set(ids([first, second]).values())) == 2
    assert ids([first, second]) == ids([first, second], [first]) == ids([first, second], [second])


def relation(record: str, subject: str, party: str, *types: str, **more: object) -> dict[str, Any]:
    interests = [{"type": type_, **more} for type_ in types]
    return statement(record, "relationship", subject=subject, interestedParty=party, interests=interests)


@pytest.mark.parametrize("entity_type", [{"type": "arrangement", "subtype": "nomination"}, {"type": "arrangement"}])
@pytest.mark.parametrize("order", [1, -1])
def test_what_a_nomination_holds_is_held_for_its_nominator(tmp_path: Path, entity_type: object, order: int) -> None:
    told = [
        statement("n", "entity", name="Vesker nomination", entityType=entity_type),
        relation("r1", "n", "x", "nominator", startDate="2020-01-01"),
        relation("r2", "n", "v", "nominee"),
        relation("r3", "e", "n", "shareholding", "otherInfluenceOrControl", share={"exact": 100}),
        relation("r4", "e", "z", "shareholding"),
    ]
    reading = read(written(tmp_path / "a.json", *told[::order]))
    (behind,) = links(reading, agent="bods-n")
    assert (behind["client"], sorted(behind["role"])) == (["bods-x"], ["nominator", "nominee"])
    assert behind["startDate"] == ["2020-01-01"]
    assert [each["client"] for each in links(reading, agent="bods-v")] == [["bods-n"]]
    (shares,) = links(reading, owner="bods-n")
    (influence,) = links(reading, controller="bods-n")
    assert (sorted(shares["role"]), shares["percentage"]) == (["nominee", "shareholding"], ["100"])
    assert sorted(influence["role"]) == ["nominee", "otherInfluenceOrControl"]
    assert [each["role"] for each in links(reading, owner="bods-z")] == [["shareholding"]]


def test_a_nomination_of_the_old_versions_keeps_its_name_when_a_statement_replaces_it(tmp_path: Path) -> None:
    def old(own: str, kind: str, *replaced: str, **details: object) -> dict[str, Any]:
        return {
            "statementID": own,
            "statementType": f"{kind}Statement",
            "replacesStatements": list(replaced),
            **details,
        }

    def link(own: str, subject: str, party: dict[str, str], type_: str) -> dict[str, Any]:
        told = {
            "subject": {"describedByEntityStatement": subject},
            "interestedParty": party,
            "interests": [{"type": type_}],
        }
        return old(own, "ownershipOrControl", **told)

    told = [
        old("n1", "entity", entityType="arrangement", name="Vesker nomination"),
        old("n2", "entity", "n1", entityType="arrangement", name="Vesker nomination 2"),
        link("r1", "n2", {"describedByPersonStatement": "x"}, "nominator"),
        link("r2", "e", {"describedByEntityStatement": "n1"}, "shareholding"),
    ]
    reading = read(written(tmp_path / "a.json", *told))
    assert [each["client"] for each in links(reading, agent="bods-n1")] == [["bods-x"]]
    assert [sorted(each["role"]) for each in links(reading, owner="bods-n1")] == [["nominee", "shareholding"]]


def test_a_nominee_and_a_nominator_of_a_company_itself(tmp_path: Path) -> None:
    told = [
        statement("e", "entity", name="Vesker Salt", entityType={"type": "registeredEntity"}),
        relation("r1", "e", "v", "nominee"),
        relation("r2", "e", "v", "shareholding", share={"exact": 100}),
        relation("r3", "e", "x", "nominator", share={"minimum": 30}),
        relation("r4", "f", "e", "shareholding"),
    ]
    reading = read(written(tmp_path / "a.json", *told))
    assert [sorted(each["role"]) for each in links(reading, owner="bods-v")] == [["nominee", "shareholding"]]
    (behind,) = links(reading, owner="bods-x")
    assert (behind["asset"], behind["role"], behind["percentage"]) == (["bods-e"], ["nominator"], [">=30"])
    assert [each["role"] for each in links(reading, owner="bods-e")] == [["shareholding"]]


def test_a_nomination_that_ended_has_its_days_and_what_came_after_is_the_holders_own(tmp_path: Path) -> None:
    was, ended = {"startDate": "2019-01-01"}, {"startDate": "2019-01-01", "endDate": "2021-06-30"}
    told = [
        statement("e", "entity", name="Vesker Salt", entityType={"type": "registeredEntity"}),
        relation("r1", "e", "v", "nominee", **was),
        relation("r1", "e", "v", "nominee", **ended) | {"statementDate": "2024-02-01", "statementId": "s-2"},
        relation("r2", "e", "v", "shareholding", share={"exact": 60}, startDate="2020-01-01", endDate="2022-01-01"),
        relation("r3", "e", "v", "shareholding", share={"exact": 70}, startDate="2022-01-02"),
        statement("n", "entity", name="Vesker nomination", entityType={"type": "arrangement", "subtype": "nomination"}),
        relation("r4", "n", "x", "nominator", **ended),
    ]
    reading = read(written(tmp_path / "a.json", *told))
    roles = {each["percentage"][0]: sorted(each["role"]) for each in links(reading, owner="bods-v")}
    assert roles == {"60": ["nominee", "shareholding"], "70": ["shareholding"]}
    days = [(each["startDate"], each["endDate"]) for each in links(reading, schema="Representation")]
    assert days == [(["2019-01-01"], ["2021-06-30"])] * 2


def test_who_has_to_do_with_a_trust_without_a_share_controls_it(tmp_path: Path) -> None:
    told = [
        statement("t", "entity", name="Vesker trust", entityType={"type": "arrangement", "subtype": "trust"}),
        relation("r1", "t", "x", "settlor", "trustee", "protector", "beneficiaryOfLegalArrangement"),
        relation("r2", "t", "y", "beneficiaryOfLegalArrangement", share={"exact": 40}),
        relation("r3", "e", "t", "shareholding"),
    ]
    reading = read(written(tmp_path / "a.json", *told))
    controls = links(reading, controller="bods-x", controlled="bods-t", controlType="influence")
    assert len(controls) == 4
    assert [each["percentage"] for each in links(reading, asset="bods-t")] == [["40"]]
    assert [each["role"] for each in links(reading, owner="bods-t")] == [["shareholding"]]


@pytest.mark.parametrize(
    "interests",
    [[], [{}], [{"type": "unknownInterest"}], [{"type": "unknownInterest", "share": {"exact": 60}}],
     [{"type": "unpublishedInterest"}], [{"type": "somethingNew"}]],
)  # fmt: skip
def test_who_holds_nobody_tells_what_is_an_owner_without_a_figure(tmp_path: Path, interests: list[object]) -> None:
    told = statement("r", "relationship", subject="e", interestedParty="x", interests=interests)
    (link,) = links(read(written(tmp_path / "a.json", told)), owner="bods-x", asset="bods-e")
    assert not {"ownershipType", "percentage"} & link.keys()
    assert link["role"] == [interests[0].get("type", "interest not told") if interests else "interest not told"]
    assert link["summary"][0] == "Which right this is, and how much of it, is not known"
    assert ("Share: 60" in link["summary"]) == ("60" in str(interests))


def test_who_uses_what_an_arrangement_has_holds_nothing_in_it(tmp_path: Path) -> None:
    told = relation("r", "t", "x", "enjoymentAndUseOfAssets", "rightToProfitOrIncomeFromAssets", share={"exact": 5})
    reading = read(written(tmp_path / "a.json", told))
    assert [each["ownershipType"] for each in links(reading, owner="bods-x")] == [["surplus"]]
    assert [each["object"] for each in links(reading, subject="bods-x", schema="UnknownLink")] == [["bods-t"]]


@pytest.mark.parametrize(
    ("share", "kind"),
    [
        (None, "board"),
        ({"exact": 51}, "board"),
        ({"exclusiveMinimum": 50}, "board"),
        ({"exact": 50}, "influence"),
        ({"exact": 33}, "influence"),
        ({"minimum": 25, "maximum": 75}, "influence"),
    ],
)
def test_a_part_of_the_board_is_influence_unless_it_is_its_majority(tmp_path: Path, share: object, kind: str) -> None:
    (link,) = links(
        read(written(tmp_path / "a.json", relation("r", "e", "x", "appointmentOfBoard", share=share))),
        controller="bods-x",
    )
    assert link["controlType"] == [kind]
    assert any("need not be its majority" in words for words in link.get("summary", [])) == (kind == "influence")


@pytest.mark.parametrize(
    ("share", "expected", "understood"),
    [
        (None, "", True),
        ({}, "", True),
        ({"exact": 33.3333}, "33.3333", True),
        ({"exact": "12.5"}, "12.5", True),
        ({"exact": 0}, "0", True),
        ({"exact": 101}, "", False),
        ({"exact": -1}, "", False),
        ({"exact": True}, "", False),
        ({"exact": "all"}, "", False),
        ({"exact": 1e999}, "", False),
        ({"minimum": 0, "maximum": 100}, "", True),
        ({"minimum": 25, "maximum": 50, "exclusiveMinimum": True}, ">25-50", True),
        ({"minimum": 25, "exclusiveMaximum": 50}, "25-<50", True),
        ({"exclusiveMinimum": 75}, ">75", True),
        ({"maximum": 10, "exclusiveMaximum": True}, "<10", True),
        ({"minimum": 60, "maximum": 40}, "", False),
        ({"exact": 40, "minimum": 25, "maximum": 50}, "40", True),
        ({"exact": 40, "exclusiveMinimum": False}, "40", True),
        ({"exact": 40, "minimum": 60, "maximum": 50}, "40", True),
        ({"about": 50}, "", False),
        ([50], "", False),
        (50, "", False),
    ],
)
def test_shares(share: object, expected: str, understood: bool) -> None:
    interest = interest_of({"type": "shareholding", "share": share})
    assert (interest.share, interest.understood) == (expected, understood)
    assert understood or any("as printed" in words for words in interest.remarks)


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ({"exact": 40, "minimum": 50}, ">=40"),
        ({"exact": 40, "minimum": 50, "maximum": 75}, "40-75"),
        ({"exact": 60, "exclusiveMaximum": 60}, "<=60"),
    ],
)
def test_a_figure_outside_its_own_ends_is_anything_that_either_allows(share: object, expected: str) -> None:
    interest = interest_of({"type": "shareholding", "share": share})
    assert (interest.share, interest.understood) == (expected, True)
    assert any("contradicts itself" in words for words in interest.remarks)


@given(st.integers(0, 100), st.integers(0, 100), st.booleans(), st.booleans())
def test_shares_of_old_and_new_versions_mean_the_same(low: int, high: int, over: bool, under: bool) -> None:
    old = {"minimum": low, "maximum": high, "exclusiveMinimum": over, "exclusiveMaximum": under}
    new = {"exclusiveMinimum" if over else "minimum": low, "exclusiveMaximum" if under else "maximum": high}
    first, second = (interest_of({"share": share}) for share in (old, new))
    assert first.share == second.share
    interval = Interval(low * 1_000_000 + over, high * 1_000_000 - under)
    if 0 <= interval.low <= interval.high <= WHOLE:
        assert interval_of(first.share) == interval
    else:
        assert not first.understood


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    (
                        "name",
                        "code",
                        "id",
                        "type",
                        "share",
                        "exact",
                        "unspecified",
                        "reason",
                        "interests",
                        "names",
                        "fullName",
                    )
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_values_of_wrong_types_never_stop_the_reading(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    names = ("names", "interests", "subject", "interestedParty", "identifiers", "addresses", "politicalExposure", "entityType",
             "publicListing", "nationalities", "jurisdiction", "name", "birthDate")  # fmt: skip
    details = dict.fromkeys(names, value)
    told = [
        statement(kind, kind, **details) | {"source": value, "annotations": value}
        for kind in ("person", "entity", "relationship")
    ]
    reading = read(written(tmp_path_factory.mktemp("bods") / "a.json", *told))
    assert reading.claims.counts["records"] == 3


def test_what_is_no_statement_stops_the_reading(tmp_path: Path) -> None:
    good = statement("p", "person")
    with pytest.raises(Damaged, match="record 2: no statement of the standard"):
        read(written(tmp_path / "a.json", good, {"recordType": "person"}))
    with pytest.raises(BadInput, match="a str where a record belongs"):
        read(written(tmp_path / "b.json", good, "x"))
