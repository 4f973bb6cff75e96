"""Fetching a model: with progress, going on where it stopped, and kept only with the SHA-256 that its host tells."""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import httpx
from filelock import FileLock, Timeout

from assistant.local_models.catalogue import OpenModel
from assistant.local_models.hosts import Source, sources_of
from assistant.settings import Settings
from corpus.problem import Problem
from corpus.reasons import reason_and_detail

_log = logging.getLogger(__name__)
_BLOCK = 1 << 20
_SPARED = 200 << 20
"""Bytes left free on the disk."""
_TRIES_A_HOST = 4
_PAUSE_S = 1.0
_WAIT_S = 30.0
_DIGITS_IN_NAME = 12
Progress = Callable[[int, int, str], None]


def fetch_model(
    model: OpenModel,
    settings: Settings,
    progress: Progress = lambda done, total, name: None,
    *,
    stop: Callable[[], bool] = lambda: False,
    pause_s: float = _PAUSE_S,
) -> Path:
    """The model's file, fetched where it does not lie here yet.

    What was fetched of it stays in a `.part` file until it is whole, whatever stops it.

    Args:
        model: One of the list.
        settings: Name the hosts and the folder.
        progress: Told bytes done, bytes in all and the host.
        stop: Whether to stop now; asked at every block.
        pause_s: Before a broken connection is tried again.

    Raises:
        Problem: `model_hosts_silent`, `model_no_room`, `model_being_fetched`, `model_sha_wrong`, `model_fetch_broke`,
            `model_fetch_stopped`.
    """
    target = model.path_in(settings)
    if target.is_file():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(target.with_suffix(".lock"))
    try:
        with lock.acquire(timeout=0):
            return _fetch_from_any(model, settings, target, progress, stop, pause_s)
    except Timeout as error:
        raise Problem("model_being_fetched", model=model.name) from error


def _fetch_from_any(
    model: OpenModel,
    settings: Settings,
    target: Path,
    progress: Progress,
    stop: Callable[[], bool],
    pause_s: float,
) -> Path:
    failures: list[Problem] = []
    for source in sources_of(model, settings):
        part = _part_of(target, source)
        _check_room(target, part, source)
        for attempt in range(_TRIES_A_HOST):
            try:
                _go_on(source, part, progress, stop, model)
            except (httpx.HTTPError, OSError) as error:
                if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
                    raise _no_room(target, part, source) from error
                _log.info("%s broke off: %s", source.host, error)
                failures.append(Problem(
                    "model_fetch_broke", model=model.name, host=source.host,
                    **reason_and_detail(error, "reason_connection_ended"),
                ))  # fmt: skip
                time.sleep(pause_s * attempt)
                continue
            if _sha256_of(part) == source.sha256:
                os.replace(part, target)
                return target
            part.unlink()
            failures.append(Problem("model_sha_wrong", model=model.name, host=source.host))
            break
    raise failures[-1]


def _part_of(target: Path, source: Source) -> Path:
    """The unfinished file: named by what it is to become, so that no other version is continued in it."""
    return target.with_name(f"{target.name}.{source.sha256[:_DIGITS_IN_NAME]}.part")


def parts_of(model: OpenModel, settings: Settings) -> list[Path]:
    """Unfinished files of a model."""
    target = model.path_in(settings)
    return sorted(target.parent.glob(f"{target.name}.*.part")) if target.parent.is_dir() else []


def _check_room(target: Path, part: Path, source: Source) -> None:
    there = part.stat().st_size if part.is_file() else 0
    if shutil.disk_usage(target.parent).free < source.size - there + _SPARED:
        raise _no_room(target, part, source)


def _no_room(target: Path, part: Path, source: Source) -> Problem:
    there = part.stat().st_size if part.is_file() else 0
    free = shutil.disk_usage(target.parent).free
    needed = (source.size - there + _SPARED) >> 20
    return Problem("model_no_room", folder=target.parent, needed=needed, free=free >> 20)


def _go_on(
    source: Source, part: Path, progress: Progress, stop: Callable[[], bool], model: OpenModel
) -> None:
    """Fetch what is missing of a part.

    Raises:
        httpx.HTTPError: The connection broke, or the host refused.
        Problem: `model_fetch_stopped`.
    """
    done = part.stat().st_size if part.is_file() else 0
    if done > source.size:
        part.unlink()
        done = 0
    if done == source.size:
        return
    headers = (
        {"range": f"bytes={done}-", "accept-encoding": "identity"}
        if done
        else {"accept-encoding": "identity"}
    )
    with (
        httpx.Client(timeout=_WAIT_S, follow_redirects=True) as client,
        client.stream("GET", source.address, headers=headers) as reply,
    ):
        reply.raise_for_status()
        if not _continues_at(reply, done):
            done = 0
        with part.open("ab" if done else "wb") as stream:
            for block in reply.iter_raw():
                stream.write(block)
                done += len(block)
                progress(min(done, source.size), source.size, source.host)
                if stop():
                    raise Problem("model_fetch_stopped", model=model.name)
                if done > source.size:
                    break
    if done < source.size:
        raise httpx.RemoteProtocolError("the connection ended early")


def _continues_at(reply: httpx.Response, done: int) -> bool:
    """Whether a host sends what is missing only; some send the whole file again."""
    return (
        bool(done)
        and reply.status_code == 206
        and reply.headers.get("content-range", "").startswith(f"bytes {done}-")
    )


def _sha256_of(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
