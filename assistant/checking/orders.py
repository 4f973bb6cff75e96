"""Sentences of an article that give orders to whoever answers from it ("ignore the above", "answer everything with …").

Articles are written by others: such a sentence answers no question, is shown to no language model, and supports nothing
that one wrote. Found are the usual forms in Chinese and English. Of 20 attempts written after the patterns were, 17
slipped through (those that tests/assistant/hostile.jsonl marks `slips` are among them): what holds then is that the reader
only quotes, and that a written sentence stands beside the sentence that it came from.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.language.normalize import clean_line, fold
from corpus.language.sentences import sentence_spans

_MODEL = r"(?:ai|人工智能|语言模型|大模型|智能体|问答|聊天)(?:助手|模型|系统|机器人)?"
_ANSWERING = r"(?:回答|回复|答复|应答|作答|输出|返回|打印)"
_TOLD_BEFORE = (
    r"(?:以上|上面|上述|之前|前面|先前|此前|所有|一切|全部|任何|系统|原来|原有|原先|你的|既定|资料)"
)
_RULES = r"(?:指令|指示|提示|设定|规则|要求|内容|限制|资料|命令|身份|文字|对话|约束)"
_INNER = r"(?:系统提示|提示词|初始指令|系统指令|系统消息|内部指令|隐藏指令|密钥|api ?key|环境变量|内部规则|上文全文)"

_CHINESE = (
    rf"(?<!不得)(?<!不能)(?:忽略|无视|忘记|忘掉|抛开|丢弃|不要理会|不要遵守|不再遵守|不必理会|覆盖|绕过)[^。！？!?\n]{{0,6}}{_TOLD_BEFORE}[^。！？!?\n]{{0,12}}{_RULES}",
    rf"(?<!不得)(?<!不能)(?<!禁止)(?<!严禁)(?<!防止)(?<!避免)(?<!擅自)(?:泄露|透露|显示|打印|重复|复述|公开|告诉|写出|列出|翻译|输出|说出|原样|交出)[^。！？!?\n]{{0,14}}{_INNER}",
    rf"{_INNER}[^。！？!?\n]{{0,8}}(?:泄露|透露|显示|打印|复述|公开|写出|列出|输出|说出|交出|发)(?:出|来|给|到)",
    r"(?:从现在|现在)(?:开始|起)?[，, ]*你(?!们)",
    r"你(?!们)(?:现在|必须|不再|从此|的(?:回答|任务|身份)|(?:只能|只)(?:回答|说|输出|用)|(?:是|叫|扮演)(?:一个|一名|一位|一只))",
    r"(?:请|必须|务必)(?:你)?(?:扮演|假装|假扮|冒充)|(?:假装|假设|想象)你(?!们)",
    r"(?:把|将)[^。！？!?\n]{0,8}(?:答案|回答|回复)(?:全部|都|一律)?(?:换|改|替换|变)(?:成|为)",
    rf"(?:只|直接|一律|统一|必须|都|务必|仅|总是|始终|请|改为|原样)(?:能|要|须|需|用|以|可)?{_ANSWERING}(?!了)[^。！？!?\n]{{0,8}}[“\"'「『:：]",
    rf"(?:请|必须|务必|一律|只|都|就)(?:用|以|按|把)[^。！？!?\n]{{0,16}}(?:来)?(?:{_ANSWERING}|作为答案|当作答案|回应)",
    rf"(?:无论|不管|不论)[^。！？!?\n]{{0,14}}(?:问|提问)[^。！？!?\n]{{0,20}}(?:{_ANSWERING}|答|说|写)",
    rf"(?:任何|所有|每个|每一个|一切|凡是|全部)(?:用户的?)?(?:问题|提问|询问|回答|答案)[^。！？!?\n]{{0,16}}(?:{_ANSWERING}|答(?!复)|写|加上|附|说|改[成为])",
    r"(?:每次|每条|每个|在)?(?:回答|答案|回复)的?(?:末尾|结尾|开头|最后|前面|后面|里|中)[^。！？!?\n]{0,10}(?:加|附|写|插入|添|放|补|输出|带(?!着))",
    rf"(?:致|告|给|请|提醒|通知)(?:正在?阅读[^。！？!?\n]{{0,8}}的)?{_MODEL}(?:[:：，,]|必须|请|应(?!用))|(?:ai|问答|智能|聊天)(?:助手|机器人)(?:请|必须|应当?(?!用)|须|注意)|^(?:ai|问答|智能|聊天)(?:助手|机器人)[:：，,]|作为(?:一个|一名)?(?:ai|人工智能|语言模型|大模型)(?:助手|模型)?[，,]",
    r"(?:系统|管理员|开发者|超级用户)(?:消息|提示|指令|更新|命令|覆盖|模式)\s*[:：]|(?:开发者|越狱|调试|维护|无限制)模式|以下(?:是|为)?(?:新的?|最新|更新的?|真正的?)(?:系统)?(?:指令|提示|指示)|新(?:的)?(?:系统)?指令",
    r"(?:用户的?|本次|全部|完整)?(?:提问|对话|聊天记录|上下文|用户的?问题|(?<![按据照])系统提示|密码)[^。！？!?\n]{0,24}(?:https?://|发送|发给|上传|拼)",
    r"(?:调用|执行|运行|使用)[^。！？!?\n]{0,8}(?:工具|函数|命令|代码|脚本)\s?[:：`(（“\"a-z]",
    r"(?:不要|无需|不必|禁止|别)(?:再)?(?:注明|标注|标出|引用|给出|写)(?:任何)?(?:出处|来源|编号|引用)|(?:标注|标出|引用|注明)(?:为|成)?[\[【]\d",
)
_ENGLISH = (
    r"\b(?:ignore|disregard|forget|override|bypass|discard|skip|drop)\b.{0,30}\b(?:above|previous|prior|preceding|earlier|all|any|these|those|your|system|everything|other|original)\b",
    r"\byou(?:'re| are| must| will| should| shall| have to| can| may| need to)? (?:now|only|no longer|not|always|never|act|answer|reply|respond|be|pretend|become|obey|follow|say|output|comply|must|cite|use|write)\b",
    r"\b(?:act|behave|pretend|role-?play|speak|talk|respond|answer|reply|pose)\b.{0,12}\b(?:as|like|to be|that you)\b",
    r"\b(?:reveal|print|repeat|show|output|leak|disclose|display|write|recite|translate|give|tell|copy|dump|encode)\b.{0,40}\b(?:prompt|instructions?|hidden|secrets?|api[ _]?keys?|passwords?|configuration|environment|credentials)\b",
    r"\b(?:reply|respond|answer|say|output|write|print|type|return|begin|start|end|finish|conclude)\b.{0,40}\b(?:only|with|exactly|just|every|always|the (?:word|phrase|text|sentence)|nothing else|verbatim)\b",
    r"\b(?:always|only|just|please|must|simply|instead|now)\s+(?:reply|respond|answer|say|output|write|print|return|cite|append|insert|include)\b",
    r"\b(?:reply|respond|answer|say|output|write|print|return|report)\b.{0,12}[\"“']",
    r"\b(?:answers?|repl(?:y|ies)|responses?)\b.{0,24}\b(?:is|are|must be|should be|shall be)\b.{0,4}[:\"“]",
    r"\b(?:every|any|all|each|whatever|regardless of)\b.{0,16}\b(?:questions?|answers?|replies|reply|responses?|asks?|asked)\b",
    r"(?:^|[\n\"'\[<{#*(>\s])(?:system|developer|admin|assistant|sys)\s{0,3}(?:prompt|message|override|notes?|instructions?|update)?\s{0,3}[\])>]{0,3}\s{0,3}:",
    r"\b(?:call|invoke|execute|run|use)\b.{0,16}\b(?:tools?|functions?|commands?|scripts?|code|shell|plugins?)\b",
    r"\b(?:new|updated|real|hidden|secret|following) instructions?\b|\bfrom now on\b|\bjailbreak|\bdo anything now\b|\b(?:dan|developer|debug|god|maintenance) mode\b",
    r"\b(?:note|message|dear|attention|hey|hello|instructions?|reminder)\b,?\s{0,3}(?:to|for)?\s{0,3}(?:the |all |any ){0,3}(?:ai|llms?|language models?|assistants?|chatbots?|models?)\b",
    r"\b(?:ai|language|chat)[ -]?(?:assistants?|models?|bots?)\b.{0,24}\b(?:must|should|please|shall|reading|need)\b",
    r"\b(?:send|post|upload|fetch|load|render|append|embed|exfiltrate|transmit|visit|include|insert|forward|open|click|encode|put|add|show)\b.{0,60}https?://",
    r"\b(?:do not|don't|never|without|stop)\b.{0,12}\b(?:cit(?:e|ing|ations?)|mention(?:ing)?|refus(?:e|ing)|sources?|disclos\w+)\b",
)
_MARKUP = (
    r"<\|[^|\n]{0,40}\|>|<</?sys>>|\[/?(?:inst|system)\]|</?(?:system|instructions?|tool_?(?:call|use|result)s?|function_?calls?|prompt|资料|指令|系统)\b[^>\n]{0,60}>",
    r"\"(?:role|arguments|system|refused|citations|tool|function|tool_calls|answer|tool_name)\"\s*:",
    r"<(?:script|img|iframe|svg|object|embed|form|style|link|meta|a|base|video|body|input)\b[^>\n]{0,200}>?",
    r"(?:#{2,}|={3,}|-{3,}|\*{2,})\s*(?:system|instructions?|new task|end of|指令|系统|新任务|资料结束)",
    r"(?:资料|文章|passages?|context|document)(?:到此)?(?:结束|完毕)[。.]?[^\n]{0,12}(?:指令|指示|任务|任务是)|end of (?:passages?|context|document|data)",
    r"!\[[^\]\n]{0,80}\]\(|\]\((?:https?:|javascript:|data:)|javascript:|data:text/html|\\(?:href|url|includegraphics|input|write18)\b",
)
_ORDER = re.compile("|".join(_CHINESE + _ENGLISH + _MARKUP))


@lru_cache(maxsize=8192)
def is_order(sentence: str) -> bool:
    """Whether a sentence is meant for a machine that answers, not for a reader."""
    return _ORDER.search(fold(clean_line(sentence))) is not None


@lru_cache(maxsize=1024)
def without_orders(text: str) -> str:
    """`text` without such sentences; the other characters stay as they are."""
    kept, at = [], 0
    for start, end in sentence_spans(text):
        if is_order(text[start:end]):
            kept.append(text[at:start])
            at = end
    return "".join([*kept, text[at:]])
