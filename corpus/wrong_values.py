"""What is wrong with a value, as a code: the words of each are in assistant/messages/reasons.py.

Pydantic gives every error a type and, where it has bounds, their figures; its sentences are English and told nowhere. A
validator of our own raises `pydantic_core.PydanticCustomError` whose type is one of these codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus.reasons import PREFIX

_BY_TYPE = {
    "missing": "reason_field_missing",
    "missing_argument": "reason_field_missing",
    "extra_forbidden": "reason_field_unknown",
    "unexpected_keyword_argument": "reason_field_unknown",
    "int_parsing": "reason_no_number",
    "int_parsing_size": "reason_no_number",
    "int_from_float": "reason_no_whole_number",
    "int_type": "reason_no_number",
    "float_parsing": "reason_no_number",
    "float_type": "reason_no_number",
    "finite_number": "reason_no_number",
    "bool_parsing": "reason_no_yes_or_no",
    "bool_type": "reason_no_yes_or_no",
    "date_parsing": "reason_no_date",
    "date_type": "reason_no_date",
    "date_from_datetime_parsing": "reason_no_date",
    "date_from_datetime_inexact": "reason_no_date",
    "json_invalid": "reason_no_json",
    "json_type": "reason_no_json",
    "path_type": "reason_no_path",
    "string_unicode": "reason_characters",
    "recursion_loop": "reason_nested",
}
"""Type of an error → what is told of the value."""
_WITH_BLANK = {
    "greater_than_equal": ("reason_at_least", "bound", "ge"),
    "greater_than": ("reason_more_than", "bound", "gt"),
    "less_than_equal": ("reason_at_most", "bound", "le"),
    "less_than": ("reason_less_than", "bound", "lt"),
    "string_too_long": ("reason_longer_than", "bound", "max_length"),
    "too_long": ("reason_longer_than", "bound", "max_length"),
    "string_too_short": ("reason_shorter_than", "bound", "min_length"),
    "too_short": ("reason_shorter_than", "bound", "min_length"),
    "literal_error": ("reason_none_of", "names", "expected"),
    "enum": ("reason_none_of", "names", "expected"),
}
"""Type of an error → what is told, the blank in it, and the name under which the error has what fills it."""
_TYPE_ENDINGS = ("_type", "_parsing")


def wrong_value(found: Mapping[str, Any]) -> dict[str, object]:
    """What a message says of a value that was refused.

    Args:
        found: One of the `errors()` of a `ValidationError`.

    Returns:
        `reason`, the code, and what fills the blanks of its text.
    """
    kind = str(found["type"])
    if kind.startswith(PREFIX):
        return {"reason": kind, **found.get("ctx", {})}
    if kind in _WITH_BLANK:
        code, blank, name = _WITH_BLANK[kind]
        return {"reason": code, blank: _short(found["ctx"][name])}
    is_type = kind.endswith(_TYPE_ENDINGS)
    return {"reason": _BY_TYPE.get(kind, "reason_other_type" if is_type else "reason_not_allowed")}


def _short(figure: object) -> object:
    return int(figure) if isinstance(figure, float) and figure.is_integer() else figure
