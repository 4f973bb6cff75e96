"""The two hosts of models: what each says of a file (address, size, SHA-256), and which of them answers first."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from assistant.local_models.catalogue import OpenModel
from assistant.settings import Settings
from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from index.endpoint_client import read_json

_log = logging.getLogger(__name__)
_PROBE_S = 8.0
_MOST_TIMES = 2
"""A file may be so many times as large as the list says: no host fills the disk with another."""
_SHA = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Source:
    """A file at a host, as the host tells of it: its size in bytes, and its SHA-256."""

    host: str
    address: str
    size: int
    sha256: str


def sources_of(model: OpenModel, settings: Settings) -> list[Source]:
    """Where a model can be fetched, the host first that answered first.

    Raises:
        Problem: `model_hosts_silent` where no host tells of the file.
    """
    asking: list[tuple[Callable[[OpenModel, str], Source], str]] = [
        (_at_modelscope, settings.modelscope_url.rstrip("/")),
        (_at_huggingface, settings.huggingface_url.rstrip("/")),
    ]
    found: list[Source] = []
    last: Exception = TimeoutError()
    pool = ThreadPoolExecutor(len(asking))
    futures: dict[Future[Source], str] = {
        pool.submit(ask, model, address): address for ask, address in asking if address
    }
    with suppress(NotYet):
        for future in as_completed(futures, timeout=_PROBE_S):
            try:
                found.append(future.result())
            except Exception as error:  # whatever a foreign host does, the other one is asked
                _log.info("no model at %s: %s", futures[future], error)
                last = error
    pool.shutdown(wait=False, cancel_futures=True)
    if not found:
        hosts = ", ".join(futures.values())
        raise Problem(
            "model_hosts_silent", model=model.name, hosts=hosts, **reason_and_detail(last, "reason_not_given")
        ) from last
    return found


def _at_modelscope(model: OpenModel, host: str) -> Source:
    read = _json(f"{host}/api/v1/models/{model.modelscope}/repo/files?Revision=master&Recursive=true")
    for each in read["Data"]["Files"]:
        if each.get("Path") == model.file:
            address = f"{host}/models/{model.modelscope}/resolve/master/{quote(model.file)}"
            return _source(model, host, address, each.get("Size"), each.get("Sha256"))
    raise LookupError(f"{model.file} is not there")


def _at_huggingface(model: OpenModel, host: str) -> Source:
    read = _json(f"{host}/api/models/{model.huggingface}/tree/main?recursive=true")
    for each in read:
        if each.get("path") == model.file:
            stored = each.get("lfs") or {}
            address = f"{host}/{model.huggingface}/resolve/main/{quote(model.file)}"
            return _source(model, host, address, stored.get("size") or each.get("size"), stored.get("oid"))
    raise LookupError(f"{model.file} is not there")


def _source(model: OpenModel, host: str, address: str, size: Any, digest: Any) -> Source:
    digest = str(digest or "").lower().removeprefix("sha256:")
    if not _SHA.fullmatch(digest) or not isinstance(size, int) or size <= 0:
        raise LookupError("size or SHA-256 is not told")
    if size > _MOST_TIMES * (model.size_mb << 20):
        raise LookupError(f"it would be {size >> 20} MB, not {model.size_mb}")
    return Source(host, address, size, digest)


def _json(address: str) -> Any:
    return read_json(address, seconds=_PROBE_S, follow_redirects=True)
