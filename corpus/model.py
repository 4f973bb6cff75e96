"""The three things the corpus is made of: articles, their sections, and the passages cut from them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from pydantic import BaseModel, Field, field_validator
from pydantic_core import PydanticCustomError

from corpus.language.periods import PARTIAL_DATE


class Section(BaseModel):
    """A heading and the text under it, as spans of the cleaned article.

    `path` holds the headings from the outermost to this one (the article's title is not in it).
    `start:end` is the body without the heading line.
    """

    path: list[str] = Field(default_factory=list)
    start: int
    end: int

    @property
    def heading(self) -> str:
        """The section's own heading; empty for the text before the first heading."""
        return self.path[-1] if self.path else ""


class ArticleTable(BaseModel):
    """A table of an article: its grid as printed, and the lines of the article's text that its rows became.

    `lines` maps a row of the grid to the span of its line in the text; head rows have none. A cell that spans
    several places stands in each of them in `cells`; `spans` are (row, column, rows, columns) of such cells.
    """

    start: int
    end: int
    cells: list[list[str]]
    head_rows: int = 1
    head_columns: int = 1
    caption: str = ""
    unit: str = ""
    spans: list[tuple[int, int, int, int]] = Field(default_factory=list)
    lines: dict[int, tuple[int, int]] = Field(default_factory=dict)


class PagePlace(BaseModel):
    """Where the text from `start` on (to the next place) stands in the printed original.

    `page` counts from 1; `box` is left, top, right and bottom as shares (0 to 1) of the page, or None where only the
    page is known; `confidence` is that of character recognition, 1 for digital text.
    """

    start: int
    page: int
    box: tuple[float, float, float, float] | None = None
    confidence: float = 1.0


class Layout(BaseModel):
    """How an article was printed: its tables, and where its lines stand on the pages of its file."""

    tables: list[ArticleTable] = Field(default_factory=list)
    places: list[PagePlace] = Field(default_factory=list)

    def places_of(self, start: int, end: int) -> list[PagePlace]:
        """The places that the text's `start:end` stands on, in order."""
        firsts = [place.start for place in self.places]
        return self.places[max(0, bisect_right(firsts, start) - 1) : bisect_left(firsts, end)]

    def table_at(self, start: int) -> ArticleTable | None:
        """The table whose lines hold the text's position `start`, or None."""
        return next((table for table in self.tables if table.start <= start < table.end), None)


class Article(BaseModel):
    """One published text.

    `text` is the cleaned text that every span in the house points into: paragraphs and headings, one a
    line, without markup. `date` is an ISO date that may stop at the year or the month ("2025",
    "2025-03", "2025-03-05") or is empty when nothing in the input tells it. `issuer` is the body that
    issued it, `number` its document number ("银发〔2021〕259号"), `kind` the kind of text ("通知"),
    `collection` the one collection it belongs to (empty: everybody may see it);
    `signed` is the day under a document where it differs from its publication, `effective` and `expires` from when
    and until when a rule holds; all three are ISO dates or empty. `origins` tells where each of these was read (see
    `corpus.metadata`). `part_of` is the id of the first document of a file that holds several, for those after it; empty
    for all others. `layout` is how it was printed; an index keeps it beside the article (`Catalogue.layout`).
    """

    id: str
    title: str
    text: str
    sections: list[Section]
    date: str = ""
    source: str = ""
    region: str = ""
    url: str = ""
    file: str = ""
    issuer: str = ""
    number: str = ""
    kind: str = ""
    collection: str = ""
    signed: str = ""
    effective: str = ""
    expires: str = ""
    origins: dict[str, str] = Field(default_factory=dict)
    part_of: str = ""
    layout: Layout = Field(default_factory=Layout, exclude=True)

    @field_validator("date", "signed", "effective", "expires")
    @classmethod
    def _date_is_partial_iso(cls, value: str) -> str:
        if value and not PARTIAL_DATE.match(value):
            raise PydanticCustomError("reason_no_date", "no date as YYYY, YYYY-MM or YYYY-MM-DD")
        return value

    @property
    def year(self) -> int | None:
        """The year of publication, or None when the date is unknown."""
        return int(self.date[:4]) if self.date else None


class Passage(BaseModel):
    """What is embedded and cited: whole sentences of one section.

    `text == article.text[start:end]` always holds. `periods` are the stretches of time the passage speaks of,
    in ISO 8601 ("2024", "2024-03", "2024-01/2024-09", see `corpus.language.periods`), `years` the years in them.
    `lead` is the sentence that announces the list whose later items the passage begins with ("应当具备下列条件："),
    or the head of the table whose later rows it begins with.
    """

    id: str
    article_id: str
    position: int
    text: str
    heading_path: list[str] = Field(default_factory=list)
    start: int
    end: int
    years: list[int] = Field(default_factory=list)
    periods: list[str] = Field(default_factory=list)
    lead: str = ""
