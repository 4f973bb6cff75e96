"""The notebook as files."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from assistant.messages import message
from corpus.problem import Problem
from ui.chats.notebook_files import notebook_as_docx, notebook_as_markdown
from ui.chats.store import ChatStore
from ui.people.access import Access
from ui.web.attachment import MARKDOWN, WORD, attachment
from ui.web.html_page import language_named
from ui.web.readable import readable
from ui.web.workplace import Workplace


def notebook_router(workplace: Workplace, access: Access, store: ChatStore) -> APIRouter:
    """The routes over notebooks; each person reaches only their own."""
    routes = APIRouter()

    @routes.get("/notebook/export.{form}", include_in_schema=False)
    def export(form: str, request: Request, lang: str = "zh") -> Response:
        """The notebook as Markdown (`md`) or Word document (`docx`), without what the person may not read now."""
        person = access.need(request)
        language = language_named(lang)
        if form not in {"md", "docx"}:
            raise Problem("no_such_export")
        notes = store.notebook.notes(person.name)
        seen = readable(workplace, person, (note.passage.article for note in notes))
        name = f"{message('page_tab_notebook', language)}.{form}"
        if form == "md":
            return attachment(notebook_as_markdown(notes, seen, language), name, MARKDOWN)
        return attachment(notebook_as_docx(notes, seen, language), name, WORD)

    return routes
