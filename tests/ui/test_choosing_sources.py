"""Choosing what is asked, and the filters, in a real browser, on a server and a data folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browser import a_browser, a_page, ask, in_a_browser, keep_picture, served

CORPUS = {
    "a.md": "---\ndate: 2026-02-10\n---\n# 上海集成电路产业年报\n\n2025年上海集成电路产业营收超过4800亿元。\n",
    "b.md": "---\ndate: 2025-03-05\n---\n# 江苏集成电路产业通知\n\n2025年江苏集成电路产业营收为1734亿元。\n",
    "c.md": "---\ndate: 2024-06-01\n---\n# 湖北集成电路产业年报\n\n2025年湖北集成电路产业营收超过1000亿元。\n",
}
QUESTION = "2025年上海集成电路产业营收多少?"

pytestmark = [*in_a_browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("choosing")
    for part in ("corpus", "data"):
        (folder / part).mkdir()
    for name, text in CORPUS.items():
        (folder / "corpus" / name).write_text(text, "utf-8")
    with served(folder / "data", corpus=folder / "corpus") as address, a_browser() as browser:
        page = a_page(browser, 1366, 768)
        expect.set_options(timeout=60_000)
        page.goto(address)
        page.wait_for_selector("#status .ready")
        yield page


@pytest.fixture(autouse=True)
def _picture(page: Page, request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    keep_picture(page, Path(request.node.name).name)


def tick(page: Page, title: str) -> None:
    page.locator("#library-table tr[data-article]", has_text=title).locator("input").check()


def test_ticked_articles_are_asked_until_the_choice_is_taken_away(page: Page) -> None:
    page.get_by_role("tab", name="资料库").click()
    tick(page, "江苏")
    page.locator("#library-table th.title button").click()
    expect(page.locator("#library-table th.title")).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("#library-table tr[data-article]", has_text="江苏").locator("input")).to_be_checked()
    tick(page, "湖北")
    expect(page.locator("#library-table .ticked")).to_contain_text("已勾选 2 篇")
    keep_picture(page, "ticked")
    page.get_by_text("只问这些").click()
    chip = page.locator("#chosen .choice")
    expect(chip).to_contain_text("2 篇")
    page.reload()
    expect(chip).to_contain_text("江苏集成电路产业通知")
    box = page.locator("#question textarea").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 768
    ask(page, QUESTION)
    last = page.locator(".answer").last
    expect(last).to_contain_text("在所选的 2 篇里没有")
    assert "4800" not in last.inner_text()
    page.wait_for_function("location.search.includes('chat=')")
    page.reload()
    expect(chip).to_contain_text("2 篇")
    chip.locator("a").click()
    expect(chip).to_have_count(0)
    page.reload()
    expect(page.locator(".answer")).to_have_count(1)
    expect(chip).to_have_count(0)
    page.locator(".answer a[href*='#act/everywhere']").last.click()
    expect(page.locator(".answer").last).to_contain_text("4800亿元")


def test_only_the_article_beside_the_chat_is_asked(page: Page) -> None:
    page.locator(".answer a.cite").first.click()
    page.frame_locator("#article").locator("#ask-only").click()
    expect(page.locator("#chosen .choice")).to_contain_text("上海集成电路产业年报")
    ask(page, "2025年湖北集成电路产业营收多少?")
    expect(page.locator(".answer").last).to_contain_text("在所选的 1 篇里没有")
    page.click("[data-reader=close]")
    page.locator("#chosen .choice a").click()


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_open_filters_leave_the_box_where_it_is_and_closed_ones_say_what_is_set(
    page: Page, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.reload()
    page.wait_for_selector(".answer")
    box = page.locator("#question textarea")
    before = box.bounding_box()
    page.click("#filters > button")
    page.locator("#filter-since input, #filter-since textarea").first.fill("2025年1月")
    page.locator("#filter-until input, #filter-until textarea").first.fill("2025-12-31")
    keep_picture(page, f"filters-{width}")
    after = box.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2
    assert after["y"] + after["height"] <= height
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box.focus()
    expect(page.locator("#filter-since")).to_be_hidden()
    expect(page.locator("#filters > button")).to_contain_text("已选 1 项")
    ask(page, "2025年湖北集成电路产业营收多少?")
    expect(page.locator(".answer").last).to_contain_text("2025-01 至 2025-12-31")
    expect(page.locator(".answer").last.locator(".short-answer", has_text="1000亿元")).to_have_count(0)
    page.locator(".answer").last.locator(".chips a", has_text="2025-01 至").click()
    expect(page.locator(".answer").last.locator(".short-answer")).to_contain_text("1000亿元")
    expect(page.locator("#filters > button")).not_to_contain_text("已选")
