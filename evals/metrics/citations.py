"""Citation recall and precision after ALCE (Gao et al., EMNLP 2023), with a rule or a reader in place of its NLI model.

Recall: share of the answer's sentences that the quotes they cite support. Precision: share of citations that are
needed, that is, whose sentence is supported, and by this quote alone or not without it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.checking.support import unsupported
from assistant.checking.verify import sentences_of
from assistant.model import Answer, Citation
from corpus.language.normalize import fold
from index.words import content_words

_SHARED_WORDS = 0.5
Supports = Callable[[str, list[Citation]], bool]


@dataclass
class CitationCounts:
    """Both measures; None where an answer has no sentence or no citation."""

    recall: float | None
    precision: float | None


def count_citations(answer: Answer, supports: Supports) -> CitationCounts:
    """Judge every sentence of `answer` with `supports(sentence, citations)`."""
    by_number = {citation.n: citation for citation in answer.citations}
    supported: list[bool] = []
    needed: list[bool] = []
    for sentence, numbers in sentences_of(answer):
        for calculation in answer.calculations:
            if calculation.sentence == sentence:
                # A result follows from its citations' figures; it stands in none of them.
                sentence = sentence.replace(calculation.result, "")
        if not sentence:
            continue
        cited = [by_number[number] for number in dict.fromkeys(numbers) if number in by_number]
        holds = bool(cited) and supports(sentence, cited)
        supported.append(holds)
        for each in cited:
            others = [other for other in cited if other is not each]
            needed.append(
                holds and (supports(sentence, [each]) or not (others and supports(sentence, others)))
            )
    return CitationCounts(_share(supported), _share(needed))


def supports_by_string(sentence: str, cited: list[Citation]) -> bool:
    """Every figure, date, name and place of the sentence, and half of its words, stand in the quotes."""
    told = fold(" ".join(part for c in cited for part in (c.quote, c.title, c.section, c.date, c.source)))
    if unsupported(sentence, told):
        return False
    asked = set(content_words(sentence))
    return sum(word in told for word in asked) >= _SHARED_WORDS * len(asked)


def _share(values: list[bool]) -> float | None:
    return sum(values) / len(values) if values else None
