"""When an article was published and signed, and from when until when its rules hold: as printed, never guessed.

No date is made of a year that a text is about (a plan's last year, the year of a statistical report, a company's
founding), of a standard's number, or of a rule that is cited.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from corpus.language.normalize import fold
from corpus.language.numerals import number_of
from corpus.metadata.issuers import is_body_line

_DAY = r"((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"
_LONE_DAY = re.compile(
    rf"^[^\d，,。；;》已自于]{{0,24}}?{_DAY}\s*(?:印发|发布|公布|电|更新|第\s*\d+\s*期)?\s*[)）]?$"
)
_LONE_DAY_IN_FIGURES = re.compile(r"^[(（\[【]?((?:19|20)\d{2})([-/.])(\d{1,2})\2(\d{1,2})[)）\]】]?$")
_LONE_MONTH = re.compile(r"^[(（]?\s*((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月()\s*[)）]?$")
_UPDATED = re.compile(
    r"^(?:最后)?(?:更新|发布|发表)于?\s*[:：]?\s*((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*日?|\s*月)"
)
_DAY_OF_SPEECH = re.compile(rf"^\W*{_DAY}\s*(?:在|.{{0,12}}(?:代表大会|会[议議]))")
_SPEECH = re.compile(rf"^\W*{_DAY}\s*在")
_DAY_OF_ISSUE = re.compile(rf"{_DAY}\s*(?:修订|修正)?\s*(?:通过|发布|公布|印发|[^\d，,。；;]{{0,20}}令)")
_HISTORY = re.compile(rf"^[(（]\s*{_DAY}[^)）]*")
_HISTORY_LINE = re.compile(rf"^{_DAY}\s*(?!在)[^，,。；;]{{0,40}}?(?:通过|修订|修正|公布|发布|令|会议|决定)")
_DAYS = re.compile(rf"{_DAY}(?!\s*起?\s*(?:施行|实施|生效))")
_MEETING = re.compile(r"(?:行务|部务|局务|委务|常务|办公)会")
_DATE_IN_FILE_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")
_YEAR_IN_FILE_NAME = re.compile(
    r"(?<![\d\-—–－~至])((?:19|20)\d{2})(?=(?:年)?(?:修订|修正)|_\d{1,4}号|年?第\d{1,4}号)|(?<=_)((?:19|20)\d{2})(?=_|$)"
)
_MONTH_IN_FILE_NAME = re.compile(r"(?<![\d])((?:20)\d{2})[-_.]?(0[1-9]|1[0-2])()$")
_YEAR_OF_FILE_NAME = re.compile(r"^(20\d{2})[-_ ](?=[^\W\d_])|(?<=[^\W\d_])[-_ ](20\d{2})$")
"""A year before or after a name: no part of a standard's number, which ends in a figure before it, and no span of years."""
_DATE_IN_URL = re.compile(r"/((?:19|20)\d{2})[-/]?([01]\d)(?:[-/]?([0-3]\d))?/")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_YEAR_OF_REPORT = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(?=年?(?:修订|修正))|^\D{0,8}?((?:19|20)\d{2})年?[^，。]{0,16}政府工作报告|政府工作报告\D{0,3}((?:19|20)\d{2})"
)
_ISO = re.compile(r"^((?:19|20)\d{2})[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?")
_IN_WORDS = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_OWN_RULES = "本(?:法|条例|规定|办法|细则|意见|措施|通知|方案|规则|政策|决定|公告|规范|标准|制度|若干措施|政策措施|实施意见|实施办法|实施方案)"
_EFFECTIVE = re.compile(
    rf"(?:{_OWN_RULES}[^，,。；;]{{0,6}}?|^|[，,。；;、])自\s*{_DAY}\s*起?\s*(?:施行|实施|执行|生效|正式施行)"
)
_EXPIRES = re.compile(
    rf"有效期[至到]\s*(?:为)?\s*{_DAY}|(?:自\s*{_DAY}[^。；;]{{0,12}}?)?(?:至|到)\s*{_DAY}\s*(?:止|失效|废止)"
)
_SESSION = re.compile(
    r"第([一二三四五六七八九十]{1,3})届全国人民代表大会第([一二三四五六七八九十]{1,2})次会[议議]"
)
_FIRST_SESSIONS = {1: 1954, 2: 1959, 3: 1964, 4: 1975, 5: 1978}
_LATE_SESSIONS = {(2, 3): 1962, (2, 4): 1963}
_LAST_LINES, _SIGNED_WITHIN, _NAMES_ABOVE_DAY = 8, 80, 4
_PUT_ON_A_SITE_LATER = 366
_EARLIEST = 1900
_LONGEST_HISTORY = 600

Found = tuple[str, str]
"""A date and where it was read."""


def publication(
    fields: dict[str, str], title: str, head: Sequence[str], tail: Sequence[str], file: Path, number: str
) -> Found:
    """The article's date and its origin, empty where nothing tells it.

    Args:
        fields: What the file's fields and labels say; `date` or `published` count here.
        title: The title, folded.
        head: The first lines of the text, folded, days in words as figures.
        tail: The last ones.
        file: The file's name.
        number: The document number, whose year is better than none.
    """
    candidates = list(_dates(fields, title, head, tail, file, number))
    if not candidates:
        return "", ""
    best, origin = candidates[0]
    # A year alone is made whole by a day of that year that the text gives.
    for date, where in candidates[1:]:
        if date.startswith(best) and len(date) > len(best):
            return date, where
    return best, origin


def _dates(
    fields: dict[str, str], title: str, head: Sequence[str], tail: Sequence[str], file: Path, number: str
) -> Iterator[Found]:
    """Every date that something tells, the surest first."""
    for name in ("date", "published"):
        if given := parse_date(fields.get(name, "")):
            yield given, "field"
    found = _DATE_IN_FILE_NAME.search(file.stem)
    if found and (date := iso(*found.groups())):
        yield date, "file_name"
    yield from ((date, "first_lines") for date in _of_head(head) if date)
    if day := signature(head, tail):
        yield day, "signature"
    yield from ((date, "title") for date in _of_title(title) if date)
    if number and (year := _YEAR.search(number)):
        yield str(int(year.group(1))), "document_number"
    for line in [title, *head[:6]]:
        if year_of_session := session_year(line):
            yield str(year_of_session), "session"
            break
    for text in (fields.get("url", ""), *head[:4]):
        if match := _DATE_IN_URL.search(text):
            yield iso(*match.groups()), "url"
    yield from ((date, "file_name") for date in _of_file_name(file.stem) if date)


def _of_head(head: Sequence[str]) -> Iterator[str]:
    """Dates of the lines under a title: the last of a law's history, a line that is a day, the day of a speech."""
    days = sum(bool(_LONE_DAY_IN_FIGURES.match(line.strip())) for line in head)
    head = _closed(head[:20])
    for number, line in enumerate(head[:14]):
        history = _HISTORY.match(line)
        if history and (revisions := _DAYS.findall(history.group())):
            # A law lists its revisions; the last one is the text at hand.
            yield iso(*revisions[-1])
        elif _HISTORY_LINE.match(line):
            yield _last_of_history(head[number:14])
        match = _DAY_OF_SPEECH.match(line) or _UPDATED.match(line)
        match = match or (_LONE_DAY.match(line) if len(line) <= 40 else None)
        if match:
            yield iso(*match.groups())
        elif days == 1 and (figures := _LONE_DAY_IN_FIGURES.match(line.strip())):
            # Several are the days of a digest.
            yield iso(*figures.group(1, 3, 4))
        elif (month := _LONE_MONTH.match(line)) and number and is_body_line(head[number - 1]):
            yield iso(*month.groups())
    for line in head[:14]:
        for match in _DAY_OF_ISSUE.finditer(line):
            if not _MEETING.search(line[match.start() : match.end() + 20]) and not _MEETING.search(
                match.group()
            ):
                yield iso(*match.groups())


def _closed(lines: Sequence[str]) -> list[str]:
    """Lines, with a history in brackets that goes over several of them as one."""
    found: list[str] = []
    for line in lines:
        open_history = (
            found and re.match(rf"^[(（]\s*{_DAY}", found[-1]) and not re.search("[)）]", found[-1])
        )
        if open_history and len(found[-1]) < _LONGEST_HISTORY:
            found[-1] += line
        else:
            found.append(line)
    return found


def _last_of_history(lines: Sequence[str]) -> str:
    """The day of the last line of a law's history, a line a revision; a line of when it holds is none."""
    last = ""
    for line in lines:
        days = _DAYS.findall(line) if _HISTORY_LINE.match(line) else []
        if not days and not re.match(rf"^{_DAY}", line):
            break
        last = iso(*days[-1]) if days and not _MEETING.search(line) else last
    return last


def _of_title(title: str) -> Iterator[str]:
    """The year of a report of a government, or of a revision; a title that is nothing but a date."""
    whole = parse_date(title)
    if whole and re.fullmatch(r"[\d\s\-/.年月日]+", title):
        yield whole
    if match := _YEAR_OF_REPORT.search(title):
        yield str(int(next(year for year in match.groups() if year)))


def _of_file_name(stem: str) -> Iterator[str]:
    if match := _YEAR_IN_FILE_NAME.search(stem):
        yield str(int(next(year for year in match.groups() if year)))
    if match := _MONTH_IN_FILE_NAME.search(stem):
        yield iso(*match.groups())
    if match := _YEAR_OF_FILE_NAME.search(stem):
        year = match.group(1) or match.group(2)
        # What is still to come is the end of a plan.
        if int(year) <= dt.date.today().year:
            yield year


def signature(head: Sequence[str], tail: Sequence[str]) -> str:
    """The day under a document: below the names of bodies, or on one of the last lines."""
    for number, line in enumerate(head[:_SIGNED_WITHIN]):
        match = _LONE_DAY.match(line) if len(line) <= 30 else None
        above = [each for each in head[max(0, number - _NAMES_ABOVE_DAY) : number] if each]
        if match and number > 2 and above and (is_body_line(above[-1]) or is_person_line(above[-1])):
            return iso(*match.groups())
    for line in reversed(tail[-_LAST_LINES:]):
        match = _LONE_DAY.match(line) if len(line) <= 40 else None
        if match:
            return iso(*match.groups())
    return ""


def is_person_line(line: str) -> bool:
    """Whether a line signs with an office and a name ("总理　李克强")."""
    return bool(
        re.match(
            r"^(?:国务院)?(?:总理|主席|部长|主任|局长|省长|市长|行长|署长|委员长)\s*\S{1,2}\s?\S{1,4}$",
            line.strip(),
        )
    )


def signing(fields: dict[str, str], head: Sequence[str], tail: Sequence[str]) -> Found:
    """The day that a document was signed: what a label says, else the day under it."""
    if given := parse_date(fields.get("signed", "")):
        return given, "field"
    if day := signature(head, tail):
        return day, "signature"
    speech = next((match for line in head[:14] if (match := _SPEECH.match(line))), None)
    return (iso(*speech.groups()), "first_lines") if speech else ("", "")


def is_republished(signed: str, published: str) -> bool:
    """Whether a document was put on a site more than a year after it was signed."""
    if len(signed) != len("2024-01-01") or len(published) != len(signed):
        return False
    return (dt.date.fromisoformat(published) - dt.date.fromisoformat(signed)).days > _PUT_ON_A_SITE_LATER


def validity(fields: dict[str, str], lines: Iterable[str]) -> tuple[Found, Found]:
    """From when and until when the article's own rules hold."""
    found: dict[str, Found] = {
        name: (given, "field")
        for name in ("effective", "expires")
        if (given := parse_date(fields.get(name, "")))
    }
    for line in lines:
        if "起" not in line and "有效期" not in line and "止" not in line:
            continue
        own = re.search(_OWN_RULES, line) is not None or "现公布" in line or "现予公布" in line
        if own and (match := _EFFECTIVE.search(line)) and found.get("effective", ("", ""))[1] != "field":
            found["effective"] = iso(*match.groups()), "text"
        if own and (match := _EXPIRES.search(line)) and found.get("expires", ("", ""))[1] != "field":
            parts = [group for group in match.groups() if group]
            found["expires"] = iso(*parts[-3:]), "text"
    return found.get("effective", ("", "")), found.get("expires", ("", ""))


def session_year(text: str) -> int | None:
    """The year of a session of the National People's Congress ("第十四届全国人民代表大会第三次会议": 2025)."""
    match = _SESSION.search(text)
    if not match:
        return None
    congress, session = (number_of(group) or 0 for group in match.groups())
    if not congress or not session:
        return None
    if (congress, session) in _LATE_SESSIONS:
        return _LATE_SESSIONS[congress, session]
    first = _FIRST_SESSIONS.get(congress) or 1983 + 5 * (congress - 6)
    return first + session - 1


def days_in_figures(line: str) -> str:
    """A line with its days in words as figures ("二〇〇四年六月二十六日": 2004年6月26日)."""
    return _IN_WORDS.sub(_figures, line) if "月" in line else line


def _figures(match: re.Match[str]) -> str:
    year, month, day = map(number_of, match.groups())
    return f"{year}年{month}月{day}日" if year and month and day else match.group()


def parse_date(text: str) -> str:
    """`text` as a (partial) ISO date, or empty when it is none or no day of the calendar."""
    folded = re.sub(r"\s", "", days_in_figures(fold(text)))
    if re.fullmatch(r"(?:19|20)\d{2}年?", folded):
        return str(int(folded[:4]))
    match = _ISO.match(folded)
    return iso(*match.groups()) if match else ""


def iso(year: str, month: str, day: str | None) -> str:
    """A day, or a month where `day` is empty, in ISO 8601; empty where the calendar has none such."""
    if not 1 <= int(month) <= 12 or int(year) < _EARLIEST:
        return ""
    if not day:
        return f"{int(year)}-{int(month):02d}"
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
