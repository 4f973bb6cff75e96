"""What is said beside an overview, and of briefings."""

TEXTS: dict[str, dict[str, str]] = {
    "overview_all": {
        "zh": "概览：资料库中可见的 {articles} 篇文章，每篇摘录最能说明其内容的句子。",
        "en": "Overview of all {articles} articles: of each, the sentences that tell best what it is about.",
    },
    "overview_by_article": {
        "zh": "概览：相关的 {articles} 篇文章，按文章分组，各句均为原文。",
        "en": "Overview of {articles} articles, by article; every line is a sentence of theirs.",
    },
    "overview_by_article_more": {
        "zh": "概览：以下摘自 {articles} 篇文章，按文章分组；另有 {more} 篇未列出，可用年份、地区、来源筛选，或就其中一项追问。",
        "en": "Overview of {articles} articles, by article; {more} more are not shown: narrow it by year, region or source, or ask on.",
    },
    "overview_by_place": {
        "zh": "概览：{groups} 个地区，摘自 {articles} 篇文章，各句均为原文。",
        "en": "Overview of {groups} places out of {articles} articles; every line is a sentence of theirs.",
    },
    "overview_by_place_more": {
        "zh": "概览：{groups} 个地区，摘自 {articles} 篇文章；另有 {more_groups} 个地区、{more} 篇相关文章未列出，可用筛选缩小范围，或就其中一地追问。",
        "en": "Overview of {groups} places out of {articles} articles; {more_groups} more places and {more} more articles are not shown: narrow it by the filters, or ask of one place.",
    },
    "overview_by_section": {
        "zh": "《{title}》的提纲：按该文各部分列出要点，每条取自原文；要看其中一条的内容，请就它追问。",
        "en": "Outline of “{title}”: the points of its parts, each in its own words; ask on for what one of them says.",
    },
    "overview_more_article": {"zh": "另有 {count} 篇未列出。", "en": "{count} more articles are not shown."},
    "overview_more_place": {"zh": "另有 {count} 个地区未列出。", "en": "{count} more places are not shown."},
    "briefing_title": {"zh": "资料简报（{count} 篇文章）", "en": "Briefing on {count} articles"},
    "briefing_make": {"zh": "梳理成简报", "en": "Make a briefing"},
    "briefing_begins": {"zh": "正在开始梳理…", "en": "Starting the briefing…"},
    "briefing_running": {
        "zh": "正在梳理：{{done}}/{{total}} 篇",
        "en": "Reading: {{done}} of {{total}} articles",
    },
    "briefing_stopped": {"zh": "简报已停止。", "en": "The briefing was stopped."},
    "briefing_ready": {"zh": "简报已完成：{{title}}", "en": "The briefing is ready: {{title}}"},
    "briefing_failed": {"zh": "简报没有做成。", "en": "The briefing could not be made."},
    "briefing_word": {"zh": "下载 Word", "en": "Word document"},
    "briefing_introduction": {"zh": "导语", "en": "Introduction"},
    "briefing_said": {"zh": "主要内容", "en": "What it says"},
    "briefing_figures": {"zh": "关键数据", "en": "Key figures"},
    "briefing_measure": {"zh": "指标", "en": "Measure"},
    "briefing_value": {"zh": "数值", "en": "Value"},
    "briefing_period": {"zh": "时期", "en": "Period"},
    "briefing_sources": {"zh": "来源", "en": "Sources"},
    "briefing_nothing_told": {
        "zh": "这篇文章没有可摘录的完整句子。",
        "en": "This article holds no whole sentence to quote.",
    },
    "briefing_nothing": {
        "zh": "请先选择文章：articles 至少要有一个文章编号。",
        "en": "articles: name at least one article id.",
    },
    "briefing_too_many": {
        "zh": "一份简报最多 {most} 篇文章，这里选了 {articles} 篇。",
        "en": "A briefing tells of {most} articles at most; these are {articles}.",
    },
    "briefing_busy": {
        "zh": "您还有一份简报正在生成，请等它完成或先停止它。",
        "en": "A briefing of yours is being made; wait for it or stop it first.",
    },
    "briefing_not_there": {
        "zh": "没有这份简报，或它还没有完成。",
        "en": "There is no such briefing, or it is not finished.",
    },
    "briefing_form": {
        "zh": "简报只能导出为 docx 或 md，不能是 {form}。",
        "en": "A briefing is written as docx or md, not as {form}.",
    },
    "briefing_no_introduction": {
        "zh": "语言模型没有写出导语：{reason}",
        "en": "The language model wrote no introduction: {reason}",
    },
    "briefing_introduction_unchecked": {
        "zh": "语言模型写的导语无法核对，已略去。",
        "en": "The language model's introduction could not be checked and was left out.",
    },
    "briefing_making": {"zh": "生成简报", "en": "Making the briefing"},
    "briefing_written": {
        "zh": "已写入 {file}（{count} 篇文章）。",
        "en": "Written: {file} ({count} articles).",
    },
    "cli_briefing": {
        "zh": "把选定的文章写成一份简报（Word 或 Markdown）",
        "en": "Write a briefing on chosen articles (Word or Markdown)",
    },
    "cli_briefing_ids": {
        "zh": "文章编号（assistant library 列出）",
        "en": "article ids, as `assistant library` lists them",
    },
    "cli_briefing_out": {
        "zh": "写到哪里：.docx 或 .md；不给则打印 Markdown",
        "en": "the file to write, .docx or .md; Markdown is printed where none is named",
    },
    "cli_briefing_title": {"zh": "简报的标题", "en": "title of the briefing"},
}
