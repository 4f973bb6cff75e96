"""The library tab in a real browser, on a server and a data folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browser import a_browser, a_page, in_a_browser, keep_picture, served

CORPUS = {
    "a.md": "# 上海集成电路产业\n\n2025年上海集成电路产业营收超过4800亿元。\n",
    "b.md": "# 江苏集成电路产量\n\n2025年江苏集成电路产量为1734.27亿块。\n",
    "c.md": "# 湖北存储器产业\n\n2025年湖北集成电路产业营收超过1000亿元。\n",
}
HEFEI = """\
# 合肥人工智能产业发展情况

来源：合肥日报

2025年合肥人工智能产业营收达到2718亿元，

同比增长31%。

（上接第1版）
"""
MARKUP = (
    '{"title": "<img src=x onerror=alert(1)>天津港口", "text": "2025年天津港口吞吐量为5亿吨。<img src=x>"}\n'
)

pytestmark = [*in_a_browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    for part in ("corpus", "data", "sent", "followed"):
        (folder / part).mkdir()
    for name, text in CORPUS.items():
        (folder / "corpus" / name).write_text(text, "utf-8")
    (folder / "sent" / "hefei.md").write_text(HEFEI, "utf-8")
    (folder / "sent" / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing more")
    (folder / "sent" / "markup.jsonl").write_text(MARKUP, "utf-8")
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder / "data", corpus=folder / "corpus") as address:
        yield address


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Page]:
    with a_browser() as browser:
        page = a_page(browser)
        expect.set_options(timeout=60_000)
        page.goto(address)
        page.wait_for_selector("#status .ready")
        page.get_by_role("tab", name="资料库").click()
        yield page
        keep_picture(page, "library")


def titles(page: Page) -> list[str]:
    return page.locator("#library-table td.title").all_inner_texts()


def rows_are(page: Page, count: int) -> None:
    expect(page.locator("#library-table tr[data-article]")).to_have_count(count)


def choose(page: Page, title: str) -> None:
    page.locator("#library-table tr[data-article]", has_text=title).click()
    expect(page.locator("#library-card h2")).to_contain_text(title)


def test_the_table_shows_the_corpus(page: Page) -> None:
    rows_are(page, 3)
    assert sorted(titles(page)) == ["上海集成电路产业", "江苏集成电路产量", "湖北存储器产业"]


def test_a_good_upload_is_in_the_table_and_a_broken_one_is_named(page: Page, folder: Path) -> None:
    sent = folder / "sent"
    page.set_input_files("#library-upload input[type=file]", [sent / "hefei.md", sent / "broken.pdf"])
    page.wait_for_selector("#library-progress li")
    page.wait_for_selector("#library-progress .ready")
    assert "1 篇文章" in page.inner_text("#library-progress li.done")
    failed = page.inner_text("#library-progress li.failed")
    assert "broken.pdf" in failed
    assert "已损坏" in failed
    assert str(folder) not in page.inner_text("#library-progress")
    rows_are(page, 4)
    assert [file.name for file in (folder / "data" / "uploads").iterdir()] == ["hefei.md"]
    assert not [file for file in (folder / "gradio").rglob("*") if file.name in {"hefei.md", "broken.pdf"}]


def test_the_chat_answers_from_the_upload_at_once(page: Page) -> None:
    page.get_by_role("tab", name="问答").click()
    page.fill("#question textarea", "2025年合肥人工智能产业营收多少?")
    page.press("#question textarea", "Enter")
    expect(page.locator(".answer").last).to_contain_text("2718亿元")
    expect(page.locator(".answer .sources").last).to_contain_text("合肥人工智能产业发展情况")
    page.get_by_role("tab", name="资料库").click()


def test_markup_in_a_title_stays_text(page: Page, folder: Path) -> None:
    page.set_input_files("#library-upload input[type=file]", [folder / "sent" / "markup.jsonl"])
    rows_are(page, 5)
    choose(page, "天津港口")
    assert page.locator("#library img[src='x']").count() == 0
    page.click("#library-explain")
    page.wait_for_selector("#library-how .passages li")
    page.click("#library-remove")
    rows_are(page, 4)
    expect(page.locator("#library-removed")).to_contain_text("<img src=x")
    assert page.locator("img[src='x']").count() == 0


def test_the_card_tells_how_an_article_was_split_and_repaired(page: Page) -> None:
    choose(page, "合肥")
    assert "合肥日报" in page.inner_text("#library-card")
    page.click("#library-explain")
    expect(page.locator("#library-how .change").first).to_be_visible()
    told = page.inner_text("#library-how")
    assert "把断开的句子接起来" in told
    assert "上接第1版" in page.locator("#library-how del").all_inner_texts()[0]
    page.locator("#library-how summary").first.click()
    assert "2718亿元，同比增长31%" in page.inner_text("#library-how .passages")


def test_the_article_opens_in_a_tab_of_its_own(page: Page) -> None:
    with page.context.expect_page() as opened:
        page.locator("#library-card a", has_text="打开原文").click()
    expect(opened.value.locator("h1")).to_have_text("合肥人工智能产业发展情况")
    opened.value.close()


def test_a_title_is_corrected_and_a_wrong_date_is_refused(page: Page) -> None:
    page.locator("#library-fields button").first.click()
    page.fill("#library-edit-title input, #library-edit-title textarea", "合肥产业（更正）")
    page.fill("#library-edit-date input, #library-edit-date textarea", "去年")
    page.click("#library-save")
    expect(page.locator(".toast-body").last).to_contain_text("不是日期")
    page.fill("#library-edit-date input, #library-edit-date textarea", "2025-06-01")
    page.click("#library-save")
    expect(page.locator("#library-card h2")).to_contain_text("合肥产业（更正）")
    expect(page.locator("#library-card h2")).to_contain_text("人工更正")
    expect(page.locator("#library-table tr.chosen td.title")).to_have_text("合肥产业（更正）")
    expect(page.locator("#library-table tr.chosen td.date")).to_have_text("2025-06-01")
    page.click("#library-reread")
    expect(page.locator(".toast-body", has_text="已重新读取")).to_be_visible()
    expect(page.locator("#library-card h2")).to_contain_text("合肥产业（更正）")


def test_a_removed_article_comes_back(page: Page) -> None:
    choose(page, "湖北")
    page.click("#library-remove")
    rows_are(page, 3)
    assert not [title for title in titles(page) if "湖北" in title]
    page.click("#library-undo")
    rows_are(page, 4)
    expect(page.locator("#library-card h2")).to_contain_text("湖北存储器产业")


def test_one_that_was_removed_before_is_brought_back_from_the_list(page: Page) -> None:
    page.locator("#library-out button").first.click()
    page.click("#library-restore")
    rows_are(page, 5)
    expect(page.locator("#library-out")).to_be_hidden()


def test_search_filter_and_sort(page: Page) -> None:
    page.fill("#library-search input, #library-search textarea", "集成电路")
    rows_are(page, 2)
    page.fill("#library-search input, #library-search textarea", "没有这样的文章")
    expect(page.locator("#library-table")).to_contain_text("没有符合条件的文章")
    page.fill("#library-search input, #library-search textarea", "")
    rows_are(page, 5)
    page.click('#library-table [data-order="file"]')
    head = page.locator('#library-table th[aria-sort="ascending"] button')
    expect(head).to_have_attribute("data-order", "file")
    files = page.locator("#library-table td.file").all_inner_texts()
    assert files == ["a.md", "b.md", "c.md", "hefei.md", "markup.jsonl"]
    page.click('#library-table [data-order="file"]')
    expect(page.locator('#library-table th[aria-sort="descending"] button')).to_be_focused()
    assert page.locator("#library-table td.file").all_inner_texts() == files[::-1]
    page.locator("#library-region input").click()
    page.get_by_role("option", name="江苏").click()
    rows_are(page, 1)
    page.locator("#library-region input").click()
    page.get_by_role("option", name="全部").click()
    rows_are(page, 5)


def test_a_folder_is_followed(page: Page, folder: Path) -> None:
    page.locator("#library-watch button").first.click()
    page.fill("#watch-folder input, #watch-folder textarea", str(folder / "none"))
    # Not check(): it is unchecked again before that could see it checked.
    page.locator("#watch-on input").click()
    expect(page.locator(".toast-body", has_text="没有这个文件夹")).to_be_visible()
    expect(page.locator("#watch-on input")).not_to_be_checked()
    page.fill("#watch-folder input, #watch-folder textarea", str(folder / "followed"))
    page.locator("#watch-on input").check()
    expect(page.locator("#watch-state")).to_contain_text("正在跟随")
    (folder / "followed" / "d.md").write_text("# 重庆汽车产量\n\n2025年重庆汽车产量为254万辆。\n", "utf-8")
    rows_are(page, 6)
    assert "重庆汽车产量" in titles(page)
    page.locator("#watch-on input").uncheck()
    expect(page.locator("#watch-state")).to_contain_text("没有跟随")


def test_on_a_telephone_nothing_is_cut_off(page: Page, address: str) -> None:
    narrow = page.context.browser
    assert narrow is not None
    phone = a_page(narrow, width=360, height=780)
    phone.goto(f"{address}/en/")
    phone.get_by_role("tab", name="Library").click()
    rows_are(phone, 6)
    choose(phone, "上海")
    phone.locator("#library-fields button").first.click()
    expect(phone.locator("#library-save")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expect(phone.locator("#library-card")).to_be_in_viewport()
    keep_picture(phone, "library-phone")
    phone.close()
