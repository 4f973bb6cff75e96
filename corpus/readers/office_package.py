"""The ZIP of parts that Office Open XML and OpenDocument files are: parts by name, as far as they are whole."""

from __future__ import annotations

import zlib
from pathlib import Path
from posixpath import dirname, join, normpath
from types import TracebackType
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

from corpus.problem import Problem
from corpus.reasons import broken_file

_MOST_PARTS = 20_000
_LARGEST_PART = 256 << 20
_RATIO_COUNTS_FROM = 10_000_000
_LARGEST_RATIO = 200
_PIECE = 1 << 14
_STRICT = (
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/presentationml/main", b"http://schemas.openxmlformats.org/presentationml/2006/main"),
)  # fmt: skip


class OfficePackage:
    """An open package. What is missing or damaged is named in `problems`, each part once."""

    def __init__(self, file: Path, shown: Path | None = None) -> None:
        self.file = shown or file
        self.problems: list[Problem] = []
        self._named: set[str] = set()
        try:
            self._archive = ZipFile(file)
        except (BadZipFile, NotImplementedError, ValueError, EOFError) as error:
            raise broken_file(self.file, error) from error
        members = self._archive.infolist()
        self._members = {member.filename.replace("\\", "/").lower(): member for member in members}
        if len(members) > _MOST_PARTS:
            raise Problem("archive_too_large", file=self.file)

    def __enter__(self) -> OfficePackage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def has(self, name: str) -> bool:
        """Whether the package lists a part."""
        return name.lower() in self._members

    def names(self) -> list[str]:
        """The names of all parts."""
        return [member.filename for member in self._members.values()]

    def data(self, name: str) -> bytes:
        """A part's bytes, as many as are whole; nothing where it is missing.

        Raises:
            Problem: `archive_too_large` for a bomb, `file_encrypted` for a part with a password.
        """
        member = self._members.get(name.lower())
        if member is None:
            return b""
        if member.flag_bits & 1:
            raise Problem("file_encrypted", file=self.file)
        grows = member.file_size > _LARGEST_RATIO * max(1, member.compress_size)
        if member.file_size > _LARGEST_PART or (member.file_size > _RATIO_COUNTS_FROM and grows):
            raise Problem("archive_too_large", file=self.file)
        pieces: list[bytes] = []
        try:
            with self._archive.open(member) as stream:
                while piece := stream.read(_PIECE):
                    pieces.append(piece)
        except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
            self.name_problem(name)
        return b"".join(pieces)

    def tree(self, name: str, *, needed: bool = True) -> Any | None:
        """The root of a part's XML, read as far as it is whole; None where nothing of it is.

        A missing part is named as a problem where it is `needed`, a damaged one always.
        """
        data = self.data(name)
        if not data:
            if needed or self.has(name):
                self.name_problem(name)
            return None
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        root, whole = parse_xml(data)
        if not whole:
            self.name_problem(name)
        return root

    def targets(self, name: str) -> dict[str, tuple[str, str]]:
        """The relationships of a part by id: the last word of the kind, and the part's name or the address."""
        folder = dirname(name)
        root = self.tree(join(folder, "_rels", name.rpartition("/")[2] + ".rels").lstrip("/"), needed=False)
        found: dict[str, tuple[str, str]] = {}
        for each in root.iterchildren("{*}Relationship") if root is not None else ():
            target = each.get("Target", "")
            if each.get("TargetMode") != "External":
                target = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
            found[each.get("Id", "")] = (each.get("Type", "").rpartition("/")[2], target)
        return found

    def name_problem(self, part: str) -> None:
        """Name a part that is missing or damaged, once."""
        if part not in self._named:
            self._named.add(part)
            self.problems.append(Problem("part_not_read", file=self.file, part=part))


def parse_xml(data: bytes) -> tuple[Any | None, bool]:
    """The root of an XML document read as far as it is whole, and whether it is; one that defines entities is not read."""
    if b"<!ENTITY" in data:
        return None, False
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": True}
    try:
        return etree.fromstring(data, etree.XMLParser(**options)), True
    except (etree.XMLSyntaxError, ValueError):
        pass
    try:
        return etree.fromstring(data, etree.XMLParser(recover=True, **options)), False
    except (etree.XMLSyntaxError, ValueError):
        return None, False
