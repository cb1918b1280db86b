r"""How the CSV layouts print contacts: `PHONE[+375 17 000-00-01]`, several parted by `\n`."""

from __future__ import annotations

import re

_CONTACT = re.compile(r"(PHONE|FAX|EMAIL|WEB)\s*\[([^\]]*)\]")


def contacts(cell: str) -> list[tuple[str, str]]:
    r"""Take the contacts of a cell apart; what is none comes back under an empty kind, to be kept as it is.

    Example:
        >>> contacts("PHONE[668 33 01, 0300-820 91 99]\\nFAX[662 38 14]")
        [('PHONE', '668 33 01, 0300-820 91 99'), ('FAX', '662 38 14')]
        >>> contacts("opposite the bank")
        [('', 'opposite the bank')]
    """
    found = [(match.group(1), match.group(2).strip()) for match in _CONTACT.finditer(cell)]
    rest = _CONTACT.sub(" ", cell).replace("\\n", " ").strip(" ,;\n")
    return [*found, ("", rest)] if rest else found
