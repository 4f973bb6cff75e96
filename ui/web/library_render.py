"""HTML of the library tab: the table, what became of uploads, the followed folder."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from assistant.messages import message
from index.catalogue.article_list import ORDERS, ArticleRow, Listing
from ui.web.library_asking import folder_link
from ui.web.library_job import FileStatus, JobStatus
from ui.web.library_problems import said_of_library
from ui.web.library_watch import WatchState

_MOST_PROBLEMS = 20


def table_html(
    rows: list[ArticleRow],
    total: int,
    listing: Listing,
    chosen: str,
    language: str,
    copies: Mapping[str, str] | None = None,
) -> str:
    """A page of the table, with heads that sort and a pager; `copies` are articles that are the same text as the one named."""
    if not rows:
        return f'<p class="hint">{message("library_no_match", language)}</p>'
    every = message("column_tick", language)
    heads = f'<th scope="col" class="tick"><input type="checkbox" data-tick-all aria-label="{every}"></th>'
    heads += "".join(_head(order, listing, language) for order in ORDERS)
    copies = copies or {}
    body = "".join(
        _row(row, language, is_chosen=row.id == chosen, copy_of=copies.get(row.id)) for row in rows
    )
    caption = message("library_table", language)
    return (
        f'<table class="library-table"><caption>{caption}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
        + _pager(len(rows), total, listing, language)
    )


def _head(order: str, listing: Listing, language: str) -> str:
    is_sorted = order == listing.order
    sort = ("descending" if listing.descending else "ascending") if is_sorted else "none"
    arrow = ("▼" if listing.descending else "▲") if is_sorted else ""
    return (
        f'<th scope="col" class="{order}" aria-sort="{sort}"><button type="button" data-order="{order}">'
        f'{message(f"column_{order}", language)}<span aria-hidden="true">{arrow}</span></button></th>'
    )


def _row(row: ArticleRow, language: str, *, is_chosen: bool, copy_of: str | None) -> str:
    title = escape(row.title) or message("library_untitled", language)
    mark = ' class="chosen" aria-current="true"' if is_chosen else ""
    whole = f' title="{escape(row.file_name)}"'
    cells = "".join(
        f'<td class="{name}" data-label="{message(f"column_{name}", language)}"'
        f"{whole if name == 'file' else ''}>{escape(str(value))}</td>"
        for name, value in (
            ("date", row.date),
            ("source", row.source),
            ("region", row.region),
            ("passages", row.passages),
            ("file", row.file_name),
        )
    )
    tick = escape(message("tick_article", language, title=row.title or row.id))
    return (
        f'<tr data-article="{escape(row.id)}"{mark}><td class="tick">'
        f'<input type="checkbox" data-tick="{escape(row.id)}" aria-label="{tick}"></td>'
        f'<td class="title"><button type="button">{title}</button>{_copy(copy_of, language)}</td>{cells}</tr>'
    )


def _copy(copy_of: str | None, language: str) -> str:
    """The mark of an article that is the same text as another."""
    if copy_of is None:
        return ""
    told = escape(message("library_copy_of", language, title=copy_of))
    return f' <small class="copy" title="{told}">{message("library_copy", language)}</small>'


def _pager(shown: int, total: int, listing: Listing, language: str) -> str:
    first, last = listing.offset + 1, listing.offset + shown
    text = message("library_page", language, first=f"{first:,}", last=f"{last:,}", total=f"{total:,}")
    steps = []
    for step, code, is_possible in (
        ("-1", "library_previous", listing.offset > 0),
        ("1", "library_next", last < total),
    ):
        off = "" if is_possible else " disabled"
        steps.append(f'<button type="button" data-step="{step}"{off}>{message(code, language)}</button>')
    return f'<div class="pager">{steps[0]}<span>{text}</span>{steps[1]}</div>'


def job_html(status: JobStatus, language: str) -> str:
    """How far the uploads are, and what became of each file."""
    if status.phase == "idle":
        return ""
    if status.phase == "running":
        text = message("library_reading", language, files=len(status.files), percent=int(status.share * 100))
        head = f'<div class="busy">{text}<progress value="{status.share:.3f}" max="1"></progress></div>'
    else:
        head = _ended(status, language)
    files = "".join(_file(file, language) for file in status.files)
    return f'<div role="status">{head}</div><ul class="uploads" tabindex="0">{files}</ul>'


def _ended(status: JobStatus, language: str) -> str:
    read = [file for file in status.files if file.articles]
    failed = sum(file.phase == "failed" for file in status.files)
    lines = []
    if read:
        articles = sum(file.articles for file in read)
        text = message("library_read", language, done=len(read), articles=articles)
        lines.append(f'<div class="ready">{text}</div>')
    if failed:
        text = message("library_read_failed", language, failed=failed)
        lines.append(f'<div class="failed">{text}</div>')
    return "".join(lines)


def _file(file: FileStatus, language: str) -> str:
    told = message(f"library_file_{file.phase}", language, articles=file.articles)
    problems = "".join(
        f'<div class="reason">{escape(said_of_library(problem, language))}</div>'
        for problem in file.problems[:_MOST_PROBLEMS]
    )
    return f'<li class="{file.phase}"><b>{escape(file.name)}</b> <span>{told}</span>{problems}</li>'


def watch_html(state: WatchState, language: str) -> str:
    """Whether a folder is followed, and what last changed there."""
    if state.phase == "failed" and state.problem is not None:
        return f'<div class="failed" role="status">{escape(said_of_library(state.problem, language))}</div>'
    lines = [message(f"watch_{state.phase}", language)]
    problems = ""
    report = state.report
    if report is not None and state.phase == "following":
        lines.append(
            message(
                "watch_last",
                language,
                at=state.at,
                added=report.added,
                replaced=report.replaced,
                removed=report.removed,
            )
        )
        problems = "".join(
            f'<div class="failed">{escape(said_of_library(problem, language))}</div>'
            for problem in report.problems[:_MOST_PROBLEMS]
        )
    told = " ".join(lines) + (folder_link(language) if state.folder else "")
    return f'<div class="ready" role="status">{told}</div>{problems}'
