"""The settings tab: what is set, a language model to write answers, and whether it answers."""

from __future__ import annotations

from html import escape
from typing import Any

import gradio as gr
from pydantic import SecretStr

from assistant.generating.try_model import Tried, try_model
from assistant.messages import message
from assistant.saved_settings import is_same_receiver, save, without_extras
from assistant.settings import Settings
from corpus.problem import Problem
from ui.people.access import Access
from ui.people.person import Role
from ui.said import said
from ui.web.costs import costs_html
from ui.web.local_models import LocalModels
from ui.web.permission import may
from ui.web.workplace import Workplace

_SHOWN = ("embedding_model", "reranker", "language", "today")
_IN_WORDS = frozenset(["default", "none", "zh", "en", ""])
"""Values that are told in words; the empty one is that of a day that is not set."""


class SettingsTab:
    """Builds the tab; only administrators change or try anything. A key goes in and never comes out."""

    def __init__(self, workplace: Workplace, access: Access, language: str) -> None:
        self._workplace = workplace
        self._access = access
        self._language = language

    def _text(self, code: str, **fields: object) -> str:
        return message(code, self._language, **fields)

    def build(self, tab: gr.Tab) -> None:
        """Add the components and what they do."""
        text = self._text
        gr.HTML(
            f'<p class="looks">{text("settings_theme")} '
            + "".join(
                f'<button type="button" data-theme="{name}">{text(f"settings_theme_{name}")}</button>'
                for name in ("system", "light", "dark")
            )
            + "</p>",
            js_on_load="window.page.pressLook();",
        )
        gr.HTML(f'<h2>{text("settings_model")}</h2><p class="hint">{text("settings_model_hint")}</p>')
        with gr.Row():
            url = gr.Textbox(label=text("settings_url"), placeholder="https://…/v1", elem_id="llm-url")
            model = gr.Textbox(label=text("settings_model_name"), elem_id="llm-model")
        with gr.Row():
            key = gr.Textbox(label=text("settings_key"), type="password", elem_id="llm-key")
            file = gr.Textbox(label=text("settings_file"), placeholder="/…/model.gguf", elem_id="llm-file")
        with gr.Row():
            test = gr.Button(text("settings_test"), elem_id="llm-test")
            keep = gr.Button(text("settings_save"), variant="primary", elem_id="llm-save")
            off = gr.Button(text("settings_off"), elem_id="llm-off")
        told = gr.HTML(elem_id="llm-told")
        LocalModels(self._workplace, self._access, self._language).build(tab)
        shown = gr.HTML(elem_id="settings-shown")
        quiet: dict[str, Any] = {"api_visibility": "private"}
        fields = [url, model, key, file]
        tab.select(self._show, None, [*fields, shown], show_progress="hidden", **quiet)
        test.click(self._test, fields, told, **quiet)
        sent = [keep.click, *(field.submit for field in fields)]
        gr.on(sent, self._save, fields, [told, *fields, shown], **quiet)
        off.click(self._turn_off, None, [told, *fields, shown], **quiet)

    # -- what the components do

    def _is_admin(self, request: gr.Request) -> bool:
        return may(self._access, request, Role.ADMIN)

    def _no_admin(self) -> Problem:
        return Problem("role_needed", role=self._text("role_admin"))

    def _show(self, request: gr.Request) -> tuple[Any, ...]:
        settings = self._workplace.settings
        if not self._is_admin(request):
            hidden = gr.Textbox(value="", interactive=False)
            return (
                *[hidden] * 4,
                f"<p>{self._text('role_needed', role=self._text(f'role_{Role.ADMIN.value}'))}</p>",
            )
        has_key = bool(settings.llm_api_key.get_secret_value())
        return (
            settings.llm_base_url,
            settings.llm_model,
            gr.Textbox(value="", placeholder=self._text("settings_key_kept") if has_key else ""),
            str(settings.llm_file or ""),
            self._table(settings),
        )

    def _table(self, settings: Settings) -> str:
        rows = [
            (self._text("settings_data"), str(settings.data.resolve())),
            (self._text("settings_writer"), self._writer(settings)),
        ]
        rows += [
            (self._text(f"settings_of_{name}"), self._in_words(str(getattr(settings, name))))
            for name in _SHOWN
        ]
        cells = "".join(
            f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>' for name, value in rows
        )
        table = f'<table class="figures">{cells}</table><p class="hint">{self._text("settings_more")}</p>'
        return table + costs_html(self._workplace.usage, self._language)

    def _in_words(self, value: str) -> str:
        """A setting's value as it is told; names of models and days stand as they are."""
        return self._text(f"settings_value_{value}") if value in _IN_WORDS else value

    def _writer(self, settings: Settings) -> str:
        if settings.llm_file is not None:
            return settings.llm_file.name
        if settings.uses_llm and settings.llm_small_model:
            return self._text("settings_two_models", large=settings.llm_model, small=settings.llm_small_model)
        return settings.llm_model if settings.uses_llm else self._text("settings_extractive")

    def _wanted(self, url: str, model: str, key: str, file: str) -> dict[str, Any]:
        return {
            "llm_base_url": url.strip(),
            "llm_model": model.strip(),
            "llm_api_key": SecretStr(key.strip()) if key.strip() else None,
            "llm_file": file.strip(),
        }

    def _test(self, url: str, model: str, key: str, file: str, request: gr.Request) -> str:
        if not self._is_admin(request):
            return self._told(self._no_admin())
        values = {
            name: value for name, value in self._wanted(url, model, key, file).items() if value is not None
        }
        try:
            chosen = Settings.model_validate({
                **self._workplace.settings.model_dump(), **values, "llm_file": values["llm_file"] or None
            })  # fmt: skip
            if not is_same_receiver(chosen, self._workplace.settings):
                # The key that is kept is for the address that it was kept with, and so are headers.
                given = values.get("llm_api_key", SecretStr(""))
                chosen = without_extras(chosen).model_copy(update={"llm_api_key": given})
            tried = try_model(chosen, self._language)
        except Problem as problem:
            return self._told(problem)
        except ValueError:
            return self._told(Problem("setting_wrong", name="llm_file", reason="reason_no_path"))
        return self._found(tried)

    def _found(self, tried: Tried) -> str:
        first, *rest = tried.told(self._language)
        looks, role, sign = ("ready", "status", "✓ ") if tried.works else ("failed", "alert", "")
        more = "".join(f"<li>{escape(each)}</li>" for each in rest)
        return f'<div class="{looks}" role="{role}">{sign}{escape(first)}{f"<ul>{more}</ul>" if more else ""}</div>'

    def _save(self, url: str, model: str, key: str, file: str, request: gr.Request) -> tuple[Any, ...]:
        return self._change(self._wanted(url, model, key, file), request)

    def _turn_off(self, request: gr.Request) -> tuple[Any, ...]:
        nothing: dict[str, Any] = {
            "llm_base_url": "", "llm_model": "", "llm_api_key": SecretStr(""), "llm_file": "",
        }  # fmt: skip
        return self._change(nothing, request)

    def _change(self, values: dict[str, Any], request: gr.Request) -> tuple[Any, ...]:
        try:
            if not self._is_admin(request):
                raise self._no_admin()
            self._workplace.use(save(self._workplace.settings, values))
        except Problem as problem:
            return (self._told(problem), *[gr.skip()] * 5)
        return (f'<p class="ready" role="status">{self._text("settings_saved")}</p>', *self._show(request))

    def _told(self, problem: Problem) -> str:
        return f'<p class="failed" role="alert">{escape(said(problem, self._language))}</p>'
