"""The questions inside "how does … by A, B and C …": one for each of the means that it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import rjieba

from corpus.language.companies import companies_in, whole_name

if TYPE_CHECKING:
    from assistant.understanding.question import Question

_BY_MEANS = re.compile(
    r"^(?:(?:根据|结合|按照?)(?P<frame>[^，,]{2,40})[，,])?(?P<subject>[^，,]{2,24}?)是?(?:都是)?(?:如何|怎么|怎样)"
    r"(?:通过|借助|利用|依靠|靠)(?P<means>[^，,]{6,}?)[，,]?(?:来(?!源|产|自|年)|以(?![及前后来上下内外旧])|从而)(?P<aim>[^?？]{2,})[?？]?$"
)
_YEAR = re.compile(r"(?:19|20)\d{2}年")
_SAYS_NO_NAME = re.compile(r"(?:该|本|这家)?(?:公司|企业|集团)|其|它|当地|该[省市区县]")
_BETWEEN = re.compile("[、，,]|以及|并且?(?!购)")
_DONE = frozenset(["v", "vd", "vn"])
_SHORTEST, _FEWEST, _MOST = 4, 2, 5


def means_apart(question: Question) -> list[str]:
    """ "湖北是如何通过建设平台、引进人才来发展芯片产业的?" asks how it does each of the two; none for other questions."""
    match = _BY_MEANS.match(question.folded.strip())
    if match is None:
        return []
    means = _means_in(match.group("means"))
    if not _FEWEST <= len(means) <= _MOST or any(len(each) < _SHORTEST for each in means):
        return []
    if not match.group("frame") and not any(_is_done(each) for each in means):
        # "怎么通过线上申请和现场核验来办理登记" asks of the registration.
        return []
    frame, subject = match.group("frame") or "", match.group("subject")
    if _SAYS_NO_NAME.fullmatch(subject) and (named := companies_in(frame)):
        subject = whole_name(named[0], frame)
    year = _YEAR.search(frame)
    year_of_all = year.group() if year and not _YEAR.search(subject) else ""
    return [_asked(f"{subject}{year_of_all}", each) for each in means]


def _asked(of: str, means: str) -> str:
    return f"{of}如何{means}?" if _is_done(means) else f"{of}的{means}情况?"


def _is_done(means: str) -> bool:
    """Whether means are told as something done: 建设平台, not 平台建设."""
    first = next(iter(rjieba.tag(means)), ("", ""))
    return first[1] in _DONE


def _means_in(text: str) -> list[str]:
    """ "修订政策、变动管理层以及换届": "A、B和C" ends with a 和 between the last two, "处理道德与诚信事件" is one."""
    parts = _BETWEEN.split(text)
    if "以及" in text:
        return parts
    last = parts[-1]
    for joint in re.finditer("和(?![谐平睦])|及", last):
        before, after = last[: joint.start()], last[joint.end() :]
        if len(before) >= _SHORTEST and len(after) >= _SHORTEST:
            return [*parts[:-1], before, after]
    return parts
