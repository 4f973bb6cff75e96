"""Keyword search over the catalogue's words: BM25 of SQLite's FTS5, within what may be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from index.database import Database
from index.query import Filters

_TITLE_WEIGHT, _HEADING_WEIGHT, _BODY_WEIGHT, _YEARS_WEIGHT = 0.5, 1.0, 1.0, 0.0
_RANKED_AT_LEAST = 5_000
_RANKED_SHARE = 0.05
_REQUIRED_AT_LEAST = 3


class KeywordSearch:
    """Ranks passages by the words that they hold.

    `counts` gives the number of articles and passages, `passages_with` in how many passages a word occurs, `hidden` SQL for
    the articles that may not be seen with its parameters, or None.
    """

    def __init__(
        self,
        database: Database,
        counts: Callable[[], tuple[int, int]],
        passages_with: Callable[[str], int],
        hidden: Callable[[list[str] | None], tuple[str, list[str]] | None],
    ) -> None:
        self._database = database
        self._counts = counts
        self._passages_with = passages_with
        self._hidden = hidden

    def search(
        self, question_words: list[str], filters: Filters, years: list[int], most: int
    ) -> list[tuple[str, float]]:
        """Ids of the passages that hold most of the words, with BM25 (higher is better), best first.

        `years` keeps only passages that speak of one of them. In a large index a passage must hold one of the
        rarer words, and the common ones add to its score; where that finds fewer than `most`, any word does.
        """
        question_words = _quotable(question_words)
        if not question_words:
            return []
        telling, required = self._telling_words(question_words)
        found = self._ranked_passages(telling, required, filters, years, most)
        if len(found) < most and len(required) < len(question_words):
            found = self._ranked_passages(question_words, question_words, filters, years, most)
        return found

    def holding_all(self, groups: list[list[str]], filters: Filters, most: int) -> list[tuple[str, str]]:
        """Ids of the passages that hold a word of every group, each with its article's date, the best by BM25 first.

        A word of several parts, "集成 电路", is a phrase.
        """
        quoted = [each for group in groups if (each := _quotable(group))]
        if not quoted:
            return []
        condition, parameters = filter_condition(filters)
        if hidden := self._hidden(filters.collections):
            condition += f" AND a.id NOT IN ({hidden[0]})"
            parameters += hidden[1]
        return self._database.rows(
            "SELECT p.id, a.date FROM passage_words w JOIN passages p ON p.number = w.rowid "
            f"JOIN articles a ON a.id = p.article_id WHERE passage_words MATCH ? {condition} "
            "ORDER BY bm25(passage_words, ?, ?, ?, ?), w.rowid LIMIT ?",
            [
                " AND ".join(f"({_any_of(group)})" for group in quoted), *parameters,
                _TITLE_WEIGHT, _HEADING_WEIGHT, _BODY_WEIGHT, _YEARS_WEIGHT, most,
            ],
        )  # fmt: skip

    def _telling_words(self, question_words: list[str]) -> tuple[list[str], list[str]]:
        """The words that bear on the ranking, and those of them that a passage must hold one of.

        Ranking takes time for every passage that holds a required word, so words are required from the rarest on
        as long as no more than `_RANKED_SHARE` of the passages hold them, and at least `_REQUIRED_AT_LEAST` that occur.
        What that leaves out holds common words only and hardly ever reaches the first forty. FTS5 gives no weight to a word that half of the passages hold.
        """
        count = {word: self._passages_with(word) for word in question_words}
        if sum(count.values()) <= _RANKED_AT_LEAST:
            return question_words, question_words
        _, passages = self._counts()
        from_rare = sorted(question_words, key=lambda word: count[word])
        telling = [word for word in from_rare if 2 * count[word] < passages]
        if not any(count[word] for word in telling):
            telling = from_rare
        most = max(_RANKED_AT_LEAST, int(_RANKED_SHARE * passages))
        required: list[str] = []
        for word in telling:
            held = [count[each] for each in [*required, word] if count[each]]
            if len(held) > _REQUIRED_AT_LEAST and sum(held) > most:
                break
            required.append(word)
        return telling, required

    def _ranked_passages(
        self, telling: list[str], required: list[str], filters: Filters, years: list[int], most: int
    ) -> list[tuple[str, float]]:
        """Ids and BM25 over `telling` of the passages that hold one of `required`, best first."""
        expression, times = _expression(telling, required)
        match = f"({expression}) AND ({_any_of(map(year_word, years))})" if years else expression
        condition, parameters = filter_condition(filters)
        # Most rows are ranked away, so nothing else is looked up for them unless a filter asks for their article.
        joined = (
            "JOIN passages p ON p.number = w.rowid JOIN articles a ON a.id = p.article_id"
            if condition
            else ""
        )
        if hidden := self._hidden(filters.collections):
            condition += (
                f" AND w.rowid NOT IN (SELECT number FROM passages WHERE article_id IN ({hidden[0]}))"
            )
            parameters += hidden[1]
        rows = self._database.rows(
            "SELECT passages.id, best.score FROM ("
            "SELECT w.rowid AS number, -bm25(passage_words, ?, ?, ?, ?) AS score "
            f"FROM passage_words w {joined} WHERE passage_words MATCH ? {condition} "
            "ORDER BY score DESC, w.rowid LIMIT ?"
            ") best JOIN passages ON passages.number = best.number ORDER BY best.score DESC, best.number",
            [_TITLE_WEIGHT, _HEADING_WEIGHT, _BODY_WEIGHT, _YEARS_WEIGHT, match, *parameters, most],
        )
        return [(id_, score / times) for id_, score in rows]


def _expression(telling: list[str], required: list[str]) -> tuple[str, int]:
    """An FTS5 expression for passages with one of `required`, and how many times BM25 over `telling` it scores.

    BM25 adds up every phrase of the expression. Required words stand in it once to be required and once to be
    ranked; the others stand in it twice as well, so that all scores are doubled alike.
    """
    common = [word for word in telling if word not in required]
    if not common:
        return _any_of(required), 1
    return f"({_any_of(required)}) AND ({_any_of([*required, *common, *common])})", 2


def _any_of(question_words: Iterable[str]) -> str:
    return " OR ".join(f'"{word}"' for word in question_words)


def year_word(year: int) -> str:
    """What stands for a year in the column `years`: the full-width letter is in no word of a text, which are folded.

    So the words of a question need not be kept to the other columns, which takes FTS5 a fifth of the time.
    """
    return f"ｙ{year}"


def _quotable(question_words: list[str]) -> list[str]:
    return [word.replace('"', "") for word in question_words if word.strip('"')]


def filter_condition(filters: Filters) -> tuple[str, list[object]]:
    """Conditions on `articles a` that sources, regions and years set, to be put after another, with their parameters."""
    clauses: list[str] = []
    parameters: list[object] = []
    for column, values in (("source", filters.sources), ("region", filters.regions)):
        if values:
            clauses.append(f"AND a.{column} IN ({', '.join('?' * len(values))})")
            parameters += values
    if filters.years:
        clauses.append(f"AND substr(a.date, 1, 4) IN ({', '.join('?' * len(filters.years))})")
        parameters += [str(year) for year in filters.years]
    return " ".join(clauses), parameters
