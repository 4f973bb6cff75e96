"""Serves Gradio's frontend with few, small answers: its files compressed once, and a page whose head names what it needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.web.frontend_parts import FrontendParts, compressed
from ui.web.waiting import in_thread

_ASSET = re.compile(r"(?:/en)?/assets/([\w.-]+\.(js|css))")
_TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
_FOR_GOOD = {"cache-control": "public, max-age=31536000, immutable"}
"""Names of files tell their contents."""
_ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='8' fill='#1f4fd1'/>"
    "<path d='M9 8h9l5 5v11H9z' fill='#fff'/><path d='M12.5 15.500h7M12.5 19.500h4.5' stroke='#1f4fd1' stroke-width='2'/></svg>"
)
_FRAMED = re.compile(
    r"<script>\s*\(\(\) => \{[^<]*iframeResizer.*?</script>|<link rel=\"manifest\"[^>]*>", re.S
)
"""For pages inside others' frames, which are refused here; and for an app on a phone, of which there is none."""


class FrontendServed:
    """Stands before the Gradio pages; `languages` are the paths of the pages, with the tag of each one's language."""

    def __init__(self, app: ASGIApp, parts: FrontendParts, languages: Mapping[str, str]) -> None:
        self._app = app
        self._parts = parts
        self._languages = languages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a file, or a page with another head; all else goes on."""
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
        elif path == f"/page-parts/{self._parts.digest}.css":
            style = Response(self._parts.style, headers={"content-type": _TYPES["css"], **_FOR_GOOD})
            await style(scope, receive, send)
        elif (asset := _ASSET.fullmatch(path)) and "br" in Request(scope).headers.get("accept-encoding", ""):
            await self._asset(asset[1], _TYPES[asset[2]], scope, receive, send)
        elif path in self._languages:
            await self._app(scope, receive, self._with_head(send, self._languages[path]))
        else:
            await self._app(scope, receive, send)

    async def _asset(self, name: str, kind: str, scope: Scope, receive: Receive, send: Send) -> None:
        body = await in_thread(compressed, name)
        if body is None:
            await self._app(scope, receive, send)
            return
        headers = {"content-type": kind, "content-encoding": "br", "vary": "Accept-Encoding", **_FOR_GOOD}
        await Response(body, headers=headers)(scope, receive, send)

    def _with_head(self, send: Send, language: str) -> Send:
        start: list[Message] = []
        body: list[bytes] = []

        async def send_with_head(sent: Message) -> None:
            if sent["type"] == "http.response.start":
                start.append(sent)
                return
            if sent["type"] != "http.response.body":
                await send(sent)
                return
            body.append(sent.get("body", b""))
            if sent.get("more_body"):
                return
            whole = b"".join(body)
            headers = MutableHeaders(raw=start[0]["headers"])
            if _is_page(headers):
                whole = self._page(whole.decode(), language).encode()
                headers["content-length"] = str(len(whole))
            await send(start[0])
            await send({"type": "http.response.body", "body": whole})

        return send_with_head

    def _page(self, html: str, language: str) -> str:
        icon = f'<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,{quote(_ICON)}">'
        html = _FRAMED.sub("", html.replace('lang="en"', f'lang="{language}"', 1))
        config = "<script>window.gradio_config"
        html = html.replace(config, f"{self._parts.announced()}{icon}{config}", 1)
        return html.replace("</head>", f"{self._parts.styled()}</head>", 1)


def _is_page(headers: Headers) -> bool:
    return headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers
