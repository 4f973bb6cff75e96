"""What the sandbox does with a file: its articles, the problems of those that could not be read, and what repair changed.

Everything from the bytes of a file to its passages happens here, so that one set of limits holds for all of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus.assemble import article_id, assemble
from corpus.block import Draft
from corpus.compilation import documents_of
from corpus.continued import join_continued
from corpus.language.normalize import readable
from corpus.model import Article
from corpus.problem import Problem
from corpus.readers import reader_for
from corpus.reasons import broken_file, file_failed, unreadable_file
from corpus.repair import Change
from corpus.sandbox import PROBLEM, Frame, as_json
from corpus.split import Splitter

READING = 3
"""The way of reading. It counts up when the same file is to be read again although it is as it was: since 2, a file of
several documents is several articles, and a title takes in the year of its cover."""
ARTICLE, CHANGE, PASSAGE = "article", "change", "passage"
_LONGEST_LINE = 2_000_000


def articles_of(arguments: dict[str, Any]) -> Iterator[Frame]:
    """The articles of `file` in order, each after the changes that led to it, and the problems.

    Args:
        arguments: `file`, `key` (makes the articles' ids), `address` (where the file was fetched from, or empty), and
            `explain` (whether changes are wanted).
    """
    file, address = Path(arguments["file"]), arguments["address"]
    changes: list[Change] | None = [] if arguments["explain"] else None
    drafts = []
    for found in _drafts(file):
        if isinstance(found, Draft):
            drafts.append(found)
        else:
            yield PROBLEM, as_json(found)
    failed: list[Exception] = []
    for number, draft in enumerate(join_continued(drafts, changes)):
        if address:
            draft.fields["url"] = address
        for part, document in enumerate(_documents(draft, file, failed)):
            key = f"{arguments['key']}#{number}"
            yield from _assembled(document, file, key, part, changes, failed)
    if failed:
        yield PROBLEM, as_json(file_failed(file, failed[0]))


def _documents(draft: Draft, file: Path, failed: list[Exception]) -> list[Draft]:
    """The documents of a draft; where they cannot be told apart for a fault of ours, the draft as one."""
    try:
        return documents_of(draft, readable(file.name))
    except MemoryError:
        raise
    except Exception as error:
        failed.append(error)
        return [draft]


def _assembled(
    draft: Draft, file: Path, key: str, part: int, changes: list[Change] | None, failed: list[Exception]
) -> Iterator[Frame]:
    """The article of a draft after its changes, or its problem; a fault of ours costs one article and is `failed`.

    The first document of a draft has the draft's key, so that its id is the same whether or not others follow it.
    """
    try:
        article = assemble(draft, file, f"{key}.{part}" if part else key, changes)
        article.part_of = article_id(key) if part else ""
    except Problem as problem:
        yield PROBLEM, as_json(problem)
    except MemoryError:
        raise
    except Exception as error:
        failed.append(error)
    else:
        for change in changes or []:
            yield CHANGE, asdict(change)
        yield ARTICLE, {**article.model_dump(), "layout": article.layout.model_dump()}
    if changes is not None:
        changes.clear()


def passages_of(arguments: dict[str, Any]) -> Iterator[Frame]:
    """The passages of `article` as `splitter` cuts them, both as JSON."""
    article = Article.model_validate(arguments["article"])
    for passage in Splitter.model_validate(arguments["splitter"]).split(article):
        yield PASSAGE, passage.model_dump()


def _drafts(file: Path) -> Iterator[Draft | Problem]:
    """What the reader of the file's format yields; whatever it raises is a problem of the file."""
    try:
        for found in reader_for(file)(file):
            if isinstance(found, Draft) and any(len(block.text) > _LONGEST_LINE for block in found.blocks):
                yield Problem("line_too_long", file=file, most=_LONGEST_LINE)
            else:
                yield found
    except Problem as problem:
        yield problem
    except MemoryError:
        raise
    except OSError as error:
        yield unreadable_file(file, error)
    except Exception as error:  # whatever a library of the format throws at a broken file
        yield broken_file(file, error)
