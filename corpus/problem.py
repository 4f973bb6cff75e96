"""What can be wrong with an input, said with a code and fields; the words are in assistant/messages.py."""

from __future__ import annotations


class Problem(Exception):
    """Something in the input or the surroundings that a person can mend.

    `code` names the message in `assistant/messages.py`; `fields` fill its blanks (file, line, ...).
    """

    def __init__(self, code: str, **fields: object) -> None:
        self.code = code
        self.fields = fields
        super().__init__(code, fields)

    def __str__(self) -> str:
        """The code and its fields, for logs; people see the message."""
        return f"{self.code}: " + ", ".join(f"{name}={value}" for name, value in self.fields.items())

    def __reduce__(self) -> tuple[object, ...]:
        """Problems travel between processes."""
        return _make, (self.code, self.fields)


def _make(code: str, fields: dict[str, object]) -> Problem:
    return Problem(code, **fields)
