"""A question as it is understood, read once: all that follows the parse reads this and not the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.understanding.decompose import asking_clauses, parts_of
from assistant.understanding.each_place import value_of_each_place
from assistant.understanding.form_asked import FormAsked
from assistant.understanding.frame_asked import FrameAsked
from assistant.understanding.goal_met import MORE_THAN_GOAL, goal_and_result
from assistant.understanding.grid import GridAsked, grid_asked
from assistant.understanding.operation import OperationAsked
from assistant.understanding.overview_asked import OverviewAsked, overview_asked
from corpus.language.bodies import bodies_in
from corpus.language.companies import companies_in
from corpus.language.nations import nations_in
from corpus.language.normalize import readable
from corpus.language.quantities import unit_asked
from index.query import Filters, Query, query_of
from index.question import ParsedQuestion


@dataclass(frozen=True)
class Question(ParsedQuestion):
    """What search reads of a question (`index.question.ParsedQuestion`), and what answering needs besides.

    Made by `parse`; each fact is read when it is first needed, and then known.
    """

    @cached_property
    def searched(self) -> Question:
        """The question without the words that say "as it is now"; itself where it has none."""
        return self if self.searched_text == self.text else Question(self.searched_text, self.today)

    @cached_property
    def operation(self) -> OperationAsked:
        """What is to be done with figures."""
        return OperationAsked(self.text, self.folded)

    @cached_property
    def form(self) -> FormAsked:
        """In which form the answer is wanted."""
        return FormAsked(self.text, self.folded)

    @cached_property
    def frame(self) -> FrameAsked:
        """What is asked of besides places: holidays, months, orders, roles."""
        return FrameAsked(self.text)

    @cached_property
    def bodies(self) -> tuple[str, ...]:
        """The bodies of state and party that it names, under their plain names."""
        return tuple(bodies_in(self.text))

    @cached_property
    def nations(self) -> tuple[str, ...]:
        """The nations that it names."""
        return tuple(nations_in(self.text))

    @cached_property
    def companies(self) -> tuple[str, ...]:
        """The companies that it names."""
        return companies_in(self.text)

    @cached_property
    def figure_unit(self) -> str:
        """The unit in which it asks for a figure ("多少万吨": 吨); empty where it names none."""
        return unit_asked(self.text)

    @cached_property
    def grid(self) -> GridAsked | None:
        """Its parts as a grid of places, names, times and measures; None where they make none."""
        return grid_asked(self)

    @cached_property
    def parts(self) -> tuple[Question, ...]:
        """The questions inside it, one for each thing that it asks; itself where it asks one."""
        is_told_one_by_one = self.grid is not None and self.operation.of_parts is None
        texts = list(self.grid.cells) if self.grid and is_told_one_by_one else parts_of(self)
        return (self,) if texts == [self.text] else tuple(parse(text, self.today) for text in texts)

    @cached_property
    def value_of_each_place(self) -> Question | None:
        """The question for the figure of one place, where that of each is asked for ("各省…的营收"); else None."""
        text = value_of_each_place(self)
        return parse(text, self.today) if text else None

    @cached_property
    def overview(self) -> OverviewAsked | None:
        """The overview that it asks for; None where it asks for anything else."""
        return overview_asked(self)

    @cached_property
    def clauses(self) -> tuple[Question, ...]:
        """Its clauses that ask something."""
        texts = asking_clauses(self.text)
        return (self,) if texts == [self.text] else tuple(parse(text, self.today) for text in texts)

    @cached_property
    def goal_and_result(self) -> tuple[Question, ...]:
        """The questions for the goal and the result, where it asks whether a goal was reached; else none."""
        return tuple(parse(text, self.today) for text in goal_and_result(self.folded))

    @cached_property
    def is_gap_to_goal(self) -> bool:
        """Whether it asks by how much a result missed its goal, or passed it."""
        return bool(MORE_THAN_GOAL.match(self.folded))

    def query(self, filters: Filters | None = None) -> Query:
        """What the index is asked."""
        return query_of(self, filters)


def parse(text: str, today: date | None = None) -> Question:
    """A standalone question as it is understood.

    Args:
        text: The question.
        today: The day from which "去年" counts; None where it is not known.
    """
    return Question(readable(text), today)


def read_queries(text: str, filters: Filters | None = None, today: date | None = None) -> list[Query]:
    """A query for each thing that a question asks: one for each place or year it compares."""
    return [part.query(filters) for part in parse(text, today).parts]


def question_of(query: Query) -> Question:
    """The parse that a query was made of; a new one where its text came from elsewhere."""
    return query.parsed if isinstance(query.parsed, Question) else parse(query.question)
