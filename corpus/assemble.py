"""From a draft to an article: repair, then one cleaned text with the spans of its sections."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from corpus.block import Block, BlockKind, Draft
from corpus.clean import clean_line, fold
from corpus.model import PARTIAL_DATE, Article, Section
from corpus.problem import Problem
from corpus.repair import Change, repair
from corpus.time_frame import year_of_title

_LABELS = {
    "来源": "source",
    "发布日期": "date",
    "发布时间": "date",
    "日期": "date",
    "地区": "region",
    "链接": "url",
    "版本": "",
    "更新时间": "",
    "作者": "",
}
"""Labels of the lines under a title, and the field each fills; an empty one is not kept."""
_LABELLED_LINE = re.compile(rf"^({'|'.join(_LABELS)})\s*[:：](.*)$")
_DATE_IN_TEXT = re.compile(r"((?:19|20)\d{2})[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?")
_DATE_IN_FILE_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")


def assemble(draft: Draft, file: Path, key: str, changes: list[Change] | None = None) -> Article:
    """The article of `draft`; `key` (the file's name in the corpus and the article's number) makes its id.

    Raises:
        Problem: `article_without_text` when nothing but headings is left.
    """
    title = clean_line(draft.title) or clean_line(file.stem)
    fields, blocks = _labelled_lines(draft)
    lines: list[str] = []
    sections = [Section(start=0, end=0)]
    path: list[tuple[int, str]] = []
    length = 0
    for block in repair(blocks, changes):
        if block.kind is BlockKind.HEADING:
            path = [(level, text) for level, text in path if level < block.level] + [
                (block.level, block.text)
            ]
        lines.append(block.text)
        length += len(block.text) + 1
        if block.kind is BlockKind.HEADING:
            sections.append(Section(path=[text for _, text in path], start=length, end=length))
        else:
            sections[-1].end = length - 1
    sections = [section for section in sections if section.end > section.start]
    if not sections:
        raise Problem("article_without_text", file=file, title=title)
    return Article(
        id=hashlib.sha256(key.encode()).hexdigest()[:12],
        title=title,
        text="\n".join(lines),
        sections=sections,
        date=_date(fields, title, file),
        source=fields.get("source", "").strip(),
        region=fields.get("region", "").strip(),
        url=fields.get("url", "").strip(),
        file=str(file),
    )


def _labelled_lines(draft: Draft) -> tuple[dict[str, str], list[Block]]:
    """Fields and blocks of a draft whose first lines are labels ("来源: 某某", "发布日期：2026-02-18")."""
    fields, blocks = dict(draft.fields), list(draft.blocks)
    while blocks and blocks[0].kind is BlockKind.PARAGRAPH:
        match = _LABELLED_LINE.match(clean_line(blocks[0].text))
        if not match:
            break
        name, value = _LABELS[match.group(1)], match.group(2).strip()
        if name and value and "/" not in value:
            fields.setdefault(name, value)
        blocks.pop(0)
    return fields, blocks


def _date(fields: dict[str, str], title: str, file: Path) -> str:
    """The date from its field, else from the file's name, else the year in the title, else empty."""
    given = fields.get("date", "").strip()
    if given:
        parsed = parse_date(given)
        if parsed:
            return parsed
    match = _DATE_IN_FILE_NAME.search(file.stem)
    if match:
        return parse_date("-".join(match.groups()))
    year = year_of_title(title)
    return str(year) if year else ""


def parse_date(text: str) -> str:
    """`text` as a (partial) ISO date, or empty when it is none or no day of the calendar."""
    folded = fold(text).strip()
    if re.fullmatch(r"(?:19|20)\d{2}年?", folded):
        return folded[:4]
    match = _DATE_IN_TEXT.match(folded)
    if not match:
        return ""
    year, month, day = match.groups()
    if not 1 <= int(month) <= 12 or (day and not 1 <= int(day) <= 31):
        return ""
    date = f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")
    return date if PARTIAL_DATE.match(date) else ""
