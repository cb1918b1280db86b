"""Names of two parts written as one word, with a slip of the pen in the first."""

from __future__ import annotations

import pytest

from shellgame.names.analysis import analyse


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Abselkader", ["abd", "kader"]),
        ("Golamreza", ["golam", "reza"]),
        ("Mhoammadreza", ["mhoammad", "reza"]),
        ("Halvrenreza", ["halvrenreza"]),
        ("Absolutely", ["absolutely"]),
    ],
)
def test_a_slip_in_the_first_half_hides_no_second_half(written: str, parts: list[str]) -> None:
    assert [token.text for token in analyse(f"{written} Ordim", person=True)][:-1] == parts


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Adul Halvren", ["abd", "halvren"]),
        ("Abdl Halvren", ["abd", "halvren"]),
        ("Abel Halvren", ["abel", "halvren"]),
        ("Abd Alhalvren", ["abd", "halvren"]),
        ("Abd Alonso", ["abd", "alonso"]),
    ],
)
def test_servant_of_is_known_without_one_of_its_letters_and_with_an_article_written_to_what_follows(
    written: str, parts: list[str]
) -> None:
    assert [token.text for token in analyse(f"{written} Ordim", person=True)][:-1] == parts


@pytest.mark.parametrize(
    ("written", "person", "parts"),
    [
        ("4L HALVREN", True, ["al", "halvren"]),
        ("HALVR3N ORD1M", True, ["halvren", "ordim"]),
        ("4TW4 HALVREN", True, ["atwa", "halvren"]),
        ("HA1V4EN ORDIM", False, ["halvaen", "ordim"]),
        ("SU24M", False, ["su24m"]),
    ],
)
def test_digits_are_read_as_the_letters_they_pass_for(written: str, person: bool, parts: list[str]) -> None:
    assert [token.text for token in analyse(written, person=person)] == parts


def test_one_letter_between_initials_is_an_initial() -> None:
    kinds = [token.kind.name for token in analyse("S. Y. Halvren", person=True)]
    assert kinds == ["INITIAL", "INITIAL", "WORD"]
