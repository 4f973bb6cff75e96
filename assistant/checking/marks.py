"""Citation marks in every form that language models write them, brought to one: `[1]`, each where it stands.

Known forms: [1] [1,3] [1-3] ［1］ 【1】 【1†source】 [^1] （资料1） [来源1] (Source 1) ① <sup>1</sup>, and lists of references at the end.
"""

from __future__ import annotations

import re

MARK = re.compile(r"\[(\d{1,2})\]")
_WORD = (
    r"(?:见|参见|据|根据|来自)?\s*(?:资料|来源|文献|引文|出处|参考资料|参考|文档|段落|材料"
    r"|sources?|docs?|documents?|passages?|refs?|references?|citations?)\s*(?:编号)?\s*[:：#]?\s*"
)
_ONE = r"\^?\d{1,2}(?:†[^\]】]{0,40})?\^?"
_BETWEEN = r"\s*(?:[,，、;；&和与及]|and)\s*|\s*[-–—~～至到]\s*"
_NUMBERS = rf"{_ONE}(?:(?:{_BETWEEN})(?:{_WORD})?{_ONE})*"
_BRACKETED = re.compile(
    rf"\\?[\[［【〖]\s*(?:{_WORD})?(?P<square>{_NUMBERS})\s*\\?[\]］】〗](?!\()"
    rf"|[(（]\s*{_WORD}(?P<round>{_NUMBERS})\s*[)）]"
    rf"|<sup>\s*[\[【(（]?\s*(?:{_WORD})?(?P<raised>{_NUMBERS})\s*[\]】)）]?\s*</sup>",
    re.IGNORECASE,
)
_RAISED = re.compile(r"<sup>\s*((?:\[\d{1,2}\]\s*)+)</sup>", re.IGNORECASE)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CIRCLED_AT_END = re.compile(
    rf"(?<=[^\s，,。；;：:、{_CIRCLED}])[{_CIRCLED}]+(?=\s*(?:[。，,；;！？!?)）|]|$))", re.MULTILINE
)
_RANGE = re.compile(r"(\d{1,2})\^?\s*[-–—~～至到]\s*(?:\D{0,6}?)(\d{1,2})")
_HALF_A_MARK = re.compile(
    r"(?:[\[［【〖][^\]］】〗\n]{0,16}|<s?u?p?>?[^<\n]{0,8}(?:</?s?u?p?)?|[(（]\s*(?:资|资料|来源|Source)?\s*\d{0,2})$"
)
_HEAD_OF_REFERENCES = re.compile(
    r"^\W*(?:参考|引用|资料|信息|数据)?(?:资料|文献|来源|出处|引用)(?:列表|清单|说明)?\W*$|^\W*(?:references?|sources?|citations?)\W*$",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    rf"^\s*(?:[-*•]\s*)?(?:\[\^?\d{{1,2}}\^?\]|【\d{{1,2}}】|［\d{{1,2}}］|(?:{_WORD})\d{{1,2}}|<sup>\d{{1,2}}</sup>|[{_CIRCLED}]|\d{{1,2}}[.、)）])\s*[:：.]?\s*\S",
    re.IGNORECASE,
)
_ONE_LINE = re.compile(
    rf"^\W*(?:资料来源|参考资料|信息来源|数据来源|来源|出处|references?|sources?)\W{{0,4}}[:：]\s*(?:{_BRACKETED.pattern}|[\s,，、;；。.])*(?:《[^》]*》|[\s,，、;；。.]|{_BRACKETED.pattern})*$".replace(
        "?P<square>", ""
    )
    .replace("?P<round>", "")
    .replace("?P<raised>", ""),
    re.IGNORECASE,
)
_MOST_AT_ONCE = 10


def in_one_form(text: str, most: int) -> tuple[str, list[int]]:
    """A written text with all marks as `[n]`.

    Args:
        text: What a model wrote.
        most: How many passages there are; a mark on another number is taken out.

    Returns:
        The text, and the numbers of the marks that pointed nowhere.
    """
    nowhere: list[int] = []

    def one_form(match: re.Match[str]) -> str:
        numbers = numbers_of(next(filter(None, match.groups()), ""))
        if not numbers:
            return match.group()
        nowhere.extend(number for number in numbers if not 0 < number <= most)
        return "".join(f"[{number}]" for number in numbers if 0 < number <= most)

    def circled(match: re.Match[str]) -> str:
        numbers = [_CIRCLED.index(each) + 1 for each in match.group()]
        return "".join(f"[{number}]" for number in numbers) if max(numbers) <= most else match.group()

    text = _RAISED.sub(r"\1", _BRACKETED.sub(one_form, text))
    return _CIRCLED_AT_END.sub(circled, text), nowhere


def numbers_of(inside: str) -> list[int]:
    """The numbers that stand in a mark, ranges written out, each once: "1, 3-5" is 1, 3, 4, 5."""
    found: list[int] = []
    at = 0
    for match in re.finditer(r"\d{1,2}", inside):
        if match.start() < at:
            continue
        span = _RANGE.match(inside, match.start())
        first = int(match.group())
        last = int(span.group(2)) if span else first
        if span and first < last <= first + _MOST_AT_ONCE:
            found += range(first, last + 1)
            at = span.end()
        else:
            found.append(first)
    return list(dict.fromkeys(found))


def without_references(text: str) -> str:
    """A written text without the list of references at its end."""
    lines = text.rstrip().split("\n")
    end = len(lines)
    while end and (not lines[end - 1].strip() or _REFERENCE.match(lines[end - 1])):
        end -= 1
    if end and end < len(lines) and _HEAD_OF_REFERENCES.match(lines[end - 1]):
        end -= 1
    elif not _are_footnotes(lines[end:]):
        end = len(lines)
    if end and _ONE_LINE.match(lines[end - 1]):
        end -= 1
    while end and re.fullmatch(r"\s*(?:[-*_]\s*){3,}|\s*", lines[end - 1]):
        end -= 1
    return "\n".join(lines[:end])


def _are_footnotes(lines: list[str]) -> bool:
    """Whether lines at the end are footnotes ("[^1]: …", "[1] 《…》") without a heading above them."""
    lines = [line for line in lines if line.strip()]
    return bool(lines) and all(
        re.match(
            r"\s*(?:\[\^\d{1,2}\]\s*[:：]|[\[【［]\d{1,2}[\]】］]\s*[:：]?\s*(?:《|\S{0,40}[,，]\s*(?:19|20)\d\d))",
            line,
        )
        for line in lines
    )


def without_half_a_mark(text: str) -> str:
    """An unfinished text without a mark that is only half written at its end."""
    return _HALF_A_MARK.sub("", text)
