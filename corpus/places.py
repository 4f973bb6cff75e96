"""Provinces and the larger cities in them, by every name they go under."""

from __future__ import annotations

import re

import rjieba

_PROVINCES: dict[str, tuple[str, str]] = {
    "北京": ("京", "北京市"),
    "天津": ("津", "天津市"),
    "河北": ("冀", "河北省 石家庄 唐山 秦皇岛 邯郸 保定 张家口 承德 沧州 廊坊 雄安新区 雄安"),
    "山西": ("晋", "山西省 太原 大同 长治 晋城 运城 临汾"),
    "内蒙古": ("内蒙古", "内蒙古自治区 呼和浩特 包头 鄂尔多斯 赤峰 通辽"),
    "辽宁": ("辽", "辽宁省 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口"),
    "吉林": ("吉", "吉林省 长春 四平 延边"),
    "黑龙江": ("黑", "黑龙江省 哈尔滨 齐齐哈尔 大庆 牡丹江 佳木斯"),
    "上海": ("沪", "上海市 魔都 浦东新区 浦东"),
    "江苏": ("苏", "江苏省 南京 苏州 无锡 常州 南通 徐州 扬州 镇江 盐城 泰州 淮安 连云港 宿迁 昆山"),
    "浙江": ("浙", "浙江省 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 义乌"),
    "安徽": ("皖", "安徽省 合肥 芜湖 蚌埠 马鞍山 安庆 黄山 滁州 阜阳"),
    "福建": ("闽", "福建省 福州 厦门 泉州 漳州 莆田 宁德 龙岩"),
    "江西": ("赣", "江西省 南昌 景德镇 九江 赣州 上饶 宜春"),
    "山东": ("鲁", "山东省 济南 青岛 烟台 潍坊 淄博 威海 临沂 济宁"),
    "河南": ("豫", "河南省 郑州 洛阳 开封 南阳 新乡 许昌"),
    "湖北": ("鄂", "湖北省 武汉 宜昌 襄阳 荆州 十堰 黄石"),
    "湖南": ("湘", "湖南省 长沙 株洲 湘潭 衡阳 岳阳 常德"),
    "广东": ("粤", "广东省 广州 深圳 珠海 佛山 东莞 中山 惠州 汕头 江门 湛江"),
    "广西": ("桂", "广西壮族自治区 南宁 柳州 桂林 北海 钦州"),
    "海南": ("琼", "海南省 海口 三亚 儋州 三沙 海南自贸港"),
    "重庆": ("渝", "重庆市"),
    "四川": ("川", "四川省 成都 绵阳 德阳 宜宾 乐山 泸州 南充"),
    "贵州": ("贵", "贵州省 贵阳 遵义 毕节 安顺"),
    "云南": ("云", "云南省 昆明 大理 丽江 曲靖 玉溪"),
    "西藏": ("藏", "西藏自治区 拉萨 日喀则 林芝"),
    "陕西": ("陕", "陕西省 西安 咸阳 宝鸡 延安 榆林"),
    "甘肃": ("甘", "甘肃省 兰州 天水 酒泉 嘉峪关 敦煌"),
    "青海": ("青", "青海省 西宁 海东"),
    "宁夏": ("宁", "宁夏回族自治区 银川"),
    "新疆": ("新", "新疆维吾尔自治区 乌鲁木齐 喀什 克拉玛依"),
    "香港": ("港", "香港特别行政区"),
    "澳门": ("澳", "澳门特别行政区"),
    "台湾": ("台", "台湾省 台北 高雄 新竹"),
}
"""Province: its one-character name, and its other names and cities (administrative divisions of China)."""

_SAFE_SHORT = "沪渝鄂粤皖闽赣湘冀豫黔滇琼"
_EXTRA_SHORT = {"黔": "贵州", "滇": "云南"}
PROVINCES = frozenset(_PROVINCES)


def _every_name() -> dict[str, str]:
    names = dict(_EXTRA_SHORT)
    for province, (short, others) in _PROVINCES.items():
        names[province] = province
        if short in _SAFE_SHORT:
            names[short] = province
        for name in others.split():
            names[name] = province
            if name not in names or not name.endswith(("省", "区")):
                names.setdefault(f"{name}市", province)
    return names


_PROVINCE_OF = _every_name()
_PATTERN = re.compile("|".join(sorted(map(re.escape, _PROVINCE_OF), key=len, reverse=True)))


def places_in(text: str) -> list[str]:
    """Places named in `text`, in order, each under its plain name ("魔都" and "上海市" are 上海, 深圳 is 深圳).

    A name counts only where the word segmenter sees a word begin and end ("长治久安" is no city).
    """
    edges = {edge for _, start, end in rjieba.tokenize(text) for edge in (start, end)}
    seen: dict[str, None] = {}
    for match in _PATTERN.finditer(text):
        if match.start() in edges and match.end() in edges:
            seen.setdefault(plain_name(match.group()))
    return list(seen)


def plain_name(name: str) -> str:
    """The one name that all names of a place stand for."""
    province = _PROVINCE_OF.get(name, name)
    if len(name) == 1 or name == "魔都" or name.startswith(province):
        return province
    return name[:-1] if name.endswith("市") and len(name) > 2 else name


def province_of(place: str) -> str:
    """The province a place lies in, or the place itself when it is unknown."""
    return _PROVINCE_OF.get(place, place)


def same_place(asked: str, told: str) -> bool:
    """Whether `told` is `asked`, lies in it or holds it (深圳 and 广东, not 深圳 and 广州)."""
    if asked == told:
        return True
    if asked in PROVINCES or told in PROVINCES:
        return province_of(asked) == province_of(told)
    return False
