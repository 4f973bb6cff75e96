"""The search as a retriever of LangChain's."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field

from assistant.langchain.documents import passage_document
from assistant.service import Assistant
from index.query import Filters


class PassageRetriever(BaseRetriever):
    """The passages that an assistant's search finds, best first; of a question that has parts, those of its parts in turns.

    The metadata of a document are `title`, `date`, `source`, `section`, `passage_id`, `score` and the other fields of
    `assistant.passages.PassageFound`. Filters exclude: where no article fits them, nothing is found.

    Args:
        assistant: Whose index is searched.
        k: How many passages at most.
        filters: Which articles may be found.

    Example:
        ```python
        retriever = PassageRetriever(assistant=assistant, k=3, filters=Filters(years=[2026]))
        for document in retriever.invoke("上海2025年集成电路产业营收多少?"):
            print(document.metadata["score"], document.metadata["title"], document.page_content)
        ```
    """

    assistant: Assistant = Field(exclude=True, repr=False)
    k: int = Field(8, ge=1)
    filters: Filters = Field(default_factory=Filters)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        found = self.assistant.search(query, filters=self.filters, top=self.k)
        return [] if found.widened else [passage_document(passage) for passage in found.hits]
