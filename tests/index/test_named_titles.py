"""A document may be called by a shortened title, which is never that of another."""

import pytest

from index.named_documents import is_named


@pytest.mark.parametrize(
    ("title", "name", "is_it"),
    [
        ("国务院关于2023年度国家科学技术奖励的决定", "2023年度科技奖励决定", True),
        ("国务院办公厅关于印发“无废城市”建设试点工作方案的通知", "“无废城市”试点方案", True),
        ("国务院关于促进康养产业发展的意见", "促进康养产业意见", True),
        ("商业银行资本管理办法（试行）", "商业银行资本管理办法", True),
        ("社会保险费征缴管理暂行条例", "社会保险条例", False),
        ("个人银行账户管理办法", "银行法", False),
        ("海洋环境保护管理条例", "环境保护条例", False),
        ("道路危险货物运输管理条例", "道路运输条例", False),
        ("云泽省城镇住房保障管理条例", "云泽省城镇住房管理条例", False),
        ("云泽省城镇房屋租赁管理条例", "城镇房屋条例", False),
    ],
)
def test_what_a_name_names(title: str, name: str, is_it: bool) -> None:
    assert is_named(title, name) is is_it
