"""The evals tab: choose a set, run it, stop it, see what came of it, compare two runs, open an item as a chat."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.messages import message
from assistant.model import Answer
from corpus.problem import Problem
from evals.compare import Comparison, compare
from evals.folder import RunFolder, runs_in
from ui.people.access import Access
from ui.people.person import Role, sees_all
from ui.said import said
from ui.web.chat_render import turn_html
from ui.web.eval_job import EvalJob, sets_seen_by
from ui.web.evals_render import (
    ItemRow,
    comparison_html,
    expected_html,
    items_html,
    job_html,
    summary_html,
    trace_html,
)
from ui.web.event_values import texts_of_event
from ui.web.permission import may, person_behind
from ui.web.pieces import Pieces
from ui.web.render import answer_as_html
from ui.web.toast import warn
from ui.web.views import View
from ui.web.workplace import Workplace

_MOST_ROWS = 1000
_NONE = ""
_OPEN_ITEM = """
element.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-item]");
  if (row) trigger("choose", { item: row.dataset.item });
});
"""


class EvalsTab:
    """Builds the tab inside the page's Blocks; `chat`, `view` and `tabs` are the page's own.

    `pieces` are those of the chat, in which an item is opened.
    """

    def __init__(
        self,
        workplace: Workplace,
        access: Access,
        job: EvalJob,
        language: str,
        pieces: Pieces | None = None,
    ) -> None:
        self._pieces = pieces or Pieces()
        self._workplace = workplace
        self._access = access
        self._job = job
        self._language = language

    def _text(self, code: str, **fields: object) -> str:
        return message(code, self._language, **fields)

    def build(self, tab: gr.Tab, tabs: gr.Tabs, chat: gr.HTML, view: gr.State) -> None:
        """Add the components and what they do."""
        text = self._text
        gr.HTML(f'<p class="hint">{text("evals_hint", folder=self._workplace.settings.sets_folder)}</p>')
        with gr.Row():
            set_name = gr.Dropdown(label=text("evals_set"), choices=[], elem_id="eval-set", scale=4)
            start = gr.Button(
                text("evals_start"), variant="primary", elem_id="eval-start", scale=1, min_width=90
            )
            stop = gr.Button(text("evals_stop"), elem_id="eval-stop", scale=1, min_width=90)
        state = gr.HTML(elem_id="eval-state")
        timer = gr.Timer(1.0, active=False)
        with gr.Row():
            run = gr.Dropdown(label=text("evals_run"), choices=[], elem_id="eval-run")
            against = gr.Dropdown(label=text("evals_against"), choices=[], elem_id="eval-against")
            show = gr.Radio(
                label=text("evals_show"), value="wrong", elem_id="eval-show",
                choices=[(text(f"evals_{name}"), name) for name in ("all", "wrong", "flipped")],
            )  # fmt: skip
        summary = gr.HTML(elem_id="eval-summary")
        comparison = gr.HTML(elem_id="eval-comparison")
        gr.HTML(f'<p class="hint of-items">{text("evals_open_hint")}</p>')
        items = gr.HTML(elem_id="eval-items", js_on_load=_OPEN_ITEM, apply_default_css=False)
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        shown = [summary, comparison, items]
        tab.select(self._refresh, [set_name, run, against], [set_name, run, against, timer], **quiet).then(
            self._show, [run, against, show], shown, **quiet
        )
        start.click(self._start, set_name, [state, timer], **quiet)
        stop.click(self._stop, None, state, **quiet)
        timer.tick(self._tick, [run, against], [state, timer, run, against], **quiet)
        for component in (run, against, show):
            component.change(self._show, [run, against, show], shown, **quiet)
        items.choose(self._open, [run, against], [chat, view, tabs], **quiet)

    # -- what the components do

    def _may_run(self, request: gr.Request) -> bool:
        if may(self._access, request, Role.EDITOR):
            return True
        warn(self._text("role_needed", role=self._text(f"role_{Role.EDITOR.value}")))
        return False

    def _may_see(self, request: gr.Request) -> bool:
        """Runs quote any article: who may not see all is shown none."""
        return sees_all(person_behind(self._access, request))

    def _sets(self, request: gr.Request) -> dict[str, Path]:
        return sets_seen_by(person_behind(self._access, request), self._workplace.settings)

    def _job_html(self, request: gr.Request) -> str:
        return job_html(self._job.status.seen_by(person_behind(self._access, request)), self._language)

    def _refresh(
        self, set_name: str | None, run: str | None, against: str | None, request: gr.Request
    ) -> tuple[Any, ...]:
        names = list(self._sets(request))
        chosen = set_name if set_name in names else next(iter(names), None)
        return (
            gr.Dropdown(choices=names, value=chosen),
            *self._run_choices(run, against, request),
            # Never turned off here: a run started meanwhile may have turned it on.
            gr.Timer(active=True) if self._job.status.phase == "running" else gr.skip(),
        )

    def _run_choices(self, run: str | None, against: str | None, request: gr.Request) -> tuple[Any, Any]:
        runs = runs_in(self._workplace.settings.runs_folder) if self._may_see(request) else []
        names = [each.path.name for each in runs]
        chosen = run if run in names else next(iter(names), None)
        return (
            gr.Dropdown(choices=names, value=chosen),
            gr.Dropdown(choices=[("–", _NONE), *names], value=against if against in names else _NONE),
        )

    def _start(self, set_name: str | None, request: gr.Request) -> tuple[str, Any]:
        if not self._may_run(request):
            return self._job_html(request), gr.Timer(active=False)
        file = self._sets(request).get(set_name or "")
        if file is None:
            return "", gr.Timer(active=False)
        try:
            self._job.start(file, self._language, person_behind(self._access, request))
        except Problem as problem:
            warn(said(problem, self._language))
        return self._job_html(request), gr.Timer(active=True)

    def _stop(self, request: gr.Request) -> str:
        if self._may_run(request):
            self._job.stop()
        return self._job_html(request)

    def _tick(self, run: str | None, against: str | None, request: gr.Request) -> tuple[Any, ...]:
        status = self._job.status.seen_by(person_behind(self._access, request))
        running = status.phase == "running"
        if running:
            return job_html(status, self._language), gr.Timer(active=True), gr.skip(), gr.skip()
        ended = status.name if status.phase in {"finished", "stopped"} else run
        choices = self._run_choices(ended, against, request)
        return job_html(status, self._language), gr.Timer(active=False), *choices

    def _folder(self, name: str | None) -> RunFolder | None:
        found = {each.path.name: each for each in runs_in(self._workplace.settings.runs_folder)}
        return found.get(name or "")

    def _show(
        self, run: str | None, against: str | None, show: str, request: gr.Request
    ) -> tuple[str, str, str]:
        folder = self._folder(run) if self._may_see(request) else None
        if folder is None:
            return f'<p class="no-runs">{self._text("evals_no_runs")}</p>', "", ""
        compared: Comparison | None = None
        told = ""
        other = self._folder(against) if against != run else None
        try:
            summary = summary_html(folder.path.name, folder.summary(), self._language)
            if other is not None:
                compared = compare(other, folder)
                told = comparison_html(compared, self._language)
        except Problem as problem:
            return f"<p>{escape(said(problem, self._language))}</p>", told, ""
        return summary, told, items_html(self._rows(folder, compared, show), self._language)

    def _rows(self, folder: RunFolder, compared: Comparison | None, show: str) -> list[ItemRow]:
        flipped = {flip.id: flip.better for flip in compared.flips} if compared else {}
        scores = folder.scores()
        rows = []
        for item in folder.items():
            score = scores.get(item.id)
            if score is None:
                continue
            wrong = bool(score.cause) or not score.right
            if (show == "wrong" and not wrong) or (show == "flipped" and item.id not in flipped):
                continue
            rows.append(ItemRow(item, not wrong, flipped.get(item.id), score.cause))
        return rows[:_MOST_ROWS]

    def _open(
        self, run: str | None, against: str | None, event: gr.EventData, request: gr.Request
    ) -> tuple[Any, Any, Any]:
        """The item's whole conversation up to it, as it was answered in the run (and in the other), in the chat."""
        folder = self._folder(run) if self._may_see(request) else None
        if folder is None:
            return gr.skip(), gr.skip(), gr.skip()
        (chosen,) = texts_of_event(event, "item")
        items = folder.items()
        item = next((each for each in items if each.id == chosen), None)
        predictions = folder.predictions()
        if item is None or item.id not in predictions:
            return gr.skip(), gr.skip(), gr.skip()
        chat_items = [item]
        if item.conversation is not None:
            same = [each for each in items if each.conversation == item.conversation]
            chat_items = same[: same.index(item) + 1]
        shown: list[str] = []
        seed: list[tuple[str, Answer]] = []
        scores, traces, passages = folder.scores(), folder.traces(), folder.passages()
        for each in chat_items:
            answer = predictions.get(each.id)
            if answer is None:
                continue
            body = answer_as_html(answer, self._language)
            if each is item:
                body += expected_html(each, scores[each.id].cause, self._language)
                if each.id in traces:
                    body += trace_html(traces[each.id], passages, self._language)
            other = self._folder(against) if against != run else None
            before = other.predictions().get(each.id) if other is not None else None
            if each is item and other is not None and before is not None:
                told = f'<div class="note">{self._text("evals_as_run", name=other.path.name)}</div>'
                body += told + answer_as_html(before, self._language)
            shown.append(turn_html(each.question, body, self._language))
            seed.append((each.question, answer))
        return (
            self._pieces.news(request.session_hash, shown),
            View(seed=tuple(seed)),
            gr.Tabs(selected="chat"),
        )
