"""Document numbers (发文字号) as they are written: 国发〔2024〕17号, in any brackets, with spaces, with 二〇二四."""

from __future__ import annotations

import re
from typing import NamedTuple

_BRACKETS = "〔〕\\[\\]［］（）()【】﹝﹞"
_WRITTEN = re.compile(
    r"(?P<prefix>(?:[\u4e00-\u9fff]\s?){1,14}?)\s*[〔\[［（(【﹝]\s*(?P<year>(?:19|20)\d{2}|[一二][〇○Ｏ零九][\d一二三四五六七八九〇○零]{2})\s*"
    r"[〕\]］）)】﹞]\s*(?:第\s*)?(?P<number>\d{1,5})\s*号"
)
_DIGITS = str.maketrans("〇○Ｏ零一二三四五六七八九", "0000123456789")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_BEFORE_A_PREFIX = re.compile(
    r"^.*(?:关于|根据|依据|按照|请问|[的了和与及是对看查问在据日]|《|》|印发|发布|文号|字号|规定|请|按|把|以)(?=.)"
)
_LONGEST_PREFIX = 10


class DocumentNumber(NamedTuple):
    """Who issued it in short ("国发"), the year, and the number in that year."""

    prefix: str
    year: int
    number: int

    def same_as(self, other: DocumentNumber) -> bool:
        """Whether two numbers mean one document; of a prefix words of the sentence may have come along."""
        ends = self.prefix.endswith(other.prefix) or other.prefix.endswith(self.prefix)
        return ends and self[1:] == other[1:]


class Written(NamedTuple):
    """A document number and where it stands in a text."""

    number: DocumentNumber
    start: int
    end: int


def document_numbers(text: str) -> list[Written]:
    """The document numbers that a text names, in order.

    Args:
        text: A question, a line or an article.

    Returns:
        Each with its span in `text`. "17号" alone, "17号台风" and "GB 12号" are none.
    """
    plain = text.translate(_FULL_WIDTH)
    found = []
    for match in _WRITTEN.finditer(plain):
        prefix = re.sub(r"\s", "", match.group("prefix"))
        own = _BEFORE_A_PREFIX.sub("", prefix)[-_LONGEST_PREFIX:]
        # The span begins where the prefix's own characters do.
        start = match.start("prefix")
        skipped = len(prefix) - len(own)
        while skipped or plain[start].isspace():
            skipped -= not plain[start].isspace()
            start += 1
        year = int(match.group("year").translate(_DIGITS))
        found.append(Written(DocumentNumber(own, year, int(match.group("number"))), start, match.end()))
    return found


def without_document_numbers(text: str) -> str:
    """The text with each document number as one space: what is left names no year and no day by it."""
    if "号" not in text:
        return text
    for written in reversed(document_numbers(text)):
        text = f"{text[: written.start]} {text[written.end :]}"
    return text
