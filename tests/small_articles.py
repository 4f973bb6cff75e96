"""Three small articles, for what is tried on a folder of a person's own."""

from pathlib import Path

ARTICLES = {
    "shanghai.md": """---
title: 2025年上海集成电路产业营收超4800亿元
date: 2026-05-12
source: 上海产业观察
region: 上海
---

2025年，上海市集成电路产业的营业收入规模超过4800亿元，比2024年增长24%。

## 企业与上市公司

截至2025年，已在科创板上市的上海集成电路公司共有35家，数量排在全国首位。
""",
    "hubei.md": """---
title: 2025年湖北集成电路产业营收超1000亿元
date: 2026-04-28
source: 湖北经济简报
region: 湖北
---

2025年，湖北省集成电路产业的营业收入超过1000亿元，与2024年相比增幅在30%以上。
""",
    "loans.md": """---
title: 先进制造业设备贷款贴息办法
date: 2024-11-05
source: 地方财政公报
---

## 第一章 贴息标准

第一条 对先进制造业企业新增的设备贷款，按年利率2个百分点给予贴息。

第二条 贴息期限最长不超过3年。

## 第二章 申请

第三条 企业应当在每年3月31日前向所在地财政部门提出申请。
""",
}
QUESTION = "上海2025年集成电路产业营收多少?"
WRITTEN = "2025年，上海市集成电路产业的营业收入规模超过4800亿元[1]，比2024年增长24%[1]。"
"""What a language model may answer to `QUESTION`."""


def write_articles(folder: Path) -> Path:
    """The articles as files in `folder`, which is made."""
    folder.mkdir(parents=True)
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, "utf-8")
    return folder
