"""Follow-ups made to stand alone: "那湖北呢?" after a question about 上海 asks the same of 湖北.

Whether a turn asks for more, corrects or returns is learnt (`follow_up_head.py`); what it names takes its like's place in the
questions before. Where a follow-up may be read in more than one way, every reading is given and what the corpus answers decides. A
question that is complete is left as it is.
"""

from __future__ import annotations

import re

from assistant.model import Turn
from assistant.understanding.completeness import (
    FEW_WORDS,
    LONGEST_FOLLOW_UP,
    POINTS_BACK,
    is_complete,
    is_surely_complete,
    measures_a_thing_in_a_year,
    nouns_brought,
)
from assistant.understanding.follow_up_head import how_it_goes_on
from assistant.understanding.overview_asked import asks_of_the_library
from assistant.understanding.phrases import ASKING_WORDS, MOST_CHARACTERS, is_aspect, is_measure, is_noun
from assistant.understanding.slots import (
    COMPARES,
    ELSEWHERE,
    JOINT,
    LEAD,
    POINTING,
    asks_itself,
    of_subject,
    own_words,
    rest_of,
    topic_of,
    what_about,
    with_meant,
    with_topic,
    without_thing,
)
from assistant.understanding.small_talk import reply_to
from assistant.understanding.time_kept import in_time_of
from assistant.understanding.time_words import is_only_time, times_in, with_time_of
from assistant.understanding.written_whole import Writer, with_written
from corpus.language.normalize import closed_up, fold
from corpus.language.places import places_in
from index.provision import PROVISION
from index.words import content_words

_WHAT_ABOUT = re.compile(r"^(?:那要是|如果是)?[，,\s]{0,4}(.{1,40}?)(?:呢|如何|怎么样)\s*[?？。]*$")
_OF_THIS = re.compile(r"^([^，,?？]{1,10}?)的?呢[，,?？](?=.{3})")
_IT = re.compile("^它们?的?")
_WHO_OR_WHEN = re.compile(r"谁|什么时[候间]|何时|哪[一几]?[年天月日里儿家个]")
_ASKS_WHICH_MOST = re.compile(r"最[^，,]{1,6}哪|哪[^，,]{0,6}最")
_EXPLAINS = re.compile(
    r"^(?P<main>[^，,?？]{2,30})[，,?？]\s*我是?[说指问]的?是?(?P<meant>[^，,?？]+?)[?？。]*$"
)
_CORRECTION = re.compile(
    r"^(?:(?:不好意思|抱歉|对不起|更正一?下?|哦不?|不[是对]|不+|[弄说搞]?错了)[，,。、\s]*)*"
    r"(?:(?:其实)?我(?:其实)?[是想要]?[问说指看]?的?(?:其实)?是?问?|应该是|是问?(?![否不什谁哪]))?"
)
_NOT_BUT = re.compile(
    r"^不?是?(?P<not>[^，,]{1,14})[，,](?:而?是|我(?:[问指说要]|想[看问])的?是?)?(?P<but>.+)$"
)
_BUT_NOT = re.compile(r"^(?P<but>[^，,]{1,14})[，,]不是.+$")
_BACK = re.compile(
    "^(?:再|还是)*(?:说回|回到|回头|接着|刚才|前面|之前|上面|[一最]?开始)[看说问讲提到回]*的?(?:那[个条项版])?"
)
_THE_FIRST = re.compile("开头|开始|第一个")
_CLAUSE_ENDS = re.compile(r"[，,。?？!！\s]+")
_SAID_OPENLY = frozenset({"return"})
"""How a question goes on that is complete by itself only where it says so: "刚才说的…", "不是，…"."""
_SURELY = 0.8
"""Of turns that were not fitted on and seemed with more than this to ask nothing, 42 of 42 asked nothing."""
_LONGEST_THING = 20
"""Characters of what stands before "呢", beyond which it is no name of a thing."""
_SHORT = 8
"""Characters of a follow-up that only names something, at the most."""


def standalone(question: str, history: list[Turn]) -> str:
    """`question` as it would be asked with nothing said before: the likeliest of its `readings`."""
    return readings(question, history)[0]


def wants_more(question: str, history: list[Turn]) -> bool:
    """Whether the last answer is to be told at length: "再详细点"."""
    turns = without_talk(history)
    return bool(turns) and goes_on_as(question, turns) == "more"


def is_talk(question: str, turns: list[Turn]) -> bool:
    """Whether a text after `turns` asks nothing: a greeting, thanks, an order."""
    return bool(reply_to(question)) or (
        bool(turns) and odds_of_going_on(question, turns).get("none", 0.0) > _SURELY
    )


def without_talk(history: list[Turn]) -> list[Turn]:
    """The turns that asked something."""
    turns: list[Turn] = []
    for turn in history:
        if not is_talk(turn.question, turns):
            turns.append(turn)
    return turns


def goes_on_as(question: str, turns: list[Turn]) -> str:
    """The likeliest way in which a question goes on with turns that asked something; empty where it is too long to tell."""
    likely = odds_of_going_on(question, turns)
    return max(likely, key=likely.__getitem__, default="")


def odds_of_going_on(question: str, turns: list[Turn]) -> dict[str, float]:
    """How likely a question goes on in each way with turns that asked something; empty where it is too long to tell."""
    if len(question) > MOST_CHARACTERS:
        return {}
    return how_it_goes_on(question.strip(), [turn.standalone_question for turn in turns])


def readings(question: str, history: list[Turn], writer: Writer | None = None) -> list[str]:
    """The standalone forms a question may have, likeliest first, at most three.

    Method: a network writes the follow-up out whole; where it is unsure, or there is none, slot replacement. The follow-up's places
    and times take the place of those of the last question; another noun takes the place of the asked thing or of the subject,
    whichever it is like. "客户认证要在什么时候前做完?" may go on with the topic or open a new one; what the corpus answers decides.

    Args:
        question: The follow-up as it was typed.
        history: The turns before it.
        writer: The network.
    """
    question = closed_up(question.strip())
    turns = without_talk(history)
    if not turns or len(question) > MOST_CHARACTERS or asks_of_the_library(question):
        return [question]
    if of_rule := _provision_of_last(question, turns[-1]):
        return [of_rule]
    goes_on = goes_on_as(question, turns)
    if goes_on in _SAID_OPENLY and _stands_alone(question, turns[-1].standalone_question):
        goes_on = "complete"
    forms = [*_readings(question, turns, goes_on)]
    forms.insert(0, of_subject(LEAD.sub("", question), turns[-1].standalone_question.strip()))
    forms = [form for form in forms if form]
    if writer is not None:
        forms = with_written(writer, question, turns, forms, goes_on)
    return list(dict.fromkeys(forms))[:3]


def _stands_alone(question: str, before: str) -> bool:
    """Whether a question can be understood by itself and says neither that it corrects nor that it goes back."""
    opens = _BACK.match(question) or _CORRECTION.match(question)
    return not (opens and opens.group()) and is_complete(LEAD.sub("", question), before)


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


def within_last_articles(question: str, history: list[Turn]) -> tuple[str, tuple[str, ...]]:
    """What a follow-up asks of the articles that the last answer cites, and their ids: "打哪个电话?"; none where it names a frame.

    A question with a time, a document or another place of its own is asked of all articles.

    Returns:
        The question behind the title of the first of the articles, and the ids; both empty where it is not asked of them.
    """
    turns = without_talk(history)
    if not turns or len(question) > LONGEST_FOLLOW_UP or "《" in question or asks_of_the_library(question):
        return "", ()
    last, plain = turns[-1], LEAD.sub("", question)
    known = set(places_in(last.standalone_question))
    if not last.articles or times_in(plain) or any(place not in known for place in places_in(plain)):
        return "", ()
    return " ".join([*last.titles[:1], POINTING.sub("", plain).strip(" ，,")]), tuple(last.articles)


def names_another_thing(question: str) -> bool:
    """Whether a follow-up only names a thing, of which the last question is asked: "归母净利润呢"."""
    thing = _thing_of_what_about(LEAD.sub("", question))
    return thing is not None and (is_measure(thing) or is_noun(thing))


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


def _readings(question: str, turns: list[Turn], goes_on: str) -> list[str]:
    last, joined = turns[-1], _without_joined(turns)
    before = joined[-1].standalone_question.strip()
    if goes_on == "return" and len(turns) > 1:
        returned = _returned(question, turns)
        # "洛阳的旅游收入呢" may as well go on with what was asked last.
        return (
            returned if len(returned) > 1 else [*returned, *_follow_up(LEAD.sub("", question), before, last)]
        )
    explained = _EXPLAINS.match(question)
    if explained and (goes_on != "correct" or explained.group("main").endswith("呢")):
        return [
            _explained(form, explained.group("meant"))
            for form in _follow_up(LEAD.sub("", explained.group("main")), before, last)
        ]
    if goes_on == "more":
        return _more(question, before)
    if goes_on == "correct":
        return _corrected(question, before, last)
    return _follow_up(LEAD.sub("", question), before, last)


def _more(question: str, before: str) -> list[str]:
    """The last question again, or what is asked besides: "再详细点，原因也说说", "还有其他原因吗"."""
    *_, asked = [clause for clause in _CLAUSE_ENDS.split(question) if clause] or [question]
    asks_besides = len(asked) < len(question.rstrip("?？。!！ ")) and asks_itself(asked)
    if asks_besides or nouns_brought(asked):
        return [with_topic(asked, before), before]
    return [before, with_topic(asked, before)] if own_words(asked, before) > FEW_WORDS else [before]


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


def _returned(question: str, turns: list[Turn]) -> list[str]:
    """ "回到上海那个数,在全国排第几?" goes on with the turn that spoke of it."""
    said = _BACK.sub("", question) or question
    topic, *rest = [clause for clause in _CLAUSE_ENDS.split(said) if clause] or [said]
    earlier = turns[:-1]
    if _THE_FIRST.search(question):
        turn = earlier[0]
    else:
        turn = max(earlier, key=lambda each: _shared(topic, f"{each.standalone_question}{each.answer}"))
    base, asked = turn.standalone_question, JOINT.join(rest) or topic
    if rest and is_only_time(topic):
        base = with_time_of(base, topic)
    is_named = _named_alone(asked) is not None or _thing_of_what_about(asked) is not None
    swapped = Turn(question=asked, standalone_question=base)
    forms = _follow_up(asked, base, swapped) if is_named else [with_topic(asked, base)]
    return [*forms, f"{topic}{JOINT}{asked}"] if rest else forms


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
