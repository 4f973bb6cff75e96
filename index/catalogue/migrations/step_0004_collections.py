"""Collections, and lists in any order."""

import sqlalchemy as sa
from alembic import op

from index.state.columns import TEXT

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """A table and two indexes."""
    op.create_table(
        "given_collections",
        sa.Column("path", TEXT, primary_key=True),
        sa.Column("collection", TEXT, nullable=False),
        if_not_exists=True,
    )
    op.create_index(
        "articles_listed",
        "articles",
        ["date", "title", "source", "region", "file", "id"],
        if_not_exists=True,
    )
    if op.get_bind().dialect.name == "sqlite":
        collection = "json_extract(info, '$.collection')"
    else:
        collection = """((info::json #>> '{collection}') COLLATE "C")"""
    op.execute(
        f"CREATE INDEX IF NOT EXISTS articles_in_collections ON articles ({collection}) WHERE {collection} <> ''"
    )
