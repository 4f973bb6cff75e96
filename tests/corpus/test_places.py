import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language import places as gazetteer
from corpus.language.places import (
    PROVINCES,
    lies_within,
    place_spans,
    places_in,
    plain_name,
    province_of,
    same_place,
)
from corpus.make_divisions import read_divisions, table

NAMES = sorted(name for name, plain in gazetteer._PLAIN_NAMES.items() if plain)
PLAIN_NAMES = sorted(gazetteer._AREAS)
PIECES = st.sampled_from([*NAMES, "的", "和", "，", "2025年", "集成电路", "市", "区", "县", "产业", " ", "x"])
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=8).map("".join))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("魔都和深圳市", ["上海", "深圳"]),
        ("沪渝高速在鄂境内", ["上海", "重庆", "湖北"]),
        ("江苏省苏州市昆山市的企业", ["江苏", "苏州", "昆山"]),
        ("吉林省吉林市与长春", ["吉林", "吉林市", "长春"]),
        ("恩施州、湘西和延边朝鲜族自治州", ["恩施", "湘西", "延边"]),
        ("青海省海南藏族自治州不是海南", ["青海", "海南州", "海南"]),
        ("内蒙古自治区和广西壮族自治区", ["内蒙古", "广西"]),
        ("北京市朝阳区与辽宁朝阳市", ["北京", "朝阳区", "辽宁", "朝阳市"]),
        ("海南自贸港封关", ["海南"]),
        ("上海浦东新区、天津滨海新区、河北雄安新区", ["上海", "浦东", "天津", "滨海新区", "河北", "雄安"]),
        ("横琴和前海", ["横琴", "前海"]),
        ("长三角、京津冀和粤港澳大湾区", ["长三角", "京津冀", "粤港澳大湾区"]),
        ("西部大开发与东北振兴", ["西部地区", "东北"]),
        ("闸北区和襄樊市", ["闸北区", "襄阳"]),
        ("羊城、鹏城、蓉城、冰城", ["广州", "深圳", "成都", "哈尔滨"]),
        ("魔都，上海，沪", ["上海"]),
        ("", []),
    ],
)
def test_places_under_their_plain_names_in_order(text: str, places: list[str]) -> None:
    assert places_in(text) == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("上海市民", ["上海"]),
        ("湖北省委", ["湖北"]),
        ("上海市政府", ["上海"]),
        ("广西壮族自治区人民政府", ["广西"]),
        ("广西南宁", ["广西", "南宁"]),
        ("辽宁沈阳", ["辽宁", "沈阳"]),
        ("长沙市区", ["长沙"]),
        ("浙江户籍人口", ["浙江"]),
        ("武汉户籍老年人口", ["武汉"]),
        ("北京户籍制度改革", ["北京"]),
        ("重庆户口登记", ["重庆"]),
        ("深圳户口的迁入条件", ["深圳"]),
        ("四川籍贯", ["四川"]),
        ("湖北古籍保护", ["湖北"]),
        ("港澳居民收入", ["港澳"]),
    ],
)
def test_places_inside_longer_words(text: str, places: list[str]) -> None:
    assert places_in(text) == places


@pytest.mark.parametrize(
    "text",
    [
        "国家长治久安", "坚持和平发展道路", "朝阳产业", "东方的智慧", "一带一路沿线国家", "新疆棉", "人民幸福安康",
        "黄金白银价格上涨", "嘉宾和来宾", "日照时间", "文山会海", "天下大同", "水资源和人力资源", "新建住宅", "中心城区",
        "港口物流", "公安机关会同有关部门", "孙中山先生", "鄂霍次克海", "哈密瓜", "大理石", "德州仪器", "各县市区",
        "港澳青年创业补贴", "港澳居民随迁子女", "港澳台同胞", "四川籍员工", "湖南户口", "成都户口簿", "云南户籍考生", "港澳居民来往内地通行证", "外省和北京户籍的学生",
        "资本市场", "白银市场", "巴中关系", "石狮和磐石", "加沙中部", "该国西部", "干部和县的干部",
    ],
)  # fmt: skip
def test_words_that_only_look_like_places(text: str) -> None:
    assert places_in(text) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("广东", "深圳", True),
        ("深圳", "广州", False),
        ("昆山", "苏州", True),
        ("昆山", "江苏", True),
        ("昆山", "无锡", False),
        ("昆山市", "江苏省", True),
        ("恩施市", "恩施州", True),
        ("浦东新区", "上海", True),
        ("雄安新区", "河北", True),
        ("雄安", "保定", False),
        ("横琴", "珠海", True),
        ("横琴", "深圳", False),
        ("吉林市", "吉林", True),
        ("襄樊", "襄阳", True),
        ("魔都", "上海市", True),
        ("长三角", "上海", True),
        ("长三角", "杭州", True),
        ("长三角", "广东", False),
        ("上海", "江苏", False),
        ("长三角", "京津冀", False),
        ("长三角", "长江经济带", True),
        ("珠三角", "广东", True),
        ("珠三角", "汕头", False),
        ("大湾区", "香港", True),
        ("成渝", "重庆", True),
        ("西部", "四川", True),
        ("中部", "湖北", True),
        ("东北", "沈阳", True),
        ("西安区", "黑龙江", True),
        ("西安区", "吉林", True),
        ("西安区", "陕西", False),
        ("台北", "台湾", True),
        ("火星", "火星", True),
        ("火星", "上海", False),
    ],
)
def test_which_place_lies_in_which(one: str, other: str, same: bool) -> None:
    assert same_place(one, other) is same
    assert same_place(other, one) is same


@pytest.mark.parametrize(
    ("place", "province"),
    [
        ("深圳", "广东"), ("深圳市", "广东"), ("昆山", "江苏"), ("浦东新区", "上海"), ("雄安新区", "河北"), ("两江新区", "重庆"),
        ("滨海新区", "天津"), ("横琴", "广东"), ("前海", "广东"), ("沪", "上海"), ("珠三角", "广东"), ("海南州", "青海"),
        ("吉林市", "吉林"), ("海南自贸港", "海南"), ("上海", "上海"),
        ("长三角", "长三角"), ("朝阳区", "朝阳区"), ("火星", "火星"), ("", ""),
    ],
)  # fmt: skip
def test_the_province_of_a_place(place: str, province: str) -> None:
    assert province_of(place) == province


def test_all_provinces_are_known() -> None:
    assert len(PROVINCES) == 34
    assert {"北京", "内蒙古", "新疆", "广东", "香港", "澳门", "台湾"} <= PROVINCES
    assert all(places_in(province) == [province] == [province_of(province)] for province in PROVINCES)


def test_every_name_is_found_as_its_plain_name() -> None:
    wrong = {name: places_in(name) for name in NAMES if places_in(name) != [plain_name(name)]}
    assert wrong == {}
    assert [name for name in PLAIN_NAMES if plain_name(name) != name] == []


@given(TEXTS)
def test_spans_are_in_order_apart_and_hold_what_is_returned(text: str) -> None:
    spans = place_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert places_in(text) == list(dict.fromkeys(plain_name(text[start:end]) for start, end in spans))


@given(st.sampled_from(PLAIN_NAMES) | st.text(), st.sampled_from(PLAIN_NAMES) | st.text())
def test_same_place_is_symmetric_and_every_place_is_its_own(one: str, other: str) -> None:
    assert same_place(one, other) == same_place(other, one)
    assert same_place(one, one)


@given(st.sampled_from(PLAIN_NAMES))
def test_a_place_lies_in_its_province(place: str) -> None:
    province = province_of(place)
    assert province == place or (province in PROVINCES and same_place(place, province))


def test_what_is_returned_may_be_changed() -> None:
    places_in("上海和深圳").clear()
    assert places_in("上海和深圳") == ["上海", "深圳"]


HEADER = (
    "year,province_name,city_name,county_name,province_adcode,city_adcode,county_adcode,"
    "province_id,city_id,county_id,province_short,city_short,county_short,rank"
)


def test_the_table_is_made_from_names_by_year(tmp_path: Path) -> None:
    rows = [
        HEADER,
        "2009,湖北省,襄樊市,,420000,420600,,420000,420600,,湖北,襄樊,,2",
        "2024,湖北省,,,420000,,,420000,,,湖北,,,1",
        "2024,湖北省,襄阳市,,420000,420600,,420000,420600,,湖北,襄阳,,2",
        "2024,湖北省,襄阳市,宜城市,420000,420600,420684,420000,420600,420684,湖北,襄阳,宜城,3",
        "2024,湖北省,襄阳市,城区,420000,420600,420699,420000,420600,420699,湖北,襄阳,城,3",
        "1999,湖北省,襄阳市,旧县,420000,420600,420698,420000,420600,420698,湖北,襄阳,旧,3",
    ]
    source = tmp_path / "by_year.csv"
    source.write_text("\n".join(rows), encoding="utf-8")
    assert [(row.code, row.name, row.plain) for row in table(read_divisions(source))] == [
        ("42", "湖北省", "湖北"),
        ("4206", "襄阳市", "襄阳"),
        ("4206", "襄樊市", "襄阳"),
        ("420684", "宜城市", "宜城"),
    ]


def test_a_wheel_without_a_table_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "other.whl", "w") as wheel:
        wheel.writestr("readme.txt", "")
    with pytest.raises(ValueError, match=r"other\.whl holds 0 CSV files"):
        read_divisions(tmp_path / "other.whl")


@pytest.mark.parametrize(
    ("inner", "outer", "within"),
    [
        ("深圳", "广东", True),
        ("广东", "深圳", False),
        ("上海", "长三角", True),
        ("长三角", "上海", False),
        ("魔都", "上海", True),
        ("深圳", "广州", False),
    ],
)
def test_what_lies_within(inner: str, outer: str, *, within: bool) -> None:
    assert lies_within(inner, outer) is within


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("湖南户口在广州参保", ["广州"]),
        ("上海户籍人口多少", ["上海"]),
        ("港澳地区的出口", ["港澳"]),
        ("北京居民人均可支配收入", ["北京"]),
        ("浙江籍贯不限", ["浙江"]),
    ],
)
def test_where_people_are_from_is_no_place_of_what_happens(text: str, places: list[str]) -> None:
    assert places_in(text) == places
