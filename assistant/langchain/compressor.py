"""The reader as a compressor of LangChain's documents."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.callbacks import Callbacks
from langchain_core.documents import BaseDocumentCompressor, Document
from pydantic import ConfigDict, Field

from index.rerankers.base import Reranker


class ReaderCompressor(BaseDocumentCompressor):
    """Keeps the documents that answer a question best, best first, whoever found them.

    Each is read under its `title` and `section` where its metadata have them. Its metadata get a `relevance_score`: a logit,
    above 0 where it rather answers than not.

    Args:
        reranker: What reads question and document together; `index.rerankers.make_reranker` opens the one that the settings name.
        top_n: How many are kept.

    Example:
        ```python
        reranker = make_reranker(settings.reranker, settings.models_folder)
        best = ReaderCompressor(reranker=reranker, top_n=3).compress_documents(documents, "上海营收多少?")
        ```
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    reranker: Reranker
    top_n: int = Field(5, ge=1)

    def compress_documents(
        self, documents: Sequence[Document], query: str, callbacks: Callbacks | None = None
    ) -> list[Document]:
        """The best documents for `query`; no callbacks are called, for no model of LangChain's is."""
        scores = self.reranker.scores(query, [_reading_text(document) for document in documents])
        best = sorted(zip(scores, documents, strict=True), key=lambda pair: -pair[0])[: self.top_n]
        return [
            document.model_copy(update={"metadata": {**document.metadata, "relevance_score": score}})
            for score, document in best
        ]


def _reading_text(document: Document) -> str:
    """What is read of a document: whose and what it is, then its text."""
    names = [str(document.metadata.get(name) or "") for name in ("title", "section")]
    label = " > ".join(name for name in names if name)
    return f"{label}\n{document.page_content}" if label else document.page_content
