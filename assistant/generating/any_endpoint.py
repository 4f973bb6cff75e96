"""A chat model at any endpoint: asks again without what it refuses, waits as it wants, goes on where it breaks off.

LangChain's models differ in what they do about a foreign endpoint's habits; here it is done once, for all of them.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.language_models.chat_models import generate_from_stream
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable, RunnableConfig
from pydantic import Field, PrivateAttr

from assistant.generating.clock import Clock, in_time
from assistant.generating.failures import (
    is_timeout,
    is_unknown_model,
    is_unpaid,
    is_unreachable,
    status_of,
    wait_wanted,
)
from assistant.generating.prompts import CONTINUE
from assistant.generating.thoughts import ends_thinking, is_thinking, without_thoughts
from corpus.problem import Problem

_log = logging.getLogger(__name__)
ChatModel = Runnable[LanguageModelInput, AIMessage]
"""Any chat model of LangChain, also one with fallbacks or with parameters bound to it."""
REASONING = "reasoning_content"
"""In `additional_kwargs` of a piece: what the model thought, of endpoints that send it apart."""
LEFT_OUT = ("temperature", "stream_options", "stream")
"""What an endpoint may refuse that is not needed."""
_MOST_WAITS = 3
_FIRST_WAIT_S, _PAUSE_S = 2.0, 0.5
_FINISHED = re.compile(r"[。！？!?….|）)】\]*`:：”’』」]\s*\Z")
_UNKNOWN_PARAMETER = re.compile(
    r"param|argument|unrecogni[sz]ed|unsupported|extra (?:inputs|fields)|参数|不支持", re.I
)
_THINKS_BY_NAME = re.compile(r"(?:^|[-_/:.])r1(?:$|[-_/:.])|qwq|thinking|reasoner", re.I)
_LONGEST_OVERLAP = 200
_LONGEST_TEXT = 200_000
"""Characters of an answer and of the thoughts in it: an endpoint that never ends is not listened to for longer."""


@dataclass
class Habits:
    """What an endpoint was found to refuse, and whether its thoughts end without having begun."""

    refused: set[str] = field(default_factory=set)
    ends_only: bool = False


@dataclass
class _Tries:
    """What was tried already for one answer."""

    again: bool = False
    waits: int = 0
    guessed: frozenset[str] = frozenset()


class AnyEndpoint(BaseChatModel):
    """Asks the model that `make` makes without what the endpoint refuses; its pieces are those of the model.

    Pieces end with `finish_reason` "broken" or "timeout" where the endpoint broke off or was too slow after it had written
    something. One failure of the server is tried again, a lapse of time never.

    `stream` and `invoke` are no runs of their own in LangChain's callbacks: there the calls of the model inside are seen,
    each once, with its name and its tokens.
    """

    make: Callable[[frozenset[str]], ChatModel] = Field(exclude=True, repr=False)
    name_of_model: str = ""
    writing_s: float = 60.0
    thinking_s: float = 180.0
    optional: tuple[str, ...] = LEFT_OUT
    _habits: Habits = PrivateAttr(default_factory=Habits)

    def model_post_init(self, context: Any) -> None:
        """Some models are known by name to think."""
        super().model_post_init(context)
        self._habits.ends_only = bool(_THINKS_BY_NAME.search(self.name_of_model))

    @property
    def _llm_type(self) -> str:
        return "any-endpoint"

    @property
    def refused(self) -> frozenset[str]:
        """What the endpoint was found to refuse."""
        return frozenset(self._habits.refused)

    def stream(
        self,
        input: LanguageModelInput,
        config: RunnableConfig | None = None,
        *,
        stop: list[str] | None = None,
        **kwargs: Any,
    ) -> Iterator[AIMessageChunk]:
        """The pieces as they come; callbacks are those of the surrounding run, `config` has no effect."""
        for piece in self._stream(self._convert_input(input).to_messages(), stop, **kwargs):
            yield cast(AIMessageChunk, piece.message)

    def invoke(
        self,
        input: LanguageModelInput,
        config: RunnableConfig | None = None,
        *,
        stop: list[str] | None = None,
        **kwargs: Any,
    ) -> AIMessage:
        """The whole message; callbacks are as in `stream`."""
        made = self._generate(self._convert_input(input).to_messages(), stop, **kwargs)
        return cast(AIMessage, made.generations[0].message)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return generate_from_stream(self._stream(messages, stop, run_manager, **kwargs))

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        if stop:
            kwargs["stop"] = stop
        clock, tries = Clock(self.writing_s, self.thinking_s), _Tries()
        text, finish = "", ""
        while True:
            begun = False
            try:
                for piece in self._opened(messages, clock, tries, kwargs):
                    begun = True
                    text += str(piece.text)
                    finish = _finish_of(piece) or finish
                    yield ChatGenerationChunk(message=piece)
            except Problem:
                if not without_thoughts(text):
                    raise
                yield _ending("timeout")
                return
            except Exception as error:
                _log.info("the endpoint broke off: %s", type(error).__name__)
                if without_thoughts(text):
                    yield from self._rest(messages, text, clock, tries, kwargs)
                    return
                # What failed before anything came was tried again already, where that may help.
                if tries.again or not begun:
                    raise
                tries.again, text = True, ""
                continue
            if finish or not without_thoughts(text) or _FINISHED.search(text):
                return
            yield from self._rest(messages, text, clock, tries, kwargs)
            return

    def _rest(
        self, messages: list[BaseMessage], text: str, clock: Clock, tries: _Tries, kwargs: dict[str, Any]
    ) -> Iterator[ChatGenerationChunk]:
        """What the model writes when it is asked to go on; an ending that says so where it does not."""
        written = without_thoughts(text)
        asked = [*messages, AIMessage(written), HumanMessage(CONTINUE)]
        rest, finish = "", ""
        try:
            for piece in self._opened(asked, clock, tries, kwargs):
                rest += str(piece.text)
                finish = _finish_of(piece) or finish
        except Exception as error:  # what was written before is kept
            _log.info("the endpoint did not go on: %s", type(error).__name__)
            yield _ending("broken")
            return
        whole = finish or _FINISHED.search(rest)
        yield ChatGenerationChunk(
            message=AIMessageChunk(content=without_overlap(written, without_thoughts(rest)))
        )
        yield _ending(finish or ("stop" if whole else "broken"))

    def _opened(
        self, messages: list[BaseMessage], clock: Clock, tries: _Tries, kwargs: dict[str, Any]
    ) -> Iterator[AIMessageChunk]:
        """The pieces of a call, tried until its first piece is there or nothing is left to try."""
        while True:
            refused = self.refused
            pieces = self._held_back(self._once(messages, clock, kwargs, refused), clock)
            try:
                first = next(pieces, None)
            except Exception as error:
                self._prepare_to_try_again(error, clock, tries, kwargs)
                continue
            if first is not None:
                yield first
                yield from pieces
            return

    def _once(
        self, messages: list[BaseMessage], clock: Clock, kwargs: dict[str, Any], refused: frozenset[str]
    ) -> Iterator[AIMessageChunk]:
        model = self.make(refused)
        given = {name: value for name, value in kwargs.items() if name not in refused}
        calls: Iterator[Any]
        if "stream" in refused:
            calls = (model.invoke(messages, **given) for _ in range(1))
        else:
            calls = model.stream(messages, **given)
        usage: UsageMetadata | None = None
        length = 0
        for message in in_time(calls, clock):
            piece = message if isinstance(message, AIMessageChunk) else _as_piece(message)
            length += len(str(piece.text)) + len(str(piece.additional_kwargs.get(REASONING) or ""))
            if length > _LONGEST_TEXT:
                yield AIMessageChunk(content="", response_metadata={"finish_reason": "length"})
                break
            # Some endpoints count on in every piece: the last count is that of the call.
            usage = piece.usage_metadata or usage
            yield piece.model_copy(update={"usage_metadata": None})
        if usage:
            yield AIMessageChunk(content="", usage_metadata=usage)

    def _held_back(self, pieces: Iterator[AIMessageChunk], clock: Clock) -> Iterator[AIMessageChunk]:
        """The pieces; of a model that ends thoughts without having begun them, the text from where they end."""
        text, apart = "", False
        holding = self._habits.ends_only
        for piece in pieces:
            apart = apart or bool(piece.additional_kwargs.get(REASONING))
            text += str(piece.text)
            clock.note(thinks=(apart and not text.strip()) or is_thinking(text) or (holding and not apart))
            if not holding:
                self._habits.ends_only = self._habits.ends_only or ends_thinking(
                    text, without_a_beginning=True
                )
                yield piece
                continue
            if apart or is_thinking(text) or ends_thinking(text):
                holding = False
                yield piece.model_copy(update={"content": text})
            else:
                thought = {**piece.additional_kwargs, REASONING: str(piece.text)}
                yield piece.model_copy(update={"content": "", "additional_kwargs": thought})
        if holding and text:
            yield AIMessageChunk(content=text)

    def _prepare_to_try_again(
        self, error: Exception, clock: Clock, tries: _Tries, kwargs: dict[str, Any]
    ) -> None:
        """Wait, or note what is refused; raises the error where nothing is left to try."""
        if self._leaves_out(error, tries, kwargs):
            return
        status = status_of(error)
        if status == 429 and not is_unpaid(error) and tries.waits < _MOST_WAITS:
            wanted = wait_wanted(error)
            pause = _FIRST_WAIT_S * 2**tries.waits if wanted is None else wanted
            if pause >= clock.left_s:
                raise Problem("llm_why_busy_for", seconds=round(pause)) from error
            tries.waits += 1
            time.sleep(pause)
            return
        failed = status >= 500 or (not status and is_unreachable(error) and not is_timeout(error))
        if not failed or tries.again or isinstance(error, Problem):
            raise error
        tries.again = True
        time.sleep(min(_PAUSE_S, max(clock.left_s, 0)))

    def _leaves_out(self, error: Exception, tries: _Tries, kwargs: dict[str, Any]) -> bool:
        """Whether something is left out from now on because the endpoint refused it."""
        if tries.guessed:  # leaving it out did not help
            self._habits.refused -= tries.guessed
            tries.guessed = frozenset()
            return False
        refused = self._refused_by(error, kwargs)
        if not refused and status_of(error) in {400, 422} and _UNKNOWN_PARAMETER.search(str(error)):
            refused = {*self.optional, *kwargs} - self._habits.refused - {"stream"}
            tries.guessed = frozenset(refused)
        _log.info("the endpoint refuses: %s", ", ".join(sorted(refused)) or "nothing that can be left out")
        self._habits.refused |= refused
        return bool(refused)

    def _refused_by(self, error: Exception, kwargs: dict[str, Any]) -> set[str]:
        """What an error names that the endpoint does not take, and was sent."""
        told = str(error)
        if "No generation chunks were returned" in told:  # it does not stream, and said so by saying nothing
            return {"stream", "stream_options"} - self._habits.refused
        if status_of(error) not in {400, 404, 405, 415, 422, 501} or is_unknown_model(error):
            return set()
        sent = {*self.optional, *kwargs} - self._habits.refused
        named = {name for name in sent if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", told, re.I)}
        if not named and re.search(r"stream(?:ing)?\b", told, re.I) and "stream" in sent:
            named = {"stream"}
        if "stream" in named:
            named |= {"stream_options"} & sent
        return named


def without_overlap(before: str, after: str) -> str:
    """`after` without what it repeats of `before`: all of it from its beginning, or its last words."""
    shared = 0
    while shared < min(len(before), len(after)) and before[shared] == after[shared]:
        shared += 1
    if shared == len(before) or shared >= _LONGEST_OVERLAP:
        return after[shared:]
    for length in range(min(len(before), len(after), _LONGEST_OVERLAP), 3, -1):
        if before.endswith(after[:length]):
            return after[length:]
    return after


def _finish_of(piece: BaseMessage) -> str:
    told = piece.response_metadata.get("finish_reason") or piece.response_metadata.get("stop_reason")
    return str(told or "")


def _ending(reason: str) -> ChatGenerationChunk:
    message = AIMessageChunk(content="", response_metadata={"finish_reason": reason})
    return ChatGenerationChunk(message=message, generation_info={"finish_reason": reason})


def _as_piece(message: AIMessage) -> AIMessageChunk:
    return AIMessageChunk(
        content=message.content,
        additional_kwargs=message.additional_kwargs,
        response_metadata=message.response_metadata,
        usage_metadata=message.usage_metadata,
    )
