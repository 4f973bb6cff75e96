"""An article's text and sections apart from what is known of it; articles that belong together."""

import sqlalchemy as sa
from alembic import op

from index.state.columns import TEXT

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """What was one JSON text of an article becomes three columns, so that lists need not read texts."""
    columns = {each["name"] for each in sa.inspect(op.get_bind()).get_columns("articles")}
    if "data" in columns:
        _part_articles()
    op.create_index("articles_by_file", "articles", ["file"], if_not_exists=True)
    op.create_table(
        "signatures",
        sa.Column("article_id", TEXT, primary_key=True),
        sa.Column("data", sa.LargeBinary),
        if_not_exists=True,
    )
    op.create_table(
        "links",
        *(sa.Column(name, TEXT, nullable=False) for name in ("older", "newer", "data")),
        if_not_exists=True,
    )
    op.create_index("links_by_older", "links", ["older"], if_not_exists=True)
    op.create_index("links_by_newer", "links", ["newer"], if_not_exists=True)


def _part_articles() -> None:
    """Only SQLite files are that old."""
    op.create_table(
        "articles_parted",
        sa.Column("id", TEXT, primary_key=True),
        *(
            sa.Column(name, TEXT, nullable=False)
            for name in ("file", "title", "date", "source", "region", "info", "sections", "text")
        ),
    )
    op.get_bind().exec_driver_sql(
        "INSERT INTO articles_parted SELECT id, file, title, date, source, region, "
        "json_remove(data, '$.text', '$.sections'), json_extract(data, '$.sections'), "
        "json_extract(data, '$.text') FROM articles ORDER BY rowid"
    )
    op.drop_table("articles")
    op.rename_table("articles_parted", "articles")
