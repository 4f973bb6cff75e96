"""The command line."""

TEXTS: dict[str, dict[str, str]] = {
    "cli_help": {
        "zh": "政策与产业文章问答助手：每句话都注明出处，资料里没有的就说没有。 / Cited answers from Chinese policy articles."
    },
    "cli_index": {"zh": "索引文件夹 / index folder"},
    "cli_json": {"zh": "输出 JSON / print JSON"},
    "cli_ingest": {
        "zh": "导入文件或文件夹（默认示例文章），只处理有变化的部分 / bring the index in step with files and folders"
    },
    "cli_ingest_paths": {
        "zh": "文件、文件夹或网址（网页、RSS、sitemap） / files, folders or addresses (pages, feeds, sitemaps)"
    },
    "cli_rebuild": {"zh": "先删除旧索引 / delete the old index first"},
    "cli_search": {"zh": "只检索，不回答 / show the passages found"},
    "cli_question": {"zh": "问题 / the question"},
    "cli_most": {"zh": "最多显示几段 / how many passages"},
    "cli_search_explain": {"zh": "说明为什么这样排 / tell why they are ranked so"},
    "search_nothing": {"zh": "没有", "en": "none"},
    "search_understood": {
        "zh": "检索的问题：{question}\n类型：{kind}{aim}  年份：{years}  时段：{periods}  地区：{places}  名称：{names}",
        "en": "Searched for: {question}\nkind: {kind}{aim}  years: {years}  periods: {periods}  places: {places}  names: {names}",
    },
    "search_aim_goal": {"zh": "（问目标）", "en": " (a goal)"},
    "search_aim_result": {"zh": "（问结果）", "en": " (a result)"},
    "search_widened": {
        "zh": "筛选条件下没有任何文章，已去掉筛选重新检索。",
        "en": "Nothing fits the filters; searched without them.",
    },
    "search_no_hits": {"zh": "没有找到相关段落。", "en": "No passage was found."},
    "search_why": {
        "zh": "语义第{dense}（{cosine}）  关键词第{keyword}（{bm25}）  融合第{fused}  精读 {reader}  时间{time}  地区{place}  所述时间 {speaks}",
        "en": "dense rank {dense} ({cosine})  keyword rank {keyword} ({bm25})  mixed rank {fused}  reranker {reader}  time {time}  place {place}  speaks of {speaks}",
    },
    "search_weighed": {"zh": "得分 {score} = {terms}", "en": "score {score} = {terms}"},
    "search_also_in": {"zh": "同文另见：{titles}", "en": "also in: {titles}"},
    "cli_context": {"zh": "前后各显示几段 / passages shown before and after each"},
    "cli_today": {"zh": "以哪一天为今天（YYYY-MM-DD） / the day from which 去年 is counted"},
    "cli_filter_year": {
        "zh": "只看这一年发布的文章，可多次给出 / only articles of this year; may be repeated"
    },
    "cli_filter_region": {"zh": "只看这一地区 / only this region; may be repeated"},
    "cli_filter_source": {"zh": "只看这一来源 / only this source; may be repeated"},
    "cli_ask": {"zh": "回答一个问题 / answer one question"},
    "cli_chat": {"zh": "在终端里连续提问 / chat in the terminal"},
    "cli_library": {"zh": "列出已导入的文章 / list the articles"},
    "cli_eval": {"zh": "运行一套评测题 / run a set of question-answer pairs"},
    "cli_eval_set": {"zh": "评测集 / the set, a JSON object a line"},
    "cli_eval_out": {"zh": "结果文件夹（默认在数据文件夹的 runs 里） / folder for the results"},
    "cli_eval_fresh": {"zh": "覆盖已有的结果 / overwrite what is there"},
    "cli_eval_judge": {"zh": "再请语言模型评分 / let a language model judge as well"},
    "cli_evals": {"zh": "评测集与评测结果的其他工具 / what goes around running a set"},
    "cli_evals_check": {"zh": "检查评测集 / validate a set, warn of duplicates, lost quotes, leaks"},
    "cli_evals_against": {"zh": "另一评测集，检查是否有相同的题 / another set, to find leaks"},
    "cli_evals_draft": {"zh": "从文章中提出新题，逐题收下 / propose new items from the articles"},
    "cli_evals_draft_target": {"zh": "收下的题加到这个文件 / file that kept items are added to"},
    "cli_evals_draft_most": {"zh": "最多提几题 / how many at most"},
    "cli_evals_draft_all": {"zh": "全部收下，不逐题询问 / keep all without asking"},
    "cli_evals_convert": {
        "zh": "转换格式：SQuAD、问答列表、CSV、XLSX、JSONL / from one form of a set to another"
    },
    "cli_evals_source": {"zh": "要转换的文件 / the file to convert"},
    "cli_evals_target": {"zh": "写入的文件或文件夹 / where to write"},
    "cli_evals_form": {"zh": "来源格式：squad 或 pairs（默认看后缀） / form of the source"},
    "cli_evals_checker": {
        "zh": "用标注过的回答检验核查 / how well the check of written answers tells good from bad"
    },
    "cli_evals_checker_file": {"zh": "标注的回答，每行一个 JSON / labelled answers, a JSON object a line"},
    "cli_evals_checker_show": {"zh": "列出判断有误的句子 / list the units that are judged wrongly"},
    "cli_evals_corpora": {"zh": "逐个语料建库并提问 / ingest and ask whole corpora, each with its questions"},
    "cli_evals_corpora_folder": {
        "zh": "语料文件夹，其下各含 documents/ 与 questions.jsonl / folder of corpora, each with documents/ and questions.jsonl"
    },
    "cli_evals_corpora_out": {"zh": "索引与结果的文件夹 / folder for indexes and runs"},
    "cli_evals_corpora_only": {"zh": "只评这些语料 / only these corpora"},
    "cli_evals_corpora_blind": {"zh": "只留总数的语料 / corpora of which nothing but totals is kept"},
    "cli_evals_compare": {"zh": "比较两次运行 / what moved between two runs"},
    "cli_evals_run": {"zh": "结果文件夹 / a run's folder"},
    "cli_evals_gate": {
        "zh": "运行评测集，达不到要求就以 1 退出 / run a set, exit 1 where a figure falls short"
    },
    "cli_evals_min": {"zh": "下限，如 facts=0.9 / a figure that must be reached"},
    "cli_evals_max": {"zh": "上限，如 refused_wrong=0.05 / a figure that must not be exceeded"},
    "cli_evals_baseline": {"zh": "不得明显差于这次运行 / a run that must not be fallen behind"},
    "cli_evals_report": {"zh": "重新生成报告 / write a run's report again"},
    "cli_evals_judge": {"zh": "请语言模型为一次运行评分 / let a language model judge a run"},
    "cli_evals_export": {"zh": "导出为 ragas、beir 或 csv / export a run"},
    "cli_evals_export_form": {"zh": "ragas、beir 或 csv / ragas, beir or csv"},
    "cli_evals_runs": {"zh": "列出以往的运行 / list earlier runs"},
    "cli_evals_public": {"zh": "运行公开基准 / run a public benchmark"},
    "cli_evals_public_name": {"zh": "基准的名字 / name of the benchmark"},
    "cli_evals_public_folder": {"zh": "基准数据所在的文件夹 / folder that holds its data"},
    "cli_evals_public_most": {"zh": "每项最多几题（默认全部） / questions a part at most"},
    "cli_evals_public_plain": {
        "zh": "改用单一检索臂的最佳句子作答，作对照 / answer with the best sentence of one plain arm instead, to compare"
    },
    "cli_serve": {"zh": "打开网页和 API / open the chat page and the API"},
    "cli_host": {"zh": "监听地址 / address to listen on"},
    "cli_port": {"zh": "端口 / port"},
    "extra_missing": {
        "zh": "{what} 需要安装附加组件 {extra}（缺少：{modules}）。请运行：{command}",
        "en": "{what} needs the extra “{extra}” (missing: {modules}). Install it with: {command}",
    },
    "stopped": {"zh": "已停止；已完成的部分都已保存。", "en": "Stopped; what was done is kept."},
    "chat_hint": {
        "zh": "直接输入问题。/new 开始新对话，/exit 退出。",
        "en": "Type a question. /new starts a new chat, /exit ends.",
    },
    "near": {"zh": "可能相关：", "en": "Perhaps of use:"},
    "ingest_reading": {"zh": "正在建立索引", "en": "Indexing"},
    "ingest_fetching": {"zh": "正在下载", "en": "Fetching"},
    "ingest_left": {
        "zh": "未处理：{file}（再次运行即可继续）",
        "en": "Not reached: {file} (run again to go on)",
    },
    "ingest_done": {
        "zh": "新增 {added} 个文件，更新 {replaced}，未变 {unchanged}，移除 {removed}，移动 {moved}；索引中共有 {articles} 篇文章、{passages} 个段落。",
        "en": "{added} files added, {replaced} replaced, {unchanged} unchanged, {removed} removed, {moved} moved; the index holds {articles} articles, {passages} passages.",
    },
    "library_total": {
        "zh": "共 {articles} 篇文章、{passages} 个段落。",
        "en": "{articles} articles, {passages} passages.",
    },
    "column_date": {"zh": "日期", "en": "Date"},
    "column_title": {"zh": "标题", "en": "Title"},
    "column_source": {"zh": "来源", "en": "Source"},
    "column_region": {"zh": "地区", "en": "Region"},
    "cli_watch": {"zh": "导入后继续留意文件夹的变化，直到 Ctrl-C / follow the folders until Ctrl-C"},
    "cli_explain": {
        "zh": "只显示怎样读取和修复文件，不写入索引 / show what reading and repair make of files; the index stays as it is"
    },
    "cli_article": {"zh": "文章编号（library 列出） / id of the article"},
    "cli_changes": {"zh": "字段=新值，如 date=2025-03-05 / FIELD=VALUE"},
    "cli_edit_collection": {
        "zh": "归入文集，只有可看该文集的人能看到 / put it into a collection; collection= takes it out"
    },
    "cli_ingest_collection": {
        "zh": "把这些文件里的文章都归入一个文集，以后导入也保留 / all articles of these files belong to this collection, for good"
    },
    "cli_ingest_no_collection": {
        "zh": "取消以前用 --collection 指定的文集 / take back what --collection gave"
    },
    "cli_undo": {"zh": "恢复为从文件读到的值 / back to what the file says"},
    "cli_library_show": {"zh": "显示一篇文章和各字段的出处 / show an article and where its fields were read"},
    "cli_library_edit": {"zh": "更正字段，以后导入也保留 / set fields right, for good"},
    "cli_library_remove": {
        "zh": "移出一篇文章（文件不动），可用 restore 恢复 / take an article out; its file stays"
    },
    "cli_library_restore": {"zh": "恢复移出的文章 / bring a removed article back"},
    "cli_library_export": {"zh": "导出全部文章为 Markdown 文件夹或 JSONL / write all articles"},
    "cli_export_target": {"zh": "文件夹或 .jsonl 文件 / a folder or a .jsonl file"},
    "watching": {"zh": "正在留意 {paths} 的变化，Ctrl-C 结束。", "en": "Following {paths}; Ctrl-C ends it."},
    "article_removed": {
        "zh": "已移出 {article}；assistant library restore {article} 可恢复。",
        "en": "{article} is out; assistant library restore {article} brings it back.",
    },
    "library_exported": {
        "zh": "已把 {articles} 篇文章写入 {target}。",
        "en": "{articles} articles written to {target}.",
    },
    "explain_total": {
        "zh": "修复 {changes} 处，正文 {characters} 字。",
        "en": "{changes} places repaired, {characters} characters of text.",
    },
    "origin_field": {"zh": "文件字段", "en": "field"},
    "origin_headline": {"zh": "标题行", "en": "headline"},
    "origin_file_name": {"zh": "文件名", "en": "file name"},
    "origin_title": {"zh": "标题", "en": "title"},
    "origin_property": {"zh": "文件属性", "en": "property of the file"},
    "origin_issuer": {"zh": "发文机关", "en": "issuer"},
    "origin_text": {"zh": "正文", "en": "text"},
    "origin_first_lines": {"zh": "开头几行", "en": "first lines"},
    "origin_signature": {"zh": "落款", "en": "signature"},
    "origin_document_number": {"zh": "文号", "en": "document number"},
    "origin_session": {"zh": "会议届次", "en": "session"},
    "origin_url": {"zh": "网址", "en": "URL"},
    "origin_series": {"zh": "同一文件各篇的标题", "en": "titles of the documents of its file"},
    "origin_ingest": {"zh": "导入时指定", "en": "given at ingest"},
    "origin_correction": {"zh": "人工更正", "en": "corrected by hand"},
    "column_id": {"zh": "编号", "en": "Id"},
    "column_issuer": {"zh": "发文机关", "en": "Issuer"},
    "column_number": {"zh": "文号", "en": "Number"},
    "column_kind": {"zh": "文种", "en": "Kind"},
    "column_collection": {"zh": "文集", "en": "Collection"},
    "column_url": {"zh": "链接", "en": "URL"},
    "column_file": {"zh": "文件", "en": "File"},
    "link_same_text": {"zh": "同文：{title}（{date}，{id}）", "en": "Same text: {title} ({date}, {id})"},
    "link_version_newer": {
        "zh": "较新版本：{title}（{date}，{id}）",
        "en": "Newer version: {title} ({date}, {id})",
    },
    "link_version_older": {
        "zh": "较旧版本：{title}（{date}，{id}）",
        "en": "Older version: {title} ({date}, {id})",
    },
}
