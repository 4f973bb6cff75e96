"""The key figures of an article: what is measured, how much it is and of when, each from one sentence or row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.answering.side_by_side import items_of
from assistant.answering.table_cell import period_of
from assistant.briefing.model import KeyFigure
from assistant.reading.candidate import Candidate
from corpus.language.before_figures import HEDGES
from corpus.language.normalize import fold
from corpus.table import is_row
from index.measure_asked import MEASURE

_LONGEST_NAME, _SHORTEST_NAME = 20, 2
_TIME_IN_FRONT = re.compile(
    r"^.*?(?:(?:19|20)\d{2}年?(?:\d{1,2}月(?:\d{1,2}日)?)?(?:[-—~至到]\d{1,2}月)?|[上下]半年|[一二三四]季度|截至[^,，]{0,12}[末底]|去年|今年|全年|当年|年末|年底|期间|本月|当月)(?:以来|来|末|底|份|的)?[,，:：]?"
)
_SAYS_SO = re.compile(
    r"(?:预计|力争|总体|累计|共计?|合计|总共|分别|已经?|均|仍|就|将|要|可|能|新)*(?:达到|达|为|是|约为?|实现|完成|突破|超过?|接近|近|保持在?|稳定在|在|有|至|到|由|从|[:：])*(?:人民币)?$"
)
_STARTS = re.compile(
    r"^(?:其中|同时|此外|另外|并且?|且|而|使|推动|带动|我[省市区国]|全[省市区国]|[一-龥]{0,2}[:：])[,，]?"
)
_HEDGE = re.compile(rf"(?:{HEDGES})(?=\d)")
_CHANGE = re.compile(
    r"(?P<name>[^,，。；;、\d]{2,24}?)(?:同比|比上?年|年均)?(?P<how>增长|下降|增加|减少|回落)了?(?P<share>\d+(?:\.\d+)?%)(?!左右|以上)"
)
_IS_SHARE = re.compile("率|比[重例]|占比|份额|幅|增速|指数")
"""How a measure ends whose value is a percentage; another's is how much it rose."""
_DURATIONS = frozenset(["年", "个月", "天", "小时", "个工作日", ""])


def key_figures(sentences: Iterable[Candidate], most: int) -> list[KeyFigure]:
    """The figures whose measure is named beside them and that stand alone and exact; each measure of a time once.

    Args:
        sentences: Of one article, with their times.
        most: How many at most.
    """
    found: dict[tuple[str, str], KeyFigure] = {}
    for sentence in sentences:
        for figure in _figures_of(sentence):
            found.setdefault((figure.measure, figure.period), figure)
            if len(found) == most:
                return list(found.values())
    return list(found.values())


def _figures_of(sentence: Candidate) -> Iterator[KeyFigure]:
    printed = fold(sentence.text)
    for measure, value in measured_in(sentence.said if is_row(sentence.text) else sentence.text):
        digits = re.search(r"[\d.,]+", value)
        if digits is not None and digits.group() in printed:
            yield KeyFigure(
                measure=measure,
                value=value,
                period=period_of(sentence),
                start=sentence.start,
                end=sentence.end,
            )


def measured_in(text: str) -> Iterator[tuple[str, str]]:
    """Measures of a sentence, each with its value: an amount ("超过4800亿元"), or how much it rose or fell ("增长7%")."""
    folded = fold(text)
    for item in items_of(_HEDGE.sub("", folded)):
        measure = name_of_measure(item.words)
        is_rise = item.quantity.unit == "%" and not _IS_SHARE.search(measure)
        if measure and item.quantity.unit not in _DURATIONS and not is_rise and "分别" not in item.words:
            hedged = re.search(rf"(?:{_HEDGE.pattern}){re.escape(item.quantity.text)}", folded)
            yield measure, hedged.group() if hedged else item.quantity.text
    for change in _CHANGE.finditer(folded):
        is_of_several = re.search("分别|均|都|各", change.group("name"))
        if not is_of_several and (measure := name_of_measure(change.group("name"))):
            yield measure, f"{change.group('how')}{change.group('share')}"


def name_of_measure(words: str) -> str:
    """The name of what a figure measures: "集成电路产业营收达" is of 集成电路产业营收; empty where it is not plain."""
    name = re.split(r"[,，、；;:：]", words)[-1].strip()
    name = _STARTS.sub("", _TIME_IN_FRONT.sub("", name))
    name = _SAYS_SO.sub("", re.sub("(?:同比|环比)$", "", name)).strip(" 的")
    plain = _SHORTEST_NAME <= len(name) <= _LONGEST_NAME and not re.search(r"\d", name)
    # 增加值 alone does not say whose.
    return name if plain and MEASURE.search(name) and not MEASURE.fullmatch(name) else ""


__all__ = ["key_figures", "measured_in", "name_of_measure"]
