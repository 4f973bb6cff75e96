"""Last stage: every quote must stand in its article, and every figure, date and name in what its sentence cites."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.model import Answer, Citation, Flag
from assistant.state import State
from corpus.clean import fold
from corpus.places import places_in
from index.store import Index

_FIGURE = re.compile(r"\d+(?:[,，]\d{3})*(?:\.\d+)?")
_NAME = re.compile(r"《[^》]+》|[a-z][a-z0-9\-]+|(?<=“)[^”]{2,20}(?=”)")
_MARKS = re.compile(r"\[(\d+)\]")


def verify_with(index: Index) -> Callable[[State], State]:
    """The stage that checks `answer` against the articles and adds `flags`."""

    def verify(state: State) -> State:
        answer = state.answer
        if answer is not None and not answer.refused:
            check(answer, index)
        return state

    return verify


def check(answer: Answer, index: Index) -> None:
    """Flag sentences of `answer` that cite nothing, or tell what their citations do not."""
    by_number = {citation.n: citation for citation in answer.citations}
    for line in answer.answer.split("\n"):
        cited = [by_number[int(number)] for number in _MARKS.findall(line) if int(number) in by_number]
        sentence = _MARKS.sub("", line).strip()
        if not sentence:
            continue
        if not cited:
            answer.flags.append(Flag(sentence=sentence, reason="flag_uncited"))
            continue
        told = fold(" ".join(_told(citation, index) for citation in cited))
        for thing in unsupported(sentence, told):
            answer.flags.append(Flag(sentence=sentence, reason="flag_figure", detail=thing))


def _told(citation: Citation, index: Index) -> str:
    """What a citation may be quoted for: its passage's sentence, its headings, and the article's own data."""
    article = index.catalogue.article(citation.article_id)
    if article is None or article.text[citation.start : citation.end] != citation.quote:
        return ""
    passage = next(
        (p.text for p in index.catalogue.passages_of(article.id) if p.start <= citation.start < p.end),
        citation.quote,
    )
    return " ".join([article.title, article.date, article.source, article.region, citation.section, passage])


def things_in(sentence: str) -> list[str]:
    """Figures, quoted names, Latin names and places that `sentence` names, each once."""
    folded = fold(sentence)
    return list(dict.fromkeys([*_FIGURE.findall(folded), *_NAME.findall(folded), *places_in(sentence)]))


def unsupported(sentence: str, told: str) -> list[str]:
    """Those of `things_in(sentence)` that are not in the folded text `told`."""
    folded = fold(sentence)
    figures = {figure.replace("，", ",") for figure in _FIGURE.findall(told)}
    plain = {figure.replace(",", "") for figure in figures}
    missing = [f for f in _FIGURE.findall(folded) if f.replace(",", "").replace("，", "") not in plain]
    missing += [name for name in _NAME.findall(folded) if name not in told]
    missing += [place for place in places_in(sentence) if place not in told and place not in places_in(told)]
    return list(dict.fromkeys(missing))
