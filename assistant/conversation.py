"""Follow-ups made to stand alone: "那湖北呢?" after a question about 上海 asks the same of 湖北.

Rules over the standalone form of the turn before. A question that is complete is left as it is.
"""

from __future__ import annotations

import re

import rjieba

from assistant.model import Turn
from corpus.clean import fold
from corpus.places import places_in
from index.words import content_words

_YEAR = re.compile(r"(?:19|20)\d{2}年?|去年|今年|前年|明年|上年")
_WHAT_ABOUT = re.compile(
    r"^(?:那么?|那要是|如果是|换成|还有)?[，,\s]*(.+?)(?:呢|如何|怎么样|又如何)\s*[?？。]*$"
)
_POINTS_BACK = re.compile(
    r"它们?|他们?|她们?|其(?!中国|他|它|余|次|实)|该|此|这(?!里|一年来)|那(?:个|家|项|份|部|年|时|些|次|里|边|款|种)|上述|前者|后者|同期"
)
_STARTS_ELLIPTIC = re.compile(
    r"^(?:那么?|还有|另外|以及|同比|环比|增速|增幅|占比|具体|其中|为什么|为何|原因|什么时候|何时|哪年|多少|几个|谁|由谁|"
    r"是谁|是哪|是什么|哪个部门|哪家|哪些|有哪些|怎么|如何|目标|结果|再|详细|截止|期限|标准|金额|比例|"
    r"不是|不对|我问的|我是说|我指)"
)
_CORRECTION = re.compile(r"^(?:不是|不对|错了)[，,。\s]*|^(?:我(?:是)?(?:问|说|指)的?是?)")
_ASKING_TAIL = re.compile(
    r"(?:各|分别)?(?:是|为|有|达|达到|实现了?|完成了?)?(?:多少|几[个家项条]?|什么|怎样|如何|哪[些个家]|谁)[^，,；;]*[?？]*$|[?？]+$"
)
_ASKING_WORDS = re.compile(
    r"(?:各|分别)?(?:是|为|有|达到?)?(?:多少|几)[台个家项条人块桶款座位名篇部成]?(?:钱|元)?|什么时[候间]|何时|哪[年天月日里儿]|"
    r"什么|哪[些个家款座位]?|谁|是否|是不是|吗|呢|怎么样?|如何|[?？]"
)
_FEW_WORDS = 2
_LONGEST_FOLLOW_UP = 28
_AFTER_PLACE = r"(?:自治区|自治州|新区|省|市|州|区|县)?"


def standalone(question: str, history: list[Turn]) -> str:
    """`question` as it would be asked with nothing said before.

    Method: slot replacement. The follow-up's places and years take the place of those of the last question;
    another noun takes the place of the asked thing or of the subject, whichever it is like.
    """
    question = question.strip()
    if not history:
        return question
    before = history[-1].standalone_question.strip()
    corrected = _CORRECTION.sub("", question)
    if corrected != question:
        corrected = _CORRECTION.sub("", corrected)
        return _with_topic(corrected.lstrip("，,。 "), before)
    match = _WHAT_ABOUT.match(question)
    if match and len(match.group(1)) <= 20 and not _asks_itself(match.group(1)):
        return _swap(match.group(1).strip(), before)
    if is_complete(question, before):
        return question
    return _with_topic(question, before)


def readings(question: str, history: list[Turn]) -> list[str]:
    """The standalone forms a question may have, likeliest first.

    "客户认证要在什么时候前做完?" may go on with the topic or open a new one; what the corpus answers decides.
    """
    first = standalone(question, history)
    if not history or _CORRECTION.match(question):
        return [first]
    match = _WHAT_ABOUT.match(question.strip())
    if match and not places_in(question) and not _YEAR.search(question):
        return list(dict.fromkeys([first, _in_frame(match.group(1), history[-1].standalone_question)]))
    if first != question.strip():
        return [first]
    names = [
        *places_in(question),
        *_YEAR.findall(question),
        *re.findall(r"《[^》]+》|[A-Za-z]{2,}", question),
    ]
    shared = set(content_words(question)) & set(content_words(history[-1].standalone_question))
    if len(names) >= 2 or (names and shared) or len(question) > _LONGEST_FOLLOW_UP:
        return [first]
    return [first, _with_topic(question.strip(), history[-1].standalone_question.strip())]


def _in_frame(asked: str, before: str) -> str:
    """`asked` in the place, year and manner of the question before: a goal stays a goal."""
    frame = "".join([*places_in(before)[:1], *(_year_form(year) for year in _YEAR.findall(before)[:1])])
    manner = next((word for word in ("目标", "预期") if word in before and word not in asked), "")
    return f"{frame}{asked}{manner}" + ("" if _asks_itself(asked) else "是多少")


def is_complete(question: str, before: str) -> bool:
    """Whether a question can be understood without the one before it."""
    if _POINTS_BACK.search(question) or _STARTS_ELLIPTIC.match(question):
        # "哪些省…" and "谁预测了人形机器人销量" start so and are still whole.
        own = [word for word in content_words(question) if word not in content_words(before)]
        return (
            not _POINTS_BACK.search(question) and len(own) >= _FEW_WORDS + 1 and not question.startswith("那")
        )
    words = content_words(question)
    return len(words) > _FEW_WORDS or bool(places_in(question) and len(words) > 1)


def _asks_itself(text: str) -> bool:
    return bool(re.search(r"多少|什么|哪|谁|何时|为何|如何|几", text))


def _swap(new: str, before: str) -> str:
    """The question before with its place, year, subject or asked thing replaced by `new`."""
    replaced = before
    new_places, old_places = places_in(new), places_in(before)
    new_years = _YEAR.findall(new)
    rest = new
    if new_years:
        old_years = _YEAR.findall(before)
        replaced = (
            replaced.replace(old_years[0], _year_form(new_years[0])) if old_years else new_years[0] + replaced
        )
        rest = rest.replace(new_years[0], "")
    if new_places:
        if old_places:
            for extra in old_places[1:]:
                replaced = re.sub(rf"[和与跟、及]{extra}{_AFTER_PLACE}", "", replaced)
            replaced = re.sub(rf"{re.escape(old_places[0])}{_AFTER_PLACE}", new_places[0], replaced, count=1)
        else:
            replaced = new_places[0] + replaced
        for place in new_places:
            rest = re.sub(rf"{re.escape(place)}{_AFTER_PLACE}", "", rest)
    rest = re.sub(r"^(?:的|在|到|对|和)+|(?:的)$", "", rest.strip(" ，,的"))
    if not rest:
        return replaced
    if new_places or new_years:
        return _replace_asked(replaced, rest)
    return _replace_name(replaced, rest) or _replace_asked(replaced, rest)


def _year_form(year: str) -> str:
    return year if not year.isdigit() else f"{year}年"


def _replace_name(question: str, name: str) -> str:
    """`question` with its organisation or product replaced by `name`, or empty when neither is a name."""
    if not _is_name(name):
        return ""
    for old in _names_in(question):
        if old != name:
            return question.replace(old, name, 1)
    return ""


def _names_in(text: str) -> list[str]:
    """Latin words, quoted titles, and runs of nouns that end like an organisation."""
    found = re.findall(r"《[^》]+》|[A-Za-z][A-Za-z0-9\- ]*[A-Za-z0-9]", text)
    found += re.findall(
        r"[\u4e00-\u9fff]{2,8}?(?:公司|集团|科技|电子|银行|大学|研究院|委员会|部|局|光|积电|尔)(?![\u4e00-\u9fff]?长)",
        text,
    )
    found += [word for word, tag in rjieba.tag(text) if tag in {"nr", "nrt", "nt", "nz"} and len(word) >= 2]
    return list(dict.fromkeys(found))


def _is_name(text: str) -> bool:
    tags = {tag for _, tag in rjieba.tag(text)}
    return bool(_names_in(text)) or bool(tags & {"nr", "nt", "nz", "eng", "nrt"})


def _replace_asked(question: str, asked: str) -> str:
    """`question` asking for `asked` instead: its last content word before the asking tail makes room."""
    tail = _ASKING_TAIL.search(question)
    stem = question[: tail.start()] if tail else question
    pieces = [word for word, _ in rjieba.tag(stem)]
    places_and_years = set(places_in(question)) | set(_YEAR.findall(question))
    while len(pieces) > 1 and pieces[-1] in {
        "的",
        "是",
        "了",
        "有",
        "达",
        "达到",
        "为",
        "最高",
        "最多",
        "一共",
        "总共",
    }:
        pieces.pop()
    if len(pieces) > 1 and pieces[-1] not in places_and_years:
        pieces.pop()
    return "".join(pieces) + asked + ("是多少" if not _asks_itself(asked) else "")


def _with_topic(question: str, before: str) -> str:
    """`question` with the topic of the one before put in front of it."""
    stem = _ASKING_WORDS.sub("", before).strip(" ，,。的")
    question = re.sub(r"^(?:那么?|还有|另外)[，,\s]*", "", question)
    question = _POINTS_BACK.sub("", question, count=1) if _POINTS_BACK.match(question) else question
    new_places, old_places = places_in(question), places_in(stem)
    if new_places and old_places:
        stem = re.sub(rf"{re.escape(old_places[0])}{_AFTER_PLACE}", "", stem, count=1)
    if _YEAR.search(question):
        stem = _YEAR.sub("", stem)
    known = set(content_words(fold(question)))
    if set(content_words(stem)) <= known:
        return question
    return f"{stem} {question}"
