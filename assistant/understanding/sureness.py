"""Whether the built-in understanding is sure of what is asked, so that no language model need be called for it."""

from __future__ import annotations

import re

from assistant.model import Turn
from assistant.understanding.conversation import (
    is_complete,
    is_surely_complete,
    readings,
    wants_more,
    without_talk,
)
from assistant.understanding.phrases import ASKING_WORDS
from assistant.understanding.question import Question
from assistant.understanding.slots import LEAD, asks_itself, rest_of
from assistant.understanding.time_words import times_in
from corpus.language.places import places_in
from index.provision import PROVISION

_LONG = 60
"""Characters from which a question that is taken for one may well be several."""
_SHORT = 10
_CORRECTS = re.compile(r"^(?:不[是对，,]|错了|我(?:是|问|说|指)|更正)|不是|除了|而不")
_POINTS = re.compile(r"[它其该此]|这(?!一年来)|那(?!么)|上述|前者|后者|两者|同期|刚才|前面|之前|上面")
_ASKS_HOW = re.compile(r"(?:呢|如何|怎么样|又如何)?[\s?？。!！]*$")


def is_sure(question: Question, text: str, history: list[Turn]) -> bool:
    """Whether the built-in understanding of a question can be trusted.

    Args:
        question: What the question is taken for.
        text: The question as it was typed.
        history: The turns before it.
    """
    # What the last article may be asked besides is for the corpus to decide.
    turns = [turn.model_copy(update={"titles": []}) for turn in without_talk(history)]
    if not turns:
        return not question.has_no_topic and (len(text) <= _LONG or len(question.parts) > 1)
    plain = LEAD.sub("", text.strip())
    before = turns[-1].standalone_question
    if _CORRECTS.search(plain):
        return False
    if _is_plain_swap(plain, before):
        return True
    if _POINTS.search(plain):
        return False
    if _is_one_thing(plain) and len(readings(text, turns)) == 1:
        return True
    if wants_more(text, turns) or PROVISION.search(plain):
        return len(readings(text, turns)) == 1
    return asks_itself(plain) and is_complete(plain, before) and is_surely_complete(plain, before)


def _is_one_thing(plain: str) -> bool:
    """Whether a follow-up is no more than a name or a measure: "增速呢?", "家电?"."""
    named = _ASKS_HOW.sub("", plain).strip(" ，,。")
    return 0 < len(named) <= _SHORT and not asks_itself(named)


def _is_plain_swap(plain: str, before: str) -> bool:
    """Whether a follow-up names one place or one time, and nothing else, in the stead of the only one of the question before."""
    named = _ASKS_HOW.sub("", ASKING_WORDS.sub("", plain)).strip(" ，,。")
    places, times = places_in(named), times_in(named)
    if not named or rest_of(named) or len(places) + len(times) != 1:
        return False
    return len(places_in(before) if places else times_in(before)) == 1
