"""HTML: the main text of a page with its headings, lists and tables; what stands around it tells title, date and source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html

from corpus.block import Block, BlockKind, Draft
from corpus.encoding import decode
from corpus.furniture import is_page_word
from corpus.labels import read_labels
from corpus.language.normalize import clean_line
from corpus.problem import Problem
from corpus.readers.html_text import strip_html
from corpus.readers.html_tree import Line, data_tables, lines_of, main_region, running_length, tree_of

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]{0,80}encoding=["']([\w-]+)""", re.I
)
_META_FIELDS = {
    "articletitle": "title_meta", "og:title": "title_og", "twitter:title": "title_og", "title": "title_meta",
    "pubdate": "published", "publishdate": "published", "firstpublishedtime": "published",
    "article:published_time": "published", "og:release_date": "published", "datepublished": "published",
    "contentsource": "source", "og:url": "url",
}  # fmt: skip
"""Name of an element of a page's head, and the field it fills."""
_SITE_LINES_ABOVE = 80
_LINKED, _RUN_OF_LINKS = 0.8, 3
_SENTENCE = re.compile("[。；，]")
_LONE_DATE = re.compile(
    r"^\W*(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?\W*$"
)


def read_html(file: Path) -> Iterator[Draft | Problem]:
    """The one article of a web page saved as a file."""
    markup = text_of_bytes(file.read_bytes(), file)
    draft = html_draft(markup, file)
    body = tree_of(markup)
    seen = len(data_tables(body)) if body is not None else 0
    # A table element may fall into several tables, never into none.
    kept = len({id(block.table) for block in draft.blocks if block.table is not None})
    if kept < seen:
        yield Problem("page_lost_tables", file=file, kept=kept, seen=seen)
    yield draft


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
    fields = _head_fields(markup)
    body = tree_of(markup)
    if body is None or not (lines := lines_of(body)):
        blocks = [
            Block(BlockKind.PARAGRAPH, line.strip())
            for line in strip_html(markup).split("\n")
            if line.strip()
        ]
        if not blocks:
            raise Problem("page_without_text", file=file)
        return Draft("", fields, blocks)
    heads = [" ".join(each.text_content().split()) for each in body.iter("h1")]
    fields["title_h1"] = "\n".join(dict.fromkeys(head for head in heads if head))
    region = main_region(body) if running_length(body) else body
    main = lines_of(region)
    above = _above(lines, main)
    labelled = read_labels([clean_line(line.block.text) for line in above[-_SITE_LINES_ABOVE:]])
    for name, values in labelled.values.items():
        fields.setdefault("title_label" if name == "title" else name, values[0])
    return Draft("", {name: value for name, value in fields.items() if value}, _without_links(main))


def _head_fields(markup: str) -> dict[str, str]:
    """What the head of a page tells, by our names of fields."""
    fields: dict[str, str] = {}
    try:
        head = lxml.html.document_fromstring(re.split(r"<body\b", markup, maxsplit=1, flags=re.I)[0] or "<p>")
    except (lxml.etree.LxmlError, ValueError):
        return fields
    title = head.find(".//title")
    if title is not None:
        fields["title_tag"] = " ".join(title.text_content().split())
    for each in head.iter("meta"):
        name = (each.get("name") or each.get("property") or each.get("itemprop") or "").lower()
        content = " ".join((each.get("content") or "").split())
        if name in _META_FIELDS and content:
            fields.setdefault(_META_FIELDS[name], content)
    return fields


def _above(lines: list[Line], main: list[Line]) -> list[Line]:
    """The lines of a page that stand above its main region."""
    texts = [line.block.text for line in lines]
    wanted = [line.block.text for line in main[:3]]
    for start in range(len(texts)):
        if texts[start : start + len(wanted)] == wanted:
            return lines[:start]
    return []


def _without_links(lines: list[Line]) -> list[Block]:
    """The blocks of the main region without runs of links and buttons."""
    link = [
        bool(_LONE_DATE.match(line.block.text))
        if line.linked < _LINKED
        else line.linked >= _LINKED and not _SENTENCE.search(line.block.text) and line.block.table is None
        for line in lines
    ]
    kept = []
    for number, line in enumerate(lines):
        run = _run(link, number)
        if run >= _RUN_OF_LINKS or (link[number] and is_page_word(line.block.text)):
            continue
        kept.append(line.block)
    return kept


def _run(flags: list[bool], at: int) -> int:
    if not flags[at]:
        return 0
    first = last = at
    while first > 0 and flags[first - 1]:
        first -= 1
    while last + 1 < len(flags) and flags[last + 1]:
        last += 1
    return last - first + 1
