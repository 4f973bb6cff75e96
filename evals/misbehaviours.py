"""Ways in which language models and their endpoints misbehave, each played by a small server.

The model that is played takes the first sentence of the first passage in its prompt and writes it as each kind of bad model would.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from assistant.generating.prompts import NO_ANSWER
from corpus.language.sentences import sentence_spans
from evals.odd_endpoint import Asked, OddEndpoint, Reply, refuses, says, whole

_PASSAGE = re.compile(r'<资料 编号="1"[^>]*>\n(.*?)\n</资料>', re.DOTALL)
_PIECE = 7


def sentence_in(asked: Asked) -> str:
    """The first sentence of the first passage in a request."""
    prompt = asked.body["messages"][1]["content"]
    found = _PASSAGE.search(prompt)
    text = found.group(1) if found else prompt
    start, end = sentence_spans(text)[0]
    return text[start:end]


@dataclass
class Request:
    """What is asked: the request, the sentence to write, and how often this very thing was asked before."""

    asked: Asked
    text: str
    before: int

    @property
    def answer(self) -> str:
        """The sentence with its mark."""
        return f"{self.text}[1]"


@dataclass(frozen=True)
class Behaviour:
    """How a kind of model replies.

    `kept` is what of the sentence must reach the person: all of it, or nothing where the reader has to answer.
    """

    name: str
    reply: Callable[[Request], Reply]
    kept: Callable[[str], str] = field(default=lambda text: text)
    settings: dict[str, Any] = field(default_factory=dict)

    def start(self, written: list[str]) -> OddEndpoint:
        """A server that behaves so; what it writes that must reach the person is added to `written`."""
        times: dict[str, int] = {}

        def play(asked: Asked) -> Reply:
            key = json.dumps(asked.body["messages"])
            times[key] = times.get(key, 0) + 1
            if len(asked.body["messages"]) == 2:
                written.append(self.kept(sentence_in(asked)))
            return self.reply(Request(asked, sentence_in(asked), times[key] - 1))

        return OddEndpoint(play)


def other_figures(text: str) -> str:
    """A text with every digit changed."""
    return re.sub(r"\d", lambda digit: str((int(digit.group()) + 1) % 10), text)


def _nothing(text: str) -> str:
    return ""


def _in_pieces(text: str, **more: Any) -> Reply:
    return says(*(text[at : at + _PIECE] for at in range(0, len(text), _PIECE)), **more)


def _apart(request: Request, name: str) -> Reply:
    return Reply(pieces=({name: other_figures(request.text)}, {"content": request.answer}))


def _refuses_while_sent(request: Request, name: str, otherwise: Reply | None = None) -> Reply:
    sent = request.asked.body.get(name)
    if sent is not None and sent is not False:  # a temperature of 0 is one
        return refuses(400, f"Unsupported parameter: '{name}'")
    return otherwise or says(request.answer)


def _goes_on(request: Request) -> Reply:
    half = len(request.answer) // 2
    if len(request.asked.body["messages"]) > 2:
        return says(request.answer[half:])
    return says(request.answer[:half], hangs_up=True)


OF_THE_MODEL = (
    Behaviour("writes a sentence and its mark", lambda it: _in_pieces(it.answer)),
    Behaviour(
        "changes every figure", lambda it: _in_pieces(f"{other_figures(it.text)}[1]"), kept=other_figures
    ),
    Behaviour("leaves the mark out", lambda it: _in_pieces(it.text)),
    Behaviour("cites a passage that is not there", lambda it: _in_pieces(f"{it.text}[99]")),
    Behaviour(
        "talks without saying anything",
        lambda it: _in_pieces("好的，下面为您解答。相关工作取得了积极成效。"),
        kept=_nothing,
    ),
    Behaviour(
        "repeats its prompt",
        lambda it: _in_pieces(it.asked.body["messages"][1]["content"][:400]),
        kept=_nothing,
    ),
    Behaviour("always refuses", lambda it: says(NO_ANSWER), kept=_nothing),
    Behaviour("loops", lambda it: _in_pieces(it.answer * 60)),
)
"""What a model writes."""

OF_THINKING = (
    Behaviour("thinks wrongly apart (`reasoning_content`)", lambda it: _apart(it, "reasoning_content")),
    Behaviour("thinks wrongly apart (`reasoning`)", lambda it: _apart(it, "reasoning")),
    Behaviour(
        "thinks wrongly in the text (`<think>`)",
        lambda it: _in_pieces(f"<think>{other_figures(it.text)}</think>{it.answer}"),
    ),
    Behaviour("an empty `<think>` block", lambda it: _in_pieces(f"<think>\n\n</think>\n\n{it.answer}")),
    Behaviour("a `<think>` that never ends", lambda it: _in_pieces(f"<think>{it.answer}"), kept=_nothing),
    Behaviour(
        "a `</think>` that never began",
        lambda it: _in_pieces(f"{other_figures(it.text)}</think>{it.answer}"),
    ),
    Behaviour("thinks only", lambda it: _in_pieces(f"<think>{it.text}</think>"), kept=_nothing),
    Behaviour(
        "thinks without end",
        lambda it: says(*["<think>", *it.text], pause=0.05),
        kept=_nothing,
        settings={"llm_thinking_timeout": 0.3},
    ),
)
"""How it thinks."""

OF_ENDINGS = (
    Behaviour("filtered in the middle", lambda it: says(it.answer, it.text[:9], finish="content_filter")),
    Behaviour("filtered at once", lambda it: says("", finish="content_filter"), kept=_nothing),
    Behaviour("out of tokens in the middle", lambda it: says(it.answer, it.text[:9], finish="length")),
    Behaviour("out of tokens at once", lambda it: says("", finish="length"), kept=_nothing),
    Behaviour("calls a tool", lambda it: says("", finish="tool_calls"), kept=_nothing),
    Behaviour("writes nothing", lambda it: says(""), kept=_nothing),
    Behaviour("hangs up and goes on when asked", _goes_on),
    Behaviour("hangs up and does not go on", lambda it: says(it.answer, it.text[:9], hangs_up=True)),
    Behaviour("hangs up within its first words", lambda it: says(it.text[:7], hangs_up=True), kept=_nothing),
)
"""Why it ends."""

OF_ENDPOINTS = (
    Behaviour("does not stream (one JSON instead)", lambda it: whole(it.answer)),
    Behaviour("refuses streaming", lambda it: _refuses_while_sent(it, "stream", whole(it.answer))),
    Behaviour("refuses `temperature`", lambda it: _refuses_while_sent(it, "temperature")),
    Behaviour("refuses `stream_options`", lambda it: _refuses_while_sent(it, "stream_options")),
    Behaviour("counts no tokens", lambda it: says(it.answer, usage=None)),
    Behaviour(
        "429, `Retry-After` 1, then answers",
        lambda it: says(it.answer) if it.before else refuses(429, "busy", Retry_After="1"),
    ),
    Behaviour("429, `Retry-After` 900", lambda it: refuses(429, "busy", Retry_After="900"), kept=_nothing),
    Behaviour("500 once, then answers", lambda it: says(it.answer) if it.before else refuses(500, "oops")),
    Behaviour("503 always", lambda it: refuses(503, "down"), kept=_nothing),
    Behaviour(
        "says nothing in time",
        lambda it: says(it.answer, silent=1.5),
        kept=_nothing,
        settings={"llm_timeout": 1.0},
    ),
    Behaviour(
        "is cut off by time after a sentence",
        lambda it: says(it.answer, "。", *it.text, pause=0.1),
        settings={"llm_timeout": 1.0},
    ),
    Behaviour(
        "a web page instead of an answer", lambda it: Reply(page="<html>sign in</html>"), kept=_nothing
    ),
)
"""How its endpoint behaves."""

BEHAVIOURS = (*OF_THE_MODEL, *OF_THINKING, *OF_ENDINGS, *OF_ENDPOINTS)
