"""Questions of several parts."""

from datetime import date

import pytest

from assistant.understanding.operation import value_question
from assistant.understanding.question import parse


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "2024年国内生产总值和城镇新增就业各是多少?",
            ["2024年国内生产总值是多少?", "2024年城镇新增就业是多少?"],
        ),
        ("支付机构和银行分别要保存几年?", ["支付机构要保存几年?", "银行要保存几年?"]),
        (
            "上海的集成电路产业营收和江苏的集成电路产量分别是多少?",
            ["上海的集成电路产业营收是多少?", "江苏的集成电路产量是多少?"],
        ),
        (
            "关于规范和促进收单服务市场发展的指导意见是哪年发的?",
            ["关于规范和促进收单服务市场发展的指导意见是哪年发的?"],
        ),
        ("2026年1至4月累计出口多少辆?", ["2026年1至4月累计出口多少辆?"]),
        (
            "2025年上海和江苏的集成电路产量分别是多少?",
            ["2025年上海的集成电路产量是多少?", "2025年江苏的集成电路产量是多少?"],
        ),
        (
            "上海、江苏和浙江三地进出口总值各是多少?",
            ["上海进出口总值是多少?", "江苏进出口总值是多少?", "浙江进出口总值是多少?"],
        ),
        ("新能源汽车产量和销量分别是多少?", ["新能源汽车产量是多少?", "新能源汽车销量是多少?"]),
        ("个人和单位缴费比例分别是多少?", ["个人缴费比例是多少?", "单位缴费比例是多少?"]),
        ("居民和企业存款分别增加多少?", ["居民存款增加多少?", "企业存款增加多少?"]),
        (
            "光伏、风电和核电的装机分别是多少?",
            ["光伏的装机是多少?", "风电的装机是多少?", "核电的装机是多少?"],
        ),
        (
            "2026年4月光伏和风电新增装机分别是多少?",
            ["2026年4月光伏新增装机是多少?", "2026年4月风电新增装机是多少?"],
        ),
        ("2024年的赤字率是多少,2025年呢?", ["2024年的赤字率是多少", "2025年的赤字率是多少"]),
        (
            "2025年的赤字率是多少,城镇调查失业率目标是多少?",
            ["2025年的赤字率是多少", "2025年城镇调查失业率目标是多少"],
        ),
    ],
)
def test_things_side_by_side_are_asked_apart(question: str, parts: list[str]) -> None:
    assert parse(question).operation.of_parts is None
    assert [part.text for part in parse(question).parts] == parts


@pytest.mark.parametrize(
    "question",
    [
        "国家发展和改革委员会负责人是谁?",
        "上海和江苏之间的高铁多长?",
        "上海和江苏签了什么协议?",
        "粤港澳大湾区和成渝地区双城经济圈的规划期限分别到哪年?",
        "什么是新质生产力,怎么发展?",
        "2026年铁路投资增速，一季度和1至4月相比哪段更快?",
    ],
)
def test_what_cannot_be_asked_alone_stays_whole(question: str) -> None:
    assert [part.text for part in parse(question).parts] == [question]


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("华为和中芯国际2025年营收各多少", ["华为2025年营收多少", "中芯国际2025年营收多少"]),
        ("2021年和2022年全国棉花产量", ["2021年全国棉花产量", "2022年全国棉花产量"]),
        (
            "2022年12月美国和中国CPI分别上涨了多少？",
            ["2022年12月美国CPI上涨了多少？", "2022年12月中国CPI上涨了多少？"],
        ),
        ("第八届世界环保大会的时间和地点", ["第八届世界环保大会的时间", "第八届世界环保大会的地点"]),
        (
            "全国运动会男子和女子篮球冠军分别是谁？",
            ["全国运动会男子篮球冠军是谁？", "全国运动会女子篮球冠军是谁？"],
        ),
        ("2022年以来赤字率是怎么变化的?", [f"{year}年赤字率?" for year in range(2022, 2027)]),
        (
            "2020年和2021年两年累计新增城镇就业多少人?",
            ["2020年新增城镇就业多少人", "2021年新增城镇就业多少人"],
        ),
    ],
)
def test_names_side_by_side_are_asked_apart(question: str, parts: list[str]) -> None:
    asked = parse(question, date(2026, 11, 25))
    found = [part.text for part in asked.parts]
    assert (found if asked.operation.of_parts is None else [value_question(part) for part in found]) == parts


@pytest.mark.parametrize(
    "question", ["中国和美国的贸易额是多少", "规范和促进数据跨境流动规定", "总结其治理结构和风险管理措施"]
)
def test_what_is_one_thing_stays_whole(question: str) -> None:
    assert [part.text for part in parse(question).parts] == [question]


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "比较2017年青川环保有限公司和2019年云山能源有限公司的负债率，哪家公司的负债率更低？",
            ["2017年青川环保有限公司的负债率", "2019年云山能源有限公司的负债率"],
        ),
        (
            "青川环保有限公司和云山能源有限公司分别在2017年和2019年分发了多少股利？",
            ["2017年青川环保有限公司分发了多少股利?", "2019年云山能源有限公司分发了多少股利?"],
        ),
        (
            "青川环保有限公司和云山百货在2020年分别进行了哪些融资？",
            ["青川环保有限公司在2020年进行了哪些融资?", "云山百货在2020年进行了哪些融资?"],
        ),
        (
            "百和文化集团和共和能源有限公司在2020年分别进行了哪些融资？",
            ["百和文化集团在2020年进行了哪些融资?", "共和能源有限公司在2020年进行了哪些融资?"],
        ),
        (
            "甲公司和乙公司在2025年的营收，哪家公司的营收更高",
            ["甲公司在2025年的营收", "乙公司在2025年的营收"],
        ),
        (
            "比较青川环保有限公司和云山能源有限公司的债务重组，哪家公司的债务减少金额更大？",
            ["青川环保有限公司的债务重组的债务减少金额", "云山能源有限公司的债务重组的债务减少金额"],
        ),
        (
            "青川环保有限公司和云山能源有限公司之间的贸易额是多少",
            ["青川环保有限公司和云山能源有限公司之间的贸易额是多少"],
        ),
        ("结合百和文化集团的报告，总结其未来展望。", ["结合百和文化集团的报告，总结其未来展望。"]),
    ],
)
def test_companies_are_asked_apart(question: str, parts: list[str]) -> None:
    assert [part.text for part in parse(question).parts] == parts


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "湖北是如何通过建设产业平台、引进高端人才来发展芯片产业的？",
            ["湖北如何建设产业平台?", "湖北如何引进高端人才?"],
        ),
        (
            "根据青川环保有限公司2020年的年报，该公司是如何通过处理道德与诚信事件、修订治理政策以及董事会变更来改进治理的？",
            [
                "青川环保有限公司2020年如何处理道德与诚信事件?",
                "青川环保有限公司2020年如何修订治理政策?",
                "青川环保有限公司2020年的董事会变更情况?",
            ],
        ),
        (
            "上海如何通过实施减排项目和开发绿色产品来保护环境?",
            ["上海如何实施减排项目?", "上海如何开发绿色产品?"],
        ),
        ("上海如何通过立法来保护环境?", ["上海如何通过立法来保护环境?"]),
        (
            "外资企业怎么通过线上申请和现场核验来办理登记",
            ["外资企业怎么通过线上申请和现场核验来办理登记"],
        ),
        (
            "江苏如何通过发放消费补贴、推动家电以旧换新来扩大消费",
            ["江苏如何发放消费补贴?", "江苏如何推动家电以旧换新?"],
        ),
        ("如何通过微信办理退税?", ["如何通过微信办理退税?"]),
    ],
)
def test_each_of_several_means_is_asked_for(question: str, parts: list[str]) -> None:
    assert [part.text for part in parse(question).parts] == parts


def test_a_later_year_holds_for_the_months_after_it() -> None:
    parts = [part.text for part in parse("2024年12月、2025年1月和2月的出口分别是多少?").parts]
    assert [part[:7] for part in parts] == ["2024年12", "2025年1月", "2025年2月"]
