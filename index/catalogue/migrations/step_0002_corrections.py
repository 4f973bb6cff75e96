"""Files keep their first path, corrections by hand."""

import sqlalchemy as sa
from alembic import op

from index.state.columns import TEXT

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """The path that a file was first found at is so far the one it lies at."""
    columns = {each["name"] for each in sa.inspect(op.get_bind()).get_columns("files")}
    if "key" not in columns:
        op.add_column("files", sa.Column("key", TEXT, nullable=False, server_default=""))
        op.execute("UPDATE files SET key = path")
    op.create_table(
        "corrections",
        sa.Column("article_id", TEXT, primary_key=True),
        sa.Column("field", TEXT, primary_key=True),
        sa.Column("value", TEXT, nullable=False),
        if_not_exists=True,
    )
