"""Articles and passages as LangChain's documents, and what stands in their metadata."""

from __future__ import annotations

from langchain_core.documents import Document

from assistant.passages import PassageFound
from corpus.model import Article
from index.hit import ArticleInfo

_TOLD_OF_ARTICLES = set(ArticleInfo.model_fields) - {"id", "origins"}


class ArticleDocument(Document):
    """An article whose text is `page_content`; `article` keeps its sections and tables, by which it is cut.

    The metadata are those of `index.hit.ArticleInfo` (title, date, source, region, url, file, …) and `article_id`, all texts.
    """

    article: Article

    @classmethod
    def of(cls, article: Article) -> ArticleDocument:
        """The document of an article."""
        return cls(
            page_content=article.text,
            id=article.id,
            metadata={"article_id": article.id, **article.model_dump(include=_TOLD_OF_ARTICLES)},
            article=article,
        )


def passage_document(passage: PassageFound) -> Document:
    """A passage as a document; its metadata are the other fields of `PassageFound` that are texts or numbers."""
    told = passage.model_dump(exclude={"text", "also_in"}, exclude_none=True)
    return Document(page_content=passage.text, id=passage.passage_id, metadata=told)
