"""The HTTP API, and the cited articles as pages."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import FileResponse, HTMLResponse
from pydantic import BaseModel, Field

from assistant.messages import explain
from assistant.model import Answer, Turn
from corpus.problem import Problem
from evals.folder import runs_in
from evals.from_chat import item_from, keep
from evals.sets import FROM_CHAT
from index.hit import ArticleInfo
from index.query import Filters
from ui.people.access import Access
from ui.people.person import Role, visible_to
from ui.web.article import article_page
from ui.web.workplace import Workplace


class Ask(BaseModel):
    """What is sent to /api/ask."""

    question: str
    history: list[Turn] = Field(default_factory=list, max_length=20)
    filters: Filters = Field(default_factory=Filters)


class Keep(BaseModel):
    """What is sent to /api/evals/items: which answer, and whether it was a good one."""

    answer: str = Field(max_length=40)
    good: bool


def router(workplace: Workplace, access: Access) -> APIRouter:
    """The routes over a workplace."""
    routes = APIRouter()

    @routes.get("/api/status")
    def status() -> dict[str, object]:
        """Whether questions can be asked yet."""
        now = workplace.status
        return {"phase": now.phase, "done": now.done, "total": now.total}

    @routes.get("/api/health")
    def health(response: Response) -> dict[str, object]:
        """Whether the server is well, for whoever watches over it; asks for no person and tells nothing else."""
        phase = workplace.status.phase
        if phase == "failed":
            response.status_code = 503
        return {"ok": phase != "failed", "phase": phase}

    @routes.post("/api/ask")
    def ask(body: Ask, request: Request) -> Answer:
        """The answer to a question, as `assistant ask --json` prints it."""
        person = access.need(request)
        if workplace.assistant is None:
            raise HTTPException(503, "the index is being made; see /api/status")
        try:
            return workplace.assistant.ask(
                body.question, body.history, filters=visible_to(person, body.filters)
            )
        except Problem as problem:
            raise HTTPException(422, explain(problem, "en")) from problem

    @routes.get("/api/articles")
    def articles(request: Request) -> list[ArticleInfo]:
        """Every article of the index."""
        access.need(request)
        return workplace.index.catalogue.articles() if workplace.index else []

    @routes.post("/api/evals/items")
    def keep_item(body: Keep, request: Request) -> dict[str, object]:
        """Make an answer of the chat an item of the set `from-chat`."""
        access.need(request, Role.EDITOR)
        answer = workplace.remembered(body.answer)
        if answer is None or workplace.assistant is None:
            raise HTTPException(404, "no such answer; ask again")
        item = item_from(answer, good=body.good, today=workplace.assistant.today())
        return {"id": item.id, "added": keep(item, workplace.settings.sets_folder / FROM_CHAT)}

    @routes.get("/evals/runs/{name}/report", response_class=FileResponse)
    def report(name: str, request: Request) -> FileResponse:
        """The report of a run."""
        access.need(request)
        found = {run.path.name: run.path / "report.html" for run in runs_in(workplace.settings.runs_folder)}
        if name not in found or not found[name].is_file():
            raise HTTPException(404, "no such report")
        return FileResponse(
            found[name],
            media_type="text/html",
            headers={
                "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
            },
        )

    @routes.get("/article/{article_id}", response_class=HTMLResponse)
    def article(
        article_id: str, request: Request, start: int = 0, end: int = 0, lang: str = "zh"
    ) -> HTMLResponse:
        """An article with a span marked."""
        access.need(request)
        found = workplace.index.catalogue.article(article_id) if workplace.index else None
        if found is None:
            raise HTTPException(404, "no such article")
        return HTMLResponse(
            article_page(found, start, end, "en" if lang == "en" else "zh"),
            headers={
                "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
            },
        )

    return routes
