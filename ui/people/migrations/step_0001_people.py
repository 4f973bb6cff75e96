"""People, their keys and sessions, failed log-ins."""

import sqlalchemy as sa
from alembic import op

from index.state.columns import NUMBER, REAL_NUMBER, TEXT, added_row_order

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Files from before there were numbers have these tables already."""
    on_server = op.get_bind().dialect.name != "sqlite"
    name = TEXT if on_server else sa.Text(collation="NOCASE")
    op.create_table(
        "people",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("name", name, nullable=False, unique=not on_server),
        sa.Column("password", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("collections", TEXT),
        sa.Column("created", REAL_NUMBER, nullable=False),
        sa.Column("disabled", NUMBER, nullable=False, server_default="0"),
        sqlite_autoincrement=True,
        if_not_exists=True,
    )
    if on_server:
        op.create_index("people_by_name", "people", [sa.text("lower(name)")], unique=True)
    op.create_table(
        "keys",
        sa.Column("digest", TEXT, primary_key=True),
        sa.Column("prefix", TEXT, nullable=False, unique=True),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("created", REAL_NUMBER, nullable=False),
        sa.Column("used", REAL_NUMBER),
        sa.Column("person", NUMBER, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
        *added_row_order(op.get_bind().dialect.name),
        if_not_exists=True,
    )
    op.create_table(
        "sessions",
        sa.Column("digest", TEXT, primary_key=True),
        sa.Column("created", REAL_NUMBER, nullable=False),
        sa.Column("used", REAL_NUMBER, nullable=False),
        sa.Column("person", NUMBER, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "failures",
        sa.Column("name", TEXT, primary_key=True),
        sa.Column("times", NUMBER, nullable=False),
        sa.Column("last", REAL_NUMBER, nullable=False),
        if_not_exists=True,
    )
