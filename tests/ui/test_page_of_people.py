"""The page where people sign in: each sees their own chats, also after a restart, and may do what their role may."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from assistant.settings import Settings
from tests.ui.test_page import CHROMIUM, ROOT, ask, wait_for
from ui.people.accounts import Accounts
from ui.people.person import Role

PASSWORD = "eine lange Losung"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine (Debian: apt install chromium)"),
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("people")
    (folder / "models").symlink_to(ROOT / ".data" / "models")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "a.md").write_text(
        "# 合肥新能源汽车\n\n2025年合肥新能源汽车产量为137万辆，居全国城市前列。\n", encoding="utf-8"
    )
    accounts = Accounts(Settings(_env_file=None, data=folder))
    accounts.add("anna", PASSWORD, Role.ADMIN)
    accounts.add("bo", PASSWORD, Role.READER)
    accounts.close()
    return folder


@contextmanager
def served(data: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    server = subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "serve", "--port", str(port)],
        cwd=ROOT,
        env={**clean, "ASSISTANT_DATA": str(data), "ASSISTANT_CORPUS": str(data / "corpus")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/api/health", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def sign_in(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_selector("#status .ready")


def test_chats_are_ones_own_and_outlive_a_restart(data: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with served(data) as address:
            of_anna = browser.new_context(locale="zh-CN").new_page()
            sign_in(of_anna, address, "anna")
            ask(of_anna, "2025年合肥新能源汽车产量是多少?")
            assert "137万辆" in of_anna.locator(".answer").inner_text()
            of_anna.wait_for_function("location.search.includes('chat=')")
            chat = of_anna.url.split("chat=")[1]
            of_bo = browser.new_context(locale="zh-CN").new_page()
            sign_in(of_bo, address, "bo")
            assert of_bo.locator("#history li").count() == 0
            of_bo.goto(f"{address}/?chat={chat}")
            of_bo.get_by_text("没有这个对话").wait_for()
            assert of_bo.locator(".answer").count() == 0
            for path in (f"/chats/{chat}/export.md", f"/chats/{chat}/export.docx"):
                assert of_bo.request.get(f"{address}{path}").status == 404
                assert of_anna.request.get(f"{address}{path}").status == 200
            ask(of_bo, "2025年合肥新能源汽车产量是多少?")
            of_bo.locator(".answer a.keep").click()
            of_bo.get_by_text("这需要 编辑 角色").wait_for()
            of_bo.locator("#history a[href^='/logout']").click()
            of_bo.locator("form button").click()
            of_bo.wait_for_selector("[name=password]")
        with served(data) as address:
            of_anna = browser.new_context(locale="zh-CN").new_page()
            sign_in(of_anna, address, "anna")
            of_anna.locator("#history a.open").click()
            of_anna.wait_for_selector(".answer")
            assert "137万辆" in of_anna.locator(".answer").inner_text()
        browser.close()
