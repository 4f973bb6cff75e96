"""The page's search view."""

TEXTS: dict[str, dict[str, str]] = {
    "page_tab_search": {"zh": "搜索", "en": "Search"},
    "search_box": {
        "zh": "输入词语或问题，按回车搜索",
        "en": "Words or a question in Chinese, Enter searches",
    },
    "search_button": {"zh": "搜索", "en": "Search"},
    "search_sort": {"zh": "排序", "en": "Sort"},
    "search_by_fit": {"zh": "最相关", "en": "Best fit"},
    "search_by_date": {"zh": "最新", "en": "Newest"},
    "search_ask": {"zh": "就此提问", "en": "Ask about this"},
    "search_begin": {
        "zh": "在资料库的全部段落里查找。↓ ↑ 在结果间移动，回车打开原文。",
        "en": "Looks through every passage of the library. ↓ ↑ move through what is found, Enter opens the article.",
    },
    "search_found": {"zh": "找到 {total} 段", "en": "{total} passages"},
    "search_found_many": {"zh": "找到 {total} 段以上", "en": "More than {total} passages"},
    "search_holding": {"zh": "其中 {holding} 段含有全部词语", "en": "{holding} of them hold every word"},
    "search_holding_none": {
        "zh": "没有一段含有全部词语，以下含有其中主要的",
        "en": "none holds every word, these hold the telling ones",
    },
    "search_found_none": {"zh": "没有找到这样的段落：{words}。", "en": "No passage was found for: {words}."},
    "search_try_words": {
        "zh": "换用文章里的说法，或少用几个词。",
        "en": "Use the articles' own words, or fewer.",
    },
    "search_try_filters": {
        "zh": "现在设有筛选：放宽后再搜。",
        "en": "Filters are set: widen them and search again.",
    },
    "search_near": {"zh": "意思最接近的段落", "en": "Nearest in meaning"},
    "search_pages": {"zh": "第 {first}–{last} 段，共 {total} 段", "en": "{first}–{last} of {total}"},
    "reader_edge": {"zh": "原文栏的宽度（左右方向键调整）", "en": "Width of the article's pane (arrow keys)"},
    "search_list": {"zh": "找到的段落", "en": "Passages found"},
}
