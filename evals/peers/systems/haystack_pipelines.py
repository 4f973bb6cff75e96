"""Haystack: its converters and splitter, its document store in memory, by vector and by both arms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from haystack import Document
from haystack.components.converters import (
    CSVToDocument,
    DOCXToDocument,
    HTMLToDocument,
    PyPDFToDocument,
    TextFileToDocument,
)
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import RecursiveDocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore

from evals.peers.systems.base import OVERLAP, SEPARATORS, WINDOW, Found, Taken, characters_of
from evals.peers.systems.embedding import KeptEmbedder

_CONVERTERS: dict[str, Any] = {
    ".txt": TextFileToDocument,
    ".md": TextFileToDocument,
    ".csv": CSVToDocument,
    ".html": HTMLToDocument,
    ".htm": HTMLToDocument,
    ".pdf": PyPDFToDocument,
    ".docx": DOCXToDocument,
}


def convert(files: Sequence[Path]) -> tuple[list[Document], list[str]]:
    """The documents of the files, and the names of files that no converter reads or that give no text."""
    documents: list[Document] = []
    not_read = []
    for file in files:
        converter = _CONVERTERS.get(file.suffix.lower())
        made = converter().run(sources=[file], meta={"source": file.name})["documents"] if converter else []
        documents += made
        if not any(each.content for each in made):
            not_read.append(file.name)
    return documents, not_read


class ByVector:
    """`InMemoryEmbeddingRetriever` by cosine."""

    def __init__(self, embedder: KeptEmbedder) -> None:
        self._embedder = embedder
        self._store = InMemoryDocumentStore(embedding_similarity_function="cosine")

    def ingest(self, files: Sequence[Path]) -> Taken:
        """Convert, split, embed and store; `DocumentCleaner` would join the lines, and the splitter wants them."""
        documents, not_read = convert(files)
        splitter = RecursiveDocumentSplitter(
            split_length=WINDOW, split_overlap=OVERLAP, split_unit="char", separators=SEPARATORS[:-1]
        )
        splitter.warm_up()
        passages = [
            each for each in splitter.run(documents=documents)["documents"] if (each.content or "").strip()
        ]
        vectors = self._embedder.passages([each.content for each in passages])
        passages = [
            replace(passage, embedding=vector.tolist())
            for passage, vector in zip(passages, vectors, strict=True)
        ]
        self._store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        self._store.write_documents(passages)
        return Taken(characters_of([each.content or "" for each in documents]), len(passages), not_read)

    def search(self, question: str, most: int) -> list[Found]:
        """With the cosine as score."""
        return [_found(each) for each in self._by_vector(question, most)]

    def _by_vector(self, question: str, most: int) -> list[Document]:
        retriever = InMemoryEmbeddingRetriever(self._store, top_k=most)
        found: list[Document] = retriever.run(query_embedding=self._embedder.question(question).tolist())[
            "documents"
        ]
        return found


class ByBoth(ByVector):
    """Vectors and `InMemoryBM25Retriever` as it comes, joined by reciprocal ranks; its tutorials add a ranker from a model hub."""

    def search(self, question: str, most: int) -> list[Found]:
        """Without scores that could be compared between questions."""
        keyword = InMemoryBM25Retriever(self._store, top_k=most).run(query=question)["documents"]
        joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=most)
        joined = joiner.run(documents=[self._by_vector(question, most), keyword])["documents"]
        return [Found(each.content or "", [str(each.meta.get("source", ""))]) for each in joined]


def _found(document: Document) -> Found:
    return Found(document.content or "", [str(document.meta.get("source", ""))], document.score)
