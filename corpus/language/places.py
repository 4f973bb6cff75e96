"""Places of China by every name they go under, and which lies in which.

The provinces, prefectures and counties are in `data/divisions.tsv` (made by `corpus.make_divisions`). Kept here
by hand: short names of one character, nicknames, new areas, and regions of several provinces.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from itertools import accumulate
from operator import add
from pathlib import Path

import rjieba

_TABLE = Path(__file__).parent / "data" / "divisions.tsv"

_OTHER_NAMES = {
    "北京": "帝都", "上海": "沪 魔都 申城", "重庆": "渝", "湖北": "鄂 荆楚", "广东": "粤", "安徽": "皖", "福建": "闽 八闽",
    "江西": "赣 赣鄱", "湖南": "湘 湖湘", "河北": "冀 燕赵", "河南": "豫", "贵州": "黔", "云南": "滇", "浙江": "浙",
    "海南": "琼 海南自贸港 海南自由贸易港", "山东": "齐鲁", "山西": "三晋", "陕西": "三秦", "四川": "巴蜀", "广西": "八桂",
    "黑龙江": "龙江", "甘肃": "陇原", "内蒙古": "内蒙", "香港": "香港特区", "澳门": "澳门特区",
    "广州": "羊城", "深圳": "鹏城", "成都": "蓉城", "哈尔滨": "冰城", "济南": "泉城", "厦门": "鹭岛", "昆明": "春城",
    "宁波": "甬", "长沙": "长沙市区", "襄阳": "襄樊", "台湾": "台湾地区 台湾同胞 台湾当局",
    "西藏": "西藏地区 西藏地方", "新疆": "新疆地区 新疆生产建设兵团",
}  # fmt: skip
"""Plain name: short names and nicknames that are not made from it."""

_AREAS_WITHOUT_CODE = {
    "雄安": ("13", "雄安新区"), "两江新区": ("50", ""), "横琴": ("4404", "横琴新区"), "前海": ("4403", ""),
    "临港新片区": ("31", ""), "中关村": ("1101", ""), "亦庄": ("1101", ""), "光谷": ("4201", ""), "天府新区": ("51", ""),
    "西咸新区": ("61", ""), "贵安新区": ("52", ""), "江北新区": ("3201", ""), "湘江新区": ("4301", ""),
    "舟山群岛新区": ("3309", ""), "兰州新区": ("6201", ""), "西海岸新区": ("3702", ""), "金普新区": ("2102", ""),
    "哈尔滨新区": ("2301", ""), "长春新区": ("2201", ""), "赣江新区": ("36", ""), "滇中新区": ("53", ""),
    "福州新区": ("3501", ""), "苏州工业园区": ("3205", ""), "台北": ("71", "台北市"), "新北市": ("71", ""),
    "台中": ("71", "台中市"), "台南": ("71", "台南市"), "高雄": ("71", "高雄市"), "基隆": ("71", "基隆市"),
    "新竹": ("71", "新竹市"),
}  # fmt: skip
"""Plain name of an area: the code of the division it lies in, and its whole name if that is another."""

_REGIONS = {
    "长三角": ("31 32 33 34", "长江三角洲 沪苏浙皖 苏浙沪皖"),
    "江浙沪": ("31 32 33", "苏浙沪 沪苏浙"),
    "京津冀": ("11 12 13", ""),
    "珠三角": ("4401 4403 4404 4406 4407 4412 4413 4419 4420", "珠江三角洲"),
    "粤港澳大湾区": ("44 81 82", "粤港澳 大湾区"),
    "港澳": ("81 82", "港澳地区"),
    "港澳台": ("81 82 71", ""),
    "成渝": ("51 50", "成渝地区 川渝"),
    "长株潭": ("4301 4302 4303", ""),
    "东北": ("21 22 23", "东北三省 东北地区"),
    "华北地区": ("11 12 13 14 15", ""),
    "华东地区": ("31 32 33 34 35 36 37", ""),
    "华中地区": ("41 42 43", ""),
    "华南地区": ("44 45 46", ""),
    "西南地区": ("50 51 52 53 54", ""),
    "西北地区": ("61 62 63 64 65", ""),
    "东部地区": ("11 12 13 31 32 33 35 37 44 46", "东部省份"),
    "中部地区": ("14 34 36 41 42 43", "中部崛起 中部省份 中部六省"),
    "西部地区": ("15 45 50 51 52 53 54 61 62 63 64 65", "西部大开发 西部开发 西部省份"),
    "中西部地区": ("14 34 36 41 42 43 15 45 50 51 52 53 54 61 62 63 64 65", "中西部省份"),
    "长江经济带": ("31 32 33 34 36 42 43 50 51 52 53", ""),
    "黄河流域": ("63 51 62 64 15 14 61 41 37", ""),
}
"""Plain name of a region: the codes of the divisions it is made of, and its other names."""

_REGIONS_ONLY_ASKED = {"西部": "西部地区", "中部": "中部地区", "东部": "东部地区", "中西部": "中西部地区"}
"""Words that a person may name a region by, but that in articles are also parts of other places."""

_NO_PLACES = (
    "长治久安 天下大同 世界大同 大同社会 大同小异 白山黑水 文山会海 孙中山 中山装 中山路 中山公园 中山陵 东北风 东北部"
    " 东北方向 东北侧 鄂霍次克海 万鄂湘 京港澳 南海区海洋 加勒比和平区 瓦莱州 苏梅州 瑞安航空 德州仪器"
)
"""Words that begin with a place or hold one, and name none."""

_OF_PEOPLE = re.compile(
    r"户[籍口]的?(?:[，,；;、在]|$|居民|家庭|人员|[学考]生|员工|老人|毕业生|失业|簿)|籍(?!贯)"
)
"""What makes the place before it one that people are from, not one where something happens: "湖南户口在广州参保", "四川籍"."""
_HONG_KONG_AND_MACAO = frozenset(["港澳", "港澳台"])
_PEOPLE_FROM_THERE = re.compile(
    r"居民(?!的?(?:人均|收入|消费|人口))|青年|同胞|随迁|子[女弟]|学生|人士|人才|企业|投资"
)
"""What makes 港澳 a kind of people or firms in rules of other places: "港澳青年创业补贴"."""

Area = frozenset[str]
"""Codes of the divisions that make up a place: one, or several for a region."""


def _read_names() -> tuple[dict[str, str], dict[str, set[Area]]]:
    """Every name with its plain name (empty for what is no place), and the areas each plain name may mean."""
    plain_names: dict[str, str] = {}
    areas: dict[str, set[Area]] = defaultdict(set)
    table = _TABLE.read_text(encoding="utf-8")
    for line in table.splitlines():
        code, name, plain = line.split("\t")
        areas[plain].add(frozenset([code]))
        plain_names[name] = plain_names[plain] = plain
        if name.endswith(("自治州", "自治县")):
            plain_names.setdefault(plain.removesuffix(name[-1]) + name[-1], plain)
    for plain, (parent, whole_name) in _AREAS_WITHOUT_CODE.items():
        areas[plain].add(frozenset([parent + plain]))
        plain_names.update(dict.fromkeys([plain, *whole_name.split()], plain))
    for plain, (codes, others) in _REGIONS.items():
        areas[plain].add(frozenset(codes.split()))
        plain_names.update(dict.fromkeys([plain, *others.split()], plain))
    for plain, others in _OTHER_NAMES.items():
        plain_names.update(dict.fromkeys(others.split(), plain))
    plain_names.update(dict.fromkeys(_NO_PLACES.split(), ""))
    return plain_names, areas


_PLAIN_NAMES, _AREAS = _read_names()
_PROVINCE_OF_CODE = {
    code: plain
    for plain, areas in _AREAS.items()
    for area in areas
    if len(area) == 1
    for code in area
    if len(code) == 2
}
DIVISION_SUFFIX = "(?:自治区|自治州|新区|省|市|州|区|县)"
"""A pattern of the words for what a place is that may stand behind its plain name."""
PROVINCES = frozenset(_PROVINCE_OF_CODE.values())


def _lengths_by_head() -> dict[str, tuple[int, ...]]:
    """Lengths of names by their first two characters, longest first; 1 where the first alone is a name."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in _PLAIN_NAMES:
        if len(name) > 1:
            lengths[name[:2]] |= {len(name)} | ({1} if name[0] in _PLAIN_NAMES else set())
    return {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}


_LENGTHS = _lengths_by_head()
_PLAIN_WITH_SUFFIX = frozenset(
    name
    for name, plain in _PLAIN_NAMES.items()
    if len(name) > 2 and name[-1] in "省市区州县" and name != plain != ""
)
_ONE_CHARACTER = re.compile(f"[{''.join(name for name in _PLAIN_NAMES if len(name) == 1)}]")


def places_in(text: str) -> list[str]:
    """Places named in `text`, in order, each under its plain name ("魔都" and "上海市" are 上海, 深圳 is 深圳).

    A name counts only where the word segmenter sees a word begin and end ("长治久安" is no city), or where another
    place follows it or it has its 省 or 市 ("广西南宁", "湖北省委").
    """
    return list(_places_in(text))


@lru_cache(maxsize=8192)
def _places_in(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_PLAIN_NAMES[text[start:end]] for start, end in place_spans(text)))


def place_spans(text: str) -> list[tuple[int, int]]:
    """Begin and end of every place named in `text`, in characters; where names share a begin, the longest."""
    starts = [start for start, head in enumerate(map(add, text, text[1:])) if head in _LENGTHS]
    starts += [match.start() for match in _ONE_CHARACTER.finditer(text)]
    possible = [
        (start, start + length)
        for start in sorted(starts)
        for length in _LENGTHS.get(text[start : start + 2], (1,))
        if start + length <= len(text) and text[start : start + length] in _PLAIN_NAMES
    ]
    if not possible:
        return []  # cutting the text into words costs more than this look
    edges = {0, *accumulate(map(len, rjieba.cut(text)))}
    # The segmenter keeps some pairs as one word (广西南宁, 湖北省委): a place may end where another follows, and
    # one named with its 省 or 市 wherever it does.
    ends = edges | {end for start, end in possible if text[start:end] in _PLAIN_WITH_SUFFIX}
    followed = {start for start, end in possible if end in ends}
    ends |= followed & {end for start, end in possible if start in edges}
    spans = []
    after = 0
    for start, end in possible:
        if start >= after and (start in edges or start == after > 0) and end in ends:
            after = end
            if _PLAIN_NAMES[text[start:end]] and not _tells_whose(text, start, end):
                spans.append((start, end))
    return spans


def _tells_whose(text: str, start: int, end: int) -> bool:
    """Whether a place only says where people are from."""
    is_kind = text[start:end] in _HONG_KONG_AND_MACAO and _PEOPLE_FROM_THERE.match(text, end)
    return bool(is_kind or _OF_PEOPLE.match(text, end))


def plain_name(name: str) -> str:
    """The one name that all names of a place stand for."""
    return _REGIONS_ONLY_ASKED.get(name) or _PLAIN_NAMES.get(name) or name


def province_of(place: str) -> str:
    """The province a place lies in, or the place itself when it is unknown or lies in several."""
    plain = plain_name(place)
    codes = {code[:2] for area in _AREAS.get(plain, ()) for code in area}
    return _PROVINCE_OF_CODE.get(codes.pop(), place) if len(codes) == 1 else place


@lru_cache(maxsize=8192)
def same_place(asked: str, told: str) -> bool:
    """Whether `told` is `asked`, lies in it or holds it (深圳 and 广东, not 深圳 and 广州).

    A region holds its provinces (长三角 and 上海, though not 上海 and 江苏). A name that several places share
    may mean any of them.
    """
    asked, told = plain_name(asked), plain_name(told)
    if asked == told:
        return True
    return any(
        _lies_in(one, other) or _lies_in(other, one)
        for one in _AREAS.get(asked, ())
        for other in _AREAS.get(told, ())
    )


@lru_cache(maxsize=8192)
def lies_within(inner: str, outer: str) -> bool:
    """Whether `inner` is `outer` or a part of it (深圳 and 广东, not 广东 and 深圳)."""
    inner, outer = plain_name(inner), plain_name(outer)
    return inner == outer or any(
        _lies_in(one, other) for one in _AREAS.get(inner, ()) for other in _AREAS.get(outer, ())
    )


def _lies_in(inner: Area, outer: Area) -> bool:
    """Whether each part of `inner` is in a part of `outer`: a code begins with the codes of what holds it."""
    return all(any(part.startswith(whole) for whole in outer) for part in inner)
