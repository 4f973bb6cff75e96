"""Names of Latin letters and what they stand for."""

import pytest

from assistant.answering.abbreviations import spelled_out
from assistant.understanding.question import parse


@pytest.mark.parametrize(
    ("question", "sentence", "name"),
    [
        ("CPO中文叫什么?", "厂商推出了光电合封(CPO)技术", "光电合封"),
        (
            "WMCM 中文全称",
            "采用晶圆级多芯片模块（WMCM，Wafer-level multi-chip module）封装",
            "晶圆级多芯片模块",
        ),
        ("CPO中文叫什么?", "在CPO(Co-Packaged Optics,光电合封)方面", "光电合封"),
        ("OLED中文全称", "厂商布局的有机发光二极管(OLED)面板", "有机发光二极管"),
        ("SSL是什么意思", "自监督的对比学习(SSL)方法", "对比学习"),
        ("CPO是什么意思", "三是CPO,将光引擎与芯片封装", ""),
        ("CPO中文叫什么?", "CPOX(某物)", ""),
        ("GDP增长多少", "国内生产总值（GDP）增长5%", ""),
    ],
)
def test_what_a_name_stands_for(question: str, sentence: str, name: str) -> None:
    assert spelled_out(parse(question), sentence) == name
