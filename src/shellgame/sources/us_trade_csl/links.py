"""Names that one party's entry gives of another: to a party of the list where exactly one bears the name, else to a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from shellgame.sources.claims import Claims, Entity


def name_key(printed: str) -> str:
    """What two printings of one name share: letter case, spacing and a final full stop do not count.

    Example:
        >>> name_key("Turnip Trading  S.A.") == name_key("TURNIP TRADING S.A")
        True
    """
    return " ".join(printed.split()).rstrip(".").casefold()


class Names:
    """Who bears which name, as main name or as another one, and which agencies list whom."""

    def __init__(self) -> None:
        self._main: dict[str, set[str]] = defaultdict(set)
        self._other: dict[str, set[str]] = defaultdict(set)
        self._agencies: dict[str, set[str]] = defaultdict(set)

    def add(self, record_id: str, agency: str, main: str, others: Iterable[str]) -> None:
        """Take up what one row calls its party."""
        self._agencies[record_id].add(agency)
        self._main[name_key(main)].add(record_id)
        for name in others:
            self._other[name_key(name)].add(record_id)

    def bearer(self, name: str, record_id: str) -> str:
        """The one party that an entry of `record_id` means by a name; empty where none bears it, or several do.

        A main name counts before another name, and a party that the same agency lists before the others: an agency cites
        its own list by its main names.

        Example:
            >>> names = Names()
            >>> names.add("a", "Treasury", "TURNIP", [])
            >>> names.add("b", "Treasury", "BEETROOT", ["TURNIP CO"])
            >>> names.add("c", "BIS", "BEETROOT", ["TURNIP"])
            >>> names.bearer("Turnip", "b"), names.bearer("Beetroot", "a"), names.bearer("Radish", "a")
            ('a', 'b', '')
        """
        key = name_key(name)
        for bearers in (self._main.get(key, set()), self._other.get(key, set())):
            others = bearers - {record_id}
            near = {other for other in others if self._agencies[other] & self._agencies[record_id]}
            if found := near or others:
                return next(iter(found)) if len(found) == 1 else ""
        return ""


class Linker:
    """Makes links between the parties of one publication."""

    def __init__(self, claims: Claims, names: Names) -> None:
        self._claims = claims
        self._names = names

    def link(
        self, record: Entity, schema: str, name: str, role: str, quote: str, field: str, *, outward: bool = True
    ) -> None:
        """Link a record with the party of that name; which party of the list it is, is inferred from the name."""
        bearer = self._names.bearer(name, record.id)
        target = bearer or self._claims.named(name, record, quote=quote)
        stance = "infers" if bearer else "asserts"
        record.link(schema, target, role=role, quote=quote, field=field, outward=outward, stance=stance)
