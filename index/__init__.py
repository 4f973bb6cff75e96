"""Passages in, ranked passages out (floor 2: imports only from the corpus)."""
