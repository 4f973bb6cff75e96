"""Question and history in, cited answer out (floor 3: imports from the index and the corpus)."""
