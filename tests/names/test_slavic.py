"""East Slavic family names: one in Russian, Belarusian and Ukrainian spelling, and several where more than spelling differs."""

from __future__ import annotations

from itertools import combinations

import pytest

import shellgame as sg
from shellgame.names.analysis import analyse
from shellgame.names.scripts import romanise
from shellgame.names.slavic import family_group
from shellgame.names.token import Kind


@pytest.mark.parametrize(
    "spellings",
    [
        "gerasimov herasimau herasymov gerasimoff",
        "bogdanova bahdanava",
        "karpenkov karpiankou",
        "golovchenko halauchanka holovchenko",
        "vasiliev vasileu vasilyev",
        "sokolov sakalou sakalau",
        "dobrovolsky dabravolski dobrovolskiy",
        "plyshevsky plyshewski plysheuski",
        "kravchuk krauchuk",
        "tikhonov tsikhanau",
        "semenov siamionau semionov",
        "zaitsev zaitsau",
        "alexandrov aleksandrov",
        "yakovlev yakauleu",
        "lazarev lazarau",
        "chernenko charnenka",
        "fedorov fiodarau fyodorov",
    ],
)
def test_spellings_of_three_languages_are_one(spellings):
    groups = {family_group(each) for each in spellings.split()}
    assert len(groups) == 1
    assert 0 not in groups


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("belov", "belyaev"),
        ("zaitsev", "zotov"),
        ("kotov", "kataev"),
        ("stoyanov", "stanev"),
        ("basov", "basayev"),
        ("egorov", "ogarev"),
        ("mayakovsky", "makovsky"),
        ("moreau", "morov"),
        ("landau", "lendov"),
        ("sarraf", "seroff"),
        ("gerasimov", "gerasimova"),
        ("gerasimov", "harasimchuk"),
        ("morozov", "moroshov"),
        ("titov", "dzitov"),
        ("bogdanov", "bukhdanov"),
        ("sokolov", "sikolov"),
        ("kravchuk", "kravtsuk"),
    ],
)
def test_others_are_others(one, other):
    assert family_group(one) != family_group(other)


@pytest.mark.parametrize(
    "word",
    [
        "ali",
        "lev",
        "maledd",
        "smith",
        "ov",
        "liou",
        "",
        "kova",
        "aliev",
        "o",
        "chow",
        "chew",
        "shaw",
        "zhou",
        "ashraf",
        "yakovlevna",
    ],
)
def test_what_does_not_look_like_one_or_is_too_short_is_none(word):
    assert family_group(word) == 0


def test_a_name_in_another_script_is_the_same_family():
    for printed in ("Герасимов", "Герасімаў", "Герасимов"):
        assert family_group(romanise(printed.casefold())[0]) == family_group("herasimau")


def test_patronymics_are_of_the_father_however_he_is_spelt():
    def father(name):
        (found,) = (token.group for token in analyse(name, person=True) if token.kind is Kind.OPTIONAL)
        return found

    same = {
        father(name)
        for name in ("Orsin Vladimirovich Maledd", "Orsin Uladzimiravich Maledd", "Orsin Volodymyrovych Maledd")
    }
    assert len(same) == 1
    assert same != {father("Orsin Nikolaevich Maledd")}


PEOPLE = (
    ("Nikolai Torpenkov", "Mikalai Tarpiankou", "Николай Торпенков", "Мікалай Тарпянкоў"),
    ("Larisa Bogdanova", "Larysa Bahdanava"),
    ("Vasily Vladimirovich Gerasimov", "Vasil Uladzimiravich Herasimau"),
    ("Dmitry Shavlichenko", "Dzmitry Shaulichenka"),
)


def test_invented_people_are_found_alike_in_every_spelling():
    for spellings in PEOPLE:
        for one, other in combinations(spellings, 2):
            assert sg.compare_names(one, other, schema="Person").score >= 0.7, (one, other)
    for mine, theirs in combinations(PEOPLE, 2):
        assert max(sg.compare_names(one, other, schema="Person").score for one in mine for other in theirs) < 0.1
