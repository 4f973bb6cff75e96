"""A body that unpacks to far more than it is: unpacked up to the bound and no further, or not at all."""

import gzip
import tracemalloc
import zlib
from pathlib import Path

import httpx
import pytest

from corpus import web
from corpus.bounded_body import BodyTooLargeError, bounded_body
from corpus.problem import Problem


def _bomb(encoding: str) -> bytes:
    """A hundred megabytes of zeros, packed piece by piece."""
    if encoding == "zstd":
        packer = pytest.importorskip("zstandard").ZstdCompressor().compressobj()
        pack, flush = packer.compress, packer.flush
    elif encoding == "br":
        packer = pytest.importorskip("brotli").Compressor(quality=1)
        pack, flush = packer.process, packer.finish
    else:
        packer = zlib.compressobj(1, zlib.DEFLATED, 31 if encoding == "gzip" else 15)
        pack, flush = packer.compress, packer.flush
    return b"".join([*(pack(bytes(1_000_000)) for _ in range(100)), flush()])


def _client(body: bytes, encoding: str) -> httpx.Client:
    headers = {"content-encoding": encoding, "content-type": "text/html"} if encoding else {}
    return httpx.Client(
        transport=httpx.MockTransport(lambda _: httpx.Response(200, headers=headers, content=iter([body])))
    )


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "zstd", "br", "gzip, gzip", "nonsense"])
def test_what_unpacks_to_gigabytes_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    body = _bomb(encoding.partition(",")[0])
    assert len(body) < 1_000_000
    # The client as it is made, but for where it connects to.
    monkeypatch.setattr(web, "fetching_client", lambda *_, **__: _client(body, encoding))
    monkeypatch.setattr(web, "_LARGEST_MB", 1)
    tracemalloc.start()
    (found,) = web.fetch(["http://example.org/"], tmp_path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(found, Problem)
    assert found.code in {"page_too_large", "page_not_reached"}
    assert peak < 20_000_000


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
