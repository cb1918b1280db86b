"""What people decided: in a database beside the lists, or in the one that the settings name."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from shellgame.model.judgement import Judgement
from shellgame.model.standing import Standing
from shellgame.settings import settings

if TYPE_CHECKING:
    from shellgame.store.decisions import Decisions

_DATABASE = "decisions.sqlite"


def decisions_of(folder: Path) -> Decisions:
    """The database of a workspace, made where there is none; close it when done."""
    from shellgame.store.decisions import (
        Decisions,
        in_file,
    )  # SQLAlchemy and Alembic take 0.8 s to load: only who decides waits for them

    return Decisions(settings().database or in_file(folder / _DATABASE))


def standing_of(folder: Path) -> Standing:
    """What stands of it all; a question makes no database."""
    if _is_none(folder):
        return Standing()
    with closing(decisions_of(folder)) as decisions:
        return decisions.standing()


def judgements_of(folder: Path) -> list[Judgement]:
    """All that was ever decided; a question makes no database."""
    if _is_none(folder):
        return []
    with closing(decisions_of(folder)) as decisions:
        return decisions.judgements()


def record_meant(identity: str, canonical: Path) -> str:
    """The record that an id stands for in a judgement: itself; of a canonical id the first record, by id, of its entity.

    A judgement is kept between records, since entities come and go. One about that record counts for its whole entity as long as
    the entity hangs together.

    Args:
        identity: Id of a record, or a canonical id, also one that was merged into another.
        canonical: The file of canonical ids.
    """
    return records_meant(identity, canonical)[0]


def records_meant(identity: str, canonical: Path) -> list[str]:
    """The records that an id stands for: itself; of a canonical id all of its entity, of whatever day, those of today first.

    Args:
        identity: Id of a record, or a canonical id, also one that was merged into another.
        canonical: The file of canonical ids.
    """
    from shellgame.resolve.canonical import PREFIX, load  # brings the compiler: only who decides waits for it

    if not identity.startswith(PREFIX):
        return [identity]
    known = load(canonical)
    wanted = known.resolve(identity)
    ids = zip(known.records.to_pylist(), known.canonical.to_pylist(), known.present.tolist(), strict=True)
    its = sorted((not here, record) for record, name, here in ids if known.resolve(name) == wanted)
    return [record for _, record in its] or [identity]


def _is_none(folder: Path) -> bool:
    return not settings().database and not (folder / _DATABASE).exists()
