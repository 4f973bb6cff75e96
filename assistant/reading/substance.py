"""Which sentences of an article are its substance, and which few of them tell it: no formalities, headings, questions or rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from assistant.checking.orders import is_order
from corpus.language.normalize import fold
from corpus.table import is_row

_SHORTEST, _LONGEST = 14, 240
_SHORT = 40
_LIKENESS_WEIGHT = 0.6
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．是]|——")
"""How a heading begins that is printed as a sentence."""
_ENDS = re.compile(r"[。！!；;.…][”’」』）)]*$")
_ASKS = re.compile(r"[？?][”’」』）)]*$")
_NAMES_A_LIST = re.compile(r"(?:如下|以下|下列)[^。]{0,12}[：:。]$|[：:]$")
_FORMALITY = re.compile(
    r"^(?:各位(?:代表|委员|领导|来宾)|同志们|女士们|先生们|尊敬的|大家好)|^(?:现在?[，,])?我(?:谨)?代表.{2,30}(?:报告|致辞|审议)|"
    r"请(?:予|各位|一并)?(?:审议|审查|审阅)|提出(?:宝贵)?意见|特此(?:通知|公告|批复|函)|请(?:认真|遵照)贯彻|"
    r"^(?:现将|根据|按照|为了?)[^。]{2,80}(?:印发给你们|予以(?:公布|印发)|通知如下|公告如下)|"
    r"^(?:来源|作者|编辑|责任?编辑?|记者|审核|校对|供稿|摄影|图[/／]|文[/／]|原标题|发布时间|联系人|联系电话|电话|地址|邮编|附件|抄送|主送|扫码|关注)|"
    r"(?:本报|本网|新华社|中新社|记者)[^。]{0,20}(?:[电讯]|报道)[）)]?$|责任编辑|版权(?:所有|归)|转载请|免责声明|点击(?:查看|下载|阅读)|"
    r"(?:衷心|诚挚|崇高)的?(?:感谢|敬意|问候|祝愿)|让我们.{0,60}(?:奋斗|前进|努力|篇章)|(?:资料|数据)来源[：:于]"
)
_SPEECH = re.compile(
    r"(?:学习|贯彻|落实|遵循|牢记)[^。]{0,40}(?:精神|讲话|指示|要求|嘱托)|亲临|倍受?(?:鼓舞|感振奋)|"
    r"(?:不寻常|不平凡|不容易|来之不易)|砥砺前行|顶压前行"
)
"""What speeches begin and end with; said beside figures it is no more than a lead-in."""
_SAYS_LITTLE = re.compile(
    r"^(?:综上|总之|总的来[说看]|这[些一]|以上|本(?:报告|文|办法|规定)(?:所称|共|由|自)|同时[，,]?$)|以下简称|"
    r"^[^，,。]{0,24}(?:年|时期|一年)[，,]?是|作政府工作报告|以[^。]{2,40}为指导|总书记[^。]{0,60}(?:[视考]察|讲话|指示|关怀|回信|嘱托|勉励)|"
    r"(?:抓好|做好|做了|推进)[^。]{0,10}[一二三四五六七八九十两几\d]+(?:个|方面|项|大)[^。]{0,8}(?:工作|方面|任务|事)?。$|"
    r"^(?:第[一二三四五六七八九十百]+条\s*)?(?:为了?|根据)[^。]{4,120}(?:制定本|结合[^。]{0,20}实际)"
)


def is_substance(text: str, above: Sequence[str] = ()) -> bool:
    """Whether a sentence tells something of what its article is about.

    Args:
        text: The sentence.
        above: The title and headings that it stands under; a sentence that repeats one of them tells nothing.
    """
    plain = text.strip()
    if not _SHORTEST <= len(plain) <= _LONGEST or "\n" in plain or is_row(plain) or is_order(plain):
        return False
    if _ASKS.search(plain) or _NAMES_A_LIST.search(plain) or not _ENDS.search(plain):
        return False
    if _FORMALITY.search(plain) or _SAYS_LITTLE.search(plain):
        return False
    is_bare = not re.search(r"\d", plain)
    if is_bare and (_SPEECH.search(plain) or (len(plain) < _SHORT and _NUMBERED.match(plain))):
        return False
    bare = _bare(plain)
    return not any(bare and bare in _bare(each) for each in above)


def most_telling(vectors: np.ndarray, worth: np.ndarray, most: int) -> list[int]:
    """Numbers of the sentences that are worth most and unlike each other, best first.

    Maximal marginal relevance (Carbonell and Goldstein, 1998).

    Args:
        vectors: Of the sentences, each of length one.
        worth: Of each sentence.
        most: How many at most.
    """
    chosen: list[int] = []
    while len(chosen) < min(most, len(worth)):
        likeness = (vectors @ vectors[chosen].T).max(axis=1) if chosen else np.zeros(len(worth))
        value = worth - _LIKENESS_WEIGHT * likeness
        value[chosen] = -np.inf
        chosen.append(int(value.argmax()))
    return chosen


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))


__all__ = ["is_substance", "most_telling"]
