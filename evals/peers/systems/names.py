"""Which programs there are, where their classes stand, and what each installs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Peer:
    """A program compared: what it is called in tables, its class, and the distributions that a user of it installs."""

    title: str
    module: str
    class_name: str
    installs: tuple[str, ...]


_LANGCHAIN = (
    "langchain-classic", "langchain-community", "langchain-chroma", "langchain-huggingface", "sentence-transformers",
    "beautifulsoup4", "lxml", "pypdf", "docx2txt",
)  # fmt: skip
_HAYSTACK = ("haystack-ai", "sentence-transformers", "trafilatura", "pypdf", "python-docx")
_TXTAI = (
    "txtai",
    "sentence-transformers",
    "langchain-community",
    "langchain-text-splitters",
    *_LANGCHAIN[-4:],
)
_CHAINS = "evals.peers.systems.langchain_chains"
_PIPELINES = "evals.peers.systems.haystack_pipelines"
_DATABASE = "evals.peers.systems.txtai_index"

PEERS: dict[str, Peer] = {
    "langchain": Peer("LangChain, Chroma, similarity", _CHAINS, "Similarity", _LANGCHAIN),
    "langchain-mmr": Peer("LangChain, Chroma, MMR", _CHAINS, "MaximalMarginalRelevance", _LANGCHAIN),
    "langchain-bm25": Peer(
        "LangChain, EnsembleRetriever, BM25 as it comes", _CHAINS, "Ensemble", (*_LANGCHAIN, "rank-bm25")
    ),
    "langchain-jieba": Peer(
        "LangChain, EnsembleRetriever, BM25 with jieba",
        _CHAINS,
        "EnsembleOfWords",
        (*_LANGCHAIN, "rank-bm25", "jieba"),
    ),
    "txtai": Peer("txtai, vectors", _DATABASE, "Dense", _TXTAI),
    "txtai-hybrid": Peer("txtai, hybrid", _DATABASE, "Hybrid", _TXTAI),
    "haystack": Peer("Haystack, vectors", _PIPELINES, "ByVector", _HAYSTACK),
    "haystack-hybrid": Peer("Haystack, vectors and BM25", _PIPELINES, "ByBoth", _HAYSTACK),
}
