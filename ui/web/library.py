"""The articles as other programs see them: without where their files lie, and only those that a person may see."""

from __future__ import annotations

from pydantic import BaseModel

from corpus.model import Article, Section
from corpus.problem import Problem
from index.hit import ArticleInfo
from index.query import Filters
from ui.people.person import Person, visible_to
from ui.web.workplace import Workplace


class ArticleCard(BaseModel):
    """What is known of an article. `date` may stop at the year or the month; empty where unknown."""

    id: str
    title: str
    date: str = ""
    source: str = ""
    region: str = ""
    url: str = ""
    issuer: str = ""
    number: str = ""
    kind: str = ""


class ArticleText(ArticleCard):
    """An article with its cleaned text, which every `start` and `end` counts characters of, and its sections."""

    sections: list[Section]
    text: str


class ArticlePage(BaseModel):
    """Some of the articles: `total` fit what was asked for, `articles` are those from `offset` on."""

    total: int
    offset: int
    limit: int
    articles: list[ArticleCard]


def card_of(info: ArticleInfo) -> ArticleCard:
    """What programs are told of an article."""
    return ArticleCard.model_validate(info.model_dump(include=set(ArticleCard.model_fields)))


def articles_page(
    workplace: Workplace, person: Person, filters: Filters, text: str, offset: int, limit: int
) -> ArticlePage:
    """A page of the articles within `filters` that the person may see and whose title or number holds `text`.

    Raises:
        Problem: `program_not_ready` before the index is open.
    """
    if workplace.index is None:
        raise Problem("program_not_ready", phase=workplace.status.phase, done=0, total=0)
    found, total = workplace.index.catalogue.find_articles(
        visible_to(person, filters), text, offset=offset, most=limit
    )
    return ArticlePage(total=total, offset=offset, limit=limit, articles=[card_of(info) for info in found])


def article_seen_by(workplace: Workplace, person: Person, article_id: str) -> Article:
    """An article that the person may see.

    Raises:
        Problem: `program_no_article` where there is none, or none for this person.
    """
    index = workplace.index
    if index is not None and article_id:
        _, count = index.catalogue.find_articles(visible_to(person, Filters()), article_id=article_id, most=0)
        article = index.catalogue.article(article_id) if count else None
        if article is not None:
            return article
    raise Problem("program_no_article", article=article_id)
