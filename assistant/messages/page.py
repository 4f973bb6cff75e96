"""The page and its server."""

TEXTS: dict[str, dict[str, str]] = {
    "page_title": {"zh": "政策与产业文章问答", "en": "Policy article assistant"},
    "page_subtitle": {
        "zh": "只根据资料库里的文章回答，每句话都注明出处；资料里没有的，直说没有。",
        "en": "Answers from the articles in the library, each sentence cited; what they do not hold is refused.",
    },
    "page_other_language": {"zh": "English", "en": "中文"},
    "page_other_language_path": {"zh": "/en/", "en": "/"},
    "page_placeholder": {"zh": "直接提问，或点一个例子", "en": "Ask, or pick an example"},
    "page_examples": {
        "zh": "上海2025年集成电路产业营收多少？\n2024年城镇新增就业实现了多少？\n2025年城镇新增就业的目标是多少？\n大额现金交易多少元以上要报告？",
        "en": "上海2025年集成电路产业营收多少？\n2024年城镇新增就业实现了多少？\n2025年城镇新增就业的目标是多少？\n大额现金交易多少元以上要报告？",
    },
    "page_ask": {"zh": "输入问题，按回车发送", "en": "Type a question in Chinese, Enter sends it"},
    "page_send": {"zh": "发送", "en": "Send"},
    "page_new": {"zh": "新对话", "en": "New chat"},
    "page_article": {"zh": "原文", "en": "Article"},
    "page_article_hint": {
        "zh": "点击回答中的 [1]，这里会打开原文并标出所引的句子",
        "en": "Click a [1] in an answer: its article opens here with the sentence marked",
    },
    "article_link": {"zh": "来源链接", "en": "source"},
    "thinking": {"zh": "正在查找…", "en": "Looking…"},
    "status_loading": {"zh": "正在载入模型…", "en": "Loading the models…"},
    "status_indexing": {
        "zh": "正在建立索引（{percent}%），完成后即可提问",
        "en": "Building the index ({percent}%); ask when it is done",
    },
    "status_failed": {"zh": "无法启动：", "en": "Cannot start:"},
    "serving": {
        "zh": "网页：{address}（按 Ctrl-C 停止）",
        "en": "The page is at {address} (Ctrl-C stops it)",
    },
    "serving_ready": {"zh": "索引已就绪，可以提问了。", "en": "The index is ready; ask away."},
    "failed": {"zh": "出错了：{reason}", "en": "Something went wrong: {reason}"},
    "host_wrong": {"zh": "无法识别地址 {host}。", "en": "Unknown address {host}."},
    "port_not_allowed": {
        "zh": "无法在 {host}:{port} 上监听（{reason}），请换一个端口。",
        "en": "Cannot listen on {host}:{port} ({reason}); choose another port.",
    },
    "port_taken": {
        "zh": "端口 {port} 已被占用。请用 PORT=7861 make run 换一个端口。",
        "en": "Port {port} is taken. Choose another, e.g. PORT=7861 make run.",
    },
    "setting_wrong": {"zh": "设置 {name} 有误：{reason}", "en": "The setting {name} is wrong: {reason}"},
    "disk_full": {
        "zh": "磁盘已满，{folder} 无法写入。请腾出空间后重试；已完成的部分不会丢失。",
        "en": "The disk is full; {folder} cannot be written. Free some space and try again; what is done is kept.",
    },
}
