"""The measures of one item, and why it went wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import BaseModel, Field

from assistant.model import Answer, Citation
from assistant.trace import Trace
from evals.causes import cause_of
from evals.evidence import EvidenceFinder
from evals.items import EvalItem
from evals.metrics.citations import Supports, count_citations, supports_by_string
from evals.metrics.facts import holds_all, share_held
from evals.metrics.figures import share_of_figures_quoted
from evals.metrics.measures import STAGE_TIMES
from evals.metrics.retrieval import (
    CUTOFFS,
    interleaved,
    ndcg_at_10,
    recall_at,
    reciprocal_rank,
)
from evals.metrics.spans import exact_match, f1
from evals.metrics.tables import cells_cited, cells_right
from index.reader.read import Reader

_MARK = re.compile(r"\[\d+\]")
_BETWEEN = "；\n"
"""Between texts that are looked through together: white space alone would join the figures at their ends."""


class ItemScore(BaseModel):
    """How one item went: `values` by measure (absent where it does not apply), `cause` where it went wrong.

    `would_be_right` tells of the answer given, or, after a refusal, of the sentences that would have been quoted.
    """

    id: str
    type: str
    answerable: bool
    refused: bool
    right: bool
    confidence: float
    would_be_right: bool
    cause: str = ""
    values: dict[str, float] = Field(default_factory=dict)


@dataclass
class Prices:
    """Of a million tokens."""

    read: float = 0.0
    written: float = 0.0


class ScoreKeeper:
    """Scores answers against an index: what is found where, and what the reader makes of the quotes."""

    def __init__(
        self, finder: EvidenceFinder, reader: Reader | None = None, prices: Prices | None = None
    ) -> None:
        self._finder = finder
        self._reader = reader
        self._prices = prices or Prices()

    def score(self, item: EvalItem, answer: Answer, trace: Trace) -> ItemScore:
        """All measures of one answer."""
        relevant = self._finder.relevant(item)
        text = _MARK.sub("", answer.answer) + _BETWEEN + answer.short_answer
        quotes = _BETWEEN.join(citation.quote for citation in answer.citations)
        counted = item.answerable and bool(item.groups)
        holds = counted and not answer.refused and holds_all(text, item.groups)
        if answer.refused:
            would_say = _BETWEEN.join(sentence.text for sentence in trace.best_sentences)
            would_be_right = counted and holds_all(would_say, item.groups)
        else:
            would_be_right = holds
        values: dict[str, float] = {}
        if counted or not item.answerable:
            values["right"] = float(holds or (not item.answerable and answer.refused))
        if counted:
            values["facts"] = float(holds)
            values["facts_share"] = 0.0 if answer.refused else share_held(text, item.groups) or 0.0
        values.update(_of_table(item, answer))
        if holds:
            values["cited"] = float(bool(answer.citations) and self._quotes_say(item, answer, quotes))
        name = "refused_wrong" if item.answerable else "refused_right"
        values[name] = float(answer.refused)
        if not answer.refused:
            values.update(self._of_answer(item, answer, trace))
        if relevant and all(relevant):
            values.update(_of_stages(trace, relevant))
        values.update({f"ms.{stage}": getattr(answer.timings_ms, stage) for stage in STAGE_TIMES})
        values["passages_read"] = trace.passages_read
        if trace.tokens.read or trace.tokens.written:
            values["tokens_read"], values["tokens_written"] = trace.tokens.read, trace.tokens.written
            price = trace.tokens.read * self._prices.read + trace.tokens.written * self._prices.written
            values["cost"] = price / 1e6
        return ItemScore(
            id=item.id,
            type=item.type,
            answerable=item.answerable,
            refused=answer.refused,
            right=bool(values.get("right", not answer.refused)),
            confidence=answer.confidence,
            would_be_right=would_be_right,
            cause=cause_of(
                item, answer, trace, relevant, cited=values.get("cited"), would_be_right=would_be_right
            ),
            values=values,
        )

    def _quotes_say(self, item: EvalItem, answer: Answer, quotes: str) -> bool:
        """Whether the quotes hold every fact, or all the evidence of one that is worked out (a sum)."""
        if holds_all(quotes, item.groups):
            return True
        worked_out = bool(item.evidence) and not holds_all(_BETWEEN.join(item.evidence), item.groups)
        return worked_out and all(
            any(self._finder.overlaps(quote, c.article_id, c.start, c.end) for c in answer.citations)
            for quote in item.evidence
        )

    def _of_answer(self, item: EvalItem, answer: Answer, trace: Trace) -> dict[str, float]:
        values: dict[str, float | None] = {"length": len(answer.answer)}
        if item.answerable and item.short_answers and answer.short_answer:
            values["exact"] = exact_match(item.short_answers, answer.short_answer)
            values["f1"] = f1(item.short_answers, answer.short_answer)
        by_string = count_citations(answer, supports_by_string)
        values["cite_recall"], values["cite_precision"] = by_string.recall, by_string.precision
        if self._reader is not None:
            by_reader = count_citations(answer, self._supports_by_reader(answer, trace))
            values["cite_recall_reader"], values["cite_precision_reader"] = (
                by_reader.recall,
                by_reader.precision,
            )
        values["figures"] = share_of_figures_quoted(answer)
        if item.answerable and item.evidence and answer.citations:
            values["cite_evidence"] = sum(
                any(self._finder.overlaps(quote, c.article_id, c.start, c.end) for quote in item.evidence)
                for c in answer.citations
            ) / len(answer.citations)
        return {name: value for name, value in values.items() if value is not None}

    def _supports_by_reader(self, answer: Answer, trace: Trace) -> Supports:
        """Whether the reader, given the quotes alone, finds one of the question's parts answered."""
        questions = [part.question for part in trace.parts] or [answer.standalone_question]
        already = {
            (sentence.text, part.question): sentence.weighed["reader_alone"]
            for part in trace.parts
            for sentence in part.sentences
            if "reader_alone" in sentence.weighed
        }
        reader = self._reader

        def supports(sentence: str, cited: list[Citation]) -> bool:
            for question in questions:
                if len(cited) == 1 and (cited[0].quote, question) in already:
                    score = already[cited[0].quote, question]
                elif reader is not None:
                    label = " > ".join(part for part in (cited[0].title, cited[0].section) if part)
                    passage = f"{label}\n" + "\n".join(each.quote for each in cited)
                    score = reader.read(question, [passage])[0].score
                if score > 0:
                    return True
            return False

        return supports


def _of_table(item: EvalItem, answer: Answer) -> dict[str, float]:
    if not item.answerable or not item.table:
        return {}
    cited = cells_cited(answer, item.table)
    return {
        "cells_right": cells_right(answer, item.table),
        **({} if cited is None else {"cells_cited": cited}),
    }


def _of_stages(trace: Trace, relevant: list[set[str]]) -> dict[str, float]:
    values = {}
    for stage in ("dense", "keyword", "fused", "reranked"):
        ranked = interleaved([getattr(part, stage) for part in trace.parts])
        for k in CUTOFFS:
            values[f"recall@{k}.{stage}"] = recall_at(k, ranked, relevant)
        values[f"mrr.{stage}"] = reciprocal_rank(ranked, relevant)
        values[f"ndcg@10.{stage}"] = ndcg_at_10(ranked, relevant)
    return values
