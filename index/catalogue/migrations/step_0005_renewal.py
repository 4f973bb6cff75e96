"""Articles whose passages and vectors are being made anew."""

import sqlalchemy as sa
from alembic import op

from index.state.columns import TEXT, added_row_order

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """A table."""
    op.create_table(
        "to_renew",
        sa.Column("article_id", TEXT, primary_key=True),
        *added_row_order(op.get_bind().dialect.name),
    )
