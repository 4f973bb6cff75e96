"""Questions written by hand on passages of real articles, for training: `questions/*.jsonl`.

A file holds places, not texts: which article, which stretch of it was read, where the answer stands (null where the
stretch does not answer), and a hash of the answer by which a text that was cleaned otherwise is noticed.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from corpus.assemble import assemble
from corpus.block import Draft
from corpus.label import label_of
from corpus.load import find_files
from corpus.model import Article, Passage
from corpus.problem import Problem
from corpus.readers import reader_for
from corpus.split import Splitter

_log = logging.getLogger("reader.train")
QUESTIONS = Path(__file__).parent / "questions"


class WrittenQuestion(BaseModel):
    """A line of the files: `passage` and `answer` are spans of the cleaned text of article `number` of `file`.

    Of a paragraph of a set in SQuAD form `file` is the set's folder, and `paragraph` the hash of its text; spans are
    of that text in simplified script.
    """

    file: str
    number: int = 0
    paragraph: str = ""
    passage: tuple[int, int]
    question: str
    answer: tuple[int, int] | None = None
    check: str = ""


@dataclass
class AskedPassage:
    """A question with the passage it was written on: label, text, and the answer's span in the text or None."""

    question: str
    label: str
    text: str
    answer: tuple[int, int] | None


def hash_of(text: str) -> str:
    """Short hash of an answer."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def articles_of(file: Path) -> Iterator[tuple[int, Article]]:
    """The articles of a file with their numbers, as an ingest reads them."""
    for number, draft in enumerate(each for each in reader_for(file)(file) if isinstance(each, Draft)):
        try:
            yield number, assemble(draft, file, f"{file}#{number}")
        except Problem:
            continue


def read_questions(questions: Path = QUESTIONS) -> list[WrittenQuestion]:
    """All lines of all files."""
    lines = [
        line for file in sorted(questions.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()
    ]
    return [WrittenQuestion.model_validate_json(line) for line in lines if line]


def read_written(
    folder: Path, questions: Path = QUESTIONS
) -> tuple[list[AskedPassage], list[tuple[str, str]]]:
    """The written questions whose articles are in `folder`, and all passages of those articles (label, text)."""
    asked: dict[tuple[str, int], list[WrittenQuestion]] = {}
    for each in read_questions(questions):
        if not each.paragraph:
            asked.setdefault((each.file, each.number), []).append(each)
    wanted = {file for file, _ in asked}
    found: list[AskedPassage] = []
    others: list[tuple[str, str]] = []
    lost = 0
    for path in find_files([folder]):
        if path.name not in wanted:
            continue
        for number, article in articles_of(path):
            passages = Splitter().split(article)
            by_start = {passage.start: passage for passage in passages}
            own = asked.get((path.name, number), [])
            if own:
                others += [(label_of(article.title, passage), passage.text) for passage in passages]
            for each in own:
                made = _asked(each, article, by_start.get(each.passage[0]))
                lost += made is None
                found += [made] if made else []
    if lost:
        _log.warning("%d written questions no longer fit their articles and were left out", lost)
    return found, others


def _asked(each: WrittenQuestion, article: Article, passage: Passage | None) -> AskedPassage | None:
    begin, end = each.passage
    if each.answer is not None and hash_of(article.text[slice(*each.answer)]) != each.check:
        return None
    label = label_of(article.title, passage) if passage is not None else article.title
    answer = (each.answer[0] - begin, each.answer[1] - begin) if each.answer else None
    return AskedPassage(each.question, label, article.text[begin:end], answer)


def asked_of_paragraphs(
    paragraphs: dict[str, tuple[str, str]], questions: Path = QUESTIONS
) -> list[AskedPassage]:
    """The written questions on `paragraphs`: hash of the text as printed to (title, text in simplified script)."""
    found = []
    for each in read_questions(questions):
        if each.paragraph not in paragraphs:
            continue
        title, text = paragraphs[each.paragraph]
        if each.answer is None or hash_of(text[slice(*each.answer)]) == each.check:
            found.append(AskedPassage(each.question, title, text[slice(*each.passage)], each.answer))
    return found


def as_line(question: WrittenQuestion) -> str:
    """The line of a file."""
    return json.dumps(question.model_dump(exclude_defaults=True), ensure_ascii=False)
