"""A briefing as Markdown."""

from __future__ import annotations

from assistant.briefing.model import ArticleBrief, Briefing
from assistant.messages import message
from ui.briefings.parts import about_article, heads_of_figures, place_of, source_of
from ui.files import markdown_table, markdown_text


def briefing_as_markdown(briefing: Briefing, language: str) -> str:
    """The briefing; what looks like markup in an article is escaped, so that it stays text."""
    blocks = [f"# {markdown_text(briefing.title)}", briefing.date]
    blocks += [f"> {markdown_text(note)}" for note in briefing.notes]
    if briefing.introduction:
        blocks += [f"## {message('briefing_introduction', language)}", markdown_text(briefing.introduction)]
    for article in briefing.articles:
        blocks += _article(article, language)
    sources = "\n".join(
        f"{number}. {markdown_text(source_of(article))}"
        for number, article in enumerate(briefing.articles, start=1)
    )
    blocks += [f"## {message('briefing_sources', language)}", sources]
    return "\n\n".join(blocks) + "\n"


def _article(article: ArticleBrief, language: str) -> list[str]:
    about = about_article(article)
    blocks = [f"## {markdown_text(article.title)}", *([markdown_text(about)] if about else [])]
    lines = [
        f"- {markdown_text(each.quote)} \\[{each.n}\\]"
        + (f"（{markdown_text(place)}）" if (place := place_of(each, language)) else "")
        for each in article.sentences
    ]
    blocks.append("\n".join(lines) or message("briefing_nothing_told", language))
    if article.figures:
        rows = [
            [markdown_text(each.measure), markdown_text(each.value), markdown_text(each.period)]
            for each in article.figures
        ]
        blocks += [
            f"### {message('briefing_figures', language)}",
            markdown_table(heads_of_figures(language), rows),
        ]
    return blocks


__all__ = ["briefing_as_markdown"]
