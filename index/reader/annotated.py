"""Training groups from documents with annotated questions: the sentences that answer, and those that only look so.

A pack (`training/documents/*.jsonl.xz`) holds a document a line: its name, its text where it was written for this (else it is a public
text that lies elsewhere), and its questions, an array each: question, snippets of the sentences that answer, short answer,
snippets of near misses, labels, and of a conversation the earlier turns, how it goes on, and the question written out.
"""

from __future__ import annotations

import json
import logging
import lzma
import random
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus.assemble import assemble
from corpus.block import Draft
from corpus.label import label_of
from corpus.language.places import places_in
from corpus.language.sentences import sentence_spans
from corpus.problem import Problem
from corpus.readers import reader_for
from corpus.row_words import in_words
from corpus.split import Splitter
from corpus.table import head_above, is_row
from index.question_heads import MONEY

_log = logging.getLogger("reader.train")
TRAINING = Path(__file__).parent / "training"
_BLANK = re.compile(r"[\s*`|]+")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_MOST_NEGATIVES = 3
_SHORTEST_REST = 40
_ALONE = 0.4
_OF_ANOTHER_DOCUMENT = 0.3
_SHORTEST_SNIPPET = 2
NO_MONEY = "no_money"
"""The label of questions whose short answer is no amount of money."""
_IN_MONEY = re.compile(r"元|人民币|[美欧]金")
_FIGURE = re.compile(r"[\d一二三四五六七八九十百千万亿两]")


@dataclass
class Line:
    """A sentence or row of a passage: as it is read alone, and where it stands in the passage's words."""

    plain: str
    alone: str
    span: tuple[int, int]


@dataclass
class Stretch:
    """A passage as it is read: its label, its text in words, and its lines."""

    label: str
    text: str
    lines: list[Line]


@dataclass
class Annotated:
    """A question with what of its document answers; `answers` and `near` are (stretch, line), empty where nothing answers."""

    question: str
    short: str
    labels: frozenset[str]
    turns: list[str]
    follow: str
    standalone: str
    answers: list[tuple[int, int]] = field(default_factory=list)
    near: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class AnnotatedDocument:
    """A document with its questions."""

    name: str
    title: str
    stretches: list[Stretch]
    questions: list[Annotated]


@dataclass
class Example:
    """A question, a text that answers with the span of the short answer (None: unknown), and texts that do not.

    `lines` are the spans of all sentences of the text that answer.
    """

    question: str
    positive: str
    span: tuple[int, int] | None
    negatives: list[str]
    lines: list[tuple[int, int]] = field(default_factory=list)


def packed_documents(folder: Path = TRAINING) -> Iterator[tuple[str, str, str, list[list]]]:
    """Pack, name, text (empty where it lies elsewhere) and questions of every document of the packs of `folder`."""
    for pack in sorted((folder / "documents").glob("*.jsonl.xz")):
        with lzma.open(pack, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield pack.name.split(".")[0], row["name"], row.get("text", ""), row["questions"]


def labelled_questions(folder: Path = TRAINING) -> Iterator[tuple[str, frozenset[str], str]]:
    """Question, labels and file of every labelled question: those of the packs that stand alone, and those without documents.

    Where the short answer is known, `MONEY` or `NO_MONEY` is one of the labels.
    """
    for pack, _, _, rows in packed_documents(folder):
        for row in rows:
            question, snippets, short, _, labels, _, follow, standalone = _padded(row)
            if labels and follow != "none" and (standalone or not row[5:6]):
                yield standalone or question, frozenset([*labels.split(), *_of_money(short, snippets)]), pack
    for file in sorted(folder.glob("questions*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            question, labels = json.loads(line)[:2]
            yield question, frozenset(labels.split()), file.stem


def _of_money(short: str, snippets: list[str]) -> list[str]:
    """Whether a short answer is an amount of money, by the unit in it or behind it; nothing where there is no short answer."""
    if not short:
        return []
    unit = re.compile(re.escape(short) + r"\s*[余多]?[十百千万亿]{0,3}(?:[美欧日港]?元|人民币)")
    is_amount = bool(_IN_MONEY.search(short)) or any(unit.search(snippet) for snippet in snippets)
    return [MONEY if is_amount and _FIGURE.search(short) else NO_MONEY]


def read_annotated(folder: Path, texts: list[Path]) -> list[AnnotatedDocument]:
    """The documents of the packs of `folder`, each with its questions; public texts are looked for below `texts`.

    Questions whose snippets are not found are left out, and how many they are is logged.
    """
    elsewhere = {file.stem: file for root in texts for file in sorted(root.rglob("*")) if file.is_file()}
    found, lost = [], 0
    with tempfile.TemporaryDirectory() as own:
        for _, name, text, rows in packed_documents(folder):
            source = elsewhere.get(name)
            if text:
                source = Path(own) / f"{name}.md"
                source.write_text(text, encoding="utf-8")
            if source is None:
                continue
            title, stretches = stretches_of(source)
            read = [_question_of(row, stretches) for row in rows]
            questions = [each for each in read if each is not None]
            lost += len(rows) - len(questions)
            found.append(AnnotatedDocument(name, title, stretches, questions))
    if lost:
        _log.warning("%d annotated questions no longer fit their documents and were left out", lost)
    return found


def stretches_of(file: Path) -> tuple[str, list[Stretch]]:
    """The title of a text and its passages as they are read."""
    title, stretches = file.stem, []
    for number, draft in enumerate(each for each in reader_for(file)(file) if isinstance(each, Draft)):
        try:
            article = assemble(draft, file, f"{file}#{number}")
        except Problem:
            continue
        title = article.title or title
        for passage in Splitter().split(article):
            label = label_of(article.title, passage)
            words = in_words(passage.text, passage.lead)
            lines = []
            for start, end in sentence_spans(passage.text):
                text = passage.text[start:end]
                span = words.span(start, end)
                said = words.text[slice(*span)]
                head = "" if said != text else head_above(passage.text, start, passage.lead)
                alone = said if said and said != text else text
                above = f"{label}\n{head}\n" if head and head != text and is_row(text) else f"{label}\n"
                lines.append(Line(_plain(text + " " + said), above + alone, span))
            stretches.append(Stretch(label, words.text, lines))
    return title, stretches


def _plain(text: str) -> str:
    return _BLANK.sub("", text)


def _padded(row: list) -> list:
    return [*row, *[None] * 8][:8]


def _question_of(row: list, stretches: list[Stretch]) -> Annotated | None:
    question, snippets, short, near, labels, turns, follow, standalone = _padded(row)
    each = Annotated(
        question,
        short or "",
        frozenset((labels or "").split()),
        turns or [],
        follow or "",
        standalone or "",
    )
    each.answers = [place for snippet in snippets for place in _places(snippet, stretches)]
    each.near = [
        place for snippet in near or [] for place in _places(snippet, stretches) if place not in each.answers
    ]
    return None if snippets and not each.answers else each


def _places(snippet: str, stretches: list[Stretch]) -> list[tuple[int, int]]:
    parts = [_plain(part) for part in snippet.split("~")]
    if sum(map(len, parts)) < _SHORTEST_SNIPPET:
        return []
    found = [
        (number, row)
        for number, stretch in enumerate(stretches)
        for row, line in enumerate(stretch.lines)
        if all(part in line.plain for part in parts)
    ]
    if found or len(parts) > 1:
        return found
    # A snippet over the border of two sentences: the sentence that holds most of it.
    half = parts[0][: max(len(parts[0]) // 2, 4)]
    return [
        (number, row)
        for number, stretch in enumerate(stretches)
        for row, line in enumerate(stretch.lines)
        if half in line.plain
    ][:1]


def examples(documents: list[AnnotatedDocument], seed: int) -> Iterator[Example]:
    """One epoch of examples, in the order of the documents: whole passages and single sentences, as the reader is asked both ways."""
    draw = random.Random(seed)
    families = _Families(documents)
    for document in documents:
        for each in document.questions:
            asked = each.standalone or each.question
            if each.follow == "none" or not asked:
                continue
            if each.turns and not each.standalone:
                continue
            alone = draw.random() < _ALONE
            others = (
                families.alike(document, asked, each.short) if draw.random() < _OF_ANOTHER_DOCUMENT else []
            )
            if each.answers:
                yield from _answered(document, each, asked, others, draw, alone=alone)
            else:
                texts = _unanswered(document, each, asked, alone=alone)
                yield Example(asked, "", None, (texts + others)[:_MOST_NEGATIVES])


def _answered(
    document: AnnotatedDocument,
    each: Annotated,
    asked: str,
    others: list[str],
    draw: random.Random,
    *,
    alone: bool,
) -> Iterator[Example]:
    number, row = draw.choice(each.answers)
    stretch = document.stretches[number]
    line = stretch.lines[row]
    holding = {place[0] for place in each.answers}
    if alone:
        positive, begin = line.alone, line.alone.rfind("\n") + 1
        span = _span_in(each.short, line.alone, begin)
        lines = [(begin, len(positive))]
        near = [document.stretches[n].lines[r].alone for n, r in each.near]
        like = _most_like(
            asked,
            [
                other.alone
                for n, other_stretch in enumerate(document.stretches)
                for r, other in enumerate(other_stretch.lines)
                if (n, r) not in each.answers and other.alone not in near
            ],
            5,
        )
        draw.shuffle(like)
        negatives = near[:2] + like[: _MOST_NEGATIVES - len(near[:2])]
    else:
        positive = f"{stretch.label}\n{stretch.text}"
        begin = len(stretch.label) + 1
        rows = sorted(r for n, r in each.answers if n == number)
        lines = [(begin + stretch.lines[r].span[0], begin + stretch.lines[r].span[1]) for r in rows]
        span = _span_in(each.short, positive, begin + line.span[0])
        if span is not None and span[0] >= begin + line.span[1]:
            span = _span_in(each.short, positive, begin)
        if span is not None:
            # Elsewhere in the passage the same words may stand for something else.
            span = span if any(s <= span[0] and span[1] <= e for s, e in lines) else None
        near = [
            _read(document.stretches[n]) for n in dict.fromkeys(n for n, _ in each.near) if n not in holding
        ]
        like = _most_like(asked, [_read(s) for n, s in enumerate(document.stretches) if n not in holding], 4)
        like = [text for text in like if text not in near]
        draw.shuffle(like)
        negatives = near[:2] + like
        rest = _without(stretch, {r for n, r in each.answers if n == number})
        if rest and draw.random() < 0.5:
            negatives.insert(0, rest)
    negatives = list(dict.fromkeys(others[:1] + negatives))[:_MOST_NEGATIVES]
    yield Example(asked, positive, span, negatives, lines)


def _unanswered(document: AnnotatedDocument, each: Annotated, asked: str, *, alone: bool) -> list[str]:
    if alone:
        near = [document.stretches[n].lines[r].alone for n, r in each.near]
        return near[:2] or _most_like(
            asked, [line.alone for stretch in document.stretches for line in stretch.lines], 2
        )
    near = [_read(document.stretches[n]) for n in dict.fromkeys(n for n, _ in each.near)]
    return near[:2] or _most_like(asked, [_read(s) for s in document.stretches], 2)


def _read(stretch: Stretch) -> str:
    return f"{stretch.label}\n{stretch.text}"


def _without(stretch: Stretch, rows: set[int]) -> str:
    """A passage without the lines that answer; empty where little is left."""
    kept, at = [], 0
    for row, line in enumerate(stretch.lines):
        if row in rows:
            kept.append(stretch.text[at : line.span[0]])
            at = line.span[1]
    kept.append(stretch.text[at:])
    rest = "".join(kept).strip()
    return f"{stretch.label}\n{rest}" if len(rest) > _SHORTEST_REST else ""


def _span_in(short: str, text: str, begin: int) -> tuple[int, int] | None:
    """Where the short answer stands in `text` from `begin` on; blanks may differ."""
    if not short:
        return None
    pattern = r"\s*".join(re.escape(character) for character in _plain(short))
    match = re.compile(pattern).search(text, begin)
    return match.span() if match else None


def _most_like(question: str, texts: list[str], most: int) -> list[str]:
    pairs = {question[n : n + 2] for n in range(len(question) - 1)}
    ranked = sorted(dict.fromkeys(texts), key=lambda text: -sum(pair in text for pair in pairs))
    return ranked[:most]


class _Families:
    """Passages of other documents that are like a question's, where they surely do not answer it."""

    def __init__(self, documents: list[AnnotatedDocument]) -> None:
        self._documents = documents
        self._pairs = [_pairs(document.title) for document in documents]
        self._frames = [_frame(document.title) for document in documents]
        self._place = {id(document): number for number, document in enumerate(documents)}

    def alike(self, document: AnnotatedDocument, asked: str, short: str) -> list[str]:
        """The most alike passage of another document of its family, where the question names what tells the two apart."""
        own = self._place[id(document)]
        frame = _frame(asked) & self._frames[own]
        found = []
        for number, other in enumerate(self._documents):
            if number == own or not self._pairs[own] or not frame - self._frames[number]:
                continue
            shared = len(self._pairs[own] & self._pairs[number]) / len(self._pairs[own] | self._pairs[number])
            if shared > 0.4:
                found += _most_like(asked, [_read(s) for s in other.stretches], 1)
        return [text for text in _most_like(asked, found, 1) if not short or short not in text]


def _pairs(text: str) -> set[str]:
    return {text[n : n + 2] for n in range(len(text) - 1)}


def _frame(text: str) -> set[str]:
    """Years and places that a text names."""
    return {*_YEAR.findall(text), *places_in(text)}
