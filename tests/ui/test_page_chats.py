"""Working with chats in a real browser: folders, sources, notebook and keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.ui.browser import a_browser, a_page, ask, in_a_browser, keep_picture, served

pytestmark = [*in_a_browser, pytest.mark.slow]
QUESTION = "上海2025年集成电路产业营收多少?"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with served(tmp_path_factory.mktemp("chats")) as address, a_browser() as browser:
        page = a_page(browser)
        page.goto(address)
        page.wait_for_selector("#status .ready")
        yield page


def menu(page: Page, deed: str) -> None:
    """By keyboard: the menu of the first chat, and one of its deeds."""
    page.locator("#history .chat-menu summary").first.focus()
    page.keyboard.press("Enter")
    link = page.locator(f"#history .chat-menu[open] a[href*='{deed}']")
    link.focus()
    keep_picture(page, f"chats-menu-{deed.removeprefix('act/')}")
    page.keyboard.press("Enter")


def test_chats_are_put_into_folders_pinned_and_found_by_keyboard(page: Page) -> None:
    ask(page, QUESTION)
    page.locator("#history .group", has_text="今天").wait_for()
    menu(page, "act/tofolder")
    page.fill("#history form.in-place input", "芯片")
    page.keyboard.press("Enter")
    page.locator("#history .undo", has_text="撤销：新建文件夹“芯片”").wait_for()
    menu(page, "act/pin")
    page.locator("#history .group", has_text="置顶").wait_for()
    page.keyboard.press("Escape")
    page.locator("#question textarea").focus()
    page.keyboard.press("Alt+n")
    page.wait_for_function("document.querySelectorAll('.answer').length === 0")
    page.fill("#chat-search textarea, #chat-search input", "4800亿元")
    page.locator("#history .excerpt mark", has_text="4800亿元").wait_for()
    keep_picture(page, "chats-search")
    page.fill("#chat-search textarea, #chat-search input", "")
    page.locator("#history [data-folder]", has_text="芯片").click()
    page.locator("#history .folders .chosen", has_text="芯片").wait_for()
    page.click("#history [href*='act/folder-remove']")
    page.locator("#history .undo", has_text="撤销：删除文件夹“芯片”").wait_for()
    assert page.locator("#history li").count() == 1
    page.locator("#history .undo a").click()
    page.locator("#history [data-folder]", has_text="芯片").wait_for()
    page.locator("#history a.open").first.click()
    page.wait_for_selector(".answer .sources")


def test_sources_notebook_and_keys(page: Page) -> None:
    page.locator("#sidebar a", has_text="全部出处").click()
    listed = page.frame_locator("#article").locator("a.cite")
    listed.first.wait_for()
    keep_picture(page, "chats-sources")
    listed.first.click()
    mark = page.frame_locator("#article").locator("mark")
    mark.first.wait_for()
    assert "第1问 [1] 1/" in page.inner_text("#reader-at")
    mark.first.select_text()
    page.frame_locator("#article").locator("#collect").click()
    page.fill("#reader-note textarea", "自己的话")
    keep_picture(page, "chats-collect")
    page.press("#reader-note textarea", "Enter")
    page.get_by_text("已收入笔记本").wait_for()
    page.get_by_role("tab", name="笔记本").click()
    page.locator("#notebook-list .own", has_text="自己的话").wait_for()
    page.locator("#notebook-list a[href*='note-write']").click()
    page.fill("#notebook-list form textarea", "改过的话")
    page.keyboard.press("Enter")
    page.locator("#notebook-list .undo", has_text="撤销：修改批注").wait_for()
    with page.expect_download() as download:
        page.locator("#notebook-list a[download]").first.click()
    assert "改过的话" in Path(download.value.path()).read_text(encoding="utf-8")
    keep_picture(page, "chats-notebook")
    with page.context.expect_page() as article:
        page.locator("#notebook-list .to-article").click()
    article.value.locator("mark").first.wait_for()
    article.value.close()
    page.locator(".toast-body").wait_for(state="detached")  # Gradio's own, a button within a button
    found = [
        each for each in Axe().run(page).response["violations"] if each["impact"] in {"serious", "critical"}
    ]
    assert not found
    page.get_by_role("tab", name="问答").click()
    page.locator("#question textarea").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.locator("#keys-list", has_text="修改上一个问题").wait_for()
    keep_picture(page, "chats-keys")
    page.keyboard.press("Escape")
    page.locator("#keys-list").wait_for(state="detached")
    page.keyboard.press("/")
    page.wait_for_function("document.activeElement === document.querySelector('#question textarea')")
    page.keyboard.press("ArrowUp")
    page.wait_for_function(f"document.activeElement.value === '{QUESTION}'")
    keep_picture(page, "chats-edit")
    page.locator("#chat textarea").fill("2024年城镇新增就业实现了多少?")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.answer')?.innerText.includes('1256万')")
    page.locator("#history .undo", has_text="撤销：收起“上海2025年").wait_for()


def test_on_a_phone_the_list_and_the_notebook_fit_and_menus_open_by_touch(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    page.reload()
    page.wait_for_selector(".answer")
    page.wait_for_timeout(2000)
    page.locator(".sidebar .toggle-button").click()
    page.wait_for_timeout(600)
    page.locator("#history .chat-menu summary").first.click()
    page.locator("#history .chat-menu[open] a").first.wait_for()
    keep_picture(page, "chats-phone")
    page.locator("#history .chat-menu summary").first.click()
    page.locator(".sidebar .toggle-button").click()
    page.wait_for_timeout(600)
    page.get_by_role("tab", name="笔记本").click()
    page.locator("#notebook-list .note").first.wait_for()
    assert page.get_by_role("tab", name="设置").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    keep_picture(page, "chats-phone-notebook")
