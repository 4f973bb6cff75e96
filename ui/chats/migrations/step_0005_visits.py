"""When a person last looked at what is new."""

import sqlalchemy as sa
from alembic import op

from index.state.columns import TEXT

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """One table."""
    op.create_table(
        "visits", sa.Column("owner", TEXT, primary_key=True), sa.Column("at", TEXT, nullable=False)
    )
