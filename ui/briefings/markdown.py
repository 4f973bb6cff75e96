"""A briefing as Markdown."""

from __future__ import annotations

import re

from assistant.briefing.model import ArticleBrief, Briefing
from assistant.messages import message
from ui.briefings.parts import heads_of_figures, place_of, source_of

_MARKUP = re.compile(r"([\\`*_{}\[\]#|~$<>])")


def briefing_as_markdown(briefing: Briefing, language: str) -> str:
    """The briefing; what looks like markup in an article is escaped, so that it stays text."""
    blocks = [f"# {_quiet(briefing.title)}", briefing.date]
    blocks += [f"> {_quiet(note)}" for note in briefing.notes]
    if briefing.introduction:
        blocks += [f"## {message('briefing_introduction', language)}", _quiet(briefing.introduction)]
    for article in briefing.articles:
        blocks += _article(article, language)
    sources = "\n".join(
        f"{number}. {_quiet(source_of(article))}" for number, article in enumerate(briefing.articles, start=1)
    )
    blocks += [f"## {message('briefing_sources', language)}", sources]
    return "\n\n".join(blocks) + "\n"


def _article(article: ArticleBrief, language: str) -> list[str]:
    about = " · ".join(part for part in (article.date, article.source) if part)
    blocks = [f"## {_quiet(article.title)}", *([_quiet(about)] if about else [])]
    lines = [
        f"- {_quiet(each.quote)} \\[{each.n}\\]"
        + (f"（{_quiet(place)}）" if (place := place_of(each, language)) else "")
        for each in article.sentences
    ]
    blocks.append("\n".join(lines) or message("briefing_nothing_told", language))
    if article.figures:
        rows = [heads_of_figures(language), ["---"] * 3]
        rows += [[_quiet(each.measure), _quiet(each.value), _quiet(each.period)] for each in article.figures]
        blocks += [
            f"### {message('briefing_figures', language)}",
            "\n".join(f"| {' | '.join(row)} |" for row in rows),
        ]
    return blocks


def _quiet(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


__all__ = ["briefing_as_markdown"]
