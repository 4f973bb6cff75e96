"""A chat, or one answer, as Markdown with footnotes, and as a Word document."""

from __future__ import annotations

import io
import re

from assistant.checking.cited_table import holds_table
from assistant.checking.units import plain_lines
from assistant.messages import message
from assistant.model import Answer, Citation
from ui.chats.overview_files import add_overview_to_word, overview_as_markdown
from ui.chats.store import KeptTurn
from ui.chats.table_files import add_to_word, table_as_markdown

_MARK = re.compile(r"\[(\d+)\]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]#|~$<>])")
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def chat_as_markdown(title: str, turns: list[KeptTurn], language: str) -> str:
    """The whole chat; footnotes are numbered through."""
    blocks = [f"# {_quiet(title)}"]
    notes: list[str] = []
    for turn in turns:
        blocks.append(f"## {_quiet(turn.question)}")
        if turn.answer is None:
            blocks.append(_quiet(turn.draft))
            continue
        body, added = answer_as_markdown(turn.answer, language, first=len(notes) + 1)
        blocks.append(body)
        notes += added
    return "\n\n".join([*blocks, *notes]).strip() + "\n"


def answer_as_markdown(answer: Answer, language: str, first: int = 1) -> tuple[str, list[str]]:
    """The answer with marks such as [^1], and its footnotes; numbers begin at `first`."""
    shift = first - 1
    lines = [f"> {_quiet(note)}" for note in answer.notes]
    known = {citation.n for citation in answer.citations}

    def marked(line: str) -> str:
        parts, at = [], 0
        for mark in _MARK.finditer(line):
            number = int(mark.group(1))
            parts.append(_quiet(line[at : mark.start()]))
            parts.append(f"[^{number + shift}]" if number in known else _quiet(mark.group()))
            at = mark.end()
        return "".join([*parts, _quiet(line[at:])])

    if answer.table is not None and not holds_table(answer):
        lines.append(table_as_markdown(answer.table, _quiet, lambda number: f"[^{number + shift}]"))
    if answer.written:
        lines.append(_MARK.sub(lambda mark: f"[^{int(mark.group(1)) + shift}]", _without_html(answer.answer)))
    elif answer.overview is not None:
        lines += overview_as_markdown(answer.overview, _quiet, lambda number: f"[^{number + shift}]")
    else:
        lines += [marked(line) for line in answer.answer.split("\n")]
    lines += [f"> ⚠ {_quiet(message(flag.reason, language, detail=flag.detail))}" for flag in answer.flags]
    notes = [f"[^{citation.n + shift}]: {_quiet(source_line(citation))}" for citation in answer.citations]
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
    from docx import Document
    from docx.shared import Pt

    document = Document()
    document.core_properties.title = _writable(title)
    document.core_properties.author = ""
    document.add_heading(_writable(title), 0)
    for turn in turns:
        document.add_heading(_writable(turn.question), 1)
        answer = turn.answer
        if answer is None:
            document.add_paragraph(_writable(turn.draft))
            continue
        if answer.table is not None and not holds_table(answer):
            add_to_word(document, answer.table)
        told = plain_lines(answer.answer) if answer.written else answer.answer.split("\n")
        for line in [*answer.notes, *([] if answer.overview else told)]:
            document.add_paragraph(_writable(line))
        if answer.overview is not None:
            add_overview_to_word(document, answer.overview, _writable)
        for flag in answer.flags:
            document.add_paragraph(_writable(f"⚠ {message(flag.reason, language, detail=flag.detail)}"))
        for citation in answer.citations:
            run = document.add_paragraph().add_run(_writable(f"[{citation.n}] {source_line(citation)}"))
            run.font.size = Pt(9)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _without_html(text: str) -> str:
    """Markdown of a language model without elements, links and images."""
    return re.sub(r"[<>]|\](?=\()|!(?=\[)", lambda found: "\\" + found.group(), text)


def _quiet(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def _writable(text: str) -> str:
    """Without what XML cannot hold."""
    return _NOT_IN_XML.sub("", text)
