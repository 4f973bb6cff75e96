"""The Gradio page: chat on the left, the cited article on the right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from assistant.messages import explain, message
from assistant.model import Answer, Turn
from corpus.problem import Problem
from ui.people.access import Access
from ui.web.eval_job import EvalJob
from ui.web.evals_tab import EvalsTab
from ui.web.library_tab import LibraryTab
from ui.web.render import answer_as_html, plain
from ui.web.workplace import Workplace

_REMEMBERED_TURNS = 6
Messages = list[dict[str, Any]]


def chat_page(workplace: Workplace, job: EvalJob, access: Access, language: str) -> gr.Blocks:
    """The page in one language."""

    def text(code: str, **fields: object) -> str:
        return message(code, language, **fields)

    def status() -> tuple[str, Any]:
        return status_html(workplace, language), gr.Timer(
            active=workplace.status.phase not in {"ready", "failed"}
        )

    def begin(question: str, shown: Messages) -> tuple[str, Messages, str]:
        question = question.strip()
        if not question:
            gr.Info(text("empty_question"))
            return "", shown, ""
        return "", [*shown, {"role": "user", "content": plain(question)}], question

    def respond(question: str, shown: Messages, turns: list[Turn]) -> Iterator[tuple[Messages, list[Turn]]]:
        if not question:
            yield shown, turns
            return
        assistant = workplace.assistant
        if assistant is None:
            yield [*shown, _said(status_html(workplace, language))], turns
            return
        yield [*shown, _said(f'<div class="thinking">{text("thinking")}</div>')], turns
        try:
            for step in assistant.stream(question, turns[-_REMEMBERED_TURNS:], language=language):
                if isinstance(step, Answer):
                    turn = Turn.after(question, step)
                    kept = workplace.remember(step)
                    yield [*shown, _said(answer_as_html(step, language, kept))], [*turns, turn]
                else:
                    yield [*shown, _said(plain(step))], turns
        except Problem as problem:
            yield [*shown, _said(plain(explain(problem, language)))], turns

    def example(choice: gr.SelectData) -> str:
        return str(choice.value["text"])

    examples: list[Any] = [{"text": line} for line in text("page_examples").split("\n")]
    with gr.Blocks(title=text("page_title"), fill_height=True, fill_width=True) as page:
        turns = gr.State([])
        asked = gr.State("")
        other = (
            f'<a id="language" href="{text("page_other_language_path")}">{text("page_other_language")}</a>'
        )
        gr.HTML(
            f'<div class="heading"><h1>{text("page_title")}</h1><p>{text("page_subtitle")}</p>{other}</div>'
        )
        state = gr.HTML(status_html(workplace, language), elem_id="status")
        timer = gr.Timer(0.7)
        with gr.Tabs(selected="chat", elem_id="tabs") as tabs:
            with gr.Tab(text("page_tab_chat"), id="chat"), gr.Row(elem_id="columns"):
                with gr.Column(scale=3, min_width=320):
                    chat = gr.Chatbot(
                        elem_id="chat",
                        height="calc(100dvh - 270px)",
                        show_label=False,
                        examples=examples,
                        placeholder=text("page_placeholder"),
                        buttons=["copy"],
                        feedback_options=None,
                        layout="bubble",
                    )
                    with gr.Row():
                        box = gr.Textbox(
                            placeholder=text("page_ask"), show_label=False, scale=8, autofocus=True, elem_id="question",
                            max_length=workplace.settings.longest_question * 12,
                        )  # fmt: skip
                        send = gr.Button(
                            text("page_send"), variant="primary", scale=1, min_width=80, elem_id="send"
                        )
                        new = gr.Button(text("page_new"), scale=1, min_width=100, elem_id="new-chat")
                with gr.Column(scale=2, min_width=300, elem_id="reader"):
                    gr.HTML(
                        f'<div id="article-hint">{text("page_article_hint")}</div>'
                        f'<iframe id="article" name="article" title="{text("page_article")}" hidden></iframe>'
                    )
            with gr.Tab(text("page_tab_library"), id="library", elem_id="library") as library_tab:
                LibraryTab(workplace, access, language).build(library_tab)
            with gr.Tab(text("page_tab_evals"), id="evals", elem_id="evals") as evals_tab:
                EvalsTab(workplace, job, language).build(evals_tab, tabs, chat, turns)
        timer.tick(status, None, [state, timer], show_progress="hidden", api_visibility="private")
        chat.example_select(example, None, box, api_visibility="private").then(
            begin, [box, chat], [box, chat, asked], api_visibility="private"
        ).then(respond, [asked, chat, turns], [chat, turns], api_visibility="private", show_progress="hidden")
        for trigger in (box.submit, send.click):
            trigger(begin, [box, chat], [box, chat, asked], api_visibility="private").then(
                respond, [asked, chat, turns], [chat, turns], api_visibility="private", show_progress="hidden"
            )
        chat.clear(list, None, turns, api_visibility="private")
        new.click(lambda: ([], [], ""), None, [chat, turns, box], api_visibility="private")
    return page


def status_html(workplace: Workplace, language: str) -> str:
    """One line on how far the index is; empty once all is well."""
    status = workplace.status
    if status.phase == "failed" and status.problem is not None:
        return f'<div class="failed">{message("status_failed", language)} {_quiet(explain(status.problem, language))}</div>'
    if status.phase == "indexing":
        share = status.done / max(status.total, 1)
        return (
            f'<div class="busy">{message("status_indexing", language, percent=int(share * 100))}'
            f'<progress value="{share:.3f}" max="1"></progress></div>'
        )
    if status.phase == "loading":
        return f'<div class="busy">{message("status_loading", language)}<progress></progress></div>'
    articles, passages = workplace.index.catalogue.counts() if workplace.index else (0, 0)
    line = message("library_total", language, articles=articles, passages=passages)
    failed = "".join(f'<div class="failed">{_quiet(explain(p, language))}</div>' for p in status.problems[:5])
    return f'<div class="ready">{line}</div>{failed}'


def _quiet(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _said(content: str) -> dict[str, Any]:
    return {"role": "assistant", "content": content}
