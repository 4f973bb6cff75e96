"""Serves Gradio's frontend with few, small answers: its files compressed once, and a page whose head names what it needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.web.frontend_parts import FrontendParts, compressed, compressed_text
from ui.web.waiting import in_thread

_PART = re.compile(r"/page-parts/([\w.-]+\.(js|css))")
_ASSET = re.compile(r"(?:/en)?/assets/([\w.-]+\.(js|css))")
_TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
_FOR_GOOD = {"cache-control": "public, max-age=31536000, immutable"}
"""Names of files tell their contents."""
_ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='8' fill='#1f4fd1'/>"
    "<path d='M9 8h9l5 5v11H9z' fill='#fff'/><path d='M12.5 15.500h7M12.5 19.500h4.5' stroke='#1f4fd1' stroke-width='2'/></svg>"
)
_PAGE_QUALITY = 5
"""A page is made anew for each request: as quick as gzip, and a tenth smaller."""
_ROOT, _THEME = re.compile(r'"root":\s*"([^"<>]*)"}'), re.compile(r'"theme_hash":\s*"(\w+)"')
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
            return
        takes_brotli = "br" in Request(scope).headers.get("accept-encoding", "")
        served: Response | None = None
        if part := _PART.fullmatch(path):
            served = await self._part(part[1], _TYPES[part[2]], brotli_too=takes_brotli)
        elif takes_brotli and (asset := _ASSET.fullmatch(path)):
            body = await in_thread(compressed, asset[1])
            served = None if body is None else _kept(body, _TYPES[asset[2]], encoding="br")
        elif path in self._languages:
            send = self._with_head(send, self._languages[path], brotli_too=takes_brotli)
        await (served or self._app)(scope, receive, send)

    async def _part(self, name: str, kind: str, *, brotli_too: bool) -> Response | None:
        text = self._parts.file(name)
        if text is None:
            return None
        if not brotli_too:
            return _kept(text.encode(), kind)
        return _kept(await in_thread(compressed_text, text), kind, encoding="br")

    def _with_head(self, send: Send, language: str, *, brotli_too: bool) -> Send:
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
                if brotli_too:
                    whole = brotli.compress(whole, quality=_PAGE_QUALITY)
                    headers["content-encoding"] = "br"
                    headers.add_vary_header("Accept-Encoding")
                headers["content-length"] = str(len(whole))
            await send(start[0])
            await send({"type": "http.response.body", "body": whole})

        return send_with_head

    def _page(self, html: str, language: str) -> str:
        icon = f'<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,{quote(_ICON)}">'
        html = _FRAMED.sub("", html.replace('lang="en"', f'lang="{language}"', 1))
        config = "<script>window.gradio_config"
        html = html.replace(config, f"{self._parts.announced(language[:2])}{icon}{config}", 1)
        return html.replace("</head>", f"{self._parts.styled()}{_theme(html)}</head>", 1)


def _theme(html: str) -> str:
    """The stylesheet of the theme, which Gradio's script would wait for: under the address by which it sees that it is there."""
    root, digest = _ROOT.search(html), _THEME.search(html)
    return f'<link rel="stylesheet" href="{root[1]}/theme.css?v={digest[1]}">' if root and digest else ""


def _kept(body: bytes, kind: str, encoding: str = "") -> Response:
    """A file that a browser keeps for good."""
    encoded = {"content-encoding": encoding} if encoding else {}
    return Response(body, headers={"content-type": kind, "vary": "Accept-Encoding", **encoded, **_FOR_GOOD})


def _is_page(headers: Headers) -> bool:
    return headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers
