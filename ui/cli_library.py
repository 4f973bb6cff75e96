"""`assistant library`: the articles of the index, one by one: list, show, edit, remove, restore, export.

Also what `assistant ingest --explain` prints.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from assistant.messages import message
from corpus.problem import Problem
from ui.terminal import IndexOption, JsonOption, complain, err, out, read_settings

if TYPE_CHECKING:
    from corpus.model import Article
    from index.store import Index

library = typer.Typer(invoke_without_command=True, help=message("cli_library"))

_SHOWN = ("id", "title", "date", "source", "region", "issuer", "number", "kind", "collection", "url", "file")
IdArgument = Annotated[str, typer.Argument(help=message("cli_article"))]


@library.callback()
def articles(context: typer.Context, index: IndexOption = None, as_json: JsonOption = False) -> None:
    """List the articles of the index."""
    context.obj = index
    if context.invoked_subcommand is not None:
        return
    settings = read_settings(index)
    catalogue = _open(index).catalogue
    found = catalogue.articles()
    if as_json:
        out.print_json(
            json.dumps([each.model_dump() for each in found], ensure_ascii=False), ensure_ascii=False
        )
        return
    columns = ["id", "date", "title", "source", "region"]
    if any(each.collection for each in found):
        columns.append("collection")
    table = Table(*(message(f"column_{name}", settings.language) for name in columns))
    for each in found:
        table.add_row(*(escape(str(getattr(each, name))) for name in columns))
    out.print(table)
    _, passages = catalogue.counts()
    out.print(message("library_total", settings.language, articles=len(found), passages=passages))


@library.command(help=message("cli_library_show"))
def show(
    context: typer.Context, article_id: IdArgument, as_json: JsonOption = False, index: IndexOption = None
) -> None:
    """An article with where each field was read, and its text."""
    opened = _open(index or context.obj)
    article = _article(opened, article_id)
    if as_json:
        out.print_json(article.model_dump_json(), ensure_ascii=False)
        return
    _show_fields(article)
    for link in opened.catalogue.links(article_id):
        other = link.newer if link.older == article_id else link.older
        place = "newer" if link.newer == other else "older"
        info = opened.catalogue.article(other)
        if info is not None:
            code = link.kind if link.kind == "same_text" else f"{link.kind}_{place}"
            line = message(
                f"link_{code}", read_settings().language, title=info.title, date=info.date, id=other
            )
            err.print(escape(line))
    out.print("\n" + escape(article.text))


@library.command(help=message("cli_library_edit"))
def edit(
    context: typer.Context,
    article_id: IdArgument,
    changes: Annotated[list[str] | None, typer.Argument(help=message("cli_changes"))] = None,
    collection: Annotated[
        str | None, typer.Option("--collection", help=message("cli_edit_collection"))
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help=message("cli_undo"))] = False,
    index: IndexOption = None,
) -> None:
    """Set fields right; they stay so in later ingests."""
    from index.edits import correct_article

    opened = _open(index or context.obj)
    values = {}
    for change in changes or []:
        name, equals, value = change.partition("=")
        if not equals:
            raise Problem("change_without_value", change=change)
        values[name.strip()] = value.strip()
    if collection is not None:
        values["collection"] = named(collection)
    if not values and not undo:
        raise Problem("nothing_to_change")
    correct_article(opened, article_id, {} if undo else values)
    _show_fields(_article(opened, article_id))


@library.command(help=message("cli_library_remove"))
def remove(context: typer.Context, article_id: IdArgument, index: IndexOption = None) -> None:
    """Take an article out and keep it out."""
    from index.removal import remove_article

    remove_article(_open(index or context.obj), article_id)
    out.print(message("article_removed", read_settings().language, article=article_id))


@library.command(help=message("cli_library_restore"))
def restore(context: typer.Context, article_id: IdArgument, index: IndexOption = None) -> None:
    """Bring a removed article back."""
    from index.removal import restore_article

    opened = _open(index or context.obj)
    restore_article(opened, article_id)
    _show_fields(_article(opened, article_id))


@library.command(help=message("cli_library_export"))
def export(
    context: typer.Context,
    target: Annotated[Path, typer.Argument(help=message("cli_export_target"))],
    index: IndexOption = None,
) -> None:
    """Write all articles: JSON Lines for a `.jsonl` name, else a folder of Markdown files."""
    import frontmatter

    catalogue = _open(index or context.obj).catalogue
    whole = [article for info in catalogue.articles() if (article := catalogue.article(info.id)) is not None]
    if target.suffix == ".jsonl":
        lines = [
            json.dumps({**_fields(article), "content": article.text}, ensure_ascii=False) for article in whole
        ]
        target.write_text("".join(line + "\n" for line in lines), "utf-8")
    else:
        target.mkdir(parents=True, exist_ok=True)
        for article in whole:
            name = re.sub(r"[^\w\-]", "_", article.title)[:60] + f"-{article.id}.md"
            post = frontmatter.Post(_markdown(article))
            post.metadata.update(_fields(article))
            (target / name).write_text(frontmatter.dumps(post, allow_unicode=True) + "\n", "utf-8")
    out.print(message("library_exported", read_settings().language, articles=len(whole), target=target))


def explain_file(file: Path) -> bool:
    """Show what reading and repair make of a file; tells whether there was a problem."""
    from corpus.load import read_articles
    from corpus.repair import Change

    failed = False
    changes: list[Change] = []
    for found in read_articles(file, changes):
        if isinstance(found, Problem):
            complain(found)
            failed = True
            continue
        _show_fields(found)
        for change in changes:
            out.print(f"[bold]{change.rule}[/]")
            for sign, text, colour in (("-", change.before, "red"), ("+", change.after, "green")):
                for line in text.split("\n") if text else []:
                    out.print(f"  [{colour}]{sign} {escape(line)}[/]")
        out.print(
            message(
                "explain_total", read_settings().language, changes=len(changes), characters=len(found.text)
            )
        )
        changes.clear()
    return failed


def named(collection: str) -> str:
    """The name of a collection as it was typed.

    Raises:
        Problem: `collection_without_name`: an unset variable of a shell must not show articles to everybody.
    """
    if not collection.strip():
        raise Problem("collection_without_name")
    return collection.strip()


def _open(index: Path | None) -> Index:
    from assistant.service import open_index

    return open_index(read_settings(index))


def _article(index: Index, article_id: str) -> Article:
    article = index.catalogue.article(article_id)
    if article is None:
        raise Problem("no_such_article", article=article_id)
    return article


def _show_fields(article: Article) -> None:
    language = read_settings().language
    for name in _SHOWN:
        value = getattr(article, name)
        origin = article.origins.get(name, "")
        where = f"  [dim]({message('origin_' + origin, language)})[/]" if origin else ""
        if value:
            err.print(f"[bold]{message('column_' + name, language)}[/]: {escape(value)}{where}")


def _fields(article: Article) -> dict[str, str]:
    return {
        name: value for name in _SHOWN if name not in {"id", "file"} and (value := getattr(article, name))
    }


def _markdown(article: Article) -> str:
    """The text with its headings marked, so that it is read back as it was."""
    headings = {section.start: section for section in article.sections}
    lines, place = [], 0
    ends = {section.start - 1: len(section.path) + 1 for section in headings.values() if section.path}
    for line in article.text.split("\n"):
        end = place + len(line)
        lines.append("#" * min(ends[end], 6) + " " + line if end in ends else line)
        place = end + 1
    return "\n\n".join(lines)
