"""How documents that change each other are named where links are shown."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "link_abolishes_newer": {
        "zh": "已被废止，见：{title}（{date}，{id}）",
        "en": "Abolished by: {title} ({date}, {id})",
    },
    "link_abolishes_older": {
        "zh": "废止了：{title}（{date}，{id}）",
        "en": "Abolishes: {title} ({date}, {id})",
    },
    "link_amends_newer": {
        "zh": "已被修改，见：{title}（{date}，{id}）",
        "en": "Amended by: {title} ({date}, {id})",
    },
    "link_amends_older": {"zh": "修改了：{title}（{date}，{id}）", "en": "Amends: {title} ({date}, {id})"},
}
