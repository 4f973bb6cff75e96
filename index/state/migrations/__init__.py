"""What Alembic is run with; the revisions stand beside the tables that they make."""
