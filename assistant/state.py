"""What flows through the chain: each stage takes it and fills in its part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from assistant.model import Answer, Flag, Timings, Tokens, Turn
from assistant.reading.candidate import Candidate
from assistant.understanding.operation import Operation
from assistant.understanding.question import Question
from index.hit import Found, Hit
from index.query import Filters

if TYPE_CHECKING:
    from assistant.answering.table_cell import TableFound
    from assistant.generating.written_answer import WrittenAnswer
    from assistant.reading.overview import OverviewFound
    from assistant.understanding.grid import GridAsked
    from assistant.understanding.series_asked import SeriesAsked


@dataclass
class Part:
    """One of the questions inside a question, what was found for it, and how sure one may be of the best."""

    parsed: Question
    found: Found = field(default_factory=Found)
    candidates: list[Candidate] = field(default_factory=list)
    confidence: float = 0.0

    @property
    def question(self) -> str:
        """The text of the question."""
        return self.parsed.text

    @property
    def hits(self) -> list[Hit]:
        """The passages to read, best first."""
        return self.found.hits


@dataclass
class Interpretation:
    """A standalone form that the question may have; `operation` is what is done with the figures of its parts.

    One that `is_by_place` asks of each place that the articles name; it keeps the parts that are surely answered. One with
    `by_time` asks of each time of the stretch in `series`. One `within` articles, by their ids, asks only these: those that
    the last answer cites. One `so_far` asks of that stretch of the running year.
    """

    parsed: Question
    parts: list[Part] = field(default_factory=list)
    operation: Operation | None = None
    is_by_place: bool = False
    by_time: GridAsked | None = None
    series: SeriesAsked | None = None
    within: tuple[str, ...] = ()
    so_far: str = ""

    @property
    def question(self) -> str:
        """The text of the form."""
        return self.parsed.text

    @property
    def confidence(self) -> float:
        """That of the part that is answered best, of the worst where all are needed."""
        choose = max if self.operation is None else min
        return choose((part.confidence for part in self.parts), default=0.0)

    def filters(self, filters: Filters) -> Filters:
        """The filters of a question, narrowed to the articles that the form asks."""
        if not self.within:
            return filters
        chosen = [each for each in self.within if filters.articles is None or each in filters.articles]
        return Filters(**{**filters.model_dump(), "articles": chosen})


@dataclass
class Statement:
    """A sentence of the answer with what it stands on: candidates that it quotes or was written from.

    `worked_out` is a result that stands in none of them but follows from their figures.
    """

    text: str
    support: list[Candidate] = field(default_factory=list)
    worked_out: str = ""


@dataclass
class State:
    """A question on its way to its answer.

    `interpretations` are likeliest first until `rerank` has put the one the corpus answers best in front.
    `written` is what a language model wrote, where one did, `thoughts` what it thought where that is shown. `control` is the code of a message that is the answer when the text is no question ("greeting");
    `wants_more` is set where the last answer is to be told at length. `brought` are the things that a follow-up names itself.
    `overview` is what was found where an overview is asked for: then nothing else is searched or read;
    `topic_is_absent` is set where no sentence tells of its topic.
    `understood_by_model` is whether a language model made the question stand alone; `searched_again` is what was searched
    because it found the passages wanting.
    """

    question: str
    history: list[Turn]
    filters: Filters
    today: date
    language: str = "zh"
    control: str = ""
    wants_more: bool = False
    brought: frozenset[str] = frozenset()
    understood_by_model: bool = False
    interpretations: list[Interpretation] = field(default_factory=list)
    searched_again: list[Part] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    written: WrittenAnswer | None = None
    short_answer: str = ""
    table: TableFound | None = None
    overview: OverviewFound | None = None
    topic_is_absent: bool = False
    thoughts: str = ""
    refused: bool = False
    notes: list[str] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    answer: Answer | None = None
    timings: Timings = field(default_factory=Timings)
    tokens: Tokens = field(default_factory=Tokens)
    on_text: Callable[[str], None] | None = None

    @property
    def best(self) -> Interpretation:
        """The interpretation that is answered."""
        return self.interpretations[0]
