"""EPUB: the chapters in the order of the book's spine, each under its heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from corpus.block import Block, BlockKind, Draft
from corpus.problem import Problem
from corpus.readers.html import text_of_bytes
from corpus.readers.markup_blocks import blocks_of_markup
from corpus.reasons import broken_file

_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,300})</title>", re.IGNORECASE)
_LARGEST_CHAPTER = 20_000_000
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


def read_epub(file: Path) -> Iterator[Draft | Problem]:
    """The one article of a book."""
    from defusedxml.ElementTree import fromstring

    try:
        with ZipFile(file) as book:
            container = fromstring(book.read("META-INF/container.xml"))
            root = next(
                element.get("full-path", "")
                for element in container.iter()
                if element.tag.endswith("rootfile")
            )
            package = fromstring(book.read(root))
            places = {
                item.get("id"): normpath(join(dirname(root), unquote(item.get("href", ""))))
                for item in package.iter()
                if item.tag.endswith("}item")
            }
            chapters = [
                places.get(item.get("idref")) for item in package.iter() if item.tag.endswith("}itemref")
            ]
            draft = Draft(_text(package, "title"), {})
            for name, value in (("date", _text(package, "date")), ("source", _text(package, "publisher"))):
                if value:
                    draft.fields[name] = value
            for chapter in chapters:
                if chapter is None or chapter not in book.namelist():
                    continue
                if book.getinfo(chapter).file_size > _LARGEST_CHAPTER:
                    yield Problem("archive_too_large", file=file)
                    continue
                draft.blocks += _chapter(text_of_bytes(book.read(chapter), file))
    except (BadZipFile, KeyError, StopIteration, ValueError, SyntaxError, NotImplementedError) as error:
        raise broken_file(file, error) from error
    if not draft.blocks:
        raise Problem("page_without_text", file=file)
    yield draft


def _chapter(markup: str) -> list[Block]:
    """The blocks of a chapter, its headings one below the book's title."""
    blocks = [
        replace(block, level=min(block.level + 1, 6)) if block.kind is BlockKind.HEADING else block
        for block in blocks_of_markup(markup)
    ]
    title = _TITLE.search(markup)
    named = " ".join(unescape(title.group(1)).split()) if title else ""
    if named and blocks and not any(block.kind is BlockKind.HEADING for block in blocks):
        return [Block(BlockKind.HEADING, named, 2), *blocks]
    return blocks


def _text(package: object, name: str) -> str:
    element = package.find(f".//{_DUBLIN_CORE}{name}")  # type: ignore[attr-defined]
    return (element.text or "").strip() if element is not None else ""
