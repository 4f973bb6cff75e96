"""Answers that a language model writes from the passages."""
