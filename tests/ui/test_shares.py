"""One person's requests leave connections to the others, however long they are held."""

from __future__ import annotations

import asyncio
from pathlib import Path

from starlette.types import Message, Receive, Scope, Send

from assistant.messages import message
from assistant.settings import Settings
from ui.people.access import Access
from ui.people.accounts import Accounts
from ui.people.person import Role
from ui.web.connections import most_connections, most_of_one
from ui.web.gate import Gate
from ui.web.shares import Share

MOST = 3


def test_a_share_is_given_back() -> None:
    share = Share(2)
    assert [share.take("a"), share.take("a"), share.take("a"), share.take("b")] == [True, True, False, True]
    share.give_back("a")
    assert share.take("a")


def test_nobody_may_have_all_connections() -> None:
    assert 0 < most_of_one() <= most_connections() // 2


class Server:
    """The gate before an application that answers when it is let."""

    def __init__(self, folder: Path) -> None:
        settings = Settings(_env_file=None, data=folder)
        accounts = Accounts(settings)
        accounts.add("anna", "a long password", Role.ADMIN)
        accounts.add("rea", "a long password", Role.READER)
        self.keys = {name: accounts.make_key(name) for name in ("anna", "rea")}
        self.gate = Gate(self.answers, Access(settings, "0.0.0.0"), MOST)
        self.may_end = asyncio.Event()
        self.told = ""

    async def answers(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] != "/api/health":
            await self.may_end.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def ask(self, name: str, path: str = "/api/me", address: str = "10.0.0.1", accept: str = "") -> int:
        statuses: list[int] = []
        self.told = ""

        async def send(sent: Message) -> None:
            if sent["type"] == "http.response.start":
                statuses.append(sent["status"])
            self.told += sent.get("body", b"").decode()

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        headers = [(b"x-api-key", self.keys[name].encode())] if name else []
        headers += [(b"accept", b"text/html"), (b"accept-language", accept.encode())] if accept else []
        scope = {
            "type": "http", "method": "GET", "path": path, "query_string": b"", "headers": headers,
            "client": (address, 1), "server": ("127.0.0.1", 1), "scheme": "http",
        }  # fmt: skip
        await self.gate(scope, receive, send)
        return statuses[0]


def test_who_holds_requests_open_holds_only_their_own_share(tmp_path: Path) -> None:
    async def flood() -> None:
        server = Server(tmp_path)
        held = [asyncio.ensure_future(server.ask("rea")) for _ in range(MOST)]
        held += [asyncio.ensure_future(server.ask("", "/login")) for _ in range(MOST)]
        await asyncio.sleep(0.3)
        assert await server.ask("rea") == 429
        assert await server.ask("", "/login") == 429
        for path, accept, language in (
            ("/api/me", "", "en"),
            ("/gradio_api/info", "", "zh"),
            ("/en/gradio_api/info", "", "en"),
            ("/en/", "zh", "en"),
            ("/article/a", "zh", "zh"),
            ("/article/a", "en", "en"),
        ):
            assert await server.ask("rea", path, accept=accept) == 429
            assert message("share_requests", language, most=MOST) in server.told
            assert ("<html" in server.told) == bool(accept)
        assert await server.ask("", "/api/health") == 200
        others = [
            asyncio.ensure_future(server.ask("anna")),
            asyncio.ensure_future(server.ask("", "/login", "10.0.0.2")),
        ]
        server.may_end.set()
        assert await asyncio.gather(*held, *others) == [200] * (2 * MOST + 2)
        assert await server.ask("rea") == 200

    asyncio.run(flood())
