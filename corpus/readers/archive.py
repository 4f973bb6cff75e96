"""ZIP archives: their members are read as if they lay in a folder, with guards against bombs."""

from __future__ import annotations

import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from corpus.block import Draft
from corpus.problem import Problem

_MOST_MEMBERS = 10_000
_MOST_BYTES = 1 << 30
_LARGEST_RATIO = 200
_RATIO_COUNTS_FROM = 10_000_000
_DEEPEST = 2
_UTF8_NAME = 0x800


def archive_reader(
    reader_for: Callable[[Path], Callable[[Path], Iterator[Draft | Problem]]],
) -> Callable[[Path], Iterator[Draft | Problem]]:
    """A reader of archives whose members are read by what `reader_for` gives."""

    def read_archive(file: Path, depth: int = 1) -> Iterator[Draft | Problem]:
        try:
            with ZipFile(file) as archive:
                yield from _read_members(archive, file, depth)
        except (BadZipFile, NotImplementedError, ValueError, EOFError) as error:
            raise Problem("broken_file", file=file, reason=str(error)[:80]) from error

    def _read_members(archive: ZipFile, file: Path, depth: int) -> Iterator[Draft | Problem]:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > _MOST_BYTES:
            raise Problem("archive_too_large", file=file)
        for number, member in enumerate(members):
            name = _name(member)
            shown = Path(f"{file}!{name}")
            if name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith("."):
                continue
            if stat.S_ISLNK(member.external_attr >> 16):
                yield Problem("link_in_archive", file=shown)
                continue
            if member.flag_bits & 1:
                yield Problem("file_encrypted", file=shown)
                continue
            if member.file_size > _RATIO_COUNTS_FROM and member.file_size > _LARGEST_RATIO * max(
                1, member.compress_size
            ):
                yield Problem("archive_too_large", file=shown)
                continue
            suffix = PurePosixPath(name).suffix.lower()
            if suffix == ".zip" and depth >= _DEEPEST:
                yield Problem("archive_too_deep", file=shown)
                continue
            try:
                read = reader_for(Path(f"member{suffix}"))
            except Problem as problem:
                if suffix:
                    yield Problem(problem.code, **{**problem.fields, "file": shown})
                continue
            with tempfile.TemporaryDirectory() as folder:
                # The member's own name never becomes a path; its stem may be its title.
                unpacked = Path(folder) / f"{number}{suffix}"
                try:
                    with archive.open(member) as source, unpacked.open("wb") as target:
                        shutil.copyfileobj(source, target)
                    drafts = read(unpacked, depth + 1) if suffix == ".zip" else read(unpacked)  # type: ignore[call-arg]
                    for draft in drafts:
                        yield _renamed(draft, shown, unpacked, PurePosixPath(name).stem)
                except Problem as problem:
                    yield _renamed(problem, shown, unpacked, "")
                except (
                    BadZipFile,
                    NotImplementedError,
                    RuntimeError,
                    OSError,
                    EOFError,
                    ValueError,
                ) as error:
                    yield Problem("broken_file", file=shown, reason=str(error)[:80])

    return read_archive


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
