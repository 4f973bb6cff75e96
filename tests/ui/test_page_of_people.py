"""The page where people sign in: each sees their own chats, also after a restart, and may do what their role may."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from assistant.settings import Settings
from tests.ui.browser import a_browser, a_page, ask, in_a_browser, keep_picture, served
from ui.people.accounts import Accounts
from ui.people.person import Role

PASSWORD = "eine lange Losung"
pytestmark = [*in_a_browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("people")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "a.md").write_text(
        "# 合肥新能源汽车\n\n2025年合肥新能源汽车产量为137万辆，居全国城市前列。\n", encoding="utf-8"
    )
    accounts = Accounts(Settings(_env_file=None, data=folder))
    accounts.add("anna", PASSWORD, Role.ADMIN)
    accounts.add("bo", PASSWORD, Role.READER)
    accounts.close()
    return folder


def sign_in(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_selector("#status .ready")


@pytest.mark.slow
def test_chats_are_ones_own_and_outlive_a_restart(data: Path) -> None:
    with a_browser() as browser:
        with served(data, corpus=data / "corpus") as address:
            of_anna = a_page(browser)
            sign_in(of_anna, address, "anna")
            ask(of_anna, "2025年合肥新能源汽车产量是多少?")
            assert "137万辆" in of_anna.locator(".answer").inner_text()
            of_anna.wait_for_function("location.search.includes('chat=')")
            chat = of_anna.url.split("chat=")[1]
            of_bo = a_page(browser)
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
            keep_picture(of_bo, "reader-may-not-keep")
            of_bo.locator("#history a[href^='/logout']").click()
            of_bo.locator("form button").click()
            of_bo.wait_for_selector("[name=password]")
            keep_picture(of_bo, "log-in")
        with served(data, corpus=data / "corpus") as address:
            of_anna = a_page(browser)
            sign_in(of_anna, address, "anna")
            of_anna.locator("#history a.open").click()
            of_anna.wait_for_selector(".answer")
            assert "137万辆" in of_anna.locator(".answer").inner_text()
