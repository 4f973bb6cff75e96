"""The groups of an overview: what each article, or each place, tells of a topic or of itself, in a few sentences of the articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from assistant.reading.article_sentences import ArticleSentences, substance_of, telling_lines
from assistant.reading.by_place import CITIES_LIKE_PROVINCES
from assistant.reading.candidate import Candidate
from assistant.reading.sentence_times import SentenceTimes
from assistant.reading.substance import most_telling
from assistant.reading.word_weights import WordWeights
from assistant.state import Part, State
from assistant.understanding.overview_asked import Grouping, OverviewAsked
from assistant.understanding.question import Question
from assistant.understanding.stretch import stretch_in
from corpus.language.normalize import fold
from corpus.language.places import PROVINCES, places_in, plain_name, province_of
from index.hit import ArticleInfo, Found
from index.query import Filters
from index.search import Searcher
from index.store import Index

MOST_GROUPS = 12
LINES = 2
_FEWEST = 2
_MOST_ARTICLES = 60
"""How many articles are looked at, at most, for what they say of a topic."""
_HELD = 0.6
"""How much of the topic's words, by weight, a sentence and what stands above it must hold, of what the best one does."""
_LEAST_HELD = 0.5
_FIGURE_WORTH = 0.02
_TOPIC_WORTH = 0.3
_OWN_WORDS = 0.6
"""What a topic's words count that stand above a sentence and not in it."""


@dataclass(frozen=True)
class GroupFound:
    """A group: its name, its sentences, and its article where it is of one."""

    name: str
    lines: tuple[Candidate, ...]
    article: ArticleInfo | None = None


@dataclass(frozen=True)
class OverviewFound:
    """An overview before it is cited.

    Attributes:
        grouping: What it is grouped by.
        groups: The groups that are shown, at most `MOST_GROUPS`.
        more_groups: How many there are besides.
        articles: How many articles its sentences are from.
        more_articles: How many more there are on the same.
        of_topic: Whether a topic was asked of, and not the articles themselves.
    """

    grouping: Grouping
    groups: tuple[GroupFound, ...]
    more_groups: int
    articles: int
    more_articles: int
    of_topic: bool


@dataclass
class _Group:
    """Sentences of a group with what each is worth."""

    name: str
    article: ArticleInfo | None = None
    candidates: list[Candidate] = field(default_factory=list)
    vectors: list[np.ndarray] = field(default_factory=list)
    worth: list[float] = field(default_factory=list)

    def add(self, candidate: Candidate, vector: np.ndarray, worth: float) -> None:
        self.candidates.append(candidate)
        self.vectors.append(vector)
        self.worth.append(worth)

    def found(self) -> GroupFound:
        chosen = most_telling(np.array(self.vectors), np.array(self.worth), LINES)
        lines = sorted((self.candidates[number] for number in chosen), key=lambda each: each.start)
        return GroupFound(self.name, tuple(lines), self.article)


def overview_with(index: Index, searcher: Searcher, times: SentenceTimes) -> Callable[[State], State]:
    """The stage that fills `overview` where one is asked for, or says that the articles tell nothing of its topic."""

    def stage(state: State) -> State:
        if state.control or state.wants_more or not state.interpretations:
            return state
        question = state.best.parsed
        asked = question.overview
        if asked is None or any(form.operation for form in state.interpretations):
            return state
        if not asked.topic:
            found = _of_articles(index, asked, state.filters)
        else:
            topic = {
                word: names for word, names in asked.topic.items() if word in question.frame.timeless_words
            }
            articles = _articles_on(index, searcher, question, state.filters) if topic else []
            if not articles:
                # Nothing is within the filters, or a time alone is named: the usual way says what there is.
                return state
            found = _of_topic(index, times, question, replace(asked, topic=topic), articles)
            state.topic_is_absent = found is None
        if found is not None:
            show_overview(state, found)
        return state

    return stage


def show_overview(state: State, found: OverviewFound) -> None:
    """Answer with an overview: a part a group, so that a language model is shown something of each."""
    question = state.best.parsed
    state.overview = found
    state.interpretations = [state.best]
    state.best.parts = [_part(question, group, state.filters) for group in found.groups]


def _part(question: Question, group: GroupFound, filters: Filters) -> Part:
    hits = list({each.hit.passage.id: each.hit for each in group.lines}.values())
    return Part(question, Found(query=question.query(filters), hits=hits), list(group.lines), 1.0)


def _of_topic(
    index: Index,
    times: SentenceTimes,
    question: Question,
    asked: OverviewAsked,
    articles: Sequence[ArticleInfo],
) -> OverviewFound | None:
    """What articles tell of a topic; by article where none tells of a single place, None where none tells of it."""
    told = _in_time(times, question, _told_of(index, question, asked, articles))
    groups = _grouped(told, asked)
    if not groups and asked.grouping is Grouping.PLACE:
        asked = replace(asked, grouping=Grouping.ARTICLE)
        groups = _grouped(told, asked)
    if not groups:
        return None
    ranked = sorted(groups, key=lambda each: -max(each.worth))
    shown = tuple(group.found() for group in ranked[:MOST_GROUPS])
    every = {each.hit.article.id for group in ranked for each in group.candidates}
    return _counted(asked, shown, len(ranked) - len(shown), len(every), of_topic=True)


def _counted(
    asked: OverviewAsked, shown: tuple[GroupFound, ...], more: int, articles: int, *, of_topic: bool
) -> OverviewFound:
    own = {each.hit.article.id for group in shown for each in group.lines}
    return OverviewFound(asked.grouping, shown, more, len(own), max(articles - len(own), 0), of_topic)


def _of_articles(index: Index, asked: OverviewAsked, filters: Filters) -> OverviewFound | None:
    """What each article is about, the newest first; those that a newer version took the place of come last."""
    articles, total = index.catalogue.find_articles(filters, most=-1 if asked.titles else 10 * MOST_GROUPS)
    if asked.titles:
        articles = [each for each in articles if each.title.strip("《》") in asked.titles]
        total = len(articles)
    old = index.catalogue.superseded([each.id for each in articles], filters)
    articles.sort(key=lambda each: each.id in old)
    groups: list[GroupFound] = []
    for article in articles:
        if len(groups) == MOST_GROUPS:
            break
        if lines := telling_lines(index, article, LINES):
            groups.append(GroupFound(article.title, tuple(lines), article))
    if len(groups) < (1 if total == 1 and not asked.titles else _FEWEST):
        return None
    more = total - len(groups)
    return OverviewFound(asked.grouping, tuple(groups), more, len(groups), more, of_topic=False)


def _articles_on(index: Index, searcher: Searcher, question: Question, filters: Filters) -> list[ArticleInfo]:
    """The articles that may speak of what is asked: those found, best first, then others that may be seen, newest first."""
    query = question.query(filters)
    hits = searcher.retrieve(query)
    if hits.widened:
        # Nothing is within the filters: the usual way says so.
        return []
    found = [hit.article for hit in hits.hits if filters.shows(hit.article.collection)]
    others, _ = index.catalogue.find_articles(filters, most=_MOST_ARTICLES)
    articles = list({each.id: each for each in [*found, *others]}.values())
    years = _years_asked(question)
    of_years = [each for each in articles if each.year in years]
    return (of_years if len(of_years) >= _FEWEST else articles)[:_MOST_ARTICLES]


Told = tuple[Candidate, np.ndarray, float]
"""A sentence, its vector and what it is worth."""


def _told_of(
    index: Index, question: Question, asked: OverviewAsked, articles: Iterable[ArticleInfo]
) -> list[Told]:
    """The sentences that hold what of a topic must be named."""
    weigh = WordWeights(index)
    topic = _without_unknown(asked, weigh)
    weights = {word: weigh(word) for word in topic}
    subject = {word: names for word, names in asked.subject.items() if word in topic}
    if not asked.names_a_subject:
        # Of words such as 政策 and 支持 none says what it is about: all count alike.
        weights = dict.fromkeys(weights, 1.0)
    whole, of_subject = sum(weights.values()) or 1.0, sum(weights[word] for word in subject) or 1.0
    vector_asked = index.sentence_vectors.of_question(question.text)[0]
    found: list[tuple[Told, float]] = []
    others: list[tuple[Told, float]] = []
    nearest = 0.0
    for article in articles:
        own: ArticleSentences = substance_of(index, article)
        for candidate, vector in zip(own.candidates, own.vectors, strict=True):
            held = _held(topic, candidate)
            share = sum(weights[word] * part for word, part in held.items() if word in subject) / of_subject
            near = float(vector @ vector_asked)
            worth = near + _FIGURE_WORTH * bool(re.search(r"\d", candidate.text))
            if share < _LEAST_HELD:
                others.append(((candidate, vector, worth), near))
                continue
            nearest = max(nearest, near)
            worth += _TOPIC_WORTH * sum(weights[word] * part for word, part in held.items()) / whole
            found.append(((candidate, vector, worth), share))
    least = _HELD * max((share for _, share in found), default=0.0)
    # What is nearer to the question than all that hold its words speaks of the same in other words.
    alike = [told for told, near in others if found and near >= nearest]
    return [told for told, share in found if share >= least] + alike


def _without_unknown(asked: OverviewAsked, weigh: WordWeights) -> dict[str, tuple[str, ...]]:
    """The words of a topic without those that no article holds ("打成"), where most of its words, two at least, are held."""
    known = {word: names for word, names in asked.topic.items() if any(map(weigh.occurs, names))}
    subject = [word for word in asked.subject if word in known]
    is_most = len(subject) >= _FEWEST and 2 * len(subject) > len(asked.subject)
    return known if is_most else asked.topic


def _held(topic: dict[str, tuple[str, ...]], candidate: Candidate) -> dict[str, float]:
    """How much of each word of a topic a sentence holds: all, less where only its title or headings do."""
    inside = fold(candidate.text)
    above = fold(" ".join([candidate.hit.article.title, *candidate.hit.passage.heading_path]))
    return {
        word: 1.0 if any(name in inside for name in names) else _OWN_WORDS
        for word, names in topic.items()
        if any(name in inside or name in above for name in names)
    }


def _years_asked(question: Question) -> set[int]:
    """The years that an overview is asked of, up to today's where the question leaves its end open; none for any."""
    stretch = stretch_in(question.text)
    if stretch is None or stretch.is_within_a_year:
        return set(question.query().years)
    if stretch.first and question.today is not None:
        return set(range(stretch.first, question.today.year + 1))
    return {int(time[:4]) for time in stretch.times}


def _in_time(times: SentenceTimes, question: Question, told: list[Told]) -> list[Told]:
    """Without the sentences that speak of other years than those asked for."""
    years = _years_asked(question)
    if not years:
        return told
    kept = []
    for candidate, vector, worth in told:
        periods = times.of(candidate.hit.article.id, candidate.start, candidate.end)
        if not periods or any(not years.isdisjoint(period.years) for period in periods):
            kept.append((candidate, vector, worth))
    return kept


def _grouped(told: Iterable[Told], asked: OverviewAsked) -> list[_Group]:
    groups: dict[str, _Group] = {}
    for candidate, vector, worth in told:
        article = candidate.hit.article
        if asked.grouping is Grouping.PLACE:
            key = name = _place_of(candidate, cities=asked.cities)
        else:
            key, name = article.id, article.title
        if not key:
            continue
        own = None if asked.grouping is Grouping.PLACE else article
        groups.setdefault(key, _Group(name, own)).add(candidate, vector, worth)
    return list(groups.values())


def _place_of(candidate: Candidate, *, cities: bool) -> str:
    """The one place that a sentence tells of: its article's, else its heading's, else its own; empty where none or several."""
    article = candidate.hit.article
    for named in (
        [*places_in(article.title), *([article.region] if article.region else [])],
        places_in(" ".join(candidate.hit.passage.heading_path)),
        places_in(candidate.text),
    ):
        kept = {of_sort for place in named if (of_sort := _of_sort(plain_name(place), cities=cities))}
        if len(kept) == 1:
            return kept.pop()
    return ""


def _of_sort(place: str, *, cities: bool) -> str:
    """The city or the province that a place is or lies in; empty where it is none, as a region of several is."""
    if cities:
        return place if place not in PROVINCES or place in CITIES_LIKE_PROVINCES else ""
    province = province_of(place)
    return province if province in PROVINCES else ""


__all__ = ["LINES", "MOST_GROUPS", "GroupFound", "OverviewFound", "overview_with", "show_overview"]
