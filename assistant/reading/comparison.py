"""How a sentence compares with what a question asks for: words, time, place, bodies, kind, goal or result."""

from __future__ import annotations

import re
from datetime import timedelta

import numpy as np
import rjieba

from assistant.reading.candidate import Candidate
from assistant.reading.named_rows import is_row_of_another
from assistant.reading.word_weights import WordWeights
from assistant.understanding.frame_asked import HOLIDAY, ROLE, orders_in, periods_written
from assistant.understanding.question import Question, question_of
from corpus.language.bodies import bodies_in, same_body
from corpus.language.changes import tells_both_ends
from corpus.language.companies import is_told_of
from corpus.language.nations import nations_in
from corpus.language.normalize import fold
from corpus.language.ordinals import names_another, ordinals_in
from corpus.language.periods import Period, likeness, of_months
from corpus.language.places import lies_within, places_in
from corpus.language.quantities import quantities_in
from corpus.language.times import ranges_of_years, years_in
from corpus.table import BETWEEN_CELLS, is_figure, is_row
from index.aim import Aim, goal_mismatch, names_goal
from index.hit import Hit
from index.kinds import Kind
from index.match import tells_of_part_only, told_in_time
from index.query import Query
from index.store import Index
from index.told import lacks_unit, tells_another_thing, things_told

_REACHED = re.compile(r"[高加大升长至达增]到|达\d|突破|超过|[年期]末")
_MONTH_NAME = re.compile(r"\d{1,2}月")
_TITLED = re.compile(rf"(?:{ROLE.pattern})[\u4e00-\u9fff·]{{2,4}}")
_TOLD_BY = {"贸易": ("进出口",), "外贸": ("进出口",), "物价": ("消费价格",)}
"""Words for what is measured that are told by others without naming the same thing."""
_UNITS_OF_TIME = frozenset(["", "年", "月", "日"])
_FIGURES = frozenset({Kind.AMOUNT, Kind.SHARE})
_OF_ONE_MONTH = re.compile("[当单本]月")
_RARE = 12.0
_TELLING_NAME = 3
_TELLING_TITLE = 6
_YEARS_THAT_COUNT = 10
_MONTH, _YEAR = 31, 365
_DAYS_AFTER = 42


class Comparison:
    """What a question asks for, read once, to compare its candidates with."""

    def __init__(self, index: Index, query: Query, hits: list[Hit]) -> None:
        self._query = query
        self._question = question = question_of(query)
        self._asked = _with_runs_up_to(query.asked) if question.frame.is_up_to_a_month else query.asked
        weight = WordWeights(index)
        # What is said of the time is compared as time.
        words = [word for word in question.words if word in question.frame.timeless_words]
        others = question.synonyms
        self._names = [(name, *others.get(name, ())) for name in query.names]
        self._words = {word: question.names_of_words[word] for word in words}
        self._weights = {word: weight(word) for word in words}
        self._naming = question.naming_words
        self._total = sum(self._weights.values()) or 1.0
        self._bigrams = _bigrams("".join(words))
        self._measured = [
            (
                word,
                *(other for name, names in others.items() if word in name or name in word for other in names),
                *_TOLD_BY.get(word, ()),
            )
            for word in question.measure.words
        ]
        self._companies = [fold(name) for name in question.companies if len(name) >= _TELLING_NAME]
        self._ordinals = ordinals_in(fold(question.text))
        self._titles = {hit.article.title for hit in hits if _is_named(hit.article.title, question.text)}
        self._newest = max((hit.article.date for hit in hits), default="")
        self.vector = index.sentence_vectors.of_question(question.text)[0]

    def compare(self, candidate: Candidate, cosine: float) -> None:
        """Fill in the candidate's features, the reader's and its passage's lead aside."""
        query, question, features = self._query, self._question, candidate.features
        said = candidate.said
        own, around = fold(candidate.head + said), fold(candidate.context)
        in_own = {word for word, names in self._words.items() if any(name in own for name in names)}
        in_context = in_own | {
            word for word, names in self._words.items() if any(name in around for name in names)
        }
        candidate.covered_words = frozenset(in_context)
        gaps = [
            weight
            for word, weight in self._weights.items()
            if word not in in_context and word in self._naming
        ]
        features["bias"] = 1.0
        features["covered"] = sum(self._weights[word] for word in in_own) / self._total
        features["covered_with_context"] = sum(self._weights[word] for word in in_context) / self._total
        features["worst_gap"] = max(gaps, default=0.0) / _RARE
        features["cosine"] = (cosine - 0.85) * 10
        features["passage_cosine"] = (candidate.hit.dense - 0.85) * 10
        features["passage_keyword"] = candidate.hit.keyword
        fits = _kind_fits(query.kind, question, said)
        features["kind_fits"] = 1.0 if fits else 0.0
        features["kind_missing"] = 1.0 if fits is False else 0.0
        features["unit_missing"] = float(
            (lacks_unit(question, said) and not _is_row_without_units(candidate))
            or tells_another_thing(question, own, around)
            or self._lacks_measure(candidate, own)
            or (is_row(candidate.text) and is_row_of_another(question, candidate))
            or (fits is False and query.kind is Kind.PERSON)
        )
        alike = 1.0 if self._tells_of_year_end(candidate) else likeness(self._asked, candidate.periods)
        features["time_likeness"] = alike
        features["time_other"] = float(bool(query.asked and candidate.periods) and alike == 0)
        if (
            of_another_stretch(question, own, candidate.periods)
            or _of_whole_years(query.asked, candidate)
            or (query.kind in _FIGURES and _of_several_years(query.asked, candidate))
        ):
            features["time_other"] = 1.0
        if is_row(candidate.text):
            if _of_other_months(question.frame.periods, own):
                features["time_other"] = 1.0
        elif query.kind in _FIGURES and self._tells_of_other_months(candidate, own):
            features["time_other"] = 1.0
        if question.frame.years_of_documents.intersection({candidate.hit.article.year}):
            # What the opinions of 2018 say of 2019 and 2020 is asked for.
            features["time_other"] = 0.0
        features["told_in_time"] = told_in_time(query, candidate.hit)
        late = self._lateness(candidate)
        features["recent"] = -late
        features["newest"] = -late if query.newest else 0.0
        self._compare_places(candidate)
        of_asked_time = alike == 1 and not question.frame.holidays
        features["period_missing"] = (
            0.0 if of_asked_time else _period_missing(question.frame.periods, f"{own} {around}")
        )
        told = f"{own} {around}"
        missing = [names for names in self._names if not any(name in told for name in names)]
        features["names_missing"] = len(missing) / max(len(self._names), 1)
        features["body_missing"] = self._bodies_missing(candidate)
        features["company_other"] = float(self._is_of_another(candidate))
        features["ordinal_other"] = float(
            bool(self._ordinals) and names_another(self._ordinals, ordinals_in(told))
        )
        mismatch = goal_mismatch(question, candidate.text)
        # Under "主要预期目标是:" every item is a goal, and so is all that is still to come.
        is_goal = mismatch > 1 and (names_goal(candidate.context) or _is_to_come(candidate))
        features["goal_mismatch"] = 0.0 if query.aim is Aim.GOAL and is_goal else mismatch
        features["bigrams"] = _share(self._bigrams, own)
        features["length"] = min(len(candidate.text), 200) / 100

    def _tells_of_other_months(self, candidate: Candidate, own: str) -> bool:
        """Whether the figure of a run of months is asked for and a sentence tells of other runs.

        "10月份" is not told by "1—10月份"; "到4月为止" may be April's or that of four months, but not what came "当月".
        """
        is_sum = len(self._asked) > len(self._query.asked) and not self._question.frame.is_at_an_end
        return _of_other_run_of_months(self._asked, candidate.periods) or bool(
            is_sum and _OF_ONE_MONTH.search(own)
        )

    def _tells_of_year_end(self, candidate: Candidate) -> bool:
        """Whether the end of a year is asked of and a sentence tells of its last month, which is the same: "12月末"."""
        last = [period for period in candidate.periods if str(period)[4:] == "-12"]
        return self._question.frame.is_end_of_year and any(
            period.last.year in self._query.years for period in last
        )

    def _lacks_measure(self, candidate: Candidate, own: str) -> bool:
        """Whether neither the sentence nor its headings name any of what is measured: "员工满意度" is no revenue."""
        told = own + fold("".join(candidate.hit.passage.heading_path) + candidate.hit.article.title)
        return bool(self._measured) and not any(name in told for names in self._measured for name in names)

    def _lateness(self, candidate: Candidate) -> float:
        """Years by which what a sentence speaks of lies before the newest article found, as a share of ten; 0 where a time is asked."""
        if self._query.asked or not self._newest:
            return 0.0
        article = candidate.hit.article.date
        told = max((str(period.last) for period in candidate.periods), default=article) or article
        if not told:
            return 0.0
        newest = Period.parse(self._newest).last
        years = (newest - min(Period.parse(told[:10]).last, newest)).days / 365
        return min(years, _YEARS_THAT_COUNT) / _YEARS_THAT_COUNT

    def _compare_places(self, candidate: Candidate) -> None:
        asked, features = self._query.places, candidate.features
        own, around = places_in(candidate.text), places_in(candidate.context)
        told = own or around
        matches = [tells_of(place, own, around) for place in asked]
        features["place_same"] = float(np.mean(matches)) if matches else 0.0
        is_part = self._query.whole_country and tells_of_part_only(
            candidate.hit.article, [candidate.text, candidate.context, *candidate.hit.passage.heading_path]
        )
        features["place_other"] = float(is_part or bool(asked and told and not any(matches)))
        # "进出口总值多少?" means the country's: a sentence on one province tells another thing.
        features["place_extra"] = float(not asked and bool(own))

    def _bodies_missing(self, candidate: Candidate) -> float:
        if not self._question.bodies:
            return 0.0
        told = bodies_in(f"{candidate.context} {candidate.text} {candidate.hit.article.source}")
        missing = [
            body for body in self._question.bodies if not any(same_body(body, other) for other in told)
        ]
        return len(missing) / len(self._question.bodies)

    def _is_of_another(self, candidate: Candidate) -> bool:
        """Whether a nation, a company, an order by its number, or an article's whole title is asked of and the candidate or its article
        and passage name another.
        """
        question = self._question
        told_of = orders_in(candidate.text) or orders_in(candidate.context)
        orders = frozenset() if question.frame.asks_for_an_order else question.frame.orders
        if orders and told_of and not orders & set(told_of):
            return True
        if question.nations:
            own = nations_in(f"{candidate.head} {candidate.text} {candidate.context}")
            if not set(own) & set(question.nations):
                return True
        if not self._companies and not self._titles:
            return False
        article = candidate.hit.article
        told = f"{article.title} {article.source} {candidate.context} {candidate.hit.passage.text}"
        named = [is_told_of(company, fold(told)) for company in self._companies]
        named += [title in told for title in self._titles]
        return not any(named)


def tells_of(place: str, own: list[str], around: list[str]) -> bool:
    """Whether a sentence that names the places `own` among headings that name `around` tells of `place`.

    A sentence on 义乌 does not tell of 上海, whatever was told before; one on 广东 tells of 深圳 where its heading does.
    """
    if any(lies_within(other, place) for other in own):
        return True
    if not own:
        # A province does not speak for its city.
        return any(lies_within(other, place) for other in around)
    is_wider = any(lies_within(place, other) for other in own)
    return is_wider and any(lies_within(other, place) for other in around)


def of_another_stretch(question: Question, own: str, periods: list[Period]) -> bool:
    """Whether a sentence tells of another holiday than is asked for, of parts of a year where the whole year is, or of the
    sum of several years where the figure of one is.
    """
    asked, told = question.frame.holidays, set(HOLIDAY.findall(own))
    if asked and told and not asked & told:
        return True
    if question.kind in _FIGURES and _is_within_a_sum(question, own):
        return True
    return question.frame.is_whole_year and bool(periods) and not any(each.is_whole_years for each in periods)


def _of_whole_years(asked: list[Period], candidate: Candidate) -> bool:
    """Whether a month or a day is asked of and a sentence tells of whole years, and nothing around it says that it was then."""
    told = candidate.periods
    if not asked or not told or any(_days(each) > _MONTH for each in asked):
        return False
    if any(_days(each) < _YEAR for each in told):
        return False
    own, around = fold(candidate.text), fold(f"{candidate.context} {candidate.hit.passage.text}")
    if re.search(r"\d月|\d[日号]|[当同次]月|[当同次][日天]|同期", own):
        return False
    if any(re.search(rf"(?<!\d)0?{each.first.month}月", around) for each in asked):
        return False
    date = candidate.hit.article.date
    return not date or not any(_is_news_of(each, date) for each in asked)


def _of_several_years(asked: list[Period], candidate: Candidate) -> bool:
    """Whether a figure of one year or less is asked for and a sentence tells of several years together.

    What was reached at the end of them ("五年来…提高到14万亿元") is a figure of the last; what it rose from is one of the first.
    """
    if len(asked) != 1 or _days(asked[0]) > _YEAR + 1 or not candidate.periods:
        return False
    if any(_days(each) <= _YEAR + 1 for each in candidate.periods):
        return False
    ends = {year for each in candidate.periods for year in (each.years[0], each.years[-1])}
    if asked[0].last.year in ends and tells_both_ends(candidate.text):
        return False
    ends_then = any(each.last.year == asked[0].last.year for each in candidate.periods)
    return not (ends_then and _REACHED.search(candidate.text))


def _with_runs_up_to(asked: list[Period]) -> list[Period]:
    """Periods with, for each single month, the run of months of its year that it ends."""
    months = [each for each in asked if _is_run_of_months(each) and each.first.month == each.last.month]
    return [*asked, *(of_months(each.first.year, 1, each.first.month) for each in months)]


def _of_other_run_of_months(asked: list[Period], told: list[Period]) -> bool:
    """Whether the figure of a run of months is asked for and a sentence tells of other runs: of "1—10月份", not of "10月份"."""
    asked_runs = [each for each in asked if _is_run_of_months(each)]
    if not asked_runs or len(asked_runs) < len(asked) or not told:
        return False
    return all(_is_run_of_months(each) for each in told) and not set(asked_runs) & set(told)


def _is_run_of_months(period: Period) -> bool:
    """Whether a period is one or several whole months, and no whole years."""
    begins, ends = period.first.day == 1, (period.last + timedelta(days=1)).day == 1
    return begins and ends and not period.is_whole_years


def _is_row_without_units(candidate: Candidate) -> bool:
    """Whether a sentence is a row with figures alone in their cells, whose units nothing tells: "收入_累计值：4669.13"."""
    if not is_row(candidate.text) or any(
        each.unit not in _UNITS_OF_TIME for each in quantities_in(candidate.text)
    ):
        return False
    values = (cell.rpartition("：")[2].strip() for cell in candidate.text.split(BETWEEN_CELLS))
    return any(
        is_figure(value) and value[-1].isdigit() and not years_in(f"{value}年", None) for value in values
    )


def _is_to_come(candidate: Candidate) -> bool:
    """Whether a sentence tells of a time that had not ended when its article came out."""
    date = candidate.hit.article.date
    if not date or not candidate.periods:
        return False
    return all(each.last > Period.parse(date).last for each in candidate.periods)


def _is_news_of(asked: Period, date: str) -> bool:
    """Whether an article of a day may tell of the asked month or day without naming it."""
    return 0 <= (Period.parse(date).last - asked.first).days <= _MONTH + _DAYS_AFTER


def _days(period: Period) -> int:
    return (period.last - period.first).days + 1


def _is_within_a_sum(question: Question, own: str) -> bool:
    """Whether a sentence names the one year that is asked for only as one of several: "从2024年到2025年底".

    "2017年到2021年，…由46.4%上升至55.3%" tells of the first and of the last.
    """
    asked = question.years_named
    if len(asked) != 1 or question.frame.is_stretch:
        return False
    ranges, rest = ranges_of_years(own)
    within = [each for each in ranges if asked[0] in each.years]
    if any(asked[0] in (each.years[0], each.years[-1]) for each in within) and tells_both_ends(rest):
        return False
    return bool(within) and asked[0] not in years_in(rest, None)


def _is_named(title: str, question: str) -> bool:
    """Whether a question names an article by its whole title, which is no title that many share."""
    return len(title) >= _TELLING_TITLE and title in question


def _kind_fits(kind: Kind, question: Question, text: str) -> bool | None:
    """Whether the sentence holds what the question asks for; None when its look cannot tell."""
    if kind is Kind.PERSON and question.frame.asks_for_a_name:
        return _names_a_person(question, text)
    told = things_told(kind, question, fold(text))
    if told is None or (not told and question.sure_kind is not kind):
        return None
    return bool(told)


def _names_a_person(question: Question, text: str) -> bool:
    """Whether a text names a person, in the role that the question names if it names one."""
    if question.frame.role not in text:
        return False
    return bool(_TITLED.search(text)) or any(
        tag in {"nr", "nrt"} and len(word) > 1 and word not in question.text for word, tag in rjieba.tag(text)
    )


def _of_other_months(asked: frozenset[str], row: str) -> bool:
    """Whether a month is asked of and the columns of a row name months, which are others."""
    months = {each for each in asked if _MONTH_NAME.fullmatch(each)}
    named = {each for each in periods_written(row) if _MONTH_NAME.fullmatch(each)}
    return bool(months and named) and not months & named


def _period_missing(asked: frozenset[str], told: str) -> float:
    """Share of the asked periods that the sentence and what stands around it do not name."""
    if not asked:
        return 0.0
    plain = re.sub(r"[至到—~]", "-", re.sub(r"[“”\"\s]", "", told))
    return sum(not re.search(rf"(?<![\d\-]){re.escape(period)}", plain) for period in asked) / len(asked)


def _bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _share(bigrams: set[str], text: str) -> float:
    return sum(bigram in text for bigram in bigrams) / len(bigrams) if bigrams else 0.0
