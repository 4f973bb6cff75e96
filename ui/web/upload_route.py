"""Where a page sends files: in place of Gradio's own route, which lets everybody send and keeps all in one folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import gradio.route_utils
from fastapi import APIRouter, HTTPException, Request
from gradio.route_utils import GradioMultiPartParser, MultiPartException, upload_fn
from gradio.routes import file_upload_statuses
from starlette.concurrency import run_in_threadpool
from starlette.types import Message

from assistant.messages import message
from corpus.private_files import FILE_MODE
from ui.page_language import language_at
from ui.people.access import Access
from ui.people.person import Person, Role
from ui.web.upload_folders import UploadFolders

PATHS = ("/gradio_api/upload", "/en/gradio_api/upload")
_MOST_FILES = 20
"""How many of the largest files may wait of one person."""


class _Refused(MultiPartException):
    """What is sent is not read on, for the reason that a message tells."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class _FilesOnly(GradioMultiPartParser):
    """Reads forms that hold nothing but files: Gradio keeps every other field in memory, and copies it with every piece."""

    def on_headers_finished(self) -> None:
        """A part begins."""
        super().on_headers_finished()
        if self._current_part.file is None:
            raise _Refused("upload_files_only")


# Gradio names its reader of forms in no other way; its own routes that use it are shut.
gradio.route_utils.GradioMultiPartParser = _FilesOnly  # type: ignore[misc]


def upload_router(access: Access, folders: UploadFolders, most_bytes: int) -> APIRouter:
    """The route of both pages; `most_bytes` is the size of the largest file."""
    routes = APIRouter()

    async def upload(request: Request, upload_id: str | None = None) -> list[str]:
        """Keep the files in a new folder of the person's own; the page gets their paths."""
        person = await run_in_threadpool(access.need, request, Role.EDITOR)
        folder = await run_in_threadpool(_room_for, request, person, folders, most_bytes * _MOST_FILES)
        try:
            return await _keep(_bounded(request, most_bytes * _MOST_FILES), folder, most_bytes, upload_id)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    for path in PATHS:
        routes.add_api_route(path, upload, methods=["POST"], include_in_schema=False)
    return routes


def _room_for(request: Request, person: Person, folders: UploadFolders, most: int) -> Path:
    """A new folder, unless those of the person hold more than `most` bytes already."""
    folders.sweep()
    if folders.bytes_of(person) > most:
        raise _refusal(request, "upload_no_room")
    return folders.new_folder(person)


def _bounded(request: Request, most: int) -> Request:
    """The request, of whose body no more than `most` bytes are read."""
    left = most
    receive = request.receive

    async def receive_bounded() -> Message:
        nonlocal left
        received = await receive()
        left -= len(received.get("body", b""))
        if left < 0:
            raise _Refused("upload_no_room")
        return received

    return Request(request.scope, receive_bounded)


async def _keep(request: Request, folder: Path, most_bytes: int, upload_id: str | None) -> list[str]:
    progress = file_upload_statuses if upload_id else None
    try:
        kept, _, _ = await upload_fn(
            request, str(folder), most_bytes, upload_id, force_move=True, upload_progress=progress
        )
    except _Refused as error:
        raise _refusal(request, error.code) from error
    except HTTPException as error:
        raise _refusal(request, "upload_unreadable") from error
    except MultiPartException as error:
        # Gradio's words are English, whatever the page.
        code = "upload_file_long" if "File size" in error.message else "upload_unreadable"
        raise _refusal(request, code, most=most_bytes // (1024 * 1024)) from error
    for file in kept:
        os.chmod(file, FILE_MODE)
    return [str(file) for file in kept]


def _refusal(request: Request, code: str, **fields: object) -> HTTPException:
    status = 413 if code in {"upload_no_room", "upload_file_long"} else 400
    return HTTPException(status, message(code, language_at(request), **fields))
