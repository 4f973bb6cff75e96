"""A follow-up written out whole as edits: which of its tokens stay, and which spans of the conversation go between them.

"湖北呢" after "上海2025年集成电路产业的营收是多少" is "湖北" kept, "呢" left out, and "2025年…是多少" put behind. So nothing is written that
neither the follow-up nor the conversation holds, but for a few joining words. The form is that of Liu et al., "Incomplete Utterance
Rewriting as Semantic Segmentation" (2020), with at most one span a gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


class _Search:
    """The cheapest way through positions of the whole form and tokens of the follow-up."""

    def __init__(self, turn: Source, whole: str, sources: Sequence[Source]) -> None:
        self._tokens = [turn.text[begin:end] for begin, end in zip(turn.begins, turn.ends, strict=True)]
        self._whole = whole
        self._spans = [_spans_at(whole, begin, sources) for begin in range(len(whole))]

    def found(self) -> Edits | None:
        width, length = len(self._tokens), len(self._whole)
        costs = {(0, 0, False): 0.0}
        came: dict[tuple[int, int, bool], tuple[tuple[int, int, bool], tuple[int, int, int] | bool]] = {}
        for token in range(width + 1):
            for copied in (False, True):
                for at in range(length + 1):
                    here = (at, token, copied)
                    cost = costs.get(here, _ENDLESS)
                    if cost == _ENDLESS:
                        continue
                    for there, more, did in self._steps(here):
                        if cost + more < costs.get(there, _ENDLESS):
                            costs[there] = cost + more
                            came[there] = (here, did)
        ends = [(length, width, copied) for copied in (False, True) if (length, width, copied) in costs]
        if not ends:
            return None
        at = min(ends, key=costs.__getitem__)
        kept, spans = [False] * width, {}
        while at in came:
            before, did = came[at]
            if isinstance(did, tuple):
                spans[at[1]] = did
            else:
                kept[before[1]] = did
            at = before
        return Edits(tuple(kept), spans)

    def _steps(self, here: tuple[int, int, bool]):  # noqa: ANN202
        at, token, copied = here
        if token < len(self._tokens):
            text = self._tokens[token]
            if self._whole.startswith(text, at):
                yield (at + len(text), token + 1, False), 0.0, True
            light = all(character in _SAYS_NOTHING for character in text)
            yield (at, token + 1, False), _DROPPED_LIGHTLY if light else _DROPPED * len(text), False
        if not copied and at < len(self._whole):
            for length, cost, span in self._spans[at]:
                yield (at + length, token, True), cost, span


def _spans_at(
    whole: str, at: int, sources: Sequence[Source]
) -> list[tuple[int, float, tuple[int, int, int]]]:
    """Spans of the sources that read as the whole form does from a place: length, cost, and where they stand."""
    best: dict[int, tuple[float, tuple[int, int, int]]] = {}
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
