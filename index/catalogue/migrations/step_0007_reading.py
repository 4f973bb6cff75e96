"""With which way of reading each file was read."""

import sqlalchemy as sa
from alembic import op

from index.state.columns import NUMBER

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Files read so far were read in the first way."""
    columns = {each["name"] for each in sa.inspect(op.get_bind()).get_columns("files")}
    if "reading" not in columns:
        op.add_column("files", sa.Column("reading", NUMBER, nullable=False, server_default="1"))
