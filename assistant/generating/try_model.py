"""Whether a language model answers: asked one short thing."""

from __future__ import annotations

import time

from assistant.generating.generate import make_chat_model
from assistant.generating.redact import reason_of
from assistant.settings import Settings
from corpus.problem import Problem

_QUESTION = "只回答一个字：好"
_LONGEST_TOLD = 40


def try_model(settings: Settings) -> tuple[str, float]:
    """What the model said, and after how many seconds.

    Raises:
        Problem: `llm_not_set`, or `llm_no_answer` with a reason that holds neither key nor address.
    """
    if not settings.uses_llm:
        raise Problem("llm_not_set")
    begun = time.monotonic()
    try:
        said = str(make_chat_model(settings).invoke(_QUESTION).text)
    except Problem:
        raise
    except Exception as error:  # whatever a foreign endpoint does is told in words
        raise Problem("llm_no_answer", reason=reason_of(error, settings)) from error
    return " ".join(said.split())[:_LONGEST_TOLD], time.monotonic() - begun
