"""A figure that a sentence tells right behind the name of what a question asks for: "全年实现地区生产总值16907.85亿元，比上年增长2.1%"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from assistant.reading.candidate import Candidate
from assistant.reading.rank import is_doubtful
from assistant.state import Part
from assistant.understanding.grid import without_asking
from assistant.understanding.question import Question
from assistant.understanding.time_words import without_times
from corpus.language.before_figures import HEDGES
from corpus.language.normalize import fold
from corpus.language.places import place_spans, plain_name
from corpus.language.quantities import quantities_in, unit_after
from index.aim import sets_goal
from index.synonyms import synonyms_in

_SURE = 0.9
"""How sure one may be of such a figure of the place and time asked for (docs/history.md, Series)."""
_LOOKED_AT = 12
_LONGEST = 400
_LONGEST_NAME = 16
_FRONT = re.compile(r"^[省市区县]?(?:的|在|,)*|^(?:全国|我国|中国|全[省市区县年]|当年)的?")
_BACK = re.compile(r"(?:一共|总共|共计?|大概|实际)?(?:达到?|实现|完成)?了?[的,\s?？]*$")
_GROWTH = re.compile(r"的?(?:同比)?(?:增长速度|增长率|增速|增幅|涨幅|增长|涨)$")
_GOAL = re.compile(r"的?(?:增长)?的?(?:预期)?目标值?(?:定)?$")
_HARMLESS = re.compile(
    r"初步核算|(?:19|20)\d{2}年|[1-4一二三四]季度|\d{1,2}月份?|全[年市省国区县州体社会]{1,2}|年[末底]|[我本][市省区国县]|据[^,。;]{1,10}统计|"
    r"实现|完成|预计|地区|国内|[省市区县]|共|的|\s"
)
_BETWEEN = re.compile(
    r"(?:\[\d{1,3}\]|\([^()]{1,12}\))?\s*(?:总[数额量值])?(?:首次)?(?:达到?了?|为|是|实现|完成|共计?|突破|超过?|约|有|升至|降至)*\s*(?=\d)"
)
_PART_OF = re.compile(r"其中|包括|[含占]")
_CHANGE = re.compile(
    r"^[,、\s(]*(?:按[^,]{2,8}计算,)?(?:比上?年末?|同比|较上?年末?)?(?:名义|实际)?(增长|下降|增加|减少|上升|上涨)\s*(\d[\d.]*\s*%)(?!点)"
)
_HEDGE = re.compile(rf"(?:{HEDGES})\s*$")
_STILL_RUNS = re.compile(r"^\s*(?:[-—–~～至到]|[,，]?\d)")


def prefer_named_figure(part: Part) -> None:
    """Put the sentence in front that tells the figure asked for right behind its name, where it is of the place and time asked for."""
    if not names_asked(part.parsed).names:
        return
    for number, candidate in enumerate(part.candidates[:_LOOKED_AT]):
        if _is_of_place_and_time(part, candidate, is_first=not number) and named_figure(
            part.parsed, candidate.text
        ):
            part.candidates = [candidate, *(each for each in part.candidates if each is not candidate)]
            part.confidence = max(part.confidence, _SURE)
            return


def _is_of_place_and_time(part: Part, candidate: Candidate, *, is_first: bool) -> bool:
    """Whether a sentence surely speaks of the place and time asked for; of a question that leaves them open the first found does."""
    features = candidate.features
    is_there = features.get("place_same", 0.0) >= 1 if part.parsed.places else is_first
    is_then = features.get("time_likeness", 0.0) >= 1 if part.parsed.query().asked else is_first
    return is_there and is_then and not is_doubtful(candidate)


class Asked(NamedTuple):
    """What a question may call the thing whose figure it asks for, and whether it asks how that grew, or for its goal."""

    names: tuple[str, ...]
    growth: bool = False
    goal: bool = False


@lru_cache(maxsize=256)
def names_asked(question: Question) -> Asked:
    """What a question calls the thing whose figure it asks for; no names where it does not ask for the figure of one thing."""
    text = without_times(question.folded)
    for first, last in reversed(place_spans(text)):
        text = text[:first] + "|" + text[last:]
    text = without_asking(text.replace("|", "", 1)) if text.count("|") <= 1 else ""
    before = None
    while before != text:
        before, text = text, _BACK.sub("", _FRONT.sub("", text.strip("的在, ")))
    goal, text = bool(_GOAL.search(text)), _GOAL.sub("", text)
    growth, name = bool(_GROWTH.search(text)), _GROWTH.sub("", text)
    if not 2 <= len(name) <= _LONGEST_NAME or re.search(r"[,;:?？|\d]", name):
        return Asked(())
    # 专利 is wider than 发明专利.
    others = [
        name.replace(old, new) for old, news in synonyms_in(name).items() for new in news if new not in name
    ]
    return Asked(tuple(dict.fromkeys([name, *others])), growth, goal)


def named_figure(question: Question, sentence: str) -> str:
    """The figure that a sentence tells right behind the name of what is asked for; empty where it tells none so, or several.

    The name must stand whole and alone: 人均地区生产总值 is no 地区生产总值, and a figure behind 其中 is of a part. Of a growth
    ("地区生产总值增速") it is the share behind the figure of what grew, or behind its name.

    Args:
        question: What is asked.
        sentence: The sentence.
    """
    text = fold(sentence)
    asked = names_asked(question)
    if len(text) > _LONGEST or (asked.goal and not sets_goal(text)):
        return ""
    places = {plain_name(place) for place in question.places}
    told = {
        figure
        for name in asked.names
        for match in re.finditer(re.escape(name), text)
        if _stands_alone(text, match.start(), places) and (figure := _told_behind(asked, text, match.end()))
    }
    return told.pop() if len(told) == 1 else ""


def _told_behind(asked: Asked, text: str, start: int) -> str:
    figure = "" if asked.growth else _figure_behind(text, start)
    return figure or (_growth_behind(text[start:]) if asked.growth or asked.goal else "")


def _figure_behind(text: str, start: int) -> str:
    """The figure that follows a name which ends at `start`, with "超过" or the like before it; empty where none follows."""
    between = _BETWEEN.match(text, start)
    end = _end_of_figure(text, between.end()) if between else 0
    if between is None or not end:
        return ""
    hedge = _HEDGE.search(text, start, between.end())
    return text[hedge.start() if hedge else between.end() : end].strip()


def _growth_behind(text: str) -> str:
    """ "-3.6%" of "8.5亿元, 比上年下降3.6%" and of "下降3.6%"; empty where no change follows."""
    between = _BETWEEN.match(text)
    end = _end_of_figure(text, between.end()) if between else 0
    change = _CHANGE.match(text[end:])
    if change is None:
        return ""
    share = re.sub(r"\s", "", change.group(2))
    return share if change.group(1) in {"增长", "增加", "上升", "上涨"} else f"-{share}"


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
    return not _PART_OF.search(sentence) and not _HARMLESS.sub("", clause).strip()


__all__ = ["Asked", "named_figure", "names_asked", "prefer_named_figure"]
