"""The answerer that lets a language model write, from the same passages, and checks what it wrote unit by unit."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_core.prompts import ChatPromptTemplate

from assistant.checking.left_out import holds_orders
from assistant.checking.orders import is_order, without_orders
from assistant.checking.written import asked_in
from assistant.generating.any_endpoint import REASONING
from assistant.generating.failures import BY_FINISH
from assistant.generating.prompts import CORRECTION, PASSAGE, QUESTION, SYSTEM
from assistant.generating.thoughts import without_thoughts
from assistant.generating.tidy import Written, loop_begins, shown_so_far, tidied
from assistant.generating.written_answer import AnswerReader, WrittenAnswer
from assistant.messages import message
from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer
from assistant.state import State
from corpus.problem import Problem
from index.kinds import Kind

_log = logging.getLogger(__name__)
_ENDS_SAID = {"broken": "llm_broke_off", "timeout": "llm_too_slow", "content_filter": "llm_filtered"}
"""Why a model stopped in the middle → the note under what it had written."""
_PASSAGES = 6
_MOST_CHARACTERS = 2800
"""About 2,000 tokens with titles and marks: Chinese averages 1.5 characters a token."""
_SURE = 0.9
_PASSAGE_MARK = re.compile(r"[<＜](\s*[/／]?\s*资\s*料)")


class GeneratingAnswerer:
    """Writes with a chat model; where the model fails or cannot be checked, `fallback` answers and a note says so.

    A model that `judges` decides from the passages whether they answer, and its refusal stands; one that does not (a small one)
    is asked only where the reader is sure enough, and overruled where the reader is surer still.
    """

    def __init__(
        self,
        model: BaseChatModel,
        scorer: Scorer,
        fallback: Callable[[State], State],
        reason_of: Callable[[BaseException, str], str] = lambda error, language: str(error),
        *,
        judges: bool = False,
    ) -> None:
        self._model = model
        self._prompt = ChatPromptTemplate.from_messages([("system", SYSTEM), ("human", QUESTION)])
        self._scorer = scorer
        self._fallback = fallback
        self._reason_of = reason_of
        self._judges = judges

    def __call__(self, state: State) -> State:
        """Fill `written` with what the model wrote, or set `refused`."""
        passages = _passages_of(state)
        if not passages or (not self._judges and state.best.confidence < self._scorer.threshold):
            state.refused = True
            return state
        reader = AnswerReader(
            passages, asked_in((turn.question for turn in state.history), state.question, state.best.question)
        )
        try:
            written, answer = self._answer(state, passages, reader)
        except Exception as error:  # any failure of a foreign endpoint has the same remedy
            reason = self._reason_of(error, state.language)
            _log.warning("language model failed: %s", reason)
            state.notes.append(message("llm_failed", state.language, reason=reason))
            return self._fallback(state)
        if written.refuses:
            return self._refused(state)
        kept = reader.kept(answer)
        if not kept.is_supported:
            state.notes.append(message("llm_unusable", state.language))
            return self._fallback(state)
        if left := len(answer.units) - len(kept.units):
            state.notes.append(message("llm_left_out", state.language, sentences=left))
        if note := _note_on_the_end(written):
            state.notes.append(message(note, state.language))
        state.written = kept
        state.statements = kept.statements
        return state

    def _answer(
        self, state: State, passages: list[list[Candidate]], reader: AnswerReader
    ) -> tuple[Written, WrittenAnswer]:
        """What the model wrote, its failing units written anew once."""
        shown = "\n".join(_shown(number + 1, candidates) for number, candidates in enumerate(passages))
        messages = self._prompt.format_messages(passages=shown, question=_no_marks(state.best.question))
        # What may be left out again is not shown while it is written.
        shows = None if holds_orders(passages) else state.on_text
        written = self._write(state, messages, len(passages), shows)
        answer = reader.read(written.text)
        if answer.failing and not written.refuses:
            again = [*messages, AIMessage(written.text), HumanMessage(_correction_of(answer))]
            try:
                second = self._write(state, again, len(passages), None)
            except Exception as error:  # the first answer is kept where the second call fails
                _log.warning("the correction failed: %s", self._reason_of(error, state.language))
            else:
                answer = reader.with_corrections(answer, second.text)
        return written, answer

    def _refused(self, state: State) -> State:
        # Small models refuse what is plainly there: a reader as sure as this is right nine times in ten.
        if not self._judges and state.best.confidence >= _SURE and not _asks_for_a_summary(state):
            state.notes.append(message("llm_found_none", state.language))
            return self._fallback(state)
        state.refused = True
        return state

    def _write(
        self, state: State, messages: list[BaseMessage], passages: int, shows: Callable[[str], None] | None
    ) -> Written:
        text, reason, thought = "", "", False
        state.tokens.calls += 1
        for chunk in self._model.stream(messages):
            text += str(chunk.text)
            thought = thought or bool(chunk.additional_kwargs.get(REASONING))
            usage = getattr(chunk, "usage_metadata", None) or {}
            state.tokens.read += usage.get("input_tokens", 0)
            state.tokens.written += usage.get("output_tokens", 0)
            reason = chunk.response_metadata.get("finish_reason") or reason
            if shows is not None:
                shows(shown_so_far(text, passages))
            if (end := loop_begins(text)) is not None:
                text, reason = text[:end], "loop"
                break
        if not without_thoughts(text):
            only_thought = thought or bool(text.strip())
            raise Problem(
                BY_FINISH.get(reason) or ("llm_why_only_thought" if only_thought else "llm_why_empty")
            )
        return tidied(text, reason)


def _note_on_the_end(written: Written) -> str:
    """The code of what is said where a text did not come to its end."""
    if written.reason in _ENDS_SAID:
        return _ENDS_SAID[written.reason]
    return "llm_cut" if written.cut else ""


def _asks_for_a_summary(state: State) -> bool:
    """Whether a summary is asked for, of which the confidence is no reader's."""
    return any(part.parsed.kind is Kind.SUMMARY for part in state.best.parts)


def _passages_of(state: State) -> list[list[Candidate]]:
    """The sentences of the best passages, a list a passage, best passage first, within `_MOST_CHARACTERS` in all."""
    by_passage: dict[str, list[Candidate]] = {}
    depth = max(2, _PASSAGES // max(len(state.best.parts), 1))
    characters = 0
    for part in state.best.parts:
        own = 0
        for candidate in part.candidates:
            passage = candidate.hit.passage
            if passage.id not in by_passage:
                if own == depth or (by_passage and characters + len(passage.text) > _MOST_CHARACTERS):
                    continue
                own += 1
                characters += len(passage.text)
            by_passage.setdefault(candidate.hit.passage.id, []).append(candidate)
    return list(by_passage.values())


def _shown(number: int, candidates: list[Candidate]) -> str:
    hit = candidates[0].hit
    fields = {
        "title": hit.article.title,
        "date": hit.article.date,
        "source": hit.article.source,
        "section": " > ".join(hit.passage.heading_path),
    }
    quiet = {
        name: "" if is_order(value) else re.sub(r"[<>\"\n]", " ", value) for name, value in fields.items()
    }
    return PASSAGE.format(number=number, text=_no_marks(without_orders(hit.passage.text)), **quiet)


def _no_marks(text: str) -> str:
    """`text` in which nothing begins or ends a passage."""
    return _PASSAGE_MARK.sub(r"〈\1", text)


def _correction_of(answer: WrittenAnswer) -> str:
    return CORRECTION.format(
        sentences="\n".join(
            f"{number}. {unit.text.strip()}" for number, unit in enumerate(answer.failing, start=1)
        )
    )
