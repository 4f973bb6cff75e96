"""The server: the page in Chinese at /, in English at /en, articles at /article, the API at /api."""

from __future__ import annotations

import socket
from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING

from assistant.messages import explain, message
from corpus.private_files import keep_new_files_private
from corpus.problem import Problem
from corpus.reasons import reason_and_detail

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.settings import Settings
    from ui.web.workplace import Workplace

_LAST_SECONDS = 3


def free_or_complain(host: str, port: int) -> None:
    """Check, before anything is loaded, that the port can be had.

    Raises:
        Problem: `port_taken` or `host_wrong`.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except socket.gaierror as error:
            raise Problem("host_wrong", host=host) from error
        except OSError as error:
            if error.errno in {98, 48, 10048}:
                raise Problem("port_taken", port=port) from error
            raise Problem("port_not_allowed", host=host, port=port, **reason_and_detail(error)) from error


def make_app(workplace: Workplace, host: str = "127.0.0.1") -> FastAPI:
    """The web application over a workplace; `host` is where it listens."""
    import gradio as gr
    from fastapi import FastAPI, Request
    from fastapi.middleware.gzip import GZipMiddleware
    from fastapi.responses import RedirectResponse

    from corpus.whole_files import sweep_parts
    from ui.chats.store import ChatStore, chats_place
    from ui.chats.writing import Writer
    from ui.in_use import is_in_use
    from ui.people.access import Access
    from ui.people.limits import Limits
    from ui.web.api import router
    from ui.web.body_bound import BodyBound
    from ui.web.browser_language import BrowserLanguage
    from ui.web.chats_api import chats_router
    from ui.web.connections import most_of_one
    from ui.web.doors import add_doors
    from ui.web.error_pages import add_error_handlers
    from ui.web.eval_job import EvalJob
    from ui.web.event_guard import EventGuard
    from ui.web.forwarded import Forwarded
    from ui.web.frontend_parts import FrontendParts
    from ui.web.frontend_served import FrontendServed
    from ui.web.gate import Gate
    from ui.web.login import login_router
    from ui.web.mounted import file_inputs, marked_as_launched, upload_root
    from ui.web.news import news_router
    from ui.web.notebook_api import notebook_router
    from ui.web.page import chat_page
    from ui.web.shares import GradioEvents
    from ui.web.theme import page_theme
    from ui.web.upload_folders import UploadFolders
    from ui.web.upload_route import upload_router

    app = FastAPI(title="policy-assistant", docs_url=None, openapi_url="/api/openapi.json", redoc_url=None)
    settings = workplace.settings
    access = Access(settings, host)
    limits = Limits(settings.questions_a_minute)
    store = ChatStore(chats_place(settings))
    if not is_in_use(settings.data):
        # Else they may be answers that another server over the same folder is writing.
        store.stop_strays()
    store.purge_deleted()
    writer = Writer(store)
    job = EvalJob(workplace)
    folders = UploadFolders(upload_root())
    folders.sweep()
    sweep_parts(settings.uploads_folder)
    pages = {
        path: chat_page(workplace, access, limits, job, store, writer, language)
        for path, language in (("/en", "en"), ("/", "zh"))
    }
    events = GradioEvents(pages)
    languages = {"/": "zh-CN", "/en/": "en"}
    parts = FrontendParts(pages.values())
    Thread(target=parts.compress_ahead, daemon=True).start()
    app.add_middleware(FrontendServed, parts=parts, languages=languages)
    app.add_middleware(
        EventGuard, access=access, folders=folders, file_inputs=file_inputs(pages), events=events
    )
    app.add_middleware(BrowserLanguage)
    app.add_middleware(Gate, access=access, most_at_once=most_of_one())
    app.add_middleware(Forwarded, trusted_proxies=settings.trusted_proxies)
    app.add_middleware(BodyBound, settings=settings)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)
    add_error_handlers(app)
    app.include_router(upload_router(access, folders, _taken_mb(settings) * 1024 * 1024))
    app.include_router(login_router(access, settings.session_days * 86400))
    app.include_router(router(workplace, access, limits))
    app.include_router(chats_router(workplace, access, store))
    app.include_router(notebook_router(workplace, access, store))
    app.include_router(news_router(workplace, access, store.visits))
    theme = page_theme()
    add_doors(app, workplace, access, limits, job)

    def signed_in(request: Request) -> str | None:
        """Gradio's own question, after the gate's."""
        person = access.person_of(request)
        return None if person is None else person.name

    app.add_api_route("/en", lambda: RedirectResponse("/en/"), include_in_schema=False)
    for path in ("/en", "/"):
        app = gr.mount_gradio_app(
            app, marked_as_launched(pages[path]), path=path, theme=theme, footer_links=[], ssr_mode=False, show_error=False, auth_dependency=signed_in,
            max_file_size=f"{_taken_mb(settings)}mb",
        )  # fmt: skip
    return app


def _taken_mb(settings: Settings) -> int:
    """Where Gradio breaks off an upload: above the limit, so that a file a little too large is told in words."""
    return 2 * settings.upload_megabytes


def run(
    settings: Settings,
    host: str,
    port: int,
    progress: Callable[[int, int, str], None],
    say: Callable[[str], None],
) -> None:
    """Serve until Ctrl-C; the index is made in the background, its progress goes to `progress`."""
    import os

    keep_new_files_private()
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    # Not in the system's temporary folder, where other people's programs are.
    os.environ.setdefault("GRADIO_TEMP_DIR", str((settings.data / "incoming").resolve()))
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    import uvicorn

    from ui.in_use import in_use
    from ui.memory import keep_memory_low
    from ui.private_state import close_state
    from ui.web.connections import server_config
    from ui.web.workplace import Workplace

    keep_memory_low()
    close_state(settings)
    workplace = Workplace(settings, progress)
    app = make_app(workplace, host)
    shown_host = "localhost" if host in {"0.0.0.0", "::"} else host
    say(message("serving", settings.language, address=f"http://{shown_host}:{port}"))

    def prepare() -> None:
        workplace.prepare()
        problem = workplace.status.problem
        if problem is not None:
            say(explain(problem, settings.language))
        if workplace.assistant is not None:
            say(message("serving_ready", settings.language))
        workplace.keep_trying()

    Thread(target=prepare, daemon=True).start()
    with in_use(settings.data):
        # A page that is open holds a connection for good: it is not waited for.
        uvicorn.Server(server_config(app, host, port, _LAST_SECONDS)).run()
        if workplace.assistant is not None:
            workplace.assistant.queue.give_up_all()
