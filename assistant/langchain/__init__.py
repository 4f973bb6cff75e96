"""The parts of the assistant as LangChain's own: each can be used alone, and is loaded when it is used first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.lazy_names import lazy_names

if TYPE_CHECKING:
    from assistant.langchain.compressor import ReaderCompressor
    from assistant.langchain.documents import ArticleDocument
    from assistant.langchain.embeddings import PassageEmbeddings
    from assistant.langchain.loader import ArticleLoader
    from assistant.langchain.retriever import PassageRetriever
    from assistant.langchain.runnable import Asked, as_runnable
    from assistant.langchain.splitter import PassageSplitter
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "ArticleDocument": "assistant.langchain.documents",
            "ArticleLoader": "assistant.langchain.loader",
            "Asked": "assistant.langchain.runnable",
            "PassageEmbeddings": "assistant.langchain.embeddings",
            "PassageRetriever": "assistant.langchain.retriever",
            "PassageSplitter": "assistant.langchain.splitter",
            "ReaderCompressor": "assistant.langchain.compressor",
            "as_runnable": "assistant.langchain.runnable",
        },
    )

__all__ = [
    "ArticleDocument",
    "ArticleLoader",
    "Asked",
    "PassageEmbeddings",
    "PassageRetriever",
    "PassageSplitter",
    "ReaderCompressor",
    "as_runnable",
]
