"""What the assistant says itself, and the notes under an answer."""

TEXTS: dict[str, dict[str, str]] = {
    "refusal": {
        "zh": "资料库中没有找到能回答这个问题的内容。",
        "en": "The articles do not hold an answer to this question.",
    },
    "refusal_years": {
        "zh": "资料库中没有找到{years}年的相关内容。",
        "en": "The articles hold nothing on this for {years}.",
    },
    "refusal_places": {
        "zh": "资料库中没有找到关于{places}的相关内容。",
        "en": "The articles hold nothing on this for {places}.",
    },
    "greeting": {
        "zh": "您好！我根据资料库里的文章回答政策和产业方面的问题，每句话都注明出处。请直接提问，例如“上海2025年集成电路产业营收多少？”",
        "en": "Hello! I answer policy and industry questions from the articles in the library, each sentence cited. Ask away.",
    },
    "not_a_question": {
        "zh": "这不是我能做的事：我只根据资料库里的文章回答问题。",
        "en": "That is not something I do: I only answer questions from the articles in the library.",
    },
    "part_missing": {
        "zh": "没有找到这一部分的答案：{parts}",
        "en": "No answer was found to this part: {parts}",
    },
    "llm_failed": {
        "zh": "语言模型没有应答（{reason}），以下由内置的摘录式回答器作答。",
        "en": "The language model failed ({reason}); the built-in extractive reader answered instead.",
    },
    "flag_figure": {
        "zh": "“{detail}”不在所引段落中",
        "en": "“{detail}” does not stand in the cited passage",
    },
    "flag_uncited": {"zh": "这句话没有注明出处", "en": "this sentence cites nothing"},
}
