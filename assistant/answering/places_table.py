"""The figure of each place that articles tell, where that of every place is asked for: "各省2025年集成电路产业的营收"."""

from __future__ import annotations

import re

from assistant.answering.headline import HeadlineScorer
from assistant.answering.short_answer import short_answer
from assistant.answering.table_cell import CellFound, figure_beside, in_one_unit, period_of
from assistant.checking.orders import is_order
from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer, contradicts
from assistant.state import Part
from assistant.understanding.question import Question
from corpus.language.places import PROVINCES, places_in, plain_name
from corpus.language.quantities import Quantity, comparable, quantities_in

_MOST_ROWS = 24
_OF_PROVINCES = re.compile("[各些个]省")
_OF_CITIES = re.compile("[各些个](?:主要)?(?:城?市)")


def cells_of_places(
    asked: Question, value: Question, part: Part, scorer: Scorer, headlines: HeadlineScorer
) -> dict[str, CellFound]:
    """A cell for each place whose figure one sentence surely tells, best first.

    Args:
        asked: What is asked: "各省2025年集成电路产业的营收".
        value: The question for one place's figure, without the place.
        part: The question's one part, with its candidates.
        scorer: What tells how sure one may be of a sentence.
        headlines: What tells how sure one may be of a figure.
    """
    told: dict[str, list[Candidate]] = {}
    for candidate in part.candidates:
        if not contradicts(candidate):
            for place in _places_told(asked, candidate):
                told.setdefault(place, []).append(candidate)
    cells: dict[str, CellFound] = {}
    for place, candidates in told.items():
        confidence = scorer.confidence_of(candidates)
        if confidence >= scorer.threshold and len(cells) < _MOST_ROWS:
            cell = _cell(value, place, candidates[0])
            if cell is not None and headlines.is_sure(cell.text, candidates, confidence):
                cells[place] = cell
    return _alike(asked, cells)


def _places_told(asked: Question, candidate: Candidate) -> list[str]:
    """The places that a sentence tells of, of the kind asked for; those of its article where it names none."""
    own = places_in(candidate.text) or places_in(candidate.hit.article.title)[:1]
    if not own and candidate.hit.article.region:
        own = [candidate.hit.article.region]
    names = list(dict.fromkeys(map(plain_name, own)))
    if _OF_PROVINCES.search(asked.text):
        return [name for name in names if name in PROVINCES]
    if _OF_CITIES.search(asked.text):
        return [name for name in names if name not in PROVINCES or name in _CITIES_THAT_ARE_PROVINCES]
    return names


_CITIES_THAT_ARE_PROVINCES = frozenset(["北京", "天津", "上海", "重庆"])


def _cell(value: Question, place: str, candidate: Candidate) -> CellFound | None:
    """The figure of a place; None where the sentence tells none, or of several places and not plainly which."""
    read = short_answer(value, candidate)
    named = [each for each in places_in(candidate.text) if plain_name(each) != place]
    if read and named:
        read = figure_beside(candidate.text, place, named, read)
    if not read or not quantities_in(read) or is_order(read):
        return None
    return CellFound(read, period=period_of(candidate), support=candidate)


def _alike(asked: Question, cells: dict[str, CellFound]) -> dict[str, CellFound]:
    """The cells whose figures are counted as that of the surest is, and pass the bound that the question names."""
    figures = {place: quantities_in(cell.text)[0] for place, cell in cells.items()}
    first = next(iter(figures.values()), None)
    kept = [
        place
        for place, figure in figures.items()
        if first is not None and comparable(first, figure) and _passes(asked, figure)
    ]
    columns = in_one_unit([cells[place] for place in kept])
    return dict(zip(kept, columns, strict=True))


def _passes(asked: Question, figure: Quantity) -> bool:
    """Whether a figure lies beyond the bound of a question that asks which places do; one of another unit does not."""
    bounds = asked.form.figures if "哪" in asked.text else ()
    if not bounds:
        return True
    if not comparable(bounds[-1], figure):
        return False
    return figure.value < bounds[-1].value if asked.form.is_below else figure.value >= bounds[-1].value


__all__ = ["cells_of_places"]
