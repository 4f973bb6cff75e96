"""The models of this machine on the settings page: a list, a button that fetches and uses one, and how far it is."""

from __future__ import annotations

from html import escape
from typing import Any

import gradio as gr

from assistant.local_models.catalogue import model_named, open_models
from assistant.local_models.choose import has_runtime, in_use, state_of, use_model
from assistant.local_models.memory import fits, memory_mb
from assistant.local_models.ollama import PREFIX, ollama_models
from assistant.messages import message
from corpus.problem import Problem
from ui.people.access import Access
from ui.people.person import Role
from ui.said import said
from ui.sizes import in_gb
from ui.web.permission import may
from ui.web.workplace import Workplace

_LOOK_EVERY_S = 1.0
_MB = 1 << 20


class LocalModels:
    """Builds the list; only administrators see or use it."""

    def __init__(self, workplace: Workplace, access: Access, language: str) -> None:
        self._workplace = workplace
        self._access = access
        self._language = language

    def _text(self, code: str, **fields: object) -> str:
        return message(code, self._language, **fields)

    def build(self, tab: gr.Tab) -> None:
        """Add the components and what they do."""
        gr.HTML(f"<h3>{self._text('local_title')}</h3>")
        with gr.Row():
            names = gr.Dropdown(
                choices=[],
                label=self._text("local_choose", memory=in_gb(memory_mb())),
                elem_id="local-model",
            )
            use = gr.Button(self._text("local_use"), elem_id="local-use")
            stop = gr.Button(self._text("local_stop"), elem_id="local-stop")
        told = gr.HTML(elem_id="local-told")
        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        timer = gr.Timer(_LOOK_EVERY_S, active=False)
        tab.select(self._show, None, [names, told, timer], **quiet)
        use.click(self._use, names, [told, timer], **quiet)
        stop.click(self._stop, None, None, **quiet)
        timer.tick(self._follow, None, [told, timer], **quiet)

    def choices(self) -> list[tuple[str, str]]:
        """What is shown for each model, and its name: those of the list, then Ollama's."""
        memory, settings = memory_mb(), self._workplace.settings
        shown = []
        for each in open_models():
            state = state_of(each, settings)
            can = fits(each.memory_mb, memory)
            notes = [in_gb(each.memory_mb), each.told(self._language)]
            notes += [self._text("model_no")] if can is False else []
            notes += [self._text(state)] if state else []
            shown.append((f"{each.title} · {' · '.join(notes)}", each.name))
        served = ollama_models(settings) or []
        return shown + [(f"{name} · {self._text('model_at_ollama')}", PREFIX + name) for name in served]

    def _is_admin(self, request: gr.Request) -> bool:
        return may(self._access, request, Role.ADMIN)

    def _show(self, request: gr.Request) -> tuple[Any, str, gr.Timer]:
        if not self._is_admin(request):
            return gr.Dropdown(choices=[], interactive=False), "", gr.Timer(active=False)
        choices = self.choices()
        names = {name for _, name in choices}
        now = in_use(self._workplace.settings)
        job = self._workplace.fetching
        shown = gr.Dropdown(choices=choices, value=now if now in names else None)
        return shown, self._how_far(), gr.Timer(active=job.is_running)

    def _use(self, name: str | None, request: gr.Request) -> tuple[str, gr.Timer]:
        try:
            if not self._is_admin(request):
                raise Problem("role_needed", role=self._text("role_admin"))
            return self._begin(name or "")
        except Problem as problem:
            return self._failed(problem), gr.Timer(active=self._workplace.fetching.is_running)

    def _begin(self, name: str) -> tuple[str, gr.Timer]:
        """Use what is here; fetch what is not."""
        if name.startswith(PREFIX):
            self._workplace.use(use_model(name, self._workplace.settings))
            return self._done(name), gr.Timer(active=False)
        model, job = model_named(name), self._workplace.fetching
        if not has_runtime():
            raise Problem("llm_package_missing", file=model.file)
        if not job.start(model):
            raise Problem("model_being_fetched", model=job.model.name if job.model else "")
        return self._how_far(), gr.Timer(active=True)

    def _follow(self, request: gr.Request) -> tuple[str, gr.Timer]:
        if not self._is_admin(request):
            return "", gr.Timer(active=False)
        job = self._workplace.fetching
        if job.is_running:
            return self._how_far(), gr.Timer(active=True)
        if job.problem is not None:
            return self._failed(job.problem), gr.Timer(active=False)
        return self._done(job.model.name if job.model else ""), gr.Timer(active=False)

    def _stop(self, request: gr.Request) -> None:
        if self._is_admin(request):
            self._workplace.fetching.stop()

    def _how_far(self) -> str:
        job = self._workplace.fetching
        if not job.is_running or job.model is None:
            return ""
        done, total, host = job.seen
        if not total:
            return f'<div class="busy">{escape(self._text("local_looking", model=job.model.title))}</div>'
        told = self._text(
            "local_progress",
            model=job.model.title,
            host=host,
            done=in_gb(done / _MB),
            total=in_gb(total / _MB),
        )
        return (
            f'<div class="busy">{escape(told)}<progress value="{done / total:.3f}" max="1"></progress></div>'
        )

    def _done(self, name: str) -> str:
        return f'<p class="ready" role="status">{escape(name)} · {self._text("settings_saved")}</p>'

    def _failed(self, problem: Problem) -> str:
        return f'<p class="failed" role="alert">{escape(said(problem, self._language))}</p>'
