"""The API's search: passages without an answer."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from assistant.limits import check_filters, check_question
from assistant.passages import Searched, passages_listed
from corpus.problem import Problem
from ui.people.access import Access
from ui.people.limits import Limits, who
from ui.people.person import visible_to
from ui.web.api_errors import http_error, ready
from ui.web.passages import MOST_PASSAGES, AskedFilters, filters_of_address
from ui.web.waiting import in_front, result_of
from ui.web.workplace import Workplace

_TOP = 8
_LAST = 10**6
Sort = Literal["best", "fit", "date"]
_SORT = (
    "best: the best passages as the reader ranks them; fit, date: all that match, a page at a time, those that fit best "
    "or the newest first"
)
_OFFSET = "how many passages are passed over, where all that match are listed"


class Search(BaseModel):
    """What is sent to /api/search."""

    question: str
    top: int = Field(_TOP, ge=1, le=MOST_PASSAGES, description="how many passages at most")
    sort: Sort = Field("best", description=_SORT)
    offset: int = Field(0, ge=0, le=_LAST, description=_OFFSET)
    filters: AskedFilters = Field(default_factory=AskedFilters)


def search_router(workplace: Workplace, access: Access, limits: Limits) -> APIRouter:
    """The search of a workplace."""
    routes = APIRouter(tags=["search"])

    async def passages(request: Request, search: Search) -> Searched:
        person = await in_front(access.need, request)
        try:
            question = check_question(search.question, workplace.settings.longest_question)
            check_filters(search.filters)
            limits.take(person, request)
            assistant, key = ready(workplace), who(person, request)
            seen = visible_to(person, search.filters)
            if search.sort == "best":
                best = assistant.begin_search(question, filters=seen, top=search.top, who=key)
                found = await result_of(best, request)
            else:
                listing = assistant.begin_listing(
                    question, filters=seen, order=search.sort, offset=search.offset, most=search.top, who=key
                )
                found = passages_listed(question, await result_of(listing, request))
        except Problem as problem:
            raise http_error(problem) from problem
        await in_front(access.need_still, request, person)
        return found

    @routes.get("/api/search", summary="Passages for a question")
    async def search(
        request: Request,
        question: str,
        top: Annotated[int, Query(ge=1, le=MOST_PASSAGES, description="how many passages at most")] = _TOP,
        year: Annotated[list[int] | None, Query(description="only articles of this year; repeatable")] = None,
        region: Annotated[list[str] | None, Query(description="only this region; repeatable")] = None,
        source: Annotated[list[str] | None, Query(description="only this source; repeatable")] = None,
        kind: Annotated[list[str] | None, Query(description="only this kind of text; repeatable")] = None,
        since: Annotated[str, Query(description="only articles dated from this day, month or year on")] = "",
        until: Annotated[str, Query(description="only articles dated up to this day, month or year")] = "",
        article: Annotated[
            list[str] | None, Query(description="only the article of this id; repeatable")
        ] = None,
        sort: Annotated[Sort, Query(description=_SORT)] = "best",
        offset: Annotated[int, Query(ge=0, le=_LAST, description=_OFFSET)] = 0,
    ) -> Searched:
        """The passages that best fit a question, best first, or all that match; each with its article and its place in it."""
        filters = filters_of_address(
            year=year, region=region, source=source, kind=kind, since=since, until=until, article=article
        )
        search = Search(question=question, top=top, sort=sort, offset=offset, filters=filters)
        return await passages(request, search)

    @routes.post("/api/search", summary="Passages for a question, sent as JSON")
    async def search_by_body(body: Search, request: Request) -> Searched:
        """The same as the GET, for long questions and lists of filters."""
        return await passages(request, body)

    return routes
