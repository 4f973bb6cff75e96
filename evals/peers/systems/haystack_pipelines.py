"""Haystack: its document store in memory and its retrievers, by vector and by both arms."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from haystack import Document
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore

from evals.peers.systems.base import Found, Taken, characters_of
from evals.peers.systems.embedding import KeptEmbedder
from evals.peers.systems.langchain_chains import load, split


class ByVector:
    """`InMemoryEmbeddingRetriever` by cosine, over the passages that LangChain's loaders and splitter give."""

    def __init__(self, embedder: KeptEmbedder) -> None:
        self._embedder = embedder
        self._store = InMemoryDocumentStore(embedding_similarity_function="cosine")

    def ingest(self, files: Sequence[Path]) -> Taken:
        """Load, split, embed and store."""
        documents, not_read = load(files)
        passages = split(documents)
        vectors = self._embedder.passages([each.page_content for each in passages])
        self._store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        self._store.write_documents(
            [
                Document(
                    id=str(number),
                    content=passage.page_content,
                    meta={"source": Path(str(passage.metadata.get("source", ""))).name},
                    embedding=vector.tolist(),
                )
                for number, (passage, vector) in enumerate(zip(passages, vectors, strict=True))
            ]
        )
        return Taken(characters_of([each.page_content for each in documents]), len(passages), not_read)

    def search(self, question: str, most: int) -> list[Found]:
        """With the cosine as score."""
        return [_found(each, each.score) for each in self._by_vector(question, most)]

    def _by_vector(self, question: str, most: int) -> list[Document]:
        retriever = InMemoryEmbeddingRetriever(self._store, top_k=most)
        vector = self._embedder.question(question).tolist()
        found: list[Document] = retriever.run(query_embedding=vector)["documents"]
        return found


class ByBoth(ByVector):
    """Vectors and `InMemoryBM25Retriever` as it comes, joined by reciprocal ranks; its tutorials add a ranker from a model hub."""

    def search(self, question: str, most: int) -> list[Found]:
        """Without scores that could be compared between questions."""
        keyword = InMemoryBM25Retriever(self._store, top_k=most).run(query=question)["documents"]
        joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=most)
        joined = joiner.run(documents=[self._by_vector(question, most), keyword])["documents"]
        return [_found(each) for each in joined]


def _found(document: Document, score: float | None = None) -> Found:
    return Found(document.content or "", [str(document.meta.get("source", ""))], score)
