"""The share of a part in its whole, or the whole of a part and its share, where a sentence tells two of the three."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant.answering.calculation import Worked
from assistant.understanding.question import Question
from corpus.language.normalize import fold
from corpus.language.quantities import Quantity, comparable, quantities_in, written

_PART = re.compile("其中")
_TELLS_A_SHARE = re.compile(r"占|比重|[%％]")
_SHARE = re.compile(
    r"(?P<subject>[^,;。]{0,40}?)占(?P<whole>[^,;。\d]{0,16}?)(?:比重?|比例)?(?:的|约|达到?|[为是])*(?P<share>\d+(?:\.\d+)?)%(?!左右|以[上下])"
)
_NOT_EXACT = re.compile(r"(?:近|超过?|逾|不[足到]|至少|最[高多低少])$")
_NO_AMOUNT = frozenset(["", "%", "个百分点", "年", "个月", "天", "小时", "岁", "倍"])
_PLAINLY_WHOLE = 100
_LONGEST_SENTENCE = 500
_LEVELS = re.compile("全[球国省市县区镇村]|世界")
_TENTHS = {word: number * 10 for number, word in enumerate("零一二三四五六七八九")} | {"半": 50}
_SHARE_ASKED = re.compile(
    r"(?P<share>\d+(?:\.\d+)?)%|(?P<tenths>[一二三四五六七八九\d])成(?![本员果立年])(?P<half>半)?"
)


@dataclass(frozen=True)
class _Told:
    """A part with its share of a whole, as a clause tells them: 560亿元, 77%, 总投资; `words` are those around them."""

    part: Quantity
    share: Decimal
    whole: str
    words: str


def whole_told(question: Question, sentence: str) -> Worked | None:
    """The whole of which a sentence tells a part and its share, where a question wants it worked out; None where it is not plain which.

    Args:
        question: What is asked: "按已完成的投资和占比推算，总投资要多少亿".
        sentence: The sentence that answers: "已完成投资56亿元，占总投资的70%".
    """
    if not question.form.is_whole_of_share or len(sentence) > _LONGEST_SENTENCE:
        return None
    scale, asked = question.operation.scale, question.words
    found = [
        (sum(word in each.words for word in asked), each)
        for each in _parts_with_share(fold(sentence))
        if each.part.power >= scale and _may_be_meant(question, each)
    ]
    found.sort(key=lambda each: -each[0])
    if not found or not found[0][0] or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    told = found[0][1]
    return None if _is_told(told, fold(sentence)) else _whole_of(told)


def _whole_of(told: _Told) -> Worked:
    # A share of two figures gives a whole of no more than some.
    unit = Decimal(10) ** told.part.power
    value = told.part.value / told.share * 100 / unit
    value = value.quantize(Decimal(1 if value >= _PLAINLY_WHOLE else "0.1"), ROUND_HALF_UP) * unit
    whole = f"约{written(value, told.part)}"
    share = f"{told.share}%"
    return Worked(
        f"{told.part.text}占{told.whole or '总数'}的{share}，由此推算{told.whole or '总数'}{whole}（{told.part.text} ÷ {share}）。",
        whole,
    )


def _parts_with_share(folded: str) -> Iterator[_Told]:
    """Each figure of a sentence with the share that is told of it: in its clause, or in one after it with nothing counted between."""
    for segment in re.split("[;。]", folded):
        clauses = [clause for clause in re.split(r",(?!\d{3}(?!\d))", segment) if clause]
        for at, clause in enumerate(clauses):
            match = _SHARE.search(clause)
            if match is None or _NOT_EXACT.search(clause[: match.start("share")]):
                continue
            share = Decimal(match.group("share"))
            before = [*clauses[:at], match.group("subject")]
            counted = [(place, own) for place, text in enumerate(before) if (own := _amounts(text))]
            if not counted or len(counted[-1][1]) != 1 or not 0 < share < 100:
                continue
            place, (part,) = counted[-1]
            named = before[place]
            if _speaks_of(match.group("subject"), named) and not _NOT_EXACT.search(
                named.partition(part.text)[0]
            ):
                yield _Told(part, share, match.group("whole").strip("的"), named + clause)


def _amounts(text: str) -> list[Quantity]:
    return [each for each in quantities_in(text) if each.unit not in _NO_AMOUNT]


def _speaks_of(subject: str, named: str) -> bool:
    """Whether a share is one of the thing that a figure was told of: it names nothing of its own ("规模占全市80%" of "产业规模20亿元")."""
    own = re.sub(r"\d.*$|^[约其均也已且并]+|[约]+$", "", subject)
    return not own or own in named or subject in named


def _may_be_meant(question: Question, told: _Told) -> bool:
    """Whether a question names no other level than the whole is of (全国 of 全市), and no other share."""
    levels = set(_LEVELS.findall(question.folded))
    if levels and not levels & set(_LEVELS.findall(told.whole)):
        return False
    shares = [_share_of(match) for match in _SHARE_ASKED.finditer(question.folded)]
    return not shares or told.share in shares


def _share_of(match: re.Match[str]) -> Decimal:
    if match.group("share"):
        return Decimal(match.group("share"))
    tenths = match.group("tenths")
    return Decimal(int(tenths) * 10 if tenths.isdigit() else _TENTHS[tenths]) + (
        5 if match.group("half") else 0
    )


def _is_told(told: _Told, folded: str) -> bool:
    """Whether a sentence tells the whole itself: "总投资80亿元"."""
    return bool(told.whole) and any(
        told.whole in clause and "占" not in clause and _amounts(clause)
        for clause in re.split(r"[,;。](?!\d)", folded)
    )


def share_told(question: Question, sentence: str, part: str = "") -> Worked | None:
    """The share that a part has of its whole, where a sentence tells both figures and no share; None where they are not plain.

    Args:
        question: What is asked: "变频的占几成".
        sentence: The sentence that answers: "产量80万台，其中变频空调20万台".
        part: The figure of the part, where it is known.
    """
    mark = _PART.search(sentence)
    if not question.form.is_share or mark is None:
        return None
    before, after = sentence[: mark.start()], sentence[mark.end() :]
    of_part = _figure_of_part(question, after, part)
    if of_part is None:
        return None
    whole = next((each for each in quantities_in(before) if comparable(each, of_part) and each.unit), None)
    if whole is None or not 0 < of_part.value < whole.value:
        return None
    share = f"{round(of_part.value / whole.value * 100, 1):f}%"
    return Worked(f"{of_part.text}占{whole.text}的约{share}（{of_part.text} ÷ {whole.text}）。", f"约{share}")


def _figure_of_part(question: Question, after: str, part: str) -> Quantity | None:
    """The figure of the clause that the question's words name best, or that equals `part`; None where a share is told there."""
    asked = question.words
    given = quantities_in(part)[:1]
    found: list[tuple[float, Quantity, str]] = []
    for clause in re.split("[，,；;。]", after):
        figures = [each for each in quantities_in(clause) if each.unit not in {"", "%", "年", "个百分点"}]
        if len(figures) != 1:
            continue
        is_given = bool(given) and figures[0].value == given[0].value
        fit = 100.0 if is_given else float(sum(word in fold(clause) for word in asked))
        found.append((fit, figures[0], clause))
    found.sort(key=lambda each: -each[0])
    if not found or not found[0][0] or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    follows = after[after.find(found[0][2]) + len(found[0][2]) :][:12]
    return None if _TELLS_A_SHARE.search(found[0][2] + follows) else found[0][1]
