"""`Workspace.screen` takes names, entities, rows and data frames; its filters narrow a search down, and a misspelt one is told."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pyarrow as pa
import pytest

from shellgame.errors import NotFound, WrongUse
from shellgame.match.hits import Answers, Hits
from shellgame.resolve.parties import Filters
from shellgame.workspace import Workspace

PARTIES = [
    ("p-1", "Person", "Orsin Maledd", {"nationality": ["by"], "birthDate": ["1961-06-06"]}, "ALPHA"),
    ("p-2", "Person", "Talvek Tornik", {"country": ["ru"]}, "Beta"),
    ("c-1", "Company", "Orsin Maledd Shipping", {"jurisdiction": ["ru"]}, "ALPHA"),
    ("c-2", "Company", "Halvren Trading House", {}, None),
]


def entities(parties):
    for identity, schema, name, properties, program in parties:
        yield {"id": identity, "schema": schema, "properties": {"name": [name], **properties}}
        if program:
            told = {"entity": [identity], "program": [program]}
            yield {"id": f"{identity}-s", "schema": "Sanction", "properties": told}


@pytest.fixture(scope="module")
def ws(tmp_path_factory):
    folder = tmp_path_factory.mktemp("screened")
    ws = Workspace(folder / "workspace")
    other = [("z-1", "Person", "Yaska Mirren", {}, "Gamma")]
    for source, parties, day in (
        ("my_first", PARTIES[:3], "2031-01-01"),
        ("my_first", PARTIES, "2031-01-05"),
        ("my_other", other, "2031-01-03"),
    ):
        path = folder / f"{source}-{day}.json"
        path.write_text("".join(json.dumps(each) + "\n" for each in entities(parties)), encoding="utf-8")
        ws.add(source, path, day)
    return ws


def ids(hits):
    return [hit.entity_id for hit in hits.hits]


def test_one_query_has_hits_and_several_have_answers(ws):
    entity = {"id": "q", "schema": "Person", "properties": {"name": ["Orsin Maledd"], "birthDate": ["1961"]}}
    row = {"full name": "Orsin Maledd", "customer id": 7, "type": "individual"}
    assert isinstance(ws.screen("Orsin Maledd"), Hits)
    assert ids(ws.screen(entity)) == ids(ws.screen(row)) == ["p-1"]
    assert [ws.screen(each).reference for each in ("Orsin Maledd", entity, row)] == ["", "q", "7"]
    answers = ws.screen([entity, "Nobody At All", row])
    assert isinstance(answers, Answers)
    assert [(each.reference, ids(each)) for each in answers] == [("q", ["p-1"]), ("", []), ("7", ["p-1"])]
    assert [each.query for each in ws.screen(iter(["Talvek Tornik"]))] == ["Talvek Tornik"]
    assert ws.screen([]) == []


@pytest.mark.parametrize(
    "framed",
    [
        lambda table: table,
        lambda table: table.to_batches()[0],
        lambda table: SimpleNamespace(__arrow_c_stream__=table.__arrow_c_stream__),
        lambda table: SimpleNamespace(to_arrow=lambda: table),
    ],
    ids=["Arrow", "a batch", "the C stream (pandas, Polars, DuckDB)", "to_arrow"],
)
def test_a_data_frame_keeps_its_ids(ws, framed):
    table = pa.table({"Name": ["Orsin Maledd", "Nobody"], "ref": [11, None], "dob": ["1961", None], "x": [1.5, 2.5]})
    answers = ws.screen(framed(table), schema="Person")
    assert [(each.reference, each.query, ids(each)) for each in answers] == [
        ("11", "Orsin Maledd", ["p-1"]),
        ("", "Nobody", []),
    ]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["c-1", "p-1"]),
        ({"schema": "Person"}, ["p-1"]),
        ({"schema": "company"}, ["c-1"]),
        ({"schema": "LegalEntity"}, ["c-1", "p-1"]),
        ({"countries": ["Russia"]}, ["c-1"]),
        ({"countries": ["by", "RU"]}, ["c-1", "p-1"]),
        ({"programmes": ["alpha"], "countries": ["by"]}, ["p-1"]),
        ({"programmes": ["Beta"]}, []),
        ({"sources": ["my_other"]}, []),
        ({"listed_only": True}, ["c-1", "p-1"]),
        ({"limit": 1, "schema": "Person"}, ["p-1"]),
    ],
)
def test_filters_narrow_down_whom_is_looked_among(ws, filters, found):
    assert sorted(ids(ws.screen("Orsin Maledd", threshold=0.5, **filters))) == found


def test_a_filter_is_no_cut_after_the_search(ws):
    assert ids(ws.screen("Orsin Maledd", threshold=0.5, limit=1, countries=["ru"])) == ["c-1"]


def test_who_is_only_named_is_no_listed_party(ws):
    assert ids(ws.screen("Halvren Trading House")) == ["c-2"]
    assert ids(ws.screen("Halvren Trading House", listed_only=True)) == []


def test_the_versions_told_are_those_searched(ws):
    def sources(**filters):
        return [version.partition("/")[0] for version in ws.screen("Orsin Maledd", **filters).versions]

    assert sources() == ["my_first", "my_other"]
    assert sources(sources=["my_other"]) == ["my_other"]
    assert sources(on="2031-01-02") == ["my_first"]


def test_a_past_day_is_searched_as_it_was(ws):
    assert ids(ws.screen("Halvren Trading House", on="2031-01-04")) == []
    assert ids(ws.screen("Halvren Trading House", on="2031-01-05")) == ["c-2"]
    with pytest.raises(NotFound, match="no list is here by 2030-01-01"):
        ws.screen("Orsin Maledd", on="2030-01-01")


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"schema": "Persn"}, "did you mean Person?"),
        ({"sources": ["my_frist"]}, "'my_frist' has no version here to search; did you mean my_first?"),
        ({"sources": ["my_other"], "on": "2031-01-02"}, "'my_other' has no version here to search; there are my_first"),
        ({"programmes": ["ALPA"]}, "nobody here is of programme 'ALPA'; did you mean ALPHA?"),
        ({"countries": ["Belarsu"]}, "nobody here is of country"),
        ({"countries": ["fr"]}, "nobody here is of country 'fr'; there are by, ru"),
    ],
)
def test_a_filter_that_nobody_meets_is_told_and_not_answered(ws, filters, message):
    with pytest.raises(WrongUse) as told:
        ws.screen("Orsin Maledd", **filters)
    assert message in str(told.value)
    with pytest.raises(WrongUse):
        ws.screen([], **filters)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("", "a query without a name: ''"),
        (" \n", "a query without a name"),
        ({"schema": "Person"}, "a query without a name"),
        ({"properties": {}}, "a query without a name"),
        ({"properties": ["name"]}, "`properties` is to be a dict of lists"),
        ({"schema": "Persn", "properties": {"name": "x"}}, "did you mean Person"),
        (7, "int cannot be screened; give a name"),
        (None, "NoneType cannot be screened"),
        (b"Orsin", "bytes cannot be screened"),
        ([None, ""], "query 1: None is no query"),
        (["", "N/A"], "query 1: a query without a name"),
        (pa.table({"surname": ["x"]}), "columns surname; name the column that holds the names `name`"),
        (pa.table({"name": pa.array([None, ""], pa.string())}), "query 1: no name"),
        ("x" * 40_000, "a name of 40,000 letters"),
    ],
    ids=str,
)
def test_what_is_no_query_is_told(ws, asked, message):
    with pytest.raises(WrongUse) as told:
        ws.screen(asked)
    assert message in str(told.value)
    assert len(str(told.value)) < 500


@pytest.mark.parametrize(
    "filler", [None, "", " ", "N/A", "n.a.", "#N/A", "None", "null", "<NULL>", "nan", "unknown", "-", "TBD"]
)
def test_one_of_several_without_a_name_is_told_and_the_rest_goes_on(ws, filler):
    names = ["Orsin Maledd", filler, "Talvek Tornik"]
    for several in (names, pa.table({"name": names, "id": ["a", "b", "c"]}), [{"name": name} for name in names]):
        answers = ws.screen(several, schema="Person")
        assert [ids(hits) for hits in answers] == [["p-1"], [], ["p-2"]]
        (told,) = answers.left_out
        assert told.startswith("query 2: ")
        assert answers[1].notes == (told.replace("query 2", "not asked"),)
        assert [row["rank"] for row in answers.to_rows()] == [1, 0, 1]
    references = [hits.reference for hits in ws.screen(pa.table({"name": names, "id": ["a", "b", "c"]}))]
    assert references == ["a", "b", "c"]


def test_other_faults_of_one_of_several_are_told_too(ws):
    entity = {"id": "q", "schema": "Persn", "properties": {"name": ["x"]}}
    answers = ws.screen(iter([7, "Orsin Maledd", entity, {"properties": {"name": ["N/A"], "alias": ["null"]}}]))
    assert [told.partition(";")[0] for told in answers.left_out] == [
        "query 1: 7 is no query",
        "query 3: 'Persn' is no schema of a party",
        "query 4: a query without a name: {'properties': {'name': ['N/A'], 'alias': ['null']}}",
    ]
    assert [hits.reference for hits in answers] == ["", "", "q", ""]
    assert pickle.loads(pickle.dumps(answers)).left_out == answers.left_out  # noqa: S301 - our own


def test_a_single_name_is_asked_for_whatever_it_is(ws):
    assert ws.screen("None").notes == ("name 'None' reads as if there were none",)


@pytest.mark.parametrize(
    "numbers", [{"limit": 0}, {"threshold": 1.1}, {"threshold": -0.1}, {"threshold": float("nan")}]
)
def test_a_limit_or_threshold_out_of_range_is_told(ws, numbers):
    with pytest.raises(WrongUse, match="a limit is 1 or more, a threshold from 0 to 1"):
        ws.screen("Orsin Maledd", **numbers)


def test_what_could_not_be_used_of_a_query_stands_with_the_answer(ws):
    hits = ws.screen({"name": "Orsin Maledd", "dob": "06/28/1961"})
    assert ids(hits)[0] == "p-1"
    assert hits.notes == ("birthDate '06/28/1961' is no date that can be read; write 1961-06-28",)


@pytest.mark.parametrize("kind", [{}, {"type": "individual"}, {"schema": "LegalEntity"}])
def test_who_was_born_is_no_company(ws, kind):
    firm = "Orsin Maledd Shipping"
    assert "c-1" in ids(ws.screen({"name": firm}))
    for told in ({"dob": "1961-06-06"}, {"gender": "male"}):
        assert "c-1" not in ids(ws.screen({"name": firm, **kind, **told}, threshold=0.0))
        entity = {"schema": kind.get("schema"), "properties": {"name": [firm], "birthDate": ["1961"]}}
        assert "c-1" not in ids(ws.screen(entity, threshold=0.0))


def test_a_name_of_ten_thousand_letters_is_answered(ws):
    assert ws.screen(["x" * 10_000, "Orsin " * 1600])[0].hits == ()


def test_the_index_is_made_once_and_opened_by_the_next(ws, monkeypatch):
    ws.screen("Orsin Maledd")
    monkeypatch.setattr("shellgame.resolve.screening._make", None)
    assert ids(Workspace(ws.folder).screen("Orsin Maledd", schema="Person")) == ["p-1"]


def test_a_damaged_index_is_made_anew(ws):
    before = ws.screen("Orsin Maledd")
    for folder in (ws.folder / "indexes").glob("screening-*"):
        (folder / "parties.arrow").write_bytes(b"")
    assert Workspace(ws.folder).screen("Orsin Maledd") == before


@pytest.mark.parametrize("options", [{"threshold": "0.7"}, {"limit": 2.5}, {"limit": "5"}, {"threshold": None}])
def test_a_limit_or_threshold_of_another_kind_is_told(ws, options):
    with pytest.raises(WrongUse, match="a limit is 1 or more, a threshold from 0 to 1, both as numbers"):
        ws.screen("Orsin Maledd", **options)


def test_whole_numbers_are_thresholds_too(ws):
    assert ws.screen("Orsin Maledd", threshold=0) == ws.screen("Orsin Maledd", threshold=0.0)


def test_a_day_may_be_a_date(ws):
    assert ids(ws.screen("Halvren Trading House", on=date(2031, 1, 4))) == []
    assert ids(ws.screen("Halvren Trading House", on=date(2031, 1, 5))) == ["c-2"]
    assert ids(ws.screen("Halvren Trading House", on=datetime(2031, 1, 5, 12, tzinfo=UTC))) == ["c-2"]
    for wrong in (20310105, datetime(2031, 1, 5, 12)):  # noqa: DTZ001 - without a time zone it tells no moment
        with pytest.raises(WrongUse, match="is no day; write"):
            ws.screen("Orsin Maledd", on=wrong)


def test_one_text_is_one_and_not_its_letters(ws):
    for one in ({"sources": "my_first"}, {"countries": "ru"}, {"programmes": "alpha"}):
        several = {what: [value] for what, value in one.items()}
        assert ws.screen("Orsin Maledd", threshold=0.5, **one) == ws.screen("Orsin Maledd", threshold=0.5, **several)
    with ws.claims(sources="my_other") as claims:
        assert [version.source for version in claims.versions] == ["my_other"]
    for wrong in ({"sources": [7]}, {"countries": 7}, {"schema": ["Person"]}):
        with pytest.raises(WrongUse, match="give one"):
            ws.screen("Orsin Maledd", **wrong)


class Missing:
    """Neither true nor false, as `pandas.NA`."""

    def __bool__(self):
        raise TypeError("boolean value of NA is ambiguous")


def test_what_is_missing_is_passed_over(ws):
    hits = ws.screen(
        {"name": "Orsin Maledd", "id": Missing(), "type": Missing(), "dob": Missing(), "country": float("nan")}
    )
    assert (hits.reference, hits.notes) == ("", ())
    entity = {"id": Missing(), "schema": Missing(), "properties": {"name": ["Orsin Maledd"], "birthDate": Missing()}}
    assert ws.screen(entity).notes == ()
    with pytest.raises(WrongUse, match="no name"):
        ws.screen({"name": Missing()})


def test_a_frame_with_two_columns_of_one_name_is_told(ws):
    def stream(*_):
        raise ValueError("Duplicate column names found: ['dob', 'dob']")

    with pytest.raises(WrongUse, match=r"Duplicate column names found.*with a name of its own"):
        ws.screen(SimpleNamespace(to_arrow=stream))


def test_a_workspace_may_be_named_by_a_text(ws):
    assert Workspace(str(ws.folder)).folder == ws.folder


def test_eight_figures_are_a_date(ws):
    for dob in ("19610606", 19610606):
        hits = ws.screen({"name": "Orsin Maledd", "dob": dob}, schema="Person")
        assert hits.notes == ()
        assert hits == ws.screen({"name": "Orsin Maledd", "dob": "1961-06-06"}, schema="Person")


def test_a_list_that_was_not_there_yet_is_told(ws):
    told = "not asked: my_other (first version is of 2031-01-03)"
    assert ws.screen("Orsin Maledd", on="2031-01-02").notes == (told,)
    assert ws.screen("Orsin Maledd", on="2031-01-02", sources=["my_first"]).notes == ()
    assert ws.screen("Orsin Maledd", on="2031-01-03").notes == ()
    assert ws.screening("2031-01-02").not_asked(Filters()) == (told,)
