"""The assistant as a runnable of LangChain's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import date
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda
from langchain_core.runnables.config import set_config_context
from pydantic import BaseModel, ConfigDict, Field

from assistant.loop_queue import handing_over
from assistant.model import Answer, Turn
from assistant.service import Assistant
from index.query import Filters


class Asked(BaseModel):
    """A question and what it comes with, as `Assistant.ask` takes it."""

    model_config = ConfigDict(extra="forbid")

    question: str
    history: list[Turn] = Field(default_factory=list)
    filters: Filters = Field(default_factory=Filters)
    today: date | None = None
    language: str = ""

    @classmethod
    def of(cls, given: str | dict[str, Any] | Asked) -> Asked:
        """What was asked, whichever way it was given."""
        return cls(question=given) if isinstance(given, str) else cls.model_validate(given)

    @property
    def beside_question(self) -> dict[str, Any]:
        """The other arguments of `Assistant.ask`."""
        return {name: getattr(self, name) for name in type(self).model_fields if name != "question"}

    def draft(self, text: str) -> Answer:
        """An answer that is still being written: nothing of it is checked or cited."""
        return Answer(question=self.question, standalone_question=self.question, answer=text)


def as_runnable(
    assistant: Assistant, name: str = "assistant"
) -> Runnable[str | dict[str, Any] | Asked, Answer]:
    """An assistant that is invoked, streamed and awaited as any other part of a chain.

    It takes a question, or a dictionary with the fields of `Asked`. While a language model writes, `stream` and `astream` give
    an `Answer` with the text so far again and again; the last one is checked and cited, and is what `invoke` gives. Callbacks,
    tags, metadata and traces of the configuration reach every stage and the language model.

    Args:
        assistant: What answers.
        name: The name of the run in callbacks and traces.

    Returns:
        The runnable; it raises the problems that `Assistant.ask` raises.

    Example:
        ```python
        chain = as_runnable(assistant) | (lambda answer: answer.short_answer)
        chain.invoke({"question": "上海2025年集成电路产业营收多少?", "filters": {"years": [2026]}})
        ```
    """

    def answers(given: str | dict[str, Any] | Asked) -> Iterator[Answer]:
        asked = Asked.of(given)
        for step in assistant.stream(asked.question, **asked.beside_question):
            yield step if isinstance(step, Answer) else asked.draft(step)

    async def answers_async(
        given: str | dict[str, Any] | Asked, config: RunnableConfig
    ) -> AsyncIterator[Answer]:
        asked = Asked.of(given)
        steps: asyncio.Queue[str | None] = asyncio.Queue()
        put = handing_over(steps)
        # Before Python 3.11 a coroutine does not have the context of its run.
        with set_config_context(config) as context:
            place = context.run(assistant.begin, asked.question, on_text=put, **asked.beside_question)
        place.future.add_done_callback(lambda _: put(None))
        try:
            while (text := await steps.get()) is not None:
                yield asked.draft(text)
            yield place.result()[0]
        finally:
            place.give_up()

    runnable: Runnable[Any, Answer] = RunnableLambda(answers, answers_async, name=name)  # type: ignore[arg-type]
    return runnable.with_types(input_type=str | dict[str, Any] | Asked, output_type=Answer)  # type: ignore[arg-type]
