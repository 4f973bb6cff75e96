"""Words in a folder of their own; passages whose words wait to be stored there."""

import sqlalchemy as sa
from alembic import op

from index.state.columns import NUMBER, TEXT

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Whatever puts a passage in or takes one out, its id goes on the list."""
    if op.get_bind().dialect.name == "sqlite":
        _in_file()
    else:
        _on_server()


def _in_file() -> None:
    op.create_table(
        "words_waiting",
        sa.Column("number", NUMBER, primary_key=True),
        sa.Column("passage_id", TEXT, nullable=False),
        if_not_exists=True,
        sqlite_autoincrement=True,
    )
    for name, event, row in (("words_of_new", "INSERT", "new"), ("words_of_old", "DELETE", "old")):
        op.execute(
            f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {event} ON passages BEGIN "
            f"INSERT INTO words_waiting (passage_id) VALUES ({row}.id); END"
        )
    op.execute("INSERT INTO words_waiting (passage_id) SELECT id FROM passages ORDER BY number")
    op.execute("DROP TABLE IF EXISTS word_counts")
    op.execute("DROP TABLE IF EXISTS passage_words")


def _on_server() -> None:
    """Every server reads the list from where it is: only the last change of a passage stays on it."""
    op.create_table(
        "words_waiting",
        sa.Column("number", NUMBER, sa.Identity(), primary_key=True),
        sa.Column("passage_id", TEXT, nullable=False, unique=True),
    )
    op.execute(
        "CREATE FUNCTION words_of_passage() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$"
        " BEGIN INSERT INTO words_waiting (passage_id)"
        " VALUES (CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END)"
        " ON CONFLICT (passage_id) DO UPDATE SET number = DEFAULT;"
        " RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER words_of_passages AFTER INSERT OR DELETE ON passages"
        " FOR EACH ROW EXECUTE FUNCTION words_of_passage()"
    )
