"""`assistant search`: the passages found for a question, and why in this order."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from assistant.messages import message
from corpus.problem import Problem
from ui.terminal import IndexOption, JsonOption, out, read_settings

if TYPE_CHECKING:
    from index.hit import Found, Hit
    from index.mix import Mix
    from index.query import Query
    from index.store import Index

_TERMS = 6

YearOption = Annotated[
    list[int] | None, typer.Option("--year", min=1900, max=2100, help=message("cli_filter_year"))
]
RegionOption = Annotated[list[str] | None, typer.Option("--region", help=message("cli_filter_region"))]
SourceOption = Annotated[list[str] | None, typer.Option("--source", help=message("cli_filter_source"))]
TodayOption = Annotated[str | None, typer.Option("--today", help=message("cli_today"))]


def search(
    question: Annotated[str, typer.Argument(help=message("cli_question"))],
    index: IndexOption = None,
    most: Annotated[int, typer.Option("--most", "-n", min=1, max=100, help=message("cli_most"))] = 8,
    explain: Annotated[bool, typer.Option("--explain", help=message("cli_search_explain"))] = False,
    as_json: JsonOption = False,
    today: TodayOption = None,
    year: YearOption = None,
    region: RegionOption = None,
    source: SourceOption = None,
    context: Annotated[int, typer.Option("--context", min=0, max=20, help=message("cli_context"))] = 0,
) -> None:
    """Show the passages found for a question, part by part where it asks for several things."""
    from assistant.limits import check_filters
    from assistant.passages import find_parts
    from assistant.service import open_index, today_of
    from index.query import Filters
    from index.rerankers import make_reranker
    from index.search import Searcher

    settings = read_settings(index)
    question = question.strip()
    if not question:
        raise Problem("empty_question")
    if len(question) > settings.longest_question:
        raise Problem("question_too_long", length=len(question), most=settings.longest_question)
    day = _day(today) if today else today_of(settings)
    filters = Filters(years=year or [], regions=region or [], sources=source or [])
    check_filters(filters)
    opened = open_index(settings)
    if opened.catalogue.counts()[1] == 0:
        raise Problem("index_empty", folder=opened.folder)
    searcher = Searcher(opened, make_reranker(settings.reranker, settings.models_folder))
    parts = find_parts(searcher, question, filters, day, most)
    if as_json:
        rows = [
            part.model_dump(mode="json") if explain else {"hits": part.model_dump(mode="json")["hits"]}
            for part in parts
        ]
        shown = rows if explain else [hit for row in rows for hit in row["hits"]]
        out.print_json(json.dumps(shown, ensure_ascii=False), ensure_ascii=False)
        return
    for part in parts:
        _show(
            part,
            searcher.mix,
            settings.language,
            explain=explain,
            several=len(parts) > 1,
            around=_around(opened, context),
        )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Problem("not_a_date", value=text) from None


def _around(index: Index, count: int) -> Callable[[Hit], tuple[str, str]]:
    """The texts before and after a hit."""
    from index.context import neighbours

    def texts(hit: Hit) -> tuple[str, str]:
        if not count:
            return "", ""
        before, after = neighbours(index, hit, count)
        return "\n".join(p.text for p in before), "\n".join(p.text for p in after)

    return texts


def _show(
    found: Found,
    mix: Mix,
    language: str,
    *,
    explain: bool,
    several: bool,
    around: Callable[[Hit], tuple[str, str]],
) -> None:
    if found.query is not None and explain:
        _show_query(found.query, language)
    elif found.query is not None and several:
        out.print(f"[bold underline]{escape(found.query.question)}[/]\n")
    if found.widened:
        out.print(f"[yellow]{message('search_widened', language)}[/]")
    if not found.hits:
        out.print(message("search_no_hits", language))
    for number, hit in enumerate(found.hits, 1):
        heading = " > ".join([hit.article.title, *hit.passage.heading_path])
        out.print(f"[bold]{number}. {escape(heading)}[/]  [dim]{hit.article.date} {hit.score:.2f}[/]")
        if explain:
            out.print(f"[dim]{escape(_why(found, hit, mix, language))}[/]")
        if hit.also_in:
            titles = "、".join(f"{each.title} {each.date}".strip() for each in hit.also_in)
            out.print(f"[dim]{escape(message('search_also_in', language, titles=titles))}[/]")
        before, after = around(hit)
        if before:
            out.print(f"[dim]{escape(before)}[/]")
        out.print(escape(hit.passage.text) + ("" if after else "\n"))
        if after:
            out.print(f"[dim]{escape(after)}[/]\n")


def _show_query(query: Query, language: str) -> None:
    nothing = message("search_nothing", language)
    aim = message(f"search_aim_{query.aim.value}", language) if query.aim.value else ""
    out.print(
        message(
            "search_understood",
            language,
            question=escape(query.question),
            kind=query.kind.value,
            aim=aim,
            years="、".join(map(str, query.years)) or nothing,
            periods="、".join(query.periods) or nothing,
            places="、".join(query.places) or nothing,
            names=escape("、".join(query.names)) or nothing,
        )
        + "\n"
    )


def _why(found: Found, hit: Hit, mix: Mix, language: str) -> str:
    def rank(arm: list[str]) -> str:
        return str(arm.index(hit.passage.id) + 1) if hit.passage.id in arm else "–"

    told = message(
        "search_why",
        language,
        dense=rank(found.dense),
        cosine=f"{hit.dense:.3f}",
        keyword=rank(found.keyword),
        bm25=f"{hit.keyword:.2f}",
        fused=rank(found.fused),
        reader="–" if hit.reranker is None else f"{hit.reranker:+.1f}",
        time=f"{hit.time:+.1f}",
        place=f"{hit.place:+.1f}",
        speaks=" ".join(hit.passage.periods) or "–",
    )
    terms = sorted(mix.terms(hit).items(), key=lambda term: -abs(term[1]))[:_TERMS]
    weighed = " ".join(f"{value:+.1f} {name}" for name, value in terms if round(value, 1))
    return told + "\n" + message("search_weighed", language, score=f"{hit.score:.1f}", terms=weighed)
