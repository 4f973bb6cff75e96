"""The API's articles: a list with paging, and one with its text."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from assistant.limits import NAME_CHARACTERS, SEARCH_CHARACTERS, check_filters, check_text
from corpus.problem import Problem
from ui.people.access import Access
from ui.web.api_errors import http_error
from ui.web.library import ArticlePage, ArticleText, article_seen_by, articles_page
from ui.web.passages import filters_of_address
from ui.web.workplace import Workplace

_PAGE, _LONGEST_PAGE = 50, 500


def articles_router(workplace: Workplace, access: Access) -> APIRouter:
    """The articles of a workplace."""
    routes = APIRouter(tags=["articles"])

    @routes.get("/api/articles", summary="Articles, newest first")
    def articles(
        request: Request,
        q: Annotated[str, Query(description="a part of the title or document number")] = "",
        source: Annotated[list[str] | None, Query(description="only this source; repeatable")] = None,
        region: Annotated[list[str] | None, Query(description="only this region; repeatable")] = None,
        year: Annotated[list[int] | None, Query(description="only of this year; repeatable")] = None,
        kind: Annotated[list[str] | None, Query(description="only this kind of text; repeatable")] = None,
        since: Annotated[str, Query(description="only articles dated from this day, month or year on")] = "",
        until: Annotated[str, Query(description="only articles dated up to this day, month or year")] = "",
        offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
        limit: Annotated[int, Query(ge=1, le=_LONGEST_PAGE)] = _PAGE,
    ) -> ArticlePage:
        """The articles without their texts, a page at a time."""
        person = access.need(request)
        filters = filters_of_address(
            year=year, region=region, source=source, kind=kind, since=since, until=until
        )
        try:
            check_filters(filters)
            check_text("q", q, SEARCH_CHARACTERS)
            return articles_page(workplace, person, filters, q.strip(), offset, limit)
        except Problem as problem:
            raise http_error(problem) from problem

    @routes.get("/api/articles/{article_id}", summary="An article with its text")
    def article(article_id: str, request: Request) -> ArticleText:
        """What is known of an article, its sections as spans of its text, and the text."""
        person = access.need(request)
        try:
            check_text("article_id", article_id, NAME_CHARACTERS)
            found = article_seen_by(workplace, person, article_id)
        except Problem as problem:
            raise http_error(problem) from problem
        return ArticleText.model_validate(found.model_dump(include=set(ArticleText.model_fields)))

    return routes
