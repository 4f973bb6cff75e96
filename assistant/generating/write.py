"""One call of a language model: its pieces put together, shown while they come, counted, and tidied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage

from assistant.checking.written import asked_in
from assistant.generating.any_endpoint import REASONING
from assistant.generating.failures import BY_FINISH
from assistant.generating.thoughts import thoughts_in, without_thoughts
from assistant.generating.tidy import Written, loop_begins, shown_so_far, tidied
from assistant.model import Tokens
from assistant.state import State
from corpus.problem import Problem

LONGEST_THOUGHTS = 20_000
"""Characters of what a model thought that are kept."""


def write(
    model: BaseChatModel,
    messages: list[BaseMessage],
    tokens: Tokens,
    *,
    passages: int,
    shows: Callable[[str], None] | None = None,
) -> Written:
    """What a model writes.

    Args:
        model: The model that is called.
        messages: What it is sent.
        tokens: What the call costs is added to it.
        passages: How many passages it was shown: marks above are none.
        shows: Called with the text so far.

    Raises:
        Problem: `llm_why_…` where it writes no answer.
    """
    text, reason, apart = "", "", ""
    tokens.calls += 1
    for chunk in model.stream(messages):
        text += str(chunk.text)
        apart += str(chunk.additional_kwargs.get(REASONING) or "")
        usage = getattr(chunk, "usage_metadata", None) or {}
        tokens.read += usage.get("input_tokens", 0)
        tokens.written += usage.get("output_tokens", 0)
        reason = chunk.response_metadata.get("finish_reason") or reason
        if shows is not None:
            shows(shown_so_far(text, passages))
        if (end := loop_begins(text)) is not None:
            text, reason = text[:end], "loop"
            break
    if not without_thoughts(text):
        only_thought = bool(apart or text.strip())
        raise Problem(BY_FINISH.get(reason) or ("llm_why_only_thought" if only_thought else "llm_why_empty"))
    thoughts = thoughts_in(text) or apart.strip()
    return replace(tidied(text, reason), thoughts=thoughts[:LONGEST_THOUGHTS])


def question_with_turns(state: State) -> str:
    """The question with the turns before it: what they name needs no source."""
    return asked_in((turn.question for turn in state.history), state.question, state.best.question)
