"""Every set that the measures use, read from the folder beside the repository and brought into one shape.

Nothing of it may enter the repository: it names real people, and several licences are for evaluation only.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from bench.matching.engine import Entity, NameTriple
from bench.matching.groups import name_key

DATA = Path(os.environ.get("SHELLGAME_BENCH_DATA") or Path(__file__).parents[3] / "shared/data")


class NamePair(NamedTuple):
    """A judged pair of names of name_bench; `case_id` stands for it where its names may not be printed."""

    case_id: str
    group: str
    names: NameTriple
    same: bool
    quality: str
    category: str

    @property
    def written_by_hand(self) -> bool:
        """Whether a person made it up; the `synth_*` groups were proposed by a language model and label otherwise."""
        return not self.group.startswith("synth")


class EntityPair(NamedTuple):
    """Two entities and whether an analyst judged them one."""

    entities: tuple[Entity, Entity]
    same: bool


def entity(identity: str, schema: str, **properties: str | list[str] | None) -> Entity:
    """Make a FollowTheMoney entity; empty values are left out."""
    filled = {prop: [value] if isinstance(value, str) else value for prop, value in properties.items() if value}
    return {"id": identity, "schema": schema, "properties": filled}


@lru_cache(maxsize=1)
def name_bench() -> list[NamePair]:
    """The judged name pairs of `names/name_bench_half.csv`."""
    with (DATA / "names/name_bench_half.csv").open(encoding="utf-8", newline="") as file:
        return [
            NamePair(
                digest(row["case_group"], row["schema"], row["name1"], row["name2"]),
                row["case_group"],
                (row["name1"], row["name2"], row["schema"]),
                row["is_match"] == "true",
                row["quality"] or "MEDIUM",
                row["category"],
            )
            for row in csv.DictReader(file)
        ]


@lru_cache(maxsize=1)
def entity_pairs() -> list[EntityPair]:
    """The 1,000 entity pairs judged by analysts; relationship records are left out."""
    told = json.loads((DATA / "pairs/sample_1000_unshuffled.json").read_text(encoding="utf-8"))
    parts = {"Sanction", "Ownership", "Address", "Identification", "Passport", "UnknownLink", "Family"}
    return [
        EntityPair((_plain(pair["left"]), _plain(pair["right"])), pair["judgement"] == "positive")
        for pair in told
        if not parts & {pair["left"]["schema"], pair["right"]["schema"]}
    ]


def _plain(told: Entity) -> Entity:
    return {"id": told["id"], "schema": told["schema"], "properties": told["properties"]}


@lru_cache(maxsize=1)
def ofac_un_judgements() -> list[tuple[str, str, bool]]:
    """Pairs (OFAC record id, UN record id, same) that analysts decided."""
    with (DATA / "pairs/ofac_un_pairs.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["judgement"] in ("positive", "negative")]
    return [
        (f"ofac-{row['ofac_ent_num']}", f"unsc-{row['unsc_dataid']}", row["judgement"] == "positive") for row in rows
    ]


@lru_cache(maxsize=8)
def people(file: str) -> list[dict[str, str]]:
    """Rows of one of the `names/positives_*` or `names/negatives_*` files, by its name without `.csv`."""
    with (DATA / f"names/{file}.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def query_of(row: dict[str, str], identity: str, *, full: bool) -> Entity:
    """One row as a query.

    Args:
        row: As in the file.
        identity: An id that no other query has; some peers cache by it.
        full: Every column as yente's own benchmark sends it; else the whole name alone.
    """
    if not full:
        return entity(identity, "Person", name=row["full_name"])
    return entity(
        identity,
        "Person",
        name=row["full_name"],
        firstName=row["first_name"],
        middleName=row["middle_name"],
        lastName=row["last_name"],
        gender=row["gender"],
        birthDate=row["date_of_birth"],
        birthPlace=row["place_of_birth"],
        nationality=_country(row["nationality"]),
    )


def queries_of(rows: list[dict[str, str]], prefix: str, *, full: bool = False) -> list[Entity]:
    """Rows as queries."""
    return [query_of(row, f"{prefix}-{number}", full=full) for number, row in enumerate(rows)]


def sampled(file: str, count: int, seed: int) -> list[dict[str, str]]:
    """A fixed random sample of a file of people."""
    rows = people(file)
    return random.Random(seed).sample(rows, min(count, len(rows)))


@lru_cache(maxsize=256)
def _country(printed: str) -> str | None:
    from shellgame.names.countries import country_code

    return printed if len(printed) == 2 else country_code(printed)


@lru_cache(maxsize=3)
def transliterations(language: str) -> list[tuple[str, str]]:
    """Pairs (Latin, native) of the held-back fifth of `names/transliteration`; language is russian, arabic or chinese."""
    return [(latin, native.replace(" ", "")) for latin, native, _ in _spellings(f"wd_{language}_20.tsv")]


def spellings(language: str) -> list[tuple[str, str, int]]:
    """Rows (Latin, native, how often seen) of the four fifths of `names/transliteration` that are there to learn from."""
    return [(latin, native, int(count)) for latin, native, count in _spellings(f"wd_{language}_80.tsv")]


def _spellings(file: str) -> list[list[str]]:
    text = (DATA / "names/transliteration" / file).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line]


@lru_cache(maxsize=1)
def companies() -> list[str]:
    """Real company names, in the order of their LEI, each once."""
    (path,) = (DATA / "names/gleif-names").glob("*.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(
            dict.fromkeys(row["Entity.LegalName"] for row in csv.DictReader(file) if row["Entity.LegalName"].strip())
        )


def same_name(left: str, right: str) -> bool:
    """Whether two printed names are the same words, whatever case, accents, punctuation and order."""
    return name_key(left) == name_key(right)


def digest(*parts: str) -> str:
    """Eight hexadecimal digits that stand for a case where its content may not be printed."""
    return blake2b("\x1f".join(parts).encode(), digest_size=4).hexdigest()
