"""The assistant as an OpenAI-compatible endpoint: /v1/chat/completions and /v1/models."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Iterator
from secrets import token_hex

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from assistant.model import Answer, Citation, Turn
from assistant.service import Assistant
from corpus.problem import Problem
from index.query import Filters
from ui.people.access import Access
from ui.people.limits import Limits
from ui.people.person import visible_to
from ui.web.api_errors import ALL_METHODS, no_path, ready
from ui.web.openai_errors import OpenAIRoute, error_of, unexpected
from ui.web.openai_messages import MODEL, Completion, Conversation
from ui.web.workplace import Workplace

_log = logging.getLogger(__name__)
_CLAUSE_END = re.compile(r"(?<=[，。；：！？、\n])")
_MADE = 1_767_225_600
"""When the model was made, which OpenAI's list must tell: the start of 2026."""


class Checked(BaseModel):
    """What the assistant tells besides the text: fields that OpenAI's messages do not have."""

    citations: list[Citation] = Field(default_factory=list)
    refused: bool = False
    confidence: float = 0.0
    short_answer: str = ""
    notes: list[str] = Field(default_factory=list)


class Said(Checked):
    """The message of an answer."""

    role: str = "assistant"
    content: str


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

    @routes.post("/chat/completions", response_model=Completed, summary="Answer the last user message")
    def complete(body: Completion, request: Request) -> Completed | StreamingResponse:
        """A checked answer from the articles, whole or streamed; `citations` and the like are extra fields of the message.

        The last chunk of a stream carries them in its delta. Errors have OpenAI's shape.
        """
        person = access.need(request)
        _check(body)
        limits.take(person, request)
        question, history = conversation.read(body.messages)
        assistant = ready(workplace)
        question = assistant.checked(question)
        filters = visible_to(person, body.filters)
        if body.stream:
            counts = bool(body.stream_options and body.stream_options.include_usage)
            events = _events(assistant, conversation, question, history, filters, counts=counts)
            return StreamingResponse(
                events, media_type="text/event-stream", headers={"Cache-Control": "no-cache"}
            )
        answer = assistant.ask(question, history, filters=filters)
        conversation.remember(question, answer)
        said = Said(content=answer.answer, **_checked(answer).model_dump())
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
    if body.model != MODEL:
        raise Problem("program_no_model", model=body.model, known=MODEL)
    if body.n not in {None, 1}:
        raise Problem("program_one_choice")


def _events(
    assistant: Assistant,
    conversation: Conversation,
    question: str,
    history: list[Turn],
    filters: Filters,
    *,
    counts: bool,
) -> Iterator[str]:
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
        for step in assistant.stream(question, history, filters=filters):
            if not isinstance(step, Answer):
                yield ": writing\n\n"
                continue
            conversation.remember(question, step)
            for clause in clauses(step.answer):
                yield chunk({"content": clause})
            yield chunk(_checked(step).model_dump(), "stop")
    except Problem as problem:
        yield _event(error_of(problem)[1])
        return
    except Exception:
        _log.exception("a streamed answer failed")
        yield _event(unexpected())
        return
    if counts:
        yield _event({**base, "choices": [], "usage": Usage().model_dump()})
    yield "data: [DONE]\n\n"


def clauses(text: str) -> list[str]:
    """A text in pieces that end where a clause does; put together they are the text."""
    return [clause for clause in _CLAUSE_END.split(text) if clause]


def _checked(answer: Answer) -> Checked:
    return Checked.model_validate(answer.model_dump(include=set(Checked.model_fields)))


def _event(body: object) -> str:
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"


def _new_id() -> str:
    return f"chatcmpl-{token_hex(12)}"
