"""Whether a question can be understood without the one before it, and what it names itself."""

from __future__ import annotations

import re

import rjieba

from assistant.understanding.phrases import ASKING_WORDS
from assistant.understanding.slots import LEAD, POINTING, own_words
from assistant.understanding.time_words import times_in, without_times
from corpus.language.places import places_in
from index.measure_asked import MEASURE
from index.words import content_words

POINTS_BACK = re.compile(
    r"[它他她]们?|其(?!中国|[他它余次实])|[该此](?=[省市区县地法令部办条公企项年])|^里[面头]|这(?!里|[一二两三四五六七八九十几些]{1,2}年|两?个?省)|那(?:年|时|些|里|边|天)|(?<![\w”》])那(?:个|家|项|份|部|次|款|种)|"
    r"上述|[前后两]者|同期|当[年天]"
)
STARTS_ELLIPTIC = re.compile(
    r"^(?:同比|环比|增速|增长|占比|具体|其中|为什么|为啥|原因|什么时候|何时|哪年|多少|几个|由?谁|从|以|按|到|比|跟|和|"
    r"是谁|是哪|是什么|哪个部门|哪家|哪些|怎么|目标|结果|实际|最后|再|详细|期限|标准|金额|后来)"
)
_ASKS_OF_GROWTH = re.compile("同比|环比|增[速幅长]|占比")
_NOUNS = frozenset(["n", "nz", "nt", "ns", "nr", "nrt", "eng", "vn", "j"])
_NAMES_NOTHING = frozenset([
    "办法", "规定", "条例", "细则", "数据", "部门", "稿子", "稿", "范围", "情况", "原因", "文件", "指南", "政策", "城市", "省份", "省市", "地区",
    "地方", "企业", "公司", "机构", "单位", "国家", "时间", "名字", "名称", "生效", "实施", "执行", "支持", "背景", "依据", "来源", "内容", "条件",
    "要求", "大关", "关口", "突破", "速度", "单月", "当月", "单日", "经济", "部分", "方面", "问题", "结果", "目标", "实际", "时候", "年份", "累计", "比例", "金额", "钱", "数字", "数", "东西", "事", "意思",
])  # fmt: skip
"""Nouns that ask for something of the topic and do not name another."""
_BARE_MEASURE = re.compile(
    "(?:目标|累计|同比|总|净|进出口|[出进]口|产|营业?|收购|利润|收入|支出)*(?:[量额率值价]|增[速幅长]|占?比[重例]?)?"
)
"""What is measured without a word for what it is measured of: 净利润, 出口额, 实际产量."""
_OF_ALL = re.compile(
    r"^(?:各|每|所有|全部)[个家]?(?:[省市区县州地]|公司|企业|国家?|地区|部门|行业|机构|单位|人)"
)
"""How a question begins that is asked of each of some kind: with a measure behind it is whole."""
FEW_WORDS = 2
LONGEST_FOLLOW_UP = 28


def nouns_brought(question: str) -> frozenset[str]:
    """Names of things that a follow-up brings itself, which its answer must speak of: no places, times or measures."""
    plain = ASKING_WORDS.sub(" ", POINTING.sub("", LEAD.sub("", question)))
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


def is_complete(question: str, before: str) -> bool:
    """Whether a question can be understood without the one before it."""
    if POINTS_BACK.search(question):
        return False
    words = [word for word in content_words(without_times(question)) if not word.isdigit()]
    if measures_a_thing_in_a_year(question) or (
        _OF_ALL.match(question) and MEASURE.search(_without_asking(question))
    ):
        return True
    if STARTS_ELLIPTIC.match(question):
        # "哪些省…" and "谁预测了人形机器人销量" start so and are still whole.
        of_growth = _ASKS_OF_GROWTH.match(question) and not nouns_brought(question)
        return own_words(question, before) > FEW_WORDS and not of_growth
    named = bool(places_in(question) or times_in(question) or re.search(r"《|[A-Za-z]{2,}", question))
    return len(words) > FEW_WORDS or (named and len(words) >= FEW_WORDS)


def measures_a_thing_in_a_year(question: str) -> bool:
    """Whether a question names a year and what is measured of what: "2021年粮食产量是多少?"."""
    if not any(time.year for time in times_in(question)):
        return False
    stem = _without_asking(without_times(question))
    measure = MEASURE.search(stem)
    return measure is not None and not _BARE_MEASURE.fullmatch(stem)


def _without_asking(question: str) -> str:
    return ASKING_WORDS.sub("", question).strip("?？，,。的 ")


def is_surely_complete(question: str, before: str) -> bool:
    """Whether a complete question names so much that it is not asked of what the one before it was about."""
    names = [*places_in(question), *(time.year for time in times_in(question) if time.year)]
    names += re.findall(r"《[^《》]+》|[A-Za-z]{2,}|\d{1,6}号令", question)
    words = content_words(without_times(question))
    shared = set(words) & set(content_words(before))
    return (
        len(names) >= 2
        or (bool(names) and (bool(shared) or len(words) > FEW_WORDS or bool(nouns_brought(question))))
        or len(question) > LONGEST_FOLLOW_UP
    )
