"""Follow-ups made to stand alone: "那湖北呢?" after a question about 上海 asks the same of 湖北.

Rules over the standalone forms of the turns before. Where a follow-up may be read in more than one way, every reading is
given and what the corpus answers decides. A question that is complete is left as it is.
"""

from __future__ import annotations

import re

from assistant.model import Turn
from assistant.understanding.completeness import (
    BEGINS_MORE,
    FEW_WORDS,
    LONGEST_FOLLOW_UP,
    POINTS_BACK,
    STARTS_ELLIPTIC,
    is_complete,
    is_surely_complete,
    measures_a_thing_in_a_year,
    nouns_brought,
)
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
from assistant.understanding.time_words import is_only_time, times_in, with_time_of
from corpus.language.normalize import fold
from corpus.language.places import places_in
from index.provision import PROVISION
from index.words import content_words

_WHAT_ABOUT = re.compile(
    r"^(?:那要是|如果是|换成|换)?[，,\s]{0,4}(.{1,40}?)(?:呢|如何|怎么样|又如何)\s*[?？。]*$"
)
_OF_THIS = re.compile(r"^([^，,?？]{1,10}?)的?呢[，,?？](?=.{3})")
_IT = re.compile(r"^(?:它们?的?|其(?![中他余次实它]))")
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
_LONGEST_THING = 20
"""Characters of what stands before "呢", beyond which it is no name of a thing."""
_SHORT = 8
"""Characters of a follow-up that only names something, at the most."""


def standalone(question: str, history: list[Turn]) -> str:
    """`question` as it would be asked with nothing said before: the likeliest of its `readings`."""
    return readings(question, history)[0]


def wants_more(question: str) -> bool:
    """Whether the last answer is to be told at length: "再详细点"."""
    return _asks_only_for_more(question.strip()) or bool(BEGINS_MORE.match(question.strip()))


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
    goes_on = POINTS_BACK.search(plain) or STARTS_ELLIPTIC.match(plain) or not nouns_brought(plain)
    if not last.titles or not goes_on or places_in(plain) or times_in(plain) or _asks_only_for_more(plain):
        return ""
    if _SAYS_CORRECTED.search(plain):
        return ""
    asked = POINTING.sub("", BEGINS_MORE.sub("", plain)).strip(" ，,")
    return f"{last.titles[0]} {asked}" if content_words(asked) else ""


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
    if BEGINS_MORE.match(question):
        asked = BEGINS_MORE.sub("", question)
        return [with_topic(asked, before)] if asked.strip("遍次吧吗?？。 ") else [before]
    if _SAYS_CORRECTED.search(question):
        return _corrected(question, before, last)
    return _follow_up(LEAD.sub("", question), before, last)


def _follow_up(plain: str, before: str, last: Turn) -> list[str]:
    """The readings of a follow-up that neither returns, corrects nor asks for more; `plain` has no "那么" in front."""
    if of_this := _OF_THIS.match(plain):
        thing, asked = of_this.group(1), _IT.sub("", plain[of_this.end() :])
        if forms := _of_this_thing(thing, asked, before):
            return forms
        # "四川呢，今年怎么推集成电路?" asks of 四川.
        plain = f"{thing}{asked}"
    if _ASKS_WHICH_MOST.search(plain) and not nouns_brought(plain) and not places_in(plain):
        return [f"{without_thing(before)}{JOINT}{plain}", plain]
    resolved = with_meant(plain, before)
    names_anew = own_words(resolved, before) >= FEW_WORDS and bool(nouns_brought(resolved))
    if resolved != plain and not POINTS_BACK.search(resolved) and names_anew:
        return [resolved, with_topic(plain, before)]
    if COMPARES.match(plain) and len(places_in(plain)) <= 1 and len(plain) <= LONGEST_FOLLOW_UP:
        return [with_topic(resolved, before), plain]
    if (named := _named_alone(plain)) is not None:
        return _swapped(named, before, last)
    if (thing := _thing_of_what_about(plain)) is not None:
        return _about_thing(thing, plain, before, last)
    if is_complete(plain, before):
        return _readings_of_complete(plain, resolved, before)
    return _readings_of_incomplete(plain, resolved, before, last)


def _of_this_thing(thing: str, asked: str, before: str) -> list[str]:
    """ "湖北呢，增速多少?": what is `asked` of `thing`; none where it names things of its own."""
    if not asks_itself(asked):
        return what_about(asked.strip("?？。 "), what_about(thing, before)[0])
    if nouns_brought(asked):
        return []
    return [f"{topic_of(form)}{asked}" for form in what_about(thing, before)[:1]]


def _named_alone(plain: str) -> str | None:
    """What a follow-up names that is nothing but a place, a time or an aspect: "增速多少?"; None where it says more."""
    asked = ASKING_WORDS.sub("", plain).strip(" ，,。的")
    rest = rest_of(ELSEWHERE.sub("", asked))
    is_only_aspect = is_aspect(rest) and not re.search("几|多[大高快长]", plain)
    is_only_frame = not rest and (places_in(asked) or times_in(asked) or ELSEWHERE.fullmatch(asked))
    return asked if is_only_aspect or is_only_frame else None


def _thing_of_what_about(plain: str) -> str | None:
    """The thing of "那么，…呢?" and "…怎么样?"; None where a follow-up asks otherwise."""
    match = _WHAT_ABOUT.match(plain)
    if match is None or len(match.group(1)) > _LONGEST_THING or asks_itself(match.group(1)):
        return None
    return match.group(1).strip()


def _about_thing(thing: str, plain: str, before: str, last: Turn) -> list[str]:
    """The readings of "…呢?", likeliest first."""
    by_itself = [f"{thing}是多少"] if measures_a_thing_in_a_year(thing) else []
    # "旱地小麦今年的表现呢?" may be a question of its own.
    whole = [plain] if times_in(thing) and nouns_brought(thing) else []
    likeliest, *others = _swapped(thing, before, last)
    return [*by_itself, likeliest, *whole, *others]


def _readings_of_complete(plain: str, resolved: str, before: str) -> list[str]:
    """The readings of a question that can be understood by itself; the more it says itself, the less it may take over."""
    if is_surely_complete(plain, before):
        in_time = in_time_of(plain, before) if is_measure(ASKING_WORDS.sub("", plain)) else plain
        return list(dict.fromkeys([in_time, plain]))
    if not _names_something(plain):
        return [with_topic(resolved, before), plain]
    return list(dict.fromkeys([plain, in_time_of(plain, before), with_topic(plain, before)]))


def _readings_of_incomplete(plain: str, resolved: str, before: str, last: Turn) -> list[str]:
    """The readings of a question that needs the one before it."""
    bare = ASKING_WORDS.fullmatch(plain.strip("?？。 "))
    if bare and (other := _asked_otherwise(bare.group(), before)):
        return [other]
    if len(plain) <= _SHORT and not asks_itself(plain):
        return _swapped(plain.strip("?？。，, "), before, last)
    alone = len(content_words(plain)) >= FEW_WORDS and not POINTS_BACK.search(plain)
    # "从什么时候开始数?" names nothing that could be asked of.
    return [with_topic(resolved, before), *([plain] if alone and _names_something(plain) else [])]


def _names_something(question: str) -> bool:
    """Whether a question names a thing, a place or a time itself."""
    return bool(nouns_brought(question) or places_in(question) or times_in(question))


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
