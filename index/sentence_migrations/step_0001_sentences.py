"""Vectors of sentences by passage."""

import sqlalchemy as sa
from alembic import op

from index.state.columns import NUMBER, REAL_NUMBER, TEXT

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Files from before there were numbers have it already."""
    op.create_table(
        "sentences",
        sa.Column("passage_id", TEXT, primary_key=True),
        sa.Column("scale", REAL_NUMBER, nullable=False),
        sa.Column("dimensions", NUMBER, nullable=False),
        sa.Column("vectors", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
