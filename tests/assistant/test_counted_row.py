"""How many things are asked for decides between sentences, and a list or row of just so many is trusted."""

from datetime import date
from pathlib import Path

import pytest

from assistant.service import Assistant, open_index
from assistant.settings import Settings
from assistant.understanding.question import parse
from index.sync import ingest

DISTRICT = """---
title: 临水县2026年工作要点
date: 2026-02-01
region: 临水县
---

# 临水县2026年工作要点

全县做好茶叶、食用菌、蜂蜜、中药材四个特色产业提质增效工作，壮大集体经济。

## 三、重点工作

今年要抓好5个方面工作：

（一）扩大有效投资。
开工建设水库两座。

（二）培育特色产业。
新建茶园三千亩。

（三）改善人居环境。
整治河道十公里。

（四）办好民生事业。
新增幼儿园三所。

（五）守住安全底线。
排查隐患两百处。
"""


@pytest.fixture
def assistant(tmp_path: Path, settings: Settings) -> Assistant:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "要点.md").write_text(DISTRICT, "utf-8")
    index = open_index(settings.model_copy(update={"index": tmp_path / "index"}))
    ingest(index, [tmp_path / "articles"])
    return Assistant(index, settings)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("哪四个特色产业要提质增效", (4, "个")),
        ("“五篇文章”是哪五篇", (5, "篇")),
        ("三大目标分别是什么", (3, "大")),
        ("今年抓哪5个方面", (5, "个")),
        ("八个城市里哪些完成了任务", None),
        ("第三条规定了什么", None),
        ("有哪几项只在8个区域推行", None),
    ],
)
def test_how_many_are_asked_for(question: str, asked: tuple[int, str] | None) -> None:
    assert parse(question).form.count_asked == asked


def test_a_row_of_so_many_answers(assistant: Assistant) -> None:
    answer = assistant.ask("临水县要提质增效的四个特色产业是哪几个？", today=date(2026, 3, 1))
    assert not answer.refused
    assert all(name in answer.answer for name in ("茶叶", "食用菌", "蜂蜜", "中药材"))


def test_a_list_of_so_many_is_told_whole(assistant: Assistant) -> None:
    answer = assistant.ask("临水县今年重点抓哪5个方面工作？", today=date(2026, 3, 1))
    assert not answer.refused
    assert all(name in answer.answer for name in ("有效投资", "特色产业", "人居环境", "民生事业", "安全底线"))
