"""The splitter as a transformer of LangChain's documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from langchain_core.documents import BaseDocumentTransformer, Document

from assistant.langchain.documents import ArticleDocument
from corpus.assemble import article_id
from corpus.language.periods import PARTIAL_DATE
from corpus.model import Article, Section
from corpus.split import Splitter


class PassageSplitter(BaseDocumentTransformer):
    """Cuts documents into passages of whole sentences, at a length that is good to cite.

    What `ArticleLoader` has read is cut as in an index: within its sections, rows of tables under their heads. Any other
    document is one section. A passage has the metadata of its document and `passage_id`, `section`, `start` and `end`:
    `passage.page_content == document.page_content[start:end]`.

    Args:
        splitter: The lengths; those of an index where none are given.

    Example:
        ```python
        passages = PassageSplitter().transform_documents([Document("2025年，上海市集成电路产业营收超过4800亿元。")])
        ```
    """

    def __init__(self, splitter: Splitter | None = None) -> None:
        self._splitter = splitter or Splitter()

    def transform_documents(self, documents: Sequence[Document], **kwargs: Any) -> list[Document]:
        """The passages of all documents, in order."""
        return [passage for document in documents for passage in self._passages(document)]

    def _passages(self, document: Document) -> Iterator[Document]:
        for passage in self._splitter.split(_article_of(document)):
            place = {
                "passage_id": passage.id,
                "section": " > ".join(passage.heading_path),
                "start": passage.start,
                "end": passage.end,
            }
            yield Document(page_content=passage.text, id=passage.id, metadata={**document.metadata, **place})


def _article_of(document: Document) -> Article:
    """The article that was read, unless its text was changed since; else one of a single section."""
    text, told = document.page_content, document.metadata
    if isinstance(document, ArticleDocument) and document.article.text == text:
        return document.article
    date = str(told.get("date") or "")
    return Article(
        id=document.id or article_id(text),
        title=str(told.get("title") or ""),
        text=text,
        sections=[Section(start=0, end=len(text))],
        date=date if PARTIAL_DATE.match(date) else "",
    )
