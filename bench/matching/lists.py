"""Official lists as entities, through Shellgame's own readers, and the screening list that the comparisons use.

The list is the UN's of 27 February 2026 with OFAC's of July 2021: 9,979 entities with some 25,000 names.
"""

from __future__ import annotations

import json
import os
import tempfile
import unicodedata
from collections import defaultdict
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from bench.matching import data
from bench.matching.engine import Entity
from bench.matching.groups import NAMES, name_key

OFAC = ("us_ofac_sdn", "ofac-202107")
UN = ("un_sc_sanctions", "un/un_20260227.xml")
OFAC_2021 = ("us_ofac_sdn", "ofac-history/sdn_20210820T1850Z.csv")
UN_2020 = ("un_sc_sanctions", "un/un_20200320.xml")
ALL = (
    UN,
    ("us_ofac_sdn", "ofac-20231228"),
    ("us_trade_csl", "us-csl/consolidated.csv"),
    ("ca_dfatd_sema_sanctions", "canada-sema/sema-lmes_2025.xml"),
    ("gb_hmt_sanctions", "uk-ofsi/sanctionsconlist.csv"),
    ("au_dfat_sanctions", "australia-dfat/regulation8_consolidated_202412.xlsx"),
    ("eu_journal_sanctions", "eu-journal/consolidated"),
)
"""The newest whole publication of each list at hand; most parties stand on several of them."""


@lru_cache(maxsize=8)
def entities_of(source: str, place: str) -> list[Entity]:
    """Read a publication and group its claims: one entity a listed record, without its sanctions, addresses and links.

    Reading takes seconds, so the result is kept in the temporary folder until publication or readers change.
    """
    path = data.DATA / place
    kept = Path(tempfile.gettempdir()) / "shellgame-bench" / f"{source}-{_state(source, path)}.json"
    if kept.exists():
        found: list[Entity] = json.loads(kept.read_text(encoding="utf-8"))
        return found
    found = _read(source, path)
    kept.parent.mkdir(exist_ok=True)
    aside = kept.with_suffix(f".{os.getpid()}")
    aside.write_text(json.dumps(found), encoding="utf-8")
    aside.rename(kept)
    return found


def _read(source: str, path: Path) -> list[Entity]:
    from shellgame.sources.catalog import source_named
    from shellgame.sources.reading import read_publication

    schemata: dict[str, str] = {}
    properties: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in read_publication(path, source_named(source)).claims.rows:
        if row.entity_id == row.record_id:
            schemata[row.entity_id] = row.schema
            if row.value not in (values := properties[row.entity_id][row.prop]):
                values.append(row.value)
    return [
        {"id": identity, "schema": schemata[identity], "properties": dict(told)}
        for identity, told in properties.items()
    ]


def _state(source: str, path: Path) -> str:
    import shellgame.sources

    folder = Path(shellgame.sources.__file__).parent
    read = [*folder.glob("*.py"), *folder.glob(f"{source}/*"), *(path.rglob("*") if path.is_dir() else [path])]
    told = "".join(f"{each}{each.stat().st_mtime_ns}" for each in sorted(read) if each.is_file())
    return blake2b(told.encode(), digest_size=8).hexdigest()


def listed() -> list[Entity]:
    """The screening list: UN, then OFAC."""
    return entities_of(*UN) + entities_of(*OFAC)


def everywhere() -> list[Entity]:
    """The parties of all lists, each as each list tells it."""
    return [each for place in ALL for each in entities_of(*place)]


def names_of(entity: Entity) -> list[str]:
    """All names of an entity, each once, the primary one first."""
    return list(dict.fromkeys(name for prop in NAMES for name in entity["properties"].get(prop, [])))


def with_names(entity: Entity, keep: list[str]) -> Entity:
    """The same entity with only these names."""
    wanted = set(keep)
    kept = {
        prop: [name for name in values if prop not in NAMES or name in wanted]
        for prop, values in entity["properties"].items()
    }
    return {**entity, "properties": {prop: values for prop, values in kept.items() if values}}


def is_latin(name: str) -> bool:
    """Whether no letter of a name is of another script."""
    return all(script == "LATIN" for script in scripts_of(name))


@lru_cache(maxsize=1 << 16)
def scripts_of(name: str) -> tuple[str, ...]:
    """Scripts of a name's letters, by the first word of their Unicode names."""
    found = {unicodedata.name(letter, "UNKNOWN").split()[0] for letter in name if letter.isalpha()}
    return tuple(sorted("CJK" if script in ("CJK", "HANGUL", "HIRAGANA", "KATAKANA") else script for script in found))


def script_pair(left: str, right: str) -> str:
    """The scripts of two names, for tables: `LATIN` or `ARABIC-LATIN`."""
    both = {"+".join(scripts_of(name)) or "none" for name in (left, right)}
    return "-".join(sorted(both))


@lru_cache(maxsize=1)
def twins() -> dict[str, frozenset[str]]:
    """Persons who stand on both lists: id to ids on the other one. Told by a whole name in common and a year of birth.

    A search for such a person that brings the other list's record first has not gone wrong.
    """
    holding: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in listed():
        for key in _identities(each):
            holding[key].add(each["id"])
    found: dict[str, set[str]] = defaultdict(set)
    for same in holding.values():
        for identity in same:
            found[identity] |= {other for other in same if other.split("-")[0] != identity.split("-")[0]}
    return {identity: frozenset(others) for identity, others in found.items() if others}


def _identities(each: Entity) -> set[tuple[str, str]]:
    if each["schema"] != "Person":
        return set()
    names = {name_key(name) for name in names_of(each)}
    years = {date[:4] for date in each["properties"].get("birthDate", [])}
    return {(name, year) for name in names if " " in name for year in years}


@lru_cache(maxsize=1)
def un_targets() -> list[tuple[int, str]]:
    """Which listed person each row of `positives_un_*` is: (row number, entity id); rows since delisted are left out.

    Two persons share a name and a year: each row gets one of them. One row carries the list's `na` for a missing name part.
    """
    by_name: dict[str, list[Entity]] = defaultdict(list)
    for person in entities_of(*UN):
        if person["schema"] == "Person":
            by_name[name_key(person["properties"]["name"][0])].append(person)
    found = []
    for number, row in enumerate(data.people("positives_un_untreated")):
        namesakes = by_name[name_key(row["full_name"].removesuffix(" na"))]
        if namesakes:
            person = max(namesakes, key=lambda each: _born_in(each, row["date_of_birth"][:4]))
            namesakes.remove(person)
            found.append((number, str(person["id"])))
    return found


def _born_in(person: Entity, year: str) -> int:
    return sum(date[:4] == year for date in person["properties"].get("birthDate", []))
