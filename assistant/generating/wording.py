"""The answerer for a small language model: the built-in reader finds what answers, and the model only words it."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence

from langchain_core.language_models import BaseChatModel

from assistant.checking.left_out import holds_orders
from assistant.checking.written import ClaimJudge
from assistant.generating.context import ContextBuilder
from assistant.generating.filled_prompts import messages_for
from assistant.generating.write import question_with_turns, write
from assistant.generating.written_answer import AnswerReader, WrittenAnswer
from assistant.messages import message
from assistant.reading.candidate import Candidate
from assistant.state import State, Statement
from corpus.language.normalize import fold

_log = logging.getLogger(__name__)
_FIGURE = re.compile(r"\d+(?:\.\d+)?(?!\d*年)")
_MOST_FIGURES = 6
"""Sentences with more figures are quoted: no wording of them is safe."""


class WordingAnswerer:
    """Has a model put into words what the reader quotes, and keeps the quotes where anything of them is lost or added.

    A model of one or two billion parameters that is shown many passages takes the wrong one, and refuses what is plainly there.
    So it is shown no more than the sentences that the reader found, and what the reader refuses it is not asked.

    Args:
        model: The model that words.
        quote: The answerer that quotes; its answer stands where the model's is not as good.
        context: Shows passages.
        in_words: Why a call failed, in the person's language.
        claims: The network that reads claims against passages, where there is one.
        shows_thoughts: Whether what the model thought goes with its answer.
    """

    def __init__(
        self,
        model: BaseChatModel,
        quote: Callable[[State], State],
        context: ContextBuilder,
        in_words: Callable[[BaseException, str], str] = lambda error, language: str(error),
        *,
        claims: ClaimJudge | None = None,
        shows_thoughts: bool = False,
    ) -> None:
        self._model = model
        self._quote = quote
        self._context = context
        self._in_words = in_words
        self._claims = claims
        self._shows_thoughts = shows_thoughts

    def __call__(self, state: State) -> State:
        """Fill `statements` with what the reader quotes, and `written` with how the model words it."""
        state = self._quote(state)
        quoted = state.statements
        passages = [[each] for each in _sentences(quoted)]
        # Of an overview too much would be lost: it stays in quotes.
        if state.refused or not passages or state.overview is not None:
            return state
        shown = "\n".join(self._context.shown(n, each) for n, each in enumerate(passages, start=1))
        messages = messages_for(state, shown, searches=False, may_search=False, budget=self._context.budget)
        try:
            written = write(
                self._model,
                messages,
                state.tokens,
                passages=len(passages),
                # What an article orders may be left out again.
                shows=None if holds_orders(passages) else state.on_text,
            )
        except Exception as error:  # any failure of a foreign endpoint has the same remedy
            reason = self._in_words(error, state.language)
            _log.warning("language model failed: %s", reason)
            state.notes.append(message("llm_failed", state.language, reason=reason))
            return state
        reader = AnswerReader(passages, question_with_turns(state), self._claims)
        answer = reader.read(written.text)
        kept = reader.kept(answer)
        if (
            written.refuses
            or written.cut
            or kept.failing
            or len(kept.units) < len(answer.units)
            or not _tells_all(kept, quoted, state.short_answer)
        ):
            state.notes.append(message("llm_not_worded", state.language))
            return state
        state.thoughts = written.thoughts if self._shows_thoughts else ""
        state.written = answer
        state.statements = answer.statements
        return state


def _sentences(statements: Sequence[Statement]) -> list[Candidate]:
    """The sentences that statements quote; none where something was worked out from them."""
    if any(statement.worked_out for statement in statements):
        return []
    quoted = {_place(each): each for statement in statements for each in statement.support}
    return list(quoted.values())


def _tells_all(answer: WrittenAnswer, statements: Sequence[Statement], headline: str) -> bool:
    """Whether an answer stands on a sentence of every statement and keeps the figures of the headline, or all where there is none."""
    cited = {_place(each) for unit in answer.units for each in unit.support.values()}
    if not all(cited & {_place(each) for each in statement.support} for statement in statements):
        return False
    needed = set(_FIGURE.findall(fold(headline)))
    if not needed:
        quoted = (each.text for statement in statements for each in statement.support[:1])
        needed = {found for text in quoted for found in _FIGURE.findall(fold(text))}
    return len(needed) <= _MOST_FIGURES and needed <= set(_FIGURE.findall(fold(answer.text)))


def _place(candidate: Candidate) -> tuple[str, int]:
    return candidate.hit.article.id, candidate.start
