"""The score of two names: what it says of names that one can judge by eye."""

from __future__ import annotations

import numpy as np
import pytest

from shellgame.kernels.features import FEATURES
from shellgame.match.compare import compare
from shellgame.match.scoring import (
    CONTRADICTED,
    HARDLY_TOLD,
    IDENTICAL,
    NOTHING_TOLD,
    features_of,
    is_person,
    model,
    name_scores,
)

ALERT = 0.7


def score(left: str, right: str, schema: str = "Person") -> float:
    return float(name_scores([(left, right, schema)])[0])


def test_the_model_fits_the_features() -> None:
    assert {len(forest.slopes) for forest in model()} == {len(FEATURES)}
    assert features_of([("Orsin Maledd", "Orsin Maledd", "Person")]).shape == (1, len(FEATURES))


def test_who_is_read_as_a_person() -> None:
    assert is_person("Person")
    assert not any(is_person(schema) for schema in ("Company", "Vessel", "LegalEntity", "Thing", "", None))


@pytest.mark.parametrize("name", ["Orsin Maledd", "Орсин Маледд", "ABC Company", "Halvren 7 Ltd", "Maledd", "艾青"])
@pytest.mark.parametrize("schema", ["Person", "Company"])
def test_a_name_is_itself(name: str, schema: str) -> None:
    for other in (name, name.upper(), f"  {name} "):
        assert score(name, other, schema) >= IDENTICAL
        assert of_records(name, other, schema) >= IDENTICAL


@pytest.mark.parametrize("pair", ["SAI | SAIL", "ABC | ABD Ltd", "PSC | PCS"])
def test_what_tells_nothing_is_like_nothing(pair: str) -> None:
    left, right = pair.split(" | ")
    assert max(score(left, right, "Company"), of_records(left, right, "Company")) <= NOTHING_TOLD


def of_records(left: str, right: str, schema: str) -> float:
    names = compare(*({"schema": schema, "properties": {"name": [name]}} for name in (left, right))).names
    assert names
    return names.best


@pytest.mark.parametrize(
    "pair",
    [
        "Orsin Maledd | MALEDD, Orsin",
        "Orsin Maledd | Orsin Maled",
        "Dmitri Talvekov | Дмитрий Талвеков",
        "Muhammad al-Ormadi | Mohamed Ormadi",
        "Orsin Karel Maledd | Orsin K. Maledd",
        "Orsin Tal Vek Ovich Maledd | Orsin Talvekovich Maledd",
    ],
)  # fmt: skip
def test_spellings_of_one_persons_name_are_an_alert(pair: str) -> None:
    left, right = pair.split(" | ")
    assert score(left, right) >= ALERT


def test_ordinary_arabic_names_are_an_alert_in_latin() -> None:
    assert score("Khaled Salem", "خالد سالم") >= ALERT


@pytest.mark.parametrize(
    "pair",
    [
        "Halvren Trading Co., Ltd. | Halvren Trading Company Limited",
        "Halvren GmbH | Halvren Gesellschaft mit beschränkter Haftung",
        "Tarnquist Shipping | Tarn Quist Shipping",
        "Tarnquist Shipping | T Arnqu Ist Ship Ping",
        "ООО Халврен | Halvren LLC",
    ],
)  # fmt: skip
def test_spellings_of_one_companys_name_are_an_alert(pair: str) -> None:
    left, right = pair.split(" | ")
    assert score(left, right, "Company") >= ALERT


@pytest.mark.parametrize(
    "pair",
    [
        "Orsin Maledd | Tibor Volgrim",
        "Orsin Maledd | Orsin Volgrim",
        "Orsin Maledd | Tibor Maledd",
        "Mohammed Ormadi | Mohammed Zelkovi",
        "Orsin Maledd | Орсин Волгрим",
        "Orsin Talvekov | Talvek Orsinov",
    ],
)  # fmt: skip
def test_other_people_are_none(pair: str) -> None:
    left, right = pair.split(" | ")
    assert score(left, right) < ALERT


@pytest.mark.parametrize(
    "pair",
    [
        "Halvren Trading Ltd | Zelkova Trading Ltd",
        "Halvren Group | Zelkova Group",
        "CORP | Halvren Corp",
        "Halvren | Halvrenbank",
        "Halvren LLC | Halvrenbank LLC",
    ],
)  # fmt: skip
def test_other_companies_are_none(pair: str) -> None:
    left, right = pair.split(" | ")
    assert score(left, right, "Company") < ALERT


@pytest.mark.parametrize("name", ["CORP", "Limited", "Trading LLC", "General Company"])
def test_what_half_of_all_companies_are_called_never_matches(name: str) -> None:
    assert max(score(name, name, "Company"), of_records(name, name, "Company")) <= np.float32(HARDLY_TOLD)


@pytest.mark.parametrize("name", ["N/A", "unknown", "null"])
def test_no_name_is_like_no_name(name: str) -> None:
    assert score(name, name) == 0.0


@pytest.mark.parametrize(
    "pair",
    [
        "Central Bank of Iran | Central Bank of Iraq",
        "Bank of Ireland | Bank of Iceland",
        "Niger Oil | Nigeria Oil",
    ],
)
def test_another_country_is_another_company(pair: str) -> None:
    left, right = pair.split(" | ")
    assert score(left, right, "Company") < ALERT


@pytest.mark.parametrize(
    "pair", ["A. Maledd | B. Maledd", "Orsin A. Maledd | Orsin B. Maledd", "А. Маледд | Д. Маледд"]
)
def test_another_initial_is_another_person(pair: str) -> None:
    left, right = pair.split(" | ")
    assert max(score(left, right), of_records(left, right, "Person")) <= np.float32(CONTRADICTED)


def test_another_number_is_another_company() -> None:
    assert score("Tarnquist Shipping 3", "Tarnquist Shipping 4", "Company") < ALERT


def test_more_that_differs_never_makes_two_names_more_alike() -> None:
    same, slip, two, other = (
        score("Orsin Karel Maledd", name)
        for name in ("Orsin Karel Maledd", "Orsin Karel Malend", "Orsin Kerol Malend", "Orsin Tibor Volgrim")
    )
    assert same > slip > two > other


def test_an_empty_name_is_like_none() -> None:
    for left, right in (("", ""), ("", "Orsin Maledd"), ("...", "Orsin Maledd"), ("\u200f", "")):
        for schema in ("Person", "Company"):
            assert score(left, right, schema) < 0.5


def test_no_pairs_give_no_scores() -> None:
    assert name_scores([]).tolist() == []


def test_a_row_for_each_pair_in_the_order_given() -> None:
    pairs = [("Orsin Maledd", "Orsin Maledd", "Person"), ("Orsin Maledd", "Tibor Volgrim", "Person")] * 3
    scores = name_scores(pairs)
    assert scores.dtype == np.float32
    assert (scores[::2] > ALERT).all() and (scores[1::2] < ALERT).all()


@pytest.mark.parametrize(
    "pair",
    [
        "Orsin Maledd Jr. | Orsin Maledd Sr.",
        "Orsin Maledd II | MALEDD III, Orsin",
        "Orsin VII | Orsin VIII",
        "Orsin Maledd Jr. PhD | Orsin Maledd Sr.",
        "Орсин Маледд мл. | Орсин Маледд ст.",
    ],
)
def test_father_and_son_are_two(pair: str) -> None:
    left, right = pair.split(" | ")
    assert max(score(left, right), of_records(left, right, "Person")) <= CONTRADICTED
    assert score(left, left) >= IDENTICAL


@pytest.mark.parametrize(
    "pair", ["Petrov V. I. | Petrov V. I. Jr.", "Nguyen Thi Vi | Nguyen Thi Vi II", "Zhang Xi | Zhang Xi Jr."]
)
def test_an_initial_and_a_name_are_no_generation(pair: str) -> None:
    assert score(*pair.split(" | ")) > CONTRADICTED


@pytest.mark.parametrize("pair", ["Orsin Maledd Jr. | Orsin Maledd", "Orsin Maledd II | Orsin Maledd, Jr."])
def test_a_generation_that_one_name_leaves_out_tells_nothing(pair: str) -> None:
    left, right = pair.split(" | ")
    assert min(score(left, right), of_records(left, right, "Person")) >= IDENTICAL
