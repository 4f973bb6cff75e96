"""What is searched: a question with what was read from it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pydantic import BaseModel, Field

from corpus.language.document_number import document_numbers, without_document_numbers
from corpus.language.nations import asks_of_whole_country
from corpus.language.normalize import fold, readable
from corpus.language.numerals import number_of
from corpus.language.periods import Period, of_years
from corpus.language.places import places_in
from corpus.language.times import PartialDay, periods_in, years_of
from index.provision import provision_in
from index.question import Aim, Kind, aim_of, asks_newest, kind_of, names_in, without_newest

_BARE_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d{2})(?![\d.])")
_RECENT_YEARS = re.compile(r"(?:最近|近|这)(?:的)?([两二三四五六七八九十])年(?!级|期)")
_WEEKS = (("上上个?(?:周|星期)", 2), ("上个?(?:周|星期)", 1), ("(?:这|本)个?(?:周|星期)", 0))
_THIS_MONTH = re.compile(r"这个?月|当月")
_LATEST_YEAR = 2100


class Filters(BaseModel):
    """What a person sets by hand; unlike what is read from a question, it excludes.

    `collections` is what may be seen: None is every article, a list the articles without a collection and those in
    the named ones. It is never dropped.
    """

    years: list[int] = Field(default_factory=list)
    regions: list[str] = Field(default_factory=list)
    sources: list[str] = Field(default_factory=list)
    collections: list[str] | None = None

    def __bool__(self) -> bool:
        """Whether anything is set."""
        return bool(self.years or self.regions or self.sources) or self.collections is not None

    @property
    def widest(self) -> Filters:
        """The filters without what is wished for; what may be seen stays."""
        return Filters(collections=self.collections)

    def shows(self, collection: str) -> bool:
        """Whether an article of this collection may be seen; empty stands for none."""
        return self.collections is None or not collection or collection in self.collections


class Query(BaseModel):
    """A standalone question with what was read from it; all but `filters` raises and lowers hits, never excludes.

    `years` are those asked for. `periods` are the months, quarters and days asked for, in ISO 8601
    (`corpus.language.periods`). `names` are titles in 《》, document numbers and Latin names. `aim` is whether a goal or a
    result is asked for, `kind` the kind of thing that answers. Of a question for the latest state of a thing, `newest` is
    set and `question` leaves out the words that say so. `whole_country` is whether all of China is asked of. `numbers` are document numbers ("国发〔2024〕17号"), `provision` is
    the 条 of a rule that is asked for ("第十二条第二款").
    """

    question: str
    newest: bool = False
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

    @property
    def asked(self) -> list[Period]:
        """The stretches of time asked for: `periods`, else `years` with those side by side as one."""
        if self.periods:
            return [Period.parse(each) for each in self.periods]
        return _joined(self.years)


def read_query(question: str, filters: Filters | None = None, today: date | None = None) -> Query:
    """A query with what the question names; "去年" and "上个月" count from `today` when it is given."""
    question = readable(question)
    day = PartialDay(today.year, today.month, today.day) if today else None
    periods = periods_in(question, day)
    plain = without_document_numbers(question)
    folded = fold(plain)
    years = set(years_of(periods)) | {int(year) for year in _BARE_YEAR.findall(folded)}
    if today is not None:
        for match in _RECENT_YEARS.finditer(folded):
            count = number_of(match.group(1)) or 0
            years |= set(range(today.year - count, today.year))
        periods += _weeks(folded, today)
        if _THIS_MONTH.search(folded):
            periods += periods_in("本月", day)
    parts = [period for period in periods if not period.is_whole_years]
    return Query(
        question=without_newest(question) if asks_newest(question) else question,
        newest=asks_newest(question),
        kind=kind_of(question),
        aim=aim_of(question),
        years=sorted(year for year in years | set(years_of(parts)) if year < _LATEST_YEAR),
        periods=[str(part) for part in dict.fromkeys(parts)],
        places=places_in(question),
        whole_country=not places_in(question) and asks_of_whole_country(question),
        names=names_in(plain),
        numbers=[
            f"{number.prefix}〔{number.year}〕{number.number}号"
            for number, _, _ in document_numbers(question)
        ],
        provision=provision_in(question),
        filters=filters or Filters(),
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
