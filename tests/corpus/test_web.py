"""Fetching from a real server on this machine: pages, feeds, sitemaps, and what goes wrong."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from corpus.load import find_files, read_articles
from corpus.model import Article
from corpus.problem import Problem
from corpus.web import address_of, fetch, is_address

_BODY = "全省集成电路产业营收增长一成，龙头企业扩大投资，新建三条生产线，带动就业两万人。" * 4
_PAGE = f"<html><head><title>{{0}}</title></head><body><article><h1>{{0}}</h1><p>2026年3月5日</p><p>{_BODY}</p></article></body></html>"
_FILES = {
    "/one.html": ("text/html; charset=utf-8", _PAGE.format("第一篇产业文章")),
    "/two.html": ("text/html; charset=utf-8", _PAGE.format("第二篇产业文章")),
    "/feed.xml": ("application/rss+xml", "<?xml version='1.0'?><rss><channel><link>/</link><item><link>{0}/one.html</link></item>"
                  "<item><link>/two.html</link></item><item><link>{0}/gone.html</link></item></channel></rss>"),
    "/atom.xml": ("application/xml", "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='/two.html'/>"
                  "<link rel='self' href='/self'/></entry></feed>"),
    "/sitemap.xml": ("text/xml", "<sitemapindex xmlns='s'><sitemap><loc>{0}/part.xml</loc></sitemap></sitemapindex>"),
    "/part.xml": ("text/xml", "<urlset xmlns='s'><url><loc>{0}/one.html</loc></url><url><loc>ftp://x/y</loc></url></urlset>"),
    "/bomb.xml": ("text/xml", "<!DOCTYPE r [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><rss><item><link>&b;</link></item></rss>"),
    "/film.mp4": ("video/mp4", "x"),
    "/large.txt": ("text/plain", "大" * 8_000_000),
}  # fmt: skip


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path not in _FILES:
            self.send_error(404)
            return
        kind, text = _FILES[self.path]
        host = f"http://{self.headers['Host']}"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.replace("{0}", host).encode())

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _codes(found: list[Path | Problem]) -> list[str]:
    return [each.code for each in found if isinstance(each, Problem)]


def test_a_feed_brings_its_pages_with_their_addresses(site: str, tmp_path: Path) -> None:
    found = list(fetch([f"{site}/feed.xml"], tmp_path, allow_private=True))
    assert _codes(found) == ["page_not_there"]
    articles = [a for file in find_files([tmp_path]) for a in read_articles(file) if isinstance(a, Article)]
    assert {article.title for article in articles} == {"第一篇产业文章", "第二篇产业文章"}
    assert {article.url for article in articles} == {f"{site}/one.html", f"{site}/two.html"}


def test_atom_and_nested_sitemaps(site: str, tmp_path: Path) -> None:
    found = list(fetch([f"{site}/atom.xml", f"{site}/sitemap.xml"], tmp_path, allow_private=True))
    assert sorted(address_of(each) for each in found if isinstance(each, Path)) == [
        f"{site}/one.html",
        f"{site}/two.html",
    ]
    assert not _codes(found)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/gone", "page_not_there"),
        ("/bomb.xml", "broken_feed"),
        ("/film.mp4", "page_of_unknown_kind"),
        ("/large.txt", "page_too_large"),
    ],
)
def test_what_cannot_be_had_is_named_and_the_rest_goes_on(
    site: str, tmp_path: Path, path: str, code: str
) -> None:
    found = list(fetch([site + path, f"{site}/one.html"], tmp_path, allow_private=True))
    assert _codes(found) == [code]
    assert [address_of(each) for each in found if isinstance(each, Path)] == [f"{site}/one.html"]


_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(
    "beginning",
    [b"", b"HTTP/1.1 200 OK\r\nX: ", _HEAD + b"\r\n", _HEAD + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08\0\0\0\0\0\0"],
    ids=["status line", "head", "body", "head of a gzip"],
)  # fmt: skip
def test_a_server_that_sends_a_byte_now_and_then_is_given_up(
    site: str, tmp_path: Path, beginning: bytes
) -> None:
    """No single read waits long, yet the page would never be whole."""
    ended = threading.Event()

    def drip(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection, suppress(OSError):
            connection.recv(10_000)
            connection.sendall(beginning)
            while not ended.wait(0.05):
                connection.sendall(b"x" if beginning else b"HTTP/1.1 200 OK"[:1])

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=drip, args=(listener,))
        thread.start()
        begun = time.monotonic()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/x.html"
        found = list(fetch([address, f"{site}/one.html"], tmp_path, allow_private=True, longest_s=1.0))
        ended.set()
        thread.join(20)
    assert time.monotonic() - begun < 15
    assert _codes(found) == ["page_too_slow"]
    assert [address_of(each) for each in found if isinstance(each, Path)] == [f"{site}/one.html"]


def test_what_a_broken_download_left_is_swept_and_never_read(site: str, tmp_path: Path) -> None:
    old, fresh, foreign = tmp_path / f".{'0' * 16}.part", tmp_path / f".{'1' * 16}.part", tmp_path / ".a.part"
    for file in (old, fresh, foreign):
        file.write_bytes(b"<html>")
    for file in (old, foreign):
        os.utime(file, (1, 1))
    list(fetch([f"{site}/one.html"], tmp_path, allow_private=True))
    assert [file.exists() for file in (old, fresh, foreign)] == [False, True, True]
    assert [file.suffix for file in find_files([tmp_path])] == [".html"]


def test_a_page_appears_whole_or_not_at_all(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = next(each for each in fetch([f"{site}/one.html"], tmp_path, allow_private=True))
    assert isinstance(page, Path)
    before = page.read_bytes()

    def full(part: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        list(fetch([f"{site}/one.html"], tmp_path, allow_private=True))
    assert page.read_bytes() == before
    assert not list(tmp_path.glob(".*.part"))


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    assert _codes(list(fetch(["http://127.0.0.1:9/x"], tmp_path, allow_private=True))) == ["page_not_reached"]


def test_addresses_are_told_from_paths() -> None:
    assert all(is_address(text) for text in ("https://example.org/a", "http://x"))
    assert not any(is_address(text) for text in ("C:/a", "a/b.md", "ftp://x/y", ""))
