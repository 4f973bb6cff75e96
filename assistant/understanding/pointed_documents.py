"""Documents that a follow-up only points to ("这三份办法"), under the titles that the answer before cited."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.language.numerals import number_of

if TYPE_CHECKING:
    from assistant.model import Turn

_POINTED = re.compile(
    r"(?:这|上述|以上|前述)(?P<count>[两二三四五六几]|些)(?:份|个|部|篇|项)?"
    r"(?:管理)?(?:办法|规定|条例|文件|意见|通知|细则|方案|决定|政策|文章|报告)"
)
_FEWEST, _MOST = 2, 6


def with_titles_pointed_to(question: str, history: Sequence[Turn]) -> str:
    """A question with the titles of the documents it points to; as it is where the last answer cites another number of them.

    Args:
        question: A follow-up: "比较这三份办法的罚款上限".
        history: The turns before it.
    """
    pointed = _POINTED.search(question)
    if pointed is None or not history:
        return question
    titles = list(dict.fromkeys(title.strip("《》") for title in history[-1].titles))
    count = pointed.group("count")
    wanted = number_of(count) if count not in {"几", "些"} else len(titles)
    if len(titles) != wanted or not _FEWEST <= len(titles) <= _MOST or any("《" in title for title in titles):
        return question
    named = "、".join(f"《{title}》" for title in titles)
    return f"{question[: pointed.start()]}{named}{question[pointed.end() :]}"


__all__ = ["with_titles_pointed_to"]
