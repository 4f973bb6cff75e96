"""Bodies of state and party, and exchanges, by every name they go under."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate

import rjieba

from corpus.language.places import place_spans, plain_name

_BODIES = {
    # Party, congress, courts
    "中共中央": "党中央", "中央军委": "中央军事委员会", "中央纪委": "中纪委 中央纪律检查委员会",
    "国家监委": "国家监察委员会", "中央组织部": "中组部", "中央宣传部": "中宣部", "中央统战部": "中央统一战线工作部",
    "中央政法委": "中央政法委员会", "中央办公厅": "中办 中共中央办公厅", "中央财办": "中央财经委员会办公室 中央财经办",
    "中央农办": "中央农村工作领导小组办公室", "中央金融办": "中央金融委员会办公室", "中央金融委": "中央金融委员会",
    "中央网信办": "国家网信办 网信办 国家互联网信息办公室 国信办 网信办公室 中央网络安全和信息化委员会办公室",
    "全国人大常委会": "全国人民代表大会常务委员会", "全国人大": "全国人民代表大会",
    "全国政协": "中国人民政治协商会议全国委员会",
    "最高人民法院": "最高法 最高法院", "最高人民检察院": "最高检 最高检察院",
    # State Council and its ministries
    "国务院": "", "国务院办公厅": "国办", "国家发展改革委": "国家发展和改革委员会 国家发改委 发改委 发展改革委",
    "工业和信息化部": "工信部", "财政部": "", "商务部": "", "科学技术部": "科技部", "教育部": "", "外交部": "", "国防部": "",
    "公安部": "", "国家安全部": "国安部", "民政部": "", "司法部": "", "人力资源和社会保障部": "人社部 人力资源社会保障部",
    "自然资源部": "", "生态环境部": "", "住房和城乡建设部": "住建部 住房城乡建设部", "交通运输部": "", "水利部": "",
    "农业农村部": "", "文化和旅游部": "文旅部", "国家卫生健康委": "国家卫生健康委员会 国家卫健委 卫健委 卫生健康委",
    "退役军人事务部": "退役军人部", "应急管理部": "应急部", "审计署": "国家审计署", "国家民委": "国家民族事务委员会",
    "农业部": "", "环境保护部": "环保部", "国土资源部": "国土部", "文化部": "", "卫生部": "", "国家计委": "国家发展计划委员会",
    "国家卫生计生委": "国家卫生和计划生育委员会 卫计委 国家卫计委", "信息产业部": "", "铁道部": "", "监察部": "",
    # Central bank, regulators, offices under the State Council
    "中国人民银行": "人民银行 央行 人行总行", "金融监管总局": "国家金融监督管理总局 国家金融监管总局",
    "银保监会": "中国银保监会 中国银行保险监督管理委员会", "银监会": "中国银监会 中国银行业监督管理委员会",
    "保监会": "中国保监会 中国保险监督管理委员会", "证监会": "中国证监会 中国证券监督管理委员会",
    "国家外汇局": "外汇局 国家外汇管理局 外汇管理局", "国资委": "国务院国资委 国务院国有资产监督管理委员会",
    "海关总署": "中国海关总署", "税务总局": "国家税务总局", "市场监管总局": "国家市场监督管理总局 国家市场监管总局",
    "工商总局": "国家工商行政管理总局 国家工商总局", "质检总局": "国家质量监督检验检疫总局 国家质检总局",
    "广电总局": "国家广播电视总局 国家广电总局", "体育总局": "国家体育总局", "国家统计局": "统计局", "国家信访局": "信访局",
    "国家知识产权局": "知识产权局", "国家医保局": "医保局 国家医疗保障局", "国家数据局": "数据局", "国家能源局": "能源局",
    "国家粮食和储备局": "国家粮食和物资储备局 粮储局", "国家林草局": "国家林业和草原局 林草局", "国家铁路局": "",
    "中国民航局": "民航局 中国民用航空局", "国家邮政局": "邮政局", "国家药监局": "药监局 国家药品监督管理局",
    "国家疾控局": "国家疾病预防控制局", "国家移民局": "国家移民管理局 移民局", "国家国防科工局": "国防科工局",
    "国家航天局": "", "国家文物局": "文物局", "中国气象局": "气象局", "国家档案局": "", "国家版权局": "",
    "国家国际发展合作署": "国合署", "国务院港澳办": "港澳办 国务院港澳事务办公室", "国务院台办": "国台办 国务院台湾事务办公室",
    "国务院新闻办": "国新办 国务院新闻办公室", "国务院研究室": "", "中国科学院": "中科院", "中国工程院": "工程院",
    "中国社科院": "中国社会科学院 社科院", "国务院发展研究中心": "",
    # Exchanges and policy banks
    "上海证券交易所": "上交所", "深圳证券交易所": "深交所", "北京证券交易所": "北交所", "香港交易所": "港交所 香港联交所",
    "全国股转公司": "全国中小企业股份转让系统有限责任公司", "上海期货交易所": "上期所", "大连商品交易所": "大商所",
    "郑州商品交易所": "郑商所", "中国金融期货交易所": "中金所", "广州期货交易所": "广期所", "上海黄金交易所": "上金所",
    "国家开发银行": "国开行", "中国进出口银行": "进出口银行", "中国农业发展银行": "农发行 农业发展银行",
}  # fmt: skip
"""Plain name: other names, short, whole and spoken."""

_SUCCESSORS = {
    "银监会": "银保监会", "保监会": "银保监会", "银保监会": "金融监管总局", "工商总局": "市场监管总局", "质检总局": "市场监管总局",
    "环境保护部": "生态环境部", "国土资源部": "自然资源部", "农业部": "农业农村部", "文化部": "文化和旅游部",
    "卫生部": "国家卫生计生委", "国家卫生计生委": "国家卫生健康委", "国家计委": "国家发展改革委", "信息产业部": "工业和信息化部",
    "铁道部": "国家铁路局", "监察部": "国家监委",
}  # fmt: skip
"""Body that is no more: the one that took over its tasks."""

_SHORT_FIELDS = {
    "经济和信息化": "经信", "工业和信息化": "工信", "发展和改革": "发改", "发展改革": "发改", "人力资源和社会保障": "人社",
    "人力资源社会保障": "人社", "住房和城乡建设": "住建", "住房城乡建设": "住建", "市场监督管理": "市场监管",
    "金融监督管理": "金融监管", "文化和旅游": "文旅", "卫生健康": "卫健", "科学技术": "科技",
    "国有资产监督管理": "国资", "医疗保障": "医保", "互联网信息": "网信", "药品监督管理": "药监", "应急管理": "应急",
    "地方金融监督管理": "地方金融监管", "乡村振兴": "乡村振兴", "规划和自然资源": "规划和自然资源", "林业和草原": "林草",
}  # fmt: skip
_FIELDS = [
    *_SHORT_FIELDS, *_SHORT_FIELDS.values(), "财政", "商务", "教育", "公安", "民政", "司法", "自然资源", "生态环境", "交通运输",
    "水利", "农业农村", "审计", "税务", "统计", "知识产权", "能源", "数据", "气象", "体育", "信访", "通信管理", "证监", "外汇管理",
]  # fmt: skip
_ENDINGS = {"委员会": "委", "办公室": "办"}
_LOCAL = re.compile(
    rf"(?:[省市县区州]|自治区)?({'|'.join(sorted(_FIELDS, key=len, reverse=True))})(委员会|办公室|厅|局|委|办)(?!员|事)"
)

_PLAIN_NAMES = {name: plain for plain, others in _BODIES.items() for name in (plain, *others.split())}
_NATIONAL = re.compile("|".join(sorted(_PLAIN_NAMES, key=len, reverse=True)))
_UNMISTAKABLE = 4
"""Names of this many characters count wherever they stand; shorter ones where words begin and end."""

_LOCAL_ENDING = re.compile("[厅局委办]")
_OF_A_PLACE = tuple("省市县区州级")
_OF_THE_WHOLE = tuple("国中全最")
"""How names begin that no province's body has: 国家…, 中国…, 全国…, 最高…."""
_COUNTRIES = (
    "美国|俄罗斯|日本|韩国|朝鲜|英国|法国|德国|意大利|西班牙|葡萄牙|荷兰|比利时|瑞士|瑞典|挪威|芬兰|丹麦|冰岛|爱尔兰|波兰|捷克"
    "|匈牙利|奥地利|希腊|罗马尼亚|保加利亚|塞尔维亚|乌克兰|白俄罗斯|格鲁吉亚|亚美尼亚|阿塞拜疆|土耳其|以色列|巴勒斯坦|加沙|伊朗"
    "|伊拉克|叙利亚|黎巴嫩|约旦|沙特|阿联酋|卡塔尔|科威特|巴林|阿曼|也门|埃及|利比亚|苏丹|埃塞俄比亚|肯尼亚|尼日利亚|南非|刚果"
    "|摩洛哥|阿尔及利亚|突尼斯|阿富汗|巴基斯坦|印度|孟加拉国|斯里兰卡|尼泊尔|缅甸|泰国|老挝|柬埔寨|越南|马来西亚|新加坡|印度尼西亚"
    "|印尼|菲律宾|文莱|蒙古国|哈萨克斯坦|乌兹别克斯坦|吉尔吉斯斯坦|塔吉克斯坦|土库曼斯坦|澳大利亚|新西兰|加拿大|墨西哥|古巴|巴西"
    "|阿根廷|智利|秘鲁|哥伦比亚|委内瑞拉|欧盟|欧洲|联合国"
)
_ABROAD = re.compile(
    rf"(?:{_COUNTRIES})[^\W中我和与同及]{{0,4}}$|(?:刚果（金）|[美俄韩英法德伊乌]|(?<!\d)日)$"
)
"""Another country's name, or its one character, just before a body: 美国国家统计局, 美商务部."""

_OF_CHINA = re.compile("(?:中国|共和国|国家)$")


def bodies_in(text: str) -> list[str]:
    """Bodies named in `text`, in order, each under its plain name ("央行" is 中国人民银行).

    A body of a place goes under the place and its short name ("湖北省经济和信息化厅" is 湖北经信厅). Bodies of other
    countries ("美国财政部") and of a place that is not named ("市发改委") are left out.
    """
    return list(_bodies_in(text))


@lru_cache(maxsize=8192)
def _bodies_in(text: str) -> tuple[str, ...]:
    found = _local_bodies(text) if _LOCAL_ENDING.search(text) else {}
    matches = [
        match
        for match in _NATIONAL.finditer(text)
        if not any(start <= match.start() < end for start, (end, _) in found.items())
    ]
    if matches:
        edges = {0, *accumulate(map(len, rjieba.cut(text)))}
        for match in matches:
            if _counts(text, *match.span(), edges):
                found[match.start()] = (match.end(), _PLAIN_NAMES[match.group()])
    return tuple(dict.fromkeys(name for _, (_, name) in sorted(found.items())))


def _counts(text: str, start: int, end: int, edges: set[int]) -> bool:
    before = text[max(0, start - 12) : start]
    if text.startswith("门", end) or _ABROAD.search(before):
        return False  # 财政部门
    if before[-1:] in _OF_A_PLACE and text[start] not in _OF_THE_WHOLE:
        return False  # 市发改委
    if end - start >= _UNMISTAKABLE or text[start:end] == "国务院":
        return True
    return end in edges and (start in edges or bool(_OF_CHINA.search(before)))


def _local_bodies(text: str) -> dict[int, tuple[int, str]]:
    """Begin of each body of a place: its end and plain name."""
    found = {}
    for start, end in place_spans(text):
        match = _LOCAL.match(text, end)
        if match:
            field, ending = match.groups()
            place = plain_name(text[start:end])
            short = f"{_SHORT_FIELDS.get(field, field)}{_ENDINGS.get(ending, ending)}"
            found[start] = (match.end(), place + short)
    return found


def same_body(asked: str, told: str) -> bool:
    """Whether two names mean one body; one that took over the tasks of another counts as the same."""
    asked, told = _plain(asked), _plain(told)
    return told in _with_successors(asked) or asked in _with_successors(told)


def _plain(name: str) -> str:
    if name in _PLAIN_NAMES:
        return _PLAIN_NAMES[name]
    found = _bodies_in(name)
    return found[0] if len(found) == 1 else name


def _with_successors(name: str) -> list[str]:
    names = [name]
    while names[-1] in _SUCCESSORS:
        names.append(_SUCCESSORS[names[-1]])
    return names
