"""A follow-up written out whole as edits: which of its tokens stay, and which spans of the conversation go between them.

"湖北呢" after "上海2025年集成电路产业的营收是多少" is "湖北" kept, "呢" left out, and "2025年…是多少" put behind. So nothing is written that
neither the follow-up nor the conversation holds, but for a few joining words. The form is that of Liu et al., "Incomplete Utterance
Rewriting as Semantic Segmentation" (2020), with at most one span a gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

JOINING = ("的", "是多少", "是什么", "有哪些", "和", "在", "吗", "目标", "比")
"""Words that may be put in though nobody wrote them; the first of the spans that are copied from."""
_DROPPED = 0.35
_SAYS_NOTHING = frozenset("呢吗嘛啊呀吧那么的，,。？?！! 了哦噢嗯")
_DROPPED_LIGHTLY = 0.05
_COPIED = 1.0
_FARTHER = 0.05
_ENDLESS = float("inf")


@dataclass(frozen=True)
class Source:
    """A text that spans are copied from: where its tokens begin and end in it, each [tokens]."""

    text: str
    begins: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True)
class Edits:
    """What makes a follow-up whole.

    Args:
        kept: whether each token of the follow-up stays.
        copied: for some gaps, numbered by the token behind them, the source and its first and last token.
    """

    kept: tuple[bool, ...]
    copied: dict[int, tuple[int, int, int]]


@dataclass(frozen=True)
class Rewriting:
    """A follow-up written out whole, and how likely each of its edits is right, all together 0 to 1."""

    text: str
    likelihood: float


def by_characters(text: str) -> Source:
    """A text with a token a character."""
    return Source(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))


def applied(edits: Edits, turn: Source, sources: Sequence[Source]) -> str:
    """The follow-up written out whole."""
    written = []
    for number in range(len(turn.begins) + 1):
        if number in edits.copied:
            source, first, last = edits.copied[number]
            written.append(sources[source].text[sources[source].begins[first] : sources[source].ends[last]])
        if number < len(turn.begins) and edits.kept[number]:
            written.append(turn.text[turn.begins[number] : turn.ends[number]])
    return "".join(written)


def edits_of(turn: Source, whole: str, sources: Sequence[Source]) -> Edits | None:
    """The fewest edits that make a follow-up into its whole form.

    Args:
        turn: the follow-up.
        whole: the same written out.
        sources: what may be copied from, the nearest first.

    Returns:
        None where it holds something that stands nowhere.
    """
    return _Search(turn, whole, sources).found()


_Place = tuple[int, int, bool]
"""A place of the whole form, a token of the follow-up, and whether the gap before it is filled."""
_Span = tuple[int, int, int]


class _Search:
    """The cheapest way through places of the whole form and tokens of the follow-up."""

    def __init__(self, turn: Source, whole: str, sources: Sequence[Source]) -> None:
        self._tokens = [turn.text[begin:end] for begin, end in zip(turn.begins, turn.ends, strict=True)]
        self._whole = whole
        self._spans = [_spans_at(whole, begin, sources) for begin in range(len(whole))]

    def found(self) -> Edits | None:
        width, length = len(self._tokens), len(self._whole)
        costs: dict[_Place, float] = {(0, 0, False): 0.0}
        came: dict[_Place, tuple[_Place, _Span | bool]] = {}
        for token, copied, at in product(range(width + 1), (False, True), range(length + 1)):
            place = (at, token, copied)
            if place not in costs:
                continue
            for there, more, did in self._steps(place):
                if costs[place] + more < costs.get(there, _ENDLESS):
                    costs[there] = costs[place] + more
                    came[there] = (place, did)
        ends = [(length, width, copied) for copied in (False, True) if (length, width, copied) in costs]
        return self._edits(min(ends, key=costs.__getitem__), came) if ends else None

    def _edits(self, place: _Place, came: dict[_Place, tuple[_Place, _Span | bool]]) -> Edits:
        """What led to a place."""
        kept, spans = [False] * len(self._tokens), {}
        while place in came:
            before, did = came[place]
            if isinstance(did, tuple):
                spans[place[1]] = did
            else:
                kept[before[1]] = did
            place = before
        return Edits(tuple(kept), spans)

    def _steps(self, place: _Place) -> Iterator[tuple[_Place, float, _Span | bool]]:
        """Where one may go from a place: there, at what cost, and what is copied or whether the token is kept."""
        at, token, copied = place
        if token < len(self._tokens):
            text = self._tokens[token]
            if self._whole.startswith(text, at):
                yield (at + len(text), token + 1, False), 0.0, True
            light = all(character in _SAYS_NOTHING for character in text)
            yield (at, token + 1, False), _DROPPED_LIGHTLY if light else _DROPPED * len(text), False
        if not copied and at < len(self._whole):
            for length, cost, span in self._spans[at]:
                yield (at + length, token, True), cost, span


def _spans_at(whole: str, at: int, sources: Sequence[Source]) -> list[tuple[int, float, _Span]]:
    """Spans of the sources that read as the whole form does from a place: length, cost, and where they stand."""
    best: dict[int, tuple[float, _Span]] = {}
    for number, source in enumerate(sources):
        for first, begin in enumerate(source.begins):
            if source.text[begin] != whole[at]:
                continue
            for last in range(first, len(source.begins)):
                length = source.ends[last] - begin
                if not whole.startswith(source.text[begin : source.ends[last]], at):
                    break
                cost = _COPIED + _FARTHER * number
                if cost < best.get(length, (_ENDLESS,))[0]:
                    best[length] = (cost, (number, first, last))
    return [(length, cost, span) for length, (cost, span) in best.items()]
