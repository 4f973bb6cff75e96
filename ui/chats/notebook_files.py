"""A notebook as Markdown and as a Word document: each passage with its source, its dates and one's own note."""

from __future__ import annotations

from collections.abc import Set

from assistant.messages import message
from ui.chats.notebook import Note, Passage
from ui.files import document_bytes, markdown_text, word_document, xml_text


def notebook_as_markdown(notes: list[Note], seen: Set[str], language: str) -> str:
    """The notes in order; a passage of an article that is not among the `seen` is not in it."""
    blocks = [f"# {message('page_tab_notebook', language)}"]
    for number, note in enumerate(notes, 1):
        if note.passage.article in seen:
            blocks.append(f"## {number}. {markdown_text(note.passage.title)}")
            blocks.append("\n>\n".join(f"> {markdown_text(line)}" for line in _lines(note.passage.quote)))
            blocks.append(markdown_text(about(note.passage)))
        else:
            blocks.append(f"## {number}.")
            blocks.append(message("not_readable", language))
        if note.text:
            blocks.append(f"**{message('note_own', language)}**")
            blocks += [markdown_text(line) for line in _lines(note.text)]
        blocks.append(message("note_added", language, day=note.added[:10]))
    return "\n\n".join(blocks) + "\n"


def notebook_as_docx(notes: list[Note], seen: Set[str], language: str) -> bytes:
    """As `notebook_as_markdown`, for Word."""
    document = word_document(message("page_tab_notebook", language))
    for number, note in enumerate(notes, 1):
        is_seen = note.passage.article in seen
        document.add_heading(xml_text(f"{number}. {note.passage.title}" if is_seen else f"{number}."), 1)
        if is_seen:
            for line in _lines(note.passage.quote):
                document.add_paragraph(xml_text(line), style="Quote")
            document.add_paragraph(xml_text(about(note.passage)))
        else:
            document.add_paragraph(message("not_readable", language))
        if note.text:
            document.add_paragraph().add_run(message("note_own", language)).bold = True
            for line in _lines(note.text):
                document.add_paragraph(xml_text(line))
        document.add_paragraph(message("note_added", language, day=note.added[:10]))
    return document_bytes(document)


def about(passage: Passage) -> str:
    """Title, place in it, date, source and address."""
    parts = [f"《{passage.title}》", passage.section, passage.date, passage.source, passage.url]
    return "，".join(part for part in parts if part)


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
