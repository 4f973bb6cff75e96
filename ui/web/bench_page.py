"""The page's weight and speed, each figure beside what it is to reach: `python -m ui.web.bench_page`.

A server of its own over the sample articles, and a browser. Bytes are counted where they are sent; the server's processor time is
the system's count of its process. Only ratios within one run compare where others use the machine at the same time.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import evals
from evals.formats import read_set
from ui.web.bench import ask, own_server
from ui.web.bench_proxy import CountingProxy, counting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

_SET = Path(evals.__file__).parent / "sets" / "sample.jsonl"
_QUIET_S = 2.0
_BOX = "#question textarea"
_COUNT_SHIFTS = """
window.shifted = 0;
window.shifts = [];
new PerformanceObserver((list) => list.getEntries().filter((each) => !each.hadRecentInput).forEach((each) => {
  window.shifted += each.value;
  window.shifts.push([Math.round(each.startTime), +each.value.toFixed(4), each.sources.slice(0, 3).map((source) =>
    `${source.node?.nodeName ?? ""}#${source.node?.id ?? ""}.${source.node?.className ?? ""}`.slice(0, 70))]);
})).observe({ type: "layout-shift", buffered: true });
"""
_FIRST_WORDS = """(before) => new Promise((done) => {
  const look = () => document.querySelectorAll("#chat .answer").length > before ? done(performance.now()) : setTimeout(look, 4);
  look();
})"""


@dataclass(frozen=True)
class Repeats:
    """How often each part is measured."""

    starts: int = 5
    turns: int = 30
    pairs: int = 8
    on_processor: int = 8
    idle_s: float = 20.0


_SHORT = Repeats(3, 12, 4, 4, 10.0)


@dataclass(frozen=True)
class Figure:
    """What was measured, and what it is to be at most; `at_most` is None where the figure only explains another."""

    name: str
    measured: float
    unit: str
    at_most: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the figure is reached."""
        return self.at_most is None or self.measured <= self.at_most


def main() -> None:
    """Print the figures as JSON, then as a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--only", default="load,turns,overhead,processor,idle", help="parts, with commas between"
    )
    parser.add_argument("--shifts", action="store_true", help="also print what moved while the page loaded")
    parser.add_argument(
        "--short", action="store_true", help="measure each part less often, a chat of 12 turns"
    )
    arguments = parser.parse_args()
    repeats = _SHORT if arguments.short else Repeats()
    figures = measured(arguments.only.split(","), repeats, print if arguments.shifts else None)
    print(json.dumps([asdict(each) for each in figures], ensure_ascii=False, indent=1))
    for each in figures:
        goal = (
            ""
            if each.at_most is None
            else f"at most {each.at_most:g}  {'reached' if each.holds else 'MISSED'}"
        )
        print(f"{each.name:58} {each.measured:10.2f} {each.unit:6} {goal}")


def measured(parts: list[str], repeats: Repeats, say: Callable[[object], None] | None = None) -> list[Figure]:
    """The figures of some parts; `say` is told what moved while the page loaded.

    Raises:
        SystemExit: there is no browser here.
    """
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        raise SystemExit("no chromium on this machine")
    questions = [item.question for item in read_set(_SET)[0] if item.conversation is None]
    figures: list[Figure] = []
    with own_server() as (address, process, _), counting(address) as proxy, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        if "load" in parts:
            _tell(figures, _first_load(browser, proxy, address, repeats.starts, say))
        first, then = repeats.turns, repeats.turns + repeats.pairs
        if "turns" in parts:
            _tell(figures, _turns(browser, proxy, questions[:first]))
        if "overhead" in parts:
            _tell(figures, _overhead(browser, address, questions[first:then]))
        if "processor" in parts:
            asked = questions[then : then + 2 * repeats.on_processor]
            _tell(figures, _processor(browser, address, process.pid, asked))
        if "idle" in parts:
            _tell(figures, _idle(browser, address, process.pid, repeats.idle_s))
        browser.close()
    return figures


def _tell(figures: list[Figure], more: Iterable[Figure]) -> None:
    """Add figures, and tell each as soon as it is there."""
    for each in more:
        print(f"{each.name}: {each.measured:.2f} {each.unit}", file=sys.stderr, flush=True)
        figures.append(each)


@contextmanager
def _page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that is ready to be asked, in a browser that has not been here before."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1360, "height": 820})
    page = context.new_page()
    page.add_init_script(_COUNT_SHIFTS)
    page.goto(address)
    page.wait_for_selector("#status .ready")
    page.wait_for_selector(_BOX)
    yield page
    context.close()


def _first_load(
    browser: Browser,
    proxy: CountingProxy,
    address: str,
    starts: int,
    say: Callable[[object], None] | None,
) -> list[Figure]:
    requests, sent, usable, shifts = [], [], [], []
    for number in range(starts):
        context = browser.new_context(locale="zh-CN", viewport={"width": 1360, "height": 820})
        page = context.new_page()
        page.add_init_script(_COUNT_SHIFTS)
        asked: list[str] = []
        page.on("request", partial(_note, asked))
        before, begun = proxy.sent, time.monotonic()
        # Bytes are counted by the proxy, time is taken without it.
        page.goto(proxy.address if number % 2 else address)
        page.wait_for_selector(_BOX)
        if not number % 2:
            usable.append(time.monotonic() - begun)
        time.sleep(_QUIET_S)
        requests.append(len([each for each in asked if not each.startswith("data:")]))
        if number % 2:
            sent.append((proxy.sent - before) / 1000)
        shifts.append(page.evaluate("window.shifted"))
        if say is not None:
            say(page.evaluate("window.shifts"))
        context.close()
    whole, compressed = _html_sizes(address)
    return [
        Figure("first load, requests", statistics.median(requests), "", 60),
        Figure("first load, sent", statistics.median(sent), "kB", 350),
        Figure("its HTML, whole", whole / 1000, "kB"),
        Figure("its HTML, as sent to a browser", compressed / 1000, "kB"),
        Figure("usable page, cold", statistics.median(usable), "s", 1.0),
        Figure("layout shift", statistics.median(shifts), "", 0.05),
    ]


def _note(asked: list[str], request: Request) -> None:
    asked.append(request.url)


def _html_sizes(address: str) -> tuple[int, int]:
    """Bytes of the page's HTML: whole, and as it is sent to a browser that takes it compressed."""
    import httpx

    sizes = []
    for encoding in ("identity", "gzip, br"):
        with httpx.stream("GET", f"{address}/", headers={"accept-encoding": encoding}) as reply:
            sizes.append(sum(len(part) for part in reply.iter_raw()))
    return sizes[0], sizes[1]


def _ask_on(page: Page, question: str) -> float:
    """Seconds from Enter to the first words of the answer."""
    before = page.locator("#chat .answer").count()
    page.fill(_BOX, question)
    begun = page.evaluate("performance.now()")
    page.press(_BOX, "Enter")
    return (page.evaluate(_FIRST_WORDS, before) - begun) / 1000


def _turns(browser: Browser, proxy: CountingProxy, questions: list[str]) -> list[Figure]:
    """What a question costs in bytes, at the beginning and at the end of a long chat."""
    costs = []
    with _page(browser, proxy.address) as page:
        time.sleep(_QUIET_S)
        for question in questions:
            before = proxy.sent
            _ask_on(page, question)
            page.locator("#stop").wait_for(state="hidden")
            time.sleep(_QUIET_S)
            costs.append((proxy.sent - before) / 1000)
    return [
        Figure("a question, sent, median of the first five", statistics.median(costs[:5]), "kB", 20),
        Figure(f"a question, sent, median of turns {len(costs) - 4} to {len(costs)}", statistics.median(costs[-5:]), "kB", 20),
    ]  # fmt: skip


def _overhead(browser: Browser, address: str, questions: list[str]) -> list[Figure]:
    """Enter to the first words, less what the API takes for the same question; who is first takes turns."""
    over, waits = [], []
    with _page(browser, address) as page:
        _ask_on(page, "你好")
        for number, question in enumerate(questions):
            page.locator("#stop").wait_for(state="hidden")
            time.sleep(_QUIET_S)
            page.click("#new-chat")
            page.wait_for_function("document.querySelectorAll('#chat .answer').length === 0")
            by_page = _ask_on(page, question) if number % 2 else 0.0
            time.sleep(_QUIET_S if number % 2 else 0)
            begun = time.monotonic()
            ask(address, question)
            by_api = time.monotonic() - begun
            by_page = by_page or _ask_on(page, question)
            over.append(1000 * (by_page - by_api))
            waits.append(1000 * by_api)
    return [
        Figure("page over the API, Enter to first words", statistics.median(over), "ms", 80),
        Figure("the API alone", statistics.median(waits), "ms"),
    ]


def _processor(browser: Browser, address: str, process: int, questions: list[str]) -> list[Figure]:
    """The server's processor time for a question on the page, with what is suggested, and for one to the API."""
    on_page, alone = [], []
    with _page(browser, address) as page:
        _ask_on(page, "你好")
        for number, question in enumerate(questions):
            page.locator("#stop").wait_for(state="hidden")
            time.sleep(_QUIET_S)
            before = _processor_s(process)
            if number % 2:
                ask(address, question)
                time.sleep(_QUIET_S)
                alone.append(_processor_s(process) - before)
            else:
                _ask_on(page, question)
                page.locator("#stop").wait_for(state="hidden")
                time.sleep(_QUIET_S)
                on_page.append(_processor_s(process) - before)
    mean = statistics.mean(alone)
    return [
        Figure("processor time on the page to the answer alone", statistics.mean(on_page) / mean, "times", 1.5),
        Figure("the answer alone", mean, "s"),
        Figure("with the page and what is suggested", statistics.mean(on_page), "s"),
    ]  # fmt: skip


def _idle(browser: Browser, address: str, process: int, seconds: float) -> list[Figure]:
    """What the server does while nobody asks."""
    with _page(browser, address):
        time.sleep(2 * _QUIET_S)
        with_page = _idle_share(process, seconds)
    time.sleep(2 * _QUIET_S)
    return [
        Figure("idle server, a page open", with_page, "% core", 1),
        Figure("idle server, no page open", _idle_share(process, seconds), "% core", 1),
    ]


def _idle_share(process: int, seconds: float) -> float:
    before = _processor_s(process)
    time.sleep(seconds)
    return 100 * (_processor_s(process) - before) / seconds


def _processor_s(process: int) -> float:
    """Seconds of processor time that a process has used, in all its threads."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
