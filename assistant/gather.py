"""Answers of more than one sentence: a list told in many articles, a summary, and more of what was told before."""

from __future__ import annotations

import re

import numpy as np

from assistant.candidate import Candidate
from assistant.rank import contradicts
from corpus.clean import fold
from index.store import Index
from index.words import content_words

_NEARLY_AS_GOOD = 3.0
_MOST_MEMBERS = 6
_MOST_OF_A_SUMMARY = 5
_MOST_DETAILS = 4
_SHORTEST_TO_SUMMARISE = 14
_LIKENESS_WEIGHT = 0.6
_FIGURE_WORTH = 0.02
_NAMES_A_TITLE = 0.6
_ON_TOPIC = 0.8
_ASKS_FOR_SUMMARY = re.compile(
    r"总结|概括|概述|综述|梳理|归纳|介绍|简要|简述|主要|内容|核心|大意|要点|摘要|情况|那篇|文章|报道|结论|要求|[讲说写谈]了?"
)


def over_articles(candidates: list[Candidate]) -> list[Candidate]:
    """The best sentence of each article or section that is nearly as good as the best of all."""
    chosen: list[Candidate] = []
    seen: set[tuple[str, ...]] = set()
    for candidate in candidates:
        where = (candidate.hit.article.id, *candidate.hit.passage.heading_path)
        if candidates[0].score - candidate.score > _NEARLY_AS_GOOD or len(chosen) == _MOST_MEMBERS:
            break
        if where not in seen and not contradicts(candidate):
            seen.add(where)
            chosen.append(candidate)
    return chosen or candidates[:1]


def in_more_detail(candidates: list[Candidate]) -> list[Candidate]:
    """The best sentence and those after it in its passage, then the next best of the same article."""
    first = candidates[0]
    own = [each for each in candidates if each.hit.passage.id == first.hit.passage.id]
    after = sorted((each for each in own if each.start > first.start), key=lambda each: each.start)
    others = [
        each
        for each in candidates[1:]
        if each.hit.article.id == first.hit.article.id
        and each.hit.passage.id != first.hit.passage.id
        and not contradicts(each)
    ]
    return [first, *after[: _MOST_DETAILS - 2], *others][:_MOST_DETAILS]


def summary(index: Index, question: str, candidates: list[Candidate]) -> list[Candidate]:
    """A few sentences on the topic and unlike each other, in the order of their articles.

    Of the article that the question names; else of all that speak of the topic. Maximal marginal relevance (Carbonell and
    Goldstein, 1998) over the sentences' vectors.
    """
    pool = _on_topic(question, candidates)
    if len(pool) <= 1:
        return pool or candidates[:1]
    vectors = np.concatenate([index.sentence_vectors.of_passage([each.reading_text]) for each in pool])
    asked = index.sentence_vectors.of_question(question)[0]
    worth = vectors @ asked + vectors @ vectors.mean(axis=0)
    worth += _FIGURE_WORTH * np.array([bool(re.search(r"\d", each.text)) for each in pool])
    chosen: list[int] = []
    while len(chosen) < min(_MOST_OF_A_SUMMARY, len(pool)):
        likeness = (vectors @ vectors[chosen].T).max(axis=1) if chosen else np.zeros(len(pool))
        value = worth - _LIKENESS_WEIGHT * likeness
        value[chosen] = -np.inf
        chosen.append(int(value.argmax()))
    return [pool[number] for number in sorted(chosen, key=lambda n: (pool[n].hit.article.id, pool[n].start))]


def _on_topic(question: str, candidates: list[Candidate]) -> list[Candidate]:
    """Sentences of the article whose title the question names, else those that hold most of the topic's words."""
    topic = _topic_of(question)
    telling = [
        each for each in candidates if len(each.text) >= _SHORTEST_TO_SUMMARISE and not contradicts(each)
    ]
    if not topic or not telling:
        return telling
    titled = {each.hit.article.id: _share_held(topic, fold(each.hit.article.title)) for each in telling}
    article, share = max(titled.items(), key=lambda each: each[1])
    if share >= _NAMES_A_TITLE:
        return [each for each in telling if each.hit.article.id == article]
    held = [_share_held(topic, fold(f"{each.context} {each.text}")) for each in telling]
    return [each for each, part in zip(telling, held, strict=True) if part >= _ON_TOPIC * max(held)]


def _topic_of(question: str) -> list[str]:
    return [word for word in content_words(question) if not _ASKS_FOR_SUMMARY.search(word)]


def _share_held(words: list[str], text: str) -> float:
    return sum(word in text for word in words) / len(words)


def topic_covered(question: str, candidates: list[Candidate]) -> float:
    """Share of the words of a question for a summary that its best passage and what stands above it hold, 0 to 1."""
    topic = _topic_of(question)
    if not topic or not candidates:
        return 0.0
    texts: dict[str, str] = {}
    for candidate in candidates:
        passage = candidate.hit.passage.id
        texts[passage] = texts.get(passage, "") + fold(f"{candidate.context} {candidate.text}")
    return max(_share_held(topic, text) for text in texts.values())
