"""Follow-ups that a language model makes to stand alone, where the built-in understanding is not sure of them.

One short call. What it gives is used only where every name, place, year and figure in it comes from the conversation or
from today's date; the built-in understanding stands else, and where the call fails or is late.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from assistant.generating.filled_prompts import conversation_of
from assistant.generating.prompts import UNDERSTOOD_SCHEMA, prompts_for
from assistant.generating.thoughts import without_thoughts
from assistant.state import Interpretation, Part, State
from assistant.understanding.conversation import nouns_brought
from assistant.understanding.dates import with_absolute_years
from assistant.understanding.question import parse
from assistant.understanding.rewrite import interpretations_of, rewrite
from assistant.understanding.slots import asks_itself
from assistant.understanding.sureness import is_sure
from assistant.understanding.time_words import times_in
from assistant.understanding.understood import (
    Understood,
    from_conversation,
    keeps_what_is_named,
    read_understood,
)
from corpus.language.places import places_in

_log = logging.getLogger(__name__)
LONGEST_WAIT = 8.0
"""Seconds after which the built-in understanding is used."""
_FAILURES = 3
_PAUSE = 120.0
"""Seconds for which a model is left alone that failed so often one after the other."""


class ModelUnderstanding:
    """The first stage with a language model: as `rewrite`, and where that is not sure the model's form of the question.

    Args:
        model: The model that is asked.
        longest_wait: Seconds that its answer may take.
        in_words: A failure in words that hold no key.
        built_in: The first stage without a model.
    """

    def __init__(
        self,
        model: BaseChatModel,
        longest_wait: float = LONGEST_WAIT,
        in_words: Callable[[BaseException], str] = str,
        built_in: Callable[[State], State] = rewrite,
    ) -> None:
        self._built_in = built_in
        self._model = model
        self._longest_wait = longest_wait
        self._in_words = in_words
        self._takes_schema = True
        self._failures = 0
        self._rests_until = 0.0

    def __call__(self, state: State) -> State:
        """Fill `interpretations`, or `control`."""
        state = self._built_in(state)
        text = " ".join(state.question.split())
        if state.control or is_sure(state.best.parsed, text, state.history):
            return state
        understood = self._understood(state)
        if understood is None:
            return state
        if not understood.is_question:
            if _names_nothing(text):
                state.control = "not_a_question"
            return state
        _use(state, understood)
        return state

    def _understood(self, state: State) -> Understood | None:
        """What the model makes of the question; None where it gives nothing that can be used."""
        if time.monotonic() < self._rests_until:
            return None
        prompts = prompts_for(state.question)
        asked = prompts.follow_up.format(
            conversation=conversation_of(prompts, state.history),
            today=state.today.isoformat(),
            question=" ".join(state.question.split()),
        )
        try:
            said = self._call(state, [SystemMessage(prompts.understanding), HumanMessage(asked)])
        except Exception as error:  # whatever a foreign endpoint does costs nothing but time
            self._note_failure(error)
            return None
        self._failures = 0
        understood = read_understood(without_thoughts(said))
        if understood is None:
            _log.warning("no question can be read from what the language model understood")
        return understood

    def _call(self, state: State, messages: list[BaseMessage]) -> str:
        ends = time.monotonic() + self._longest_wait
        if self._takes_schema:
            try:
                return self._within(state, messages, ends, response_format=UNDERSTOOD_SCHEMA)
            except TimeoutError:
                raise
            except Exception as error:
                if not _is_refused(error):
                    raise
                self._takes_schema = False
        return self._within(state, messages, ends)

    def _within(self, state: State, messages: list[BaseMessage], ends: float, **options: Any) -> str:
        """What the model writes by `ends`; a call that is late is left to end by itself."""
        results: SimpleQueue[BaseMessage | BaseException] = SimpleQueue()

        def call() -> None:
            try:
                results.put(self._model.invoke(messages, **options))
            except BaseException as error:
                results.put(error)

        state.tokens.calls += 1
        Thread(target=copy_context().run, args=(call,), name="understanding", daemon=True).start()
        try:
            result = results.get(timeout=max(0.01, ends - time.monotonic()))
        except Empty:
            raise TimeoutError(f"nothing understood in {self._longest_wait:.0f} s") from None
        if isinstance(result, BaseException):
            raise result
        usage = getattr(result, "usage_metadata", None) or {}
        state.tokens.read += usage.get("input_tokens", 0)
        state.tokens.written += usage.get("output_tokens", 0)
        return str(result.text)

    def _note_failure(self, error: BaseException) -> None:
        self._failures += 1
        if self._failures >= _FAILURES:
            self._failures = 0
            self._rests_until = time.monotonic() + _PAUSE
        with suppress(Exception):
            _log.warning("the language model understood nothing: %s", self._in_words(error))


def _is_refused(error: BaseException) -> bool:
    """Whether an endpoint refused the request as such, as it does where it knows no schema."""
    return getattr(error, "status_code", None) in {400, 404, 415, 422, 501} or isinstance(error, TypeError)


def _names_nothing(text: str) -> bool:
    """Whether a text asks nothing and names nothing that could be searched."""
    return not (asks_itself(text) or nouns_brought(text) or places_in(text) or times_in(text))


def _use(state: State, understood: Understood) -> None:
    """Take the model's form of the question where all of it comes from the conversation."""
    turns = state.history
    asked_of = [
        named[0]
        for named, found in ((understood.times, times_in), (understood.places, places_in))
        if len(named) == 1 and not found(understood.question)
    ]
    question = with_absolute_years("".join([*asked_of, understood.question]), state.today)
    if not from_conversation(question, state.question, turns, state.today):
        _log.warning("the language model added what the conversation does not hold")
        return
    if not keeps_what_is_named(question, state.question):
        _log.warning("the language model left out what is asked")
        return
    forms = interpretations_of(question, state.today)
    alone = len(forms) == 1 and forms[0].operation is None and len(forms[0].parts) == 1
    subs = [with_absolute_years(each, state.today) for each in understood.sub_questions]
    subs = [
        each for each in subs if from_conversation(each, f"{state.question}\n{question}", turns, state.today)
    ]
    if alone and len(subs) > 1:
        forms = [Interpretation(forms[0].parsed, [Part(parse(each, state.today)) for each in subs])]
    state.interpretations = forms
    state.understood_by_model = True
