"""What a document lays down as a whole: its sections, each with the points that it is made of, in the document's own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answering.listed import first_sentence
from assistant.checking.orders import is_order
from assistant.reading.candidate import Candidate
from assistant.reading.overview import GroupFound, OverviewFound, show_overview
from assistant.state import State
from assistant.understanding.document_asked import ALL_OF_IT, KINDS, DocumentAsked, document_asked
from assistant.understanding.overview_asked import Grouping
from assistant.understanding.question import Question, parse
from corpus.label import label_of
from corpus.language.normalize import fold
from corpus.model import Article
from corpus.outline import mark_of, outline_of
from index.hit import ArticleInfo, Hit
from index.named_documents import share_named
from index.store import Index

_FEWEST_SECTIONS = 3
_MOST_SECTIONS = 20
_MOST_LINES = 40
_MOST_OF_A_SECTION = 12
_FEWEST_POINTS = 2
_SHORTEST = 6
_IS_THE_TITLE = 0.9
"""The share of a heading that a title holds where the heading is the title again."""
_CLOSES = re.compile(r"附则|附件|附录|目录")


@dataclass(frozen=True)
class _Section:
    """A section: its heading, and the span of its text with all that stands under it."""

    name: str
    start: int
    end: int


def outline_with(index: Index) -> Callable[[State], State]:
    """The stage that fills `overview` where all of a document is asked for, once its articles are found."""

    def stage(state: State) -> State:
        if state.control or state.wants_more or not state.interpretations:
            return state
        if state.overview and not state.overview.of_topic:
            return state
        if state.history and parse(state.question, state.today).kind not in KINDS:
            # "河长制做得好的省呢" goes on with a question for an outline, and asks for none.
            return state
        best = state.best
        is_one = len(best.parts) == 1 or state.overview is not None
        if is_one and best.operation is None and not best.parts[0].found.widened:
            articles = list(
                {hit.article.id: hit.article for part in best.parts for hit in part.hits}.values()
            )
            if found := document_outline(index, best.parsed, articles):
                show_overview(state, found)
        return state

    return stage


def document_outline(
    index: Index, question: Question, articles: Sequence[ArticleInfo]
) -> OverviewFound | None:
    """The sections of the document that a question asks the whole of, with their points.

    Args:
        index: Where the articles stand.
        question: What is asked.
        articles: Those that were found, best first.

    Returns:
        A group a section; None where the question asks no document for all of it, or the document has no sections.
    """
    asked = [
        (info, found) for info in articles if (found := document_asked(question, info.title)) is not None
    ]
    if not asked:
        return None
    years = question.query().years
    info, what = max(
        asked,
        key=lambda each: (each[0].year in years, share_named(each[0].title, question.text), each[0].date),
    )
    article = index.catalogue.article(info.id)
    if article is None:
        return None
    own = [each for each in _sections(article) if share_named(each.name, info.title) < _IS_THE_TITLE]
    if not own and not what.of:
        points = _points(article.text, _Section(info.title, 0, len(article.text)))[:_MOST_LINES]
        groups = (
            [_group(index, info, article.text, info.title, points)] if len(points) >= _FEWEST_SECTIONS else []
        )
        return _found(groups)
    sections = _asked_for(own, what, question)
    lines = {section: _points(article.text, section)[:_MOST_OF_A_SECTION] for section in sections}
    if sum(map(len, lines.values())) > _MOST_LINES:
        lines = {section: spans[:1] for section, spans in lines.items()}
    groups = [_group(index, info, article.text, each.name, spans) for each, spans in lines.items() if spans]
    is_whole = not what.of and len(sections) > 1
    return _found(groups) if len(groups) >= (_FEWEST_SECTIONS if is_whole else 1) else None


def _found(groups: list[GroupFound]) -> OverviewFound | None:
    return OverviewFound(Grouping.SECTION, tuple(groups), 0, 1, 0, of_topic=False) if groups else None


def _group(
    index: Index, info: ArticleInfo, text: str, name: str, spans: Sequence[tuple[int, int]]
) -> GroupFound:
    return GroupFound(name, tuple(_candidate(index, info, text, span) for span in spans))


def _sections(article: Article) -> list[_Section]:
    """The outermost sections of an article that it has several of; none where it has no headings."""
    paths = [section.path for section in article.sections if section.path]
    depth = 0
    # A heading that all others stand under is the name of the document.
    while (names := Counter(path[depth] for path in paths if len(path) > depth)) and len(
        names
    ) < _FEWEST_SECTIONS:
        depth += 1
    found: dict[str, _Section] = {}
    before = 0
    for section in article.sections:
        if len(section.path) > depth and names:
            name = section.path[depth]
            known = found.get(name)
            # The headings under its own, which are points of it, stand before the text of the first.
            start = known.start if known else article.text.find(name, before) + len(name)
            found[name] = _Section(name, start, section.end)
        before = section.end
    if len(found) >= _FEWEST_SECTIONS:
        return [each for each in found.values() if not _CLOSES.search(each.name)][:_MOST_SECTIONS]
    return []


def _asked_for(sections: list[_Section], what: DocumentAsked, question: Question) -> list[_Section]:
    """The sections that are asked for: those whose heading holds the asked words, the one of all 任务 where the question has this word, else all."""
    if what.of:
        return [each for each in sections if all(word in fold(each.name) for word in what.of)]
    if named := [each for each in sections if (bare := _bare(each.name)) and bare in question.folded]:
        return named[-1:]
    if what.nouns:
        longest = max(sections, key=lambda each: each.end - each.start, default=None)
        if (
            longest
            and ALL_OF_IT.fullmatch(_bare(longest.name))
            and any(n in longest.name for n in what.nouns)
        ):
            return [longest]
    return sections


def _bare(heading: str) -> str:
    mark = mark_of(heading)
    return fold(heading[mark.end :] if mark else heading).strip()


def _points(text: str, section: _Section) -> list[tuple[int, int]]:
    """The first sentence of each point of a section; of a section without points its first sentence."""
    inside = [
        (each, [item for item in each.items if section.start <= item.start < section.end])
        for each in outline_of(text)
    ]
    inside = [(each, items) for each, items in inside if items and len(each.items) >= _FEWEST_POINTS]
    outermost = min((each.level for each, _ in inside), default=0)
    spans = [
        first_sentence(text, item.start, item.end)
        for each, items in inside
        if each.level == outermost
        for item in items
    ]
    if not spans:
        spans = [first_sentence(text, section.start, section.end)]
    return [(a, b) for a, b in spans if b - a >= _SHORTEST and not is_order(text[a:b])]


def _candidate(index: Index, info: ArticleInfo, text: str, span: tuple[int, int]) -> Candidate:
    start, end = span
    passages = list(index.catalogue.passages_of(info.id))
    # A heading that ends a text stands in no passage.
    passage = next((each for each in passages if each.end > start), passages[-1])
    return Candidate(
        Hit(passage=passage, article=info), start, end, text[start:end], label_of(info.title, passage)
    )


__all__ = ["document_outline", "outline_with"]
