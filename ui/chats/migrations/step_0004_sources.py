"""The sources that a chat asks."""

import sqlalchemy as sa
from alembic import op

from index.state.columns import TEXT

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """One table; the row without a chat is of the next one that its owner begins."""
    op.create_table(
        "chosen_sources",
        sa.Column("chat", TEXT, sa.ForeignKey("chats.id", ondelete="CASCADE"), unique=True),
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("filters", TEXT, nullable=False),
    )
