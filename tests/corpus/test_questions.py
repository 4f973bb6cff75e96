"""Questions that a text asks and answers itself are the headings of their answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.block import Block, BlockKind
from corpus.questions import recognise_questions
from corpus.repair import repair


def _blocks(*lines: str) -> list[Block]:
    return [Block(BlockKind.PARAGRAPH, line) for line in lines]


def _headings(blocks: list[Block]) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in blocks if block.kind is BlockKind.HEADING]


@pytest.mark.parametrize(
    ("lines", "questions"),
    [
        (
            ["一、补贴能领多久？", "最长十二个月。", "二、怎么申请？", "可在网上办理。"],
            ["一、补贴能领多久？", "二、怎么申请？"],
        ),
        (
            ["问：谁可以参加？", "答：年满十六岁的居民。", "问：要交多少钱?", "答：每人每年400元。"],
            ["问：谁可以参加？", "问：要交多少钱?"],
        ),
        (
            ["1.指标有多少个？答：共1.2万个。", "2.分数怎么算？ 答：按表计算。"],
            ["1.指标有多少个？", "2.分数怎么算？"],
        ),
        (
            ["一、补贴能领多久？", "最长十二个月。", "还能再领吗？", "不能。"],
            ["一、补贴能领多久？", "还能再领吗？"],
        ),
        # What is answered with a question is answered, and who asked twice asks without a question mark, too.
        (
            ["问：能带宠物吗？", "答：可以，但谁会带大型犬上车呢？", "问：要买票吗？", "答：不用。"],
            ["问：能带宠物吗？", "问：要买票吗？"],
        ),
        (
            [
                "记者：为什么要修订？",
                "负责人：原来的办法已经不适应。",
                "记者：请介绍一下捐赠的流程。",
                "负责人：先登记，再寄送。",
                "记者：何时施行？",
                "负责人：明年一月。",
                "记者：谢谢。",
            ],
            ["记者：为什么要修订？", "记者：请介绍一下捐赠的流程。", "记者：何时施行？"],
        ),
        (
            [
                "Q1：谁能借？",
                "A1：持证读者。",
                "Q2：请说说怎么还书。",
                "A2：投入还书箱。",
                "Q3：能续借吗？",
                "A3：能。",
            ],
            ["Q1：谁能借？", "Q2：请说说怎么还书。", "Q3：能续借吗？"],
        ),
        (
            ["时间：几点开门？", "九点。", "地点：在哪里？", "馆内。", "时间：周末延长。"],
            ["时间：几点开门？", "地点：在哪里？"],
        ),
        # A list of questions, one rhetorical question, and a paragraph that ends with one are none.
        (["能网上办吗？", "要带什么？", "在哪里办？"], []),
        (["钱从哪里来？", "财政安排了专项资金。", "会议听取了汇报。"], []),
        (
            ["会议讨论了就业。下一步怎么办？", "各地汇报。", "会议讨论了投资。钱从哪里来？", "各地汇报。"],
            [],
        ),
    ],
)
def test_a_question_is_the_heading_of_its_answer(lines: list[str], questions: list[str]) -> None:
    assert [text for _, text in _headings(repair(_blocks(*lines)))] == questions


def test_headings_inside_an_answer_stand_below_its_question() -> None:
    blocks = repair(
        _blocks(
            "1.要符合什么条件？",
            "（一）个人",
            "个人应当年满十八岁，并在本市居住满一年以上。",
            "（二）企业",
            "企业应当在本市登记，并按时缴纳各项税费。",
            "2.到哪里办理？",
            "在政务服务中心办理，也可以在网上办理。",
        )
    )
    levels = {text: level for level, text in _headings(blocks)}
    assert (
        levels["（一）个人"]
        == levels["（二）企业"]
        > levels["1.要符合什么条件？"]
        == levels["2.到哪里办理？"]
    )


def test_numbered_headings_around_questions_stay_above_them() -> None:
    blocks = repair(
        _blocks(
            "（一）参保",
            "1.谁可以参保？",
            "本市户籍的居民都可以参保，外地户籍的学生也可以。",
            "（二）待遇",
            "2.能报销多少？",
            "在一级医院报销百分之八十，在三级医院报销百分之六十。",
        )
    )
    levels = {text: level for level, text in _headings(blocks)}
    assert levels["（一）参保"] == levels["（二）待遇"] < levels["1.谁可以参保？"]


@given(st.lists(st.text(alphabet="一二、（）问答：？?。1.多少 字", max_size=20), max_size=12))
def test_no_text_is_lost(lines: list[str]) -> None:
    before = _blocks(*[line.strip() for line in lines if line.strip()])
    after = recognise_questions(before)
    assert "".join("".join(block.text.split()) for block in after) == "".join(
        "".join(block.text.split()) for block in before
    )
