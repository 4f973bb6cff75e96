"""Every screen in both languages, light and dark: the pictures are kept, to be looked at; nothing stands outside of its screen."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from assistant.messages import message
from tests.ui.browser import a_browser, ask, in_a_browser, keep_picture, served
from ui.web.login_page import login_page

pytestmark = [*in_a_browser, pytest.mark.slow]
_QUESTIONS = {
    "answer": "上海2025年集成电路产业营收多少?",
    "table": "上海、湖北2025年集成电路产业的营收",
    "series": "2020年以来城镇新增就业",
    "overview": "库里有什么?",
    "refusal": "世界杯冠军是谁?",
}
_TABS = ("search", "notebook", "library", "evals", "settings")
_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("screens"), waits_for="/api/status") as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as browser:
        yield browser


def _opened(
    browser: Browser, address: str, language: str, look: str, width: int = 1360
) -> tuple[Page, list[str]]:
    context = browser.new_context(
        locale="zh-CN" if language == "zh" else "en-US",
        viewport={"width": width, "height": 820},
        color_scheme="dark" if look == "dark" else "light",
        has_touch=width < 500,
    )
    page = context.new_page()
    page.set_default_timeout(90_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{address}/en/" if language == "en" else f"{address}/")
    # On a phone the line that tells it is not shown.
    page.wait_for_selector("#status .ready", state="attached")
    return page, wrong


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_screen_stands_within_the_window(
    browser: Browser, address: str, language: str, look: str
) -> None:
    page, wrong = _opened(browser, address, language, look)
    foot = page.locator("#ask-row").bounding_box()
    assert foot is not None
    assert foot["y"] + foot["height"] <= 820, "the box is seen without scrolling"
    keep_picture(page, f"screen-{language}-{look}-first")
    for name, question in _QUESTIONS.items():
        if page.locator(".answer").count():
            page.click("#new-chat")
            page.wait_for_function("document.querySelectorAll('.answer').length === 0")
        ask(page, question)
        page.wait_for_timeout(700)
        keep_picture(page, f"screen-{language}-{look}-{name}")
        if name == "answer":
            page.locator(".answer a.cite").first.click()
            page.frame_locator("#article").locator("mark").wait_for()
            keep_picture(page, f"screen-{language}-{look}-article")
            page.click("[data-reader=close]")
    for tab in _TABS:
        page.get_by_role("tab", name=message(f"page_tab_{tab}", language), exact=True).click()
        page.wait_for_timeout(1200)
        keep_picture(page, f"screen-{language}-{look}-{tab}")
        assert not page.evaluate(_SIDEWAYS), tab
    assert wrong == []
    page.context.close()


def test_a_phone_has_margins_and_nothing_lies_over_anything(browser: Browser, address: str) -> None:
    page, _ = _opened(browser, address, "zh", "light", width=390)
    page.wait_for_timeout(1500)
    keep_picture(page, "screen-phone-first")
    card = page.locator(".welcome .example").first.bounding_box()
    assert card is not None
    assert card["x"] >= 16
    assert card["x"] + card["width"] <= 390 - 16
    ask(page, _QUESTIONS["answer"])
    keep_picture(page, "screen-phone-answer")
    page.locator(".answer a.cite").first.click()
    page.frame_locator("#article").locator("mark").wait_for()
    keep_picture(page, "screen-phone-article")
    assert not page.evaluate(_SIDEWAYS)
    page.context.close()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_sign_in_page(browser: Browser, look: Literal["light", "dark"]) -> None:
    page = browser.new_page(color_scheme=look)
    page.set_content(login_page("zh", "/", name="ed", alert=message("sign_in_wrong", "zh")))
    keep_picture(page, f"screen-login-{look}")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 18, 22)"
    assert dark == (look == "dark")
