"""A figure that a sentence tells right behind the name of what is asked for: "全年实现地区生产总值16907.85亿元，比上年增长2.1%"."""

from __future__ import annotations

import re

from assistant.reading.candidate import Candidate
from corpus.language.before_figures import HEDGES
from corpus.language.normalize import fold
from corpus.language.places import place_spans, places_in, plain_name
from corpus.language.quantities import quantities_in, unit_after

_LONGEST = 400
_NATION = re.compile(r"^(?:全国|我国|中国)的?")
_OF_PLACE = re.compile(r"^[省市区县]?的?")
_GROWTH = re.compile(r"的?(?:同比)?(?:增长速度|增长率|增速|增幅|涨幅)$")
_HARMLESS = re.compile(
    r"(?:初步核算|(?:19|20)\d{2}年|[1-4一二三四]季度|\d{1,2}月份?|全[年市省国区县体]|年[末底]|[我本][市省区国]|据[^,。;]{1,10}统计|货物|实现|完成|预计|[省市区县])"
)
_BETWEEN = r"(?:\[\d{1,2}\])?\s*(?:首次)?(?:达到?了?|为|是|实现|完成|共计?|突破|超过?|约)?\s*"
_PART_OF = re.compile(r"其中|包括|[含占]")
_CHANGE = re.compile(
    r"^[,、\s(]*(?:比上?年末?|同比|较上?年末?)?(?:名义|实际)?(增长|下降|增加|减少|上升)\s*(\d[\d.]*\s*%)(?!点)"
)
_HEDGE = re.compile(rf"(?:{HEDGES})\s*$")
_STILL_RUNS = re.compile(r"^\s*(?:[-—–~～至到多余]|以[上下内]|[,，]?\d)")


def measure_of(thing: str) -> str:
    """The name of what is measured, without the place that it is of: 地区生产总值 of "南京市地区生产总值"."""
    name = fold(thing)
    spans = place_spans(name)
    if spans and spans[0][0] == 0:
        name = _OF_PLACE.sub("", name[spans[0][1] :], count=1)
    return _NATION.sub("", name)


def name_in(thing: str) -> str:
    """The name that stands before the figure of a thing: of a growth that of what grew."""
    return _GROWTH.sub("", measure_of(thing))


def told_directly(candidate: Candidate, thing: str) -> str:
    """The figure that a sentence tells right behind the name of a thing; empty where it tells none so, or several.

    The name must stand whole and alone: 人均地区生产总值 is no 地区生产总值, and a figure behind 其中 is of a part. Of a growth
    ("地区生产总值增速") it is the share behind the figure of what grew.

    Args:
        candidate: The sentence.
        thing: What is asked for.
    """
    text = fold(candidate.text)
    name, growth = name_in(thing), _GROWTH.search(measure_of(thing))
    if len(text) > _LONGEST or len(name) < 2:
        return ""
    names = {plain_name(place) for place in places_in(fold(thing))}
    told = []
    for match in re.finditer(re.escape(name) + _BETWEEN + r"(?=\d)", text):
        end = _end_of_figure(text, match.end())
        if not end or not _stands_alone(text, match.start(), names):
            continue
        hedge = _HEDGE.search(text, match.start(), match.end())
        begin = hedge.start() if hedge else match.end()
        figure = _change_behind(text[end:]) if growth else text[begin:end].strip()
        if figure:
            told.append(figure)
    return told[0] if len(set(told)) == 1 else ""


def names_only(text: str, thing: str) -> bool:
    """Whether a text names a thing and no other: "全市粮食产量" names 粮食产量, "人均粮食产量" and "粮食产量目标" do not."""
    name, plain = name_in(thing).replace("的", ""), fold(text).replace("的", "")
    places = {plain_name(place) for place in places_in(fold(thing))}
    start = plain.rfind(name) if name else -1
    return start >= 0 and start + len(name) == len(plain) and _stands_alone(plain, start, places)


def _end_of_figure(text: str, start: int) -> int:
    """Where the figure with its unit ends that begins at a place; 0 where it is a range or has no unit."""
    number = re.match(r"\d[\d,]*(?:\.\d+)?", text[start:])
    if number is None:
        return 0
    stop = start + number.end()
    percent = re.match(r"\s*%", text[stop:])
    end = stop + percent.end() if percent else unit_after(text, stop)
    if end == stop or _STILL_RUNS.match(text[end:]) or len(quantities_in(text[start:end])) != 1:
        return 0
    return end


def _stands_alone(text: str, start: int, places: set[str]) -> bool:
    """Whether nothing before a name in its clause makes it the name of another thing, of a part or of another place."""
    begin = max(text.rfind(mark, 0, start) for mark in ",。;:、") + 1
    clause = text[begin:start]
    for first, last in reversed(place_spans(clause)):
        if plain_name(clause[first:last]) not in places:
            return False
        clause = clause[:first] + clause[last:]
    sentence = text[max(text.rfind(mark, 0, start) for mark in "。;") + 1 : start]
    clause = _NATION.sub("", clause) if not places else clause
    return not _PART_OF.search(sentence) and not _HARMLESS.sub("", clause).strip()


def _change_behind(text: str) -> str:
    """ "-3.6%" of ", 比上年下降3.6%"; empty where no change follows."""
    change = _CHANGE.match(text)
    if change is None:
        return ""
    share = re.sub(r"\s", "", change.group(2))
    return share if change.group(1) in {"增长", "增加", "上升"} else f"-{share}"


__all__ = ["measure_of", "name_in", "names_only", "told_directly"]
