"""What people decide, in one SQL database: SQLite in the workspace by default, PostgreSQL by URL.

Nothing is ever overwritten: a decision has an author, a moment and a reason, a later one on the same pair stands beside
it, and taking one back is one more. What stands of them all is for `model.standing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from getpass import getuser
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import (
    URL,
    Column,
    Engine,
    Float,
    Index,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Text,
    create_engine,
    insert,
    inspect,
    make_url,
    select,
)
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError

from shellgame.errors import NotFound, WorkspaceDamaged, WorkspaceError, WorkspaceLocked, WrongUse
from shellgame.model.days import now
from shellgame.model.judgement import OPINIONS, Judgement, Verdict, checked
from shellgame.model.opinions import holding
from shellgame.model.standing import Standing
from shellgame.settings import settings
from shellgame.store.files import on_disk

METADATA = MetaData()
JUDGEMENTS = Table(
    "judgement",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("left_id", String(255), nullable=False),
    Column("right_id", String(255), nullable=False),
    Column("judgement", String(16), nullable=False),
    Column("why", Text, nullable=False),
    Column("author", String(255), nullable=False),
    Column("decided_at", String(32), nullable=False),
    Column("evidence", Text, nullable=True),
    Column("score", Float, nullable=True),
    Column("withdraws", String(32), nullable=True),
    Index("judgement_pair", "left_id", "right_id"),
)

_FIELDS = [JUDGEMENTS.c[name] for name in Judgement.__annotations__]


class Decisions:
    """The decisions database; made, or brought up to date, when it is opened.

    Opening it raises `WrongUse` where the URL is none or its driver is not installed, and like every question to it
    `WorkspaceLocked`, `WorkspaceDamaged` or `WorkspaceError` where the database does not answer.
    """

    def __init__(self, url: str | URL) -> None:
        self._engine = _engine(url)
        self._shown = self._engine.url.render_as_string(hide_password=True)
        try:
            with self._asked(), self._engine.begin() as connection:
                config = Config()
                migrations = str(Path(__file__).parent / "migrations")
                config.set_main_option("script_location", migrations.replace("%", "%%"))
                config.attributes["connection"] = connection
                _brought_up_to_date(config, self._shown)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def _asked(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            if "locked" in str(error.orig):
                raise WorkspaceLocked(f"{self._shown}: {error.orig}; wait until the other program is done") from error
            raise WorkspaceError(
                f"{self._shown}: {error.orig}; see that it is there and may be read and written"
            ) from error
        except SQLAlchemyError as error:
            raise WorkspaceDamaged(f"{self._shown}: {error}; restore it from a backup") from error

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def judge(
        self,
        left: str,
        right: str,
        verdict: str,
        *,
        why: str,
        author: str,
        evidence: str = "",
        score: float | None = None,
    ) -> Judgement:
        """Write down a decision.

        Args:
            left: Id of a record.
            right: Id of another one.
            verdict: `same`, `different` or `unsure`.
            why: The reason.
            author: Who decides.
            evidence: What the two tell now, in short; see `resolve.grounds.grounds_of`.
            score: How alike they were found, 0 to 1.

        Raises:
            WrongUse: The verdict is none, the reason or author is missing, or both ids are one.
        """
        if verdict not in OPINIONS:
            raise WrongUse(f"{verdict!r} is no judgement; there are {', '.join(OPINIONS)}")
        at = _moment_after(self.of_pair(left, right))
        made = checked(Judgement(left, right, Verdict(verdict), why, author, at, evidence, score))
        self._write([made])
        return made

    def withdraw(self, left: str, right: str, *, why: str, author: str, of: str | None = None) -> Judgement:
        """Take back the latest decision that holds on two records, by one more that withdraws it; the one before holds again.

        Args:
            left: Id of a record.
            right: Id of the other one.
            why: The reason.
            author: Who takes it back.
            of: Whose decision; the author's own when None. Taking back another's settles a contradiction, and both names stay.

        Raises:
            NotFound: No decision of theirs on the two holds.
            WrongUse: The reason or author is missing, or both ids are one.
        """
        whose, history = (of or author).strip(), self.of_pair(left, right)
        latest = [made for made in holding(history) if made.author == whose]
        if not latest:
            raise NotFound(
                f"no decision of {whose!r} on {left!r} and {right!r} holds; `shellgame decisions list` shows whose do"
            )
        at = _moment_after(history)
        made = checked(Judgement(left, right, Verdict.WITHDRAWN, why, author, at, withdraws=latest[-1].key))
        self._write([made])
        return made

    def add(self, judgements: Iterable[Judgement]) -> list[Judgement]:
        """Add decisions made elsewhere, all or none of them; those that are here already are left as they are.

        Returns:
            What was new, in the order given.

        Raises:
            WrongUse: One of them is no decision that could be kept.
        """
        known = {made.key for made in self.judgements()}
        new = {made.key: made for made in map(checked, judgements) if made.key not in known}
        self._write(list(new.values()))
        return list(new.values())

    def _write(self, judgements: list[Judgement]) -> None:
        rows = [
            vars(made) | {name: getattr(made, name) or None for name in ("evidence", "withdraws")}
            for made in judgements
        ]
        if rows:
            with self._asked(), self._engine.begin() as connection:
                connection.execute(insert(JUDGEMENTS), rows)

    def judgements(self) -> list[Judgement]:
        """All decisions, in the order they were written down."""
        return self._read(select(JUDGEMENTS))

    def of_pair(self, left: str, right: str) -> list[Judgement]:
        """All decisions about two records, in the order they were written down."""
        left, right = sorted((left, right))
        return self._read(select(JUDGEMENTS).where(JUDGEMENTS.c.left_id == left, JUDGEMENTS.c.right_id == right))

    def _read(self, query: Select[Any]) -> list[Judgement]:
        with self._asked(), self._engine.connect() as connection:
            rows = connection.execute(query.order_by(JUDGEMENTS.c.id).with_only_columns(*_FIELDS))
            try:
                return [_judgement(*row) for row in rows]
            except ValueError as error:
                raise WorkspaceDamaged(f"{self._shown}: {error}; update this program, or restore it") from error

    def standing(self) -> Standing:
        """What stands of all decisions, and where they contradict one another."""
        return Standing(self.judgements())

    def tables(self) -> list[str]:
        """Names of the tables, for checks of the migrations."""
        return sorted(inspect(self._engine).get_table_names())


def _brought_up_to_date(config: Config, shown: str) -> None:
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise WorkspaceError(f"{shown}: {error}; a newer program made it, so update this one") from error


def _moment_after(history: Iterable[Judgement]) -> str:
    """The present moment; a second after the last decision on the pair where that is later.

    So whoever decides twice in a second, or after somebody whose clock is ahead, has the last word, and no two decisions are one.
    """
    latest = max((made.decided_at for made in history if made.decided_at), default="")
    if (present := now()) > latest:
        return present
    return f"{datetime.fromisoformat(latest) + timedelta(seconds=1):%Y-%m-%dT%H:%M:%SZ}"


def _judgement(  # as fast as it gets: there may be a million
    left_id: str,
    right_id: str,
    judgement: str,
    why: str,
    author: str,
    decided_at: str,
    evidence: str | None,
    score: float | None,
    withdraws: str | None,
) -> Judgement:
    return Judgement(
        left_id, right_id, Verdict(judgement), why, author, decided_at, evidence or "", score, withdraws or ""
    )


def author_of(given: str | None = None) -> str:
    """Who decides: as given, else as set, else the system's name of the user.

    Raises:
        WrongUse: The system has no name for the user, as in some containers.
    """
    try:
        return given or settings().author or getuser()
    except (KeyError, OSError) as error:
        raise WrongUse(
            "the system tells no name of yours; say who decides with --author or SHELLGAME_AUTHOR"
        ) from error


def in_file(path: Path) -> URL:
    """The address of a SQLite database in a file, whatever its path holds; makes the folder."""
    with on_disk(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    return URL.create("sqlite", database=str(path))


def _engine(url: str | URL) -> Engine:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:  # the message of either may hold the password
        raise WrongUse(
            "SHELLGAME_DATABASE is no database URL; write for example postgresql://user@host/shellgame, "
            "or unset it for a file in the workspace"
        ) from error
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    try:
        return create_engine(parsed)
    except (ModuleNotFoundError, ArgumentError) as error:
        raise WrongUse(
            f"{parsed.render_as_string(hide_password=True)}: there is no driver for it here ({error}); "
            "for PostgreSQL install shellgame[postgresql]"
        ) from error
