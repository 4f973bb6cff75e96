"""The periods of passages of the real articles against labels set by hand (docs/corpus.md tells the rules).

`time_labels.jsonl` holds no text: a passage is found by the hash of its first characters, white space left out.
`periods` must all be told, `allowed` may be; the article's own day may always be.
"""

import hashlib
import json
from pathlib import Path

import pytest

from corpus.language.periods import Period
from corpus.language.times import years_of
from corpus.load import find_files, read_articles
from corpus.model import Article
from corpus.time_reader import TimeReader

_LABELS = Path(__file__).parent / "time_labels.jsonl"
_ARTICLES = Path(__file__).parents[3] / "shared" / "articles"


def _hash(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def _parts(periods: list[Period]) -> set[Period]:
    return {period for period in periods if not period.is_whole_years}


def _is_right(told: list[Period], label: dict, article: Article) -> bool:
    wanted = [Period.parse(each) for each in label["periods"]]
    allowed = wanted + [Period.parse(each) for each in label["allowed"]]
    own_day = [Period.parse(article.date)] if len(article.date) == 10 else []
    years = set(years_of(told))
    return (
        set(years_of(wanted)) <= years <= set(years_of(allowed))
        and _parts(wanted) <= _parts(told) <= _parts(allowed + own_day)
        and bool(told or not label["allowed"] or label["periods"])
    )


def _told(article: Article, label: dict) -> list[Period] | None:
    places = [place for place, character in enumerate(article.text) if not character.isspace()]
    squashed = "".join(article.text.split())
    size = label["begins_length"]
    for start in range(len(squashed) - size + 1):
        if _hash(squashed[start : start + size], 16) == label["begins"]:
            begin, end = places[start], places[min(start + label["length"], len(places)) - 1] + 1
            reader = TimeReader(article)
            told = [
                period
                for section in article.sections
                if section.start < end and begin < section.end
                for period in reader.of_span(section, max(begin, section.start), min(end, section.end))
            ]
            return list(dict.fromkeys(told))
    return None


@pytest.mark.skipif(not _ARTICLES.exists(), reason="the real articles are not here")
def test_periods_of_passages_that_were_read_by_hand() -> None:
    labels = [json.loads(line) for line in _LABELS.read_text(encoding="utf-8").splitlines()]
    articles: dict[tuple[str, str], Article] = {}
    for file in find_files([_ARTICLES]):
        for article in read_articles(file):
            if isinstance(article, Article):
                articles.setdefault((file.name, _hash(article.title, 10)), article)
    right, wrong, lost = 0, [], []
    for label in labels:
        article = articles.get((label["file"], label["title"]))
        told = _told(article, label) if article else None
        if article is None or told is None:
            lost.append(label)
        elif _is_right(told, label, article):
            right += 1
        else:
            wrong.append((article.title, label["periods"], [str(period) for period in told]))
    assert right + len(wrong) >= 195  # a label names an article by its title: a better title loses it
    assert right / (right + len(wrong)) >= 0.92, f"{right} right, {len(lost)} not found, wrong: {wrong}"
