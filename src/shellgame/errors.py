"""Every error that Shellgame raises on purpose, in one tree.

    ShellgameError
    ├── WrongUse                the call itself makes no sense: an unknown source, day or option
    │   └── NotAnEntity         what was to be compared is no FollowTheMoney entity
    ├── NotFound                something was asked for by id and is not there
    ├── BadInput                a file or a download is not what it should be; nothing was changed
    │   ├── NotThisSource       readable, but another source's publication or no publication at all
    │   ├── Damaged             empty, cut, wrongly encoded, mangled by a spreadsheet
    │   └── Hostile             made to harm: entity bombs, zip bombs, endless lines
    ├── RowsLeftOut             everything else was answered, but some rows of a file could not be read
    ├── FetchFailed             a publication could not be had; the last good one stays
    └── WorkspaceError
        ├── WorkspaceLocked     another process is writing
        └── WorkspaceDamaged    what lies on disk does not fit together

A message says what was found, where, and what to do. Foreign errors become one of these at the border.
"""

from __future__ import annotations

_LONGEST_IN_MESSAGE = 500


def harmless(text: str) -> str:
    r"""Write text from outside so that it cannot steer a terminal or feign a line of its own: as escapes what is not printable.

    Example:
        >>> harmless("list\n\x1b[2J.csv")
        'list\\n\\x1b[2J.csv'
    """
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode("ascii") for each in text)


class ShellgameError(Exception):
    """Base of all; catch this to catch everything Shellgame means to tell."""


class WrongUse(ShellgameError):
    """The question cannot be asked like this; the message lists what can."""


class NotAnEntity(WrongUse):
    """What was to be compared is no FollowTheMoney entity.

    Attributes:
        where: Which of those given.
        found: What is wrong with it.
    """

    def __init__(self, where: str, found: str) -> None:
        self.where, self.found = where, found
        super().__init__(
            f"{where}: {harmless(found)}; give {{'schema': 'Person', 'properties': {{'name': ['…']}}}} and what else is known"
        )


class NotFound(ShellgameError):
    """Nothing is known under the id that was asked for."""


class BadInput(ShellgameError):
    """A file that cannot be taken as it is; the message is one line, whatever the file is called and holds.

    Attributes:
        file: Name of the file or part.
        record: Where in it: a line, a record id, a path; empty when the whole file is meant.
        found: What was found there.
        remedy: What to do about it.
    """

    def __init__(self, file: str, *, found: str, remedy: str, record: str = "") -> None:
        self.file = file
        self.record = record
        self.found = found
        self.remedy = remedy
        where = f"{_short(file)}, {_short(record)}" if record else _short(file)
        super().__init__(harmless(f"{where}: {_short(found)}; {_short(remedy)}"))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_IN_MESSAGE else text[: _LONGEST_IN_MESSAGE - 1] + "…"


class NotThisSource(BadInput):
    """The file is readable but is not a publication of the source it was given for."""


class Damaged(BadInput):
    """The file is empty, cut, wrongly encoded or mangled; get it again from the publisher."""


class Hostile(BadInput):
    """The file is made, or might as well be made, to harm whoever reads it."""


class RowsLeftOut(ShellgameError):
    """Rows of a file could not be read; all others were answered."""


class FetchFailed(ShellgameError):
    """A download failed or brought something unusable; the last good version stays."""


class WorkspaceError(ShellgameError):
    """Something is wrong with the workspace itself."""


class WorkspaceLocked(WorkspaceError):
    """Another process is writing to the workspace; wait for it or raise `lock_seconds`."""


class WorkspaceDamaged(WorkspaceError):
    """Files of the workspace do not fit together; the message names the file and how to repair it."""


EXIT_CODES: dict[type[ShellgameError], int] = {
    NotFound: 1,
    WrongUse: 2,
    BadInput: 3,
    FetchFailed: 3,
    WorkspaceError: 4,
    RowsLeftOut: 5,
    ShellgameError: 3,
}
"""Exit code of the command line for each kind of error; the nearest ancestor listed here decides."""


def exit_code(error: ShellgameError) -> int:
    """Look up the exit code for an error, by its own class or the nearest ancestor in `EXIT_CODES`."""
    return next(EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES)
