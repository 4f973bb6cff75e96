"""Whether a text tells the kind of thing that a question asks for."""

import pytest

from index.kinds import Kind
from index.question import ParsedQuestion
from index.told import (
    lacks_day,
    lacks_figure,
    lacks_unit,
    tells_counterpart,
    tells_only_a_change,
    tells_only_a_level,
    tells_other_measure,
    things_told,
)


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("奖励按流片费用的百分之几发?", "按流片费用的一定比例奖励，最高3000万元", True),
        ("良率是多少?", "自2026年下半年起提高良率", True),
        ("收了几成?", "进度接近两成", False),
        ("失业率有多高", "失业率为5.1%", False),
        ("营收是多少", "营收保持全国前列", True),
        ("营收是多少", "2025年营收超过4800亿元", False),
        ("谁签发的", "由局长签发", False),
        ("集成电路产量是多少", "两个省份的产量都表现突出", True),
        ("有多少个省份", "两个省份的产量都表现突出", False),
        ("产量是多少", "产量为三万吨", False),
        ("收入多少", "[62]按收入水平从低到高排列", True),
    ],
)
def test_a_text_without_the_figure_is_seen(question: str, text: str, *, lacks: bool) -> None:
    assert lacks_figure(ParsedQuestion(question), text) is lacks


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("净利润多少?", "先进封装占营收的10%", True),
        ("净利润多少?", "净利润35.5亿元", False),
        ("补充资本多少?", "安排5000亿", False),
        ("奖励多少台?", "奖励300万元", True),
        ("春节那几天免税店卖了多少钱?", "春节假期购物金额为27.2亿元", False),
        ("网民规模有多少人?", "截至2022年6月，我国网民规模为10.51亿，普及率达74.4%", False),
        ("网民规模有多少人?", "我国域名总数为3380万个", True),
        ("春节放了几天?", "春节假期购物金额为27.2亿元", True),
        ("汽车卖了多少亿?", "汽车363399辆，比上年增长1.9%", True),
        ("汽车卖了多少亿?", "汽车类921.38亿元", False),
        ("债务有多少万亿，增长多少", "债务为500亿", False),
        ("投了多少亿", "投资1,234,567,890元", False),
        ("修一次路灯平均花多少？", "路灯完好率82.3%", True),
        ("违法一共罚了多少钱？", "罚款7654.8万元", False),
        ("一年卖了多少辆", "销量20万辆", False),
    ],
)
def test_money_is_asked_for(question: str, text: str, *, lacks: bool) -> None:
    assert lacks_unit(ParsedQuestion(question), text) is lacks


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("绿源公司的员工满意度是多少?", ["员工", "满意"]),
        ("2024年上海的集成电路产业规模达到多少亿元?", ["集成电路", "产业"]),
        ("上海的增速是多少?", []),
        ("登记失业率2019年的上限是多少?", []),
        ("粮食产量多少?", []),
    ],
)
def test_what_is_measured_is_read(question: str, words: list[str]) -> None:
    assert list(ParsedQuestion(question).measure.words) == words


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("申报的截止日期是哪天?", "2月,北京市印发实施指南", True),
        ("申报的截止日期是哪天?", "申报截至2026年3月31日", False),
        ("从哪天算起?", "从办结之日起", False),
        ("何时印发?", "2月,北京市印发实施指南", False),
    ],
)
def test_a_day_is_asked_for(question: str, text: str, *, lacks: bool) -> None:
    assert lacks_day(ParsedQuestion(question), text) is lacks


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("2025年我国GDP总量是多少?", "2025年人均国内生产总值为13953美元。", True),
        ("2025年我国GDP总量是多少?", "2025年国内生产总值为1401879亿元，人均国内生产总值为13953美元。", False),
        ("2025年人均GDP是多少?", "2025年国内生产总值为1401879亿元。", True),
        ("2025年人均GDP是多少?", "2025年人均国内生产总值为13953美元。", False),
        ("2024年居民收入增长多少?", "全国居民人均可支配收入增长5.1%。", False),
    ],
)
def test_figures_per_head_are_no_totals(question: str, text: str, *, other: bool) -> None:
    assert tells_other_measure(ParsedQuestion(question), text) is other


@pytest.mark.parametrize(
    ("question", "text", "change"),
    [
        ("数据中心的能源消耗量是多少?", "能源消耗减少了1500吨。", True),
        ("江苏集成电路产量是多少?", "江苏集成电路产量增长12.3%。", True),
        ("江苏集成电路产量是多少?", "集成电路产量为1734亿块，增长12.3%。", False),
        ("江苏集成电路产量增长多少?", "集成电路产量增长12.3%。", False),
        ("江苏集成电路出口是多少?", "集成电路产量增长12.3%。", False),
        ("2025年进出口总值是多少?", "进出口总值同比增长3.8%，达45.47万亿元。", False),
        ("补贴金额是多少?", "每户补贴金额最多500万元。", False),
        ("2025年粮食产量目标是多少?", "主要预期目标是国内生产总值增长5%左右。", False),
    ],
)
def test_a_change_is_no_level(question: str, text: str, *, change: bool) -> None:
    assert tells_only_a_change(ParsedQuestion(question), text) is change


@pytest.mark.parametrize(
    ("question", "text", "level"),
    [
        ("债务减少金额是多少?", "总负债达到了400亿元", True),
        ("债务减少金额是多少?", "债务重组减少了3亿元负债", False),
        ("赤字规模扩大了多少?", "赤字规模比上年多1.6万亿元", False),
        ("赤字规模是多少?", "赤字规模为5.66万亿元", False),
        ("如何提高数字化水平?", "推动制造业数字化转型", False),
        ("最低工资标准提高了多少?", "从2690元调整为2740元", False),
    ],
)
def test_a_level_is_no_change(question: str, text: str, *, level: bool) -> None:
    assert tells_only_a_level(ParsedQuestion(question), text) is level


def test_the_mark_of_a_note_is_no_figure() -> None:
    text = "工业总产值[2]51300亿元，[62]按收入排列"
    spans = things_told(Kind.AMOUNT, ParsedQuestion("工业总产值多少"), text)
    assert spans is not None
    assert [text[slice(*span)] for span in spans] == ["51300亿元"]


@pytest.mark.parametrize(
    "text", ["处五十元以上二百元以下罚款", "每户限领三袋，计十五斤", "配备消防车四辆", "选派九位专家"]
)
def test_figures_in_words_are_figures(text: str) -> None:
    assert not lacks_figure(ParsedQuestion("一共多少"), text)


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("失业保险金能领几个月？", "领取期限最长为二十四个月。", True),
        ("多久内可以申请复议", "自收到决定之日起六十日内可以申请。", True),
        ("资料要保存多长时间", "会计资料应当保存三十年。", True),
        ("要等多久", "审核需半个小时。", True),
        ("多久内可以申请复议", "对决定不服的，可以申请复议。", False),
    ],
)
def test_a_stretch_of_time_may_be_written_in_characters(question: str, text: str, *, told: bool) -> None:
    assert bool(things_told(Kind.DATE, ParsedQuestion(question), text)) is told


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("低保标准一个月多少", "救助标准人均不超过本市6个月最低生活保障标准。", True),
        ("低保标准一个月多少", "全市最低生活保障标准为每人每月1309元。", False),
        ("没按时缴费罚多少", "逾期不缴的，自欠缴之日起按日加收滞纳金，并处一倍以上三倍以下的罚款。", False),
        ("创业补贴给多少", "按实际支出的50%给予补贴。", False),
        ("低保标准一个月多少", "按要求完成六个月的核查。", True),
        ("低保标准一个月多少", "元旦前通过多元化的方式公布三次。", True),
        ("低保标准一个月多少", "每月一千多元。", False),
        ("失业金能领多少", "领取期限最长为二十四个月。", True),
        ("2024年常住人口多少", "年末常住人口1897.8万人。", False),
        ("耕地面积多少", "耕地面积3.2万公顷。", False),
    ],
)
def test_a_question_for_money_is_not_answered_without_any(question: str, text: str, *, lacks: bool) -> None:
    assert lacks_unit(ParsedQuestion(question), text) is lacks


@pytest.mark.parametrize(
    ("question", "text", "around", "is_other"),
    [
        ("一般公共预算支出多少", "一般公共预算收入28.4亿元", "", True),
        ("一般公共预算支出多少", "一般公共预算收入28.4亿元、支出61亿元", "", False),
        ("一般公共预算支出多少", "总计28.4亿元，收入稳定", "预算支出", False),
        ("铁路里程多少", "公路通车里程8200公里", "", True),
        ("茶叶产量多少", "茶叶产值12亿元", "", True),
        ("进口和出口各多少", "出口3亿元", "", False),
        ("进出口总额多少", "出口3亿元", "", False),
    ],
)
def test_the_counterpart_is_another_thing(question: str, text: str, around: str, is_other: bool) -> None:
    assert tells_counterpart(ParsedQuestion(question), text, around) is is_other
