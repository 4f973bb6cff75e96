"""Articles from the net: pages, feeds (RSS, Atom) and sitemaps are fetched into a folder and read like any file."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin, urlparse

import httpx

from corpus.bounded_body import BodyTooLargeError, bounded_body
from corpus.fetch_deadline import Deadline, bound
from corpus.problem import Problem
from corpus.public_addresses import fetching_client
from corpus.reasons import reason_and_detail
from corpus.whole_files import sweep_parts, write_whole

ADDRESSES_FILE = "addresses.json"
"""Beside the fetched files: the address of each, by file name."""
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "application/json": ".json",
    "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/ofd": ".ofd",
    "message/rfc822": ".eml",
    "multipart/related": ".mht",
}
_LIST_TAGS = {"rss", "feed", "RDF", "urlset", "sitemapindex"}
_LARGEST_MB = 20
_MOST_LINKS = 500
_DEEPEST_SITEMAP = 2
_TIMEOUT_S = 20.0
"""Longest wait for a connection, or for the next bytes."""
LONGEST_FETCH_S = 120.0
"""Longest wait for a page as a whole, its redirects and heads included: a server may send a byte now and then for days."""
_PAUSE_S = 0.2
_AGENT = "policy-assistant"


def is_address(text: str) -> bool:
    """Whether a command's argument is an address on the net, not a path."""
    return urlparse(text).scheme in {"http", "https"}


def fetch(
    addresses: list[str],
    folder: Path,
    progress: Callable[[int, int, str], None] = lambda done, total, name: None,
    *,
    allow_private: bool = False,
    longest_s: float = LONGEST_FETCH_S,
) -> Iterator[Path | Problem]:
    """Fetch pages and what feeds and sitemaps list into `folder`; yields each file, or why there is none.

    A page that was fetched before is fetched again and replaces its file. Only pages of the public net are fetched,
    also where a redirect leads, unless `allow_private`; one that takes longer than `longest_s` seconds is given up.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sweep_parts(folder)
    deadline = Deadline(longest_s)
    with bound(fetching_client(_TIMEOUT_S, _AGENT, allow_private=allow_private), deadline) as client:
        waiting = [(address, 0) for address in addresses]
        seen = {address for address, _ in waiting}
        done = 0
        while waiting:
            address, depth = waiting.pop(0)
            progress(done, done + 1 + len(waiting), address)
            done += 1
            try:
                body, kind = _get(client, address, deadline)
                links = _links_of(body, address) if _is_list(body, kind) else None
            except Problem as problem:
                yield problem
                continue
            if links is None:
                yield _store(folder, address, body, kind)
            elif depth > _DEEPEST_SITEMAP or not links:
                yield Problem("feed_without_links", address=address)
            else:
                fresh = [link for link in links if link not in seen]
                if len(links) > _MOST_LINKS:
                    yield Problem("feed_too_long", address=address, links=len(links), most=_MOST_LINKS)
                    fresh = fresh[:_MOST_LINKS]
                seen.update(fresh)
                waiting += [(link, depth + 1) for link in fresh]
            if waiting:
                time.sleep(_PAUSE_S)


def address_of(file: Path) -> str:
    """The address a file was fetched from; empty for any other file."""
    return _addresses(file.parent).get(file.name, "")


def _get(client: httpx.Client, address: str, deadline: Deadline) -> tuple[bytes, str]:
    deadline.start()
    try:
        with client.stream("GET", address) as response:
            response.raise_for_status()
            body = bounded_body(response, _LARGEST_MB * 1024 * 1024)
            kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    except BodyTooLargeError as error:
        raise Problem("page_too_large", address=address, most=_LARGEST_MB) from error
    except httpx.HTTPStatusError as error:
        raise Problem("page_not_there", address=address, status=error.response.status_code) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        if deadline.left <= 0:
            raise Problem("page_too_slow", address=address, seconds=int(deadline.seconds)) from error
        raise Problem(
            "page_not_reached", address=address, **reason_and_detail(error, "reason_other")
        ) from error
    return body, kind


def _is_list(body: bytes, kind: str) -> bool:
    """Whether the answer is a feed or a sitemap by its outermost tag."""
    if kind.endswith("xml") and kind not in _ENDINGS:
        return True
    if kind in _ENDINGS:
        return False
    match = re.match(rb"(?:\xef\xbb\xbf)?\s*(?:<[?!][^>]*>\s*)*<(?:\w+:)?(\w+)", body[:4096])
    return match is not None and match.group(1).decode() in _LIST_TAGS


def _links_of(body: bytes, address: str) -> list[str]:
    """The pages a feed lists, or the pages and sitemaps of a sitemap, each once.

    Raises:
        Problem: `broken_feed` for broken or dangerous XML.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(body)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Problem("broken_feed", address=address, **reason_and_detail(error, "reason_xml")) from error
    found = []
    for parent in root.iter():
        if _plain(parent.tag) not in {"item", "entry", "url", "sitemap"}:
            continue
        for child in parent:
            tag = _plain(child.tag)
            alternate = tag == "link" and child.get("rel", "alternate") == "alternate"
            if tag == "loc" or alternate:
                found.append((child.get("href") or child.text or "").strip())
    links = [urljoin(address, link) for link in found if link]
    return [link for link in dict.fromkeys(links) if is_address(link)]


def _plain(tag: str) -> str:
    return tag.rpartition("}")[2]


def _store(folder: Path, address: str, body: bytes, kind: str) -> Path | Problem:
    ending = _ENDINGS.get(kind) or Path(urlparse(address).path).suffix.lower()
    if ending not in set(_ENDINGS.values()):
        return Problem("page_of_unknown_kind", address=address, kind=kind or "?")
    host = re.sub(r"[^\w.-]", "_", urlparse(address).netloc)
    file = folder / f"{host}-{hashlib.sha256(address.encode()).hexdigest()[:12]}{ending}"
    write_whole(file, body)
    addresses = {**_addresses(folder), file.name: address}
    table = json.dumps(addresses, ensure_ascii=False, indent=1)
    write_whole(folder / ADDRESSES_FILE, table.encode())
    return file


def _addresses(folder: Path) -> dict[str, str]:
    try:
        return dict(json.loads((folder / ADDRESSES_FILE).read_text("utf-8")))
    except (OSError, ValueError):
        return {}
