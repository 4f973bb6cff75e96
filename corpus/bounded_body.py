"""The body of an answer from the net, unpacked piece by piece: a few bytes that unpack to gigabytes are never unpacked."""

from __future__ import annotations

import zlib

import httpx

ENCODINGS = "gzip, deflate"
"""What to accept in a request: packed in these ways a body can be unpacked up to a bound."""
_PLAIN = frozenset({"", "identity"})
_WINDOWS = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


class BodyTooLargeError(ValueError):
    """A body is larger than it may be."""


def bounded_body(response: httpx.Response, largest: int) -> bytes:
    """What an answer holds.

    Args:
        response: Of a stream, not read yet.
        largest: Bytes that it may hold, unpacked.

    Raises:
        BodyTooLargeError: It holds more; no more than that is ever in memory.
        httpx.HTTPError: The connection broke, or the body is packed in another way than was asked for.
    """
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in _PLAIN and encoding not in _WINDOWS:
        raise httpx.DecodingError(f"an encoding that was not asked for: {encoding[:40]!r}")
    unpack = None if encoding in _PLAIN else zlib.decompressobj(_WINDOWS[encoding])
    body = bytearray()
    for part in response.iter_raw():
        try:
            body += part if unpack is None else unpack.decompress(part, largest + 1 - len(body))
        except zlib.error as error:
            raise httpx.DecodingError(str(error)) from error
        if len(body) > largest:
            raise BodyTooLargeError
    return bytes(body)
