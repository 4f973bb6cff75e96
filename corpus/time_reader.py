"""The times that stretches of one article tell of, by all that the article says before them."""

from __future__ import annotations

import re
from bisect import bisect_right

from corpus.language.normalize import fold
from corpus.language.periods import Period, of_years
from corpus.language.sentences import sentence_spans
from corpus.language.times import (
    LONGEST_RANGE,
    TITLE_YEAR,
    PartialDay,
    names_a_year,
    periods_in,
    year_of_title,
    years_of,
)
from corpus.model import Article, Section

_RULE_IN_TITLE = re.compile(r"(?:办法|规定|条例|细则|法)》")
_LOOKS_BACK = re.compile(
    r"回顾|过去|成就|执行情况|决算|工作总结|^一、[^推促争保]*取得[^，。]{0,8}(?:进展|成效|成绩)"
)
_TO_BE_DONE = re.compile(
    r"^会议(?:号召|要求|强调|认为)|^[^，。]{0,14}(?:(?<![主重需只首])要(?!求|素|闻|点)|必须|应当|(?<!这)将(?!近)|力争|确保|务必)|"
    r"^会议指出，要"
)
_WHOLE_YEAR = re.compile("全年|年末|年底")
_SAME_DAY = re.compile(r"当[天日]|同[一]?[天日]|此前一天")
_NEAR = 60
_CALL = re.compile(r"会议(?:号召|要求|强调)")
_TASK = re.compile(
    r"^(?:继续|加快|加强|推进|推动|完善|深化|扩大|提高|健全|支持|鼓励|坚持|实施|优化|促进|积极|严格|稳步|大力|全面|做好|强化|进一步|落实|培育|引导)"
)
_DONE = re.compile(
    r"了|取得|已经?|完成|实现[了]|[增下]长\d|以来|超过|同比|比上年|累计|成效|成就|得到|显著|明显"
)
_ALL_YEARS = re.compile(r"过去|[两三四五]年|以来|年均|累计|时期|期间|期末")
"""Words by which what is told is of a stretch of years and of none of them."""
_SHARE_THAT_TAKES_OVER = 0.4
_GOAL_OF_A_YEAR = re.compile(
    r"^\s*[（(]?[一二三四五六七八九十\d]{0,3}[)）、.．]?\s*(?:力争|确保|争取)?到\s*\d{4}\s*年[^，,。]{0,6}[，,]"
)
"""How a sentence begins that sets goals for a year; those behind it in its paragraph are goals of that year too."""
_FROM_A_YEAR = re.compile(
    r"[从由]\s*\d{4}\s*年[^。；;，,]{1,40}?(?:[增提下上跃攀跨回][加高长升降落]|扩大|减少|缩小|[增升降])了?[到至]"
)
"""A figure of a year that has become another since: "从2021年的3万元提高到4万元"."""
_DAYS_OF_A_MONTH = 31
_REPORTS = frozenset({"政府工作报告"})
# A title with one of these words sets out what is to come, whatever year it names.
_OF_WHAT_IS_TO_COME = re.compile(r"计划|规划|要点|安排|方案|预算|目标|展望|预测|策略|工作报告|行动|部署")
_OF_A_PAST_YEAR = re.compile(r"公报|年报|年度报告|年鉴|统计|白皮书|蓝皮书|发展报告|状况|情况|总结|运行")
_PART_OF_A_YEAR = re.compile(r"\d月|月[度报]|季度?|半年|[旬周]报?")
_YEARS_LATE = 2
_TIMELESS_KINDS = frozenset({"法", "条例", "实施条例", "办法", "管理办法", "实施办法", "规定", "实施细则"})


def past_year_of(title: str, published: int) -> int | None:
    """The year that a title says its text tells of, where that year had ended when the text was published.

    "2024年国民经济和社会发展统计公报" of March 2025 tells of 2024. None where the title names no year, several, one long
    past, or a plan.
    """
    years = {int(year) for year in TITLE_YEAR.findall(fold(title))}
    if len(years) != 1 or _OF_WHAT_IS_TO_COME.search(title):
        return None
    year = years.pop()
    return year if 0 < published - year <= _YEARS_LATE else None


class _Sentences:
    """The sentences of a section: span, periods named, and whether it tells what is to be done.

    `ends` are the spans' ends. `last[n]` is, of the first n sentences, the number of the last that names a time, of the last whose
    time holds for those after it, and of the last that tells what is to be done; -1 for none.
    """

    def __init__(self) -> None:
        self.told: list[tuple[int, int, list[Period], bool]] = []
        self.ends: list[int] = []
        self.last: list[tuple[int, int, int]] = [(-1, -1, -1)]

    def add(self, start: int, end: int, named: list[Period], plans: bool, *, sets: bool) -> None:
        number, (named_at, set_at, plan_at) = len(self.told), self.last[-1]
        self.told.append((start, end, named, plans))
        self.ends.append(end)
        last = (number if named else named_at, number if sets else set_at, number if plans else plan_at)
        self.last.append(last)


class TimeReader:
    """Tells the periods of spans of one article; a sentence that names none takes them from what stands before."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._timeless = article.kind in _TIMELESS_KINDS or bool(_RULE_IN_TITLE.search(article.title))
        self._day = None if self._timeless else PartialDay.parse(article.date)
        if self._day is None and not self._timeless and (year := year_of_title(article.title)):
            self._day = PartialDay(year)
        self._year = self._day.year if self._day else None
        if self._day is not None and (past := past_year_of(article.title, self._day.year)):
            self._year = past
            if _OF_A_PAST_YEAR.search(article.title):
                # "上年末" in the bulletin of 2024 is the end of 2023, whenever the bulletin came out.
                self._day = PartialDay(past)
        self._bulletin_of = self._year_of_bulletin()
        self._cache: dict[int, _Sentences] = {}

    def _year_of_bulletin(self) -> range | None:
        """The one year that an annual bulletin tells of, as its title says."""
        title = fold(self._article.title)
        is_annual = _OF_A_PAST_YEAR.search(title) and not _PART_OF_A_YEAR.search(title)
        published = PartialDay.parse(self._article.date)
        year = past_year_of(title, published.year) if published and is_annual and not self._timeless else None
        return None if year is None else range(year, year + 1)

    def of_span(self, section: Section, start: int, end: int) -> list[Period]:
        """Periods of `text[start:end]`: those its sentences name, and what the first of them take over.

        That is what the nearest earlier sentence of the section names, else its headings, else the article's
        own year (the one its title says it tells of, else that of its date), unless it is a rule, which holds
        for any. What must or will be done speaks of the article's year, whatever was said before.
        """
        found: list[Period] = []
        silent = 0
        sentences = self._sentences(section)
        for number in range(bisect_right(sentences.ends, start), len(sentences.told)):
            sentence_start, sentence_end, named, plans = sentences.told[number]
            if sentence_start >= end:
                break
            if named:
                found += named
                if self._tells_up_to_now(sentence_start, sentence_end, named):
                    found += self._before(section, sentence_start)
                continue
            if plans and self._day is not None:
                found.append(of_years(self._day.year))
            elif not found:
                silent += sentence_end - sentence_start
        if not found or silent > (end - start) * _SHARE_THAT_TAKES_OVER:
            before = self._before(section, start)
            if _WHOLE_YEAR.search(self._article.text, start, end):
                # After "一季度…二季度…" the "全年" is that of their year.
                before = (
                    [of_years(year) for year in years_of(before)] if len(years_of(before)) == 1 else before
                )
            found = [*before, *found]
        return list(
            dict.fromkeys([*found, *self._year_of_heading(section, found, self._article.text[start:end])])
        )

    @staticmethod
    def _year_of_heading(section: Section, found: list[Period], text: str) -> list[Period]:
        """The one year of the headings, where a text speaks of a plan that it is a year of: "“十五五”开局" under "2026年重点工作".

        None where the text tells of all years of the plan ("年均", "累计"), or the headings name a plan themselves.
        """
        if not found or any(len(period.years) == 1 for period in found) or _ALL_YEARS.search(text):
            return []
        headings = " ".join(section.path)
        named = years_of(periods_in(headings, None))
        around = {year for period in found for year in period.years}
        return [of_years(named[0])] if len(named) == 1 and named[0] in around and "五" not in headings else []

    def _before(self, section: Section, start: int) -> list[Period]:
        if self._timeless:
            return []
        sentences = self._sentences(section)
        before = bisect_right(sentences.ends, start)
        named_at, frame_at, plan_at = sentences.last[before]
        if 0 <= named_at >= frame_at and self._is_same_day(start):
            return sentences.told[named_at][2]
        if named_at > frame_at and (goes_on_with := self._goes_on_with(sentences.told[named_at], start)):
            return goes_on_with
        looks_back = any(_LOOKS_BACK.search(heading) for heading in section.path)
        # Where a text looks back, or no heading says what it does, a task stands alone.
        goes_on = bool(section.path) and not looks_back
        in_plan = plan_at > frame_at and (
            goes_on or self._is_one_paragraph(sentences.told[plan_at][0], start)
        )
        if in_plan and self._day is not None:
            return [of_years(self._day.year)]
        if frame_at >= 0:
            back = self._looked_back_on(section)
            frame = self._background(self._within(sentences.told[frame_at][2], back))
            if back is None:
                return frame
            # In the review of a year "实施一季度开局行动" is no word on what follows.
            return [of_years(each.first.year) if len(each.years) == 1 else each for each in frame]
        for heading in reversed(section.path):
            if in_heading := periods_in(heading, self._day):
                return in_heading
        if self._year is None:
            return []
        is_past = looks_back and self._article.kind in _REPORTS
        return [of_years(self._year - 1 if is_past else self._year)]

    def _as_background(self, period: Period) -> Period | None:
        """What a period named in one sentence is to the next ones: a day or a month is its year, far years are nothing."""
        years = period.years
        if self._day is not None:
            near = 1 if self._day.day is not None and self._article.kind not in _REPORTS else LONGEST_RANGE
            if years[0] > self._day.year + 1 or years[-1] < self._day.year - near:
                return None
        return of_years(years[0]) if period.days <= _DAYS_OF_A_MONTH else period

    def _goes_on_with(self, named: tuple[int, int, list[Period], bool], start: int) -> list[Period]:
        """The times of an earlier sentence whose goals, or in a bulletin whose other year, hold in its paragraph: "2022年50亿元。其中…"."""
        if self._is_goal_of(named, start):
            return named[2]
        is_bulletin = self._bulletin_of is not None and self._is_one_paragraph(named[0], start)
        return self._background(named[2]) if is_bulletin else []

    def _is_goal_of(self, named: tuple[int, int, list[Period], bool], start: int) -> bool:
        """Whether what stands at `start` goes on with the goals of a year that an earlier sentence of its paragraph names."""
        text, first = self._article.text, named[0]
        return (
            self._article.kind not in _REPORTS
            and self._is_one_paragraph(first, start)
            and _GOAL_OF_A_YEAR.match(text[first : first + _NEAR]) is not None
        )

    def _looked_back_on(self, section: Section) -> range | None:
        """The past years that a section tells of to its end: those that its heading names, in a report else the year before."""
        if self._bulletin_of is not None:
            return self._bulletin_of
        if self._day is None or not any(_LOOKS_BACK.search(heading) for heading in section.path):
            return None
        for heading in reversed(section.path):
            if named := years_of(periods_in(heading, self._day)):
                return range(named[0], named[-1] + 1) if named[-1] < self._day.year else None
        last = self._day.year - 1
        return range(last, last + 1) if self._article.kind in _REPORTS else None

    def _named(self, sentence: str, year: int | None, back: range | None) -> list[Period]:
        """The periods that a sentence names; in a review months are of its last year, and "今日" and "年内" are no time."""
        if back is None or self._day is None:
            return periods_in(sentence, self._day, year)
        named = periods_in(sentence, PartialDay(self._day.year), back[-1])
        return named if names_a_year(sentence) else [each for each in named if each.years[0] <= back[-1]]

    def _within(self, named: list[Period], years: range | None) -> list[Period]:
        """Those of some periods that end within `years`, so that they may be the time of a review; all where there is none.

        What the review of 2021 to 2025 says of 2020 and of "“十三五”" is there to compare; so are stretches in an annual bulletin.
        """
        if years is None:
            return named
        found = [period for period in named if period.years[-1] in years]
        return found if self._bulletin_of is None else [each for each in found if each.years[0] in years]

    def _is_same_day(self, start: int) -> bool:
        return bool(_SAME_DAY.search(self._article.text[start : start + _NEAR]))

    def _tells_up_to_now(self, start: int, end: int, named: list[Period]) -> bool:
        """Whether a sentence names one year only, and that as the one that something has risen or fallen from."""
        return len(years_of(named)) == 1 and _FROM_A_YEAR.search(self._article.text, start, end) is not None

    def _is_one_paragraph(self, start: int, end: int) -> bool:
        return "\n" not in self._article.text[start:end]

    def _background(self, named: list[Period]) -> list[Period]:
        """What a sentence that names times sets for those after it; far years ("到2035年") set nothing."""
        return [whole for period in named if (whole := self._as_background(period)) is not None]

    def _sentences(self, section: Section) -> _Sentences:
        """The sentences of a section with what they name; worked out once."""
        if section.start not in self._cache:
            text = self._article.text
            found = _Sentences()
            year = self._day.year if self._day else None
            back = self._looked_back_on(section)
            for start, end in sentence_spans(text, section.start, section.end):
                named = self._named(text[start:end], year, back)
                whole = [period.years[0] for period in named if len(period.years) == 1]
                year = whole[0] if whole else year
                plans = not named and self._is_plan(section, text[start:end])
                found.add(
                    start,
                    end,
                    named,
                    plans,
                    sets=bool(self._background(self._within(named, back)))
                    and not self._tells_up_to_now(start, end, named),
                )
            self._cache[section.start] = found
        return self._cache[section.start]

    @staticmethod
    def _is_plan(section: Section, sentence: str) -> bool:
        looks_back = any(_LOOKS_BACK.search(heading) for heading in section.path)
        told = _TO_BE_DONE.search(sentence) or (_TASK.search(sentence) and not looks_back)
        return bool(told) and (_CALL.match(sentence) is not None or _DONE.search(sentence) is None)
