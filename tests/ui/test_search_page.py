"""The search view in a real browser, from the words to the article and the chat."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.ui.browser import a_browser, a_page, in_a_browser, keep_picture, served

CORPUS = {
    f"{year}.md": f"# {year}年合肥人工智能产业\n\n来源：合肥日报\n日期：{year}-03-05\n\n合肥发布了方案。{year}年人工智能营收达到{year - 1800}亿元。\n"
    for year in range(2003, 2027)
}
CORPUS["x.jsonl"] = json.dumps(
    {"title": "<img src=x onerror=alert(1)>港口", "text": "天津港口吞吐量5亿吨。<script>alert(2)</script>"}
)

pytestmark = [*in_a_browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("search")
    for part in ("corpus", "data"):
        (folder / part).mkdir()
    for name, text in CORPUS.items():
        Path(folder / "corpus" / name).write_text(text, "utf-8")
    with served(folder / "data", corpus=folder / "corpus") as address, a_browser() as browser:
        page = a_page(browser)
        expect.set_options(timeout=60_000)
        page.goto(address)
        page.wait_for_selector("#status .ready")
        page.get_by_role("tab", name="搜索").click()
        yield page
        keep_picture(page, "search")


def search(page: Page, words: str) -> None:
    box = page.locator("#search-box :is(input, textarea)")
    box.fill(words)
    box.press("Enter")
    expect(page.locator("#search-found .found")).to_have_attribute("data-q", words)


def test_from_the_words_to_the_article_and_the_chat(page: Page) -> None:
    search(page, "人工智能营收")
    expect(page.locator("#search-found .summary")).to_contain_text("24 段")
    expect(page.locator("#search-found .hits li")).to_have_count(20)
    assert page.locator("#search-found .hits li p mark").first.inner_text() == "人工智能营收"
    expect(page.locator("#reader")).to_be_hidden()

    page.locator("#search-sort label", has_text="最新").click()
    expect(page.locator("#search-found .hits a.cite").first).to_contain_text("2026")
    page.locator("#search-found .pager button", has_text="下一页").click()
    expect(page.locator("#search-found .hits li")).to_have_count(4)
    expect(page.locator("#search-found .hits a.cite").first).to_contain_text("2006")

    page.reload()
    expect(page.locator("#search-found .hits a.cite").first).to_contain_text("2026")
    assert page.locator("#search-box :is(input, textarea)").input_value() == "人工智能营收"

    page.locator("#search-box :is(input, textarea)").focus()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    mark = page.frame_locator("#article").locator("mark")
    expect(mark).to_contain_text("2025年人工智能营收")
    expect(page.locator("#reader-at")).to_contain_text("2/20")
    page.click("[data-reader=after]")
    expect(mark).to_contain_text("2024年人工智能营收")
    keep_picture(page, "search-reader")
    violations = Axe().run(page).response["violations"]
    assert [each["id"] for each in violations if each["impact"] in {"serious", "critical"}] == []

    edge = page.locator("#reader-edge")
    before = page.locator("#reader").bounding_box()
    at = edge.bounding_box()
    assert before is not None
    assert at is not None
    page.mouse.move(at["x"] + 2, at["y"] + 100)
    page.mouse.down()
    page.mouse.move(at["x"] - 118, at["y"] + 100, steps=4)
    page.mouse.up()
    after = page.locator("#reader").bounding_box()
    assert after is not None
    assert 100 < after["width"] - before["width"] < 140
    page.get_by_role("tab", name="资料库").click()
    expect(page.locator("#reader")).to_be_hidden()
    assert "q=" not in page.url
    page.get_by_role("tab", name="搜索").click()
    expect(page.locator("#reader")).to_be_visible()
    assert "q=" in page.url
    page.click("[data-reader=close]")
    expect(page.locator("#reader")).to_be_hidden()

    page.locator("#search-found .hits li").nth(1).get_by_text("就此提问").click()
    asked = page.locator("#question textarea")
    expect(asked).to_be_focused()
    assert asked.input_value() == "《2025年合肥人工智能产业》：人工智能营收"


def test_nasty_texts_stay_texts_and_an_empty_search_helps(page: Page) -> None:
    page.get_by_role("tab", name="搜索").click()
    search(page, "<script> 港口 (.*")
    expect(page.locator("#search-found .hits a.cite").first).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("#search-found :is(img, script)").count() == 0
    search(page, "火星殖民")
    expect(page.locator("#search-found .none")).to_contain_text("没有找到")
    keep_picture(page, "search-none")
