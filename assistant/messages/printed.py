"""Pictures of printed pages beside an article, and two versions of it side by side."""

TEXTS: dict[str, dict[str, str]] = {
    "page_view": {"zh": "原件页面", "en": "Printed page"},
    "page_view_before": {"zh": "上一页", "en": "Previous page"},
    "page_view_after": {"zh": "下一页", "en": "Next page"},
    "page_view_back": {"zh": "回到引用处", "en": "Back to what is cited"},
    "page_view_zoom": {"zh": "放大或缩小", "en": "Larger or smaller"},
    "page_view_fold": {"zh": "收起或展开原件页面", "en": "Fold or show the printed page"},
    "page_view_at": {"zh": "第 {page} / {last} 页", "en": "Page {page} of {last}"},
    "page_view_cited": {
        "zh": "第 {page} / {last} 页 · 引用处",
        "en": "Page {page} of {last} · cited",
    },
    "page_view_alt": {"zh": "原件第 {page} 页的图像", "en": "Picture of page {page} of the original"},
    "page_view_failed": {
        "zh": "这一页的图像无法显示，请看文字。",
        "en": "The picture of this page cannot be shown; the text is there.",
    },
    "page_view_recognised": {
        "zh": "这一页的文字由扫描件识别，个别字可能有误，请以图像为准。",
        "en": "The text of this page was recognised from a scan; where they differ, the picture is right.",
    },
    "page_file_gone": {
        "zh": "原文件已不在原处，无法显示页面图像；文字仍可阅读。",
        "en": "The original file is no longer there, so its pages cannot be shown; the text is.",
    },
    "page_file_changed": {
        "zh": "原文件在读入之后有改动，页面与文字可能对不上，因此不显示图像；更新资料库后即可。",
        "en": "The original file has changed since it was read, so its pages are not shown; update the library first.",
    },
    "page_not_there": {
        "zh": "这篇文章没有第 {page} 页的图像。",
        "en": "There is no picture of page {page} of this article.",
    },
    "page_not_drawn": {
        "zh": "这一页画不出来；文字仍可阅读。",
        "en": "This page cannot be drawn; the text is there.",
    },
    "page_busy": {
        "zh": "正在画的页面太多，请稍后再试。",
        "en": "Too many pages are being drawn; try again in a moment.",
    },
    "versions_with": {"zh": "对比", "en": "Compare"},
    "versions_with_told": {"zh": "与“{title}”逐段对比", "en": "Compare with “{title}” line by line"},
    "versions_title": {"zh": "版本对比", "en": "Versions compared"},
    "versions_counts": {
        "zh": "改动 {changed} 段，新增 {inserted} 段，删去 {deleted} 段",
        "en": "changed: {changed}, added: {inserted}, removed: {deleted}",
    },
    "versions_same": {"zh": "两个版本的文字相同", "en": "Both versions have the same text"},
    "versions_only": {"zh": "只看改动", "en": "Only changes"},
    "versions_before": {"zh": "上一处改动", "en": "Previous change"},
    "versions_after": {"zh": "下一处改动", "en": "Next change"},
    "versions_back": {"zh": "回到文章", "en": "Back to the article"},
    "versions_no_date": {"zh": "日期不明", "en": "no date"},
    "versions_equal_lines": {"zh": "{count} 段相同", "en": "{count} equal"},
    "versions_equal": {"zh": "相同", "en": "equal"},
    "versions_changed": {"zh": "改动", "en": "changed"},
    "versions_deleted": {"zh": "删去", "en": "removed"},
    "versions_inserted": {"zh": "新增", "en": "added"},
    "versions_busy": {
        "zh": "正在对比的文章太多，请稍后再试。",
        "en": "Too many articles are being compared; try again in a moment.",
    },
    "versions_too_long": {
        "zh": "两篇文章太长，不能逐段对比（合计最多约 {most} 字）。",
        "en": "The two articles are too long to be compared (about {most} characters together at most).",
    },
}
