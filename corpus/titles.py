"""The title of an article, chosen among all that may be one.

Candidates are what the reader found (a heading, the head of a page, a property of the file), labelled titles, the first
lines alone and joined over their breaks, and the file's name. Each is scored by what a title looks like and by what
confirms it: another candidate, the file's name, the text. The weights are fitted on documents whose titles were read by
hand (`python -m evals.reading.titles`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from corpus.furniture import THRESHOLD, is_page_word
from corpus.labels import is_label
from corpus.language.normalize import fold
from corpus.metadata.issuers import is_body_line, is_red_head
from corpus.metadata.kinds import KINDS

_WEIGHTS = Path(__file__).parent / "data" / "title_weights.tsv"
_MORE_KINDS = (
    "办法", "细则", "白皮书", "指南", "要求", "清单", "措施", "函", "答复", "计划", "总结", "说明", "倡议", "讲话", "宣言",
    "标准", "规范", "分类", "规则", "章程", "目录", "政策", "安排", "通告", "命令", "令", "研究", "策略", "观察", "手册", "年报",
    "统计表", "一览表", "情况表", "情况", "名单", "公示", "方法", "体系", "问答", "季报", "半年报", "简报", "快报", "周报", "月报", "日报", "预案", "条款", "协议", "备忘录", "答记者问", "建议", "提案", "表彰",
)  # fmt: skip
_KIND_END = re.compile(rf"(?:{'|'.join(sorted({*KINDS, *_MORE_KINDS}, key=len, reverse=True))})$")
_BRACKETED_END = re.compile(r"[\s]*[（(〔\[【][^（）()〔〕\[\]【】]*[)）〕\]】]$")
_BRACKETED = re.compile(
    r"^[（(](?:试行|修订|暂行|节选|草案|\d{4}\s*年?\s*[-—–－~～至]\s*\d{4}\s*年?|\d{4}\s*年?(?:修订|版)?)[)）]$"
)
_ABOUT = re.compile("关于|印发|转发|批转")
_CUT = re.compile(r"(?:关于|印发|转发|的|和|与|及|、|，|《|（|\(|-|—)$|^(?:的|》|和|与|及|、|，|）|\))")
_DATE = re.compile(r"^[\W\d年月日时分期第]*$")
_NUMBER = re.compile(r"[〔\[（(【]\s*\d{4}\s*[〕\])）】]\s*\d+\s*号|第\s*\d+\s*号$")
_SITE_END = re.compile(
    r"[_|｜丨\-—–]\s*[^_|｜丨\-—–]*?(?:网|网站|专栏|频道|平台|门户|在线|日报|新闻|中心|\.com|\.cn)[^_|｜丨\-—–]*$"
)
_PARTS = re.compile(r"\s*(?:[_|｜]|(?<=\s)[丨\-—–·»>]+(?=\s)|[-—–](?=[^-—–]*(?:网|频道|专栏|平台)$))\s*")
_PAIRS = (("《", "》"), ("（", "）"), ("(", ")"), ("“", "”"), ("【", "】"))
_SUBTITLE = re.compile(r"^[\W_]*(?:——|――|--|—)")
_STRUCTURE = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[编章节条款]|[（(]?[一二三四五六七八九十]{1,3}[、)）．.]|\d{1,2}[.、．]|目\s*录|附\s*件|图\s*\d|表\s*\d|摘\s*要|引\s*言|前\s*言|序\s*言|综\s*述)"
)
_NOT_COMPARED = re.compile(r"[\W_]")
_PAGE_NUMBER = re.compile(r"^[-—–]\s*\d{1,4}\s*[-—–]\s*(?=\w)")
_WORDS = re.compile(r"[^\W\d_]")
_CONFIRMED = 2.0
"""What it weighs besides that a heading chosen by the reader holds the name of its file."""
_MOST_LINES, _LINES_WITHOUT_BODY, _LONGEST_PIECE, _MOST_JOINED, _LONGEST = 160, 12, 60, 4, 150
_ORIGINS = {
    "title_og": "headline", "title_meta": "headline", "title_tag": "headline", "title_h1": "headline",
    "title_property": "property", "title_label": "field",
}  # fmt: skip
"""Field of a draft that holds a candidate: where it was read, as the article tells it."""


@dataclass(frozen=True)
class Candidate:
    """What may be the title: its text, how it came (`headline`, `line`, `joined`, `file`, or a field's name), its lines."""

    text: str
    came: str
    lines: tuple[int, ...] = ()

    @property
    def origin(self) -> str:
        """Where it was read, as an article's `origins` name it."""
        by_kind = {
            "headline": "headline",
            "line": "first_lines",
            "joined": "first_lines",
            "file": "file_name",
        }
        return by_kind.get(self.came) or _ORIGINS[self.came]

    @property
    def plain(self) -> str:
        """The text as it is compared: folded, without white space and punctuation."""
        return plain(self.text)


@dataclass(frozen=True)
class Surroundings:
    """What the choice is made from: the lines around the beginning of a text.

    `first` is the number of the first line of running text, `chances` those of the lines to be furniture, `headline` the
    number of the line that the reader took for the title (-1 for none), `headings` those of lines set as headings.
    """

    lines: Sequence[str]
    chances: Sequence[float]
    first: int
    headline: int
    fields: dict[str, str]
    stem: str
    headings: frozenset[int] = frozenset()


def plain(text: str) -> str:
    """A title as it is compared with another."""
    return _NOT_COMPARED.sub("", fold(text))


def choose_title(around: Surroundings) -> Candidate:
    """The likeliest candidate; the file's name where there is no other."""
    found = candidates(around)
    weights = _weights()
    scores = [
        sum(weights.get(name, 0.0) * value for name, value in each.items())
        + _CONFIRMED * each.get("headline_holds_stem", 0.0)
        for each in features_of(found, around)
    ]
    return found[max(range(len(found)), key=scores.__getitem__)]


@cache
def _weights() -> dict[str, float]:
    rows = _WEIGHTS.read_text("utf-8").splitlines()
    return {name: float(weight) for name, weight in (row.split("\t") for row in rows)}


def candidates(around: Surroundings) -> list[Candidate]:
    """All that may be the title, the file's name last."""
    found: list[Candidate] = []
    for name in _ORIGINS:
        for text in around.fields.get(name, "").split("\n"):
            found += [Candidate(part, name) for part in _without_site(text.strip())]
    nothing_runs = around.first >= len(around.lines)
    end = min(_LINES_WITHOUT_BODY if nothing_runs else around.first + 1, len(around.lines), _MOST_LINES)
    for number in range(end):
        if number < around.first or could_be_title(around.lines[number]):
            found += _from_line(around, number, min(end, around.first))
    kept = [each for each in found if each.plain and len(each.text) <= _LONGEST]
    sensible = any(not is_page_word(each.text) and not _DATE.match(each.text) for each in kept)
    given = [each.plain for each in kept if each.came not in {"line", "joined"}]
    stems = [
        Candidate(text, "file")
        for text in _stems(around.stem)
        if not any(plain(text) in each and plain(text) != each for each in given)
    ]
    if not sensible or re.search("[\u4e00-\u9fff]{2}", around.stem):
        kept += [each for each in stems if each.plain]
    return kept or [Candidate(around.stem or "?", "file")]


def ends_in_kind(text: str) -> bool:
    """Whether a text ends with a kind of document, as titles do ("公报", "通知")."""
    return bool(_KIND_END.search(text))


def could_be_title(line: str) -> bool:
    """Whether a first line is short and no sentence."""
    return bool(line) and len(line) <= _LONGEST_PIECE and not any(mark in line for mark in "。；;，,！？!?")


def _from_line(around: Surroundings, number: int, end: int) -> list[Candidate]:
    """A line as a candidate, and joined with those after it."""
    lines = around.lines
    if not _may_be_piece(lines[number]):
        return []
    if around.chances[number] > THRESHOLD or not _WORDS.search(lines[number]):
        end = number  # furniture is no part of a longer title
    came = "headline" if number == around.headline else "line"
    found = [Candidate(_with_closed_kind(_PAGE_NUMBER.sub("", lines[number])), came, (number,))]
    for last in range(number + 1, min(number + _MOST_JOINED, end)):
        furniture = around.chances[last] > THRESHOLD
        if furniture or not _may_be_piece(lines[last]) or _is_break(lines[last]) or _parts(around, last):
            break
        pieces = lines[number : last + 1]
        text = _with_closed_kind(_PAGE_NUMBER.sub("", _join(pieces)))
        found.append(Candidate(text, "joined", tuple(range(number, last + 1))))
    return found


def _with_closed_kind(text: str) -> str:
    """A title whose last word, its kind, was set apart ("…工作的通 知") with that word whole."""
    head, _, end = text.rpartition(" ")
    match = _KIND_END.search(head + end) if head and end else None
    return head + end if match and match.start() < len(head) else text


def _parts(around: Surroundings, number: int) -> bool:
    """Whether a line is a heading and the one before it is none, or the other way round."""
    return (
        (number in around.headings) != (number - 1 in around.headings) and number - 1 != around.headline
    ) or (number in around.headings and number - 1 == around.headline)


def _is_break(line: str) -> bool:
    """Whether no title goes on with a line: a day, unless it stands in brackets, or a button."""
    return (
        is_page_word(line)
        or "，" in line
        or line.isdigit()
        or bool(_DATE.match(line) and not line.startswith(("（", "(")))
    )


def _may_be_piece(line: str) -> bool:
    return (
        bool(line)
        and not is_red_head(line)
        and len(line) <= _LONGEST_PIECE * 2
        and not line.rstrip().endswith(("。", "；"))
        and not is_label(line)
    )


def _join(pieces: Sequence[str]) -> str:
    text = ""
    for piece in pieces:
        between = (
            " "
            if text
            and (
                (is_body_line(text) and is_body_line(piece)) or (text[-1:].isascii() and text[-1:].isalpha())
            )
            else ""
        )
        text += between + piece.strip()
    return text


def _without_site(text: str) -> list[str]:
    """A page's title whole and without the parts at its end that may be the site's name."""
    if not text:
        return []
    cuts = [match.start() for match in _PARTS.finditer(text)]
    return list(dict.fromkeys([text, *(text[:cut].strip() for cut in cuts if text[:cut].strip())]))


def _stems(stem: str) -> list[str]:
    """A file's name as a title: without a date before or behind it, without underscores, without its publisher."""
    bare = re.sub(r"^(?:19|20)\d{2}(?:[-_.]?\d{2}){0,2}[-_.\s]+(?=\D)", "", stem)
    bare = re.sub(r"\s*[(（]\s*(?:19|20)\d{2}[-_.年]\d{1,2}[-_.月]\d{1,2}日?\s*[)）]$", "", bare)
    bare = re.sub(r"(?<=[\u4e00-\u9fff])[-_]?(?:19|20)\d{6}$", "", bare)
    bare = re.sub(r"(?<=[\u4e00-\u9fff])_(?:19|20)\d{2}$", "", bare)
    bare = re.sub(r"_[\u4e00-\u9fff]{1,10}_?(?:19|20)\d{2}_第?\d+号$", "", bare)
    smooth = re.sub(r"(?<=[\u4e00-\u9fff\d])_(?=[\u4e00-\u9fff])", "", bare)
    last = re.sub(r"^[^-—]{1,12}[-—](?=[^-—(（]*[\u4e00-\u9fff]{4})", "", smooth)
    return list(dict.fromkeys(each.strip() for each in (smooth, last) if each.strip()))


def features_of(found: Sequence[Candidate], around: Surroundings) -> list[dict[str, float]]:
    """What is known of each candidate, by name; each about 0 to 1."""
    plains = [each.plain for each in found]
    heads = Counter(plains)
    stem, stems = plain(around.stem), _stems(around.stem)
    body = plain("".join(around.lines[around.first : around.first + 12]))[:1500]
    return [
        {
            **_looks(each, plains[number]),
            **_confirmed(each, plains[number], plains, heads, stem, body, stems),
            **_place(each, around),
            f"came_{each.came}": 1.0,
        }
        for number, each in enumerate(found)
    ]


def _looks(each: Candidate, bare: str) -> dict[str, float]:
    text = each.text.strip()
    ending = _BRACKETED_END.sub("", text).rstrip("》”\"' ")
    size = len(bare)
    return {
        "kind_end": float(bool(_KIND_END.search(ending))),
        "about": float(bool(_ABOUT.search(text))),
        "about_and_kind": float(bool(_ABOUT.search(text) and _KIND_END.search(ending))),
        "tiny": float(size < 5),
        "short": float(5 <= size < 9),
        "middling": float(9 <= size <= 50),
        "long": float(50 < size <= 90),
        "very_long": float(size > 90),
        "sentence_end": float(text.endswith(("。", "；", "：", ":", "，", "、"))),
        "sentence_inside": float(any(mark in text[:-1] for mark in "。；")),
        "commas": min(1.0, text.count("，") / 2),
        "cut": float(bool(_CUT.search(text))),
        "open_pair": float(any(text.count(left) != text.count(right) for left, right in _PAIRS)),
        "body": float(is_body_line(text)),
        "date": float(bool(_DATE.match(text))),
        "number": float(bool(_NUMBER.search(text))),
        "site_end": float(bool(_SITE_END.search(text))),
        "subtitle": float(bool(_SUBTITLE.match(text))),
        "structure": float(bool(_STRUCTURE.match(text))),
        "page_word": float(is_page_word(text)),
        "latin": float(text.isascii()),
        "address": float("http" in text or "@" in text or "@" in text),
        "figures": min(1.0, 2 * sum(character.isdigit() for character in bare) / max(size, 1)),
        "speech": float(bool(re.search(r"代表大会|会议上|各位", text))),
        "document_kind_alone": float(
            bool(
                re.fullmatch(
                    r"\d{0,4}年?(?:年度|政府工作|办理|第.季度|半年度)?(?:报告|说明|公告|通知|通报|公报)", bare
                )
            )
        ),
    }


def _confirmed(
    each: Candidate,
    bare: str,
    plains: Sequence[str],
    times: Counter[str],
    stem: str,
    body: str,
    stems: Sequence[str],
) -> dict[str, float]:
    match = SequenceMatcher(None, bare, stem, autojunk=False).find_longest_match() if stem else None
    shared = match.size if match else 0
    size = max(len(bare), 1)
    longer = [other for other in plains if len(other) > len(bare) and bare in other]
    pieces = [bare[at : at + 4] for at in range(0, max(len(bare) - 3, 1), 2)]
    return {
        "share_of_stem": shared / max(len(stem), 1) if shared >= 3 else 0.0,
        "covered_by_stem": shared / size if shared >= 3 else 0.0,
        "is_stem": float(bare == stem and each.came != "file"),
        "headline_holds_stem": float(
            each.came == "headline"
            and len(stem) >= 6
            and any(len(part) >= 6 and part in bare for part in map(plain, stems))
        ),
        "again": float(times[bare] > 1),
        "again_twice": float(times[bare] > 2),
        "part_of_another": min(1.0, len(longer) / 3),
        "part_of_confirmed": float(any(times[other] > 1 for other in longer)),
        "holds_confirmed": float(
            any(other != bare and len(other) > 8 and other in bare and times[other] > 1 for other in plains)
        ),
        "in_text": sum(piece in body for piece in pieces) / len(pieces),
    }


def _place(each: Candidate, around: Surroundings) -> dict[str, float]:
    if not each.lines:
        return {
            "stem_without_chinese": float(
                each.came == "file" and not re.search("[\u4e00-\u9fff]{2}", each.text)
            )
        }
    following = around.lines[each.lines[-1] + 1 : each.lines[-1] + 3]
    before = around.lines[max(0, each.lines[0] - 1) : each.lines[0]]
    return {
        "furniture": max(around.chances[number] for number in each.lines),
        "first_line": float(each.lines[0] == 0),
        "heading": float(all(number in around.headings for number in each.lines)),
        "close_to_text": 1.0 / (1 + max(0, around.first - each.lines[-1])),
        "in_text_lines": float(each.lines[-1] >= around.first),
        "before_number": float(any(_NUMBER.search(line) and len(line) < 40 for line in following)),
        "before_label": float(
            any(
                is_label(line) or re.match(r"(?:来源|时间|发布|——|[（(]?\d{4}年)", line) for line in following
            )
        ),
        "before_body": float(any(is_body_line(line) for line in following[:1])),
        "after_body": float(any(is_body_line(line) for line in before)),
        "after_label": float(any(is_label(line) for line in before)),
        "with_body": float(is_body_line(around.lines[each.lines[0]]) and len(each.lines) > 1),
        "completed_below": float(_is_completed(each, around)),
        "joined_lines": (len(each.lines) - 1) / 3,
        "holds_issuer_line": float(len(each.lines) > 1 and is_body_line(around.lines[each.lines[-1]])),
        "holds_number_line": float(
            len(each.lines) > 1 and any(_NUMBER.search(around.lines[number]) for number in each.lines)
        ),
        "holds_furniture": float(
            len(each.lines) > 1 and any(is_page_word(around.lines[number]) for number in each.lines)
        ),
    }


def _is_completed(each: Candidate, around: Surroundings) -> bool:
    """Whether the next lines complete a line to a title: "国务院办公厅关于印发", "…的通知"."""
    below = around.lines[each.lines[-1] + 1 : each.lines[-1] + 2]
    if _KIND_END.search(_BRACKETED_END.sub("", each.text)):
        return any(_BRACKETED.match(line) for line in below)
    text = each.text
    for number in range(each.lines[-1] + 1, min(each.lines[-1] + 3, len(around.lines))):
        if not _may_be_piece(around.lines[number]) or is_page_word(around.lines[number]):
            return False
        text += around.lines[number]
        if _ABOUT.search(text) and _KIND_END.search(_BRACKETED_END.sub("", text)):
            return True
    return False
