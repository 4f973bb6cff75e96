"""Documents that a question names by number, and the 条 of a rule that it asks for."""

from __future__ import annotations

import re

import rjieba

from corpus.language.bodies import bodies_in
from corpus.language.document_number import DocumentNumber, document_numbers
from corpus.language.normalize import fold
from corpus.language.places import places_in
from corpus.outline import Item, NumberedList, mark_of, number_of, outline_of
from index.catalogue import Catalogue
from index.hit import ArticleInfo, Hit, Provision
from index.query import Filters, Query
from index.question import ParsedQuestion
from index.words import content_words

_NAME = re.compile(r"《([^》]{2,80})》")
_LEADS_IN = re.compile(r"^(?:请问|请|帮我|查一?下|根据|依据|按照|按|在|那么?|那个?|这个?|看看|告诉我)+")
_NAME_ENDS = re.compile(r"(?:的|文件|中|里|里面|当中)+$")
_VERSION = re.compile(r"[（(][^（()）]*[)）]|[《》\s]")
_SHORTEST_NAME = 4
_SHORTEST_SHORTENED = 6
"""Characters of a shortened title below which another law may be meant: 社会法 and 社会保险法."""
_OF_NO_SUBSTANCE = re.compile(
    r"\W+|[的和与及对于等在了]|关于|印发|国家|全国|中华|人民|共和国|中华人民共和国|发展|人民政府|政府|办公厅|办公室|建设|工作|推进|促进|做好|进一步|加快|实施|开展|有关|若干|试行|暂行|管理|通知|发布|公布|\d+|年|年度"
)
_NO_LETTER = re.compile(r"[^\w]|_")
_MOST_ARTICLES = 20


def articles_numbered(
    catalogue: Catalogue, number: DocumentNumber, collections: list[str] | None
) -> list[ArticleInfo]:
    """The articles with a document number that may be seen, newest first."""
    found, _ = catalogue.find_articles(Filters(collections=collections), f"{number.number}号")
    return [
        info for info in found if any(number.same_as(own.number) for own in document_numbers(info.number))
    ]


def with_titles(catalogue: Catalogue, question: ParsedQuestion, collections: list[str] | None) -> str:
    """The text of a question with the documents that it names by number named by their titles, where the index has them."""
    text = question.text
    for written in reversed(question.document_numbers):
        named = articles_numbered(catalogue, written.number, collections)
        if named:
            title = named[0].title
            title = title if title.startswith("《") else f"《{title}》"
            text = f"{text[: written.start]}{title}{text[written.end :]}"
    return text


def asked_provision(catalogue: Catalogue, query: Query, hits: list[Hit]) -> Provision | None:
    """The 条 that a question asks for, in the article that it names; None where it names no article of the index."""
    match = query.parsed.provision_match
    named = named_articles(catalogue, query, hits, match.start()) if match else []
    article = next((info for info in named if _has_provisions(catalogue, info.id)), None)
    if match is None or article is None:
        return None
    text = whole.text if (whole := catalogue.article(article.id)) is not None else ""
    span = _span(text, match)
    start, end = span or (0, 0)
    return Provision(article=article, label=query.parsed.provision, start=start, end=end)


def named_articles(catalogue: Catalogue, query: Query, hits: list[Hit], before: int) -> list[ArticleInfo]:
    """The articles that a question names in 《》, or before a position in it; the likeliest first, else the newest."""
    quoted = _NAME.search(query.question)
    name = quoted.group(1) if quoted else _LEADS_IN.sub("", query.question[:before].strip(" ，,。"))
    name = _NAME_ENDS.sub("", name)
    if len(name) < _SHORTEST_NAME:
        return []
    found, _ = catalogue.find_articles(query.filters.widest, name, most=_MOST_ARTICLES)
    near = list({hit.article.id: hit.article for hit in hits}.values())
    found += [info for info in near if info not in found and is_named(info.title, name)]
    bare = _VERSION.sub("", name)
    return sorted(
        found,
        key=lambda info: (
            info.year not in query.years if query.years else False,
            _VERSION.sub("", info.title) != bare,
        ),
    )


def is_named(title: str, name: str) -> bool:
    """Whether a name is that of a title: it holds the whole title, or leaves out nothing of substance."""
    bare, folded = fold(_VERSION.sub("", title)), fold(name)
    if len(bare) >= _SHORTEST_NAME and bare in folded:
        return True
    letters = _NO_LETTER.sub("", folded)
    words = content_words(name)
    is_within = (len(words) > 1 and all(word in bare for word in words)) or _is_shortened(bare, letters)
    # 社会保险条例 is not 社会保险费征缴管理暂行条例.
    return is_within and all(set(word) & set(letters) or _may_be_left_out(word) for word in rjieba.cut(bare))


def _is_shortened(title: str, letters: str) -> bool:
    """Whether a name is a title with characters left out: 2018年度科技奖励决定 of 关于2018年度国家科学技术奖励的决定."""
    rest = iter(title)
    return len(letters) >= _SHORTEST_SHORTENED and all(letter in rest for letter in letters)


def share_named(title: str, name: str) -> float:
    """How much of a title's substance a name holds, by characters, 0 to 1: not of 关于, 印发, 国务院办公厅."""
    letters = set(_NO_LETTER.sub("", fold(name)))
    words = [word for word in rjieba.cut(fold(_VERSION.sub("", title))) if not _may_be_left_out(word)]
    held = sum(len(word) for word in words if set(word) <= letters)
    return held / max(sum(map(len, words)), 1)


def _may_be_left_out(word: str) -> bool:
    return bool(_OF_NO_SUBSTANCE.fullmatch(word) or bodies_in(word) or places_in(word))


def _has_provisions(catalogue: Catalogue, article_id: str) -> bool:
    article = catalogue.article(article_id)
    return article is not None and any(each.style == "article" for each in outline_of(article.text))


def _span(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    """The span of the asked 条 in an article, or of its 款 or 项."""
    number, of = number_of(match.group("article")), match.group("of") or ""
    items = [
        item
        for each in outline_of(text)
        if each.style == "article"
        for item in each.items
        if item.number == number and item.label.endswith(f"之{of}" if of else "条")
    ]
    if not items:
        return None
    # What comes first may be a table of contents; the text of the rule is longer.
    found: tuple[int, int] | None = max(((item.start, item.end) for item in items), key=lambda s: s[1] - s[0])
    if found and match.group("paragraph"):
        found = _paragraph(text, found, number_of(match.group("paragraph")))
    if found and match.group("item"):
        found = _item(text, found, number_of(match.group("item")))
    return found


def _paragraph(text: str, span: tuple[int, int], number: int) -> tuple[int, int] | None:
    """The 款 of a 条: its paragraphs that are no items of a list, each with its items."""
    starts: list[int] = []
    at = span[0]
    for line in text[slice(*span)].split("\n"):
        mark = mark_of(line.strip())
        if line.strip() and (mark is None or mark.style == "article"):
            starts.append(at)
        at += len(line) + 1
    ends = [*(start - 1 for start in starts[1:]), span[1]]
    return (starts[number - 1], ends[number - 1]) if 0 < number <= len(starts) else None


def _item(text: str, span: tuple[int, int], number: int) -> tuple[int, int] | None:
    lists: list[NumberedList] = [
        each
        for each in outline_of(text)
        if span[0] < each.items[0].start < span[1] and each.style != "article"
    ]
    found: Item | None = next((item for each in lists for item in each.items if item.number == number), None)
    return (found.start, found.end) if found else None


def provision_first(catalogue: Catalogue, provision: Provision, hits: list[Hit]) -> list[Hit]:
    """The hits with the passages of a 条 before all others."""
    known = {hit.passage.id: hit for hit in hits}
    best = max((hit.score for hit in hits), default=0.0)
    front = [
        known.get(passage.id) or Hit(passage=passage, article=provision.article)
        for passage in catalogue.passages_of(provision.article.id)
        if passage.start < provision.end and passage.end > provision.start
    ]
    for hit in front:
        hit.score = best
    ids = {hit.passage.id for hit in front}
    return [*front, *(hit for hit in hits if hit.passage.id not in ids)]
