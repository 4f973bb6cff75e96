"""What `assistant demo` says around the questions and answers."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "cli_demo": {"zh": "用示例文章演示一分钟，不动您的数据 / a guided minute on the sample articles"},
    "cli_demo_yes": {"zh": "不等按键 / never wait for a key"},
    "demo_begin": {
        "zh": "用自带的示例文章问四个问题。一切都在临时文件夹里，结束时删除；不动您的数据，不联网，也不用语言模型。\n先为文章建立索引，约需半分钟。",
        "en": "Four questions to the sample articles that come along. All of it happens in a temporary folder that is removed at the "
        "end; your data stays as it is, and neither the network nor a language model is used.\n"
        "First the articles are indexed, which takes about half a minute.",
    },
    "demo_wait": {"zh": "按回车继续，Ctrl-C 结束", "en": "Enter goes on, Ctrl-C ends"},
    "demo_figure": {
        "zh": "一个数字：先是答案，再是文章里的原句，[1] 指明出处。",
        "en": "A figure (the revenue of Shanghai's chip industry in 2025): the answer, the sentence of the article as it stands "
        "there, and [1] tells which article.",
    },
    "demo_follow_up": {
        "zh": "接着问：只说变了什么，其余从上一个问题补上。留意原句：湖北的数字只到九月。",
        "en": "A follow-up (and Hubei?): say what changes, the rest comes from the question before. Mind the sentence: Hubei's "
        "figure covers nine months.",
    },
    "demo_table": {
        "zh": "几个数字：并排列成表，每个都有出处。",
        "en": "Several figures (electricity used in April and in May 2026): side by side in a table, each with its citation.",
    },
    "demo_absent": {
        "zh": "文章里没有的：不猜，说没有，并给出最接近的内容。",
        "en": "What no article holds (the same for Beijing): it does not guess but says so, and shows what comes nearest.",
    },
    "demo_understood": {"zh": "理解为：{question}", "en": "Understood as: {question}"},
    "demo_end": {
        "zh": "\n演示结束，临时文件夹已删除。接下来可以试试：\n"
        "  assistant ingest 文件夹      导入您自己的文章\n"
        '  assistant ask "问题"         向它们提问\n'
        "  assistant serve              打开网页：对话、出处、文章、设置",
        "en": "\nThat was all; the temporary folder is removed. What to try next:\n"
        "  assistant ingest FOLDER      index articles of your own\n"
        '  assistant ask "QUESTION"     ask them\n'
        "  assistant serve              open the page: chats, citations, articles, settings",
    },
    "demo_stopped": {
        "zh": "已停止，临时文件夹已删除。",
        "en": "Stopped; the temporary folder is removed.",
    },
}
