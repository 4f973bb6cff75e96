"""What a question asks of besides its places: holidays, months, orders by their number, a role."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from assistant.understanding.time_words import HOLIDAYS, without_times
from corpus.language.normalize import fold
from index.words import content_words

HOLIDAY = re.compile(f"{HOLIDAYS}|暑期")
_PERIOD = re.compile(
    r"\d{1,2}[至到—\-~]\d{1,2}月|前\d{1,2}个?月|\d{1,2}月(?:\d{1,2}[日号])?|前?[一二三四]个?季度|[上下]半年|"
    rf"{HOLIDAY.pattern}|十[一二三四五]五"
)
_PLAN = re.compile(r"[“\"]?(?:十[一二三四五]五|[一二三四五六七八九]五(?=[”\"]?(?:时期|期间)))[”\"]?")
_OVER_A_STRETCH = re.compile(r"截[至止]|累计|以来|至今|从|[到至](?:19|20)\d{2}年")
_UP_TO_A_MONTH = re.compile(r"截[至止]|累计|为止|[到至]\d{1,2}月")
_AT_AN_END = re.compile("[末底]|余额")
_ORDER = re.compile(r"(?:(?<=第)|(?<!\d))(\d{1,4})(?=号令)|(?<=令第)(\d{1,4})(?=号)")
_ASKS_FOR_AN_ORDER = re.compile(r"几号|哪[个部项份]|废止|替代|取代|细化|细则")
_ASKS_FOR_A_NAME = re.compile(r"是谁|谁签|姓名|哪位|何人|叫什么名字|谁(?:担任|出任|当选)")
ROLE = re.compile(
    r"董事长|总经理|总裁|秘书长|发言人|国务卿|首席\w{1,3}官|总理|主席|书记|[部省市州县区局行院校会司处]长|主任|教授|院士|研究员|总统|首相|大臣|司令"
)
_YEAR_END = re.compile("年[末底]")


_YEAR_OF_DOCUMENT = re.compile(
    r"((?:19|20)\d{2})年(?:度|[那这][份个部]|版|[出印发公颁][台发布行])?的?[^，,。?？\d的]{0,10}?"
    r"(?:意见|办法|通知|政策|文件|规划|方案|条例|规定|公告|决定|白皮书|细则|指南|纲要|指引)"
)


@dataclass(frozen=True)
class FrameAsked:
    """What `text`, a question, asks of; each fact is read when it is first needed."""

    text: str

    @cached_property
    def holidays(self) -> frozenset[str]:
        """The holidays it names."""
        return frozenset(HOLIDAY.findall(self.text))

    @cached_property
    def periods(self) -> frozenset[str]:
        """The months, quarters, half years and holidays it names, as they are written."""
        return frozenset(periods_written(self.text))

    @cached_property
    def years_of_documents(self) -> frozenset[int]:
        """The years that say which document is asked of, not of which year: "2018年那份意见", "2023年的补贴政策"."""
        return frozenset(int(year) for year in _YEAR_OF_DOCUMENT.findall(self.text))

    @cached_property
    def timeless_words(self) -> frozenset[str]:
        """Its words without those of times and plans."""
        return frozenset(content_words(without_times(_PLAN.sub("", self.text))))

    @cached_property
    def is_whole_year(self) -> bool:
        """Whether it asks of a year as a whole."""
        return "全年" in self.text

    @cached_property
    def is_end_of_year(self) -> bool:
        """Whether it asks of the end of a year."""
        return bool(_YEAR_END.search(self.text))

    @cached_property
    def is_stretch(self) -> bool:
        """Whether it asks of a stretch of time or of what came together in it: "截至", "累计"."""
        return bool(_OVER_A_STRETCH.search(self.text))

    @cached_property
    def is_up_to_a_month(self) -> bool:
        """Whether it asks of what was reached, or came together, up to a month: "到4月为止", "截至6月底"."""
        return bool(_UP_TO_A_MONTH.search(self.text))

    @cached_property
    def is_at_an_end(self) -> bool:
        """Whether it asks how things stood at the end of a time: "6月末余额"."""
        return bool(_AT_AN_END.search(self.text))

    @cached_property
    def orders(self) -> frozenset[str]:
        """The numbers of the orders it names."""
        return frozenset(orders_in(self.text))

    @cached_property
    def asks_for_an_order(self) -> bool:
        """Whether it asks which order or rule did something to the one it names."""
        return bool(_ASKS_FOR_AN_ORDER.search(self.text))

    @cached_property
    def asks_for_a_name(self) -> bool:
        """Whether it asks who somebody is."""
        return bool(_ASKS_FOR_A_NAME.search(self.text))

    @cached_property
    def role(self) -> str:
        """The role of the person it asks for: 董事长; empty where it names none."""
        match = ROLE.search(self.text)
        return match.group() if match else ""


def periods_written(text: str) -> set[str]:
    """Months, quarters, half years and holidays named in a text, without marks that vary."""
    plain = re.sub(r"[“”\"\s]", "", fold(text)).replace("第一季度", "一季度")
    return set(_PERIOD.findall(re.sub(r"[至到—~]", "-", plain)))


def orders_in(text: str) -> list[str]:
    """Numbers of orders and notices that a text names: "768号令", "2022年第3号令", "令第768号"."""
    return [one or other for one, other in _ORDER.findall(fold(text))]
