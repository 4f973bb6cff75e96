"""The HTTP API, and the cited articles as pages."""

from __future__ import annotations

from secrets import token_urlsafe

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, HTMLResponse
from pydantic import BaseModel, Field

from assistant.limits import check_filters, check_history, check_question
from assistant.model import Answer, Turn
from corpus.language.normalize import all_readable
from corpus.problem import Problem
from evals.folder import runs_in
from index.query import Filters
from ui.people.access import Access
from ui.people.limits import Limits, who
from ui.people.person import visible_to
from ui.web.api_errors import http_error, ready
from ui.web.article import article_page, span_of_quote
from ui.web.html_page import language_named
from ui.web.linked import linked_html
from ui.web.page_pictures_route import add_page_pictures
from ui.web.page_view import printed_html
from ui.web.passages import AskedFilters
from ui.web.readable import readable_article
from ui.web.versions import add_versions
from ui.web.waiting import in_front, result_of
from ui.web.workplace import Workplace


class Ask(BaseModel):
    """What is sent to /api/ask."""

    question: str
    history: list[Turn] = Field(default_factory=list)
    filters: AskedFilters = Field(default_factory=AskedFilters)


def router(workplace: Workplace, access: Access, limits: Limits) -> APIRouter:
    """The routes over a workplace."""
    routes = APIRouter()
    _add_status(routes, workplace)
    _add_answers(routes, workplace, access, limits)
    _add_pages(routes, workplace, access)
    add_page_pictures(routes, workplace, access)
    add_versions(routes, workplace, access)
    return routes


def _add_status(routes: APIRouter, workplace: Workplace) -> None:
    @routes.get("/api/status", tags=["answers"], summary="Whether questions can be asked yet")
    async def status() -> dict[str, object]:
        """`phase` is loading, indexing (`done` of `total` files), ready or failed."""
        now = workplace.status
        return {"phase": now.phase, "done": now.done, "total": now.total}

    @routes.get("/api/health")
    async def health(response: Response) -> dict[str, object]:
        """Whether the server is well, for whoever watches over it; asks for no person and tells nothing else.

        Where questions are answered from the index as it was, because it cannot be brought in step with its folder,
        `problem` names why; that is tried again.
        """
        status = workplace.status
        down = status.phase == "failed" and workplace.assistant is None
        if down:
            response.status_code = 503
        serving_as_it_was = not down and status.problem is not None
        problem = {"problem": status.problem.code} if serving_as_it_was and status.problem else {}
        return {"ok": not down, "phase": status.phase, **problem}


def _add_answers(routes: APIRouter, workplace: Workplace, access: Access, limits: Limits) -> None:
    @routes.post("/api/ask", tags=["answers"], summary="Answer a question")
    async def ask(body: Ask, request: Request) -> Answer:
        """A checked answer, as `assistant ask --json` prints it; every mark in it points to an exact quote.

        `history` holds the turns before, so that "那湖北呢?" is understood; `filters` exclude articles.
        """
        person = await in_front(access.need, request)
        try:
            check_question(body.question, workplace.settings.longest_question)
            check_history(body.history)
            check_filters(body.filters)
            limits.take(person, request)
            place = ready(workplace).begin(
                body.question,
                [Turn(**all_readable(turn.model_dump())) for turn in body.history],
                filters=visible_to(person, body.filters),
                who=who(person, request),
            )
            answer, _ = await result_of(place, request)
        except Problem as problem:
            raise http_error(problem) from problem
        await in_front(access.need_still, request, person)
        return answer


def _add_pages(routes: APIRouter, workplace: Workplace, access: Access) -> None:
    @routes.get("/evals/runs/{name}/report", response_class=FileResponse, include_in_schema=False)
    def report(name: str, request: Request) -> FileResponse:
        """The report of a run; it quotes any article, so only who may see all is shown it."""
        if access.need(request).collections is not None:
            raise Problem("no_such_report")
        found = {run.path.name: run.path / "report.html" for run in runs_in(workplace.settings.runs_folder)}
        if name not in found or not found[name].is_file():
            raise Problem("no_such_report")
        return FileResponse(
            found[name],
            media_type="text/html",
            headers={
                "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
            },
        )

    @routes.get("/article/{article_id}", response_class=HTMLResponse, include_in_schema=False)
    def article(
        article_id: str,
        request: Request,
        start: int = 0,
        end: int = 0,
        q: str = "",
        lang: str = "zh",
        look: str = "",
    ) -> HTMLResponse:
        """An article with a span marked; `q` is how the span begins."""
        person = access.need(request)
        catalogue, found = readable_article(workplace, person, article_id)
        language = language_named(lang)
        nonce = token_urlsafe(12)
        start, end = span_of_quote(found.text, start, end, q)
        page = article_page(
            found,
            start,
            end,
            language,
            quoted=q,
            linked=linked_html(
                article_id, catalogue, visible_to(person, Filters()).collections, language, look
            ),
            nonce=nonce,
            look=look,
            printed=printed_html(catalogue, person, found, start, end, language),
        )
        policy = (
            "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; connect-src 'self'; "
            f"script-src 'nonce-{nonce}'; frame-ancestors 'self'"
        )
        return HTMLResponse(page, headers={"Content-Security-Policy": policy})
