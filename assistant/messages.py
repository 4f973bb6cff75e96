"""Every text a person sees, in Chinese and English. Code elsewhere names them by their code."""

from __future__ import annotations

from corpus.problem import Problem

MESSAGES: dict[str, dict[str, str]] = {
    # -- answers
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
    # -- notes under an answer
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
    # -- input
    "empty_question": {"zh": "问题是空的，请输入一个问题。", "en": "The question is empty; type one."},
    "question_too_long": {
        "zh": "问题有{length}个字，最多{most}个字，请缩短后再问。",
        "en": "The question has {length} characters; at most {most} are read. Shorten it.",
    },
    "empty_file": {
        "zh": "{file}：文件是空的，没有读入任何内容。",
        "en": "{file}: the file is empty; nothing was read.",
    },
    "unreadable_encoding": {
        "zh": "{file}：无法识别文字编码（支持 UTF-8、UTF-16、GB18030、Big5），请另存为 UTF-8 后重试。",
        "en": "{file}: unknown text encoding (UTF-8, UTF-16, GB18030 and Big5 are read). Save it as UTF-8 and try again.",
    },
    "unreadable_file": {"zh": "{file}：无法读取（{reason}）。", "en": "{file}: cannot be read ({reason})."},
    "unknown_format": {
        "zh": "{file}：不支持这种格式，能读的有 {known}。",
        "en": "{file}: unknown format; these are read: {known}.",
    },
    "file_too_large": {
        "zh": "{file}：文件超过 512 MB，请拆分后再导入。",
        "en": "{file}: larger than 512 MB; split it.",
    },
    "broken_front_matter": {
        "zh": "{file} 第{line}行：文件头（front matter）不是有效的 YAML。",
        "en": "{file}, line {line}: the front matter is not valid YAML.",
    },
    "broken_json_line": {
        "zh": "{file} 第{line}行：不是有效的 JSON，已跳过，其余各行照常导入。",
        "en": "{file}, line {line}: not valid JSON; skipped, the other lines were read.",
    },
    "json_line_no_object": {
        "zh": "{file} 第{line}行：应当是一个 JSON 对象，已跳过。",
        "en": "{file}, line {line}: not a JSON object; skipped.",
    },
    "json_line_no_text": {
        "zh": "{file} 第{line}行：没有正文字段（可用的名字：{names}），已跳过。",
        "en": "{file}, line {line}: no text field (looked for: {names}); skipped.",
    },
    "article_without_text": {
        "zh": "{file}：文章“{title}”没有正文，已跳过。",
        "en": "{file}: the article “{title}” has no text; skipped.",
    },
    "no_such_path": {"zh": "{file}：没有这个文件或文件夹。", "en": "{file}: no such file or folder."},
    "nothing_to_ingest": {
        "zh": "没有可导入的文件（能读的格式：{known}）。",
        "en": "Nothing to ingest (formats read: {known}).",
    },
    # -- index
    "index_busy": {
        "zh": "另一个导入正在使用索引 {folder}，请等它结束后再试。",
        "en": "Another ingest holds the index {folder}; wait until it ends.",
    },
    "index_not_writable": {
        "zh": "索引文件夹 {folder} 无法写入（{reason}）。请检查磁盘空间和权限，或用 --index 指定别的文件夹。",
        "en": "The index folder {folder} cannot be written ({reason}). Check disk space and rights, or name another with --index.",
    },
    "index_broken": {
        "zh": "索引文件夹 {folder} 已损坏（{reason}）。请删除它后重新导入。",
        "en": "The index folder {folder} is damaged ({reason}). Delete it and ingest again.",
    },
    "index_of_other_model": {
        "zh": "索引 {folder} 是用模型 {made_with} 建立的，现在的模型是 {now}。请换回原模型、换一个 --index，或用 ingest --rebuild 重建。",
        "en": "The index {folder} was made with the model {made_with}, now it is {now}. Use that model, another --index, or ingest --rebuild.",
    },
    "index_of_other_splitter": {
        "zh": "索引 {folder} 是用另一种分段方式（{made_with}）建立的，现在是 {now}。请换一个 --index，或用 ingest --rebuild 重建。",
        "en": "The index {folder} was split another way ({made_with}, now {now}). Use another --index or ingest --rebuild.",
    },
    "index_of_other_layout": {
        "zh": "索引 {folder} 由另一版本的程序建立。请换一个 --index，或用 ingest --rebuild 重建。",
        "en": "The index {folder} was made by another version. Use another --index or ingest --rebuild.",
    },
    "index_empty": {
        "zh": "索引 {folder} 里还没有文章，请先运行 assistant ingest。",
        "en": "The index {folder} holds no articles yet; run assistant ingest first.",
    },
    "not_an_index": {
        "zh": "{folder} 不是索引文件夹，没有删除任何内容。",
        "en": "{folder} is not an index folder; nothing was deleted.",
    },
    "chroma_server_down": {
        "zh": "连不上 Chroma 服务器 {server}（{reason}）。",
        "en": "No Chroma server answers at {server} ({reason}).",
    },
    "no_such_model": {
        "zh": "无法载入嵌入模型 {model}（{reason}）。",
        "en": "The embedding model {model} cannot be loaded ({reason}).",
    },
    # -- evals
    "no_such_set": {"zh": "{file}：没有这个评测集文件。", "en": "{file}: no such eval set."},
    "eval_item_broken": {
        "zh": "{file} 第{line}行：不是有效的 JSON 对象，已跳过。",
        "en": "{file}, line {line}: not a valid JSON object; skipped.",
    },
    "eval_item_field": {
        "zh": "{file} 第{line}行：字段 {field} 有误（{reason}），已跳过。",
        "en": "{file}, line {line}: field {field} is wrong ({reason}); skipped.",
    },
    "eval_set_empty": {"zh": "{file}：没有可运行的题目。", "en": "{file}: no item can be run."},
    # -- command line
    "cli_help": {
        "zh": "政策与产业文章问答助手：每句话都注明出处，资料里没有的就说没有。 Cited answers from Chinese policy articles."
    },
    "cli_index": {"zh": "索引文件夹 / index folder"},
    "cli_json": {"zh": "输出 JSON / print JSON"},
    "cli_ingest": {
        "zh": "导入文件或文件夹（默认示例文章），只处理有变化的部分 / bring the index in step with files and folders"
    },
    "cli_ingest_paths": {"zh": "文件或文件夹 / files or folders (.md .txt .jsonl)"},
    "cli_rebuild": {"zh": "先删除旧索引 / delete the old index first"},
    "cli_search": {"zh": "只检索，不回答 / show the passages found"},
    "cli_question": {"zh": "问题 / the question"},
    "cli_most": {"zh": "最多显示几段 / how many passages"},
    "cli_ask": {"zh": "回答一个问题 / answer one question"},
    "cli_chat": {"zh": "在终端里连续提问 / chat in the terminal"},
    "cli_library": {"zh": "列出已导入的文章 / list the articles"},
    "cli_eval": {"zh": "运行一套评测题 / run a set of question-answer pairs"},
    "cli_eval_set": {"zh": "评测集 / the set, a JSON object a line"},
    "cli_eval_out": {"zh": "写入 predictions.jsonl 和 summary.json 的文件夹 / folder for the results"},
    "cli_serve": {"zh": "打开网页和 API / open the chat page and the API"},
    "cli_host": {"zh": "监听地址 / address to listen on"},
    "cli_port": {"zh": "端口 / port"},
    "stopped": {"zh": "已停止；已完成的部分都已保存。", "en": "Stopped; what was done is kept."},
    "chat_hint": {
        "zh": "直接输入问题。/new 开始新对话，/exit 退出。",
        "en": "Type a question. /new starts a new chat, /exit ends.",
    },
    "near": {"zh": "可能相关：", "en": "Perhaps of use:"},
    "ingest_reading": {"zh": "正在建立索引", "en": "Indexing"},
    "ingest_left": {
        "zh": "未处理：{file}（再次运行即可继续）",
        "en": "Not reached: {file} (run again to go on)",
    },
    "ingest_done": {
        "zh": "新增 {added} 个文件，更新 {replaced}，未变 {unchanged}，移除 {removed}；索引中共有 {articles} 篇文章、{passages} 个段落。",
        "en": "{added} files added, {replaced} replaced, {unchanged} unchanged, {removed} removed; the index holds {articles} articles, {passages} passages.",
    },
    "library_total": {
        "zh": "共 {articles} 篇文章、{passages} 个段落。",
        "en": "{articles} articles, {passages} passages.",
    },
    "eval_running": {"zh": "正在评测", "en": "Asking"},
    "eval_written": {"zh": "逐题结果已写入 {folder}", "en": "Every answer was written to {folder}"},
    "column_date": {"zh": "日期", "en": "Date"},
    "column_title": {"zh": "标题", "en": "Title"},
    "column_source": {"zh": "来源", "en": "Source"},
    "column_region": {"zh": "地区", "en": "Region"},
    "column_type": {"zh": "类型", "en": "Type"},
    "column_items": {"zh": "题数", "en": "Items"},
    "column_answer_rate": {"zh": "答对", "en": "Answered right"},
    "column_citation_rate": {"zh": "引用属实", "en": "Cited right"},
    "column_refused_right": {"zh": "该拒已拒", "en": "Refused right"},
    "column_refused_wrong": {"zh": "误拒", "en": "Refused wrong"},
    "column_length": {"zh": "平均字数", "en": "Characters"},
    "column_ms": {"zh": "毫秒 中位/95%", "en": "ms median / p95"},
    "row_total": {"zh": "合计", "en": "Total"},
    # -- page
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
    # -- serving
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
"""Code → language → text; `{…}` blanks are filled from the fields of a `Problem`."""


def message(code: str, language: str = "zh", **fields: object) -> str:
    """The text of a message in a language."""
    texts = MESSAGES[code]
    return texts.get(language, texts["zh"]).format(**fields)


def explain(problem: Problem, language: str = "zh") -> str:
    """A problem in words."""
    fields = {name: _one_line(value) for name, value in problem.fields.items()}
    return message(problem.code, language, **fields)


def _one_line(value: object) -> object:
    return " ".join(str(value).split()) if not isinstance(value, int) else value
