"""Repair of extracted text: named rules over blocks, each mending one thing that layout breaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

import rjieba

from corpus.block import Block, BlockKind
from corpus.language.normalize import clean_line
from corpus.outline import heading_lines, is_heading, number_of
from corpus.questions import recognise_questions

_SENTENCE_END = tuple("。！？!?；;：:…”’」』）)】》〉.")
_CONTINUES_ALWAYS = tuple("、，,")
_CLOSED_BUT_OPEN = tuple("…”’」』）)】》〉")
_NEVER_FIRST = tuple("，。、；：！？》”’）」』】")
_LIST_MARK = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十百零〇]{1,4}[）)、．.]|第[一二三四五六七八九十百零〇\d]+[章节条款编]|"
    r"[（(]?\d{1,3}(?:[）)、]|．(?!\d))|\d{1,2}\.(?!\d)|[①-⑳]|[-•·●■◆▲*])"
)
_NUMBER_IS_OPEN = re.compile(r"\d[.．]$")
# A sentence never stops after these words, nor starts with those.
_ENDS_OPEN = re.compile(
    r"(?:[的和与及或对将被为以在由向从把使并而且应须其依于至]|应当|可以|不得|或者|以及|依法|按照|根据|通过|进行|已经|没有|有关)$"
)
_STARTS_OPEN = re.compile(r"^(?:[的和与及或等并而且了]|以及|或者|规定的|有关)")
_ARTICLE_OF_RULE = re.compile(r"^第[一二三四五六七八九十百零〇\d]+条(?:之[一二三四五六七八九十])?\s")
_PAGE_JUMP = re.compile(
    r"^[（(]\s*(?:上接|下转|紧接)\s*第?\s*[一二三四五六七八九十\dA-Za-z]+\s*版[^）)]{0,12}[）)]$"
)
_PAGE_NUMBER = re.compile(
    r"^(?:[-—–－·•]\s*\d{1,4}\s*[-—–－·•]|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|"
    r"[Pp]age\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?)$"
)
_LINK_LABEL = re.compile(
    r"^(?:[\[【（(]?\s*(?:查看原文|阅读原文|返回顶部|打印本页|关闭窗口|打印|分享到[:：]?.{0,12})\s*[\]】）)]?|"
    r"[（(]更新时间戳[:：]\s*\d+[）)]|【?字体[:：]\s*大\s*中\s*小】?)$"
)
# "二、2025年工作总体部署今年是…": what a numbered heading ends with, and what a first sentence begins with.
_NUMBERED = re.compile(r"^([一二三四五六七八九十]{1,3})、")
_HEADING_ENDS = (
    r"(?:回顾|任务|部署|取向|要求|目标|建议|工作|重点|安排|举措|发展|建设|改革|开放|政策|进步|大业|台阶|步伐|事业|改善|优化|"
    r"纵深|环境|问题|方针|形势|关系|社会|能力|水平|体制|机制|方向|作用|五年|改组)"
)
_FIRST_WORDS = (
    r"(?=今年|去年|过去|我们|我国|我省|我市|一年来|[二三四五十几]年来|这一年|党中央|中国共产党|中国政府|党的|根据《|面对|各位代表|当前|"
    r"当今|第[一二三四五六七八九十]+届|今后|现在|贯彻落实|国际形势|必须|[12１２]\d{3}年(?:是|，|,|我|全)|在[12１２]\d{3}年|"
    r"在过去|在整个|为了|要|稳增长既|立国之道|坚持以)"
)
_RUN_IN = re.compile(
    rf"^([一二三四五六七八九十]{{1,3}}、[^。；;！？!?：:\n]{{2,40}}?{_HEADING_ENDS}){_FIRST_WORDS}(.{{30,}})$",
    re.S,
)
_LONGEST_LICENCE = 25
_SHORTEST_BROKEN_LINE = 12
_HEADING_OF_A_YEAR = re.compile(
    r"^(?!.*(?:完成|实现|达到|新增))(?:过去[一五]年|(?:19|20)\d{2}年|[“\"]?十[一二三四五六七八九]五[”\"]?时期)[^，。；：！？、]{0,24}"
    r"(?:回顾|总结|成就|工作|任务|安排|部署|目标|打算|要求)$"
)
_TIMES_AS_LONG = 2
_FIGURE_FIRST = re.compile(r"(?!(?:19|20)\d{2}\s?年)\d")
_LONGEST_JOINED = 4000
"""Characters of a paragraph that goes on: no paragraph of print is longer, and each line added is looked at with all before it."""
_DEPTHS = {"part": 1, "chapter": 1, "section": 2, "chinese": 2, "bracketed": 3, "decimal": 4}
_OPEN_PAIRS = {"“": "”", "《": "》", "（": "）", "「": "」", "『": "』", "【": "】"}
_BRACKETS = re.compile(f"[{''.join(_OPEN_PAIRS)}{''.join(_OPEN_PAIRS.values())}]")


@dataclass(frozen=True)
class Change:
    """What one rule did at one place; `after` is empty when something was taken out."""

    rule: str
    before: str
    after: str


Rule = Callable[[list[Block]], list[Block]]


def repair(blocks: list[Block], changes: list[Change] | None = None) -> list[Block]:
    """All `RULES` in order; what each changed is added to `changes` when a list is given."""
    for name, rule in RULES.items():
        repaired = rule(blocks)
        if changes is not None:
            changes += _changes(name, blocks, repaired)
        blocks = repaired
    return blocks


def _changes(rule: str, before: list[Block], after: list[Block]) -> list[Change]:
    """Where `rule` made something else of the blocks, as lines of text."""
    old, new = ([_shown(block) for block in blocks] for blocks in (before, after))
    if old == new:
        return []
    return [
        Change(rule, "\n".join(old[a:b]), "\n".join(new[c:d]))
        for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if kind != "equal"
    ]


def _shown(block: Block) -> str:
    return "#" * block.level + " " + block.text if block.kind is BlockKind.HEADING else block.text


def clean_characters(blocks: list[Block]) -> list[Block]:
    """Zero-width characters, stray `**` and spaces inside Chinese prose go; so do lines of nothing else."""
    cleaned = [block.with_text(clean_line(block.text)) for block in blocks]
    return [block for block in cleaned if block.text]


def recognise_headings(blocks: list[Block]) -> list[Block]:
    """Lines such as "第一章 总则" and "一、2024年工作回顾" become the headings they are (`corpus.outline`).

    Their level lies below the Markdown heading above them, so that paths stay true.
    """
    lines = [block.text if block.kind is BlockKind.PARAGRAPH else "" for block in blocks]
    found = heading_lines(lines)
    result: list[Block] = []
    base = 1
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            base = block.level
        elif number in found:
            block = replace(block, kind=BlockKind.HEADING, level=base + _DEPTHS[found[number]])
        result.append(block)
    return result


def recognise_headings_of_years(blocks: list[Block]) -> list[Block]:
    """Lines without a number that name a time and what it is about ("2026年重点工作") become headings over their paragraphs.

    Only in a text that came without headings of its own.
    """
    if any(block.kind is BlockKind.HEADING for block in blocks[1:]):
        return blocks
    result = list(blocks)
    for number, (block, below) in enumerate(pairwise(blocks)):
        if (
            block.kind is BlockKind.PARAGRAPH
            and below.kind is BlockKind.PARAGRAPH
            and _HEADING_OF_A_YEAR.match(block.text)
            and len(below.text) >= _TIMES_AS_LONG * len(block.text)
        ):
            result[number] = replace(block, kind=BlockKind.HEADING, level=_DEPTHS["chinese"])
    return result


def split_run_in_headings(blocks: list[Block]) -> list[Block]:
    """ "二、2025年工作总体部署今年是…" becomes a heading and its paragraph, which an extract has run together.

    Only where the numbers go on from a numbered heading or paragraph before ("一、…"), or begin with 一.
    """
    result: list[Block] = []
    expected = 1
    for block in blocks:
        match = _NUMBERED.match(block.text)
        number = number_of(match.group(1)) if match else 0
        run_in = _RUN_IN.match(block.text) if block.kind is BlockKind.PARAGRAPH and number else None
        if run_in and number in {1, expected}:
            heading = block.with_text(run_in.group(1))
            result += [heading, block.after(heading.text, run_in.group(2))]
        else:
            result.append(block)
        if number in {1, expected}:
            expected = number + 1
    return result


def drop_link_labels(blocks: list[Block]) -> list[Block]:
    """Without what a web page sets around a text: "查看原文", "(更新时间戳: …)", "【字体：大 中 小】"."""
    return [block for block in blocks if not _LINK_LABEL.match(block.text)]


def drop_page_jumps(blocks: list[Block]) -> list[Block]:
    """Without lines such as "(上接第1版)", which belong to the printed page, not to the article."""
    return [block for block in blocks if not _PAGE_JUMP.match(block.text)]


def drop_licence_notes(blocks: list[Block]) -> list[Block]:
    """Without the licence that Wikisource sets under a text ("本作品来自…Public domain")."""
    for number, block in enumerate(blocks):
        if block.text.startswith("本作品") and len(blocks) - number <= _LONGEST_LICENCE:
            rest = "".join(each.text for each in blocks[number:])
            if "公有领域" in rest or "Public domain" in rest:
                return blocks[:number]
    return blocks


def drop_page_numbers(blocks: list[Block]) -> list[Block]:
    """Without lines such as "— 12 —" and "第3页 共9页", and without bare numbers that count up by one.

    A bare number alone may be a figure of the text; three and more in rising order are pages.
    """
    bare = [number for number, block in enumerate(blocks) if _is_bare_number(block)]
    values = [int(blocks[number].text) for number in bare]
    rising = len(values) >= 3 and all(0 < b - a <= 2 for a, b in pairwise(values))
    dropped = set(bare) if rising else set()
    return [
        block
        for number, block in enumerate(blocks)
        if number not in dropped
        and not (block.kind is BlockKind.PARAGRAPH and _PAGE_NUMBER.match(block.text))
    ]


def _is_bare_number(block: Block) -> bool:
    return (
        block.kind is BlockKind.PARAGRAPH
        and block.text.isascii()
        and block.text.isdigit()
        and len(block.text) <= 4
    )


def join_broken_sentences(blocks: list[Block]) -> list[Block]:
    """Join a paragraph that stops in mid-sentence with the one after it.

    A column or page break leaves "…智能终端、集成" and "电路制造…" as two paragraphs; they are one.
    """
    joined: list[Block] = []
    for block in blocks:
        if joined and len(joined[-1].text) < _LONGEST_JOINED and is_cut_between(joined[-1], block):
            joined[-1] = joined[-1].followed_by(block, glue(joined[-1].text, block.text))
        else:
            joined.append(block)
    return joined


def is_cut_between(before: Block, after: Block) -> bool:
    """Whether a break cut one sentence into these two blocks."""
    if after.kind is not BlockKind.PARAGRAPH or before.kind not in {BlockKind.PARAGRAPH, BlockKind.ITEM}:
        return False
    if _follows_on_page(before, after):
        return False
    if before.text.endswith(tuple(_OPEN_PAIRS)) or after.text.startswith(_NEVER_FIRST):
        return True
    if _LIST_MARK.match(after.text) or len(before.text) < _SHORTEST_BROKEN_LINE:
        return False
    if _marks_are_open(before.text, after.text):
        return True
    if _NUMBER_IS_OPEN.search(before.text):
        return after.text[:1].isdigit()
    if before.text.endswith(_CLOSED_BUT_OPEN) and _STARTS_OPEN.match(after.text):
        return True
    if (
        before.text.endswith(_SENTENCE_END)
        or _is_label(before.text)
        or _is_heading_over(before.text, after.text)
    ):
        return False
    return _words_are_open(before.text, after.text)


def _marks_are_open(before: str, after: str) -> bool:
    """Whether a mark at the break says that the sentence goes on: a bracket that `after` closes, or a comma."""
    closes = _open_bracket(before) and not _open_bracket(before + after)
    return closes or before.endswith(_CONTINUES_ALWAYS)


def _words_are_open(before: str, after: str) -> bool:
    """Whether words say so: those at the break, or those of a line that is a sentence at all."""
    if _ENDS_OPEN.search(before) or _STARTS_OPEN.match(after) or _ARTICLE_OF_RULE.match(before):
        return True
    # A line with no mark but its number's is a heading, a name or a date, unless a word goes on in the next line.
    unnumbered = _NUMBERED.sub("", before)
    return any(mark in unnumbered for mark in "，。、；：,;:（(") or _word_crosses(before, after)


def _follows_on_page(before: Block, after: Block) -> bool:
    """Whether the layout of a page has parted the two: `after` begins below `before` in the same column."""
    if not before.marks or not after.marks:
        return False
    last, first = before.marks[-1], after.marks[0]
    if last.page != first.page or last.box is None or first.box is None or last.confidence < 1:
        return False
    beside = min(last.box[2], first.box[2]) - max(last.box[0], first.box[0])
    return first.box[1] >= last.box[1] and beside > 0


def _word_crosses(before: str, after: str) -> bool:
    """Whether the word segmenter sees one dictionary word over the break ("…的重要" + "性,已经…")."""
    cut = min(len(before), 6)
    window = before[-cut:] + after[:6]
    return any(
        start < cut < end and rjieba.has_word(word) for word, start, end in rjieba.tokenize(window, hmm=False)
    )


def _is_heading_over(before: str, after: str) -> bool:
    """Whether a line that may be a heading stands over its paragraph; one with a comma ("四、部门协同，上下联动"), over a far longer one."""
    return (
        _NUMBERED.match(before) is not None
        and is_heading(before)
        and not _FIGURE_FIRST.match(after)
        and ("，" not in before or len(after) >= _TIMES_AS_LONG * len(before))
        and not _ENDS_OPEN.search(before)
        and not _STARTS_OPEN.match(after)
        and not _word_crosses(before, after)
    )


def _is_label(text: str) -> bool:
    """ "**来源**: 某某" and its like are whole although they end in no mark."""
    head, separator, _ = text.replace("：", ":").partition(":")
    return bool(separator) and len(head) <= 8 and not any(mark in text for mark in "，。；")


def _open_bracket(text: str) -> bool:
    """Whether a bracket or quotation opened in `text` is still open at its end."""
    stack: list[str] = []
    for character in _BRACKETS.findall(text):
        if character in _OPEN_PAIRS:
            stack.append(_OPEN_PAIRS[character])
        elif stack and character == stack[-1]:
            stack.pop()
    return bool(stack)


def glue(before: str, after: str) -> str:
    """The two halves as one; a space only between two Latin words."""
    needs_space = (
        before[-1:].isascii() and after[:1].isascii() and before[-1:].isalnum() and after[:1].isalnum()
    )
    return f"{before} {after}" if needs_space else before + after


RULES: dict[str, Rule] = {
    "clean_characters": clean_characters,
    "drop_page_jumps": drop_page_jumps,
    "drop_page_numbers": drop_page_numbers,
    "drop_link_labels": drop_link_labels,
    "drop_licence_notes": drop_licence_notes,
    "join_broken_sentences": join_broken_sentences,
    "recognise_headings_of_years": recognise_headings_of_years,
    "split_run_in_headings": split_run_in_headings,
    "recognise_headings": recognise_headings,
    "recognise_questions": recognise_questions,
}
"""The rules by name, in the order in which they are applied."""
