"""What the assistant gives, and what it remembers of a chat."""

from __future__ import annotations

from pydantic import BaseModel, Field

from assistant.overview import Overview
from assistant.series import Series
from assistant.table import Table


class Citation(BaseModel):
    """A numbered mark in an answer: the exact span of the cleaned article that it stands on.

    `quote == article.text[start:end]`. `page` is the page of a PDF or a scan that the quote begins on, 0 where the
    original has no pages. `found`: a language model wrote its claim without a mark, and the passage was found for it afterwards.
    """

    n: int
    article_id: str
    title: str
    date: str = ""
    source: str = ""
    url: str = ""
    section: str = ""
    quote: str
    start: int
    end: int
    page: int = 0
    score: float = 0.0
    found: bool = False


class Timings(BaseModel):
    """Milliseconds per stage."""

    rewrite: float = 0.0
    retrieve: float = 0.0
    rerank: float = 0.0
    answer: float = 0.0
    verify: float = 0.0
    total: float = 0.0


class Tokens(BaseModel):
    """Tokens that a language model read and wrote in so many calls, as its endpoint counts them; 0 where it does not."""

    read: int = 0
    written: int = 0
    calls: int = 0


class Usage(BaseModel):
    """What a question cost: calls of a language model, tokens and money; None is unknown (`ASSISTANT_LLM_PRICE_…` set prices)."""

    calls: int = 0
    tokens_read: int | None = None
    tokens_written: int | None = None
    cost: float | None = None


class Flag(BaseModel):
    """A sentence of an answer that failed a check: `reason` is a message code, `detail` what it was about."""

    sentence: str
    reason: str
    detail: str = ""


class Calculation(BaseModel):
    """A sentence of an answer whose `result` stands in no article but follows from the figures of its citations."""

    sentence: str
    result: str


class Answer(BaseModel):
    """A checked answer, as `ask --json` prints it.

    `answer` holds markers such as [1]; a refusal is `refused`, whatever the text says. Where `written` is set a language
    model wrote it, in Markdown; else it quotes, and what looks like markup is the article's. `table` holds the same values
    where several are asked for side by side, `series` those of a table of times as numbers, `overview` the same sentences in their
    groups where an overview is asked for. `notes` are said to the person
    under it, `near` passages to look at when the answer is a refusal. `thoughts` is what the model thought, where it is to be
    shown: no part of the answer, and checked by nobody.
    """

    question: str
    standalone_question: str
    answer: str = ""
    short_answer: str = ""
    written: bool = False
    refused: bool = False
    confidence: float = 0.0
    citations: list[Citation] = Field(default_factory=list)
    table: Table | None = None
    series: Series | None = None
    overview: Overview | None = None
    calculations: list[Calculation] = Field(default_factory=list)
    flags: list[Flag] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)
    near: list[Citation] = Field(default_factory=list)
    thoughts: str = ""
    timings_ms: Timings = Field(default_factory=Timings)
    usage: Usage | None = None


class Turn(BaseModel):
    """A question already asked in this chat, in its standalone form, what was answered, in short too, and from which articles (titles, ids)."""

    question: str
    standalone_question: str
    answer: str = ""
    short_answer: str = ""
    titles: list[str] = Field(default_factory=list)
    articles: list[str] = Field(default_factory=list)

    @classmethod
    def after(cls, question: str, answer: Answer) -> Turn:
        """The turn that `question` and its answer make."""
        cited = [] if answer.refused else answer.citations
        return cls(
            question=question,
            standalone_question=answer.standalone_question,
            answer=answer.answer,
            short_answer="" if answer.refused else answer.short_answer,
            titles=list(dict.fromkeys(citation.title for citation in cited)),
            articles=list(dict.fromkeys(citation.article_id for citation in cited)),
        )
