"""Remarks of OFAC's CSV lists: every fragment keeps its text, and says what it means or that nobody knows."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellgame.sources.ofac import remark_rules
from shellgame.sources.ofac.remarks import Fragment, parse_remarks

ADDRESS = "1FernsbyMarigoldLanternPelican99xyz"


def only(printed: str) -> Fragment:
    (fragment,) = parse_remarks(f"{printed}.")
    return fragment


def told(printed: str) -> dict[str, object]:
    """What one fragment says, its quote and empty parts left out."""
    return {name: part for name, part in only(printed)._asdict().items() if part and name != "quote"}


@pytest.mark.parametrize(
    ("printed", "value", "label"),
    [
        ("DOB 10 Dec 1948", "1948-12-10", "DOB"),
        ("DOB Dec 1948", "1948-12", "DOB"),
        ("DOB 1948", "1948", "DOB"),
        ("DOB circa 1951", "1951", "circa"),
        ("DOB circa 07 Jul 1966", "1966-07-07", "circa"),
        ("DOB circa 1979-1982", "1979/1982", "circa"),
        ("DOB 1962 to 1964", "1962/1964", "DOB"),
        ("DOB Mar 1962 to Feb 1963", "1962-03/1963-02", "DOB"),
        ("DOB 01 Jan 1961 to 31 Dec 1962", "1961/1962", "DOB"),
        ("DOB 01 Jan 1970 to 31 Dec 1970", "1970", "DOB"),
    ],
)
def test_a_birth_date_stays_as_exact_as_it_is_printed(printed: str, value: str, label: str) -> None:
    assert told(printed) == {"kind": "dob", "value": value, "label": label}


@pytest.mark.parametrize("printed", ["DOB 31 Nov 1960", "DOB 12 Foo 1960", "DOB soon", "DOB 1960 to never"])
def test_a_date_that_does_not_exist_is_unknown_and_kept(printed: str) -> None:
    assert told(printed) == {"kind": "unknown", "value": printed}


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (
            "Passport AB 123456 (Iran) issued 14 Dec 2005 expires 13 Dec 2015",
            {
                "kind": "passport",
                "value": "AB 123456",
                "country": "Iran",
                "issued": "2005-12-14",
                "expires": "2015-12-13",
            },
        ),
        (
            "alt. Passport Z9 (Korea, North) expires 01 Jan 2026 to 31 Dec 2026",
            {"kind": "passport", "value": "Z9", "country": "Korea, North", "expires": "2026", "alternate": True},
        ),
        ("Passport K123(0) (Fernland)", {"kind": "passport", "value": "K123(0)", "country": "Fernland"}),
        (
            "Diplomatic Passport 7 (Fernland) issued 1999",
            {"kind": "passport", "value": "7", "country": "Fernland", "issued": "1999"},
        ),
        (
            "Folio Mercantil No. 17 (Jalisco) (Mexico)",
            {"kind": "registration_number", "value": "17", "place": "Jalisco", "country": "Mexico"},
        ),
        (
            "Matricula Mercantil No 99-1 Cali (Colombia)",
            {"kind": "registration_number", "value": "99-1", "place": "Cali", "country": "Colombia"},
        ),
        ("Matricula Mercantil No 99-1 (Cali)", {"kind": "registration_number", "value": "99-1", "place": "Cali"}),
        (
            "Passport P1 (Cabo Verde.  Previously Cape Verde.)",
            {"kind": "passport", "value": "P1", "country": "Cabo Verde"},
        ),
        ("NIT # 800-1 (Colombia)", {"kind": "tax_number", "value": "800-1", "country": "Colombia"}),
        ("Cedula No. V-77 (Venezuela)", {"kind": "identification", "value": "V-77", "country": "Venezuela"}),
        (
            "Temporary suspension of deportation No. T1, expired 08 May 2013, issued by the Alien's Office",
            {"kind": "identification", "value": "T1", "expires": "2013-05-08"},
        ),
    ],
)
def test_a_paper_comes_apart_into_number_country_place_and_days(printed: str, expected: dict[str, object]) -> None:
    found = told(printed)
    assert printed.removeprefix("alt. ").startswith(str(found.pop("label")))
    assert found == expected


@pytest.mark.parametrize(
    "printed",
    ["Passport and National ID were issued in Fernburg", "Passport issued in Fernburg, Fernland",
     "Passport P1 and Fernish National ID No. 2 issued under the name Ottoline Fernsby"],
)  # fmt: skip
def test_a_paper_without_one_number_of_its_own_is_a_note(printed: str) -> None:
    assert told(printed) == {"kind": "note", "value": printed}


def test_the_longest_label_wins() -> None:
    assert told("Vessel Registration Identification IMO 9999993")["kind"] == "imo"
    assert told("Vessel Registration Identification RS 15 (Fernland)")["kind"] == "registration_number"
    assert told("Company Number IMO 5999999") == {"kind": "imo", "value": "5999999", "label": "Company Number IMO"}
    assert told("Tax ID No. RIF J-1 (Venezuela)")["label"] == "Tax ID No. RIF"
    assert told("Telephone No. (022) 73630")["value"] == "(022) 73630"


def test_a_value_must_have_its_shape() -> None:
    assert told("Company Number IMO 543400") == {
        "kind": "registration_number", "value": "IMO 543400", "label": "Company Number",
    }  # fmt: skip
    assert only("MMSI 12").kind == "unknown"
    assert only("Gender Undecided").kind == "unknown"
    assert told("Legal Entity Number 529900FERNSBYQUILL99")["kind"] == "lei"
    assert told("Legal Entity Number 851683 (Netherlands)")["kind"] == "registration_number"


def test_an_alias_loses_one_pair_of_quotes_and_keeps_those_of_the_name() -> None:
    assert told("a.k.a. 'FERNSBY LANTERNS'") == {"kind": "alias", "value": "FERNSBY LANTERNS", "label": "a.k.a."}
    assert told("f.k.a. 'THE O'WREN GROUP'")["value"] == "THE O'WREN GROUP"
    assert told("a.k.a. ''ABD AL-WREN'")["value"] == "'ABD AL-WREN"
    assert told("a.k.a. ''THE WREN''")["value"] == "THE WREN"


def test_a_link_inside_a_remark_keeps_its_full_stop_and_one_at_the_end_can_be_read_both_ways() -> None:
    inside, last = parse_remarks("Linked To: VELLUM HARBOUR LTDA.; Linked To: PELICAN AND WREN CO.")
    assert (inside.kind, inside.label, inside.value, inside.also) == ("link", "Linked To", "VELLUM HARBOUR LTDA.", "")
    assert (last.value, last.also) == ("PELICAN AND WREN CO.", "PELICAN AND WREN CO")
    assert (only("Linked To: HOLLYHOCK S.A").value, only("Linked To: HOLLYHOCK S.A").also) == (
        "HOLLYHOCK S.A.", "HOLLYHOCK S.A",
    )  # fmt: skip
    assert (only("Linked To: FERNSBY, Ottoline").value, only("Linked To: FERNSBY, Ottoline").also) == (
        "FERNSBY, Ottoline", "FERNSBY, Ottoline.",
    )  # fmt: skip


@pytest.mark.parametrize("printed", ["Linked To: WREN (a.k.a. LARK), INC", "(Linked To: WREN (a.k.a. LARK), INC)"])
def test_a_linked_name_may_hold_commas_and_brackets(printed: str) -> None:
    assert told(printed)["kind"] == "link"
    assert told(printed)["value"] == "WREN (a.k.a. LARK), INC"


@pytest.mark.parametrize(
    ("printed", "label", "value"),
    [
        ("Wife of Ottoline FERNSBY", "Wife of", "Ottoline FERNSBY"),
        ("daughter-in-law of Ottoline Fernsby", "daughter-in-law of", "Ottoline Fernsby"),
        ("Ottoline Fernsby's second son", "second son", "Ottoline Fernsby"),
    ],
)
def test_kin_is_told_with_its_relation(printed: str, label: str, value: str) -> None:
    found = told(printed)
    assert (found["kind"], found["label"], found["value"]) == ("family", label, value)


@pytest.mark.parametrize(
    ("printed", "kind", "value", "label"),
    [
        ("nationality possibly Fernish", "nationality", "Fernish", "nationality possibly"),
        ("citizen Bosnia and Herzegovina", "citizenship", "Bosnia and Herzegovina", "citizen"),
        ("Fax: +97 165-1", "fax", "+97 165-1", "Fax"),
        ("EMAIL post@fernsby.example", "email", "post@fernsby.example", "EMAIL"),
        ("post@fernsby.example (email)", "email", "post@fernsby.example", ""),
        ("Website www.fernsby.example. Offices Worldwide", "website", "www.fernsby.example", "Website"),
        (f"Digital Currency Address - XBT {ADDRESS}", "crypto_address", ADDRESS, "XBT"),
        ("Aircraft Construction Number (also called L/N or S/N or F/N) 8", "construction_number", "8",
         "Aircraft Construction Number (also called L/N or S/N or F/N)"),
        ("Former Vessel Flag Malta", "former_flag", "Malta", "Former Vessel Flag"),
        ("Former Vessel Flag None Identified", "note", "Former Vessel Flag None Identified", ""),
        ("Secondary sanctions risk: section 1(b) of Executive Order 1", "sanctions_info",
         "section 1(b) of Executive Order 1", "Secondary sanctions risk"),
        ("Executive Order 13846 information: FOREIGN EXCHANGE.  Sec. 5(a)(ii)", "sanctions_info",
         "FOREIGN EXCHANGE.  Sec. 5(a)(ii)", "Executive Order 13846 information"),
        ("Listing Date (EO 14024 Directive 2): 24 Feb 2022", "listing_date", "2022-02-24", "EO 14024 Directive 2"),
        ("Effective Date (CMIC) 02 Aug 2021", "effective_date", "2021-08-02", "CMIC"),
        ("for more information on directives, please visit: http://www.example.org/x#y", "legal_notice",
         "http://www.example.org/x#y", ""),
        ("Organization Type: Other activities, n.e.c", "org_type", "Other activities, n.e.c.", "Organization Type"),
        ("Alt. Position: General Manager", "position", "General Manager", "Position"),
        ("ex-Minister of Lanterns", "position", "ex-Minister of Lanterns", ""),
        ("Mufti or Maulana", "title", "Mufti or Maulana", ""),
        ("all offices worldwide", "note", "all offices worldwide", ""),
        ("arrested 30 Sep 2002", "note", "arrested 30 Sep 2002", "arrested"),
        ("This designation does not include its parent company", "note",
         "This designation does not include its parent company", ""),
        ("Individual's height is 5 feet 9 inches", "physical", "5 feet 9 inches", "height"),
    ],
)  # fmt: skip
def test_a_fragment_is_understood(printed: str, kind: str, value: str, label: str) -> None:
    found = only(printed)
    assert (found.kind, found.value, found.label) == (kind, value, label)


@pytest.mark.parametrize("printed", ["Lantern Number 55 (Fernland)", "Fernish National Assembly", "Wren"])
def test_what_no_rule_states_is_unknown_and_kept_whole(printed: str) -> None:
    assert told(printed) == {"kind": "unknown", "value": printed}


def test_a_separator_inside_brackets_or_a_name_does_not_split() -> None:
    note, alias, kind_of_business, born = parse_remarks(
        "(Data of a passport: DOB 1950; POB Fernburg); a.k.a. 'WREN; LARK'; "
        "Organization Type: Accounting, bookkeeping and auditing activities; tax consultancy; POB Fernburg."
    )
    assert note.quote == "(Data of a passport: DOB 1950; POB Fernburg)"
    assert alias.value == "WREN; LARK"
    assert kind_of_business.value.endswith("activities; tax consultancy")
    assert born.value == "Fernburg"


def test_a_bracket_or_quote_that_never_closes_splits_all_the_same() -> None:
    kinds = [fragment.kind for fragment in parse_remarks("POB Wren (Fernland; DOB 1950; a.k.a. 'LARK; a.k.a. 'TIT'.")]
    assert kinds == ["pob", "dob", "alias", "alias"]


def test_a_missing_space_before_an_arrest_still_splits() -> None:
    nationality, arrest = parse_remarks("nationality possibly Fernish;arrested 23 Apr 2002.")
    assert (nationality.value, arrest.kind) == ("Fernish", "note")


def test_a_remark_cut_off_says_so_on_its_last_fragment_only() -> None:
    whole, cut = parse_remarks(f"DOB 1950; Digital Currency Address - XBT {ADDRESS[:25]}")
    assert (whole.cut, cut.cut) == (False, True)
    assert parse_remarks("DOB 1950; alt. Digital Cur")[-1].kind == "unknown"
    assert not parse_remarks("DOB 1950; ")[-1].cut
    filled = "DOB 1950; Linked To: ".ljust(999, "X") + "."
    assert parse_remarks(filled)[-1].cut


def test_every_label_stands_in_one_table_under_one_kind() -> None:
    tables = (remark_rules.QUOTED, remark_rules.DATED, remark_rules.NUMBERED, remark_rules.PLAIN)
    labels = Counter(label for table in tables for group in table.values() for label in group)
    assert [label for label, times in labels.items() if times > 1] == []


LABELS = sorted(
    label for table in (remark_rules.QUOTED, remark_rules.DATED, remark_rules.NUMBERED, remark_rules.PLAIN)
    for group in table.values() for label in group
)  # fmt: skip
PIECES = st.one_of(
    st.text(),
    st.builds(
        " ".join, st.tuples(st.sampled_from(["alt.", "Alt.", ""]), st.sampled_from(LABELS), st.text(max_size=20))
    ),
    st.sampled_from(
        ["Linked To: WREN CO.", "(POB Wren", "Fernburg)", "a.k.a. 'WREN", "LARK'", "DOB 1 Jan 1950", ".", "alt. ."]
    ),
)


def squeezed(text: str) -> str:
    """The text without white space and without separators that separate nothing."""
    return re.sub(";+", ";", "".join(text.split())).strip(";")


@given(st.lists(PIECES, max_size=8).map("; ".join))
def test_nothing_is_lost_and_nothing_added(text: str) -> None:
    fragments = parse_remarks(text)
    assert squeezed("; ".join(fragment.quote for fragment in fragments)) == squeezed(text)


@given(st.lists(PIECES, max_size=8).map("; ".join))
def test_every_fragment_has_a_known_kind_a_value_and_a_quote_from_the_text(text: str) -> None:
    for fragment in parse_remarks(text):
        assert fragment.kind in get_args(remark_rules.Kind)
        assert fragment.value
        assert fragment.quote in text


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_any_day_comes_back_as_it_was_printed(day: date) -> None:
    assert only(f"DOB {day:%d %b %Y}").value == day.isoformat()


LISTS = {
    "ofac-20231228/sdn.csv": (13_318, 56_499),
    "ofac-202107/sdn.csv": (8_407, 32_742),
    "ofac-history/sdn_20240503T1843Z.csv": (14_494, 61_083),
    "ofac-202408-excerpt/sdn_excerpt_50186-50256.csv": (39, 192),
}


def remarks_of(sdn: Path) -> list[str]:
    continued: dict[str, str] = {}
    comments = sdn.with_name("sdn_comments.csv")
    if comments.exists():
        with comments.open(encoding="latin-1", newline="") as lines:
            continued = {row[0]: row[1] for row in csv.reader(lines) if len(row) > 1}
    with sdn.open(encoding="latin-1", newline="") as lines:
        rows = [row for row in csv.reader(lines) if len(row) > 11 and row[11].strip() != "-0-"]
    return [row[11] + continued.get(row[0], "") for row in rows]


@pytest.mark.data
@pytest.mark.parametrize("name", LISTS)
def test_the_real_lists_are_understood(data_folder: Path, name: str) -> None:
    remarks = remarks_of(data_folder / name)
    fragments = [fragment for text in remarks for fragment in parse_remarks(text)]
    assert (len(remarks), len(fragments)) == LISTS[name]

    kinds = Counter(fragment.kind for fragment in fragments)
    assert kinds["unknown"] < 0.005 * len(fragments)

    printed = "\n".join(remarks)
    linked = sum(fragment.label == "Linked To" for fragment in fragments)
    assert linked == printed.count("Linked To:")
    assert kinds["gender"] == len(re.findall(r"\bGender (?:Male|Female)", printed))
    assert kinds["pob"] == len(re.findall(r"(?:^|; )(?:alt\. )?POB ", printed, re.MULTILINE))
    assert kinds["alias"] == len(re.findall(r"(?:^|; )[afnd]\.[kb]\.a\. '", printed, re.MULTILINE))


@pytest.mark.data
@pytest.mark.parametrize("name", LISTS)
def test_no_character_of_the_real_lists_is_lost(data_folder: Path, name: str) -> None:
    for text in remarks_of(data_folder / name):
        assert squeezed("; ".join(fragment.quote for fragment in parse_remarks(text))) == squeezed(text)
