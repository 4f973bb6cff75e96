"""A server of its own and a real browser on it, for tests of the page.

What a page shows last is kept in `.data/screenshots`, to be looked at (`.ci/run` names the folder).
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / ".data" / "screenshots"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
in_a_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine (Debian: apt install chromium)"),
]

_LONGEST_WAIT_MS = 90_000
expect.set_options(timeout=_LONGEST_WAIT_MS)


@contextmanager
def served(data: Path, waits_for: str = "/api/health", **settings: Path) -> Iterator[str]:
    """The address of `assistant serve` over a data folder; `settings` are `ASSISTANT_…` of its environment."""
    if not (data / "models").exists():
        (data / "models").symlink_to(ROOT / ".data" / "models")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    given = {f"ASSISTANT_{name.upper()}": str(value) for name, value in {"data": data, **settings}.items()}
    server = subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "serve", "--port", str(port)],
        cwd=ROOT,
        env={**clean, **given, "GRADIO_TEMP_DIR": str(data / "gradio")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address + waits_for, server)
        yield address
    finally:
        server.terminate()
        # It stops although a page is open.
        assert server.wait(30) in {0, -15}


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        assert server.poll() is None, "the server ended"
        try:
            urllib.request.urlopen(url, timeout=5).read()
            return
        except OSError:
            time.sleep(0.5)
    raise AssertionError("the server did not come up")


@contextmanager
def a_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def a_page(browser: Browser, width: int = 1360, height: int = 820) -> Page:
    """A page of somebody who reads Chinese and has not been here before."""
    page = browser.new_context(locale="zh-CN", viewport={"width": width, "height": height}).new_page()
    page.set_default_timeout(_LONGEST_WAIT_MS)
    return page


def keep_picture(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")


def ask(page: Page, question: str) -> None:
    before = page.locator(".answer").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.wait_for_function(f"document.querySelectorAll('.answer').length > {before}")
    page.locator("#stop").wait_for(state="hidden")
