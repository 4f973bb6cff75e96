"""The questions inside a question, one for each of its clauses that asks; what a later clause leaves out is put back.

"2023年全县茶叶产值多少亿，涨了几个点" leaves out of what it is asked how much it grew. A later clause either goes on with the
subject of the first (it begins with a verb or with the asking word, or names only a relation: 增速, 占比), or puts one
thing in the place of its like ("城区房租每月多少，郊区一年多少"), or brings a subject of its own and shares only time and place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import rjieba

from assistant.understanding.clause import (
    ASKING,
    ATTRIBUTE,
    LONGEST_BARE,
    PREDICATE,
    RELATION,
    Clause,
    is_noun,
)
from corpus.language.normalize import fold
from index.kinds import Kind, kind_of
from index.measure_asked import MEASURE

if TYPE_CHECKING:
    from assistant.understanding.question import Question

_ENDS_OF_CLAUSES = re.compile(r"(?<!\d)[,，]|[,，](?!\d)|[;；?？。!！]")
_CONNECTS = re.compile(r"(?:(?:那么|那|另外|同时|并且?|而且|以及|还有|又|里面|其中)(?=.)(?![些家个年天里]))+")
_PART_OF = re.compile("其中|里面")
_POINTS_BACK = re.compile(r"它们?|(?<![极尤])其(?![中他余次实它])")
_POINTS_AT_THE_ANSWER = re.compile("[他她]们?|这些|那些|该")
_NO_PART = re.compile(
    r"相?差|差距|[高低多少大小快慢长短重轻]了?(?:多少|几)|各?(?:是|有|为)?(?:多少|几[个家项]?)[^，,]{0,3}$|(?:谁|哪[一]?[个年月家项地]?)[^，,]{0,8}(?:更|最|较)?[多少高低大小快慢长短早晚]$"
)
"""What is no question for a thing of its own: which of those asked of is more, and by how much."""
_OF_A_THING = re.compile("多少|几|哪|什么(?!时)")
_COUNTS_THINGS = re.compile("(?:多少|几)[家户个人名位艘台辆所座件项款种只头株套]")
_OF_THE_WHOLE = frozenset([Kind.REASON, Kind.SUMMARY])
_ASKS_WHY = re.compile(r"(?:为什么|为何)(?=\w{2})|原因是")
_QUALIFIES = re.compile("^(?:主要|具体|直接|根本)的?")
_MOST_PARTS = 4
_LONGEST = 300
"""Characters of a question beyond which it is pasted text and not two questions."""
_SHORTEST = 2


def clauses_apart(question: Question) -> list[str]:
    """One question for each clause of `question` that asks, each with what it leaves out; none where there are not two.

    A clause that asks nothing is no part: one before the first that asks belongs to it, one after the last keeps the
    question whole.
    """
    if len(question.text) > _LONGEST:
        return []
    clauses = _clauses(question.text)
    asking = [place for place, clause in enumerate(clauses) if _asks(clause, is_first=place == 0)]
    if not 1 < len(asking) <= _MOST_PARTS or asking != list(range(asking[0], len(clauses))):
        return []
    first = "，".join(clauses[: asking[0] + 1])
    parts = [first]
    for clause in clauses[asking[0] + 1 :]:
        of = parts[-1] if _PART_OF.match(clause) else first
        if not (part := continued(of, clause)):
            return []
        parts.append(part)
    return parts


def continued(first: str, other: str) -> str:
    """`other`, a clause after `first`, as a question of its own; empty where it only makes sense beside the first.

    Args:
        first: A clause that asks, complete: "2022年城区房租每月多少".
        other: A later clause of the same question: "郊区一年多少".

    Returns:
        The later clause with the time, place and subject that it leaves out: "2022年郊区房租一年多少".
    """
    before = Clause(first)
    connective = _CONNECTS.match(other)
    after = Clause(other[connective.end() :] if connective else other)
    if _is_no_part(before, after, other):
        return ""
    if _POINTS_BACK.search(after.lead):
        of = before.subject
        return _POINTS_BACK.sub(lambda _: of, after.text, count=1) if of else ""
    if after.is_only_frame:
        return _in_other_frame(before, after)
    if after.goes_on:
        return _gone_on(before, after)
    subject = before.subject_at(after)
    if RELATION.fullmatch(after.name):
        return f"{subject}{after.asked_in_full}" if subject else ""
    if ATTRIBUTE.fullmatch(_QUALIFIES.sub("", after.name)):
        return f"{_ends_cut(subject)}{after.asked_in_full}" if subject else ""
    if connective and _PART_OF.search(connective.group()) and subject:
        return f"{subject}其中{after.asked_in_full}"
    if not after.tail and after.qualifies:
        return f"{after.lead}{before.text}"
    if after.is_complete and not (after.is_bare_measure and before.measure_at is not None):
        return before.frame_missing_in(after) + after.text
    return _with_like_replaced(before, after)


def _is_no_part(before: Clause, after: Clause, other: str) -> bool:
    """Whether `other`, the clause that `after` is read from, asks nothing that could be answered without the answer to `before`."""
    if _NO_PART.match(after.text) or _POINTS_AT_THE_ANSWER.match(after.text):
        return True
    if before.kind in _OF_THE_WHOLE or (kind_of(other) in _OF_THE_WHOLE and not _ASKS_WHY.match(other)):
        return True
    # "有哪几笔，各多少" asks of what the answer to the first will be.
    return other.startswith("各") and "各" not in before.text


def _clauses(question: str) -> list[str]:
    """The clauses of a question; a 、 parts two only where both ask."""
    clauses = [clause.strip() for clause in _ENDS_OF_CLAUSES.split(question) if clause.strip()]
    found: list[str] = []
    for clause in clauses:
        pieces = clause.split("、")
        alone = len(pieces) > 1 and all(ASKING.search(piece) for piece in pieces)
        found += pieces if alone else [clause]
    return found


def _asks(clause: str, *, is_first: bool) -> bool:
    return len(clause) >= _SHORTEST and bool(
        ASKING.search(clause) or (clause.endswith("呢") and not is_first)
    )


def _gone_on(before: Clause, after: Clause) -> str:
    """A clause that begins with its verb or its asking word, with what it goes on from."""
    of = before.subject_at(after)
    if not after.lead and _OF_A_THING.match(after.tail) and _names_only(after.after_unit):
        # "要布局多少个枢纽、多少个基地": what is done is the same.
        return f"{before.lead}{after.text}" if before.lead else ""
    if not of or before.kind is Kind.YES_NO:
        return ""
    return f"{of}{after.text}"


def _names_only(text: str) -> bool:
    """Whether a text names something and does nothing: 国家物流枢纽, not 天得补班."""
    return bool(text) and all(is_noun(word, tag) or tag[:1] in "nau" for word, tag in rjieba.tag(text))


def _ends_cut(subject: str) -> str:
    """A subject without the measure at its end: 新能源汽车 of 新能源汽车产量."""
    words = [word for word, _ in rjieba.tag(subject)]
    if len(words) > 1 and ATTRIBUTE.fullmatch(words[-1]):
        words.pop()
    return "".join(words)


def _in_other_frame(before: Clause, after: Clause) -> str:
    """The first clause asked of another time or place; empty where it names none to be replaced."""
    asked = before.text
    for mine, others in ((before.times, after.times), (before.places, after.places)):
        if others and not mine:
            return ""
        if others:
            asked = asked.replace(mine[0], others[0], 1)
    return asked


def _with_like_replaced(before: Clause, after: Clause) -> str:
    """The first clause with one thing in the place of its like: 郊区 of 城区."""
    new = rjieba.cut(after.name)
    old = [word for word, _ in before.words]
    span = _span_of_like(before, new, is_counted=bool(_COUNTS_THINGS.match(after.tail))) if new else None
    if span is None:
        return ""
    start, stop = span
    if not after.tail:
        return "".join([*old[:start], after.name, *old[stop:]]) + before.tail
    of = "".join([*old[:start], after.name, *old[stop : max(before.end_of_subject, stop)]])
    for time in before.times if after.times else []:
        of = of.replace(time, "", 1)
    return f"{''.join(after.times)}{of}{after.lead.partition(after.name)[2]}{after.tail}"


def _span_of_like(before: Clause, new: list[str], *, is_counted: bool) -> tuple[int, int] | None:
    """Which words of the first clause make room for `new`: those around a word that both have, a measure for a measure, else a noun.

    Of things that are counted (企业 of 企业多少家 after 产业规模多少) the number is a measure too.
    """
    old, tags = [word for word, _ in before.words], [tag for _, tag in before.words]
    marks = [at for at, word in enumerate(old) if word in {",", "，"}]
    things = [at for at in range(max(marks, default=-1) + 1, before.end_of_subject) if tags[at] != "frame"]
    shared = [word for word in new if word in old and word not in before.frame]
    if shared:
        word = next((each for each in shared if not PREDICATE.fullmatch(each)), shared[0])
        at, place = old.index(word), new.index(word)
        first = max((n + 1 for n in range(at) if tags[n] == "frame"), default=0)
        return max(at - place, first), min(at + len(new) - place, len(old))
    if not things:
        return None
    nouns = [at for at in things if is_noun(old[at], tags[at])]
    name = "".join(new)
    is_measure = len(name) <= LONGEST_BARE and bool(MEASURE.search(fold(name)))
    if (is_measure or is_counted) and before.measure_at is not None:
        start = before.measure_at
        while is_counted and start - 1 in things and MEASURE.search(fold(old[start - 1])):
            start -= 1
        return start, before.measure_at + 1
    if len(new) == 1 and len(nouns) > 1:
        # "医院床位多少张，护士多少人": what is counted stands last.
        at = nouns[-1] if is_counted else nouns[0]
        return at, at + 1
    stop = things[-1] + 1
    if before.measure_at is not None and len(nouns) > 1:
        stop = before.measure_at
    return things[0], stop
