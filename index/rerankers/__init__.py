"""From a question and passages to scores: one interface, and the networks behind it."""

from index.rerankers.base import Reranker
from index.rerankers.factory import DEFAULT_RERANKER, NO_RERANKER, make_reranker

__all__ = ["DEFAULT_RERANKER", "NO_RERANKER", "Reranker", "make_reranker"]
