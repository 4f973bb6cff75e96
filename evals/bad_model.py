"""What becomes of answers when the language model or its endpoint misbehaves: `python -m evals.bad_model`.

Each way of `evals.misbehaviours` is played by a stand-in server that takes the first sentence of the first passage in its prompt,
which is right or wrong as may be. Beside it the reader alone, on the same questions of the sample set.
"""

from __future__ import annotations

import argparse
import logging
import re
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assistant.checking.support import unsupported
from assistant.checking.verify import sentences_of
from assistant.model import Answer
from assistant.service import Assistant, open_index
from assistant.settings import Settings
from corpus.language.normalize import fold
from evals.formats import read_set
from evals.items import EvalItem
from evals.metrics.facts import holds
from evals.misbehaviours import BEHAVIOURS
from index.store import Index
from index.sync import ingest

_log = logging.getLogger("bad_model")
_SET = Path(__file__).parent / "sets" / "sample.jsonl"
_NO_MODEL = {"llm_base_url": "", "llm_model": "", "llm_small_model": "", "llm_file": None}
"""Settings under which the reader answers alone, whatever the environment names."""
_BESIDE = re.compile(r"\[\d+\]|\W")


@dataclass
class Counted:
    """Shares of the questions: facts held, refused, answered by the reader instead.

    `unmarked` are the sentences without support that no flag marks; `lost` the questions where what the model had written whole
    did not reach the person, or nothing did.
    """

    right: float
    refused: float
    fell_back: float
    unmarked: int
    lost: int


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
    for sentence, numbers in sentences_of(answer):
        cited = " ".join(passages.get(number, "") for number in numbers)
        is_known = not sentence or sentence in worked or sentence in flagged
        if not is_known and unsupported(sentence, cited):
            count += 1
    return count


def is_lost(answer: Answer, written: str | None) -> bool:
    """Whether `written` is not in an answer; where nothing had to be, whether there is no answer at all."""
    if not written:
        return not answer.answer
    return _BESIDE.sub("", fold(written)) not in _BESIDE.sub("", fold(answer.answer))


def count(
    assistant: Assistant, index: Index, items: list[EvalItem], written: list[str] | None = None
) -> Counted:
    """Ask every item; `written` grows with what the model writes that must reach the person."""
    written = [] if written is None else written
    right = refused = fell_back = unmarked = lost = 0
    for item in items:
        written.clear()  # a question that the model is not asked is not held against what it wrote to the one before
        answer = assistant.ask(item.question, today=item.asked_on)
        held = all(any(holds(answer.answer, each) for each in group) for group in item.groups)
        right += held and not answer.refused
        refused += answer.refused
        fell_back += any("摘录式" in note for note in answer.notes)
        unmarked += false_and_unmarked(answer, index)
        lost += is_lost(answer, written[-1] if written else None)
    return Counted(right / len(items), refused / len(items), fell_back / len(items), unmarked, lost)


def main() -> None:
    """Print a line a behaviour."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--most", type=int, default=60, help="questions")
    parser.add_argument(
        "--words-only", action="store_true", help="a small model, which only words what the reader found"
    )
    options = parser.parse_args()
    most = options.most
    logging.basicConfig(level=logging.ERROR, format="%(message)s")
    _log.setLevel(logging.INFO)
    items = [item for item in read_set(_SET)[0] if item.answerable and not item.conversation and item.groups]
    items = items[:: max(len(items) // most, 1)][:most]
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings().model_copy(update={"index": Path(folder), **_NO_MODEL})
        index = open_index(settings)
        ingest(index, [settings.corpus])
        _log.info(
            "%d questions: right, refused, answered by the reader instead, unsupported and unmarked, lost",
            len(items),
        )
        _tell("the reader alone", count(Assistant(index, settings), index, items))
        for behaviour in BEHAVIOURS:
            written: list[str] = []
            with closing(behaviour.start(written)) as server:
                chosen = {
                    "llm_base_url": server.url,
                    "llm_model": "m",
                    "llm_judges": not options.words_only,
                    **behaviour.settings,
                }
                assistant = Assistant(index, settings.model_copy(update=chosen))
                _tell(behaviour.name, count(assistant, index, items, written))
        index.close()


def _tell(name: str, counted: Counted) -> None:
    _log.info(
        "%-44s %.3f  %.3f  %.3f  %d  %d",
        name,
        counted.right,
        counted.refused,
        counted.fell_back,
        counted.unmarked,
        counted.lost,
    )


if __name__ == "__main__":
    main()
