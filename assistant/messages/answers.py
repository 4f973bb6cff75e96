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
    "so_far": {
        "zh": "这一年还没有结束，全年的数字没有找到；这是{stretch}的。",
        "en": "The year is not over, and no figure of all of it was found; this is of {stretch}.",
    },
    "near_part": {
        "zh": "没有找到可以确定是{asked}全年的内容；最接近的是{told}的：{sentence}[1]",
        "en": "Nothing was found that is surely of all of {asked}; nearest is this of {told}: {sentence}[1]",
    },
    "near_year": {
        "zh": "没有找到可以确定是{asked}的内容；最接近的是{told}的：{sentence}[1]",
        "en": "Nothing was found that is surely of {asked}; nearest is this of {told}: {sentence}[1]",
    },
    "near_place": {
        "zh": "没有找到可以确定是关于{asked}的内容；最接近的是关于{told}的：{sentence}[1]",
        "en": "Nothing was found that is surely on {asked}; nearest is this on {told}: {sentence}[1]",
    },
    "near_goal": {
        "zh": "没有找到可以确定是实际完成的情况；最接近的是目标：{sentence}[1]",
        "en": "No result was found for certain; nearest is a goal: {sentence}[1]",
    },
    "near_result": {
        "zh": "没有找到可以确定是目标的内容；最接近的是实际情况：{sentence}[1]",
        "en": "No goal was found for certain; nearest is a result: {sentence}[1]",
    },
    "told_goal": {
        "zh": "资料里找到的是目标，不是实际完成的情况。",
        "en": "What was found is the goal, not what was reached.",
    },
    "other_count": {
        "zh": "问的是 {asked} 项，资料里说的是 {told} 项。",
        "en": "The question speaks of {asked}, the articles tell of {told}.",
    },
    "rival_quoted": {
        "zh": "有两句话都可能是所问的，难分先后，一并列出，请对照原文。",
        "en": "Two sentences may each be what is asked for; both are quoted, please compare them in the article.",
    },
    "measures_differ": {
        "zh": "口径不同：所引的句子说的分别是{measures}，比较仅供参考。",
        "en": "Unlike measures: the sentences quoted tell of {measures}; take the comparison with care.",
    },
    "versions_differ": {
        "zh": "说法不一：以下各句的数字不同，请看各自的日期和来源。",
        "en": "The articles differ: the sentences below give different figures; see their dates and sources.",
    },
    "thanks": {"zh": "不客气，请继续提问。", "en": "You are welcome; go on asking."},
    "farewell": {"zh": "再见，随时可以回来提问。", "en": "Goodbye; come back with a question at any time."},
    "understood": {"zh": "好的，请继续提问。", "en": "Fine; go on asking."},
    "who": {
        "zh": "我是政策与产业文章的问答助手：只根据资料库里的文章回答，每句话都注明出处，资料里没有的会直说。",
        "en": "I answer questions about policy and industry from the articles in the library only, each sentence cited, and say plainly what they do not hold.",
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
    "flag_figure": {
        "zh": "“{detail}”不在所引段落中",
        "en": "“{detail}” does not stand in the cited passage",
    },
    "flag_contrary": {
        "zh": "“{detail}”与所引段落说的相反",
        "en": "“{detail}” says the contrary of the cited passage",
    },
    "flag_mark": {
        "zh": "所标的段落没有说这句话，另一段说了",
        "en": "the marked passage does not say this; another one does",
    },
    "flag_foreign": {
        "zh": "这句话说的不是所引段落的内容",
        "en": "this sentence tells of something that the cited passage does not",
    },
    "flag_recognised": {
        "zh": "引文由扫描件识别（第{detail}页），个别字可能有误，请对照原件",
        "en": "the quote was recognised from a scan (page {detail}); compare it with the original",
    },
    "page_number": {"zh": "第{page}页", "en": "p. {page}"},
    "llm_not_worded": {
        "zh": "语言模型的改写漏了或改了原文的内容，以下为原文的句子。",
        "en": "The language model's wording lost or changed something, so the sentences are quoted as they stand.",
    },
    "llm_unusable": {
        "zh": "语言模型的回答无法核对，以下由内置的摘录式回答器作答。",
        "en": "What the language model wrote could not be checked; the built-in extractive reader answered instead.",
    },
    "llm_left_out": {
        "zh": "语言模型写的 {sentences} 句话在资料中没有依据，已略去。",
        "en": "Sentences of the language model that no article supports were left out: {sentences}.",
    },
    "llm_cut": {
        "zh": "语言模型没有写完，最后一句已略去。",
        "en": "The language model did not finish; its last sentence was left out.",
    },
    "flag_uncited": {"zh": "这句话没有注明出处", "en": "this sentence cites nothing"},
}
