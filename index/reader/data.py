"""Training groups for the reader: a question, a passage that answers it (or none), and passages that do not.

Sources are files in SQuAD form. Negatives are passages that a keyword search finds for the question, and
near misses: the question with its year, number or place changed, so that its own passage no longer answers.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from corpus.language.sentences import sentence_spans
from index.reader.annotated import AnnotatedDocument, examples, read_annotated
from index.reader.policy_questions import PolicyQuestions
from index.reader.written import QUESTIONS, AskedPassage, asked_of_paragraphs, hash_of, read_written
from index.words import content_words

_HELD_OUT_SHARE = 5
_MOST_NEGATIVES = 4
_LONGEST_NEGATIVE = 420
_OPEN_NEGATIVES = 1
_ALONE_NEGATIVES = 3
_ALONE_SHARE = 0.35
_OPEN_ALONE_SHARE = 0.15
"""Shares of the questions whose passage is one sentence, as answers are weighed (`assistant.reading.candidates`).

Lower in the open sets: spans are learned in whole passages.
"""
_NUMBER = re.compile(r"\d+")
_PLACES = [
    "北京",
    "上海",
    "广东",
    "江苏",
    "浙江",
    "山东",
    "四川",
    "湖北",
    "湖南",
    "河南",
    "福建",
    "陕西",
    "日本",
    "美国",
    "英国",
    "法国",
    "德国",
    "香港",
    "台湾",
]


@dataclass
class Group:
    """A question with one passage that answers (the answer's span in characters; empty where it is not known) or none, and
    passages that do not. `lines` are the spans of the sentences that answer, where they are known.
    """

    question: str
    positive: str = ""
    span: tuple[int, int] = (0, 0)
    negatives: list[str] = field(default_factory=list)
    lines: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Source:
    """A SQuAD-form file: whether it is Chinese (keyword questions are made), and how much of it an epoch uses (2: all of it twice)."""

    file: Path
    chinese: bool
    share: float = 1.0
    hold_out: bool = False


def sources(shared: Path) -> list[Source]:
    """The open sets that the weights may be trained on (all CC BY-SA)."""
    return [
        Source(shared / "benchmarks/cmrc2018/dev.json", chinese=True, share=2, hold_out=True),
        Source(shared / "benchmarks/drcd/dev.json", chinese=True, share=2, hold_out=True),
        Source(shared / "training/xquad.zh.json", chinese=True, share=2),
        Source(shared / "training/squad2-dev-half.json", chinese=False, share=0.15),
        Source(shared / "training/jaquad-train.json", chinese=False, share=0.25),
    ]


def is_held_out(paragraph: str) -> bool:
    """Whether a paragraph is in the fifth kept for measuring."""
    return int(hashlib.sha256(paragraph.encode()).hexdigest(), 16) % _HELD_OUT_SHARE == 0


_TITLED_SHARE = 0.5
"""Share of the paragraphs that are read under their article's title, as passages are (`corpus.label`)."""


def read_squad(source: Source, simplify: object | None = None) -> list[tuple[str, str, str, int]]:
    """(paragraph, question, answer, start) of a file; answer is empty where the paragraph holds none."""
    rows = []
    for article in _articles(source):
        for paragraph in article["paragraphs"]:
            context = paragraph["context"]
            if source.hold_out and is_held_out(context):
                continue
            for item in paragraph["qas"]:
                answers = [] if item.get("is_impossible") in (True, "true") else item.get("answers", [])
                answer = answers[0]["text"] if answers else ""
                start = answers[0]["answer_start"] if answers else 0
                if answer and context[start : start + len(answer)] != answer:
                    start = context.find(answer)
                    if start < 0:
                        continue
                rows.append((context, item["question"], answer, start))
    if simplify is not None:
        convert = simplify.convert  # type: ignore[attr-defined]
        rows = [(convert(c), convert(q), convert(a), s) for c, q, a, s in rows]
        rows = [row for row in rows if row[0][row[3] : row[3] + len(row[2])] == row[2]]
    return rows


def titles_of(source: Source, simplify: object | None = None) -> dict[str, str]:
    """The title of each paragraph's article; those in another language than the paragraph are left out."""
    convert = simplify.convert if simplify is not None else str  # type: ignore[attr-defined]
    return {
        convert(paragraph["context"]): convert(article["title"])
        for article in _articles(source)
        if article.get("title") and not article["title"].isascii()
        for paragraph in article["paragraphs"]
    }


def _articles(source: Source) -> list[dict]:
    return list(json.loads(source.file.read_text(encoding="utf-8"))["data"])


def groups(
    shared: Path,
    seed: int,
    made_share: float = 0.35,
    open_share: float = 1.0,
    questions: Path = QUESTIONS,
    annotated: Path | None = None,
    written_share: float = 1.0,
) -> Iterator[Group]:
    """Groups of one epoch, shuffled.

    `made_share` of them are made-up policy questions, `open_share` is how much of the open sets is used, and all
    questions of the folder `annotated` are; of those written on whole passages `written_share`, where their articles are there.
    """
    draw = random.Random(seed)
    from opencc import OpenCC

    traditional = OpenCC("t2s")
    all_groups: list[Group] = []
    for source in sources(shared):
        simplify = traditional if source.file.parent.name == "drcd" else None
        rows = read_squad(source, simplify)
        draw.shuffle(rows)
        share = source.share * open_share
        rows = rows * int(share) + rows[: int(len(rows) * (share % 1))]
        all_groups += _groups_of(rows, source.chinese, draw, titles_of(source, simplify))
    written = list(_written_groups(*_written(shared, questions), draw)) if written_share else []
    all_groups += draw.sample(written, round(len(written) * min(written_share, 1.0)))
    made = PolicyQuestions(seed)
    for _ in range(int(len(all_groups) * made_share / (1 - made_share))):
        drawn = made.draw()
        start = drawn.positive.find(drawn.answer)
        all_groups.append(
            Group(drawn.question, drawn.positive, (start, start + len(drawn.answer)), drawn.negatives)
        )
        if draw.random() < 0.35:
            all_groups[-1] = Group(drawn.question, negatives=drawn.negatives)
    if annotated is not None:
        all_groups += [
            Group(each.question, each.positive, each.span or (0, 0), each.negatives, each.lines)
            for each in examples(_annotated(annotated, shared), seed)
        ]
    draw.shuffle(all_groups)
    yield from all_groups


@cache
def _annotated(folder: Path, shared: Path) -> list[AnnotatedDocument]:
    return read_annotated(folder, [shared / "training/texts"])


def _groups_of(
    rows: list[tuple[str, str, str, int]], chinese: bool, draw: random.Random, titles: dict[str, str]
) -> Iterator[Group]:
    if not rows:
        return
    paragraphs = list(dict.fromkeys(row[0] for row in rows))
    neighbours = _neighbours(paragraphs, [row[1] for row in rows])
    for (paragraph, question, answer, start), near in zip(rows, neighbours, strict=True):
        known = titles if draw.random() < _TITLED_SHARE else {}
        others = [
            paragraphs[n]
            for n in near
            if paragraphs[n] != paragraph and (not answer or answer not in paragraphs[n])
        ]
        draw.shuffle(others)
        if not answer:
            stretches = [_label(known, each) + _stretch(each, draw, 420) for each in [paragraph, *others[:1]]]
            yield Group(question, negatives=stretches)
            continue
        if chinese and draw.random() < 0.3:
            question = " ".join(content_words(question)) or question
        label = _label(known, paragraph)
        if chinese and draw.random() < _OPEN_ALONE_SHARE:
            alone = _alone(question, paragraph, (start, start + len(answer)), label)
            if alone is not None:
                yield alone
                continue
        passage, span = _window(paragraph, start, len(answer), draw)
        passage, span = label + passage, (span[0] + len(label), span[1] + len(label))
        negatives = [_label(known, other) + _stretch(other, draw) for other in others[:_OPEN_NEGATIVES]]
        without = _without_answer(paragraph, start, len(answer))
        if without and answer not in without and draw.random() < 0.7:
            negatives[:1] = [label + _stretch(without, draw, 360)]
        yield Group(question, passage, span, negatives)
        missed = _near_miss(question, paragraph, draw) if draw.random() < 0.5 else ""
        if missed:
            yield Group(missed, negatives=[passage])


@cache
def _written(shared: Path, questions: Path) -> tuple[list[AskedPassage], list[str], list[list[int]]]:
    """Written questions, passages to take negatives from, and the numbers of the nearest of these to each question."""
    from opencc import OpenCC

    to_simplified = OpenCC("t2s").convert
    asked, passages = (
        read_written(shared / "articles", questions) if (shared / "articles").is_dir() else ([], [])
    )
    others = [f"{label}\n{text}" for label, text in passages]
    for source in sources(shared):
        if not source.hold_out:
            continue
        paragraphs = {
            hash_of(paragraph["context"]): (
                to_simplified(article.get("title") or ""),
                to_simplified(paragraph["context"]),
            )
            for article in _articles(source)
            for paragraph in article["paragraphs"]
            if not is_held_out(paragraph["context"])
        }
        asked += asked_of_paragraphs(paragraphs, questions)
        others += [text for _, text in paragraphs.values()]
    if not asked:
        return [], [], []
    return asked, others, _neighbours(others, [each.question for each in asked], most=12)


def _written_groups(
    asked: list[AskedPassage], others: list[str], neighbours: list[list[int]], draw: random.Random
) -> Iterator[Group]:
    """Groups of passages, or of single sentences: the reader is asked both ways."""
    for each, near in zip(asked, neighbours, strict=True):
        label = f"{each.label}\n" if each.label else ""
        question = each.question
        if each.answer is None:
            sentences = _sentences(each.text)
            alone = draw.random() < _ALONE_SHARE
            # Of what else is near it is not known whether it answers.
            yield Group(
                question, negatives=[label + (_most_like(question, sentences) if alone else each.text)]
            )
            continue
        answer = each.text[slice(*each.answer)]
        negatives = [others[n][:_LONGEST_NEGATIVE] for n in near if answer not in others[n]]
        draw.shuffle(negatives)
        if draw.random() < _ALONE_SHARE:
            group = _alone(question, each.text, each.answer, label)
            if group is not None:
                group.negatives += negatives[:1]
                yield group
                continue
        span = (each.answer[0] + len(label), each.answer[1] + len(label))
        yield Group(question, label + each.text, span, negatives[:_MOST_NEGATIVES])
        missed = _near_miss(question, label + each.text, draw) if draw.random() < 0.4 else ""
        if missed:
            yield Group(missed, negatives=[label + each.text])


def _alone(question: str, text: str, answer: tuple[int, int], label: str) -> Group | None:
    """The sentence that answers against those of its text that share most with the question; None where it is cut."""
    spans = sentence_spans(text)
    own = next(((s, e) for s, e in spans if s <= answer[0] and answer[1] <= e), None)
    if own is None:
        return None
    told = text[slice(*answer)]
    rest = [text[s:e] for s, e in spans if told not in text[s:e]]
    rest.sort(key=lambda sentence: -_shared_pairs(question, sentence))
    span = (answer[0] - own[0] + len(label), answer[1] - own[0] + len(label))
    negatives = [label + sentence for sentence in rest[:_ALONE_NEGATIVES]]
    return Group(question, label + text[slice(*own)], span, negatives)


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def _most_like(question: str, sentences: list[str]) -> str:
    """The sentence that shares most with the question."""
    return max(sentences, key=lambda text: _shared_pairs(question, text), default="")


def _shared_pairs(question: str, text: str) -> int:
    """How many pairs of characters of the question stand in the text."""
    return sum(pair in text for pair in {question[n : n + 2] for n in range(len(question) - 1)})


def _label(titles: dict[str, str], paragraph: str) -> str:
    title = titles.get(paragraph, "")
    return f"{title}\n" if title else ""


def _window(paragraph: str, start: int, length: int, draw: random.Random) -> tuple[str, tuple[int, int]]:
    """A stretch of whole sentences around the answer, of a random length up to what the reader reads at once."""
    most = draw.choice([60, 120, 200, 300, 360])
    begin, end = (
        max(0, start - draw.randint(0, most)),
        min(len(paragraph), start + length + draw.randint(20, most)),
    )
    while begin > 0 and paragraph[begin - 1] not in "。！？!?\n":
        begin -= 1
        if start - begin > 400:
            break
    while end < len(paragraph) and paragraph[end - 1] not in "。！？!?\n":
        end += 1
        if end - begin > 500:
            break
    return paragraph[begin:end], (start - begin, start - begin + length)


def _stretch(paragraph: str, draw: random.Random, most: int = 300) -> str:
    """At most about `most` characters of a paragraph, from a sentence's beginning."""
    if len(paragraph) <= most:
        return paragraph
    begin = draw.randint(0, len(paragraph) - most)
    while begin > 0 and paragraph[begin - 1] not in "。！？!?.\n":
        begin -= 1
    return paragraph[begin : begin + most]


def _without_answer(paragraph: str, start: int, length: int) -> str:
    """The paragraph without the sentence that answers."""
    begin = max(paragraph.rfind(mark, 0, start) for mark in "。！？!?\n") + 1
    ends = [at for mark in "。！？!?\n" if (at := paragraph.find(mark, start + length)) >= 0]
    end = min(ends) + 1 if ends else len(paragraph)
    rest = paragraph[:begin] + paragraph[end:]
    return rest if len(rest) > 40 else ""


def _near_miss(question: str, paragraph: str, draw: random.Random) -> str:
    """The question with one year, number or place changed to one that the paragraph does not hold."""
    numbers = _NUMBER.findall(question)
    if numbers:
        number = draw.choice(numbers)
        other = str(max(1, int(number[:9]) + draw.choice([-3, -2, -1, 1, 2, 3])))
        if other not in paragraph:
            return question.replace(number, other, 1)
    for place in _PLACES:
        if place in question:
            other = draw.choice(_PLACES)
            if other not in paragraph and other != place:
                return question.replace(place, other)
    return ""


def _neighbours(paragraphs: list[str], questions: list[str], most: int = 8) -> list[list[int]]:
    """For each question the numbers of the paragraphs that share most with it (hashed character bigrams)."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    if len(paragraphs) == 1:
        return [[0] for _ in questions]
    vectorizer = TfidfVectorizer(
        analyzer="char", ngram_range=(2, 2), sublinear_tf=True, min_df=2, dtype=np.float32
    )
    matrix = vectorizer.fit_transform(paragraphs).T.tocsr()
    asked = vectorizer.transform(questions)
    result: list[list[int]] = []
    for begin in range(0, asked.shape[0], 512):
        scores = (asked[begin : begin + 512] @ matrix).toarray()
        result += np.argsort(-scores, axis=1)[:, :most].tolist()
    return result
