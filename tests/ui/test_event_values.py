"""Texts of an event that the page's scripts send."""

import gradio as gr
import pytest

from ui.web.event_values import texts_of_event


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        ({"name": "move", "of": "a"}, ("move", "a")),
        ({"name": "move"}, ("move", "")),
        ({"name": "move", "of": None}, ("move", "")),
        ({"name": {"a": 1}, "of": ["b"]}, ("", "")),
        ({"name": "x\ud800y", "of": "a\x00b"}, ("x\ufffdy", "ab")),
        ("move", ("", "")),
        (None, ("", "")),
    ],
)
def test_what_is_no_text_or_could_not_be_stored_is_left_out(data: object, texts: tuple[str, ...]) -> None:
    assert texts_of_event(gr.EventData(None, data), "name", "of") == texts
