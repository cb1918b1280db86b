"""What two records can have in common: identifying numbers, contacts, addresses and names, folded so that equal means the same.

The folding is deliberately plain (case, accents, punctuation, word order of names). It is evidence that can be shown, not a search:
finding names that are only alike is for `match`.
"""

from __future__ import annotations

from shellgame.model.schema import CONTACTS, IDENTIFIERS, NAME_PROPS, PARTS
from shellgame.store.claims import ClaimSet

SHORTEST_IDENTIFIER = 5
SHORTEST_ADDRESS = 15
SHORTEST_NAME = 8
"""Lengths, in characters, below which an equal value says nothing: house numbers, a city's name, a given name. An alias of a
single word says nothing at any length."""

_MACROS = rf"""
    CREATE TEMP MACRO words(value) AS trim(regexp_replace(lower(strip_accents(value)), '[^\p{{L}}\p{{N}}]+', ' ', 'g'));
    CREATE TEMP MACRO compact(value) AS regexp_replace(upper(value), '[^\p{{L}}\p{{N}}]+', '', 'g');
    CREATE TEMP MACRO identifier_key(value) AS CASE
        WHEN length(compact(value)) >= {SHORTEST_IDENTIFIER} AND regexp_matches(value, '[0-9]') THEN compact(value) END;
    CREATE TEMP MACRO contact_key(prop, value) AS CASE
        WHEN prop = 'phone' THEN identifier_key(value)
        ELSE lower(regexp_replace(value, '^https?://(www\.)?|/+$', '', 'g')) END;
    CREATE TEMP MACRO address_key(value) AS CASE
        WHEN length(value) >= {SHORTEST_ADDRESS} AND regexp_matches(value, '[0-9]') THEN words(value) END;
    CREATE TEMP MACRO name_key(prop, value) AS CASE
        WHEN length(value) >= {SHORTEST_NAME} AND (prop = 'name' OR contains(words(value), ' '))
        THEN array_to_string(list_sort(string_split(words(value), ' ')), ' ') END;
"""
_KEYED = """
    SELECT * FROM (
        SELECT CASE WHEN prop IN ({identifiers}) THEN 'identifier' WHEN prop IN ({contacts}) THEN 'contact'
                    WHEN prop = 'address' THEN 'address' ELSE 'name' END AS kind,
               CASE kind WHEN 'identifier' THEN identifier_key(value) WHEN 'contact' THEN contact_key(prop, value)
                    WHEN 'address' THEN address_key(value) ELSE name_key(prop, value) END AS key,
               source, record_id, entity_id, schema, prop, value, claim_id
        FROM claims WHERE prop IN ({identifiers}, {contacts}, {names}, 'address') AND schema NOT IN ({parts})
    ) WHERE key IS NOT NULL ORDER BY kind, key
"""


def define_keys(claims: ClaimSet) -> None:
    """Give a claim set the table `keyed`: its claims that can tie records, by `kind` and folded `key`, sorted by these."""
    claims.derive("keyed", _filled(_KEYED), macros=_MACROS)


def _filled(sql: str) -> str:
    lists = {"identifiers": IDENTIFIERS, "contacts": CONTACTS, "names": NAME_PROPS, "parts": PARTS}
    for name, words in lists.items():
        sql = sql.replace("{" + name + "}", ", ".join(f"'{word}'" for word in sorted(words)))
    return sql
