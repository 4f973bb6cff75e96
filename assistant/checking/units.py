"""A written answer cut into the units that are checked each by itself: sentences, list items, rows of tables, headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

from assistant.checking.marks import MARK
from corpus.language.normalize import fold
from corpus.language.sentences import sentence_spans

_TABLE_ROW = re.compile(r"^\s*\|.*\|\s*(?:\[\d{1,2}\]\s*)*$")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_HEADING = re.compile(
    r"^\s*(?:#{1,6}\s+\S.*|\*\*[^*]{1,40}\*\*\s*[:：]?\s*|[一二三四五六七八九十]{1,3}、[^。！？]{1,24})$"
)
_ITEM = re.compile(
    r"^\s*(?:[-•·]|\*(?!\*)|\d{1,2}[.、)）]|[（(]\d{1,2}[)）]|[（(][一二三四五六七八九十]{1,3}[)）])\s*"
)
_RULE = re.compile(r"^\s*(?:[-*_]\s*){3,}$")
_MARKUP = re.compile(r"\*\*|__|`|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)|^\s*#{1,6}\s+|^\s*>\s?", re.MULTILINE)
_MARKS_AT_FRONT = re.compile(r"^\s*(?:\[\d{1,2}\]\s*)+")
_END_OF_MARKED_CLAUSE = re.compile(rf"{MARK.pattern}\s*[；;]\s*")
_SOURCES = r"(?:资料|文章|材料|原文|文中|正文|文件|文段|语料|报道|上述内容|片段|passages?|articles?|sources?|documents?|texts?|materials?|they|it)"
_ABSENT = (
    r"(?:没有|未(?!来|成年)|并未|无法|不(?:包含|涉及|含|足以|能|清楚|详)|无从|缺少|缺乏|查不到|找不到|看不出|"
    r"do(?:es)? not|did not|don't|doesn't|cannot|can't|not (?:mention|state|give|provide|specif|contain|includ|disclos|report)|no (?:information|data|mention|figure|detail|cpi|specific)|unavailable|nothing)"
)
_CAVEAT = re.compile(
    rf"{_SOURCES}.{{0,24}}?{_ABSENT}|{_ABSENT}.{{0,24}}?{_SOURCES}|(?:没有|未|并未)(?:给出|提及|提到|说明|披露|写明|列出|涉及|交代|载明|公布具体|查到|找到|检索到)"
    r"|无法(?:回答|给出|确认|判断|得知|确定|提供|比较)|以上(?:均|为|数字|数据|结果)?.{0,12}(?:推算|计算得出|口径|换算)|不要混淆|仅供参考|请以.{0,16}为准",
    re.IGNORECASE,
)
_OF_THE_SOURCES = re.compile(
    r"[（(]?(?:注[:：]?)?(?:以上|上述|上表|表中|表内|分\w{1,4})?(?:各项?|全部|所有)?(?:数据|数字|内容|信息|资料|口径)?"
    r"(?:的?(?:来源|出处)[:：]?(?:为|是)?|(?:均|都|同|亦)?(?:参?见|来自|来源于|出自|引自|取自))[。；;]?[)）]?[。；;]?"
)
"""Words that only tell where something stands, of which the mark is all: "（以上数据均见[1]）"."""
_NO_ANSWER = re.compile(
    r"资料中没有答案|(?:资料|文章|材料|文中).{0,16}(?:没有|未|并未|不).{0,40}(?:无法|不能)(?:据此)?.{0,8}(?:回答|给出|作答|得出)|无法(?:根据|从|依据).{0,24}(?:回答|作答|得出)"
    r"|(?:cannot|can't|unable to) (?:answer|be answered)|(?:do|does) not (?:contain|provide|include).{0,60}(?:cannot|can't|unable)",
    re.IGNORECASE,
)


class UnitKind(str, Enum):
    """What a unit of an answer is: something said of the world, words that order it, or a word on what the passages lack."""

    CLAIM = "claim"
    STRUCTURE = "structure"
    CAVEAT = "caveat"


@dataclass
class Unit:
    """A unit of a written answer.

    `start`, `end` are its span in the text, `plain` its words without marks and markup. `marks` are those that stand in it,
    `inherited` those that it shares with its neighbours: of the lead-in of its list or the marked heading above it, of the next
    marked sentence of its paragraph. `frame` is what it is read under: the heads of its table, the lead-in of its list, the heading above.
    """

    start: int
    end: int
    plain: str
    kind: UnitKind
    marks: list[int] = field(default_factory=list)
    inherited: list[int] = field(default_factory=list)
    frame: str = ""
    is_row: bool = False


def is_refusal(text: str) -> bool:
    """Whether a written text as a whole says that nothing can be answered."""
    units = units_of(text)
    kinds = {unit.kind for unit in units} - {UnitKind.STRUCTURE}
    return kinds == {UnitKind.CAVEAT} and bool(_NO_ANSWER.search(text))


def plain_of(text: str) -> str:
    """A unit's words, without marks, list numbers and markup."""
    return _MARKUP.sub("", _ITEM.sub("", MARK.sub("", text))).strip()


def units_of(text: str) -> list[Unit]:
    """The units of a text whose marks are in one form, in order; together they are all of it but white space and rules."""
    units: list[Unit] = []
    heading = lead = ""
    lead_marks: list[int] = []
    head_cells: list[str] = []
    at = 0
    lines = text.split("\n")
    for number, line in enumerate(lines):
        begin, at = at, at + len(line) + 1
        if not line.strip() or _RULE.match(line):
            lead_marks = lead_marks if line.strip() == "" else []
            continue
        if _TABLE_RULE.match(line) and "|" in line:
            units.append(_unit(text, begin, begin + len(line), UnitKind.STRUCTURE))
            continue
        if _TABLE_ROW.match(line):
            if number + 1 < len(lines) and _TABLE_RULE.match(lines[number + 1]):
                head_cells = [plain_of(cell) for cell in line.strip().strip("|").split("|")]
                units.append(_unit(text, begin, begin + len(line), UnitKind.STRUCTURE))
            else:
                row = _unit(text, begin, begin + len(line), UnitKind.CLAIM)
                row.is_row, row.frame = True, " ".join([heading, *head_cells])
                row.inherited = lead_marks
                units.append(row)
            continue
        head_cells = []
        if _HEADING.match(line) and not MARK.search(line):
            units.append(_unit(text, begin, begin + len(line), UnitKind.STRUCTURE))
            heading, lead, lead_marks = plain_of(line), "", []
            continue
        item = bool(_ITEM.match(line))
        paragraph = _sentences(text, begin, begin + len(line))
        for unit in paragraph:
            unit.frame = f"{heading} {lead}".strip() if item else heading
            if item:
                unit.inherited = lead_marks
        _share_marks(paragraph)
        units += paragraph
        if not item:
            last = paragraph[-1] if paragraph else None
            ends_open = last is not None and (
                last.plain.rstrip().endswith((":", "：")) or bool(_HEADING.match(MARK.sub("", line)))
            )
            lead = last.plain if ends_open and last else ""
            lead_marks = last.marks if ends_open and last else []
    return units


def _sentences(text: str, begin: int, end: int) -> list[Unit]:
    spans = sentence_spans(text, begin, end, notes_apart=True)
    # "……。[1]下一句": the mark belongs to the sentence before.
    for number in range(1, len(spans)):
        front = _MARKS_AT_FRONT.match(text[slice(*spans[number])])
        if front:
            cut = spans[number][0] + front.end()
            spans[number - 1] = (spans[number - 1][0], cut)
            spans[number] = (cut, spans[number][1])
    parts = [part for span in spans for part in _marked_clauses(text, *span)]
    return [_unit(text, start, last) for start, last in parts if text[start:last].strip()]


def _marked_clauses(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """A sentence parted at the semicolons behind a mark: each of its clauses is told by the passages it cites itself."""
    cuts = [match.end() for match in _END_OF_MARKED_CLAUSE.finditer(text, begin, end)]
    bounds = [begin, *cuts, end]
    return [(first, last) for first, last in pairwise(bounds) if first < last]


def _unit(text: str, start: int, end: int, kind: UnitKind | None = None) -> Unit:
    raw = text[start:end]
    marks = list(dict.fromkeys(int(number) for number in MARK.findall(raw)))
    plain = plain_of(raw)
    if kind is None:
        kind = UnitKind.CLAIM
        if _CAVEAT.search(fold(plain)):
            kind = UnitKind.CAVEAT
        elif (not marks and plain.endswith((":", "："))) or (marks and _OF_THE_SOURCES.fullmatch(plain)):
            kind = UnitKind.STRUCTURE
    return Unit(start, end, plain, kind, marks)


def _share_marks(paragraph: list[Unit]) -> None:
    """A sentence without a mark stands on those of the next marked sentence of its paragraph, else of the last."""
    following: list[int] = []
    for unit in reversed(paragraph):
        following = unit.marks or following
        unit.inherited = unit.inherited or following
    before: list[int] = []
    for unit in paragraph:
        before = unit.marks or before
        unit.inherited = unit.inherited or before


def plain_lines(text: str) -> list[str]:
    """The lines of a written text without markup, cells of a table row side by side, for what knows no Markdown."""
    lines = []
    for line in text.split("\n"):
        if re.fullmatch(r"\s*\|?[\s:|-]+\|?\s*", line) and "-" in line:
            continue
        if line.strip().startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            lines.append("　".join(cell for cell in cells if cell))
        else:
            lines.append(line)
    return [re.sub(r"\*\*|__|^\s*#{1,6}\s+", "", line) for line in lines if line.strip()]
