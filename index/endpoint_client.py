"""The HTTP client of every model's endpoint: what is sent there goes nowhere else, and what comes back has bounds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import httpx

from corpus.bounded_body import ENCODINGS, bounded_body
from corpus.fetch_deadline import Deadline, bound

_LARGEST_JSON = 8 << 20


def endpoint_client(timeout: float) -> Any:
    """A client of the `openai` package's own kind that follows no redirect.

    Keys, headers, questions and articles are for the address that was set, not for one that it names.

    Args:
        timeout: Seconds to wait for an answer.
    """
    import openai

    return openai.DefaultHttpxClient(timeout=timeout, follow_redirects=False)


def read_json(
    address: str,
    *,
    headers: Mapping[str, str] | None = None,
    seconds: float,
    largest: int = _LARGEST_JSON,
    follow_redirects: bool = False,
    trust_env: bool = True,
) -> Any:
    """What an address answers as JSON.

    Args:
        address: Asked with GET.
        headers: Sent with it; none of them where redirects are followed.
        seconds: In which all of the answer must be there, not only its next piece.
        largest: Bytes that it may hold.
        follow_redirects: Whether another address may answer.
        trust_env: Whether proxies of the environment count.

    Raises:
        httpx.HTTPError, ValueError: There is no such answer.
    """
    deadline = Deadline(seconds)
    deadline.start()
    with (
        bound(
            httpx.Client(timeout=seconds, follow_redirects=follow_redirects, trust_env=trust_env), deadline
        ) as client,
        client.stream("GET", address, headers={**(headers or {}), "accept-encoding": ENCODINGS}) as reply,
    ):
        reply.raise_for_status()
        return json.loads(bounded_body(reply, largest))
