"""What an article is and how one becomes passages (floor 1: imports nothing of the house)."""

from corpus.model import Article, Passage, Section

__all__ = ["Article", "Passage", "Section"]
