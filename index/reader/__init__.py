"""The small network that reads a passage for a question: a score to rank by, and the span that answers."""
