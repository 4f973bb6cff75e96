"""The assistant as an OpenAI-compatible endpoint: /v1/chat/completions and /v1/models."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from secrets import token_hex
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from assistant.fair_queue import Place
from assistant.limits import (
    MESSAGES,
    MESSAGES_CHARACTERS,
    TURN_CHARACTERS,
    check_count,
    check_filters,
    check_in_all,
    check_question,
    check_text,
)
from assistant.loop_queue import handing_over
from assistant.model import Answer, Citation
from assistant.series import Series
from assistant.table import Table
from assistant.trace import Trace
from corpus.problem import Problem
from ui.people.access import Access
from ui.people.limits import Limits, who
from ui.people.person import visible_to
from ui.web.api_errors import ALL_METHODS, no_path, ready
from ui.web.openai_errors import OpenAIRoute, error_of, unexpected
from ui.web.openai_messages import MODEL, Completion, Conversation
from ui.web.waiting import in_front, in_thread, result_of
from ui.web.workplace import Workplace

_log = logging.getLogger(__name__)
_CLAUSE_END = re.compile(r"(?<=[，。；：！？、\n])")
_MADE = 1_767_225_600
"""When the model was made, which OpenAI's list must tell: the start of 2026."""
_SIGN_OF_LIFE_S = 10.0
Step = str
"""The text of a draft so far."""


class Checked(BaseModel):
    """What the assistant tells besides the text: fields that OpenAI's messages do not have."""

    citations: list[Citation] = Field(default_factory=list)
    refused: bool = False
    confidence: float = 0.0
    short_answer: str = ""
    table: Table | None = None
    series: Series | None = None
    notes: list[str] = Field(default_factory=list)


class Said(Checked):
    """The message of an answer; what the model thought stands apart, where the settings show it."""

    role: str = "assistant"
    content: str
    reasoning_content: str | None = None


class Choice(BaseModel):
    """The one choice there is."""

    index: int = 0
    message: Said
    finish_reason: str = "stop"


class Usage(BaseModel):
    """Always zero: answers are not sold by the token, and the built-in answerer reads none."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0


class Completed(BaseModel):
    """A whole answer."""

    id: str
    object: str = "chat.completion"
    created: int
    model: str = MODEL
    choices: list[Choice]
    usage: Usage = Field(default_factory=Usage)


class Model(BaseModel):
    """A model as OpenAI lists them."""

    id: str = MODEL
    object: str = "model"
    created: int = _MADE
    owned_by: str = MODEL


class Models(BaseModel):
    """The models there are: one."""

    object: str = "list"
    data: list[Model]


def openai_router(workplace: Workplace, access: Access, limits: Limits) -> APIRouter:
    """The OpenAI-compatible routes over a workplace."""
    routes = APIRouter(prefix="/v1", tags=["OpenAI-compatible"], route_class=OpenAIRoute)
    conversation = Conversation(workplace.settings.longest_question)

    @routes.post(
        "/chat/completions",
        response_model=Completed,
        response_model_exclude_none=True,
        summary="Answer the last user message",
    )
    async def complete(body: Completion, request: Request) -> Completed | StreamingResponse:
        """A checked answer from the articles, whole or streamed; `citations` and the like are extra fields of the message.

        The last chunk of a stream carries them in its delta. Errors have OpenAI's shape.
        """
        person = await in_front(access.need, request)
        _check(body)
        limits.take(person, request)
        key = who(person, request)
        question, history = await in_thread(conversation.read, body.messages, key)
        question = check_question(question, workplace.settings.longest_question)
        assistant = ready(workplace)
        question = assistant.checked(question)
        filters = visible_to(person, body.filters)
        steps: asyncio.Queue[Step] = asyncio.Queue()
        on_text = handing_over(steps) if body.stream else None
        place = assistant.begin(question, history, filters=filters, on_text=on_text, who=key)

        def remember(answer: Answer) -> None:
            conversation.remember(body.messages, key, question, answer)

        if body.stream:
            counts = bool(body.stream_options and body.stream_options.include_usage)

            async def still() -> bool:
                return await in_front(access.still, request, person)

            events = _events(place, steps, remember, still, counts=counts)
            return StreamingResponse(
                events, media_type="text/event-stream", headers={"Cache-Control": "no-cache"}
            )
        answer, _ = await result_of(place, request)
        await in_front(access.need_still, request, person)
        remember(answer)
        said = Said(
            content=answer.answer,
            reasoning_content=answer.thoughts or None,
            **_checked(answer).model_dump(),
        )
        return Completed(id=_new_id(), created=int(time.time()), choices=[Choice(message=said)])

    @routes.get("/models", summary="The models: one")
    def models(request: Request) -> Models:
        """The one model there is."""
        access.need(request)
        return Models(data=[Model()])

    @routes.get("/models/{name}", summary="A model")
    def model(name: str, request: Request) -> Model:
        """The model of this name."""
        access.need(request)
        if name != MODEL:
            raise Problem("program_no_model", model=name, known=MODEL)
        return Model()

    @routes.api_route("/{path:path}", methods=ALL_METHODS, include_in_schema=False)
    def no_such_path(path: str, request: Request) -> None:
        """Clients of OpenAI ask for more than there is here; they are told in its shape."""
        access.need(request)
        raise no_path(request)

    return routes


def _check(body: Completion) -> None:
    check_count("messages", body.messages, MESSAGES)
    check_filters(body.filters)
    in_all = 0
    for number, said in enumerate(body.messages):
        if said.role in {"user", "assistant"}:
            in_all += len(check_text(f"messages[{number}].content", said.text(number), TURN_CHARACTERS))
    check_in_all("messages", in_all, MESSAGES_CHARACTERS)
    if body.model != MODEL:
        raise Problem("program_no_model", model=body.model, known=MODEL)
    if body.n not in {None, 1}:
        raise Problem("program_one_choice")


async def _events(
    place: Place[tuple[Answer, Trace]],
    steps: asyncio.Queue[Step],
    remember: Callable[[Answer], None],
    still: Callable[[], Awaitable[bool]],
    *,
    counts: bool,
) -> AsyncIterator[str]:
    """The events of a streamed answer: its clauses, then what was checked, then [DONE].

    Only the checked answer is sent. While a language model writes, its draft may still change (a sentence is written
    anew, a loop is cut, the built-in answerer takes over), and a client of this protocol cannot take back what it was
    sent; so a comment line stands for each new piece of the draft and keeps the connection open.
    """
    base = {"id": _new_id(), "object": "chat.completion.chunk", "created": int(time.time()), "model": MODEL}
    if counts:
        base["usage"] = None

    def chunk(delta: dict[str, object], finish: str | None = None) -> str:
        return _event({**base, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

    yield chunk({"role": "assistant", "content": ""})
    try:
        answering = asyncio.ensure_future(result_of(place))
        async for comment in _comments(answering, steps, place):
            if not await still():
                yield _event(error_of(Problem("access_changed"))[1])
                return
            yield comment
        answer, _ = await answering
        if not await still():
            yield _event(error_of(Problem("access_changed"))[1])
            return
        remember(answer)
        for delta in _deltas(answer):
            yield chunk(delta)
        yield chunk(_checked(answer).model_dump(), "stop")
    except Problem as problem:
        yield _event(error_of(problem)[1])
        return
    except Exception:
        _log.exception("a streamed answer failed")
        yield _event(unexpected())
        return
    finally:
        place.give_up()
    if counts:
        yield _event({**base, "choices": [], "usage": Usage().model_dump()})
    yield "data: [DONE]\n\n"


async def _comments(
    answering: asyncio.Future[Any], steps: asyncio.Queue[Step], place: Place[Any]
) -> AsyncIterator[str]:
    """A comment for each new piece of the draft, and now and then while the question waits its turn."""
    while not answering.done():
        step = asyncio.ensure_future(steps.get())
        done, _ = await asyncio.wait(
            {answering, step}, timeout=_SIGN_OF_LIFE_S, return_when=asyncio.FIRST_COMPLETED
        )
        if step in done:
            yield ": writing\n\n"
            continue
        step.cancel()
        if not done:
            yield f": waiting, {place.ahead} before\n\n"


def _deltas(answer: Answer) -> Iterator[dict[str, object]]:
    """What the model thought, where it is shown, then the answer in clauses."""
    if answer.thoughts:
        yield {"reasoning_content": answer.thoughts}
    for clause in clauses(answer.answer):
        yield {"content": clause}


def clauses(text: str) -> list[str]:
    """A text in pieces that end where a clause does; put together they are the text."""
    return [clause for clause in _CLAUSE_END.split(text) if clause]


def _checked(answer: Answer) -> Checked:
    return Checked.model_validate(answer.model_dump(include=set(Checked.model_fields)))


def _event(body: object) -> str:
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"


def _new_id() -> str:
    return f"chatcmpl-{token_hex(12)}"
