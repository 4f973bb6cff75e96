"""A page's tree as it is seen: what is hidden is gone, and its text falls into lines, list items, headings and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass

import lxml.html
from lxml.html import HtmlElement

from corpus.block import Block, BlockKind
from corpus.readers.html_table import is_layout, label_rows, tables_of
from corpus.table import table_blocks

_NEVER_SHOWN = frozenset(
    {
        "script", "style", "template", "noscript", "head", "iframe", "object", "embed", "svg", "canvas",
        "select", "option", "button", "input", "textarea", "map", "area", "audio", "video", "datalist",
        "dialog", "title", "meta", "link", "base",
    }
)  # fmt: skip
_BREAKING = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir", "div", "dl",
        "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5",
        "h6", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "noframes", "ol", "p", "pre",
        "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%|\s|;|$)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)",
    re.I,
)
_HIDDEN_CLASS = re.compile(r"(?:^|[},\s])\.([\w-]+)\s*\{[^{}]*display\s*:\s*none", re.I)
_CLOSED_EARLY = re.compile(r"</?(?:html|body)\b[^>]*>", re.I)
_SENTENCE = re.compile("[。；！？]")
_LONG_CLAUSE, _LONG_ITEM = 15, 8
_NUMBERED = re.compile(r"^\W*[\d一二三四五六七八九十①-⑳]")
_LEAST_SHOWN = 0.4
_SHARE_OF_REGION = 0.9
_NO_REGION = frozenset(
    {
        "p", "table", "tbody", "thead", "tr", "ul", "ol", "span", "pre", "li", "strong", "b", "font",
        "section",
    }
)  # fmt: skip
_LEAST_CELLS = 4
_DEEPEST = 250


@dataclass
class Line:
    """A block of a page and the share of its characters that are links."""

    block: Block
    linked: float = 0.0


def tree_of(markup: str) -> HtmlElement | None:
    """The tree of a page without comments, scripts and what is hidden; None where there is nothing.

    A page that closes its `html` early goes on behind it, as browsers have it.
    """
    inner = _CLOSED_EARLY.sub("", markup)
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = lxml.html.document_fromstring(
            f"<html><body>{inner}</body></html>".encode(), parser=_utf8(parser)
        )
    except (lxml.etree.LxmlError, ValueError):
        return None
    body = tree.find("body")
    if body is None:
        return None
    _unveil_noscript(body)
    lengths, classes = running_lengths(body), _hidden_classes(markup)
    whole = lengths[body]
    hidden = [
        element for element in body.iter() if isinstance(element.tag, str) and _is_hidden(element, classes)
    ]
    silent = sum(lengths[element] for element in hidden if not _inside(element, hidden))
    if whole and (whole - silent) < _LEAST_SHOWN * whole:
        hidden = []  # a page that shows its text by a script
    for element in hidden:
        _drop(element)
    for element in list(body.iter(*_NEVER_SHOWN)):
        _drop(element)
    lengths = running_lengths(body)
    for element in list(body.iter("nav", "footer", "aside")):
        if lengths.get(element, 0) < _LEAST_SHOWN * lengths[body] or not lengths[body]:
            _drop(element)
    return body


def _unveil_noscript(body: HtmlElement) -> None:
    """Show what stands in `noscript` where the page shows nothing else."""
    lengths = running_lengths(body)
    for element in list(body.iter("noscript")):
        if not lengths[body]:
            element.tag = "div"
        else:
            _drop(element)


def _utf8(parser: lxml.html.HTMLParser) -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")


def _hidden_classes(markup: str) -> frozenset[str]:
    styles = re.findall(r"<style[^>]*>(.*?)</style>", markup, re.I | re.S)
    return frozenset(name for style in styles for name in _HIDDEN_CLASS.findall(style))


def _is_hidden(element: HtmlElement, classes: frozenset[str]) -> bool:
    if element.get("hidden") is not None or _HIDDEN_STYLE.search(element.get("style") or ""):
        return element.tag not in {"html", "body"}
    return bool(classes) and not classes.isdisjoint((element.get("class") or "").split())


def _inside(element: HtmlElement, others: list[HtmlElement]) -> bool:
    ids = set(map(id, others))
    return any(id(parent) in ids for parent in element.iterancestors())


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def running_lengths(root: HtmlElement) -> dict[HtmlElement, int]:
    """For every element within `root` how many characters of running text it holds: sentences outside of links."""
    found: dict[HtmlElement, int] = {}
    for element in root.iter():
        found[element] = 0
    for element in reversed(list(found)):
        shown = isinstance(element.tag, str) and element.tag not in _NEVER_SHOWN and element.tag != "a"
        found[element] = found[element] + _running(element.text, element) if shown else 0
        if element is not root:
            parent = element.getparent()
            found[parent] += found[element] + _running(element.tail, parent)
    return found


def _running(text: str | None, element: HtmlElement) -> int:
    text = " ".join(text.split()) if text else ""
    if element.tag in {"td", "th"} or (element.tag == "li" and len(text) > _LONG_ITEM):
        return len(text)
    sentence = _SENTENCE.search(text) or (len(text) >= _LONG_CLAUSE and "，" in text)
    return len(text) if sentence else 0


def running_length(element: HtmlElement) -> int:
    """How many characters of running text an element holds."""
    return running_lengths(element)[element]


def lines_of(element: HtmlElement) -> list[Line]:
    """The lines of an element in the order in which they are seen."""
    walker = _Walker()
    walker.walk(element, 0)
    walker.end_line()
    return [line for line in walker.lines if line.block.text]


class _Walker:
    """Walks a tree; `lines` grow, and the line at hand is ended where something breaks it."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._text: list[str] = []
        self._linked = 0
        self._in_link = 0
        self._kind = BlockKind.PARAGRAPH
        self._level = 0
        self._prefix = ""

    def end_line(self) -> None:
        """End the line at hand."""
        text = " ".join("".join(self._text).split())
        if text:
            if self._prefix and not _NUMBERED.match(text):
                text = self._prefix + text
            self.lines.append(Line(Block(self._kind, text, self._level), min(1.0, self._linked / len(text))))
            self._prefix = ""
        self._text, self._linked = [], 0

    def walk(self, element: HtmlElement, depth: int) -> None:
        """Take in an element's text and its children."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _NEVER_SHOWN:
            return
        if depth > _DEEPEST:
            self._say(element.text_content())
            return
        if tag == "table" and not is_layout(element):
            self._table(element)
        elif tag in {"ul", "ol", "menu", "dir"}:
            self._list(element, depth)
        elif tag == "br":
            self.end_line()
        elif tag == "sup":
            self._say(_raised("".join(self._text)[-1:], element))
        elif re.fullmatch("h[1-6]", tag):
            self._set(element, depth, BlockKind.HEADING, int(tag[1]))
        else:
            self._through(element, depth)

    def _through(self, element: HtmlElement, depth: int) -> None:
        breaks = element.tag in _BREAKING
        if breaks:
            self.end_line()
        self._in_link += element.tag == "a"
        self._say(element.text)
        for child in element:
            self.walk(child, depth + 1)
            self._say(child.tail)
        self._in_link -= element.tag == "a"
        if breaks:
            self.end_line()

    def _set(self, element: HtmlElement, depth: int, kind: BlockKind, level: int = 0) -> None:
        """Walk an element whose lines are of a kind of their own."""
        self.end_line()
        before = self._kind, self._level
        self._kind, self._level = kind, level
        self._through(element, depth)
        self.end_line()
        self._kind, self._level = before

    def _list(self, element: HtmlElement, depth: int) -> None:
        self.end_line()
        number = int(element.get("start") or 1) if (element.get("start") or "1").isdigit() else 1
        for child in element:
            if child.tag == "li":
                self._prefix = f"{number}. " if element.tag == "ol" else ""
                number += 1
                self._set(child, depth + 1, BlockKind.ITEM)
                self._prefix = ""
            else:
                self.walk(child, depth + 1)
            self._say(child.tail)
        self.end_line()

    def _table(self, element: HtmlElement) -> None:
        self.end_line()
        labels = label_rows(element)
        blocks = [Block(BlockKind.PARAGRAPH, each) for each in labels]
        for table in [] if labels else tables_of(element):
            blocks += table_blocks(table)
        linked = sum(len(a.text_content().strip()) for a in element.iter("a"))
        size = sum(len(block.text) for block in blocks)
        self.lines += [Line(block, min(1.0, linked / size) if size else 0.0) for block in blocks]

    def _say(self, text: str | None) -> None:
        if text:
            self._text.append(text)
            self._linked += len(text.strip()) if self._in_link else 0


def _raised(before: str, element: HtmlElement) -> str:
    """A raised figure that cannot be taken for part of the number or word before it."""
    text = "".join(element.itertext()).strip()
    if not text.isdigit():
        return text
    if element.find(".//a") is None and element.getparent() is not None and element.getparent().tag != "a":
        if before.isascii() and before.isalpha() and text in {"2", "3"}:
            return {"2": "²", "3": "³"}[text]
        if before.isdigit() and "".join(element.itertext()).strip() and _is_power(element):
            return f"^{text}"
    return f"[{text}]"


def _is_power(element: HtmlElement) -> bool:
    previous = element.getprevious()
    before = (previous.tail if previous is not None else element.getparent().text) or ""
    return bool(re.search(r"(?<![\d.])10$", before.strip()))


def main_region(body: HtmlElement) -> HtmlElement:
    """The smallest element that holds nearly all running text of a page, and its tables."""
    lengths = running_lengths(body)
    region = body
    while True:
        inner = max(region, key=lengths.__getitem__, default=None)
        if inner is None or lengths[inner] < _SHARE_OF_REGION * max(lengths[region], 1):
            break
        if inner.tag in _NO_REGION and not _is_container(inner):
            break
        region = inner
    while region is not body and len(data_tables(region)) < len(data_tables(body)):
        region = region.getparent()
    return region


def data_tables(element: HtmlElement) -> list[HtmlElement]:
    """The tables of an element that hold data: no layout, no fields of a head, no lists of links."""
    tables = [element] if element.tag == "table" else []
    return [table for table in [*tables, *element.iterdescendants("table")] if _is_data(table)]


def _is_data(table: HtmlElement) -> bool:
    if is_layout(table) or (
        next(table.iterancestors("td"), None) is not None
        and not is_layout(next(table.iterancestors("table")))
    ):
        return False
    cells = [cell for cell in table.iter("td", "th") if cell.text_content().strip()]
    size = sum(len(cell.text_content().strip()) for cell in cells)
    linked = sum(len(a.text_content().strip()) for a in table.iter("a"))
    return len(cells) >= _LEAST_CELLS and linked < size / 2 and not label_rows(table)


def _is_container(element: HtmlElement) -> bool:
    return element.tag in {"table", "tbody", "tr"} and any(
        is_layout(table)
        for table in ([element] if element.tag == "table" else element.iterancestors("table"))
    )
