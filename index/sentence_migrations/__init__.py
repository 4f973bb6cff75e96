"""The revisions of the table of sentences' vectors."""
