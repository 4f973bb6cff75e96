"""The short answer where one can be read off the sentence: a figure, a date, a name."""

from __future__ import annotations

import re

from assistant.answering.abbreviations import spelled_out
from assistant.answering.added import document_of
from assistant.answering.in_sentence import (
    both_ends,
    new_end,
    respective_figure,
    tells_an_unasked_part,
    tells_of_several,
)
from assistant.answering.yes_no import verdict
from assistant.reading.candidate import Candidate
from assistant.reading.table_rows import asked_cell
from assistant.understanding.question import Question
from corpus.language.document_number import document_numbers
from corpus.language.normalize import fold
from corpus.language.places import place_spans
from corpus.language.quantities import unit_after
from index.kinds import Kind
from index.told import NOTE_MARK, things_told

FIGURE_KINDS = frozenset([Kind.AMOUNT, Kind.SHARE, Kind.OTHER])
"""Kinds of questions that a figure of a table may answer."""
_LIKELY_SPAN = -3.0
_FIGURE_OF_RANGE = r"\d[\d.]*\s?(?:[十百千]?[万亿]{1,2})?[%％‰]?"
_TO = r"\s?[~～〜∼\-‐-―−－至到]"
_RANGE_BEFORE = re.compile(rf"(?<![\d.\-])(?!(?:19|20)\d{{2}}{_TO}){_FIGURE_OF_RANGE}{_TO}\s?$")
_UPPER_BOUND = re.compile("[\\d.一二三四五六七八九十百千万亿两]{1,10}[^，,。；;、\\d]{1,6}以下")
_RANGE_AFTER = re.compile(rf"{_TO}\s?(?!(?:19|20)\d{{2}}(?:\D|$)){_FIGURE_OF_RANGE}")
_LONGEST_NUMBER = 40
"""Characters of a document's number with its brackets."""
_LONGEST = 40
_SCALES = frozenset("万亿")
_EDGES = " ，,、；;：:。的了"


def short_answer(question: Question, candidate: Candidate, whole: Question | None = None) -> str:
    """A stretch of the candidate's sentence, or empty when none is sure enough; `question` may be a clause of the `whole`."""
    short = _with_number(candidate.text, _short_answer(question, candidate, whole))
    if tells_of_several(candidate.text, short) and short != respective_figure(question, candidate.text):
        return ""
    at = candidate.text.find(short) if short else -1
    if at < 0 or not any(character.isdigit() for character in short):
        return short
    read = _read_span(candidate)
    place = read[1:] if read and read[0] in short else (at, at + len(short))
    if tells_an_unasked_part(question, candidate.text, place[0]):
        return ""
    return new_end(question, candidate.text, place) or short


def _with_number(text: str, short: str) -> str:
    """The title of a document with its number, which stands in brackets behind it: who asks for one may want either."""
    if not short.endswith("》"):
        return short
    at = text.find(short)
    return short + _number_in_brackets(text[at + len(short) :]) if at >= 0 else short


def _number_in_brackets(text: str) -> str:
    """The brackets that a text begins with, where they hold a document's number and nothing else; empty otherwise."""
    if not text.startswith(("（", "(")):
        return ""
    for written in document_numbers(text[:_LONGEST_NUMBER]):
        is_alone = not text[1 : written.start].strip() and text[written.end : written.end + 1] in {"）", ")"}
        return text[: written.end + 1] if is_alone else ""
    return ""


def _short_answer(question: Question, candidate: Candidate, whole: Question | None) -> str:
    if name := spelled_out(question, candidate.text):
        return name
    of_kind = _of_whole_sentence(question, candidate)
    known = _figure_of_form(question, candidate, whole) if of_kind is None else of_kind
    if known is not None:
        return known
    read = _read_span(candidate)
    if question.form.counts_places:
        return _counted_places(candidate.text, read)
    nearest = _nearest_of_kind(question, candidate.text, read)
    return _likely_read(question, candidate, whole, read) if nearest is None else nearest


def _of_whole_sentence(question: Question, candidate: Candidate) -> str | None:
    """The short answer of a kind that no stretch of the sentence answers ("是", a document's name, none); None for other kinds."""
    kind = question.kind
    if kind is Kind.YES_NO:
        decided = verdict(question, candidate.text)
        return str(decided) if decided else ""
    if kind is Kind.DOCUMENT and not question.form.is_number_of_document:
        return document_of(candidate)
    return "" if kind in {Kind.COMPARE, Kind.SUMMARY} else None


def _figure_of_form(question: Question, candidate: Candidate, whole: Question | None) -> str | None:
    """The figure of the cell asked for, of both ends of a change or of one of several things; None where none is told so."""
    is_figure = question.kind in {Kind.AMOUNT, Kind.SHARE}
    if is_figure or candidate.row_name:
        figure = asked_cell(question, candidate, whole)
        if figure is not None:
            return figure
    if not is_figure:
        return None
    return both_ends(question, candidate.text) or respective_figure(question, candidate.text) or None


def _likely_read(
    question: Question, candidate: Candidate, whole: Question | None, read: tuple[str, int, int] | None
) -> str:
    """What the reader marked, with the unit of its figure; empty where it is not likely or says nothing new."""
    is_likely = candidate.features.get("reader_span", -9.0) * 5 > _LIKELY_SPAN
    likely = _with_unit(candidate.text, read) if read and is_likely else ""
    if not likely or _says_nothing(question, likely):
        return ""
    cell = asked_cell(question, candidate, whole) if question.kind is Kind.OTHER else None
    # The cell is the figure that was read, with its unit.
    return cell if cell and cell.startswith(likely) else likely


def _nearest_of_kind(question: Question, text: str, read: tuple[str, int, int] | None) -> str | None:
    """The thing of the kind asked for that was read, or else stands nearest behind the question's words; None where none is."""
    folded = fold(text)
    if len(folded) != len(text):
        folded = text
    told = things_told(question.kind, question, folded) or []
    spans = [span for span in told if not _is_bare_year(question.kind, folded[slice(*span)])]
    if not spans:
        return None
    if unit := question.figure_unit:
        # "减少1386万" of people is told without its unit.
        fitting = [
            span for span in spans if re.search(rf"(?:{re.escape(unit)}|[万亿])$", folded[slice(*span)])
        ]
        spans = fitting or spans
    touching = [span for span in spans if read and span[0] < read[2] and span[1] > read[1]]
    if touching:
        return _with_more(text, touching[0])
    anchor = max((folded.find(word) + len(word) for word in question.words if word in folded), default=0)
    after = [span for span in spans if span[0] >= anchor]
    return _with_more(text, min(after or spans, key=lambda span: abs(span[0] - anchor)))


def _with_unit(text: str, read: tuple[str, int, int]) -> str:
    """What was read, with the unit of a figure at its end."""
    said, _, end = read
    return (
        text[end - len(said) : unit_after(text, end)]
        if (said[-1:].isdigit() or said[-1:] in _SCALES) and text[:end].endswith(said)
        else said
    )


def _says_nothing(question: Question, text: str) -> bool:
    """Whether a short answer only says words of the question again, which offers no choice of them."""
    return fold(text) in question.folded and not question.form.offers_choice


def _counted_places(text: str, read: tuple[str, int, int] | None) -> str:
    """ "4个（上海、江苏、浙江、安徽）" where a sentence names places in a row; of several rows the one that was read."""
    rows: list[list[tuple[int, int]]] = []
    for span in place_spans(text):
        if rows and re.fullmatch(r"[省市]?[、和及与]", text[rows[-1][-1][1] : span[0]]):
            rows[-1].append(span)
        else:
            rows.append([span])
    rows = [row for row in rows if len(row) > 1]
    if len(rows) > 1 and read:
        rows = [row for row in rows if row[0][0] < read[2] and read[1] < row[-1][1]]
    if len(rows) != 1 or re.match(r"[省市]?等", text[rows[0][-1][1] :]):
        return ""
    return f"{len(rows[0])}个（{'、'.join(text[slice(*span)] for span in rows[0])}）"


def tells_one(question: Question, candidate: Candidate) -> bool:
    """Whether the candidate's sentence holds only one thing of the kind that is asked for."""
    kind = question.kind
    folded = fold(candidate.text)
    spans = things_told(kind, question, folded)
    if spans is None or question.form.counts_places:
        return kind in {Kind.YES_NO, Kind.DOCUMENT, Kind.AMOUNT}
    told = {folded[slice(*span)] for span in spans}
    return sum(not _is_bare_year(kind, each) for each in told) == 1


def _read_span(candidate: Candidate) -> tuple[str, int, int] | None:
    if candidate.reader_span is None:
        return None
    start, end = (position - candidate.start for position in candidate.reader_span)
    if any(mark.start() <= start and end <= mark.end() for mark in NOTE_MARK.finditer(candidate.text)):
        return None
    text = candidate.text[start:end].strip(_EDGES)
    return (text, start, end) if 0 < len(text) <= _LONGEST else None


def _is_bare_year(kind: Kind, text: str) -> bool:
    return kind is Kind.AMOUNT and bool(re.fullmatch(r"(?:19|20)\d{2}年?|\d{1,2}月|\d{1,2}日", text))


def _with_more(text: str, span: tuple[int, int]) -> str:
    """The span with "以上", "左右" or "超过" around it, which belong to the figure."""
    start, end = span
    after = re.match(r"以上|以下|左右|以内|多|余|上下", text[end:])
    before = re.search(r"(?:超过|超|不低于|不少于|不超过|不高于|约|近|至少|最高|逾|突破)$", text[:start])
    end += after.end() if after else 0
    if text[end - 1 : end].isdigit() or text[end - 1 : end] in _SCALES:
        end = unit_after(text, end)
    start = before.start() if before else start
    if lower := _RANGE_BEFORE.search(text[:start]):
        start = lower.start()
    if text[:end].endswith("以上") and (bound := _UPPER_BOUND.match(text, end)):
        end = bound.end()
    if upper := _RANGE_AFTER.match(text, end):
        end = unit_after(text, upper.end()) if upper.group()[-1].isdigit() else upper.end()
    return text[start:end].strip(_EDGES)
