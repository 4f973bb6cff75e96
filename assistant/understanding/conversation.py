"""Follow-ups made to stand alone: "那湖北呢?" after a question about 上海 asks the same of 湖北.

Rules over the standalone forms of the turns before. Where a follow-up may be read in more than one way, every reading is
given and what the corpus answers decides. A question that is complete is left as it is.
"""

from __future__ import annotations

import re

import rjieba

from assistant.model import Turn
from assistant.understanding.phrases import ASKING_WORDS, MOST_CHARACTERS, is_aspect, is_measure
from assistant.understanding.slots import (
    COMPARES,
    ELSEWHERE,
    JOINT,
    LEAD,
    POINTING,
    asks_itself,
    in_time_of,
    own_words,
    rest_of,
    topic_of,
    what_about,
    with_meant,
    with_topic,
    without_thing,
)
from assistant.understanding.small_talk import reply_to
from assistant.understanding.time_words import is_only_time, times_in, with_time_of, without_times
from corpus.language.normalize import fold
from corpus.language.places import places_in
from index.measure_asked import MEASURE
from index.provision import PROVISION
from index.words import content_words

_WHAT_ABOUT = re.compile(
    r"^(?:那要是|如果是|换成|换)?[，,\s]{0,4}(.{1,40}?)(?:呢|如何|怎么样|又如何)\s*[?？。]*$"
)
_OF_THIS = re.compile(r"^([^，,?？]{1,10}?)的?呢[，,?？](?=.{3})")
_POINTS_BACK = re.compile(
    r"它们?|他们?|她们?|其(?!中国|他|它|余|次|实)|[该此](?=[省市区县地法令部办条公企项年])|^里[面头]|这(?!里|一年来|两?个?省)|那(?:年|时|些|里|边|天)|(?<![\w”》])那(?:个|家|项|份|部|次|款|种)|"
    r"上述|前者|后者|两者|同期|当年|当天|同年"
)
_STARTS_ELLIPTIC = re.compile(
    r"^(?:同比|环比|增速|增幅|占比|具体|其中|为什么|为啥|为何|原因|什么时候|何时|哪年|多少|几个|谁|由谁|从|以|按|到|比|跟|和|"
    r"是谁|是哪|是什么|哪个部门|哪家|哪些|有哪些|怎么|如何|目标|结果|实际|最后|再|详细|截止|期限|标准|金额|比例|增长|图什么|核谁|后来)"
)
_IT = re.compile(r"^(?:它们?的?|其(?![中他余次实它]))")
_ASKS_OF_GROWTH = re.compile("同比|环比|增[速幅长]|占比")
_WHO_OR_WHEN = re.compile(r"谁|什么时[候间]|何时|哪[一几]?[年天月日里儿家个]")
_ASKS_WHICH_MOST = re.compile(r"最[^，,]{1,6}哪|哪[^，,]{0,6}最")
_EXPLAINS = re.compile(
    r"^(?P<main>[^，,?？]{2,30})[，,?？]\s*我(?:是|其实)?(?:说|指|问)的?(?:是)?(?P<meant>[^，,?？]+?)[?？。]*$"
)
_CORRECTION = re.compile(
    r"^(?:(?:不好意思|抱歉|对不起|更正一?下?|哦不|哦|不是|不对|不不+|不(?=[，,])|错了错了|错了|弄错了|说错了|搞错了)[，,。、\s]*)*"
    r"(?:(?:其实)?我(?:是|其实)?(?:想|要)?(?:问|说|指|看|知道)?(?:的)?(?:其实)?(?:是)?(?:问)?|应该是|是问|是(?!否|不是|什么|谁|哪))?"
)
_SAYS_CORRECTED = re.compile(
    r"不好意思|抱歉|对不起|^更正|^哦?不[是对不]*[，,]|错了|^(?:哦)?[，,]?(?:其实)?我(?:是|其实)?(?:想|要)?(?:问|说|指|看)|^不是"
)
_NOT_BUT = re.compile(
    r"^不?是?(?P<not>[^，,]{1,14})[，,](?:而?是|我(?:问|指|说|要|想看|要看|想问)的?是?)?(?P<but>.+)$"
)
_BUT_NOT = re.compile(r"^(?P<but>[^，,]{1,14})[，,]不是.+$")
_RETURN = re.compile(
    r"^(?:那|我们|咱们)?(?:再|还是)?(?:回到|说回|问回|再?回头(?:看|说|再?问)?|接着(?=前面|刚才|上面)|再说回)(?P<topic>[^，,?？]{1,16}?)(?:[，,](?P<rest>.+)|(?P<short>呢)?[?？。]*)$|"
    r"^(?:刚才|前面|之前|最开始)(?:说|提到?|讲|问)的?(?P<topic2>[^，,?？]{1,14})[，,](?P<rest2>.+)$"
)
_THE_FIRST = re.compile(r"(?:一?开头|最初|最?开始|一开始|第一个问题?)")
_RETURN_FILLERS = re.compile(
    r"^(?:一开始|最开始|前面|刚才|之前|上面)的?|那个|那条|那一?项|那版|的数$|那个数$"
)
_MORE = re.compile(
    r"(?:请|能|能不能|能否|可以)?(?:再|也|分别|分品类)?(?:更|说得?)?(?:详细|具体|展开|仔细|细|多)(?:地|的|一?点|一?些)?(?:[讲说介谈给]{1,2}绍?|解释|说明)?(?:[讲说]|几[条句]|一下|一点|点|些)?[吧吗呢]?|"
    r"还有(?:别的|其他|什么|哪些)?(?:[^，,?？]{0,4})(?:吗|呢)|补充一?下|(?:继续|接着)(?:[说讲]|往下说)?[吧呀]?"
)
_ONLY_MORE = re.compile(rf"(?:{_MORE.pattern}){{1,3}}")
"""A clause that asks for more and nothing else. Three times at most: each may be read in several ways."""
_CLAUSE_ENDS = re.compile(r"[，,。?？!！\s]+")
_OTHERS = re.compile(r"还有|别的|其他|什么|哪些|吗|呢|[?？]")
_BEGINS_MORE = re.compile(
    r"^(?:请)?(?:再|能不能再|可以再)(?:具体|详细|展开|细|多|说)[^，,]{0,4}(?:说说|讲讲|点|一点|些|说)?[，,]?"
)
_NOUNS = frozenset(["n", "nz", "nt", "ns", "nr", "nrt", "eng", "vn", "j"])
_NAMES_NOTHING = frozenset([
    "办法", "规定", "条例", "细则", "数据", "部门", "稿子", "稿", "范围", "情况", "原因", "文件", "指南", "政策", "城市", "省份", "省市", "地区",
    "地方", "企业", "公司", "机构", "单位", "国家", "时间", "名字", "名称", "生效", "实施", "执行", "支持", "背景", "依据", "来源", "内容", "条件",
    "要求", "大关", "关口", "突破", "速度", "单月", "当月", "单日", "经济", "部分", "方面", "问题", "结果", "目标", "实际", "时候", "年份", "累计", "比例", "金额", "钱", "数字", "数", "东西", "事", "意思",
])  # fmt: skip
"""Nouns that ask for something of the topic and do not name another."""
_BARE_MEASURE = re.compile(
    r"(?:实际|预期|目标|计划|全年|累计|平均|人均|同比|环比|同期|当年|总|净|毛|的|它|其中?|进出口|[出进]口|产|销售?|营业?|收购|最[高低]|资产|负债|利润|"
    r"收入|支出|投资|贸易|成交|零售|市场|研发|资金|财政|税收|增加|合同|到位|发货|订单)*"
    r"(?:[量额率值价]|价格|增[速幅长]|占?比[重例]?|规模|面积|数量?|人[口数次]|产能|收|目标|预期|[上下]限|标准|期限|时间|进度)?"
)
"""What is measured without a word for what it is measured of: 净利润, 出口额, 实际产量."""
_FEW_WORDS = 2
_LONGEST_FOLLOW_UP = 28


def standalone(question: str, history: list[Turn]) -> str:
    """`question` as it would be asked with nothing said before: the likeliest of its `readings`."""
    return readings(question, history)[0]


def wants_more(question: str) -> bool:
    """Whether the last answer is to be told at length: "再详细点"."""
    return _asks_only_for_more(question.strip()) or bool(_BEGINS_MORE.match(question.strip()))


def _asks_only_for_more(question: str) -> bool:
    """Whether every clause asks for more of the last answer and for nothing else."""
    clauses = [clause for clause in _CLAUSE_ENDS.split(question) if clause]
    return bool(question) and all(_ONLY_MORE.fullmatch(clause) for clause in clauses)


def readings(question: str, history: list[Turn]) -> list[str]:
    """The standalone forms a question may have, likeliest first, at most three.

    Method: slot replacement. The follow-up's places and times take the place of those of the last question; another
    noun takes the place of the asked thing or of the subject, whichever it is like. "客户认证要在什么时候前做完?" may go on with
    the topic or open a new one; what the corpus answers decides.
    """
    question = question.strip()
    turns = [turn for turn in history if not reply_to(turn.question)]
    if not turns or len(question) > MOST_CHARACTERS:
        return [question]
    if of_rule := _provision_of_last(question, turns[-1]):
        return [of_rule]
    forms = [*_readings(question, _without_joined(turns), turns[-1]), _of_last_article(question, turns[-1])]
    return list(dict.fromkeys(form for form in forms if form))[:3]


def _provision_of_last(question: str, last: Turn) -> str:
    """ "第二条呢?" asked of the rule that was spoken of last; empty where the question names its own or asks for no 条."""
    plain = LEAD.sub("", question)
    match = PROVISION.search(plain)
    if match is None or nouns_brought(plain[: match.start()]) or "《" in plain:
        return ""
    if before := PROVISION.search(last.standalone_question):
        named = last.standalone_question[: before.start()]
        return f"{named}{plain[match.start() :]}"
    return f"{last.titles[0]}{plain[match.start() :]}" if last.titles else ""


def _of_last_article(question: str, last: Turn) -> str:
    """ "这个办法什么时候生效?" asked of the article that was quoted last; empty where the question brings its own frame."""
    plain = LEAD.sub("", question)
    goes_on = _POINTS_BACK.search(plain) or _STARTS_ELLIPTIC.match(plain) or not nouns_brought(plain)
    if not last.titles or not goes_on or places_in(plain) or times_in(plain) or _asks_only_for_more(plain):
        return ""
    if _SAYS_CORRECTED.search(plain):
        return ""
    asked = POINTING.sub("", _BEGINS_MORE.sub("", plain)).strip(" ，,")
    return f"{last.titles[0]} {asked}" if content_words(asked) else ""


def nouns_brought(question: str) -> frozenset[str]:
    """Names of things that a follow-up brings itself, which its answer must speak of: no places, times or measures."""
    plain = ASKING_WORDS.sub(" ", POINTING.sub("", _BEGINS_MORE.sub("", LEAD.sub("", question))))
    plain = re.sub(r"第?\d+号?令?|第", " ", without_times(plain))
    for place in places_in(plain):
        plain = plain.replace(place, " ")
    of_content = set(content_words(plain))
    return frozenset(
        word
        for word, tag in rjieba.tag(plain)
        if tag in _NOUNS
        and len(word) > 1
        and word[0] not in "这那该此"
        and word not in _NAMES_NOTHING
        and word in of_content
        and not MEASURE.search(word)
    )


def _without_joined(turns: list[Turn]) -> list[Turn]:
    """The turns to go on from: one that only had a topic put in front of it is not put in front of the next."""
    last = len(turns) - 1
    while last > 0 and turns[last].standalone_question.endswith(asked := LEAD.sub("", turns[last].question)):
        if turns[last].standalone_question == asked:
            break
        last -= 1
    return [*turns[: last + 1]]


def _swapped(new: str, before: str, last: Turn) -> list[str]:
    """What `new` makes of the last question, and where that is a topic with a question behind it, of the one it came from."""
    asked = last.standalone_question.strip()
    forms = what_about(new, before)
    if asked == before or COMPARES.match(LEAD.sub("", last.question)):
        return forms
    return [*what_about(new, asked)[:1], *forms]


def _readings(question: str, turns: list[Turn], last: Turn) -> list[str]:
    before = turns[-1].standalone_question.strip()
    if not _SAYS_CORRECTED.search(question) and (explained := _EXPLAINS.match(question)):
        return [
            _explained(form, explained.group("meant"))
            for form in _readings(explained.group("main"), turns, last)
        ]
    if (back := _RETURN.match(question)) and len(turns) > 1:
        return _returned(back, turns)
    if _asks_only_for_more(question):
        # "还有其他原因吗" asks for more of another thing.
        named = question.startswith("还有") and own_words(_OTHERS.sub("", question), before)
        return [before, with_topic(question, before)] if named else [before]
    if _BEGINS_MORE.match(question):
        question = _BEGINS_MORE.sub("", question)
        if not question.strip("遍次吧吗?？。 "):
            return [before]
        return [with_topic(question, before)]
    if _SAYS_CORRECTED.search(question):
        return _corrected(question, before, last)
    plain = LEAD.sub("", question)
    if of_this := _OF_THIS.match(plain):
        thing, asked = of_this.group(1), _IT.sub("", plain[of_this.end() :])
        joined = f"{thing}{asked}"
        if not asks_itself(asked):
            return what_about(asked.strip("?？。 "), what_about(thing, before)[0])
        if not nouns_brought(asked):
            return [f"{topic_of(form)}{asked}" for form in what_about(thing, before)[:1]]
        # "四川呢，今年怎么推集成电路?" asks of 四川.
        plain = joined
    if _ASKS_WHICH_MOST.search(plain) and not nouns_brought(plain) and not places_in(plain):
        return [f"{without_thing(before)}{JOINT}{plain}", plain]
    resolved = with_meant(plain, before)
    names_anew = own_words(resolved, before) >= _FEW_WORDS and bool(nouns_brought(resolved))
    if resolved != plain and not _POINTS_BACK.search(resolved) and names_anew:
        return [resolved, with_topic(plain, before)]
    if COMPARES.match(plain) and len(places_in(plain)) <= 1 and len(plain) <= _LONGEST_FOLLOW_UP:
        return [with_topic(resolved, before), plain]
    asked = ASKING_WORDS.sub("", plain).strip(" ，,。的")
    rest = rest_of(ELSEWHERE.sub("", asked))
    named_alone = not re.search("几|多[大高快长]", plain)
    if (is_aspect(rest) and named_alone) or (
        not rest and (places_in(asked) or times_in(asked) or ELSEWHERE.fullmatch(asked))
    ):
        return _swapped(asked, before, last)
    match = _WHAT_ABOUT.match(plain)
    if match and len(match.group(1)) <= 20 and not asks_itself(match.group(1)):
        thing = match.group(1).strip()
        by_itself = [f"{thing}是多少"] if _measures_a_thing_in_a_year(thing) else []
        # "旱地小麦今年的表现呢?" may be a question of its own.
        whole = [plain] if times_in(thing) and nouns_brought(thing) else []
        likeliest, *others = _swapped(thing, before, last)
        return [*by_itself, likeliest, *whole, *others]
    if is_complete(plain, before):
        if is_surely_complete(plain, before):
            in_time = in_time_of(plain, before) if is_measure(ASKING_WORDS.sub("", plain)) else plain
            return list(dict.fromkeys([in_time, plain]))
        names_nothing = not (nouns_brought(plain) or places_in(plain) or times_in(plain))
        if names_nothing:
            return [with_topic(resolved, before), plain]
        return list(dict.fromkeys([plain, in_time_of(plain, before), with_topic(plain, before)]))
    if (bare := ASKING_WORDS.fullmatch(plain.strip("?？。 "))) and (
        other := _asked_otherwise(bare.group(), before)
    ):
        return [other]
    if len(plain) <= 8 and not asks_itself(plain):
        return _swapped(plain.strip("?？。，, "), before, last)
    alone = len(content_words(plain)) >= _FEW_WORDS and not _POINTS_BACK.search(plain)
    # "从什么时候开始数?" names nothing that could be asked of.
    alone = alone and bool(nouns_brought(plain) or places_in(plain) or times_in(plain))
    return [with_topic(resolved, before), plain] if alone else [with_topic(resolved, before)]


def _explained(form: str, meant: str) -> str:
    """`form` with what a person says to have meant, where it does not say so itself: "首付不是总额"."""
    meant = re.sub(r"[，,]?不是.*$", "", meant)
    return form if set(content_words(meant)) <= set(content_words(form)) else what_about(meant, form)[0]


def _asked_otherwise(asks: str, before: str) -> str:
    """ "哪天?" after "报告是谁作的?" as "报告是哪天作的?"; empty where how much is asked, which no other asking word replaces."""
    found = ASKING_WORDS.search(before)
    if found is None or "多少" in found.group() or not _WHO_OR_WHEN.fullmatch(found.group()):
        return ""
    return f"{before[: found.start()]}{asks}{before[found.end() :]}" if _WHO_OR_WHEN.fullmatch(asks) else ""


def _returned(back: re.Match[str], turns: list[Turn]) -> list[str]:
    """ "回到上海那个数,在全国排第几?" goes on with the turn that spoke of it."""
    topic = _RETURN_FILLERS.sub(
        "", _RETURN_FILLERS.sub("", back.group("topic") or back.group("topic2") or "").strip()
    )
    topic = topic.strip("的，, ")
    rest = (back.group("rest") or back.group("rest2") or "").strip()
    earlier = turns[:-1] or turns
    if _THE_FIRST.fullmatch(topic):
        turn, topic = earlier[0], ""
    else:
        turn = max(earlier, key=lambda each: _shared(topic, f"{each.standalone_question}{each.answer}"))
    base = turn.standalone_question
    if not rest or rest.strip("?？") == "呢":
        return [base if topic in base else what_about(topic, base)[0]]
    named = base if topic and topic not in fold(base) and is_only_time(topic) else ""
    if named:
        base = with_time_of(base, topic)
    with_name = f"{topic}{JOINT}{rest}" if topic and topic not in rest else rest
    if _WHAT_ABOUT.match(rest):
        forms = _readings(rest, [turn], Turn(question=rest, standalone_question=base))
    else:
        forms = [with_topic(rest, base)]
    return forms if not topic or is_only_time(topic) else [*forms, with_name]


def _shared(topic: str, text: str) -> float:
    pairs = {topic[n : n + 2] for n in range(len(topic) - 1)} or {topic}
    folded = fold(text)
    return sum(pair in folded for pair in pairs) / len(pairs)


def _corrected(question: str, before: str, last: Turn) -> list[str]:
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
    said = said.removeprefix("问")
    if asks_itself(said) and is_complete(said, before):
        forms = [said, with_topic(said, before)]
        return forms if is_surely_complete(said, before) else forms[::-1]
    form = before
    *firsts, final = [each for each in re.split("[，,]", said.rstrip("?？。")) if each] or [said]
    for each in firsts:
        form = what_about(each, form)[0]
    forms = what_about(final, form) if firsts else _swapped(final, form, last)
    return [*forms, with_topic(said, before)] if asks_itself(said) else forms


def is_complete(question: str, before: str) -> bool:
    """Whether a question can be understood without the one before it."""
    if _POINTS_BACK.search(question):
        return False
    words = [word for word in content_words(without_times(question)) if not word.isdigit()]
    if _measures_a_thing_in_a_year(question):
        return True
    if _STARTS_ELLIPTIC.match(question):
        # "哪些省…" and "谁预测了人形机器人销量" start so and are still whole.
        of_growth = _ASKS_OF_GROWTH.match(question) and not nouns_brought(question)
        return own_words(question, before) > _FEW_WORDS and not of_growth
    named = bool(places_in(question) or times_in(question) or re.search(r"《|[A-Za-z]{2,}", question))
    return len(words) > _FEW_WORDS or (named and len(words) >= _FEW_WORDS)


def _measures_a_thing_in_a_year(question: str) -> bool:
    """Whether a question names a year and what is measured of what: "2021年粮食产量是多少?"."""
    if not any(time.year for time in times_in(question)):
        return False
    stem = ASKING_WORDS.sub("", without_times(question)).strip("?？，,。的 ")
    measure = MEASURE.search(stem)
    return measure is not None and not _BARE_MEASURE.fullmatch(stem)


def is_surely_complete(question: str, before: str) -> bool:
    """Whether a complete question names enough to be one of its own."""
    names = [*places_in(question), *(time.year for time in times_in(question) if time.year)]
    names += re.findall(r"《[^《》]+》|[A-Za-z]{2,}|\d{1,6}号令", question)
    words = content_words(without_times(question))
    shared = set(words) & set(content_words(before))
    return (
        len(names) >= 2
        or (bool(names) and (bool(shared) or len(words) > _FEW_WORDS or bool(nouns_brought(question))))
        or len(question) > _LONGEST_FOLLOW_UP
    )
