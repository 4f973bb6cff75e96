"""Parts that one sentence answers are taken from it, unless one figure would answer two of them."""

from __future__ import annotations

from assistant.answering.one_place import answer_in_one_place
from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer
from assistant.state import Part
from assistant.understanding.question import parse
from corpus.model import Passage
from index.hit import ArticleInfo, Found, Hit
from index.query import read_query

BOTH = "全年新建农房312万户，改造农房578万户。"
OTHER = "全年农房投诉1240万件，结案29户。"


def candidate(text: str, start: int, read: str, score: float) -> Candidate:
    passage = Passage(id="a-0", article_id="a", position=0, text=BOTH + OTHER, start=0, end=len(BOTH + OTHER))
    begin = start + text.index(read)
    return Candidate(
        hit=Hit(passage=passage, article=ArticleInfo(id="a", title="公报")),
        start=start,
        end=start + len(text),
        text=text,
        context="",
        score=score,
        reader_span=(begin, begin + len(read)),
    )


def part(question: str, *candidates: Candidate) -> Part:
    return Part(parse(question), Found(query=read_query(question)), list(candidates), 0.3)


def answered(first: str, second: str, start: int, text: str) -> list[str]:
    """The sentences in front when `first` and `second` are what is read of `text` for the two parts."""
    at = len(BOTH) - start
    other = OTHER if text == BOTH else BOTH
    parts = [
        part("新建多少户", candidate(other, at, other[-4:-1], 1.2), candidate(text, start, first, 1.0)),
        part("改造多少户", candidate(text, start, second, 1.0)),
    ]
    answer_in_one_place(parts, Scorer.load())
    return [each.candidates[0].text for each in parts]


def test_two_figures_of_one_sentence_answer_two_parts() -> None:
    assert answered("312万户", "578万户", 0, BOTH) == [BOTH, BOTH]


def test_one_figure_does_not_answer_two_parts() -> None:
    assert answered("29户", "29户", len(BOTH), OTHER) != [OTHER, OTHER]
