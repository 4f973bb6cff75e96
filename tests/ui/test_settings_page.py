"""The settings tab without a browser: its handlers, called as Gradio calls them."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from assistant.settings import Settings
from evals.odd_endpoint import OddEndpoint, refuses, says
from ui.people.access import Access
from ui.people.person import LOCAL
from ui.web.local_models import LocalModels
from ui.web.settings_tab import SettingsTab
from ui.web.workplace import Workplace

KEY = "sk-geheim"


class Everybody(Access):
    """Lets the one who is named be the one who asks."""

    def __init__(self, person: Any) -> None:
        self._person = person

    def person_of(self, request: Any) -> Any:
        return self._person


ASKING: Any = SimpleNamespace(request=object())


def workplace_in(folder: Path, **more: Any) -> Workplace:
    given: dict[str, Any] = {"data": folder, "ollama_url": "http://127.0.0.1:9", **more}
    return Workplace(Settings(_env_file=None, **given))


def test_the_tab_is_built_with_its_parts(tmp_path: Path) -> None:
    workplace = workplace_in(tmp_path)
    with gr.Blocks() as page, gr.Tabs(), gr.Tab("x") as tab:
        SettingsTab(workplace, Everybody(LOCAL), "en").build(tab)
    ids = {getattr(block, "elem_id", None) for block in page.blocks.values()}
    assert {"llm-test", "local-model", "local-use", "local-stop", "settings-shown"} <= ids


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_trial_is_told_in_plain_words(tmp_path: Path, language: str) -> None:
    endpoint = OddEndpoint(lambda asked: says("青川县2031年粮食总产量为27.4万吨[2]。"))
    try:
        tab = SettingsTab(workplace_in(tmp_path), Everybody(LOCAL), language)
        good = tab._test(endpoint.url, "m", "", "", ASKING)
        lacking = tab._test(endpoint.url.removeprefix("http://"), "m", "", "", ASKING)
    finally:
        endpoint.close()
    assert 'class="ready"' in good
    assert good.count("<li>") >= 1
    assert 'class="failed"' in lacking
    assert endpoint.url in lacking


def test_a_kept_key_and_headers_are_not_tried_at_another_address(tmp_path: Path) -> None:
    endpoint = OddEndpoint(lambda asked: refuses(401, "no"))
    kept = {"llm_base_url": "http://ours/v1", "llm_api_key": KEY, "llm_headers": f'{{"x-key": "{KEY}"}}'}
    try:
        told = SettingsTab(workplace_in(tmp_path, **kept), Everybody(LOCAL), "zh")._test(
            endpoint.url, "m", "", "", ASKING
        )
    finally:
        endpoint.close()
    assert "密钥" in told
    assert KEY not in str(endpoint.asked)


def test_models_of_this_machine_are_for_administrators(tmp_path: Path) -> None:
    workplace = workplace_in(tmp_path)
    shown = LocalModels(workplace, Everybody(None), "zh")
    told, timer = shown._use("qwen3-4b", ASKING)
    assert 'role="alert"' in told
    assert not timer.active
    assert not workplace.fetching.is_running
    assert next(name for _, name in LocalModels(workplace, Everybody(LOCAL), "zh").choices()).startswith(
        "qwen3"
    )


def test_the_runtime_is_asked_for_before_gigabytes_are_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.web.local_models.has_runtime", lambda: False)
    workplace = workplace_in(tmp_path)
    told, _ = LocalModels(workplace, Everybody(LOCAL), "zh")._use("qwen3-4b", ASKING)
    assert "xllamacpp" in told
    assert not workplace.fetching.is_running
