"""Run by Alembic: the revisions of one part, on the connection and inside of the transaction of `index.state.upgrade`."""

from alembic import context

given = context.config.attributes
context.configure(
    connection=given["connection"],
    version_table=given["version_table"],
    # SQLite can take back changes of its tables, too, if the driver begins no transactions of its own.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
