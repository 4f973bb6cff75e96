"""A summary of an article that the question names, or of what several articles say of a topic: sentences quoted in order."""

from __future__ import annotations

import re

import numpy as np

from assistant.reading.candidate import Candidate
from assistant.reading.candidates import sentences_of
from assistant.reading.rank import contradicts
from assistant.reading.sentence_times import SentenceTimes
from assistant.reading.substance import most_telling
from assistant.understanding.question import Question
from corpus.language.normalize import fold
from index.store import Index

_MOST = 7
_SHORTEST = 14
_FIGURE_WORTH = 0.02
_TOPIC_WORTH = 0.1
_SAYS_LITTLE_COST = 0.1
_NAMES_A_TITLE = 0.6
_ON_TOPIC = 0.5
_MARKS = re.compile(r"[，。；;：:\d]")
_SAYS_LITTLE = re.compile(
    r"^(?:综上|总之|总的来[说看]|总体|通过(?:以上|这些|上述)|这[些一]|以上|报告(?:涵盖|显示|期)|本报告|此次)|"
    r"(?:包括|如下|以下)[^。]{0,8}[:：。]$|取得了?(?:一系列|显著)|一系列"
)
"""A sentence that sums up or announces others: 这些举措…, …包括以下方面:"""


def summary(
    index: Index, times: SentenceTimes, question: Question, candidates: list[Candidate]
) -> list[Candidate]:
    """A few sentences on the topic and unlike each other, in the order of their articles.

    From all of the article whose title the question names; else from what was found on the topic. Maximal marginal relevance
    (Carbonell and Goldstein, 1998) over the sentences' vectors; the weights were chosen on DragonBall's summaries and the
    set of kinds (docs/results.md).
    """
    pool = _on_topic(index, times, question, candidates)
    if len(pool) <= 1:
        return pool or candidates[:1]
    topic, plain = question.form.topic_without_source, question.form.without_source
    vectors = np.concatenate([index.sentence_vectors.of_passage([each.reading_text]) for each in pool])
    worth = vectors @ index.sentence_vectors.of_question(plain)[0] + vectors @ vectors.mean(axis=0)
    worth += _FIGURE_WORTH * np.array([bool(re.search(r"\d", each.text)) for each in pool])
    worth += _TOPIC_WORTH * np.array([_share_held(topic, _told(each)) for each in pool])
    worth -= _SAYS_LITTLE_COST * np.array([bool(_SAYS_LITTLE.search(each.text)) for each in pool])
    chosen = most_telling(vectors, worth, _MOST)
    return [pool[number] for number in sorted(chosen, key=lambda n: (pool[n].hit.article.id, pool[n].start))]


def topic_covered(question: Question, candidates: list[Candidate]) -> float:
    """Share of the words of a question for a summary that its best passage and what stands above it hold, 0 to 1."""
    topic = question.form.topic
    if not topic or not candidates:
        return 0.0
    texts: dict[str, str] = {}
    for candidate in candidates:
        passage = candidate.hit.passage.id
        texts[passage] = texts.get(passage, "") + _told(candidate)
    return max(_share_held(topic, text) for text in texts.values())


def _on_topic(
    index: Index, times: SentenceTimes, question: Question, candidates: list[Candidate]
) -> list[Candidate]:
    """Sentences of the article whose title the question names, else those that hold most of the topic's words."""
    topic = question.form.topic
    titled = {
        each.hit.article.id: _share_held(topic, fold(each.hit.article.title))
        for each in candidates
        if topic and not contradicts(each)
    }
    article, share = max(titled.items(), key=lambda each: each[1], default=("", 0.0))
    if share >= _NAMES_A_TITLE:
        whole = _all_of(index, times, article, candidates)
        return [each for each in whole if len(each.text) >= _SHORTEST and not _is_salutation(each.text)]
    telling = [each for each in candidates if len(each.text) >= _SHORTEST and not contradicts(each)]
    if not topic or not telling:
        return telling
    held = [_share_held(topic, _told(each)) for each in telling]
    return [each for each, part in zip(telling, held, strict=True) if part >= _ON_TOPIC * max(held)]


def _is_salutation(text: str) -> bool:
    """Whether a sentence only names whom a document is sent to: "各省、自治区、直辖市人民政府："."""
    return text.endswith(("：", ":")) and not _MARKS.search(text[:-1])


def _all_of(index: Index, times: SentenceTimes, article: str, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates of an article, and its sentences that were not found."""
    found = [each for each in candidates if each.hit.article.id == article]
    known = {each.start for each in found}
    for passage in index.catalogue.passages_of(article):
        hit = found[0].hit.model_copy(update={"passage": passage})
        for sentence in sentences_of(hit, len(known)):
            if sentence.start not in known:
                sentence.periods = times.of(article, sentence.start, sentence.end)
                found.append(sentence)
    return found


def _told(candidate: Candidate) -> str:
    return fold(f"{candidate.context} {candidate.text}")


def _share_held(topic: dict[str, tuple[str, ...]], text: str) -> float:
    return sum(any(name in text for name in names) for names in topic.values()) / max(len(topic), 1)
