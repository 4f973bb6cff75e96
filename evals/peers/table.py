"""The tables of a comparison, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from evals.corpora import Totals
from evals.metrics.intervals import Estimate, difference, estimate
from evals.peers.kept import Measured, Row
from evals.peers.ours import ANSWER, SEARCH
from evals.peers.systems.names import PEERS
from evals.peers.threshold import has_scores, with_threshold

Figures = Mapping[str, Mapping[str, Measured]]
_TITLES = {ANSWER: "this program, answer", SEARCH: "this program, search"}
_SHARES = ("first", "within", "facts_first", "facts_within")
_OF_TOTALS = ("facts", "cited", "refused_right", "refused_wrong")
_MEGABYTE = 1e6


def tables(figures: Figures, totals: Mapping[str, Totals], sizes: Mapping[str, Any]) -> str:
    """All tables, with a heading each."""
    return "\n\n".join(
        f"{title}\n\n" + "\n".join(lines)
        for title, lines in (
            ("All corpora, a question counts the same:", list(_all(figures))),
            (
                "The right passage first / within 5, by corpus:",
                list(_by_corpus(figures, ("first", "within"))),
            ),
            (
                "Facts held by the first passage / the first five, by corpus:",
                list(_by_corpus(figures, _SHARES[2:])),
            ),
            ("This program's search less the other:", list(_differences(figures))),
            ("Refusing:", list(_refusing(figures))),
            ("CPU seconds and disk:", list(_costs(figures, sizes))),
            ("This program, as `assistant evals corpora` counts:", list(_of_totals(totals))),
        )
        if len(lines) > 2
    )


def title_of(system: str) -> str:
    """What a program is called in tables."""
    return _TITLES.get(system) or PEERS[system].title


def _all(figures: Figures) -> Iterator[str]:
    yield from _head(
        "",
        "right passage first",
        "within 5",
        "facts in the first",
        "in the first five",
        "characters of the first",
    )
    for system, by_corpus in figures.items():
        cells = [_interval(_values(by_corpus, name)) for name in _SHARES]
        characters = _values(by_corpus, "characters")
        yield _line(title_of(system), *cells, f"{np.mean(characters):.0f}" if len(characters) else "")


def _by_corpus(figures: Figures, names: Sequence[str]) -> Iterator[str]:
    corpora = list(next(iter(figures.values()), {}))
    yield from _head("", *corpora)
    for system, by_corpus in figures.items():
        cells = []
        for measured in by_corpus.values():
            values = [_values({"": measured}, name) for name in names]
            cells.append(" / ".join(_share(float(each.mean())) if len(each) else "–" for each in values))
        yield _line(title_of(system), *cells)


def _differences(figures: Figures) -> Iterator[str]:
    """With `*` where it is more than noise."""
    yield from _head("", *("right passage first", "within 5", "facts in the first", "in the first five"))
    for system, by_corpus in figures.items():
        if SEARCH not in figures or system in _TITLES:
            continue
        cells = []
        for name in _SHARES:
            found = difference(_values(by_corpus, name), _values(figures[SEARCH], name))
            mark = "*" if found.more_than_noise else ""
            cells.append(f"{_signed(found.value)}{mark} ({_signed(found.low)} to {_signed(found.high)})")
        yield _line(title_of(system), *cells)


def _refusing(figures: Figures) -> Iterator[str]:
    yield from _head("", "absent, refused", "wrongly refused", "facts in what is shown")
    price = 0.0
    if ANSWER in figures:
        values = [_values(figures[ANSWER], name) for name in ("answered", "refused", "facts_first")]
        price = float(values[1].mean())
        yield _line(title_of(ANSWER), _interval(1 - values[0]), *map(_interval, values[1:]))
    for system, by_corpus in figures.items():
        if system in _TITLES:
            continue
        answered = _values(by_corpus, "answered")
        yield _line(
            title_of(system), _interval(1 - answered), "0", _interval(_values(by_corpus, "facts_first"))
        )
        if has_scores(by_corpus) and price:
            tried = with_threshold(by_corpus, price)
            cells = [_interval(np.array(tried[name])) for name in ("refused_right", "refused_wrong", "facts")]
            yield _line(f"{title_of(system)}, with a threshold set on the other corpora", *cells)


def _costs(figures: Figures, sizes: Mapping[str, Any]) -> Iterator[str]:
    yield from _head(
        "", "CPU s a question", "characters taken in a CPU s", "passages", "files not read", "installed, MB"
    )
    for system, by_corpus in figures.items():
        seconds = [row.seconds for row in _rows(by_corpus) if row.seconds is not None]
        taken = list(by_corpus.values())
        spent = [(each.characters, each.ingest_seconds) for each in taken if each.ingest_seconds is not None]
        size = sizes.get(system)
        yield _line(
            title_of(system),
            f"{np.mean(seconds):.3f}" if seconds else "",
            f"{sum(one for one, _ in spent) / sum(each for _, each in spent):,.0f}" if spent else "",
            f"{sum(each.passages for each in taken):,}",
            str(sum(len(each.not_read) for each in taken)),
            f"{size / _MEGABYTE:,.0f}" if size else "",
        )


def _of_totals(totals: Mapping[str, Totals]) -> Iterator[str]:
    yield from _head("", "facts", "cited", "absent refused", "wrongly refused")
    for corpus, each in totals.items():
        found = [each.measures.get(name) for name in _OF_TOTALS]
        yield _line(corpus, *(_with_ends(one) if one else "–" for one in found))


def _rows(by_corpus: Mapping[str, Measured]) -> list[Row]:
    return [row for measured in by_corpus.values() for row in measured.rows]


def _values(by_corpus: Mapping[str, Measured], name: str) -> np.ndarray:
    return np.array([row.values[name] for row in _rows(by_corpus) if name in row.values])


def _interval(values: np.ndarray) -> str:
    if not len(values):
        return "–"
    return _with_ends(estimate(values))


def _with_ends(found: Estimate) -> str:
    if found.low == found.high:
        return _share(found.value)
    return f"{_share(found.value)} ({_share(found.low)}–{_share(found.high)})"


def _share(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


def _signed(value: float) -> str:
    return ("+" if value >= 0 else "−") + _share(abs(value))


def _head(*cells: str) -> Iterator[str]:
    yield _line(*cells)
    yield "|" + "---|" * len(cells)


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |".replace("|  |", "| |")
