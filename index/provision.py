"""The 条 of a rule that a question asks for."""

from __future__ import annotations

import re

_NUMERAL = "一二三四五六七八九十百零〇两"
PROVISION = re.compile(
    rf"第\s*(?P<article>[{_NUMERAL}\d]{{1,7}})\s*条(?:之(?P<of>[一二三四五六七八九十]))?"
    rf"(?:\s*第\s*(?P<paragraph>[{_NUMERAL}\d]{{1,3}})\s*款)?(?:\s*第?\s*[（(]?(?P<item>[{_NUMERAL}\d]{{1,3}})[）)]?\s*项)?"
    r"(?=$|[\s，。,？?！：:、；;的中里内是写说讲对为有指怎如何什哪和与及呢吗吧]|规定|内容|要求|明确|具体|原文|全文|条文)"
)


def provision_in(match: re.Match[str] | None) -> str:
    """The 条 that was found ("第十二条第二款"), empty where none; "第三条道路" and "第3条生产线" are none."""
    return re.sub(r"\s", "", match.group()) if match else ""
