"""No request's body is longer than its bound, nor slower than a patient line: before anything else reads it."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import NoReturn

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.limits import BODY_BYTES, UPLOADS_AT_ONCE
from assistant.settings import Settings
from corpus.problem import Problem
from ui.web.api_errors import error_reply

_SILENCE_S = 20.0
"""Longest wait for the next piece of a body."""
_SLOWEST_BYTES_A_SECOND = 8_000
_GRACE_S = 20.0
"""Seconds in which a body may be slower than that."""
_MEGABYTE = 1024 * 1024


class _Broken(Exception):
    """Ends whatever reads a body that is not read on; `problem` is what is told."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


class BodyBound:
    """Answers 413 to a body over its bound, as soon as it is over, and 408 to one that does not come.

    Args:
        settings: of which the largest upload is taken.
        silence_s: longest wait for the next piece of a body, in seconds.
    """

    def __init__(self, app: ASGIApp, settings: Settings, silence_s: float = _SILENCE_S) -> None:
        self._app = app
        self._settings = settings
        self._silence_s = silence_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its body bounded."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._most(scope["path"])
        told = _length_told(scope)
        if told is not None and told > most:
            await _refuse(Problem("limit_bytes", field="body", most=most, given=told), scope, receive, send)
            return
        body = _Body(receive, send, most, self._silence_s)
        with suppress(_Broken):
            await self._app(scope, body.receive, body.send)
        if body.problem is not None and not body.started:
            await _refuse(body.problem, scope, receive, send)

    def _most(self, path: str) -> int:
        """Bytes that a body may have; only Gradio's address for uploads takes more."""
        if path.endswith("/gradio_api/upload"):
            return UPLOADS_AT_ONCE * self._settings.upload_megabytes * _MEGABYTE
        return BODY_BYTES


class _Body:
    """A request's body on its way in, and whether anything was sent back yet."""

    def __init__(self, receive: Receive, send: Send, most: int, silence_s: float) -> None:
        self._receive = receive
        self._send = send
        self._most = most
        self._silence_s = silence_s
        self._length = 0
        self._begun = time.monotonic()
        self._whole = False
        self.started = False
        self.problem: Problem | None = None

    async def receive(self) -> Message:
        """The next piece; once the body is whole, whatever else comes."""
        if self.problem is not None:
            raise _Broken(self.problem)
        if self._whole:
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), self._silence_s)
        except asyncio.TimeoutError:
            self._break(Problem("body_too_slow", seconds=int(self._silence_s)))
        if message["type"] != "http.request":
            self._whole = True
            return message
        self._length += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._length > self._most:
            self._break(Problem("limit_bytes", field="body", most=self._most, given=self._length))
        allowed_s = _GRACE_S + self._length / _SLOWEST_BYTES_A_SECOND
        if not self._whole and time.monotonic() - self._begun > allowed_s:
            self._break(Problem("body_too_slow", seconds=int(allowed_s)))
        return message

    async def send(self, message: Message) -> None:
        """Send what the application answers, unless the body broke: then that is answered instead."""
        if self.problem is not None and not self.started:
            return
        self.started = True
        await self._send(message)

    def _break(self, problem: Problem) -> NoReturn:
        self.problem = problem
        raise _Broken(problem)


def _length_told(scope: Scope) -> int | None:
    text = Headers(scope=scope).get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None


async def _refuse(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    """Tell the problem and close: the rest of the body is not read."""
    refused = error_reply(problem, Request(scope), {"Connection": "close"})
    await refused(scope, receive, send)
