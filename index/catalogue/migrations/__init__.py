"""The revisions of the catalogue's tables; up to 9 they are the steps from before Alembic."""
