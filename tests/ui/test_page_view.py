"""The printed page beside the text, versions side by side, and several articles changed at once, in a real browser."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.ui.browser import a_browser, a_page, in_a_browser, keep_picture, served
from tests.ui.test_compared_versions import RULE
from tests.ui.test_printed_pages import FIRST, SECOND, print_pages

pytestmark = [*in_a_browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("printed")
    for part in ("corpus", "data"):
        (folder / part).mkdir()
    print_pages(folder / "corpus" / "年报.pdf", FIRST, SECOND)
    for mark, year, fine in (("（试行）", 2019, "五万元"), ("（2024年修订）", 2024, "十万元")):
        text = RULE.format(mark=mark, year=year, fine=fine)
        (folder / "corpus" / f"{year}.md").write_text(text, "utf-8")
    with served(folder / "data", corpus=folder / "corpus") as address, a_browser() as browser:
        page = a_page(browser)
        expect.set_options(timeout=60_000)
        page.goto(address)
        page.wait_for_selector("#status .ready")
        yield page
        keep_picture(page, "printed-page")


def told(page: Page, path: str) -> Any:
    return page.evaluate("async path => (await fetch(path)).json()", path)


def test_picture_and_text_move_together(page: Page) -> None:
    articles = told(page, "/api/articles?q=" + quote("年报"))["articles"]
    text = told(page, f"/api/articles/{articles[0]['id']}")["text"]
    start = text.index("人才队伍")
    page.evaluate(
        "address => window.page.show(address, null)",
        f"/article/{articles[0]['id']}?start={start}&end={start + 8}&lang=zh",
    )
    frame = page.frame_locator("#article")
    expect(frame.locator("#page-at")).to_have_text("第 2 / 2 页 · 引用处")
    mark = frame.locator("#page-view .marks i")
    expect(mark).to_have_count(1)
    sheet, box = frame.locator(".sheet").bounding_box(), mark.bounding_box()
    assert sheet is not None
    assert box is not None
    assert (box["x"] - sheet["x"]) / sheet["width"] == pytest.approx(204 / 595, abs=0.02)
    assert (box["y"] - sheet["y"]) / sheet["height"] == pytest.approx(135 / 842, abs=0.02)
    asked: list[int] = []

    def busy_at_first(route: Route) -> None:
        asked.append(1)
        if len(asked) < 3:
            route.fulfill(status=503, json={"detail": "太多"})
        else:
            route.continue_()

    page.route("**/page/1?*", busy_at_first)
    frame.locator('[data-page="before"]').click()
    expect(frame.locator("#page-view .notice")).to_have_text("太多")
    expect(frame.locator("#page-view .notice")).to_be_hidden()
    assert frame.locator("#page-view img").evaluate("img => img.naturalWidth") > 0
    expect(frame.locator("#page-at")).to_have_text("第 1 / 2 页")
    expect(mark).to_have_count(0)
    expect(frame.locator('[data-page="before"]')).to_be_disabled()
    frame.locator('[data-page="back"]').click()
    expect(mark).to_have_count(1)
    frame.locator('[data-page="fold"]').click()
    expect(frame.locator(".paper")).to_be_hidden()
    expect(frame.locator("main mark")).to_be_visible()
    frame.locator('[data-page="fold"]').click()
    expect(mark).to_be_visible()
    page.click('[data-reader="close"]')


def test_from_an_article_to_its_older_version(page: Page) -> None:
    articles = told(page, "/api/articles?q=" + quote("修订"))["articles"]
    page.evaluate("address => window.page.show(address, null)", f"/article/{articles[0]['id']}?lang=zh")
    frame = page.frame_locator("#article")
    frame.locator("a.compare").click()
    expect(frame.locator("del", has_text="五万元")).to_be_visible()
    expect(frame.locator("ins", has_text="十万元")).to_be_visible()
    equal = frame.locator("tr.equal.far").first
    expect(equal).to_be_visible()
    frame.locator("#only-changes").check()
    expect(equal).to_be_hidden()
    frame.locator('[data-go="after"]').click()
    expect(frame.locator("tr.at")).to_have_count(1)
    frame.locator("body").press("Escape")
    expect(page.locator("#reader")).to_be_hidden()


def test_what_is_ticked_is_changed_at_once_and_back(page: Page) -> None:
    page.get_by_role("tab", name="资料库").click()
    rows = page.locator("#library-table tr[data-article]")
    expect(rows).to_have_count(3)
    for row in rows.filter(has_text="商业秘密").all():
        row.locator("input").check()
    page.click('[data-bulk="edit"]')
    page.select_option("form.bulk select", "region")
    page.fill("form.bulk input", "武汉")
    page.press("form.bulk input", "Enter")
    expect(page.locator("#library-bulk-done")).to_contain_text("2 篇的地区改为“武汉”")
    expect(rows.locator("td.region", has_text="武汉")).to_have_count(2)
    expect(page.locator("#library-table .ticked [role=status]")).to_contain_text("2")
    page.click("[data-untick]")
    expect(page.locator("#library-table .ticked")).to_be_hidden()
    page.click("#library-bulk-undo")
    expect(rows.locator("td.region", has_text="武汉")).to_have_count(0)
    expect(page.locator("#library-bulk-done")).to_be_hidden()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_picture_and_the_versions_can_be_used_by_everybody(page: Page, look: str) -> None:
    ids = {each["title"]: each["id"] for each in told(page, "/api/articles")["articles"]}
    older, newer = sorted((id_ for title, id_ in ids.items() if "商业秘密" in title), key=str)
    printed = next(id_ for title, id_ in ids.items() if "商业秘密" not in title)
    other = page.context.new_page()
    for path in (f"/article/{printed}?start=30&end=40", f"/article/{older}/compare/{newer}?lang=zh"):
        other.goto(page.url.split("?")[0].rstrip("/") + f"{path}&look={look}")
        other.wait_for_load_state("networkidle")
        violations = Axe().run(other).response["violations"]
        assert [each["id"] for each in violations if each["impact"] in {"serious", "critical"}] == []
    other.close()
