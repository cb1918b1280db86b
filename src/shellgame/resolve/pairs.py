"""Records into edges: who might be one, how likely, and what it rests on.

A probability is what `match` says of the two records alone, corrected by what only the lists tell: two entries of one list under
one programme are hardly ever one party, however alike they look, and a reference that two lists print to one entry of a third says
that they are. Then groups that hang together are completed, so that what is known within a group is known of every two of it, and
where several lists print the same two parties, these are paired off between the lists (`two_by_two`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
import orjson
from numpy.typing import NDArray

from shellgame.kernels.merging import connected
from shellgame.match.dates import Birth, Day, birth_grade, day_of
from shellgame.match.evidence import Weights
from shellgame.match.identifiers import CERTAIN, FOR_LIFE, REGISTERED
from shellgame.match.records import analyse_record, telling_apart
from shellgame.model.schema import is_a
from shellgame.resolve.blocking import Block, Candidates, Limits, Met, all_of, candidates, pairs_of, pairs_within
from shellgame.resolve.comparable import REFERENCE, Comparable, Properties
from shellgame.resolve.comparisons import Comparisons, Progress, compared, pair_keys
from shellgame.resolve.edges import Edges, Rest, Rules, edges_of
from shellgame.resolve.name_keys import NameKeys
from shellgame.resolve.two_by_two import paired_off
from shellgame.sources.catalog import kind_of

RECIPE = "5"
"""Raise it when the same probabilities give other edges than before."""


@dataclass(frozen=True)
class Lists:
    """What the lists themselves say about two of their entries, in natural log odds; see `bench/resolution/one_list.py`.

    Attributes:
        same_programme: Two entries of one source that stand under a programme both, or two companies of one register.
        other_programme: Two records of one source that share no programme: some sources are several lists, or name parties in
            remarks.
        reference: Both are said to be one entry of a third list.
        other_reference: They are said to be two entries of a third list.
        never: Two entries of one source and programme that are less likely one than this, as a probability, are kept apart whatever
            other records say: brothers and sister companies are all alike to one another. So are two records whose numbers or
            days of birth tell them apart: a third that tells nothing but their name would join them.
    """

    same_programme: float = -5.5
    other_programme: float = -2.0
    reference: float = 7.0
    other_reference: float = -5.5
    never: float = 0.2


@dataclass(frozen=True)
class Weighed:
    """Edges of all records, and how they came about.

    Attributes:
        edges: Every pair that was compared.
        comparisons: What these rest on.
        taken: How many pairs had been compared before.
        compared: How many were compared now.
    """

    edges: Edges
    comparisons: Comparisons
    taken: int
    compared: int


BORN_APART = 0.003
"""How likely two records with like names are one whose years of birth lie apart: of 125,000 such pairs of real lists `match` says
0.0028 on average. They need not be compared, only be known as what they are."""
NO_QUESTION = 0.02
"""Two records that are less likely one than this are no question and no entity."""
MOST_COMPLETED = 40
"""A group of more records than these hangs together by mistakes; in it only records with a neighbour in common are compared."""
_MOST_NEIGHBOURS = 60
_SUREST = 1e-9
"""A probability of 0 or 1 counts as that much short of it, so that lists can still move it."""


def weighed(
    records: Comparable,
    before: Comparisons | None = None,
    *,
    rules: Rules | None = None,
    lists: Lists | None = None,
    names: NameKeys | None = None,
    limits: Limits | None = None,
    weights: Weights | None = None,
    progress: Progress | None = None,
) -> Weighed:
    """Find and weigh all pairs worth comparing.

    Args:
        records: All records.
        before: What was compared before, by the same matcher.
        rules: `Rules.threshold` tells which pairs hang together, `Rules.hub` which values lead to nobody.
        lists: What the lists themselves say.
        names: What is known of names already.
        limits: See `blocking.candidates`.
        weights: Other weights of evidence than the fitted ones.
        progress: Told how far it is.
    """
    rules, lists = rules or Rules(), lists or Lists()
    found, apart = candidates(records, limits, hub=rules.hub, names=names)
    entries = _Entries(records, lists, rules)
    looked_up = _LookUp(records, before or Comparisons(), entries.refers, weights, progress)
    chance = entries.corrected(found, looked_up(found))
    more = _completing(len(records), all_of(found, apart), np.flatnonzero(chance > rules.threshold))
    more_chance = entries.corrected(more, looked_up(more))
    apart_chance = entries.corrected(apart, np.full(len(apart.left), BORN_APART))
    every = all_of(found, more, apart)
    probability, never = entries.paired_off(every, np.concatenate([chance, more_chance, apart_chance]))
    identified = ((every.met & np.uint8(Met.NUMBER | Met.REFERENCE)) > 0) & (probability > rules.threshold)
    rest = np.where(identified, Rest.IDENTIFIER, Rest.NAMES)
    shared_by = np.where(identified, every.shared_by, 2)
    edges = edges_of(len(records), every.left, every.right, probability, rest, shared_by, never)
    return Weighed(edges, looked_up.known, looked_up.taken, looked_up.compared)


class _LookUp:
    """Probabilities of pairs: those that are known, and the others compared.

    One that is `NO_QUESTION` by its names need not be told exactly, but for two records that refer to a third list: what they share
    there may lift it. That depends on what the two tell alone, since it is kept by that.
    """

    def __init__(
        self,
        records: Comparable,
        before: Comparisons,
        refers: NDArray[np.bool_],
        weights: Weights | None,
        progress: Progress | None,
    ) -> None:
        self.known, self.taken, self.compared = before, 0, 0
        self._records, self._refers, self._weights, self._progress = records, refers, weights, progress

    def __call__(self, pairs: Candidates) -> NDArray[np.float64]:
        keys = pair_keys(self._records, pairs.left, pairs.right)
        chance = self.known.of(keys)
        new = np.flatnonzero(np.isnan(chance))
        if len(new):
            left, right = pairs.left[new], pairs.right[new]
            chance[new] = compared(
                self._records,
                left,
                right,
                least=np.where(self._refers[left] & self._refers[right], 0.0, NO_QUESTION),
                weights=self._weights,
                progress=self._progress,
            )
            self.known = self.known.with_more(keys[new], chance[new])
        self.taken += len(chance) - len(new)
        self.compared += len(new)
        return chance


class _Entries:
    """Records as entries of lists.

    Attributes:
        refers: Which of them are said to be an entry of a third list.
    """

    def __init__(self, records: Comparable, lists: Lists, rules: Rules) -> None:
        self._lists, self._rules = lists, rules
        self._sources = _Sets(len(records), enumerate(records.sources))
        self._programmes = _Sets(len(records), enumerate(records.programmes))
        self._companies = _companies_of_registers(records)
        self._numbers = _Registered(records)
        self._births = _Births(records)
        self.refers = np.array(
            [REFERENCE.encode() in told and REFERENCE in orjson.loads(told) for told in records.told], np.bool_
        )

    def corrected(self, pairs: Candidates, chance: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probabilities that the lists' own structure was taken into."""
        same_source = self._sources.meet(pairs.left, pairs.right)
        same_programme = self._of_one_programme(pairs, same_source)
        referred = (pairs.met & np.uint8(Met.REFERENCE)) > 0
        both_refer = self.refers[pairs.left] & self.refers[pairs.right]
        shift = np.where(
            same_programme, self._lists.same_programme, np.where(same_source, self._lists.other_programme, 0.0)
        )
        shift += np.where(referred, self._lists.reference, np.where(both_refer, self._lists.other_reference, 0.0))
        kept = np.clip(chance, _SUREST, 1 - _SUREST)
        odds = np.log(kept / (1 - kept)) + shift
        moved: NDArray[np.float64] = np.where((shift == 0) | (chance == 0), chance, 1 / (1 + np.exp(-odds)))
        return moved

    def _of_one_programme(self, pairs: Candidates, same_source: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Whether two records are two entries of one list, or two companies of one register."""
        same = same_source & self._companies[pairs.left] & self._companies[pairs.right]
        same[same_source] |= self._programmes.meet(pairs.left[same_source], pairs.right[same_source])
        return same

    def paired_off(
        self, pairs: Candidates, chance: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Probabilities into which it was taken that several lists print the same two parties; and which pairs are kept apart."""
        contrary = self._of_one_programme(pairs, self._sources.meet(pairs.left, pairs.right))
        contrary |= self._numbers.contradict(pairs.left, pairs.right)
        unlike = np.flatnonzero((chance < self._lists.never) & self._hang_together(pairs, chance))
        contrary[unlike] |= self._births.contradict(pairs.left[unlike], pairs.right[unlike])
        apart = contrary & (chance < self._lists.never)
        others = np.where(apart, 0.0, chance)  # these are two anyhow, and tell nothing of other lists' entries
        moved = paired_off(
            pairs.left,
            pairs.right,
            others,
            self._sources.codes,
            self._places,
            shift=self._lists.same_programme,
            surest=1 - _SUREST,
        )
        probability: NDArray[np.float64] = np.where(apart, chance, moved)
        return probability, contrary & (probability < self._lists.never)

    def _hang_together(self, pairs: Candidates, chance: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Whether the two records of each pair could be joined by way of others, whatever is known of themselves."""
        strong = chance > self._rules.threshold
        root = np.arange(len(self.refers), dtype=np.int32)
        connected(root, pairs.left[strong], pairs.right[strong])
        together: NDArray[np.bool_] = root[pairs.left] == root[pairs.right]
        return together

    @cached_property
    def _places(self) -> NDArray[np.int64]:
        """Where each record stands: a number for the same lists and the same programmes; -1 where it stands under none."""
        stands = (self._sources.codes + 1) * (self._programmes.codes.max(initial=0) + 2) + self._programmes.codes
        return np.where(self._programmes.filled & self._sources.filled, stands, -1)


def _companies_of_registers(records: Comparable) -> NDArray[np.bool_]:
    """Which records are those of companies in a register or a set of the user's own: it tells each once, and many bear one name.

    People are told anew for each company that they have to do with.
    """
    registers = {source for source in {*chain.from_iterable(records.sources)} if kind_of(source) != "list"}
    told = zip(records.schemata, records.sources, strict=True)
    return np.array([is_a(schema, "Organization") and not registers.isdisjoint(its) for schema, its in told], np.bool_)


class _Sets:
    """A small set for each record; many records have the same one, or none."""

    def __init__(self, records: int, held: Iterable[tuple[int, tuple[str, ...]]]) -> None:
        numbers: dict[tuple[str, ...], int] = {(): 0}
        self.codes = np.zeros(records, np.int64)
        for record, each in held:
            self.codes[record] = numbers.setdefault(each, len(numbers))
        self.filled = self.codes > 0
        self._sets = [frozenset(each) for each in numbers]

    def meet(self, left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Whether the sets of the two records of each pair have anything in common."""
        codes, place = np.unique(self.codes[left] * len(self._sets) + self.codes[right], return_inverse=True)
        ends = zip(*(each.tolist() for each in np.divmod(codes, max(len(self._sets), 1))), strict=True)
        return np.array([bool(self._sets[one] & self._sets[other]) for one, other in ends], np.bool_)[place]


class _Registered:
    """What numbers tell of each record that cannot be another for one party, by the scheme that issues them."""

    def __init__(self, records: Comparable) -> None:
        held: defaultdict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
        read: dict[bytes, dict[str, tuple[str, ...]]] = {}  # lists copy one another
        for number, told in enumerate(records.told):
            if _MAY_REGISTER.search(told):
                printed = {prop: values for prop, values in orjson.loads(told).items() if prop in CERTAIN}
                if (key := orjson.dumps(printed)) not in read:
                    read[key] = {scheme: tuple(sorted(keys)) for scheme, keys in _told_apart(printed).items()}
                for scheme, its in read[key].items():
                    held[scheme].append((number, its))
        self._schemes = [_Sets(len(records), held[scheme]) for scheme in sorted(held)]

    def contradict(self, left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Whether the numbers of two records tell them apart, see `match.records.telling_apart`."""
        found = np.zeros(len(left), np.bool_)
        for scheme in self._schemes:
            both = np.flatnonzero(scheme.filled[left] & scheme.filled[right])
            found[both] |= ~scheme.meet(left[both], right[both])
        return found


def _told_apart(properties: Properties) -> dict[str, frozenset[str]]:
    return telling_apart(analyse_record({"properties": properties}))


_MAY_REGISTER = re.compile(b"|".join(f'"{prop}":'.encode() for prop in sorted(CERTAIN)))


class _Births:
    """The days of birth of records, of each when it is asked for."""

    def __init__(self, records: Comparable) -> None:
        self._records = records
        self._known: dict[int, set[Day]] = {}

    def _days(self, record: int) -> set[Day]:
        if record not in self._known:
            told = orjson.loads(self._records.told[record]).get("birthDate", ())
            self._known[record] = {day for value in told if (day := day_of(value))}
        return self._known[record]

    def contradict(self, left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Whether two records tell days of birth of which no two could be of one person, even with a slip of the pen."""
        ends = zip(left.tolist(), right.tolist(), strict=True)
        return np.array([self._clearly_apart(self._days(one), self._days(other)) for one, other in ends], np.bool_)

    @staticmethod
    def _clearly_apart(lefts: set[Day], rights: set[Day]) -> bool:
        """Days clearly apart are both told in full, or years further apart than lists are wrong about them."""
        grades = [birth_grade(left, right) for left in lefts for right in rights]
        return bool(grades) and all(
            grade >= Birth.APART and years > (_NEAR_DAYS if grade is Birth.DAYS_APART else _NEAR_YEARS)
            for grade, years in grades
        )


_NEAR_DAYS, _NEAR_YEARS = 2, 5
"""Years between two births that may still be one, where both tell the day, and where one tells the year alone."""


def why_apart(records: Comparable, left: int, right: int) -> str:
    """What of two records themselves keeps them apart, in words; empty where nothing does."""
    sources, programmes = (
        ", ".join(sorted({*sets[left]} & {*sets[right]})) for sets in (records.sources, records.programmes)
    )
    reasons = [f"both are entries of {sources} under {programmes}"] if sources and programmes else []
    if sources and not programmes and _companies_of_registers(records)[[left, right]].all():
        reasons = [f"both are companies of {sources}, which tells each once"]
    one, other = (orjson.loads(records.told[each]) for each in (left, right))
    mine, theirs = (
        _told_apart({prop: values for prop, values in told.items() if prop in CERTAIN}) for told in (one, other)
    )
    for scheme in sorted(mine.keys() & theirs.keys()):
        if mine[scheme].isdisjoint(theirs[scheme]):
            called = f"{FOR_LIFE[scheme]} numbers" if scheme in FOR_LIFE else f"regions of {REGISTERED[scheme]}"
            reasons.append(f"their {called} differ ({_listed(mine[scheme])} / {_listed(theirs[scheme])})")
    if _Births(records).contradict(np.array([left], np.int32), np.array([right], np.int32))[0]:
        born = (_listed(told["birthDate"]) for told in (one, other))
        reasons.append(f"they were born too far apart ({' / '.join(born)})")
    return "; ".join(reasons)


def _listed(values: Iterable[str]) -> str:
    return ", ".join(sorted(values))


def _completing(records: int, known: Candidates, strong: NDArray[np.int64]) -> Candidates:
    """The pairs of records that hang together by strong pairs and are not known themselves; also of kinds that are never one."""
    left, right = known.left[strong], known.right[strong]
    root = np.arange(records, dtype=np.int32)
    connected(root, left, right)
    _, place, sizes = np.unique(root, return_inverse=True, return_counts=True)
    chosen = np.flatnonzero((sizes > 2) & (sizes <= MOST_COMPLETED))
    members = np.argsort(place, kind="stable")
    starts = np.cumsum(sizes) - sizes
    code = [_neighbours(left, right, sizes[place] > MOST_COMPLETED, records)]
    for size in np.unique(sizes[chosen]).tolist():
        its = members[starts[chosen[sizes[chosen] == size]][:, None] + np.arange(size)]
        one, other = np.triu_indices(size, 1)
        code.append((its[:, one] * records + its[:, other]).reshape(-1))
    new = np.setdiff1d(np.concatenate(code), known.left.astype(np.int64) * records + known.right)
    return pairs_of(*np.divmod(new, max(records, 1)))


def _neighbours(
    left: NDArray[np.int32], right: NDArray[np.int32], chosen: NDArray[np.bool_], records: int
) -> NDArray[np.int64]:
    """Every two records that a third of a chosen group is strongly paired with, as one number each."""
    its = chosen[left]
    near, far = np.append(left[its], right[its]), np.append(right[its], left[its])
    one, other, _ = pairs_within(Block(near.astype(np.uint64), far), _MOST_NEIGHBOURS)
    code: NDArray[np.int64] = one.astype(np.int64) * records + other
    return code
