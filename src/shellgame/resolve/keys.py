"""What two records can have in common: identifying numbers, contacts, addresses and names, folded so that equal means the same.

The folding is deliberately plain (`names.folding`: case, Latin accents, punctuation; here also the word order of names). It is
evidence that can be shown, not a search: finding names that are only alike is for `match`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import pyarrow as pa

from shellgame.model.schema import CONTACTS, IDENTIFIERS, NAME_PROPS, PARTS
from shellgame.names.folding import folded_words
from shellgame.names.scripts import is_unspaced
from shellgame.store.claims import ClaimSet

SHORTEST_IDENTIFIER = 5
SHORTEST_ADDRESS = 15
SHORTEST_NAME = 8
"""Lengths, in characters, below which an equal value says nothing: house numbers, a city's name, a given name. A shorter name makes
a key together with a full birth date. An alias of a single word says nothing at any length, but for scripts without spaces."""

_DIGIT = re.compile(r"\d")
_AROUND_ADDRESS = re.compile(r"^https?://(www\.)?|/+$")
_DAY = len("2000-01-01")
_SORTED = [("kind", "ascending"), ("key", "ascending"), ("claim_id", "ascending")]


def identifier_key(value: str) -> str | None:
    """Fold a number; None for what is too short or holds no number, and for fillers such as 000000.

    Example:
        >>> identifier_key("VK-123 456"), identifier_key("000-000"), identifier_key("none")
        ('VK123456', None, None)
    """
    key = folded_words(value).replace(" ", "").upper()
    if len(key) < SHORTEST_IDENTIFIER or not _DIGIT.search(key) or len(set(key)) == 1:
        return None
    return key


def contact_key(prop: str, value: str) -> str | None:
    """Fold a phone number, an email address or the address of a website."""
    return identifier_key(value) if prop == "phone" else _AROUND_ADDRESS.sub("", value).lower()


def address_key(value: str) -> str | None:
    """Fold a street address; None for what names no house."""
    return folded_words(value) if len(value) >= SHORTEST_ADDRESS and _DIGIT.search(value) else None


def name_words(prop: str, value: str) -> str | None:
    """Fold a name into its words in alphabetical order; None for an alias of a single word.

    Example:
        >>> name_words("name", "MALEDD, Orsin"), name_words("alias", "Orsin"), name_words("alias", "王伟")
        ('maledd orsin', None, '王伟')
    """
    words = folded_words(value)
    if not words or (prop != "name" and " " not in words and not is_unspaced(words)):
        return None
    return " ".join(sorted(words.split(" ")))


def define_keys(claims: ClaimSet) -> None:
    """Give a claim set the table `keyed`: its claims that can tie records, by `kind` and folded `key`, sorted by these."""
    claims.derive("keyed", _keyed_3)


def _keyed_3(claims: ClaimSet) -> pa.Table:
    """Make the table; a new number in the name of this function makes what is kept on disk of the old recipe void."""
    props = [*IDENTIFIERS, *CONTACTS, *NAME_PROPS, "address"]
    table = claims.table(
        """SELECT source, record_id, entity_id, schema, prop, value, claim_id FROM claims
        WHERE prop IN (SELECT unnest(?::VARCHAR[])) AND schema NOT IN (SELECT unnest(?::VARCHAR[]))""",
        [props, sorted(PARTS)],
    )
    births = _births(claims)
    folded: dict[tuple[str, str], tuple[str, str | None]] = {}
    taken, kinds, keys = [], [], []
    columns = (table.column(name).to_pylist() for name in ("prop", "value", "entity_id"))
    for row, (prop, value, entity_id) in enumerate(zip(*columns, strict=True)):
        known = folded.get((prop, value)) or folded.setdefault((prop, value), _folded(prop, value))
        for key in _full_keys(known, value, births.get(entity_id, ())):
            taken.append(row)
            kinds.append(known[0])
            keys.append(key)
    made = table.take(pa.array(taken, pa.int64()))
    made = made.add_column(0, "kind", pa.array(kinds, pa.string())).add_column(1, "key", pa.array(keys, pa.string()))
    return made.sort_by(_SORTED)


def _births(claims: ClaimSet) -> dict[str, list[str]]:
    births: defaultdict[str, list[str]] = defaultdict(list)
    query = "SELECT DISTINCT entity_id, value FROM claims WHERE prop = 'birthDate' AND length(value) = ? ORDER BY ALL"
    for entity_id, day in claims.rows(query, [_DAY]):
        births[entity_id].append(day)
    return births


def _folded(prop: str, value: str) -> tuple[str, str | None]:
    if prop in IDENTIFIERS:
        return "identifier", identifier_key(value)
    if prop in CONTACTS:
        return "contact", contact_key(prop, value)
    return ("address", address_key(value)) if prop == "address" else ("name", name_words(prop, value))


def _full_keys(folded: tuple[str, str | None], value: str, births: list[str] | tuple[()]) -> Iterator[str]:
    """The key itself; for a name too short to stand alone, the name with each birth date."""
    kind, key = folded
    if key is None:
        return
    if kind == "name" and len(value) < SHORTEST_NAME:
        yield from (f"{key} {day}" for day in births)
    else:
        yield key
