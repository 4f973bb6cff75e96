"""Office files by what they hold, whatever their ending says: a .doc may be Word 97, RTF, a web page or a renamed .docx."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus.block import Draft
from corpus.problem import Problem
from corpus.readers.doc import read_doc
from corpus.readers.docx import read_docx
from corpus.readers.html import read_html
from corpus.readers.mail import mail_reader
from corpus.readers.odf import read_ods, read_odt
from corpus.readers.ofd import read_ofd
from corpus.readers.ole import ENCRYPTED, ole_names
from corpus.readers.ppt import read_ppt
from corpus.readers.pptx import read_pptx
from corpus.readers.rtf import read_rtf
from corpus.readers.sheet import read_xlsx
from corpus.readers.soffice import converted
from corpus.readers.text import read_text
from corpus.readers.xls import read_xls
from corpus.reasons import broken_file

Reader = Callable[[Path], Iterator[Draft | Problem]]
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_BEFORE_OLE = (b"\xdb\xa5\x2d\0", b"\x31\xbe\0\0", b"\x32\xbe\0\0", b"\xfe\x37\0\x23")
"""How files of Word 1 and 2, of Write, and of Word for DOS begin."""
_HEAD = 4096
_WORDS, _SLIDES, _SHEETS = (
    frozenset({".doc", ".docx", ".docm", ".dot", ".dotx", ".wps", ".rtf", ".odt"}),
    frozenset({".ppt", ".pptx", ".pps", ".ppsx", ".dps", ".odp"}),
    frozenset({".xls", ".et", ".xlsx", ".xlsm", ".ods"}),
)
_OFTEN_OTHERS = frozenset({".doc", ".wps", ".rtf"})
OFFICE_ENDINGS = _WORDS | _SLIDES | _SHEETS
"""Endings of files that `read_office` reads."""
_BY_PART: tuple[tuple[str, Reader], ...] = (
    ("word/", read_docx),
    ("xl/", read_xlsx),
    ("ppt/", read_pptx),
    ("ofd.xml", read_ofd),
)
_BY_STREAM: tuple[tuple[str, Reader], ...] = (
    ("WordDocument", read_doc),
    ("Workbook", read_xls),
    ("Book", read_xls),
    ("PowerPoint Document", read_ppt),
)
_BY_KIND: tuple[tuple[str, Reader], ...] = (
    ("spreadsheet", read_ods),
    ("presentation", read_odt),
    ("text", read_odt),
)


def read_office(file: Path) -> Iterator[Draft | Problem]:
    """The articles of a word processor's, a spreadsheet's or a presentation's file.

    What no reader here knows is turned into a known format by LibreOffice where that is installed.
    """
    with file.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head.strip():
        raise Problem("empty_file", file=file)
    reader = _reader(file, head)
    if reader is None:
        yield from _by_conversion(file)
        return
    try:
        yield from reader(file)
    except Problem as problem:
        fails = problem.code in {"broken_file", "format_needs_libreoffice"}
        if not fails or reader not in {read_doc, read_ppt, read_xls}:
            raise
        if not ole_names(file):
            raise
        # Versions before Office 97, and what is damaged.
        yield from _by_conversion(file, problem)


def _reader(file: Path, head: bytes) -> Reader | None:
    """The reader for what the file holds; None where only a conversion may help.

    Raises:
        Problem: `file_encrypted`, `broken_file`.
    """
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_OLE):
        return _of_ole(file)
    if head.startswith(_ZIP):
        return _of_zip(file)
    if start.startswith(b"{\\rtf"):
        return read_rtf
    if head.startswith(b"%PDF"):
        raise Problem("file_of_other_format", file=file, format="PDF")
    if b"mso-application" in start or b"2006/xmlpackage" in start or b"office:document" in start:
        return None
    if start.startswith((b"mime-version:", b"from: ", b"content-type:")):
        return mail_reader(lambda member: read_office)
    if start.startswith(
        (b"<html", b"<!doctype html", b"<head", b"<meta", b"<table", b"<?xml", b"<!--", b"<div")
    ):
        return read_html
    return _of_rest(file, head)


def _of_ole(file: Path) -> Reader | None:
    names = ole_names(file)
    if ENCRYPTED in names:
        raise Problem("file_encrypted", file=file)
    return next((reader for name, reader in _BY_STREAM if name in names), None if names else _by_ending(file))


def _of_zip(file: Path) -> Reader | None:
    try:
        with zipfile.ZipFile(file) as package:
            names = [name.replace("\\", "/").lower() for name in package.namelist()]
            kind = package.read("mimetype").decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, NotImplementedError, KeyError, ValueError, EOFError, RuntimeError) as error:
        raise broken_file(file, error) from error
    if "opendocument" in kind:
        return next((reader for name, reader in _BY_KIND if name in kind), None)
    if "xl/workbook.bin" in names:
        return None
    return next(
        (reader for part, reader in _BY_PART if any(name.startswith(part) for name in names)),
        _by_ending(file),
    )


def _by_ending(file: Path) -> Reader:
    """The reader for a package of which too little is left to tell what it is."""
    ending = file.suffix.lower()
    if ending in _SLIDES:
        return read_ppt if ending in {".ppt", ".pps", ".dps"} else read_pptx
    if ending in _SHEETS:
        return read_xls if ending in {".xls", ".et"} else read_xlsx
    return read_doc if ending in {".doc", ".dot", ".wps"} else read_docx


def _of_rest(file: Path, head: bytes) -> Reader | None:
    """Plain text under an office ending is read as such; a file that begins with other bytes is none of these."""
    if file.suffix.lower() not in _OFTEN_OTHERS:
        return _broken
    if head.startswith(_BEFORE_OLE):
        return None
    return _broken if b"\0" in head else read_text


def _broken(file: Path) -> Iterator[Draft | Problem]:
    raise broken_file(file, "reason_no_office")


def _by_conversion(file: Path, before: Problem | None = None) -> Iterator[Draft | Problem]:
    ending = file.suffix.lower()
    target, reader = "docx", read_docx
    if ending in _SLIDES:
        target, reader = "pptx", read_pptx
    elif ending in _SHEETS:
        target, reader = "xlsx", read_xlsx
    try:
        with converted(file, target) as made:
            found = list(reader(made))
    except Problem as problem:
        if before is not None and problem.code == "format_needs_libreoffice":
            raise before from problem
        raise Problem(problem.code, **{**problem.fields, "file": file}) from problem
    for each in found:
        if isinstance(each, Draft):
            each.title = "" if each.title == made.stem else each.title
            yield each
        else:
            yield Problem(each.code, **{**each.fields, "file": file})
