"""A briefing as a Word document."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from assistant.briefing.model import ArticleBrief, Briefing
from assistant.messages import message
from ui.briefings.parts import heads_of_figures, place_of, source_of

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.run import Run

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SMALL = 9


def briefing_as_docx(briefing: Briefing, language: str) -> bytes:
    """The briefing: a heading an article, its sentences as a list, its figures as a table, the sources at the end."""
    import docx

    document = docx.Document()
    document.core_properties.title = _writable(briefing.title)
    document.core_properties.author = ""
    document.add_heading(_writable(briefing.title), 0)
    document.add_paragraph(briefing.date)
    for note in briefing.notes:
        _small(document, note)
    if briefing.introduction:
        document.add_heading(message("briefing_introduction", language), 1)
        document.add_paragraph(_writable(briefing.introduction))
    for article in briefing.articles:
        _add_article(document, article, language)
    document.add_heading(message("briefing_sources", language), 1)
    for article in briefing.articles:
        document.add_paragraph(_writable(source_of(article)), style="List Number")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_article(document: Document, article: ArticleBrief, language: str) -> None:
    document.add_heading(_writable(article.title), 1)
    if about := " · ".join(part for part in (article.date, article.source) if part):
        _small(document, about)
    for each in article.sentences:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(_writable(f"{' '.join(each.quote.split())} [{each.n}]"))
        if place := place_of(each, language):
            _run_small(paragraph.add_run(_writable(f"（{place}）")))
    if not article.sentences:
        document.add_paragraph(message("briefing_nothing_told", language))
    if article.figures:
        document.add_heading(message("briefing_figures", language), 2)
        rows = [heads_of_figures(language)]
        rows += [[each.measure, each.value, each.period] for each in article.figures]
        table = document.add_table(rows=0, cols=3, style="Table Grid")
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = _writable(text)


def _small(document: Document, text: str) -> None:
    _run_small(document.add_paragraph().add_run(_writable(text)))


def _run_small(run: Run) -> None:
    from docx.shared import Pt

    run.font.size = Pt(_SMALL)


def _writable(text: str) -> str:
    """Without what XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


__all__ = ["briefing_as_docx"]
