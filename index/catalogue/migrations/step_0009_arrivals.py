"""When each article first came."""

import sqlalchemy as sa
from alembic import op

from index.state.columns import TEXT

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Of the articles that are there it is not known."""
    op.create_table(
        "arrivals",
        sa.Column("article_id", TEXT, primary_key=True),
        sa.Column("at", TEXT, nullable=False),
        if_not_exists=True,
    )
    op.create_index("arrivals_by_time", "arrivals", ["at"], if_not_exists=True)
    if op.get_bind().dialect.name == "sqlite":
        op.execute("INSERT OR IGNORE INTO arrivals SELECT id, '' FROM articles")
        op.get_bind().exec_driver_sql(
            "CREATE TRIGGER IF NOT EXISTS arrival_of_new AFTER INSERT ON articles BEGIN INSERT OR IGNORE INTO arrivals "
            "VALUES (new.id, strftime('%Y-%m-%dT%H:%M:%f', 'now') || '+00:00'); END"
        )
        return
    op.get_bind().exec_driver_sql(
        "CREATE FUNCTION arrival_of_article() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$"
        " BEGIN INSERT INTO arrivals VALUES"
        " (NEW.id, to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS') || '+00:00')"
        " ON CONFLICT DO NOTHING;"
        " RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER arrival_of_new AFTER INSERT ON articles FOR EACH ROW EXECUTE FUNCTION arrival_of_article()"
    )
