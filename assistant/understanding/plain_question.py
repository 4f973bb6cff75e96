"""A question that holds figures against each other, put so that its parts can be told apart.

"谁的雨量最少，多少" asks the figure that the comparison needs anyway, "比上一年" names a year, "（2024年）" at the end is the
time of the whole.
"""

from __future__ import annotations

import re

_TIME_AT_THE_END = re.compile(r"[（(]((?:19|20)\d{2}年?[^（()）]{0,6})[)）]\s*[?？。]*$")
_AND_HOW_MUCH = re.compile(
    r"[，,;；?？](?:大概|大约)?(?:各自?|分别|又)?(?:是|为|有|到|达)?(?:多少|百分之几|几[个家项成]?)[^，,?？]{0,5}[?？。]*$"
)
_WHICH = re.compile(
    r"(?:谁|哪[一]?[个年月省市地家者方种类项]?)[^，,?？]{0,14}[高低多少大小快慢长短](?:些|一些|一点)?(?=[，,;；?？])"
)
_GAP = re.compile(r"[，,;；?？](?:相?差|差距)(?:是|了)?(?:多少|几)[^，,?？]{0,6}[?？。]*$")
_YEAR = re.compile(r"((?:19|20)\d{2})年")
_YEAR_BEFORE = re.compile(r"(?<=[比较])(?:上一?年|前一年)(?=[多少高低增减])")
_BY_HOW_MUCH = re.compile(
    r"(?:[多少高低]|增加|减少)了?出?(?:多少|几)(?:十|百|千|万|亿)*(?!个?百分点|个?点|成|倍|%)[亿万元个家人件辆吨次户套公美亩台座]"
)


def plainly_compared(question: str) -> str:
    """`question` with its time in front, without a second asking of what is compared, and with the year for "上一年"."""
    if at_end := _TIME_AT_THE_END.search(question):
        time = at_end.group(1)
        rest = question[: at_end.start()]
        question = (
            rest if time in rest or _YEAR.search(rest) else f"{time}{'' if '年' in time else '年'}{rest}"
        )
    if _WHICH.search(question):
        question = _AND_HOW_MUCH.sub("", question)
    years = set(_YEAR.findall(question))
    if len(years) == 1 and _BY_HOW_MUCH.search(question):
        question = _YEAR_BEFORE.sub(f"{int(years.pop()) - 1}年", question)
    return question


def with_gap_asked(question: str) -> str:
    """ "甲和乙谁高，差多少" as "甲和乙谁高": the gap is told with who is ahead; as it is where no gap is asked."""
    return _GAP.sub("", question) if _WHICH.search(question) else question
