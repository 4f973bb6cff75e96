"""What happens when the page is opened for the first time: nothing moves, nothing flashes, and little is fetched."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.ui.browser import a_browser, ask, in_a_browser, keep_picture, served
from ui.web.bench_proxy import counting

pytestmark = in_a_browser
_MOST_MOVED, _MOST_REQUESTS, _MOST_SENT, _MOST_FOR_A_QUESTION = 0.05, 60, 350_000, 20_000
_WATCH = """
window.moved = [];
new PerformanceObserver((list) => list.getEntries().forEach((each) => window.moved.push([each.value,
  each.sources.map(({ node }) => `${node?.nodeName}#${node?.id}.${node?.className}`).join(" ")])))
  .observe({ type: "layout-shift", buffered: true });
window.looks = new Set();
window.listSeen = false;
(function frame() {
  if (document.getElementById("head")) window.looks.add(document.body.classList.contains("dark"));
  const list = document.querySelector(".sidebar")?.getBoundingClientRect();
  if (list && list.right > 0 && getComputedStyle(document.querySelector(".sidebar")).visibility === "visible") window.listSeen = true;
  requestAnimationFrame(frame);
})();
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("opened"), waits_for="/api/status") as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as browser:
        yield browser


def _opened(browser: Browser, address: str, width: int = 1360, look: str = "light", chosen: str = "") -> Page:
    """A page that has been opened and has come to rest, in a browser that was not here before."""
    context = browser.new_context(
        locale="en-US" if address.endswith("/en/") else "zh-CN",
        viewport={"width": width, "height": 820},
        color_scheme="dark" if look == "dark" else "light",
        has_touch=width < 500,
        is_mobile=width < 500,
    )
    page = context.new_page()
    page.set_default_timeout(90_000)
    page.add_init_script(_WATCH)
    if chosen:
        page.add_init_script(f"localStorage.setItem('look', '{chosen}')")
    page.goto(address)
    page.wait_for_selector("#status .ready", state="attached")
    page.wait_for_selector("#history-list .hint, #history-list li", state="attached")
    page.wait_for_timeout(1000)
    return page


@pytest.mark.parametrize("path", ["/", "/en/"])
@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1280, 390])
def test_nothing_moves_while_the_page_loads(
    browser: Browser, address: str, width: int, look: str, path: str
) -> None:
    page = _opened(browser, address + path, width, look)
    moved = page.evaluate("window.moved")
    keep_picture(page, f"opened-{width}-{look}-{path.strip('/') or 'zh'}")
    assert sum(value for value, _ in moved) <= _MOST_MOVED, moved
    assert page.evaluate("[...window.looks]") == [look == "dark"]
    page.context.close()


@pytest.mark.parametrize(("look", "chosen"), [("light", "dark"), ("dark", "light")])
def test_a_chosen_look_is_there_from_the_first_frame(
    browser: Browser, address: str, look: str, chosen: str
) -> None:
    page = _opened(browser, address, look=look, chosen=chosen)
    assert page.evaluate("[...window.looks]") == [chosen == "dark"]
    page.context.close()


def test_on_a_phone_the_list_of_chats_is_not_seen_until_it_is_opened(browser: Browser, address: str) -> None:
    page = _opened(browser, address, width=390)
    assert not page.evaluate("window.listSeen")
    page.locator(".sidebar .toggle-button").click()
    page.locator("#new-chat").wait_for()
    assert page.evaluate("window.listSeen")
    page.locator(".sidebar .toggle-button").click()
    page.wait_for_function("document.querySelector('.sidebar').getBoundingClientRect().right <= 0")
    page.context.close()


def test_on_a_wide_screen_the_page_makes_room_for_the_list_and_takes_it_back(
    browser: Browser, address: str
) -> None:
    page = _opened(browser, address)
    head = "document.getElementById('head').getBoundingClientRect().left"
    beside = page.evaluate(head)
    assert beside >= page.evaluate("document.querySelector('.sidebar').getBoundingClientRect().right")
    page.locator(".sidebar .toggle-button").click()
    page.wait_for_function(f"{head} < 100")
    page.locator(".sidebar .toggle-button").click()
    page.wait_for_function(f"{head} === {beside}")
    page.context.close()


def test_little_is_fetched_and_its_own_files_are_kept(browser: Browser, address: str) -> None:
    with counting(address) as proxy:
        context = browser.new_context(locale="zh-CN", viewport={"width": 1360, "height": 820})
        page = context.new_page()
        page.set_default_timeout(90_000)
        asked: list[str] = []
        page.on("request", lambda each: asked.append(each.url) if not each.url.startswith("data:") else None)
        page.goto(proxy.address)
        page.wait_for_selector("#status .ready")
        page.wait_for_timeout(2000)
        assert len(asked) <= _MOST_REQUESTS, asked
        assert len(set(asked)) >= len(asked) - 8, "nothing but events is fetched twice"
        assert proxy.sent <= _MOST_SENT
        before = proxy.sent
        page.reload()
        page.wait_for_selector("#status .ready")
        page.wait_for_timeout(2000)
        assert proxy.sent - before <= _MOST_SENT / 5, "scripts and styles are not sent again"
        context.close()


def test_a_question_late_in_a_chat_costs_no_more_than_the_first_and_its_answer_once(
    browser: Browser, address: str
) -> None:
    questions = [
        "2024年城镇新增就业实现了多少?",
        "上海2025年集成电路产业营收多少?",
        "2025年赤字率拟按多少安排?",
    ]
    with counting(address) as proxy:
        page = browser.new_context(locale="zh-CN").new_page()
        page.set_default_timeout(90_000)
        page.goto(proxy.address)
        page.wait_for_selector("#status .ready")
        page.wait_for_timeout(1500)
        costs = []
        for question in questions:
            before = proxy.sent
            ask(page, question)
            page.locator(".answer .suggested").nth(len(costs)).wait_for()
            page.wait_for_timeout(1500)
            costs.append(proxy.sent - before)
        assert max(costs) <= _MOST_FOR_A_QUESTION, costs
        shown = page.locator("#turns").inner_html()
        page.reload()
        page.wait_for_function("document.querySelectorAll('.answer .suggested').length === 3")
        assert page.locator("#turns").inner_html() == shown, "what was sent in parts is what is kept"
        page.context.close()
