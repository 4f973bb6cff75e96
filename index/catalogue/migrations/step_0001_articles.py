"""Files, articles, passages and their words."""

import sqlalchemy as sa
from alembic import op

from index.state.columns import NUMBER, TEXT, added_row_order

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Files from before there were numbers have these tables already, perhaps of a later form."""
    dialect = op.get_bind().dialect.name
    op.create_table(
        "meta",
        sa.Column("name", TEXT, primary_key=True),
        sa.Column("value", TEXT, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "files",
        sa.Column("path", TEXT, primary_key=True),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("problems", TEXT, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "articles",
        sa.Column("id", TEXT, primary_key=True),
        *(
            sa.Column(name, TEXT, nullable=False)
            for name in ("file", "title", "date", "source", "region", "info", "sections", "text")
        ),
        *added_row_order(dialect),
        if_not_exists=True,
    )
    op.create_table(
        "passages",
        sa.Column("number", NUMBER, *_counted(dialect), primary_key=True),
        sa.Column("id", TEXT, nullable=False, unique=True),
        sa.Column("article_id", TEXT, nullable=False),
        sa.Column("data", TEXT, nullable=False),
        if_not_exists=True,
    )
    op.create_index("passages_by_article", "passages", ["article_id"], if_not_exists=True)
    if dialect == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS passage_words USING fts5 (title, heading, body, years, "
            'tokenize = "unicode61 remove_diacritics 0")'
        )
        op.execute("CREATE VIRTUAL TABLE IF NOT EXISTS word_counts USING fts5vocab ('passage_words', 'row')")


def _counted(dialect: str) -> list[sa.Identity]:
    return [] if dialect == "sqlite" else [sa.Identity()]
