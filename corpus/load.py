"""From paths to articles: every readable file under them, and what went wrong with the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.assemble import assemble
from corpus.block import Draft
from corpus.continued import join_continued
from corpus.model import Article
from corpus.problem import Problem
from corpus.readers import READERS, RISKY, reader_for
from corpus.readers.records import MAPPING_FILE
from corpus.repair import Change
from corpus.sandbox import Sandbox
from corpus.web import ADDRESSES_FILE, address_of

SAMPLE_CORPUS = Path(__file__).parent / "articles"
_LARGEST_FILE_MB = {
    ".md": 32,
    ".markdown": 32,
    ".txt": 32,
    ".jsonl": 256,
    ".json": 128,
    ".csv": 64,
    ".tsv": 64,
}
_LARGEST_OTHER_MB = 512
_LONGEST_LINE = 2_000_000
_sandbox = Sandbox()


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Files to read: those named, and in folders every file with a known ending, hidden ones left out.

    Raises:
        Problem: `no_such_path` for a path that does not exist.
    """
    for path in paths:
        if path.is_file():
            yield path.resolve()
        elif path.is_dir():
            root = path.resolve()
            for file in sorted(root.rglob("*")):
                hidden = any(part.startswith(".") for part in file.relative_to(root).parts)
                known = file.suffix.lower() in READERS and file.name not in {MAPPING_FILE, ADDRESSES_FILE}
                if not hidden and known and file.is_file():
                    yield file
        else:
            raise Problem("no_such_path", file=path)


def read_articles(
    file: Path, changes: list[Change] | None = None, key: str = ""
) -> Iterator[Article | Problem]:
    """The articles of one file in order, mixed with the problems of those that could not be read.

    What repair changed is added to `changes` when a list is given. `key` makes the articles' ids; it is
    the file's path unless the file was moved.
    """
    try:
        largest = _LARGEST_FILE_MB.get(file.suffix.lower(), _LARGEST_OTHER_MB)
        if file.stat().st_size > largest * 1024 * 1024:
            yield Problem("file_too_large", file=file, most=largest)
            return
        found = list(_drafts(file))
    except Problem as problem:
        yield problem
        return
    except OSError as error:
        yield Problem("unreadable_file", file=file, reason=error.strerror or str(error))
        return
    drafts = join_continued([each for each in found if isinstance(each, Draft)], changes)
    yield from (each for each in found if isinstance(each, Problem))
    address = address_of(file)
    for number, draft in enumerate(drafts):
        if address:
            draft.fields["url"] = address
        try:
            yield assemble(draft, file, f"{key or file}#{number}", changes)
        except Problem as problem:
            yield problem


def _drafts(file: Path) -> Iterator[Draft | Problem]:
    reader = reader_for(file)
    for found in _sandbox.read(file) if file.suffix.lower() in RISKY else reader(file):
        if isinstance(found, Draft) and any(len(block.text) > _LONGEST_LINE for block in found.blocks):
            yield Problem("line_too_long", file=file, most=_LONGEST_LINE)
        else:
            yield found
