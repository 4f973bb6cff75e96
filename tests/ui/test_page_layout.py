"""Where things stand on the page: nothing is cut, nothing lies over anything, and what is needed stays in sight."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from assistant.messages import message
from assistant.model import Answer
from tests.ui.browser import a_browser, in_a_browser, keep_picture, served
from ui.chats.store import ChatStore

pytestmark = [*in_a_browser, pytest.mark.slow]
_CHATS = 30
_LONGEST_LINE = 900
"""Pixels; some sixty Chinese characters."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = tmp_path_factory.mktemp("layout")
    chats = ChatStore(data / "chats.sqlite")
    for number in range(_CHATS):
        question = f"第{number}个问题"
        answer = Answer(question=question, standalone_question=question, answer="好。")
        chats.keep(chats.begin("", question), question, answer)
    chats.close()
    with served(data, waits_for="/api/status") as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as browser:
        yield browser


def _opened(browser: Browser, address: str, width: int, language: str = "zh") -> Page:
    context = browser.new_context(
        locale="zh-CN", viewport={"width": width, "height": 780}, has_touch=width < 500, is_mobile=width < 500
    )
    page = context.new_page()
    page.set_default_timeout(90_000)
    page.goto(f"{address}/en/" if language == "en" else f"{address}/")
    page.wait_for_selector("#status .ready", state="attached")
    page.wait_for_selector("#history-list li", state="attached")
    return page


def _tab(page: Page, name: str, language: str = "zh") -> None:
    page.get_by_role("tab", name=message(f"page_tab_{name}", language), exact=True).click()


def test_with_many_chats_their_list_alone_scrolls(browser: Browser, address: str) -> None:
    page = _opened(browser, address, 1360)
    list_scrolls = "(() => { const { scrollHeight, clientHeight } = document.getElementById('history'); return scrollHeight > clientHeight + 100; })()"
    assert page.evaluate(list_scrolls)
    page.locator("#history li").last.scroll_into_view_if_needed()
    for selector in ("#new-chat", "#chat-search", "#sidebar .exports a[href$=keys]"):
        box = page.locator(selector).bounding_box()
        assert box is not None
        assert 0 <= box["y"] <= box["y"] + box["height"] <= 780, selector
    page.context.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_a_phone_no_word_of_the_head_is_cut_and_the_box_is_one_line(
    browser: Browser, address: str, language: str
) -> None:
    page = _opened(browser, address, 390, language)
    assert page.evaluate(
        "(() => { const h1 = document.querySelector('#head h1'); return h1.scrollWidth <= h1.clientWidth; })()"
    )
    box = page.locator("#ask-row").bounding_box()
    assert box is not None
    assert box["height"] < 75
    toggle = page.locator(".sidebar .toggle-button")
    assert toggle.get_attribute("aria-label") == message("page_side", language), "Gradio's is in English"
    page.context.close()


def test_on_a_phone_what_scrolls_goes_under_the_head(browser: Browser, address: str) -> None:
    page = _opened(browser, address, 390)
    _tab(page, "library")
    page.wait_for_selector("#library-table tr[data-article]")
    page.evaluate("window.scrollTo(0, 700)")
    page.wait_for_function("window.scrollY > 600")
    keep_picture(page, "phone-library-scrolled")
    under = "document.elementFromPoint(195, 20).closest('#head') !== null"
    assert page.evaluate(under)
    toggle = page.locator(".sidebar .toggle-button").bounding_box()
    head = page.locator("#head").bounding_box()
    assert toggle is not None
    assert head is not None
    assert toggle["y"] + toggle["height"] <= head["y"] + head["height"] + 1
    page.context.close()


def test_the_library_gives_its_width_to_the_table_until_an_article_is_chosen(
    browser: Browser, address: str
) -> None:
    page = _opened(browser, address, 1360)
    _tab(page, "library")
    page.wait_for_selector("#library-table tr[data-article]")
    width = "document.querySelector('.library-table').getBoundingClientRect().width"
    assert page.evaluate(f"{width} > 0.95 * document.getElementById('tabs').getBoundingClientRect().width")
    rows = "[...document.querySelectorAll('.library-table td.file')].map((each) => each.clientHeight)"
    assert max(page.evaluate(rows)) < 60, "a file's name is one line, and whole in its title"
    assert page.locator(".library-table td.file").first.get_attribute("title")
    page.locator("#library-table tr[data-article] button").first.click()
    page.locator("#library-side h2").wait_for()
    page.context.close()


def test_the_formats_are_told_where_one_asks_for_them(browser: Browser, address: str) -> None:
    page = _opened(browser, address, 1360)
    _tab(page, "library")
    formats = page.locator("#library details.hint")
    formats.wait_for()
    assert ".docx" not in formats.inner_text()
    formats.locator("summary").click()
    assert ".docx" in formats.inner_text()
    page.context.close()


def test_no_line_of_what_a_search_found_is_too_long_to_read(browser: Browser, address: str) -> None:
    page = _opened(browser, address, 1600)
    _tab(page, "search")
    page.fill("#search-box textarea, #search-box input", "集成电路")
    page.press("#search-box textarea, #search-box input", "Enter")
    page.locator("#search-found .hits li").first.wait_for()
    widths = "[...document.querySelectorAll('#search-found .hits .text')].map((each) => each.clientWidth)"
    assert max(page.evaluate(widths)) <= _LONGEST_LINE
    lefts = page.evaluate(
        "['#search-row', '#search-filters', '#search-found .summary', '#search-found .hits a.cite']"
        ".map((each) => Math.round(document.querySelector(each).getBoundingClientRect().left))"
    )
    assert len(set(lefts)) == 1, "all begin at one line"
    page.context.close()


def test_the_evals_ask_for_nothing_that_is_not_there_yet(browser: Browser, address: str) -> None:
    page = _opened(browser, address, 1360)
    _tab(page, "evals")
    page.locator("#eval-summary .no-runs").wait_for()
    assert page.locator("#eval-run").is_hidden()
    field, button = page.locator("#eval-set").bounding_box(), page.locator("#eval-start").bounding_box()
    assert field is not None
    assert button is not None
    assert abs(field["y"] + field["height"] - button["y"] - button["height"]) <= 2, "they stand on one line"
    page.context.close()


def test_what_scrolls_in_the_chat_begins_right_below_the_tabs(browser: Browser, address: str) -> None:
    page = _opened(browser, address, 1360)
    page.locator("#history li a.open").first.click()
    page.locator(".answer").wait_for()
    tabs = page.locator("#tabs [role=tablist]").first.bounding_box()
    chat = page.locator("#chat").bounding_box()
    assert tabs is not None
    assert chat is not None
    assert chat["y"] - tabs["y"] - tabs["height"] < 24
    page.context.close()
