"""What pydantic found wrong with a value is told by the type of its error, never by its sentence."""

from __future__ import annotations

from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, Json, ValidationError

from assistant.messages import message
from corpus.model import Article
from corpus.wrong_values import wrong_value
from evals.items import EvalItem


class _Colour(Enum):
    RED = "red"
    BLUE = "blue"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")

    needed: int = 0
    at_least: int = Field(3, ge=3)
    more: float = Field(3, gt=0)
    at_most: float = Field(3, le=2_000_000)
    less: int = Field(3, lt=5)
    short: str = Field("", max_length=4)
    long: str = Field("abc", min_length=2)
    few: list[int] = Field([], max_length=1)
    many: list[int] = Field([1], min_length=1)
    language: Literal["zh", "en"] = "zh"
    colour: _Colour = _Colour.RED
    open: bool = False
    day: date | None = None
    body: Json[Any] = "{}"
    file: Path = Path()
    names: dict[str, str] = {}
    inner: EvalItem | None = None


@pytest.mark.parametrize(
    ("fields", "zh", "en"),
    [
        ({"at_least": 2}, "不能小于 3", "it must be at least 3"),
        ({"more": 0}, "应大于 0", "it must be more than 0"),
        ({"at_most": 2e9}, "不能大于 2000000", "it must be at most 2000000"),
        ({"less": 5}, "应小于 5", "it must be less than 5"),
        ({"short": "abcde"}, "长度不能超过 4", "it must be no longer than 4"),
        ({"few": [1, 2]}, "长度不能超过 1", "it must be no longer than 1"),
        ({"long": "a"}, "长度不能少于 2", "it must be no shorter than 2"),
        ({"many": []}, "长度不能少于 1", "it must be no shorter than 1"),
        ({"language": "fr"}, "可用的值：'zh' or 'en'", "it must be 'zh' or 'en'"),
        ({"colour": "fr"}, "可用的值：'red' or 'blue'", "it must be 'red' or 'blue'"),
        ({"needed": "many"}, "不是有效的数字", "it is no number"),
        ({"needed": 1.5}, "应为整数", "it must be a whole number"),
        ({"more": "nan?"}, "不是有效的数字", "it is no number"),
        ({"open": "perhaps"}, "应为 true 或 false", "it must be true or false"),
        ({"day": "gestern"}, "不是有效的日期", "it is no date"),
        ({"body": "{"}, "不是 JSON 对象", "it is no JSON object"),
        ({"file": 3}, "不是有效的路径", "it is no path"),
        ({"names": 3}, "类型不对", "it is of another type"),
        ({"short": 3}, "类型不对", "it is of another type"),
        ({"unknown": 3}, "没有这个字段", "there is no such field"),
        ({"inner": {}}, "缺少这个字段", "the field is missing"),
        ({"inner": {"question": " "}}, "内容是空白", "it is blank"),
        ({"inner": {"question": "q", "facts": [[]]}}, "其中有空白的内容", "a text in it is blank"),
    ],
)  # fmt: skip
def test_every_kind_of_wrong_value_has_words(fields: dict[str, Any], zh: str, en: str) -> None:
    with pytest.raises(ValidationError) as caught:
        _Model(**fields)
    found = wrong_value(caught.value.errors()[0])
    assert message("program_field_wrong", "zh", field="f", **found) == f"f：{zh}"
    assert message("program_field_wrong", "en", field="f", **found) == f"f: {en}"


@pytest.mark.parametrize("kind", ["string_pattern_mismatch", "value_error", "something_new"])
def test_a_type_that_nobody_foresaw_says_only_that_the_value_is_not_allowed(kind: str) -> None:
    found = {"type": kind, "msg": "should be greater than or equal to 3", "ctx": {"error": ValueError("x")}}
    assert wrong_value(found) == {"reason": "reason_not_allowed"}


def test_what_a_wrong_date_of_an_article_is_called() -> None:
    with pytest.raises(ValidationError) as caught:
        Article(id="a", title="t", date="gestern")  # type: ignore[call-arg]
    assert {"reason": "reason_no_date"} in [wrong_value(each) for each in caught.value.errors()]
