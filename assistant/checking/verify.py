"""Last stage: every quote must stand in its article, and what a sentence tells in what it cites."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.answering.added import without_added
from assistant.checking.judge import Claim, judge
from assistant.checking.orders import without_orders
from assistant.checking.printed import add_pages
from assistant.checking.units import UnitKind, units_of
from assistant.model import Answer, Citation, Flag
from assistant.state import State
from index.store import Index

_MARKS = re.compile(r"\[(\d+)\]")


def verify_with(index: Index) -> Callable[[State], State]:
    """The stage that checks `answer` against the articles and adds `flags`."""

    def verify(state: State) -> State:
        answer = state.answer
        # What a model wrote was checked unit by unit when it was read.
        if answer is not None and not answer.refused and not answer.written:
            check(answer, index)
        if answer is not None:
            add_pages(answer, index)
        return state

    return verify


def sentence_of(line: str) -> str:
    """What a line of an answer says, without its marks and what was added to stand alone."""
    return without_added(_MARKS.sub("", line)).strip()


def sentences_of(answer: Answer) -> list[tuple[str, list[int]]]:
    """What an answer claims, sentence by sentence, each with the numbers of its citations."""
    if answer.written:
        return [
            (without_added(unit.plain), unit.marks or unit.inherited)
            for unit in units_of(answer.answer)
            if unit.kind is UnitKind.CLAIM
        ]
    return [
        (sentence, [int(number) for number in _MARKS.findall(line)])
        for line in answer.answer.split("\n")
        if (sentence := sentence_of(line))
    ]


def check(answer: Answer, index: Index) -> None:
    """Flag sentences of `answer` that cite nothing, or tell what their citations do not."""
    by_number = {citation.n: citation for citation in answer.citations}
    for sentence, numbers in sentences_of(answer):
        cited = [by_number[number] for number in numbers if number in by_number]
        if not cited:
            answer.flags.append(Flag(sentence=sentence, reason="flag_uncited"))
            continue
        told = "\n".join(_told(citation, index) for citation in cited)
        results = [each.result for each in answer.calculations if each.sentence == sentence]
        judgement = judge(Claim(sentence, "\n".join([told, *results])))
        quoted = any(sentence in citation.quote or citation.quote in sentence for citation in cited)
        answer.flags += [
            Flag(sentence=sentence, reason=fault.reason, detail=fault.detail)
            for fault in judgement.faults
            if fault.reason == "flag_figure" or not (quoted or results)
        ]


def _told(citation: Citation, index: Index) -> str:
    """What a citation may be quoted for: its passage, its headings, and the article's own data."""
    article = index.catalogue.article(citation.article_id)
    if article is None or article.text[citation.start : citation.end] != citation.quote:
        return ""
    passages = [
        f"{p.lead} {without_orders(p.text)}"
        for p in index.catalogue.passages_of(article.id)
        if p.start < citation.end and citation.start < p.end
    ]
    passage = "\n".join(passages) or citation.quote
    return "\n".join(
        [f"{article.title} {article.date} {article.source} {article.region} {citation.section}", passage]
    )
