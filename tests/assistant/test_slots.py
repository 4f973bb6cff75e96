"""Follow-ups of many topics: what is named takes its like's place, complete questions stay as they are."""

import pytest

from assistant.model import Turn
from assistant.understanding.conversation import readings, standalone
from assistant.understanding.operation import Operation
from assistant.understanding.put_together import put_together
from assistant.understanding.slots import topic_of


def chat(*questions: str, answered: bool = True) -> list[Turn]:
    titles = ["统计公报"] if answered else []
    return [Turn(question=each, standalone_question=each, titles=titles) for each in questions]


@pytest.mark.parametrize(
    ("before", "follow_up", "expected"),
    [
        # A thing in the place of a thing.
        ("洞庭湖2023年总磷浓度多少?", "鄱阳湖呢?", "鄱阳湖2023年总磷浓度多少?"),
        ("银川2021年玉米产量多少?", "土豆呢", "银川2021年土豆产量多少?"),
        ("小学2024年生均公用经费标准多少?", "初中呢?", "初中2024年生均公用经费标准多少?"),
        ("三级医院2023年平均住院日几天?", "二级医院的话呢", "二级医院2023年平均住院日几天?"),
        ("青海城镇居民2022年人均消费支出多少?", "农村居民的呢", "青海农村居民2022年人均消费支出多少?"),
        ("HBM是哪家先做出来的?", "GDDR呢", "GDDR是哪家先做出来的?"),
        ("投保人不到三人的怎么办?", "五人以上呢", "投保人不到五人以上的怎么办?"),
        ("一人户每月补贴多少钱?", "两人户呢?", "两人户每月补贴多少钱?"),
        ("医保报销做得好的省有什么奖励?", "异地结算做得好的省呢", "异地结算做得好的省有什么奖励?"),
        # What is measured, and what may be asked of it.
        ("绍兴2023年GDP?", "2022年的增速呢", "绍兴2022年GDP的增速是多少"),
        ("贵阳2023年社零规模多大?", "占比呢?", "贵阳2023年社零占比是多少"),
        ("2022年城镇新增就业多少万人", "失业率呢", "2022年城镇失业率是多少"),
        ("吉林2024年水稻产量多少?", "播种面积呢?", "吉林2024年水稻播种面积是多少"),
        ("2021年GDP总共多少万亿?", "失业率呢?", "2021年失业率是多少"),
        ("芜湖的汽车出口去年涨得怎么样?", "产量呢", "芜湖的汽车产量去年涨得怎么样?"),
        ("海口人均住房面积2024年多少?", "三亚的标准是多少?", "三亚人均住房面积2024年的标准是多少"),
        # Times keep their edges.
        ("洛阳3月末存款余额", "2月末呢", "洛阳2月末存款余额"),
        ("2022年末博物馆多少家?", "2023年呢", "2023年末博物馆多少家?"),
        ("2023年过年从哪天放到哪天?", "国庆呢?", "2023年国庆从哪天放到哪天?"),
        ("2020年钢材产量多少?", "再往前一年呢", "2019年钢材产量多少?"),
        # Corrections replace in the question that they correct.
        ("无锡2024年GDP?", "不对，我问的是2022年", "无锡2022年GDP?"),
        ("无锡2024年GDP?", "更正一下，是常州", "常州2024年GDP?"),
        ("安徽油菜籽产量多少?", "我说的是花生", "安徽花生产量多少?"),
        # Another way to ask it.
        ("抚顺2015年小麦产量?", "高粱呢，涨了还是跌了", "抚顺2015年高粱产量涨了还是跌了"),
        ("山西的报告是谁作的?", "哪天?", "山西的报告是哪天作的?"),
        ("抚顺2015年高粱产量多少?", "降得最多的是哪种", "抚顺2015年产量，降得最多的是哪种"),
        # What was done to a thing is its description.
        ("苏州工业园改造了多少厂房?", "什么时候完工?", "苏州工业园改造的厂房，什么时候完工?"),
        ("知识图谱是谁先提的?", "它的缺点呢?", "知识图谱的缺点是什么"),
        ("这份预案是几号文印发的?", "由谁牵头?", "这份预案，由谁牵头?"),
        ("郑州那家仓库有多少个机械臂?", "分拣准确率呢?", "郑州那家仓库的分拣准确率是多少"),
        # What a person says to have meant.
        ("甲公司和乙公司那笔首付多少?", "丙公司那笔呢？我说的是首付", "丙公司那笔首付多少?"),
    ],
)
def test_a_follow_up_is_the_last_question_with_one_phrase_changed(
    before: str, follow_up: str, expected: str
) -> None:
    assert standalone(follow_up, chat(before)) == expected


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("银川2021年玉米产量多少?", "2022年兰州常住人口是多少?"),
        ("银川2021年玉米产量多少?", "《数据安全法》第三条怎么说?"),
        ("小学生均公用经费标准多少?", "贵州2024年新建了多少公里高速公路?"),
        ("知识图谱是谁先提的?", "哪家医院拿到了PD-L1药物的数据?"),
        ("一人户每月补贴多少钱?", "长春2023年新能源汽车产量多少万辆?"),
        ("山西的报告是谁作的?", "湖北2025年要建多少个县域充换电设施补短板试点?"),
    ],
)
def test_a_complete_question_stays_as_it_is(before: str, question: str) -> None:
    assert readings(question, chat(before))[0] == question


def test_a_topic_is_put_in_front_once() -> None:
    """Three turns that go on with one topic are never glued into one text."""
    history = chat("潍坊那个冷链园区占地多大?")
    for question in ("什么时候投用的?", "由谁运营?"):
        understood = standalone(question, history)
        history.append(Turn(question=question, standalone_question=understood))
    assert history[-1].standalone_question == "潍坊那个冷链园区占地，由谁运营?"


@pytest.mark.parametrize(
    ("turns", "follow_up", "operation", "shown"),
    [
        (("珠海2024年常住人口多少", "珠海2023年常住人口多少"), "多了多少", Operation.DIFFERENCE, "珠海2024年和2023年常住人口相差多少"),
        (("福州2023年PM2.5平均多少?", "厦门2023年PM2.5平均多少?"), "差多少", Operation.DIFFERENCE, "福州和厦门2023年PM2.5平均相差多少"),
        (("福州2023年出口额多少?", "厦门2023年出口额多少?"), "哪个更高?", Operation.COMPARE, "福州和厦门2023年出口额哪个更高"),
        (("福州2023年出口额多少?", "厦门2023年出口额多少?"), "俩城市差多少", Operation.DIFFERENCE, "福州和厦门2023年出口额相差多少"),
        (("福州2023年出口额多少?", "厦门2023年出口额多少?"), "谁的大一些", Operation.COMPARE, "福州和厦门2023年出口额哪个更大"),
        (("福州2023年出口额多少?", "厦门2023年出口额多少?"), "加起来呢?", Operation.SUM, "福州和厦门2023年出口额合计是多少"),
    ],
)  # fmt: skip
def test_figures_of_two_turns_are_put_together(
    turns: tuple[str, str], follow_up: str, operation: Operation, shown: str
) -> None:
    together = put_together(follow_up, chat(*turns))
    assert together is not None
    assert (together.operation, together.question, together.operands) == (operation, shown, list(turns))


@pytest.mark.parametrize(
    ("turns", "follow_up"),
    [
        (("珠海2024年常住人口多少", "福州2023年出口额多少?"), "多了多少"),
        (("广东2024年散居孤儿补贴多少?", "广东2024年集中供养孤儿补贴多少?"), "涨了多少"),
        (("珠海2024年常住人口多少",), "多了多少"),
        (("珠海2024年常住人口多少", "珠海2023年常住人口多少"), "2022年呢"),
    ],
)
def test_unlike_turns_are_not_put_together(turns: tuple[str, ...], follow_up: str) -> None:
    assert put_together(follow_up, chat(*turns)) is None


def test_what_one_article_may_tell_is_asked_of_it_too() -> None:
    """ "Grew by 8 over the year before" stands in the newer report, though none is kept of the older year."""
    history = [*chat("珠海2024年常住人口多少"), *chat("珠海2023年常住人口多少", answered=False)]
    together = put_together("多了多少", history)
    assert together is not None
    assert together.stated == "珠海2024年常住人口比2023年多了多少"


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("苏州工业园改造了多少厂房?", "苏州工业园改造的厂房"),
        ("这份预案是几号文印发的?", "这份预案"),
        ("今年光伏装机是不是要跌?", "今年光伏装机要跌"),
        ("老办法从什么时候开始执行?", "老办法"),
        ("违规停车造成的拥堵占几成", "违规停车造成的拥堵"),
        ("全国用电首次迈过哪个大关?", "全国用电首次迈过大关"),
    ],
)
def test_a_topic_is_the_question_without_its_asking(question: str, topic: str) -> None:
    assert topic_of(question) == topic
