"""What becomes of answers when the language model misbehaves: `python -m evals.bad_model`.

A stand-in server plays the model: it takes the first sentence of the first passage in its prompt, which is right or wrong as may be, and
writes it as each kind of bad model would. Beside it the reader alone, on the same questions of the sample set.
"""

from __future__ import annotations

import argparse
import json
import logging
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from assistant.checking.support import unsupported
from assistant.checking.verify import sentences_of
from assistant.generating.prompts import NO_ANSWER
from assistant.model import Answer
from assistant.service import Assistant, open_index
from assistant.settings import Settings
from corpus.language.sentences import sentence_spans
from evals.formats import read_set
from evals.items import EvalItem
from evals.metrics.facts import holds
from evals.odd_endpoint import OddEndpoint, Reply, refuses, says, whole
from evals.stand_in import Endpoint
from index.store import Index
from index.sync import ingest

_log = logging.getLogger("bad_model")
_SET = Path(__file__).parent / "sets" / "sample.jsonl"
_PASSAGE = re.compile(r'<资料 编号="1"[^>]*>\n(.*?)\n</资料>', re.DOTALL)


def sentence_in(body: str) -> str:
    """The first sentence of the first passage in a request."""
    prompt = json.loads(body)["messages"][1]["content"]
    found = _PASSAGE.search(prompt)
    text = found.group(1) if found else prompt
    start, end = sentence_spans(text)[0]
    return text[start:end]


@dataclass(frozen=True)
class Behaviour:
    """What a kind of model writes for a request, and how its server behaves."""

    name: str
    write: Callable[[str], str]
    timeout: float = 60.0
    server: dict[str, Any] = field(default_factory=dict)
    odd: Callable[[str], Reply] | None = None
    """Instead of `write`: what the endpoint does with the sentence."""

    def start(self) -> Endpoint | OddEndpoint:
        """A server that behaves so."""
        odd = self.odd
        if odd is None:
            return Endpoint(self.write, **self.server)
        return OddEndpoint(lambda asked: odd(sentence_in(json.dumps(asked.body))))


def _other_figures(text: str) -> str:
    return re.sub(r"\d", lambda digit: str((int(digit.group()) + 1) % 10), text)


def _thinking(text: str) -> Reply:
    return Reply(pieces=({"reasoning_content": _other_figures(text)}, {"content": f"{text}[1]"}))


BEHAVIOURS = (
    Behaviour("writes a sentence and its mark", lambda body: f"{sentence_in(body)}[1]"),
    Behaviour("changes every figure", lambda body: f"{_other_figures(sentence_in(body))}[1]"),
    Behaviour("leaves the mark out", sentence_in),
    Behaviour("cites a passage that is not there", lambda body: f"{sentence_in(body)}[99]"),
    Behaviour("talks without saying anything", lambda body: "好的，下面为您解答。相关工作取得了积极成效。"),
    Behaviour("repeats its prompt", lambda body: json.loads(body)["messages"][1]["content"][:400]),
    Behaviour("always refuses", lambda body: NO_ANSWER),
    Behaviour("loops", lambda body: f"{sentence_in(body)}[1]" * 60),
    Behaviour("breaks off", lambda body: f"{sentence_in(body)}[1]", server={"breaks_after": 1}),
    Behaviour("is slow", lambda body: f"{sentence_in(body)}[1]" * 8, timeout=1.0, server={"pause": 0.3}),
    Behaviour("is down", lambda body: ""),
    Behaviour("thinks wrongly, writes rightly", sentence_in, odd=lambda text: _thinking(text)),
    Behaviour("thinks only", sentence_in, odd=lambda text: says(f"<think>{text}</think>")),
    Behaviour("does not stream", sentence_in, odd=lambda text: whole(f"{text}[1]")),
    Behaviour(
        "is filtered in the middle",
        sentence_in,
        odd=lambda text: says(f"{text}[1]", text[:9], finish="content_filter"),
    ),
    Behaviour("calls a tool", sentence_in, odd=lambda text: says("", finish="tool_calls")),
    Behaviour(
        "runs out of tokens", sentence_in, odd=lambda text: says(f"{text}[1]", text[:9], finish="length")
    ),
    Behaviour(
        "hangs up and does not go on",
        sentence_in,
        odd=lambda text: says(f"{text}[1]", text[:9], hangs_up=True),
    ),
    Behaviour("is too busy", sentence_in, odd=lambda text: refuses(429, "busy", Retry_After="900")),
)


@dataclass
class Counted:
    """Shares of the questions: facts held, refused, answered by the reader instead; and the sentences without support that no flag marks."""

    right: float
    refused: float
    fell_back: float
    unmarked: int


def false_and_unmarked(answer: Answer, index: Index) -> int:
    """How many sentences tell a figure or a name that none of the passages they cite holds, and are not flagged."""
    passages = {
        citation.n: f"{citation.title} {citation.section} {citation.date} {citation.source}"
        + "".join(
            f"{passage.lead} {passage.text}"
            for passage in index.catalogue.passages_of(citation.article_id)
            if passage.start <= citation.start < passage.end
        )
        for citation in answer.citations
    }
    flagged = "".join(flag.sentence for flag in answer.flags)
    worked = {each.sentence for each in answer.calculations}
    count = 0
    for said, numbers in sentences_of(answer):
        told = " ".join(passages.get(number, "") for number in numbers)
        if said and said not in worked and said not in flagged and unsupported(said, told):
            count += 1
    return count


def count(assistant: Assistant, index: Index, items: list[EvalItem]) -> Counted:
    """Ask every item."""
    right = refused = fell_back = unmarked = 0
    for item in items:
        answer = assistant.ask(item.question, today=item.asked_on or date.today())
        held = all(any(holds(answer.answer, each) for each in group) for group in item.groups)
        right += held and not answer.refused
        refused += answer.refused
        fell_back += any("摘录式" in note for note in answer.notes)
        unmarked += false_and_unmarked(answer, index)
    return Counted(right / len(items), refused / len(items), fell_back / len(items), unmarked)


def main() -> None:
    """Print a line a behaviour."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--most", type=int, default=60, help="questions")
    most = parser.parse_args().most
    logging.basicConfig(level=logging.ERROR, format="%(message)s")
    _log.setLevel(logging.INFO)
    items = [item for item in read_set(_SET)[0] if item.answerable and not item.conversation and item.groups]
    items = items[:: max(len(items) // most, 1)][:most]
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings().model_copy(update={"index": Path(folder)})
        index = open_index(settings)
        ingest(index, [settings.corpus])
        _log.info(
            "%d questions: right, refused, answered by the reader instead, unsupported and unmarked",
            len(items),
        )
        _tell("the reader alone", count(Assistant(index, settings), index, items))
        for behaviour in BEHAVIOURS:
            server = behaviour.start()
            chosen = {"llm_base_url": server.url, "llm_model": "m", "llm_timeout": behaviour.timeout}
            _tell(behaviour.name, count(Assistant(index, settings.model_copy(update=chosen)), index, items))
            server.close()
        index.close()


def _tell(name: str, counted: Counted) -> None:
    _log.info(
        "%-36s %.3f  %.3f  %.3f  %d",
        name,
        counted.right,
        counted.refused,
        counted.fell_back,
        counted.unmarked,
    )


if __name__ == "__main__":
    main()
