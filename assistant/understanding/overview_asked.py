"""Questions for an overview: of the articles themselves, of what each place does, of what the articles say of a topic."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import rjieba

from assistant.understanding.each_place import EACH_PLACE
from assistant.understanding.stretch import without_stretches
from corpus.language.normalize import fold
from index.kinds import SURE
from index.question import ParsedQuestion
from index.question_heads import heads
from index.question_shapes import shape_of

if TYPE_CHECKING:
    from assistant.understanding.question import Question

_NO_TOPIC = re.compile(
    r"总结|概括|概述|综述|梳理|归纳|盘点|汇总|整理|介绍|简[要单]|简述|主要|大致|大概|内容|核心|大意|要点|摘要|情况|信息|概况|概览|来龙去脉|"
    r"围绕|关于|针对|文章|报道|报告|资料|材料|文档|文献|收录|涵盖|包含|包括|看到|[讲说写谈存放装]了?|帮|给|做个?|[几些全]|都|各自|分别|方面|哪类|类型|"
    r".?[几些两]篇|库里?|事[情儿]?|样子?"
)
"""Words of such a question that say nothing of a topic."""
_PLACE_WORDS = re.compile("^各?(?:省份?|市|地|地区|地方|区县|城市|自治区|个)$|^各")
_CLAUSES = re.compile("[，,。；;！!？?]")
_NO_CONTENT = "rmqfdpcux"
"""First letters of the tags of words that name nothing: pronouns, numbers, particles."""
_TITLES = re.compile("《([^《》]+)》")
_CITIES = re.compile("各(?:个|大|主要)?城?市")
_ONE_THING = ("amount", "share", "date", "yes_no", "person", "reason")
_ASPECT = re.compile(
    r"^(?:支持|扶持|相关|有关|具体|重点|主要|重要)?(?:的|性)?(?:政策|举措|措施|规定|办法|文件|布局|部署|安排|要求|做法|进展|动态|工作|任务|目标|"
    r"发展|产业|行业|领域|支持|扶持|重点|相关|有关|提出|出台|推进|推动|开展)$"
)
"""What is asked of a topic, and no topic itself where another word is named: "养老的政策"."""


class Grouping(str, Enum):
    """What the lines of an overview are grouped by."""

    PLACE = "place"
    ARTICLE = "article"
    SECTION = "section"


@dataclass(frozen=True)
class OverviewAsked:
    """An overview that is asked for.

    Attributes:
        grouping: What it is grouped by.
        topic: The words of what is to be told, each with its other names; none where the articles themselves are asked of.
        cities: Whether each city is asked of, and not its province.
        titles: The articles that it is kept to, where the question names them.
    """

    grouping: Grouping
    topic: dict[str, tuple[str, ...]]
    cities: bool = False
    titles: tuple[str, ...] = ()

    @property
    def names_a_subject(self) -> bool:
        """Whether a word of the topic says what it is about, and not only what is asked of it."""
        return any(not _ASPECT.match(word) for word in self.topic)

    @property
    def subject(self) -> dict[str, tuple[str, ...]]:
        """Those words of the topic that a sentence on it must hold: not 政策 of "养老的政策", where there are others."""
        own = {word: names for word, names in self.topic.items() if not _ASPECT.match(word)}
        return own or self.topic


def overview_asked(question: Question) -> OverviewAsked | None:
    """The overview that a question asks for; None where it asks for one thing, one article or figures.

    Whether one is asked for, and of what, is learnt (`index.question_heads`); its topic and its articles are read from its words.
    """
    titles = tuple(dict.fromkeys(_TITLES.findall(question.text)))
    if question.operation.of_parts is not None or len(titles) == 1:
        return None
    if titles:
        is_summary = heads().read(question.text)["summary"] >= SURE
        return OverviewAsked(Grouping.ARTICLE, {}, titles=titles) if is_summary else None
    shape = shape_of(question.text)
    if shape == "library":
        return OverviewAsked(Grouping.ARTICLE, {})
    if shape not in {"places", "topic"} or question.places or wants_one_thing(question.text):
        return None
    topic = topic_of(question.text)
    if not topic or question.value_of_each_place is not None:
        return None
    if shape == "places":
        return OverviewAsked(Grouping.PLACE, topic, bool(_CITIES.search(question.text)))
    return OverviewAsked(Grouping.ARTICLE, topic)


def wants_one_thing(text: str) -> bool:
    """Whether a question surely asks for a figure, a day, a person or the like."""
    likely = heads().read(text)
    return max(likely[name] for name in _ONE_THING) >= SURE


def asks_of_the_library(text: str) -> bool:
    """Whether a text asks for an overview of all that was read: "库里有什么" goes on with nothing."""
    return shape_of(text) == "library"


def topic_of(text: str) -> dict[str, tuple[str, ...]]:
    """The words of a question that name what is to be told of, each with its other names: those of its last clause that names a subject."""
    clauses = [_words_of(clause) for clause in _CLAUSES.split(without_stretches(EACH_PLACE.sub("，", text)))]
    named = [words for words in clauses if any(not _ASPECT.match(word) for word in words)]
    return named[-1] if named else {word: names for words in clauses for word, names in words.items()}


def _words_of(clause: str) -> dict[str, tuple[str, ...]]:
    """The words of a clause that may name a topic; those of one character only where there are no longer ones."""
    tags = dict(rjieba.tag(fold(clause)))
    words = {
        word: names
        for word, names in ParsedQuestion(clause).names_of_words.items()
        if tags.get(word, "n")[0] not in _NO_CONTENT
        and not _NO_TOPIC.fullmatch(word)
        and not _PLACE_WORDS.search(word)
    }
    longer = {word: names for word, names in words.items() if len(word) > 1}
    return longer or words


__all__ = [
    "Grouping",
    "OverviewAsked",
    "asks_of_the_library",
    "overview_asked",
    "topic_of",
    "wants_one_thing",
]
