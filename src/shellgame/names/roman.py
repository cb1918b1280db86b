"""Roman numerals, as names are numbered with them."""

from __future__ import annotations

_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
ROMAN = {
    f"{'x' * tens}{ones}": 10 * tens + unit for tens in range(4) for unit, ones in enumerate(_UNITS) if tens or unit
}
"""From 1 to 39, in small letters, with what each comes to."""
