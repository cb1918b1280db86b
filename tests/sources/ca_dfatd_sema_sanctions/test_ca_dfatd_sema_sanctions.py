"""Canada's list: ids without a number, three layouts, aliases in prose, and which files are refused."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from shellgame.errors import BadInput, Damaged, Hostile, NotThisSource
from shellgame.sources.ca_dfatd_sema_sanctions.aliases import split_aliases
from shellgame.sources.ca_dfatd_sema_sanctions.reader import Row, record_ids, regulation_key
from shellgame.sources.catalog import source_named
from shellgame.sources.reading import Reading, read_publication
from shellgame.testing.golden import check_against_model, golden_lines, samples

SOURCE = "ca_dfatd_sema_sanctions"
(SAMPLE,) = samples(source_named(SOURCE))
FILE = SAMPLE / "sema-lmes.xml"
PLAIN_2020 = {"EntityOrShip": "Entity", "TitleOrShipType": "Title", "DateOfBirthOrShipBuildDate": "DateOfBirth"}
REAL = {"sema-lmes_202004.xml": 1369, "sema-lmes_2025.xml": 4759}


def read(path: Path) -> Reading:
    return read_publication(path, source_named(SOURCE))


@pytest.fixture(scope="module")
def sample() -> Reading:
    return read(FILE)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sema-lmes.xml"
    path.write_text(text, encoding="utf-8")
    return path


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    return written(tmp_path, text.replace(old, new, 1))


def record(reading: Reading, name: str) -> str:
    (found,) = {row.entity_id for row in reading.claims.rows if row.prop == "name" and row.value == name}
    return found


def values(reading: Reading, entity_id: str, prop: str) -> list[str]:
    return [row.value for row in reading.claims.rows if row.entity_id == entity_id and row.prop == prop]


def names(text: str, *, person: bool = False) -> list[str]:
    return [name for name, _ in split_aliases(text, person=person).names]


def test_the_sample_gives_its_golden_claims() -> None:
    assert (
        golden_lines(source_named(SOURCE), SAMPLE) == (SAMPLE / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    )


def test_each_layout_gives_the_same_claims_under_the_same_locators(tmp_path: Path, sample: Reading) -> None:
    plain = re.sub(r"<(/?[A-Z]\w+)-\w+>", r"<\1>", FILE.read_text(encoding="utf-8")).replace(
        "TitleOrShipType", "TitleOrShip"
    )
    assert read(written(tmp_path, plain)).claims.rows == sample.claims.rows


def test_the_layout_of_2020_is_read(tmp_path: Path, sample: Reading) -> None:
    text = re.sub(
        r"<(/?)([A-Z]\w+)-\w+>", lambda m: f"<{m[1]}{PLAIN_2020.get(m[2], m[2])}>", FILE.read_text(encoding="utf-8")
    )
    text = re.sub(r"\s*<DateOfListing>.*?</DateOfListing>", "", text)
    earlier = {row.claim_id for row in read(written(tmp_path, text)).claims.rows}
    twice = record(sample, "Yazep Tsikhanavich Veraskou")  # its id tells of the day of listing, which this layout lacks
    expected = {row.claim_id for row in sample.claims.rows if row.prop != "listingDate" and row.record_id != twice}
    assert len(expected) > 75
    assert expected <= earlier


def test_an_id_does_not_change_with_item_schedule_case_accents_or_aliases(tmp_path: Path, sample: Reading) -> None:
    text = FILE.read_text(encoding="utf-8").replace(">901<", ">17<").replace("1, Part 1<", "2, Part 3<")
    text = text.replace("GREY PETREL", "Gray Heron").replace("Kestrel Dye Institute", "KESTRÉL  DYE INSTITUTE")
    assert {row.record_id for row in read(written(tmp_path, text)).claims.rows} == {
        row.record_id for row in sample.claims.rows
    }


def test_the_entry_listed_first_keeps_the_plain_id_of_a_name_that_is_listed_twice() -> None:
    first = Row(Country="Russia / Russie", LastName="MORN", GivenName="Ilya", DateOfListing="2014-05-12", Item="1")
    again = Row(Country="Russia / Russie", LastName="Morn", GivenName="Ilya", DateOfListing="2021-03-21", Item="2")
    (alone,) = record_ids([first])
    assert record_ids([again, first])[1] == record_ids([first, again])[0] == alone
    assert record_ids([again, first])[0] == record_ids([first, again])[1] != alone


def test_one_name_in_two_regulations_is_two_records() -> None:
    rows = [Row(Country=country, EntityOrShip="Plover", Item="1") for country in ("Russia / Russie", "Ukraine")]
    assert len(set(record_ids(rows))) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Burma / Birmanie", "Myanmar (Burma) / Myanmar (Birmanie)"),
        ("Russia / Russie", "Special Economic Measures (Russia) Regulations / Règlement"),
        (
            "Justice for Victims of Corrupt Foreign Officials Regulations",
            "Justice for Victims of Corrupt … (JVCFOR) / Règlement",
        ),
        (
            "Hamas Terrorist Attacks / Attaques",
            "Special Economic Measures (Hamas Terrorist Attacks) Regulations / Règlement",
        ),
    ],
)
def test_a_regulation_is_the_same_however_it_is_printed(one: str, other: str) -> None:
    assert regulation_key(one) == regulation_key(other)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A", "B"]), st.sampled_from(["X Y", "y x", "Z"]), st.sampled_from(["", "2020-01-01"])
        )
    )
)
def test_ids_of_one_publication_are_unique(rows: list[tuple[str, str, str]]) -> None:
    told = [Row(Country=country, EntityOrShip=name, DateOfListing=day, Item="1") for country, name, day in rows]
    assert len(set(record_ids(told))) == len(told)


def test_the_country_of_a_regulation_is_not_claimed_of_the_party(sample: Reading) -> None:
    assert {row.schema for row in sample.claims.rows if row.prop in ("country", "nationality", "jurisdiction")} == {
        "Sanction"
    }


def test_program_is_the_printed_country_unless_a_regulation_is_named(sample: Reading) -> None:
    programs = {row.value for row in sample.claims.rows if row.prop == "program"}
    assert {"Belarus / Bélarus", "Special Economic Measures (Russia) Regulations"} <= programs
    assert Counter(row.value for row in sample.claims.rows if row.prop == "programId") == {"CA-SEMA": 6, "CA-JVCFOA": 1}


def test_schedule_and_item_are_the_provisions(sample: Reading) -> None:
    provisions = [row.value for row in sample.claims.rows if row.prop == "provisions"]
    assert provisions[0] == "Schedule 1, Part 1, item 901"
    assert {"Item 12", "Item 45"} <= set(provisions)


def test_a_ship_has_type_build_date_and_imo_number(sample: Reading) -> None:
    ship = record(sample, "GREY PETREL")
    props = ("type", "buildDate", "imoNumber")
    assert [values(sample, ship, prop) for prop in props] == [["Oil Tanker"], ["2006"], ["9990023"]]
    assert sample.claims.counts["vessels"] == 2


def test_a_serial_number_for_a_date_stays_a_note(sample: Reading) -> None:
    ship = record(sample, "WHITE PETREL")
    assert (values(sample, ship, "buildDate"), values(sample, ship, "notes")) == (
        [],
        ["Date of build as printed: 31234"],
    )


def test_a_name_in_the_column_of_imo_numbers_is_a_note_and_makes_no_ship(sample: Reading) -> None:
    person = record(sample, "Setha OMBARI (OMBARY)")
    assert "ShipIMONumber: سيتا أومباري" in values(sample, person, "notes")
    assert sample.claims.counts["not_understood"] == 1


def test_two_halves_of_a_bilingual_name_are_two_names(sample: Reading) -> None:
    assert values(sample, record(sample, "Institut de teinture Kestrel"), "name") == [
        "Kestrel Dye Institute (KDI)", "Institut de teinture Kestrel",
    ]  # fmt: skip


def test_names_behind_also_known_as_are_aliases(sample: Reading) -> None:
    aliases = values(sample, record(sample, "Plover Radio Works JSC"), "alias")
    assert aliases[:2] == ["Plover Radio Factory", "Plover Plant, JSC"]


def test_a_single_word_is_a_weak_alias_of_a_person(sample: Reading) -> None:
    person = record(sample, "Yazep Tsikhanavich VERASKOU")
    assert values(sample, person, "weakAlias") == ["Yazep"]
    assert {row.lang for row in sample.claims.rows if row.prop == "alias" and row.entity_id == person} == {
        None,
        "bel",
        "rus",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("King Heron Co. Ltd., King Heron Ltd.", ["King Heron Co. Ltd.", "King Heron Ltd."]),
        ("KDW, Dye Works, Inc.", ["KDW", "Dye Works, Inc."]),
        ("Образец, АО", ["Образец, АО"]),
        ("ОАО, Образец", ["ОАО, Образец"]),
        ("VSC, Восточная Компания, ООО, ООО “ВСК”", ["VSC", "Восточная Компания, ООО", "ООО “ВСК”"]),
        ("Министерство культуры, спорта и туризма", ["Министерство культуры, спорта и туризма"]),
        ("«Общество армии, авиации и флота»", ["«Общество армии, авиации и флота»"]),
        ("Центр (исследовательский, боевой) Севера", ["Центр (исследовательский, боевой) Севера"]),
        ('Завод "Север, Юг", Завод Юг', ['Завод "Север, Юг"', "Завод Юг"]),
        ("Институт Север and НИИ Север", ["Институт Север", "НИИ Север"]),
        ("Investment and Commercial Bank", ["Investment and Commercial Bank"]),
        ("АО Север / Завод Север", ["АО Север", "Завод Север"]),
    ],
)
def test_a_comma_inside_a_name_of_an_entity_does_not_split_it(text: str, expected: list[str]) -> None:
    assert names(text) == expected
    assert not split_aliases(text, person=False).ambiguous


@pytest.mark.parametrize(
    "text", ["Alpha, Beta, Gamma and Delta", 'Концерн "ЦНИИ "Север", Завод Юг', "АО or Акционерное Общество Север"]
)
def test_what_is_not_plain_stays_whole_for_an_entity_and_is_counted(text: str) -> None:
    found = split_aliases(text, person=False)
    assert found.ambiguous
    assert found.names[-1][0] in text


@pytest.mark.parametrize("text", ["Пример, Анна Олеговна", "Nikolay or Nikolai Example", "Анна Пример or Образцова"])
def test_what_is_not_plain_stays_whole_for_a_person_and_is_counted(text: str) -> None:
    found = split_aliases(text, person=True)
    assert (found.names, found.ambiguous) == ([(text, None)], [text])


def test_names_of_persons_split_at_commas_and_between_full_names() -> None:
    assert names("Anna Exampel, Ana Exampel and Hanna Exampel", person=True) == [
        "Anna Exampel",
        "Ana Exampel",
        "Hanna Exampel",
    ]
    assert names("Анна ПРИМЕР / Ганна ПРИКЛАД", person=True) == ["Анна ПРИМЕР", "Ганна ПРИКЛАД"]


@given(st.text(alphabet='aB ,;/()"«»:Кю.', max_size=40), st.booleans())
def test_no_letter_of_an_alias_is_lost(text: str, person: bool) -> None:
    kept = "".join(name for name, _ in split_aliases(text, person=person).names)
    assert Counter(filter(str.isalpha, kept)) == Counter(filter(str.isalpha, text))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.999])
def test_a_list_cut_anywhere_is_refused(tmp_path: Path, share: float) -> None:
    path = tmp_path / "sema-lmes.xml"
    data = FILE.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(Damaged, match="cut or mangled"):
        read(path)


def test_an_unknown_element_stops_the_reader(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"record 1: an unknown element <Pays>"):
        read(changed(tmp_path, "<GivenName-Prenom>Yazep  Tsikhanavich</GivenName-Prenom>", "<Pays>Yazep</Pays>"))


def test_a_record_without_its_item_means_that_columns_shifted(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match=r"record 6 \(GREY PETREL\): no country or no item"):
        read(changed(tmp_path, "<Item-NumeroDarticle>7</Item-NumeroDarticle>", ""))


def test_another_data_set_is_not_taken_for_this_list(tmp_path: Path) -> None:
    with pytest.raises(NotThisSource):
        read(written(tmp_path, "<data-set><record><Name>x</Name></record></data-set>"))


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE data-set [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>\n<data-set'
    with pytest.raises(Hostile, match="document type"):
        read(changed(tmp_path, "<data-set", bomb))


@pytest.mark.data
@pytest.mark.parametrize("name", REAL)
def test_every_real_record_is_read_once(data_folder: Path, name: str) -> None:
    path = data_folder / "canada-sema" / name
    raw = path.read_text(encoding="utf-8")
    reading = read(path)
    assert reading.claims.counts["records"] == REAL[name] == raw.count("<record>")
    assert len({row.record_id for row in reading.claims.rows}) == REAL[name]
    for row in reading.claims.rows:
        check_against_model(row)
    printed = Counter(re.findall(r"<Country>(.*?)</Country>", raw))
    programs = Counter(row.original_value or row.value for row in reading.claims.rows if row.prop == "program")
    assert programs == Counter({" ".join(country.split()): count for country, count in printed.items()})
    assert len({row.entity_id for row in reading.claims.rows if row.prop == "lastName"}) == raw.count("<LastName>")


@pytest.mark.data
def test_the_counts_of_2025(data_folder: Path) -> None:
    path = data_folder / "canada-sema" / "sema-lmes_2025.xml"
    reading = read(path)
    assert not [warning for warning in reading.warnings if "usual" in warning]
    assert Counter(row.value for row in reading.claims.rows if row.prop == "program")["Belarus / Bélarus"] == 320
    imo = {each.text for each in etree.parse(path).getroot().iter("ShipIMONumber")}
    assert {row.value for row in reading.claims.rows if row.prop == "imoNumber"} == imo
    assert len(imo) == reading.claims.counts["vessels"] == 109
    assert reading.claims.counts["ambiguous_aliases"] < 30


@pytest.mark.data
def test_ids_stay_over_five_years(data_folder: Path) -> None:
    """Of 1,369 entries of 2020, 100 of Zimbabwe's were removed (181 then, 81 now) and ten names were spelt anew since."""
    then, now = (
        {
            row.record_id: row.value
            for row in read(data_folder / "canada-sema" / name).claims.rows
            if row.prop == "program"
        }
        for name in REAL
    )
    kept = then.keys() & now.keys()
    assert len(kept) == 1259
    lost = Counter(program for record_id, program in then.items() if record_id not in kept)
    assert lost == {"Zimbabwe": 100, "Russia / Russie": 9, "Ukraine": 1}
