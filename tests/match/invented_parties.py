"""Invented parties for the tests of matching; nobody real bears these names."""

from __future__ import annotations

import random

from shellgame.match.party_index import Party

PEOPLE = {
    "Latin": "Orsin Karel Maledd",
    "Latin with marks": "Ørsín Žofie Maleďďová",
    "Latin with particles": "Karim bin Talvek al-Ormadi",
    "Cyrillic": "Орсин Талвекович Маледов",
    "Greek": "Ορσίνος Μαλεδάκης",
    "Arabic": "سالم بن تلفك الأورمادي",
    "Hebrew": "אורסין מלדוב",
    "Han": "马雷德",
    "Hangul": "김오르민",
    "Kana": "まれど おるしん",
    "Devanagari": "ओरसिन मालेद",
    "Thai": "ออร์ซิน มาเลด",
    "Georgian": "ორსინ მალედაძე",
    "Armenian": "Օրսին Մալեդյան",
}
COMPANIES = {
    "Latin": "Halvren Trading Co., Ltd.",
    "Latin with a number": "Tarnquist Shipping 3 LLC",
    "Latin with a place": "Halvren Bank of Turkmenistan",
    "Cyrillic": "ООО Морская компания Халврен",
    "Greek": "Ναυτιλιακή Χαλβρέν Α.Ε.",
    "Arabic": "شركة هالفرن للتجارة العامة",
    "Han": "海尔夫伦贸易有限公司",
    "Hangul": "주식회사 할브렌무역",
}
NAMES = [(name, "Person") for name in PEOPLE.values()] + [(name, "Company") for name in COMPANIES.values()]
_GIVEN = [
    "Orsin",
    "Tibor",
    "Halka",
    "Merun",
    "Zofira",
    "Kalwen",
    "Dorvik",
    "Salune",
    "Petrak",
    "Ivelin",
    "Mohammed",
    "Anna",
    "Li",
    "Abdul",
]
_FAMILY = [
    "Maledd",
    "Tarnquist",
    "Volgrim",
    "Ormadi",
    "Halvren",
    "Zelkova",
    "Brandik",
    "Ussuriak",
    "Quellin",
    "Draskov",
    "Wei",
    "Kovalen",
]
_TRADE = ["Trading", "Shipping", "Holding", "Group", "International", "Bank", "Logistics", "Energy"]
_FORMS = ["Ltd", "LLC", "GmbH", "JSC", "AG", "SA"]


def person(chance: random.Random) -> str:
    """A name of two or three words."""
    return " ".join([*chance.sample(_GIVEN, chance.choice((1, 1, 2))), chance.choice(_FAMILY)])


def company(chance: random.Random) -> str:
    """A name with something generic and a legal form."""
    return f"{chance.choice(_FAMILY)} {chance.choice(_TRADE)} {chance.choice(_FORMS)}"


def parties(many: int, seed: int = 1) -> list[Party]:
    """Parties of several schemata; the first bear `NAMES`, every third of the others an alias."""
    chance = random.Random(seed)
    found = [Party(f"known-{n}", schema, [name], {"country": ["xx"]}) for n, (name, schema) in enumerate(NAMES)]
    for number in range(len(found), many):
        make, schema = chance.choice(
            [(person, "Person"), (company, "Company"), (company, "Vessel"), (company, "LegalEntity")]
        )
        names = [make(chance) for _ in range(2 if number % 3 == 0 else 1)]
        found.append(Party(f"made-{number}", schema, names, {}))
    return found
