"""The answerer that lets a language model write, from the same passages, and checks what it wrote unit by unit."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from assistant.checking.left_out import holds_orders
from assistant.checking.written import ClaimJudge, asked_in
from assistant.generating.any_endpoint import REASONING
from assistant.generating.context import ContextBuilder
from assistant.generating.failures import BY_FINISH, is_too_long
from assistant.generating.filled_prompts import asked_text, messages_for
from assistant.generating.prompts import prompts_for
from assistant.generating.thoughts import thoughts_in, without_thoughts
from assistant.generating.tidy import Written, loop_begins, shown_so_far, tidied
from assistant.generating.token_count import token_count
from assistant.generating.written_answer import AnswerReader, WrittenAnswer
from assistant.messages import message
from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer
from assistant.reading.search_again import SearchAgain
from assistant.state import Part, State
from corpus.problem import Problem
from index.kinds import Kind

_log = logging.getLogger(__name__)
_ENDS_SAID = {"broken": "llm_broke_off", "timeout": "llm_too_slow", "content_filter": "llm_filtered"}
"""Why a model stopped in the middle → the note under what it had written."""
_SURE = 0.9
_LONGEST_THOUGHTS = 20_000


@dataclass
class _Draft:
    """What the model wrote from some passages, and what it was sent for it."""

    passages: list[list[Candidate]]
    messages: list[BaseMessage]
    written: Written
    reader: AnswerReader


class GeneratingAnswerer:
    """Writes with a chat model; where the model fails or cannot be checked, `fallback` answers and a note says so.

    A model that `judges` decides from the passages whether they answer, and its refusal stands; one that does not (a small one)
    is asked only where the reader is sure enough, and overruled where the reader is surer still. One that says that the
    passages do not suffice has what it lacks searched with `search_again`, at most `searches` times. `claims` reads what it wrote
    against what it cites. With `shows_thoughts` what it thought goes with its answer.
    """

    def __init__(
        self,
        model: BaseChatModel,
        scorer: Scorer,
        fallback: Callable[[State], State],
        context: ContextBuilder,
        in_words: Callable[[BaseException, str], str] = lambda error, language: str(error),
        *,
        judges: bool = False,
        claims: ClaimJudge | None = None,
        search_again: SearchAgain | None = None,
        searches: int = 0,
        shows_thoughts: bool = False,
    ) -> None:
        self._model = model
        self._context = context
        self._search_again = search_again
        self._searches = searches if search_again is not None else 0
        self._scorer = scorer
        self._fallback = fallback
        self._in_words = in_words
        self._judges = judges
        self._claims = claims
        self._shows_thoughts = shows_thoughts

    def __call__(self, state: State) -> State:
        """Fill `written` with what the model wrote, or set `refused`."""
        asked = self._judges or state.best.confidence >= self._scorer.threshold
        passages = self._passages(state) if asked else []
        if not passages:
            state.refused = True
            return state
        try:
            draft = self._searched_on(state, self._first_draft(state, passages))
            answer = self._corrected(state, draft)
        except Exception as error:  # any failure of a foreign endpoint has the same remedy
            reason = self._in_words(error, state.language)
            _log.warning("language model failed: %s", reason)
            state.notes.append(message("llm_failed", state.language, reason=reason))
            return self._fallback(state)
        written, reader = draft.written, draft.reader
        if written.refuses:
            return self._refused(state, written)
        kept = reader.kept(answer)
        if not kept.is_supported:
            state.notes.append(message("llm_unusable", state.language))
            return self._fallback(state)
        state.thoughts = self._shown_thoughts(written)
        if left := len(answer.units) - len(kept.units):
            state.notes.append(message("llm_left_out", state.language, sentences=left))
        if note := _note_on_the_end(written):
            state.notes.append(message(note, state.language))
        state.written = kept
        state.statements = kept.statements
        return state

    def _passages(self, state: State, more: list[Part] | None = None) -> list[list[Candidate]]:
        taken = token_count(asked_text(state, "", may_search=False, budget=self._context.budget))
        return self._context.passages(state, more or [], taken=taken)

    def _first_draft(self, state: State, passages: list[list[Candidate]]) -> _Draft:
        """What the model writes from `passages`, or from fewer where they are more than it takes."""
        while True:
            try:
                return self._draft(state, passages, may_search=self._searches > 0)
            except Exception as error:
                if not is_too_long(error) or not self._context.shrink():
                    raise
                passages = self._passages(state)

    def _draft(self, state: State, passages: list[list[Candidate]], *, may_search: bool) -> _Draft:
        """What the model writes from `passages`."""
        shown = "\n".join(self._context.shown(n, each) for n, each in enumerate(passages, start=1))
        messages = messages_for(
            state, shown, searches=self._searches > 0, may_search=may_search, budget=self._context.budget
        )
        # What may be left out again is not shown while it is written.
        shows = None if holds_orders(passages) else state.on_text
        written = self._write(state, messages, len(passages), shows)
        return _Draft(passages, messages, written, AnswerReader(passages, _asked(state), self._claims))

    def _searched_on(self, state: State, draft: _Draft) -> _Draft:
        """The draft, written anew from more passages where the model says what it lacks and a search finds something."""
        further: list[Part] = []
        for left in range(self._searches - 1, -1, -1):
            if not draft.written.missing or self._search_again is None:
                break
            try:
                further += self._search_again(state, draft.written.missing)
                passages = self._passages(state, further)
                if _places(passages) <= _places(draft.passages):
                    break
                second = self._draft(state, passages, may_search=left > 0)
            except Exception as error:  # the first answer is kept where the second call fails
                _log.warning("the further search failed: %s", self._in_words(error, state.language))
                break
            if second.written.refuses and not draft.written.refuses:
                break
            draft = second
        return draft

    def _corrected(self, state: State, draft: _Draft) -> WrittenAnswer:
        """The answer in units, those that fail written anew once."""
        answer = draft.reader.read(draft.written.text)
        if answer.failing and not draft.written.refuses:
            correction = HumanMessage(_correction_of(state, answer))
            again = [*draft.messages, AIMessage(draft.written.text), correction]
            try:
                second = self._write(state, again, len(draft.passages), None)
            except Exception as error:  # the first answer is kept where the second call fails
                _log.warning("the correction failed: %s", self._in_words(error, state.language))
            else:
                answer = draft.reader.with_corrections(answer, second.text)
        return answer

    def _shown_thoughts(self, written: Written) -> str:
        return written.thoughts[:_LONGEST_THOUGHTS] if self._shows_thoughts else ""

    def _refused(self, state: State, written: Written) -> State:
        # Small models refuse what is plainly there: a reader as sure as this is right nine times in ten.
        if not self._judges and state.best.confidence >= _SURE and not _asks_for_a_summary(state):
            state.notes.append(message("llm_found_none", state.language))
            return self._fallback(state)
        state.refused = True
        state.thoughts = self._shown_thoughts(written)
        return state

    def _write(
        self, state: State, messages: list[BaseMessage], passages: int, shows: Callable[[str], None] | None
    ) -> Written:
        text, reason, apart = "", "", ""
        state.tokens.calls += 1
        for chunk in self._model.stream(messages):
            text += str(chunk.text)
            apart += str(chunk.additional_kwargs.get(REASONING) or "")
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
            only_thought = bool(apart or text.strip())
            raise Problem(
                BY_FINISH.get(reason) or ("llm_why_only_thought" if only_thought else "llm_why_empty")
            )
        return replace(tidied(text, reason), thoughts=thoughts_in(text) or apart.strip())


def _note_on_the_end(written: Written) -> str:
    """The code of what is said where a text did not come to its end."""
    if written.reason in _ENDS_SAID:
        return _ENDS_SAID[written.reason]
    return "llm_cut" if written.cut else ""


def _asks_for_a_summary(state: State) -> bool:
    """Whether a summary is asked for, of which the confidence is no reader's."""
    return any(part.parsed.kind is Kind.SUMMARY for part in state.best.parts)


def _places(passages: list[list[Candidate]]) -> set[tuple[str, int]]:
    """Where the sentences of passages stand."""
    return {(each.hit.article.id, each.start) for passage in passages for each in passage}


def _asked(state: State) -> str:
    """The question with the turns before it: what they name needs no source."""
    return asked_in((turn.question for turn in state.history), state.question, state.best.question)


def _correction_of(state: State, answer: WrittenAnswer) -> str:
    return prompts_for(state.question).correction.format(
        sentences="\n".join(
            f"{number}. {unit.text.strip()}" for number, unit in enumerate(answer.failing, start=1)
        )
    )
