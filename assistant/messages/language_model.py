"""Why a language model gave no answer, what a test of one found, and what it costs."""

TEXTS: dict[str, dict[str, str]] = {
    "llm_failed": {
        "zh": "语言模型没有给出可用的回答：{reason}。以下由内置的摘录式回答器作答。",
        "en": "The language model gave no answer that can be used: {reason}. The built-in extractive reader answered instead.",
    },
    "llm_why_key": {"zh": "服务端拒绝了密钥", "en": "the endpoint refused the key"},
    "llm_why_paid": {"zh": "账户余额或额度不足", "en": "the account has no credit or quota left"},
    "llm_why_model": {"zh": "服务端没有这个名称的模型", "en": "the endpoint has no model of that name"},
    "llm_why_address": {
        "zh": "这个地址上没有问答接口（404），请检查接口地址",
        "en": "there is no chat endpoint at that address (404); check the address",
    },
    "llm_why_moved": {
        "zh": "这个地址转到了别的地址；密钥和问题不会送去那里，请直接填写新的接口地址",
        "en": "that address leads to another one, where neither key nor question is sent; enter the new address itself",
    },
    "llm_why_server": {"zh": "服务端出错（{status}）", "en": "the endpoint failed ({status})"},
    "llm_why_unreachable": {
        "zh": "连不上服务端，或连接中途断开",
        "en": "the endpoint cannot be reached, or hung up",
    },
    "llm_why_busy": {
        "zh": "请求太多，被服务端限流",
        "en": "the endpoint is too busy and turned the question away",
    },
    "llm_why_busy_for": {
        "zh": "请求太多，服务端要求 {seconds} 秒后再问",
        "en": "the endpoint is too busy and wants to be asked again in {seconds} s",
    },
    "llm_why_timeout": {"zh": "没有在限定的时间内作答", "en": "it did not answer within the time allowed"},
    "llm_why_thinking": {
        "zh": "思考了 {seconds} 秒还没有开始作答（可用 ASSISTANT_LLM_THINKING_TIMEOUT 放宽）",
        "en": "it thought for {seconds} s without beginning to answer (ASSISTANT_LLM_THINKING_TIMEOUT allows more)",
    },
    "llm_why_too_long": {
        "zh": "提示超过了模型能读的长度",
        "en": "the prompt is longer than the model can read",
    },
    "llm_why_filtered": {
        "zh": "服务端的内容审查拦下了回答",
        "en": "the endpoint's content filter held the answer back",
    },
    "llm_why_tools": {
        "zh": "它想调用工具，没有写回答",
        "en": "it wanted to call a tool and wrote no answer",
    },
    "llm_why_length": {
        "zh": "还没有写出回答，字数就用完了",
        "en": "it ran out of tokens before it wrote an answer",
    },
    "llm_why_broken": {
        "zh": "连接中途断开，什么也没有写完",
        "en": "the connection broke before anything was written",
    },
    "llm_why_cut_off": {
        "zh": "时间到了，还没有写完一句话",
        "en": "time ran out before a sentence was written",
    },
    "llm_why_only_thought": {"zh": "它只写了思考，没有写回答", "en": "it only thought and wrote no answer"},
    "llm_why_empty": {"zh": "它什么也没有写", "en": "it wrote nothing"},
    "thoughts": {
        "zh": "模型的思考（没有核对过，不是回答）",
        "en": "What the model thought (not checked, and no part of the answer)",
    },
    "llm_broke_off": {
        "zh": "与语言模型的连接中途断开，只保留了已经写完的句子。",
        "en": "The connection to the language model broke; the sentences that it had finished are kept.",
    },
    "llm_too_slow": {
        "zh": "语言模型没有在限定的时间内写完，只保留了已经写完的句子。",
        "en": "The language model did not finish within the time allowed; the sentences that it had finished are kept.",
    },
    "llm_filtered": {
        "zh": "服务端的内容审查中途拦下了回答，只保留了此前写完的句子。",
        "en": "The endpoint's content filter stopped the answer; the sentences finished before are kept.",
    },
    "llm_langchain_missing": {
        "zh": "模型名称 {model} 要用 langchain 按名称打开，请先安装：pip install langchain，以及该服务商的包。",
        "en": "The model {model} is opened by langchain from its name; install it first: pip install langchain, and the provider's package.",
    },
    "llm_provider_missing": {
        "zh": "langchain 打不开 {model}：请安装服务商 {provider} 的包（如 pip install langchain-{provider}），并检查密钥。",
        "en": "langchain cannot open {model}: install the package of {provider} (such as pip install langchain-{provider}) and check the key.",
    },
    "try_no_scheme": {
        "zh": "地址缺少开头的 http:// 或 https://，应写成 {wanted}",
        "en": "The address lacks http:// or https:// at its beginning; write {wanted}",
    },
    "try_whole_path": {
        "zh": "地址写到 /v1 为止，不要写后面的 /chat/completions：{wanted}",
        "en": "The address ends with /v1, without /chat/completions behind it: {wanted}",
    },
    "try_unreachable": {
        "zh": "这个地址连不上：请检查主机名、端口，以及服务是否已启动。",
        "en": "Nothing can be reached at that address: check host and port, and whether the server runs.",
    },
    "try_no_endpoint": {
        "zh": "连得上，但这个地址上没有问答接口（404）：多数接口的地址以 /v1 结尾。",
        "en": "Something answers, but there is no chat endpoint at that address (404): most end with /v1.",
    },
    "try_no_api": {
        "zh": "这个地址答的不是模型接口的内容（可能是网页）：请检查接口地址。",
        "en": "What answers at that address is no model endpoint (a web page, perhaps): check the address.",
    },
    "try_key": {
        "zh": "服务端拒绝了密钥：请检查密钥，以及它能否用于这个模型。",
        "en": "The endpoint refused the key: check it, and whether it is good for this model.",
    },
    "try_model": {"zh": "服务端没有名为 {model} 的模型。", "en": "The endpoint has no model named {model}."},
    "try_models": {"zh": "它有的模型：{models}", "en": "It has these: {models}"},
    "try_failed": {"zh": "没有答成：{reason}", "en": "It did not answer: {reason}"},
    "try_good": {
        "zh": "可以使用：从两段资料里答对了试题，并标出了出处。",
        "en": "Ready: it answered a trial question from two passages and cited the right one.",
    },
    "try_no_marks": {
        "zh": "能答对，但没有标出处编号：出处将由核对程序事后查找，找不到的会标明。",
        "en": "It answers right but marks no passages: what it stands on is looked up afterwards, and flagged where nothing is found.",
    },
    "try_wrong_mark": {
        "zh": "能答对，但标错了出处：引用会被逐句核对。",
        "en": "It answers right but cites the wrong passage: citations are checked sentence by sentence.",
    },
    "try_wrong": {
        "zh": "有应答，但没有从资料里答出试题，可能太小而不适合：“{said}”",
        "en": "It speaks but did not answer the trial question from the passages; it may be too small: “{said}”",
    },
    "try_not_yet": {
        "zh": "{seconds} 秒内没有答完：模型可能还在载入或思考，也可能那里没有应答。",
        "en": "No answer was complete within {seconds} s: the model may be loading or thinking, or nothing answers there.",
    },
    "try_words_only": {
        "zh": "它只负责措辞：答案由内置阅读器找出，改写有遗漏或改动时显示原文（ASSISTANT_LLM_JUDGES=true 时由它自己作答）。",
        "en": "It only words answers: the built-in reader finds them, and where the wording loses or changes anything the sentences are "
        "quoted (with ASSISTANT_LLM_JUDGES=true it answers by itself).",
    },
    "try_better_words_only": {
        "zh": "若不换模型，可设 ASSISTANT_LLM_JUDGES=false：由内置阅读器找答案，它只负责措辞。",
        "en": "If you keep it, set ASSISTANT_LLM_JUDGES=false: the built-in reader then finds the answers and it only words them.",
    },
    "try_thinks": {
        "zh": "先思考再作答（思考了 {seconds} 秒）；思考不会当作回答显示。",
        "en": "It thinks first (for {seconds} s); what it thinks is not shown as the answer.",
    },
    "try_speed": {
        "zh": "{first} 秒后开始写，每秒约 {speed} 个词元，共用 {seconds} 秒。",
        "en": "It began after {first} s and writes about {speed} tokens a second; {seconds} s in all.",
    },
    "try_slow": {
        "zh": "较慢：一段 300 字的回答约要 {seconds} 秒，限定的时间是 {limit} 秒。",
        "en": "Slow: an answer of 300 characters takes about {seconds} s, and {limit} s are allowed.",
    },
    "try_no_stream": {
        "zh": "它不支持边写边显示：回答写完才显示。",
        "en": "It cannot stream: answers show once they are whole.",
    },
    "try_no_temperature": {
        "zh": "它不接受温度设置：同一问题的回答可能每次不同。",
        "en": "It takes no temperature: the same question may be answered differently each time.",
    },
    "try_no_count": {
        "zh": "它不报告词元数：费用无法统计。",
        "en": "It does not count tokens: costs are unknown.",
    },
    "usage_title": {"zh": "用量与费用", "en": "Use and costs"},
    "usage_day": {"zh": "日期", "en": "Day"},
    "usage_person": {"zh": "用户（近 30 天）", "en": "Person (last 30 days)"},
    "usage_questions": {"zh": "问题", "en": "Questions"},
    "usage_calls": {"zh": "调用", "en": "Calls"},
    "usage_read": {"zh": "输入词元", "en": "Tokens read"},
    "usage_written": {"zh": "输出词元", "en": "Tokens written"},
    "usage_cost": {"zh": "费用", "en": "Cost"},
    "usage_each": {"zh": "每题费用", "en": "Cost a question"},
    "usage_nobody": {"zh": "未登录", "en": "not signed in"},
    "usage_none": {
        "zh": "还没有由语言模型作答的问题。",
        "en": "No question was answered by a language model yet.",
    },
    "usage_hint": {
        "zh": "词元数由服务端报告；费用按 ASSISTANT_LLM_PRICE_READ 和 ASSISTANT_LLM_PRICE_WRITTEN（每百万词元的价格）计算，不设则不计。",
        "en": "Tokens are as the endpoint counts them; costs come from ASSISTANT_LLM_PRICE_READ and ASSISTANT_LLM_PRICE_WRITTEN (prices of a million tokens) where these are set.",
    },
}
