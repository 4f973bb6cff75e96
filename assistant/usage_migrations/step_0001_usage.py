"""Sums by day and person."""

import sqlalchemy as sa
from alembic import op

from index.state.columns import NUMBER, REAL_NUMBER, TEXT

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Files from before there were numbers have this table already."""
    op.create_table(
        "usage",
        sa.Column("day", TEXT, primary_key=True),
        sa.Column("who", TEXT, primary_key=True),
        sa.Column("questions", NUMBER),
        sa.Column("calls", NUMBER),
        sa.Column("read", NUMBER),
        sa.Column("written", NUMBER),
        sa.Column("cost", REAL_NUMBER),
        if_not_exists=True,
    )
