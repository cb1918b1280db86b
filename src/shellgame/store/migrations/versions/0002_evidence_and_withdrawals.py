"""Judgements keep what they were made on, and can withdraw an earlier one.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns; what was decided before has nothing in them."""
    op.add_column("judgement", sa.Column("evidence", sa.Text, nullable=True))
    op.add_column("judgement", sa.Column("score", sa.Float, nullable=True))
    op.add_column("judgement", sa.Column("withdraws", sa.String(32), nullable=True))


def downgrade() -> None:
    """Drop them again."""
    for name in ("withdraws", "score", "evidence"):
        op.drop_column("judgement", name)
