"""The MCP tools: search, ask and read_article, for agents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from fastapi import HTTPException
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import BaseModel, Field
from starlette.requests import Request

from assistant.limits import NAME_CHARACTERS, POSITION, check_number, check_question, check_text
from assistant.messages import message
from assistant.model import Citation
from assistant.passages import Searched
from assistant.series import Series
from assistant.service import Assistant
from assistant.table import Table
from corpus.problem import Problem
from index.query import Filters
from ui.people.person import Person, visible_to
from ui.web.api_errors import LANGUAGE, told
from ui.web.library import ArticleCard, article_seen_by
from ui.web.passages import MOST_PASSAGES
from ui.web.waiting import in_front, in_thread, result_of
from ui.web.workplace import Workplace

LONGEST_READING = 20_000
_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


class ToolAnswer(BaseModel):
    """A checked answer: each mark [n] in `answer` points to the citation n; `refused` where the articles do not hold it.

    `table` holds the values where several are asked for side by side; a cell of "—" was not found. `series` is a table of times as
    numbers in one unit; a point without a value is a gap.
    """

    answer: str
    short_answer: str
    refused: bool
    confidence: float
    citations: list[Citation]
    table: Table | None
    series: Series | None
    notes: list[str]


class Reading(BaseModel):
    """A part of an article: `text` is `start:end` of its `length` characters; `next_start` is null at its end."""

    article: ArticleCard
    text: str
    start: int
    end: int
    length: int
    next_start: int | None = None


def mcp_server(
    workplace: Workplace,
    assistant: Callable[[], Assistant],
    person_of: Callable[[Request | None], tuple[Person, str]],
    need_still: Callable[[Request | None, Person], None] = lambda request, person: None,
) -> MCPServer[Any]:
    """A server of the tools. `assistant` gives the assistant or raises a `Problem`; `person_of` tells who sends a request,
    and under which key their questions wait their turn; `need_still` raises where that changed before an answer is sent.

    The request is None over stdin, where no HTTP request carries the call.
    """
    server: MCPServer[Any] = MCPServer(
        "policy-assistant", instructions=message("mcp_instructions", LANGUAGE), log_level="WARNING"
    )

    @server.tool(description=message("mcp_search", LANGUAGE), annotations=_READS)
    async def search(
        question: Annotated[str, Field(description=message("mcp_question", LANGUAGE))],
        context: Context[Any, Request],
        top: Annotated[int, Field(ge=1, le=MOST_PASSAGES, description=message("mcp_top", LANGUAGE))] = 8,
    ) -> Searched:
        """The passages for a question."""
        with _told_in_words():
            person, key = await in_front(person_of, context.request_context.request)
            check_question(question, workplace.settings.longest_question)
            ours, seen = await in_thread(assistant), visible_to(person, Filters())
            found = await result_of(ours.begin_search(question, filters=seen, top=top, who=key))
            await in_front(need_still, context.request_context.request, person)
            return found

    @server.tool(description=message("mcp_ask", LANGUAGE), annotations=_READS)
    async def ask(
        question: Annotated[str, Field(description=message("mcp_question", LANGUAGE))],
        context: Context[Any, Request],
    ) -> ToolAnswer:
        """The answer to a question."""
        with _told_in_words():
            person, key = await in_front(person_of, context.request_context.request)
            check_question(question, workplace.settings.longest_question)
            ours, seen = await in_thread(assistant), visible_to(person, Filters())
            answer, _ = await result_of(ours.begin(question, filters=seen, who=key))
            await in_front(need_still, context.request_context.request, person)
            return ToolAnswer.model_validate(answer.model_dump(include=set(ToolAnswer.model_fields)))

    @server.tool(description=message("mcp_read_article", LANGUAGE, most=LONGEST_READING), annotations=_READS)
    def read_article(
        article_id: Annotated[str, Field(description=message("mcp_article_id", LANGUAGE))],
        context: Context[Any, Request],
        start: Annotated[int, Field(ge=0, description=message("mcp_start", LANGUAGE))] = 0,
        end: Annotated[int | None, Field(ge=1, description=message("mcp_end", LANGUAGE))] = None,
    ) -> Reading:
        """A part of an article."""
        with _told_in_words():
            person, _ = person_of(context.request_context.request)
            assistant()
            check_text("article_id", article_id, NAME_CHARACTERS)
            check_number("start", start, 0, POSITION)
            check_number("end", POSITION if end is None else end, 1, POSITION)
            return _read(workplace, person, article_id, start, end)

    return server


def _read(workplace: Workplace, person: Person, article_id: str, start: int, end: int | None) -> Reading:
    article = article_seen_by(workplace, person, article_id)
    length = len(article.text)
    if start >= length or (end is not None and end <= start):
        raise Problem("program_span_outside", length=length)
    stop = min(length if end is None else end, start + LONGEST_READING, length)
    return Reading(
        article=ArticleCard.model_validate(article.model_dump(include=set(ArticleCard.model_fields))),
        text=article.text[start:stop],
        start=start,
        end=stop,
        length=length,
        next_start=stop if stop < length else None,
    )


@contextmanager
def _told_in_words() -> Iterator[None]:
    """Turn a problem into an error of the tool, whose words an agent reads."""
    try:
        yield
    except Problem as problem:
        raise ToolError(told(problem)) from problem
    except HTTPException as error:
        raise ToolError(str(error.detail)) from error
