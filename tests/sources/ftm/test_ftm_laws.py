"""Laws of the reader: nesting changes nothing, order changes nothing, and no bytes bring forth anything but BadInput."""

from __future__ import annotations

import contextlib
import json
import random
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shellgame.errors import BadInput
from shellgame.model.claim import ClaimRow
from shellgame.sources.catalog import source_named
from shellgame.sources.claims import Claims
from shellgame.sources.ftm import json_lines, reader, simple_csv, statements
from shellgame.sources.publication import Part, Publication
from shellgame.sources.reader import publication_of
from shellgame.sources.reading import read_publication

Entity = dict[str, Any]
SAMPLES = Path(reader.__file__).parent / "sample"
PERSONS, COMPANIES, PLACES = ["p0", "p1", "p2"], ["c0", "c1"], ["a0", "a1"]
THINGS = [*PERSONS, *COMPANIES]
LINKS = {  # schema of the link: its ends, what an export calls them from the other side, and who can stand there
    "Ownership": (("owner", "ownershipOwner", THINGS), ("asset", "ownershipAsset", COMPANIES)),
    "Family": (("person", "familyPerson", PERSONS), ("relative", "familyRelative", PERSONS)),
    "UnknownLink": (("subject", "unknownLinkTo", THINGS), ("object", "unknownLinkFrom", THINGS)),
    "Sanction": (("entity", "sanctions", THINGS),),
    "Passport": (("holder", "identification", THINGS),),
}
EDGES = ("Ownership", "Family", "UnknownLink")


def flat_entities() -> st.SearchStrategy[list[Entity]]:
    """Persons and companies with addresses, and links between them; an end of a link may have several parties."""
    homes = st.lists(st.sampled_from(PLACES), max_size=2, unique=True)
    links = st.lists(st.one_of([_links(schema) for schema in LINKS]), max_size=5)
    return st.builds(_assembled, st.tuples(*[homes] * len(THINGS)), links)


def _links(schema: str) -> st.SearchStrategy[Entity]:
    ends = {prop: st.lists(st.sampled_from(who), min_size=1, max_size=2, unique=True) for prop, _, who in LINKS[schema]}
    return st.fixed_dictionaries({"schema": st.just(schema), "properties": st.fixed_dictionaries(ends)})


def _assembled(homes: tuple[list[str], ...], links: list[Entity]) -> list[Entity]:
    things = [
        {
            "id": thing,
            "schema": "Person" if thing in PERSONS else "Company",
            "properties": {"name": [f"Name {thing}"], "addressEntity": at},
        }
        for thing, at in zip(THINGS, homes, strict=True)
    ]
    held = sorted({place for at in homes for place in at})
    places = [{"id": place, "schema": "Address", "properties": {"full": [f"Street {place}"]}} for place in held]
    numbered = [{"id": f"l{number}", **link, "datasets": ["d"]} for number, link in enumerate(links)]
    return [*things, *places, *numbered]


def nested(entities: list[Entity], targets: Sequence[str] = THINGS) -> list[Entity]:
    """Write a set as OpenSanctions does: each target with its neighbours inside, itself left out where it was come from."""
    by_id = {entity["id"]: entity for entity in entities}
    return [_nest(by_id, entity, 1, []) for entity in entities if entity["id"] in targets]


def _nest(by_id: dict[str, Entity], entity: Entity, depth: int, path: list[str]) -> Entity:
    is_edge = entity["schema"] in EDGES
    depth, path = (depth if is_edge else depth - 1), [*path, entity["id"]]
    properties = dict(entity["properties"])
    if depth >= 0:
        inside: dict[str, list[Entity]] = {}
        for prop, other in _neighbours(by_id, entity):
            if other["id"] not in path:
                inside.setdefault(prop, []).append(_nest(by_id, other, depth, path))
        properties.update(inside)
    return {**entity, "properties": properties}


def _neighbours(by_id: dict[str, Entity], entity: Entity) -> list[tuple[str, Entity]]:
    found = [
        (prop, by_id[value]) for prop, values in entity["properties"].items() for value in values if value in by_id
    ]
    for other in by_id.values():
        for prop, reverse, _ in LINKS.get(other["schema"], ()):
            if entity["id"] in other["properties"][prop]:
                found.append((reverse, other))
    return found


def rows_of(entities: list[Entity], name: str = "set.json") -> set[tuple[str | None, ...]]:
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_text("".join(json.dumps(entity) + "\n" for entity in entities), encoding="utf-8")
        return {_without_locator(row) for row in read_publication(path, source_named("my_set")).claims.rows}


def _without_locator(row: ClaimRow) -> tuple[str | None, ...]:
    return row._replace(claim_id="", locator=row.locator.partition("#")[2])


@settings(deadline=None, max_examples=60)
@given(flat_entities())
def test_nesting_a_set_changes_no_claim(entities: list[Entity]) -> None:
    assert rows_of(nested(entities), "targets.nested.json") == rows_of(entities)


@settings(deadline=None, max_examples=60)
@given(flat_entities(), st.lists(st.sampled_from(THINGS), min_size=1, max_size=3, unique=True))
def test_each_entity_nested_in_a_target_says_all_that_it_says_flat(entities: list[Entity], targets: list[str]) -> None:
    found = {row[2:] for row in rows_of(nested(entities, targets), "targets.nested.json")}
    reached = {row[0] for row in found}
    assert found == {row[2:] for row in rows_of(entities) if row[2] in reached}


@settings(deadline=None, max_examples=40)
@given(flat_entities(), st.randoms(use_true_random=False))
def test_the_order_of_the_lines_changes_no_claim(entities: list[Entity], chance: random.Random) -> None:
    shuffled = chance.sample(entities, len(entities))
    assert rows_of(shuffled) == rows_of(entities)


@settings(deadline=None, max_examples=40)
@given(flat_entities())
def test_saying_everything_twice_changes_no_claim(entities: list[Entity]) -> None:
    assert rows_of([*entities, *entities]) == rows_of(entities)


def _read_anyhow(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "set")
        path.write_bytes(content)
        with contextlib.suppress(BadInput):
            found, layout = publication_of(path, reader.FORMATS, "my_set")
            layout.read(found, Claims("my_set"))
        for module in (json_lines, statements, simple_csv):
            publication = Publication("any", {"set": Part("set", path, "set")})
            with contextlib.suppress(BadInput):
                module.read(publication, Claims("my_set"))


@settings(deadline=None, max_examples=80)
@given(st.binary(max_size=400))
def test_no_bytes_bring_forth_anything_but_bad_input(content: bytes) -> None:
    _read_anyhow(content)


@settings(deadline=None, max_examples=80)
@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["id", "schema", "properties", "datasets", "referents", "name", "owner", "birthDate", "sanctions"]),
        inner | st.sampled_from(["Person", "Sanction", "p1"]), max_size=4,
    ), max_leaves=20,
))  # fmt: skip
def test_no_json_brings_forth_anything_but_bad_input(told: object) -> None:
    _read_anyhow(json.dumps(told).encode("utf-8", "surrogatepass"))
    inside = {"id": "p1", "schema": "Person", "properties": {"name": told, "sanctions": [told], "nothing": told}}
    _read_anyhow(json.dumps(inside | {"datasets": told, "rank": told}).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", [layout.name for layout in reader.FORMATS])
@settings(deadline=None, max_examples=60)
@given(start=st.integers(0, 2000), length=st.integers(0, 30), instead=st.binary(max_size=6))
def test_no_damage_to_a_sample_brings_forth_anything_but_bad_input(
    name: str, start: int, length: int, instead: bytes
) -> None:
    content = next(path for path in (SAMPLES / name).iterdir() if path.name != "claims.jsonl").read_bytes()
    start %= len(content)
    _read_anyhow(content[:start] + instead + content[start + length :])
