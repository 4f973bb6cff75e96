"""The page's and the API's speed on this machine: `python -m ui.web.bench` (`make bench`). Compare ratios within one run.

Pages of a thousand chats and of ten thousand articles; then a server of its own over the sample articles: first paint and time to the usable page, time from Enter to the first words,
then one person and twenty people asking at once (each answer must be to the question that was sent), and the memory that
the server holds after as many requests as a busy day brings.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import evals
from assistant.model import Answer
from assistant.settings import Settings
from evals.formats import read_set
from evals.scale_corpus import make_article
from index.catalogue import Catalogue, FileRecord
from index.catalogue.article_list import ORDERS, Listing
from index.query import Filters
from ui.chats.store import ChatStore

_log = logging.getLogger("bench")
_PEOPLE = 20
_STARTS, _ENTERS = 5, 10
_CHATS, _TURNS, _ARTICLES = 1000, 5, 10_000
_SET = Path(evals.__file__).parent / "sets" / "sample.jsonl"


def main() -> None:
    """Print a line a figure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60, help="how long twenty people ask")
    parser.add_argument(
        "--requests", type=int, default=2000, help="requests after which memory is looked at again"
    )
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    _log.setLevel(logging.INFO)
    questions = [item.question for item in read_set(_SET)[0] if item.conversation is None]
    _lists()
    with own_server() as (address, process, _):
        _page(address, questions)
        alone = _asking(address, questions, people=1, seconds=min(arguments.seconds, 20))
        together = _asking(address, questions, people=_PEOPLE, seconds=arguments.seconds)
        _log.info("p95 of twenty people to one person's: %.1f times", together / alone)
        _memory(address, questions, process.pid, arguments.requests)


def _lists() -> None:
    """Pages of long lists: chats, and articles of the library."""
    with tempfile.TemporaryDirectory() as folder:
        chats = ChatStore(Path(folder) / "chats.sqlite")
        for number in range(_CHATS):
            chat = chats.begin("", f"第{number}个问题")
            for turn in range(_TURNS):
                question = f"2025年第{number}项第{turn}问"
                chats.keep(
                    chat,
                    question,
                    Answer(question=question, standalone_question=question, answer="好。" * 50),
                )
        worst = max(_seconds(partial(chats.chats, "", text)) for text in ("", "第99项", "没有的词"))
        _log.info("a page of %d chats, searched or not: at most %.0f ms", _CHATS, 1000 * worst)
        chats.close()
        catalogue = Catalogue(Path(folder) / "catalogue.sqlite")
        articles = [make_article(number)[0] for number in range(_ARTICLES)]
        catalogue.replace_file(FileRecord("made-up", "", []), articles, [])
        listings = [Listing(order=order) for order in ORDERS] + [Listing(text="集成电路 2025")]
        worst = max(_seconds(partial(catalogue.list_articles, listing, Filters())) for listing in listings)
        _log.info("a page of %d articles, in any order or searched: at most %.0f ms", _ARTICLES, 1000 * worst)
        catalogue.close()


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


@contextmanager
def own_server(settings: dict[str, str] | None = None) -> Iterator[tuple[str, subprocess.Popen[bytes], Path]]:
    """A server on a free port with a data folder of its own, ready to answer; address, process and folder.

    `settings` are more variables of its environment.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    with tempfile.TemporaryDirectory() as folder:
        models = Settings().models_folder.resolve()
        models.mkdir(parents=True, exist_ok=True)
        (Path(folder) / "models").symlink_to(models)
        process = subprocess.Popen(
            [sys.executable, "-m", "ui.cli", "serve", "--port", str(port)],
            env={
                **clean,
                "ASSISTANT_DATA": folder,
                "ASSISTANT_QUESTIONS_A_MINUTE": "1000000",
                **(settings or {}),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            begun = time.monotonic()
            while not _is_ready(address):
                if process.poll() is not None:
                    raise SystemExit("the server ended before it was ready")
                time.sleep(0.2)
            _log.info(
                "start with an empty data folder to the first answer possible: %.1f s",
                time.monotonic() - begun,
            )
            yield address, process, Path(folder)
        finally:
            process.terminate()
            process.wait(30)


def _is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/api/status", timeout=5) as reply:
            return bool(json.load(reply)["phase"] == "ready")
    except OSError:
        return False


def _page(address: str, questions: list[str]) -> None:
    """First paint, usable page, and Enter to the first words, in a browser."""
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        browser_path = None
    if browser_path is None:
        _log.info("page: no browser here")
        return
    paints, usable, words = [], [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for _ in range(_STARTS):
            page = browser.new_page(locale="zh-CN")
            begun = time.monotonic()
            page.goto(address)
            page.wait_for_selector("#question textarea")
            usable.append(time.monotonic() - begun)
            paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
            paints.append(page.evaluate(paint) / 1000)
            page.close()
        page = browser.new_page(locale="zh-CN")
        page.goto(address)
        page.wait_for_selector("#status .ready")
        for number, question in enumerate(questions[:_ENTERS]):
            page.fill("#question textarea", question)
            begun = time.monotonic()
            page.press("#question textarea", "Enter")
            page.wait_for_function(f"document.querySelectorAll('.answer').length > {number}")
            words.append(time.monotonic() - begun)
        browser.close()
    _log.info(
        "page, median of %d: first paint %.2f s, usable %.2f s", _STARTS, _median(paints), _median(usable)
    )
    _log.info("Enter to the first words, median of %d: %.2f s", _ENTERS, _median(words))


def _median(values: list[float]) -> float:
    return statistics.median(values)


def _asking(address: str, questions: list[str], people: int, seconds: float) -> float:
    """People who ask one question after another for a while; the 95th percentile of their waits in seconds."""
    waits: list[float] = []
    wrong: list[str] = []
    until = time.monotonic() + seconds

    def asks(person: int) -> None:
        # Everybody begins elsewhere in the set, so that hardly any question was asked just before.
        for question in islice(cycle(questions), person * len(questions) // people, None):
            if time.monotonic() > until:
                return
            begun = time.monotonic()
            try:
                if ask(address, question)["question"] != question:
                    wrong.append("an answer to another question")
            except OSError as error:
                wrong.append(str(error))
            waits.append(time.monotonic() - begun)

    threads = [threading.Thread(target=asks, args=(person,)) for person in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    p95 = statistics.quantiles(waits, n=20)[-1] if len(waits) > 1 else waits[0]
    _log.info(
        "%d asking for %.0f s: %d answers, %d failed or another's, median %.2f s, p95 %.2f s",
        people, seconds, len(waits), len(wrong), _median(waits), p95,
    )  # fmt: skip
    return p95


def ask(address: str, question: str) -> dict:
    """The answer of a server to a question."""
    body = json.dumps({"question": question}).encode()
    request = urllib.request.Request(
        f"{address}/api/ask", data=body, headers={"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=120) as reply:
        return dict(json.load(reply))


def _memory(address: str, questions: list[str], process: int, requests: int) -> None:
    """Memory of the server now and after many more requests, where the system tells it."""
    before = resident_mb(process)
    if before is None:
        return
    for number in range(requests):
        ask(address, f"{2015 + number % 11}年{questions[number % len(questions)]}")
    after = resident_mb(process) or before
    _log.info(
        "memory: %.0f MB, after %d more requests %.0f MB (%+.1f %%)",
        before, requests, after, 100 * (after / before - 1),
    )  # fmt: skip


def resident_mb(process: int) -> float | None:
    """Memory that a process holds, in megabytes; None where the system does not tell."""
    status = Path(f"/proc/{process}/status")
    if not status.is_file():
        return None
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
