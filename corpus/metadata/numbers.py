"""Document numbers (发文字号) as printed: "国发〔2024〕17号", "国务院令第768号", "某某公告2024年第5号"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.language.normalize import fold

_OPEN, _CLOSE = r"[〔\[【(﹝〈<{]", r"[〕\]】)﹞〉>}]"
_COUNT = r"[\d一二三四五六七八九十百零〇○]{1,5}"
_YEAR = r"(?:19|20)\s?\d\s?\d"
_PREFIX_END = "发|函|规|令|公告|字|办|文|通|电|复|告|议|批|政|监|党"
_NUMBER = re.compile(
    rf"([\u4e00-\u9fff][\u4e00-\u9fff ]{{0,18}}?(?:{_PREFIX_END}))\s*{_OPEN}\s*({_YEAR})\s*年?\s*{_CLOSE}\s*第?\s*(\d{{1,5}})\s*号(?:令)?"
)
_LONE_NUMBER = re.compile(
    rf"^[(\[【]?\s*([\u4e00-\u9fff][\u4e00-\u9fff ]{{0,16}}?)\s*{_OPEN}\s*({_YEAR})\s*年?\s*{_CLOSE}\s*(?:{_OPEN}{_CLOSE})?\s*第?\s*(\d{{1,5}})\s*号?\s*[)\]】]?$"
)
_NUMBERED_ORDER = re.compile(
    rf"([\u4e00-\u9fff]{{2,12}}?)\s*{_OPEN}\s*({_YEAR})\s*{_CLOSE}\s*第?\s*(\d{{1,5}})\s*号令"
)
_ORDER = re.compile(
    rf"((?:国务院|国|主席|[\u4e00-\u9fff]{{2,16}}[部委局行府会署院])\s*令)\s*\(?第\s*({_COUNT})\s*号"
)
_NOTICE = re.compile(
    rf"((?:[\u4e00-\u9fff]{{2,20}}[部委局行府会署院])?\s*公\s*告)\s*(?:({_YEAR})\s*年)?\s*第\s*({_COUNT})\s*号|第\s*({_COUNT})\s*号\s*公告"
)
_IN_FILE_NAME = re.compile(
    rf"([\u4e00-\u9fff]{{1,10}}(?:{_PREFIX_END}))[〔\[(（_\-]?((?:19|20)\d{{2}})[〕\])）_\-]+第?(\d{{1,5}})号"
)
_CITES = re.compile("》|根据|依据|按(?!期|时|月|年|日)|贯彻|为落实|精神")
_BEFORE_PREFIX = re.compile(r"^.*(?:关于|了|的|日|年|[(（：:])")
_LONGEST_LINE, _FIRST_LINES = 80, 14

Found = tuple[str, str]


def document_number(title: str, lines: Sequence[str], stem: str) -> Found:
    """The number of the article itself and where it was read; numbers that its text cites do not count.

    Args:
        title: The title, folded.
        lines: The first lines of the text, folded.
        stem: The file's name without its ending.
    """
    if number := _of_line(title):
        return number, "title"
    head = list(lines[:_FIRST_LINES])
    for number in (_lone(line) for line in head):
        if number:
            return number, "first_lines"
    pairs = [*head, *(f"{one}{other}" for one, other in pairwise(head) if len(one) <= 24)]
    found = [
        number
        for line in pairs
        if len(line) <= _LONGEST_LINE
        and not _CITES.search(line)
        and " | " not in line
        and (number := _of_line(line))
    ]
    if found:
        # The head of a rule lists its orders, the last one that of the text at hand.
        orders = [number for number in found if "令第" in number]
        return (orders or found)[-1 if orders else 0], "first_lines"
    match = _IN_FILE_NAME.search(fold(stem))
    return (_written(*match.groups()), "file_name") if match else ("", "")


def written_number(value: str) -> str:
    """A labelled number in the one form in which all are kept; as it is where it has none of theirs."""
    folded = fold(value).strip()
    return _lone(folded) or _of_line(folded) or value.strip()


def _lone(line: str) -> str:
    match = _LONE_NUMBER.match(line) if len(line) <= 40 else None
    return _written(*match.groups()) if match else ""


def _of_line(line: str) -> str:
    if match := _NUMBER.search(line):
        prefix = _BEFORE_PREFIX.sub("", match.group(1))
        return _written(prefix, match.group(2), match.group(3)) if prefix else ""
    if match := _NUMBERED_ORDER.search(line):
        return f"{match.group(1)}令〔{match.group(2)}〕第{match.group(3)}号"
    if match := _ORDER.search(line):
        body = _BEFORE_PREFIX.sub("", "".join(match.group(1).split()))
        return f"{body.removeprefix('中华人民共和国')}第{match.group(2)}号" if body != "令" else ""
    if match := _NOTICE.search(line):
        name = "".join((match.group(1) or "公告").split())
        year = f"{match.group(2)}年" if match.group(2) else ""
        return f"{_BEFORE_PREFIX.sub('', name)}{year}第{match.group(3) or match.group(4)}号"
    return ""


def _written(prefix: str, year: str, count: str) -> str:
    prefix = "".join(prefix.split())
    which = f"第{count}号" if prefix.endswith(("令", "公告")) else f"{count}号"
    return f"{prefix}〔{''.join(year.split())}〕{which}"
