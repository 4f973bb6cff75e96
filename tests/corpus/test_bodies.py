import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language import bodies as gazetteer
from corpus.language.bodies import bodies_in, same_body

NAMES = sorted(gazetteer._PLAIN_NAMES)
PIECES = st.sampled_from(
    [*NAMES, "湖北省", "上海", "经信厅", "财政局", "美国", "市", "门", "和", "、", "发布", "x"]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=8).map("".join))


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("工信部和国家发改委", ["工业和信息化部", "国家发展改革委"]),
        ("央行、人民银行与中国人民银行", ["中国人民银行"]),
        (
            "人力资源社会保障部、住建部、市场监管总局",
            ["人力资源和社会保障部", "住房和城乡建设部", "市场监管总局"],
        ),
        ("中央纪委国家监委通报", ["中央纪委", "国家监委"]),
        ("国务院办公厅转发国务院的意见", ["国务院办公厅", "国务院"]),
        ("国务院令第768号", ["国务院"]),
        ("最高法、最高检工作报告", ["最高人民法院", "最高人民检察院"]),
        ("国家网信办会同国资委", ["中央网信办", "国资委"]),
        ("上交所、深交所和北交所", ["上海证券交易所", "深圳证券交易所", "北京证券交易所"]),
        ("中国财政部发言人", ["财政部"]),
        ("中华人民共和国商务部公告", ["商务部"]),
        ("据国家统计局和外汇局数据", ["国家统计局", "国家外汇局"]),
        ("湖北省经济和信息化厅", ["湖北经信厅"]),
        ("上海市经信委与上海市经济和信息化委员会", ["上海经信委"]),
        ("浙江省发展改革委、苏州市工业和信息化局", ["浙江发改委", "苏州工信局"]),
        ("国家税务总局湖北省税务局", ["税务总局", "湖北税务局"]),
        ("", []),
    ],
)
def test_bodies_under_their_plain_names_in_order(text: str, bodies: list[str]) -> None:
    assert bodies_in(text) == bodies


@pytest.mark.parametrize(
    "text",
    [
        "各级财政部门要加强监督", "农业部门预测", "教育部署", "美国财政部", "欧洲央行行长", "日本央行", "美国国务院",
        "俄罗斯国防部称", "美商务部", "英国国家统计局", "市发改委", "市发展改革委", "中央行政区", "集中办公", "一季度我国办理",
        "政府工作报告", "商务部门",
    ],
)  # fmt: skip
def test_words_that_only_look_like_bodies_of_state(text: str) -> None:
    assert bodies_in(text) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("工信部", "工业和信息化部", True),
        ("央行", "中国人民银行", True),
        ("发改委", "国家发展和改革委员会", True),
        ("银保监会", "国家金融监督管理总局", True),
        ("银监会", "金融监管总局", True),
        ("银监会", "保监会", False),
        ("农业部", "农业农村部", True),
        ("湖北省经信厅", "湖北省经济和信息化厅", True),
        ("湖北省经信厅", "江西省经信厅", False),
        ("湖北省财政厅", "财政部", False),
        ("财政部", "商务部", False),
        ("某公司", "某公司", True),
        ("某公司", "财政部", False),
    ],
)
def test_which_names_mean_one_body(one: str, other: str, same: bool) -> None:
    assert same_body(one, other) is same


def test_every_successor_is_a_body() -> None:
    plain = set(gazetteer._BODIES)
    assert set(gazetteer._SUCCESSORS) | set(gazetteer._SUCCESSORS.values()) <= plain


def test_every_name_is_found_as_its_plain_name() -> None:
    assert {
        name: bodies_in(name) for name in NAMES if bodies_in(name) != [gazetteer._PLAIN_NAMES[name]]
    } == {}


@given(TEXTS)
def test_no_text_fails_and_every_body_stands_in_it_in_some_form(text: str) -> None:
    for body in bodies_in(text):
        forms = [name for name, plain in gazetteer._PLAIN_NAMES.items() if plain == body]
        if forms:
            assert any(form in text for form in forms)
        else:
            assert gazetteer._LOCAL.search(text), body


@given(st.sampled_from(NAMES) | st.text(), st.sampled_from(NAMES) | st.text())
def test_same_body_is_symmetric_and_every_body_is_its_own(one: str, other: str) -> None:
    assert same_body(one, other) == same_body(other, one)
    assert same_body(one, one)
