"""Chats that are pinned, and folders."""

import sqlalchemy as sa
from alembic import op

from index.state.columns import NUMBER, TEXT, added_row_order

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Two columns and a table."""
    op.add_column("chats", sa.Column("pinned", NUMBER, nullable=False, server_default="0"))
    op.add_column("chats", sa.Column("folder", TEXT, nullable=False, server_default=""))
    op.create_table(
        "folders",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("removed", TEXT, nullable=False, server_default=""),
        *added_row_order(op.get_bind().dialect.name),
    )
    op.create_index("folders_of_owner", "folders", ["owner", "removed"])
