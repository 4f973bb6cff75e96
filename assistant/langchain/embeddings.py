"""The embedding model as LangChain's embeddings."""

from __future__ import annotations

from langchain_core.embeddings import Embeddings

from index.embeddings.base import Embedder


class PassageEmbeddings(Embeddings):
    """Vectors of length one, so that their dot product is the cosine; questions and passages are embedded each in its way.

    Args:
        embedder: The model; `assistant.service.open_embedder` opens the one that the settings name.

    Example:
        ```python
        embeddings = PassageEmbeddings(open_embedder(Settings()))
        vector = embeddings.embed_query("上海2025年集成电路产业营收多少?")
        ```
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages, in the order of `texts`."""
        vectors: list[list[float]] = self._embedder.embed_passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        vector: list[float] = self._embedder.embed_queries([text])[0].tolist()
        return vector
