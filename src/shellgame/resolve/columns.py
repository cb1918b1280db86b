"""Which columns of a table say what of a party, by what people call them; and rows of such a table as subjects to search.

A column is known by its FollowTheMoney property (`birthDate`), in any case and with any punctuation, or by one of the usual names
in `columns.yml`. What cannot be used of a row is told with the answer; only a row without a usable name is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from shellgame.errors import WrongUse
from shellgame.match.search import Subject
from shellgame.model.days import asked_day
from shellgame.model.schema import NAME_PROPS
from shellgame.names.countries import country_code
from shellgame.names.folding import MOST_WORDS
from shellgame.names.nearest import did_you_mean
from shellgame.names.yaml import load_yaml
from shellgame.resolve.parties import schema_named

_COUNTRIES = (
    "birthCountry",
    "citizenship",
    "country",
    "flag",
    "jurisdiction",
    "mainCountry",
    "nationality",
    "pastFlags",
)
LONGEST_VALUE = 32768
"""Letters of one value; what is longer is no value but a table whose quotation marks went astray."""
_CALLED = load_yaml(Path(__file__).with_name("columns.yml"))
PROPERTIES = frozenset(_CALLED["properties"])
"""Properties of parties that a column may hold; held against the installed followthemoney by a test."""
DATE_PROPS = frozenset(prop for prop in PROPERTIES if prop.endswith("Date"))
COUNTRY_PROPS = PROPERTIES & {*_COUNTRIES}
CLEANED = DATE_PROPS | COUNTRY_PROPS | {"gender"}
"""Properties whose values are read, and told of where they cannot be."""
_BY_KEY = {key: prop for prop, others in _CALLED["properties"].items() for key in (prop.casefold(), *others)}
_NAME_PARTS = ("firstName", "secondName", "middleName", "fatherName", "lastName")
_WHOLE = frozenset({*NAME_PROPS, *_NAME_PARTS, "address", "birthPlace", "legalForm", "position"}) - {"alias"}
"""Properties whose values may hold a semicolon of their own; in others it parts several values."""
_GENDERS = {"m": "male", "male": "male", "man": "male", "f": "female", "female": "female", "woman": "female"}
_ABSENT = frozenset(
    {
        *("", "n/a", "n.a", "null", "nan", "none", "tba", "tbd", "unknown"),
        *("not applicable", "not available", "not given", "not known", "not provided"),
    }
)
"""What people and programs write where a name is missing, without the signs around it."""
_SIGNS = " #<>-–—_()[].!"
_LONGEST_ABSENT = 20
_PLAIN = (str, int, float, list, tuple, set)
_SHORT = 60
"""Letters that a day or a country has at most, and that are shown of what is none."""


@dataclass(frozen=True)
class Columns:
    """What the columns of one table hold, by position.

    Attributes:
        names: Where names stand: one column, or the parts of a name in their order.
        schema: Where the schema stands, if anywhere.
        reference: Where the row's own id stands, if anywhere.
        properties: Where properties stand.
        unused: Headings of columns that say nothing to us.
    """

    names: tuple[int, ...]
    schema: int | None
    reference: int | None
    properties: tuple[tuple[int, str], ...]
    unused: tuple[str, ...] = field(compare=False)

    def subject(self, row: Sequence[Any]) -> Subject:
        """Make a subject of a row.

        Raises:
            WrongUse: The row cannot be searched; says why in few words, without where it stands.
        """
        if len(self.names) == 1:
            told = texts_of(row[self.names[0]])
            names = tuple(name for name in told if not is_absent(name))
        else:
            told = tuple(text for position in self.names for text in texts_of(row[position]))
            names = (whole,) if (whole := " ".join(text for text in told if not is_absent(text))) else ()
        if not names:
            raise WrongUse(f"no name: {told[0]!r} stands for none" if told else "no name")
        if max(map(len, names)) > LONGEST_VALUE:
            raise WrongUse(f"a name of {max(map(len, names)):,} letters, as when a quotation mark never closes")
        schema = self._one(row, self.schema)
        notes = name_notes(names)
        properties: dict[str, tuple[str, ...]] = {}
        for position, prop in self.properties:
            cell = row[position]
            if cell if isinstance(cell, _PLAIN) else not is_missing(cell):
                found, unused = values(prop, cell)
                notes += unused
                if prop in NAME_PROPS:
                    names += found
                elif found:
                    properties[prop] = properties.get(prop, ()) + found
        return Subject(names, schema and schema_named(schema), properties, self.reference_of(row), notes)

    def reference_of(self, row: Sequence[Any]) -> str:
        """The row's own id; empty where it has none."""
        return self._one(row, self.reference)

    @staticmethod
    def _one(row: Sequence[Any], position: int | None) -> str:
        texts = () if position is None else texts_of(row[position])
        return texts[0] if texts else ""


def name_notes(names: Iterable[str]) -> tuple[str, ...]:
    """What of some names cannot be looked for and why, in sentences: an answer without hits would say nothing of them.

    Example:
        >>> name_notes(["Orsin Maledd", "???", "N/A"])
        ("name '???' has no letter and no digit, so nothing is found by it", "name 'N/A' reads as if there were none")
    """
    return tuple(note for name in names if (note := _name_note(name)))


def is_absent(name: str) -> bool:
    """Whether what stands for a name, or for another value, says that there is none.

    Example:
        >>> [is_absent(name) for name in ("N/A", "n.a.", "<NULL>", "-", "Null Petrov", "Na")]
        [True, True, True, True, False, False]
    """
    return len(name) <= _LONGEST_ABSENT and name.casefold().strip(_SIGNS) in _ABSENT


def _name_note(name: str) -> str:
    if any(map(str.isalnum, name)) and is_absent(name):
        return f"name {name!r} reads as if there were none"
    if not any(map(str.isalnum, name)):
        return f"name {name[:_SHORT]!r} has no letter and no digit, so nothing is found by it"
    if len(name) > 2 * MOST_WORDS and (words := len(name.split())) > MOST_WORDS:
        return f"of a name of {words:,} words only the first {MOST_WORDS} are read"
    return ""


def columns_of(header: Sequence[str], name_column: str | None = None) -> Columns:
    """Find out what columns hold.

    Args:
        header: Their names.
        name_column: The one that holds the names, where it is not called so.

    Raises:
        WrongUse: There are no names, or two columns could be meant; says what to do.

    Example:
        >>> columns_of(["Customer ID", "Full Name", "DOB", "Colour"])
        Columns(names=(1,), schema=None, reference=0, properties=((2, 'birthDate'),), unused=('Colour',))
    """
    keys = [_key(name) for name in header]
    names = _names(header, keys, name_column)
    schema = _first(keys, _CALLED["schemata"])
    reference = _first(keys, _CALLED["references"])
    taken = {schema, reference, *(names if len(names) == 1 else ())}
    properties = tuple(
        (position, _BY_KEY[key]) for position, key in enumerate(keys) if position not in taken and key in _BY_KEY
    )
    used = {*taken, *names, *(position for position, _ in properties)}
    unused = tuple(name for position, name in enumerate(header) if position not in used)
    return Columns(names, schema, reference, properties, unused)


def has_names(header: Sequence[str], name_column: str | None = None) -> bool:
    """Whether columns of these names would tell where names stand."""
    keys = [_key(name) for name in header]
    if name_column is not None:
        return _key(name_column) in keys
    return any(key in _CALLED["names"] for key in keys) or {"firstName", "lastName"} <= {
        _BY_KEY.get(key) for key in keys
    }


def _names(header: Sequence[str], keys: list[str], name_column: str | None) -> tuple[int, ...]:
    told = ", ".join(name[:_SHORT] for name in header) or "none"
    if name_column is not None:
        found = [position for position, name in enumerate(header) if name == name_column] or [
            position for position, key in enumerate(keys) if key == _key(name_column)
        ]
        if not found:
            raise WrongUse(f"no column {name_column!r}; {did_you_mean(name_column, header)}")
    else:
        found = [position for position, key in enumerate(keys) if key == "name"] or [
            position for position, key in enumerate(keys) if key in _CALLED["names"]
        ]
    if len(found) > 1:
        several = ", ".join(header[position] for position in found)
        raise WrongUse(f"columns {told}: names could stand in {several}; call only the right one `name`")
    if found:
        return tuple(found)
    parts = {
        prop: position for position, key in reversed([*enumerate(keys)]) if (prop := _BY_KEY.get(key)) in _NAME_PARTS
    }
    if "firstName" in parts and "lastName" in parts:
        return tuple(parts[prop] for prop in _NAME_PARTS if prop in parts)
    raise WrongUse(f"columns {told}; name the column that holds the names `name`")


def _first(keys: list[str], known: list[str]) -> int | None:
    """The column that goes by the first of some names that any column goes by."""
    return next((keys.index(name) for name in known if name in keys), None)


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def texts_of(cell: Any) -> tuple[str, ...]:
    r"""The texts of a cell, of whatever kind it is, with single spaces between words; none for an empty one.

    A list is taken, what lists it holds are not: they could be so deep that they never end. Nor is a number too long to be printed.

    Example:
        >>> texts_of(" Orsin\nMaledd "), texts_of(["a", None, "b"]), texts_of(12.0), texts_of(float("nan"))
        (('Orsin Maledd',), ('a', 'b'), ('12',), ())
    """
    if isinstance(cell, str):
        text = " ".join(cell.split())
        return (text,) if text else ()
    if isinstance(cell, (list, tuple, set)):
        return tuple(text for each in cell if not isinstance(each, (list, tuple, set)) for text in texts_of(each))
    if is_missing(cell) or isinstance(cell, Mapping):  # an object is no text, whatever it would print as
        return ()
    if isinstance(cell, (bytes, bytearray)):  # a column that lost its type: text where it can be read as such
        return texts_of(_decoded(cell))
    if getattr(cell, "ndim", 0):  # an array
        return texts_of(cell.tolist())
    if isinstance(cell, (datetime, date)):
        return (cell.isoformat()[:10],)
    if isinstance(
        cell, float
    ):  # a column of whole numbers becomes one of these where some are missing, which are no number
        return () if cell != cell else (str(int(cell)) if cell.is_integer() else str(cell),)
    try:
        return (str(cell),)
    except ValueError:
        return ()


def _decoded(cell: bytes | bytearray) -> str | None:
    try:
        return cell.decode()
    except UnicodeDecodeError:
        return None


def is_missing(cell: Any) -> bool:
    """Whether a cell is what a data frame writes where there is nothing: None, NaN, NaT, or NA, which is neither true nor false."""
    if cell is None or isinstance(cell, _PLAIN):
        return cell is None or cell != cell
    if getattr(cell, "ndim", 0):
        return False
    try:
        bool(cell)
        return bool(cell != cell)
    except (TypeError, ValueError):
        return True


def values(prop: str, cell: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The values of a property that a cell holds, as FollowTheMoney writes them, and what of it cannot be used and why.

    Args:
        prop: The property.
        cell: Text, a date, a number or a list of such; several values of a text are parted by semicolons.

    Example:
        >>> values("birthDate", "6 Jun 1961"), values("country", "Belarus; Nowhere")
        ((('1961-06-06',), ()), (('by',), ("country 'Nowhere' is no country that is known",)))
    """
    if prop in CLEANED and isinstance(cell, str) and len(cell) <= _SHORT:
        return _cleaned(prop, cell)
    texts = texts_of(cell)
    if not texts and not is_missing(cell) and isinstance(cell, (Mapping, bytes)):
        return (), (f"{prop} holds no text",)
    if prop not in _WHOLE and any(";" in text for text in texts):
        texts = tuple(part for text in texts for each in text.split(";") if (part := each.strip()))
    texts = tuple(text for text in texts if not is_absent(text))
    if prop in CLEANED:
        each_read = [_read(prop, text) for text in texts]
        return tuple(value for value, _ in each_read if value), tuple(told for value, told in each_read if not value)
    kept = tuple(text for text in texts if len(text) <= LONGEST_VALUE)
    return kept, (f"{prop} is too long to be one",) if len(kept) < len(texts) else ()


@lru_cache(maxsize=65536)
def _cleaned(prop: str, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return values(prop, [text])


def _read(prop: str, text: str) -> tuple[str | None, str]:
    """The value that a text means, or what is wrong with it."""
    if prop == "gender":
        return _GENDERS.get(text.casefold(), text), ""
    if prop in DATE_PROPS:
        return asked_day(text), f"{prop} {text[:_SHORT]!r} is no date that can be read; write 1961-06-28"
    code = country_code(text) if len(text) <= _SHORT else None
    return code, f"{prop} {text[:_SHORT]!r} is no country that is known"
