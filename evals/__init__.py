"""Question-answer sets: run them, and see whether the assistant got better or worse."""
