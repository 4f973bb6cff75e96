"""The answerer that lets a language model write, from the same passages, and checks what it wrote unit by unit."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from assistant.answering.overview import note_extent
from assistant.checking.left_out import holds_orders
from assistant.checking.written import ClaimJudge
from assistant.generating.context import ContextBuilder
from assistant.generating.failures import is_too_long
from assistant.generating.filled_prompts import asked_text, messages_for
from assistant.generating.prompts import prompts_for
from assistant.generating.tidy import Written
from assistant.generating.token_count import token_count
from assistant.generating.write import question_with_turns, write
from assistant.generating.written_answer import AnswerReader, WrittenAnswer
from assistant.messages import message
from assistant.reading.candidate import Candidate
from assistant.reading.search_again import SearchAgain
from assistant.state import Part, State

_log = logging.getLogger(__name__)
_ENDS_SAID = {"broken": "llm_broke_off", "timeout": "llm_too_slow", "content_filter": "llm_filtered"}
"""Why a model stopped in the middle → the note under what it had written."""


@dataclass
class _Draft:
    """What the model wrote from some passages, and what it was sent for it."""

    passages: list[list[Candidate]]
    messages: list[BaseMessage]
    written: Written
    reader: AnswerReader


class GeneratingAnswerer:
    """Writes with a chat model; where the model fails or cannot be checked, `fallback` answers and a note says so.

    The model decides from the passages whether they answer, and its refusal stands (for small ones there is
    `assistant.generating.wording`). Where it says that they do not suffice, what it lacks is searched with `search_again`, at most
    `searches` times. `claims` reads what it wrote against what it cites. With `shows_thoughts` what it thought goes with its answer.
    """

    def __init__(
        self,
        model: BaseChatModel,
        fallback: Callable[[State], State],
        context: ContextBuilder,
        in_words: Callable[[BaseException, str], str] = lambda error, language: str(error),
        *,
        claims: ClaimJudge | None = None,
        search_again: SearchAgain | None = None,
        searches: int = 0,
        shows_thoughts: bool = False,
    ) -> None:
        self._model = model
        self._context = context
        self._search_again = search_again
        self._searches = searches if search_again is not None else 0
        self._fallback = fallback
        self._in_words = in_words
        self._claims = claims
        self._shows_thoughts = shows_thoughts

    def __call__(self, state: State) -> State:
        """Fill `written` with what the model wrote, or set `refused`."""
        passages = self._passages(state)
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
        if state.overview is not None:
            note_extent(state, state.overview)
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
        written = write(self._model, messages, state.tokens, passages=len(passages), shows=shows)
        return _Draft(
            passages, messages, written, AnswerReader(passages, question_with_turns(state), self._claims)
        )

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
                second = write(self._model, again, state.tokens, passages=len(draft.passages))
            except Exception as error:  # the first answer is kept where the second call fails
                _log.warning("the correction failed: %s", self._in_words(error, state.language))
            else:
                answer = draft.reader.with_corrections(answer, second.text)
        return answer

    def _shown_thoughts(self, written: Written) -> str:
        return written.thoughts if self._shows_thoughts else ""

    def _refused(self, state: State, written: Written) -> State:
        state.refused = True
        state.thoughts = self._shown_thoughts(written)
        return state


def _note_on_the_end(written: Written) -> str:
    """The code of what is said where a text did not come to its end."""
    if written.reason in _ENDS_SAID:
        return _ENDS_SAID[written.reason]
    return "llm_cut" if written.cut else ""


def _places(passages: list[list[Candidate]]) -> set[tuple[str, int]]:
    """Where the sentences of passages stand."""
    return {(each.hit.article.id, each.start) for passage in passages for each in passage}


def _correction_of(state: State, answer: WrittenAnswer) -> str:
    return prompts_for(state.question).correction.format(
        sentences="\n".join(
            f"{number}. {unit.text.strip()}" for number, unit in enumerate(answer.failing, start=1)
        )
    )
