"""A small library of which some articles are hidden: the only answer, a newer version, a twin that contradicts, a near miss.

`HIDDEN` names, by article, what only that article tells: never bare digits, which an id, a score or a time holds by chance.
"""

from pathlib import Path

COLLECTION = "内参"
_RULE = (
    "第一条 为了规范数据出境安全评估活动，保护个人信息权益，维护国家安全和社会公共利益，制定本办法。\n\n"
    "第二条 数据处理者向境外提供在中华人民共和国境内运营中收集和产生的重要数据和个人信息的安全评估，适用本办法。\n\n"
    "第三条 数据出境安全评估坚持事前评估和持续监督相结合、风险自评估与安全评估相结合，防范数据出境安全风险。\n\n"
    "第四条 数据处理者应当在合同生效之日起{days}个工作日内向所在地省级网信部门备案，并提交自评估报告和合同文本。\n\n"
    "第五条 国家网信部门会同有关部门对备案材料进行核查，发现不符合要求的，通知数据处理者限期改正，并可以要求重新评估。"
)
OPEN = {
    "上海芯片": "---\ndate: 2026-02-10\n---\n# 上海集成电路产业年报\n\n上海市经信委介绍，全市集聚了1200多家集成电路企业，2025年集成电路产业营收超过4800亿元，规模居全国首位。",
    "湖北芯片": "---\ndate: 2026-02-11\n---\n# 湖北集成电路产业年报\n\n2025年湖北集成电路产业营收达到1000亿元。",
    "旧办法": "---\ndate: 2023-05-01\n---\n# 数据出境备案办法（2023）\n\n" + _RULE.format(days="15"),
    "广东机器人": "---\ndate: 2026-01-05\n---\n# 广东出台机器人扶持政策\n\n广东省出台人形机器人产业扶持政策，设立专项资金。",
    "江苏机器人": "---\ndate: 2026-01-06\n---\n# 江苏出台机器人扶持政策\n\n江苏省出台人形机器人产业扶持政策，建设中试平台。",
}
CLOSED = {
    "青海盐湖": "---\ndate: 2026-01-20\n---\n# 青海盐湖密报\n\n2025年青海碳酸锂产量达到14.37万吨。",
    "湖北另说": "---\ndate: 2026-02-11\n---\n# 湖北集成电路核查密报\n\n2025年湖北集成电路产业营收达到873亿元。",
    "新办法": "---\ndate: 2025-06-01\n---\n# 数据出境备案办法（2025密报）\n\n" + _RULE.format(days="七"),
    "海南免税": "---\ndate: 2025-01-10\n---\n# 海南免税密报\n\n2024年海南离岛免税购物金额为309.4亿元。",
    "浙江机器人": "---\ndate: 2026-01-07\n---\n# 浙江机器人密报\n\n浙江省出台人形机器人产业扶持政策，开放三十个应用场景。",
    "同文": "---\ndate: 2026-03-30\n---\n# 上海集成电路转载密报\n\n上海市经信委介绍，全市集聚了1200多家集成电路企业，2025年集成电路产业营收超过4800亿元，规模居全国首位。",
}
HIDDEN = {
    "青海盐湖": "14.37万吨",
    "湖北另说": "873亿元",
    "新办法": "起七个工作日",
    "海南免税": "309.4亿元",
    "浙江机器人": "三十个应用场景",
    "同文": "转载密报",
}
MARK = "密报"
"""Stands in the title of every hidden article and nowhere else."""


def write_articles(folder: Path) -> tuple[Path, Path]:
    """The folders of the open and of the hidden articles, filled."""
    for name, articles in (("open", OPEN), ("closed", CLOSED)):
        (folder / name).mkdir(parents=True)
        for stem, text in articles.items():
            (folder / name / f"{stem}.md").write_text(text, "utf-8")
    return folder / "open", folder / "closed"
