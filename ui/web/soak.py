"""A long day in short: `python -m ui.web.soak`. Is memory flat, and does nothing fail while thousands of articles come in?

A server of its own over a few articles; ten people ask while another process ingests thousands more, then as many
requests as an hour brings. Vectors come from a stub that answers at once (`--real` takes the default model instead),
because the machine would else be busy with them for an hour; so the figures tell of everything but the model.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle, islice, pairwise
from pathlib import Path

import numpy as np

from evals.scale_corpus import make_article, make_questions
from ui.web.bench import ask, own_server, resident_mb

_log = logging.getLogger("soak")
_DIMENSIONS = 64
_FIRST = 200
_WARM_UP = 200
_LONGEST_ARTICLE = 600


def main() -> None:
    """Print a line a figure; the exit code is 1 where a request failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=5000, help="articles that come in while people ask")
    parser.add_argument("--people", type=int, default=10, help="how many ask at once")
    parser.add_argument("--requests", type=int, default=2000, help="requests between the two looks at memory")
    parser.add_argument("--real", action="store_true", help="embed with the default model, not with the stub")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    _log.setLevel(logging.INFO)
    with tempfile.TemporaryDirectory() as folder, _embedder(real=arguments.real) as settings:
        first, more = Path(folder) / "first", Path(folder) / "more"
        _write(first, range(_FIRST))
        _write(more, range(_FIRST, _FIRST + arguments.articles))
        with own_server({"ASSISTANT_CORPUS": str(first), **settings}) as (address, process, data):
            failed = _ingest_while_asked(address, data, more, settings, arguments.people)
            failed += _memory(address, process.pid, arguments.people, arguments.requests)
            _log.info("the server lives: %s; requests that failed: %d", process.poll() is None, failed)
            failed += process.poll() is not None
    sys.exit(1 if failed else 0)


def _ingest_while_asked(address: str, data: Path, more: Path, settings: dict[str, str], people: int) -> int:
    """Ingest a folder in a process of its own while people ask; how many requests failed."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    begun = time.monotonic()
    ingest = subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "ingest", str(more)],
        env={**clean, "ASSISTANT_DATA": str(data), **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    waits, failures = _asked(address, people, stop=lambda: ingest.poll() is not None)
    out, _ = ingest.communicate()
    _log.info("ingest of %d articles beside them: %.0f s, exit code %d, %s", sum(1 for _ in more.iterdir()),
              time.monotonic() - begun, ingest.returncode, out.strip())  # fmt: skip
    _tell_waits(f"{people} people meanwhile", waits, failures)
    return failures + (ingest.returncode != 0)


def _memory(address: str, process: int, people: int, requests: int) -> int:
    """Memory before and after many requests; how many failed."""
    warm_up = min(_WARM_UP, requests // 4)
    _asked(address, people, requests=warm_up)
    before = resident_mb(process)
    waits, failures = _asked(address, people, requests=requests, first=warm_up)
    after = resident_mb(process)
    _tell_waits(f"{requests} requests of {people} people", waits, failures)
    if before and after:
        _log.info(
            "memory: %.0f MB before, %.0f MB after (%+.1f %%)", before, after, 100 * (after / before - 1)
        )
    return failures


def _asked(
    address: str,
    people: int,
    *,
    requests: int = 1_000_000,
    first: int = 0,
    stop: Callable[[], bool] | None = None,
) -> tuple[list[float], int]:
    """Seconds that each of some requests took, and how many failed."""
    waits: list[float] = []
    questions = make_questions()
    failures: list[str] = []

    def asks(person: int) -> None:
        for number, question in islice(enumerate(cycle(questions)), first + person, first + requests, people):
            if stop is not None and stop():
                return
            begun = time.monotonic()
            try:
                ask(address, f"{2015 + number % 11}年{question}")
            except OSError as error:
                failures.append(str(error))
            waits.append(time.monotonic() - begun)

    threads = [threading.Thread(target=asks, args=(person,)) for person in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for failure in sorted(set(failures))[:3]:
        _log.info("failed: %s", failure)
    return waits, len(failures)


def _tell_waits(what: str, waits: list[float], failures: int) -> None:
    if len(waits) > 1:
        p95 = statistics.quantiles(waits, n=20)[-1]
        _log.info("%s: %d answers, %d failed, median %.2f s, p95 %.2f s", what, len(waits), failures,
                  statistics.median(waits), p95)  # fmt: skip


def _write(folder: Path, numbers: range) -> None:
    """Small articles as files, each with a title and some 600 characters."""
    folder.mkdir()
    for number in numbers:
        article, _ = make_article(number)
        text = article.text[:_LONGEST_ARTICLE].rpartition("。")[0] + "。"
        (folder / f"{number}.md").write_text(f"# {article.title}\n\n{text}\n", encoding="utf-8")


@contextmanager
def _embedder(*, real: bool) -> Iterator[dict[str, str]]:
    """Settings that name the stub, while it answers; none where the default model embeds."""
    with nullcontext() if real else _stub() as address:
        yield {} if address is None else {
            "ASSISTANT_EMBEDDING_BASE_URL": address, "ASSISTANT_EMBEDDING_MODEL": "stub", "ASSISTANT_EMBEDDING_BATCH": "64",
        }  # fmt: skip


@contextmanager
def _stub() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Embeddings)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()


class _Embeddings(BaseHTTPRequestHandler):
    """An OpenAI-compatible endpoint that makes a vector of a text's pairs of characters."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Vectors of the texts sent."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["input"]
        texts = [asked] if isinstance(asked, str) else asked
        rows = [{"object": "embedding", "index": i, "embedding": _vector(t)} for i, t in enumerate(texts)]
        body = json.dumps({"object": "list", "data": rows, "model": "stub",
                           "usage": {"prompt_tokens": 0, "total_tokens": 0}}).encode()  # fmt: skip
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


def _vector(text: str) -> list[float]:
    counts = np.zeros(_DIMENSIONS)
    for pair in pairwise(text):
        counts[hashlib.blake2b("".join(pair).encode(), digest_size=2).digest()[0] % _DIMENSIONS] += 1
    counts[0] += 1
    return (counts / np.linalg.norm(counts)).tolist()


if __name__ == "__main__":
    main()
