"""Furniture of saved pages: menus, buttons, log-in, share, footers, link lists. Neither title nor text.

Each line gets a chance of being furniture from what it is (its length and marks, words that pages use, see
`data/page_words.tsv`) and where it stands (in a run of short lines, above or below the running text, how much of it is
linked). The weights are fitted on pages marked by hand (`python -m evals.reading.furniture`). Only what stands above or
below the running text can be furniture: lines between are text whatever they look like.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path

from corpus.labels import is_label

_DATA = Path(__file__).parent / "data"
_MARKS = re.compile("[，。；！？：、]")
_SENTENCE = re.compile("[，。；]")
_SPACE = re.compile(r"\s")
_NOT_WORDS = re.compile(r"[\W_]+")
_DATE_OR_TIME = re.compile(
    r"^\W*(?:(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)?\s*(?:\d{1,2}[:：时]\d{2}(?:[:：分]\d{2}秒?)?)?\W*$"
)
_ATTACHED_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|ofd|zip|rar)$|^https?://\S+$")
_STRUCTURE = re.compile(
    r"^(?:第[一二三四五六七八九十百零〇\d]+[编章节条]|[（(]?[一二三四五六七八九十]{1,3}[、）)．.]|\d{1,2}[.．、]|附[件：录]|目\s*录$|——)"
)
_OFFICIAL = re.compile(
    r"(?:(?:政府|国务院|部|委|委员会|厅|局|办公厅|办公室|总署|总局|银行|大会|法院)$|^[（(][^（）()]*[）)]$|[〔\[（(]\d{4}[〕\])）]\d+号|"
    r"令$|第.{1,6}号$|[省市州区县席长]\s?\S{2,6}$|[\d一二三四五六七八九十〇○]{1,4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$)"
)
_SALUTATION = re.compile(r"(?:各|代表|单位|政府|委|局|同志|主席团|你们)\S*[：:]$")
_FIRST_ARTICLE = re.compile(r"^第[一1]条(?:\s|$|【)")
_BODY_LINE, _LONG_BODY_LINE = 18, 60
_LOOK_AHEAD, _NEIGHBOURS = 4, 5
_SHORT = 12
_WORDS_THAT_PART, _LEAST_SHARE = 3, 0.1
_PIECE = 20
THRESHOLD = 0.5


@cache
def _page_words() -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {"line": set(), "part": set(), "before": set()}
    for row in (_DATA / "page_words.tsv").read_text("utf-8").splitlines():
        if "\t" in row:
            kind, word = row.split("\t")
            kinds[kind].add(_NOT_WORDS.sub("", word).lower() if kind == "line" else word.lower())
    return {kind: frozenset(words) for kind, words in kinds.items()}


@cache
def _weights() -> dict[str, float]:
    rows = (_DATA / "furniture_weights.tsv").read_text("utf-8").splitlines()
    return {name: float(weight) for name, weight in (row.split("\t") for row in rows)}


def is_page_word(line: str) -> bool:
    """Whether a line holds what only pages have beside their texts: a button, a footer's notice."""
    words, low = _page_words(), line.strip().lower()
    return (
        _NOT_WORDS.sub("", low) in words["line"]
        or any(part in low for part in words["part"])
        or bool(_ATTACHED_FILE.search(low))
        or (len(low) <= 40 and any(low.startswith(word) for word in words["before"]))
    )


def body_span(lines: Sequence[str], rows: Collection[int] = ()) -> tuple[int, int]:
    """First and last line of the running text; the first is `len(lines)` where there is none. `rows` of tables are text.

    Stretches of running text that page words part count only where they hold a fair share of all its characters: a
    page's footer has sentences too.
    """
    stretches = _stretches(lines, rows)
    sizes = [sum(max(len(lines[number]), 1) for number in stretch) for stretch in stretches]
    large = [
        stretch
        for number, (stretch, size) in enumerate(zip(stretches, sizes, strict=True))
        if size >= _LEAST_SHARE * sum(sizes) and not _says_again(lines, stretch, stretches[:number])
    ]
    return (large[0][0], large[-1][-1]) if large else (len(lines), -1)


def _stretches(lines: Sequence[str], rows: Collection[int]) -> list[list[int]]:
    """Numbers of running lines, parted where several page words stand between two."""
    stretches: list[list[int]] = []
    words = 0
    for number, line in enumerate(lines):
        if number in rows or _is_running(lines, number):
            if not stretches or words >= _WORDS_THAT_PART:
                stretches.append([])
            stretches[-1].append(number)
            words = 0
        else:
            words += is_page_word(line)
    return stretches


def _says_again(lines: Sequence[str], stretch: list[int], before: list[list[int]]) -> bool:
    """Whether a stretch repeats what stands above it: some pages hold their text twice."""
    above = _SPACE.sub("", "".join(lines[number] for each in before for number in each))
    here = _SPACE.sub("", "".join(lines[number] for number in stretch))
    pieces = [here[at : at + _PIECE] for at in range(0, len(here) - _PIECE, _PIECE)]
    return bool(above and pieces) and sum(piece in above for piece in pieces) > 0.7 * len(pieces)


def _is_running(lines: Sequence[str], number: int) -> bool:
    line = lines[number]
    if len(line) < _BODY_LINE:
        return bool(_FIRST_ARTICLE.match(line) or (_SALUTATION.search(line) and not is_label(line)))
    if not _SENTENCE.search(line) or is_page_word(line):
        return bool(_SALUTATION.search(line)) and not is_page_word(line)
    if len(line) >= _LONG_BODY_LINE and ("。" in line or "；" in line):
        return True
    near = [*lines[max(0, number - _LOOK_AHEAD) : number], *lines[number + 1 : number + 1 + _LOOK_AHEAD]]
    alike = sum(len(each) >= _BODY_LINE and bool(_SENTENCE.search(each)) for each in near)
    return alike >= 2 or (alike == 1 and any(len(each) >= _LONG_BODY_LINE for each in near))


def features_of(
    lines: Sequence[str], span: tuple[int, int], linked: Sequence[float] = ()
) -> dict[int, dict[str, float]]:
    """What is known of each line above and below the running text, by the line's number and by name.

    Args:
        lines: The lines of a page in order.
        span: First and last line of the running text.
        linked: For every line the share of its characters that are links, where the page tells.

    Returns:
        For every such line its features, each 0 to 1.
    """
    first, last = span
    words = [is_page_word(line) for line in lines]
    short = [len(line) <= _SHORT and not _MARKS.search(line.rstrip("：:")) for line in lines]
    times = Counter(lines)
    found = {}
    for number in [*range(min(first, len(lines))), *range(max(last + 1, first), len(lines))]:
        line = lines[number]
        before = slice(max(0, number - _NEIGHBOURS), number)
        after = slice(number + 1, number + 1 + _NEIGHBOURS)
        around = words[before] + words[after]
        found[number] = {
            "bias": 1.0,
            "page_word": float(words[number]),
            "no_words": float(not re.search(r"\w", line)),
            "one_or_two": float(len(line) <= 2),
            "label_length": float(3 <= len(line) <= 8),
            "line_length": float(9 <= len(line) <= 25),
            "long": float(len(line) > 60),
            "sentence": float(bool(re.search("[。；！？]", line))),
            "comma": float("，" in line or "、" in line),
            "colon_end": float(line.endswith(("：", ":"))),
            "address": float("http" in line or "www." in line),
            "date_or_time": float(bool(_DATE_OR_TIME.match(line))),
            "figures": float(line.isdigit()),
            "latin": float(line.isascii()),
            "structure": float(bool(_STRUCTURE.match(line))),
            "official": float(bool(_OFFICIAL.search(line))),
            "label": float(is_label(line)),
            "short_before": sum(short[before]) / _NEIGHBOURS,
            "short_after": sum(short[after]) / _NEIGHBOURS,
            "words_around": sum(around) / len(around) if around else 0.0,
            "next_to_word": float(any(words[max(0, number - 1) : number + 2])),
            "above": float(number < first),
            "below": float(number > last),
            "far": min(1.0, max(first - number, number - last, 0) / 20),
            "word_between": float(
                any(words[number + 1 : first]) if number < first else any(words[last + 1 : number])
            ),
            "again": float(times[line] > 1),
            "linked": linked[number] if linked else 0.0,
        }
    return found


def chances(
    lines: Sequence[str],
    span: tuple[int, int],
    linked: Sequence[float] = (),
    weights: dict[str, float] | None = None,
) -> list[float]:
    """For every line the chance that it is furniture; 0 for what stands within the running text, its `span`."""
    first, last = span
    found = [0.0] * len(lines)
    if not any(is_page_word(line) for line in [*lines[:first], *lines[max(last + 1, first) :]]):
        return found
    weights = _weights() if weights is None else weights
    for number, features in features_of(lines, span, linked).items():
        score = sum(weights.get(name, 0.0) * value for name, value in features.items())
        found[number] = 1 / (1 + math.exp(-score))
    return found
