"""Gradio's own scripts and styles as few requests: what the pages need is known before a browser asks for it.

Gradio's page finds out step by step which of its files it needs, and fetches a small stylesheet for nearly each component. Here
the files are read out of Gradio's own lists: all stylesheets go out as one, scripts are announced at the top of the page, and
files are compressed once, well, instead of each time, quickly. What the lists do not tell is fetched as Gradio does it. The page's
own stylesheet goes out with Gradio's, its scripts as a file for each language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import brotli
import gradio as gr

from ui.web.own_files import digest_of_text, own_script, own_style

_FOLDER = Path(gr.__file__).parent / "templates" / "frontend"
_ASSETS = _FOLDER / "assets"
_LIST = re.compile(r"m\.f=\[([^\]]*)\]")
_NAME = re.compile(r"\./([\w.-]+\.(?:js|css))")
_LOADED = re.compile(r"import\(`\./([\w.-]+\.js)`\)[^`\[]{0,60}?__vite__mapDeps\(\[([\d,]*)\]\)")
_COMPONENT = re.compile(r"[{,]`?([\w-]+)`?:\{((?:\w+:\(\)=>[^{}]*)+)\}")
_QUALITY = 10


class FrontendParts:
    """What pages with these blocks fetch of Gradio's frontend: the names of `scripts` and `styles`."""

    def __init__(self, pages: Iterable[gr.Blocks]) -> None:
        kinds = {block.get_block_name() for page in pages for block in page.blocks.values()}
        names = dict.fromkeys(_needed(kinds))
        self.scripts = [name for name in names if name.endswith(".js")]
        # One that names other files by their place can stand in no other place.
        self.styles = [name for name in names if name.endswith(".css") and "url(" not in _text(name)]
        # Its own rules come last: they override Gradio's.
        style = "\n".join([*map(_text, self.styles), own_style()])
        self._style = f"{digest_of_text(style)}.css"
        self._files = {self._style: style}

    def compress_ahead(self) -> None:
        """Compress what every page fetches, so that who opens the first one does not wait for that."""
        for name in self.scripts:
            compressed(name)
        for text in [*self._files.values(), own_script("zh"), own_script("en")]:
            compressed_text(text)

    def announced(self, language: str) -> str:
        """What goes to the top of the page's head; its own scripts run before Gradio's, in the order in which they stand."""
        script = own_script(language)
        name = f"{digest_of_text(script)}.js"
        self._files[name] = script
        own = f'<script defer src="/page-parts/{name}"></script>'
        return own + "".join(f'<link rel="modulepreload" href="./assets/{each}">' for each in self.scripts)

    def styled(self) -> str:
        """What goes to the end of the page's head, where Gradio would put it: it overrides Gradio's first stylesheet."""
        # A link that is switched off is fetched by no browser, and Gradio's scripts see that it is there.
        there = "".join(f'<link rel="stylesheet" href="./assets/{name}" disabled>' for name in self.styles)
        return f'<link rel="stylesheet" href="/page-parts/{self._style}">{there}'

    def file(self, name: str) -> str | None:
        """What a file of `/page-parts` holds; None where there is none of that name."""
        return self._files.get(name)


def _text(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _needed(kinds: set[str]) -> Iterable[str]:
    """Names of files, each perhaps several times; none where Gradio's own lists have another form."""
    index = (_FOLDER / "index.html").read_text(encoding="utf-8")
    entries = re.findall(r'src="\./assets/([\w.-]+\.js)"', index)
    yield from entries
    for entry in entries:
        listed = _listed(entry)
        for name, numbers in _LOADED.findall(_text(entry)):
            wanted = [listed[int(each)] for each in numbers.split(",") if each]
            yield from (name, *wanted)
            for each in [name, *wanted]:
                if each.endswith(".js"):
                    yield from _of_components(each, kinds)
            yield from _drawing(name)


def _drawing(name: str) -> Iterable[str]:
    """What draws a page of components, which the script of the page loads."""
    listed = _listed(name)
    for file, numbers in _LOADED.findall(_text(name)):
        if file.startswith("Blocks-"):
            yield file
            yield from (listed[int(each)] for each in numbers.split(",") if each)


def _of_components(name: str, kinds: set[str]) -> Iterable[str]:
    listed = _listed(name)
    for kind, loaded in _COMPONENT.findall(_text(name)):
        for file, numbers in _LOADED.findall(loaded) if kind in kinds else ():
            yield file
            yield from (listed[int(each)] for each in numbers.split(",") if each)


@lru_cache(None)
def _listed(name: str) -> list[str]:
    found = _LIST.search(_text(name))
    return _NAME.findall(found[1]) if found else []


@lru_cache(400)
def compressed(name: str) -> bytes | None:
    """A file of the frontend in brotli; None where there is none of that name."""
    path = _ASSETS / name
    return brotli.compress(path.read_bytes(), quality=_QUALITY) if path.is_file() else None


@lru_cache(10)
def compressed_text(text: str) -> bytes:
    """A file of the page's own in brotli."""
    return brotli.compress(text.encode(), quality=_QUALITY)
