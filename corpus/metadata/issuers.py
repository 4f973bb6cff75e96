"""The body that issued an article: what a label, the title, the number, the head or the signature says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.language.normalize import fold

_ISSUERS_BY_NUMBER = {
    "国发": "国务院", "国办发": "国务院办公厅", "国函": "国务院", "国办函": "国务院办公厅", "国令": "国务院",
    "银发": "中国人民银行", "银办发": "中国人民银行办公厅", "发改": "国家发展改革委", "工信部": "工业和信息化部",
    "财": "财政部",
}  # fmt: skip
_ENDINGS = "部|委|委员会|局|行|院|厅|会|署|办|府|办公室|管委会|总队|调查队|法院|检察院|中心|联合会|协会|党组"
_NAME = rf"[\u4e00-\u9fff（）()·]{{1,28}}?(?:{_ENDINGS})"
_BODY_LINE = re.compile(rf"^{_NAME}(?:[\s、，,]+{_NAME})*$|^[\u4e00-\u9fff（）()]{{4,30}}公司(?:董事会)?$")
_ISSUER_IN_TITLE = re.compile(
    r"^([\u4e00-\u9fff\s、]{2,80}?)(?:等[一二三四五六七八九十]+(?:部门|单位|部委))?(?:关于|印发|转发)"
)
_SPACED = re.compile(r"^(?:[\u4e00-\u9fff] ){2,}[\u4e00-\u9fff]$")
_NO_BODY = re.compile(
    r"^(?:各|本|我|该|其|全|第[一二三四五六七八九十]|附|请|于|由|经|对|在|与|和)|(?:工作|会议|大会)$"
)
_HEAD_LINES = 6

Found = tuple[str, str]


def is_body_line(line: str) -> bool:
    """Whether a line is the names of one or several bodies and nothing else."""
    line = unspaced(line.strip())
    return bool(_BODY_LINE.match(line)) and not _NO_BODY.search(line)


def is_red_head(line: str) -> bool:
    """Whether a line is the head of official paper: the names of bodies and "文件", which is no title."""
    bare = "".join(line.split())
    return bare.endswith("文件") and is_body_line(bare.removesuffix("文件"))


def unspaced(line: str) -> str:
    """A line whose characters were set apart ("中 国 民 航 局") without the spaces."""
    return line.replace(" ", "") if _SPACED.match(line) else line


def issuer(number: str, title: str, head: Sequence[str], signature_above: Sequence[str]) -> Found:
    """The issuing body and where it was read.

    Args:
        number: The document number.
        title: The title as printed.
        head: The first lines of the text.
        signature_above: The lines above the day under the document.
    """
    if re.search("令|公告", number) and (name := re.split("令|公告", number)[0]):
        return _ISSUERS_BY_NUMBER.get(f"{name}令", name.replace("主席", "")), "document_number"
    match = _ISSUER_IN_TITLE.match(title)
    if match and is_body_line(match.group(1)) and not match.group(1).startswith(("市", "省", "县", "区")):
        return _joined([match.group(1)]), "title"
    if names := _names_at_end(signature_above):
        return _joined(names), "signature"
    if names := _names_in_head(head):
        return _joined(names), "first_lines"
    for prefix in sorted(_ISSUERS_BY_NUMBER, key=len, reverse=True):
        if number.startswith(prefix):
            return _ISSUERS_BY_NUMBER[prefix], "document_number"
    return "", ""


def _names_at_end(lines: Sequence[str]) -> list[str]:
    names: list[str] = []
    for line in reversed(lines):
        if not is_body_line(line):
            break
        names.insert(0, unspaced(line.strip()))
    return names


def _names_in_head(lines: Sequence[str]) -> list[str]:
    names: list[str] = []
    for line in lines[:_HEAD_LINES]:
        if is_body_line(line):
            names.append(unspaced(line.strip()))
        elif names:
            break
    return names


def _joined(names: Sequence[str]) -> str:
    """The names parted by "、", however they were printed; not folded."""
    parts = [part for name in names for part in re.split(r"[\s、，,]+", name.strip()) if part]
    return "、".join(dict.fromkeys(parts))


def folded_lines(lines: Sequence[str]) -> list[str]:
    """Lines as they are searched."""
    return [fold(line) for line in lines]
