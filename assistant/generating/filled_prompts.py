"""The prompts filled in: what a language model is sent for a question, with passages, conversation and today's date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from assistant.checking.marks import MARK
from assistant.checking.orders import without_orders
from assistant.generating.passage_text import without_passage_marks
from assistant.generating.prompts import Prompts, prompts_for
from assistant.generating.token_count import token_count
from assistant.model import Turn
from assistant.state import State

_TURNS = 4
_LONGEST_QUESTION = 200
_LONGEST_ANSWER = 300
_SPACE = re.compile(r"\s+")


def conversation_of(prompts: Prompts, history: Sequence[Turn], most: int = 2000) -> str:
    """The last turns in short, without marks and without orders to models; empty where there are none.

    Args:
        prompts: The prompts of the question's language.
        history: The turns, oldest first.
        most: Tokens that they may take; of older turns those are left out for which there is no room.
    """
    turns: list[str] = []
    for turn in reversed(history[-_TURNS:]):
        told = prompts.turn.format(
            question=_short(turn.question, _LONGEST_QUESTION),
            answer=_short(without_orders(MARK.sub("", turn.answer)), _LONGEST_ANSWER),
        )
        most -= token_count(told)
        if most < 0:
            break
        turns.insert(0, told)
    return prompts.conversation.format(turns="\n".join(turns)) if turns else ""


def asked_text(state: State, passages: str, *, may_search: bool, budget: int) -> str:
    """What a model is sent for a question: passages first, the question last.

    Args:
        state: The question with its conversation.
        passages: The passages as they are shown.
        may_search: Whether the model may still ask for another search.
        budget: Tokens that all of it may take; the conversation takes a quarter at most.
    """
    prompts = prompts_for(state.question)
    question = state.best.question
    grouped = prompts.grouped[state.overview.grouping.value] if state.overview else ""
    differs = _SPACE.sub("", question) != _SPACE.sub("", state.question)
    return prompts.question.format(
        passages=passages,
        conversation=conversation_of(prompts, state.history, budget // 4),
        today=state.today.isoformat(),
        question=without_passage_marks(question),
        original=prompts.original.format(question=without_passage_marks(state.question)) if differs else "",
        no_more=grouped + ("" if may_search else prompts.no_more),
    )


def messages_for(
    state: State, passages: str, *, searches: bool, may_search: bool, budget: int
) -> list[BaseMessage]:
    """The messages of a question; see `asked_text`. `searches` is whether a model may ask for a search at all."""
    system = prompts_for(state.question).system(searches=searches)
    no_more = searches and not may_search
    asked = asked_text(state, passages, may_search=not no_more, budget=budget)
    return [SystemMessage(system), HumanMessage(asked)]


def _short(text: str, longest: int) -> str:
    """A text in one line, without what begins or ends a passage."""
    plain = without_passage_marks(_SPACE.sub(" ", text).strip())
    return plain if len(plain) <= longest else f"{plain[:longest]}…"
