"""The chat page in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.ui.browser import a_browser, a_page, ask, in_a_browser, keep_picture, served

SMALL_SET = """\
{"id": "a", "question": "2024年城镇新增就业实现了多少?", "facts": [["1256万"]]}
{"id": "b", "question": "2024年城镇新增就业实现了多少?", "facts": [["9999万"]], "type": "wrong"}
{"id": "c", "question": "火星上有多少家企业?", "answerable": false, "type": "absent"}
{"id": "d"}
"""

pytestmark = [*in_a_browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = tmp_path_factory.mktemp("page")
    (data / "sets").mkdir()
    (data / "sets" / "small.jsonl").write_text(SMALL_SET, encoding="utf-8")
    with served(data, waits_for="/api/status") as address:
        yield address


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Page]:
    with a_browser() as browser:
        page = a_page(browser)
        page.goto(address)
        yield page


def begin_anew(page: Page) -> None:
    page.click("#new-chat")
    page.wait_for_function("document.querySelectorAll('.answer').length === 0")


@pytest.fixture(autouse=True)
def _picture(page: Page, request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    keep_picture(page, request.node.name)


def test_the_index_is_made_while_the_page_tells_so(page: Page) -> None:
    page.wait_for_selector("#status .busy, #status .ready")
    page.wait_for_selector("#status .ready")
    assert "篇文章" in page.inner_text("#status")


def test_a_question_is_answered_and_its_citation_opens_the_marked_sentence(page: Page) -> None:
    ask(page, "上海2025年集成电路产业营收多少?")
    assert "4800亿元" in page.locator(".answer .short-answer").last.inner_text()
    page.locator(".answer a.cite").last.click()
    mark = page.frame_locator("#article").locator("mark")
    mark.wait_for()
    assert "4800亿元" in mark.inner_text()


def test_a_follow_up_goes_on(page: Page) -> None:
    ask(page, "那湖北呢?")
    assert "1000亿元" in page.locator(".answer").last.inner_text()


def test_what_is_missing_is_refused(page: Page) -> None:
    ask(page, "世界杯冠军是谁?")
    last = page.locator(".answer").last
    assert "没有找到" in last.inner_text()
    assert last.locator(".sources").count() == 0


def test_markup_in_a_question_stays_text(page: Page) -> None:
    ask(page, "<img src=x onerror=alert(1)> **营收**多少?")
    assert page.locator("#chat img[src='x']").count() == 0


def test_a_new_chat_forgets(page: Page) -> None:
    begin_anew(page)
    ask(page, "那湖北呢?")
    assert not [
        text for text in page.locator(".answer .short-answer").all_inner_texts() if "1000亿元" in text
    ]


def test_an_answer_becomes_an_eval_item(page: Page) -> None:
    ask(page, "大额现金交易多少元以上要报告？")
    page.locator(".answer a.keep").last.click()
    page.get_by_text("已收入 from-chat").wait_for()


def test_chats_outlive_a_reload_and_are_searched_renamed_deleted_and_brought_back(page: Page) -> None:
    ask(page, "2024年城镇新增就业实现了多少?")
    page.wait_for_function("location.search.includes('chat=')")
    last_says = "[...document.querySelectorAll('.answer')].at(-1)?.innerText.includes('1256万人')"
    page.wait_for_function(last_says)
    answers = page.locator(".answer").count()
    page.reload()
    page.wait_for_function(last_says)
    assert page.locator(".answer").count() == answers
    chats = page.locator("#history li").count()
    page.fill("#chat-search textarea, #chat-search input", "集成电路")
    page.wait_for_function(
        "[...document.querySelectorAll('#history li')].every((row) => row.innerText.includes('上海'))"
    )
    page.fill("#chat-search textarea, #chat-search input", "")
    page.wait_for_function(f"document.querySelectorAll('#history li').length === {chats}")
    row = page.locator("#history li").first
    row.locator(".chat-menu summary").click()
    row.locator("[href*='act/rename']").click()
    page.fill("#history form.in-place input", "我的对话")
    page.press("#history form.in-place input", "Enter")
    page.wait_for_selector("#history .open[title='我的对话']")
    row.locator(".chat-menu summary").click()
    row.locator("[href*='act/delete']").click()
    page.locator("#history .undo", has_text="撤销：删除“我的对话”").wait_for()
    assert page.locator("#history .open[title='我的对话']").count() == 0
    page.locator("#history .undo a").click()
    page.wait_for_selector("#history .open[title='我的对话']")


def test_a_chat_is_exported_and_an_answer_judged(page: Page) -> None:
    ask(page, "2025年赤字率拟按多少安排?")
    with page.expect_download() as download:
        page.get_by_text("导出 Markdown").click()
    told = Path(download.value.path()).read_text(encoding="utf-8")
    assert "4%" in told
    assert "[^1]:" in told
    page.locator(".answer a.verdict").last.click()
    page.fill(".deeds form.in-place input", "年份不对")
    page.press(".deeds form.in-place input", "Enter")
    page.wait_for_selector(".answer a.verdict.chosen")
    assert "年份不对" in page.locator(".answer").last.inner_text()


def test_how_an_answer_came_about_opens_beside_it(page: Page) -> None:
    page.locator(".answer a.how").last.click()
    frame = page.frame_locator("#article")
    frame.locator("table").wait_for()
    assert "赤字率" in frame.locator("body").inner_text()
    page.click("[data-reader=close]")


def test_a_follow_up_that_was_rewritten_says_so_and_can_be_mended(page: Page) -> None:
    begin_anew(page)
    ask(page, "上海2025年集成电路产业营收多少?")
    ask(page, "那湖北呢?")
    told = page.locator(".answer .asked-as").last
    assert "湖北" in told.inner_text()
    told.locator("a").click()
    assert "湖北2025年" in page.input_value("#question textarea")


def test_an_edited_question_is_asked_anew_and_what_stood_there_comes_back(page: Page) -> None:
    begin_anew(page)
    ask(page, "2024年城镇新增就业实现了多少?")
    ask(page, "世界杯冠军是谁?")
    page.locator("#chat .user").first.hover()
    page.locator("#chat .revise").first.click()
    assert page.locator("#chat textarea").first.input_value() == "2024年城镇新增就业实现了多少?"
    page.locator("#chat textarea").first.fill("2025年赤字率拟按多少安排?")
    page.locator("#chat form.rewrite button[title='发送']").first.click()
    page.wait_for_function(
        "document.querySelectorAll('.answer').length === 1 && document.querySelector('.answer').innerText.includes('4%')"
    )
    page.locator("#history .undo a").click()
    page.wait_for_function("document.querySelectorAll('.answer').length === 2")
    assert "1256万人" in page.locator(".answer").first.inner_text()


def test_what_is_selected_in_an_article_can_be_asked_about(page: Page) -> None:
    page.locator(".answer a.cite").first.click()
    article = page.frame_locator("#article")
    article.locator("mark").wait_for()
    article.locator("mark").select_text()
    article.locator("#ask-about").click()
    page.wait_for_function(
        "document.querySelector('#question textarea').value.includes('城镇新增就业1256万人')"
    )
    page.fill("#question textarea", "")
    page.click("[data-reader=close]")


def test_questions_to_go_on_with_are_answered(page: Page) -> None:
    page.wait_for_selector(".answer .suggested a")
    before = page.locator(".answer").count()
    page.locator(".answer .suggested a").first.click()
    page.wait_for_function(f"document.querySelectorAll('.answer').length > {before}")
    assert page.locator(".answer").last.locator(".sources").count() == 1


def test_filters_narrow_and_a_refusal_offers_to_widen(page: Page) -> None:
    page.click("#filters button")
    page.locator("#filter-regions input").click()
    page.get_by_role("option", name="湖北").click()
    page.keyboard.press("Escape")
    ask(page, "2024年城镇新增就业实现了多少?")
    last = page.locator(".answer").last
    chips = last.locator(".chips").inner_text()
    assert "2024年" in chips, "what was looked for"
    assert "筛选 湖北" in chips, "the filter"
    assert "1256万" not in last.locator("> p").first.inner_text()
    last.locator("a[href*='#act/widen']").click()
    page.wait_for_function("[...document.querySelectorAll('.answer')].at(-1)?.innerText.includes('1256万')")
    # The filter is taken back when the answer is whole; its text is there before.
    page.locator("#stop").wait_for(state="hidden")
    page.wait_for_function("!document.querySelector('#filter-regions')?.innerText.includes('湖北')")
    assert "湖北" not in page.locator(".answer").last.locator(".chips").inner_text()
    ask(page, "湖北2024年城镇新增就业实现了多少?")
    page.locator(".answer").last.locator(".chips a", has_text="湖北").click()
    # The chip is taken from the question.
    page.wait_for_function(
        "[...document.querySelectorAll('#chat .user')].at(-1).innerText.trim() === '2024年城镇新增就业实现了多少?'"
    )
    page.wait_for_function("[...document.querySelectorAll('.answer')].at(-1)?.innerText.includes('1256万')")
    page.reload()
    page.wait_for_selector(".answer")


def test_a_phone_shows_all_without_scrolling_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    page.reload()
    page.wait_for_selector(".answer")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator(".answer a.cite").first.click()
    page.frame_locator("#article").locator("mark").wait_for()
    page.click("[data-reader=close]")
    page.set_viewport_size({"width": 1360, "height": 820})


def test_the_page_asks_no_other_host(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.wait_for_selector("#status .ready")
    page.wait_for_timeout(2000)
    others = {url for url in asked if not url.startswith((address, "data:", "blob:"))}
    assert asked
    assert not others


def test_a_set_is_run_and_an_item_opened_as_a_chat(page: Page) -> None:
    page.get_by_role("tab", name="评测").click()
    page.locator("#eval-set input").click()
    page.get_by_role("option", name="small").wait_for()
    options = page.get_by_role("option").all_inner_texts()
    assert {"sample", "small", "from-chat"} <= {option.strip(" ✓\n") for option in options}
    page.get_by_role("option", name="small").click()
    page.click("#eval-start")
    page.wait_for_selector("#eval-state .ready")
    assert "3" in page.inner_text("#eval-state .ready")
    page.locator("#eval-state details summary").click()
    assert "第4行" in page.inner_text("#eval-state")
    page.wait_for_selector("#eval-summary .card")
    wrong = page.locator("#eval-items tr[data-item]")
    wrong.wait_for()
    assert wrong.get_attribute("data-item") == "b"
    assert "9999" not in wrong.inner_text()
    with page.context.expect_page() as report:
        page.locator("#eval-summary a").click()
    report.value.wait_for_selector(".item")
    assert report.value.locator(".item").count() == 3
    report.value.close()
    # By keyboard: the question is a button.
    wrong.get_by_role("button").press("Enter")
    page.wait_for_selector(".trace")
    assert "9999万" in page.locator(".answer + .note, .note").last.inner_text()
    assert page.locator(".trace ol li").count() > 0


def test_two_runs_are_compared(page: Page) -> None:
    page.get_by_role("tab", name="评测").click()
    before = page.input_value("#eval-run input")
    page.click("#eval-start")
    page.wait_for_function(f"document.querySelector('#eval-run input').value !== {before!r}")
    page.locator("#eval-against input").click()
    page.get_by_role("option", name=before).click()
    page.wait_for_selector("#eval-comparison table")
    assert page.locator("#eval-comparison tr.worse, #eval-comparison tr.better").count() <= 8
    page.get_by_role("tab", name="问答").click()


def test_every_tab_fits_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    page.reload()
    # On a phone the line that tells it is not shown.
    page.wait_for_selector("#status .ready", state="attached")
    tabs = {
        "搜索": "#search-found .found",
        "资料库": "#library-table",
        "评测": "#eval-summary .card",
        "设置": "#settings",
    }
    for name, has in tabs.items():
        page.get_by_role("tab", name=name).click()
        page.locator(has).first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
        keep_picture(page, f"phone-{name}")
    page.get_by_role("tab", name="问答").click()
    page.set_viewport_size({"width": 1360, "height": 820})


def test_the_page_in_english(page: Page, address: str) -> None:
    page.goto(f"{address}/en")
    page.wait_for_selector("#status .ready")
    assert page.inner_text("#send") == "Send"
    ask(page, "2024年城镇新增就业实现了多少?")
    assert "1256万人" in page.locator(".answer").last.inner_text()
    page.goto(address)


def test_the_api_answers_and_articles_are_escaped(page: Page, address: str) -> None:
    response = page.request.post(f"{address}/api/ask", data={"question": "2025年赤字率拟按多少安排?"})
    assert response.ok
    answer = response.json()
    assert "4%" in answer["answer"]
    assert page.request.post(f"{address}/api/ask", data={"question": " "}).status == 422
    assert page.request.get(f"{address}/article/none").status == 404


def test_no_tab_has_what_shuts_people_out(page: Page) -> None:
    """axe-core finds nothing serious or critical, light and dark."""
    page.wait_for_selector("#status .ready")
    for look in ("light", "dark"):
        page.get_by_role("tab", name="设置").click()
        page.click(f"[data-theme={look}]")
        for tab in ("问答", "搜索", "资料库", "评测", "设置"):
            page.get_by_role("tab", name=tab).click()
            page.wait_for_timeout(1500)
            found = [
                f"{look} {tab} {each['id']}: {node['html'][:120]}"
                for each in Axe().run(page).response["violations"]
                if each["impact"] in {"serious", "critical"}
                for node in each["nodes"]
            ]
            assert not found
