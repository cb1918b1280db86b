"""What people decide, in one SQL database: SQLite in the workspace by default, PostgreSQL by URL.

Nothing is ever overwritten: a decision has an author, a moment and a reason, and a later one on the same pair stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import (
    URL,
    Column,
    Engine,
    Index,
    Integer,
    MetaData,
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

from shellgame.errors import WorkspaceDamaged, WorkspaceError, WorkspaceLocked, WrongUse
from shellgame.model.days import now
from shellgame.model.judgement import Judgement, Verdict
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
    Index("judgement_pair", "left_id", "right_id"),
)


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
                command.upgrade(config, "head")
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

    def judge(self, left: str, right: str, verdict: str, *, why: str, author: str) -> Judgement:
        """Write down a decision.

        Raises:
            WrongUse: The verdict is none, the reason or author is missing, or both ids are one.
        """
        if verdict not in set(Verdict):
            raise WrongUse(f"{verdict!r} is no judgement; there are {', '.join(Verdict)}")
        if left == right:
            raise WrongUse(f"{left} is one record; a judgement is about two")
        if not why.strip() or not author.strip():
            raise WrongUse("a judgement needs a reason (--why) and an author (--author or SHELLGAME_AUTHOR)")
        left, right = sorted((left, right))
        made = Judgement(left, right, Verdict(verdict), why.strip(), author.strip(), now())
        with self._asked(), self._engine.begin() as connection:
            connection.execute(insert(JUDGEMENTS).values(**vars(made)))
        return made

    def judgements(self) -> list[Judgement]:
        """All decisions, in the order they were made."""
        with self._asked(), self._engine.connect() as connection:
            rows = connection.execute(select(JUDGEMENTS).order_by(JUDGEMENTS.c.id)).mappings()
            return [
                Judgement(
                    **{name: row[name] for name in Judgement.__annotations__} | {"judgement": Verdict(row["judgement"])}
                )
                for row in rows
            ]

    def verdicts(self) -> dict[frozenset[str], Verdict]:
        """The standing decision of each pair: the latest one."""
        return {frozenset((made.left_id, made.right_id)): made.judgement for made in self.judgements()}

    def tables(self) -> list[str]:
        """Names of the tables, for checks of the migrations."""
        return sorted(inspect(self._engine).get_table_names())


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
