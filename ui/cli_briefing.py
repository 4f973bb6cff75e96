"""`assistant briefing`: chosen articles as one document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from assistant.messages import message
from corpus.problem import Problem
from ui.terminal import IndexOption, JsonOption, err, out, progress_bar, read_settings, say


def briefing(
    articles: Annotated[list[str], typer.Argument(help=message("cli_briefing_ids"))],
    target: Annotated[Path | None, typer.Option("--out", "-o", help=message("cli_briefing_out"))] = None,
    title: Annotated[str, typer.Option("--title", help=message("cli_briefing_title"))] = "",
    as_json: JsonOption = False,
    index: IndexOption = None,
) -> None:
    """Write a briefing on chosen articles; Ctrl-C stops it and nothing is written."""
    if target is not None and target.suffix not in {".docx", ".md"}:
        raise Problem("briefing_form", form=target.suffix or target.name)
    from assistant.briefing.introduction import introducer_of
    from assistant.briefing.make import chosen_articles, make_briefing
    from assistant.service import Assistant, open_index, today_of
    from index.query import Filters
    from ui.briefings.markdown import briefing_as_markdown
    from ui.briefings.word import briefing_as_docx

    settings = read_settings(index)
    opened = open_index(settings)
    chosen = chosen_articles(opened, articles, Filters())
    introduce = introducer_of(Assistant(opened, settings)) if settings.uses_llm else None
    with progress_bar(say("briefing_making"), counted=True) as progress:
        made = make_briefing(
            opened,
            chosen,
            today=today_of(settings),
            title=title,
            language=settings.language,
            introduce=introduce,
            progress=lambda done, total: progress(done, total, ""),
        )
    if target is not None and target.suffix == ".docx":
        target.write_bytes(briefing_as_docx(made, settings.language))
    elif target is not None:
        target.write_text(briefing_as_markdown(made, settings.language), "utf-8")
    elif as_json:
        out.print_json(made.model_dump_json(), ensure_ascii=False)
    else:
        out.print(escape(briefing_as_markdown(made, settings.language)))
    for note in made.notes:
        err.print(f"[yellow]{escape(note)}[/]")
    if target is not None:
        err.print(escape(say("briefing_written", file=target, count=len(made.articles))))


__all__ = ["briefing"]
