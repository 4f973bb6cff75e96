"""What one person asked about, in another's conversation: the OpenAI endpoint remembers turns by what was said in them."""

from __future__ import annotations

from collections.abc import Iterator

from ui.web.attack.registry import Attempt, family
from ui.web.attack.target import Attacker, Target, is_ready

_ASKED = "上海2025年集成电路产业营收多少？"
_FOLLOW_UP = "那2031年呢？"
_NEXT = "那2025年呢？"
_PATH = "/v1/chat/completions"


@family("conversations")
def conversations(target: Target) -> Iterator[Attempt]:
    """The same follow-up and the same answer in two people's conversations, and in two of one person's."""
    readers = [person for person in target.people if person.role == "reader"]
    one = readers[0] if readers else target.person("admin")
    if one is None:
        return
    if not is_ready(target, one):
        yield Attempt("GET /api/status", "ready to be attacked", False, "no question is answered")
        return
    for other in readers[1:2] or [one]:
        first = _told(target, one, [_ASKED])
        refused = _told(target, one, [_ASKED, first, _FOLLOW_UP])
        # A conversation of other words, so that nothing was remembered for it.
        theirs = ["北京的公园有几个？", "不知道。", _FOLLOW_UP, refused, _NEXT]
        before = _told(target, other, ["北京的公园有几座？", *theirs[1:]])
        _told(target, one, [_ASKED, first, _FOLLOW_UP, refused, _NEXT])
        after = _told(target, other, theirs)
        bare = _told(target, other, [_FOLLOW_UP, refused, _NEXT])
        of_whom = "another's" if other is not one else "another"
        yield Attempt(f"POST {_PATH}", f"a follow-up as in {of_whom} conversation", after == before, after)
        alone = _told(target, other, [f"{_FOLLOW_UP} ", refused, _NEXT])
        yield Attempt(f"POST {_PATH}", f"the end of {of_whom} conversation alone", bare == alone, bare)


def _told(target: Target, person: Attacker, said: list[str]) -> str:
    """What is answered to the last of what was said, by person and assistant in turns."""
    messages = [
        {"role": "assistant" if number % 2 else "user", "content": text} for number, text in enumerate(said)
    ]
    with target.client(person) as client:
        reply = client.post(_PATH, json={"messages": messages})
    return str(reply.json()["choices"][0]["message"]["content"]) if reply.status_code == 200 else reply.text
