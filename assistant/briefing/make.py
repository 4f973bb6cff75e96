"""Makes a briefing over chosen articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from assistant.briefing.figures import key_figures
from assistant.briefing.introduction import Introducer
from assistant.briefing.model import ArticleBrief, Briefing
from assistant.checking.cite import citation_of
from assistant.checking.printed import add_pages
from assistant.messages import message
from assistant.model import Answer
from assistant.reading.article_sentences import telling_lines
from assistant.reading.candidate import Candidate
from assistant.reading.candidates import sentences_of
from assistant.reading.sentence_times import SentenceTimes
from corpus.problem import Problem
from index.hit import ArticleInfo, Hit
from index.query import Filters
from index.store import Index

MOST_ARTICLES = 50
SENTENCES = 6
FIGURES = 8
_READ_FOR_FIGURES = 120


class BriefingStopped(Exception):
    """Somebody stopped it."""


def chosen_articles(index: Index, ids: Sequence[str], filters: Filters) -> list[ArticleInfo]:
    """The articles with these ids, in this order, each once.

    Args:
        index: Holds them.
        ids: What was chosen.
        filters: What may be seen; an article that may not is told of as one that is not there.

    Raises:
        Problem: `briefing_nothing`, `briefing_too_many` or `program_no_article`.
    """
    wanted = list(dict.fromkeys(id_.strip() for id_ in ids if id_.strip()))
    if not wanted:
        raise Problem("briefing_nothing")
    if len(wanted) > MOST_ARTICLES:
        raise Problem("briefing_too_many", articles=len(wanted), most=MOST_ARTICLES)
    found = []
    for id_ in wanted:
        articles, _ = index.catalogue.find_articles(filters.widest, article_id=id_, most=1)
        if not articles:
            raise Problem("program_no_article", article=id_[:80])
        found += articles
    return found


def make_briefing(
    index: Index,
    articles: Sequence[ArticleInfo],
    *,
    today: date,
    title: str = "",
    language: str = "zh",
    introduce: Introducer | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Briefing:
    """A briefing over articles.

    Args:
        index: Holds them.
        articles: What it tells of, as `chosen_articles` gives them.
        today: The day that it bears.
        title: Its title; a usual one where it is empty.
        language: Of its own words.
        introduce: Writes the introduction, where a language model is set.
        progress: Called with how many steps are done, of how many.
        stopped: Whether somebody stopped it; asked before each step.

    Raises:
        BriefingStopped: it was.
    """
    steps = len(articles) + (introduce is not None)
    times = SentenceTimes(index)
    briefs: list[ArticleBrief] = []
    told: list[Candidate] = []
    for article in articles:
        progress(len(briefs), steps)
        if stopped():
            raise BriefingStopped
        lines = telling_lines(index, article, SENTENCES)
        briefs.append(_brief(index, times, article, lines, first=len(told) + 1))
        told += lines
    briefing = Briefing(
        title=title.strip() or message("briefing_title", language, count=len(briefs)),
        date=today.isoformat(),
        articles=briefs,
    )
    if introduce is not None and told:
        progress(len(briefs), steps)
        if stopped():
            raise BriefingStopped
        briefing.introduction, note = introduce(told, language)
        briefing.notes += [note] if note else []
    progress(steps, steps)
    return briefing


def _brief(
    index: Index, times: SentenceTimes, article: ArticleInfo, lines: Sequence[Candidate], first: int
) -> ArticleBrief:
    cited = Answer(question="", standalone_question="")
    cited.citations = [citation_of(number, line) for number, line in enumerate(lines, start=first)]
    add_pages(cited, index)
    return ArticleBrief(
        article_id=article.id,
        title=article.title,
        date=article.date,
        source=article.source,
        url=article.url,
        sentences=cited.citations,
        figures=key_figures(_dated(index, times, article, lines), FIGURES),
    )


def _dated(
    index: Index, times: SentenceTimes, article: ArticleInfo, lines: Sequence[Candidate]
) -> list[Candidate]:
    """The sentences and rows of an article with their times, those that are quoted first."""
    passages = index.catalogue.passages_of(article.id)[:_READ_FOR_FIGURES]
    every = [each for one in passages for each in sentences_of(Hit(passage=one, article=article), 0)]
    quoted = {each.start for each in lines}
    ordered = [*lines, *(each for each in every if each.start not in quoted)]
    return [replace(each, periods=times.of(article.id, each.start, each.end)) for each in ordered]


__all__ = ["FIGURES", "MOST_ARTICLES", "SENTENCES", "BriefingStopped", "chosen_articles", "make_briefing"]
