"""A body that unpacks to far more than it is: unpacked up to the bound and no further, or not at all."""

import gzip
import resource
import zlib
from pathlib import Path

import httpx
import pytest

from corpus import web
from corpus.bounded_body import BodyTooLargeError, bounded_body
from corpus.problem import Problem

_HUGE = 400_000_000


def _bomb(encoding: str) -> bytes:
    if encoding == "gzip":
        return gzip.compress(bytes(_HUGE), 9)
    if encoding == "deflate":
        return zlib.compress(bytes(_HUGE), 9)
    if encoding == "zstd":
        return pytest.importorskip("zstandard").compress(bytes(_HUGE))
    return pytest.importorskip("brotli").compress(bytes(_HUGE), quality=1) if encoding == "br" else b"x"


def _client(body: bytes, encoding: str) -> httpx.Client:
    headers = {"content-encoding": encoding, "content-type": "text/html"} if encoding else {}
    return httpx.Client(
        transport=httpx.MockTransport(lambda _: httpx.Response(200, headers=headers, content=body))
    )


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "zstd", "br", "gzip, gzip", "nonsense"])
def test_what_unpacks_to_gigabytes_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    body = _bomb(encoding.partition(",")[0])
    assert len(body) < 1_000_000
    # The client as it is made, but for where it connects to.
    monkeypatch.setattr(web, "fetching_client", lambda *_, **__: _client(body, encoding))
    before = _peak_mb()
    (found,) = web.fetch(["http://example.org/"], tmp_path)
    assert isinstance(found, Problem)
    assert found.code in {"page_too_large", "page_not_reached"}
    assert _peak_mb() - before < 150


@pytest.mark.parametrize("encoding", ["", "identity", "gzip", "x-gzip", "deflate", "GZIP"])
def test_what_is_packed_as_asked_for_is_unpacked(encoding: str) -> None:
    text = "正文".encode() * 5000
    body = (
        gzip.compress(text)
        if "gzip" in encoding.lower()
        else zlib.compress(text)
        if encoding == "deflate"
        else text
    )
    with _client(body, encoding) as client, client.stream("GET", "http://example.org/") as reply:
        assert bounded_body(reply, len(text)) == text
    with (
        _client(body, encoding) as client,
        client.stream("GET", "http://example.org/") as reply,
        pytest.raises(BodyTooLargeError),
    ):
        bounded_body(reply, len(text) - 1)


def test_what_is_damaged_is_an_error_of_the_connection() -> None:
    with (
        _client(b"no gzip", "gzip") as client,
        client.stream("GET", "http://example.org/") as reply,
        pytest.raises(httpx.DecodingError),
    ):
        bounded_body(reply, 100)
