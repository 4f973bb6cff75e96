"""A chat, or one answer, as Markdown with footnotes, and as a Word document."""

from __future__ import annotations

import re

from assistant.checking.cited_table import holds_table
from assistant.checking.units import plain_lines
from assistant.messages import message
from assistant.model import Answer, Citation
from ui.chats.overview_files import add_overview_to_word, overview_as_markdown
from ui.chats.sources import Source, sources_of
from ui.chats.store import KeptTurn
from ui.chats.table_files import add_to_word, table_as_markdown
from ui.files import add_small_text, document_bytes, markdown_text, word_document, xml_text

_MARK = re.compile(r"\[(\d+)\]")


def chat_as_markdown(title: str, turns: list[KeptTurn], language: str) -> str:
    """The whole chat; footnotes are numbered through."""
    blocks = [f"# {markdown_text(title)}"]
    notes: list[str] = []
    for turn in turns:
        blocks.append(f"## {markdown_text(turn.question)}")
        if turn.answer is None:
            blocks.append(markdown_text(turn.draft))
            continue
        body, added = answer_as_markdown(turn.answer, language, first=len(notes) + 1)
        blocks.append(body)
        notes += added
    blocks += _sources_as_markdown(turns, language)
    return "\n\n".join([*blocks, *notes]).strip() + "\n"


def answer_as_markdown(answer: Answer, language: str, first: int = 1) -> tuple[str, list[str]]:
    """The answer with marks such as [^1], and its footnotes; numbers begin at `first`."""
    shift = first - 1
    lines = [f"> {markdown_text(note)}" for note in answer.notes]
    known = {citation.n for citation in answer.citations}

    def marked(line: str) -> str:
        parts, at = [], 0
        for mark in _MARK.finditer(line):
            number = int(mark.group(1))
            parts.append(markdown_text(line[at : mark.start()]))
            parts.append(f"[^{number + shift}]" if number in known else markdown_text(mark.group()))
            at = mark.end()
        return "".join([*parts, markdown_text(line[at:])])

    if answer.table is not None and not holds_table(answer):
        lines.append(table_as_markdown(answer.table, lambda number: f"[^{number + shift}]"))
    if answer.written:
        lines.append(_MARK.sub(lambda mark: f"[^{int(mark.group(1)) + shift}]", _without_html(answer.answer)))
    elif answer.overview is not None:
        lines += overview_as_markdown(answer.overview, lambda number: f"[^{number + shift}]")
    else:
        lines += [marked(line) for line in answer.answer.split("\n")]
    lines += [
        f"> ⚠ {markdown_text(message(flag.reason, language, detail=flag.detail))}" for flag in answer.flags
    ]
    notes = [
        f"[^{citation.n + shift}]: {markdown_text(source_line(citation))}" for citation in answer.citations
    ]
    return "\n\n".join(lines), notes


def answer_with_footnotes(answer: Answer, language: str = "zh") -> str:
    """Plain text for the clipboard: the answer with its notes and what failed a check, and a line a source."""
    flags = [f"⚠ {message(flag.reason, language, detail=flag.detail)}" for flag in answer.flags]
    sources = [f"[{citation.n}] {source_line(citation)}" for citation in answer.citations]
    return "\n".join([*answer.notes, answer.answer, *flags, "", *sources]).strip() + "\n"


def source_line(citation: Citation) -> str:
    """Title, place in it, date, source, address, and the quoted sentence."""
    about = [f"《{citation.title}》", citation.section, citation.date, citation.source, citation.url]
    return "，".join(part for part in about if part) + f"：“{' '.join(citation.quote.split())}”"


def chat_as_docx(title: str, turns: list[KeptTurn], language: str) -> bytes:
    """The chat as a Word document: questions as headings, sources as a list under each answer."""
    document = word_document(title)
    for turn in turns:
        document.add_heading(xml_text(turn.question), 1)
        answer = turn.answer
        if answer is None:
            document.add_paragraph(xml_text(turn.draft))
            continue
        if answer.table is not None and not holds_table(answer):
            add_to_word(document, answer.table)
        told = plain_lines(answer.answer) if answer.written else answer.answer.split("\n")
        for line in [*answer.notes, *([] if answer.overview else told)]:
            document.add_paragraph(xml_text(line))
        if answer.overview is not None:
            add_overview_to_word(document, answer.overview)
        for flag in answer.flags:
            document.add_paragraph(xml_text(f"⚠ {message(flag.reason, language, detail=flag.detail)}"))
        for citation in answer.citations:
            add_small_text(document.add_paragraph(), f"[{citation.n}] {source_line(citation)}")
    sources = sources_of(turns)
    if sources:
        document.add_heading(message("sources_of_chat", language), 1)
    for source in sources:
        marks = "、".join(mark.label(language) for mark in source.marks)
        document.add_paragraph(xml_text(f"{_about(source)}：{marks}"), style="List Number")
    return document_bytes(document)


def _sources_as_markdown(turns: list[KeptTurn], language: str) -> list[str]:
    """A list of the articles cited, each with all its footnotes."""
    before, first = 0, {}
    for number, turn in enumerate(turns, 1):
        first[number] = before
        before += len(turn.answer.citations) if turn.answer else 0
    lines = [
        f"- {markdown_text(_about(source))}："
        + " ".join(f"[^{first[mark.turn] + mark.citation.n}]" for mark in source.marks)
        for source in sources_of(turns)
    ]
    return [f"## {message('sources_of_chat', language)}", "\n".join(lines)] if lines else []


def _about(source: Source) -> str:
    return "，".join(part for part in (f"《{source.title}》", source.about, source.url) if part)


def _without_html(text: str) -> str:
    """Markdown of a language model without elements, links and images."""
    return re.sub(r"[<>]|\](?=\()|!(?=\[)", lambda found: "\\" + found.group(), text)
