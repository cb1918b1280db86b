"""What people decide, in one SQL database: SQLite in the workspace by default, PostgreSQL by URL.

Nothing is ever overwritten: a decision has an author, a moment and a reason, and a later one on the same pair stands beside it.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Column, Index, Integer, MetaData, String, Table, Text, create_engine, insert, inspect, select
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from shellgame.errors import WorkspaceDamaged, WorkspaceLocked, WrongUse
from shellgame.model.days import now
from shellgame.model.judgement import Judgement, Verdict

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
    """The decisions database; made, or brought up to date, when it is opened."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url)
        try:
            with self._engine.begin() as connection:
                config = Config()
                config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except OperationalError as error:
            raise WorkspaceLocked(f"{url}: {error.orig}; wait until the other program is done") from error
        except SQLAlchemyError as error:
            raise WorkspaceDamaged(f"{url}: {error}; restore it from a backup") from error

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
        with self._engine.begin() as connection:
            connection.execute(insert(JUDGEMENTS).values(**vars(made)))
        return made

    def judgements(self) -> list[Judgement]:
        """All decisions, in the order they were made."""
        with self._engine.connect() as connection:
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
