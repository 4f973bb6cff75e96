"""What an OpenAI client sends, and the conversation that it makes."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from pydantic import BaseModel, ConfigDict, Field

from assistant.model import Answer, Turn
from assistant.understanding.conversation import standalone
from corpus.problem import Problem
from ui.web.passages import AskedFilters

MODEL = "policy-assistant"
_TURNS = 20
_ANSWERS_REMEMBERED = 1000


class Part(BaseModel):
    """A part of a message; only those of type "text" are read."""

    type: str
    text: str = ""


class Message(BaseModel):
    """A message. Only those of the roles user and assistant are read: system messages have no effect here."""

    role: str
    content: str | list[Part] | None = None

    def text(self, number: int) -> str:
        """What it says; `number` is its place among the messages.

        Raises:
            Problem: `program_part_not_text`.
        """
        if not isinstance(self.content, list):
            return self.content or ""
        for place, part in enumerate(self.content):
            if part.type != "text":
                raise Problem("program_part_not_text", message=number, part=place, type=part.type)
        return "\n".join(part.text for part in self.content)


class StreamOptions(BaseModel):
    """How to stream."""

    include_usage: bool = False


class Completion(BaseModel):
    """The body of /v1/chat/completions.

    The last user message is the question, what was said before it the history. `filters` is an extra field that
    keeps to some articles. Whatever else OpenAI knows (temperature, tools, …) is taken and has no effect: answers are
    made from the articles alone.
    """

    model_config = ConfigDict(extra="ignore")

    model: str = MODEL
    messages: list[Message] = Field(min_length=1)
    stream: bool = False
    stream_options: StreamOptions | None = None
    n: int | None = None
    filters: AskedFilters = Field(default_factory=AskedFilters)


class Conversation:
    """Makes questions and turns of messages; remembers the turns of its own answers, which tell more than their texts."""

    def __init__(self, longest_question: int) -> None:
        self._longest = longest_question
        self._lock = Lock()
        self._turns: OrderedDict[tuple[str, str], Turn] = OrderedDict()

    def read(self, messages: list[Message]) -> tuple[str, list[Turn]]:
        """The question and the turns before it, at most twenty.

        A turn whose answer was given here lately is known whole. Of any other the standalone question is worked out by
        rule, and the articles that it quoted are not known.

        Raises:
            Problem: `program_no_user_message` or `program_part_not_text`.
        """
        said = [
            (message.role, message.text(number))
            for number, message in enumerate(messages)
            if message.role in {"user", "assistant"}
        ]
        asked = [place for place, (role, _) in enumerate(said) if role == "user"]
        if not asked:
            raise Problem("program_no_user_message")
        turns: list[Turn] = []
        for place in asked[:-1][-_TURNS:]:
            question = said[place][1].strip()[: self._longest]
            answered = said[place + 1][0] == "assistant"
            turns.append(self._turn(question, said[place + 1][1] if answered else "", turns))
        return said[asked[-1]][1], turns

    def remember(self, question: str, answer: Answer) -> None:
        """Keep the turn of an answer for what is asked next."""
        with self._lock:
            self._turns[question.strip(), answer.answer.strip()] = Turn.after(question, answer)
            while len(self._turns) > _ANSWERS_REMEMBERED:
                self._turns.popitem(last=False)

    def _turn(self, question: str, answer: str, before: list[Turn]) -> Turn:
        known = self._turns.get((question, answer.strip()))
        return known or Turn(
            question=question, standalone_question=standalone(question, before), answer=answer
        )
