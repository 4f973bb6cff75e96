"""LangChain: its loaders and splitter, Chroma, and its retrievers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import jieba
from langchain_chroma import Chroma
from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.document_loaders import (
    BSHTMLLoader,
    CSVLoader,
    Docx2txtLoader,
    PyPDFLoader,
    TextLoader,
)
from langchain_community.retrievers import BM25Retriever
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from evals.peers.systems.base import OVERLAP, SEPARATORS, WINDOW, Found, Taken, characters_of
from evals.peers.systems.embedding import KeptEmbedder

_LOADERS: dict[str, Callable[[str], Any]] = {
    ".txt": lambda path: TextLoader(path, encoding="utf-8"),
    ".md": lambda path: TextLoader(path, encoding="utf-8"),
    ".csv": lambda path: CSVLoader(path, encoding="utf-8"),
    ".html": lambda path: BSHTMLLoader(path, open_encoding="utf-8"),
    ".htm": lambda path: BSHTMLLoader(path, open_encoding="utf-8"),
    ".pdf": PyPDFLoader,
    ".docx": Docx2txtLoader,
}
_FETCHED = 20


def load(files: Sequence[Path]) -> tuple[list[Document], list[str]]:
    """The documents of the files, and the names of files that no loader reads or that a loader fails on."""
    documents, not_read = [], []
    for file in files:
        try:
            documents += _LOADERS[file.suffix.lower()](str(file)).load()
        except Exception:
            not_read.append(file.name)
    return documents, not_read


def split(documents: Sequence[Document]) -> list[Document]:
    """Windows of the documents; blank ones are left out."""
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=WINDOW, chunk_overlap=OVERLAP, separators=SEPARATORS, keep_separator="end"
    )
    return [each for each in splitter.split_documents(documents) if each.page_content.strip()]


class _Embeddings(Embeddings):
    def __init__(self, embedder: KeptEmbedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._embedder.passages(texts).tolist()

    def embed_query(self, text: str) -> list[float]:
        return self._embedder.question(text).tolist()


class Similarity:
    """The nearest passages of a Chroma collection by cosine."""

    def __init__(self, embedder: KeptEmbedder) -> None:
        self._embeddings = _Embeddings(embedder)
        self._chroma: Chroma | None = None

    def ingest(self, files: Sequence[Path]) -> Taken:
        """Load, split, embed and store."""
        documents, not_read = load(files)
        passages = split(documents)
        if self._chroma is not None:
            self._chroma.delete_collection()
        # All collections of a process lie in one store: each has a name of its own.
        self._chroma = Chroma(
            uuid4().hex, embedding_function=self._embeddings, collection_metadata={"hnsw:space": "cosine"}
        )
        # Chroma takes no more at once.
        for start in range(0, len(passages), 2000):
            self._chroma.add_documents(passages[start : start + 2000])
        self._make_retriever(self._chroma, passages)
        return Taken(characters_of([each.page_content for each in documents]), len(passages), not_read)

    def _make_retriever(self, chroma: Chroma, passages: list[Document]) -> None:
        """What a kind of retriever needs besides the collection."""

    def search(self, question: str, most: int) -> list[Found]:
        """With the cosine as score."""
        assert self._chroma is not None
        found = self._chroma.similarity_search_with_score(question, k=most)
        return [_found(document, 1.0 - distance) for document, distance in found]


class MaximalMarginalRelevance(Similarity):
    """The retriever of most tutorials: `as_retriever(search_type="mmr")`."""

    def search(self, question: str, most: int) -> list[Found]:
        """Without scores."""
        assert self._chroma is not None
        retriever = self._chroma.as_retriever(
            search_type="mmr", search_kwargs={"k": most, "fetch_k": _FETCHED}
        )
        return [_found(document) for document in retriever.invoke(question)]


class Ensemble(Similarity):
    """`EnsembleRetriever` of BM25 and the collection, with equal weights; BM25 cuts words at white space, as it comes."""

    words: Callable[[str], list[str]] | None = None

    def _make_retriever(self, chroma: Chroma, passages: list[Document]) -> None:
        options: dict[str, Any] = {"preprocess_func": self.words} if self.words else {}
        self._keyword = BM25Retriever.from_documents(passages, **options)
        self._dense = chroma.as_retriever()

    def search(self, question: str, most: int) -> list[Found]:
        """Without scores."""
        self._keyword.k = most
        self._dense.search_kwargs = {"k": most}
        both = EnsembleRetriever(retrievers=[self._keyword, self._dense], weights=[0.5, 0.5])
        return [_found(document) for document in both.invoke(question)[:most]]


class EnsembleOfWords(Ensemble):
    """The same with words cut by jieba."""

    words = staticmethod(jieba.lcut)


def _found(document: Document, score: float | None = None) -> Found:
    return Found(document.page_content, [Path(str(document.metadata.get("source", ""))).name], score)
