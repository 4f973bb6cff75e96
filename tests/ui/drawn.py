"""What pages show of the news that they are sent (`ui.web.pieces`)."""

import json
from typing import Any

_KNOWN: dict[str, str] = {}


def html_of(news: Any) -> list[str]:
    """The pieces that a page shows after these news; of an answer that grows, what is added.

    A piece that came with news which no test looked at is empty.
    """
    told = json.loads(news)
    if "grow" in told:
        return [told["grow"][2]]
    _KNOWN.update(told["new"])
    return [_KNOWN.get(each, "") for each in told["order"]]
