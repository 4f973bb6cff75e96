"""HTML: the main text without menu and footer (trafilatura), with headings, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from corpus.block import Block, BlockKind, Draft
from corpus.encoding import decode
from corpus.problem import Problem
from corpus.readers.html_text import strip_html
from corpus.table import rows_with_heads

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]{0,80}encoding=["']([\w-]+)""", re.I
)
_GIVEN_DATE = re.compile(r"(?:19|20)\d{2}[-/.年]")


def read_html(file: Path) -> Iterator[Draft | Problem]:
    """The one article of a web page saved as a file."""
    yield html_draft(text_of_bytes(file.read_bytes(), file), file)


def text_of_bytes(data: bytes, file: Path) -> str:
    """The markup: in the encoding that its head names when it is right, else in the one that fits."""
    match = _CHARSET.search(data[:4096])
    if match:
        name = (match.group(1) or match.group(2)).decode("ascii").lower()
        name = "gb18030" if name in {"gb2312", "gbk"} else name
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data, file)


def html_draft(markup: str, file: Path) -> Draft:
    """The article of a page's markup.

    Raises:
        Problem: `page_without_text` when nothing but markup is there.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    document = bare_extraction(
        markup, include_tables=True, include_comments=False, with_metadata=True, favor_recall=True
    )
    if not isinstance(document, Document):
        document = Document()
    blocks = list(blocks_of_tree(document.body)) if document.body is not None else []
    if not blocks:
        lines = [line.strip() for line in strip_html(markup).split("\n")]
        blocks = [Block(BlockKind.PARAGRAPH, line) for line in lines if line]
        if not blocks:
            raise Problem("page_without_text", file=file)
        return Draft("", {}, blocks)
    fields = {}
    for name, value in (("date", document.date), ("source", document.sitename), ("url", document.url)):
        if value:
            fields[name] = str(value)
    if not _GIVEN_DATE.search(markup):
        fields.pop("date", None)
    title = (document.title or "").strip()
    if blocks[0].kind is BlockKind.HEADING and (
        not title or blocks[0].text in title or title in blocks[0].text
    ):
        title = blocks.pop(0).text
    return Draft(title, fields, blocks)


def blocks_of_tree(body: object) -> Iterator[Block]:
    """Blocks of trafilatura's simplified tree, in order."""
    for element in body.iterchildren():  # type: ignore[attr-defined]
        text = "".join(element.itertext()).strip() if element.tag != "table" else ""
        if element.tag == "head":
            level = int((element.get("rend") or "h2")[1:] or 2)
            if text:
                yield Block(BlockKind.HEADING, " ".join(text.split()), level)
        elif element.tag == "list":
            for item in element.iter("item"):
                line = " ".join("".join(item.itertext()).split())
                if line:
                    yield Block(BlockKind.ITEM, line)
        elif element.tag == "table":
            rows = [
                ["".join(cell.itertext()).strip() for cell in row.iter("cell")] for row in element.iter("row")
            ]
            for line in rows_with_heads(rows):
                yield Block(BlockKind.TABLE_ROW, line)
        else:
            for line in text.split("\n"):
                if line.strip():
                    yield Block(BlockKind.PARAGRAPH, line.strip())
