"""What the alignment of two names tells: numbers that a score is made of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from shellgame.kernels.alignment import MOST_TOKENS, Scratch, align
from shellgame.kernels.compiling import leaf
from shellgame.kernels.likeness import likeness_from
from shellgame.kernels.tokens import (
    FLOOR,
    FORM,
    GENERIC,
    HAN,
    HOW_GROUP,
    HOW_INITIAL,
    HOW_JOINED,
    HOW_SHORTENED,
    HOW_WORD,
    INITIAL,
    NUMBER,
    OPTIONAL,
    PARTICLE,
    PLACE,
    Tokens,
    are_transposed,
    differ_in_final_vowels,
    is_telling,
    is_word,
    same_consonants,
    token_edits,
)
from shellgame.names.costs import Tables as Costs
from shellgame.names.sounds import LONGEST

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
    "exchanged_bits",
    "turned",
    "final_vowels",
    "first_letters",
    "transposed",
)
"""What each column of a feature row is, in order; see `tell`."""
_FILLING_BITS = 2.0
"""The most that a particle or a title of a person tells."""
_ASIDE = -2
"""Instead of the token that a patronymic met, where it does not count."""
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
    EXCHANGED_BITS,
    TURNED,
    FINAL_VOWELS,
    FIRST_LETTERS,
    TRANSPOSED,
) = range(40)
(
    _TOTAL,
    _MET,
    _OVER,
    _OVER_WORDS,
    _OVER_INITIALS,
    _OVER_NUMBERS,
    _OVER_FORMS,
    _OVER_PLACES,
    _OVER_GENERIC,
    _WORDS,
    _LEADING,
    _TRAILING,
    _LETTERS,
    _LETTERS_MET,
    _OPTIONALS,
    _OPTIONAL_BITS,
    _OPTIONAL_LETTERS,
) = range(17)
"""Columns of `Scratch.sides`: bits or counts of one name; `_OVER_*` of its tokens that met none, `_OPTIONAL*` of optional ones
among them."""


@leaf
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
    tell(names_a, left, names_b, right, costs, organization, work, out)


@leaf
def tell(
    names_a: NDArray[np.int32],
    left: Tokens,
    names_b: NDArray[np.int32],
    right: Tokens,
    costs: Costs,
    organization: bool,
    work: Scratch,
    out: NDArray[np.float32],
) -> None:
    """Fill the row from what `align` found."""
    many_a, many_b = min(len(names_a), MOST_TOKENS), min(len(names_b), MOST_TOKENS)
    out[:] = 0.0
    out[ORGANIZATION] = 1.0 if organization else 0.0
    if _leaves_over(names_a, left, many_a, work.met) and _leaves_over(names_b, right, many_b, work.met_by):
        _set_fathers_aside(names_a, left, many_a, names_b, right, work)
    _tally(names_a, left, many_a, organization, work, False)
    _tally(names_b, right, many_b, organization, work, True)
    _weigh_optionals(work.sides[0], work.sides[1])
    _tell_met(names_a, left, many_a, names_b, right, many_b, work, out)
    letters_replaced = _tell_replaced(names_a, left, many_a, names_b, right, many_b, work, out)
    _tell_sides(work.sides[0], work.sides[1], letters_replaced, organization, out)
    out[ORDER], out[TURNED] = _disorder(work, many_a, left, names_a)
    joined = out[JOINED] if out[ACROSS_SCRIPTS] < HAN else 0.0  # East Asia joins given names and puts the family first
    whole = out[LEFT_OVER_WORDS] + out[GENERIC_LEFT_OVER] + out[ORDER] + joined > 0.0
    out[WHOLE_LIKENESS] = (
        _whole_likeness(names_a, left, many_a, names_b, right, many_b, costs, work) if whole else out[MEAN_LIKENESS]
    )


@leaf
def _leaves_over(names: NDArray[np.int32], tokens: Tokens, many: int, met: NDArray[np.int8]) -> bool:
    """Whether a name has a word or an initial that met none."""
    for i in range(many):
        kind = tokens.rows[names[i]].kind
        if met[i] < 0 and (is_word(kind) or kind == INITIAL):
            return True
    return False


@leaf
def _set_fathers_aside(
    names_a: NDArray[np.int32], left: Tokens, many_a: int, names_b: NDArray[np.int32], right: Tokens, work: Scratch
) -> None:
    """Take patronymics that met out of two names that otherwise differ: half of Russia bears a dozen of them."""
    for i in range(many_a):
        j = work.met[i]
        if j >= 0 and left.rows[names_a[i]].kind == OPTIONAL and right.rows[names_b[j]].kind == OPTIONAL:
            work.met[i], work.met_by[j] = _ASIDE, _ASIDE


@leaf
def _tally(
    names: NDArray[np.int32], tokens: Tokens, many: int, organization: bool, work: Scratch, turned: bool
) -> None:
    """Add up one side: what it holds, what of it met, what is left over."""
    side, met = work.sides[1 if turned else 0], work.met_by if turned else work.met
    side[:] = 0.0
    for i in range(many):
        token, j = tokens.rows[names[i]], met[i]
        if j == _ASIDE:
            continue
        kind, bits, length = token.kind, token.bits, np.float32(token.many_sounds)
        if kind == PARTICLE or (kind == GENERIC and not organization):
            bits = min(bits, np.float32(_FILLING_BITS))  # however rare they are in the list
        named = is_word(kind) or kind == INITIAL
        if kind == OPTIONAL and j < 0:
            side[_OPTIONALS] += 1.0
            side[_OPTIONAL_BITS] += bits
            side[_OPTIONAL_LETTERS] += length
            continue
        side[_TOTAL] += bits
        if is_telling(kind):
            side[_LETTERS] += length
        if named:
            side[_LEADING] = 1.0 if side[_WORDS] == 0.0 and j >= 0 else side[_LEADING]
            side[_TRAILING] = 1.0 if j >= 0 else 0.0
            side[_WORDS] += 1.0
        if j >= 0:
            alike = work.likeness[j, i] if turned else work.likeness[i, j]
            side[_MET] += bits * alike
            if is_telling(kind):
                side[_LETTERS_MET] += alike * length
        elif named:
            side[_OVER] += bits
            side[_OVER_WORDS] += 1.0
            side[_OVER_INITIALS] += 1.0 if kind == INITIAL else 0.0
        elif kind == NUMBER:
            side[_OVER_NUMBERS] += 1.0
        elif kind == FORM:
            side[_OVER_FORMS] += 1.0
        elif kind == PLACE:
            side[_OVER_PLACES] += bits
        else:
            side[_OVER_GENERIC] += bits


@leaf
def _weigh_optionals(a: NDArray[np.float32], b: NDArray[np.float32]) -> None:
    """Let optional words that met none count as words where the other name has something else instead, else as one bit.

    Russian papers print patronymics and foreign lists leave them out, so one that is missing says little; another one is another
    father.
    """
    both = a[_OVER_WORDS] + a[_OPTIONALS] > 0.0 and b[_OVER_WORDS] + b[_OPTIONALS] > 0.0
    for side in (a, b):
        if both:
            side[_TOTAL] += side[_OPTIONAL_BITS]
            side[_OVER] += side[_OPTIONAL_BITS]
            side[_OVER_WORDS] += side[_OPTIONALS]
            side[_WORDS] += side[_OPTIONALS]
            side[_LETTERS] += side[_OPTIONAL_LETTERS]
            side[_OPTIONALS] = 0.0
        side[_TOTAL] += side[_OPTIONALS]
        side[_OVER_GENERIC] += side[_OPTIONALS]


@leaf
def _tell_met(
    names_a: NDArray[np.int32],
    left: Tokens,
    many_a: int,
    names_b: NDArray[np.int32],
    right: Tokens,
    many_b: int,
    work: Scratch,
    out: NDArray[np.float32],
) -> None:
    """Fill in what the pairs tell that met; forms that met are left in `FORMS` as -1."""
    weight_sum, worst = 0.0, 1.0
    for i in range(many_a):
        j = work.met[i]
        if j < 0:
            continue
        a, b = names_a[i], names_b[j]
        one, other, alike, how = left.rows[a], right.rows[b], work.likeness[i, j], work.how[i, j]
        if one.kind == FORM:
            out[FORMS] = -1.0
        if how == HOW_INITIAL:
            out[INITIALS] += 1.0
        elif how == HOW_SHORTENED:
            out[SHORTENED] += 1.0
        elif how == HOW_GROUP:
            out[GROUPED] += 1.0
        if one.origin != other.origin:
            out[ACROSS_SCRIPTS] = max(out[ACROSS_SCRIPTS], np.float32(max(one.origin, other.origin)))
        weight, length = min(one.bits, other.bits), float(min(one.many_sounds, other.many_sounds))
        if how == HOW_JOINED:
            if work.met_by[j] != i:
                continue  # the second of two words that met one together: counted with the first
            out[JOINED] += 1.0
            weight, length = _of_joined(i, j, names_a, left, many_a, names_b, right, many_b, work)
        elif (
            how == HOW_INITIAL
            or not (is_word(one.kind) or one.kind == PLACE)
            or not (is_word(other.kind) or other.kind == PLACE)
        ):
            continue
        out[TELLING_BITS] = max(out[TELLING_BITS], np.float32(weight * alike))
        out[MET_BITS] += weight * alike
        weight_sum += weight
        worst = min(worst, alike)
        out[SLIPS] += (1.0 - alike) * length
        if length <= 4:
            out[SLIPS_IN_SHORT] += (1.0 - alike) * length
        if how == HOW_WORD and alike < 1.0:
            out[EDITS] += token_edits(a, left, b, right, work.masks)
            out[TRANSPOSED] += are_transposed(a, left, b, right)
            if one.origin == other.origin and one.printed == 0:
                out[FIRST_LETTERS] += one.first != other.first
                out[FINAL_VOWELS] += differ_in_final_vowels(a, left, b, right)
            if same_consonants(a, left, b, right):
                out[SAME_CONSONANTS] += 1.0
            elif one.origin == other.origin:
                out[OTHER_CONSONANTS] += 1.0
    if weight_sum > 0.0:
        out[WORST_LIKENESS], out[MEAN_LIKENESS] = worst, out[MET_BITS] / weight_sum


@leaf
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
    one, other = left.rows[names_a[i]], right.rows[names_b[j]]
    bits_a, bits_b = one.bits, other.bits
    length_a, length_b = float(one.many_sounds), float(other.many_sounds)
    if i + 1 < many_a and work.met[i + 1] == j:
        following = left.rows[names_a[i + 1]]
        bits_a, length_a = bits_a + following.bits, length_a + following.many_sounds
    if j + 1 < many_b and work.met_by[j + 1] == i:
        following = right.rows[names_b[j + 1]]
        bits_b, length_b = bits_b + following.bits, length_b + following.many_sounds
    return min(bits_a, bits_b), min(length_a, length_b)


@leaf
def _tell_replaced(
    names_a: NDArray[np.int32],
    left: Tokens,
    many_a: int,
    names_b: NDArray[np.int32],
    right: Tokens,
    many_b: int,
    work: Scratch,
    out: NDArray[np.float32],
) -> float:
    """Fill in how alike words are that met none, where both names have one; gives the letters that are alike in the best pair."""
    letters, nearest = 0.0, 99
    for i in range(many_a):
        one = left.rows[names_a[i]]
        if work.met[i] != -1 or not (is_word(one.kind) or one.kind == INITIAL):
            continue
        for j in range(many_b):
            other = right.rows[names_b[j]]
            if work.met_by[j] != -1 or not (is_word(other.kind) or other.kind == INITIAL):
                continue
            alike = work.likeness[i, j]
            out[REPLACED_LIKENESS] = max(out[REPLACED_LIKENESS], alike)
            letters = max(letters, alike * (one.many_sounds + other.many_sounds))
            if is_word(one.kind) and is_word(other.kind):
                nearest = min(nearest, token_edits(names_a[i], left, names_b[j], right, work.masks))
    if nearest < 99:
        out[EDITS] += nearest
    return letters


@leaf
def _tell_sides(
    a: NDArray[np.float32],
    b: NDArray[np.float32],
    letters_replaced: float,
    organization: bool,
    out: NDArray[np.float32],
) -> None:
    """Fill in what the sums of both sides tell."""
    covered_a = a[_MET] / a[_TOTAL] if a[_TOTAL] > 0 else np.float32(0)
    covered_b = b[_MET] / b[_TOTAL] if b[_TOTAL] > 0 else np.float32(0)
    out[LEAST_COVERED], out[MOST_COVERED] = min(covered_a, covered_b), max(covered_a, covered_b)
    out[REPLACED_BITS], out[LEFT_OVER_BITS] = min(a[_OVER], b[_OVER]), max(a[_OVER], b[_OVER])
    out[REPLACED_WORDS] = min(a[_OVER_WORDS], b[_OVER_WORDS])
    out[LEFT_OVER_WORDS] = max(a[_OVER_WORDS], b[_OVER_WORDS])
    out[NUMBERS] = 2 * min(a[_OVER_NUMBERS], b[_OVER_NUMBERS]) + abs(a[_OVER_NUMBERS] - b[_OVER_NUMBERS])
    if out[FORMS] < 0.0:
        out[FORMS] = 0.0
    else:
        out[FORMS] = np.float32(a[_OVER_FORMS] > 0) + np.float32(b[_OVER_FORMS] > 0)
    out[WORDS_FEWER], out[WORDS_MORE] = min(a[_WORDS], b[_WORDS]), max(a[_WORDS], b[_WORDS])
    out[LEADING_MET], out[TRAILING_MET] = a[_LEADING] + b[_LEADING], a[_TRAILING] + b[_TRAILING]
    out[PLACES] = min(a[_OVER_PLACES], b[_OVER_PLACES]) + 0.25 * max(a[_OVER_PLACES], b[_OVER_PLACES])
    out[GENERIC_LEFT_OVER] = a[_OVER_GENERIC] + b[_OVER_GENERIC]
    generic = 1.0 if organization else 0.0  # of a person a title, which nobody bears instead of a name
    out[EXCHANGED_BITS] = min(
        a[_OVER] + generic * a[_OVER_GENERIC] + a[_OVER_PLACES],
        b[_OVER] + generic * b[_OVER_GENERIC] + b[_OVER_PLACES],
    )
    out[INITIALS_DIFFER] = max(
        min(a[_OVER_INITIALS], b[_OVER_WORDS]),
        min(a[_OVER_WORDS], b[_OVER_INITIALS]),
        min(a[_OVER_INITIALS], b[_OVER_INITIALS]),
    )
    letters = a[_LETTERS] + b[_LETTERS]
    if letters > 0:
        met = a[_LETTERS_MET] + b[_LETTERS_MET] + letters_replaced
        out[LETTERS_MET] = min(1.0, met / letters)
    out[EDITS_SHARE] = out[EDITS] / letters if letters > 0 else 1.0


@leaf
def _disorder(work: Scratch, many: int, tokens: Tokens, names: NDArray[np.int32]) -> tuple[float, float]:
    """Least number of pairs of met words out of order, over all ways to turn the name round (family name first or last).

    And whether it is turned round: 1 where the words stand in another order as printed.
    """
    places, count = work.order, 0
    for i in range(many):
        kind = tokens.rows[names[i]].kind
        if work.met[i] < 0 or not (is_word(kind) or kind == INITIAL):
            continue
        if count == 0 or places[count - 1] != work.met[i]:
            places[count] = work.met[i]
            count += 1
    least, turned = 0, 0.0
    for turn in range(max(1, count)):
        out = 0
        for one in range(count):
            for other in range(one + 1, count):
                if places[(one + turn) % count] > places[(other + turn) % count]:
                    out += 1
        if turn == 0 and out > 0:
            turned = 1.0
        if turn == 0 or out < least:
            least = out
        if least == 0:
            break
    return float(least), turned


@leaf
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
    length_a = _written_together(names_a, left, many_a, work, 0)
    length_b = _written_together(names_b, right, many_b, work, 1)
    if length_a == 0 or length_b == 0:
        return 0.0
    return likeness_from(
        work.joined[:length_a], left.rows[names_a[0]].origin, work.joined[40 : 40 + length_b],
        right.rows[names_b[0]].origin, costs, work.room, FLOOR,
    )  # fmt: skip


@leaf
def _written_together(names: NDArray[np.int32], tokens: Tokens, many: int, work: Scratch, side: int) -> int:
    out, offset, met = work.joined, 40 * side, work.met_by if side == 1 else work.met
    length, han = 0, tokens.rows[names[0]].origin == HAN if many > 0 else False
    forgiven = work.sides[side, _OPTIONALS] > 0.0
    for i in range(many):
        token = tokens.rows[names[i]]
        if not is_telling(token.kind) or (token.origin == HAN) != han:
            continue
        if met[i] == _ASIDE or (forgiven and token.kind == OPTIONAL and met[i] < 0):
            continue
        for place in range(token.sounds, token.sounds + token.many_sounds):
            if length == LONGEST:
                return length
            out[offset + length] = tokens.sounds[place]
            length += 1
    return length
