"""Chats and their turns."""

import sqlalchemy as sa
from alembic import op

from index.state.columns import NUMBER, TEXT, added_row_order

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Files from before there were numbers have these tables already."""
    dialect = op.get_bind().dialect.name
    op.create_table(
        "chats",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("named", NUMBER, nullable=False, server_default="0"),
        sa.Column("created", TEXT, nullable=False),
        sa.Column("changed", TEXT, nullable=False),
        sa.Column("deleted", TEXT, nullable=False, server_default=""),
        *added_row_order(dialect),
        if_not_exists=True,
    )
    op.create_index(
        "chats_of_owner", "chats", ["owner", "deleted", sa.text("changed DESC")], if_not_exists=True
    )
    op.create_table(
        "turns",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("chat", TEXT, sa.ForeignKey("chats.id", ondelete="CASCADE"), nullable=False),
        sa.Column("question", TEXT, nullable=False),
        sa.Column("filters", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        *(
            sa.Column(name, TEXT, nullable=False, server_default="")
            for name in ("draft", "answer", "trace", "verdict", "reason", "suggested", "cut")
        ),
        sa.Column("asked", TEXT, nullable=False),
        *added_row_order(dialect),
        if_not_exists=True,
    )
    op.create_index("turns_of_chat", "turns", ["chat", "cut"], if_not_exists=True)
