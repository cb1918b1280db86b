"""Which token of one name met which of the other, and what that tells: numbers that a score is made of.

Names are rows of token numbers. Everything known of a token stands in `Tokens`, made once.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from shellgame.kernels.likeness import likeness, likeness_from
from shellgame.kernels.likeness import scratch as _plain_room
from shellgame.kernels.spelling import edits
from shellgame.names.sounds import LATIN_SOUNDS, LONGEST
from shellgame.names.sounds import Tables as Costs

_room = njit(nogil=True)(_plain_room)
MOST_TOKENS = 20
"""Tokens of a name beyond these are not looked at."""
FLOOR = np.float32(0.2)
"""Likeness of which less is as good as none."""
MET = 0.5
"""Two words less alike than this are different words."""
_INITIAL = 0.7
_SAME_GROUP = 0.93
_SPELT = 0.8
"""Words that sound less alike than this are also held against one another letter by letter."""
_SLIP_OF_THE_PEN = 0.9
"""What likeness of letters counts, held against likeness of sounds."""
_OTHER_SIGNS = 0.75
"""Chinese or Korean words that sound the same and are written otherwise are other words, or the same in other signs."""
_JOINED = 0.84
WORD, INITIAL, NUMBER, FORM, GENERIC, PARTICLE, PLACE = range(7)
HAN = 3
"""As in `names.token.Kind` and `Origin`."""
VOWELS = np.uint64(
    sum(
        1 << code
        for code, sound in enumerate(LATIN_SOUNDS)
        if sound in ["a", "e", "i", "o", "u", "y", "w", "h", "ou", "oo", "ee", "eo", "eu"]
    )
)
"""The bits of sounds that come and go between spellings."""
HOW_WORD, HOW_INITIAL, HOW_SHORTENED, HOW_GROUP, HOW_JOINED = range(5)

FEATURES = (
    "least_covered",
    "most_covered",
    "met_bits",
    "replaced_bits",
    "left_over_bits",
    "left_over_words",
    "replaced_words",
    "worst_likeness",
    "mean_likeness",
    "slips",
    "slips_in_short",
    "numbers",
    "forms",
    "order",
    "words_fewer",
    "words_more",
    "initials",
    "replaced_likeness",
    "leading_met",
    "trailing_met",
    "organization",
    "whole_likeness",
    "places",
    "across_scripts",
    "shortened",
    "grouped",
    "joined",
    "generic_left_over",
    "telling_bits",
    "initials_differ",
    "letters_met",
    "same_consonants",
    "other_consonants",
    "edits",
    "edits_share",
)
"""What each column of a feature row is, in order; see `_features`."""
COLUMN = {name: number for number, name in enumerate(FEATURES)}
(
    LEAST_COVERED,
    MOST_COVERED,
    MET_BITS,
    REPLACED_BITS,
    LEFT_OVER_BITS,
    LEFT_OVER_WORDS,
    REPLACED_WORDS,
    WORST_LIKENESS,
    MEAN_LIKENESS,
    SLIPS,
    SLIPS_IN_SHORT,
    NUMBERS,
    FORMS,
    ORDER,
    WORDS_FEWER,
    WORDS_MORE,
    INITIALS,
    REPLACED_LIKENESS,
    LEADING_MET,
    TRAILING_MET,
    ORGANIZATION,
    WHOLE_LIKENESS,
    PLACES,
    ACROSS_SCRIPTS,
    SHORTENED,
    GROUPED,
    JOINED,
    GENERIC_LEFT_OVER,
    TELLING_BITS,
    INITIALS_DIFFER,
    LETTERS_MET,
    SAME_CONSONANTS,
    OTHER_CONSONANTS,
    EDITS,
    EDITS_SHARE,
) = range(35)


class Tokens(NamedTuple):
    """A vocabulary as arrays, one row a token.

    Attributes:
        starts: Where the sounds of each token begin; one more than there are tokens.
        sounds: Sounds of all tokens, one after another.
        letter_starts: Where the Latin letters of each token begin.
        latin: Latin letters of all tokens.
        text: Hash of the Latin text.
        printed: Hash of the Chinese or Korean text; 0 where there is none.
        kind: `names.token.Kind`.
        origin: `names.token.Origin`.
        group: Number of its group of equivalent words; 0 is none.
        first: First letter of its Latin text.
        letters: Which sounds occur in it, one bit each.
        bits: How telling it is: minus the binary logarithm of the share of names that hold it.
    """

    starts: NDArray[np.int64]
    sounds: NDArray[np.uint8]
    letter_starts: NDArray[np.int64]
    latin: NDArray[np.uint8]
    text: NDArray[np.uint64]
    printed: NDArray[np.uint64]
    kind: NDArray[np.uint8]
    origin: NDArray[np.uint8]
    group: NDArray[np.int32]
    first: NDArray[np.uint8]
    letters: NDArray[np.uint64]
    bits: NDArray[np.float32]


class Scratch(NamedTuple):
    """Working memory of one comparison, so that nothing is set aside in the inner loop."""

    likeness: NDArray[np.float32]
    how: NDArray[np.uint8]
    met: NDArray[np.int8]
    met_by: NDArray[np.int8]
    joined: NDArray[np.uint8]
    order: NDArray[np.int8]
    room: NDArray[np.float32]
    rows: NDArray[np.int16]


@njit(cache=True, nogil=True)
def scratch() -> Scratch:
    """Set working memory aside."""
    return Scratch(
        np.zeros((MOST_TOKENS, MOST_TOKENS), np.float32),
        np.zeros((MOST_TOKENS, MOST_TOKENS), np.uint8),
        np.zeros(MOST_TOKENS, np.int8),
        np.zeros(MOST_TOKENS, np.int8),
        np.zeros(80, np.uint8),
        np.zeros(MOST_TOKENS, np.int8),
        _room(),
        np.zeros((3, 32), np.int16),
    )


@njit(cache=True, nogil=True)
def pair_likeness(
    a: int, left: Tokens, b: int, right: Tokens, costs: Costs, work: Scratch, floor: float
) -> tuple[float, int]:
    """How alike two tokens are (0 to 1; 0 below the floor), and in what way."""
    kind_a, kind_b = left.kind[a], right.kind[b]
    if kind_a == NUMBER or kind_b == NUMBER or kind_a == FORM or kind_b == FORM:
        same = kind_a == kind_b and (
            left.text[a] == right.text[b] or (left.group[a] != 0 and left.group[a] == right.group[b])
        )
        return (1.0 if same else 0.0), HOW_WORD
    most, first_a, first_b = 0.995, left.starts[a], right.starts[b]
    if kind_a == INITIAL or kind_b == INITIAL:
        silent = first_a == left.starts[a + 1] or first_b == right.starts[b + 1] or not _same_sounds(a, left, b, right)
        if left.first[a] != right.first[b] and (silent or left.sounds[first_a] != right.sounds[first_b]):
            return 0.0, HOW_INITIAL
        return (1.0, HOW_WORD) if kind_a == kind_b else (_INITIAL, HOW_INITIAL)
    if left.origin[a] == right.origin[b]:
        if left.printed[a] != right.printed[b]:
            most = _OTHER_SIGNS
        elif left.text[a] == right.text[b]:
            return 1.0, HOW_WORD
    alike = likeness_from(
        left.sounds[first_a : left.starts[a + 1]],
        left.origin[a],
        right.sounds[first_b : right.starts[b + 1]],
        right.origin[b],
        costs,
        work.room,
        floor,
    )
    if alike < _SPELT and left.origin[a] == right.origin[b] and left.printed[a] == 0:
        alike = max(alike, _spelt_alike(a, left, b, right, work))
    alike = min(alike, most)
    if left.group[a] != 0 and left.group[a] == right.group[b] and alike < _SAME_GROUP:
        return _SAME_GROUP, HOW_GROUP
    return alike, HOW_WORD


@njit(cache=True, nogil=True)
def token_edits(a: int, left: Tokens, b: int, right: Tokens, work: Scratch) -> int:
    """Slips of the pen between two tokens; none where the scripts differ, which have no letters in common."""
    if left.origin[a] != right.origin[b] or left.printed[a] != 0:
        return 0
    return edits(
        left.latin[left.letter_starts[a] : left.letter_starts[a + 1]],
        right.latin[right.letter_starts[b] : right.letter_starts[b + 1]],
        work.rows,
    )


@njit(cache=True, nogil=True)
def _spelt_alike(a: int, left: Tokens, b: int, right: Tokens, work: Scratch) -> float:
    """Likeness of letters: 0 where more than two slips or a third of the letters lie between them."""
    length_a = left.letter_starts[a + 1] - left.letter_starts[a]
    length_b = right.letter_starts[b + 1] - right.letter_starts[b]
    longer = max(length_a, length_b)
    if abs(length_a - length_b) > 2 or min(length_a, length_b) < 3 or bit_count(left.letters[a] ^ right.letters[b]) > 6:
        return 0.0
    slips = token_edits(a, left, b, right, work)
    return _SLIP_OF_THE_PEN * (1.0 - slips / longer) if slips <= 2 and 3 * slips <= longer else 0.0


@njit(cache=True, nogil=True)
def bit_count(mask: int) -> int:
    """How many bits are set."""
    mask = np.uint64(mask)
    mask = mask - ((mask >> np.uint64(1)) & np.uint64(0x5555555555555555))
    mask = (mask & np.uint64(0x3333333333333333)) + ((mask >> np.uint64(2)) & np.uint64(0x3333333333333333))
    mask = (mask + (mask >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((mask * np.uint64(0x0101010101010101)) >> np.uint64(56))


@njit(cache=True, nogil=True)
def shortened_likeness(a: int, left: Tokens, b: int, right: Tokens) -> float:
    """How much it tells that one token is the beginning of the other: 0 if it is not, more the longer the beginning."""
    begin_a, begin_b = left.starts[a], right.starts[b]
    shorter = min(left.starts[a + 1] - begin_a, right.starts[b + 1] - begin_b)
    if shorter < 2 or not _same_sounds(a, left, b, right):
        return 0.0
    for place in range(shorter):
        if left.sounds[begin_a + place] != right.sounds[begin_b + place]:
            return 0.0
    return 0.6 if shorter == 2 else (0.74 if shorter == 3 else 0.85)


@njit(cache=True, nogil=True)
def _joined_likeness(a: int, next_a: int, left: Tokens, b: int, right: Tokens, costs: Costs, work: Scratch) -> float:
    """How alike two neighbouring tokens, written together, are to one of the other name."""
    if left.origin[a] != left.origin[next_a]:
        return 0.0
    length_a = left.starts[a + 1] - left.starts[a]
    length = length_a + left.starts[next_a + 1] - left.starts[next_a]
    if abs(length - (right.starts[b + 1] - right.starts[b])) > 2 or length > LONGEST:
        return 0.0
    joined = work.joined
    joined[:length_a] = left.sounds[left.starts[a] : left.starts[a + 1]]
    joined[length_a:length] = left.sounds[left.starts[next_a] : left.starts[next_a + 1]]
    return likeness(
        joined[:length],
        left.origin[a],
        right.sounds[right.starts[b] : right.starts[b + 1]],
        right.origin[b],
        costs,
        work.room,
    )


@njit(cache=True, nogil=True)
def _length(tokens: Tokens, token: int) -> float:
    return float(tokens.starts[token + 1] - tokens.starts[token])


@njit(cache=True, nogil=True)
def _same_consonants(a: int, left: Tokens, b: int, right: Tokens) -> bool:
    """Whether two tokens differ only in sounds that come and go between spellings."""
    place_a, place_b = left.starts[a], right.starts[b]
    end_a, end_b = left.starts[a + 1], right.starts[b + 1]
    one = np.uint64(1)
    if not _same_sounds(a, left, b, right):
        return False
    while True:
        while place_a < end_a and (VOWELS >> np.uint64(left.sounds[place_a])) & one:
            place_a += 1
        while place_b < end_b and (VOWELS >> np.uint64(right.sounds[place_b])) & one:
            place_b += 1
        if place_a == end_a or place_b == end_b:
            return place_a == end_a and place_b == end_b
        if left.sounds[place_a] != right.sounds[place_b]:
            return False
        place_a += 1
        place_b += 1


@njit(cache=True, nogil=True)
def _is_telling(kind: int) -> bool:
    """Whether the letters of a token count: not those of legal forms, particles and generic words."""
    return kind != FORM and kind != PARTICLE and kind != GENERIC


@njit(cache=True, nogil=True)
def _of_joined(
    i: int,
    j: int,
    names_a: NDArray[np.int32],
    left: Tokens,
    many_a: int,
    names_b: NDArray[np.int32],
    right: Tokens,
    many_b: int,
    work: Scratch,
) -> tuple[float, float]:
    """Bits and length that count where two words of one name met one word of the other."""
    bits_a, bits_b = left.bits[names_a[i]], right.bits[names_b[j]]
    length_a, length_b = _length(left, names_a[i]), _length(right, names_b[j])
    if i + 1 < many_a and work.met[i + 1] == j:
        bits_a += left.bits[names_a[i + 1]]
        length_a += _length(left, names_a[i + 1])
    if j + 1 < many_b and work.met_by[j + 1] == i:
        bits_b += right.bits[names_b[j + 1]]
        length_b += _length(right, names_b[j + 1])
    return min(bits_a, bits_b), min(length_a, length_b)


@njit(cache=True, nogil=True)
def _same_sounds(a: int, left: Tokens, b: int, right: Tokens) -> bool:
    """Whether two tokens are written in the same sounds, so that these may be held against one another."""
    return (left.origin[a] == HAN) == (right.origin[b] == HAN)


@njit(cache=True, nogil=True)
def _may_join(kind: int) -> bool:
    return kind in (WORD, PARTICLE, GENERIC, PLACE)


@njit(cache=True, nogil=True)
def align(
    names_a: NDArray[np.int32],
    left: Tokens,
    names_b: NDArray[np.int32],
    right: Tokens,
    costs: Costs,
    work: Scratch,
) -> None:
    """Find which tokens met: `work.met[i]` is the token of the right name that token i met, or -1; `met_by` the other way round.

    Two neighbouring tokens that met one together both point to it. The likeness stands in `work.likeness[i, j]`, the way in `how`.
    """
    many_a, many_b = min(len(names_a), MOST_TOKENS), min(len(names_b), MOST_TOKENS)
    work.met[:many_a], work.met_by[:many_b] = -1, -1
    for i in range(many_a):
        for j in range(many_b):
            alike, how = pair_likeness(names_a[i], left, names_b[j], right, costs, work, FLOOR)
            last = i == many_a - 1 or j == many_b - 1
            if last and alike < 0.85 and _may_join(left.kind[names_a[i]]) and _may_join(right.kind[names_b[j]]):
                begun = shortened_likeness(names_a[i], left, names_b[j], right)
                if begun > alike:
                    alike, how = begun, HOW_SHORTENED
            work.likeness[i, j], work.how[i, j] = alike, how
    _join(names_a, left, many_a, names_b, right, many_b, costs, work, False)
    _join(names_b, right, many_b, names_a, left, many_a, costs, work, True)
    for _ in range(min(many_a, many_b)):
        best, at_i, at_j = 0.0, -1, -1
        for i in range(many_a):
            if work.met[i] >= 0:
                continue
            for j in range(many_b):
                if work.met_by[j] >= 0 or work.likeness[i, j] < MET:
                    continue
                telling = min(left.bits[names_a[i]], right.bits[names_b[j]])
                worth = work.likeness[i, j] * (1.0 + 0.02 * telling) - 0.001 * abs(i - j)
                if worth > best:
                    best, at_i, at_j = worth, i, j
        if at_i < 0:
            return
        work.met[at_i], work.met_by[at_j] = at_j, at_i


@njit(cache=True, nogil=True)
def _join(
    names_a: NDArray[np.int32],
    left: Tokens,
    many_a: int,
    names_b: NDArray[np.int32],
    right: Tokens,
    many_b: int,
    costs: Costs,
    work: Scratch,
    swapped: bool,
) -> None:
    """Let two neighbours on the left meet one token on the right that none of them meets alone."""
    for i in range(many_a - 1):
        a, next_a = names_a[i], names_a[i + 1]
        if not (_may_join(left.kind[a]) and _may_join(left.kind[next_a])):
            continue
        for j in range(many_b):
            if not _may_join(right.kind[names_b[j]]):
                continue
            first = work.likeness[j, i] if swapped else work.likeness[i, j]
            second = work.likeness[j, i + 1] if swapped else work.likeness[i + 1, j]
            taken = (
                (work.met_by[i] >= 0 or work.met_by[i + 1] >= 0 or work.met[j] >= 0)
                if swapped
                else (work.met[i] >= 0 or work.met[i + 1] >= 0 or work.met_by[j] >= 0)
            )
            if taken or max(first, second) > 0.9:
                continue
            alike = _joined_likeness(a, next_a, left, names_b[j], right, costs, work)
            if alike < _JOINED or alike <= max(first, second):
                continue
            if swapped:
                work.likeness[j, i], work.likeness[j, i + 1] = alike, alike
                work.how[j, i], work.how[j, i + 1] = HOW_JOINED, HOW_JOINED
                work.met_by[i], work.met_by[i + 1], work.met[j] = j, j, i
            else:
                work.likeness[i, j], work.likeness[i + 1, j] = alike, alike
                work.how[i, j], work.how[i + 1, j] = HOW_JOINED, HOW_JOINED
                work.met[i], work.met[i + 1], work.met_by[j] = j, j, i


@njit(cache=True, nogil=True)
def _disorder(
    met: NDArray[np.int8], many: int, kinds: NDArray[np.uint8], names: NDArray[np.int32], places: NDArray[np.int8]
) -> int:
    """Least number of pairs of met words out of order, over all ways to turn the name round (family name first or last)."""
    count = 0
    for i in range(many):
        if met[i] >= 0 and kinds[names[i]] in (WORD, INITIAL) and (count == 0 or places[count - 1] != met[i]):
            places[count] = met[i]
            count += 1
    least = 0
    for turn in range(max(1, count)):
        out = 0
        for one in range(count):
            for other in range(one + 1, count):
                if places[(one + turn) % count] > places[(other + turn) % count]:
                    out += 1
        if turn == 0 or out < least:
            least = out
    return least


@njit(cache=True, nogil=True)
def features(
    names_a: NDArray[np.int32],
    left: Tokens,
    names_b: NDArray[np.int32],
    right: Tokens,
    costs: Costs,
    organization: bool,
    work: Scratch,
    out: NDArray[np.float32],
) -> None:
    """Align two names and fill one row of `FEATURES`.

    Shares are 0 to 1, `*_bits` in bits, the others are counts. The same on both sides: no column tells left from right.
    """
    align(names_a, left, names_b, right, costs, work)
    many_a, many_b = min(len(names_a), MOST_TOKENS), min(len(names_b), MOST_TOKENS)
    out[:] = 0.0
    total_a = total_b = met_a = met_b = met_bits = 0.0
    likeness_sum = weight_sum = 0.0
    worst, slips, slips_in_short = 1.0, 0.0, 0.0
    telling = letters_met = letters = 0.0
    same_consonants = other_consonants = pen = 0.0
    words_a = words_b = 0
    over_a = over_b = 0.0  # bits of words left over on a side
    over_words_a = over_words_b = 0
    over_initials_a = over_initials_b = 0
    generic = 0.0
    numbers_a = numbers_b = forms_a = forms_b = forms_met = 0
    places_a = places_b = 0.0
    initials = shortened = grouped = joined = across = 0
    first_a = last_a = -1
    for i in range(many_a):
        a = names_a[i]
        kind, bits, j = left.kind[a], left.bits[a], work.met[i]
        total_a += bits
        if _is_telling(kind):
            letters += _length(left, a)
        if kind in (WORD, INITIAL):
            words_a += 1
            first_a = i if first_a < 0 else first_a
            last_a = i
        if j < 0:
            if kind in (WORD, INITIAL):
                over_a += bits
                over_words_a += 1
                over_initials_a += 1 if kind == INITIAL else 0
            elif kind == NUMBER:
                numbers_a += 1
            elif kind == FORM:
                forms_a += 1
            elif kind == PLACE:
                places_a += bits
            else:
                generic += bits
            continue
        b = names_b[j]
        alike, how = work.likeness[i, j], work.how[i, j]
        met_a += bits * alike
        if _is_telling(kind):
            letters_met += alike * _length(left, a)
        if _is_telling(right.kind[b]) and work.met_by[j] == i:
            letters_met += alike * _length(right, b)
        if kind == FORM:
            forms_met += 1
        if how == HOW_INITIAL:
            initials += 1
        elif how == HOW_SHORTENED:
            shortened += 1
        elif how == HOW_GROUP:
            grouped += 1
        if left.origin[a] != right.origin[b]:
            across = max(across, max(left.origin[a], right.origin[b]))
        weight, length = min(bits, right.bits[b]), min(_length(left, a), _length(right, b))
        if how == HOW_JOINED:
            if work.met_by[j] != i:
                continue  # the second of two words that met one together: counted with the first
            joined += 1
            weight, length = _of_joined(i, j, names_a, left, many_a, names_b, right, many_b, work)
        elif how == HOW_INITIAL or kind not in (WORD, PLACE) or right.kind[b] not in (WORD, PLACE):
            continue
        telling = max(telling, weight * alike)
        met_bits += weight * alike
        likeness_sum += weight * alike
        weight_sum += weight
        worst = min(worst, alike)
        slips += (1.0 - alike) * length
        if how == HOW_WORD and alike < 1.0:
            pen += token_edits(a, left, b, right, work)
        if length <= 4:
            slips_in_short += (1.0 - alike) * length
        if how == HOW_WORD and alike < 1.0:
            if _same_consonants(a, left, b, right):
                same_consonants += 1.0
            elif left.origin[a] == right.origin[b]:
                other_consonants += 1.0
    first_b = last_b = -1
    for j in range(many_b):
        b = names_b[j]
        kind, bits, i = right.kind[b], right.bits[b], work.met_by[j]
        total_b += bits
        if _is_telling(kind):
            letters += _length(right, b)
        if kind in (WORD, INITIAL):
            words_b += 1
            first_b = j if first_b < 0 else first_b
            last_b = j
        if i >= 0:
            met_b += bits * work.likeness[i, j]
            if work.met[i] != j and _is_telling(kind):  # the second of two words that one met
                letters_met += work.likeness[i, j] * _length(right, b)
        elif kind in (WORD, INITIAL):
            over_b += bits
            over_words_b += 1
            over_initials_b += 1 if kind == INITIAL else 0
        elif kind == NUMBER:
            numbers_b += 1
        elif kind == FORM:
            forms_b += 1
        elif kind == PLACE:
            places_b += bits
        else:
            generic += bits
    replaced = letters_replaced = 0.0
    nearest = 99
    for i in range(many_a):
        if work.met[i] >= 0 or left.kind[names_a[i]] not in (WORD, INITIAL):
            continue
        for j in range(many_b):
            if work.met_by[j] < 0 and right.kind[names_b[j]] in (WORD, INITIAL):
                alike = work.likeness[i, j]
                replaced = max(replaced, alike)
                pair = alike * (_length(left, names_a[i]) + _length(right, names_b[j]))
                letters_replaced = max(letters_replaced, pair)
                if left.kind[names_a[i]] == WORD and right.kind[names_b[j]] == WORD:
                    nearest = min(nearest, token_edits(names_a[i], left, names_b[j], right, work))
    if nearest < 99:
        pen += nearest
    covered_a = met_a / total_a if total_a > 0 else 0.0
    covered_b = met_b / total_b if total_b > 0 else 0.0
    out[LEAST_COVERED] = min(covered_a, covered_b)
    out[MOST_COVERED] = max(covered_a, covered_b)
    out[MET_BITS] = met_bits
    out[REPLACED_BITS] = min(over_a, over_b)
    out[LEFT_OVER_BITS] = max(over_a, over_b)
    out[LEFT_OVER_WORDS] = float(max(over_words_a, over_words_b))
    out[REPLACED_WORDS] = float(min(over_words_a, over_words_b))
    out[WORST_LIKENESS] = worst if weight_sum > 0 else 0.0
    out[MEAN_LIKENESS] = likeness_sum / weight_sum if weight_sum > 0 else 0.0
    out[SLIPS] = slips
    out[SLIPS_IN_SHORT] = slips_in_short
    out[NUMBERS] = float(2 * min(numbers_a, numbers_b) + abs(numbers_a - numbers_b))
    out[FORMS] = 0.0 if forms_met > 0 else 2.0 if min(forms_a, forms_b) > 0 else float(min(1, max(forms_a, forms_b)))
    out[ORDER] = float(_disorder(work.met, many_a, left.kind, names_a, work.order))
    out[WORDS_FEWER] = float(min(words_a, words_b))
    out[WORDS_MORE] = float(max(words_a, words_b))
    out[INITIALS] = float(initials)
    out[REPLACED_LIKENESS] = replaced
    out[LEADING_MET] = float((first_a >= 0 and work.met[first_a] >= 0) + (first_b >= 0 and work.met_by[first_b] >= 0))
    out[TRAILING_MET] = float((last_a >= 0 and work.met[last_a] >= 0) + (last_b >= 0 and work.met_by[last_b] >= 0))
    out[ORGANIZATION] = 1.0 if organization else 0.0
    out[WHOLE_LIKENESS] = _whole_likeness(names_a, left, many_a, names_b, right, many_b, costs, work)
    out[PLACES] = min(places_a, places_b) + 0.25 * max(places_a, places_b)
    out[ACROSS_SCRIPTS] = float(across)
    out[SHORTENED] = float(shortened)
    out[GROUPED] = float(grouped)
    out[JOINED] = float(joined)
    out[GENERIC_LEFT_OVER] = generic
    out[TELLING_BITS] = telling
    out[INITIALS_DIFFER] = float(max(min(over_initials_a, over_words_b), min(over_words_a, over_initials_b)))
    out[LETTERS_MET] = min(1.0, (letters_met + letters_replaced) / letters) if letters > 0 else 0.0
    out[SAME_CONSONANTS] = same_consonants
    out[OTHER_CONSONANTS] = other_consonants
    out[EDITS] = pen
    out[EDITS_SHARE] = pen / letters if letters > 0 else 1.0


@njit(cache=True, nogil=True)
def _whole_likeness(
    names_a: NDArray[np.int32],
    left: Tokens,
    many_a: int,
    names_b: NDArray[np.int32],
    right: Tokens,
    many_b: int,
    costs: Costs,
    work: Scratch,
) -> float:
    """How alike both names are, written without blanks and legal forms, in the printed order; as far as `LONGEST` sounds reach."""
    length_a = _written_together(names_a, left, many_a, work.joined, 0)
    length_b = _written_together(names_b, right, many_b, work.joined, 40)
    if length_a == 0 or length_b == 0:
        return 0.0
    return likeness(
        work.joined[:length_a],
        left.origin[names_a[0]],
        work.joined[40 : 40 + length_b],
        right.origin[names_b[0]],
        costs,
        work.room,
    )


@njit(cache=True, nogil=True)
def _written_together(names: NDArray[np.int32], tokens: Tokens, many: int, out: NDArray[np.uint8], offset: int) -> int:
    length = 0
    for i in range(many):
        token = names[i]
        if not _is_telling(tokens.kind[token]) or (tokens.origin[token] == HAN) != (tokens.origin[names[0]] == HAN):
            continue
        for place in range(tokens.starts[token], tokens.starts[token + 1]):
            if length == LONGEST:
                return length
            out[offset + length] = tokens.sounds[place]
            length += 1
    return length
