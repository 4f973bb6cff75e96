"""What is known of an article besides its text, and where each piece was read from.

Every value has an origin: `field` (front matter, a record's field, a label under the title, the head of a
page), `file_name`, `title`, `first_lines`, `signature`, `document_number`, `session`, `url`, `correction`, and of a
collection `ingest` (it was given to the files as they were brought in).
What nothing tells stays empty; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from corpus.clean import fold
from corpus.places import places_in

_DAY = r"((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"
_LONE_DAY = re.compile(rf"^[^\d，。；》已自于]{{0,24}}?{_DAY}\s*(?:印发|发布|公布|电)?$")
_DAY_OF_SPEECH = re.compile(rf"^[\s\-—(]*{_DAY}\s*在?.{{0,12}}(?:代表大会|会[议議])")
_DAY_OF_ISSUE = re.compile(rf"{_DAY}\s*(?:修订|修正)?\s*(?:通过|发布|公布|印发|[^\d，。；]{{0,20}}令)")
_HISTORY = re.compile(rf"^[(（]\s*{_DAY}[^)）]*")
_DAYS = re.compile(rf"{_DAY}(?!\s*起?\s*(?:施行|实施|生效))")
_MEETING = re.compile(r"(?:行务|部务|局务|委务|常务|办公)会")
_DATE_IN_FILE_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")
_YEAR_IN_FILE_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=修订|修正|年|$|_\d{1,4}号|[_第])")
_DATE_IN_URL = re.compile(r"/((?:19|20)\d{2})[-/]?([01]\d)(?:[-/]?([0-3]\d))?/")
_TITLE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_ISO = re.compile(r"^((?:19|20)\d{2})[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?")
_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{1,12}?(?:发|函|规|令|公告|字|办|文|通))\s*[〔\[(【]\s*((?:19|20)\d{2})\s*[〕\])】]\s*第?\s*(\d{1,4})\s*号(?:令)?"
)
_NUMBERED_ORDER = re.compile(
    r"([\u4e00-\u9fff]{2,12}?)\s*[〔\[(【]\s*((?:19|20)\d{2})\s*[〕\])】]\s*第?\s*(\d{1,4})\s*号令"
)
_ORDER = re.compile(r"((?:国务院|[\u4e00-\u9fff]{2,12}[部委局行])令)\s*第\s*(\d{1,4})\s*号")
_ISSUERS_BY_NUMBER = {
    "国发": "国务院", "国办发": "国务院办公厅", "国函": "国务院", "国办函": "国务院办公厅", "银发": "中国人民银行",
    "银办发": "中国人民银行办公厅", "发改": "国家发展改革委", "工信部": "工业和信息化部", "财": "财政部",
}  # fmt: skip
_ISSUER_IN_TITLE = re.compile(r"^([\u4e00-\u9fff\s、]{2,80}?)关于")
_SESSION = re.compile(
    r"第([一二三四五六七八九十]{1,3})届全国人民代表大会第([一二三四五六七八九十]{1,2})次会[议議]"
)
_FIRST_SESSIONS = {1: 1954, 2: 1959, 3: 1964, 4: 1975, 5: 1978}
_LATE_SESSIONS = {(2, 3): 1962, (2, 4): 1963}
_KINDS = (
    "政府工作报告", "决议", "决定", "实施细则", "实施条例", "条例", "实施办法", "管理办法", "办法", "规定", "实施意见",
    "指导意见", "意见", "实施方案", "行动方案", "行动计划", "方案", "规划", "纲要", "通知", "公告", "通报", "公报", "批复",
    "解读", "工作报告", "报告", "法",
)  # fmt: skip
_FIRST_LINES, _LAST_LINES = 14, 8


@dataclass
class Metadata:
    """Values by name and where each was read; a value without origin is empty."""

    values: dict[str, str] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, value: str, origin: str) -> None:
        """Keep a value unless there is one already."""
        if value and not self.values.get(name):
            self.values[name] = value
            self.origins[name] = origin


def read_metadata(
    fields: dict[str, str], title: str, title_origin: str, lines: list[str], file: Path
) -> Metadata:
    """What fields, title, text (its `lines`) and the file's name tell of an article."""
    found = Metadata({"title": title}, {"title": title_origin})
    head = [fold(line) for line in lines[:_FIRST_LINES]]
    for name in ("source", "region", "url", "number", "issuer", "collection"):
        found.put(name, fields.get(name, "").strip(), "field")
    found.put("number", *_number([fold(title), *head]))
    _date(found, fields, fold(title), head, [fold(line) for line in lines[-_LAST_LINES:]], file)
    found.put("issuer", *_issuer(found.values.get("number", ""), title))
    found.put("kind", _kind(title), "title")
    places = places_in(title)
    if len(places) == 1:
        found.put("region", places[0], "title")
    return found


def _date(
    found: Metadata, fields: dict[str, str], title: str, head: list[str], tail: list[str], file: Path
) -> None:
    candidates = [each for each in _dates(found, fields, title, head, tail, file) if each[0]]
    if not candidates:
        return
    best, origin = candidates[0]
    # A year alone is made whole by a day of that year that the text gives.
    for each, where in candidates[1:]:
        if each.startswith(best) and len(each) > len(best):
            best, origin = each, where
            break
    found.put("date", best, origin)


def _dates(
    found: Metadata, fields: dict[str, str], title: str, head: list[str], tail: list[str], file: Path
) -> Iterator[tuple[str, str]]:
    """Every date that something tells, the surest first."""
    given = parse_date(fields.get("date", ""))
    if given:
        yield given, "field"
    name = _DATE_IN_FILE_NAME.search(file.stem)
    if name and (in_name := _iso(*name.groups())):
        yield in_name, "file_name"
    for line in head:
        history = _HISTORY.match(line)
        if history and (days := _DAYS.findall(history.group())):
            # A law lists its revisions; the last one is the text at hand.
            yield _iso(*days[-1]), "first_lines"
        match = _DAY_OF_SPEECH.match(line) or (_LONE_DAY.match(line) if len(line) <= 40 else None)
        if match:
            yield _iso(*match.groups()), "first_lines"
    for line in head:
        for match in _DAY_OF_ISSUE.finditer(line):
            if not _MEETING.search(line[match.start() : match.end() + 20]) and not _MEETING.search(
                match.group()
            ):
                yield _iso(*match.groups()), "first_lines"
    for line in reversed(tail):
        match = _LONE_DAY.match(line) if len(line) <= 40 else None
        if match:
            yield _iso(*match.groups()), "signature"
    if found.values.get("number") and (year := _TITLE_YEAR.search(found.values["number"])):
        yield str(int(year.group(1))), "document_number"
    if year := _TITLE_YEAR.search(title):
        yield str(int(year.group(1))), "title"
    for line in [title, *head[:6]]:
        if year_of_session := session_year(line):
            yield str(year_of_session), "session"
            break
    for text in (fields.get("url", ""), *head[:4]):
        if match := _DATE_IN_URL.search(text):
            yield _iso(*match.groups()), "url"
    if year := _YEAR_IN_FILE_NAME.search(file.stem):
        yield str(int(year.group(1))), "file_name"


def _number(lines: list[str]) -> tuple[str, str]:
    """The document number as "银发〔2021〕259号"; only of the article itself, so near the top."""
    for place, line in enumerate(lines):
        if place and (len(line) > 80 or "》" in line or "根据" in line):
            continue
        match = _NUMBER.search(line)
        if match:
            prefix = re.sub(r"^.*(?:关于|了|的|日)", "", match.group(1))
            digits = f"第{match.group(3)}号" if prefix.endswith(("令", "公告")) else f"{match.group(3)}号"
            return f"{prefix}〔{match.group(2)}〕{digits}", "title" if place == 0 else "first_lines"
        match = _NUMBERED_ORDER.search(line)
        if match:
            return (
                f"{match.group(1)}令〔{match.group(2)}〕第{match.group(3)}号",
                "title" if place == 0 else "first_lines",
            )
        match = _ORDER.search(line)
        if match:
            return f"{match.group(1)}第{match.group(2)}号", "title" if place == 0 else "first_lines"
    return "", ""


def _issuer(number: str, title: str) -> tuple[str, str]:
    if "令" in number or "公告" in number:
        return re.split("令|公告", number)[0], "document_number"
    match = _ISSUER_IN_TITLE.match(title)
    if match and match.group(1).strip().endswith(
        ("部", "委", "局", "行", "院", "厅", "会", "署", "办", "府", "办公室")
    ):
        return match.group(1).strip(), "title"
    for prefix in sorted(_ISSUERS_BY_NUMBER, key=len, reverse=True):
        if number.startswith(prefix):
            return _ISSUERS_BY_NUMBER[prefix], "document_number"
    return "", ""


def _kind(title: str) -> str:
    bare = re.sub(r"[（(][^（()）]*[)）]|[》\s]", "", title)
    if bare.endswith("的通知"):
        return "通知"
    return next(
        (kind for kind in _KINDS if bare.endswith(kind)), next((k for k in _KINDS[:-1] if k in bare), "")
    )


def session_year(text: str) -> int | None:
    """The year of a session of the National People's Congress ("第十四届全国人民代表大会第三次会议": 2025)."""
    match = _SESSION.search(text)
    if not match:
        return None
    congress, session = (_chinese_number(group) for group in match.groups())
    if not congress or not session:
        return None
    if (congress, session) in _LATE_SESSIONS:
        return _LATE_SESSIONS[congress, session]
    first = _FIRST_SESSIONS.get(congress) or 1983 + 5 * (congress - 6)
    return first + session - 1


def _chinese_number(text: str) -> int:
    """The value of a number up to 99; 0 for what is none ("一二")."""
    digits = {character: value for value, character in enumerate("零一二三四五六七八九")}
    tens, ten, ones = text.partition("十")
    if not ten:
        return digits.get(text, 0)
    return 10 * digits.get(tens, 1) + digits.get(ones, 0)


def parse_date(text: str) -> str:
    """`text` as a (partial) ISO date, or empty when it is none or no day of the calendar."""
    folded = re.sub(r"\s", "", fold(text))
    if re.fullmatch(r"(?:19|20)\d{2}年?", folded):
        return str(int(folded[:4]))
    match = _ISO.match(folded)
    return _iso(*match.groups()) if match else ""


def _iso(year: str, month: str, day: str | None) -> str:
    """An ISO date; empty when the calendar has no such month or day."""
    try:
        found = date(int(year), int(month), int(day or 1))
    except ValueError:
        return ""
    return found.isoformat() if day else f"{found:%Y-%m}"
