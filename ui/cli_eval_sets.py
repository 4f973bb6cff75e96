"""Commands of `assistant evals …` for the sets themselves: check, draft, convert."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from assistant.messages import message
from corpus.problem import Problem
from ui.cli_evals import FreshOption, SetArgument
from ui.terminal import (
    FAILED_IN_PART,
    IndexOption,
    JsonOption,
    complain,
    err,
    language,
    out,
    read_settings,
    say,
)

if TYPE_CHECKING:
    from evals.items import EvalItem


def check(
    set_file: SetArgument,
    index: IndexOption = None,
    against: Annotated[
        list[Path] | None, typer.Option("--against", help=message("cli_evals_against"))
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Validate a set and warn of what makes it untrustworthy."""
    from assistant.messages import explain
    from assistant.service import open_index
    from evals.check import check_items
    from evals.evidence import EvidenceFinder
    from evals.formats import read_set
    from index.catalogue.place import CATALOGUE_FILE, CATALOGUE_NAME

    settings = read_settings(index)
    items, problems = read_set(set_file)
    others = [(file, read_set(file)[0]) for file in against or []]
    finder = None
    if any((settings.index_folder / name).exists() for name in (CATALOGUE_FILE, CATALOGUE_NAME)):
        opened = open_index(settings)
        finder = EvidenceFinder(opened) if opened.catalogue.counts()[1] else None
    if finder is None and any(item.evidence for item in items):
        err.print(f"[yellow]{say('check_no_index', folder=settings.index_folder)}[/]")
    warnings = check_items(items, finder=finder, others=others)
    if as_json:
        out.print_json(
            data={
                "items": len(items),
                "problems": [explain(problem, language()) for problem in problems],
                "warnings": [explain(warning, language()) for warning in warnings],
            },
            ensure_ascii=False,
        )
    else:
        for problem in problems:
            complain(problem)
        for warning in warnings:
            complain(warning, colour="yellow")
        broken = len({problem.fields.get("line") for problem in problems})
        out.print(say("check_sound", file=set_file, items=len(items), problems=broken,
                      answerable=sum(item.answerable for item in items), warnings=len(warnings)))  # fmt: skip
    if problems:
        sys.exit(FAILED_IN_PART)


def draft(
    target: Annotated[Path, typer.Argument(metavar="SET.jsonl", help=message("cli_evals_draft_target"))],
    index: IndexOption = None,
    most: Annotated[int, typer.Option("--most", "-n", min=1, help=message("cli_evals_draft_most"))] = 50,
    keep_all: Annotated[bool, typer.Option("--all", help=message("cli_evals_draft_all"))] = False,
) -> None:
    """Propose items from the articles; a person keeps, edits or skips each."""
    from assistant.service import open_index
    from evals.draft import proposals
    from evals.formats import read_set
    from evals.formats.write import append_item

    if target.suffix.lower() != ".jsonl":
        raise Problem("eval_set_form", file=target, known=".jsonl")
    settings = read_settings(index)
    opened = open_index(settings)
    if opened.catalogue.counts()[1] == 0:
        raise Problem("index_empty", folder=opened.folder)
    known = [item.question for item in read_set(target)[0]] if target.exists() else []
    found = proposals(opened, known, most)
    if not found:
        out.print(say("draft_nothing"))
        return
    kept = 0
    for number, item in enumerate(found, 1):
        choice = "y" if keep_all else _offer(item, f"{number}/{len(found)}")
        if choice == "q":
            break
        if choice == "e":
            item.question = out.input(f"{say('draft_new_question')}: ").strip() or item.question
        if choice in {"y", "e"}:
            append_item(item, target)
            kept += 1
    out.print(say("draft_kept", kept=kept, file=target))


def convert(
    source: Annotated[Path, typer.Argument(metavar="FILE", help=message("cli_evals_source"))],
    target: Annotated[Path, typer.Argument(metavar="SET", help=message("cli_evals_target"))],
    form: Annotated[str, typer.Option("--form", help=message("cli_evals_form"))] = "",
    fresh: FreshOption = False,
) -> None:
    """Turn SQuAD form, a list of questions and answers, or a spreadsheet into a set, or a set into one of these."""
    from evals.formats import convert as turn

    if target.exists() and not fresh:
        raise Problem("file_exists", file=target)
    count, problems = turn(source, target, form)
    for problem in problems:
        complain(problem)
    if count:
        out.print(say("convert_done", count=count, file=target))
    if problems:
        sys.exit(FAILED_IN_PART)


def _offer(item: EvalItem, place: str) -> str:
    out.print(f"\n[dim]{place}[/] [bold]{escape(item.question)}[/]")
    out.print(f"  → [green]{escape(' / '.join(item.groups[0]))}[/]\n  “{escape(item.evidence[0])}”")
    while True:
        try:
            choice = out.input(f"{escape(say('draft_keep'))} ").strip().lower()
        except EOFError:
            return "q"
        if choice[:1] in {"y", "n", "e", "q"}:
            return choice[:1]
