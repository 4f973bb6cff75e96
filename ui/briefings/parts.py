"""The words of a briefing that its files share."""

from __future__ import annotations

from assistant.briefing.model import ArticleBrief
from assistant.messages import message
from assistant.model import Citation


def place_of(citation: Citation, language: str) -> str:
    """Where a sentence stands in its article: its headings, and the page of a printed one."""
    page = message("page_number", language, page=citation.page) if citation.page else ""
    return " · ".join(part for part in (citation.section, page) if part)


def about_article(article: ArticleBrief) -> str:
    """What stands under an article's title: its date and source."""
    return " · ".join(part for part in (article.date, article.source) if part)


def source_of(article: ArticleBrief) -> str:
    """An article in one line: title, date, source, address."""
    parts = [f"《{article.title.strip('《》')}》", article.date, article.source, article.url]
    return "，".join(part for part in parts if part)


def heads_of_figures(language: str) -> list[str]:
    """The heads of a table of figures."""
    return [message(f"briefing_{name}", language) for name in ("measure", "value", "period")]


__all__ = ["about_article", "heads_of_figures", "place_of", "source_of"]
