"""What an OpenAI client sends, and the conversation that it makes."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from pydantic import BaseModel, ConfigDict, Field

from assistant.model import Answer, Turn
from assistant.understanding.conversation import standalone
from corpus.language.normalize import readable
from corpus.problem import Problem
from ui.web.passages import AskedFilters

MODEL = "policy-assistant"
_TURNS = 20
_ANSWERS_REMEMBERED = 1000
_SAID_BEFORE = 2
"""Messages before a question that tell its conversation from others: the question and answer before it."""


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
        self._turns: OrderedDict[str, Turn] = OrderedDict()

    def read(self, messages: list[Message], who: str) -> tuple[str, list[Turn]]:
        """The question and the turns before it, at most twenty.

        A turn that was answered here lately, to the same person (`who`) and after the same two messages, is known whole.
        Of any other the standalone question is worked out by rule, and the articles that it quoted are not known.

        Raises:
            Problem: `program_no_user_message` or `program_part_not_text`.
        """
        said = _said(messages)
        asked = [place for place, (role, _) in enumerate(said) if role == "user"]
        if not asked:
            raise Problem("program_no_user_message")
        turns: list[Turn] = []
        for place in asked[:-1][-_TURNS:]:
            question = said[place][1].strip()[: self._longest]
            answered = said[place + 1][0] == "assistant"
            answer = said[place + 1][1] if answered else ""
            known = self._turns.get(_key(who, said, place, answer)) if answered else None
            turns.append(
                known
                or Turn(question=question, standalone_question=standalone(question, turns), answer=answer)
            )
        return said[asked[-1]][1], turns

    def remember(self, messages: list[Message], who: str, question: str, answer: Answer) -> None:
        """Keep the turn of an answer to these messages for what the same person asks next in this conversation.

        Not by question and answer alone: two conversations may hold the same follow-up and the same refusal, and what
        one was about is nothing for the other.
        """
        said = _said(messages)
        last = max(place for place, (role, _) in enumerate(said) if role == "user")
        with self._lock:
            self._turns[_key(who, said, last, answer.answer)] = Turn.after(question, answer)
            while len(self._turns) > _ANSWERS_REMEMBERED:
                self._turns.popitem(last=False)


def _said(messages: list[Message]) -> list[tuple[str, str]]:
    """What user and assistant said, each with the role."""
    return [
        (message.role, readable(message.text(number)))
        for number, message in enumerate(messages)
        if message.role in {"user", "assistant"}
    ]


def _key(who: str, said: Sequence[tuple[str, str]], place: int, answer: str) -> str:
    """Stands for the answer to what somebody said at `place`, after what was said just before.

    Not after everything: clients leave out the beginning of a long conversation.
    """
    asked = said[max(place - _SAID_BEFORE, 0) : place + 1]
    told = json.dumps([who, *((role, text.strip()) for role, text in asked), answer.strip()])
    return hashlib.sha256(told.encode()).hexdigest()
