"""Examples to learn calculations from: questions written about passages, and plain questions on the annotated documents.

`training/calculations.jsonl.xz` holds questions on invented passages, with these. `training/calculations_on_texts.jsonl.xz` holds
questions on public texts that lie elsewhere: each names its document and how its passage begins and ends.
"""

from __future__ import annotations

import logging
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.language.mentions import mentions_in
from index.reader.annotated import TRAINING as TRAINING_FOLDER
from index.reader.annotated import read_annotated
from index.reader.passages_elsewhere import located, rows_of

_log = logging.getLogger("reader.train_calculations")
TRAINING = TRAINING_FOLDER / "calculations.jsonl.xz"
ON_TEXTS = TRAINING_FOLDER / "calculations_on_texts.jsonl.xz"
_OF_ANOTHER = 0.15
_DIGITS_ANEW = 0.25
_WORKED_OUT = frozenset({"diff", "ratio", "sum"})
"""Labels of annotated questions that ask for what is not printed."""
_SEVERAL = 2
_AT_ONCE = 256
_NEAREST = 6
_DIGITS = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True)
class Example:
    """A question with its passage under its title; `roles` are those of the passage's figures, by their places."""

    question: str
    text: str
    operation: str
    roles: dict[int, str]


def examples_of(file: Path = TRAINING) -> list[list[Example]]:
    """The examples of a file, those of one passage together; one whose figures are not found in it is left out."""
    return _together((row, row["title"], row["passage"]) for row in rows_of(file))


def examples_on_texts(texts: list[Path], file: Path = ON_TEXTS) -> list[list[Example]]:
    """The examples on public texts, those of one passage together; none of a document that is not there.

    Args:
        texts: folders with the public texts, files of one text or `.jsonl` of `title` and `content`.
        file: with the questions.
    """
    return _together(located(rows_of(file), texts))


def _together(rows: Iterator[tuple[dict, str, str]]) -> list[list[Example]]:
    """Examples of rows with the label and the text of their passages; one whose figures are not found in it is left out."""
    by_passage: dict[str, list[Example]] = {}
    lost = 0
    for row, label, passage in rows:
        text, begin = f"{label}\n{passage}", len(label) + 1
        mentions = [each for each in mentions_in(text) if each.start >= begin]
        roles: dict[int, str] = {}
        for operand in row["operands"]:
            at = passage.find(operand["text"]) + begin
            own = [each for each in mentions if at <= each.start < at + len(operand["text"])]
            if len(own) == 1:
                roles[own[0].start] = operand["role"]
        if len(roles) != len(row["operands"]):
            lost += 1
            continue
        by_passage.setdefault(text, []).append(Example(row["question"], text, row["operation"], roles))
    if lost:
        _log.warning("%d examples left out: a figure of theirs is not found", lost)
    return list(by_passage.values())


def plain_examples(texts: list[Path], most: int, seed: int, folder: Path = TRAINING.parent) -> list[Example]:
    """Questions on the annotated documents that ask for what is printed, in passages of several figures.

    Args:
        texts: folders with the public texts (`index.reader.annotated.read_annotated`).
        most: how many are drawn.
        seed: of the draw.
        folder: of the packs.
    """
    found = []
    for document in read_annotated(folder, texts):
        for each in document.questions:
            if not each.answers or each.labels & _WORKED_OUT:
                continue
            stretch = document.stretches[each.answers[0][0]]
            if len(mentions_in(stretch.text)) >= _SEVERAL:
                question = each.standalone or each.question
                found.append(Example(question, f"{stretch.label}\n{stretch.text}", "none", {}))
    return random.Random(seed).sample(found, min(most, len(found)))


def asked_of_their_like(passages: list[list[Example]]) -> list[Example]:
    """The calculations asked of the passage that is most like their question and not their own: nothing can be worked out of that.

    A passage that holds the figures too, the same news told twice say, is passed over.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    if len(passages) <= 1:
        return []
    texts = [own[0].text for own in passages]
    pairs = TfidfVectorizer(analyzer="char", ngram_range=(2, 2), sublinear_tf=True)
    told = pairs.fit_transform(texts)
    asked = [(number, each) for number, own in enumerate(passages) for each in own if each.roles]
    found = []
    for begin in range(0, len(asked), _AT_ONCE):
        some = asked[begin : begin + _AT_ONCE]
        likeness = (pairs.transform([each.question for _, each in some]) @ told.T).toarray()
        for (number, example), own in zip(some, likeness, strict=True):
            figures = [each.group() for at in example.roles if (each := _DIGITS.match(example.text, at))]
            for other in (-own).argsort()[:_NEAREST]:
                if other != number and not all(figure in texts[other] for figure in figures):
                    found.append(Example(example.question, texts[other], "none", {}))
                    break
    return found


def digits_anew(text: str, draw: random.Random) -> str:
    """A text whose figures have other digits behind the first, as long as before; shares stay as they are."""
    letters = list(text)
    for mention in mentions_in(text):
        if mention.quantity.unit in {"%", "个百分点"}:
            continue
        for place in range(mention.start + 1, mention.end):
            if letters[place].isascii() and letters[place].isdigit():
                letters[place] = draw.choice("0123456789")
    return "".join(letters)


def made(passages: list[list[Example]], draw: random.Random) -> list[Example]:
    """All examples, some of them with other digits too, and some questions asked of another's passage."""
    pool = []
    for number, own in enumerate(passages):
        for each in own:
            pool.append(each)
            if each.roles and draw.random() < _DIGITS_ANEW:
                pool.append(replace(each, text=digits_anew(each.text, draw)))
            if draw.random() < _OF_ANOTHER:
                other = draw.choice(passages[:number] + passages[number + 1 :])[0]
                pool.append(Example(each.question, other.text, "none", {}))
    return pool
