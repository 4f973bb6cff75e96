"""Questions of what a whole document lays down: "…办法有哪些规定？", "某行动方案的主要任务有哪些？"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understanding.overview_asked import topic_of, wants_one_thing
from assistant.understanding.question import Question
from corpus.language.normalize import fold
from index.kinds import Kind
from index.named_documents import share_named

_SORT = re.compile(
    r"(?:法|条例|办法|规定|细则|意见|方案|规划|计划|纲要|要点|通知|决定|决议|批复|公告|通告|措施|政策|清单|指南|目录|章程|守则|须知|白皮书|报告)$"
)
"""How the name of a document ends."""
ALL_OF_IT = re.compile(
    r"(?:主要|重点|具体|相关|有关|哪些?|方面|措施|举措|任务|工作|要求|规定|内容|政策|支持|扶持|安排|部署|做法|条款|提出|明确|包[含括])+"
)
"""What every document of the kind consists of, so that all of it answers."""
KINDS = frozenset([Kind.LIST, Kind.DOCUMENT])
"""The kinds of questions that may ask for an outline."""
_NAMED = 0.4
"""The share of a title's substance that a question must name."""


@dataclass(frozen=True)
class DocumentAsked:
    """What is asked of a document.

    Attributes:
        of: Words of the heading that it stands under ("保障" of "有哪些保障措施"); none where all of the document is asked for.
        nouns: The words that name what a document consists of ("措施", "任务").
    """

    of: tuple[str, ...]
    nouns: tuple[str, ...]


def document_asked(question: Question, title: str) -> DocumentAsked | None:
    """What a question asks of the document with a title; None where it names another one, or asks for one thing.

    Args:
        question: The question.
        title: The title of the article.
    """
    if question.kind not in KINDS or wants_one_thing(question.text):
        return None
    if question.provision or question.form.number_at is not None:
        return None
    bare = fold(title)
    topic = topic_of(question.text)
    within = [word for word, names in topic.items() if any(name in bare for name in names)]
    others = [word for word in topic if word not in within]
    sorts = [word for word in within if _SORT.search(word)]
    name = "".join(within)
    if not sorts or len(within) == len(sorts) or share_named(title, name) < _NAMED:
        return None
    nouns = tuple(word for word in others if ALL_OF_IT.fullmatch(word))
    return DocumentAsked(tuple(word for word in others if word not in nouns), nouns)


__all__ = ["ALL_OF_IT", "KINDS", "DocumentAsked", "document_asked"]
