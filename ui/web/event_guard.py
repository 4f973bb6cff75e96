"""What a browser may ask of the routes that Gradio adds: only what the pages ask, and no file but one's own upload.

Gradio copies and serves any file that a value of an event names (`{"path": …}`), wherever in the value it stands. Here such
a value is refused before Gradio sees it, unless it is an upload of the person's own in an input that takes files.
"""

from __future__ import annotations

import json
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.messages import message
from ui.page_language import language_at
from ui.people.access import Access
from ui.people.person import Person
from ui.web.shares import PAGES_OPEN, PageEvents
from ui.web.upload_folders import UploadFolders

FileInputs = Mapping[tuple[str, int], frozenset[int]]
"""Page ("" or "/en") and number of each event that there is → which of its inputs take files."""
LONGEST_EVENT = 1 << 20
"""Bytes of an event of the page."""
_DEEPEST = 40
_MOST_SESSIONS = 10_000
_GRADIO = re.compile(r"(?P<page>|/en)/gradio_api/(?P<rest>.*)", re.S)
_READ = re.compile(
    r"info/?|queue/data|queue/status|upload_progress|startup-events|theme\.css|heartbeat/[^/]+|file=.*", re.S
)  # fmt: skip
_EVENTS = re.compile(r"queue/join|cancel|reset/?")
_NAME = re.compile(r"[\w-]{1,200}", re.ASCII)
_NEEDED = {
    "queue/join": ("data", "fn_index", "session_hash"),
    "cancel": ("fn_index", "session_hash", "event_id"),
    "reset": ("event_id",),
}
"""What the body of each of these holds."""
_MONITORING = re.compile(r"(?:/en)?/+monitoring(?:/.*)?", re.S)
_UPLOAD = "upload"


class EventGuard:
    """Stands behind the gate and before the Gradio pages."""

    def __init__(
        self,
        app: ASGIApp,
        access: Access,
        folders: UploadFolders,
        file_inputs: FileInputs,
        events: PageEvents,
    ) -> None:
        self._app = app
        self._events = events
        self._access = access
        self._folders = folders
        self._file_inputs = file_inputs
        self._sessions = _Sessions(events)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve or refuse a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        query = parse_qs(scope["query_string"].decode("latin-1"))
        path = scope["path"]
        if "deep_link" in query or _MONITORING.fullmatch(path):
            refused: Response | None = _refusal(request, 404, "guard_no_path")
        elif "gradio_api" not in path:
            refused = None
        else:
            refused, receive = await self._checked(request, query, receive)
        await (refused or self._app)(scope, receive, send)

    async def _checked(
        self, request: Request, query: dict[str, list[str]], receive: Receive
    ) -> tuple[Response | None, Receive]:
        """Why a request to Gradio's routes is refused, if it is; and where its body is read from now on."""
        known = _GRADIO.fullmatch(request.scope["path"])
        rest = known["rest"] if known else ""
        person = await run_in_threadpool(self._access.person_of, request)
        if known is None or person is None:
            return _refusal(request, 404, "guard_no_path"), receive
        if request.method in {"GET", "HEAD"}:
            return self._reading(request, person, rest, query), receive
        if request.method == "POST" and rest == _UPLOAD:
            return None, receive
        if request.method == "POST" and _EVENTS.fullmatch(rest):
            return await self._event(request, person, known["page"], rest, receive)
        return _refusal(request, 404, "guard_no_path"), receive

    def _reading(
        self, request: Request, person: Person, rest: str, query: dict[str, list[str]]
    ) -> Response | None:
        if not _READ.fullmatch(rest):
            return _refusal(request, 404, "guard_no_path")
        if rest.startswith("file=") and not self._folders.owns(person, rest.removeprefix("file=")):
            return _refusal(request, 403, "guard_file")
        sessions = query.get("session_hash", [])
        if rest.startswith("heartbeat/"):
            sessions = [rest.removeprefix("heartbeat/")]
        if not all(self._sessions.is_of(each, person) for each in sessions):
            return _refusal(request, 403, "guard_session")
        return None

    async def _event(
        self, request: Request, person: Person, page: str, rest: str, receive: Receive
    ) -> tuple[Response | None, Receive]:
        body = await _body(receive)
        if body is None:
            return _refusal(request, 413, "guard_event_long", most=LONGEST_EVENT), receive
        sent = _read(body)
        if not isinstance(sent, dict) or is_too_deep(sent) or not has_form(sent, rest.rstrip("/")):
            return _refusal(request, 400, "guard_event_wrong"), receive
        takes_files = self._taking_files(page, sent) if rest == "queue/join" else frozenset()
        host = request.headers.get("host", "")
        if not all(self._may_use(person, each, host) for each in files_in(sent, takes_files)):
            return _refusal(request, 403, "guard_file"), receive
        session = sent.get("session_hash")
        if session is not None and not self._sessions.is_of(session, person):
            return _refusal(request, 403, "guard_session"), receive
        if rest == "queue/join" and _event_of(page, sent) not in self._file_inputs:
            return _refusal(request, 400, "guard_no_event"), receive
        if rest == "queue/join" and (full := self._over_the_share(request, person, sent["session_hash"])):
            return full, receive
        return None, _again(body, receive)

    def _over_the_share(self, request: Request, person: Person, session: str) -> Response | None:
        """Why a person's page may add no event now; else the page counts as used."""
        if self._sessions.is_forgotten(session):
            return _refusal(request, 410, "share_pages", most=PAGES_OPEN)
        if not self._events.has_room(person.name, session):
            return _refusal(request, 429, "share_events")
        self._sessions.used(session, person)
        return None

    def _taking_files(self, page: str, sent: dict[str, Any]) -> frozenset[int]:
        return self._file_inputs.get(_event_of(page, sent), frozenset())

    def _may_use(self, person: Person, file: Any, host: str) -> bool:
        """Whether a value that names a file names an upload of this person's; None stands for any other file."""
        if not isinstance(file, dict) or not isinstance(file.get("path"), str) or file.get("is_stream"):
            return False
        url = file.get("url")
        if url is not None and not _is_own_address(url, host):
            return False
        return self._folders.owns(person, file["path"])


def _read(body: bytes) -> Any:
    """What stands in a body of JSON; None where it is none."""
    try:
        return json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def has_form(sent: Mapping[str, Any], rest: str) -> bool:
    """Whether a body holds all that its address needs, and each field what pages put there.

    Gradio itself fails over some that do not, for it repeats in its answer what it was sent.
    """
    return all(name in sent for name in _NEEDED[rest]) and all(
        _FIELDS[name](value) for name, value in sent.items() if name in _FIELDS
    )


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_FIELDS: Mapping[str, Callable[[Any], bool]] = {
    "data": lambda value: isinstance(value, list),
    "fn_index": _is_number,
    "session_hash": _is_name,
    "event_id": lambda value: value is None or _is_name(value),
    "trigger_id": lambda value: value is None or _is_number(value),
    "oauth_token": lambda value: value is None,
    "simple_format": lambda value: value is False,
    "batched": lambda value: not value and isinstance(value, bool | None),
}


def _event_of(page: str, sent: dict[str, Any]) -> tuple[str, int]:
    """Page and number of the event that a body names."""
    return page, sent["fn_index"]


def files_in(
    sent: dict[str, Any], takes_files: Sequence[int] | frozenset[int]
) -> list[dict[str, Any] | None]:
    """What an event's body names as files: objects in inputs that take files; None for one anywhere else."""
    data = sent.get("data")
    inputs = data if isinstance(data, list) else []
    found: list[dict[str, Any] | None] = []
    elsewhere: list[Any] = [value for name, value in sent.items() if name != "data" or not inputs]
    for position, value in enumerate(inputs):
        if position not in takes_files:
            elsewhere.append(value)
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                found.append(each)
                elsewhere += each.values()
            else:
                elsewhere.append(each)
    return found + [None for each in _objects(elsewhere) if _names_file(each)]


def _names_file(value: dict[str, Any]) -> bool:
    meta = value.get("meta")
    return "path" in value or (isinstance(meta, dict) and "_type" in meta)


def _objects(values: list[Any]) -> list[dict[str, Any]]:
    """Every object in the values, however deep."""
    found, left = [], list(values)
    while left:
        value = left.pop()
        if isinstance(value, dict):
            # What `meta` holds says what its object is, and is no file itself.
            found.append(value)
            left += value.values()
        elif isinstance(value, list):
            left += value
    return found


def is_too_deep(value: Any) -> bool:
    """Whether lists and objects stand in one another deeper than any page sends them."""
    level = [value]
    for _ in range(_DEEPEST):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return False
    return True


def _is_own_address(url: Any, host: str) -> bool:
    """Whether the address that comes with an upload is where this server would show it."""
    if not isinstance(url, str):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    is_here = parts.scheme in {"", "http", "https"} and parts.netloc in {"", host}
    return is_here and _GRADIO.fullmatch(parts.path) is not None and "/gradio_api/file=" in parts.path


class _Sessions:
    """Whose each open page is: its queue of events is told to nobody else.

    Of each person the pages that were used last are kept, and Gradio is told to forget the others. Whoever goes on in one
    of those is told to load it again: what it shows is not what the server would begin anew with.
    """

    def __init__(self, events: PageEvents) -> None:
        self._events = events
        self._people: OrderedDict[str, str] = OrderedDict()
        self._pages: dict[str, OrderedDict[str, None]] = {}
        self._forgotten: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def is_of(self, session: str, person: Person) -> bool:
        """Whether a session is this person's; one that was not seen before becomes theirs."""
        with self._lock:
            owner = self._people.setdefault(session[:200], person.name)
            self._people.move_to_end(session[:200])
            if len(self._people) > _MOST_SESSIONS:
                self._people.popitem(last=False)
        return owner == person.name

    def used(self, session: str, person: Person) -> None:
        """An event of a person's page was taken: Gradio keeps the page's state from now on."""
        with self._lock:
            pages = self._pages.setdefault(person.name, OrderedDict())
            pages[session] = None
            pages.move_to_end(session)
            if person.name and len(pages) > PAGES_OPEN:
                oldest, _ = pages.popitem(last=False)
                self._events.forget([oldest])
                self._forgotten[oldest] = None
                if len(self._forgotten) > _MOST_SESSIONS:
                    self._forgotten.popitem(last=False)

    def is_forgotten(self, session: str) -> bool:
        """Whether a page was open whose state is kept no more."""
        with self._lock:
            return session in self._forgotten


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None where it is longer than an event can be."""
    parts, size = [], 0
    while True:
        received = await receive()
        part = received.get("body", b"")
        size += len(part)
        if size > LONGEST_EVENT:
            return None
        parts.append(part)
        if received["type"] == "http.disconnect" or not received.get("more_body", False):
            return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """Reads the body that was read already, then on."""
    given = False

    async def receive_again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_again


def _refusal(request: Request, status: int, code: str, **fields: object) -> Response:
    """The sentence in the language of the page, which shows it in its corner."""
    return JSONResponse({"detail": message(code, language_at(request), **fields)}, status)
