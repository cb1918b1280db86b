"""Our tables of the FollowTheMoney model say what the installed followthemoney says."""

from __future__ import annotations

import pytest
from followthemoney import model

from shellgame.model import schema as ours


@pytest.mark.parametrize("name", ours.LINK_ENDS)
def test_links_have_the_ends_of_the_model(name):
    schema = model.get(name)
    assert schema.edge
    assert (schema.edge_source, schema.edge_target) == ours.LINK_ENDS[name]


def test_no_link_schema_of_the_model_is_missing():
    assert {schema.name for schema in model if schema.edge} == set(ours.LINK_ENDS)


@pytest.mark.parametrize(("name", "parent"), ours.PARENTS.items())
def test_parents_are_ancestors(name, parent):
    assert model.get(name).is_a(parent)


@pytest.mark.parametrize(
    "prop", [*ours.IDENTIFIERS, *ours.CONTACTS, *ours.POINTERS, *ours.NAME_PROPS, *ours.CAPTION_PROPS]
)
def test_properties_exist(prop):
    assert any(prop in schema.properties for schema in model)


def test_compatible_is_symmetric_and_knows_people_from_companies():
    assert ours.compatible("Company", "LegalEntity")
    assert ours.compatible("LegalEntity", "Company")
    assert not ours.compatible("Person", "Company")
