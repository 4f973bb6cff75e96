"""What is said of the sources that a person chose to ask, and of filters."""

TEXTS: dict[str, dict[str, str]] = {
    "chosen_missing": {
        "zh": "所选的文章中有 {missing} 篇已不在资料库中，或您无权查看，没有查找。",
        "en": "Of the chosen articles {missing} are no longer in the library, or not yours to see; they were not searched.",
    },
    "chosen_gone": {
        "zh": "所选的文章都已不在资料库中，或您无权查看。",
        "en": "None of the chosen articles is in the library any more, or they are not yours to see.",
    },
    "refusal_chosen": {
        "zh": "在所选的 {count} 篇里没有找到能回答这个问题的内容。",
        "en": "The {count} chosen article(s) do not hold an answer to this question.",
    },
    "near_of_chosen": {
        "zh": "在所选的 {count} 篇里{told}",
        "en": "In the {count} chosen article(s): {told}",
    },
    "ask_without_choice": {"zh": "不限所选，到全部资料里查", "en": "Ask the whole library"},
    "chosen_sources": {"zh": "只问", "en": "Only"},
    "chosen_count": {"zh": "{count} 篇", "en": "articles: {count}"},
    "chosen_collection": {"zh": "文集“{name}”", "en": "the collection “{name}”"},
    "chosen_folder": {"zh": "文件夹“{name}”", "en": "the folder “{name}”"},
    "chosen_and_more": {"zh": "等", "en": "and more"},
    "chosen_missing_short": {
        "zh": "另有 {missing} 篇已移出或无权查看",
        "en": "{missing} more are gone or not yours to see",
    },
    "unchoose": {"zh": "不再只问这些", "en": "Ask everything again"},
    "choose_only_article": {"zh": "只问这篇", "en": "Ask only this article"},
    "choose_only_these": {"zh": "只问这些", "en": "Ask these"},
    "choose_only_collection": {"zh": "只问这个文集", "en": "Ask this collection"},
    "choose_only_folder": {"zh": "只问这个文件夹", "en": "Ask this folder"},
    "choose_nothing": {"zh": "先勾选文章。", "en": "Tick some articles first."},
    "choose_no_longer": {
        "zh": "所选的已不在资料库中，或您无权查看。",
        "en": "What was chosen is not in the library, or not yours to see.",
    },
    "ticked": {"zh": "已勾选 {count} 篇", "en": "Ticked: {count}"},
    "tick_none": {"zh": "全部取消", "en": "Clear"},
    "tick_article": {"zh": "勾选“{title}”", "en": "Tick “{title}”"},
    "column_tick": {"zh": "勾选", "en": "Tick"},
    "library_collection": {"zh": "文集", "en": "Collection"},
    "filters_set": {"zh": "筛选（已选 {count} 项）", "en": "Filters ({count} set)"},
    "filter_kinds": {"zh": "文种", "en": "Document type"},
    "filter_since": {"zh": "日期从", "en": "Dated from"},
    "filter_until": {"zh": "日期到", "en": "Dated to"},
    "filter_date_hint": {"zh": "如 2025-03-05、2025年3月、2025", "en": "2025-03-05, 2025-03 or 2025"},
    "filter_dates_between": {"zh": "{since} 至 {until}", "en": "{since} to {until}"},
    "filter_dates_since": {"zh": "{since} 起", "en": "from {since}"},
    "filter_dates_until": {"zh": "截至 {until}", "en": "until {until}"},
    "filter_no_date": {
        "zh": "“{value}”不是日期，请写成 2025-03-05、2025-03 或 2025。",
        "en": "“{value}” is no date; write it as 2025-03-05, 2025-03 or 2025.",
    },
    "filter_dates_crossed": {
        "zh": "起始日期 {since} 晚于截止日期 {until}。",
        "en": "The first day, {since}, is after the last, {until}.",
    },
}
