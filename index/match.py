"""How well a hit fits the time and the place that a query asks for."""

from __future__ import annotations

from corpus.language.nations import tells_of_country
from corpus.language.periods import Period, likeness
from corpus.language.places import places_in, province_of, same_place
from index.aim import Aim
from index.hit import ArticleInfo, Hit
from index.query import Query

_LENGTH_OF_A_DAY = len("2026-03-05")
_HALF = 0.5
_JUST_AFTER = 0.3


def time_match(query: Query, hit: Hit) -> float:
    """1 when the passage speaks of what is asked, -1 when only of other years, 0 when nothing is asked or known.

    A passage of the asked year that speaks only of other months than the asked ones counts as unknown.
    """
    of_year = _year_match(query.years, hit)
    if not query.periods or of_year < 0:
        return of_year
    asked = query.asked
    told = [period for each in hit.passage.periods if not (period := Period.parse(each)).is_whole_years]
    published = _day_of(hit.article)
    if not told and published is not None:
        told = [published]
    if likeness(asked, told) > 0:
        return 1.0
    return 0.0 if told else min(of_year, _HALF)


def _year_match(years: list[int], hit: Hit) -> float:
    if not years:
        return 0.0
    spoken = hit.passage.years
    if set(years) & set(spoken):
        return 1.0
    if spoken:
        return -1.0
    published = hit.article.year
    if published is None:
        return 0.0
    return _JUST_AFTER if any(published - year in (0, 1) for year in years) else -1.0


def time_likeness(query: Query, hit: Hit) -> float:
    """How exactly the passage's periods are the asked ones, 0 to 1: a passage on one month is not one on the year."""
    if not query.asked:
        return 0.0
    return likeness(query.asked, [Period.parse(each) for each in hit.passage.periods])


def day_match(query: Query, hit: Hit) -> float:
    """Share of the article's day, month or year of publication that lies in the months or days asked for."""
    published = _published(hit.article)
    if published is None or not query.periods:
        return 0.0
    return max(asked.shared_days(published) for asked in query.asked) / published.days


def told_in_time(query: Query, hit: Hit) -> float:
    """1 where the article is of the time in which such a thing is told, -1 where it is not, 0 where that is unknown.

    A result is told after the asked time has ended, a goal before that; the sooner the surer.
    """
    published = _published(hit.article)
    if published is None or not query.asked or query.aim is Aim.ANY:
        return 0.0
    ends = max(asked.last for asked in query.asked)
    after = published.last > ends
    if query.aim is Aim.GOAL:
        return -1.0 if after else 1.0
    if not after:
        return -1.0
    years_late = published.first.year - ends.year
    return 1.0 if years_late <= 1 else _HALF / years_late


def place_match(query: Query, hit: Hit) -> float:
    """Share of the asked places the hit is about, minus one when it is about other places only."""
    places = query.places
    if query.whole_country and tells_of_part_only(hit.article, [*hit.passage.heading_path, hit.passage.text]):
        return -1.0
    if not places:
        return 0.0
    told = places_of(hit.article, [*hit.passage.heading_path, hit.passage.text])
    if not told:
        return 0.0
    matched = sum(any(same_place(asked, place) for place in told) for asked in places)
    return matched / len(places) if matched else -1.0


def tells_of_part_only(article: ArticleInfo, texts: list[str]) -> bool:
    """Whether texts of an article whose title names a place in China do not name the country as a whole.

    "全年粮食产量" in the bulletin of a city is the city's.
    """
    return bool(places_in(article.title)) and not any(tells_of_country(text) for text in texts)


def places_of(article: ArticleInfo, texts: list[str]) -> list[str]:
    """Places that a passage is about: its own, else those of its article."""
    own = [place for text in texts for place in places_in(text)]
    return own or [*places_in(article.title), *([article.region] if province_of(article.region) else [])]


def _published(article: ArticleInfo) -> Period | None:
    return Period.parse(article.date) if article.date else None


def _day_of(article: ArticleInfo) -> Period | None:
    return _published(article) if len(article.date) == _LENGTH_OF_A_DAY else None
