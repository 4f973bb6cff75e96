"""HTML of the search view: a page of passages with their words marked, and what to do where there are none."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from urllib.parse import quote

from assistant.messages import message
from corpus.language.normalize import readable
from index.hit import Hit
from index.passage_list import MOST_LISTED, Order, PassageList
from ui.web.highlight import marked_html, spans_of, telling_sentence

PageOf = Callable[[str, int, int], int | None]
"""The printed page of an article's span; None where it has none."""
_BEGINNING = 24
"""Characters of the sentence that its address carries, to find it again where the article was read anew."""


def found_html(
    question: str,
    found: PassageList,
    page_of: PageOf,
    language: str,
    *,
    order: Order = "fit",
    filtered: bool = False,
) -> str:
    """What a search brought.

    Args:
        question: What was searched for.
        found: The passages.
        page_of: Tells the printed page of a span.
        language: Of the page.
        order: Of the passages; the address tells it.
        filtered: Whether filters are set, which may be why nothing was found.

    Returns:
        HTML; every text of the articles and of the question is escaped.
    """
    if not found.total:
        nothing = _nothing(question, found, page_of, language, filtered=filtered)
        return _wrapped(question, nothing, order)
    ask = _ask(question, language)
    rows = _rows(question, found.hits, found, page_of, language)
    head = f'<div class="summary" role="status"><span>{_count(found, language)}</span>{ask}</div>'
    return _wrapped(question, head + rows + _pager(found, language), order)


def begin_html(language: str) -> str:
    """What stands there before anything was searched."""
    return f'<div class="found" data-q=""><p class="hint">{message("search_begin", language)}</p></div>'


def notice_html(question: str, words: str) -> str:
    """Why a search cannot be done."""
    return _wrapped(question, f'<p class="hint" role="status">{escape(readable(words))}</p>')


def question_about(question: str, title: str) -> str:
    """What is put into the chat's box: the words, of an article where one is named."""
    named = title if "《" in title else f"《{title}》"
    return f"{named}：{question}" if title else question


def link_to_hit(hit: Hit, words: list[str], language: str) -> str:
    """Address of the sentence of a hit that holds most of the words, in its article."""
    text = hit.passage.text
    start, end = telling_sentence(text, words, hit.nearest)
    begins = quote(readable(text[start:end].split("\n")[0][:_BEGINNING]))
    first = hit.passage.start
    return f"/article/{quote(hit.article.id, safe='')}?start={first + start}&end={first + end}&q={begins}&lang={language}"


def _wrapped(question: str, html: str, order: Order = "fit") -> str:
    by = "" if order == "fit" else order
    return f'<div class="found" data-q="{escape(readable(question))}" data-by="{by}">{html}</div>'


def _count(found: PassageList, language: str) -> str:
    many = found.total >= MOST_LISTED
    text = message("search_found_many" if many else "search_found", language, total=f"{found.total:,}")
    if len(found.words) > 1 and found.holding < found.total:
        code = "search_holding" if found.holding else "search_holding_none"
        text += message("list_comma", language) + message(code, language, holding=f"{found.holding:,}")
    return text


def _rows(question: str, hits: list[Hit], found: PassageList, page_of: PageOf, language: str) -> str:
    rows = "".join(_row(question, hit, found.words, page_of, language) for hit in hits)
    label = message("search_list", language)
    return f'<ol class="hits" start="{found.offset + 1}" aria-label="{label}">{rows}</ol>'


def _row(question: str, hit: Hit, words: list[str], page_of: PageOf, language: str) -> str:
    article, passage = hit.article, hit.passage
    title = article.title or message("library_untitled", language)
    page = page_of(article.id, passage.start, passage.end)
    place = " > ".join(passage.heading_path)
    about = [article.date, article.source, article.region, place]
    if page:
        about.append(message("page_number", language, page=page))
    also = ""
    if hit.also_in:
        titles = "、".join(f"{each.title} {each.date}".strip() for each in hit.also_in)
        also = (
            f'<div class="also">{escape(readable(message("search_also_in", language, titles=titles)))}</div>'
        )
    return (
        f'<li><a class="cite" href="{escape(link_to_hit(hit, words, language))}">'
        f"{marked_html(title, spans_of(title, words))}</a>"
        f'<div class="about">{escape(readable(" · ".join(part for part in about if part)))}</div>'
        f'<p class="text">{marked_html(passage.text, spans_of(passage.text, words))}</p>{also}'
        f'<div class="deeds">{_ask(question_about(question, article.title), language)}</div></li>'
    )


def _ask(question: str, language: str) -> str:
    text = message("search_ask", language)
    return f'<a href="#act/edit/{escape(quote(readable(question), safe=""))}">{text}</a>'


def _pager(found: PassageList, language: str) -> str:
    first, last = found.offset + 1, found.offset + len(found.hits)
    if first == 1 and last >= found.total:
        return ""
    text = message("search_pages", language, first=f"{first:,}", last=f"{last:,}", total=f"{found.total:,}")
    steps = [
        f'<button type="button" data-step="{step}"{"" if possible else " disabled"}>{message(code, language)}</button>'
        for step, code, possible in (
            ("-1", "library_previous", found.offset > 0),
            ("1", "library_next", last < found.total),
        )
    ]
    return f'<div class="pager">{steps[0]}<span>{text}</span>{steps[1]}</div>'


def _nothing(question: str, found: PassageList, page_of: PageOf, language: str, *, filtered: bool) -> str:
    """What can be tried, and what is near in meaning, where no passage matches."""
    words = "、".join(found.words) or question
    tips = [message("search_try_words", language)]
    if filtered:
        tips.insert(0, message("search_try_filters", language))
    text = escape(readable(message("search_found_none", language, words=words)))
    listed = "".join(f"<li>{each}</li>" for each in tips)
    near = ""
    if found.near:
        rows = _rows(question, found.near, found, page_of, language)
        near = f"<h3>{message('search_near', language)}</h3>{rows}"
    return f'<div class="none" role="status"><p>{text} {_ask(question, language)}</p><ul>{listed}</ul></div>{near}'
