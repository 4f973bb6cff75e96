"""The library's table: what is new, copies, and several articles changed or removed at once."""

TEXTS: dict[str, dict[str, str]] = {
    "library_new": {
        "zh": "上次查看（{since}）以来新增 {count} 篇",
        "en": "New since your last look ({since}): {count}",
    },
    "library_new_only": {"zh": "只看新增", "en": "Show only these"},
    "library_new_all": {"zh": "显示全部", "en": "Show all"},
    "library_copy": {"zh": "同文", "en": "copy"},
    "library_copy_of": {"zh": "与“{title}”文字相同", "en": "The same text as “{title}”"},
    "bulk_edit": {"zh": "更改…", "en": "Change…"},
    "bulk_remove": {"zh": "移出资料库", "en": "Remove"},
    "bulk_field": {"zh": "要改的项目", "en": "What to change"},
    "bulk_value": {"zh": "改为（留空即清除）", "en": "New value (empty clears it)"},
    "bulk_save": {"zh": "更改所选", "en": "Change the ticked"},
    "bulk_one": {"zh": "“{title}”", "en": "“{title}”"},
    "bulk_several": {"zh": "“{title}”等 {count} 篇", "en": "“{title}” and others, {count} in all,"},
    "bulk_edited": {"zh": "已把{what}的{field}改为“{value}”。", "en": "{what}: {field} is now “{value}”."},
    "bulk_cleared": {"zh": "已清除{what}的{field}。", "en": "{what}: {field} was cleared."},
    "bulk_removed": {
        "zh": "已移出{what}；文件本身没有动。",
        "en": "{what} removed; the files stay as they are.",
    },
    "bulk_busy": {"zh": "正在更改…", "en": "Changing…"},
    "bulk_nothing": {
        "zh": "没有需要更改的：所选的已经如此，或已不在资料库中。",
        "en": "Nothing to change: the ticked are so already, or no longer in the library.",
    },
    "bulk_undo": {"zh": "撤销", "en": "Undo"},
    "bulk_undone": {"zh": "已撤销，恢复 {count} 篇。", "en": "Undone. Articles as they were: {count}."},
    "bulk_undone_in_part": {
        "zh": "已恢复 {count} 篇，另有 {missing} 篇未恢复（原文件或文章已不在，或此后又有改动）。",
        "en": "Articles as they were: {count}; {missing} were left (the file or article is gone, or was changed since).",
    },
}
