"""The chart of a series in the chat's own frame, which cleans the HTML that it is given."""

from pathlib import Path

import gradio as gr

import ui.web
from assistant.series import Series, SeriesLine, SeriesPoint
from tests.ui.browser import a_browser, a_page, in_a_browser, keep_picture
from ui.web.series_chart import series_chart_html

pytestmark = in_a_browser
_STYLES = [Path(ui.web.__file__).parent / name for name in ("tokens.css", "turns.css")]


def test_a_chart_keeps_its_links_its_words_and_its_width_on_a_phone() -> None:
    values = [16355.32, 16907.85, None, 18500.81, 19500.0]
    points = [
        SeriesPoint(
            time=f"{year}年",
            period=str(year),
            text="" if value is None else f"{value}亿元",
            value=value,
            is_goal=year == 2025,
            citations=[1],
        )
        for year, value in enumerate(values, 2021)
    ]
    series = Series(unit="亿元", lines=[SeriesLine(name="地区生产总值", points=points)])
    html = series_chart_html(series, lambda _: "/article/a?start=0&end=1", "zh")
    with gr.Blocks() as demo:
        gr.HTML(f'<div class="answer">{html}</div>', elem_id="chat")
    _, address, _ = demo.launch(prevent_thread_lock=True, css_paths=_STYLES, quiet=True)
    try:
        with a_browser() as browser:
            page = a_page(browser, width=375)
            page.goto(address)
            drawing = page.locator("svg.series")
            drawing.wait_for()
            links = drawing.locator("a")
            assert links.count() == 4
            assert links.first.get_attribute("href") == "/article/a?start=0&end=1"
            assert "2023年：无数据" in (drawing.locator("> title").text_content() or "")
            frame = drawing.bounding_box()
            last = drawing.locator(".point").last.bounding_box()
            assert frame is not None
            assert last is not None
            assert frame["x"] + frame["width"] <= 375
            assert last["x"] + last["width"] <= frame["x"] + frame["width"]
            keep_picture(page, "series_on_a_phone")
    finally:
        demo.close()
