"""ZIP archives: their members are read as if they lay in a folder, with guards against bombs."""

from __future__ import annotations

import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from corpus.block import Draft
from corpus.file_kinds import is_beside
from corpus.problem import Problem
from corpus.reasons import broken_file

Reader = Callable[[Path], Iterator[Draft | Problem]]

_MOST_MEMBERS = 10_000
_MOST_BYTES = 1 << 30
_LARGEST_RATIO = 200
_RATIO_COUNTS_FROM = 10_000_000
_DEEPEST = 2
_UTF8_NAME = 0x800


def archive_reader(reader_for: Callable[[Path], Reader]) -> Reader:
    """A reader of archives whose members are read by what `reader_for` gives."""

    def read_archive(file: Path, depth: int = 1) -> Iterator[Draft | Problem]:
        try:
            with ZipFile(file) as archive:
                for member in _members(archive, file):
                    yield from _read_member(archive, member, depth, reader_for)
        except (BadZipFile, NotImplementedError, ValueError, EOFError) as error:
            raise broken_file(file, error) from error

    return read_archive


@dataclass(frozen=True)
class _Member:
    """A file in an archive: its place among the members, its own name, and how it is shown."""

    info: ZipInfo
    number: int
    name: str
    shown: Path

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()


def _members(archive: ZipFile, file: Path) -> Iterator[_Member]:
    """The files of an archive but those that only lie beside the others.

    Raises:
        Problem: `archive_too_large`.
    """
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > _MOST_MEMBERS or sum(info.file_size for info in infos) > _MOST_BYTES:
        raise Problem("archive_too_large", file=file)
    for number, info in enumerate(infos):
        name = _name(info)
        if not is_beside(name):
            yield _Member(info, number, name, Path(f"{file}!{name}"))


def _reason_to_refuse(member: _Member, depth: int) -> str:
    """The code of the problem that a member is before it is unpacked, or ""."""
    info = member.info
    if stat.S_ISLNK(info.external_attr >> 16):
        return "link_in_archive"
    if info.flag_bits & 1:
        return "file_encrypted"
    if info.file_size > _RATIO_COUNTS_FROM and info.file_size > _LARGEST_RATIO * max(1, info.compress_size):
        return "archive_too_large"
    return "archive_too_deep" if member.suffix == ".zip" and depth >= _DEEPEST else ""


def _read_member(
    archive: ZipFile, member: _Member, depth: int, reader_for: Callable[[Path], Reader]
) -> Iterator[Draft | Problem]:
    if code := _reason_to_refuse(member, depth):
        yield Problem(code, file=member.shown)
        return
    try:
        read = reader_for(Path(f"member{member.suffix}"))
    except Problem as problem:
        yield Problem(problem.code, **{**problem.fields, "file": member.shown})
        return
    with tempfile.TemporaryDirectory() as folder:
        # The member's own name never becomes a path; its stem may be its title.
        unpacked = Path(folder) / f"{member.number}{member.suffix}"
        try:
            with archive.open(member.info) as source, unpacked.open("wb") as target:
                shutil.copyfileobj(source, target)
            drafts = read(unpacked, depth + 1) if member.suffix == ".zip" else read(unpacked)  # type: ignore[call-arg]
            for draft in drafts:
                yield _renamed(draft, member.shown, unpacked, PurePosixPath(member.name).stem)
        except Problem as problem:
            yield _renamed(problem, member.shown, unpacked, "")
        except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
            yield broken_file(member.shown, error)


def _renamed(found: Draft | Problem, shown: Path, unpacked: Path, stem: str) -> Draft | Problem:
    if isinstance(found, Problem):
        inner = str(found.fields.get("file", ""))
        name = (
            str(shown) + inner.removeprefix(str(unpacked)) if inner.startswith(str(unpacked)) else str(shown)
        )
        return Problem(found.code, **{**found.fields, "file": name})
    found.fields.setdefault("member", str(shown))
    if not found.title:
        found.title = stem
    return found


def _name(member: ZipInfo) -> str:
    """The member's name; Chinese Windows writes GBK where the format knows only code page 437."""
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename
