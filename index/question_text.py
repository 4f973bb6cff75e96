"""The text of a question, from which facts are read: what its measure, its form and its operation are read from alike."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class QuestionText:
    """The text of a question; each fact of a subclass is read when it is first needed.

    Attributes:
        text: The question.
        folded: The text as it is compared.
    """

    text: str
    folded: str
