"""A briefing as a Word document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.briefing.model import ArticleBrief, Briefing
from assistant.messages import message
from ui.briefings.parts import about_article, heads_of_figures, place_of, source_of
from ui.files import add_small_text, add_table, document_bytes, word_document, xml_text

if TYPE_CHECKING:
    from docx.document import Document


def briefing_as_docx(briefing: Briefing, language: str) -> bytes:
    """The briefing: a heading an article, its sentences as a list, its figures as a table, the sources at the end."""
    document = word_document(briefing.title)
    document.add_paragraph(briefing.date)
    for note in briefing.notes:
        add_small_text(document.add_paragraph(), note)
    if briefing.introduction:
        document.add_heading(message("briefing_introduction", language), 1)
        document.add_paragraph(xml_text(briefing.introduction))
    for article in briefing.articles:
        _add_article(document, article, language)
    document.add_heading(message("briefing_sources", language), 1)
    for article in briefing.articles:
        document.add_paragraph(xml_text(source_of(article)), style="List Number")
    return document_bytes(document)


def _add_article(document: Document, article: ArticleBrief, language: str) -> None:
    document.add_heading(xml_text(article.title), 1)
    if about := about_article(article):
        add_small_text(document.add_paragraph(), about)
    for each in article.sentences:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(xml_text(f"{' '.join(each.quote.split())} [{each.n}]"))
        if place := place_of(each, language):
            add_small_text(paragraph, f"（{place}）")
    if not article.sentences:
        document.add_paragraph(message("briefing_nothing_told", language))
    if article.figures:
        document.add_heading(message("briefing_figures", language), 2)
        rows = [heads_of_figures(language)]
        rows += [[each.measure, each.value, each.period] for each in article.figures]
        add_table(document, rows)


__all__ = ["briefing_as_docx"]
