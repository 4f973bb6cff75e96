"""The introduction of a briefing: written by a language model from the sentences that the briefing quotes, and checked like an answer."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from assistant.generating.passage_text import shown_passage
from assistant.generating.prompts import prompts_for
from assistant.generating.write import write
from assistant.generating.written_answer import AnswerReader
from assistant.messages import message
from assistant.model import Tokens
from assistant.reading.candidate import Candidate

if TYPE_CHECKING:
    from assistant.service import Assistant
    from index.store import Index

_log = logging.getLogger(__name__)
_MOST_SENTENCES = 60
_ASKED = {
    "zh": "请用200字左右写一段导语，概括这些资料的主要内容，每句话标出资料编号，不写标题，不分段。",
    "en": "Write an introduction of about 100 words that sums up what these passages tell, each sentence with passage numbers, in one paragraph and without a heading.",
}

Introducer = Callable[[Sequence[Candidate], str], tuple[str, str]]
"""From the quoted sentences, in the order of their numbers, and a language: the introduction, and a note where there is none."""


def introducer_of(assistant: Assistant) -> Introducer | None:
    """What writes introductions; None where no language model is set."""
    if not assistant.uses_llm:
        return None
    from assistant.generating.chat_models import make_chat_model
    from assistant.generating.failures import in_words
    from index.reader.claims import open_claims

    settings = assistant.settings
    model = make_chat_model(settings, assistant.chat_model)

    def introduce(told: Sequence[Candidate], language: str) -> tuple[str, str]:
        passages = [[each] for each in told[:_MOST_SENTENCES]]
        asked = _ASKED.get(language, _ASKED["zh"])
        try:
            written = write(
                model, _messages(assistant.index, passages, asked), Tokens(), passages=len(passages)
            )
        except Exception as error:  # any failure of a foreign endpoint has the same remedy
            reason = in_words(error, settings, language, of_settings=assistant.chat_model is None)
            _log.warning("no introduction: %s", reason)
            return "", message("briefing_no_introduction", language, reason=reason)
        reader = AnswerReader(passages, asked, open_claims(settings.models_folder))
        kept = reader.kept(reader.read(written.text))
        sound = [unit for unit in kept.units if not unit.fails]
        text = "".join(unit.gap + unit.text for unit in sound).strip()
        if written.refuses or not any(unit.support for unit in sound):
            return "", message("briefing_introduction_unchecked", language)
        return " ".join(text.split()), ""

    return introduce


def _messages(index: Index, passages: Sequence[Sequence[Candidate]], asked: str) -> list[BaseMessage]:
    shown = "\n".join(
        shown_passage(number, _alone(each), index.catalogue.layout)
        for number, each in enumerate(passages, start=1)
    )
    prompts = prompts_for(asked)
    return [SystemMessage(prompts.system(searches=False)), HumanMessage(f"{shown}\n\n{asked}")]


def _alone(sentences: Sequence[Candidate]) -> list[Candidate]:
    """A sentence as a passage of its own: no more than is quoted is shown."""
    return [
        replace(
            each,
            hit=each.hit.model_copy(
                update={
                    "passage": each.hit.passage.model_copy(
                        update={"text": each.text, "start": each.start, "end": each.end, "lead": ""}
                    )
                }
            ),
        )
        for each in sentences
    ]


__all__ = ["Introducer", "introducer_of"]
