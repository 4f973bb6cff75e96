"""Pictures of printed pages: drawn in a sandbox of their own, one at a time, and remembered up to a bound."""

from __future__ import annotations

import base64
from collections import OrderedDict
from threading import Lock
from typing import TypeVar

from corpus.budget import Limits
from corpus.page_picture import CALL, PICTURE
from corpus.problem import Problem
from corpus.sandbox import Sandbox, Work, problem_of
from index.file_at_rest import FileState, digest_of, state_of
from ui.web.one_at_a_time import OneAtATime
from ui.web.printed_pages import PrintedPages

WIDTHS = (1000, 1800)
_MOST_BYTES = 24 * 1024 * 1024
_DIGESTS = 200
_MOST_AT_ONCE = 6
_LIMITS = Limits(seconds=20, memory=2500 * 1024 * 1024)
Key = TypeVar("Key")
Value = TypeVar("Value")


class PagePictures:
    """Draws pages of files that are still as they were read. Safe to call from several threads."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._sandbox = Sandbox()
        self._most_bytes = most_bytes
        self._pictures: OrderedDict[tuple[str, int, int], bytes] = OrderedDict()
        self._digests: OrderedDict[str, tuple[FileState, str]] = OrderedDict()
        self._lock = Lock()
        self._drawing = OneAtATime(_MOST_AT_ONCE, "page_busy")

    def check(self, pages: PrintedPages) -> None:
        """Check that the file is there and holds what was read from it.

        Raises:
            Problem: `page_file_gone` or `page_file_changed`.
        """
        state = state_of(pages.file)
        if state is None or not pages.file.is_file():
            # A pipe would keep its reader waiting for ever.
            raise Problem("page_file_gone")
        with self._lock:
            known, digest = self._digests.get(str(pages.file), (None, ""))
        if known != state:
            try:
                digest = digest_of(pages.file)
            except OSError as error:
                raise Problem("page_file_gone") from error
            with self._lock:
                _remember(self._digests, str(pages.file), (state, digest))
                while len(self._digests) > _DIGESTS:
                    self._digests.popitem(last=False)
        if digest != pages.digest:
            raise Problem("page_file_changed")

    def picture(self, pages: PrintedPages, number: int, width: int) -> bytes:
        """The picture of a page, `width` points wide; narrower where the page is very long, or a picture that is smaller itself.

        Raises:
            Problem: `page_file_gone`, `page_file_changed`, `page_not_there`, `page_not_drawn`, or `page_busy` where too
                many wait for one already.
        """
        if not pages.first <= number <= pages.last:
            raise Problem("page_not_there", page=number)
        self.check(pages)
        key = pages.digest, number, width
        found = self._remembered(key)
        if found is not None:
            return found
        with self._drawing.turn():
            return self._remembered(key) or self._drawn(pages, key)

    def _remembered(self, key: tuple[str, int, int]) -> bytes | None:
        with self._lock:
            if key in self._pictures:
                self._pictures.move_to_end(key)
            return self._pictures.get(key)

    def _drawn(self, pages: PrintedPages, key: tuple[str, int, int]) -> bytes:
        _, number, width = key
        arguments = {"file": str(pages.file.absolute()), "page": number, "width": width}
        before = state_of(pages.file)
        self.check(pages)
        (frames,) = self._sandbox.do([Work(CALL, arguments, pages.file, _LIMITS)])
        name, value = frames[0]
        if name != PICTURE:
            problem = problem_of(value, pages.file)
            raise problem if problem.code == "page_not_there" else Problem("page_not_drawn")
        picture = base64.b64decode(value)
        if state_of(pages.file) != before:
            # Another file came into its place meanwhile, whose page is nobody's to see here.
            raise Problem("page_file_changed")
        with self._lock:
            _remember(self._pictures, key, picture)
            while len(self._pictures) > 1 and sum(map(len, self._pictures.values())) > self._most_bytes:
                self._pictures.popitem(last=False)
        return picture


def _remember(known: OrderedDict[Key, Value], key: Key, value: Value) -> None:
    known[key] = value
    known.move_to_end(key)
