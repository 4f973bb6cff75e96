"""How much of anything may be sent: named bounds, and the checks that every edge calls before it works on what came.

The question's own bound is the setting `longest_question`, an upload's `upload_megabytes`; all others stand here. What is
over a bound is a `Problem` whose words name the field, the bound and what was sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sized
from typing import TYPE_CHECKING

from corpus.language.normalize import readable
from corpus.partial_date import is_partial_date
from corpus.problem import Problem

if TYPE_CHECKING:
    from assistant.model import Turn
    from index.query import Filters

TURNS = 20
"""Turns of a chat that are sent with a question."""
TURN_CHARACTERS = 20_000
"""Characters of one turn: its questions, its answer and the titles that it quoted."""
HISTORY_CHARACTERS = 100_000
"""Characters of all turns together."""
MESSAGES = 1000
"""Messages of a conversation in OpenAI's form."""
MESSAGES_CHARACTERS = 500_000
"""Characters of such a conversation together; of them the last turns are read."""
TITLES = 50
"""Titles of articles that a turn names."""
FILTER_VALUES = 100
"""Values of one filter."""
FILTER_CHARACTERS = 200
"""Characters of one value of a filter."""
CHOSEN_ARTICLES = 500
"""Articles that a question may be asked of one by one; more are a collection's or a folder's."""
FIRST_YEAR, LAST_YEAR = 1, 9999
"""Years that a filter may name; those of the calendar that dates are kept in."""
NAME_CHARACTERS = 200
"""Characters of the name or id of anything: an eval set, a run, a chat, an article, a person, a model."""
CHAT_TITLE_CHARACTERS = 120
"""Characters of the name that a person gives a chat."""
SEARCH_CHARACTERS = 200
"""Characters that lists of chats and articles are searched for."""
NOTE_CHARACTERS = 2000
"""Characters of what a person writes about an answer."""
FIELD_CHARACTERS = 1000
"""Characters of a field of an article or of the settings: a title, an address, a path."""
POSITION = 2**53
"""Positions in a text and numbers of pages; the greatest that every JSON reader holds exactly."""
BODY_BYTES = 2 * 1024 * 1024
"""Bytes of a request's body that is no upload; history and filters in full fit several times."""
FORM_BYTES = 8192
"""Bytes of the log-in form, which is read before anybody is known."""
UPLOADS_AT_ONCE = 20
"""Uploads of the largest size that one request may hold."""

TOO_LARGE = frozenset(["limit_bytes", "limit_in_all"])
"""Codes of what is too large as a whole; all other limits are about one field's value."""
CODES = frozenset(["limit_characters", "limit_items", "limit_number", *TOO_LARGE])


def check_text(field: str, text: str, most: int) -> str:
    """A text that has at most `most` characters.

    Raises:
        Problem: `limit_characters`.
    """
    if len(text) > most:
        raise Problem("limit_characters", field=field, most=most, given=len(text))
    return text


def check_count(field: str, values: Sized, most: int) -> None:
    """Check that there are at most `most` values.

    Raises:
        Problem: `limit_items`.
    """
    if len(values) > most:
        raise Problem("limit_items", field=field, most=most, given=len(values))


def check_number(field: str, number: int, least: int, most: int) -> int:
    """A number from `least` to `most`.

    Raises:
        Problem: `limit_number`.
    """
    if not least <= number <= most:
        raise Problem("limit_number", field=field, least=least, most=most)
    return number


def check_in_all(field: str, length: int, most: int) -> None:
    """Check that texts have at most `most` characters together.

    Raises:
        Problem: `limit_in_all`.
    """
    if length > most:
        raise Problem("limit_in_all", field=field, most=most, given=length)


def check_question(question: str, longest: int) -> str:
    """A question without what cannot be read; asked before anything is looked at, the index included.

    Args:
        longest: The setting `longest_question`.

    Raises:
        Problem: `empty_question` or `question_too_long`.
    """
    question = readable(question).strip()
    if not question:
        raise Problem("empty_question")
    if len(question) > longest:
        raise Problem("question_too_long", length=len(question), most=longest)
    return question


def check_history(history: list[Turn], field: str = "history") -> None:
    """Check the turns that come with a question: how many, how long each, how long together.

    Raises:
        Problem: `limit_items`, `limit_characters` or `limit_in_all`.
    """
    check_count(field, history, TURNS)
    in_all = 0
    for number, turn in enumerate(history):
        check_count(f"{field}[{number}].titles", turn.titles, TITLES)
        check_count(f"{field}[{number}].articles", turn.articles, TITLES)
        parts = {"question": turn.question, "standalone_question": turn.standalone_question}
        for name, text in {
            **parts,
            "answer": turn.answer,
            "short_answer": turn.short_answer,
            "titles": "".join(turn.titles),
            "articles": "".join(turn.articles),
        }.items():
            check_text(f"{field}[{number}].{name}", text, TURN_CHARACTERS)
            in_all += len(text)
    check_in_all(field, in_all, HISTORY_CHARACTERS)


def check_filters(filters: Filters, field: str = "filters") -> None:
    """Check what a person filters by: how many values, how long each, and years and days that there may be.

    Raises:
        Problem: `limit_items`, `limit_characters`, `limit_number`, `filter_no_date` or `filter_dates_crossed`.
    """
    texts = {
        "regions": filters.regions,
        "sources": filters.sources,
        "kinds": filters.kinds,
        "collections": filters.collections or [],
        "within_collections": filters.within_collections,
        "within_folders": filters.within_folders,
    }
    check_count(f"{field}.articles", filters.articles or (), CHOSEN_ARTICLES)
    check_count(f"{field}.years", filters.years, FILTER_VALUES)
    for name, values in texts.items():
        check_count(f"{field}.{name}", values, FILTER_VALUES)
    for number, year in enumerate(filters.years):
        check_number(f"{field}.years[{number}]", year, FIRST_YEAR, LAST_YEAR)
    for name, words in {**texts, "articles": filters.articles or []}.items():
        _check_values(f"{field}.{name}", words)
    _check_dates(filters)


def _check_dates(filters: Filters) -> None:
    for value in (filters.since, filters.until):
        if value and not is_partial_date(value):
            raise Problem("filter_no_date", value=value[:FILTER_CHARACTERS])
    # "2025-03" to "2025" is a range that begins in the year it ends with.
    if filters.since and filters.until and filters.since > filters.until + "-99-99":
        raise Problem("filter_dates_crossed", since=filters.since, until=filters.until)


def _check_values(field: str, values: Iterable[str]) -> None:
    for number, value in enumerate(values):
        check_text(f"{field}[{number}]", value, FILTER_CHARACTERS)
