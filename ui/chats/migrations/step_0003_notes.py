"""Passages that a person collected."""

import sqlalchemy as sa
from alembic import op

from index.state.columns import NUMBER, TEXT, added_row_order

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """One table."""
    op.create_table(
        "notes",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("place", NUMBER, nullable=False),
        *(
            sa.Column(name, TEXT, nullable=False)
            for name in ("article", "title", "section", "date", "source", "url", "quote")
        ),
        sa.Column("start", NUMBER, nullable=False),
        sa.Column("end", NUMBER, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("added", TEXT, nullable=False),
        sa.Column("removed", TEXT, nullable=False, server_default=""),
        *added_row_order(op.get_bind().dialect.name),
    )
    op.create_index("notes_of_owner", "notes", ["owner", "removed", "place"])
