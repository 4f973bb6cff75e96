"""Texts that are no questions to the articles, and the message that fits each."""

from __future__ import annotations

import re

_TAIL = r"(?:[呀啊吗么呢了啦哈您你吧]{0,3})[\s!！?？。.,，~～]*$"
_TALK: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, re.compile(rf"^(?:{words}){_TAIL}", re.IGNORECASE))
    for code, words in (
        ("greeting", r"(?:你好|您好){1,2}|大家好|hi|hello|嗨|哈喽|早上好|上午好|中午好|下午好|晚上好|早|在吗|在不在|有人吗"),
        ("who", r"你是谁|你叫什么(?:名字)?|你能(?:帮我)?做(?:些|点)?什么|你会什么|你能干什么|你有(?:什么|哪些)(?:用|功能)|请?介绍一下你自己|怎么(?:用|使用)你?|who are you|what can you do"),
        ("thanks", r"(?:好的?|嗯|行)?[，,\s]{0,4}(?:太好了)?[，,\s]{0,4}(?:谢谢|多谢|(?:非常|十分|太|很)?感谢|谢了|辛苦了?|麻烦了?|thanks?(?: you)?|thx)(?:你的帮助|帮助)?"),
        ("farewell", r"再见|拜拜|下次见|回头见|晚安|bye|goodbye"),
        ("understood", r"好{1,2}的?|好哒|行|可以|嗯+|哦+|明白|知道|懂|收到|了解|清楚|ok|okay|不错|很好|太好|厉害|真棒|哈{2,}|不用|不客气|没有了|没(?:有)?(?:别的)?(?:问题|事)|是的|对的?"),
    )
)  # fmt: skip
_SIGH = re.compile(r"^(?:哈{2,}|嗯+|哦+|啊+|嘿{2,}|呵{2,})(?=.)")
_WORKS = r"(?:诗|小说|故事|笑话|作文|代码|画|歌)"
_ORDERS = re.compile(
    # "什么情况下可以忽略申报要求" asks; "忽略以上要求" orders.
    r"(?<!可以)(?<!能)(?<!得)(?<!可)(?:忽略|无视|忘记|忘掉|不要理会|抛开)[^。？?哪]{0,16}(?:指令|指示|规则|要求|提示|设定|限制|资料|原文|内容)|"
    r"(?:系统提示|提示词(?!工程|设计|优化|攻击|注入|技术)|system prompt|ignore (?:all|previous|the))|"
    r"(?:^|[请你来，,。\s])扮演(?!什么|着|怎样|何种|哪)|假装|假设你是|"
    rf"(?:写|作|编|画|唱|讲)一?[首篇段个张幅]{_WORKS}|讲个?笑话|"
    rf"(?:^|[，,。;；!！\s]|[请你我来再]|你会|你能)(?:写|作|编|画|唱){_WORKS}(?!的|机器|比赛|大赛|创作|[^。？?]{{0,6}}(?:多少|什么|谁))|"
    r"(?:直接|只|就)(?:回答|输出|回复|说)[“\"'‘「]",
    re.IGNORECASE,
)


def reply_to(text: str) -> str:
    """The code of the message that answers a greeting, thanks or an order; empty for a question.

    Of several one after the other ("明白了,谢谢") the last counts.
    """
    if code := _talk(text):
        return code
    pieces = [piece for piece in re.split(r"[\s!！?？。,，~～、]+", text) if piece]
    codes = [_talk(piece) for piece in pieces]
    if codes and all(codes):
        return codes[-1]
    return "not_a_question" if _ORDERS.search(text) else ""


def _talk(text: str) -> str:
    said = _SIGH.sub("", text) or text
    return next((code for code, pattern in _TALK if pattern.match(said)), "")
