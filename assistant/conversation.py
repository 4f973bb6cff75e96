"""Follow-ups made to stand alone: "那湖北呢?" after a question about 上海 asks the same of 湖北.

Rules over the standalone forms of the turns before. Where a follow-up may be read in more than one way, every reading is
given and what the corpus answers decides. A question that is complete is left as it is.
"""

from __future__ import annotations

import re

import rjieba

from assistant.model import Turn
from assistant.small_talk import reply_to
from assistant.time_words import is_only_time, times_in, with_time_of, without_times, year_beside
from corpus.clean import fold
from corpus.places import places_in
from index.words import content_words

_LEAD = re.compile(
    # "好的,那江苏呢" leads in; "好的政策有哪些" asks.
    r"^(?:(?:(?:好的?|嗯+|哦+|行|对|明白了?|知道了|懂了|收到|了解了?|ok|谢谢你?|多谢|谢了)[啊呀吧啦]?[，,。!！\s]+|"
    r"那么|那就|那(?!个|家|项|份|部|年|时|些|次|里|边|款|种|天|几|批|条|场|位|座)|还有(?!什么|哪|没|别)|另外|顺便问一?下?|请问|再问一?下?|对了|嗯|哦)[，,。\s]*)+",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"^(?:(?:和|与|跟|同)[^，,?？]{1,10}?(?:相?比|差)|比(?!亚迪|[例重较如起特])|较(?![大小多高低快好长强])|相比)"
)
_POINTING = re.compile(
    r"^(?:它们?的?|其中|其(?!中|他|它|余|实|次)|[这那]个?(?![个些里边样么种次时一两家份部项款年天批])|两者的?|前者的?|后者的?|该[省市区县]?的?|此(?![外次时前后类]))(?=\w)"
)
_NATION = re.compile(r"(?:全国|我国)(?!人大|人民|政协|性|统一|碳)")
_ELSEWHERE = re.compile(
    r"(全国|我国|中国|(?:其他|其它|其余|别的)(?:省市?|省份|城市|地区|地方))(?:的?(?:情况|数据|水平))?"
)
_WHAT_ABOUT = re.compile(r"^(?:那要是|如果是|换成|换)?[，,\s]*(.+?)(?:呢|如何|怎么样|又如何)\s*[?？。]*$")
_POINTS_BACK = re.compile(
    r"它们?|他们?|她们?|其(?!中国|他|它|余|次|实)|[该此](?=[省市区县地法令部办条公企项年])|这(?!里|一年来|两?个?省)|那(?:个|家|项|份|部|年|时|些|次|里|边|款|种|天)|"
    r"上述|前者|后者|两者|同期|当年|当天|同年"
)
_STARTS_ELLIPTIC = re.compile(
    r"^(?:同比|环比|增速|增幅|占比|具体|其中|为什么|为啥|为何|原因|什么时候|何时|哪年|多少|几个|谁|由谁|从|以|按|到|比|跟|和|"
    r"是谁|是哪|是什么|哪个部门|哪家|哪些|有哪些|怎么|如何|目标|结果|实际|最后|再|详细|截止|期限|标准|金额|比例|增长|图什么|核谁|后来)"
)
_CORRECTION = re.compile(
    r"^(?:(?:不好意思|抱歉|对不起|哦不|哦|不是|不对|错了错了|错了|弄错了|说错了|搞错了)[，,。、\s]*)*"
    r"(?:(?:其实)?我(?:是|其实)?(?:想|要)?(?:问|说|指|看|知道)?(?:的)?(?:其实)?(?:是)?|应该是|是(?!否|不是|什么|谁|哪))?"
)
_SAYS_CORRECTED = re.compile(
    r"不好意思|抱歉|对不起|^哦?不[是对]?[，,]|错了|^(?:哦)?[，,]?(?:其实)?我(?:是|其实)?(?:想|要)?(?:问|说|指|看)|^不是"
)
_NOT_BUT = re.compile(
    r"^不?是?(?P<not>[^，,]{1,14})[，,](?:而?是|我(?:问|指|说|要|想看|要看|想问)的?是?)?(?P<but>.+)$"
)
_BUT_NOT = re.compile(r"^(?P<but>[^，,]{1,14})[，,]不是.+$")
_RETURN = re.compile(
    r"^(?:那|我们|咱们)?(?:再|还是)?(?:回到|说回|问回|再?回头(?:看|说|再?问)?|接着(?=前面|刚才|上面)|再说回)(?P<topic>[^，,?？]{1,16}?)(?:[，,](?P<rest>.+)|(?P<short>呢)?[?？。]*)$|"
    r"^(?:刚才|前面|之前|最开始)(?:说|提到?|讲|问)的?(?P<topic2>[^，,?？]{1,14})[，,](?P<rest2>.+)$"
)
_RETURN_FILLERS = re.compile(
    r"^(?:一开始|最开始|前面|刚才|之前|上面)的?|那个|那条|那一?项|那版|的数$|那个数$"
)
_MORE = re.compile(
    r"(?:请|能|能不能|能否|可以)?(?:再|也|分别|分品类)?(?:更|说得?)?(?:详细|具体|展开|仔细|细|多)(?:地|的|一?点|一?些)?(?:[讲说介谈给]{1,2}绍?|解释|说明)?(?:[讲说]|几[条句]|一下|一点|点|些)?[吧吗呢]?|"
    r"还有(?:别的|其他|什么|哪些)?(?:[^，,?？]{0,4})(?:吗|呢)|补充一?下|(?:继续|接着)(?:[说讲]|往下说)?[吧呀]?"
)
_ONLY_MORE = re.compile(rf"^(?:{_MORE.pattern}|[，,。?？!！\s])+$")
_OTHERS = re.compile(r"还有|别的|其他|什么|哪些|吗|呢|[?？]")
_BEGINS_MORE = re.compile(
    r"^(?:请)?(?:再|能不能再|可以再)(?:具体|详细|展开|细|多|说)[^，,]{0,4}(?:说说|讲讲|点|一点|些|说)?[，,]?"
)
_DEMONSTRATED = re.compile(
    r"(?:该|此|这个?|那个?|这份|那份|这部)(省|市|区|县|地区|办法|规定|条例|细则|指南|方案|通知|政策|意见|文件|令)"
)
_THAT_YEAR = re.compile(r"那[一]?年|当年|同年|该年")
_DOCUMENT = re.compile(
    r"《[^》]+》|[^\s，,的《》]{2,24}(?:办法|规定|条例|细则|指南|方案|通知|意见|行动计划|规划)|第?\d+号令"
)
_ASKING_TAIL = re.compile(
    r"(?:各|分别)?(?:是|为|有|达|达到|实现了?|完成了?|做到|用了?|卖了?|投了?|发了?|造了?|做了?)?(?:多少|几[个家项条]?|什么|怎样|怎么样|如何|哪[些个家]|谁|多[高大快长])[^，,；;]*[?？]*$|[?？]+$"
)
_ASKING_WORDS = re.compile(
    r"(?:各|分别)?(?:是|为|有|达到?)?(?:多少|几)[台个家项条人块桶款座位名篇部成]?(?:钱|元)?|什么时[候间]|何时|哪[年天月日里儿]|"
    r"什么|哪[些个家款座位]?|谁|是否|是不是|吗|呢|怎么样?|如何|多[高大快长]|[?？]"
)
_MEASURE = re.compile(
    r"(?:增[速幅长]|涨幅|产量|销量|出口|进口|进出口|营收|收入|利润|金额|规模|总量|总额|总产|单产|人数|人次|数量|占比|份额|比重|比例|目标|预期|上限|下限|"
    r"门槛|起点|标准|期限|日期|面积|亩产|进度|投资|价格|率|就业|量|额|值|绝对量|外币|人民币|年限|定义|时间)(?:目标|增速|增幅)?$"
)
_FEW_WORDS = 2
_LONGEST_FOLLOW_UP = 28
_AFTER_PLACE = r"(?:自治区|自治州|新区|省|市|州|区|县)?"


def standalone(question: str, history: list[Turn]) -> str:
    """`question` as it would be asked with nothing said before: the likeliest of its `readings`."""
    return readings(question, history)[0]


def wants_more(question: str) -> bool:
    """Whether the last answer is to be told at length: "再详细点"."""
    return bool(_ONLY_MORE.match(question.strip()) or _BEGINS_MORE.match(question.strip()))


def readings(question: str, history: list[Turn]) -> list[str]:
    """The standalone forms a question may have, likeliest first, at most three.

    Method: slot replacement. The follow-up's places and times take the place of those of the last question; another
    noun takes the place of the asked thing or of the subject, whichever it is like. "客户认证要在什么时候前做完?" may go on with
    the topic or open a new one; what the corpus answers decides.
    """
    question = question.strip()
    turns = [turn for turn in history if not reply_to(turn.question)]
    if not turns:
        return [question]
    forms = _readings(question, turns)
    return list(dict.fromkeys(form for form in forms if form))[:3]


def _readings(question: str, turns: list[Turn]) -> list[str]:
    before = turns[-1].standalone_question.strip()
    if (back := _RETURN.match(question)) and len(turns) > 1:
        return _returned(back, turns)
    if _ONLY_MORE.match(question):
        # "还有其他原因吗" asks for more of another thing.
        named = question.startswith("还有") and _own_words(_OTHERS.sub("", question), before)
        return [before, _with_topic(question, before)] if named else [before]
    if _BEGINS_MORE.match(question):
        question = _BEGINS_MORE.sub("", question)
        if not question.strip("遍次吧吗?？。 "):
            return [before]
        return [_with_topic(question, before), question]
    if _SAYS_CORRECTED.search(question):
        return _corrected(question, before)
    plain = _LEAD.sub("", question)
    resolved = _resolved(plain, before)
    if resolved != plain and not _POINTS_BACK.search(resolved) and _own_words(resolved, before) >= _FEW_WORDS:
        return [resolved, _with_topic(plain, before)]
    if _COMPARES.match(plain) and len(places_in(plain)) <= 1 and len(plain) <= _LONGEST_FOLLOW_UP:
        return [_with_topic(resolved, before), plain]
    asked = _ASKING_WORDS.sub("", plain).strip(" ，,。的")
    if (places_in(asked) or times_in(asked) or _ELSEWHERE.fullmatch(asked)) and not _rest_of(
        _ELSEWHERE.sub("", asked)
    ):
        return _what_about(asked, before)
    match = _WHAT_ABOUT.match(plain)
    if match and len(match.group(1)) <= 20 and not _asks_itself(match.group(1)):
        return _what_about(match.group(1).strip(), before)
    if is_complete(plain, before):
        if _is_surely_complete(plain, before):
            return [plain]
        return [plain, _with_topic(plain, before)]
    if len(plain) <= 8 and not _asks_itself(plain):
        return _what_about(plain.strip("?？。，, "), before)
    return [_with_topic(resolved, before), plain]


def _returned(back: re.Match[str], turns: list[Turn]) -> list[str]:
    """ "回到上海那个数,在全国排第几?" goes on with the turn that spoke of it."""
    topic = _RETURN_FILLERS.sub(
        "", _RETURN_FILLERS.sub("", back.group("topic") or back.group("topic2") or "").strip()
    )
    topic = topic.strip("的，, ")
    rest = (back.group("rest") or back.group("rest2") or "").strip()
    turn = max(
        turns[:-1] or turns, key=lambda each: _shared(topic, f"{each.standalone_question}{each.answer}")
    )
    base = turn.standalone_question
    if not rest or rest.strip("?？") == "呢":
        return [base if topic in base else _what_about(topic, base)[0]]
    named = base if topic and topic not in fold(base) and is_only_time(topic) else ""
    if named:
        base = with_time_of(base, topic)
    with_name = f"{topic} {rest}" if topic and topic not in rest else rest
    return [_with_topic(rest, base), with_name]


def _shared(topic: str, text: str) -> float:
    pairs = {topic[n : n + 2] for n in range(len(topic) - 1)} or {topic}
    folded = fold(text)
    return sum(pair in folded for pair in pairs) / len(pairs)


def _corrected(question: str, before: str) -> list[str]:
    """ "不是,我问的是产量" asks the last question with one thing in another's place."""
    said = _CORRECTION.sub("", question, count=1).strip("，,。 ")
    denied = question.startswith("不是") and (
        contrast := _NOT_BUT.match(question.removeprefix("不是").strip("，, "))
    )
    if (denied and contrast is not None and len(contrast.group("not")) <= 10) or (
        contrast := _BUT_NOT.match(said)
    ):
        said = contrast.group("but")
    said = _CORRECTION.sub("", said, count=1).strip("，,。的 ") or said
    if _asks_itself(said) and is_complete(said, before):
        return [said, _with_topic(said, before)]
    return [*_what_about(said.rstrip("?？。"), before), _with_topic(said, before)]


def _what_about(new: str, before: str) -> list[str]:
    """The last question asked of `new`: of another place, time, subject, or another thing of the same subject."""
    new = _POINTING.sub("", _resolved(new, before)).removesuffix("是")
    if times_in(new):
        new = re.sub("的?同期", "", new)
    rest = _rest_of(new)
    if places_in(before) and (elsewhere := _ELSEWHERE.fullmatch(rest)):
        return [_at(with_time_of(before, new), elsewhere.group(1))]
    swapped = _swap(new, before)
    if not rest:
        return [swapped]
    if _MEASURE.search(rest) or not _is_name(rest):
        return [swapped, _with_topic(new + ("" if _asks_itself(new) else "是多少"), before)]
    return [swapped, _in_frame(new, before)]


def _resolved(question: str, before: str) -> str:
    """`question` with "该省", "那年" and "这个办法" replaced by what they mean."""
    resolved = question
    for match in _DEMONSTRATED.finditer(question):
        kind = match.group(1)
        if kind in {"省", "市", "区", "县", "地区"}:
            places = places_in(before)
            resolved = resolved.replace(match.group(), places[0], 1) if places else resolved
        elif found := _DOCUMENT.findall(before):
            resolved = resolved.replace(match.group(), found[-1], 1)
    for word in re.findall(r"下一年|后一年|次年|前一年|上一年", resolved):
        resolved = resolved.replace(word, year_beside(word, before), 1)
    years = [time.year for time in times_in(before) if time.year]
    if years:
        resolved = _THAT_YEAR.sub(_spelt(years[0]), resolved, count=1)
    return resolved


def _in_frame(asked: str, before: str) -> str:
    """`asked` in the place, time and manner of the question before: a goal stays a goal."""
    places, times = places_in(before)[:1], times_in(before)[:1]
    own = [] if places_in(asked) else places
    frame = "".join(own) + (
        "" if times_in(asked) or not times else _spelt(before[times[0].start : times[0].end])
    )
    manner = next((word for word in ("目标", "预期") if word in before and word not in asked), "")
    return f"{frame}{asked}{manner}" + ("" if _asks_itself(asked) else "是多少")


def _spelt(time: str) -> str:
    return f"{time}年" if re.fullmatch(r"\d{4}", time) else time


def is_complete(question: str, before: str) -> bool:
    """Whether a question can be understood without the one before it."""
    if _POINTS_BACK.search(question):
        return False
    words = [word for word in content_words(without_times(question)) if not word.isdigit()]
    if _STARTS_ELLIPTIC.match(question):
        # "哪些省…" and "谁预测了人形机器人销量" start so and are still whole.
        return _own_words(question, before) >= _FEW_WORDS + 1
    named = bool(places_in(question) or times_in(question) or re.search(r"《|[A-Za-z]{2,}", question))
    return len(words) > _FEW_WORDS or (named and len(words) >= _FEW_WORDS)


def _is_surely_complete(question: str, before: str) -> bool:
    names = [*places_in(question), *(time.year for time in times_in(question) if time.year)]
    names += re.findall(r"《[^》]+》|[A-Za-z]{2,}|\d+号令", question)
    words = content_words(without_times(question))
    shared = set(words) & set(content_words(before))
    return (
        len(names) >= 2
        or (bool(names) and (bool(shared) or len(words) > _FEW_WORDS))
        or len(question) > _LONGEST_FOLLOW_UP
    )


def _own_words(question: str, before: str) -> int:
    known = set(content_words(before))
    return sum(word not in known for word in content_words(without_times(question)))


def _asks_itself(text: str) -> bool:
    return bool(
        re.search(
            r"多少|什么|哪|谁|何时|为何|为啥|如何|几|吗|是否|是不是|怎么|多[高大快长久]|有没有|能不能|会不会|可不可以|[能可]否|怎样|总结|概括|[说讲]一?[说讲下]",
            text,
        )
    )


def _rest_of(new: str) -> str:
    """What `new` names besides places and times."""
    rest = without_times(new)
    for place in places_in(new):
        rest = re.sub(rf"{re.escape(place)}{_AFTER_PLACE}", "", rest)
    return re.sub(
        r"^(?:的|在|到|对(?!外|手|象)|和(?!平|谐)|与|及|、|截至|其中)+|(?:的|那边|那儿|这边)$",
        "",
        rest.strip(" ，,、的"),
    )


def _swap(new: str, before: str) -> str:
    """The question before with its place, time, subject or asked thing replaced by `new`."""
    replaced = with_time_of(before, new)
    new_places, old_places = places_in(new), places_in(before)
    if new_places:
        named = _joined_places(new, new_places)
        if old_places:
            replaced = _at(replaced, named)
        elif _NATION.search(replaced):
            replaced = _NATION.sub(named, replaced, count=1)
        else:
            replaced = named + replaced
    rest = _rest_of(new).removesuffix("是")
    if not rest:
        return replaced
    if new_places or times_in(new):
        return _replace_asked(replaced, rest)
    return _replace_name(replaced, rest) or _replace_asked(replaced, rest)


def _at(question: str, named: str) -> str:
    """`question` asked of `named` in place of its own places."""
    places = places_in(question)
    for extra in places[1:]:
        question = re.sub(rf"[和与跟、及]{extra}{_AFTER_PLACE}", "", question)
    return re.sub(rf"{re.escape(places[0])}{_AFTER_PLACE}", named, question, count=1)


def _joined_places(text: str, places: list[str]) -> str:
    """The first place of a text with those joined to it: "深圳和广州", "江苏苏州"."""
    names = "|".join(map(re.escape, places))
    run = re.search(rf"(?:{names}){_AFTER_PLACE}(?:[和与跟、及]?(?:{names}){_AFTER_PLACE})+", text)
    return run.group() if run else places[0]


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
    return bool(_names_in(text)) or bool(tags & {"nr", "nt", "nz", "eng", "nrt", "ns"})


def _replace_asked(question: str, asked: str) -> str:
    """`question` asking for `asked` instead: its last content word before the asking tail makes room."""
    tail = _ASKING_TAIL.search(question)
    stem = question[: tail.start()] if tail else question
    pieces = [word for word, _ in rjieba.tag(stem)]
    kept = set(places_in(question)) | {time.year for time in times_in(question)} | {"年", "月", "季度"}
    while len(pieces) > 1 and pieces[-1] in _FILLERS:
        pieces.pop()
    has_measure = bool(pieces) and bool(_MEASURE.search(pieces[-1]))
    if (
        len(pieces) > 1
        and pieces[-1] not in kept
        and not pieces[-1][0].isdigit()
        and (has_measure or _MEASURE.search(asked))
    ):
        last = pieces.pop()
        pieces += ["年"] * (last.startswith("年") and pieces[-1].isdigit())
    stem = "".join(pieces)
    shared = next((n for n in range(len(asked) - 1, 1, -1) if stem.endswith(asked[:n])), 0)
    return stem[: len(stem) - shared] + asked + ("是多少" if not _asks_itself(asked) else "")


_FILLERS = frozenset(
    ["的", "是", "了", "有", "达", "达到", "为", "最高", "最多", "一共", "总共", "共", "做到", "一"]
)


def _with_topic(question: str, before: str) -> str:
    """`question` with the topic of the one before put in front of it."""
    stem = _ASKING_WORDS.sub("", before).strip(" ，,。的")
    question = _LEAD.sub("", question)
    compares = _COMPARES.match(question)
    question = _POINTING.sub("", question)
    new_places, old_places = places_in(question), places_in(stem)
    if compares:
        return f"{stem} {question}"
    if new_places and old_places:
        stem = re.sub(rf"{re.escape(old_places[0])}{_AFTER_PLACE}", "", stem, count=1)
    told = times_in(question)
    if told and told[0].year:
        stem = without_times(stem)
    elif told and times_in(stem):
        stem = with_time_of(stem, question)
        question = without_times(question)
    known = set(content_words(fold(question)))
    if set(content_words(stem)) <= known:
        return question
    return f"{stem} {question}"
