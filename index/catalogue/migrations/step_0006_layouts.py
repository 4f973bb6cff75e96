"""How articles were printed: tables, and lines on pages."""

import sqlalchemy as sa
from alembic import op

from index.state.columns import TEXT

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """A table."""
    op.create_table(
        "article_layouts",
        sa.Column("article_id", TEXT, primary_key=True),
        sa.Column("data", TEXT, nullable=False),
        if_not_exists=True,
    )
