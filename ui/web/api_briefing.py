"""The API's briefings: started over chosen articles, looked after, stopped, and fetched as a file."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from assistant.briefing.introduction import introducer_of
from assistant.briefing.make import chosen_articles, make_briefing
from assistant.briefing.model import Briefing
from assistant.limits import NAME_CHARACTERS, check_count, check_text
from assistant.service import Assistant
from corpus.language.normalize import readable
from corpus.problem import Problem
from index.hit import ArticleInfo
from index.query import Filters
from ui.briefings.job import BriefingJobs, BriefingStatus, Make
from ui.briefings.markdown import briefing_as_markdown
from ui.briefings.word import briefing_as_docx
from ui.people.access import Access
from ui.people.limits import Limits
from ui.people.person import Person, visible_to
from ui.web.api_errors import http_error, ready, told
from ui.web.attachment import MARKDOWN, WORD, attachment
from ui.web.workplace import Workplace

_LONGEST_TITLE = 120
_MOST_IDS = 1000
_FORMS: dict[str, tuple[Callable[[Briefing, str], bytes | str], str]] = {
    "docx": (briefing_as_docx, WORD),
    "md": (briefing_as_markdown, MARKDOWN),
}


class AskBriefing(BaseModel):
    """What is sent to start a briefing."""

    articles: list[str] = Field(description="ids, as /api/articles gives them")
    title: str = ""


class BriefingJob(BaseModel):
    """A briefing under way or made: `phase` is running, finished, stopped or failed; `briefing` is there once it is finished."""

    id: str
    phase: str
    done: int = 0
    total: int = 0
    problem: str = ""
    briefing: Briefing | None = None


def briefing_router(workplace: Workplace, access: Access, limits: Limits, jobs: BriefingJobs) -> APIRouter:
    """The briefings of a workplace."""
    routes = APIRouter(tags=["articles"])

    @routes.post("/api/briefing", status_code=202, summary="Start a briefing over articles")
    def start(body: AskBriefing, request: Request) -> BriefingJob:
        """Of each article some of its sentences with their places, and its key figures; one briefing a person at a time."""
        person = access.need(request)
        try:
            check_count("articles", body.articles, _MOST_IDS)
            chosen = [check_text("articles", readable(id_), NAME_CHARACTERS) for id_ in body.articles]
            title = check_text("title", readable(body.title), _LONGEST_TITLE)
            assistant = ready(workplace)
            articles = chosen_articles(assistant.index, chosen, visible_to(person, Filters()))
            limits.take(person, request)
            ids = tuple(each.id for each in articles)
            return _job(jobs.start(person, ids, _maker(assistant, articles, title)))
        except Problem as problem:
            raise http_error(problem) from problem

    @routes.get("/api/briefing/{briefing_id}", summary="How far a briefing is, and what it tells")
    def progress(briefing_id: str, request: Request) -> BriefingJob:
        """Only whoever started it is told of it, and only while they may see all of its articles."""
        return _job(_seen(workplace, jobs, access.need(request), briefing_id))

    @routes.delete("/api/briefing/{briefing_id}", summary="Stop a briefing")
    def stop(briefing_id: str, request: Request) -> BriefingJob:
        """Stop before the next article."""
        try:
            person = access.need(request)
            _seen(workplace, jobs, person, briefing_id)
            return _job(jobs.stop(person, briefing_id))
        except Problem as problem:
            raise http_error(problem) from problem

    @routes.get(
        "/api/briefing/{briefing_id}/file.{form}", summary="A briefing as a Word document or Markdown"
    )
    def file(briefing_id: str, form: str, request: Request) -> Response:
        """`form` is `docx` or `md`."""
        briefing = _seen(workplace, jobs, access.need(request), briefing_id).briefing
        if briefing is None:
            raise http_error(Problem("briefing_not_there"))
        if form not in _FORMS:
            raise http_error(Problem("briefing_form", form=form[:20]))
        write, media_type = _FORMS[form]
        content = write(briefing, workplace.settings.language)
        return attachment(content, f"{briefing.title[:60]}.{form}", media_type)

    return routes


def _maker(assistant: Assistant, articles: list[ArticleInfo], title: str) -> Make:
    def make(progress: Callable[[int, int], None], stopped: Callable[[], bool]) -> Briefing:
        return make_briefing(
            assistant.index,
            articles,
            today=assistant.today(),
            title=title,
            language=assistant.settings.language,
            introduce=introducer_of(assistant),
            progress=progress,
            stopped=stopped,
        )

    return make


def _seen(workplace: Workplace, jobs: BriefingJobs, person: Person, briefing_id: str) -> BriefingStatus:
    """A briefing of the person all of whose articles they may still see; what was removed since is no reason to hide it."""
    try:
        status = jobs.of(person, briefing_id)
        index = workplace.index
        seen = visible_to(person, Filters())
        if index is None:
            raise Problem("program_not_ready")
        infos = index.catalogue.infos(status.articles)
        if any(not seen.shows(info.collection) for info in infos.values()):
            raise Problem("briefing_not_there")
    except Problem as problem:
        raise http_error(problem) from problem
    return status


def _job(status: BriefingStatus) -> BriefingJob:
    return BriefingJob(
        id=status.id,
        phase=status.phase,
        done=status.done,
        total=status.total,
        problem=told(status.problem) if status.problem else "",
        briefing=status.briefing,
    )


__all__ = ["briefing_router"]
