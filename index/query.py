"""What is searched: a question with what was read from it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cached_property

from pydantic import BaseModel, Field, field_validator

from corpus.language.normalize import readable
from corpus.language.numerals import number_of
from corpus.language.periods import Period, of_years
from corpus.language.times import PartialDay, periods_in, years_of
from index.question import Aim, Kind, ParsedQuestion

_BARE_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d{2})(?![\d.])")
_RECENT_YEARS = re.compile(r"(?:最近|近|这)(?:的)?([两二三四五六七八九十])年(?!级|期)")
_WEEKS = (("上上个?(?:周|星期)", 2), ("上个?(?:周|星期)", 1), ("(?:这|本)个?(?:周|星期)", 0))
_THIS_MONTH = re.compile(r"这个?月|当月")
_ANY_YEAR = re.compile(
    r"(?:19|20)\d{2}|[今去前明本上下后当次每往历]一?年|[本这上下当]个?月|[今昨明前后当][天日早晚]|年[前后内初]|节"
)
_LATEST_YEAR = 2100
_NO_CHARACTERS = re.compile(r"[\x00\ud800-\udfff]")


class Filters(BaseModel):
    """What a person sets by hand; unlike what is read from a question, it excludes.

    `since` and `until` are the first and the last day of an article's date, in ISO 8601, where they may stop at the year
    or the month; `kinds` are kinds of text ("通知"). `articles` are the ids of those that are asked, None for every one;
    `within_collections` and `within_folders` are asked whole. These three are the chosen sources. `collections` is what may
    be seen: None is every article, a list the articles without a collection and those in the named ones. Where nothing fits,
    neither the chosen sources nor what may be seen are dropped.
    """

    years: list[int] = Field(default_factory=list)
    regions: list[str] = Field(default_factory=list)
    sources: list[str] = Field(default_factory=list)
    kinds: list[str] = Field(default_factory=list)
    since: str = ""
    until: str = ""
    articles: list[str] | None = None
    within_collections: list[str] = Field(default_factory=list)
    within_folders: list[str] = Field(default_factory=list)
    collections: list[str] | None = None

    @field_validator("regions", "sources", "kinds", "articles", "within_collections", "within_folders")
    @classmethod
    def _fits_nothing(cls, texts: list[str] | None) -> list[str] | None:
        """What no text of an article holds, and no database takes, becomes a character that fits nothing either."""
        return texts and [_NO_CHARACTERS.sub("\ufffd", text) for text in texts]

    def __bool__(self) -> bool:
        """Whether anything is set."""
        return self != Filters()

    @property
    def asks_catalogue(self) -> bool:
        """Whether something is set that only the catalogue can tell, what may be seen aside: vectors are kept without it."""
        asked = self.within_collections, self.kinds, self.within_folders, self.since, self.until
        return self.articles is not None or any(asked)

    @property
    def widest(self) -> Filters:
        """The filters without what is wished for; the chosen sources and what may be seen stay."""
        return self.chosen.model_copy(update={"collections": self.collections})

    @property
    def chosen(self) -> Filters:
        """The chosen sources alone."""
        return Filters(
            articles=self.articles,
            within_collections=self.within_collections,
            within_folders=self.within_folders,
        )

    @property
    def narrowed(self) -> Filters:
        """What is wished for, alone: neither the chosen sources nor what may be seen."""
        return self.with_chosen(None).model_copy(update={"collections": None})

    def with_chosen(self, sources: Filters | None) -> Filters:
        """These filters with the chosen sources of others, or with none."""
        return self.model_copy(update=(sources or Filters()).chosen.model_dump(include=set(_CHOSEN)))

    def shows(self, collection: str) -> bool:
        """Whether an article of this collection may be seen; empty stands for none."""
        return self.collections is None or not collection or collection in self.collections


_CHOSEN = ("articles", "within_collections", "within_folders")


class Query(BaseModel):
    """A standalone question with what was read from it; all but `filters` raises and lowers hits, never excludes.

    `years` are those asked for. `periods` are the months, quarters and days asked for, in ISO 8601
    (`corpus.language.periods`). `names` are titles in 《》, document numbers and Latin names. `aim` is whether a goal or a
    result is asked for, `kind` the kind of thing that answers. Of a question for the latest state of a thing, `newest` is
    set and `question` leaves out the words that say so. `year_is_open` is set where `periods` are months, quarters or days of no
    year that is named: they are taken of today's until it is seen which years the articles tell of. `whole_country` is whether all of China is asked of. `numbers` are document numbers ("国发〔2024〕17号"), `provision` is
    the 条 of a rule that is asked for ("第十二条第二款").
    """

    question: str
    newest: bool = False
    year_is_open: bool = False
    kind: Kind = Kind.OTHER
    aim: Aim = Aim.ANY
    years: list[int] = Field(default_factory=list)
    periods: list[str] = Field(default_factory=list)
    places: list[str] = Field(default_factory=list)
    whole_country: bool = False
    names: list[str] = Field(default_factory=list)
    numbers: list[str] = Field(default_factory=list)
    provision: str = ""
    filters: Filters = Field(default_factory=Filters)

    @cached_property
    def parsed(self) -> ParsedQuestion:
        """The facts of `question`."""
        return ParsedQuestion(self.question)

    @property
    def asked(self) -> list[Period]:
        """The stretches of time asked for: `periods`, else `years` with those side by side as one."""
        if self.periods:
            return [Period.parse(each) for each in self.periods]
        return _joined(self.years)


def read_query(question: str, filters: Filters | None = None, today: date | None = None) -> Query:
    """A query with what the question names; "去年" and "上个月" count from `today` when it is given."""
    return query_of(ParsedQuestion(readable(question), today), filters)


def query_of(question: ParsedQuestion, filters: Filters | None = None) -> Query:
    """What the index is asked for a question that is parsed."""
    years, parts = _times_of(question)
    query = Query(
        question=question.searched.text,
        newest=question.wants_newest,
        year_is_open=bool(parts) and _names_no_year(question),
        kind=question.kind,
        aim=question.aim,
        years=sorted(year for year in years if year < _LATEST_YEAR),
        periods=[str(part) for part in parts],
        places=list(question.places),
        whole_country=question.is_of_whole_country,
        names=list(question.names),
        numbers=[
            f"{number.prefix}〔{number.year}〕{number.number}号" for number, _, _ in question.document_numbers
        ],
        provision=question.provision,
        filters=filters or Filters(),
    )
    query.parsed = question.searched
    return query


def _times_of(question: ParsedQuestion) -> tuple[set[int], list[Period]]:
    """The years that a question names, and the months, quarters and days, in order."""
    today = question.today
    day = PartialDay(today.year, today.month, today.day) if today else None
    periods = periods_in(question.text, day)
    folded = question.folded_without_numbers
    years = set(years_of(periods)) | {int(year) for year in _BARE_YEAR.findall(folded)}
    if today is not None:
        for match in _RECENT_YEARS.finditer(folded):
            count = number_of(match.group(1)) or 0
            years |= set(range(today.year - count, today.year))
        periods += _weeks(folded, today)
        if _THIS_MONTH.search(folded):
            periods += periods_in("本月", day)
    parts = [period for period in dict.fromkeys(periods) if not period.is_whole_years]
    return years | set(years_of(parts)), parts


def _names_no_year(question: ParsedQuestion) -> bool:
    """Whether months, quarters or days are named and nothing that says of which year: "4月份", "前5个月"."""
    folded = question.folded_without_numbers
    return (
        not _ANY_YEAR.search(folded)
        and not periods_in(question.text, None)
        and not any(re.search(pattern, folded) for pattern, _ in _WEEKS)
    )


def _weeks(folded: str, today: date) -> list[Period]:
    monday = today - timedelta(days=today.weekday())
    for pattern, ago in _WEEKS:
        if re.search(pattern, folded):
            first = monday - timedelta(weeks=ago)
            return [Period(first, first + timedelta(days=6))]
    return []


def _joined(years: list[int]) -> list[Period]:
    """Years in a row as one period: the three years asked for together are told of together."""
    joined: list[Period] = []
    for year in sorted(years):
        if joined and joined[-1].last.year == year - 1:
            joined[-1] = of_years(joined[-1].first.year, year)
        else:
            joined.append(of_years(year))
    return joined
