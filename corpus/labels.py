"""Labelled lines around a text ("来源：北京日报", "[成文日期]", "发文机关： 国务院"): which fields they fill, and which lines they are.

The labels are data (`data/page_labels.tsv`). A label may be written with spaces or broken over lines, and its value
may stand on the next line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from corpus.language.normalize import fold

_TABLE = Path(__file__).parent / "data" / "page_labels.tsv"
_MOST_HEAD_LINES, _MOST_TAIL_LINES = 160, 4
_LONGEST_VALUE = {"source": 25, "issuer": 60, "number": 40, "region": 20, "title": 160, "url": 300}
_DAY = re.compile(r"(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}(?:\s*[-/.月]\s*\d{1,2}\s*日?)?")
_CLOCK = re.compile(r"^(?:\s*(?:T|\d{1,2}[:：时]\d{2}(?:[:：分]\d{2})?分?秒?|\s|[|｜]|\+08:00))+")
_AFTER_VALUE = re.compile(
    r"\s*(?:[\[【(（|｜丨]|作者|记者|编辑|字号|字体|浏览|点击|阅读|分享|打印|时间|日期|发布(?:时间|日期|于)|(?:19|20)\d{2}[-年]).*$"
)
_STAMP = re.compile(rf"^\W*({_DAY.pattern})\s+\d{{1,2}}[:：时]\d{{2}}(?:[:：分]\d{{2}}秒?|分)?\W*$")
_UPDATED = re.compile(
    r"^(?:最后)?(?:更新|发布|发表)于\s*((?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*(?:月|[-/.])?(?:\s*\d{1,2}\s*日?)?)"
)
_SENTENCE = re.compile(r"[。；！？，]")
_PUBLISHED_EXACTLY = re.compile("发布|公布|发表|刊登|上网|公开")


@dataclass
class Labelled:
    """What labels tell: values by field (the surest first), and the lines that hold nothing else.

    Fields are `source`, `published`, `signed`, `effective`, `expires`, `title`, `number`, `issuer`, `region`, `url`.
    """

    values: dict[str, list[str]] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)

    def first(self, name: str) -> str:
        """The first value of a field, or nothing."""
        return self.values.get(name, [""])[0]


@cache
def _labels() -> dict[str, str]:
    rows = [line.split("\t") for line in _TABLE.read_text("utf-8").splitlines() if "\t" in line]
    return {label: name.strip("-") for label, name in rows}


@cache
def _pattern() -> re.Pattern[str]:
    spaced = (r"\s*".join(label) for label in sorted(_labels(), key=len, reverse=True))
    names = "|".join(spaced)
    return re.compile(
        rf"(?:(?<=\s)|^|(?<=[(（|｜>》】\]\d]))(?:[\[【]\s*(?P<bracketed>{names})\s*[\]】]\s*[:：]?|(?P<plain>{names})\s*[:：])",
        re.MULTILINE,
    )


def is_label(line: str) -> bool:
    """Whether a line is a label without a value ("发布日期：")."""
    match = _pattern().match(line)
    return match is not None and not line[match.end() :].strip()


def read_labels(lines: Sequence[str], body: tuple[int, int] | None = None) -> Labelled:
    """The labelled values above and below a text.

    Args:
        lines: The lines of the file, in order.
        body: First and last line of the running text; labels between them are part of it. The whole file where None.

    Returns:
        Values by field, and the numbers of the lines that are labels and their values alone.
    """
    first, last = body or (len(lines), len(lines) - 1)
    found = Labelled()
    head = lines[: min(first, _MOST_HEAD_LINES)]
    _read(found, head, 0, whole_lines=False)
    tail = max(last + 1, len(lines) - _MOST_TAIL_LINES, len(head))
    _read(found, lines[tail:], tail, whole_lines=True)
    return found


def _read(found: Labelled, lines: Sequence[str], shift: int, *, whole_lines: bool) -> None:
    text = "\n".join(lines)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    covered = [False] * (len(text) + 1)
    matches = list(_pattern().finditer(text))
    sure: dict[str, list[str]] = {}
    for number, match in enumerate(matches):
        line_start = text.rfind("\n", 0, match.start()) + 1
        if whole_lines and text[line_start : match.start()].strip(" (（\u3000"):
            continue
        label = "".join((match.group("bracketed") or match.group("plain")).split())
        until = matches[number + 1].start() if number + 1 < len(matches) else len(text)
        name = _labels()[label]
        value, end = _value(name, text, match.end(), until)
        covered[match.start() : end] = [True] * (end - match.start())
        if name and value and not _names_a_figure(name, text, end):
            values = (sure if _is_sure(name, label) else found.values).setdefault(name, [])
            if value not in values:
                values.append(value)
    for name, values in sure.items():
        found.values[name] = [*values, *(v for v in found.values.get(name, []) if v not in values)]
    for number, line in enumerate(lines):
        if not whole_lines and (stamp := _STAMP.match(fold(line)) or _UPDATED.match(fold(line))):
            found.values.setdefault("published", []).append(stamp.group(1))
            found.lines.add(shift + number)
            continue
        place = range(starts[number], starts[number + 1] - 1)
        left = "".join(text[i] for i in place if not covered[i])
        if len(left) < len(line) and not re.search(
            r"\w", _DAY.sub("", re.sub(r"\d+[:：]\d+(?:[:：]\d+)?", "", left))
        ):
            found.lines.add(shift + number)
            _keep_lone_day(found, left)


def _names_a_figure(name: str, text: str, end: int) -> bool:
    """Whether a source is that of a chart or a table: its number follows."""
    return name == "source" and bool(re.match(r"\s*[图表]\s*\d", text[end : end + 12]))


def _is_sure(name: str, label: str) -> bool:
    """Whether a label names its field exactly: "发布日期" says when a page was published, "时间" may say it."""
    return name == "published" and bool(_PUBLISHED_EXACTLY.search(label))


def _keep_lone_day(found: Labelled, rest: str) -> None:
    day = _DAY.search(rest)
    if day:
        found.values.setdefault("published", []).append(day.group())


def _value(name: str, text: str, start: int, until: int) -> tuple[str, int]:
    """The value behind a label and where it ends: on its line, else on the next."""
    line_end = text.find("\n", start, until)
    end = line_end if line_end >= 0 else until
    value = text[start:end]
    if not value.strip(" :：\u3000]】") and line_end >= 0:
        next_end = text.find("\n", end + 1, until)
        next_end = next_end if next_end >= 0 else until
        following = _accepted(name, text[end + 1 : next_end])
        if following is not None:
            return following, next_end
        return "", end
    accepted = _accepted(name, value)
    if accepted is None:
        return "", start
    return accepted, end


def _accepted(name: str, value: str) -> str | None:
    """The value as it is kept; None where it is none of its field."""
    value = value.strip(" \u3000:：|｜\t")
    if name in {"published", "signed", "effective", "expires"}:
        day = _DAY.match(fold(value).lstrip("[("))
        return day.group().strip() if day else None
    if name == "number":
        return value if re.search(r"[号〔\[（(]", value) and len(value) <= _LONGEST_VALUE[name] else None
    if name in {"source", "issuer", "region"}:
        if "/" in value or "\\" in value:
            return ""  # an address or a path is none, but no text either
        if _SENTENCE.search(value.split(" ")[0]):
            return None
        value = _AFTER_VALUE.sub("", value).strip(" )）】]　")
        plain = not _SENTENCE.search(value) and not _DAY.match(value) and re.search(r"\w", value)
        return value if plain and len(value) <= _LONGEST_VALUE[name] else None
    if name == "title":
        return value if 4 <= len(value) <= _LONGEST_VALUE[name] else None
    if name == "url":
        return value if value.startswith("http") else None
    return value if len(value) <= 60 and not re.search("[。；]", value) else None
