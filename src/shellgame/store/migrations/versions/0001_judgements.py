"""Judgements: decisions about two records.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("left_id", sa.String(255), nullable=False),
        sa.Column("right_id", sa.String(255), nullable=False),
        sa.Column("judgement", sa.String(16), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("author", sa.String(255), nullable=False),
        sa.Column("decided_at", sa.String(32), nullable=False),
    )
    op.create_index("judgement_pair", "judgement", ["left_id", "right_id"])


def downgrade() -> None:
    """Drop it again."""
    op.drop_table("judgement")
